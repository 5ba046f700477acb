"""The store of sealed files, in a folder."""

import os
import subprocess
from pathlib import Path

import pytest

from cases.errors import EvidenceUnusable
from cases.evidence_store import (
    MOST_LEFT_FREE,
    PART_SIZE,
    READ_SIZE,
    EvidenceStore,
    StoredObject,
    nearly_full,
    nearly_without_names,
)
from tests.support.full_disk import NO_ROOM, SPACE, small_disk

GIB = 1024**3
NAME, OTHER = "0a" * 16, "0b" * 16


class CallerFailed(Exception):
    """Something that is not the store's fault."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
def store(folder: Path) -> EvidenceStore:
    return EvidenceStore(f"file://{folder}")


def put(store: EvidenceStore, name: str, content: bytes) -> None:
    with store.writer(name) as writer:
        for at in range(0, len(content), 70_000):
            writer.write(content[at : at + 70_000])


@pytest.mark.parametrize(
    ("total", "free", "full"),
    [
        (100 * GIB, GIB, False),
        (100 * GIB, MOST_LEFT_FREE, False),
        (100 * GIB, MOST_LEFT_FREE - 1, True),
        (GIB, GIB // 100, False),
        (GIB, GIB // 100 - 1, True),
    ],
)
def test_files_leave_room_for_words(total: int, free: int, full: bool) -> None:
    assert nearly_full(total, free) is full


@pytest.mark.parametrize(
    ("total", "free", "full"),
    [
        (6_500_000, 10_000, False),
        (6_500_000, 9_999, True),
        (50_000, 500, False),
        (50_000, 499, True),
        (0, 0, False),
    ],
)
def test_tiny_files_leave_room_for_words(total: int, free: int, full: bool) -> None:
    assert nearly_without_names(total, free) is full


@pytest.mark.parametrize("size", [1, READ_SIZE, READ_SIZE + 1, 2 * PART_SIZE, 2 * PART_SIZE + 7])
def test_what_was_written_is_read_back(store: EvidenceStore, size: int) -> None:
    content = os.urandom(size)

    put(store, NAME, content)

    assert b"".join(store.reader(NAME)) == content
    assert all(len(chunk) <= READ_SIZE for chunk in store.reader(NAME))
    assert (store.size(NAME), store.size(OTHER)) == (size, None)
    assert list(store.objects()) == [StoredObject(NAME, size)]


def test_only_its_owner_can_read_it_and_no_time_shows(store: EvidenceStore, folder: Path) -> None:
    put(store, NAME, b"sealed")

    written = (folder / NAME).stat()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert written.st_mode & 0o777 == 0o600
    assert (written.st_mtime, written.st_atime) == (0, 0)


@pytest.mark.parametrize("size", [10, 2 * PART_SIZE])
def test_a_caller_that_fails_leaves_nothing(store: EvidenceStore, folder: Path, size: int) -> None:
    def fails() -> None:
        with store.writer(NAME) as writer:
            writer.write(bytes(size))
            raise CallerFailed

    with pytest.raises(CallerFailed):
        fails()

    assert list(folder.iterdir()) == []


def test_an_object_has_no_name_before_it_is_whole(store: EvidenceStore, folder: Path) -> None:
    with store.writer(NAME) as writer:
        writer.write(bytes(2 * PART_SIZE))
        writer.write(bytes(2 * PART_SIZE))

        assert list(store.names()) == []
        assert store.unfinished() == {NAME}

    assert list(store.names()) == [NAME]
    assert store.unfinished() == frozenset()


def test_what_a_dead_process_left_can_be_found_and_removed(
    store: EvidenceStore, folder: Path
) -> None:
    put(store, OTHER, b"whole")
    (folder / f"{NAME}#1").write_bytes(b"half")

    assert list(store.names()) == [OTHER]
    assert store.unfinished() == {NAME}
    store.delete(NAME)
    assert [path.name for path in folder.iterdir()] == [OTHER]


def test_deleting_what_is_not_there_does_nothing(store: EvidenceStore) -> None:
    put(store, NAME, b"whole")

    store.delete(NAME)
    store.delete(NAME)

    assert list(store.names()) == []


def test_reading_what_is_not_there_says_so_in_one_line(store: EvidenceStore) -> None:
    with pytest.raises(EvidenceUnusable, match=f"^The file {NAME} is not in") as failure:
        list(store.reader(NAME))
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", NAME[:-1], NAME.upper(), f"{NAME}#1"]
)
def test_a_name_that_is_not_ours_is_refused(store: EvidenceStore, name: str) -> None:
    with pytest.raises(ValueError, match="hexadecimal"):
        store.size(name)


def test_what_somebody_else_put_there_is_left_out(store: EvidenceStore, folder: Path) -> None:
    put(store, NAME, b"whole")
    (folder / "README").write_text("keep")
    (folder / "more").mkdir()
    (folder / "more" / OTHER).write_text("keep")

    assert list(store.names()) == [NAME]


@pytest.mark.parametrize(
    "url", ["", "evidence", "file://", "file://host/folder", "memory:///", "s3:///x", "gs://bucket"]
)
def test_another_kind_of_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(EvidenceUnusable, match=r"must be file:///folder or s3://bucket$"):
        EvidenceStore(url)


def test_a_store_opens_nothing_before_its_first_use(store: EvidenceStore, folder: Path) -> None:
    assert not folder.exists()

    store.check()

    assert folder.is_dir()


def test_a_folder_with_a_space_in_its_name_is_itself(tmp_path: Path) -> None:
    store = EvidenceStore((tmp_path / "the evidence").as_uri())

    put(store, NAME, b"whole")

    assert (tmp_path / "the evidence" / NAME).is_file()
    assert store.where == str(tmp_path / "the evidence")


def test_a_folder_that_went_away_is_noticed(store: EvidenceStore, folder: Path) -> None:
    store.check()
    folder.rmdir()

    for asking in (store.check, lambda: store.size(NAME), lambda: list(store.names())):
        with pytest.raises(EvidenceUnusable, match=f"{folder} is not there$"):
            asking()


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = EvidenceStore(f"file://{tmp_path}/file/evidence")

    with pytest.raises(EvidenceUnusable, match=r"Not a directory") as failure:
        store.check()
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize("size", [4 * PART_SIZE, SPACE + 1])
def test_a_full_disk_is_one_clear_line_and_leaves_nothing(tmp_path: Path, size: int) -> None:
    with small_disk(tmp_path / "disk") as disk:
        store = EvidenceStore(f"file://{disk}/evidence")
        put(store, OTHER, bytes(2_000_000))

        with pytest.raises(EvidenceUnusable, match=NO_ROOM) as failure:
            put(store, NAME, bytes(size))

        assert "\n" not in str(failure.value)
        assert list(store.names()) == [OTHER]
        assert store.unfinished() == frozenset()


def test_a_disk_without_room_for_one_file_more_is_full_however_many_bytes_are_left(
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100m,nr_inodes=300", "none", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        # Only who may mount can try it; the rule itself is tried above.
        return
    try:
        store = EvidenceStore(f"file://{disk}/evidence")
        with pytest.raises(EvidenceUnusable, match="No space left"):
            _fill(store)
        # The database beside it can still open its own files.
        (disk / "journal").write_bytes(b"words")
        assert len(list(store.names())) > 100
    finally:
        subprocess.run(["umount", disk], check=True)


def test_deleting_one_file_does_not_look_through_all_of_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = EvidenceStore(folder.as_uri())
    with store.writer(NAME) as file:
        file.write(b"x")
    for number in (1, 2):
        (folder / f"{NAME}#{number}").write_bytes(b"half")

    with monkeypatch.context() as counting:
        counting.setattr(os, "scandir", _refuse)
        store.delete(NAME)

    assert list(folder.iterdir()) == []


def _fill(store: EvidenceStore) -> None:
    for number in range(300):
        put(store, f"{number:032x}", b"x")


def _refuse(*_: object) -> None:
    raise AssertionError("the folder was looked through")
