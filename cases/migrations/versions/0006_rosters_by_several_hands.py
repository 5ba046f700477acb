"""Rosters by several hands: what was in force here, who has read of it, who is to join or change.

What was in force is only added to: a trigger refuses to change or remove it, so that an older
roster is noticed. The trail learns of proposals; SQLite cannot change a constraint, so its table is
made anew there, with its triggers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_EVENT_KNOWN = "event IN ('case_acted_on', 'case_exported', 'case_given_back', 'case_opened', 'case_received', 'case_shared', 'case_taken', 'case_typed_in', 'day_passed', 'email_changed', 'file_cleaned', 'file_opened', 'file_scanned', 'mailbox_deleted', 'note_added', 'office_founded', 'office_replied', 'person_enrolled', 'person_invited', 'reference_data_edited', 'reporter_acted', 'reporter_wrote', 'roster_accepted', 'roster_acknowledged', 'roster_proposed', 'roster_renewed', 'roster_signed', 'service_answered', 'sign_in_failed', 'signed_in', 'signed_out', 'trail_read', 'trail_signed')"
_PORTAL_BY_DAY = "event NOT IN ('case_received', 'day_passed', 'mailbox_deleted', 'reporter_acted', 'reporter_wrote', 'service_answered') OR (at IS NULL AND actor_id IS NULL)"
_COLUMNS = "id, day, at, actor_id, event, case_id"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _remake()
        _refuse_on_sqlite("trail", "the trail is only added to")
        _add_tables()
        _refuse_on_sqlite("roster_seen", "what was in force is never changed")
    else:
        name = op.f("ck_trail_event_known")
        op.drop_constraint(name, "trail", type_="check")
        op.create_check_constraint(name, "trail", _EVENT_KNOWN)
        _add_tables()
        _refuse_on_postgresql("roster_seen", "what was in force is never changed")


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
    op.create_table('roster_seen',
    sa.Column('serial', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('fingerprint', sa.LargeBinary(length=32), nullable=False),
    sa.CheckConstraint('length(fingerprint) = 32', name=op.f('ck_roster_seen_fingerprint_size')),
    sa.CheckConstraint('serial >= 1', name=op.f('ck_roster_seen_serial_counts')),
    sa.PrimaryKeyConstraint('serial', name=op.f('pk_roster_seen')),
    sqlite_with_rowid=False
    )
    op.create_table('roster_acknowledgement',
    sa.Column('staff_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('serial', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('fingerprint', sa.LargeBinary(length=32), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.CheckConstraint('length(fingerprint) = 32', name=op.f('ck_roster_acknowledgement_fingerprint_size')),
    sa.CheckConstraint('serial >= 1', name=op.f('ck_roster_acknowledgement_serial_counts')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_roster_acknowledgement_staff_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', 'serial', name=op.f('pk_roster_acknowledgement')),
    sqlite_with_rowid=False
    )
    op.create_table('proposed_person',
    sa.Column('fingerprint', sa.LargeBinary(length=32), nullable=False),
    sa.Column('staff_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('login', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('roles', sa.String(length=120), nullable=False),
    sa.Column('wrapped_seed', sa.LargeBinary(), nullable=True),
    sa.Column('public_key', sa.LargeBinary(), nullable=True),
    sa.Column('intake_box', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('(wrapped_seed IS NULL) = (public_key IS NULL)', name=op.f('ck_proposed_person_somebody_new_has_a_key')),
    sa.CheckConstraint('length(fingerprint) = 32', name=op.f('ck_proposed_person_fingerprint_size')),
    sa.CheckConstraint('length(staff_id) = 16', name=op.f('ck_proposed_person_staff_id_size')),
    sa.PrimaryKeyConstraint('fingerprint', 'staff_id', name=op.f('pk_proposed_person')),
    sqlite_with_rowid=False
    )


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
