"""How much chaos: ``make chaos SEED=… ROUNDS=…`` says it in the environment."""

import os
from collections import Counter
from collections.abc import Callable

import pytest

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

Tried = Callable[[str, int], None]
"""Notes the faults that a test tried, and their number."""
CAMPAIGN = "campaign/"
"""How the properties of a report begin that say so."""


def tried_by(item: pytest.Item) -> Tried:
    """Return a function that notes a test's faults in its report."""

    def note(what: str, number: int) -> None:
        item.user_properties.append((CAMPAIGN + what, number))

    return note


def campaign(terminal: pytest.TerminalReporter) -> str:
    """Return how many of each kind all tests tried together."""
    numbers: Counter[str] = Counter()
    for reports in terminal.stats.values():
        for report in reports:
            if getattr(report, "when", None) == "call":
                for name, number in report.user_properties:
                    if name.startswith(CAMPAIGN):
                        numbers[name.removeprefix(CAMPAIGN)] += number
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(numbers.items()))
    return f"Campaign: {told or 'nothing'}."
