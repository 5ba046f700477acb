"""Commits that reach the disk: what the database alone can do with the product's own settings."""

import os
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import text

from cases.database import Database

# About what one submission writes: sheet, message, record and grants of a small report.
ROW = 9_000


def per_second(folder: Path, commits: int) -> float:
    """Transactions of one row per second, each on the disk (WAL, synchronous=FULL) before the next.

    Args:
        folder: on the disk that the benchmark's office uses.
        commits: how many to time.
    """
    path = folder / "commits.sqlite"
    # No server makes a database that is not there.
    path.touch(mode=0o600)
    database = Database(f"sqlite:///{path}")
    try:
        with database.writing() as session:
            session.execute(
                text("CREATE TABLE IF NOT EXISTS written (id BLOB PRIMARY KEY, body BLOB)")
            )
        return 1 / median(_commit(database) for _ in range(commits))
    finally:
        database.close()


def _commit(database: Database) -> float:
    row = {"id": os.urandom(16), "body": os.urandom(ROW)}
    start = perf_counter()
    with database.writing() as session:
        session.execute(text("INSERT INTO written VALUES (:id, :body)"), row)
    return perf_counter() - start
