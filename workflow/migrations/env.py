"""Alembic's environment: the connection comes from the caller, who owns the transaction."""

from alembic import context

from workflow.storage.indexes import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
