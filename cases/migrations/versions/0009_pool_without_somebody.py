"""A pool without somebody, a new key for a case, and a new key for intake.

Where one of the intake staff must not read a case, each of the others holds it by name. What a
step of a case says is never changed; the key of its envelope may be sealed anew. While the intake
key changes, its people hold two: each grant says since which roster its key is in force. Every grant
that is there already is of the first roster's key, because no command could change it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_HOLDER_KIND_KNOWN = "holder_kind IN ('intake', 'person', 'pool_member', 'recovery')"
_COLUMNS = "case_id, key_id, holder_kind, received_on, box"
_SAID = "a step of a case is never changed"
_FINAL = "UPDATE OF id, case_id, position, day, to_state, automatic, body"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _remake_case_grant()
        _remake_intake_grant()
        op.execute("DROP TRIGGER transition_is_final")
        op.execute(
            f'CREATE TRIGGER transition_is_final BEFORE {_FINAL} ON "transition" FOR EACH ROW '
            f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
        )
    else:
        name = op.f("ck_case_grant_holder_kind_known")
        op.drop_constraint(name, "case_grant", type_="check")
        op.create_check_constraint(name, "case_grant", _HOLDER_KIND_KNOWN)
        op.execute('DROP TRIGGER transition_is_final ON "transition"')
        op.execute(
            f'CREATE TRIGGER transition_is_final BEFORE {_FINAL} ON "transition" FOR EACH ROW '
            f"EXECUTE FUNCTION transition_is_final()"
        )
        _extend_intake_grant()


def _remake_intake_grant() -> None:
    op.create_table('new_intake_grant',
    sa.Column('staff_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('key_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('since', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('granted_on', sa.Date(), nullable=True),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('length(key_id) = 16', name=op.f('ck_intake_grant_key_id_size')),
    sa.CheckConstraint('since >= 1', name=op.f('ck_intake_grant_since_counts')),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_intake_grant_staff_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('staff_id', 'key_id', 'since', name=op.f('pk_intake_grant')),
    sqlite_with_rowid=False
    )
    op.execute(
        'INSERT INTO "new_intake_grant" (staff_id, key_id, since, box) '
        'SELECT staff_id, key_id, 1, box FROM "intake_grant"'
    )
    op.drop_table("intake_grant")
    op.rename_table("new_intake_grant", "intake_grant")


def _extend_intake_grant() -> None:
    op.add_column("intake_grant", sa.Column("granted_on", sa.Date(), nullable=True))
    op.add_column("intake_grant", sa.Column("since", sa.Integer(), nullable=True))
    op.execute("UPDATE intake_grant SET since = 1")
    op.alter_column("intake_grant", "since", nullable=False)
    op.drop_constraint(op.f("pk_intake_grant"), "intake_grant", type_="primary")
    columns = ["staff_id", "key_id", "since"]
    op.create_primary_key(op.f("pk_intake_grant"), "intake_grant", columns)
    name = op.f("ck_intake_grant_since_counts")
    op.create_check_constraint(name, "intake_grant", "since >= 1")


def _remake_case_grant() -> None:
    op.create_table('new_case_grant',
    sa.Column('case_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('key_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('holder_kind', sa.String(length=40), nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint(_HOLDER_KIND_KNOWN, name=op.f('ck_case_grant_holder_kind_known')),
    sa.CheckConstraint('length(key_id) = 16', name=op.f('ck_case_grant_key_id_size')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_grant_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('case_id', 'key_id', name=op.f('pk_case_grant')),
    sqlite_with_rowid=False
    )
    op.execute(
        f'INSERT INTO "new_case_grant" ({_COLUMNS}) SELECT {_COLUMNS} FROM "case_grant"'
    )
    op.drop_table("case_grant")
    op.rename_table("new_case_grant", "case_grant")
    op.create_index(op.f('ix_case_grant_key_id_case_id'), 'case_grant', ['key_id', 'case_id'], unique=False)
    op.create_index(op.f('ix_case_grant_key_id_received_on_case_id'), 'case_grant', ['key_id', 'received_on', 'case_id'], unique=False)
