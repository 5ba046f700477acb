"""Target: a form with files is read whole, or refused with a page; what arrived is what is kept."""

import sys
from io import BytesIO

import atheris

with atheris.instrument_imports(include=["multipart", "web.form_reader", "crypto.stream"]):
    from crypto.stream import Sealer, opened
    from web.form_reader import Body, FormReader

from werkzeug.exceptions import HTTPException

from tools.fuzz.seeds import BOUNDARY, CONTEXT, KEY, promise
from web.file_parts import FilePart

MOST_TEXT = 64 * 1024


class Kept(FilePart):
    """A file that is sealed in memory, and compared with what arrived once it is complete."""

    def __init__(self) -> None:
        super().__init__()
        self.complete = False
        self._arrived, self._sealer = bytearray(), Sealer(KEY, CONTEXT)
        self._sealed = bytearray(self._sealer.header)

    def write(self, arrived: bytes) -> None:
        """Seal the next bytes."""
        super().write(arrived)
        self._arrived += arrived
        self._sealed += self._sealer.push(arrived)

    def finish(self) -> None:
        """The file is complete."""
        self._sealed += b"".join(self._sealer.finish())
        found = b"".join(opened([bytes(self._sealed)], KEY, CONTEXT, self.taken))
        promise(found == self._arrived)
        self.complete = True


class Cut:
    """A body that comes in pieces of a few bytes, or at once."""

    def __init__(self, content: bytes, at_once: int) -> None:
        self._content, self._at_once = BytesIO(content), at_once

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        return self._content.read(min(size, self._at_once))


def read_form(given: bytes) -> None:
    """Read one form. Raises PromiseBroken, or whatever should never come out of it."""
    at_once, body = (given[0] if given else 0) + 1, given[1:]
    files: list[Kept] = []

    def open_file(name: str, media_type: str) -> FilePart:
        files.append(Kept())
        return files[-1]

    # The longest cut is none: bodies of a hundred kilobytes would take seconds.
    stream = Cut(body, at_once if at_once < 256 and len(body) < 2048 else len(body) + 1)
    reader = FormReader(BOUNDARY, open_file, MOST_TEXT)
    try:
        reader.read(Body(stream, len(body)))
    except HTTPException as refusal:
        promise((refusal.code or 500) < 500)
        return
    promise(all(file.complete for file in files))
    taken = sum(file.taken for file in files) + sum(len(text) for _, text in reader.fields)
    promise(taken <= len(body))


if __name__ == "__main__":
    atheris.Setup(sys.argv, read_form)
    atheris.Fuzz()
