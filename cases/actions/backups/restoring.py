"""Bringing an office back from a backup, into a place where there is none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

from cases.actions.backups.archive import unpacked
from cases.actions.backups.home_files import ERASED, configuration, is_configuration
from cases.actions.backups.making import FILES, HOME, SETTINGS, Place
from cases.actions.backups.manifest import END, MANIFEST, End, Manifest
from cases.actions.backups.rows import FOLDER, fill
from cases.actions.backups.staging import Staging, staging_in
from cases.actions.erasure import apply_tombstones
from cases.database import Database, bring_to
from cases.domain.tombstones import Tombstone, to_text
from cases.errors import BackupDamaged, BackupRefused
from cases.evidence_store import is_name
from cases.queries.erasures import tombstones as known_tombstones
from cases.queries.whole_tables import tables_of
from cases.saying import said

_MOST_SAID = 16 * 1024 * 1024  # bytes of one member that is read whole


@dataclass(frozen=True)
class Restored:
    """What came back.

    Attributes:
        made_on: the day of the backup.
        end: what the backup came to.
        erased_again: cases in it that had been erased since, and were erased again.
    """

    made_on: date
    end: End
    erased_again: int


def restore(
    pieces: Iterable[bytes], place: Place, tombstones: Iterable[Tombstone]
) -> Restored | None:
    """Bring everything back, or leave the place as it was.

    Args:
        pieces: the decrypted archive; it must raise where it was cut off or altered.
        place: where there is no office yet.
        tombstones: cases that were erased, whether before the backup or after.

    Returns:
        None where an earlier run had brought everything and was killed before its last step: then
        only that was done, and nothing was read.

    Raises:
        BackupRefused: there is an office already, or the backup is of a newer version.
        BackupDamaged: it is no whole backup.
        DatabaseUnusable, EvidenceUnusable, OSError: the place cannot take it.
    """
    with staging_in(place.home) as staging:
        if staging.waits_for_names_only(place.database):
            staging.settle(place.database)
            return None
        staging.undo(place.store, place.database)
        _refuse_an_office(place)
        try:
            staging.begin(place.store)
            done = _Restore(place, staging, tuple(tombstones)).run(pieces)
        except BaseException:
            # Stopped after the commit, it is the next run that goes on.
            if not staging.waits_for_names_only(place.database):
                staging.undo(place.store, place.database)
            raise
        staging.settle(place.database)
        return done


def _refuse_an_office(place: Place) -> None:
    found = [name for name, _ in configuration(place.home) if name != ERASED]
    if found:
        raise BackupRefused(
            said("%(folder)s holds an office already: %(name)s", folder=place.home, name=found[0])
        )
    if place.database.is_taken():
        raise BackupRefused(_not_empty(place.database.shown))
    if next(place.store.names(), None) is not None:
        raise BackupRefused(_not_empty(place.store.where))


def _not_empty(where: str) -> str:
    return said("%(where)s is not empty: a backup comes back where nothing is", where=where)


class _Restore:
    """One run: members in, an office out."""

    def __init__(self, place: Place, staging: Staging, tombstones: tuple[Tombstone, ...]) -> None:
        self._place = place
        self._staging = staging
        self._tombstones = tombstones
        self._tables: dict[str, tuple[Table, tuple[str, ...]]] = {}
        self._rows = self._files = self._erased_again = 0

    def run(self, pieces: Iterable[bytes]) -> Restored:
        """Raises as `restore`; nothing has its name yet when it returns."""
        staged = self._place.database.staged()
        try:
            with staged.filling() as connection:
                manifest, end = self._filled(connection, unpacked(pieces))
                if not staged.is_sqlite:
                    self._erase_again(Session(connection))
                    self._staging.note_whole()
            if staged.is_sqlite:
                self._finish_sqlite(staged)
        finally:
            staged.close()
        return Restored(manifest.made_on, end, self._erased_again)

    def _filled(
        self, connection: Connection, members: Iterator[tuple[str, Iterator[bytes]]]
    ) -> tuple[Manifest, End]:
        manifest, end = Manifest.decode(_named(MANIFEST, *_next(members))), None
        bring_to(connection, manifest.revision)
        self._note_tables(connection, manifest)
        for name, content in members:
            if name == END:
                end = End.decode(_whole(content))
            else:
                self._take(connection, name, content)
        if end is None or (end.rows, end.files) != (self._rows, self._files):
            raise BackupDamaged
        if not all(map(is_name, end.erased)):
            raise BackupDamaged
        for name in end.erased:
            self._place.store.delete(name)
        bring_to(connection)
        return manifest, end

    def _note_tables(self, connection: Connection, manifest: Manifest) -> None:
        there = {table.name: table for table in tables_of(connection)}
        for each in manifest.tables:
            if each.table not in there or set(each.names) != set(there[each.table].c.keys()):
                raise BackupDamaged
            self._tables[each.table] = (there[each.table], each.names)

    def _take(self, connection: Connection, name: str, content: Iterator[bytes]) -> None:
        if name.startswith(FOLDER):
            table, columns = self._table(name.split("/")[1])
            self._rows += fill(connection, table, columns, _whole(content))
        elif name.startswith(FILES):
            self._take_object(name.removeprefix(FILES), content)
        elif name == HOME + ERASED:
            _whole(content)  # the database of the same moment holds it too
        elif name.startswith(HOME) and is_configuration(name.removeprefix(HOME)):
            self._staging.write(name.removeprefix(HOME), content)
        elif name == SETTINGS:
            self._staging.write(SETTINGS, content)
        else:
            raise BackupDamaged

    def _table(self, name: str) -> tuple[Table, tuple[str, ...]]:
        if name not in self._tables:
            raise BackupDamaged
        return self._tables[name]

    def _take_object(self, name: str, content: Iterator[bytes]) -> None:
        if not is_name(name):
            raise BackupDamaged
        self._staging.note_object(name)
        with self._place.store.writer(name) as writer:
            for piece in content:
                writer.write(piece)
        self._files += 1

    def _finish_sqlite(self, staged: Database) -> None:
        # In a transaction of its own: what hangs on an erased case goes with it by rules between
        # tables, which SQLite switches on outside a transaction only.
        with staged.writing() as session:
            self._erase_again(session)
        staged.scrub()
        self._staging.note_whole()

    def _erase_again(self, session: Session) -> None:
        self._erased_again = apply_tombstones(session, self._place.store, self._tombstones)
        erased = known_tombstones(session)
        if erased:
            self._staging.write(ERASED, [to_text(erased).encode()])


def _next(members: Iterator[tuple[str, Iterator[bytes]]]) -> tuple[str, Iterator[bytes]]:
    for member in members:
        return member
    raise BackupDamaged


def _named(expected: str, name: str, content: Iterator[bytes]) -> bytes:
    if name != expected:
        raise BackupDamaged
    return _whole(content)


def _whole(content: Iterator[bytes]) -> bytes:
    parts, size = list[bytes](), 0
    for piece in content:
        parts.append(piece)
        size += len(piece)
        if size > _MOST_SAID:
            raise BackupDamaged
    return b"".join(parts)
