"""What leaves the office for somebody else's key, as the `age` tool opens it (C2SP age v1).

Anyone with the key opens it without Zegel. What reads one is `crypto/age_opening.py`.
"""

from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pyrage
from pyrage import ssh, x25519

from crypto.errors import RecipientFault, RecipientRejected
from crypto.handover import Handover, Source

_SSH_KINDS = ("ssh-ed25519", "ssh-rsa")
_OTHER_SSH_KINDS = ("ssh-", "sk-ssh-", "ecdsa-sha2-", "sk-ecdsa-")
_SECRET_KINDS = ("AGE-SECRET-KEY-", "AGE-PLUGIN-", "-----BEGIN")
_MOST_CHARACTERS = 4096


class AgeRecipient:
    """The public key of whoever will open something; made by `recipient` only."""

    __slots__ = ("_key",)

    def __init__(self, key: x25519.Recipient | ssh.Recipient) -> None:
        self._key = key


def recipient(text: str) -> AgeRecipient:
    """The key in one line: `age1…`, `ssh-ed25519 …` or `ssh-rsa …`, blanks around it ignored.

    Raises:
        RecipientRejected: nothing can be encrypted to this, with the reason.
    """
    line = text.strip()
    _refuse_other_kinds(line)
    try:
        kind = ssh.Recipient if line.startswith(_SSH_KINDS) else x25519.Recipient
        found = AgeRecipient(kind.from_str(line))
    except pyrage.RecipientError:
        raise RecipientRejected(RecipientFault.MALFORMED) from None
    _refuse_useless(found)
    return found


def encrypted(
    chunks: Iterable[bytes], recipients: Sequence[AgeRecipient]
) -> Generator[bytes, None, None]:
    """The age file of these bytes, piece by piece; a few pieces of 64 KiB are in memory at once.

    pyrage reads and writes by itself, so it has a thread of its own, and `chunks` is iterated
    there. The thread ends with the iteration, also where that is closed early. What `chunks`
    raises is raised here, before the last piece: what came out until then opens as truncated.
    """
    source, handover = Source(chunks), Handover()
    keys = [each._key for each in recipients]
    with ThreadPoolExecutor(1, "age") as executor, handover:
        work = executor.submit(pyrage.encrypt_io, source, handover, keys)
        work.add_done_callback(lambda _: handover.end())
        yield from handover
        if source.failure is not None:
            raise source.failure
        work.result()


def _refuse_other_kinds(line: str) -> None:
    if line.upper().startswith(_SECRET_KINDS):
        raise RecipientRejected(RecipientFault.SECRET_KEY)
    # pyrage reads the first line of an SSH key and says nothing of the others.
    if len(line) > _MOST_CHARACTERS or not line.isprintable():
        raise RecipientRejected(RecipientFault.MALFORMED)
    if _is_of_another_kind(line):
        raise RecipientRejected(RecipientFault.UNSUPPORTED)


def _is_of_another_kind(line: str) -> bool:
    """A key of hardware, of a plugin or post-quantum: the age of Debian 12 (1.1) opens none alone.

    Those are `age1<kind>1…`; after the `age1` of an X25519 key comes no other 1 (Bech32, BIP 173).
    """
    if line.startswith(_OTHER_SSH_KINDS):
        return not line.startswith(_SSH_KINDS)
    return line.lower().startswith("age1") and "1" in line[len("age1") :]


def _refuse_useless(found: AgeRecipient) -> None:
    """A point of low order has the form of a key, and the Rust below pyrage panics at its use."""
    try:
        pyrage.encrypt(b"", [found._key])
    except BaseException as failure:
        if type(failure).__name__ not in ("PanicException", "EncryptError"):
            raise
        raise RecipientRejected(RecipientFault.MALFORMED) from None
