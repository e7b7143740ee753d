"""Bad input through the command line: a clear sentence, the right exit code, nothing written."""

import errno
import os
from collections.abc import Callable
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from cli import cli
from screens.commandline import option_of
from terminal.runtime.output import cannot_write
from tests.support.cli import PROCESS, SECRETARY, Terminal, folded
from tests.support.definitions import EXAMPLE, example
from workflow.decide.correct import PARTS

PAPERS_OUT = f"advance {PROCESS} principebesluit --on 2020-12-01"
CONSENT = f"record {PROCESS} definitieve-tekst dordrecht"
RECORD = f"record {PROCESS} principebesluit"
LONG = "x" * 300
SPORTPARK = Path(__file__).parents[1] / "docs/examples/sportpark.yaml"


# --- decisions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "line", "sentence", "help_"),
    [
        (
            4,
            f"{RECORD} papendrecht.raad ingestemd --on 2021-02-01 --as anna",
            "anna may not record a decision of papendrecht.raad as griffier@sliedrecht.",
            "It takes one of these seats: projectsecretaris, griffier@papendrecht.",
        ),
        (
            4,
            f"{RECORD} sliedrecht.raad ingestemd --on 2021-02-01 --as nobody",
            "nobody holds no seat here, and may not record a decision of sliedrecht.raad.",
            "It takes one of these seats: projectsecretaris, griffier@sliedrecht.",
        ),
        (
            4,
            f"{RECORD} sliedrecht.raad ingestemd --on 2020-11-20 --as anna",
            "was in “in-voorbereiding”; “principebesluit/raden” is admitted in “in-route”.",
            "add --out-of-order REASON",
        ),
        (
            5,
            f"{RECORD} sliedrecht.raad vastgesteld --on 2021-02-01 --as anna",
            "A “principebesluit” has no outcome “vastgesteld”.",
            "It has: ingestemd, gewijzigd-ingestemd, verworpen, aangehouden, doorgeschoven, "
            "terugverwezen, van-de-agenda, ingetrokken.",
        ),
        (
            4,
            f"{RECORD} zwijndrecht.raad verworpen --on 2021-02-01 --reference x",
            "zwijndrecht.raad already decided on “raden” in round 1: “ingestemd” (entry 6).",
            "A body decides once in a round",
        ),
        (
            4,
            f"{RECORD} dordrecht.raad ingestemd --on 2031-02-01 --reference x",
            "Sat 1 February 2031 is in the future: today is Wed 1 June 2022.",
            "Record it when it has happened.",
        ),
        (
            4,
            f"{RECORD} dordrecht.raad ingestemd --on 2022-06 --reference x",
            "June 2022 is not over",
            "of a month that is not over, give the day, or “by 2022-06-01”",
        ),
        (
            4,
            f"{RECORD} dordrecht.raad ingestemd --on 2011-02-01 --reference x",
            "Tue 1 February 2011 is before the process began, on Sun 1 November 2020.",
            "would have to start earlier",
        ),
        (
            2,
            f"{RECORD} dordrecht.raad ingestemd --on 2021-02-31 --reference x",
            "“2021-02-31” is not a date: February 2021 has the days 1 to 28.",
            "",
        ),
        (
            2,
            f"{RECORD} dordrecht.raad ingestemd --on soon --reference x",
            "“soon” is not a date.",
            "Write a day (2021-03-16, 16-3-2021, 16 March 2021),",
        ),
        (
            2,
            f"{RECORD} dordrecht.raad ingestemd --on 'ma 16 maart 2021' --reference x",
            "“ma 16 maart 2021” cannot be: that day is Tue 16 March 2021.",
            "Look in the source which of the two is wrong.",
        ),
        (
            4,
            f"advance {PROCESS} principebesluit --on unknown",
            "Only a decision and a note can have an unknown date.",
            "Give what is known",
        ),
        (
            2,
            f"{RECORD} dordrecht.raad ingestemd --reference x",
            "--on is missing.",
            "Write: mijlpaal record [OPTIONS] PROCESS MILESTONE BODY OUTCOME --on DATE — all of "
            "it: mijlpaal record --help",
        ),
        (
            4,
            f"{RECORD} dordrecht.raad ingestemd --on 2021-02-01",
            "As projectsecretaris you record this on behalf of others: that takes a source.",
            "Add --reference with where it can be found.",
        ),
        (
            2,
            f"{RECORD} dordrecht.raad ingestemd --on 2021-02-01 --reference x --votes 19:4",
            "“19:4” is not a number of votes.",
            "Write votes for and against as 19-4, “unanimous” or “without a vote”. With 19-? "
            "nobody knows how many were against.",
        ),
        (
            5,
            f"{RECORD} dordrecht.college ingestemd --on 2021-02-01 --reference x",
            "“principebesluit” asks nothing of “dordrecht.college”.",
            "It asks: alblasserdam.raad,",
        ),
        (
            5,
            f"{RECORD} dordrecht.raad ingestemd --on 2021-02-01 --reference x --request nope",
            "There is no request “nope”.",
            "There are: raden.",
        ),
        (
            5,
            f"{CONSENT} verleend --on 2021-02-01 --reference x",
            "“dordrecht” is asked more than once in “definitieve-tekst”.",
            "Say which: dordrecht.raad --request raden, dordrecht.college --request colleges,",
        ),
        (
            4,
            f"{CONSENT} onthouden --request raden --on 2021-02-01 --reference x",
            "“onthouden” needs a ground.",
            "Add --ground with the ground on which dordrecht.raad decided so.",
        ),
        (
            5,
            f"{RECORD} dordrecht.raad ingestemd --on 2021-02-01 --reference x --text /no/file",
            "Cannot read “/no/file”: No such file or directory.",
            "",
        ),
    ],
)
def test_a_decision_that_cannot_be_recorded(
    started: Terminal, code: int, line: str, sentence: str, help_: str
) -> None:
    """A decision is refused for who, what, when and how, and each says what would help."""
    started.does(f"member add {PROCESS} griffier@sliedrecht anna --on 2020-11-01")
    started.does(PAPERS_OUT)
    started.does(f"{RECORD} zwijndrecht ingestemd --on 2020-12-02 --reference x")

    err = folded(started.refused(code, line))
    assert sentence in err
    assert help_ in err


