"""What a process *is*: vocabulary, loader, checks, and the shipped processes themselves.

A process is a YAML file. The path of a file through this package:

``yamltree`` (plain data with positions) → ``schema`` (shape; ``shape_errors`` words its faults) →
``structures`` (what one extends is filled in) and ``soundness`` (of the state machine by
itself) → ``compiling`` with ``tasks``, ``requests``, ``gates`` and ``dues`` (names looked up in
one ``scope``, slots filled in) → ``checking`` (can it work at all?) → ``model`` (what the engine
reads). ``loading`` runs a file along this path, ``library`` finds the file, and ``faults`` are
gathered on the way.

Below all of that, and for every package: ``language`` (texts for people) and ``calendar`` (days, as
written and as counted).
"""
