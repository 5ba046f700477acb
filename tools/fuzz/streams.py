"""Target: a stream opens to what was sealed and to its end, or not at all."""

import sys

import atheris

with atheris.instrument_imports(include=["crypto.stream"]):
    from crypto.stream import opened

from crypto.errors import Malformed, OpeningFailed
from tools.fuzz.seeds import CONTEXT, KEY, SIZES, plaintext, promise


def open_stream(given: bytes) -> None:
    """Open one stream. Raises PromiseBroken, or whatever should never come out of it."""
    if len(given) < 2:
        return
    size, at_once, sealed = SIZES[given[0] % len(SIZES)], given[1] + 1, given[2:]
    if at_once == 256 or len(sealed) > 2048:
        at_once = len(sealed) + 1
    chunks = [sealed[at : at + at_once] for at in range(0, len(sealed), at_once)]
    came = bytearray()
    try:
        for piece in opened(chunks, KEY, CONTEXT, size):
            came += piece
    except (OpeningFailed, Malformed):
        # What came before it is authentic all the same.
        promise(plaintext(size).startswith(came))
        return
    promise(came == plaintext(size))


if __name__ == "__main__":
    atheris.Setup(sys.argv, open_stream)
    atheris.Fuzz()
