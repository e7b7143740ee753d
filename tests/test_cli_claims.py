"""A word on a screen is a claim: it says no more than is on record."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.cli import PROCESS, Terminal, folded
from workflow.model.state import State
from workflow.storage import reading
from workflow.storage.database import Connection

GOAL = """\
id: zwembad
version: 1
title: {nl: Zwembad, en: Swimming pool}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: {date: 2028-01-01, what: {nl: in werking, en: in force}}
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad]}
roles: {secretaris: {may: [advance, stop]}}
starter: [secretaris]
instruments: {stemming: {ja: for, nee: against}}
structures:
  besluit:
    states: [open, klaar, gestopt]
    final: {good: [klaar], bad: [gestopt]}
    slots: [dag]
    transitions:
      af: {from: open, to: klaar, gate: {slot: dag}}
      stoppen: {from: open, to: gestopt, explicit: true}
milestones:
  een: {structure: besluit, gates: {dag: {date: 2021-02-01}}}
  twee: {structure: besluit, gates: {dag: {date: 2021-02-01}}}
"""
"""A process whose end says nothing of its goal: the gates look at a day only."""


PARK = """\
id: park
version: 1
title: {nl: Park, en: Park}
timezone: Europe/Amsterdam
begins: 2022-01-03
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad, college]}
    west: {name: West, kind: gemeente, bodies: [raad, college]}
    zuid: {name: Zuid, kind: gemeente, bodies: [raad, college]}
roles: {secretaris: {may: [advance, stop, record-on-behalf, task, note, replan, party]}}
starter: [secretaris]
instruments: {stemming: {ja: for, nee: against, aangehouden: pending}}
structures:
  besluit:
    states: [gepland, open, getroffen, aanpassing, klaar, gestopt]
    final: {good: [klaar], bad: [gestopt]}
    slots: [dag, akkoord]
    transitions:
      openen: {from: gepland, to: open, opens: round, gate: {slot: dag}}
      treffen: {from: open, to: getroffen, gate: {slot: akkoord}}
      aanpassen: {from: open, to: aanpassing, explicit: true}
      opnieuw: {from: aanpassing, to: open, opens: round}
      sluiten: {from: getroffen, to: klaar}
      stoppen: {from: [gepland, open, aanpassing], to: gestopt, explicit: true}
milestones:
  besluit:
    structure: besluit
    due: {getroffen: 2022-05-10}
    requests:
      raden: {of: each raad, instrument: stemming, in: [open], due: 2022-04-15}
      colleges:
        of: each college
        instrument: stemming
        in: [open]
        after: {request: raden, of: own, counts: for}
        due: 2022-07-15
    gates:
      dag: {date: 2022-02-01}
      akkoord: {request: colleges, rule: all, counts: for}
