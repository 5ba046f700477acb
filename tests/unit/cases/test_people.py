"""Who can be kept from signing in."""

import pytest

from cases.domain.people import can_suspend
from cases.domain.policies import Allowed, Denied
from cases.domain.roles import Role, StaffMember
from cases.reasons import Reason


def person(login: str, *roles: Role) -> StaffMember:
    return StaffMember(login.encode(), login, login.title(), frozenset(roles))


HILDE = person("hilde", Role.HEAD)
HUGO = person("hugo", Role.HEAD, Role.INTAKE)
ADA = person("ada", Role.ADMINISTRATOR)
INGRID = person("ingrid", Role.INTAKE)


@pytest.mark.parametrize(
    ("by", "whom", "active", "reason"),
    [
        (HILDE, INGRID, (HILDE, INGRID), None),
        # Nobody opens new cases then; but nobody is shut out for good.
        (HILDE, HUGO, (HILDE, HUGO), None),
        (HILDE, HILDE, (HILDE, HUGO), Reason.NOT_ONESELF),
        (ADA, HILDE, (ADA, HILDE, INGRID), Reason.LAST_HEAD),
        (HILDE, ADA, (HILDE, ADA), Reason.LAST_ADMINISTRATOR),
        (HILDE, ADA, (HILDE, ADA, person("bo", Role.ADMINISTRATOR)), None),
    ],
)
def test_one_who_can_let_people_in_again_must_stay(
    by: StaffMember, whom: StaffMember, active: tuple[StaffMember, ...], reason: Reason | None
) -> None:
    expected = Allowed() if reason is None else Denied(reason)

    assert can_suspend(by, whom, active) == expected
