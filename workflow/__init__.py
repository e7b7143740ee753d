"""What *happened*: decisions, moves, tasks, and what follows from them.

A command goes through this package in one direction: ``commands`` (what is asked) → ``engine``
(one transaction) → ``deciding`` (may it be? pure) → ``events`` (what then happened) →
``folding`` (what follows) → ``storage`` (journal and tables). A query reads the tables, or the
journal folded to a date, into the read models of ``views``.
"""
