"""Whether a command is admitted, and which events then happen. Pure.

``dispatch`` hands a command to the module that is called as the command is; ``case`` is what each
of them starts from. No clock, no database, no environment.
"""
