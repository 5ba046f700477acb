"""Whose keys hold a new case: the pool's own, or each member's where one must not read it."""

import pytest

from cases.actions.pool import pool_holders
from cases.domain.grants import HolderKind
from cases.errors import NobodyLeft
from crypto.roster_payload import INTAKE
from tests.support.office import Office


def test_where_nobody_is_excluded_the_pool_holds_the_case(office: Office) -> None:
    roster = office.roster().roster
    assert pool_holders(roster, frozenset()) == ((HolderKind.INTAKE, roster.intake),)


def test_where_somebody_else_is_excluded_who_may_join_intake_later_it_is_by_name_too(
    office: Office,
) -> None:
    roster = office.roster().roster
    (other, *_) = (each.person for each in roster.members if INTAKE not in each.roles)
    held_by = pool_holders(roster, frozenset({other}))
    everyone = roster.with_role(INTAKE)
    assert held_by == tuple((HolderKind.POOL_MEMBER, each.public) for each in everyone)


def test_somebody_who_is_not_on_the_roster_changes_nothing(office: Office) -> None:
    roster = office.roster().roster
    gone = frozenset({bytes(16)})
    assert pool_holders(roster, gone) == ((HolderKind.INTAKE, roster.intake),)


def test_where_one_is_excluded_each_of_the_others_holds_the_case_and_the_pool_does_not(
    office: Office,
) -> None:
    roster = office.roster().roster
    excluded, *others = roster.with_role(INTAKE)
    held_by = pool_holders(roster, frozenset({excluded.person}))
    assert held_by == tuple((HolderKind.POOL_MEMBER, each.public) for each in others)
    assert others


def test_a_case_that_nobody_could_read_is_refused(office: Office) -> None:
    roster = office.roster().roster
    everybody = frozenset(each.person for each in roster.members)
    with pytest.raises(NobodyLeft):
        pool_holders(roster, everybody)
