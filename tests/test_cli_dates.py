"""Dates on the command line: a griffier's ways of writing them, and the words for today."""

from datetime import UTC, datetime

import pytest

from tests.support.cli import PROCESS, Terminal, folded

MIDNIGHT_PASSED = datetime(2021, 3, 16, 23, 30, tzinfo=UTC)
"""Half past midnight of the 17th, by the calendar of the process."""
AT_MIDNIGHT = [
    ("vandaag", "2021-03-17"),
    ("gisteren", "2021-03-16"),
    ("Yesterday", "2021-03-16"),
    ("16 mrt. 2021", "16 mrt. 2021"),
    ("21-1-2021/26-1-2021", "21-1-2021/26-1-2021"),
    ("medio februari 2021", "medio februari 2021"),
]


@pytest.fixture
def at_midnight(terminal: Terminal) -> Terminal:
    """A process that runs, in the night in which it is another day here than in UTC."""
    terminal.world.now = MIDNIGHT_PASSED
    terminal.does(f"start {PROCESS}")
    return terminal


@pytest.mark.parametrize(("written", "kept"), AT_MIDNIGHT)
def test_a_date_is_kept_in_its_words_and_today_as_the_day_it_is(
    at_midnight: Terminal, written: str, kept: str
) -> None:
    """By the calendar of the process; “vandaag” never stands in the journal."""
    at_midnight.does("note", PROCESS, "Besproken.", "--on", written)
    entry = at_midnight.data(f"history {PROCESS}")["entries"][-1]
    assert kept == entry["effective"]


@pytest.mark.parametrize(
    "line",
    [
        "status {0} --as-of gisteren",
        "due {0} --as-of vandaag --known-at today",
        "definitions graph --process {0} --as-of yesterday",
        "remind list {0} --from vandaag --to overmorgen",
        "remind list --from gisteren --to morgen",
        "remind preview {0} --from vandaag --to morgen",
        "member add {0} lezer anna --on vandaag --until morgen --dry-run",
        "replan {0} inwerkingtreding.in-werking morgen --reason later --on vandaag --dry-run",
        "start verkenning-samenwerking --on gisteren --dry-run",
    ],
)
def test_today_can_be_typed_wherever_a_date_can(at_midnight: Terminal, line: str) -> None:
    """Every option that takes a date takes the words for one."""
    assert 0 == at_midnight(line.format(PROCESS)).code


def test_a_definition_begins_on_the_day_it_is(terminal: Terminal) -> None:
    """The file has the day, which is the same when it is read tomorrow."""
    terminal.world.now = MIDNIGHT_PASSED
    line = "definitions new plan.yaml --title Plan --party Oost --begins gisteren --dry-run"
    assert "begins: 2021-03-16 " in terminal.does(line)


def test_a_file_has_no_today(terminal: Terminal) -> None:
    """It is read on other days too: the refusal says to write the day itself."""
    terminal.does(f"start {PROCESS}")
    facts = terminal.file.with_name("facts.yaml")
    facts.write_text(
        f"process: {PROCESS}\nfacts:\n"
        "  - {id: een, on: vandaag, note: Besproken., source: de notulen}\n"
    )
    err = folded(terminal.refused(3, f"replay {facts}"))
    assert "“vandaag” is not a date. Which day that is depends on when it is read:" in err


def test_what_cannot_be_read_is_answered_with_the_ways_there_are(terminal: Terminal) -> None:
    """On the command line also the words for today."""
    terminal.does(f"start {PROCESS}")
    ways = folded(terminal.refused(2, f"note {PROCESS} Besproken. --on straks"))
    assert (
        "“straks” is not a date. Write a day (2021-03-16, 16-3-2021, 16 March 2021), a month"
        in ways
    )
    assert "or “unknown”. Here it can also be today, yesterday or tomorrow." in ways


def test_who_asks_for_yesterday_is_nobody(terminal: Terminal) -> None:
    """``--as gisteren`` would show today; what was meant is ``--as-of gisteren``."""
    terminal.does(f"start {PROCESS}")
    err = folded(terminal.refused(2, f"status {PROCESS} --as gisteren"))
    assert "Did you mean --as-of gisteren?" in err
