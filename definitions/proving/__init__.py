"""The proof of a definition: what can happen in it, and whether every way of it ends.

``proof`` is asked, and answers with a ``verdict``: plain data, which ``wording`` puts into words.
Nothing here knows a process that runs: a definition is proved before one does.
"""
