"""What the custodians' shares did, on the trail: the key used, a case given, new shares dealt.

SQLite cannot change a constraint, so the table is made anew there, with its triggers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_EVENT_KNOWN = "event IN ('case_acted_on', 'case_exported', 'case_given_back', 'case_opened', 'case_received', 'case_recovered', 'case_shared', 'case_taken', 'case_typed_in', 'day_passed', 'email_changed', 'file_cleaned', 'file_opened', 'file_scanned', 'mailbox_deleted', 'note_added', 'office_founded', 'office_replied', 'person_enrolled', 'person_invited', 'recovery_key_used', 'reference_data_edited', 'reporter_acted', 'reporter_wrote', 'roster_accepted', 'roster_acknowledged', 'roster_proposed', 'roster_renewed', 'roster_signed', 'service_answered', 'shares_dealt', 'sign_in_failed', 'signed_in', 'signed_out', 'trail_read', 'trail_signed')"
_PORTAL_BY_DAY = "event NOT IN ('case_received', 'day_passed', 'mailbox_deleted', 'reporter_acted', 'reporter_wrote', 'service_answered') OR (at IS NULL AND actor_id IS NULL)"
_COLUMNS = "id, day, at, actor_id, event, case_id"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _remake()
        _refuse_on_sqlite("trail", "the trail is only added to")
    else:
        name = op.f("ck_trail_event_known")
        op.drop_constraint(name, "trail", type_="check")
        op.create_check_constraint(name, "trail", _EVENT_KNOWN)


def _remake() -> None:
    op.create_table(
        "new_trail",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint(_EVENT_KNOWN, name=op.f("ck_trail_event_known")),
        sa.CheckConstraint(_PORTAL_BY_DAY, name=op.f("ck_trail_portal_by_day")),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_trail_id_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail")),
        sqlite_with_rowid=False,
    )
    op.execute(f'INSERT INTO "new_trail" ({_COLUMNS}) SELECT {_COLUMNS} FROM "trail"')
    op.drop_table("trail")
    op.rename_table("new_trail", "trail")
    op.create_index(op.f("ix_trail_case_id_day"), "trail", ["case_id", "day"], unique=False)
    op.create_index(op.f("ix_trail_day"), "trail", ["day"], unique=False)


def _refuse_on_sqlite(table: str, said: str) -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH ROW "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
