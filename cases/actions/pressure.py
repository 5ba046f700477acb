"""Adding to the counts of waiting and cut-off visitors."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from cases.database import Database
from cases.domain.pressure import Pressure
from cases.errors import DatabaseUnusable

# Several processes count at once; nothing of it may be lost, and none may fail for the other.
_ADD = text(
    "INSERT INTO pressure_count (day, kind, times) VALUES (:day, :kind, :times)"
    " ON CONFLICT (day, kind) DO UPDATE SET times = pressure_count.times + excluded.times"
)


def add(database: Database, counts: Mapping[tuple[date, Pressure], int]) -> bool:
    """Add what one process counted, in a transaction of its own; False where it cannot be now."""
    try:
        with database.writing() as session:
            for (day, kind), times in sorted(counts.items()):
                session.execute(_ADD, {"day": day, "kind": kind.value, "times": times})
    except (DatabaseUnusable, OperationalError):
        return False
    return True
