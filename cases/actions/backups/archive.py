"""The tar archive inside a backup: written and read in one go, with the SHA-256 of every member.

Any `tar` unpacks it, and `sha256sum --check` compares it with the lists that lie in it. The lists
come in parts, each after the members that it names, so that neither side keeps more than a part.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from tarfile import BLOCKSIZE, GNU_FORMAT, REGTYPE, HeaderError, TarInfo

from cases.errors import BackupDamaged

SUMS = "sums/"
SUMS_AT_ONCE = 4096
_READ = 1024 * 1024
_LONGEST_NAME = 100  # longer ones need headers of another kind
_END = bytes(BLOCKSIZE)
_LONGEST_LIST = SUMS_AT_ONCE * (64 + 2 + _LONGEST_NAME + 1)  # digest, blanks, name, line end


@dataclass(frozen=True, repr=False)
class Member:
    """One member; `content` gives exactly `size` bytes and is read once."""

    name: str
    size: int
    content: Iterable[bytes]


def written(name: str, content: bytes) -> Member:
    """A member that is in memory."""
    return Member(name, len(content), (content,))


def packed(members: Iterable[Member], end: Callable[[], Member]) -> Iterator[bytes]:
    """The archive, piece by piece; `end` makes the last member once all others are written."""
    sums, number = list[str](), 1
    for member in members:
        yield from _packed(member, sums)
        if len(sums) == SUMS_AT_ONCE:
            yield from _list(sums, number)
            number += 1
    yield from _list(sums, number)
    yield from _packed(end(), [])
    yield _END + _END


def _list(sums: list[str], number: int) -> Iterator[bytes]:
    content = "".join(sums).encode()
    sums.clear()
    yield from _packed(written(f"{SUMS}{number:06}.sha256", content), [])


def _packed(member: Member, sums: list[str]) -> Iterator[bytes]:
    if len(member.name) > _LONGEST_NAME:
        raise ValueError("the name of a member is too long")
    header = TarInfo(member.name)
    header.size, header.mode = member.size, 0o600
    yield header.tobuf(GNU_FORMAT, "ascii", "strict")
    digest, size = sha256(), 0
    for piece in member.content:
        digest.update(piece)
        size += len(piece)
        yield piece
    if size != member.size:
        raise ValueError("a member has another size than was said")
    yield bytes(-size % BLOCKSIZE)
    sums.append(_sum(digest.hexdigest(), member.name))


def _sum(digest: str, name: str) -> str:
    return f"{digest}  {name}\n"


def unpacked(pieces: Iterable[bytes]) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each member's name and content, lists left out. What is not read of a content is skipped.

    What is read of a member is compared with its list only later, and the whole is known to be
    whole only when the iteration ends.

    Raises:
        BackupDamaged: it is no such archive, or a member is not as its list says.
    """
    reader, sums = _Reader(pieces), list[str]()
    listed = False
    while (header := _header(reader)) is not None:
        digest = sha256()
        content = _content(reader, header.size, digest.update)
        if header.name.startswith(SUMS):
            if header.size > _LONGEST_LIST:
                raise BackupDamaged
            _compare(b"".join(content), sums)
            listed = True
            continue
        yield header.name, content
        for _ in content:
            pass
        sums.append(_sum(digest.hexdigest(), header.name))
        if len(sums) > SUMS_AT_ONCE:
            raise BackupDamaged
        listed = False
    # One member after the last list, and no other; and what is behind the archive must end as well.
    if listed or len(sums) != 1 or reader.exactly(BLOCKSIZE) != _END or not reader.ended():
        raise BackupDamaged


def _header(reader: "_Reader") -> TarInfo | None:
    block = reader.exactly(BLOCKSIZE)
    if block == _END:
        return None
    try:
        header = TarInfo.frombuf(block, "ascii", "strict")
    except (HeaderError, UnicodeDecodeError):
        raise BackupDamaged from None
    if header.type != REGTYPE or header.size < 0:
        raise BackupDamaged
    return header


def _content(reader: "_Reader", size: int, noted: Callable[[bytes], object]) -> Iterator[bytes]:
    left = size
    while left:
        piece = reader.some(min(left, _READ))
        left -= len(piece)
        noted(piece)
        yield piece
    if any(reader.exactly(-size % BLOCKSIZE)):
        raise BackupDamaged


def _compare(listed: bytes, sums: list[str]) -> None:
    if listed != "".join(sums).encode():
        raise BackupDamaged
    sums.clear()


class _Reader:
    """Bytes in the lengths asked for, from pieces of any length."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._held = memoryview(b"")

    def some(self, most: int) -> bytes:
        """At least one byte and at most so many. Raises BackupDamaged at the end."""
        while not self._held:
            piece = next(self._pieces, None)
            if piece is None:
                raise BackupDamaged
            self._held = memoryview(piece)
        taken, self._held = self._held[:most], self._held[most:]
        return bytes(taken)

    def exactly(self, length: int) -> bytes:
        """So many bytes. Raises BackupDamaged where there are fewer."""
        parts, missing = list[bytes](), length
        while missing:
            parts.append(self.some(missing))
            missing -= len(parts[-1])
        return b"".join(parts)

    def ended(self) -> bool:
        """Whether nothing follows; the source raises where it was cut off."""
        return not self._held and not any(self._pieces)
