"""What the tests of `crypto/` share: a weak key derivation, named keys, and ways to spoil bytes."""

from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from crypto.errors import Malformed, OpeningFailed
from crypto.kdf import KdfCost
from crypto.keys import Seed

WEAK = KdfCost(memory_kib=8, iterations=1, lanes=1)
"""Only for speed. `test_kdf.py` proves that nothing uses it unless told to."""

properties = settings(deadline=None, max_examples=40)


def seed(name: str) -> Seed:
    return Seed(sha256(name.encode("utf-8")).digest())


def every_byte_spoilt(sealed: bytes, start: int = 0) -> Iterator[bytes]:
    """Copies with one bit flipped, once for each byte from ``start``, a different bit each time."""
    for at in range(start, len(sealed)):
        yield sealed[:at] + bytes([sealed[at] ^ 1 << at % 8]) + sealed[at + 1 :]


def every_length_but(sealed: bytes) -> Iterator[bytes]:
    """All shorter starts, and some longer copies."""
    yield from (sealed[:length] for length in range(len(sealed)))
    yield from (sealed + extra for extra in (b"\x00", b"\x01", bytes(16), sealed))


@st.composite
def spoilt(draw: st.DrawFn, sealed: bytes) -> bytes:
    """The bytes with a bit flipped, an end cut off or something added."""
    at = draw(st.integers(0, len(sealed) - 1))
    flipped = sealed[:at] + bytes([sealed[at] ^ 1 << draw(st.integers(0, 7))]) + sealed[at + 1 :]
    longer = sealed + draw(st.binary(min_size=1, max_size=40))
    return draw(st.sampled_from([flipped, sealed[:at], longer]))


def assert_shut(opening: Callable[[], object]) -> None:
    """It does not open, and the error tells nothing of why or of what."""
    with pytest.raises((OpeningFailed, Malformed)) as failure:
        opening()
    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__ or failure.value.__context__ is None
    if isinstance(failure.value, OpeningFailed):
        assert str(failure.value) == "could not be opened"
