"""Files that go with the steps of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('evidence',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('case_id', sa.LargeBinary(length=16), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('stored_size', sa.BigInteger(), nullable=True),
    sa.Column('day', sa.Date(), nullable=False),
    sa.CheckConstraint("(case_id IS NULL) = (state = 'pending') AND (case_id IS NULL) = (stored_size IS NULL)", name=op.f('ck_evidence_kept_with_a_case')),
    sa.CheckConstraint("state IN ('kept', 'pending')", name=op.f('ck_evidence_state_known')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_evidence_id_size')),
    sa.CheckConstraint('stored_size >= 1', name=op.f('ck_evidence_stored_size_counts')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_evidence_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_evidence_case_id'), 'evidence', ['case_id'], unique=False)
    op.create_index(op.f('ix_evidence_state_day'), 'evidence', ['state', 'day'], unique=False)
