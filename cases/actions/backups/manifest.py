"""The first and the last member of a backup: what it is, and what it came to."""

import json
from dataclasses import dataclass
from datetime import date

from cases.domain.json_fields import JsonFields
from cases.errors import BackupDamaged, BackupRefused, FactsMalformed
from cases.saying import said

FORMAT, VERSION = "zegel-backup", 1
MANIFEST, END = "manifest.json", "end.json"


@dataclass(frozen=True)
class Columns:
    """A table and its columns, in the order of each row."""

    table: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """What a backup is.

    Attributes:
        made_on: the office's day.
        revision: the form of the database, as `zegel db migrate` counts.
        tables: each before those that refer to it.
    """

    made_on: date
    revision: str
    tables: tuple[Columns, ...]

    def encode(self) -> bytes:
        """As JSON."""
        tables = [{"name": each.table, "columns": each.names} for each in self.tables]
        return _encoded(
            {
                "format": FORMAT,
                "version": VERSION,
                "made_on": self.made_on.isoformat(),
                "revision": self.revision,
                "tables": tables,
            }
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "Manifest":
        """Raises BackupRefused: of a newer version; BackupDamaged: no manifest."""
        try:
            fields = JsonFields.parse(encoded)
            if fields.text("format") != FORMAT:
                raise BackupDamaged
            if fields.number("version") != VERSION:
                raise BackupRefused(said("the backup was made by a newer version of Zegel"))
            tables, made_on = fields.objects("tables"), fields.day("made_on")
            if made_on is None:
                raise BackupDamaged
            return cls(
                made_on=made_on,
                revision=fields.text("revision"),
                tables=tuple(Columns(each.text("name"), each.texts("columns")) for each in tables),
            )
        except FactsMalformed:
            raise BackupDamaged from None


@dataclass(frozen=True)
class End:
    """What a backup came to.

    Attributes:
        rows: of all tables together.
        cases: how many.
        files: how many objects of the evidence store are in it.
        missing: names of objects that cases keep and that are not in the store: lost before.
        erased: names of objects whose case was erased while the backup was made.
    """

    rows: int
    cases: int
    files: int
    missing: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()

    def encode(self) -> bytes:
        """As JSON."""
        return _encoded(
            {
                "rows": self.rows,
                "cases": self.cases,
                "files": self.files,
                "missing": self.missing,
                "erased": self.erased,
            }
        )

    @classmethod
    def decode(cls, encoded: bytes) -> "End":
        """Raises BackupDamaged."""
        try:
            fields = JsonFields.parse(encoded)
            return cls(
                rows=fields.number("rows"),
                cases=fields.number("cases"),
                files=fields.number("files"),
                missing=fields.texts("missing"),
                erased=fields.texts("erased"),
            )
        except FactsMalformed:
            raise BackupDamaged from None


def _encoded(fields: dict[str, object]) -> bytes:
    return json.dumps(fields, indent=1).encode()
