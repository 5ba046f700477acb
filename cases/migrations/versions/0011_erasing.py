"""The day on which a case is to be erased, a hold, and the list of those that were.

SQLite cannot change a constraint, so the trail is made anew there, with its triggers. Cases that
were closed before have no day until somebody chooses one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_EVENT_KNOWN = "event IN ('case_acted_on', 'case_erased', 'case_exported', 'case_given_back', 'case_handed_over', 'case_key_changed', 'case_opened', 'case_received', 'case_recovered', 'case_regranted', 'case_shared', 'case_taken', 'case_typed_in', 'day_passed', 'email_changed', 'factor_reset_approved', 'factor_reset_asked', 'factor_reset_used', 'file_cleaned', 'file_opened', 'file_scanned', 'identity_approved', 'identity_asked', 'identity_read', 'identity_refused', 'identity_request_ended', 'identity_shares_dealt', 'intake_key_destroyed', 'intake_key_proposed', 'mailbox_deleted', 'note_added', 'office_founded', 'office_replied', 'passkey_added', 'passkey_removed', 'passphrase_changed', 'person_enrolled', 'person_excluded', 'person_invited', 'person_restored', 'person_suspended', 'recovery_code_used', 'recovery_codes_made', 'recovery_key_used', 'reference_data_edited', 'reporter_acted', 'reporter_wrote', 'roster_accepted', 'roster_acknowledged', 'roster_proposed', 'roster_renewed', 'roster_signed', 'service_answered', 'sessions_ended', 'shares_dealt', 'sign_in_failed', 'signed_in', 'signed_out', 'totp_changed', 'trail_read', 'trail_signed')"
_PORTAL_BY_DAY = "event NOT IN ('case_received', 'day_passed', 'mailbox_deleted', 'reporter_acted', 'reporter_wrote', 'service_answered') OR (at IS NULL AND actor_id IS NULL AND subject_id IS NULL)"
_TRAIL_COLUMNS = "id, day, at, actor_id, event, case_id, subject_id"
_ERASED = "what was erased stays on the list"


def upgrade() -> None:
    op.add_column("case", sa.Column("erase_on", sa.Date(), nullable=True))
    op.add_column(
        "case", sa.Column("on_hold", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index(op.f("ix_case_erase_on_id"), "case", ["erase_on", "id"], unique=False)
    _add_table()
    if op.get_bind().dialect.name == "sqlite":
        _refuse_on_sqlite("erased_case", _ERASED)
        _remake_trail()
        _refuse_on_sqlite("trail", "the trail is only added to")
    else:
        _refuse_on_postgresql("erased_case", _ERASED)
        name = op.f("ck_trail_event_known")
        op.drop_constraint(name, "trail", type_="check")
        op.create_check_constraint(name, "trail", _EVENT_KNOWN)


def _add_table() -> None:
    op.create_table(
        "erased_case",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(case_id) = 16", name=op.f("ck_erased_case_case_id_size")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_erased_case")),
        sqlite_with_rowid=False,
    )


def _remake_trail() -> None:
    op.create_table(
        "new_trail",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("subject_id", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint(_EVENT_KNOWN, name=op.f("ck_trail_event_known")),
        sa.CheckConstraint(_PORTAL_BY_DAY, name=op.f("ck_trail_portal_by_day")),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_trail_id_size")),
        sa.CheckConstraint("length(subject_id) = 16", name=op.f("ck_trail_subject_id_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail")),
        sqlite_with_rowid=False,
    )
    op.execute(f'INSERT INTO "new_trail" ({_TRAIL_COLUMNS}) SELECT {_TRAIL_COLUMNS} FROM "trail"')
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


def _refuse_on_postgresql(table: str, said: str) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{said}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for event, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH {each} "
            f"EXECUTE FUNCTION {table}_is_append_only()"
        )
