"""Who acts for the office, and with which keys."""

from dataclasses import dataclass, field

from cases.domain.policies import Allowed, Denied, Verdict
from cases.domain.roles import StaffMember
from cases.errors import Refused
from cases.queries.cases import Holder
from crypto.keys import IntakePrivateKey, PersonalPrivateKey


@dataclass(frozen=True)
class StaffKeys:
    """A person's own key, and the intake key if the person holds it.

    While the intake key changes, `earlier_intake` opens what is not granted to the new one yet.
    """

    staff_id: bytes
    personal: PersonalPrivateKey = field(repr=False)
    intake: IntakePrivateKey | None = field(repr=False)
    earlier_intake: tuple[IntakePrivateKey, ...] = field(default=(), repr=False)

    @property
    def every_intake(self) -> tuple[IntakePrivateKey, ...]:
        """Every intake key that the person holds, the newest first."""
        return ((self.intake,) if self.intake else ()) + self.earlier_intake

    @property
    def holder(self) -> Holder:
        """The same keys by their ids, for queries."""
        intake = tuple(key.public.key_id for key in self.every_intake)
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
