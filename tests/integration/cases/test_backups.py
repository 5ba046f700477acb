"""What a backup holds comes back whole, on either database, or not at all."""

import json
import os
import shutil
import subprocess
import sys
import tracemalloc
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from cases.actions.backups import making, rows
from cases.actions.backups.archive import packed, unpacked, written
from cases.actions.backups.making import Backup
from cases.actions.backups.manifest import Columns, End, Manifest
from cases.actions.backups.proving import prove
from cases.actions.backups.restoring import restore
from cases.actions.database_roles import give_roles
from cases.actions.erasure import apply_tombstones
from cases.actions.evidence import verify
from cases.actions.recovery import Proof
from cases.database import Database
from cases.domain.tombstones import Tombstone, from_text
from cases.errors import BackupDamaged, BackupRefused, DatabaseUnusable
from cases.evidence_store import READ_SIZE
from cases.queries.cases import grants
from cases.queries.recovery import every_case
from crypto.errors import OpeningFailed
from tests.support.backups import archive_of, empty_place, everything, listing, objects_of, place_of
from tests.support.case_files import case_with_files
from tests.support.databases import fresh_database, shown
from tests.support.evidence import uploaded
from tests.support.office import FixedClock, Office, found_in_migrated
from tests.support.scenes import scene
from tests.support.submissions import COMPLAINT

PIECE = 4096
# Where the database is not what matters.
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"])


def cut(content: bytes) -> Iterator[bytes]:
    return (content[at : at + PIECE] for at in range(0, len(content), PIECE))


@pytest.fixture
def other_kind(backend: str, request: pytest.FixtureRequest) -> Iterator[URL | None]:
    """A database of the kind that the office does not have; None is SQLite in the folder."""
    if backend == "postgresql":
        yield None
        return
    with fresh_database(request.getfixturevalue("postgresql")) as url:
        yield url


@pytest.fixture
def same_kind(backend: str, request: pytest.FixtureRequest) -> Iterator[URL | None]:
    """An empty database of the kind that the office has."""
    if backend == "sqlite":
        yield None
        return
    with fresh_database(request.getfixturevalue("postgresql")) as url:
        yield url


def busy(office: Office) -> None:
    """An office with cases, files and somebody at work."""
    case_with_files(office, {"invoice.pdf": b"invoice" * 40_000, "empty.txt": b""})
    scene(office, COMPLAINT)
    office.signed_in("ingrid")


