"""Shares of names are dealt anew when the custodians change, but never to who must not have one."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text

from cases.actions.identity_dealing import Dealt, bar, deal_anew
from cases.actions.rosters import Changes
from cases.domain.identity_requests import RequestState
from cases.domain.roles import Role
from cases.errors import Refused
from cases.queries.cases import identity, identity_shares
from crypto.errors import CryptoError, SharesRejected
from crypto.identity import open_identity, open_share
from tests.support import rosters
from tests.support.custody import Custody, custody_of_a_name
from tests.support.databases import on_both_databases
from tests.support.office import Office
from tests.support.submissions import IDENTITY

BOTH = frozenset({Role.INVESTIGATOR, Role.CUSTODIAN})


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def ours(office: Office) -> Custody:
    for login in ("carla", "cas", "cem", "igor"):
        office.signed_in(login)
    return custody_of_a_name(office)


def change(office: Office, changes: Changes) -> None:
    rosters.accept(office, rosters.propose(office, changes).file)


def carla_leaves_and_igor_comes(office: Office) -> None:
    change(office, Changes(roles={"igor": BOTH}, leaving=frozenset({"carla"})))


def deal(ours: Custody, *logins: str) -> Dealt:
    people = [ours.office.signed_in(login) for login in logins]
    now, roster = ours.office.clock.now(), ours.office.roster()
    with ours.office.database.writing() as session:
        return deal_anew(session, ours.scene.case_id, people, roster, now)


def stored(ours: Custody) -> tuple[bytes, dict[bytes, bytes]]:
    """The body, and each custodian's box."""
    with ours.office.database.reading() as session:
        row = identity(session, ours.scene.case_id)
        assert row is not None
        shares = identity_shares(session, ours.scene.case_id)
        return row.body, {each.key_id: each.box for each in shares}


def words(ours: Custody, *logins: str) -> list[str]:
    """What these people's boxes hold; nothing of whoever has none that opens."""
    _, boxes = stored(ours)
    found = []
    for login in logins:
        key = ours.office.signed_in(login).keys.personal
        box = boxes.get(key.public.key_id)
        if box:
            found.append(open_share(box, ours.scene.case_id, key))
    return found


def opens(ours: Custody, shares: Sequence[str]) -> bool:
    try:
        open_identity(stored(ours)[0], ours.scene.case_id, shares)
    except CryptoError:
        return False
    return True


@on_both_databases
def test_those_who_stay_deal_for_those_who_come(ours: Custody) -> None:
    before = words(ours, "carla", "cas")
    carla_leaves_and_igor_comes(ours.office)

    assert deal(ours, "cas", "cem") is Dealt.ANEW

    assert len(stored(ours)[1]) == 3
    assert words(ours, "carla") == []
    for pair in (("cas", "cem"), ("cas", "igor"), ("cem", "igor")):
        assert opens(ours, words(ours, *pair))
    # What the one who left kept opens nothing that is stored now, alone or with a colleague's.
    assert not opens(ours, before)
    assert not opens(ours, [before[0], *words(ours, "cas")])
    request_id = ours.ask()
    ours.answer("cas", request_id)
    assert ours.answer("cem", request_id) is RequestState.GRANTED
    assert ours.read(request_id) == IDENTITY


def test_dealing_again_changes_nothing(ours: Custody) -> None:
    assert deal(ours, "carla", "cas") is Dealt.ALREADY
    carla_leaves_and_igor_comes(ours.office)
    deal(ours, "cas", "cem")
    before = stored(ours)

    assert deal(ours, "cas", "cem") is Dealt.ALREADY
    assert stored(ours) == before


def test_too_few_custodians_deal_nothing(ours: Custody) -> None:
    carla_leaves_and_igor_comes(ours.office)
    before = stored(ours)

    assert deal(ours, "cas") is Dealt.TOO_FEW_SHARES
    assert stored(ours) == before


def test_somebody_who_guards_no_names_deals_none(ours: Custody) -> None:
    with pytest.raises(Refused):
        deal(ours, "cas", "ingrid")


def test_who_was_excluded_gets_no_share_by_dealing_either(office: Office) -> None:
    ours = custody_of_a_name(office, without=("cem",))
    office.signed_in("igor")
    change(office, Changes(roles={"igor": BOTH}))

    assert deal(ours, "carla", "cas") is Dealt.ANEW

    assert words(ours, "cem") == []
    assert opens(ours, words(ours, "carla", "igor"))
    assert deal(ours, "carla", "cas") is Dealt.ALREADY


def test_who_is_excluded_later_loses_the_share_for_good(ours: Custody) -> None:
    key_id = ours.office.signed_in("cem").keys.personal.public.key_id
    with ours.office.database.writing() as session:
        bar(session, ours.scene.case_id, frozenset({key_id}))
    change(ours.office, Changes(roles={"igor": BOTH}))

    assert deal(ours, "carla", "cas") is Dealt.ANEW
    assert words(ours, "cem") == []


def test_too_few_left_who_may_hold_a_share_are_said(ours: Custody) -> None:
    with ours.office.database.writing() as session:
        keys = {each: ours.office.signed_in(each).keys.personal for each in ("cas", "cem")}
        bar(session, ours.scene.case_id, frozenset(key.public.key_id for key in keys.values()))

    assert deal(ours, "carla", "cas") is Dealt.TOO_FEW_CUSTODIANS


def test_a_new_number_of_custodians_is_dealt_for(ours: Custody) -> None:
    change(ours.office, Changes(custodians_needed=3))

    assert deal(ours, "carla", "cas") is Dealt.ANEW
    with pytest.raises(SharesRejected):
        open_identity(stored(ours)[0], ours.scene.case_id, words(ours, "carla", "cas"))
    assert opens(ours, words(ours, "carla", "cas", "cem"))


def test_requests_end_with_the_shares_they_were_about(ours: Custody) -> None:
    ours.granted()
    ours.ask("hilde")
    carla_leaves_and_igor_comes(ours.office)

    deal(ours, "cas", "cem")

    assert {each.state for each in ours.requests()} == {RequestState.OVER, RequestState.EXPIRED}
    with ours.office.database.reading() as session:
        left = "SELECT count(*) FROM identity_answer WHERE box IS NOT NULL"
        assert session.scalar(text(left)) == 0
        told = "SELECT count(*) FROM trail WHERE event = 'identity_shares_dealt'"
        assert session.scalar(text(told)) == 2
