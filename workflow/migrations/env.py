"""Alembic's environment: the connection comes from the caller, who owns the transaction."""

from alembic import context

from workflow.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
