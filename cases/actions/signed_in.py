"""Who acts for the office, and with which keys."""

from dataclasses import dataclass, field

from cases.domain.policies import Allowed, Denied, Verdict
from cases.domain.roles import StaffMember
from cases.errors import Refused
from cases.queries.cases import Holder
from crypto.keys import IntakePrivateKey, PersonalPrivateKey


@dataclass(frozen=True)
class StaffKeys:
    """A person's own key, and the intake key if the person holds it."""

    staff_id: bytes
    personal: PersonalPrivateKey = field(repr=False)
    intake: IntakePrivateKey | None = field(repr=False)

    @property
    def holder(self) -> Holder:
        """The same keys by their ids, for queries."""
        intake = self.intake.public.key_id if self.intake else None
        return Holder(self.staff_id, self.personal.public.key_id, intake)


@dataclass(frozen=True)
class SignedIn:
    """A person of the office with unlocked keys."""

    member: StaffMember
    keys: StaffKeys


def require(verdict: Verdict) -> Allowed:
    """The permission to go on; Refused with the rule's code otherwise."""
    if isinstance(verdict, Denied):
        raise Refused(verdict.reason)
    return verdict