# --- moves -------------------------------------------------------------------------------------


def test_a_closed_gate_is_explained_whole(started: Terminal) -> None:
    """A refusal shows the whole tree: what holds, what does not, whom to ring, what to do."""
    started.does(PAPERS_OUT)
    assert """\
mijlpaal: “principebesluit” cannot go from “in-route” to “vastgesteld”: its gate does not hold.
  [no] gate “besluit”: it does not hold
    [no] decisions on principebesluit/raden: 0 of 7 for; 7 needed
          waiting for raad of alblasserdam, dordrecht, hardinxveld-giessendam, hendrik-ido-ambacht,
            papendrecht, sliedrecht, zwijndrecht
If a source says that it happened all the same, add --attested --reference SOURCE.
  mijlpaal explain gr-sociaal-domein principebesluit vaststellen
""" == started.refused(4, f"advance {PROCESS} principebesluit")


@pytest.mark.parametrize(
    ("code", "line", "sentence", "help_"),
    [
        (
            4,
            "principebesluit --attested",
            "An attested move rests on the word of a source, and none is named.",
            "Add --reference with where it can be found.",
        ),
        (
            4,
            "principebesluit opnieuw",
            "“principebesluit” is in “in-route”, which “opnieuw” does not leave.",
            "From here: vaststellen → vastgesteld, aanpassen → aanpassing, beeindigen → beeindigd.",
        ),
        (
            4,
            "principebesluit --on 2020-11-20",
            "moved to “in-route” on Tue 1 December 2020 (entry 5); a move before that (Fri 20 Nov",
            "Moves of one milestone are recorded in the order of their dates.",
        ),
        (
            4,
            "inwerkingtreding",
            "“inwerkingtreding” cannot go from “gepland” to “ondertekend”",
            "[no] milestone definitieve-tekst: it is in “gepland”, not in “getroffen”",
        ),
        (
            4,
            "principebesluit beeindigen --as anna",
            "anna may not advance “principebesluit” as lezer.",
            "It takes one of these seats: stuurgroep.",
        ),
        (5, "nope", "There is no milestone “nope”.", "There are: principebesluit,"),
        (5, "principebesluit nope", "There is no transition “nope”.", "There are: in-route,"),
        (5, "principebesluit --to nope", "There is no state “nope”.", "There are: in-voorbereid"),
    ],
)
def test_a_move_that_cannot_be_made(
    started: Terminal, code: int, line: str, sentence: str, help_: str
) -> None:
    """A move is refused for the state, the gate, the date and the seat."""
    started.does(f"member add {PROCESS} lezer anna --on 2020-11-01")
    started.does(PAPERS_OUT)
    err = folded(started.refused(code, f"advance {PROCESS} {line}"))
    assert sentence in err
    assert help_ in err


