"""Colleagues who write to the database, join intake later, or act while a key changes."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from cases.actions import assignment, correspondence
from cases.actions.handing_over import Giver, Left, hand_over_some
from cases.actions.reading import notes, open_case
from cases.domain.grants import HolderKind
from cases.errors import NotFound, StaleCase
from cases.models import CaseGrant
from cases.queries.recovery import NamedCase
from cases.reasons import StaysBehind
from tests.support.new_keys import change_key
from tests.support.office import Office
from tests.support.scenes import Scene, scene


@pytest.fixture
def backend() -> str:
    """What is shown here hangs on keys and on what a row says, and on no database."""
    return "sqlite"


@pytest.fixture
def ours(office: Office) -> Scene:
    return scene(office)


def _take(ours: Scene, login: str = "ingrid") -> None:
    by, now = ours.office.signed_in(login), ours.office.clock.now()
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        assignment.take(session, case, by, case.version, now)


def _share(ours: Scene, to: str, by_login: str = "ingrid") -> None:
    by, colleague = ours.office.signed_in(by_login), ours.colleague(to)
    with ours.office.database.writing() as session:
        case = ours.open(session, by_login)
        now = ours.office.clock.now()
        assignment.share(session, case, colleague, by, case.version, now)


def _write_a_grant(ours: Scene, kind: HolderKind, key_id: bytes) -> None:
    """What somebody does who writes to the database and has no key of the case."""
    with ours.office.database.writing() as session:
        like = session.scalars(select(CaseGrant)).first()
        assert like is not None
        session.add(
            CaseGrant(
                case_id=ours.case_id,
                key_id=key_id,
                holder_kind=kind,
                received_on=like.received_on,
                box=like.box,
            )
        )


def test_an_investigator_whom_the_reporter_named_does_not_open_it_after_joining_intake(
    office: Office,
) -> None:
    ours = scene(office, without=["igor"])
    intake = office.signed_in("hilde").keys.intake
    joined = replace(office.signed_in("igor").keys, intake=intake)

    with office.database.reading() as session, pytest.raises(NotFound):
        open_case(session, ours.case_id, joined)


def test_a_grant_that_nobody_gave_becomes_none_when_the_key_changes(ours: Scene) -> None:
    _take(ours)
    ada = ours.colleague("ada").public.key_id
    _write_a_grant(ours, HolderKind.PERSON, ada)

    change_key(ours)

    assert not ours.opens("ada")
    assert ours.opens("ingrid")


def test_a_case_that_was_taken_does_not_go_to_the_pool_because_a_row_says_so(ours: Scene) -> None:
    _take(ours)
    _write_a_grant(ours, HolderKind.INTAKE, ours.office.roster().roster.intake.key_id)

    change_key(ours)

    assert not ours.opens("hilde")
    assert ours.opens("ingrid")


def test_a_case_that_was_never_the_leavers_is_not_handed_over_because_a_row_says_so(
    ours: Scene,
) -> None:
    _write_a_grant(ours, HolderKind.PERSON, ours.colleague("igor").public.key_id)
    leaver, to = Giver.colleague(ours.colleague("igor")), ours.colleague("ada")
    by, now = ours.office.signed_in("hilde"), ours.office.clock.now()

    with ours.office.database.writing() as session:
        done = hand_over_some(session, leaver, to, by, now)

    named = NamedCase(ours.case_id, None)
    assert (done.count, done.left) == (0, (Left(named, StaysBehind.DAMAGED),))
    assert not ours.opens("ada")


def test_whoever_was_given_a_case_keeps_it_when_the_key_changes(ours: Scene) -> None:
    _share(ours, "igor")
    _take(ours)
    _share(ours, "hilde")

    change_key(ours)

    assert [each for each in ("ingrid", "igor", "hilde") if ours.opens(each)] == [
        "ingrid",
        "igor",
        "hilde",
    ]


def test_a_note_is_never_sealed_to_the_key_that_the_case_had_before(ours: Scene) -> None:
    with ours.office.database.reading() as session:
        before = ours.open(session)
    change_key(ours)
    by, now = ours.office.signed_in("ingrid"), ours.office.clock.now()

    with ours.office.database.writing() as session, pytest.raises(StaleCase):
        correspondence.add_note(session, before, "who else was there", by, now)

    with ours.office.database.reading() as session:
        assert notes(session, ours.open(session)) == ()
