"""`zegel doctor` finds each thing that is not as it should be, and nothing where all is well."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from cases.database import Database
from cases.evidence_store import EvidenceStore
from reviewer.commands.checkup import folders, machine, office
from reviewer.commands.checkup.folders import Places
from reviewer.commands.language import speaking
from reviewer.home import prepare_home, write_private

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """An office's folders as Zegel makes them."""
    home = tmp_path / "home"
    prepare_home(home)
    database = home / "zegel.sqlite"
    write_private(database, b"")
    (home / "evidence").mkdir(mode=0o700)
    (home / "roster").mkdir(mode=0o700)
    (home / "roster" / "0001.json").write_text("{}")
    return Places(home, database, home / "evidence")


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """An office's tables."""
    made = Database(f"sqlite:///{tmp_path / 'tables.sqlite'}")
    made.migrate()
    return made


def test_folders_as_zegel_makes_them_give_no_finding(places: Places) -> None:
    assert folders.permissions(places) == []
    assert folders.space(places) == []


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        (".", 0o755),
        (".", 0o720),
        ("secrets", 0o755),
        ("secrets/portal.key", 0o640),
        ("secrets/console.key", 0o604),
        ("zegel.sqlite", 0o664),
        ("evidence", 0o701),
        ("roster", 0o770),
        ("roster/0001.json", 0o666),
    ],
)
def test_what_others_may_read_or_write_is_found_with_the_mode_that_is_right(
    places: Places, path: str, mode: int
) -> None:
    (places.home / path).chmod(mode)

    (found,) = folders.permissions(places)

    assert f"(mode {mode:04o})" in found.what
    # What it advises ends it.
    words = found.advice.split("chmod ")[1].split()
    Path(words[1]).chmod(int(words[0], 8))
    assert folders.permissions(places) == []


def test_a_folder_that_portal_and_console_share_is_no_finding(places: Places) -> None:
    shared = places.home / "database"
    shared.mkdir()
    shared.chmod(0o2770)
    database = shared / "zegel.sqlite"
    database.touch()
    database.chmod(0o660)

    assert folders.permissions(Places(places.home, database, places.evidence)) == []


def test_an_office_that_console_and_jobs_share_is_no_finding(places: Places) -> None:
    places.home.chmod(0o2771)

    assert folders.permissions(places) == []


def test_a_disk_that_is_nearly_full_is_found_once(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "LOW_SPACE", 2**60)

    (found,) = folders.space(places)

    assert "MiB are free" in found.what


def proc(folder: Path, swaps: str = "", pattern: str = "core", dumpable: str = "0") -> Path:
    """A /proc with what a test needs."""
    for name, text in (
        ("swaps", f"Filename\tType\tSize\n{swaps}"),
        ("sys/kernel/core_pattern", pattern),
        ("sys/fs/suid_dumpable", dumpable),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def test_swap_on_a_disk_is_found_and_compressed_memory_is_none(tmp_path: Path) -> None:
    assert machine.swap(proc(tmp_path)) == []
    assert machine.swap(proc(tmp_path, swaps="/dev/zram0 partition 99 0 -2\n")) == []

    (found,) = machine.swap(proc(tmp_path, swaps="/dev/sda2 partition 99 0 -2\n"))

    assert found.what == "swap is on: /dev/sda2"


@pytest.mark.parametrize(
    ("pattern", "limit", "dumpable", "expected"),
    [
        ("core", 0, "0", 0),
        ("|/bin/false", -1, "0", 0),
        ("core", -1, "0", 1),
        ("|/usr/lib/systemd/systemd-coredump %P", 0, "0", 1),
        ("core", 0, "2", 1),
    ],
)
def test_memory_of_a_crash_on_a_disk_is_found(
    tmp_path: Path, pattern: str, limit: int, dumpable: str, expected: int
) -> None:
    there = proc(tmp_path, pattern=pattern, dumpable=dumpable)

    assert len(machine.core_dumps(there, limit)) == expected


def test_a_machine_that_hides_its_state_gives_no_finding(tmp_path: Path) -> None:
    assert machine.swap(tmp_path) == machine.core_dumps(tmp_path, 0) == []


def test_a_clock_that_follows_nothing_is_found() -> None:
    assert machine.clock(0) == []
    assert [found.what for found in machine.clock(5)] == ["the clock is not synchronised"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-02\n", []),
        ("2026-02-28\n", []),
        ("2026-02-27\n", ["the last backup is 3 days old"]),
        ("yesterday", ["there is no backup"]),
        (None, ["there is no backup"]),
    ],
)
def test_a_backup_that_is_missing_or_old_is_found(
    tmp_path: Path, text: str | None, expected: list[str]
) -> None:
    stamp = tmp_path / "last-backup"
    if text is not None:
        stamp.write_text(text)

    assert [found.what for found in office.backup(stamp, TODAY)] == expected


def test_tables_of_another_version_are_found(database: Database) -> None:
    assert office.tables(database) == []
    with database.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")

    (found,) = office.tables(database)

    assert "zegel db migrate" in found.what


def test_a_database_that_does_not_overwrite_is_found(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")

    (found,) = office.tables(database)

    assert "secure_delete" in found.what


def test_an_upload_that_nobody_finished_is_found(places: Places, database: Database) -> None:
    store = EvidenceStore(f"file://{places.evidence}")
    assert office.uploads(database, store, TODAY) == []
    with store.writer("0123456789abcdef" * 2) as file:
        file.write(b"sealed")

    (found,) = office.uploads(database, store, TODAY + timedelta(days=9999))

    assert found.what == "1 unfinished upload from before yesterday lies in the evidence store"


def test_a_storage_that_does_not_answer_is_found(database: Database, tmp_path: Path) -> None:
    store = EvidenceStore(f"file://{tmp_path}/not/there")

    (found,) = office.uploads(database, store, TODAY)

    assert "evidence store" in found.what
