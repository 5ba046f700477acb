"""Where a text lies in files, in whatever dress: the search for leaks."""

import base64
from collections.abc import Iterable, Iterator
from pathlib import Path


def dresses(text: str) -> set[bytes]:
    """The text as it could stand in a file: UTF-8, UTF-16, hexadecimal, base64 at any offset."""
    plain = text.encode()
    hexadecimal = plain.hex().encode()
    found = {plain, hexadecimal, hexadecimal.upper()}
    found |= {text.encode("utf-16-le"), text.encode("utf-16-be")}
    for offset in range(3):
        found |= {_inner_base64(plain, offset, altchars) for altchars in (b"+/", b"-_")}
    return found


def _inner_base64(plain: bytes, offset: int, altchars: bytes) -> bytes:
    """What every base64 of the text holds, `offset` bytes after a group began."""
    encoded = base64.b64encode(bytes(offset) + plain, altchars)
    whole_groups = (offset + len(plain)) // 3 * 4
    # The first characters hold bits of whatever comes before the text.
    return encoded[(0, 2, 3)[offset] : whole_groups]


def traces(texts: Iterable[str], folders: Iterable[Path]) -> list[str]:
    """Each file below the folders that holds one of the texts, with the text."""
    wanted = [(text, dress) for text in texts for dress in dresses(text)]
    return [
        f"{path}: {text!r} as {dress!r}"
        for path, content in _files(folders)
        for text, dress in wanted
        if dress in content
    ]


def _files(folders: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path, path.read_bytes()
