"""Conflicts of interest are declared on the roster, by as many hands as any change of it."""

from pathlib import Path

import pytest
from sqlalchemy import select

from cases.actions import assignment
from cases.actions.rosters import Changes
from cases.database import Database
from cases.domain.grants import HolderKind
from cases.domain.roles import Role
from cases.errors import NotFound, OfficeIncomplete
from cases.models import CaseGrant
from tests.support.office import FixedClock, Office
from tests.support.rosters import change, propose, two_signers
from tests.support.scenes import scene

INGRID = "ingrid"
NO_INTAKE = Changes(roles={INGRID: frozenset({Role.INVESTIGATOR})})


@pytest.fixture
def office(sqlite_database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    return two_signers(tmp_path / "home", sqlite_database, clock)


def _conflicts(office: Office, login: str = INGRID) -> tuple[str, ...]:
    person = office.signed_in(login).member.id
    members = office.roster().roster.members
    return next(one.conflicts for one in members if one.person == person)


def _declare(office: Office, *codes: str) -> None:
    change(office, Changes(conflicts={INGRID: frozenset(codes)}))


def test_a_declared_conflict_is_on_the_roster_in_force_and_stays_there(office: Office) -> None:
    _declare(office, "parking")
    _declare(office, "actiris")
    change(office, Changes(roles={"igor": frozenset({Role.INVESTIGATOR, Role.AUDITOR})}))

    assert _conflicts(office) == ("actiris", "parking")


def test_a_conflict_ends_as_it_began(office: Office) -> None:
    _declare(office, "actiris", "parking")
    change(office, Changes(conflicts_ended={INGRID: frozenset({"actiris"})}))

    assert _conflicts(office) == ("parking",)


@pytest.mark.parametrize(
    "changes",
    [
        Changes(conflicts={"nobody": frozenset({"actiris"})}),
        Changes(conflicts_ended={INGRID: frozenset({"actiris"})}),
        Changes(conflicts={INGRID: frozenset({"actiris"})}, leaving=frozenset({INGRID})),
    ],
    ids=["nobody", "never declared", "leaving"],
)
def test_what_cannot_be_meant_is_refused(office: Office, changes: Changes) -> None:
    with pytest.raises(NotFound):
        propose(office, changes)


def test_a_new_case_of_that_service_goes_to_the_others_one_by_one(office: Office) -> None:
    _declare(office, "actiris")
    scene(office)

    with office.database.reading() as session:
        kinds = set(session.scalars(select(CaseGrant.holder_kind)))
    assert kinds == {HolderKind.POOL_MEMBER, HolderKind.RECOVERY}


def test_who_leaves_intake_leaves_no_case_behind_that_she_alone_could_open(office: Office) -> None:
    scene(office, without=["hilde"])

    with pytest.raises(OfficeIncomplete, match=r"of the intake pool that .* alone can open: 1"):
        change(office, NO_INTAKE)


def test_who_leaves_intake_does_not_go_on_opening_its_cases(office: Office) -> None:
    ours = scene(office, without=["hilde"])
    by, to = office.signed_in(INGRID), ours.colleague("igor")
    with office.database.writing() as session:
        case = ours.open(session, INGRID)
        assignment.share(session, case, to, by, case.version, office.clock.now())

    change(office, NO_INTAKE)

    with office.database.reading() as session:
        kinds = set(session.scalars(select(CaseGrant.holder_kind)))
    assert kinds == {HolderKind.PERSON, HolderKind.RECOVERY}
