"""Handing over: every case that a person holds goes to a colleague, and what cannot is named."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from cases.actions import assignment
from cases.actions.handing_over import Giver, HandedOver, hand_over, hand_over_some
from cases.actions.reading import holders, open_case
from cases.domain.contents import Assignment
from cases.domain.flows import Action
from cases.domain.grants import HolderKind
from cases.domain.trail import TrailEvent
from cases.errors import Refused, StaleCase
from cases.models import CaseGrant, TrailEntry
from cases.queries.holdings import held_alone, held_personally
from cases.reasons import StaysBehind
from crypto.roster import RosterMember
from tests.support.office import Office
from tests.support.scenes import Scene, scene


def _member(office: Office, login: str) -> RosterMember:
    person = office.signed_in(login).member.id
    return next(one for one in office.roster().roster.members if one.person == person)


def _taken(office: Office, login: str = "ingrid") -> Scene:
    ours = scene(office)
    with office.database.writing() as session:
        case = ours.open(session, login)
        by = office.signed_in(login)
        assignment.take(session, case, by, case.version, office.clock.now())
    return ours


def _hand_over(
    office: Office,
    to: str | RosterMember,
    by: str = "ingrid",
    giver: str | None = None,
    at_most: int = 50,
) -> HandedOver:
    signed_in = office.signed_in(by)
    member = _member(office, to) if isinstance(to, str) else to
    whose = Giver.colleague(_member(office, giver)) if giver else Giver.oneself(signed_in)
    with office.database.writing() as session:
        return hand_over_some(session, whose, member, signed_in, office.clock.now(), at_most)


def _share(ours: Scene, colleague: str) -> None:
    member, by = ours.colleague(colleague), ours.office.signed_in("ingrid")
    with ours.office.database.writing() as session:
        case = ours.open(session)
        assignment.share(session, case, member, by, case.version, ours.office.clock.now())


def _told(office: Office) -> list[bytes | None]:
    handed = TrailEntry.event == TrailEvent.CASE_HANDED_OVER.value
    with office.database.reading() as session:
        return list(session.scalars(select(TrailEntry.subject_id).where(handed)))


def test_every_case_that_she_holds_opens_for_the_colleague_and_not_for_her(
    office: Office,
) -> None:
    cases = [_taken(office) for _ in range(3)]
    pooled = scene(office)

    done = _hand_over(office, "igor")

    assert (done.count, done.left, done.waiting) == (3, (), 0)
    assert all(case.opens("igor") and not case.opens("ingrid") for case in cases)
    assert pooled.opens("ingrid")
    assert not pooled.opens("igor")
    igor = office.signed_in("igor").member
    with office.database.reading() as session:
        case = cases[0].open(session, "igor")
        kinds = {holding.kind for holding in holders(session, case)}
    assert case.handler_id == igor.id
    assert kinds == {HolderKind.PERSON, HolderKind.RECOVERY}
    last = case.history[-1]
    assert (last.action, last.actor, last.with_whom) == (
        Assignment.HAND_OVER,
        "Ingrid Intake",
        "Igor Investigator",
    )
    assert _told(office) == [igor.id] * 3


def test_it_goes_on_batch_by_batch_where_it_stopped(office: Office) -> None:
    for _ in range(3):
        _taken(office)

    done = [_hand_over(office, "igor", at_most=2) for _ in range(3)]

    assert [(each.count, each.waiting) for each in done] == [(2, 1), (1, 0), (0, 0)]
    assert len(_told(office)) == 3


def test_a_case_that_a_colleague_handles_stays_hers_to_handle(office: Office) -> None:
    ours = _taken(office)
    _share(ours, "igor")

    done = _hand_over(office, "hilde", by="igor")

    assert done.count == 1
    assert [ours.opens(login) for login in ("hilde", "ingrid", "igor")] == [True, True, False]
    with office.database.reading() as session:
        assert ours.open(session).handler_id == office.signed_in("ingrid").member.id


def test_a_colleague_who_had_it_already_has_it_once(office: Office) -> None:
    ours = _taken(office)
    _share(ours, "igor")

    assert _hand_over(office, "igor").count == 1

    with office.database.reading() as session:
        grants = session.scalar(select(func.count()).select_from(CaseGrant))
    assert [ours.opens(login) for login in ("igor", "ingrid")] == [True, False]
    assert grants == 2


def test_what_cannot_be_handed_over_is_named_and_stays(office: Office) -> None:
    damaged, sound = _taken(office), _taken(office)
    with office.database.writing() as session:
        mine = CaseGrant.case_id == damaged.case_id
        session.execute(update(CaseGrant).where(mine).values(box=b"\x01" * 200))

    _hand_over(office, "igor", at_most=1)
    # What stays behind never uses up a batch.
    done = _hand_over(office, "igor", at_most=1)

    assert (done.count, done.waiting) == (0, 0)
    assert [(each.case.case_id, each.why) for each in done.left] == [
        (damaged.case_id, StaysBehind.DAMAGED)
    ]
    assert sound.opens("igor")
    with office.database.reading() as session:
        left = held_personally(session, Giver.oneself(office.signed_in("ingrid")).key_id)
    assert [each.case_id for each in left] == [damaged.case_id]


def test_a_colleague_with_a_conflict_of_interest_gets_nothing(office: Office) -> None:
    ours = _taken(office)
    with office.database.reading() as session:
        authority = ours.open(session).facts.authority
    igor = replace(_member(office, "igor"), conflicts=(authority,))

    done = _hand_over(office, igor)

    assert [each.why for each in done.left] == [StaysBehind.KEPT_AWAY]
    assert ours.opens("ingrid")
    assert _told(office) == []


def test_a_colleague_hands_over_for_one_who_leaves_what_she_can_open(office: Office) -> None:
    shared, alone = _taken(office), _taken(office)
    _share(shared, "hilde")

    done = _hand_over(office, "igor", by="hilde", giver="ingrid")

    assert done.count == 1
    assert [(each.case.case_id, each.why) for each in done.left] == [
        (alone.case_id, StaysBehind.NOT_YOURS)
    ]
    with office.database.reading() as session:
        found = open_case(session, shared.case_id, office.signed_in("igor").keys)
        assert found.history[-1].with_whom == "Ingrid Intake → Igor Investigator"
        assert found.handler_id == office.signed_in("igor").member.id
        left = held_alone(session, Giver.colleague(_member(office, "ingrid")).key_id)
    assert [each.case_id for each in left] == [alone.case_id]
    assert not shared.opens("ingrid")


def test_a_case_that_somebody_changed_meanwhile_is_not_handed_over(office: Office) -> None:
    ours = _taken(office)
    ingrid, igor = office.signed_in("ingrid"), _member(office, "igor")
    with office.database.reading() as session:
        before = ours.open(session)
    ours.act(Action.ACKNOWLEDGE)

    with office.database.writing() as session, pytest.raises(StaleCase):
        hand_over(session, before, Giver.oneself(ingrid), igor, ingrid, office.clock.now())

    assert [ours.opens(login) for login in ("ingrid", "igor")] == [True, False]


@pytest.mark.parametrize("login", ["ada", "carla"])
def test_whoever_handles_no_cases_hands_none_over(office: Office, login: str) -> None:
    _taken(office)

    with pytest.raises(Refused):
        _hand_over(office, "igor", by=login, giver="ingrid")
