"""How often visitors had to wait or were cut off, by day."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pressure_count',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('asked_to_wait', 'cut_off')", name=op.f('ck_pressure_count_kind_known')),
    sa.CheckConstraint('times >= 1', name=op.f('ck_pressure_count_times_count')),
    sa.PrimaryKeyConstraint('day', 'kind', name=op.f('pk_pressure_count')),
    sqlite_with_rowid=False
    )
