"""Days: as sources write them, and as the Algemene termijnenwet counts them.

``dates`` reads a date as it was written (``datewords`` has the words), ``workdays`` counts in the
calendar of ``termijnenwet``, and ``zones`` knows the places whose clock a process can follow.
"""