"""
"""Councils first, then their colleges; a round can be opened again."""


@pytest.fixture
def pool(terminal: Terminal, tmp_path: Path) -> Terminal:
    """A process with a goal in 2028, begun in January 2021."""
    file = tmp_path / "zwembad.yaml"
    file.write_text(GOAL)
    terminal.does(f"start {file}")
    return terminal


@pytest.fixture
def park(terminal: Terminal, tmp_path: Path) -> Terminal:
    """A process whose first round was opened on 1 February 2022; it is 20 May."""
    file = tmp_path / "park.yaml"
    file.write_text(PARK)
    terminal.world.it_is("2022-05-20")
    terminal.does(f"start {file}")
    terminal.does("advance park besluit openen --on 2022-02-01")
    return terminal


def test_a_process_that_ended_says_nothing_of_its_goal_but_what_it_was(pool: Terminal) -> None:
    """All was over in February 2021; that it is in force on 1 January 2028, nobody recorded."""
    pool.does("advance zwembad een --on 2021-02-01")
    assert "ended" not in pool.does("status zwembad").lower()

    pool.does("advance zwembad twee --on 2021-02-02")
    said = folded(pool.does("status zwembad"))
    assert "Ended on Tue 2 February 2021; the goal was Sat 1 January 2028: in force." in said
    assert "1 Jan 2028; ended 2 Feb 2021" in folded(pool.does("status"))
    assert "eached" not in said
    dutch = folded(pool.does("status zwembad --lang nl"))
    assert "Afgerond op di 2 februari 2021; het doel was za 1 januari 2028: in werking." in dutch
    goal = pool.data("status zwembad")["goal"]
    assert ("2021-02-02", [], True) == (goal["ended_on"], goal["given_up"], goal["proved"])
    assert (None, None, False) == (goal["of"], goal["reached_on"], goal["out_of_reach"])


def test_what_was_given_up_is_said_where_a_process_ended(pool: Terminal) -> None:
    """A process can end without any of it, and then has no goal that is still to come."""
    pool.does("advance zwembad een --on 2021-02-01")
    pool.does("advance zwembad twee stoppen --on 2021-03-01 --remark Sneeuw")
    said = folded(pool.does("status zwembad"))
    assert "Ended on Mon 1 March 2021, with twee given up; the goal was Sat 1 January" in said
    assert ["twee"] == pool.data("status zwembad")["goal"]["given_up"]


def test_what_a_move_rests_on_is_not_read_of_what_is_asked_after_it(park: Terminal) -> None:
    """The gate into the state held; of the decisions asked there is none."""
    lines = park.does("status park").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("MILESTONE"))
    titles, row = lines[at : at + 2]
    assert ["MILESTONE", "STATE", "SINCE", "MOVE"] == titles.split()[:4]
    assert "proved" in row
    assert "decided" not in row
    dutch = park.does("status park --lang nl")
    assert "OVERGANG" in dutch
    assert "bewezen" in dutch
    assert "besloten" not in dutch
    assert "decided" == park.data("status park")["milestones"][0]["basis"]


def _table(screen: str) -> list[str]:
    """Return the rows of the milestones in a status, each folded on one line."""
    lines = screen.splitlines()
    first = next(at for at, line in enumerate(lines) if line.startswith("MILESTONE")) + 1
    last = next(at for at in range(first, len(lines)) if not lines[at])
    return [folded(line) for line in lines[first:last]]


def test_every_open_request_has_its_bar_and_what_is_late_has_its_name(park: Terminal) -> None:
    """Councils first: one is late, and the colleges have until 15 July."""
    for council in ("oost.raad", "west.raad"):
        park.does(f"record park besluit {council} ja --on 2022-03-01 --reference lijst")
    wide = replace(park, width=160)
    assert [
        "besluit open 1 Feb 2022 proved [...] 0 of 3 colleges 15 Jul 2022, in 56 days",
        "[##.] 2 of 3 raden 15 Apr 2022, late: 35 days ago",
        "getroffen: 10 May 2022, late: 10 days ago",
    ] == _table(wide.does("status park"))

    park.does("record park besluit zuid.raad ja --on 2022-04-20 --reference lijst")
    assert [
        "besluit open 1 Feb 2022 proved [...] 0 of 3 colleges 15 Jul 2022, in 56 days",
        "[###] 3 of 3 raden",
        "getroffen: 10 May 2022, late: 10 days ago",
    ] == _table(wide.does("status park"))


def test_a_narrow_page_says_of_one_milestone_all_that_is_asked(park: Terminal) -> None:
    """Where there is no room for columns, no second request is read as a second milestone."""
    lines = replace(park, width=36).does("status park").splitlines()
    at = lines.index("besluit")
    assert [
        "  STATE: open",
        "  SINCE: 1 Feb 2022",
        "  MOVE: proved",
        "  DECISIONS: [...] 0 of 3 colleges",
        "  DUE: 15 Jul 2022, in 56 days",
        "  DECISIONS: [...] 0 of 3 raden",
        "  DUE: 15 Apr 2022, late: 35 days",
        "    ago",
    ] == lines[at + 1 : at + 9]


def test_a_second_round_says_that_it_is_one_and_what_the_first_came_to(park: Terminal) -> None:
    """Two for and one against in round 1; in round 2 nothing is known yet."""
    assert "opens round 1" in park.does("history park")
    for council, outcome in (("oost", "ja"), ("west", "ja"), ("zuid", "nee")):
        park.does(f"record park besluit {council}.raad {outcome} --on 2022-03-01 --reference x")
    assert "round 1" not in park.does("status park")
    assert "opens" not in park.does("advance park besluit aanpassen --on 2022-05-12")
    tried = folded(park.does("advance park besluit opnieuw --on 2022-05-13 --dry-run"))
    said = folded(park.does("advance park besluit opnieuw --on 2022-05-13"))
    for receipt in (tried, said):
        assert "This opens round 2. Decisions of an earlier round stay on record" in receipt

    status = folded(park.does("status park"))
    assert "[...] 0 of 3 raden, round 2" in status
    assert "besluit/raden, round 1: 2 for, 1 against (zuid.raad: nee, Tue 1 March 2022)" in status
    assert "besluit/colleges, round 1: no decision known" in status
    assert "ronde 2" in park.does("status park --lang nl")
    assert "It is in round 2" in park.does("explain park besluit")
    [raden, _] = park.data("status park")["milestones"][0]["requests"]
    [first] = raden["earlier"]
    assert (2, 1, ["ja", "ja", "nee"]) == (
        raden["round"],
        first["round"],
        [each["outcome"] for each in first["given"]],
    )
    then = folded(park.does("status park --as-of 2022-05-13"))
    assert "besluit/raden, round 1: 2 for" in then


def test_the_journal_says_which_round_a_move_opened(park: Terminal) -> None:
    """In JSON with the entry of the move; none where it is withdrawn."""
    park.does("advance park besluit aanpassen --on 2022-05-12")
    park.does("advance park besluit opnieuw --on 2022-05-13")
    opened = {
        each["seq"]: each["opens_round"]
        for each in park.data("history park")["entries"]
        if each["opens_round"]
    }
    assert {3: 1, 5: 2} == opened
    park.does("correct park 5 --withdraw --reason vergissing")
    opened = {each["seq"]: each["opens_round"] for each in park.data("history park")["entries"]}
    assert (1, None) == (opened[3], opened[5])


def test_what_earlier_rounds_came_to_is_read_only_where_there_are_any(
    park: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A status of a first round asks the database nothing more."""
    asked: list[str] = []
    read = reading.with_past_rounds

    def counted(connection: Connection, process: str, state: State) -> State:
        asked.append(process)
        return read(connection, process, state)

    monkeypatch.setattr(reading, "with_past_rounds", counted)
    park.does("status park")
    assert [] == asked
    park.does("advance park besluit aanpassen --on 2022-05-12")
    park.does("advance park besluit opnieuw --on 2022-05-13")
    park.does("status park --party oost")
    assert [] == asked
    park.does("status park")
    assert ["park"] == asked


