"""The journal and the tables, in SQLite or PostgreSQL. Only here is SQLAlchemy known.

``tables`` is the schema, ``database`` the connection and its settings, ``upgrading`` the migrations
(and with them Alembic, imported only there).

Commands and queries send what stands in ``store``, and about reminders what stands in
``reminders``; both send changes by way of ``changes``. Whoever needs a database for something else
has statements of their own: ``copying`` and ``health``, and ``glance`` for the tab key.
"""
