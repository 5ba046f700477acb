"""What people sign in with: passkeys, recovery codes, a lost factor; who is suspended.

SQLite cannot change a constraint: the trail and the people are made anew there, with foreign keys
off meanwhile (`Database.migrate` sees to that and checks them after).
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_EVENT_KNOWN = "event IN ('case_acted_on', 'case_exported', 'case_given_back', 'case_handed_over', 'case_key_changed', 'case_opened', 'case_received', 'case_recovered', 'case_regranted', 'case_shared', 'case_taken', 'case_typed_in', 'day_passed', 'email_changed', 'factor_reset_approved', 'factor_reset_asked', 'factor_reset_used', 'file_cleaned', 'file_opened', 'file_scanned', 'identity_approved', 'identity_asked', 'identity_read', 'identity_refused', 'identity_request_ended', 'identity_shares_dealt', 'intake_key_destroyed', 'intake_key_proposed', 'mailbox_deleted', 'note_added', 'office_founded', 'office_replied', 'passkey_added', 'passkey_removed', 'passphrase_changed', 'person_enrolled', 'person_excluded', 'person_invited', 'person_restored', 'person_suspended', 'recovery_code_used', 'recovery_codes_made', 'recovery_key_used', 'reference_data_edited', 'reporter_acted', 'reporter_wrote', 'roster_accepted', 'roster_acknowledged', 'roster_proposed', 'roster_renewed', 'roster_signed', 'service_answered', 'sessions_ended', 'shares_dealt', 'sign_in_failed', 'signed_in', 'signed_out', 'totp_changed', 'trail_read', 'trail_signed')"
_PORTAL_BY_DAY = "event NOT IN ('case_received', 'day_passed', 'mailbox_deleted', 'reporter_acted', 'reporter_wrote', 'service_answered') OR (at IS NULL AND actor_id IS NULL AND subject_id IS NULL)"
_TRAIL_COLUMNS = "id, day, at, actor_id, event, case_id"
_STATE_KNOWN = "state IN ('active', 'invited', 'suspended')"
_INVITATION_EXPIRES = "state <> 'invited' OR invited_until IS NOT NULL"
_STAFF_COLUMNS = "id, login, name, roles, state, wrapped_seed, public_key, totp_sealed, totp_last_step, invited_until, email"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _remake_trail()
        _refuse_on_sqlite("trail", "the trail is only added to")
        _remake_staff()
    else:
        _change("trail", "event_known", _EVENT_KNOWN)
        op.add_column("trail", sa.Column("subject_id", sa.LargeBinary(length=16), nullable=True))
        op.create_check_constraint(
            op.f("ck_trail_subject_id_size"), "trail", "length(subject_id) = 16"
        )
        _change("trail", "portal_by_day", _PORTAL_BY_DAY)
        _change("staff", "state_known", _STATE_KNOWN)
        _change("staff", "invitation_expires", _INVITATION_EXPIRES)
        # Whoever has a passkey needs no one-time codes.
        op.drop_constraint(op.f("ck_staff_active_has_totp"), "staff", type_="check")
    _add_tables()


def _change(table: str, constraint: str, condition: str) -> None:
    name = op.f(f"ck_{table}_{constraint}")
    op.drop_constraint(name, table, type_="check")
    op.create_check_constraint(name, table, condition)


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


def _remake_staff() -> None:
    op.create_table(
        "new_staff",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("roles", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("wrapped_seed", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=False),
        sa.Column("invited_until", sa.Date(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.CheckConstraint(_INVITATION_EXPIRES, name=op.f("ck_staff_invitation_expires")),
        sa.CheckConstraint(_STATE_KNOWN, name=op.f("ck_staff_state_known")),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_staff_id_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
        sqlite_with_rowid=False,
    )
    op.execute(f'INSERT INTO "new_staff" ({_STAFF_COLUMNS}) SELECT {_STAFF_COLUMNS} FROM "staff"')
    op.drop_table("staff")
    op.rename_table("new_staff", "staff")


def _add_tables() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_challenge", sa.BigInteger(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_passkey_id_size")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_passkey_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_passkey_staff_id"), "passkey", ["staff_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("length(digest) = 32", name=op.f("ck_recovery_code_digest_size")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_recovery_code_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", "digest", name=op.f("pk_recovery_code")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "factor_reset",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_factor_reset_id_size")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_factor_reset_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_reset")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_factor_reset_staff_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "factor_reset_approval",
        sa.Column("reset_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("approver_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "length(approver_id) = 16", name=op.f("ck_factor_reset_approval_approver_id_size")
        ),
        sa.ForeignKeyConstraint(
            ["reset_id"],
            ["factor_reset.id"],
            name=op.f("fk_factor_reset_approval_reset_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("reset_id", "approver_id", name=op.f("pk_factor_reset_approval")),
        sqlite_with_rowid=False,
    )


def _refuse_on_sqlite(table: str, said: str) -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH ROW "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
