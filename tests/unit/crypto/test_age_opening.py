"""What reads an age file tells a wrong key from a damaged file, and never takes half of one."""

import subprocess
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from pyrage import x25519

from crypto.age import encrypted, recipient
from crypto.age_opening import decrypted, identities
from crypto.errors import IdentityFault, IdentityRejected, NotForThisKey, OpeningFailed

OWN, OTHER = x25519.Identity.generate(), x25519.Identity.generate()
PIECE = 64 * 1024
TEXT = bytes(range(256)) * 1000
SEALED = pyrage.encrypt(TEXT, [OWN.to_public()])


def opened(sealed: bytes, key: x25519.Identity = OWN) -> bytes:
    pieces = (sealed[at : at + 1000] for at in range(0, len(sealed), 1000))
    return b"".join(decrypted(pieces, identities(str(key))))


def ssh_key(folder: Path, passphrase: str = "", kind: str = "ed25519") -> Path:
    path = folder / "key"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", str(path)], check=True, timeout=60
    )
    return path


def test_what_was_sealed_to_the_key_opens() -> None:
    assert opened(SEALED) == TEXT


def test_a_file_of_several_keys_with_remarks_opens_what_one_of_them_opens() -> None:
    text = f"# created: a day\n# public key: {OWN.to_public()}\n{OTHER}\n\n{OWN}\n"

    assert b"".join(decrypted([SEALED], identities(text))) == TEXT


def test_a_key_of_ssh_opens(tmp_path: Path) -> None:
    path = ssh_key(tmp_path)
    sealed = encrypted([TEXT], [recipient(path.with_suffix(".pub").read_text())])

    assert b"".join(decrypted(sealed, identities(path.read_text()))) == TEXT


def test_another_key_is_told_apart_from_damage() -> None:
    with pytest.raises(NotForThisKey):
        opened(SEALED, OTHER)


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"no age file\n" * 100,
        SEALED[:100],
        SEALED[:-1],
        SEALED[: len(SEALED) // 2],
        # Cut between two pieces: the last one is marked as such.
        SEALED[: -(len(TEXT) % PIECE + 16)],
        SEALED + b"x",
        SEALED[:-2000] + bytes([SEALED[-2000] ^ 1]) + SEALED[-1999:],
    ],
    ids=["empty", "other", "header", "last byte", "half", "a piece", "longer", "altered"],
)
def test_a_file_that_is_damaged_cut_or_none_never_opens_to_its_end(damaged: bytes) -> None:
    with pytest.raises(OpeningFailed):
        opened(damaged)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", IdentityFault.MALFORMED),
        ("# only a remark", IdentityFault.MALFORMED),
        ("AGE-SECRET-KEY-1XX", IdentityFault.MALFORMED),
        ("AGE-PLUGIN-YUBIKEY-1XX", IdentityFault.MALFORMED),
        (str(OWN.to_public()), IdentityFault.PUBLIC_KEY),
        ("ssh-ed25519 AAAA somebody", IdentityFault.PUBLIC_KEY),
        ("age-encryption.org/v1\n-> scrypt", IdentityFault.LOCKED),
        ("-----BEGIN AGE ENCRYPTED FILE-----\nAAAA", IdentityFault.LOCKED),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA", IdentityFault.MALFORMED),
    ],
    ids=lambda each: each.name if isinstance(each, IdentityFault) else "",
)
def test_what_is_no_usable_secret_key_is_refused_with_the_reason(
    text: str, reason: IdentityFault
) -> None:
    with pytest.raises(IdentityRejected) as refused:
        identities(text)

    assert refused.value.reason is reason


def test_an_ssh_key_with_a_passphrase_must_be_unlocked_first(tmp_path: Path) -> None:
    with pytest.raises(IdentityRejected) as refused:
        identities(ssh_key(tmp_path, "velvet tractor").read_text())

    assert refused.value.reason is IdentityFault.LOCKED


def test_what_the_source_raises_is_raised_and_no_thread_stays() -> None:
    def broken() -> Iterator[bytes]:
        yield SEALED[:70_000]
        raise FileNotFoundError("the disk went away")

    with pytest.raises(FileNotFoundError, match="went away"):
        list(decrypted(broken(), identities(str(OWN))))

    assert not [each for each in threading.enumerate() if each.name.startswith("age")]


def test_memory_stays_small_whatever_the_size() -> None:
    chunk = bytes(PIECE)
    sealed = encrypted((chunk for _ in range(500)), [recipient(str(OWN.to_public()))])
    tracemalloc.start()
    try:
        size = sum(map(len, decrypted(sealed, identities(str(OWN)))))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert size == 500 * PIECE
    assert peak < 3 * 1024 * 1024
