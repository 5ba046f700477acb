"""The three flows as the office works them: consultations, reminders, reference data.

SQLite cannot change a constraint: tables with a list of codes are made anew there and filled from
the old ones, with foreign keys off meanwhile (`Database.migrate` sees to that and checks them
after). Triggers make the day of receipt and every step of a case final: appeal periods depend on
them.
"""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, columns in _REMADE.items():
            _remake(name, columns)
        _make_final_on_sqlite()
    else:
        _alter_in_place()
        _make_final_on_postgresql()
    op.add_column("staff", sa.Column("email", sa.String(length=254), nullable=True))
    _add_tables()


def _remake(name: str, columns: str) -> None:
    """The table anew, under another name until the old one is gone: children keep pointing to it."""
    _TABLES[name](f"new_{name}")
    op.execute(f'INSERT INTO "new_{name}" ({columns}) SELECT {columns} FROM "{name}"')
    op.drop_table(name)
    op.rename_table(f"new_{name}", name)
    for index, indexed in _INDEXES.get(name, {}).items():
        op.create_index(op.f(index), name, indexed, unique=False)


def _case(name: str) -> None:
    op.create_table(name,
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('reference', sa.String(length=40), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('handler_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('sheet_body', sa.LargeBinary(), nullable=False),
    sa.Column('sheet_key', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("(flow = 'complaint' AND state IN ('admissibility', 'closed', 'documents', 'examination', 'founded', 'inadmissible', 'partly_founded', 'received', 'reconciled', 'referred', 'suspended', 'transmitted', 'unfounded', 'waiting_for_service', 'withdrawn')) OR (flow = 'report' AND state IN ('advised_internal', 'assessment', 'closed', 'concluded', 'dismissed', 'inadmissible', 'investigation', 'received', 'routing', 'transmitted')) OR (flow = 'protection' AND state IN ('assessment', 'closed', 'inadmissible', 'justification', 'justified', 'not_linked', 'received', 'reprisal', 'withdrawn'))", name=op.f('ck_case_state_of_its_flow')),
    sa.CheckConstraint('length(handler_id) = 16', name=op.f('ck_case_handler_id_size')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_case_id_size')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_case_version_counts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case')),
    sa.UniqueConstraint('reference', name=op.f('uq_case_reference')),
    sqlite_with_rowid=False
    )


def _reference_counter(name: str) -> None:
    op.create_table(name,
    sa.Column('flow', sa.String(length=40), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.CheckConstraint("flow IN ('complaint', 'protection', 'report')", name=op.f('ck_reference_counter_flow_known')),
    sa.CheckConstraint('last >= 1', name=op.f('ck_reference_counter_last_counts')),
    sa.PrimaryKeyConstraint('flow', 'year', name=op.f('pk_reference_counter')),
    sqlite_with_rowid=False
    )


def _trail(name: str) -> None:
    op.create_table(name,
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('actor_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('event', sa.String(length=40), nullable=False),
    sa.Column('case_id', sa.LargeBinary(length=16), nullable=True),
    sa.CheckConstraint("event IN ('case_acted_on', 'case_given_back', 'case_received', 'case_shared', 'case_taken', 'case_typed_in', 'day_passed', 'email_changed', 'mailbox_deleted', 'note_added', 'office_founded', 'office_replied', 'person_enrolled', 'person_invited', 'reference_data_edited', 'reporter_acted', 'reporter_wrote', 'roster_renewed', 'service_answered', 'sign_in_failed', 'signed_in')", name=op.f('ck_trail_event_known')),
    sa.CheckConstraint("event NOT IN ('case_received', 'day_passed', 'mailbox_deleted', 'reporter_acted', 'reporter_wrote', 'service_answered') OR (at IS NULL AND actor_id IS NULL)", name=op.f('ck_trail_portal_by_day')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_trail_id_size')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trail')),
    sqlite_with_rowid=False
    )


def _clock(name: str) -> None:
    op.create_table(name,
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('case_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('stopped_on', sa.Date(), nullable=True),
    sa.Column('suspended_on', sa.Date(), nullable=True),
    sa.Column('extended_on', sa.Date(), nullable=True),
    sa.Column('subject_id', sa.LargeBinary(length=16), nullable=True),
    sa.CheckConstraint("kind IN ('acknowledgement', 'admissibility', 'consultation', 'feedback', 'news', 'recommendation', 'service_first')", name=op.f('ck_clock_kind_known')),
    sa.CheckConstraint('due_on >= started_on', name=op.f('ck_clock_due_after_start')),
    sa.CheckConstraint('extended_on >= started_on', name=op.f('ck_clock_extended_after_start')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_clock_id_size')),
    sa.CheckConstraint('length(subject_id) = 16', name=op.f('ck_clock_subject_id_size')),
    sa.CheckConstraint('stopped_on >= started_on', name=op.f('ck_clock_stopped_after_start')),
    sa.CheckConstraint('suspended_on >= started_on', name=op.f('ck_clock_suspended_after_start')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_clock_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock')),
    sqlite_with_rowid=False
    )


def _transition(name: str) -> None:
    op.create_table(name,
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('case_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('to_state', sa.String(length=40), nullable=False),
    sa.Column('automatic', sa.String(length=40), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.Column('case_key', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint("automatic IN ('service_day_passed')", name=op.f('ck_transition_automatic_known')),
    sa.CheckConstraint("to_state IN ('admissibility', 'advised_internal', 'assessment', 'closed', 'concluded', 'dismissed', 'documents', 'examination', 'founded', 'inadmissible', 'investigation', 'justification', 'justified', 'not_linked', 'partly_founded', 'received', 'reconciled', 'referred', 'reprisal', 'routing', 'suspended', 'transmitted', 'unfounded', 'waiting_for_service', 'withdrawn')", name=op.f('ck_transition_to_state_known')),
    sa.CheckConstraint('(automatic IS NULL) = (body IS NOT NULL) AND (body IS NULL) = (case_key IS NULL)', name=op.f('ck_transition_sealed_unless_automatic')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_transition_id_size')),
    sa.CheckConstraint('position >= 1', name=op.f('ck_transition_position_counts')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_transition_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transition')),
    sa.UniqueConstraint('case_id', 'position', name=op.f('uq_transition_case_id_position')),
    sqlite_with_rowid=False
    )


_TABLES: dict[str, Callable[[str], None]] = {
    "case": _case,
    "reference_counter": _reference_counter,
    "trail": _trail,
    "clock": _clock,
    "transition": _transition,
}
# What each held before this revision.
_REMADE = {
    "case": "id, flow, state, received_on, reference, version, handler_id, due_on, sheet_body, sheet_key",
    "reference_counter": "flow, year, last",
    "trail": "id, day, at, actor_id, event, case_id",
    "clock": "id, case_id, kind, started_on, due_on, stopped_on",
    "transition": "id, case_id, position, day, to_state, body, case_key",
}
_INDEXES = {
    "case": {
        "ix_case_due_on_id": ['due_on', 'id'],
        "ix_case_handler_id_received_on_id": ['handler_id', 'received_on', 'id'],
        "ix_case_received_on_id": ['received_on', 'id'],
        "ix_case_state_received_on_id": ['state', 'received_on', 'id'],
    },
    "trail": {
        "ix_trail_case_id_day": ['case_id', 'day'],
        "ix_trail_day": ['day'],
    },
    "clock": {
        "ix_clock_case_id": ['case_id'],
        "ix_clock_stopped_on_due_on": ['stopped_on', 'due_on'],
    },
}


def _alter_in_place() -> None:
    for table, column in (("transition", "body"), ("transition", "case_key")):
        op.alter_column(table, column, nullable=True)
    op.add_column("transition", sa.Column("automatic", sa.String(length=40), nullable=True))
    for column in ("suspended_on", "extended_on"):
        op.add_column("clock", sa.Column(column, sa.Date(), nullable=True))
    op.add_column("clock", sa.Column("subject_id", sa.LargeBinary(length=16), nullable=True))
    op.create_index(op.f("ix_clock_stopped_on_due_on"), "clock", ["stopped_on", "due_on"])
    for table, checks in _CHANGED.items():
        for name, condition in checks.items():
            op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
            op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)
    for table, checks in _ADDED.items():
        for name, condition in checks.items():
            op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


_CHANGED = {
    "case": {
        "state_of_its_flow": "(flow = 'complaint' AND state IN ('admissibility', 'closed', 'documents', 'examination', 'founded', 'inadmissible', 'partly_founded', 'received', 'reconciled', 'referred', 'suspended', 'transmitted', 'unfounded', 'waiting_for_service', 'withdrawn')) OR (flow = 'report' AND state IN ('advised_internal', 'assessment', 'closed', 'concluded', 'dismissed', 'inadmissible', 'investigation', 'received', 'routing', 'transmitted')) OR (flow = 'protection' AND state IN ('assessment', 'closed', 'inadmissible', 'justification', 'justified', 'not_linked', 'received', 'reprisal', 'withdrawn'))",
    },
    "reference_counter": {
        "flow_known": "flow IN ('complaint', 'protection', 'report')",
    },
    "trail": {
        "event_known": "event IN ('case_acted_on', 'case_given_back', 'case_received', 'case_shared', 'case_taken', 'case_typed_in', 'day_passed', 'email_changed', 'mailbox_deleted', 'note_added', 'office_founded', 'office_replied', 'person_enrolled', 'person_invited', 'reference_data_edited', 'reporter_acted', 'reporter_wrote', 'roster_renewed', 'service_answered', 'sign_in_failed', 'signed_in')",
        "portal_by_day": "event NOT IN ('case_received', 'day_passed', 'mailbox_deleted', 'reporter_acted', 'reporter_wrote', 'service_answered') OR (at IS NULL AND actor_id IS NULL)",
    },
    "clock": {
        "kind_known": "kind IN ('acknowledgement', 'admissibility', 'consultation', 'feedback', 'news', 'recommendation', 'service_first')",
    },
    "transition": {
        "to_state_known": "to_state IN ('admissibility', 'advised_internal', 'assessment', 'closed', 'concluded', 'dismissed', 'documents', 'examination', 'founded', 'inadmissible', 'investigation', 'justification', 'justified', 'not_linked', 'partly_founded', 'received', 'reconciled', 'referred', 'reprisal', 'routing', 'suspended', 'transmitted', 'unfounded', 'waiting_for_service', 'withdrawn')",
    },
}
_ADDED = {
    "clock": {
        "suspended_after_start": 'suspended_on >= started_on',
        "extended_after_start": 'extended_on >= started_on',
        "subject_id_size": 'length(subject_id) = 16',
    },
    "transition": {
        "automatic_known": "automatic IN ('service_day_passed')",
        "sealed_unless_automatic": '(automatic IS NULL) = (body IS NOT NULL) AND (body IS NULL) = (case_key IS NULL)',
    },
}


_FINAL = {
    "transition_is_final": ("transition", "UPDATE", "", "a step of a case is never changed"),
    "case_receipt_is_final": (
        "case",
        "UPDATE OF flow, received_on",
        "WHEN (NEW.flow <> OLD.flow OR NEW.received_on <> OLD.received_on)",
        "the flow and the day of receipt are never changed",
    ),
}


def _make_final_on_sqlite() -> None:
    for name, (table, event, condition, said) in _FINAL.items():
        op.execute(
            f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" FOR EACH ROW {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )


def _make_final_on_postgresql() -> None:
    for name, (table, event, condition, said) in _FINAL.items():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; "
            f"END $$"
        )
        op.execute(
            f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" FOR EACH ROW {condition} '
            f"EXECUTE FUNCTION {name}()"
        )


def _add_tables() -> None:
    op.create_table('reference_edit',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('body', sa.Text(), nullable=True),
    sa.CheckConstraint('length(actor_id) = 16', name=op.f('ck_reference_edit_actor_id_size')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_reference_edit_id_size')),
    sa.CheckConstraint('position >= 1', name=op.f('ck_reference_edit_position_counts')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_edit')),
    sa.UniqueConstraint('kind', 'key', 'position', name=op.f('uq_reference_edit_kind_key_position')),
    sqlite_with_rowid=False
    )
    op.create_table('consultation',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('case_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=True),
    sa.Column('record_body', sa.LargeBinary(), nullable=True),
    sa.Column('record_key', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint("state IN ('answered', 'open', 'withdrawn')", name=op.f('ck_consultation_state_known')),
    sa.CheckConstraint('(token_hash IS NULL) = (record_body IS NULL) AND (record_body IS NULL) = (record_key IS NULL)', name=op.f('ck_consultation_words_and_record')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_consultation_id_size')),
    sa.CheckConstraint('length(token_hash) = 32', name=op.f('ck_consultation_token_hash_size')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_consultation_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_consultation_case_id'), 'consultation', ['case_id'], unique=False)
    op.create_table('consultation_message',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('consultation_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('case_key', sa.LargeBinary(), nullable=False),
    sa.Column('service_key', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_consultation_message_id_size')),
    sa.CheckConstraint('position >= 1', name=op.f('ck_consultation_message_position_counts')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_consultation_message_consultation_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_message')),
    sa.UniqueConstraint('consultation_id', 'position', name=op.f('uq_consultation_message_consultation_id_position')),
    sqlite_with_rowid=False
    )
    op.create_table('reminder',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('clock_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('raised_on', sa.Date(), nullable=False),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_reminder_id_size')),
    sa.ForeignKeyConstraint(['clock_id'], ['clock.id'], name=op.f('fk_reminder_clock_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('clock_id', 'stage', name=op.f('uq_reminder_clock_id_stage')),
    sqlite_with_rowid=False
    )
    op.create_table('reminder_mail',
    sa.Column('reminder_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('staff_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('mailed_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['reminder_id'], ['reminder.id'], name=op.f('fk_reminder_mail_reminder_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_reminder_mail_staff_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('reminder_id', 'staff_id', name=op.f('pk_reminder_mail')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_reminder_mail_staff_id'), 'reminder_mail', ['staff_id'], unique=False)
