"""A file of any size, sealed and opened piece by piece: libsodium's secretstream.

Each piece names its place and is bound to the context, and the last one is marked, so that
nothing can be cut off, moved or added unnoticed. Both ways hold two pieces in memory, never the
file. What is sealed is padded with zeros to its Padmé length (Nikitin et al., PETS 2019): at most
12 % is added, and the length shows the size to a few bits only.
"""

from collections.abc import Iterable, Iterator
from hmac import compare_digest

import nacl.exceptions
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES as PIECE_OVERHEAD,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_HEADERBYTES as NONCE_SIZE,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_FINAL as LAST,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MORE,
)

from crypto.errors import OpeningFailed
from crypto.labels import Context
from crypto.secret_bytes import SecretBytes
from crypto.versions import V1, strip_version

PIECE_SIZE = 64 * 1024
HEADER_SIZE = len(V1) + NONCE_SIZE
SMALLEST = 1024
_ZEROS = bytes(PIECE_SIZE)


class StreamKey(SecretBytes):
    """The key of one file; it lies in the envelope of the message or step that the file is with."""

    __slots__ = ()


def padded_size(size: int) -> int:
    """How many bytes are sealed for ``size`` bytes: the Padmé length, at least 1024."""
    if size < 0:
        raise ValueError("a size is not negative")
    size = max(size, SMALLEST)
    exponent = size.bit_length() - 1
    free_bits = exponent - exponent.bit_length()
    return -(-size >> free_bits) << free_bits


def sealed_size(size: int) -> int:
    """How many bytes a sealed stream of ``size`` bytes takes, header included."""
    padded = padded_size(size)
    return HEADER_SIZE + padded + _pieces(padded) * PIECE_OVERHEAD


def _pieces(padded: int) -> int:
    return -(-padded // PIECE_SIZE)


class Sealer:
    """Seals one stream; its parts in order are `header`, every `push`, and all of `finish`.

    Args:
        key: of this stream alone.
        context: what the stream is and belongs to; needed again to open.
    """

    def __init__(self, key: StreamKey, context: Context) -> None:
        self._state = crypto_secretstream_xchacha20poly1305_state()
        nonce = crypto_secretstream_xchacha20poly1305_init_push(self._state, key.raw)
        self._associated = _associated(context)
        self._waiting = bytearray()
        self.size = 0
        self.header = V1 + nonce

    def push(self, plaintext: bytes) -> bytes:
        """Take the next bytes, any number; returns what is sealed by now, perhaps nothing."""
        self.size += len(plaintext)
        missing = PIECE_SIZE - len(self._waiting)
        self._waiting += plaintext[:missing]
        # A whole piece waits until more follows: it may be the last.
        if len(plaintext) <= missing:
            return b""
        last = len(plaintext) - 1 - (len(plaintext) - 1 - missing) % PIECE_SIZE
        sealed = [self._piece(bytes(self._waiting), MORE)]
        for at in range(missing, last, PIECE_SIZE):
            sealed.append(self._piece(plaintext[at : at + PIECE_SIZE], MORE))
        self._waiting[:] = memoryview(plaintext)[last:]
        return b"".join(sealed)

    def finish(self) -> Iterator[bytes]:
        """The rest, with its padding, piece by piece. Nothing may be pushed after."""
        missing = padded_size(self.size) - self.size
        while len(self._waiting) + missing > PIECE_SIZE:
            added = PIECE_SIZE - len(self._waiting)
            yield self._piece(bytes(self._waiting) + _ZEROS[:added], MORE)
            self._waiting.clear()
            missing -= added
        yield self._piece(bytes(self._waiting) + _ZEROS[:missing], LAST)

    def _piece(self, plaintext: bytes, tag: int) -> bytes:
        return crypto_secretstream_xchacha20poly1305_push(
            self._state, plaintext, self._associated, tag
        )


def opened(chunks: Iterable[bytes], key: StreamKey, context: Context, size: int) -> Iterator[bytes]:
    """The plaintext of a stream, piece by piece, exactly ``size`` bytes in all.

    Every piece that comes out is authentic; that nothing is missing is known only when the
    iteration ends without an error.

    Args:
        chunks: the sealed bytes, cut anywhere.
        key: as when it was sealed.
        context: as when it was sealed.
        size: how many bytes were pushed.

    Raises:
        Malformed: an unknown version.
        OpeningFailed: another key or context, a size that does not fit; or something was altered,
            moved, cut off or added.
    """
    reader = _Reader(chunks)
    nonce = strip_version(reader.take(HEADER_SIZE))
    state = crypto_secretstream_xchacha20poly1305_state()
    if len(nonce) != NONCE_SIZE:
        raise OpeningFailed
    crypto_secretstream_xchacha20poly1305_init_pull(state, nonce, key.raw)
    associated, unread, wanted = _associated(context), padded_size(size), size
    while unread > 0:
        length = min(unread, PIECE_SIZE)
        unread -= length
        sealed = reader.take(length + PIECE_OVERHEAD)
        piece = _pull(state, sealed, associated, MORE if unread else LAST)
        # A stream that was sealed for a smaller size is whole, and is not this one.
        if len(piece) != length or not compare_digest(
            piece[wanted:], _ZEROS[: max(0, length - wanted)]
        ):
            raise OpeningFailed
        if wanted:
            yield piece[:wanted]
        wanted -= min(wanted, length)
    if reader.take(1):
        raise OpeningFailed


def _pull(
    state: crypto_secretstream_xchacha20poly1305_state,
    sealed: bytes,
    associated: bytes,
    expected: int,
) -> bytes:
    try:
        piece, tag = crypto_secretstream_xchacha20poly1305_pull(state, sealed, associated)
    except nacl.exceptions.CryptoError:
        raise OpeningFailed from None
    if tag != expected:
        raise OpeningFailed
    return piece


class _Reader:
    """Bytes in the lengths asked for, from chunks of any length."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._chunk, self._at = b"", 0

    def take(self, length: int) -> bytes:
        """The next bytes, fewer only where the stream ends."""
        parts = []
        while length > 0 and self._more():
            part = self._chunk[self._at : self._at + length]
            self._at += len(part)
            length -= len(part)
            parts.append(part)
        return b"".join(parts)

    def _more(self) -> bool:
        while self._at == len(self._chunk):
            following = next(self._chunks, None)
            if following is None:
                return False
            self._chunk, self._at = following, 0
        return True


def _associated(context: Context) -> bytes:
    return V1 + context.encode()
