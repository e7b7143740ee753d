"""Changing what was recorded and asking the past, by the command line."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.cli import PROCESS, Terminal, folded

ROOT = Path(__file__).parents[1]


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
    assert "principebesluit is “vastgesteld”, in question, and was “vastgesteld”, proved" in said
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
        ("correct {p} 1 --reason x --withdraw", 4, "how the process began"),
        ("correct {p} 1 --reason x --on 2020-11-02", 4, "all of it counts from there"),
        ("correct {p} 2 --reason x --on 2020-11-12", 4, "SEAT NAME --on DATE"),
        ("correct {p} 4 --reason x --on 2021-02-01 --withdraw", 2, "not both"),
        ("correct {p} 10 --reason x --on 2021-02-01", 2, "Entry 10 already has that."),
        ("correct {p} 4 --reason x --withdraw", 4, "later entries rest on that"),
        ("replan {p} nope 2021-05 --reason x", 5, "There is no due “nope”."),
        ("replan {p} hoofdlijnennotitie.in-route 2021-13 --reason x", 2, "is not a date"),
        ("amend {p} gates x --reason x", 4, "cannot be amended"),
        ("record {p} principebesluit dordrecht ingestemd --on 2021-02-01 --option a", 4, ""),
        ("status {p} --party nope", 5, "There is no party “nope”."),
        ("status {p} --party dordrecht --role griffier", 2, "at a time"),
        ("status --party dordrecht", 2, "Of which process"),
        ("history {p} --party nope", 5, "There is no party “nope”."),
        ("history {p} --as-of 2020-10-31", 4, "began on Sun 1 November 2020"),
        ("history {p} --as-of unknown", 2, "is not a day"),
        ("status {p} --known-at 2020-01-01", 4, "Nothing of this process had been recorded"),
        ("start wijziging-gr --set nope=1", 3, "There is no parameter “nope”."),
        (
            "start wijziging-gr --set ingang='zo 1 januari 2028'",
            3,
            "that day is Sat 1 January 2028",
        ),
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


@pytest.mark.parametrize(
    ("party", "own"),
    [
        ("sliedrecht", {7, 8, 11, 14, 19}),
        ("papendrecht", {9, 10, 20}),
        ("zwijndrecht", {5}),
        ("dordrecht", set()),
    ],
)
@pytest.mark.parametrize("form", ["", "--as feitenrelaas"])
def test_a_party_has_its_own_facts_in_its_account(
    replayed: Terminal, party: str, own: set[int], form: str
) -> None:
    """Its debates and motions are in it as its decisions are; those of the others are not."""
    told = replayed.does(f"history {PROCESS} --party {party} {form}")
    numbers = {
        int(found)
        for found in re.findall(r"\[(\d+)\]|^ +(\d+)  ", told, re.MULTILINE)
        for found in found
        if found
    }
    assert own == numbers & {5, 7, 8, 9, 10, 11, 14, 19, 20}
    assert {1, 4, 6, 36} <= numbers


@pytest.mark.parametrize(
    ("about", "concerned"),
    [
        ("", ["dordrecht", "sliedrecht"]),
        ("--about conferentie-1", ["dordrecht", "sliedrecht"]),
        ("--about collegeconferentie", ["dordrecht", "sliedrecht"]),
        ("--about dordrecht", ["dordrecht"]),
        ("--about dordrecht.raad", ["dordrecht"]),
        ("--about conferentie-1 --about sliedrecht", ["sliedrecht"]),
        ("--about sliedrecht --about dordrecht.raad", ["dordrecht", "sliedrecht"]),
    ],
)
def test_a_note_is_told_of_the_parties_it_names(
    terminal: Terminal, about: str, concerned: list[str]
) -> None:
    """By themselves or by one of their bodies; one that names none is everybody's."""
    terminal.does("start verkenning-samenwerking --id samen")
    terminal.does(f"note samen 'Iets gehoord.' --on 2020-01-20 {about}")
    told = {
        party: "Iets gehoord." in terminal.does(f"history samen --party {party}")
        for party in ("dordrecht", "sliedrecht")
    }
    assert concerned == [party for party, there in told.items() if there]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Men wacht af", "note: Men wacht af. [37]"),
        ("Men wacht af.", "note: Men wacht af. [37]"),
        ("Wie stemt er?", "note: Wie stemt er? [37]"),
        ("Eindelijk!", "note: Eindelijk! [37]"),
        ("En toen…", "note: En toen… [37]"),
        ("De voorzitter: “Wij wachten.”", "note: De voorzitter: “Wij wachten.” [37]"),
        ("Een stuk (concept)", "note: Een stuk (concept). [37]"),
    ],
)
def test_a_sentence_of_the_account_has_one_stop(replayed: Terminal, note: str, told: str) -> None:
    """Whether whoever wrote it ended it or not."""
    replayed.does("note", PROCESS, note, "--on", "2021-05-01")
    assert told in replayed.does(f"history {PROCESS} --as feitenrelaas")


