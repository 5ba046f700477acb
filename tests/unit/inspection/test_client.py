"""The applications' side of the locked process."""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import monotonic

import pikepdf
import pytest
from PIL import Image

from inspection import client
from inspection.client import Bounds, Inspector
from inspection.findings import Failure, InspectionFailed, Pixels
from inspection.locked_process import LockedProcess
from inspection.png import png
from inspection.wire import Ask, pack_request

# Python on a machine whose kernel takes no filters.
WITHOUT_FILTERS = """#!{python}
import errno, os, sys
from pyseccomp import ALLOW, EQ, ERRNO, Arg, SyscallFilter
refusing = SyscallFilter(ALLOW)
refusing.add_rule(ERRNO(errno.EINVAL), "seccomp")
refusing.add_rule(ERRNO(errno.EINVAL), "prctl", Arg(0, EQ, 22))
refusing.load()
os.execv("{python}", ["{python}", *sys.argv[1:]])
"""


def picture(width: int = 40, height: int = 30) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (200, 10, 10)).save(out, "PNG")
    return out.getvalue()


def slow_pdf() -> bytes:
    """Ten forms, each of which draws the one before thirty times."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    inner = document.make_stream(b"0 0 300 300 re f", Type=pikepdf.Name.XObject)
    for _ in range(10):
        inner.Subtype = pikepdf.Name.Form
        inner.BBox = pikepdf.Array([0, 0, 300, 300])
        resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(In=inner))
        inner = document.make_stream(b"/In Do " * 30, Type=pikepdf.Name.XObject)
        inner.Resources = resources
    page.obj.Resources = inner.Resources
    page.obj.Contents = document.make_stream(b"/In Do " * 30)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def children() -> set[str]:
    """Processes that this one started and that have not been fetched."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        found.update((task / "children").read_text().split())
    return found


def failure_of(inspector: Inspector, data: bytes, size: int | None = None) -> Failure:
    with pytest.raises(InspectionFailed) as failed:
        inspector.look([data], len(data) if size is None else size, "x.png")
    return failed.value.failure


@pytest.fixture
def inspector() -> Iterator[Inspector]:
    with Inspector() as opened:
        yield opened


def test_a_file_is_looked_into_shown_and_cleaned_in_one_process(inspector: Inspector) -> None:
    data, before = picture(), children()
    pieces = [data[:10], data[10:]]

    look = inspector.look(pieces, len(data), "holiday.jpg")
    page = inspector.page(pieces, len(data), "holiday.jpg", 0)
    copy = b"".join(inspector.clean(pieces, len(data), "holiday.jpg"))

    assert (look.media_type, look.fits_name, look.cleanable, look.pages) == (
        "image/png",
        False,
        True,
        1,
    )
    assert page == Pixels(40, 30, bytes((200, 10, 10)) * 1200)
    assert Image.open(BytesIO(copy)).size == (40, 30)
    assert len(children() - before) == 1


def test_the_process_ends_with_the_block() -> None:
    before = children()
    with Inspector() as inspector:
        inspector.look([picture()], len(picture()), "x.png")

    assert children() == before


def test_nothing_is_started_for_a_file_over_the_limit() -> None:
    before = children()
    with Inspector(Bounds(size=10)) as inspector:
        assert failure_of(inspector, b"x" * 11) is Failure.TOO_LARGE
        assert children() == before


@pytest.mark.parametrize("size", [3, 5])
def test_a_file_that_is_shorter_or_longer_than_said_is_broken(
    inspector: Inspector, size: int
) -> None:
    assert failure_of(inspector, b"four", size) is Failure.BROKEN


def test_a_file_that_cannot_be_read_to_its_end_leaves_no_half_question(
    inspector: Inspector,
) -> None:
    def content() -> Iterator[bytes]:
        yield b"begin"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        inspector.look(content(), 50, "x.png")

    assert inspector.look([picture()], len(picture()), "x.png").media_type == "image/png"


def test_a_copy_that_is_not_fetched_to_its_end_is_not_read_as_the_next_answer(
    inspector: Inspector,
) -> None:
    out = BytesIO()
    Image.effect_noise((1200, 1200), 80).save(out, "PNG")
    data = out.getvalue()

    pieces = inspector.clean([data], len(data), "x.png")
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]

    assert inspector.look([picture()], len(picture()), "x.png").media_type == "image/png"