def test_a_choice_is_left_to_people(terminal: Terminal, tmp_path: Path) -> None:
    """Where several transitions are open, or only ones to be named, they are listed."""
    file = tmp_path / "choice.yaml"
    file.write_text(
        example(
            (
                "in-route: {from: open, to: in-route, opens: round, gate: {slot: rijp}}",
                "in-route: {from: open, to: in-route}\n      snel: {from: open, to: genomen}",
            ),
            ("slots: [rijp, besluit]", "slots: [besluit]"),
            ("      rijp: {all: [{part: tekst/kern, level: volledig}, {tasks: overleg}]}\n", ""),
            ("      rijp: {milestone: voorstel, state: genomen}\n", ""),
        )
    )
    terminal.does(f"start {file}")
    err = terminal.refused(4, "advance example voorstel")
    assert "Which way should “voorstel” go from “open”? It is not for us to choose." in folded(err)
    assert "Name one: in-route → in-route, snel → genomen." in folded(err)
    terminal.does("advance example voorstel snel")

    err = terminal.refused(4, "advance example voorstel")
    assert "“voorstel” is in “genomen”, and nothing leaves it." in folded(err)


def test_a_move_that_only_stops_has_to_be_named(terminal: Terminal, tmp_path: Path) -> None:
    """Stopping never happens by leaving out the trigger, though it is the only open way."""
    file = tmp_path / "explicit.yaml"
    file.write_text(
        example(
            (
                "nemen: {from: in-route, to: genomen, gate: {slot: besluit}}",
                "nemen: {from: in-route, to: genomen, gate: {slot: besluit}, explicit: true}",
            ),
            ("gate: {slot: rijp}}", "gate: {not: {date: goal}}}"),
            ("slots: [rijp, besluit]", "slots: [besluit]"),
            ("      rijp: {all: [{part: tekst/kern, level: volledig}, {tasks: overleg}]}\n", ""),
            ("      rijp: {milestone: voorstel, state: genomen}\n", ""),
        )
    )
    terminal.does(f"start {file}")
    terminal.does("advance example voorstel --on 2021-01-05")
    err = folded(terminal.refused(4, "advance example voorstel"))
    assert "Name one: nemen → genomen, stoppen → vervallen." in err


@pytest.mark.parametrize(
    ("code", "line", "sentence", "help_"),
    [
        (
            5,
            "record sportpark opening oost x --on 2026-01-06",
            "“opening” asks nobody anything.",
            "See what moves it with: mijlpaal explain sportpark opening",
        ),
        (
            4,
            "leave sportpark oost --reason x",
            "secretaris may not say that oost leaves as projectsecretaris, stuurgroep.",
            "By this definition nobody may: no role in it has the permission “party”.",
        ),
        (
            2,
            "correct sportpark 4 --outcome x --reason x",
            "Entry 4 has no “--outcome” to change.",
            "It can be corrected with: --on, --attested, --source, --remark, --withdraw.",
        ),
        (
            2,
            "correct sportpark 4 --signed-by x --reason x",
            "Entry 4 has no “--signed-by” to change.",
            "",
        ),
        (2, "correct sportpark 4 --source x", "--reason is missing.", "ENTRY --reason TEXT"),
        (2, "leave sportpark oost", "--reason is missing.", "PARTY --reason TEXT"),
        (2, "replan sportpark x 2026-01", "--reason is missing.", "DUE DATE --reason TEXT"),
    ],
)
def test_what_an_example_has_not(
    terminal: Terminal, code: int, line: str, sentence: str, help_: str
) -> None:
    """A request, a permission, a part of an entry, an option that is missing: each is named."""
    terminal.world.it_is("2026-02-02")
    terminal.does(f"start {SPORTPARK}")
    terminal.does("advance sportpark gebruiksregels --attested --reference x")
    err = folded(terminal.refused(code, line))
    assert sentence in err
    assert help_ in err
    assert "member list" not in err


