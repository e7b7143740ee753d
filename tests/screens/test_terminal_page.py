"""The page of a terminal: the same words as the plain one, drawn; and nothing else gets through.

After a change that is meant, write the golden screens anew with ``UPDATE_GOLDEN=1``.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from definitions.language.text import text
from screens.page import Branch, Cell, Mark, Marked, Page, Place
from screens.terminal_page import TerminalPage
from terminal.runtime.setup import Setup
from tests.screens.test_golden import SCREENS, stored
from tests.support.cli import PROCESS, Terminal

COLOURS = {"TERM": "xterm-256color"}
TITLES = (text("WHO"), text("WHAT IT SAYS"))
TREE = Branch(
    holds=False,
    sign="no",
    said="gate “besluit”: it does not hold",
    children=(
        Branch(True, "yes", "date: 1 January has come"),
        Branch(False, "no", "decisions: 2 of 7", ("waiting for raad of oost, west",)),
    ),
)
STYLE = re.compile(r"\x1b\[[0-9;]*m")
DRAWN = {"status-as-of": 80, "explain-parts": 80, "explain-as-of": 40, "due": 200, "due-as-of": 40}
"""Screens that are stored as drawn, and the width of their terminal."""


def drawn(terminal: Terminal, width: int, **environment: str) -> Terminal:
    """Return a terminal that is one."""
    around = {**COLOURS, **environment}
    return replace(terminal, width=width, shown=True, environment=around)


def plain(screen: str) -> str:
    """Return a screen without its styles."""
    return STYLE.sub("", screen)


def words(screen: str) -> list[str]:
    """Return the words of a screen, without what is only drawn."""
    return sorted(_undrawn(screen).split())


def letters(screen: str) -> str:
    """Return the letters of a screen in order: a word may be broken that is wider than its line."""
    return "".join(_undrawn(screen).split())


def _undrawn(screen: str) -> str:
    bare = re.sub(r"\[[#.]+\]|[●○]+|[✓✗─│├└]", " ", plain(screen))
    return re.sub(r"\[(yes|no)\]", r"\1", bare)


# --- whole screens -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", DRAWN)
def test_a_screen_on_a_terminal(replayed: Terminal, name: str) -> None:
    """A whole screen as it is laid out on a terminal."""
    screen = plain(drawn(replayed, DRAWN[name]).does(SCREENS[name]))
    assert stored(f"terminal-{name}", screen) == screen


def test_a_screen_in_its_styles(replayed: Terminal) -> None:
    """A whole screen with its weights and colours."""
    screen = drawn(replayed, 80).does(SCREENS["status-half-way"])
    assert stored("terminal-styled", screen) == screen


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("name", SCREENS)
def test_both_pages_say_the_same(replayed: Terminal, name: str, width: int) -> None:
    """No word is said on a terminal only, or in a pipe only."""
    piped = replace(replayed, width=width).does(SCREENS[name])
    assert words(piped) == words(drawn(replayed, width).does(SCREENS[name]))


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_fits_its_terminal(replayed: Terminal, name: str, width: int) -> None:
    """Nothing but one long word or a command to copy is wider than the terminal."""
    lines = plain(drawn(replayed, width).does(SCREENS[name])).splitlines()
    wide = [line for line in lines if len(line) > width and "  mijlpaal " not in line]
    assert [] == [line for line in wide if len(line.split()) > 2]


def test_no_colour_where_none_is_wanted(replayed: Terminal) -> None:
    """NO_COLOR takes the colours away and leaves the layout."""
    line = SCREENS["status-half-way"]
    coloured = drawn(replayed, 80).does(line)
    without = drawn(replayed, 80, NO_COLOR="1").does(line)
    assert plain(coloured) == plain(without)
    assert {"\x1b[1m", "\x1b[2m", "\x1b[0m"} >= set(STYLE.findall(without))
    assert "\x1b[35mattested" in coloured


def test_a_refusal_is_drawn_where_messages_are_read(started: Terminal) -> None:
    """Results in a file and messages on a terminal: each gets its own page."""
    line = f"advance {PROCESS} principebesluit --attested"
    piped = started.refused(4, line)
    shown = replace(started, told=True, environment=COLOURS).refused(4, line)
    assert words(piped) == words(shown)
    said = replace(started, told=True, environment=COLOURS).does(f"status {PROCESS}")
    assert [] == STYLE.findall(said)


def test_a_gate_is_a_tree_in_a_refusal(started: Terminal) -> None:
    """Why something is refused is drawn as explain draws it."""
    started.does(f"advance {PROCESS} principebesluit --on 2020-12-01")
    terminal = replace(started, told=True, environment=COLOURS)
    said = plain(terminal.refused(4, f"advance {PROCESS} principebesluit"))
    assert "  ✗ no  gate “besluit”: it does not hold\n  └── ✗ no  decisions on" in said


# --- which page --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "terminal", "kind"),
    [
        (True, "xterm", TerminalPage),
        (True, "dumb", Page),
        (False, "xterm", Page),
    ],
)
def test_the_page_is_that_of_what_reads_it(shown: bool, terminal: str, kind: type[Page]) -> None:
    """A terminal gets a drawn page; a pipe, and a terminal that can do nothing, a plain one."""
    page = Setup(environment={"TERM": terminal}, shown=shown, locale=lambda: "").page
    assert kind is type(page)


# --- the parts ---------------------------------------------------------------------------------


def test_a_tree_has_guides() -> None:
    """What holds and what does not is in words and signs, under one another."""
    assert """\
  ✗ no  gate “besluit”: it does not hold
  ├── ✓ yes  date: 1 January has come
  └── ✗ no  decisions: 2 of 7
      waiting for raad of oost, west""" == plain(TerminalPage(width=60).tree(TREE))


BAR = [Place.DONE, Place.OPEN, Place.AGAINST]


def test_a_terminal_that_shows_ascii_only() -> None:
    """Where signs cannot be shown the words stand alone; what is drawn has none of its own."""
    page = TerminalPage(width=60, encoding="ascii")
    shown = page.tree(TREE) + page.bar(BAR) + page.table(TITLES, [["oost", "yes"]])
    said = {each for each in words(Page().tree(TREE)) if not each.isascii()}
    assert {each for each in words(shown) if not each.isascii()} == said
    assert words(Page().tree(TREE)) == words(page.tree(TREE).replace("+--", "").replace("`--", ""))
    assert "[#.x]" == page.bar(BAR)
    assert "●○✗" == TerminalPage(width=60).bar(BAR)


def test_a_table_has_a_rule_under_its_titles() -> None:
    """Columns stand as on a plain page, with a rule under the titles."""
    rows: list[list[Cell]] = [["oost", Marked("late: 3 days ago", Mark.LATE)], ["west", ""]]
    assert """\