def test_a_page_that_is_not_there_is_unsupported(inspector: Inspector) -> None:
    for number in (-1, 1, 2**40):
        with pytest.raises(InspectionFailed) as failed:
            inspector.page([picture()], len(picture()), "x.png", number)
        assert failed.value.failure is Failure.UNSUPPORTED


def test_what_nobody_reads_is_named_and_neither_shown_nor_cleaned(inspector: Inspector) -> None:
    data = b"7z\xbc\xaf\x27\x1c" + bytes(100)

    look = inspector.look([data], len(data), "x.7z")

    assert (look.media_type, look.hidden, look.cleanable, look.pages) == (
        "application/x-7z-compressed",
        (),
        False,
        0,
    )
    with pytest.raises(InspectionFailed) as failed:
        next(inspector.clean([data], len(data), "x.7z"))
    assert failed.value.failure is Failure.UNSUPPORTED


def test_a_file_that_takes_too_long_costs_its_process_only() -> None:
    data = slow_pdf()
    with Inspector(Bounds(seconds=1.5)) as inspector:
        begin = monotonic()
        with pytest.raises(InspectionFailed) as failed:
            inspector.page([data], len(data), "x.pdf", 0)

        assert failed.value.failure is Failure.TOO_SLOW
        assert monotonic() - begin < 10
        assert inspector.look([picture()], len(picture()), "x.png").media_type == "image/png"


def test_a_file_that_computes_too_long_is_ended_by_the_kernel() -> None:
    data = slow_pdf()
    process = LockedProcess(client.Bounds().memory, 1)
    try:
        process.give(30)
        process.send(pack_request(Ask.PAGE, 0, len(data), "x.pdf") + data)
        with pytest.raises(InspectionFailed) as failed:
            process.receive(1)
    finally:
        process.stop()

    assert failed.value.failure is Failure.TOO_SLOW


def test_more_processes_than_there_is_room_for_wait_and_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "TURN_SECONDS", 0.05)
    data = picture()
    with Inspector() as first, Inspector() as second, Inspector() as third:
        first.look([data], len(data), "x.png")
        second.look([data], len(data), "x.png")

        assert failure_of(third, data) is Failure.BUSY

    with Inspector() as later:
        assert later.look([data], len(data), "x.png").media_type == "image/png"


def test_without_a_lock_nothing_is_opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    unlockable = tmp_path / "python"
    unlockable.write_text(WITHOUT_FILTERS.format(python=sys.executable))
    unlockable.chmod(0o700)
    before = children()

    for interpreter in (str(unlockable), "/bin/false", "/nowhere/python"):
        monkeypatch.setattr(sys, "executable", interpreter)
        with Inspector() as inspector:
            assert failure_of(inspector, picture()) is Failure.UNAVAILABLE
            assert children() == before


@pytest.mark.parametrize(
    "answer",
    [
        # A verdict that there is none of; an endless answer; one that breaks off; pixels that
        # are none; nothing.
        b"\\xff" * 9,
        b"\\0" + b"\\xff" * 8,
        b"\\0" * 8 + b"\\x09abc",
        b"\\0" * 8 + b"\\x03abc",
        b"",
    ],
)
def test_a_process_that_lies_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answer: bytes
) -> None:
    liar = tmp_path / "python"
    liar.write_text(
        f"#!{sys.executable}\nimport os\nos.write(0, b'\\x06')\nos.read(0, 65536)\n"
        f"os.write(0, b'{answer.decode()}')\n"
    )
    liar.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(liar))
    before = children()

    with Inspector() as inspector:
        assert failure_of(inspector, picture()) is Failure.BROKEN
        assert children() == before


def test_the_process_is_locked_before_it_gets_a_file(inspector: Inspector) -> None:
    before = children()
    inspector.look([picture()], len(picture()), "x.png")
    (number,) = children() - before

    status = Path(f"/proc/{number}/status").read_text()

    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status


def test_pixels_become_a_picture_in_the_caller() -> None:
    made = Image.open(BytesIO(png(Pixels(2, 1, b"\xff\0\0\0\xff\0"))))

    assert made.getpixel((0, 0)) == (255, 0, 0)
    assert made.getpixel((1, 0)) == (0, 255, 0)