def test_every_part_of_an_entry_is_named_as_it_is_typed() -> None:
    """What a refusal offers instead, the command line knows."""
    typed = {each.opts[0] for each in cli.commands["correct"].params}
    assert typed >= {option_of(each) for each in PARTS}


# --- processes, tasks, seats, notes ------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "line", "sentence", "help_"),
    [
        (5, f"status {LONG}", "There is no process", f"There are: {PROCESS}."),
        (5, "history nope", "There is no process “nope”.", f"There are: {PROCESS}."),
        (5, "verify nope", "There is no process “nope”.", f"There are: {PROCESS}."),
        (5, "due nope", "There is no process “nope”.", f"There are: {PROCESS}."),
        (5, "member list nope", "There is no process “nope”.", f"There are: {PROCESS}."),
        (5, "note nope hello", "There is no process “nope”.", f"There are: {PROCESS}."),
        (
            5,
            "replay nope",
            "There is no file “nope”",
            f"There are: {PROCESS}, verkenning-samenwerking, ",
        ),
        (
            5,
            "start nope",
            "There is no file “nope”",
            f"There are: {PROCESS}, toetreding-gr, ",
        ),
        (4, f"start {PROCESS}", f"There is a process “{PROCESS}” already.", "with --id"),
        (
            4,
            f"start {PROCESS} --id b --on 2031",
            "A process cannot be started ahead: today is Wed 1 June 2022, --on says 2031.",
            "Start it when that day has come; or say when it did begin, with --on or with “begins”",
        ),
        (4, f"start {PROCESS} --id b --on unknown", "begins on a date that is known.", ""),
        (
            4,
            f"status {PROCESS} --as-of 2019-01-01",
            "began on Sun 1 November 2020.",
            "Ask for that day",
        ),
        (2, f"status {PROCESS} --as-of 9999-12-31", "date: the years 1900 to 2199 are read.", ""),
        (2, f"status {PROCESS} --as-of soon", "“soon” is not a date.", "(2021-01-21/2021-01-26)."),
        (2, f"status {PROCESS} --as-of unknown", "“unknown” is not a day.", "Write it as 2021-"),
        (
            2,
            "status --as-of 2021-01-01",
            "Of which process do you want to see that?",
            "mijlpaal status PROCESS --as-of 2021-01-01",
        ),
        (
            2,
            "verify --head 3:abc",
            "A head is of one process, and none is named.",
            "mijlpaal verify PROCESS --head 3:abc",
        ),
        (2, f"verify {PROCESS} --head three", "“three” is not a head.", "as verify printed it"),
        (
            4,
            f"task {PROCESS} hoofdlijnennotitie/bestuurlijke-sessie gehouden",
            "“hoofdlijnennotitie/bestuurlijke-sessie” is admitted in “dialoog”",
            "--out-of-order REASON",
        ),
        (
            5,
            f"task {PROCESS} hoofdlijnennotitie/raadsgesprek gehouden",
            "“hoofdlijnennotitie/raadsgesprek” is there for each of several.",
            "Say for which, with --for: alblasserdam,",
        ),
        (
            5,
            f"task {PROCESS} hoofdlijnennotitie/raadsgesprek gehouden --for nope",
            "There is no party or group “nope”.",
            "There are: alblasserdam,",
        ),
        (5, f"task {PROCESS} nope done", "There is no task “nope”.", "There are:"),
        (
            4,
            f"member add {PROCESS} stuurgroep {SECRETARY}",
            "They hold the seat “stuurgroep” already.",
            "",
        ),
        (
            4,
            f"member add {PROCESS} lezer anna --as bob --address a@example.org",
            "bob holds no seat here, and may not give seats.",
            "It takes one of these seats: projectsecretaris.",
        ),
        (
            4,
            f"member add {PROCESS} lezer anna --until 2020-01-01",
            "A seat cannot end before it begins.",
            "",
        ),
        (
            2,
            f"member add {PROCESS} lezer anna --until unknown",
            "“unknown” is not a day.",
            "Write it as 2021-03-16.",
        ),
        (5, f"member add {PROCESS} griffier anna", "There is no seat “griffier”.", "griffier@"),
        (5, f"member end {PROCESS} lezer anna", "There is nobody called “anna”.", SECRETARY),
        (4, f"member end {PROCESS} lezer {SECRETARY}", "there is no seat “lezer” of theirs", ""),
        (5, f"note {PROCESS} hi --about nope", "There is no milestone, party or body “nope”.", ""),
        (
            5,
            f"note {PROCESS} hi --about papendrecht --about sliedrech",
            "party or body",
            "“sliedrecht”",
        ),
    ],
)
def test_what_does_not_exist_or_may_not_be(
    started: Terminal, code: int, line: str, sentence: str, help_: str
) -> None:
    """Names that do not exist and things that may not be: one sentence, one way out."""
    err = folded(started.refused(code, line))
    assert err.startswith("mijlpaal: ")
    assert sentence in err
    assert help_ in err


