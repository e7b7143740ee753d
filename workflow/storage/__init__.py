"""The journal and the tables, in SQLite or PostgreSQL. Only here is SQLAlchemy known.

``tables`` is the schema, ``database`` the connection and its settings, ``store`` every
statement, ``upgrading`` the migrations (and with them Alembic, imported only there).
"""
