"""The archive inside a backup: any tar reads it, and its lists show what was altered."""

import io
import os
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cases.actions.backups import archive
from cases.actions.backups.archive import Member, packed, unpacked, written
from cases.errors import BackupDamaged

CONTENTS = {"a": b"", "folder/b": b"x" * 512, "folder/c": os.urandom(70_001)}
END = b"the end"


def made(contents: dict[str, bytes]) -> bytes:
    members = (written(name, content) for name, content in contents.items())
    return b"".join(packed(members, lambda: written("end", END)))


def read(packed_bytes: bytes) -> dict[str, bytes]:
    pieces = (packed_bytes[at : at + 700] for at in range(0, len(packed_bytes), 700))
    return {name: b"".join(content) for name, content in unpacked(pieces)}


@pytest.mark.parametrize("at_once", [1, 2, 3, 4096])
def test_every_member_comes_back_and_the_last_is_the_end(
    at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "SUMS_AT_ONCE", at_once)

    assert read(made(CONTENTS)) == {**CONTENTS, "end": END}


def test_a_content_that_nobody_reads_is_skipped_and_counted_all_the_same() -> None:
    assert [name for name, _ in unpacked([made(CONTENTS)])] == [*CONTENTS, "end"]


def test_tar_and_sha256sum_read_it_without_us(tmp_path: Path) -> None:
    subprocess.run(["tar", "-x"], input=made(CONTENTS), cwd=tmp_path, check=True, timeout=60)

    checked = ["sha256sum", "--check", "--quiet", "sums/000001.sha256"]
    subprocess.run(checked, cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "folder/c").read_bytes() == CONTENTS["folder/c"]


def test_an_object_beyond_what_plain_headers_count_keeps_its_size() -> None:
    size = 9 * 1024**3

    def much() -> Iterator[bytes]:
        raise RuntimeError("far enough")
        yield b""

    head = next(packed([Member("large", size, much())], lambda: written("end", END)))

    assert tarfile.TarInfo.frombuf(head, "ascii", "strict").size == size


def test_a_member_of_another_size_than_was_said_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="another size"):
        list(packed([Member("a", 3, [b"four"])], lambda: written("end", END)))


@pytest.mark.parametrize("at", [0, 600, 2000, -2000, -1])
def test_an_altered_archive_is_refused(at: int) -> None:
    whole = bytearray(made(CONTENTS))
    whole[at] ^= 1

    with pytest.raises(BackupDamaged):
        read(bytes(whole))


@pytest.mark.parametrize("length", [0, 100, 512, 1024, 3000, -512, -1])
def test_an_archive_that_is_cut_off_is_refused(length: int) -> None:
    with pytest.raises(BackupDamaged):
        read(made(CONTENTS)[:length])


def test_a_list_longer_than_any_of_ours_is_not_read_into_memory() -> None:
    head = tarfile.TarInfo("sums/000001.sha256")
    head.size = 1 << 40
    arrived = iter([head.tobuf(tarfile.GNU_FORMAT, "ascii", "strict"), b"x" * 512])

    with pytest.raises(BackupDamaged):
        list(unpacked(arrived))
    assert next(arrived) == b"x" * 512


def test_members_that_no_list_names_are_not_counted_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endless = made({str(number): b"" for number in range(4)})
    monkeypatch.setattr(archive, "SUMS_AT_ONCE", 3)

    with pytest.raises(BackupDamaged):
        read(endless)


def test_bytes_after_the_end_are_refused() -> None:
    with pytest.raises(BackupDamaged):
        read(made(CONTENTS) + b"more")


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE]
)
def test_nothing_but_plain_files_is_taken(kind: bytes) -> None:
    info, buffer = tarfile.TarInfo("a"), io.BytesIO()
    info.type, info.linkname = kind, "/etc/passwd"
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        tar.addfile(info)

    with pytest.raises(BackupDamaged):
        read(buffer.getvalue())
