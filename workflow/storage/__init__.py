"""The journal and the tables, in SQLite or PostgreSQL. Only here is SQLAlchemy known.

``tables`` is the schema, ``database`` the connection and its settings, ``upgrading`` the migrations
(and with them Alembic, imported only there).

``reading`` has every query about processes, in plain SQL: a query reads an SQLite file through
``sqlite_file``, without SQLAlchemy. ``store`` has the other statements of a command, and
``reminders`` those about reminders; both send their changes through ``changes``. ``copying`` and
``health`` have statements of their own.
"""
