"""The inbox: what each person may open, in order, in pages, in one statement."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from cases.actions import assignment, mailboxes
from cases.actions.inbox import open_inbox
from cases.database import Database
from cases.domain.contents import MessageKind
from cases.domain.details import PriorityLevel
from cases.domain.flows import Action, State
from cases.models import Case, CaseGrant
from cases.queries.inbox import (
    COUNT_LIMIT,
    Cursor,
    InboxCounts,
    InboxView,
    inbox_counts,
)
from tests.support.office import MORNING, FixedClock, Office
from tests.support.scenes import Scene, scene
from tests.support.statements import statements
from tests.support.submissions import COMPLAINT, REPORT
from tests.support.usual_details import OUT_OF_SCOPE

TODAY = MORNING.date()
V = InboxView


def _ids(office: Office, view: InboxView, login: str = "ingrid") -> list[bytes]:
    keys = office.signed_in(login).keys
    with office.database.reading() as session:
        page = open_inbox(session, view, keys, office.clock.now().date())
    return [item.case_id for item in page.items]


def _take(ours: Scene, login: str = "ingrid") -> None:
    by = ours.office.signed_in(login)
    with ours.office.database.writing() as session:
        case = ours.open(session, login)
        assignment.take(session, case, by, case.version, ours.office.clock.now())


def _copy_cases(office: Office, original: Scene, count: int, first: int = 0) -> None:
    """Many rows like one case; their sheets do not open, which costs no statement either."""
    with office.database.writing() as session:
        case = session.get_one(Case, original.case_id)
        pool = office.roster().roster.intake.key_id
        numbers = range(first, first + count)
        for number in numbers:
            case_id = number.to_bytes(16, "big")
            session.add(
                Case(
                    id=case_id,
                    flow=case.flow,
                    state=case.state,
                    received_on=case.received_on + timedelta(days=number % 40),
                    due_on=case.due_on,
                    version=1,
                    sheet_body=case.sheet_body,
                    sheet_key=case.sheet_key,
                )
            )
        session.flush()
        session.add_all(
            CaseGrant(
                case_id=number.to_bytes(16, "big"),
                key_id=pool,
                holder_kind="intake",
                received_on=case.received_on + timedelta(days=number % 40),
                box=b"b",
            )
            for number in numbers
        )


def test_each_view_shows_what_it_should(office: Office, clock: FixedClock) -> None:
    oldest = scene(office)
    clock.advance(days=1)
    mine = scene(office, COMPLAINT)
    mine.act(Action.ACKNOWLEDGE)
    _take(mine)
    clock.advance(days=1)
    newest = scene(office)

    assert _ids(office, V.NEW) == [oldest.case_id, newest.case_id]
    assert _ids(office, V.MINE) == [mine.case_id]
    assert _ids(office, V.ALL) == [newest.case_id, mine.case_id, oldest.case_id]
    assert _ids(office, V.DUE) == [oldest.case_id, newest.case_id]
    assert _ids(office, V.ALL, "hilde") == [newest.case_id, oldest.case_id]
    assert _ids(office, V.ALL, "igor") == []


def test_the_counts_agree_with_the_views(office: Office) -> None:
    scene(office)
    _take(scene(office, COMPLAINT))

    counts = {}
    for login in ("ingrid", "hilde", "igor"):
        holder = office.signed_in(login).keys.holder
        with office.database.reading() as session:
            counts[login] = inbox_counts(session, holder, TODAY)

    assert counts == {
        "ingrid": InboxCounts(new=2, mine=1, due=2, all=2),
        "hilde": InboxCounts(new=1, mine=0, due=1, all=1),
        "igor": InboxCounts(new=0, mine=0, due=0, all=0),
    }


def test_a_closed_case_is_neither_mine_nor_due(office: Office) -> None:
    ours = scene(office)
    _take(ours)
    ours.act(Action.ACKNOWLEDGE)
    ours.act(Action.CHECK_SCOPE, details=OUT_OF_SCOPE)
    ours.go(Action.DECLARE_INADMISSIBLE, Action.CLOSE)

    assert _ids(office, V.MINE) == _ids(office, V.DUE) == []
    assert _ids(office, V.ALL) == [ours.case_id]


def test_a_row_shows_the_sheet(office: Office) -> None:
    scene(office)
    keys = office.signed_in("ingrid").keys
    with office.database.reading() as session:
        (item,) = open_inbox(session, V.NEW, keys, TODAY).items

    assert item.state is State.RECEIVED
    assert item.in_pool
    assert item.sheet is not None
    assert item.sheet.title == "Invoices for work that nobody did. Every month since January."
    assert item.sheet.internal_reasons == REPORT.internal_reasons


def test_a_row_says_whose_it_is_and_whether_the_reporter_wrote(office: Office) -> None:
    ours = scene(office)
    ours.act(Action.ACKNOWLEDGE)
    _take(ours)
    news = []
    for step in ("before", "written", "answered"):
        if step == "written":
            token = ours.come_back()
            with office.database.writing() as session:
                mailbox = ours.mailbox(session, token)
                mailboxes.write(session, mailbox, "more", MessageKind.REPLY, TODAY)
        if step == "answered":
            ours.go(Action.CHECK_SCOPE, Action.CHECK_INTERNAL_CHANNEL, Action.ACCEPT_EXTERNAL)
        with office.database.reading() as session:
            keys = office.signed_in("ingrid").keys
            (item,) = open_inbox(session, V.MINE, keys, TODAY).items
        news.append(item.news)

    assert news == [False, True, False]
    assert (item.handler, item.in_pool, item.reference) == (
        "Ingrid Intake",
        False,
        "SI.2026.0001",
    )


def test_a_case_that_does_not_open_is_listed_without_its_sheet(office: Office) -> None:
    scene(office)
    keys = office.signed_in("ingrid").keys
    with office.database.writing() as session:
        session.execute(text('UPDATE "case" SET sheet_body = sheet_key'))

    with office.database.reading() as session:
        (item,) = open_inbox(session, V.NEW, keys, TODAY).items

    assert item.sheet is None
    assert not item.news


@pytest.mark.parametrize("view", [V.NEW, V.ALL, V.DUE])
def test_the_pages_together_show_every_case_once(office: Office, view: InboxView) -> None:
    _copy_cases(office, scene(office), 23)
    keys = office.signed_in("ingrid").keys
    shown, days, after = [], [], None
    with office.database.reading() as session:
        while True:
            page = open_inbox(session, view, keys, TODAY, after, limit=5)
            shown += [item.case_id for item in page.items]
            days += [item.received_on for item in page.items]
            if page.next is None:
                break
            after = Cursor.from_text(page.next.text)

    assert len(shown) == len(set(shown)) == 24
    if view is not V.DUE:
        assert days == sorted(days, reverse=view is V.ALL)


def test_the_statements_do_not_grow_with_the_cases(office: Office) -> None:
    original = scene(office)
    keys = office.signed_in("ingrid").keys
    counted = []
    for first, more in ((0, 10), (10, 990)):
        _copy_cases(office, original, more, first)
        with statements(office.database) as seen, office.database.reading() as session:
            page = open_inbox(session, V.ALL, keys, TODAY)
            inbox_counts(session, keys.holder, TODAY)
        counted.append(len(seen))

    assert len(page.items) == 50
    assert counted == [2, 2]


def test_counting_stops_at_its_limit(office: Office) -> None:
    _copy_cases(office, scene(office), COUNT_LIMIT + 20)
    keys = office.signed_in("ingrid").keys

    with office.database.reading() as session:
        counts = inbox_counts(session, keys.holder, TODAY)

    assert counts == InboxCounts(new=COUNT_LIMIT, mine=0, due=COUNT_LIMIT, all=COUNT_LIMIT)


def test_sqlite_reads_each_view_by_an_index(
    sqlite_database: Database,
) -> None:
    """Otherwise a page of a hundred thousand cases sorts them all."""
    orders = {
        "state = 'received' ORDER BY received_on, id": "ix_case_state_received_on_id",
        "handler_id = x'00' ORDER BY received_on DESC, id DESC": "ix_case_handler_id_received_on",
        "due_on <= '2026-11-30' ORDER BY due_on, id": "ix_case_due_on_id",
        "1 ORDER BY received_on DESC, id DESC": "ix_case_received_on_id",
    }
    with sqlite_database.reading() as session:
        for order, index in orders.items():
            plan = session.execute(
                text(f'EXPLAIN QUERY PLAN SELECT * FROM "case" WHERE {order} LIMIT 50')  # noqa: S608
            ).all()
            assert index in repr(plan)
            assert "TEMP B-TREE" not in repr(plan)


@pytest.mark.parametrize("typed", ["", "x", "2026-11-23", "2026-11-23.zz", "2026-13-01.00"])
def test_an_address_that_is_no_place_in_the_inbox_is_none(typed: str) -> None:
    assert (Cursor.from_text(typed) or Cursor(TODAY, b"")).case_id == b""


def test_a_row_shows_how_urgent_the_case_is(office: Office) -> None:
    ours = scene(office)
    ours.act(Action.PRIORITISE, message="we start at once")
    ours.act(Action.ACKNOWLEDGE)

    with office.database.reading() as session:
        (item,) = open_inbox(session, V.ALL, office.signed_in("ingrid").keys, TODAY).items
        case = ours.open(session)

    assert item.sheet is not None
    assert item.sheet.priority is PriorityLevel.URGENT
    assert case.sheet.seen.position == 3


def test_a_row_shows_that_something_waits_for_a_second_person(office: Office) -> None:
    ours, seen = scene(office), []
    ours.go(
        Action.ACKNOWLEDGE,
        Action.CHECK_SCOPE,
        Action.CHECK_INTERNAL_CHANNEL,
        Action.ACCEPT_EXTERNAL,
    )
    for action, login in (
        (Action.PREPARE_CONSULTATION, "ingrid"),
        (Action.RELEASE_CONSULTATION, "hilde"),
        (Action.RECOMMEND, "ingrid"),
    ):
        ours.act(action, login)
        with office.database.reading() as session:
            (item,) = open_inbox(session, V.ALL, office.signed_in("hilde").keys, TODAY).items
        assert item.sheet is not None
        seen.append(item.sheet.awaits_release)

    assert seen == [True, False, True]
