"""Files and their rows: together or not at all, on both databases."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import IntegrityError

from cases.actions import transitions
from cases.actions.evidence import (
    EvidenceFaults,
    Swept,
    begin,
    discard,
    sweep,
    sweepable,
    verify,
)
from cases.actions.evidence_opening import OpenableFiles, openable_files, opens
from cases.actions.transitions import Written
from cases.domain.attachments import Attachment
from cases.domain.details import Minutes, MinutesState
from cases.domain.flows import Action
from cases.errors import Refused, UploadLost
from cases.evidence_store import EvidenceStore
from cases.models import Case, Evidence
from cases.models.base import new_id
from tests.support.databases import shown
from tests.support.evidence import read_back, uploaded
from tests.support.office import MORNING, Office
from tests.support.scenes import Scene, scene

TODAY = MORNING.date()
LATER = TODAY + timedelta(days=2)
NOTHING = Swept(0, 0)


@pytest.fixture
def store(office: Office) -> EvidenceStore:
    office.home.mkdir(exist_ok=True)
    return EvidenceStore((office.home / "evidence").as_uri())


def upload(office: Office, store: EvidenceStore, content: bytes = b"minutes") -> Attachment:
    return uploaded(office.database, store, TODAY, content)


def take(ours: Scene, action: Action, written: Written) -> None:
    office, by = ours.office, ours.office.signed_in("ingrid")
    rules = office.rules()
    with office.database.writing() as session:
        case = ours.open(session)
        transitions.act(session, case, action, written, by, case.version, MORNING, rules)


def record_minutes(ours: Scene, *attachments: Attachment) -> None:
    minutes = Minutes(MinutesState.SIGNED, TODAY, "agreed")
    take(ours, Action.RECORD_MINUTES, Written(details=minutes, attachments=attachments))


def rows(office: Office) -> dict[bytes, str]:
    with office.database.reading() as session:
        return dict(session.execute(select(Evidence.id, Evidence.state)).all())


def swept(office: Office, store: EvidenceStore, today: date) -> Swept:
    with office.database.writing() as session:
        return sweep(session, store, today)


def faults(office: Office, store: EvidenceStore) -> EvidenceFaults:
    with office.database.reading() as session:
        return verify(session, store)


def openable(office: Office, login: str) -> OpenableFiles:
    keys = office.signed_in(login).keys
    with office.database.reading() as session:
        return openable_files(session, keys)


def test_files_are_kept_with_their_step_and_read_back(office: Office, store: EvidenceStore) -> None:
    ours = scene(office)
    one, other = upload(office, store, b"one"), upload(office, store, b"other" * 50_000)

    record_minutes(ours, one, other)

    with office.database.reading() as session:
        entry = ours.open(session).history[-1]
    assert entry.attachments == (one, other)
    assert [read_back(store, each) for each in entry.attachments] == [b"one", b"other" * 50_000]
    assert rows(office) == {one.id: "kept", other.id: "kept"}
    assert faults(office, store) == EvidenceFaults()
    assert swept(office, store, LATER) == NOTHING


def test_a_refused_step_keeps_nothing(office: Office, store: EvidenceStore) -> None:
    ours = scene(office)
    file = upload(office, store)

    with pytest.raises(Refused):
        take(ours, Action.REOPEN, Written(message="m", attachments=(file,)))

    assert rows(office) == {file.id: "pending"}


def test_a_step_whose_file_was_swept_is_not_taken(office: Office, store: EvidenceStore) -> None:
    ours = scene(office)
    kept, lost = upload(office, store), upload(office, store)
    with office.database.writing() as session:
        discard(session, store, [lost.id])

    with pytest.raises(UploadLost):
        record_minutes(ours, kept, lost)

    with office.database.reading() as session:
        assert ours.open(session).history == ()
    assert rows(office) == {kept.id: "pending"}


def test_a_file_goes_with_one_step_only(office: Office, store: EvidenceStore) -> None:
    ours = scene(office)
    file = upload(office, store)
    record_minutes(ours, file)

    with pytest.raises(UploadLost):
        record_minutes(ours, file)


def test_discarding_leaves_what_a_case_keeps(office: Office, store: EvidenceStore) -> None:
    kept, pending = upload(office, store), upload(office, store)
    record_minutes(scene(office), kept)

    with office.database.writing() as session:
        discard(session, store, [kept.id, pending.id, new_id()])

    assert rows(office) == {kept.id: "kept"}
    assert list(store.names()) == [kept.object_name]


def test_the_sweep_spares_what_is_arriving_and_removes_what_never_came(
    office: Office, store: EvidenceStore
) -> None:
    file = upload(office, store)

    assert swept(office, store, TODAY) == NOTHING
    assert swept(office, store, TODAY + timedelta(days=1)) == NOTHING
    with office.database.reading() as session:
        assert sweepable(session, store, LATER) == Swept(1, 0)
    assert list(store.names()) == [file.object_name]

    assert swept(office, store, LATER) == Swept(1, 0)
    assert swept(office, store, LATER) == NOTHING
    assert (rows(office), list(store.names())) == ({}, [])


def test_a_sweep_of_many_goes_on_in_another_transaction(
    office: Office, store: EvidenceStore
) -> None:
    for _ in range(3):
        upload(office, store)

    done = []
    for _ in range(2):
        with office.database.writing() as session:
            done.append(sweep(session, store, LATER, most=2))

    assert done == [Swept(2, 0, more=True), Swept(1, 0)]
    assert (rows(office), list(store.names())) == ({}, [])


def test_the_files_of_a_deleted_case_go_with_the_next_sweep(
    office: Office, store: EvidenceStore
) -> None:
    ours = scene(office)
    record_minutes(ours, upload(office, store))
    with office.database.writing() as session:
        session.execute(delete(Case).where(Case.id == ours.case_id))

    assert rows(office) == {}
    assert faults(office, store).without_row == tuple(store.names())
    assert swept(office, store, TODAY) == Swept(0, 1)
    assert list(store.names()) == []


def test_an_upload_that_began_and_stored_nothing_leaves_no_row(
    office: Office, store: EvidenceStore
) -> None:
    with office.database.writing() as session:
        begin(session, new_id(), TODAY)

    assert swept(office, store, LATER) == Swept(1, 0)
    assert rows(office) == {}


def test_a_process_killed_in_the_middle_leaves_nothing_that_looks_whole(
    office: Office, store: EvidenceStore, database_url: URL
) -> None:
    command = [sys.executable, "-m", "tests.support.arriving", shown(database_url)]
    command += [(office.home / "evidence").as_uri(), TODAY.isoformat()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as at:
        assert at.stdout is not None
        name = at.stdout.readline().strip()
        at.kill()

    assert rows(office) == {bytes.fromhex(name): "pending"}
    assert list(store.names()) == []
    assert store.unfinished() == {name}
    assert faults(office, store) == EvidenceFaults()
    assert swept(office, store, TODAY) == NOTHING
    assert swept(office, store, LATER) == Swept(1, 0)
    assert store.unfinished() == frozenset()
    assert list((office.home / "evidence").iterdir()) == []


def test_what_a_dead_process_left_without_a_row_is_removed_at_once(
    office: Office, store: EvidenceStore
) -> None:
    store.check()
    (office.home / "evidence" / f"{'0a' * 16}#1").write_bytes(b"half")

    assert swept(office, store, TODAY) == Swept(0, 1)
    assert store.unfinished() == frozenset()


def test_every_fault_of_the_store_is_found(office: Office, store: EvidenceStore) -> None:
    gone, cut, good = (upload(office, store) for _ in range(3))
    record_minutes(scene(office), gone, cut, good)
    folder = office.home / "evidence"
    (folder / gone.object_name).unlink()
    (folder / cut.object_name).write_bytes(b"short")
    (folder / ("0b" * 16)).write_bytes(b"stray")

    found = faults(office, store)

    assert found == EvidenceFaults((gone.object_name,), (cut.object_name,), ("0b" * 16,))
    assert found


def test_every_file_that_a_person_can_open_is_opened(office: Office, store: EvidenceStore) -> None:
    ours = scene(office)
    good, spoilt, swapped = (upload(office, store, bytes(100_000)) for _ in range(3))
    record_minutes(ours, good, spoilt, swapped)
    folder = office.home / "evidence"
    stored = bytearray((folder / spoilt.object_name).read_bytes())
    stored[70_000] ^= 1
    (folder / spoilt.object_name).write_bytes(stored)
    (folder / swapped.object_name).write_bytes((folder / good.object_name).read_bytes())

    found = openable(office, "ingrid")

    assert faults(office, store) == EvidenceFaults()  # sizes tell nothing of this
    assert [opens(store, each) for each in found.files] == [True, False, False]
    assert (found.faults, found.shut, found.damaged) == ((), 0, 0)


def test_a_person_without_the_case_is_told_how_many_stay_shut(
    office: Office, store: EvidenceStore
) -> None:
    record_minutes(scene(office), upload(office, store))

    found = openable(office, "igor")

    assert (found.files, found.shut) == ((), 1)


def test_a_row_that_no_step_names_is_a_fault(office: Office, store: EvidenceStore) -> None:
    ours = scene(office)
    evidence_id = new_id()
    row = Evidence(id=evidence_id, case_id=ours.case_id, state="kept", stored_size=1066, day=TODAY)
    with office.database.writing() as session:
        session.add(row)

    assert openable(office, "ingrid").faults == (evidence_id.hex(),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "kept"},
        {"state": "pending", "stored_size": 1066},
        {"state": "lost"},
        {"state": "pending", "id": b"short"},
    ],
)
def test_a_row_that_says_two_things_is_refused(office: Office, wrong: dict[str, object]) -> None:
    row = Evidence(**{"id": new_id(), "day": TODAY, **wrong})

    with pytest.raises(IntegrityError), office.database.writing() as session:
        session.add(row)