def test_a_process_can_be_begun_when_there_is_none(terminal: Terminal) -> None:
    """Where no process exists at all, the refusal says how to begin one."""
    err = folded(terminal.refused(5, f"status {PROCESS}"))
    assert f"There is no process “{PROCESS}”. There is none yet: mijlpaal start" in err


# --- odd characters ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "id_", ["two words", "a/b", "a\x1b[31mb", "a\nb", "Hoofdletter", "é", "-", "a--b", "a."]
)
def test_an_id_that_is_none(terminal: Terminal, id_: str) -> None:
    """A process is called by small letters, digits and hyphens; nothing else gets in."""
    err = terminal.refused(2, "start", PROCESS, f"--id={id_}")
    assert "cannot be the id of a process." in folded(err)
    assert "Use small letters, digits and single hyphens" in folded(err)
    assert "\x1b" not in err


def test_an_id_that_is_too_long(terminal: Terminal) -> None:
    """It is said how long it can be, and not the id once more."""
    err = terminal.refused(2, "start", PROCESS, f"--id={LONG}")
    assert f"The id of a process has at most 100 characters, and not {len(LONG)}." in folded(err)


@pytest.mark.parametrize("name", ["an\nna", "an\x1bna", "an\x00na", LONG, " ", "a\u202eb"])
def test_a_name_that_is_none(started: Terminal, name: str) -> None:
    """A name is one line of text that can be shown."""
    started.refused(2, "member", "add", PROCESS, "lezer", name)


@pytest.mark.parametrize("name", ["an\nna", "an\x1bna", LONG])
def test_an_actor_whose_name_is_none_starts_nothing(terminal: Terminal, name: str) -> None:
    """Whoever starts a process is entered by name, and the same rules hold."""
    terminal.refused(2, "start", PROCESS, "--as", name)


def test_what_is_echoed_cannot_steer_the_terminal(started: Terminal) -> None:
    """Control characters in what was typed are spelled out, on errors and on screens."""
    err = started.refused(5, "status", "gr\x1b[31m\u202e")
    assert "There is no process “gr\\x1b[31m\\x202e”." in err

    out = started.does("note", PROCESS, "red: \x1b[31m\nand a second line")
    assert "note: red: \\x1b[31m and a second line" in out
    assert "\x1b" not in started.does(f"history {PROCESS}")


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["status", ""], "PROCESS"),
        (["note", PROCESS, ""], "TEXT"),
        (["note", PROCESS, " \n"], "TEXT"),
        (["note", PROCESS, "x", "--on", ""], "--on"),
        (["note", PROCESS, "x", "--key", ""], "--key"),
        (["note", PROCESS, "x", "--reference", " "], "--reference"),
        (["note", PROCESS, "x", "--as", ""], "--as"),
        (["--as", "", "note", PROCESS, "x"], "--as"),
        (["--db", "", "status"], "--db"),
        (["start", PROCESS, "--id", ""], "--id"),
        (["advance", PROCESS, "principebesluit", ""], "TRIGGER"),
        (["record", PROCESS, "principebesluit", "", "x", "--on", "2021"], "BODY"),
        (
            ["record", PROCESS, "x", "x", "x", "--on", "2021", "--out-of-order", ""],
            "--out-of-order",
        ),
        (["member", "add", PROCESS, "lezer", ""], "NAME"),
        (["member", "add", PROCESS, "", "anna"], "ROLE[@PLACE]"),
    ],
)
def test_what_is_empty_is_not_given(started: Terminal, arguments: list[str], what: str) -> None:
    """An empty word is a mistake, not a value: nothing is recorded without a reason or a name."""
    err = started.refused(2, *arguments)
    assert f"mijlpaal: {what} is empty.\nSay what it should be; see --help.\n" == err


