"""Where sealed files lie: a folder of this machine, or storage that speaks S3.

It takes and gives ciphertext only, piece by piece, and knows neither keys nor rows. An object is
complete before it gets its name. What a process that died left unfinished has a name of its own
and is removed by the sweep (`cases/actions/evidence.py`); on S3 the storage itself must be told to
drop unfinished uploads.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from sys import exc_info
from typing import Protocol
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from cases.errors import EvidenceUnusable
from cases.file_modes import file_mode
from cases.saying import Said, said

READ_SIZE = 1024 * 1024
# The smallest part that S3 takes; on a folder, what is in memory before the file is begun.
PART_SIZE = 5 * 1024 * 1024
# Bytes that files leave free: the words of a report must find room on the same disk.
MOST_LEFT_FREE = 256 * 1024 * 1024
MOST_FILES_LEFT_FREE = 10_000
_UNFINISHED = "#"  # of the storage library: `name#1` becomes `name`
_HEX = frozenset("0123456789abcdef")
_PROBE = "0" * 32
# An object nobody has: the storage answers that it is not there.


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One complete object; `size` in bytes, as stored."""

    name: str
    size: int


class EvidenceWriter(Protocol):
    """What takes the bytes of one object."""

    def write(self, content: bytes) -> None:
        """Add bytes at the end. Raises EvidenceUnusable."""