def test_a_term_of_what_was_given_up_is_not_called_done(park: Terminal) -> None:
    """Nobody did it: it is no longer asked. What was decided before is done."""
    for council in ("oost", "west", "zuid"):
        park.does(f"record park besluit {council}.raad ja --on 2022-03-01 --reference x")
    park.does("advance park besluit stoppen --on 2022-05-18")
    standing = {each["id"]: (each["met"], each["over"]) for each in park.data("due park")["dues"]}
    assert {
        "besluit/raden": (True, False),
        "besluit/colleges": (True, True),
        "besluit.getroffen": (True, True),
    } == standing
    said = park.does("due park")
    assert (1, 2) == (said.count("  done"), said.count("no longer asked"))


def test_what_has_no_date_cannot_be_said_to_be_in_time(started: Terminal) -> None:
    """The shipped process has terms that no source knows; another has none of those."""
    started.world.it_is("2021-01-11")
    assert "Nothing that has a date is late. Due next:" in folded(
        started.does(f"status {PROCESS} --as-of 2021-01-11")
    )
    assert 5 == started.data(f"status {PROCESS}")["undated"]


def test_what_would_have_been_sent_is_not_said_to_have_been(replayed: Terminal) -> None:
    """In Dutch, “was verzonden” reads as if it was."""
    wide = replace(replayed, width=160)
    said = wide.does(f"remind list {PROCESS} --from 2021-02-01 --to 2021-02-28 --lang nl")
    assert "zou zijn verzonden" in said
    assert "was verzonden" not in said
