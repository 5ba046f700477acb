"""A new intake key: everybody gets it, every case of the pool goes over to it, the old one goes."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from cases.actions import assignment, intake_rotation, rosters
from cases.actions.intake_rotation import Regranted
from cases.actions.rosters import Changes
from cases.database import Database
from cases.domain.roles import Role
from cases.domain.trail import TrailEvent
from cases.errors import IntakeKeyNeeded, NotFound, Refused, RosterUnusable
from cases.models import CaseGrant, IntakeGrant, ProposedPerson
from crypto.errors import CryptoError, RosterFault, RosterRejected
from crypto.grants import grant_intake, open_case_grant
from crypto.keys import IntakePrivateKey, Seed
from crypto.roster import intake_key_since
from tests.support.office import FixedClock, Office
from tests.support.rosters import accept, change, current, sign, two_signers
from tests.support.rotating import (
    NOTHING,
    chain_of,
    destroy,
    new_key_in_force,
    on_the_trail,
    opened_by,
    pool_cases,
    pool_keys,
    propose_key,
    regrant,
    signed_in_again,
)
from tests.support.scenes import scene
from tests.support.statements import statements
from tests.support.submissions import submit
from web.clock import office_day


@pytest.fixture
def office(sqlite_database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    return two_signers(tmp_path / "home", sqlite_database, clock)


@pytest.fixture
def anywhere(database: Database, clock: FixedClock, tmp_path: Path) -> Office:
    """The same, on each database in turn."""
    return two_signers(tmp_path / "home", database, clock)


def test_new_cases_are_sealed_to_the_new_key_and_old_ones_open_as_before(office: Office) -> None:
    old = office.roster().roster.intake
    first = scene(office)

    new = new_key_in_force(office).roster.intake
    second = scene(office)

    assert new != old
    assert set(pool_keys(office)) == {old.key_id, new.key_id}
    for login in ("ingrid", "hilde"):
        person = signed_in_again(office, login)
        assert [key.public for key in person.keys.every_intake] == [new, old]
        assert opened_by(office, person) == 2
        with office.database.reading() as session:
            assert first.open(session, login).in_pool
            assert second.open(session, login).in_pool


def test_two_keys_cost_no_statement_more(office: Office) -> None:
    scene(office)
    person = office.signed_in("ingrid")
    with statements(office.database) as before:
        opened_by(office, person)
    new_key_in_force(office)
    scene(office)
    person = signed_in_again(office, "ingrid")

    with statements(office.database) as after:
        opened_by(office, person)

    assert len(after) == len(before)


def test_an_administrator_who_opens_no_case_never_has_the_key(office: Office) -> None:
    """Whoever draws the key knows it for a moment; so it is not for an administrator to draw."""
    for login in ("ada", "igor", "carla"):
        with pytest.raises(Refused):
            propose_key(office, by=login)
    unsigned = propose_key(office)

    assert rosters.signatures_missing(current(office), unsigned) == 2
    with pytest.raises(RosterRejected) as refused:
        accept(office, unsigned)
    assert refused.value.reason is RosterFault.NOT_ENOUGH_SIGNATURES


def test_an_administrator_of_intake_signs_what_she_proposes(office: Office) -> None:
    ada, ingrid = office.signed_in("ada"), office.signed_in("ingrid")
    office._signed_in["ada"] = replace(ada, keys=replace(ada.keys, intake=ingrid.keys.intake))
    roles = frozenset({Role.ADMINISTRATOR, Role.INTAKE})
    change(office, Changes(roles={"ada": roles}))
    signed_in_again(office, "ada")

    file = propose_key(office, by="ada")

    assert rosters.signatures_missing(current(office), file) == 1


def test_every_case_of_the_pool_goes_over_part_by_part(anywhere: Office) -> None:
    office = anywhere
    cases = sorted(scene(office).case_id for _ in range(3))
    new = new_key_in_force(office).roster.intake
    person = signed_in_again(office, "ingrid")

    first = regrant(office, person, at_most=2)
    second = regrant(office, person, at_most=2, after=first.last or b"")
    again = regrant(office, person)

    assert first == Regranted(granted=2, shut=0, last=cases[1])
    assert second == Regranted(granted=1, shut=0, last=None)
    assert again == Regranted(granted=0, shut=0, last=None)
    assert set(pool_keys(office)) == {new.key_id}
    assert opened_by(office, person) == 3
    assert sorted(on_the_trail(office, TrailEvent.CASE_REGRANTED)) == cases


def test_the_old_key_is_destroyed_when_nothing_needs_it(
    anywhere: Office, clock: FixedClock
) -> None:
    office = anywhere
    scene(office)
    old = office.signed_in("ingrid").keys.intake
    assert old is not None
    new_key_in_force(office)
    person = signed_in_again(office, "ingrid")
    with pytest.raises(IntakeKeyNeeded, match="cases granted to it: 1"):
        destroy(office, person)
    regrant(office, person)
    with pytest.raises(IntakeKeyNeeded, match="cases granted to it: 0"):
        destroy(office, person)
    clock.advance(days=2)

    destroy(office, person)

    new = office.roster().roster.intake
    for login in ("ingrid", "hilde"):
        person = signed_in_again(office, login)
        assert [key.public for key in person.keys.every_intake] == [new]
        assert opened_by(office, person) == 1
    with office.database.reading() as session:
        grants = session.execute(select(CaseGrant.case_id, CaseGrant.box)).all()
        assert session.scalars(select(IntakeGrant.since)).all() == [2, 2]
    for case_id, box in grants:
        with pytest.raises(CryptoError):
            open_case_grant(box, case_id, old)
    assert len(on_the_trail(office, TrailEvent.INTAKE_KEY_DESTROYED)) == 1


def test_a_case_that_arrives_late_goes_over_too(office: Office) -> None:
    """From a server that has not read the new roster yet."""
    before = current(office)
    new = new_key_in_force(office).roster.intake
    person = signed_in_again(office, "ingrid")
    regrant(office, person)
    with office.database.writing() as session:
        submit(session, before, office_day(office.clock.now()))
    assert opened_by(office, person) == 1

    assert regrant(office, person).granted == 1

    assert pool_keys(office) == [new.key_id]
    assert opened_by(office, person) == 1


def test_a_case_that_is_taken_meanwhile_is_left_to_whoever_took_it(office: Office) -> None:
    ours = scene(office)
    new_key_in_force(office)
    person, hilde = signed_in_again(office, "ingrid"), signed_in_again(office, "hilde")
    with office.database.writing() as session:
        case = ours.open(session, "hilde")
        assignment.take(session, case, hilde, case.version, office.clock.now())

    assert regrant(office, person).granted == 0

    assert pool_keys(office) == []


@pytest.mark.parametrize("first", ["taken", "regranted"])
def test_a_case_that_is_taken_at_the_same_moment_stays_out_of_the_pool(
    anywhere: Office, first: str
) -> None:
    office, ours = anywhere, scene(anywhere)
    new_key_in_force(office)
    person, hilde = signed_in_again(office, "ingrid"), signed_in_again(office, "hilde")
    chain, now = chain_of(office), office.clock.now()

    def taken(session: Session) -> None:
        case = ours.open(session, "hilde")
        assignment.take(session, case, hilde, case.version, now)

    def regranted(session: Session) -> None:
        intake_rotation.regrant_some(session, chain, person, now)

    one, other = (taken, regranted) if first == "taken" else (regranted, taken)
    with ThreadPoolExecutor(1) as threads:
        with office.database.writing() as session:
            one(session)
            second = threads.submit(_in_a_transaction, office.database, other)
            _until_it_waits(office.database, second)
        second.result()

    assert pool_keys(office) == []


def _in_a_transaction(database: Database, work: Callable[[Session], None]) -> None:
    with database.writing() as session:
        work(session)


def _until_it_waits(database: Database, work: Future[None]) -> None:
    """Where the database tells; SQLite's second writer waits before it begins."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while not database.is_sqlite and not work.done():
        with database.reading() as session:
            if session.scalar(waiting):
                return


