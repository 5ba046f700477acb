"""What leaves for somebody else's key, and that the age tool opens it."""

import shutil
import subprocess
import threading
import tracemalloc
from collections import deque
from collections.abc import Generator, Iterator
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st
from pyrage import ssh, x25519

from crypto.age import encrypted, recipient
from crypto.errors import RecipientFault, RecipientRejected
from tests.unit.crypto.builders import properties

# Of the age tool's documentation; nobody uses it.
SECRET = "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ34PKAW"
IDENTITY = x25519.Identity.generate()
KEY = str(IDENTITY.to_public())
PIECE = 64 * 1024
# X25519 points 0 and 1: well-formed, and the shared secret is zero whoever draws the other half.
LOW_ORDER = (
    "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z",
    "age1qyqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqj7vrya",
)


class _SourceBroke(Exception):
    pass


def _sealed(*chunks: bytes) -> bytes:
    return b"".join(encrypted(chunks, [recipient(KEY)]))


def _broken(after: int, piece: bytes = bytes(PIECE)) -> Iterator[bytes]:
    yield from (piece for _ in range(after))
    raise _SourceBroke("the store went away")


def _helper_threads() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name.startswith("age")]


def _ssh_pair(kind: str) -> tuple[bytes, str]:
    key = Ed25519PrivateKey.generate() if kind == "ed25519" else generate_private_key(65537, 2048)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    return secret, public.decode() + " somebody@example.org"


@properties
@given(st.lists(st.binary(max_size=3000), max_size=6))
def test_what_goes_in_comes_out_whatever_the_chunks(chunks: list[bytes]) -> None:
    assert pyrage.decrypt(_sealed(*chunks), [IDENTITY]) == b"".join(chunks)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_sizes_around_a_piece_open(size: int) -> None:
    assert pyrage.decrypt(_sealed(bytes(size)), [IDENTITY]) == bytes(size)


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_an_ssh_key_opens_it(kind: str) -> None:
    secret, public = _ssh_pair(kind)

    sealed = b"".join(encrypted([b"words"], [recipient(public)]))

    assert pyrage.decrypt(sealed, [ssh.Identity.from_buffer(secret)]) == b"words"


def test_each_of_two_recipients_opens_it() -> None:
    second = x25519.Identity.generate()
    keys = [recipient(KEY), recipient(f"  {second.to_public()}\r\n")]

    sealed = b"".join(encrypted([b"words"], keys))

    assert [pyrage.decrypt(sealed, [each]) for each in (IDENTITY, second)] == [b"words", b"words"]


def test_the_age_tool_opens_it(tmp_path: Path) -> None:
    tool = shutil.which("age")
    assert tool, "age is not installed: tools/test-setup"
    secret, public = _ssh_pair("ed25519")
    (tmp_path / "x25519").write_text(str(IDENTITY))
    (tmp_path / "ssh").write_bytes(secret)
    text = bytes(range(256)) * 1000

    sealed = b"".join(encrypted([text], [recipient(KEY), recipient(public)]))

    for identity in ("x25519", "ssh"):
        opened = subprocess.run(
            [tool, "--decrypt", "--identity", tmp_path / identity],
            input=sealed,
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert opened.stdout == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", RecipientFault.MALFORMED),
        ("age1", RecipientFault.MALFORMED),
        (KEY[:-1], RecipientFault.MALFORMED),
        (KEY.replace("age1", "age1 "), RecipientFault.MALFORMED),
        (f"{KEY}\n{KEY}", RecipientFault.MALFORMED),
        ("ssh-ed25519 AAAA", RecipientFault.MALFORMED),
        (f"{_ssh_pair('ed25519')[1]}\n{_ssh_pair('ed25519')[1]}", RecipientFault.MALFORMED),
        ("ssh-ed25519 " + "A" * 5000, RecipientFault.MALFORMED),
        (LOW_ORDER[0], RecipientFault.MALFORMED),
        (LOW_ORDER[1], RecipientFault.MALFORMED),
        ("age1pq1" + KEY[4:], RecipientFault.UNSUPPORTED),
        ("age1tag1" + KEY[4:], RecipientFault.UNSUPPORTED),
        ("age1yubikey1" + KEY[4:], RecipientFault.UNSUPPORTED),
        ("ecdsa-sha2-nistp256 AAAA", RecipientFault.UNSUPPORTED),
        ("ssh-dss AAAA", RecipientFault.UNSUPPORTED),
        (SECRET, RecipientFault.SECRET_KEY),
        (SECRET.lower(), RecipientFault.SECRET_KEY),
        (_ssh_pair("ed25519")[0].decode(), RecipientFault.SECRET_KEY),
    ],
    # The keys are other ones in each process, which must name its tests alike.
    ids=lambda each: type(each).__name__,
)
def test_what_is_no_usable_public_key_is_refused_with_the_reason(
    text: str, reason: RecipientFault
) -> None:
    with pytest.raises(RecipientRejected) as refused:
        recipient(text)

    assert refused.value.reason is reason
    assert not text.strip() or text.strip() not in str(refused.value)


@pytest.mark.parametrize("pieces", [0, 1, 2, 7])
def test_an_error_in_the_source_never_leaves_a_whole_file(pieces: int) -> None:
    arrived: deque[bytes] = deque()

    with pytest.raises(_SourceBroke):
        arrived.extend(encrypted(_broken(pieces), [recipient(KEY)]))

    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(b"".join(arrived), [IDENTITY])
    assert _helper_threads() == []


def test_whoever_stops_early_leaves_no_thread_and_no_open_source() -> None:
    closed = threading.Event()

    def endless() -> Iterator[bytes]:
        try:
            while True:
                yield bytes(PIECE)
        finally:
            closed.set()

    pieces = encrypted(endless(), [recipient(KEY)])
    next(pieces)
    assert isinstance(pieces, Generator)
    pieces.close()

    assert _helper_threads() == []
    assert closed.is_set()


def test_nothing_runs_before_the_first_piece_is_asked_for() -> None:
    encrypted(_broken(0), [recipient(KEY)])

    assert _helper_threads() == []


def test_memory_stays_small_whatever_the_size() -> None:
    chunk = bytes(PIECE)
    tracemalloc.start()
    try:
        size = sum(map(len, encrypted((chunk for _ in range(1000)), [recipient(KEY)])))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert size > 1000 * PIECE
    assert peak < 2 * 1024 * 1024