def test_what_is_not_text_is_refused(started: Terminal) -> None:
    """A word in another encoding than UTF-8 is not recorded as something else."""
    err = started.refused(2, "note", PROCESS, "caf\udce9")
    assert "mijlpaal: “caf�” is not text in UTF-8." in err


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("status --jsno", "There is no option --jsno here. Did you mean “--json”?"),
        (
            "status --zzz",
            "There is no option --zzz here. Write: mijlpaal status [OPTIONS] [PROCESS]",
        ),
        (
            "status a b",
            "This is more than is asked for: b. Write: mijlpaal status [OPTIONS] [PROCESS]",
        ),
        (
            "advance",
            "PROCESS is missing. Write: mijlpaal advance [OPTIONS] PROCESS MILESTONE [TRIGGER]",
        ),
        ("status --party", "The option --party needs a value."),
        ("status --json=x", "The option --json takes no value."),
        ("--lang en", "The command is missing. Write: mijlpaal [OPTIONS] COMMAND [ARGS]..."),
        (f"note {PROCESS} x --expect three", "--expect cannot be “three”. Write a whole number."),
        ("definitions schema nope", "KIND cannot be “nope”. Choose one of: process, facts."),
        ("--nope", "There is no option --nope here."),
        ("status --lang fr", "--lang cannot be “fr”. Choose one of: en, nl."),
    ],
)
def test_wrong_usage(started: Terminal, line: str, sentence: str) -> None:
    """Options and arguments that a command does not have: exit code 2, and what to write."""
    err = folded(started.refused(2, line))
    assert f"mijlpaal: {sentence}" in err


def test_an_unknown_option_is_answered_with_a_known_one(started: Terminal) -> None:
    """A mistyped option is guessed at."""
    assert "--json" in started.refused(2, f"status {PROCESS} --jsn")


def test_errors_of_a_json_query_stay_on_standard_error(started: Terminal) -> None:
    """A program that reads JSON reads nothing at all where there is no answer."""
    assert "There is no process “nope”." in started.refused(5, "status nope --json")


# --- files -------------------------------------------------------------------------------------


def test_an_unknown_key_in_a_definition(terminal: Terminal, tmp_path: Path) -> None:
    """The fault has its file, line, column and the key that was probably meant."""
    file = tmp_path / "wrong.yaml"
    file.write_text(example(("begins:", "begns:")))
    line = EXAMPLE.splitlines().index("begins: 2021-01-04") + 1
    err = folded(terminal.refused(3, f"start {file}"))
    assert f"{file}:{line}:1: begns: " in err
    assert "Did you mean “begins”?" in err
    assert err == folded(terminal.refused(3, f"definitions check {file}"))


def test_every_fault_is_shown_at_once(terminal: Terminal, tmp_path: Path) -> None:
    """Whoever mends a file mends it once."""
    file = tmp_path / "wrong.yaml"
    file.write_text(example(("begins:", "begns:"), ("version: 1", "version: one")))
    assert "has 3 faults and cannot be used." in folded(terminal.refused(3, f"start {file}"))


def test_every_definition_is_checked(terminal: Terminal, tmp_path: Path) -> None:
    """One that is wrong or missing does not keep the others from being checked."""
    file = tmp_path / "wrong.yaml"
    file.write_text("id: [")
    said = terminal(f"definitions check {file} nope {PROCESS}")
    assert 3 == said.code
    assert f"{PROCESS}: sound." in said.out
    assert f"{file} has a fault" in folded(said.err)
    assert "There is no file “nope”" in said.err