DAYS = ("2020-11-01", "2020-11-23", "2021-01-25", "2021-02-10", "2021-03-16", "2021-12-02")


@pytest.mark.parametrize("day", DAYS)
def test_a_history_tells_what_had_happened_by_a_day(replayed: Terminal, day: str) -> None:
    """Both as a journal and as an account: no entry that is later, and none without a date."""
    whole = replayed.data(f"history {PROCESS}")["entries"]
    by_then = [
        each["seq"] for each in whole if each["effective_on"] and each["effective_on"] <= day
    ]
    data = replayed.data(f"history {PROCESS} --as-of {day}")
    told = replayed.does(f"history {PROCESS} --as-of {day} --as feitenrelaas")
    assert (day, None) == (data["as_of"], data["known_at"])
    assert by_then == [each["seq"] for each in data["entries"]]
    assert by_then == sorted(int(number) for number in re.findall(r"\[(\d+)\]", told))


def test_a_history_says_what_was_not_proved_on_that_day(replayed: Terminal) -> None:
    """And by which command one sees what was missing then."""
    said = replayed.does(f"history {PROCESS} --as-of 2021-02-15")
    assert "Not proved" not in said
    said = replayed.does(f"history {PROCESS} --as-of 2021-03-16")
    assert said.startswith("As it stood on Tue 16 March 2021.\n")
    assert "Not proved: 3 moves." in said
    assert f"mijlpaal status {PROCESS} --as-of 2021-03-16" in said


def test_a_history_as_of_a_day_reads_as_was_known_on_another(replayed: Terminal) -> None:
    """What was corrected later reads as it did, and what was recorded later is not in it."""
    replayed.world.it_is("2022-06-10")
    replayed.does(f"correct {PROCESS} 5 --note 'Not debated.' --reason slip")
    replayed.does(f"note {PROCESS} 'Later.' --on 2020-12-01")
    for form in ("", "--as feitenrelaas"):
        line = f"history {PROCESS} --as-of 2020-12-01 {form}"
        now, then = replayed.does(line), replayed.does(f"{line} --known-at 2022-06-05")
        assert "Not debated." in now
        assert "Later." in now
        assert "As recorded by Sun 5 June 2022." in then
        assert "a formal vote was not found." in then
        assert "Not debated." not in then
        assert "Later." not in then


def test_what_a_note_is_about_can_be_corrected(replayed: Terminal) -> None:
    """From then on it stands in the account of the party that it is about."""
    replayed.does(f"note {PROCESS} 'Men wacht af.' --on 2021-02-01 --about dordrecht")
    replayed.does(f"correct {PROCESS} 37 --about papendrecht --about sliedrecht.raad --reason slip")
    for party in ("papendrecht", "sliedrecht"):
        told = replayed.does(f"history {PROCESS} --as feitenrelaas --party {party}")
        assert "Men wacht af." in told
    (entry,) = (
        each for each in replayed.data(f"history {PROCESS}")["entries"] if each["seq"] == 38
    )
    assert ["papendrecht", "sliedrecht.raad"] == entry["payload"]["replacement"]["about"]


