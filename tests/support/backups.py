"""Backups for tests, and the empty places that they come back to."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import URL

from cases.actions.backups.making import Backup, Place
from cases.database import Database
from cases.evidence_store import EvidenceStore
from cases.models import Base
from cases.queries.whole_tables import LEFT_OUT
from tests.support.databases import shown
from tests.support.office import Office


def place_of(office: Office) -> Place:
    """Where an office of the tests lies."""
    return Place(office.home, office.database, EvidenceStore((office.home / "evidence").as_uri()))


def archive_of(office: Office) -> bytes:
    """The backup of an office, before it is encrypted."""
    made = Backup(place_of(office), office.clock.now().date(), b"ZEGEL_HOME=/there\n")
    return b"".join(made.pieces())


@contextmanager
def empty_place(folder: Path, url: URL | None = None) -> Iterator[Place]:
    """A folder without an office; its database is SQLite's file in it unless a URL says other."""
    folder.mkdir(exist_ok=True)
    database = Database(shown(url) if url else f"sqlite:///{folder / 'zegel.sqlite'}")
    try:
        yield Place(folder, database, EvidenceStore((folder / "evidence").as_uri()))
    finally:
        database.close()


def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table that a backup holds, in one order."""
    with database.reading() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for name, table in Base.metadata.tables.items()
            if name not in LEFT_OUT
        }


def objects_of(store: EvidenceStore) -> dict[str, bytes]:
    """Every object of a store."""
    return {name: b"".join(store.reader(name)) for name in store.names()}


def listing(folder: Path) -> list[str]:
    """Every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