class EvidenceStore:
    """The sealed files of an office.

    Nothing is opened before the first use: a server that forks may be given one.

    Args:
        url: `file:///folder`, or `s3://bucket/prefix` with `AWS_*` variables for the rest.

    Raises:
        EvidenceUnusable: another kind of URL.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        local = parts.scheme == "file" and not parts.netloc and len(parts.path) > 1
        if not local and not (parts.scheme == "s3" and parts.netloc):
            # Not the URL itself: someone may have put a password into it.
            raise EvidenceUnusable(said("ZEGEL_EVIDENCE_URL must be file:///folder or s3://bucket"))
        self._folder = Path(unquote(parts.path)) if local else None
        self._url = url

    @property
    def where(self) -> str:
        """The folder or bucket, for an operator to read."""
        return str(self._folder) if self._folder else f"s3://{urlsplit(self._url).netloc}"

    @contextmanager
    def writer(self, name: str) -> Iterator[EvidenceWriter]:
        """Write a new object; it is there, whole and on the disk, when the block ends.

        Leaving the block by an exception leaves nothing. Raises EvidenceUnusable.
        """
        path = _path(name)
        with self._in_words(said("cannot be written")):
            store = self._store
            self._refuse_full_disk()
            # One part is on its way while the next is collected: a quarter less time.
            file = obstore.open_writer(store, path, buffer_size=PART_SIZE, max_concurrency=2)
        try:
            yield _Writer(self, file)
            with self._in_words(said("cannot be written")):
                file.close()
                self._settle(path)
        except BaseException:
            with suppress(BaseError, OSError):
                file.__exit__(*exc_info())
            with suppress(EvidenceUnusable):
                self.delete(path)
            raise

    def reader(self, name: str) -> Iterator[bytes]:
        """The bytes of an object, a megabyte at a time. Raises EvidenceUnusable."""
        path, start = _path(name), 0
        size = self.size(path)
        if size is None:
            raise EvidenceUnusable(
                said(
                    "The file %(path)s is not in the evidence store %(where)s.",
                    path=path,
                    where=self.where,
                )
            )
        while start < size:
            with self._in_words(said("cannot be read")):
                length = min(READ_SIZE, size - start)
                read = obstore.get_range(self._store, path, start=start, length=length).to_bytes()
            if len(read) != length:
                raise EvidenceUnusable(
                    said(
                        "The file %(path)s in %(where)s changed while read.",
                        path=path,
                        where=self.where,
                    )
                )
            start += length
            yield read

    def size(self, name: str) -> int | None:
        """How many bytes an object takes, or None when it is not there."""
        with self._in_words(said("cannot be read")):
            try:
                return obstore.head(self._store, _path(name))["size"]
            except FileNotFoundError:
                return None

    def delete(self, name: str) -> None:
        """Remove an object and what an unfinished write of it left; nothing if not there."""
        path = _path(name)
        with self._in_words(said("cannot be written")):
            with suppress(FileNotFoundError):
                obstore.delete(self._store, path)
            self._delete_unfinished(path)

    def objects(self) -> Iterator[StoredObject]:
        """Every complete object, in no order. What is not ours is left out."""
        with self._in_words(said("cannot be read")):
            for batch in obstore.list(self._store, chunk_size=1000):
                for found in batch:
                    if is_name(found["path"]):
                        yield StoredObject(found["path"], found["size"])

    def names(self) -> Iterator[str]:
        """The name of every complete object."""
        return (found.name for found in self.objects())

    def unfinished(self) -> frozenset[str]:
        """The names whose write began and did not end: now going on, or left by a dead process."""
        with self._in_words(said("cannot be read")):
            names = (path.name.partition(_UNFINISHED)[0] for path in self._all_unfinished())
            return frozenset(name for name in names if is_name(name))

    def check(self) -> None:
        """Whether the store answers and can be written. Raises EvidenceUnusable."""
        self.size(_PROBE)
        if self._folder and not os.access(self._folder, os.W_OK | os.X_OK):
            raise EvidenceUnusable(
                said("The evidence store %(where)s cannot be written.", where=self.where)
            )

    @cached_property
    def _opened(self) -> LocalStore | S3Store:
        if self._folder is None:
            # A person waits for the answer.
            patience = timedelta(seconds=15)
            return S3Store.from_url(
                self._url, retry_config={"max_retries": 3, "retry_timeout": patience}
            )
        self._folder.mkdir(mode=0o700, exist_ok=True)
        return LocalStore(self._folder)

    @property
    def _store(self) -> LocalStore | S3Store:
        opened = self._opened
        # Asked each time: an object in a folder that is gone would merely look absent.
        if self._folder and not self._folder.is_dir():
            raise NotADirectoryError(f"{self._folder} is not there")
        return opened

    def _refuse_full_disk(self) -> None:
        if self._folder:
            disk = os.statvfs(self._folder)
            room = (disk.f_frsize * disk.f_blocks, disk.f_frsize * disk.f_bavail)
            if nearly_full(*room) or nearly_without_names(disk.f_files, disk.f_favail):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _all_unfinished(self) -> list[Path]:
        folder = self._folder
        return list(folder.glob(f"*{_UNFINISHED}*")) if folder else []

    def _delete_unfinished(self, name: str) -> None:
        # By name, as the storage library counts them: to look through the folder would take as
        # long as there are files in it, for each that is deleted, while the database waits.
        if self._folder is None:
            return
        for number in count(1):
            try:
                (self._folder / f"{name}{_UNFINISHED}{number}").unlink()
            except FileNotFoundError:
                return

    def _settle(self, name: str) -> None:
        """To the disk, for nobody else to read, and without the time at which it came."""
        if self._folder is None:
            return
        path = self._folder / name
        path.chmod(file_mode(self._folder))
        os.utime(path, (0, 0))
        for each in (path, self._folder):
            _sync(each)

    @contextmanager
    def _in_words(self, failing: Said) -> Iterator[None]:
        try:
            yield
        except (BaseError, OSError) as error:
            why = str(error).partition("\n")[0]
            raise EvidenceUnusable(
                said(
                    "The evidence store %(where)s %(failing)s: %(why)s",
                    where=self.where,
                    failing=failing,
                    why=why,
                )
            ) from None


class _Writer:
    """One object being written; a failure of the store is told apart from one of its caller."""

    def __init__(self, store: EvidenceStore, file: "_File") -> None:
        self._store = store
        self._file = file
        self._unchecked = 0

    def write(self, content: bytes) -> None:
        self._unchecked += len(content)
        with self._store._in_words(said("cannot be written")):
            if self._unchecked > PART_SIZE:
                self._unchecked = 0
                self._store._refuse_full_disk()
            self._file.write(content)


class _File(Protocol):
    """The storage library's writer, whose class cannot be imported."""

    def write(self, buffer: bytes, /) -> int: ...


def nearly_full(total: int, free: int) -> bool:
    """Whether a disk has less room than files leave free: a hundredth, at most 256 MiB."""
    return free < min(total // 100, MOST_LEFT_FREE)


def nearly_without_names(total: int, free: int) -> bool:
    """Whether a file system can hardly hold one file more, however small: a million files of one
    byte fill one that has gigabytes left. Those that count no files say 0 of 0."""
    return free < min(total // 100, MOST_FILES_LEFT_FREE)


def is_name(name: str) -> bool:
    """Whether an object of ours can have this name: 32 hexadecimal digits."""
    return len(name) == 32 and set(name) <= _HEX


def _path(name: str) -> str:
    if not is_name(name):
        raise ValueError("an object's name is 32 hexadecimal digits")
    return name


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
