"""Who can be kept from signing in: the office must stay able to let people in again."""

from collections.abc import Collection

from cases.domain.policies import Allowed, Denied, Verdict
from cases.domain.roles import Role, StaffMember
from cases.reasons import Reason

# Without a head nobody restores anybody; without an administrator nobody changes the roster.
_ONE_MUST_STAY = {
    Role.HEAD: Reason.LAST_HEAD,
    Role.ADMINISTRATOR: Reason.LAST_ADMINISTRATOR,
}


def can_suspend(by: StaffMember, person: StaffMember, active: Collection[StaffMember]) -> Verdict:
    """Whether a person can be kept from signing in.

    Args:
        by: who asks for it, and may suspend people.
        person: who would not sign in any more.
        active: everyone who can sign in now.
    """
    if person.id == by.id:
        return Denied(Reason.NOT_ONESELF)
    left = [each for each in active if each.id != person.id]
    for role, reason in _ONE_MUST_STAY.items():
        if role in person.roles and not any(role in each.roles for each in left):
            return Denied(reason)
    return Allowed()
