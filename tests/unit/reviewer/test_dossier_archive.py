"""The archive of a case: made while it is read, safe to unpack, complete or broken."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from zipfile import BadZipFile, ZipFile

import pytest

from cases.actions.case_files import CaseFileEntry
from cases.domain.attachments import Attachment
from reviewer.dossier.archive import MANIFEST, archive
from reviewer.dossier.members import Member, placed, safe_name, written

PIECE = bytes(64 * 1024)


def _entry(name: str) -> CaseFileEntry:
    attachment = Attachment(bytes(16), name, "text/plain", 1, bytes(32), bytes(32))
    return CaseFileEntry(attachment, date(2026, 1, 2), None, "", None, None)


def _large(name: str, pieces: int) -> Member:
    return Member(name, pieces * len(PIECE), lambda: (PIECE for _ in range(pieces)), dense=True)


def test_every_member_comes_back_and_the_last_one_lists_them() -> None:
    members = [written("a.txt", b"words " * 1000), written("empty", b""), _large("files/01-é", 3)]

    with ZipFile(io.BytesIO(b"".join(archive(members)))) as opened:
        names = opened.namelist()
        found = {name: opened.read(name) for name in names}

    assert names == ["a.txt", "empty", "files/01-é", MANIFEST]
    assert json.loads(found.pop(MANIFEST))["members"] == [
        {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in found.items()
    ]
    assert found == {"a.txt": b"words " * 1000, "empty": b"", "files/01-é": PIECE * 3}


def test_memory_stays_small_whatever_the_size() -> None:
    tracemalloc.start()
    try:
        size = sum(map(len, archive([_large("one", 400), _large("two", 400)])))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert size > 800 * len(PIECE)
    assert peak < 1024 * 1024


def test_a_member_that_fails_leaves_no_archive() -> None:
    def failing() -> Iterator[bytes]:
        yield PIECE
        raise ZeroDivisionError

    arrived = list[bytes]()
    members = [written("a", b"a"), Member("b", 2 * len(PIECE), failing), written("c", b"c")]

    with pytest.raises(ZeroDivisionError):
        arrived.extend(archive(members))
    with pytest.raises(BadZipFile):
        ZipFile(io.BytesIO(b"".join(arrived)))


def test_files_of_one_name_lie_side_by_side_in_order() -> None:
    paths = [each.path for each in placed(tuple(_entry("scan.pdf") for _ in range(120)))]

    assert paths[0] == "files/001-scan.pdf"
    assert paths == sorted(set(paths))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/", "file"),
        ("..", "file"),
        ("a\x00b\nc", "a b c"),
        ("photo\u202egpj.exe", "photo gpj.exe"),
        ("con:aux|<b>", "con aux b"),
        ("é" * 150 + ".pdf", "é" * 98 + ".pdf"),
        ("x" * 300, "x" * 200),
        ("." + "x" * 300, "x" * 200),
    ],
)
def test_a_name_leads_nowhere_and_fits_into_every_file_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe
