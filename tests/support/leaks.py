"""A mark that lies in bytes, in whatever dress: plain, encoded or packed.

`traces` looks for texts in files; this also looks inside what was compressed, and reads what is
too large for memory.
"""

import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from tests.support.traces import dresses

# The heads of gzip, of a member of a zip file, and of zlib.
_PACKED = re.compile(rb"\x1f\x8b\x08|PK\x03\x04|x[\x01\x5e\x9c\xda]", re.DOTALL)
_ZIP_HEAD = 30  # bytes, and then a name and an extra field whose lengths stand at 26 and 28
# Marks repeat every hundred bytes, so the beginning of what was packed is enough.
_PACKED_BYTES, _UNPACKED_BYTES = 64 * 1024, 64 * 1024
_BLOCK = 8 * 1024 * 1024
_OVERLAP = 1024  # longer than any dress of a mark


def marked(mark: str, size: int) -> bytes:
    """So many bytes in which the mark stands every hundred bytes or so.

    The gaps vary, so that no edge of a block or buffer can cut through all of them.
    """
    lines = (f"{mark} {'lorem ipsum dolor ' * 5}"[: 80 + turn % 40] + "\n" for turn in range(64))
    block = "".join(lines).encode()
    return (block * (size // len(block) + 1))[:size]


class Needles:
    """What is looked for."""

    def __init__(self, marks: Iterable[str]) -> None:
        self._dresses = [(mark, dress) for mark in marks for dress in sorted(dresses(mark))]

    def found_in(self, content: bytes) -> set[str]:
        """The marks in some bytes, packed ones too."""
        layers = chain([content], _unpacked(content))
        return {mark for layer in layers for mark, dress in self._dresses if dress in layer}

    def found_in_file(self, path: Path) -> set[str]:
        """The marks in a file, a disk's image or what a process holds open; holes are passed by."""
        return {mark for block in _blocks(path) for mark in self.found_in(block)}

    def found_below(self, folders: Iterable[Path]) -> list[str]:
        """Each file below the folders that holds a mark, or whose name does."""
        paths = [path for folder in folders for path in sorted(folder.rglob("*"))]
        named = [f"{path}: its name" for path in paths if self.found_in(path.name.encode())]
        # A file that is gone meanwhile was temporary; the tracer saw what went into it.
        held = [f"{path}: its content" for path in paths if path.is_file() and self._holds(path)]
        return named + held

    def _holds(self, path: Path) -> bool:
        with suppress(FileNotFoundError):
            return bool(self.found_in_file(path))
        return False


def _unpacked(content: bytes) -> Iterator[bytes]:
    view = memoryview(content)
    for head in _PACKED.finditer(content):
        start, bits = head.start(), zlib.MAX_WBITS | 32
        if head.group().startswith(b"PK"):
            lengths = view[start + 26 : start + _ZIP_HEAD]
            start += _ZIP_HEAD + sum(lengths[at] + 256 * lengths[at + 1] for at in (0, 2))
            bits = -zlib.MAX_WBITS
        with suppress(zlib.error, IndexError):
            yield zlib.decompressobj(bits).decompress(
                view[start : start + _PACKED_BYTES], _UNPACKED_BYTES
            )


def _blocks(path: Path) -> Iterator[bytes]:
    handle = os.open(path, os.O_RDONLY)
    try:
        at, end, tail = 0, os.fstat(handle).st_size, b""
        while at < end:
            written = _next_written(handle, at)
            if written is None:
                return
            # After a hole nothing of before goes on.
            tail, at = (tail if written == at else b""), written
            block = os.pread(handle, _BLOCK, at)
            if not block:
                return
            yield tail + block
            tail, at = block[-_OVERLAP:], at + len(block)
    finally:
        os.close(handle)


def _next_written(handle: int, at: int) -> int | None:
    """Where the next bytes stand that are no hole; None after the last."""
    try:
        return os.lseek(handle, at, os.SEEK_DATA)
    except OSError:
        return None
