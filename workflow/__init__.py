"""What *happened*: decisions, moves, tasks, and what follows from them.

A command goes through this package in one direction: ``engine`` opens a ``unit_of_work`` (one
transaction) → ``decide`` (is it admitted? pure) → events (what then happened) → ``rules.fold``
(what follows) → ``storage`` (journal and tables). A query reads the tables, or the journal folded
to a date, into the read models of ``views``.

Each room imports only from those to its right:

``people`` > ``engine`` > ``unit_of_work``, ``verify`` > ``reminders`` > ``queries`` > ``decide``,
``views``, ``storage``, ``facts`` > ``rules`` > ``model``
"""
