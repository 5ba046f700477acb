"""Who holds a case is decided by keys: taking it out of the pool shuts the others out."""

import pytest
from sqlalchemy import text

from cases.actions import assignment
from cases.actions.reading import holders
from cases.domain.contents import Assignment
from cases.domain.flows import Action
from cases.domain.grants import HolderKind
from cases.errors import NotFound, Refused, StaleCase
from cases.queries.cases import held_case
from cases.reasons import Reason
from crypto.errors import CryptoError
from crypto.grants import open_case_grant
from tests.support.office import Office
from tests.support.scenes import Scene, scene


@pytest.fixture
def ours(office: Office) -> Scene:
    return scene(office)


def _take(ours: Scene, login: str = "ingrid", version: int | None = None) -> None:
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        by, now = ours.office.signed_in(login), ours.office.clock.now()
        assignment.take(session, case, by, version or case.version, now)


def _share(ours: Scene, colleague: str, login: str = "ingrid") -> None:
    member = ours.colleague(colleague)
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        by, now = ours.office.signed_in(login), ours.office.clock.now()
        assignment.share(session, case, member, by, case.version, now)


def _give_back(ours: Scene, login: str = "ingrid") -> None:
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        by, now = ours.office.signed_in(login), ours.office.clock.now()
        assignment.give_back(session, case, ours.office.roster(), by, case.version, now)


def test_a_new_case_opens_for_everyone_with_the_intake_key_and_nobody_else(ours: Scene) -> None:
    able = {login for login in ("ingrid", "hilde", "igor", "ada", "carla") if ours.opens(login)}

    assert able == {"ingrid", "hilde"}


def test_a_taken_case_opens_for_its_handler_only(ours: Scene) -> None:
    _take(ours)

    with ours.office.database.reading() as session:
        case = ours.open(session)
        kinds = {holding.kind for holding in holders(session, case)}
    assert kinds == {HolderKind.PERSON, HolderKind.RECOVERY}
    assert case.handler_id == ours.office.signed_in("ingrid").member.id
    assert (case.in_pool, case.held_personally) == (False, True)
    assert not ours.opens("hilde")


def test_no_grant_that_is_left_opens_with_the_intake_key(ours: Scene) -> None:
    """By mathematics and not by a check: every box in the table is tried."""
    _take(ours)
    hilde = ours.office.signed_in("hilde").keys
    assert hilde.intake is not None

    with ours.office.database.reading() as session:
        boxes = session.execute(text("SELECT box FROM case_grant")).scalars().all()
        assert held_case(session, ours.case_id, hilde.holder) is None

    assert len(boxes) == 2
    for box in boxes:
        for key in (hilde.intake, hilde.personal):
            with pytest.raises(CryptoError):
                open_case_grant(box, ours.case_id, key)


def test_a_case_that_is_not_there_looks_like_one_that_is_forbidden(ours: Scene) -> None:
    _take(ours)
    absent = Scene(ours.office, b"\0" * 16, ours.keys)

    for each in (ours, absent):
        with ours.office.database.reading() as session, pytest.raises(NotFound) as refused:
            each.open(session, "hilde")
        assert str(refused.value) == ""


def test_a_shared_case_opens_for_the_colleague_too(ours: Scene) -> None:
    _take(ours)
    _share(ours, "igor")

    assert ours.opens("igor")
    assert ours.opens("ingrid")
    assert not ours.opens("hilde")
    assert ours.act(Action.ACKNOWLEDGE, "igor").reference == "SI.2026.0001"


def test_a_case_is_shared_once_with_the_same_colleague(ours: Scene) -> None:
    _share(ours, "igor")

    with pytest.raises(Refused) as refused:
        _share(ours, "igor")

    assert refused.value.reason is Reason.ALREADY_SHARED


def test_a_case_given_back_opens_for_the_pool_again(ours: Scene) -> None:
    _take(ours)
    _give_back(ours)

    with ours.office.database.reading() as session:
        case = ours.open(session, "hilde")
    assert (case.handler_id, case.in_pool, case.held_personally) == (None, True, False)


def test_a_colleague_who_lets_go_leaves_the_handler_in_charge(ours: Scene) -> None:
    _take(ours)
    _share(ours, "igor")
    _give_back(ours, "igor")

    assert not ours.opens("igor")
    with ours.office.database.reading() as session:
        assert ours.open(session).handler_id == ours.office.signed_in("ingrid").member.id


def test_a_case_can_be_taken_again_after_it_was_given_back(ours: Scene) -> None:
    _take(ours)
    _give_back(ours)
    _take(ours, "hilde")

    assert ours.opens("hilde")
    assert not ours.opens("ingrid")


def test_taking_twice_or_giving_back_what_is_in_the_pool_is_refused(ours: Scene) -> None:
    with pytest.raises(Refused) as refused:
        _give_back(ours)
    assert refused.value.reason is Reason.ALREADY_IN_THE_POOL

    _take(ours)
    with pytest.raises(Refused) as refused:
        _take(ours)
    assert refused.value.reason is Reason.ALREADY_YOURS


def test_the_second_of_two_who_take_from_one_page_is_told(ours: Scene) -> None:
    ours.act(Action.ACKNOWLEDGE)

    with pytest.raises(StaleCase):
        _take(ours, version=1)


def test_each_hand_over_is_in_the_history(ours: Scene) -> None:
    _take(ours)
    _share(ours, "igor")
    _give_back(ours)

    with ours.office.database.reading() as session:
        steps = ours.open(session).history
    assert [(step.action, step.with_whom) for step in steps] == [
        (Assignment.TAKE, ""),
        (Assignment.SHARE, "Igor Investigator"),
        (Assignment.GIVE_BACK, ""),
    ]
