"""The first tables.

A frozen copy: later changes of the models come as later revisions, never as edits here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("flow", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("handler_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("sheet_body", sa.LargeBinary(), nullable=False),
        sa.Column("sheet_key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(flow = 'complaint' AND state IN ('admissibility', 'closed', 'examination', 'founded', 'inadmissible', 'partly_founded', 'received', 'reconciled', 'referred', 'unfounded', 'waiting_for_service', 'withdrawn')) OR (flow = 'report' AND state IN ('advised_internal', 'assessment', 'closed', 'concluded', 'inadmissible', 'investigation', 'received', 'transmitted'))",
            name=op.f("ck_case_state_of_its_flow"),
        ),
        sa.CheckConstraint("length(handler_id) = 16", name=op.f("ck_case_handler_id_size")),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_case_id_size")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_case_version_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        sa.UniqueConstraint("reference", name=op.f("uq_case_reference")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_case_due_on_id"), "case", ["due_on", "id"], unique=False)
    op.create_index(
        op.f("ix_case_handler_id_received_on_id"),
        "case",
        ["handler_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_case_received_on_id"), "case", ["received_on", "id"], unique=False)
    op.create_index(
        op.f("ix_case_state_received_on_id"), "case", ["state", "received_on", "id"], unique=False
    )
    op.create_table(
        "mailbox_session",
        sa.Column("id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("purge_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(id) = 32", name=op.f("ck_mailbox_session_id_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailbox_session")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_mailbox_session_purge_on"), "mailbox_session", ["purge_on"], unique=False
    )
    op.create_table(
        "reference_counter",
        sa.Column("flow", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "flow IN ('complaint', 'report')", name=op.f("ck_reference_counter_flow_known")
        ),
        sa.CheckConstraint("last >= 1", name=op.f("ck_reference_counter_last_counts")),
        sa.PrimaryKeyConstraint("flow", "year", name=op.f("pk_reference_counter")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sign_in_throttle",
        sa.Column("name_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "length(name_hash) = 32", name=op.f("ck_sign_in_throttle_name_hash_size")
        ),
        sa.PrimaryKeyConstraint("name_hash", name=op.f("pk_sign_in_throttle")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_sign_in_throttle_wait_until"), "sign_in_throttle", ["wait_until"], unique=False
    )
    op.create_table(
        "staff",
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
        sa.CheckConstraint(
            "state = 'active' OR invited_until IS NOT NULL",
            name=op.f("ck_staff_invitation_expires"),
        ),
        sa.CheckConstraint(
            "state = 'invited' OR totp_sealed IS NOT NULL", name=op.f("ck_staff_active_has_totp")
        ),
        sa.CheckConstraint("state IN ('active', 'invited')", name=op.f("ck_staff_state_known")),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_staff_id_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_staff_login")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trail",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("actor_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint(
            "event IN ('case_acted_on', 'case_given_back', 'case_received', 'case_shared', 'case_taken', 'mailbox_deleted', 'note_added', 'office_founded', 'office_replied', 'person_enrolled', 'person_invited', 'reporter_wrote', 'roster_renewed', 'sign_in_failed', 'signed_in')",
            name=op.f("ck_trail_event_known"),
        ),
        sa.CheckConstraint(
            "event NOT IN ('case_received', 'mailbox_deleted', 'reporter_wrote') OR (at IS NULL AND actor_id IS NULL)",
            name=op.f("ck_trail_portal_by_day"),
        ),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_trail_id_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trail")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_trail_case_id_day"), "trail", ["case_id", "day"], unique=False)
    op.create_index(op.f("ix_trail_day"), "trail", ["day"], unique=False)
    op.create_table(
        "case_grant",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("holder_kind", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "holder_kind IN ('intake', 'person', 'recovery')",
            name=op.f("ck_case_grant_holder_kind_known"),
        ),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_case_grant_key_id_size")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_case_grant_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", "key_id", name=op.f("pk_case_grant")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_case_grant_key_id_case_id"), "case_grant", ["key_id", "case_id"], unique=False
    )
    op.create_index(
        op.f("ix_case_grant_key_id_received_on_case_id"),
        "case_grant",
        ["key_id", "received_on", "case_id"],
        unique=False,
    )
    op.create_table(
        "clock",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('acknowledgement', 'admissibility', 'feedback', 'news')",
            name=op.f("ck_clock_kind_known"),
        ),
        sa.CheckConstraint("due_on >= started_on", name=op.f("ck_clock_due_after_start")),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_clock_id_size")),
        sa.CheckConstraint("stopped_on >= started_on", name=op.f("ck_clock_stopped_after_start")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_clock_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_clock_case_id"), "clock", ["case_id"], unique=False)
    op.create_table(
        "identity",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.CheckConstraint("needed >= 1", name=op.f("ck_identity_needs_someone")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_identity_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_identity")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "intake_grant",
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_intake_grant_key_id_size")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_intake_grant_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("staff_id", "key_id", name=op.f("pk_intake_grant")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mailbox",
        sa.Column("locator", sa.LargeBinary(length=16), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("record_body", sa.LargeBinary(), nullable=False),
        sa.Column("record_key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(locator) = 16", name=op.f("ck_mailbox_locator_size")),
        sa.CheckConstraint("length(token_hash) = 32", name=op.f("ck_mailbox_token_hash_size")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_mailbox_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("locator", name=op.f("pk_mailbox")),
        sa.UniqueConstraint("case_id", name=op.f("uq_mailbox_case_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "message",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("case_key", sa.LargeBinary(), nullable=False),
        sa.Column("mailbox_key", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_message_id_size")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_message_position_counts")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_message_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_message_case_id_position")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "note",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("case_key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_note_id_size")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_note_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_note_case_id"), "note", ["case_id"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("staff_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(id) = 32", name=op.f("ck_staff_session_id_size")),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_session_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_session")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_staff_session_seen_at"), "staff_session", ["seen_at"], unique=False)
    op.create_index(op.f("ix_staff_session_staff_id"), "staff_session", ["staff_id"], unique=False)
    op.create_table(
        "transition",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("case_key", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "to_state IN ('admissibility', 'advised_internal', 'assessment', 'closed', 'concluded', 'examination', 'founded', 'inadmissible', 'investigation', 'partly_founded', 'received', 'reconciled', 'referred', 'transmitted', 'unfounded', 'waiting_for_service', 'withdrawn')",
            name=op.f("ck_transition_to_state_known"),
        ),
        sa.CheckConstraint("length(id) = 16", name=op.f("ck_transition_id_size")),
        sa.CheckConstraint("position >= 1", name=op.f("ck_transition_position_counts")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_transition_case_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_transition_case_id_position")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "identity_share",
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key_id) = 16", name=op.f("ck_identity_share_key_id_size")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["identity.case_id"],
            name=op.f("fk_identity_share_case_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("case_id", "key_id", name=op.f("pk_identity_share")),
        sqlite_with_rowid=False,
    )
