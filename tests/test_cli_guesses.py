"""A name that is mistyped is guessed at, of whatever it is the name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.naming import nearest
from tests.support.cli import PROCESS, Terminal, folded

SPORTPARK = Path(__file__).parents[1] / "docs/examples/sportpark.yaml"


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("member add sportpark griffier x", "There are: griffier@oost, griffier@west, griffier@"),
        ("member add sportpark griffier@noord x", "There are: griffier@oost, griffier@west,"),
        ("status sportpark --party noord", "There are: oost, west, zuid."),
        ("status --bla", "Write: mijlpaal status [OPTIONS] [PROCESS]"),
        ("advance sportpark opening x", "There are: "),
    ],
)
def test_what_is_no_slip_is_not_guessed_at(terminal: Terminal, line: str, instead: str) -> None:
    """Where nothing comes near, or several things come as near, it is said what there is."""
    terminal.world.it_is("2026-02-02")
    terminal.does(f"start {SPORTPARK}")
    err = folded(terminal(line).err)
    assert "Did you mean" not in err
    assert instead in err


@pytest.mark.parametrize(
    ("name", "known", "guess"),
    [
        ("DORDRECHT", ["dordrecht"], "dordrecht"),
        ("hist", ["history", "start"], "history"),
        ("st", ["start", "status"], None),
        ("werkgroep-3", ["werkgroep-1", "werkgroep-2"], None),
        ("raad", ["raad", "raad"], "raad"),
        ("x", ["y"], None),
        ("x" * 100, ["x" * 100], None),
        ("abcd", [], None),
    ],
)
def test_what_is_near(name: str, known: list[str], guess: str | None) -> None:
    """One slip in a short name, a few in a long one; half of a name, where it begins only one."""
    assert guess == nearest(name, known)


@given(st.text(max_size=12), st.lists(st.text(max_size=12)))
def test_a_guess_is_one_of_those_there_are(name: str, known: list[str]) -> None:
    """Whatever was written, and whatever there is."""
    assert nearest(name, known) in {None, *known}


@pytest.mark.parametrize(
    ("line", "guess"),
    [
        ("statsu", "status"),
        ("member lst", "list"),
        ("status gr-sociaal-domen", PROCESS),
        (f"explain {PROCESS} principebesluti", "principebesluit"),
        (f"explain {PROCESS} principebesluit vaststelen", "vaststellen"),
        (f"advance {PROCESS} principebesluit in-rout", "in-route"),
        (f"advance {PROCESS} principebesluit --to beeindgd", "beeindigd"),
        (f"record {PROCESS} principebeslut dordrecht x --on 2021", "principebesluit"),
        (f"record {PROCESS} principebesluit dordrect x --on 2021", "dordrecht"),
        (f"record {PROCESS} principebesluit dordrecht.rad x --on 2021", "dordrecht.raad"),
        (f"record {PROCESS} principebesluit dordrecht ingestmd --on 2021", "ingestemd"),
        (f"record {PROCESS} principebesluit dordrecht x --on 2021 --request rden", "raden"),
        (f"sent {PROCESS} principebesluit dordrech", "dordrecht"),
        (f"task {PROCESS} nieuwsbrif verzonden", "nieuwsbrief"),
        (f"task {PROCESS} nieuwsbrief verzondn", "verzonden"),
        (
            f"task {PROCESS} hoofdlijnennotitie/raadsgesprek gehouden --for dordrech",
            "dordrecht",
        ),
        (f"deliverable {PROCESS} concepttekts/regeling x", "concepttekst"),
        (f"deliverable {PROCESS} concepttekst/regling x", "regeling"),
        (f"deliverable {PROCESS} concepttekst/regeling volledg", "volledig"),
        (f"replan {PROCESS} principebesluit/rden 2021-05 --reason x", "principebesluit/raden"),
        (f"member add {PROCESS} grifier@dordrecht anna", "griffier"),
        (f"member add {PROCESS} griffier@dordrech anna", "griffier@dordrecht"),
        (f"member end {PROCESS} stuurgroep secretais", "secretaris"),
        (f"note {PROCESS} x --about principebeslut", "principebesluit"),
        (f"amend {PROCESS} tittle x --reason x", "title"),
        (f"amend {PROCESS} ladder/gewon x --reason x", "gewoon"),
        (f"amend {PROCESS} route/dordrech x --reason x", "dordrecht"),
        (f"leave {PROCESS} dordrech --reason x", "dordrecht"),
        (f"status {PROCESS} --party dordrech", "dordrecht"),
        (f"status {PROCESS} --group werkgroep1", "werkgroep-1"),
        (f"status {PROCESS} --role grifier", "griffier"),
        (f"history {PROCESS} --party dordrech", "dordrecht"),
        ("start gr-sociaal-domen", PROCESS),
        ("replay gr-sociaal-domen", PROCESS),
        (f"definitions graph {PROCESS} principebeslut", "principebesluit"),
    ],
)
def test_what_is_mistyped_is_guessed_at(started: Terminal, line: str, guess: str) -> None:
    """Whatever kind of name it is: what was probably meant stands below the refusal."""
    said = started(*line.split())
    assert said.code in {2, 4, 5}
    assert f"Did you mean “{guess}”?" in said.err


def test_an_entry_that_is_not_there(started: Terminal) -> None:
    """A number cannot be guessed; it is said which there are."""
    err = folded(started.refused(5, f"correct {PROCESS} 99 --reason wrong"))
    assert "There is no entry 99. There are entries 1 to 3; “history” shows them." in err


def test_a_task_without_its_milestone(started: Terminal) -> None:
    """Every milestone that has such a task is named, not just one of them."""
    err = folded(started.refused(5, f"task {PROCESS} raadsgesprek gehouden"))
    names = "hoofdlijnennotitie/raadsgesprek, concepttekst/raadsgesprek"
    assert f"There is no task “raadsgesprek”. There are: {names}" in err
