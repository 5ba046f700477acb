"""The folder in which a restore builds what is not whole yet: `restoring` in the office's folder.

An office appears at once or not at all. Files of the folder and SQLite's file wait under other
names, PostgreSQL's rows in a transaction; objects of the evidence store, which mean nothing
without their rows, are written down before they are begun. So whoever finds this folder after a
restore was killed knows what to remove. The mark `whole` stands when nothing is left to do but to
move things to their names: then the next run does that.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cases.database import Database
from cases.errors import BackupRefused
from cases.evidence_store import EvidenceStore
from cases.file_modes import file_mode
from cases.saying import said

FOLDER = "restoring"
_PRIVATE = 0o700
_WAL = ("", "-wal", "-shm")  # the files of one SQLite database


class Staging:
    """What a restore has brought so far, in a folder that nobody else reads."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._folder = home / FOLDER
        self._files = self._folder / "home"
        self._objects = self._folder / "objects"
        self._whole = self._folder / "whole"

    def waits_for_names_only(self, database: Database) -> bool:
        """Whether everything is there, and on PostgreSQL was committed."""
        # On SQLite it has its name, or the one beside it.
        there = database.is_taken() or database.staged().is_taken()
        return self._whole.exists() and there

    def begin(self, store: EvidenceStore) -> None:
        """Say where objects will be written."""
        _add(self._objects, f"{store.where}\n")

    def note_object(self, name: str) -> None:
        """Before it is begun."""
        _add(self._objects, f"{name}\n")

    def write(self, name: str, content: Iterable[bytes]) -> None:
        """Keep a file of the office's folder, until it gets its place."""
        path = self._files / name
        path.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())

    def note_whole(self) -> None:
        """From here on there is no way back but forward."""
        _add(self._whole, "")
        _sync(self._folder)

    def undo(self, store: EvidenceStore, database: Database) -> None:
        """Remove what an earlier run, or this one, brought; nothing where nothing was.

        Raises:
            BackupRefused: it was brought into another store.
            EvidenceUnusable: the store does not answer; another run goes on.
        """
        self._whole.unlink(missing_ok=True)
        for name in self._objects_of(store):
            store.delete(name)
        self._objects.unlink(missing_ok=True)
        shutil.rmtree(self._files, ignore_errors=True)
        if database.file:
            _remove(database.staged())

    def settle(self, database: Database) -> None:
        """Give everything its name; the database last, as no office is there without it."""
        for path in self._files.rglob("*"):
            if path.is_file():
                _take_place(path, self._home / path.relative_to(self._files))
        staged = database.staged().file
        if database.file and staged and staged.exists():
            staged.replace(database.file)
            _sync(database.file.parent)
        _sync(self._home)
        # First what names objects to remove: they are the office's now. Last the mark.
        self._objects.unlink(missing_ok=True)
        _sync(self._folder)
        self._whole.unlink(missing_ok=True)
        shutil.rmtree(self._folder)

    def _objects_of(self, store: EvidenceStore) -> Iterator[str]:
        try:
            with self._objects.open(encoding="utf-8") as file:
                if file.readline().rstrip("\n") != store.where:
                    raise BackupRefused(
                        said(
                            "a restore into another store was cut short here: see %(path)s",
                            path=self._objects,
                        )
                    )
                # A last line without its end was cut short: its object was not begun.
                yield from (line.rstrip("\n") for line in file if line.endswith("\n"))
        except FileNotFoundError:
            return


@contextmanager
def staging_in(home: Path) -> Iterator[Staging]:
    """The folder, for one process at a time; it goes with its last content.

    Raises:
        BackupRefused: another process restores here.
        OSError: it cannot be written.
    """
    folder = home / FOLDER
    folder.mkdir(mode=_PRIVATE, exist_ok=True)
    with (folder / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupRefused(
                said("another restore is at work in %(folder)s", folder=home)
            ) from None
        try:
            yield Staging(home)
        finally:
            if folder.exists() and {each.name for each in folder.iterdir()} == {"lock"}:
                shutil.rmtree(folder)


def _take_place(path: Path, place: Path) -> None:
    place.parent.mkdir(mode=_PRIVATE, exist_ok=True, parents=True)
    path.chmod(file_mode(place.parent))
    path.replace(place)
    _sync(place.parent)


def _add(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def _remove(staged: Database) -> None:
    for suffix in _WAL:
        Path(f"{staged.file}{suffix}").unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
