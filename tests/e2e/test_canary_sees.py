"""The watch of tests/e2e/test_canary_uploads.py sees a mark wherever a program may put one."""

import secrets
import subprocess
import sys
from base64 import b64encode
from gzip import compress
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile
from zlib import compress as deflate

import pytest

from tests.support.held_open import nameless_with
from tests.support.leaks import Needles, marked
from tests.support.raw_disk import raw_disk, write_through
from tests.support.tracing import Seen, Tracer

MARK = f"canary{secrets.token_hex(16)}"
TEXT = marked(MARK, 20_000)


def zipped() -> bytes:
    """The mark in a zip file, as office documents have it."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", TEXT)
    return made.getvalue()


DRESSES = {
    "plain": TEXT,
    "inside": bytes(70_000) + TEXT[-300:],
    "hexadecimal": TEXT.hex().encode(),
    "base64": b64encode(TEXT),
    "base64 after one": b64encode(b"1" + TEXT),
    "base64 after two": b64encode(b"12" + TEXT),
    "utf-16": TEXT.decode().encode("utf-16-le"),
    "gzip": b"head" + compress(TEXT),
    "zlib": b"head" + deflate(TEXT),
    "zip": zipped(),
}

# Each way to write the file named by the first argument's folder and the way's own name.
WRITING = """
import ctypes, mmap, os, socket, sys, threading
folder, mark = sys.argv[1], sys.argv[2].encode()
text = b"x" * 300 + mark
def opened(name): return os.open(f"{folder}/{name}", os.O_RDWR | os.O_CREAT)
os.write(opened("write"), text)
os.pwrite(opened("pwrite"), text, 5000)
os.writev(opened("writev"), [b"x" * 10, text])
os.pwritev(opened("pwritev"), [b"x" * 10, text], 0)
deleted = opened("deleted")
os.unlink(f"{folder}/deleted")
os.write(deleted, text)
os.write(os.open(folder, os.O_TMPFILE | os.O_RDWR), text)
thread = threading.Thread(target=lambda: os.write(opened("thread"), text))
thread.start(), thread.join()
if os.fork() == 0:
    os.write(opened("child"), text)
    os._exit(0)
os.wait()
os.write(os.pipe()[1], text)
ours, theirs = socket.socketpair()
os.write(ours.fileno(), text)
os.write(opened("innocent"), b"x" * 300)

mapped = opened("mapped")
os.ftruncate(mapped, 4096)
mmap.mmap(mapped, 4096)[: len(text)] = text
memory = os.memfd_create("memory")
moved = opened("moved")
os.copy_file_range(opened("write"), moved, len(text))
os.sendfile(opened("sent"), moved, 0, 10)
socket.socket(socket.AF_UNIX).connect_ex(f"{folder}/log")
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written")


@pytest.fixture(scope="module")
def seen(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    with Tracer(tmp_path_factory.mktemp("traces"), Needles([MARK])) as tracer:
        words = [*tracer.command, sys.executable, "-c", WRITING, str(folder), MARK]
        subprocess.run(words, check=True)
    return tracer.seen


@pytest.mark.parametrize("dress", DRESSES)
def test_a_mark_is_found_in_every_dress(dress: str, tmp_path: Path) -> None:
    needles = Needles([MARK])
    (tmp_path / "file").write_bytes(DRESSES[dress])

    assert needles.found_in(DRESSES[dress]) == {MARK}
    assert needles.found_below([tmp_path]) == [f"{tmp_path / 'file'}: its content"]


def test_a_mark_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / f"{MARK}.pdf").touch()

    assert Needles([MARK]).found_below([tmp_path]) == [f"{tmp_path / MARK}.pdf: its name"]


def test_a_mark_across_the_edge_of_two_blocks_is_found(tmp_path: Path) -> None:
    edge = 8 * 1024 * 1024
    with (tmp_path / "file").open("wb") as file:
        file.truncate(10 * edge)  # holes around it
        file.seek(2 * edge - 10)
        file.write(MARK.encode())

    assert Needles([MARK]).found_in_file(tmp_path / "file") == {MARK}


def test_a_write_with_a_mark_is_seen_whatever_the_call_and_whoever_makes_it(
    seen: Seen, folder: Path
) -> None:
    calls = {leak.replace(f"{folder}/", "").partition(":")[0] for leak in seen.leaks}
    nameless = {call for call in calls if "#" in call}

    assert len(nameless) == 1
    assert calls - nameless == {
        "write write",
        "pwrite64 pwrite",
        "writev writev",
        "pwritev2 pwritev",
        "write deleted",
        "write thread",
        "write child",
        "write pipe",
    }


def test_every_file_that_was_opened_for_writing_is_seen(seen: Seen, folder: Path) -> None:
    names = {Path(name).name for name in seen.opened if name.startswith(str(folder))}

    assert {"write", "pwrite", "thread", "child", "innocent", "mapped", "deleted"} <= names


def test_what_goes_past_the_tracer_is_named(seen: Seen, folder: Path) -> None:
    assert {
        f"mmap {folder}/mapped",
        "memfd_create",
        f"copy_file_range {folder}/moved",
        f"sendfile {folder}/sent",
    } <= seen.unread
    assert f'"{folder}/log"' in seen.talked_to


def test_a_file_without_a_name_is_read_while_it_is_open(tmp_path: Path) -> None:
    program = (
        "import os, sys; file = os.open(sys.argv[1], os.O_TMPFILE | os.O_RDWR);"
        "os.write(file, sys.argv[2].encode()); print(flush=True); sys.stdin.read()"
    )
    words = [sys.executable, "-c", program, str(tmp_path), MARK]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout
        running.stdout.readline()
        found = nameless_with(Needles([MARK]), [running.pid])
        running.communicate()

    (line,) = found
    assert line.startswith(str(tmp_path))


def test_a_file_that_is_gone_has_left_its_bytes_on_the_raw_disk(tmp_path: Path) -> None:
    with raw_disk(tmp_path / "image", tmp_path / "disk") as raw:
        if raw:
            write_through(tmp_path / "disk")
        (tmp_path / "disk" / "file").write_bytes(TEXT)
        (tmp_path / "disk" / "file").unlink()

    found = Needles([MARK]).found_in_file(tmp_path / "image")

    # Where this user may not mount, there is no such disk, and the other detectors stand alone.
    assert found == ({MARK} if raw else set())