def test_a_note_stays_in_the_journal_of_whoever_it_was_ever_about(replayed: Terminal) -> None:
    """Also of a party that it was about between a correction and its withdrawal."""
    replayed.does(f"note {PROCESS} 'Men wacht af.' --on 2021-02-01 --about dordrecht")
    replayed.does(f"correct {PROCESS} 37 --about papendrecht --reason slip")
    replayed.does(f"correct {PROCESS} 37 --withdraw --reason hearsay")
    for party, seqs in (
        ("dordrecht", [37, 38, 39]),
        ("papendrecht", [37, 38, 39]),
        ("zwijndrecht", []),
    ):
        seen = replayed.data(f"history {PROCESS} --party {party}")["entries"]
        assert seqs == [each["seq"] for each in seen if each["seq"] >= 37]


def test_a_party_sees_what_is_asked_of_it_and_how_to_say_it(started: Terminal) -> None:
    """What is asked, until when, and the command that records it, which works as it is shown."""
    started.does(f"advance {PROCESS} principebesluit --on 2020-11-24")
    brought = "task gr-sociaal-domein principebesluit/raadsvoorstel bij-de-griffie"
    started.does(f"{brought} --for sliedrecht --on 2020-12-01 --reference x")
    said = started.does(f"status {PROCESS} --party sliedrecht")
    assert "principebesluit/raden: sliedrecht.raad, principebesluit; February 2021" in said
    (line,) = (each.strip() for each in said.splitlines() if "mijlpaal record" in each)
    typed = line.replace("OUTCOME", "ingestemd").replace("DATE", "2021-02-09")
    started.does(f"{typed.removeprefix('mijlpaal ')} --reference x")


def test_a_new_definition_can_be_started_as_it_is_written(
    terminal: Terminal, tmp_path: Path
) -> None:
    """The file has no fault, is commented, and never written over another."""
    file = tmp_path / "samen.yaml"
    line = f"definitions new {file} --title Samen --party Oost --party West --begins 2021-01-04"
    terminal.does(line)
    written = file.read_text(encoding="utf-8")
    assert "# Who takes part." in written
    terminal.does(f"definitions check {file}")
    terminal.does(f"start {file}")

    said = terminal(line)
    assert (2, written) == (said.code, file.read_text(encoding="utf-8"))


def test_a_new_definition_begins_on_the_day_it_is_there(terminal: Terminal, tmp_path: Path) -> None:
    """Where nobody says when: today, in the time zone that stands in the file."""
    file = tmp_path / "samen.yaml"
    terminal.world.now = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    terminal.does(f"definitions new {file} --title Samen --party Oost")

    assert "begins: 2026-07-01" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "given",
    [
        "--title 'Plan ${jaar}'",
        "--begins onbekend",
        "--goal onbekend",
        "--goal 2021-01-04 --begins 16-3-2021",
        "--party OOST",
        "--party -",
    ],
)
def test_what_would_not_be_sound_is_not_written(
    terminal: Terminal, tmp_path: Path, given: str
) -> None:
    """It is refused as the option it is, and there is no file."""
    file = tmp_path / "samen.yaml"
    said = terminal.refused(2, f"definitions new {file} --title Samen --party Oost {given}")

    assert said.startswith(f"mijlpaal: {given.split(maxsplit=1)[0]}: ")
    assert not file.exists()


def test_a_file_whose_name_gives_no_id_is_not_written(terminal: Terminal, tmp_path: Path) -> None:
    """It is the argument that is named, in the words of the help."""
    line = f"definitions new {tmp_path / '?.yaml'} --title Samen --party Oost"

    assert terminal.refused(2, line).startswith("mijlpaal: FILE: “?” has no letter or digit")
    assert terminal.refused(2, f"--lang nl {line}").startswith("mijlpaal: BESTAND: “?” bevat geen")
    assert [] == list(tmp_path.glob("*.yaml"))


