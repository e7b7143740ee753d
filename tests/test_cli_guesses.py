"""A name that is mistyped is guessed at, of whatever it is the name."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli import cli
from definitions.language.naming import nearest
from terminal.runtime.click_commands import does_write
from terminal.runtime.command_suggestions import SYNONYMS
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


# --- a guess leads to nothing that writes --------------------------------------------------------

WRITING = {
    "start", "replay", "advance", "record", "sent", "received", "answer", "lapse", "join", "leave",
    "task", "deliverable", "note", "correct", "amend", "replan", "definitions new",
    "definitions export", "member add",
    "member end", "member reach", "member erase", "remind run-due", "remind run", "serve",
    "publish", "db upgrade", "db copy",
}  # fmt: skip
"""Every command that changes something in a database, a mailbox or a file of one's own."""
GUESSES = re.compile(r"“([^”]*)”")


def commands_of(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command of a group and of the groups in it, as it is typed."""
    for name, command in group.commands.items():
        typed = f"{before} {name}".strip()
        yield typed, command
        if isinstance(command, click.Group):
            yield from commands_of(command, typed)


def guessed(terminal: Terminal, line: str) -> list[str]:
    """Type a command that is none, and return what was guessed at."""
    said = terminal(*line.split())
    assert said.code == 2
    _, asked, advice = folded(said.err).partition("Did you mean")
    return GUESSES.findall(advice) if asked else []


def test_which_commands_write() -> None:
    """No command that writes is taken for one that asks, nor the other way round."""
    assert {name for name, each in commands_of(cli) if does_write(each)} == WRITING


@pytest.mark.parametrize(
    ("word", "queries"),
    [
        ("late", ["status", "due"]),
        ("te-laat", ["status", "due"]),
        ("agenda", ["due"]),
        ("Agenda", ["due"]),
        ("stand", ["status"]),
        ("termijnen", ["due"]),
        ("geschiedenis", ["history"]),
        ("waarom", ["explain"]),
        ("wie", ["member list"]),
        ("herinneringen", ["remind list"]),
        ("remind agenda", ["list"]),
        ("member leden", []),
        ("member wie", ["list"]),
        ("db controleer", ["check"]),
        ("definitions toon", ["show"]),
        ("help", ["--help"]),
        ("agneda", ["due"]),
        ("statsu", ["status"]),
        ("stan", ["status"]),
        ("xyzzy", []),
        ("strat", []),
        ("star", []),
        ("START", []),
        ("recrod", []),
        ("member erse", []),
        ("member ad", []),
        ("remind run-deu", []),
        ("db upgrad", []),
        ("amnd", []),
    ],
)
def test_what_people_type_leads_to_the_query_that_answers_it(
    terminal: Terminal, word: str, queries: list[str]
) -> None:
    """In both languages; what comes near a command that writes leads nowhere but to the help."""
    assert queries == guessed(terminal, word)


def test_no_slip_leads_to_a_command_that_writes(terminal: Terminal) -> None:
    """A letter left out, doubled or changed, and every beginning, of each command that writes."""
    for line in WRITING:
        *group, name = line.split()
        slips = {name[:at] + name[at + 1 :] for at in range(len(name))}
        slips |= {name[:at] + "x" + name[at + 1 :] for at in range(len(name))}
        slips |= {name[:at] for at in range(2, len(name))} | {name.upper(), f"{name}e"}
        for slip in sorted(slips):
            typed = [*group, slip]
            if slip and " ".join(typed) not in dict(commands_of(cli)):
                for guess in guessed(terminal, " ".join(typed)):
                    assert " ".join([*group, guess]) not in WRITING
                    assert guess not in WRITING


def test_every_synonym_leads_to_a_query_there_is() -> None:
    """No word stands for two, none hides a command, and each leads to one that only asks."""
    known = dict(commands_of(cli))
    for group, meanings in SYNONYMS.items():
        words = [word for each in meanings.values() for word in each.split()]
        assert sorted(set(words)) == sorted(words)
        assert set() == {f"{group} {word}".strip() for word in words} & set(known)
        for query in "|".join(meanings).split("|"):
            if not query.startswith("--"):
                command = known[f"{group} {query.partition(' --')[0]}".strip()]
                assert not does_write(command)


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        (f"advance {PROCESS} principebesluit beeindign", "There are: "),
        (f"advance {PROCESS} principebesluit --to beeindgd", "There are: "),
        (f"explain {PROCESS} principebesluit beeindign", "There are: "),
        ("member erase secretais", "There are: secretaris."),
        (f"correct {PROCESS} 3 --reason x --withdaw", "Write: mijlpaal correct"),
        (f"correct {PROCESS} 3 --reason x --atested", "Write: mijlpaal correct"),
        (f"correct {PROCESS} 3 --reason x --not-atested", "Write: mijlpaal correct"),
        (f"advance {PROCESS} principebesluit --atested", "Write: mijlpaal advance"),
        (f"start {PROCESS} --reconstructon", "Write: mijlpaal start"),
        (f"record {PROCESS} a b c --on 2021 --out-of-ordr x", "Write: mijlpaal record"),
        ("db upgrade --finsh", "Write: mijlpaal db upgrade"),
    ],
)
def test_nothing_that_gives_up_or_changes_more_is_guessed_at(
    started: Terminal, line: str, instead: str
) -> None:
    """A mistyped transition, state, person or option does not suggest what cannot be taken back."""
    said = started(*line.split())
    assert said.code in {2, 5}
    assert "Did you mean" not in said.err
    assert instead in folded(said.err)


@pytest.mark.parametrize(
    ("line", "guess"),
    [
        (f"correct {PROCESS} 3 --reason x --dryrun", "--dry-run"),
        (f"status {PROCESS} --jsno", "--json"),
        (f"status {PROCESS} --asof 2021-01-01", "--as-of"),
        (f"member add {PROCESS} lezer x --email x@oost.example", "--address"),
        (f"record {PROCESS} a b c --datum 2021-01-01", "--on"),
        (f"record {PROCESS} a b c --on 2021-01-01 --Bron x", "--reference"),
    ],
)
def test_what_changes_nothing_is_guessed_at(started: Terminal, line: str, guess: str) -> None:
    """An option that only asks, tries, or says more of the same act; a synonym leads to it too."""
    assert f"Did you mean “{guess}”?" in started(*line.split()).err
