"""A process of fifty milestones and forty parties, and narrow terminals: still readable."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from definitions.calendar.dates import parse_date
from definitions.library import open_definition
from definitions.new_definition import draft
from tests.support.cli import PROCESS, Terminal, copied, folded
from tests.support.engine import Traject, World
from workflow.model.commands import Advance
from workflow.storage.database import Database

STYLE = re.compile(r"\x1b\[[0-9;]*m")
MILESTONES, PARTIES = 50, 40
LINES = (
    "status groot",
    "status groot --party gemeente-7",
    "explain groot voorstel-1",
    "due groot",
    "definitions show {file}",
    "member list groot",
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a definition of many milestones, all of them asked of many parties."""
    parties = tuple(f"gemeente-{number}" for number in range(1, PARTIES + 1))
    one = draft("groot", "Een groot traject", parties, "2021-01-01", "2023-01-01")
    head, milestone = one.split("milestones:\n")
    milestone, tail = milestone.split("\n\n", 1)
    many = "\n".join(
        milestone.replace("voorstel:", f"voorstel-{number}:", 1)
        for number in range(1, MILESTONES + 1)
    )
    file = tmp_path_factory.mktemp("large") / "groot.yaml"
    file.write_text(f"{head}milestones:\n{many}\n\n{tail}", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def large_file(file: Path, empty_file: Path) -> Path:
    """Return a database in which it was started and all but one of them moved; copy it."""
    database = copied(empty_file, file.parent)
    with Database(str(database)) as opened:
        traject = Traject(opened, open_definition(str(file)), World(), "groot")
        traject.start()
        day = parse_date("2021-02-01")
        traject.do_all(Advance(f"voorstel-{number}", day) for number in range(1, MILESTONES))
    return database


@pytest.fixture
def large(large_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Return a terminal on a process of many milestones that is well under way."""
    return Terminal(copied(large_file, tmp_path), capsys, World(people=1))


def test_fifty_milestones_and_forty_parties(large: Terminal, file: Path) -> None:
    """Every screen of it is readable, on terminals of any width and in a pipe."""
    for width in (40, 80, 200):
        for line in LINES:
            typed = line.format(file=file)
            for shown in (False, True):
                at = replace(large, width=width, shown=shown, environment={"NO_COLOR": "1"})
                lines = STYLE.sub("", at.does(typed)).splitlines()
                wide = [each for each in lines if len(each) > width and "mijlpaal " not in each]
                assert [] == [each for each in wide if len(each.split()) > 2]


def test_its_status_is_a_line_for_each_milestone(large: Terminal) -> None:
    """The table stays a table, with a bar of ten places for forty parties."""
    said = replace(large, width=80).does("status groot")
    rows = [line for line in said.splitlines() if line.startswith("voorstel-")]
    assert MILESTONES == len(rows)
    assert "voorstel-1   bij-de-raden   1 Feb 2021  [..........] 0 of 40" == rows[0]


def test_what_is_next_of_it_is_a_handful(large: Terminal) -> None:
    """Of much that can be done the first is shown, and where to see the rest."""
    said = large("status groot")
    after = said.out.partition("\nNext\n")[2]
    assert 15 > len([line for line in after.splitlines() if "mijlpaal" in line])
    assert "record groot voorstel-1 PARTY OUTCOME --on DATE" in said.to_fill_in
    assert "and 47 more: voorstel-3/raden, voorstel-4/raden, voorstel-5/raden," in folded(after)
    assert "voorstel-8/raden, … mijlpaal status groot --party gemeente-1" in folded(after)
    assert "status groot --party gemeente-1" in said.suggestions
    assert "status groot --role griffier" in said.suggestions


# --- what people type ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "line"),
    [
        (2, ("start", PROCESS, "--id", "met spatie")),
        (2, ("start", PROCESS, "--id", "met/streep")),
        (2, ("start", PROCESS, "--id", "../hoger")),
        (5, ("status", "met spatie")),
        (5, ("status", "met/streep")),
        (5, ("explain", PROCESS, "met spatie/of streep")),
        (5, ("due", "\x1b[31mrood")),
    ],
)
def test_an_id_that_is_none(started: Terminal, code: int, line: tuple[str, ...]) -> None:
    """An id with spaces, slashes or worse is refused with a sentence, and nothing steers."""
    for shown in (False, True):
        said = replace(started, told=shown).refused(code, *line)
        assert said.count("mijlpaal: ") == 1
        assert "\x1b[31mrood" not in said


def test_a_process_is_named_in_what_would_help(started: Terminal) -> None:
    """Advice names the process it was asked of, so that it can be typed."""
    started.does(f"advance {PROCESS} principebesluit --on 2020-12-01")
    line = f"record {PROCESS} principebesluit dordrecht ingestemd --on 2021-02-01 --reference x"
    started.does(line)
    said = folded(started.refused(4, line))
    assert f"mijlpaal correct {PROCESS} 5 --outcome OUTCOME --reason WHY" in said
    seat = folded(started.refused(4, f"member end {PROCESS} projectsecretaris secretaris"))
    assert f"mijlpaal member add {PROCESS} projectsecretaris NAME" in seat


def test_what_a_refusal_suggests_can_be_typed(started: Terminal) -> None:
    """The commands under a refusal work as they stand there."""
    started.does(f"advance {PROCESS} principebesluit --on 2020-12-01")
    refused = (
        f"advance {PROCESS} principebesluit",
        f"advance {PROCESS} principebesluit opnieuw",
        f"note {PROCESS} hello --as nobody",
        f"record {PROCESS} principebesluit dordrecht ingestemd --on 2020-11-02 --reference x",
    )
    followed = [started.follow(started(line)) for line in refused]
    assert [1, 1, 1, 2] == followed


def test_what_is_left_to_fill_in_is_all_that_is_missing(started: Terminal) -> None:
    """With its capitals filled in, every command for a role works for who holds the seat."""
    for party in ("dordrecht", "sliedrecht"):
        started.does(f"member add {PROCESS} griffier@{party} anna --on 2020-11-01")
    started.does(f"member add {PROCESS} werkgroepleider@werkgroep-1 anna --on 2020-11-01")
    for party in ("dordrecht", "sliedrecht"):
        started.does(f"member add {PROCESS} college@{party} anna --on 2020-11-01")
    started.does(f"advance {PROCESS} principebesluit --on 2020-12-01")
    brought = "principebesluit/raadsvoorstel bij-de-griffie --for dordrecht --reference x"
    started.does(f"task {PROCESS} {brought} --on 2020-12-01")
    for day in ("2020-12-02", "2020-12-03"):
        started.does(f"advance {PROCESS} hoofdlijnennotitie --on {day}")
    filled = {
        "PARTY": "sliedrecht",
        "GROUP": "werkgroep-1",
        "OUTCOME": "ingestemd",
        "RESULT": "gehouden",
        "DATE": "2021-02-01",
    }
    left = started(f"status {PROCESS}").to_fill_in
    assert 3 == len(left)
    for line in left:
        words = [filled.get(word, word) for word in line.split()]
        started.as_user("anna").does(*words, "--dry-run")


def test_it_lapses_in_one_go_and_says_once_how_far_it_is(terminal: Terminal) -> None:
    """After a batch of decisions on one request, one line says how many there are."""
    terminal.does("start zienswijze-regionale-visie --id visie")
    said = terminal.does("lapse visie")
    assert (7, 1) == (said.count("termijn-verstreken"), said.count("7 of 7 on record"))
    assert 1 == said.count(" of 7 on record")


def test_debug_shows_where(started: Terminal) -> None:
    """With --debug a refusal is raised as it is; without it, it is a sentence."""
    with pytest.raises(Exception, match="There is no process"):
        started("--debug", "status", "nope")
