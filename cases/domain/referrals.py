"""The shipped list of who else can help."""

from cases.domain.reference import Referral, shipped
from cases.domain.reference import ReferralKind as ReferralKind


def referrals() -> tuple[Referral, ...]:
    """Every subject, in the order of the file."""
    return shipped().referrals


def of_kinds(*kinds: ReferralKind) -> tuple[Referral, ...]:
    """The subjects of these kinds, in the order of the file."""
    return shipped().referrals_of(*kinds)
