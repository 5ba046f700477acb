"""Files are scanned by a real clamd, and nothing is called clean that it did not read."""

import io
import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cases.domain.details import ScanVerdict
from reviewer.virus_scan import LARGEST, ScanFailed, ScanFailure, Scanner
from tests.support.clamd import EICAR, FOUND_AS, LARGEST_READ, LARGEST_TAKEN, MIB, clamd


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scanner]:
    with clamd(tmp_path_factory.mktemp("clamd")) as path:
        yield Scanner(path, seconds=30)


@contextmanager
def _answering(path: Path, answer: bytes | None) -> Iterator[Scanner]:
    """Something that is no clamd listens: it says this to whoever comes, or nothing at all."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        thread = threading.Thread(target=_answer_everybody, args=(listening, answer))
        thread.start()
        try:
            yield Scanner(path, seconds=0.3 if answer is None else 30)
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


def _answer_everybody(listening: socket.socket, answer: bytes | None) -> None:
    kept = []
    while True:
        try:
            connection = listening.accept()[0]
        except OSError:
            break
        kept.append(connection)
        if answer is not None:
            connection.sendall(answer)
            connection.close()
    for each in kept:
        each.close()


def _archive(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.com", content)
    return target.getvalue()


def _why(scanner: Scanner, *chunks: bytes) -> ScanFailure:
    with pytest.raises(ScanFailed) as failed:
        scanner.scan(chunks, sum(map(len, chunks)))
    return failed.value.failure


@pytest.mark.parametrize(
    "chunks",
    [(EICAR,), (EICAR[:9], b"", EICAR[9:]), (bytes(200_000), EICAR), (_archive(EICAR),)],
    ids=["whole", "in pieces", "at the end of a long file", "in an archive"],
)
def test_what_has_a_signature_is_found_and_named(
    scanner: Scanner, chunks: tuple[bytes, ...]
) -> None:
    scanned = scanner.scan(chunks, sum(map(len, chunks)))

    assert (scanned.verdict, scanned.signature) == (ScanVerdict.INFECTED, FOUND_AS)
    assert scanned.engine.startswith("ClamAV ")


@pytest.mark.parametrize("content", [b"", b"a letter", bytes(LARGEST_READ)])
def test_what_has_none_is_clean(scanner: Scanner, content: bytes) -> None:
    scanned = scanner.scan([content], len(content))

    assert (scanned.verdict, scanned.signature) == (ScanVerdict.CLEAN, "")


@pytest.mark.parametrize("size", [LARGEST_READ + 1, LARGEST_TAKEN + 1, 20 * MIB])
def test_what_it_does_not_read_to_the_end_is_too_large_and_never_clean(
    scanner: Scanner, size: int
) -> None:
    assert _why(scanner, *(bytes(MIB) for _ in range(size // MIB)), bytes(size % MIB)) is (
        ScanFailure.TOO_LARGE
    )


def test_what_no_clamd_reads_is_not_even_sent(scanner: Scanner) -> None:
    with pytest.raises(ScanFailed) as failed:
        scanner.scan(_never_taken(), LARGEST + 1)

    assert failed.value.failure is ScanFailure.TOO_LARGE


def test_without_a_scanner_it_says_so() -> None:
    assert not Scanner(None).present
    with pytest.raises(ScanFailed) as failed:
        Scanner(None).scan(_never_taken(), 1)

    assert failed.value.failure is ScanFailure.ABSENT


def test_a_scanner_that_is_down_is_told_from_none(tmp_path: Path) -> None:
    with clamd(tmp_path) as path:
        scanner = Scanner(path)
        assert scanner.scan([b"a letter"], 8).verdict is ScanVerdict.CLEAN

    # Killed: its socket still lies there.
    assert path.exists()
    assert _why(scanner, b"a letter") is ScanFailure.DOWN
    assert _why(Scanner(tmp_path / "nothing"), b"a letter") is ScanFailure.DOWN


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        (None, ScanFailure.TOO_SLOW),
        (b"", ScanFailure.DOWN),
        (b"stream: Can't allocate memory ERROR\0", ScanFailure.NOT_READ),
        (b"stream: OK, or so\0", ScanFailure.NOT_READ),
        (b"x" * 10_000, ScanFailure.NOT_READ),
    ],
)
def test_an_answer_that_says_nothing_clear_is_no_verdict(
    tmp_path: Path, answer: bytes | None, failure: ScanFailure
) -> None:
    with _answering(tmp_path / "socket", answer) as scanner:
        assert _why(scanner, b"a letter") is failure


def test_an_error_in_the_file_reaches_whoever_asked(scanner: Scanner) -> None:
    with pytest.raises(ZeroDivisionError):
        scanner.scan((bytes(1 // left) for left in (1, 0)), 2)

    assert scanner.scan([EICAR], len(EICAR)).verdict is ScanVerdict.INFECTED


def _never_taken() -> Iterator[bytes]:
    raise AssertionError("the file was opened")
    yield b""