@pytest.mark.parametrize(
    "typed",
    [
        "ladder/gewoon -14d,0d --reason x",
        "ladder/gewoon '-14d, -3wd, 0d' --reason x",
        "--reason x ladder/gewoon -3wd",
        "ladder/gewoon --dry-run -14d --reason x",
        "ladder/gewoon --reason -14d -7d",
        "ladder/gewoon --reason=x -14d,+3d/7d*4@projectsecretaris",
        "ladder/gewoon --reason x -- -14d,0d",
        "--reason x -- ladder/gewoon -14d,0d",
        "ladder/gewoon 0d,-14d --reason x",
    ],
)
def test_a_ladder_begins_with_a_dash_and_is_no_option(started: Terminal, typed: str) -> None:
    """It can be written where a value is, also without anything before it that says so."""
    assert "the ladder gewoon is now" in started.does(f"amend {PROCESS} {typed}")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("amend {p} ladder/gewoon -14 --reason x", "There is no option -1 here."),
        ("amend {p} ladder/gewoon -14dagen --reason x", "There is no option -1 here."),
        ("amend {p} ladder/gewoon -d --reason x", "There is no option -d here."),
        ("amend {p} ladder/gewoon -14d -7d --reason x", "This is more than is asked for: -7d."),
        ("amend {p} ladder/gewoon --reason -14d", "VALUE is missing."),
        ("amend {p} ladder/gewoon -14d --resaon x", "There is no option --resaon here."),
        ("amend {p} -14d --reason x", "VALUE is missing."),
        ("replan {p} principebesluit/raden -14d --reason x", "There is no option -1 here."),
    ],
)
def test_what_is_no_ladder_is_refused_as_ever(started: Terminal, typed: str, says: str) -> None:
    """Only a rung is taken for a value, only where one can stand, and only once."""
    assert says in " ".join(started.refused(2, typed.format(p=PROCESS)).split())


def row(said: str, milestone: str) -> str:
    """Return the line of a milestone in a status."""
    return next(line for line in said.splitlines() if line.startswith(f"{milestone} "))


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_bar_says_who_is_against(decided: Terminal, width: int, lang: str) -> None:
    """A council that decided against is decided, and its place is another than of those for."""
    decided.does(f"correct {PROCESS} 10 --outcome verworpen --reason slip")
    said = replace(decided, width=width).does(f"status {PROCESS} --lang {lang}")
    assert "[#####x#]" in row(said, "principebesluit")


def test_a_bar_has_no_place_for_what_is_held_over(started: Terminal) -> None:
    """Held over decides nothing: it is not counted, and its place is open."""
    started.does(f"advance {PROCESS} principebesluit --on 2020-11-24")
    started.does(
        f"record {PROCESS} principebesluit dordrecht aangehouden --on 2021-02-01 --reference x"
    )
    assert "[.......] 0 of 7" in row(started.does(f"status {PROCESS}"), "principebesluit")


def test_a_bar_says_of_which_request_it_is(replayed: Terminal) -> None:
    """Where a milestone has several; when all is over, the last of which anything is on record."""
    said = row(replayed.does(f"status {PROCESS}"), "definitieve-tekst")
    assert said.endswith("[.......] 0 of 7 verordeningen")
    replayed.does(
        f"record {PROCESS} definitieve-tekst dordrecht.raad verleend --request raden"
        " --on 2021-11-01 --reference x --out-of-order unsure"
    )
    said = row(replayed.does(f"status {PROCESS}"), "definitieve-tekst")
    assert said.endswith("[.#.....] 1 of 7 raden")


def test_a_bar_is_of_the_request_that_the_next_gate_waits_for(terminal: Terminal) -> None:
    """Another that is open too comes below it, though it is first in the file."""
    terminal.world.it_is("2026-03-03")
    terminal.does("start", str(ROOT / "docs/examples/sportpark.yaml"))
    said = row(terminal.does("status sportpark"), "locatie")
    assert said.endswith("[...] 0 of 3 keuze")


# --- days that are still to come -----------------------------------------------------------------


@pytest.mark.parametrize("command", ["status {p}", "due {p}", "explain {p} principebesluit"])
def test_a_day_to_come_is_as_it_would_stand(decided: Terminal, command: str) -> None:
    """With what is late by then; today itself is as it stood."""
    ahead = command.format(p=PROCESS) + " --as-of 2030-01-01"
    today = command.format(p=PROCESS) + f" --as-of {decided.world.now.date()}"

    said = decided.does(ahead)
    assert "As it would stand on Tue 1 January 2030, if nothing more is recorded." in said
    assert "As it stood on" not in said
    assert decided.data(ahead)["ahead"]
    assert "As it stood on" in decided.does(today)
    assert not decided.data(today)["ahead"]


