"""Opening an age file, piece by piece: backups, which the office makes for a key of its own."""

from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pyrage
from pyrage import ssh, x25519

from crypto.errors import IdentityFault, IdentityRejected, NotForThisKey, OpeningFailed
from crypto.handover import Handover, Source

# The stubs of pyrage leave both out.
_decrypt = pyrage.decrypt_io  # type: ignore[attr-defined]
_IdentityError: type[Exception] = pyrage.IdentityError  # type: ignore[attr-defined]

_SECRET = "AGE-SECRET-KEY-1"  # noqa: S105 - how such a line begins
_PUBLIC = ("age1", "ssh-")
_LOCKED = ("age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE-----")
_SSH = "-----BEGIN"
# The one text of pyrage that tells another key from damage; the test of this says if it changes.
_NO_MATCH = "No matching keys found"


class AgeIdentity:
    """A secret key; made by `identities` only."""

    __slots__ = ("_key",)

    def __init__(self, key: x25519.Identity | ssh.Identity) -> None:
        self._key = key


def identities(text: str) -> tuple[AgeIdentity, ...]:
    """The keys in a file as `age-keygen` writes it, or the one of an SSH key's file.

    Raises:
        IdentityRejected: it holds none, with the reason.
    """
    lines = [line.strip() for line in text.splitlines()]
    keys = [line for line in lines if line and not line.startswith("#")]
    if keys and keys[0].startswith(_SSH) and not keys[0].startswith(_LOCKED):
        return (_of_ssh(text),)
    if not keys:
        raise IdentityRejected(IdentityFault.MALFORMED)
    return tuple(map(_of_age, keys))


def decrypted(pieces: Iterable[bytes], keys: Sequence[AgeIdentity]) -> Generator[bytes, None, None]:
    """What an age file holds, piece by piece; a few pieces are in memory at once.

    Every piece that comes out is authentic; that nothing is cut off is known only when the
    iteration ends without an error. `pieces` is iterated in a thread of its own, which ends with
    the iteration. What `pieces` raises is raised here.

    Raises:
        NotForThisKey: none of the keys opens it.
        OpeningFailed: it was altered or cut off, or is no age file.
    """
    source, handover = Source(pieces), Handover()
    with ThreadPoolExecutor(1, "age") as executor, handover:
        work = executor.submit(_decrypt, source, handover, [each._key for each in keys])
        work.add_done_callback(lambda _: handover.end())
        yield from handover
        if source.failure is not None:
            raise source.failure
        _raise_in_our_words(work)


def _raise_in_our_words(work: "Future[None]") -> None:
    failure = work.exception()
    if failure is None:
        return
    if isinstance(failure, pyrage.DecryptError) and str(failure) == _NO_MATCH:
        raise NotForThisKey
    # The Rust below pyrage panics where a header holds a point of low order.
    if isinstance(failure, (pyrage.DecryptError, OSError)) or _is_panic(failure):
        raise OpeningFailed
    raise failure


def _is_panic(failure: BaseException) -> bool:
    return type(failure).__name__ == "PanicException"


def _of_age(line: str) -> AgeIdentity:
    if line.startswith(_LOCKED):
        raise IdentityRejected(IdentityFault.LOCKED)
    if line.startswith(_PUBLIC):
        raise IdentityRejected(IdentityFault.PUBLIC_KEY)
    if not line.startswith(_SECRET):
        raise IdentityRejected(IdentityFault.MALFORMED)
    try:
        return AgeIdentity(x25519.Identity.from_str(line))
    except _IdentityError:
        raise IdentityRejected(IdentityFault.MALFORMED) from None


def _of_ssh(text: str) -> AgeIdentity:
    try:
        return AgeIdentity(ssh.Identity.from_buffer(text.encode()))
    except _IdentityError as failure:
        locked = "decrypted first" in str(failure)
        raise IdentityRejected(
            IdentityFault.LOCKED if locked else IdentityFault.MALFORMED
        ) from None