def _bomb() -> bytes:
    lines = [b"a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 10)]
    return b"\n".join(lines)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (lambda: b"\x00\x01\x02 no yaml \xff", ""),
        (lambda: b"%PDF-1.7\n\xe2\xe3", ""),
        (lambda: b"id: x\nid: y\n", "“id”"),
        (lambda: b"just a sentence", "Expected keys and values"),
        (lambda: b"", "the file is empty"),
        (lambda: b"x: !!python/object:os.system []", ""),
        (lambda: b"x: " + b"[" * 3000 + b"]" * 3000, ""),
        (_bomb, ""),
        (lambda: b"# " + b"x" * 50_000_000, ""),
    ],
    ids=["binary", "pdf", "twice", "sentence", "empty", "tag", "nested", "bomb", "50MB"],
)
@pytest.mark.parametrize("command", ["definitions check", "start", "replay"])
def test_a_file_that_is_no_definition(
    started: Terminal, tmp_path: Path, command: str, content: Callable[[], bytes], sentence: str
) -> None:
    """Whatever is handed over as a file: a fault with its place, quickly, and nothing written."""
    file = tmp_path / "any.yaml"
    file.write_bytes(content())
    err = folded(started.refused(3, f"{command} {file}"))
    assert f"mijlpaal: {file} has " in err
    assert f"{file}:1:" in err or f"{file}:2:" in err
    assert sentence in err


@pytest.mark.parametrize("command", ["start", "replay", "definitions show"])
def test_a_file_that_cannot_be_read(started: Terminal, tmp_path: Path, command: str) -> None:
    """A folder is no file."""
    err = folded(started.refused(5, f"{command} {tmp_path}"))
    assert f"mijlpaal: Cannot read “{tmp_path}”: Is a directory." in err


# --- what nobody foresaw -----------------------------------------------------------------------


