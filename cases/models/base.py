"""What all rows share: names of constraints, kinds of columns, random ids.

Every table is WITHOUT ROWID on SQLite: SQLite's hidden row number would tell in which order the
rows of different tables were written, and so at which time, where only a day may be known.
"""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    LargeBinary,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, mapped_column

ID_SIZE = 16
DIGEST_SIZE = 32
KEY_ID_SIZE = 16
NAME_SIZE = 40  # characters of a state, a role, an event

WITHOUT_ROWID = {"sqlite_with_rowid": False}


class Base(DeclarativeBase):
    """Root of the mapped classes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. For what staff do; the portal stores days."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a naive moment is a bug of the caller."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite forgets the zone; what is stored is UTC."""
        if value is not None and value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value


def new_id() -> bytes:
    """16 random bytes: an id tells nothing of order or time."""
    return os.urandom(ID_SIZE)


Id = Annotated[bytes, mapped_column(LargeBinary(ID_SIZE))]
KeyId = Annotated[bytes, mapped_column(LargeBinary(KEY_ID_SIZE))]
Digest = Annotated[bytes, mapped_column(LargeBinary(DIGEST_SIZE))]
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
Name = Annotated[str, mapped_column(String(NAME_SIZE))]
Day = Annotated[date, mapped_column(Date)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]


def sized(column: str, size: int) -> CheckConstraint:
    """The column holds exactly `size` bytes (or is null)."""
    return CheckConstraint(f"length({column}) = {size}", name=f"{column}_size")


def one_of(column: str, values: Iterable[StrEnum]) -> CheckConstraint:
    """The column holds one of the values (or is null)."""
    return CheckConstraint(f"{column} IN ({listed(values)})", name=f"{column}_known")


def listed(values: Iterable[StrEnum]) -> str:
    """The values as SQL literals; they come from the program's own tables only."""
    return ", ".join(f"'{value.value}'" for value in sorted(values))
