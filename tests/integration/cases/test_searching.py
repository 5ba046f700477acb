"""Searching sealed cases: who finds what, and what is kept for the next search."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update

from cases.actions import assignment, correspondence, rekeying
from cases.actions.case_words import keep_words
from cases.actions.searching import AT_ONCE, MOST_FOUND, SearchPage, search
from cases.domain.case_texts import Place
from cases.domain.search import Question
from cases.models import CaseWords, Message
from cases.queries.inbox import Cursor
from tests.support.databases import on_both_databases
from tests.support.new_keys import reporter_writes
from tests.support.office import Office
from tests.support.scenes import Scene, scene
from tests.support.submissions import report, submit


@pytest.fixture
def backend() -> str:
    """SQLite, unless a test says otherwise."""
    return "sqlite"


def look(
    office: Office,
    typed: str,
    login: str = "ingrid",
    after: Cursor | None = None,
    has_time: Callable[[], bool] = lambda: True,
) -> SearchPage:
    """Search as the page does: read, then keep what was learned."""
    question = Question.read(typed)
    assert question is not None
    keys, rules = office.signed_in(login).keys, office.rules()
    with office.database.reading() as session:
        found = search(session, question, keys, rules, after, has_time)
    with office.database.writing() as session:
        keep_words(session, found.learned)
    return found


def found(office: Office, typed: str, login: str = "ingrid") -> list[bytes]:
    return [hit.case_id for hit in look(office, typed, login).hits]


def kept(office: Office) -> int:
    with office.database.reading() as session:
        return session.scalar(select(func.count()).select_from(CaseWords)) or 0


def new_case(office: Office, **facts: str) -> bytes:
    with office.database.writing() as session:
        received, _ = submit(session, office.roster(), office.clock.now().date(), report(**facts))
    return received.case_id


def note(ours: Scene, text: str) -> None:
    with ours.office.database.writing() as session:
        case, by = ours.open(session), ours.office.signed_in("ingrid")
        correspondence.add_note(session, case, text, by, ours.office.clock.now())


@on_both_databases
def test_a_search_finds_words_wherever_somebody_wrote_them(office: Office) -> None:
    ours = scene(office, report(what="The Élévator was never repaired.", authority="stib-mivb"))
    office.answer("Which invoice do you mean?")
    reporter_writes(ours, "The one of Deurwaerder & Co.")
    note(ours, "Ask the bookkeeper.")

    for typed, place in (
        ("elevator", Place.STORY),
        ("Brusseler Verkehrsbetriebe", Place.STORY),
        ("invoice", Place.FROM_OFFICE),
        ("deurwaerder", Place.FROM_REPORTER),
        ("bookkeeper", Place.NOTE),
    ):
        for _ in range(2):  # read whole, then from what was kept
            (hit,) = look(office, typed).hits
            assert hit.case_id == ours.case_id
            assert place in [where for where, _ in hit.lines], typed
    assert found(office, "elevator bookkeeper invoice") == [ours.case_id]
    assert found(office, "elevator helicopter") == []


def test_nobody_finds_a_case_that_they_cannot_open(office: Office) -> None:
    ours = scene(office, report(what="A helicopter was bought."))
    found(office, "helicopter")

    assert found(office, "helicopter", "igor") == []
    with office.database.writing() as session:
        by, case = office.signed_in("ingrid"), ours.open(session)
        assignment.take(session, case, by, case.version, office.clock.now())
    assert found(office, "helicopter", "hilde") == []
    assert found(office, "helicopter") == [ours.case_id]


def test_what_was_added_since_is_found_at_once(office: Office) -> None:
    ours = scene(office)
    assert found(office, "helicopter") == []
    assert kept(office) == 1

    note(ours, "They fly a helicopter.")

    assert found(office, "helicopter") == [ours.case_id]
    assert len(look(office, "helicopter").learned) == 0


def test_kept_words_put_back_from_before_are_not_believed(office: Office) -> None:
    ours = scene(office)
    found(office, "helicopter")
    with office.database.reading() as session:
        before = session.scalars(select(CaseWords.body)).one()
    note(ours, "They fly a helicopter.")
    found(office, "helicopter")

    with office.database.writing() as session:
        session.execute(update(CaseWords).values(body=before))

    assert found(office, "helicopter") == [ours.case_id]


def test_a_new_key_for_a_case_leaves_no_words_under_the_old_one(office: Office) -> None:
    ours = scene(office)
    by, now = office.signed_in("ingrid"), office.clock.now()
    question = Question.read("tender")
    assert question is not None
    with office.database.reading() as session:
        slow = search(session, question, by.keys, office.rules(), None, lambda: True)
    found(office, "tender")

    with office.database.writing() as session:
        case = ours.open(session)
        rekeying.renew_key(session, case, "lost", by, office.roster(), case.version, now)

    assert kept(office) == 0
    with office.database.writing() as session:
        keep_words(session, slow.learned)  # of a search that began before
    assert kept(office) == 0


def test_words_of_a_case_that_is_gone_are_not_kept(office: Office) -> None:
    scene(office, report(what="A helicopter was bought."))
    learned = look(office, "helicopter").learned

    with office.database.writing() as session:
        session.execute(update(CaseWords).values(body=b"x"))
        keep_words(session, [*learned, type(learned[0])(b"g" * 16, 1, b"body")])

    assert kept(office) == 1
    assert found(office, "helicopter") != []


def test_a_text_that_does_not_open_is_passed_over(office: Office) -> None:
    ours = scene(office, report(what="A helicopter was bought."))
    office.answer("Who plays the xylophone?")
    with office.database.writing() as session:
        altered = update(Message).where(Message.position == 2)
        session.execute(altered.values(body=b"\x01" * 2000))

    assert found(office, "helicopter") == [ours.case_id]
    assert found(office, "xylophone") == []


def test_a_long_search_stops_when_time_is_up_and_goes_on_from_there(office: Office) -> None:
    cases = [new_case(office, what=f"A helicopter, number {n}.") for n in range(MOST_FOUND + 3)]

    first = look(office, "helicopter")
    assert len(first.hits) == MOST_FOUND
    assert first.next is not None
    second = look(office, "helicopter", after=first.next)

    assert sorted(hit.case_id for hit in (*first.hits, *second.hits)) == sorted(cases)
    assert second.next is None
    assert first.looked_at + second.looked_at == len(cases)


def test_long_cases_of_a_stranger_keep_no_search_beyond_its_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.actions.searching.READ_AT_ONCE", 2)
    for number in range(5):
        new_case(office, what=f"A tender, number {number}.")

    looked_at = list[int]()
    page = look(office, "helicopter", has_time=lambda: False)
    while page.next is not None:
        looked_at.append(page.looked_at)
        page = look(office, "helicopter", after=page.next, has_time=lambda: False)

    assert [*looked_at, page.looked_at] == [2, 2, 1]
    # Read once, they hold nobody up any more.
    assert look(office, "helicopter", has_time=lambda: False).looked_at == 5


def test_a_search_without_time_looks_at_one_batch(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert AT_ONCE > 3
    monkeypatch.setattr("cases.actions.searching.AT_ONCE", 3)
    for number in range(5):
        new_case(office, what=f"A tender, number {number}.")

    first = look(office, "helicopter", has_time=lambda: False)
    second = look(office, "helicopter", after=first.next, has_time=lambda: False)

    assert (first.looked_at, second.looked_at) == (3, 2)
    assert second.next is None
