"""Erasing: nothing of the case is left that anybody could open, and no backup brings it back."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, func, select, text
from sqlalchemy.exc import DBAPIError

from cases.actions import mailboxes
from cases.actions.erasure import (
    apply_tombstones,
    digest_of,
    erase_due,
    remove_leftovers,
)
from cases.actions.evidence import EvidenceFaults, verify
from cases.actions.transitions import Written, act
from cases.database import Database
from cases.domain.flows import Action
from cases.domain.tombstones import Tombstone
from cases.errors import Refused, StaleErasure
from cases.evidence_store import EvidenceStore
from cases.models import Base, Case, TrailEntry
from cases.models.base import ID_SIZE
from cases.queries.erasures import (
    coming_cases,
    count_due,
    due_cases,
    held_cases,
    is_due,
    still_there,
    tombstones,
)
from crypto.keys import Seed
from crypto.secret_sharing import combine
from tests.support.databases import on_both_databases, shown, sqlite_url
from tests.support.endings import (
    DISMISSED,
    ended,
    ended_with_everything,
    erase_everything_due,
)
from tests.support.office import MORNING, PASSPHRASE, PEOPLE, FixedClock, Office
from tests.support.scenes import Scene, scene
from tests.support.thief import Thief

TODAY = MORNING.date()
# What a case leaves: that it was received, worked on and erased, and that it must not come back.
OUTLIVE_IT = {"trail", "erased_case"}


@pytest.fixture
def backend() -> str:
    """SQLite, unless a test says `on_both_databases`."""
    return "sqlite"


@pytest.fixture
def store(office: Office) -> EvidenceStore:
    office.home.mkdir(exist_ok=True)
    return EvidenceStore((office.home / "evidence").as_uri())


def binaries(database: Database) -> dict[bytes, str]:
    """Every key, box and sealed text of the database, with the table that it is in."""
    with database.reading() as session:
        return {
            value: table.name
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if isinstance(column.type, LargeBinary)
            for value in session.scalars(select(column))
            if value
        }


def tables_that_name(database: Database, case_id: bytes) -> set[str]:
    with database.reading() as session:
        return {
            table.name
            for table in Base.metadata.sorted_tables
            if "case_id" in table.columns
            and session.execute(select(table).where(table.c.case_id == case_id)).first()
        }


def thief_with_every_key(office: Office) -> Thief:
    people = [office.signed_in(person.login).member.id for person in PEOPLE]
    thief = Thief.of(office.database)
    for person_id in people:
        thief.learn_passphrase(PASSPHRASE, person_id)
    thief.learn(Seed(combine(office.recovery_shares[:2])))
    return thief


@on_both_databases
def test_an_erased_case_leaves_no_row_but_that_it_was_there(
    office: Office, store: EvidenceStore
) -> None:
    before = binaries(office.database)
    ours = ended_with_everything(office, store)
    came = binaries(office.database).keys() - before.keys()
    named = tables_that_name(office.database, ours.case_id)

    files = erase_everything_due(office)

    # The scene had rows wherever a case can have some; the words of a search come with a search.
    assert named == {
        table.name for table in Base.metadata.tables.values() if "case_id" in table.columns
    } - {"case_words", "erased_case"}
    assert tables_that_name(office.database, ours.case_id) == OUTLIVE_IT
    left = {table for value, table in binaries(office.database).items() if value in came}
    assert left <= {*OUTLIVE_IT, "trail_link", "staff", "staff_session"}
    with office.database.reading() as session:
        assert session.get(Case, ours.case_id) is None
        assert len(files) == 1
        remove_leftovers(session, store, files)
    assert list(store.names()) == []


def test_nobody_opens_an_erased_case_with_all_keys_of_the_office_together(office: Office) -> None:
    kept, ours = scene(office), ended(office)
    assert thief_with_every_key(office).loot().cases == {kept.case_id, ours.case_id}

    erase_everything_due(office)

    assert thief_with_every_key(office).loot().cases == {kept.case_id}


def test_a_reporter_who_comes_back_is_answered_as_with_a_wrong_code(office: Office) -> None:
    ours = ended(office)

    erase_everything_due(office)

    with office.database.writing() as session:
        answer = mailboxes.sign_in(session, ours.keys, office.clock.now())
    assert not answer.ok


def test_who_erased_what_stands_on_the_trail_and_on_the_list(office: Office) -> None:
    ours = ended(office)

    erase_everything_due(office)

    with office.database.reading() as session:
        entries = session.scalars(select(TrailEntry).where(TrailEntry.case_id == ours.case_id))
        last = max(entries, key=lambda each: (each.at is not None, each.event == "case_erased"))
        assert last.event == "case_erased"
        assert last.actor_id == office.signed_in("hilde").member.id
        assert tombstones(session) == (Tombstone(TODAY, ours.case_id),)


def test_only_what_is_over_is_erased(office: Office, clock: FixedClock) -> None:
    on_hold, reopened, over = ended(office), ended(office), ended(office)
    unfinished, closed = scene(office), scene(office)
    closed.go(*DISMISSED)
    on_hold.act(Action.HOLD_ERASURE)
    reopened.act(Action.REOPEN, "hilde")

    erase_everything_due(office)

    kept = {each.case_id for each in (on_hold, reopened, unfinished, closed)}
    assert still_in(office) == kept
    clock.advance(days=365 * 6)
    on_hold.act(Action.LIFT_HOLD, "hilde")
    erase_everything_due(office)
    assert still_in(office) == {reopened.case_id, unfinished.case_id}
    assert over.case_id not in kept


def still_in(office: Office) -> set[bytes]:
    with office.database.reading() as session:
        return set(session.scalars(select(Case.id)))


@on_both_databases
def test_a_list_that_changed_since_it_was_read_erases_nothing(office: Office) -> None:
    first = ended(office)
    read = digest_of([first.case_id])
    second = ended(office)

    with pytest.raises(StaleErasure):
        erase_as_read(office, read)
    first.act(Action.HOLD_ERASURE)
    second.act(Action.HOLD_ERASURE)
    with pytest.raises(StaleErasure):
        erase_as_read(office, read)

    assert still_in(office) == {first.case_id, second.case_id}


@on_both_databases
def test_a_hold_that_is_set_at_the_same_moment_wins(office: Office) -> None:
    ours, by = ended(office), office.signed_in("ingrid")
    office.signed_in("hilde")
    read, held = digest_of([ours.case_id]), Written(reason="A case in court.")

    with ThreadPoolExecutor(1) as other:
        with office.database.writing() as session:
            case, rules = ours.open(session), office.rules()
            act(session, case, Action.HOLD_ERASURE, held, by, case.version, MORNING, rules)
            erasing = other.submit(erase_as_read, office, read)
        with pytest.raises(StaleErasure):
            erasing.result()

    assert ours.opens("ingrid")


def erase_as_read(office: Office, read: bytes, login: str = "hilde") -> None:
    by = office.signed_in(login)
    with office.database.writing() as session:
        erase_due(session, read, by, MORNING)


@pytest.mark.parametrize("login", ["ingrid", "igor", "ada", "carla"])
def test_only_a_head_erases(office: Office, login: str) -> None:
    ours = ended(office)

    with pytest.raises(Refused):
        erase_as_read(office, digest_of([ours.case_id]), login)

    assert still_in(office) == {ours.case_id}


@on_both_databases
def test_what_comes_what_is_due_and_what_is_held_are_three_lists(office: Office) -> None:
    over, on_hold, later = ended(office), ended(office), scene(office)
    on_hold.act(Action.HOLD_ERASURE)
    later.go(*DISMISSED)
    keys, many = office.signed_in("hilde").keys.holder, 10
    in_five_years = TODAY + timedelta(days=365 * 5 + 5)

    with office.database.reading() as session:
        assert count_due(session, TODAY) == 1
        (found,) = due_cases(session, keys, TODAY, many)
        assert (found.case_id, found.outcome, found.reference) == (
            over.case_id,
            "dismissed",
            "SI.2026.0001",
        )
        (held,) = held_cases(session, keys, TODAY, many)
        assert (held.case_id, held.on_hold) == (on_hold.case_id, True)
        assert coming_cases(session, keys, TODAY, TODAY, many) == []
        (coming,) = coming_cases(session, keys, TODAY, in_five_years, many)
        assert coming.case_id == later.case_id


def test_what_is_due_is_found_by_its_day_however_many_cases_are_closed(office: Office) -> None:
    counting = select(func.count()).select_from(Case).where(is_due(TODAY))
    with office.database.reading() as session:
        plain = counting.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = session.execute(text(f"EXPLAIN QUERY PLAN {plain}")).all()

    assert [row.detail for row in plan] == [
        "SEARCH case USING INDEX ix_case_erase_on_id (erase_on<?)"
    ]


def test_a_case_that_a_head_cannot_open_is_listed_without_its_outcome(office: Office) -> None:
    ours = scene(office, without=["hilde"])
    ours.go(*DISMISSED)
    in_five_years, keys = TODAY + timedelta(days=365 * 6), office.signed_in("hilde").keys.holder

    with office.database.reading() as session:
        (found,) = due_cases(session, keys, in_five_years, 10)

    assert (found.openable, found.outcome) == (False, None)


# What a backup from before brings back --------------------------------------------------------


@pytest.fixture
def older(office: Office, tmp_path: Path, store: EvidenceStore) -> Iterator[tuple[Scene, Database]]:
    """A case, erased since, and the database as it was before."""
    ours = ended_with_everything(office, store)
    office.database.scrub()
    path = tmp_path / "older.sqlite"
    shutil.copy(str(office.database.engine.url.database), path)
    erase_everything_due(office)
    copy = Database(shown(sqlite_url(path)))
    yield ours, copy
    copy.close()


def test_an_older_database_is_cleaned_by_the_list(
    office: Office, older: tuple[Scene, Database], store: EvidenceStore
) -> None:
    ours, copy = older
    with office.database.reading() as session:
        listed = tombstones(session)
    before = binaries(copy)

    with copy.writing() as session:
        assert apply_tombstones(session, store, listed) == 1
    with copy.writing() as session:
        assert apply_tombstones(session, store, listed) == 0
    copy.scrub()

    assert tables_that_name(copy, ours.case_id) == OUTLIVE_IT
    with copy.reading() as session:
        assert still_there(session, [ours.case_id]) == frozenset()
        assert tombstones(session) == listed
        assert verify(session, store) == EvidenceFaults()
    # Not in the pages of the file that SQLite freed, either.
    content = Path(str(copy.engine.url.database)).read_bytes()
    gone = before.keys() - binaries(copy).keys()
    assert len(gone) > 50
    assert [value for value in gone if len(value) >= ID_SIZE and value[:64] in content] == []


def test_a_list_names_cases_that_this_database_never_had(
    office: Office, store: EvidenceStore
) -> None:
    kept, other = scene(office), Tombstone(TODAY, b"o" * ID_SIZE)

    with office.database.writing() as session:
        assert apply_tombstones(session, store, [other]) == 0

    assert still_in(office) == {kept.case_id}
    with office.database.reading() as session:
        assert tombstones(session) == (other,)


@on_both_databases
@pytest.mark.parametrize(
    "statement",
    ["UPDATE erased_case SET erased_on = '2020-01-01'", "DELETE FROM erased_case"],
)
def test_nothing_is_taken_off_the_list(office: Office, statement: str) -> None:
    ended(office)
    erase_everything_due(office)

    with pytest.raises(DBAPIError, match="stays on the list"), office.database.writing() as session:
        session.execute(text(statement))
