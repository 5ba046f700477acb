"""Alembic's way in: runs on the connection and in the transaction of the caller."""

from alembic import context

from cases.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
