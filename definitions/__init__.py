"""What a process *is*: vocabulary, loader, checks, and the shipped processes themselves.

A process is a YAML file. The path of a file through this package:

``loading`` (YAML to plain data with positions) → ``schema`` (shape) → ``compiling``
(names resolved, structures filled in) → ``checking`` (can it work at all?) → ``model``
(what the engine reads).
"""