@pytest.mark.parametrize("command", ["status {p}", "due {p}", "history {p}"])
def test_what_will_be_known_is_refused(decided: Terminal, command: str) -> None:
    """Nobody knows; what is known today may be asked."""
    said = decided.refused(4, command.format(p=PROCESS) + " --known-at 2030-01-01")
    assert "Tue 1 January 2030 is in the future." in said
    decided.does(command.format(p=PROCESS) + f" --known-at {decided.world.now.date()}")


def test_when_an_entry_was_recorded_is_told_by_the_clock_of_the_process(started: Terminal) -> None:
    """With its zone: in summer another one than in winter."""
    for day in ("2021-01-14", "2021-07-01"):
        started.world.it_is(day)
        started.does(f"note {PROCESS} 'a fact' --on {day}")
    said = started.does(f"history {PROCESS}")
    hour = started.world.now.hour

    assert f"recorded 14 Jan 2021 {hour + 1}:00:00 CET by secretaris" in said
    assert f"recorded 1 Jul 2021 {hour + 2}:00:00 CEST by secretaris" in said


def test_what_was_amended_is_told_in_words(started: Terminal) -> None:
    """Not by the key that is typed."""
    started.does(f"amend {PROCESS} title Oefening --reason x")
    assert "the title is now “Oefening”: x" in started.does(f"history {PROCESS}")


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


def test_what_is_asked_of_a_party_is_seen_from_a_day_too(started: Terminal) -> None:
    """It says from which, and offers nothing to type: nothing can be done there any more."""
    started.does(f"advance {PROCESS} principebesluit --on 2020-11-24")
    line = f"status {PROCESS} --party sliedrecht"
    assert "mijlpaal task" in started.does(line)
    today = started.world.now.date()
    for day, said in (
        ("--as-of 2021-02-15", "As it stood on Mon 15 February 2021."),
        ("--as-of 2030-01-01", "As it would stand on Tue 1 January 2030"),
        (f"--known-at {today}", "As recorded by"),
    ):
        seen = started.does(f"{line} {day}")
        assert said in seen
        assert "mijlpaal task" not in seen
        assert "mijlpaal record" not in seen


# --- dates that are mended -----------------------------------------------------------------------


def test_a_date_is_mended_in_one_command(decided: Terminal) -> None:
    """The receipt says what is different by it; the account tells it on its day, and the first."""
    said = folded(
        decided.does(f"correct {PROCESS} 10 --on 'by 2021-01-26' --votes 19-2 --reason slip")
    )
    reads = "sliedrecht.raad on principebesluit/raden (round 1): ingestemd, 19-2"
    assert f"entry 10 is corrected (slip); it now reads (by Tue 26 January 2021): {reads}" in said
    assert "No milestone, move or date is different by it." in said

    told = folded(decided.does(f"history {PROCESS} --as feitenrelaas"))
    january, february = told.split(" February 2021 Mon 1 February 2021: ")
    assert f"by Tue 26 January 2021: {reads}, recorded on its behalf. [10]" in january
    assert "As corrected by entry 13; it was dated Mon 1 February 2021 first." in january
    assert "[10]" not in february
    seen = decided.data(f"history {PROCESS} --as-of 2021-01-26")["entries"]
    assert [10, 13] == [each["seq"] for each in seen][-2:]
    assert "by 2021-01-26" == seen[-1]["payload"]["effective"]


def test_a_date_that_costs_a_move_its_proof_says_so(decided: Terminal) -> None:
    """Sliedrecht decided after the move: the receipt says what could not have been made."""
    refused = decided(f"correct {PROCESS} 10 --on 2021-02-09 --reason slip")
    assert (4, True) == (refused.code, "add --out-of-order REASON" in folded(refused.err))
    said = folded(
        decided.does(
            f"correct {PROCESS} 10 --on 2021-02-09 --out-of-order 'it met later' --reason slip"
        )
    )
    assert "Different by it: principebesluit is “vastgesteld”, in question" in said
    assert "(Tue 2 February 2021) could not have been made" in said
    decided.does(f"correct {PROCESS} 12 --on 2021-02-09 --reason 'the stuurgroep met later, too'")
    assert "decided" == decided.data(f"status {PROCESS}")["milestones"][0]["basis"]
    assert "whole" in decided.does("verify")
