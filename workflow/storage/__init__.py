"""The journal and the tables, in SQLite or PostgreSQL. Only here is SQLAlchemy known.

``tables`` is the schema, ``database`` the connection and its settings, ``upgrading`` the migrations
(and with them Alembic, imported only there).

What is asked of processes stands in ``reading``, in SQL of our own: whoever only asks looks at an
SQLite file through ``sqlite_file``, and needs no SQLAlchemy. What a command sends beside that
stands in ``store``, and about reminders in ``reminders``. Both send changes by way of ``changes``.
Whoever needs a database for something else has statements of their own: ``copying`` and ``health``.
"""
