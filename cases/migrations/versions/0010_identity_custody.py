"""Requests to open an identity, and what each custodian answered."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('identity_request',
    sa.Column('id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('case_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('asker_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('needed', sa.Integer(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=False),
    sa.Column('read_on', sa.Date(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('case_key', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("state IN ('asked', 'expired', 'granted', 'over', 'refused', 'withdrawn')", name=op.f('ck_identity_request_state_known')),
    sa.CheckConstraint('expires_on >= asked_on', name=op.f('ck_identity_request_expires_after_asking')),
    sa.CheckConstraint('length(asker_id) = 16', name=op.f('ck_identity_request_asker_id_size')),
    sa.CheckConstraint('length(id) = 16', name=op.f('ck_identity_request_id_size')),
    sa.CheckConstraint('needed >= 1', name=op.f('ck_identity_request_needs_someone')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_identity_request_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity_request')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_identity_request_case_id'), 'identity_request', ['case_id'], unique=False)
    op.create_index(op.f('ix_identity_request_state_expires_on'), 'identity_request', ['state', 'expires_on'], unique=False)
    op.create_table('identity_request_reader',
    sa.Column('request_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('key_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=False),
    sa.Column('mailed_on', sa.Date(), nullable=True),
    sa.CheckConstraint('length(key_id) = 16', name=op.f('ck_identity_request_reader_key_id_size')),
    sa.ForeignKeyConstraint(['request_id'], ['identity_request.id'], name=op.f('fk_identity_request_reader_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('request_id', 'key_id', name=op.f('pk_identity_request_reader')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_identity_request_reader_key_id'), 'identity_request_reader', ['key_id'], unique=False)
    op.create_table('identity_answer',
    sa.Column('request_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('custodian_id', sa.LargeBinary(length=16), nullable=False),
    sa.Column('approved', sa.Boolean(), nullable=False),
    sa.Column('box', sa.LargeBinary(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('case_key', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint('length(custodian_id) = 16', name=op.f('ck_identity_answer_custodian_id_size')),
    sa.ForeignKeyConstraint(['request_id'], ['identity_request.id'], name=op.f('fk_identity_answer_request_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('request_id', 'custodian_id', name=op.f('pk_identity_answer')),
    sqlite_with_rowid=False
    )