@pytest.mark.parametrize("target", ["same_kind", "other_kind"])
def test_rows_files_and_rosters_come_back_on_either_database(
    office: Office, target: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    busy(office)
    (office.home / "look.toml").write_text('name = "Ours"')
    archive = archive_of(office)

    with empty_place(tmp_path / "new", request.getfixturevalue(target)) as place:
        done = restore(cut(archive), place, [])

        assert done is not None
        assert (done.end.cases, done.end.files, done.erased_again) == (2, 2, 0)
        assert done.made_on == office.clock.now().date()
        assert everything(place.database) == everything(office.database)
        assert objects_of(place.store) == objects_of(place_of(office).store)
        place.database.check()
    for name in ("roster/0001.json", "roster/pin", "look.toml"):
        assert (tmp_path / "new" / name).read_bytes() == (office.home / name).read_bytes()
    assert not (tmp_path / "new" / "restoring").exists()


def test_every_case_in_a_backup_opens_whole_though_people_write_while_it_is_made(
    office: Office, tmp_path: Path
) -> None:
    by, place = office.signed_in("ingrid"), place_of(office)
    busy(office)
    pieces = []

    # Whatever stands between two pieces happens while the backup is made.
    for number, piece in enumerate(Backup(place, office.clock.now().date(), b"").pieces()):
        pieces.append(piece)
        if number % 15 == 0:
            case_with_files(office, {f"{number}.txt": b"more" * number})
            uploaded(office.database, place.store, office.clock.now().date())

    with office.database.reading() as session:
        assert len(list(prove(session, by.keys))) > 4
    with empty_place(tmp_path / "new") as new:
        done = restore(iter(pieces), new, [])
        assert done is not None
        with new.database.reading() as session:
            found = list(prove(session, by.keys))
            assert not verify(session, new.store)
    assert len(found) == done.end.cases >= 2
    assert all(isinstance(each, Proof) and each.opened and not each.faults for each in found)


def test_a_file_whose_case_is_erased_while_the_backup_is_made_breaks_nothing(
    office: Office, tmp_path: Path
) -> None:
    gone = bytes.fromhex(case_with_files(office, {"large.bin": os.urandom(3_000_000)}))
    kept = case_with_files(office, {"small.txt": b"small"})
    place, today = place_of(office), office.clock.now().date()
    pieces, erased = [], False

    made = Backup(place, today, b"")
    for piece in made.pieces():
        pieces.append(piece)
        if not erased and len(piece) == READ_SIZE:
            # The first megabyte of the large one is in the backup, and now it goes.
            erased = True
            with office.database.writing() as session:
                apply_tombstones(session, place.store, [Tombstone(today, gone)])

    assert (len(made.end.erased), made.end.missing) == (1, ())
    with empty_place(tmp_path / "new") as new:
        done = restore(iter(pieces), new, [Tombstone(today, gone)])
        assert done is not None
        assert done.erased_again == 1
        with new.database.reading() as session:
            assert [case.case_id.hex() for case in every_case(session)] == [kept]
            assert not verify(session, new.store)


@on_sqlite
def test_a_file_that_was_lost_before_is_named_and_stops_no_backup(
    office: Office, tmp_path: Path
) -> None:
    case_with_files(office, {"lost.txt": b"lost", "there.txt": b"there"})
    place = place_of(office)
    lost = min(place.store.names())
    place.store.delete(lost)

    made = Backup(place, office.clock.now().date(), b"")
    pieces = list(made.pieces())

    assert (made.end.missing, made.end.files) == ((lost,), 1)
    with empty_place(tmp_path / "new") as new:
        assert restore(iter(pieces), new, []) is not None


@on_sqlite
def test_a_store_without_the_files_of_this_office_is_refused(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_MOST_MISSING", 1)
    case_with_files(office, {"a.txt": b"a", "b.txt": b"b"})
    place = place_of(office)
    for name in list(place.store.names()):
        place.store.delete(name)

    with pytest.raises(BackupRefused, match="right store"):
        list(Backup(place, office.clock.now().date(), b"").pieces())


def test_what_was_erased_since_does_not_come_back(office: Office, tmp_path: Path) -> None:
    case = bytes.fromhex(case_with_files(office, {"evidence.pdf": b"evidence" * 1000}))
    other = scene(office)
    archive, day = archive_of(office), office.clock.now().date()
    with office.database.reading() as session:
        boxes = [bytes(grant.box) for grant in grants(session, case)]

    with empty_place(tmp_path / "new") as place:
        done = restore(cut(archive), place, [Tombstone(day, case), Tombstone(day, b"n" * 16)])

        assert done is not None
        assert done.erased_again == 1
        with place.database.reading() as session:
            assert [each.case_id for each in every_case(session)] == [other.case_id]
        assert objects_of(place.store) == {}
        left = b"".join(path.read_bytes() for path in (tmp_path / "new").glob("*.sqlite*"))
        assert boxes
        assert not any(box in left for box in boxes)
    listed = from_text((tmp_path / "new/erased.txt").read_text())
    assert {each.case_id for each in listed} == {case, b"n" * 16}


@on_sqlite
def test_what_comes_back_is_for_whom_its_folder_is(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "roster").mkdir()
    # As deploy/tmpfiles.d makes it: the portal's group reads the rosters.
    (folder / "roster").chmod(0o2750)
    (office.home / "look.toml").write_text('name = "Ours"')

    with empty_place(folder) as place:
        restore(cut(archive_of(office)), place, [])

    modes = {name: (folder / name).stat().st_mode & 0o777 for name in listing(folder)}
    assert modes == {
        "backup-settings.env": 0o600,
        "look.toml": 0o600,
        "roster/0001.json": 0o640,
        "roster/pin": 0o640,
        "zegel.sqlite": 0o600,
    }


@on_sqlite
def test_sessions_stay_behind(office: Office, tmp_path: Path) -> None:
    busy(office)
    scene(office).come_back()

    with empty_place(tmp_path / "new") as place:
        restore(cut(archive_of(office)), place, [])
        with place.database.reading() as session:
            for table in ("staff_session", "mailbox_session"):
                assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0  # noqa: S608


@pytest.fixture(scope="module")
def whole(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    """A backup that is only read, for all tests of what is refused."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copy(migrated_sqlite, folder / "zegel.db")
    database = Database(f"sqlite:///{folder / 'zegel.db'}")
    office = found_in_migrated(folder / "home", database, FixedClock())
    case_with_files(office, {"invoice.pdf": b"invoice" * 10_000})
    yield archive_of(office)
    database.close()


class TestRefused:
    """What cannot be restored leaves the place as it was."""

    def test_where_anything_is_already(self, whole: bytes, tmp_path: Path) -> None:
        with empty_place(tmp_path / "new") as place:
            for folder in ("roster", "evidence"):
                (tmp_path / "new" / folder).mkdir()
            for left in ("roster/pin", "zegel.sqlite", "evidence/" + "a" * 32):
                (tmp_path / "new" / left).write_bytes(b"something")
                with pytest.raises(BackupRefused):
                    restore(cut(whole), place, [])
                assert listing(tmp_path / "new") == [left]
                (tmp_path / "new" / left).unlink()
            assert restore(cut(whole), place, []) is not None

    @pytest.mark.parametrize("at", [600, 20_000, -3000])
    def test_an_archive_that_breaks_off(self, whole: bytes, at: int, tmp_path: Path) -> None:
        with empty_place(tmp_path / "new") as place, pytest.raises(BackupDamaged):
            restore(cut(whole[:at]), place, [])
        assert listing(tmp_path / "new") == []

    def test_a_source_that_fails(self, whole: bytes, tmp_path: Path) -> None:
        def failing() -> Iterator[bytes]:
            yield from cut(whole[:-1024])
            raise OpeningFailed

        with empty_place(tmp_path / "new") as place, pytest.raises(OpeningFailed):
            restore(failing(), place, [])
        assert listing(tmp_path / "new") == []

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("elsewhere", b""),
            ("home/../../escaped", b""),
            ("home/secrets/portal.key", b"k" * 32),
            ("evidence/../../escaped", b""),
            ("database/alembic_version/000001.jsonl", b'["0001"]\n'),
            ("database/trail/000001.jsonl", b"no JSON\n"),
            ("database/trail/000001.jsonl", b"[1]\n"),
            ("database/case/000001.jsonl", b"[]\n"),
            ("database/trail_link/000009.jsonl", b'[99999999999999999999,"YQ==","YQ=="]\n'),
            ("database/trail_link/000009.jsonl", b'[1,"no base64!","YQ=="]\n'),
            ("database/trail_link/000009.jsonl", b'[true,"YQ==","YQ=="]\n'),
            pytest.param("database/trail_link/000009.jsonl", b"[" * 200_000, id="nested rows"),
        ],
    )
    def test_an_archive_that_is_ours_in_form_only(
        self, whole: bytes, name: str, content: bytes, tmp_path: Path
    ) -> None:
        members = {found: b"".join(pieces) for found, pieces in unpacked([whole])}
        end = members.pop("end.json")
        forged = [*members.items(), (name, content)]
        archive = packed((written(*each) for each in forged), lambda: written("end.json", end))

        with empty_place(tmp_path / "new") as place, pytest.raises(BackupDamaged):
            restore(archive, place, [])
        assert listing(tmp_path) == [found for found in listing(tmp_path) if "new" not in found]

    @pytest.mark.parametrize(
        ("before", "after", "failure"),
        [
            (b'"version": 1', b'"version": 2', BackupRefused),
            (b"zegel-backup", b"other-backup", BackupDamaged),
            (b'"revision": "0', b'"revision": "9', DatabaseUnusable),
            (b'"made_on": "2', b'"made_on": "x', BackupDamaged),
        ],
    )
    def test_a_backup_of_another_version(
        self, whole: bytes, before: bytes, after: bytes, failure: type[Exception], tmp_path: Path
    ) -> None:
        archive = altered(whole, "manifest.json", before, after)
        with empty_place(tmp_path / "new") as place, pytest.raises(failure):
            restore(archive, place, [])
        assert listing(tmp_path / "new") == []

    @pytest.mark.parametrize("said", [b'"../../elsewhere"', b"[" * 200_000], ids=["path", "nested"])
    def test_an_end_that_names_what_is_no_file(
        self, whole: bytes, said: bytes, tmp_path: Path
    ) -> None:
        archive = altered(whole, "end.json", b'"erased": [', b'"erased": [' + said)
        with empty_place(tmp_path / "new") as place, pytest.raises(BackupDamaged):
            restore(archive, place, [])
        assert listing(tmp_path / "new") == []

    def test_a_backup_with_fewer_rows_than_it_says(self, whole: bytes, tmp_path: Path) -> None:
        archive = altered(whole, "end.json", b'"rows": ', b'"rows": 1')
        with empty_place(tmp_path / "new") as place, pytest.raises(BackupDamaged):
            restore(archive, place, [])
        assert listing(tmp_path / "new") == []


def altered(archive: bytes, member: str, before: bytes, after: bytes) -> Iterator[bytes]:
    """The archive with something else in one member, and lists that fit it."""
    members = {found: b"".join(pieces) for found, pieces in unpacked([archive])}
    assert before in members[member]
    members[member] = members[member].replace(before, after, 1)
    end = members.pop("end.json")
    return packed((written(*each) for each in members.items()), lambda: written("end.json", end))


def test_a_backup_of_an_earlier_form_of_the_database_is_brought_up_to_date(
    backend: str, same_kind: URL | None, tmp_path: Path
) -> None:
    columns = ("id", "day", "at", "actor_id", "event", "case_id")
    row = (b"i" * 16, date(2026, 3, 2), None, None, "case_received", b"c" * 16)
    manifest = Manifest(date(2026, 3, 2), "0003", (Columns("trail", columns),))
    members = [written("manifest.json", manifest.encode()), *rows.members("trail", [row])]
    end = End(rows=1, cases=0, files=0)

    with empty_place(tmp_path / "new", same_kind) as place:
        restore(packed(members, lambda: written("end.json", end.encode())), place, [])

        place.database.check()
        found = everything(place.database)["trail"]
    assert [each[0] for each in found] == [b"i" * 16]
    assert backend


@on_sqlite
def test_memory_stays_small_whatever_the_size(office: Office, tmp_path: Path) -> None:
    case_with_files(office, {"large.bin": bytes(40 * 1024 * 1024)})
    archive = tmp_path / "archive"

    made = Backup(place_of(office), office.clock.now().date(), b"")
    with archive.open("wb") as file, bounded_memory():
        file.writelines(made.pieces())
    with empty_place(tmp_path / "new") as new, archive.open("rb") as file, bounded_memory():
        restore(iter(lambda: file.read(PIECE * 16), b""), new, [])

    assert archive.stat().st_size > 40 * 1024 * 1024


@contextmanager
def bounded_memory() -> Iterator[None]:
    """Within the block less is taken than a few pieces of a file."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_restore_that_is_killed_leaves_nothing_or_what_the_next_run_finishes(
    office: Office, same_kind: URL | None, tmp_path: Path
) -> None:
    busy(office)
    (tmp_path / "archive").write_bytes(archive_of(office))
    folder = tmp_path / "new"

    with empty_place(folder, same_kind) as place:
        url = shown(same_kind) if same_kind else f"sqlite:///{place.database.file}"
        command = [sys.executable, "-m", "tests.support.killed_restore", url]
        command += [str(folder), str(tmp_path / "archive")]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=90)

        assert done.returncode == 0, done.stderr
        *killed, lived = (json.loads(line) for line in done.stdout.splitlines())
        trail = len(everything(office.database)["trail"])
        assert len(killed) > 5
        assert all(each["killed"] and each["rows"] in (None, trail) for each in killed)
        assert lived["rows"] == trail
        assert everything(place.database) == everything(office.database)
        assert objects_of(place.store) == objects_of(place_of(office).store)
    assert not (folder / "restoring").exists()


@pytest.mark.parametrize("backend", ["postgresql"])
def test_the_consoles_role_may_make_a_backup(
    office: Office, database_url: URL, tmp_path: Path
) -> None:
    busy(office)
    portal, console = (f"zegel_{uuid.uuid4().hex}" for _ in range(2))
    give_roles(office.database, portal, console)
    limited, place = Database(shown(database_url.set(username=console))), place_of(office)
    try:
        made = Backup(replace(place, database=limited), office.clock.now().date(), b"")
        archive = b"".join(made.pieces())
    finally:
        limited.close()
        with office.database.engine.begin() as connection:
            for role in (portal, console):
                connection.execute(text(f"DROP OWNED BY {role}"))
                connection.execute(text(f"DROP ROLE {role}"))

    with empty_place(tmp_path / "new") as new:
        restore(cut(archive), new, [])
        assert everything(new.database) == everything(office.database)
