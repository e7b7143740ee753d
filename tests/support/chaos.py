"""How much chaos: ``make chaos SEED=… ROUNDS=…`` says it in the environment."""

import os

SEARCHING = bool(os.environ.get("MIJLPAAL_CHAOS_SEED"))
"""Whether somebody looks for faults, and not whether a change may pass."""
SEED = int(os.environ.get("MIJLPAAL_CHAOS_SEED") or 2022)
"""Where chance begins; the same seed does the same again."""
ROUNDS = int(os.environ.get("MIJLPAAL_CHAOS_ROUNDS") or 1)
"""How often what chance has a part in is repeated; 1 is the short run among the other tests."""
EVERYTHING = ROUNDS > 1
"""Whether every kind of command is tried, and not a few of them."""
REPEAT = f"make chaos SEED={SEED} ROUNDS={ROUNDS}"
"""How to do the same again."""
