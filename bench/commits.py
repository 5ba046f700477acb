"""Commits that reach the disk: what the database alone can do with the product's own settings."""

import os
from statistics import median
from time import perf_counter

from sqlalchemy import Column, LargeBinary, MetaData, Table

from cases.database import Database

# About what one submission writes: sheet, message, record and grants of a small report.
ROW = 9_000
_WRITTEN = Table(
    "written_by_bench",
    MetaData(),
    Column("id", LargeBinary, primary_key=True),
    Column("body", LargeBinary),
)


def per_second(database: Database, commits: int) -> float:
    """Transactions of one row per second, each on the disk before the next.

    Args:
        database: gets a table of its own for the time it takes.
        commits: how many to time.
    """
    with database.writing() as session:
        _WRITTEN.create(session.connection())
    try:
        return 1 / median(_commit(database) for _ in range(commits))
    finally:
        with database.writing() as session:
            _WRITTEN.drop(session.connection())


def _commit(database: Database) -> float:
    row = {"id": os.urandom(16), "body": os.urandom(ROW)}
    start = perf_counter()
    with database.writing() as session:
        session.execute(_WRITTEN.insert(), row)
    return perf_counter() - start
