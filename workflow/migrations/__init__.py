"""Alembic's migrations of the schema; ``env`` runs them on a connection it is given."""
