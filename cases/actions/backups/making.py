"""Making a backup while the office works.

The rows are those of one moment: one transaction that reads and cannot write. Then come the files
that these rows name; each was stored before its row was kept, and none changes. Nothing is opened,
and no key of the office is needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, Table
from sqlalchemy.orm import Session

from cases.actions.backups.archive import Member, packed, written
from cases.actions.backups.home_files import configuration
from cases.actions.backups.manifest import END, MANIFEST, Columns, End, Manifest
from cases.actions.backups.rows import members
from cases.database import Database, form_of
from cases.errors import BackupRefused, EvidenceUnusable
from cases.evidence_store import EvidenceStore
from cases.models.base import ID_SIZE
from cases.queries.evidence import is_kept, kept_ids
from cases.queries.whole_tables import rows_of, tables_of
from cases.saying import said

HOME, FILES = "home/", "evidence/"
SETTINGS = "backup-settings.env"
_ZEROS = bytes(64 * 1024)
# So many that the store must be the wrong one; a few are a fault that a backup says and survives.
_MOST_MISSING = 1000


@dataclass(frozen=True)
class Place:
    """Where an office lies: its folder, its database, its files."""

    home: Path
    database: Database
    store: EvidenceStore


class Backup:
    """One backup being made; `end` says what it came to, once `pieces` has come to its end.

    Args:
        place: what is backed up.
        today: the office's day.
        settings: the settings of the environment, without passwords, for whoever restores.
    """

    def __init__(self, place: Place, today: date, settings: bytes) -> None:
        self._place = place
        self._today = today
        self._settings = settings
        self.end = End(rows=0, cases=0, files=0)

    def pieces(self) -> Iterator[bytes]:
        """The archive, piece by piece, to be encrypted by the caller.

        Raises:
            BackupRefused, DatabaseUnusable, EvidenceUnusable: it cannot be made.
        """
        return packed(self._members(), lambda: written(END, self.end.encode()))

    def _members(self) -> Iterator[Member]:
        with self._place.database.reading() as session:
            connection = session.connection()
            tables = tables_of(connection)
            yield written(MANIFEST, self._manifest(connection, tables).encode())
            yield written(SETTINGS, self._settings)
            # Read now: the database remembers the newest roster, and refuses a folder without it.
            for name, content in list(configuration(self._place.home)):
                yield written(HOME + name, content)
            for table in tables:
                yield from members(table.name, self._rows(connection, table))
            kept = self._kept(session)
        yield from self._files(kept)

    def _manifest(self, connection: Connection, tables: tuple[Table, ...]) -> Manifest:
        columns = tuple(Columns(each.name, tuple(each.c.keys())) for each in tables)
        return Manifest(self._today, form_of(connection), columns)

    def _rows(self, connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
        count = 0
        for row in rows_of(connection, table):
            count += 1
            yield tuple(row)
        cases = count if table.name == "case" else self.end.cases
        self.end = replace(self.end, rows=self.end.rows + count, cases=cases)

    def _kept(self, session: Session) -> bytes:
        # 16 bytes for each file, and no transaction that stays open while files are read for hours.
        kept = bytearray()
        for evidence_id in kept_ids(session):
            kept += evidence_id
        return bytes(kept)

    def _files(self, kept: bytes) -> Iterator[Member]:
        for at in range(0, len(kept), ID_SIZE):
            evidence_id = kept[at : at + ID_SIZE]
            size = self._place.store.size(evidence_id.hex())
            if size is None:
                self._note_absent(evidence_id)
                continue
            self.end = replace(self.end, files=self.end.files + 1)
            yield Member(FILES + evidence_id.hex(), size, self._content(evidence_id, size))

    def _content(self, evidence_id: bytes, size: int) -> Iterator[bytes]:
        missing = size
        try:
            for piece in self._place.store.reader(evidence_id.hex()):
                missing -= len(piece)
                yield piece
        except EvidenceUnusable:
            if self._is_kept(evidence_id):
                raise
            # Erased in the middle: what is left of its place says nothing.
            self._note_erased(evidence_id)
            while missing:
                yield _ZEROS[:missing]
                missing -= min(missing, len(_ZEROS))

    def _note_absent(self, evidence_id: bytes) -> None:
        if not self._is_kept(evidence_id):
            self._note_erased(evidence_id)
            return
        self.end = replace(self.end, missing=(*self.end.missing, evidence_id.hex()))
        if len(self.end.missing) > _MOST_MISSING:
            raise BackupRefused(
                said(
                    "more than %(count)s files are not in %(where)s: is it the right store?",
                    count=_MOST_MISSING,
                    where=self._place.store.where,
                )
            )

    def _note_erased(self, evidence_id: bytes) -> None:
        self.end = replace(self.end, erased=(*self.end.erased, evidence_id.hex()))

    def _is_kept(self, evidence_id: bytes) -> bool:
        with self._place.database.reading() as session:
            return is_kept(session, evidence_id)
