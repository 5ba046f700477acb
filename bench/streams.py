"""What bounds a file on its way: the cipher, the hash and the disk, each alone on one core."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
)

from crypto.stream import PIECE_SIZE

PIECES_PER_MIB = 1024 * 1024 // PIECE_SIZE
PIECE = os.urandom(PIECE_SIZE)
WRITTEN_AT_ONCE = 5


def sealing(mib: int) -> float:
    """MiB that libsodium's secretstream seals per second."""
    state = crypto_secretstream_xchacha20poly1305_state()
    crypto_secretstream_xchacha20poly1305_init_push(state, os.urandom(32))
    return _rate(mib, lambda: crypto_secretstream_xchacha20poly1305_push(state, PIECE))


def opening(mib: int) -> float:
    """MiB that libsodium's secretstream opens per second."""
    key, sealing = os.urandom(32), crypto_secretstream_xchacha20poly1305_state()
    header = crypto_secretstream_xchacha20poly1305_init_push(sealing, key)
    sealed = crypto_secretstream_xchacha20poly1305_push(sealing, PIECE)

    def first_piece() -> None:
        # From the start each time: the next piece would be another one.
        state = crypto_secretstream_xchacha20poly1305_state()
        crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
        crypto_secretstream_xchacha20poly1305_pull(state, sealed)

    return _rate(mib, first_piece)


def sealing_and_hashing(mib: int) -> float:
    """MiB per second where each piece is sealed and goes into a SHA-256 too, in turn."""
    state, digest = crypto_secretstream_xchacha20poly1305_state(), sha256()
    crypto_secretstream_xchacha20poly1305_init_push(state, os.urandom(32))

    def one_piece() -> None:
        digest.update(PIECE)
        crypto_secretstream_xchacha20poly1305_push(state, PIECE)

    return _rate(mib, one_piece)


def writing(folder: Path, mib: int) -> float:
    """MiB per second that one file takes, until it is on the disk."""
    piece = os.urandom(WRITTEN_AT_ONCE * 1024 * 1024)
    path = folder / "written"
    start = perf_counter()
    with path.open("wb", buffering=0) as file:
        for _ in range(max(1, mib // WRITTEN_AT_ONCE)):
            file.write(piece)
        os.fsync(file.fileno())
    passed = perf_counter() - start
    path.unlink()
    return mib / passed


def _rate(mib: int, piece: Callable[[], object]) -> float:
    start = perf_counter()
    for _ in range(mib * PIECES_PER_MIB):
        piece()
    return mib / (perf_counter() - start)