WHO   WHAT IT SAYS
──────────────────────
oost  late: 3 days ago
west""" == plain(TerminalPage(width=60).table(TITLES, rows))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[bold]x[/bold] [/]", "[bold]x[/bold] [/]"),
        ("[link=https://x.example]y[/link]", "[link=https://x.example]y[/link]"),
        (":smile: :warning:", ":smile: :warning:"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("\x1b]8;;https://x.example\x1b\\y", "\\x1b]8;;https://x.example\\x1b\\y"),
        ("https://x.example/a?b=c 12 None True", "https://x.example/a?b=c 12 None True"),
    ],
)
def test_what_people_write_is_shown_as_it_is(written: str, shown: str) -> None:
    """Nothing that is written is taken for markup, a link, a picture or a colour."""
    page = TerminalPage(width=90, environment=COLOURS)
    assert shown == page.wrapped(written)
    assert f"\x1b[1m{shown}\x1b[0m" == page.wrapped(written, mark=Mark.HEADING)
    assert f"  ✓ yes  {shown}" == plain(page.tree(Branch(True, "yes", written)))
    assert shown == plain(page.table(TITLES[:1], [[written]])).splitlines()[-1]
    assert shown == plain(page.table(TITLES[:1], [[Marked(written, Mark.GOOD)]])).splitlines()[-1]


def test_a_command_is_never_folded() -> None:
    """A command to copy stands on one line, however narrow the terminal."""
    page = TerminalPage(width=20, environment=COLOURS)
    long = "a-process-with-a-long-name"
    assert f"  \x1b[36mmijlpaal status {long}\x1b[0m" == page.command("status", long)


@given(
    st.lists(st.text(st.characters(codec="latin-1"), max_size=40), min_size=2, max_size=6),
    st.integers(60, 200),
    st.sampled_from([None, *Mark]),
)
# Spelled out, nine of them are a word of 59 characters: more than a branch has room for.
@example(["", "0" * 23 + "\x1f" * 9], 60, None)
def test_any_text_is_said_alike_and_steers_nothing(
    said: list[str], width: int, mark: Mark | None
) -> None:
    """Whatever is written: both pages say it, and only styles reach the terminal."""
    rows = [[each, Marked(each, mark) if mark else each] for each in said]
    branch = Branch(True, "yes", said[0], tuple(said[1:]))
    pages = (Page(width=width), TerminalPage(width=width, environment=COLOURS))
    lines = [f"{page.wrapped(said[0], mark=mark)}\n{page.table(TITLES, rows)}" for page in pages]
    trees = [page.tree(branch) for page in pages]
    assert words(lines[0]) == words(lines[1])
    assert letters(trees[0]) == letters(trees[1])
    assert "\x1b" not in plain(lines[1] + trees[1])
