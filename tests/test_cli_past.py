"""Changing what was recorded and asking the past, by the command line."""

import re
from pathlib import Path

import pytest

from tests.support.cli import PROCESS, Terminal, folded


@pytest.fixture
def decided(started: Terminal) -> Terminal:
    """The decision in principle is adopted, proved; Sliedrecht's decision is entry 10."""
    started.does(f"advance {PROCESS} principebesluit --on 2020-11-24")
    for party in (
        "alblasserdam",
        "dordrecht",
        "hardinxveld-giessendam",
        "hendrik-ido-ambacht",
        "papendrecht",
        "sliedrecht",
        "zwijndrecht",
    ):
        started.does(
            f"record {PROCESS} principebesluit {party} ingestemd --on 2021-02-01 --reference x"
        )
    started.does(f"advance {PROCESS} principebesluit --on 2021-02-02")
    return started


def test_a_dry_correction_says_what_would_have_been_different(decided: Terminal) -> None:
    """Which milestone would stand otherwise, and which move could not have been made."""
    before = decided.rows
    said = decided.does(f"correct {PROCESS} 10 --outcome verworpen --reason slip --dry-run")
    assert "principebesluit is “vastgesteld”, in question, and was “vastgesteld”, decided" in said
    assert (
        "principebesluit: in-route → vastgesteld (Tue 2 February 2021) could not have been made"
        in said
    )
    assert before == decided.rows


def test_a_correction_there_and_back(decided: Terminal) -> None:
    """The status is the same again, and both corrections stay in the journal."""
    before = decided.does(f"status {PROCESS} --json")
    decided.does(f"correct {PROCESS} 10 --outcome verworpen --reason slip")
    assert before != decided.does(f"status {PROCESS} --json")
    decided.does(f"correct {PROCESS} 10 --outcome ingestemd --reason back")
    assert before == decided.does(f"status {PROCESS} --json")
    assert "verify" not in decided.does(f"verify {PROCESS}")


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        ("correct {p} 10 --outcome verworpen", 2, "--reason"),
        ("correct {p} 10 --reason x", 2, "This does not say what entry 10 should say instead."),
        ("correct {p} 10 --reason x --withdraw --outcome verworpen", 2, "not both"),
        ("correct {p} 99 --reason x --withdraw", 5, "There is no entry 99."),
        ("correct {p} 1 --reason x --withdraw", 4, "how it began"),
        ("correct {p} 4 --reason x --withdraw", 4, "later entries rest on that"),
        ("replan {p} nope 2021-05 --reason x", 5, "There is no due “nope”."),
        ("replan {p} hoofdlijnennotitie.in-route 2021-13 --reason x", 2, "is not a date"),
        ("amend {p} gates x --reason x", 4, "cannot be amended"),
        ("record {p} principebesluit dordrecht ingestemd --on 2021-02-01 --option a", 4, ""),
        ("status {p} --party nope", 5, "There is no party “nope”."),
        ("status {p} --party dordrecht --role griffier", 2, "at a time"),
        ("status --party dordrecht", 2, "Of which process"),
        ("history {p} --party nope", 5, "There is no party “nope”."),
        ("status {p} --known-at 2020-01-01", 4, "Nothing of this process had been recorded"),
        ("start wijziging-gr --set nope=1", 3, "There is no parameter “nope”."),
        ("start wijziging-gr --set nope", 2, "Write it as NAME=VALUE."),
    ],
)
def test_what_is_refused_writes_nothing(decided: Terminal, line: str, code: int, says: str) -> None:
    """A sentence, a code, and every row as it was."""
    before = decided.rows
    said = decided(line.format(p=PROCESS))
    assert (code, "") == (said.code, said.out)
    assert says in " ".join(said.err.split())
    assert before == decided.rows


def test_the_account_mentions_every_entry_exactly_once(replayed: Terminal) -> None:
    """Each entry of the journal has its number in square brackets, once."""
    replayed.does(f"note {PROCESS} 'a note' --on 2021-05-01")
    replayed.does(f"correct {PROCESS} 37 --withdraw --reason 'not so'")
    told = replayed.does(f"history {PROCESS} --as feitenrelaas")
    numbers = sorted(int(number) for number in re.findall(r"\[(\d+)\]", told))
    assert list(range(1, 39)) == numbers


def test_the_account_of_one_party_tells_its_own_part(replayed: Terminal) -> None:
    """Papendrecht's decisions are in it, Sliedrecht's are not."""
    told = replayed.does(f"history {PROCESS} --as feitenrelaas --party papendrecht")
    assert "papendrecht.raad on principebesluit/raden" in told
    assert "sliedrecht.raad" not in told.partition("What is not known")[0]


def test_a_party_sees_what_is_asked_of_it_and_how_to_say_it(started: Terminal) -> None:
    """What is asked, until when, and the command that records it, which works as it is shown."""
    started.does(f"advance {PROCESS} principebesluit --on 2020-11-24")
    said = started.does(f"status {PROCESS} --party sliedrecht")
    assert "principebesluit/raden: sliedrecht.raad, principebesluit; February 2021" in said
    (line,) = (each.strip() for each in said.splitlines() if "mijlpaal record" in each)
    typed = line.replace("OUTCOME", "ingestemd").replace("DATE", "2021-02-09")
    started.does(f"{typed.removeprefix('mijlpaal ')} --reference x")


def test_a_new_definition_can_be_started_as_it_is_written(
    terminal: Terminal, tmp_path: Path
) -> None:
    """The file is sound, commented, and never written over another."""
    file = tmp_path / "samen.yaml"
    line = f"definitions new {file} --title Samen --party Oost --party West --begins 2021-01-04"
    terminal.does(line)
    written = file.read_text(encoding="utf-8")
    assert "# Who takes part." in written
    terminal.does(f"definitions check {file}")
    terminal.does(f"start {file}")

    said = terminal(line)
    assert (2, written) == (said.code, file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("line", "sentence", "help_"),
    [
        (
            f"status {PROCESS} --as 2021-02-15",
            "--as says who you are, and “2021-02-15” is a date.",
            "Did you mean --as-of 2021-02-15?",
        ),
        (f"explain {PROCESS} principebesluit --as 2021", "is a date", "--as-of 2021?"),
        (f"note {PROCESS} x --as 'by 2021-03'", "is a date", "Name whoever asks."),
        (
            f"history {PROCESS} --as anna",
            "--as cannot be “anna”.",
            "In “history”, --as says in which form; who you are is said before it (mijlpaal --as "
            "NAME history …), or by MIJLPAAL_ACTOR.",
        ),
    ],
)
def test_who_asks_is_not_a_day_nor_a_form(
    started: Terminal, line: str, sentence: str, help_: str
) -> None:
    """--as with a date, or with a name where it means a form: what was meant is said."""
    err = folded(started.refused(2, line))
    assert sentence in err
    assert help_ in err
