"""Whoever must not read a case gets no key of it, however it moves through the office."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from cases.actions import assignment, exclusion, recovery
from cases.actions.inbox import open_inbox
from cases.actions.reading import holders
from cases.domain.contents import Assignment
from cases.domain.grants import HolderKind
from cases.domain.trail import TrailEvent
from cases.errors import NobodyLeft, Refused, TooFewCustodians
from cases.models import TrailEntry
from cases.models.base import Base
from cases.queries import cases as queries
from cases.queries.inbox import InboxView
from cases.reasons import Reason
from crypto.errors import CryptoError
from crypto.grants import open_case_grant
from crypto.identity import open_share
from crypto.labels import Context, Purpose
from crypto.roster import VerifiedRoster
from crypto.sealed_box import open_sealed
from tests.support.office import MORNING, Office
from tests.support.scenes import Scene, scene
from tests.support.submissions import IDENTITY, REPORT, report, submit

TODAY = MORNING.date()


@pytest.fixture
def backend() -> str:
    """One suffices: `test_assignment` moves cases about on both."""
    return "sqlite"


@pytest.fixture
def without_ingrid(office: Office) -> Scene:
    return scene(office, without=["ingrid"])


def _kinds(ours: Scene, login: str) -> set[HolderKind]:
    with ours.office.database.reading() as session:
        return {holding.kind for holding in holders(session, ours.open(session, login))}


def _take(ours: Scene, login: str) -> None:
    by, now = ours.office.signed_in(login), ours.office.clock.now()
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        assignment.take(session, case, by, case.version, now)


def _give_back(ours: Scene, login: str) -> None:
    by, now = ours.office.signed_in(login), ours.office.clock.now()
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        assignment.give_back(session, case, ours.office.roster(), by, case.version, now)


def _share(ours: Scene, colleague: str, by_login: str) -> None:
    by, to = ours.office.signed_in(by_login), ours.colleague(colleague)
    now = ours.office.clock.now()
    with ours.office.database.writing() as session:
        case = ours.open(session, by_login)
        assignment.share(session, case, to, by, case.version, now)


def _declared(office: Office, login: str, authority: str) -> VerifiedRoster:
    """The roster in force as if a conflict of one person had been signed into it."""
    person, found = office.signed_in(login).member.id, office.roster()
    members = tuple(
        replace(one, conflicts=(authority,)) if one.person == person else one
        for one in found.roster.members
    )
    return replace(found, roster=replace(found.roster, members=members))


def test_a_case_goes_to_the_pool_without_whom_the_reporter_named(without_ingrid: Scene) -> None:
    able = {each for each in ("ingrid", "hilde", "igor") if without_ingrid.opens(each)}

    assert able == {"hilde"}
    assert _kinds(without_ingrid, "hilde") == {HolderKind.POOL_MEMBER, HolderKind.RECOVERY}


def test_it_waits_in_the_pool_like_any_other(without_ingrid: Scene) -> None:
    office = without_ingrid.office
    with office.database.reading() as session:
        case = without_ingrid.open(session, "hilde")
        (item,) = open_inbox(session, InboxView.NEW, office.signed_in("hilde").keys, TODAY).items
        hers = open_inbox(session, InboxView.ALL, office.signed_in("ingrid").keys, TODAY)

    assert (case.in_pool, case.held_personally, item.in_pool) == (True, False, True)
    assert case.excluded == {office.signed_in("ingrid").member.id}
    assert hers.items == ()


def test_taking_it_makes_it_ones_own_and_giving_it_back_keeps_her_away(
    without_ingrid: Scene,
) -> None:
    _take(without_ingrid, "hilde")
    assert _kinds(without_ingrid, "hilde") == {HolderKind.PERSON, HolderKind.RECOVERY}

    _give_back(without_ingrid, "hilde")

    assert _kinds(without_ingrid, "hilde") == {HolderKind.POOL_MEMBER, HolderKind.RECOVERY}
    assert not without_ingrid.opens("ingrid")


def test_a_colleague_with_whom_it_was_shared_keeps_her_own_key(without_ingrid: Scene) -> None:
    _share(without_ingrid, "igor", "hilde")
    _take(without_ingrid, "igor")
    _share(without_ingrid, "hilde", "igor")

    _give_back(without_ingrid, "igor")

    assert _kinds(without_ingrid, "hilde") == {HolderKind.PERSON, HolderKind.RECOVERY}


def test_nobody_can_share_it_with_her(without_ingrid: Scene) -> None:
    with pytest.raises(Refused) as refused:
        _share(without_ingrid, "ingrid", "hilde")

    assert refused.value.reason is Reason.EXCLUDED_FROM_THIS_CASE


def test_the_custodians_cannot_give_it_to_her(without_ingrid: Scene) -> None:
    office, to = without_ingrid.office, without_ingrid.colleague("ingrid")
    key = recovery.recovery_key(office.recovery_shares[:2], office.roster())

    with office.database.writing() as session, pytest.raises(Refused) as refused:
        recovery.grant(session, without_ingrid.case_id, key, to, MORNING)

    assert refused.value.reason is Reason.EXCLUDED_FROM_THIS_CASE


def test_a_declared_conflict_with_the_service_counts_like_a_name(office: Office) -> None:
    roster = _declared(office, "ingrid", REPORT.authority)
    with office.database.writing() as session:
        received, keys = submit(session, roster, TODAY)
        other, _ = submit(session, roster, TODAY, report(authority="parking"))

    ours, theirs = Scene(office, received.case_id, keys), Scene(office, other.case_id, keys)
    assert not ours.opens("ingrid")
    assert ours.opens("hilde")
    assert theirs.opens("ingrid")
    with office.database.reading() as session:
        assert ours.open(session, "hilde").excluded == {office.signed_in("ingrid").member.id}


def test_a_conflict_declared_later_counts_for_whoever_is_to_have_it(office: Office) -> None:
    ours, roster = scene(office), _declared(office, "igor", REPORT.authority)
    person = office.signed_in("igor").member.id
    to = next(one for one in roster.roster.members if one.person == person)
    by = office.signed_in("ingrid")

    with office.database.writing() as session:
        case = ours.open(session)
        with pytest.raises(Refused):
            assignment.share(session, case, to, by, case.version, MORNING)


def test_where_nobody_would_be_left_nothing_is_taken_in(office: Office) -> None:
    named = frozenset(office.signed_in(login).member.id for login in ("ingrid", "hilde"))

    with pytest.raises(NobodyLeft), office.database.writing() as session:
        submit(session, office.roster(), TODAY, excluded=named)

    assert office.facts() == []


def test_an_excluded_custodian_gets_no_share_of_the_identity(office: Office) -> None:
    carla, cem = (office.signed_in(login).keys.personal for login in ("carla", "cem"))
    named = frozenset({office.signed_in("carla").member.id})
    with office.database.writing() as session:
        facts = report(anonymous=False)
        received, _ = submit(session, office.roster(), TODAY, facts, IDENTITY, excluded=named)

    with office.database.reading() as session:
        boxes = {
            each.key_id: each.box for each in queries.identity_shares(session, received.case_id)
        }
    assert len([box for box in boxes.values() if box]) == 2
    assert not boxes.get(carla.public.key_id)
    assert open_share(boxes[cem.public.key_id], received.case_id, cem)


def test_where_too_few_custodians_would_be_left_nothing_is_taken_in(office: Office) -> None:
    named = frozenset(office.signed_in(login).member.id for login in ("carla", "cem"))

    with pytest.raises(TooFewCustodians), office.database.writing() as session:
        submit(session, office.roster(), TODAY, report(anonymous=False), IDENTITY, excluded=named)
    with office.database.writing() as session:
        # Without a name to guard, there is nothing that they could not do.
        submit(session, office.roster(), TODAY, excluded=named)


def test_all_that_she_holds_and_the_whole_database_open_nothing_of_it(
    without_ingrid: Scene,
) -> None:
    """By mathematics and not by a check: every value of every table is tried for every use."""
    office = without_ingrid.office
    keys = office.signed_in("ingrid").keys
    assert keys.intake is not None

    with office.database.reading() as session:
        values = list(_values(session))

    assert len(values) > 20
    for value in values:
        for key in (keys.intake, keys.personal):
            with pytest.raises(CryptoError):
                open_case_grant(value, without_ingrid.case_id, key)
            for context in _contexts(without_ingrid.case_id):
                with pytest.raises(CryptoError):
                    open_sealed(value, key, context)


def test_the_same_attack_opens_a_case_that_she_may_read(office: Office) -> None:
    ours, keys = scene(office), office.signed_in("ingrid").keys
    assert keys.intake is not None
    opened = 0

    with office.database.reading() as session:
        for value in _values(session):
            try:
                open_case_grant(value, ours.case_id, keys.intake)
            except CryptoError:
                continue
            opened += 1

    assert opened == 1


def _values(session: Session) -> Iterator[bytes]:
    for table in Base.metadata.sorted_tables:
        yield from _bytes_of(session, table)


def _bytes_of(session: Session, table: Table) -> Iterator[bytes]:
    for row in session.execute(select(table)):
        yield from (bytes(value) for value in row if isinstance(value, bytes))


def _contexts(case_id: bytes) -> list[Context]:
    return [Context(purpose, (case_id,)) for purpose in Purpose]


def _keep_away(ours: Scene, person: str, by_login: str = "hilde") -> None:
    by, who, roster = ours.office.signed_in(by_login), ours.colleague(person), ours.office.roster()
    with ours.office.database.writing() as session:
        case = ours.open(session, by_login)
        exclusion.exclude(session, case, who, "her brother", by, roster, case.version, MORNING)


def test_somebody_kept_away_later_opens_nothing_any_more(office: Office) -> None:
    ours, keys = scene(office), office.signed_in("ingrid").keys
    assert keys.intake is not None
    with office.database.reading() as session:
        seed_of_before = ours.open(session).private

    _keep_away(ours, "ingrid")

    assert not ours.opens("ingrid")
    assert _kinds(ours, "hilde") == {HolderKind.POOL_MEMBER, HolderKind.RECOVERY}
    with office.database.reading() as session:
        values = list(_values(session))
    for value in values:
        for key in (keys.intake, keys.personal):
            with pytest.raises(CryptoError):
                open_case_grant(value, ours.case_id, key)
        for context in _contexts(ours.case_id):
            with pytest.raises(CryptoError):
                open_sealed(value, seed_of_before, context)


def test_keeping_away_stands_in_the_history_and_cannot_be_cut_off(office: Office) -> None:
    ours = scene(office)
    _keep_away(ours, "ingrid")

    with office.database.reading() as session:
        case = ours.open(session, "hilde")
        events = session.scalars(select(TrailEntry.event).where(TrailEntry.case_id == ours.case_id))
        assert TrailEvent.PERSON_EXCLUDED in set(events)
    assert case.excluded == {office.signed_in("ingrid").member.id}
    assert [(each.action, each.with_whom, each.reason) for each in case.history] == [
        (Assignment.EXCLUDE, "Ingrid Intake", "her brother")
    ]
    assert case.sheet.steps == 1


def test_a_custodian_who_is_kept_away_loses_the_share_while_enough_are_left(
    office: Office,
) -> None:
    with office.database.writing() as session:
        facts = report(anonymous=False)
        received, keys = submit(session, office.roster(), TODAY, facts, IDENTITY)
    ours = Scene(office, received.case_id, keys)

    _keep_away(ours, "carla")
    _keep_away(ours, "cem")

    with office.database.reading() as session:
        shares = queries.identity_shares(session, ours.case_id)
    held = {each.key_id for each in shares if each.box}
    expected = {office.signed_in(each).keys.personal.public.key_id for each in ("cas", "cem")}
    assert held == expected


def test_oneself_can_be_kept_away_while_somebody_is_left(office: Office) -> None:
    ours = scene(office)
    _keep_away(ours, "hilde")

    assert (ours.opens("hilde"), ours.opens("ingrid")) == (False, True)
    with pytest.raises(NobodyLeft):
        _keep_away(ours, "ingrid", "ingrid")
    assert ours.opens("ingrid")


def test_nobody_is_kept_away_twice(office: Office) -> None:
    ours = scene(office)
    _keep_away(ours, "ingrid")

    with pytest.raises(Refused) as refused:
        _keep_away(ours, "ingrid")

    assert refused.value.reason is Reason.EXCLUDED_FROM_THIS_CASE