def test_what_does_not_open_is_counted_and_keeps_the_old_key(
    office: Office, clock: FixedClock
) -> None:
    for _ in range(2):
        scene(office)
    hurt = min(ours for ours in pool_cases(office))
    with office.database.writing() as session:
        broken = update(CaseGrant).values(box=b"\x01" * 1185)
        session.execute(broken.where(CaseGrant.case_id == hurt))
    new_key_in_force(office)
    clock.advance(days=3)
    person = signed_in_again(office, "ingrid")

    assert regrant(office, person) == Regranted(granted=1, shut=1, last=None)

    with pytest.raises(IntakeKeyNeeded, match="cases granted to it: 1"):
        destroy(office, person)


def test_a_key_that_somebody_was_not_given_is_not_put_in_force(office: Office) -> None:
    """Where writing the proposal was interrupted, its file is there and what belongs to it not."""
    file = sign(office, sign(office, propose_key(office), "ada"), "bo")
    with office.database.writing() as session:
        session.execute(delete(ProposedPerson).where(ProposedPerson.login == "hilde"))

    with pytest.raises(RosterUnusable, match="not kept for Hilde Head: propose it again"):
        accept(office, file)

    assert office.roster().roster.serial == 1


def test_a_box_of_a_stranger_gives_her_no_case(office: Office) -> None:
    """Whoever writes to the database seals a seed of her own to Ingrid, in the place of the new."""
    file = sign(office, sign(office, propose_key(office), "ada"), "bo")
    strange, ingrid = IntakePrivateKey(Seed.generate()), office.signed_in("ingrid")
    with office.database.writing() as session:
        box = grant_intake(strange.seed, ingrid.keys.personal.public)
        forged = update(ProposedPerson).where(ProposedPerson.login == "ingrid")
        session.execute(forged.values(intake_box=box))
    scene(office)
    accept(office, file)

    with pytest.raises(Refused):
        regrant(office, signed_in_again(office, "ingrid"))

    assert regrant(office, signed_in_again(office, "hilde")).granted == 1
    assert pool_keys(office) == [office.roster().roster.intake.key_id]


