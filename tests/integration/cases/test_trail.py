"""The chain of the trail in the database: who joins when, what is refused, what is found."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from cases import roster_store
from cases.actions.chain import close_days
from cases.actions.trail import record_day, record_staff
from cases.actions.trail_check import Checked, Keys, check, keys_of
from cases.actions.trail_signing import sign_head
from cases.database import Database
from cases.domain.trail import TrailEvent
from cases.domain.trail_chain import EMPTY, ChainFault, Head, following
from cases.errors import Refused
from cases.models import TrailEntry, TrailLink, TrailSignature
from cases.models.base import new_id
from cases.queries.trail_chain import head, links
from tests.support.office import MORNING, FixedClock, Office
from tests.support.statements import statements

TODAY = MORNING.date()
TABLES = ("trail", "trail_link", "trail_signature")
ALICE, CASE = b"a" * 16, b"c" * 16


@pytest.fixture
def keys(office: Office) -> Keys:
    return keys_of(roster_store.every_roster(office.home / "roster", TODAY))


def checked(database: Database, keys: Keys, written_down: Head | None = None) -> Checked:
    with database.reading() as session:
        return check(session, keys, written_down)


def chained(database: Database) -> list[str]:
    with database.reading() as session:
        return [link.entry.event for link in links(session) if link.entry]


def test_what_staff_do_joins_with_its_transaction(database: Database) -> None:
    with database.writing() as session:
        record_staff(session, TrailEvent.CASE_TAKEN, MORNING, ALICE, CASE)
        record_staff(session, TrailEvent.NOTE_ADDED, MORNING, ALICE, CASE)

    assert chained(database) == ["case_taken", "note_added"]


def test_what_was_undone_joins_nothing(database: Database) -> None:
    with database.writing() as session:
        record_staff(session, TrailEvent.CASE_TAKEN, MORNING, ALICE, CASE)
        session.flush()
        session.rollback()
        record_staff(session, TrailEvent.SIGNED_IN, MORNING, ALICE)

    assert chained(database) == ["signed_in"]
    assert checked(database, {}).findings == ()


def test_what_reporters_do_joins_after_its_day_in_an_order_that_tells_nothing(
    database: Database,
) -> None:
    """Its place among moments would tell at which time somebody reported."""
    with database.writing() as session:
        record_staff(session, TrailEvent.SIGNED_IN, MORNING, ALICE)
        for _ in range(8):
            record_day(session, TrailEvent.CASE_RECEIVED, TODAY, new_id())
        record_staff(session, TrailEvent.CASE_TAKEN, MORNING, ALICE, CASE)
    with database.writing() as session:
        assert close_days(session, TODAY) == 0
    assert chained(database) == ["signed_in", "case_taken"]
    assert checked(database, {}).waiting == 8

    with database.writing() as session:
        assert close_days(session, TODAY + timedelta(days=1)) == 8
        assert close_days(session, TODAY + timedelta(days=1)) == 0

    assert chained(database) == ["signed_in", "case_taken", *["case_received"] * 8]
    with database.reading() as session:
        ids = [link.entry_id for link in links(session)][2:]
    assert ids == sorted(ids)
    assert checked(database, {}).waiting == 0


def test_many_at_once_make_one_chain_without_a_gap(database: Database) -> None:
    together = Barrier(4)

    def work() -> None:
        together.wait()
        for _ in range(10):
            with database.writing() as session:
                record_staff(session, TrailEvent.NOTE_ADDED, MORNING, ALICE, CASE)
                record_day(session, TrailEvent.REPORTER_WROTE, TODAY, CASE)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = checked(database, {})
    assert (found.head.position, found.waiting, found.findings) == (40, 40, ())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET {}"])
def test_nobody_changes_or_removes_what_is_there(office: Office, table: str, change: str) -> None:
    with office.database.writing() as session:
        sign_head(session, office.signed_in("hilde"), MORNING)
    column = "event = 'signed_in'" if table == "trail" else "position = 7"
    with office.database.writing() as session:
        with pytest.raises(DBAPIError, match="only added to"):
            session.execute(text(change.format(table, column)))
        session.rollback()


@pytest.mark.parametrize("backend", ["postgresql"])
def test_nobody_empties_a_table_of_it(database: Database) -> None:
    for table in TABLES:
        with database.writing() as session:
            with pytest.raises(DBAPIError, match="only added to"):
                session.execute(text(f"TRUNCATE {table}"))
            session.rollback()


def test_an_office_at_work_has_a_trail_without_fault(office: Office, keys: Keys) -> None:
    office.signed_in("ingrid")
    with office.database.writing() as session:
        signed = sign_head(session, office.signed_in("hilde"), MORNING)

    found = checked(office.database, keys, signed)

    assert found.findings == ()
    assert found.signed == signed
    assert found.head.position == signed.position + 1


def test_only_who_may_signs(office: Office) -> None:
    with office.database.writing() as session:
        with pytest.raises(Refused):
            sign_head(session, office.signed_in("ingrid"), MORNING)
        session.rollback()


def test_a_signature_of_a_stranger_holds_nothing(office: Office, keys: Keys) -> None:
    hilde, ada = office.signed_in("hilde"), office.signed_in("ada")
    with office.database.writing() as session:
        signed = sign_head(session, hilde, MORNING)
    without_her = {person: key for person, key in keys.items() if person != hilde.member.id}
    mixed_up = {**keys, hilde.member.id: keys[ada.member.id]}

    for wrong in (without_her, mixed_up):
        found = checked(office.database, wrong)
        assert [each.fault for each in found.findings] == [ChainFault.BAD_SIGNATURE]
        assert found.signed is None
    assert checked(office.database, keys).signed == signed


def test_a_head_on_paper_shows_what_signatures_cannot(office: Office, keys: Keys) -> None:
    """Whoever owns the database can take the newest signature along with the end of the trail."""
    office.signed_in("ingrid")
    with office.database.reading() as session:
        paper = head(session)
    with tampering(office.database) as session:
        session.execute(delete(TrailEntry).where(TrailEntry.event == "signed_in"))
        session.execute(delete(TrailLink).where(TrailLink.position == paper.position))

        assert check(session, keys).findings == ()
        (finding,) = check(session, keys, paper).findings
        assert (finding.fault, finding.position) == (ChainFault.CUT_OFF, paper.position)
        (finding,) = check(session, keys, Head(1, paper.digest)).findings
        assert finding.fault is ChainFault.NOT_AS_WRITTEN_DOWN


def test_checking_asks_the_same_however_often_somebody_signed(office: Office, keys: Keys) -> None:
    hilde = office.signed_in("hilde")
    asked: list[int] = []
    for signatures in (1, 5):
        for _ in range(signatures):
            with office.database.writing() as session:
                sign_head(session, hilde, MORNING)
        with statements(office.database) as seen:
            assert checked(office.database, keys).findings == ()
        asked.append(len(seen))

    assert asked[0] == asked[1]


def test_a_hidden_signature_is_missed(office: Office, keys: Keys) -> None:
    with office.database.writing() as session:
        sign_head(session, office.signed_in("hilde"), MORNING)
    with tampering(office.database) as session:
        session.execute(delete(TrailSignature))

        (finding,) = check(session, keys).findings
        assert finding.fault is ChainFault.MISSING_SIGNATURE


@contextmanager
def tampering(database: Database) -> Iterator[Session]:
    """As the owner of the database, who takes the triggers away; undone at the end."""
    with database.writing() as session:
        for table in TABLES:
            for what in ("update", "delete"):
                owner = f" ON {table}" if not database.is_sqlite else ""
                session.execute(text(f"DROP TRIGGER {table}_no_{what}{owner}"))
        yield session
        session.rollback()


Tamper = Callable[[Session, int, int], None]


def remove_entry(session: Session, at: int, _: int) -> None:
    session.execute(delete(TrailEntry).where(TrailEntry.id == entry_id(session, at)))


def remove_link(session: Session, at: int, _: int) -> None:
    session.execute(delete(TrailLink).where(TrailLink.position == at))


def remove_both(session: Session, at: int, other: int) -> None:
    remove_entry(session, at, other)
    remove_link(session, at, other)


def swap(session: Session, at: int, other: int) -> None:
    ours, theirs = entry_id(session, at), entry_id(session, other)
    for position, new in ((at, bytes(16)), (other, ours), (at, theirs)):
        set_link(session, position, entry_id=new)


def swap_with_digests(session: Session, at: int, other: int) -> None:
    for position, new in ((at, 10_000), (other, at), (10_000, other)):
        set_link(session, position, position=new)


def insert_unseen(session: Session, _: int, __: int) -> None:
    session.execute(insert(TrailEntry), [forged()])


def insert_in_between(session: Session, at: int, _: int) -> None:
    row = forged()
    session.execute(insert(TrailEntry), [row])
    later = select(TrailLink.position).where(TrailLink.position >= at)
    for position in sorted(session.scalars(later), reverse=True):
        set_link(session, position, position=position + 1)
    link = {"position": at, "entry_id": row["id"], "digest": b"d" * 32}
    session.execute(insert(TrailLink), [link])


def cut_off(session: Session, at: int, _: int) -> None:
    gone = select(TrailLink.entry_id).where(TrailLink.position >= at)
    session.execute(delete(TrailEntry).where(TrailEntry.id.in_(gone)))
    session.execute(delete(TrailLink).where(TrailLink.position >= at))


def write_anew(session: Session, at: int, _: int) -> None:
    """Alter an entry and make every digest again: only the signature can tell."""
    alter("event", "case_shared")(session, at, 0)
    session.expire_all()
    last = EMPTY
    for link in list(links(session)):
        assert link.entry is not None
        last = following(last, link.entry)
        set_link(session, link.position, digest=last.digest)


def alter(column: str, value: object) -> Tamper:
    def change(session: Session, at: int, _: int) -> None:
        entry = TrailEntry.id == entry_id(session, at)
        session.execute(update(TrailEntry).where(entry).values({column: value}))

    change.__name__ = f"alter_{column}"
    return change


def entry_id(session: Session, position: int) -> bytes:
    return session.scalars(select(TrailLink.entry_id).where(TrailLink.position == position)).one()


def set_link(session: Session, at: int, **values: object) -> None:
    session.execute(update(TrailLink).where(TrailLink.position == at).values(**values))


def forged() -> dict[str, object]:
    return {"id": new_id(), "day": TODAY, "at": MORNING, "event": "case_taken", "actor_id": ALICE}


NAMED_AT: tuple[tuple[Tamper, ChainFault], ...] = (
    (remove_entry, ChainFault.MISSING_ENTRY),
    (remove_link, ChainFault.MISSING_LINK),
    (remove_both, ChainFault.MISSING_LINK),
    (swap, ChainFault.ALTERED),
    (swap_with_digests, ChainFault.ALTERED),
    (insert_in_between, ChainFault.ALTERED),
    (alter("id", b"x" * 16), ChainFault.MISSING_ENTRY),
    (alter("day", date(2026, 1, 1)), ChainFault.ALTERED),
    (alter("at", MORNING + timedelta(seconds=1)), ChainFault.ALTERED),
    (alter("actor_id", b"b" * 16), ChainFault.ALTERED),
    (alter("event", "case_shared"), ChainFault.ALTERED),
    (alter("case_id", b"d" * 16), ChainFault.ALTERED),
)
NAMED_ELSEWHERE: tuple[tuple[Tamper, ChainFault], ...] = (
    (insert_unseen, ChainFault.NOT_CHAINED),
    (cut_off, ChainFault.CUT_OFF),
    (write_anew, ChainFault.NOT_AS_SIGNED),
)
ENTRIES = 12


@pytest.fixture
def signed_trail(office: Office, clock: FixedClock) -> Office:
    """A trail of some entries with a signed head; positions below `ENTRIES` are signed."""
    hilde = office.signed_in("hilde")
    for number in range(ENTRIES):
        with office.database.writing() as session:
            record_staff(session, TrailEvent.NOTE_ADDED, MORNING, ALICE, bytes([number]) * 16)
    with office.database.writing() as session:
        sign_head(session, hilde, MORNING)
    return office


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    tamper=st.sampled_from((*NAMED_AT, *NAMED_ELSEWHERE)),
    at=st.integers(min_value=4, max_value=ENTRIES),
    other=st.integers(min_value=4, max_value=ENTRIES),
)
def test_whatever_is_done_to_the_trail_is_found(
    signed_trail: Office, keys: Keys, tamper: tuple[Tamper, ChainFault], at: int, other: int
) -> None:
    change, fault = tamper
    if other == at:
        other = at + 1
    with tampering(signed_trail.database) as session:
        change(session, at, other)
        session.expire_all()

        found = {(each.fault, each.position) for each in check(session, keys).findings}

    if tamper in NAMED_AT:
        assert (fault, at) in found
    else:
        assert fault in {each for each, _ in found}
    assert checked(signed_trail.database, keys).findings == ()
