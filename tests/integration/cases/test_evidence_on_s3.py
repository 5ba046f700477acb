"""The store of sealed files on a server that speaks S3 (moto's)."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cases.actions.backups.making import Backup, Place
from cases.actions.backups.restoring import restore
from cases.database import Database
from cases.errors import BackupDamaged, EvidenceUnusable
from cases.evidence_store import PART_SIZE, EvidenceStore
from tests.support.backups import archive_of, empty_place, objects_of, place_of
from tests.support.case_files import case_with_files
from tests.support.commands import free_port
from tests.support.office import FixedClock, found_in_migrated
from tests.support.s3 import BUCKET, s3_server, unfinished_uploads

NAME, OTHER = "0a" * 16, "0b" * 16


class CallerFailed(Exception):
    """Something that is not the store's fault."""


@pytest.fixture(scope="module")
def server() -> Iterator[dict[str, str]]:
    with s3_server() as environment:
        yield environment


@pytest.fixture
def store(server: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[EvidenceStore]:
    for name, value in server.items():
        monkeypatch.setenv(name, value)
    made = EvidenceStore(f"s3://{BUCKET}/office")
    yield made
    for name in list(made.names()):
        made.delete(name)


@pytest.mark.parametrize("size", [1, 2 * PART_SIZE + 7])
def test_what_was_written_is_read_back_and_removed(store: EvidenceStore, size: int) -> None:
    content = os.urandom(size)

    with store.writer(NAME) as writer:
        writer.write(content)

    assert b"".join(store.reader(NAME)) == content
    assert [(each.name, each.size) for each in store.objects()] == [(NAME, size)]
    assert (store.size(NAME), store.size(OTHER)) == (size, None)
    store.delete(NAME)
    store.delete(NAME)
    assert list(store.names()) == []


def test_a_caller_that_fails_leaves_nothing_not_even_parts(
    store: EvidenceStore, server: dict[str, str]
) -> None:
    def fails() -> None:
        with store.writer(NAME) as writer:
            writer.write(bytes(3 * PART_SIZE))
            assert unfinished_uploads(server) == 1
            raise CallerFailed

    with pytest.raises(CallerFailed):
        fails()

    assert list(store.names()) == []
    assert unfinished_uploads(server) == 0


def test_a_server_that_answers_is_healthy(store: EvidenceStore) -> None:
    store.check()

    assert store.unfinished() == frozenset()
    assert store.where == f"s3://{BUCKET}"


def test_a_server_that_is_down_is_one_clear_line(
    server: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = {"AWS_ENDPOINT": f"http://127.0.0.1:{free_port()}"}
    for name, value in {**server, **nowhere}.items():
        monkeypatch.setenv(name, value)
    gone = EvidenceStore(f"s3://{BUCKET}/office")

    with pytest.raises(EvidenceUnusable, match=r"^The evidence store s3://") as failure:
        gone.check()
    assert "\n" not in str(failure.value)


def test_a_backup_moves_files_from_one_store_to_the_other(
    store: EvidenceStore, sqlite_database: Database, tmp_path: Path
) -> None:
    office = found_in_migrated(tmp_path / "home", sqlite_database, FixedClock())
    case_with_files(office, {"large.bin": os.urandom(2 * PART_SIZE), "small.txt": b"small"})

    with empty_place(tmp_path / "new") as place:
        restore([archive_of(office)], replace(place, store=store), [])
    with empty_place(tmp_path / "back") as place:
        moved = Place(tmp_path / "home", sqlite_database, store)
        restore(Backup(moved, office.clock.now().date(), b"").pieces(), place, [])

        assert objects_of(place.store) == objects_of(place_of(office).store)


def test_a_damaged_backup_leaves_nothing_in_the_bucket(
    store: EvidenceStore, sqlite_database: Database, server: dict[str, str], tmp_path: Path
) -> None:
    office = found_in_migrated(tmp_path / "home", sqlite_database, FixedClock())
    case_with_files(office, {"large.bin": os.urandom(2 * PART_SIZE), "small.txt": b"small"})
    archive = archive_of(office)

    for length in (-2048, len(archive) // 2):
        with empty_place(tmp_path / "new") as place, pytest.raises(BackupDamaged):
            restore([archive[:length]], replace(place, store=store), [])

    assert list(store.names()) == []
    assert unfinished_uploads(server) == 0
