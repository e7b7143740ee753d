"""The main screens of the replayed process, whole, as they are stored in ``golden/``.

After a change that is meant, write them anew with ``UPDATE_GOLDEN=1 pytest tests/screens`` and
look at the difference.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.cli import PROCESS, Terminal

GOLDEN = Path(__file__).parent / "golden"
FIRST = 40
"""How many lines of a long screen are kept."""

SCREENS = {
    "status": f"status {PROCESS}",
    "status-as-of": f"status {PROCESS} --as-of 2021-02-15",
    "status-half-way": f"status {PROCESS} --as-of 2021-04-15",
    "status-all": "status",
    "explain": f"explain {PROCESS} principebesluit",
    "explain-as-of": f"explain {PROCESS} principebesluit --as-of 2021-02-15",
    "explain-tasks": f"explain {PROCESS} concepttekst opleveren --as-of 2021-04-15",
    "explain-parts": f"explain {PROCESS} concepttekst in-route --as-of 2021-04-15",
    "due": f"due {PROCESS}",
    "due-as-of": f"due {PROCESS} --as-of 2021-02-15",
    "members": f"member list {PROCESS}",
    "verify": "verify",
    "definitions-list": "definitions list",
    "definitions-show": f"definitions show {PROCESS}",
}
NARROW = ("status", "status-as-of", "status-all", "explain-as-of", "due", "definitions-list")


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen(replayed: Terminal, name: str) -> None:
    """A whole screen is what is stored, to the letter."""
    assert stored(name, replayed.does(SCREENS[name])) == replayed.does(SCREENS[name])


@pytest.mark.parametrize("name", NARROW)
def test_a_screen_of_eighty_columns(replayed: Terminal, name: str) -> None:
    """The same screens on a terminal of eighty columns."""
    narrow = replace(replayed, width=80)
    assert stored(f"{name}-80", narrow.does(SCREENS[name])) == narrow.does(SCREENS[name])


def test_the_first_lines_of_history(replayed: Terminal) -> None:
    """The journal begins with the start, the seats and the first facts."""
    lines = replayed.does(f"history {PROCESS}").splitlines(keepends=True)
    assert stored("history", "".join(lines[:FIRST])) == "".join(lines[:FIRST])


def test_the_last_lines_of_history(replayed: Terminal) -> None:
    """The journal ends with what is not proved and where to look."""
    out = replayed.does(f"history {PROCESS}")
    end = f"\nNot proved: 12 moves. What is missing:\n  mijlpaal status {PROCESS}\n"
    assert end == out[-len(end) :]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100])
@pytest.mark.parametrize("name", SCREENS)
def test_no_line_is_too_long(replayed: Terminal, name: str, width: int) -> None:
    """Nothing but one long word or a command to copy is wider than the page."""
    lines = replace(replayed, width=width).does(SCREENS[name]).splitlines()
    wide = [line for line in lines if len(line) > width and "  mijlpaal " not in line]
    assert [] == [line for line in wide if len(line.split()) > 2]


@pytest.mark.parametrize("name", SCREENS)
def test_no_line_ends_in_space(replayed: Terminal, name: str) -> None:
    """What is aligned is not padded at its end."""
    lines = replayed.does(SCREENS[name]).splitlines()
    assert [] == [line for line in lines if line != line.rstrip()]


def stored(name: str, screen: str) -> str:
    """Return the screen that is stored under a name."""
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(screen, encoding="utf-8")
    return file.read_text(encoding="utf-8")