def test_after_a_backup_from_before_the_change_another_key_is_proposed(office: Office) -> None:
    """The roster files are newer than the database: the key that they name is lost."""
    scene(office)
    new_key_in_force(office)
    with office.database.writing() as session:
        session.execute(delete(IntakeGrant).where(IntakeGrant.since == 2))
    lost = scene(office)
    with pytest.raises(RosterUnusable, match="propose it again"):
        regrant(office, signed_in_again(office, "ingrid"))

    new_key_in_force(office)

    person = signed_in_again(office, "ingrid")
    assert regrant(office, person).granted == 1
    assert opened_by(office, person) == 1
    with office.database.reading() as session:
        # Only the recovery shares open what was sealed to the lost key; nothing is destroyed.
        assert intake_rotation.rotation(session, chain_of(office)).waiting == 1
        with pytest.raises(NotFound):
            lost.open(session)


def test_whoever_leaves_with_the_change_does_not_get_the_new_key(office: Office) -> None:
    scene(office)
    gone = office.signed_in("hilde")

    new_key_in_force(office, Changes(leaving=frozenset({"hilde"})))

    ours = scene(office)
    with office.database.reading() as session:
        held = set(session.scalars(select(IntakeGrant.staff_id)))
        with pytest.raises(NotFound):
            ours.open(session, "hilde")
    assert held == {office.signed_in("ingrid").member.id}
    assert gone.member.id not in held


def test_whoever_joins_intake_afterwards_gets_the_newest_key(office: Office) -> None:
    ada = office.signed_in("ada")
    new_key_in_force(office)
    keys = replace(ada.keys, intake=signed_in_again(office, "ingrid").keys.intake)
    office._signed_in["ada"] = replace(ada, keys=keys)

    change(office, Changes(roles={"igor": frozenset({Role.INTAKE})}))

    ours = scene(office)
    igor = signed_in_again(office, "igor")
    assert [key.public for key in igor.keys.every_intake] == [office.roster().roster.intake]
    with office.database.reading() as session:
        assert ours.open(session, "igor").in_pool
        assert set(session.scalars(select(IntakeGrant.since))) == {1, 2}


def test_a_second_change_before_the_first_is_over_loses_nothing(
    office: Office, clock: FixedClock
) -> None:
    scene(office)
    new_key_in_force(office)
    scene(office)
    signed_in_again(office, "ingrid")
    new_key_in_force(office)
    scene(office)
    person = signed_in_again(office, "ingrid")
    assert (len(person.keys.every_intake), opened_by(office, person)) == (3, 3)

    assert regrant(office, person).granted == 2
    clock.advance(days=3)
    destroy(office, person)

    assert opened_by(office, signed_in_again(office, "hilde")) == 3
    assert intake_key_since(chain_of(office)) == 3


def test_a_roster_that_keeps_the_key_says_so(office: Office) -> None:
    new_key_in_force(office)

    change(office, NOTHING)

    assert (office.roster().roster.serial, intake_key_since(chain_of(office))) == (3, 2)