def test_a_fault_of_our_own_is_no_traceback(
    started: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something that we did not foresee is a sentence too; --debug shows where it was."""

    def broken(*_: object) -> None:
        raise RuntimeError("bolts")

    monkeypatch.setattr("terminal.handlers.status.status_of", broken)
    err = started.refused(1, f"status {PROCESS}")
    assert "Something went wrong that we did not foresee (RuntimeError: bolts)." in folded(err)
    assert "With --debug you see where" in err
    with pytest.raises(RuntimeError, match="bolts"):
        started(f"status {PROCESS} --debug")


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["definitions new", f"definitions graph {PROCESS} --out"])
def test_a_file_is_not_written_over(terminal: Terminal, tmp_path: Path, command: str) -> None:
    """Whoever has a drawing or a definition there keeps it."""
    file = tmp_path / "mine.svg.mmd"
    file.write_text("mine")
    line = [*command.split(), str(file), *(["--party", "oost"] if "new" in command else [])]
    err = folded(terminal.refused(2, *line))
    assert f"Cannot write {file}: File exists. Name a file that does not exist yet." in err
    assert "mine" == file.read_text()


@pytest.mark.parametrize("command", ["definitions new", f"definitions graph {PROCESS} --out"])
@pytest.mark.parametrize(
    ("place", "why", "help_"),
    [
        ("none/x.mmd", "No such file or directory", "Make the folder {folder}/none first, or name"),
        ("file/x.mmd", "Not a directory", "Make the folder {folder}/file first, or name another."),
    ],
)
def test_a_folder_that_is_not_there(
    terminal: Terminal, tmp_path: Path, command: str, place: str, why: str, help_: str
) -> None:
    """It is the folder that is the matter, and it is named."""
    (tmp_path / "file").write_text("")
    line = [
        *command.split(),
        f"{tmp_path}/{place}",
        *(["--party", "x"] if "new" in command else []),
    ]
    err = folded(terminal.refused(2, *line))
    assert f"Cannot write {tmp_path}/{place}: {why}." in err
    assert help_.format(folder=tmp_path) in err


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_folder_in_which_nobody_may_write(number: int) -> None:
    """Another name in the same folder would not help."""
    refused = cannot_write(Path("x"), OSError(number, os.strerror(number)))
    assert "Name a file in a folder in which you may write." == str(refused.advice)


def test_a_drawing_goes_where_it_may_stand_already(terminal: Terminal) -> None:
    """A device is there, and is written to."""
    assert "Drawn" in terminal.does(f"definitions graph {PROCESS} --out {os.devnull}")


def test_a_drawing_of_a_kind_that_is_not_made(terminal: Terminal, tmp_path: Path) -> None:
    """A file is not called what it is not, unless somebody wants it so."""
    file = tmp_path / "v.png"
    err = folded(terminal.refused(2, f"definitions graph {PROCESS} --out {file}"))
    assert "No picture is written as “.png”." in err
    assert (
        "ends in one of: .mmd, .mermaid, .md, .dot, .gv, .svg. With --format, it may be any." in err
    )
    assert not file.exists()
    terminal.does(f"definitions graph {PROCESS} --format dot --out {file}")
    assert "digraph" in file.read_text()


def test_a_name_with_spaces_can_be_typed_as_it_is_suggested(
    terminal: Terminal, tmp_path: Path
) -> None:
    """A shell takes it for one word."""
    file = tmp_path / "my own.yaml"
    said = terminal.does("definitions", "new", str(file), "--party", "Oost")
    assert f"mijlpaal definitions check '{file}'" in said


def test_a_value_with_spaces_can_be_typed_as_it_is_suggested(terminal: Terminal) -> None:
    """So does a date in words."""
    err = folded(terminal.refused(2, "status", "--as-of", "by 2021-03", "--party", "oost"))
    assert "mijlpaal status PROCESS --as-of 'by 2021-03' --party oost" in err


@pytest.mark.parametrize(
    ("command", "content", "fault"),
    [
        ("definitions check", "facts: []", "This is a file of facts, and no definition."),
        ("start", "process: x\nfacts: []", "Record them with: mijlpaal replay '{file}'"),
        ("replay", "milestones: {}", "This is a definition, and no file of facts."),
        ("replay", "id: x\nmilestones: {}", "by it with: mijlpaal start '{file}'"),
        (
            "definitions check",
            "name: x\non: y",
            "None of the keys that belong here is in this file",
        ),
        ("replay", "name: x\non: y", "They are: process, facts, scenes, notes."),
    ],
)
def test_a_file_of_another_kind(
    terminal: Terminal, tmp_path: Path, command: str, content: str, fault: str
) -> None:
    """It is said to be one, in a sentence, and not key by key."""
    file = tmp_path / "a file.yaml"
    file.write_text(content)
    err = folded(terminal.refused(3, *command.split(), str(file)))
    assert "has a fault and cannot be used." in err
    assert fault.format(file=file) in err


def test_few_lines_are_shown_of_what_is_no_definition(terminal: Terminal, tmp_path: Path) -> None:
    """Of a file that cannot be read to its end, and of a long line of it."""
    file = tmp_path / "passwd"
    file.write_text("".join(f"{'x' * 200}{each}:\n" for each in range(100)) + "no key\n")
    err = terminal.refused(3, "start", str(file))
    assert "has 11 faults and cannot be used." in folded(err)
    assert "x" * 60 not in err


@pytest.mark.parametrize(
    ("command", "content"),
    [
        ("definitions check -", SPORTPARK.read_text(encoding="utf-8")),
        ("start - --id stdin --dry-run", SPORTPARK.read_text(encoding="utf-8")),
        (
            "replay - --dry-run",
            "process: sportpark\nfacts: [{id: a, on: 2026-01-06, source: brief, note: één}]",
        ),
    ],
)
def test_a_file_from_standard_input(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, command: str, content: str
) -> None:
    """“-” stands for it, as with other programs."""
    terminal.world.it_is("2026-02-02")
    terminal.does(f"start {SPORTPARK}")
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(content.encode())))
    terminal.does(command)


def test_standard_input_that_is_closed(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be read from it."""
    monkeypatch.setattr("sys.stdin", None)
    assert "Standard input is closed." in terminal.refused(5, "definitions check -")
