"""The trail is a chain, is only added to, and knows who opened what.

What is there already joins the chain in the order of days, moments and ids. Triggers refuse to
change or remove an entry, a link or a signature. SQLite cannot change a constraint: the table of
entries is made anew there; whoever makes it anew again makes its triggers again, too.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_EVENT_KNOWN = "event IN ('case_acted_on', 'case_exported', 'case_given_back', 'case_opened', 'case_received', 'case_shared', 'case_taken', 'case_typed_in', 'day_passed', 'email_changed', 'file_cleaned', 'file_opened', 'file_scanned', 'mailbox_deleted', 'note_added', 'office_founded', 'office_replied', 'person_enrolled', 'person_invited', 'reference_data_edited', 'reporter_acted', 'reporter_wrote', 'roster_renewed', 'service_answered', 'sign_in_failed', 'signed_in', 'signed_out', 'trail_read', 'trail_signed')"
_PORTAL_BY_DAY = "event NOT IN ('case_received', 'day_passed', 'mailbox_deleted', 'reporter_acted', 'reporter_wrote', 'service_answered') OR (at IS NULL AND actor_id IS NULL)"
_COLUMNS = "id, day, at, actor_id, event, case_id"
_APPEND_ONLY = ("trail", "trail_link", "trail_signature")
_BATCH = 1000


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if on_sqlite:
        _remake()
    else:
        name = op.f("ck_trail_event_known")
        op.drop_constraint(name, "trail", type_="check")
        op.create_check_constraint(name, "trail", _EVENT_KNOWN)
    _add_tables()
    _link_what_is_there()
    for table in _APPEND_ONLY:
        (_append_only_on_sqlite if on_sqlite else _append_only_on_postgresql)(table)


def _remake() -> None:
    op.create_table('new_trail',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('actor_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('event', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.LargeBinary(length=16), nullable=True),
    sa.CheckConstraint(_EVENT_KNOWN, name=op.f('ck_trail_event_known')),
    sa.CheckConstraint(_PORTAL_BY_DAY, name=op.f('ck_trail_portal_by_day')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_trail_id_size')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trail')),
    sqlite_with_rowid=False
    )
    op.execute(f'INSERT INTO "new_trail" ({_COLUMNS}) SELECT {_COLUMNS} FROM "trail"')
    op.drop_table('trail')
    op.rename_table('new_trail', 'trail')
    op.create_index(op.f('ix_trail_case_id_day'), 'trail', ['case_id', 'day'], unique=False)
    op.create_index(op.f('ix_trail_day'), 'trail', ['day'], unique=False)


def _add_tables() -> None:
    op.create_table('trail_link',
    sa.Column('position', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('entry_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.CheckConstraint('length(digest) = 32', name=op.f('ck_trail_link_digest_size')),
    sa.CheckConstraint('length(entry_id) = 16', name=op.f('ck_trail_link_entry_id_size')),
    sa.CheckConstraint('position >= 1', name=op.f('ck_trail_link_position_counts')),
    sa.PrimaryKeyConstraint('position', name=op.f('pk_trail_link')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_trail_link_entry_id')),
    sqlite_with_rowid=False
    )
    op.create_table('trail_signature',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('signer_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('signature', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('length(digest) = 32', name=op.f('ck_trail_signature_digest_size')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_trail_signature_id_size')),
    sa.CheckConstraint('length(signature) = 64', name=op.f('ck_trail_signature_signature_size')),
    sa.CheckConstraint('position >= 1', name=op.f('ck_trail_signature_position_counts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trail_signature')),
    sqlite_with_rowid=False
    )


def _link_what_is_there() -> None:
    bind, digest = op.get_bind(), bytes(32)
    entries = bind.execute(_entries()).fetchall()
    for start in range(0, len(entries), _BATCH):
        rows = []
        for position, entry in enumerate(entries[start : start + _BATCH], start=start + 1):
            digest = _digest(position, digest, entry)
            rows.append({"position": position, "entry_id": entry.id, "digest": digest})
        bind.execute(_LINKS.insert(), rows)


def _entries() -> sa.Select[bytes, date, datetime | None, bytes | None, str, bytes | None]:
    at = _TRAIL.c.at
    return sa.select(_TRAIL).order_by(_TRAIL.c.day, at.nulls_first(), _TRAIL.c.id)


_TRAIL = sa.table(
    "trail",
    sa.column("id", sa.LargeBinary),
    sa.column("day", sa.Date),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("actor_id", sa.LargeBinary),
    sa.column("event", sa.String),
    sa.column("case_id", sa.LargeBinary),
)
_LINKS = sa.table(
    "trail_link",
    sa.column("position", sa.Integer),
    sa.column("entry_id", sa.LargeBinary),
    sa.column("digest", sa.LargeBinary),
)


def _digest(position: int, previous: bytes, entry: sa.Row[*tuple[object, ...]]) -> bytes:
    """As `cases.domain.trail_chain` did when this was written: what was linked stays linked so."""
    digest = sha256()
    for part in _parts(position, previous, entry):
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.digest()


def _parts(position: int, previous: bytes, entry: sa.Row[*tuple[object, ...]]) -> Iterator[bytes]:
    yield b"zegel/v1/trail/link"
    yield position.to_bytes(8, "big")
    yield previous
    yield entry.id
    yield entry.day.isoformat().encode()
    yield _moment(entry.at)
    yield entry.actor_id or b""
    yield entry.event.encode()
    yield entry.case_id or b""


def _moment(at: datetime | None) -> bytes:
    if at is None:
        return b""
    # SQLite forgets the zone; what is stored is UTC.
    aware = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    return aware.isoformat(timespec="microseconds").encode()


def _append_only_on_sqlite(table: str) -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH ROW "
            f"BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
        )


def _append_only_on_postgresql(table: str) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION 'the trail is only added to' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for event, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH {each} "
            f"EXECUTE FUNCTION {table}_is_append_only()"
        )
