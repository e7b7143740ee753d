"""The command line at work: a whole scenario, dry runs, suggestions, queries."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from cli import cli
from definitions.library import shipped
from tests.support.cli import PROCESS, SECRETARY, Terminal, folded

PAPERS_OUT = f"advance {PROCESS} principebesluit --on 'by 2020-11-24'"
SLIEDRECHT = f"record {PROCESS} principebesluit sliedrecht.raad ingestemd --on 2021-02-10"
FACTS = f"""\
process: {PROCESS}
facts:
  - {{id: one, on: 2020-12-01, note: The first., source: a letter}}
  - {{id: two, on: 2020-12-02, advance: principebesluit, source: a letter}}
"""


# --- a scenario --------------------------------------------------------------------------------


def test_a_secretary_and_a_griffier_take_a_process_through_its_first_decision(
    terminal: Terminal,
) -> None:
    """The secretary starts and seats a griffier, who records; the gate opens with the seventh."""
    anna = terminal.as_user("anna")

    out = terminal.does(f"start {PROCESS}")
    assert [
        "1 Nov 2020 process started",
        "2 Nov 2020 secretaris holds the seat projectsecretaris",
        "3 Nov 2020 secretaris holds the seat stuurgroep",
    ] == [folded(line).split(", by")[0] for line in out.splitlines()[:3]]

    out = terminal.does(f"member add {PROCESS} griffier@sliedrecht anna --on 2020-11-01")
    assert "anna holds the seat griffier@sliedrecht" in out
    terminal.does(PAPERS_OUT)

    out = anna.does(f"{SLIEDRECHT} --votes 19-4")
    assert "sliedrecht.raad on principebesluit/raden (round 1): ingestemd, 19-4" in out
    assert "1 of 7 on record; no decision known of raad of alblasserdam," in out

    for party in ("alblasserdam", "dordrecht", "hardinxveld-giessendam", "hendrik-ido-ambacht"):
        terminal.does(
            f"record {PROCESS} principebesluit {party} ingestemd --on 2021-02-09 --reference x"
        )
    terminal.does(
        f"record {PROCESS} principebesluit papendrecht aangehouden --on 2021-01-21 --reference x"
    )
    terminal.does(
        f"record {PROCESS} principebesluit papendrecht ingestemd --on 2021-01-26 --reference x"
    )
    assert "6 of 7 for; 7 needed" in terminal.refused(4, f"advance {PROCESS} principebesluit")

    out = terminal.does(
        f"record {PROCESS} principebesluit zwijndrecht ingestemd --on 2021-02-12 --reference x"
    )
    assert f"Open now:\n  mijlpaal advance {PROCESS} principebesluit vaststellen" in out
    terminal.does(f"advance {PROCESS} principebesluit vaststellen --on 2021-02-12")

    milestone = terminal.data(f"status {PROCESS}")["milestones"][0]
    assert ("vastgesteld", "decided") == (milestone["state"], milestone["basis"])
    assert f"{PROCESS}: whole." in terminal.does("verify")


def test_as_names_who_acts(started: Terminal) -> None:
    """--as and MIJLPAAL_ACTOR say who asks; --as wins, and nobody gets a seat by it."""
    started.does(f"member add {PROCESS} griffier@sliedrecht anna --on 2021-01-01")
    started.does(PAPERS_OUT)
    bob = Terminal(
        started.file, started.capture, started.world, environment={"MIJLPAAL_ACTOR": "bob"}
    )

    assert "bob holds no seat here" in bob.refused(4, SLIEDRECHT)
    assert "ingestemd" in bob.does(f"--as anna {SLIEDRECHT}")
    entry = started.data(f"history {PROCESS}")["entries"][-1]
    assert ("griffier@sliedrecht", SECRETARY) == (entry["role"], entry["os_user"])


def test_as_works_behind_the_command_too(started: Terminal) -> None:
    """Options that every command has stand before the command or after it."""
    assert "anna holds no seat here" in started.refused(4, f"note {PROCESS} hello --as anna")


def test_the_party_is_enough_where_one_of_its_bodies_is_asked(started: Terminal) -> None:
    """A bare party name means its council, where only its council is asked."""
    started.does(PAPERS_OUT)
    out = started.does(
        f"record {PROCESS} principebesluit dordrecht ingestemd --on 2021-02-01 --reference x"
    )
    assert "dordrecht.raad on principebesluit/raden" in out
    assert "recorded on its behalf" in folded(out)


def test_a_text_is_known_by_the_hash_of_the_whole_file(started: Terminal, tmp_path: Path) -> None:
    """The hash kept with a decision is what sha256sum says, also of a large file."""
    content = b"tekst" * 1_000_000
    (tmp_path / "tekst.pdf").write_bytes(content)
    started.does(PAPERS_OUT)
    started.does(
        f"record {PROCESS} principebesluit dordrecht ingestemd --on 2021-02-01 --reference x "
        f"--text {tmp_path / 'tekst.pdf'}"
    )
    payload = started.data(f"history {PROCESS}")["entries"][-1]["payload"]
    assert hashlib.sha256(content).hexdigest() == payload["text"]


def test_an_attested_move_says_what_is_missing(started: Terminal) -> None:
    """Whoever attests a move is told at once what is not on record behind it."""
    started.does(PAPERS_OUT)
    out = started.does(
        f"advance {PROCESS} principebesluit --attested --reference letter --on 2021-03-01"
    )
    assert "Not proved by what is on record:" in out
    assert "no decision on principebesluit/raden: raad of alblasserdam, dordrecht," in out


def test_tasks_and_parts_are_reported(started: Terminal) -> None:
    """A task and a part of a deliverable can be reported, and show in what opens a gate."""
    milestone = "hoofdlijnennotitie"
    started.does(f"advance {PROCESS} {milestone} --on 2021-01-01")
    started.does(f"advance {PROCESS} {milestone} --on 2021-01-02")
    started.does(f"task {PROCESS} {milestone}/bestuurlijke-sessie gehouden --on 2021-01-03")
    started.does(
        f"task {PROCESS} {milestone}/raadsgesprek afgeslagen --for sliedrecht --on 2021-01-03"
    )
    started.does(f"deliverable {PROCESS} {milestone}/waarom leidend --reference x --on 2021-01-04")

    out = started.does(f"explain {PROCESS} {milestone}")
    assert "[yes] tasks hoofdlijnennotitie/bestuurlijke-sessie: 1 of 1 done" in out
    assert "[no] tasks hoofdlijnennotitie/raadsgesprek: 1 of 7 done" in out
    assert "Not reported done\n" in started.does(f"status {PROCESS}")


def test_a_seat_ends(started: Terminal) -> None:
    """Who held a seat holds it no longer after its last day."""
    started.does(f"member add {PROCESS} lezer anna --on 2021-01-01 --address a@example.org")
    started.does(f"member end {PROCESS} lezer anna --on 2021-06-01")
    seats = started.data(f"member list {PROCESS}")["seats"]
    assert [
        {
            "seat": "lezer",
            "name": "anna",
            "address": "a@example.org",
            "since": "2021-01-01",
            "until": "2021-06-01",
            "mailbox": False,
            "person": "person-2",
        }
    ] == [each for each in seats if each["seat"] == "lezer"]


# --- suggestions -------------------------------------------------------------------------------


def test_what_is_suggested_can_be_typed(started: Terminal) -> None:
    """Every command that a screen or a receipt suggests works as it stands there."""
    followed = 0
    for line in (
        PAPERS_OUT,
        f"status {PROCESS}",
        f"explain {PROCESS} concepttekst",
        f"advance {PROCESS} principebesluit --attested --reference x --on 2021-03-01",
        f"due {PROCESS}",
        f"history {PROCESS}",
        f"note {PROCESS} hello",
    ):
        followed += started.follow(started(line))
    assert 12 == followed


def test_an_empty_database_suggests_what_to_start(terminal: Terminal) -> None:
    """Who has no process yet is told how to begin one, with a name that exists."""
    said = terminal("status")
    lines = "".join(f"  mijlpaal start {name}\n" for name in shipped())
    assert f"No processes yet. Begin one:\n{lines}" == said.out
    terminal.does(f"start {PROCESS}")


@pytest.mark.parametrize(
    ("line", "wrong", "right"),
    [
        (f"explain {PROCESS} principebesluitt", "principebesluitt", "principebesluit"),
        (f"explain {PROCESS} principebesluit vaststelen", "vaststelen", "vaststellen"),
        ("status gr-sociaal-domen", "gr-sociaal-domen", PROCESS),
        ("due gr-sociaal", "gr-sociaal", PROCESS),
        ("definitions show gr-sociaaldomein", "gr-sociaaldomein", PROCESS),
        (f"advance {PROCESS} principebesluit in-rout --dry-run", "in-rout", "in-route"),
        (f"advance {PROCESS} principebesluit --to in-rute --dry-run", "in-rute", "in-route"),
        (f"member add {PROCESS} grifier@sliedrecht x --dry-run", "grifier", "griffier"),
        (
            f"member add {PROCESS} griffier@sliedrct x --dry-run",
            "griffier@sliedrct",
            "griffier@sliedrecht",
        ),
        (f"member end {PROCESS} stuurgroep secretarius --dry-run", "secretarius", SECRETARY),
        (f"task {PROCESS} nieuwsbrif verzonden --dry-run", "nieuwsbrif", "nieuwsbrief"),
        (f"task {PROCESS} nieuwsbrief verzondn --dry-run", "verzondn", "verzonden"),
        (f"note {PROCESS} x --about concepttext --dry-run", "concepttext", "concepttekst"),
        (
            f"deliverable {PROCESS} concepttekst/regelin concept --reference x --dry-run",
            "regelin",
            "regeling",
        ),
        (
            f"deliverable {PROCESS} concepttekst/regeling concpt --reference x --dry-run",
            "concpt",
            "concept",
        ),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_one(
    started: Terminal, line: str, wrong: str, right: str
) -> None:
    """Did you mean: and with that name the command works."""
    assert f"Did you mean “{right}”?" in started.refused(5, line)
    assert 0 == started(line.replace(wrong, right, 1)).code


@pytest.mark.parametrize(
    ("line", "wrong", "right"),
    [
        ("stat", "stat", "status"),
        ("statsu", "statsu", "status"),
        (f"member lst {PROCESS}", "lst", "list"),
        ("db chek", "chek", "check"),
    ],
)
def test_a_wrong_command_is_answered_with_the_right_one(
    started: Terminal, line: str, wrong: str, right: str
) -> None:
    """A command that does not exist is wrong usage, and the nearest one works."""
    err = started.refused(2, line)
    assert f"mijlpaal: There is no command “{wrong}”.\nDid you mean “{right}”?\n" == err
    assert 0 == started(line.replace(wrong, right, 1)).code


def test_a_wrong_body_is_answered_with_the_right_one(started: Terminal) -> None:
    """A mistyped council is guessed at, and the guess is a council that is asked."""
    started.does(PAPERS_OUT)
    line = f"record {PROCESS} principebesluit slidrecht.raad ingestemd --on 2021-02-10"
    err = started.refused(5, f"{line} --reference x")
    assert "There is no body “slidrecht.raad”.\nDid you mean “sliedrecht.raad”?\n" in err


# --- dry runs and repetition -------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        f"start {PROCESS} --id another --as newcomer",
        f"replay {PROCESS}",
        f"advance {PROCESS} principebesluit",
        f"advance {PROCESS} principebesluit beeindigen",
        f"task {PROCESS} nieuwsbrief verzonden",
        f"deliverable {PROCESS} concepttekst/regeling concept --reference x",
        f"note {PROCESS} hello",
        f"member add {PROCESS} lezer newcomer --address new@example.org",
        f"member end {PROCESS} stuurgroep {SECRETARY}",
        "db upgrade",
    ],
)
def test_a_dry_run_says_what_would_happen_and_writes_nothing(started: Terminal, line: str) -> None:
    """--dry-run tries everything and leaves every row as it was, people included."""
    before = started.rows
    out = started.does(f"{line} --dry-run")
    assert before == started.rows
    assert out
    assert 0 == started(line).code


def test_a_dry_run_calls_a_newcomer_by_name(terminal: Terminal) -> None:
    """Who would be entered is shown by name, not by an id that does not exist yet."""
    assert "secretaris holds the seat" in terminal.does(f"start {PROCESS} --dry-run")
    terminal.does(f"start {PROCESS}")
    assert "anna holds the seat lezer" in terminal.does(
        f"member add {PROCESS} lezer anna --dry-run"
    )


def test_a_dry_run_of_a_copy_makes_no_file(started: Terminal) -> None:
    """It says how much would go over, of which end there is nothing, and which is full."""
    other = started.file.with_name("other.db")
    tried = started.does(f"db copy {started.file} {other} --dry-run")
    assert not other.exists()
    copied = started.does(f"db copy {started.file} {other}")
    assert tried.removeprefix("Only tried; ").split()[0] == copied.split()[0]
    nowhere = started.file.parent / "nowhere" / "copy.db"
    for line in (
        f"{started.file} {other}",
        f"{other}x {started.file}",
        f"{started.file} {nowhere}",
    ):
        assert 0 != started(f"db copy {line} --dry-run").code


def test_a_dry_run_of_a_new_definition_shows_it(terminal: Terminal) -> None:
    """It is printed, and what is there already is refused as it would be."""
    file = terminal.file.with_name("samen.yaml")
    line = f"definitions new {file} --title Samen --party Oost --party West --begins 2021-01-04"
    tried = terminal.does(f"{line} --dry-run")
    assert not file.exists()
    terminal.does(line)
    assert tried.endswith(file.read_text(encoding="utf-8"))
    for there in (line, line.replace("samen.yaml", "nergens/samen.yaml")):
        assert terminal(f"{there} --dry-run").err == terminal(there).err != ""


def test_a_dry_run_of_a_record_refuses_what_would_be_refused(started: Terminal) -> None:
    """A dry run is decided like the command itself."""
    assert "admitted in “in-route”" in folded(
        started.refused(4, f"{SLIEDRECHT} --reference x --dry-run")
    )


def test_a_dry_upgrade_makes_no_file(terminal: Terminal, tmp_path: Path) -> None:
    """db upgrade --dry-run tells what it would do and leaves the disk alone."""
    file = tmp_path / "new.db"
    out = terminal.does(f"db upgrade --dry-run --db {file}")
    assert "would be set up, at revision 0005" in folded(out)
    assert not file.exists()
    assert "is set up, at revision 0005" in folded(terminal.does(f"db upgrade --db {file}"))
    assert "is up to date" in folded(terminal.does(f"db upgrade --db {file}"))


def test_the_same_key_is_one_entry(started: Terminal) -> None:
    """A command repeated with its key changes nothing; another one with that key is refused."""
    started.does(f"note {PROCESS} hello --key k --on 2021-01-01")
    before = started.rows
    assert "This was recorded before; nothing changes." in started.does(
        f"note {PROCESS} hello --key k --on 2021-01-01"
    )
    assert before == started.rows
    err = started.refused(4, f"note {PROCESS} goodbye --key k --on 2021-01-01")
    assert "“k” was recorded before with another content (entry 4)." in err


def test_a_start_and_a_seat_with_a_key_happen_once(started: Terminal) -> None:
    """As any command; a dry run says so too."""
    for line, other in (
        (f"start {PROCESS} --id tweede --on 2021-01-01", " --reconstruction"),
        (f"member add {PROCESS} griffier@sliedrecht bob --on 2021-01-01", " --until 2021-02-01"),
        (f"member end {PROCESS} griffier@sliedrecht bob --on 2021-03-01", " --on 2021-03-02"),
    ):
        keyed = f"{line} --key '{line[:12]}'"
        started.does(keyed)
        before = started.rows
        for again in (keyed, f"{keyed} --dry-run"):
            assert "This was recorded before; nothing changes." in folded(started.does(again))
        assert "with another content" in started.refused(4, keyed + other)
        assert before == started.rows


def test_expect_refuses_where_somebody_was_first(started: Terminal) -> None:
    """--expect names the last entry one knew; it is refused when there are more."""
    started.does(f"note {PROCESS} hello --expect 3")
    err = started.refused(4, f"note {PROCESS} hello --expect 3")
    assert "The process is at entry 4, not at 3: somebody was here before you." in err
    assert "history" in err


# --- replay ------------------------------------------------------------------------------------


def test_a_replay_happens_once(started: Terminal) -> None:
    """The same facts twice are the same journal."""
    recorded = f"See where it stands:\n  mijlpaal status {PROCESS}\n"
    out = started.does(f"replay {PROCESS}")
    assert f"33 facts recorded; 0 had been recorded before.\n{recorded}" == out
    before = started.rows
    out = started.does(f"replay {PROCESS}")
    assert f"0 facts recorded; 33 had been recorded before.\n{recorded}" == out
    assert before == started.rows


def test_one_bad_fact_among_a_hundred_records_none(started: Terminal, tmp_path: Path) -> None:
    """A replay is all or nothing; the fact that is wrong is named with its line."""
    good = [f"  - {{id: n{n}, on: 2020-12-01, note: fact {n}, source: x}}\n" for n in range(99)]
    bad = "  - {id: bad, on: 2020-12-02, record: principebesluit, body: sliedrecht.raad, "
    bad += "outcome: ingestemd, source: x}\n"
    file = tmp_path / "facts.yaml"
    file.write_text(f"process: {PROCESS}\nfacts:\n{''.join(good[:50])}{bad}{''.join(good[50:])}")
    err = started.refused(4, f"replay {file}")
    assert f"mijlpaal: {file}:53: fact “bad”: On Wed 2 December 2020" in folded(err)


def test_a_fact_that_changed_is_refused(started: Terminal, tmp_path: Path) -> None:
    """A fact that was recorded stays as it was; the same id with other content is refused."""
    file = tmp_path / "facts.yaml"
    file.write_text(FACTS)
    assert "2 facts recorded; 0 had been recorded before." in started.does(f"replay {file}")
    file.write_text(FACTS.replace("The first.", "The very first."))
    err = started.refused(4, f"replay {file}")
    assert "fact “one”" in folded(err)
    assert "was recorded before with another content (entry 4)." in folded(err)


def test_a_replay_into_another_process(terminal: Terminal, tmp_path: Path) -> None:
    """--process sends facts to another process than the one their file names."""
    terminal.does(f"start {PROCESS} --id elsewhere")
    file = tmp_path / "facts.yaml"
    file.write_text(FACTS)
    terminal.refused(5, f"replay {file}")
    assert "2 facts recorded" in terminal.does(f"replay {file} --process elsewhere")


# --- queries -----------------------------------------------------------------------------------


def test_status_without_a_process_lists_them_all(replayed: Terminal) -> None:
    """The list says what is reached, what is not proved and how many decisions are awaited."""
    replayed.does(f"start {PROCESS} --id another --on 2021-01-01")
    replayed.does("advance another principebesluit --on 2021-02-01")
    title = "New joint arrangement for the social domain"
    assert [
        "PROCESS REACHED NOT PROVED AWAITED GOAL TITLE",
        f"another 0 of 5 7 decisions 1 Jan 2022, 151 days ago {title}",
        f"{PROCESS} 5 of 5 12 moves 1 Jan 2022; reached 1 Jan 2022 {title}",
    ] == [folded(line) for line in replace(replayed, width=140).does("status").splitlines()]


def test_due_says_what_has_passed_without_proof(replayed: Terminal) -> None:
    """A due that lies behind us on the word of a source is not called done."""
    out = replayed.does(f"due {PROCESS}")
    assert "principebesluit/raden" in out
    assert 9 == out.count("passed, not proved")
    assert 1 == out.count("  done")
    assert f"  mijlpaal status {PROCESS}" in out


def test_doctor_and_db_check_find_all_well(replayed: Terminal) -> None:
    """doctor looks at the journals too, and says who you are."""
    out = replayed.does("doctor")
    assert f"[ok] journal {PROCESS}\nYou are secretaris; language en.\n" in out
    assert "WRONG" not in out
    assert "journal gr-" not in replayed.does("db check")


@pytest.mark.parametrize("command", ["doctor", "db check"])
def test_doctor_before_there_is_a_database(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """The user's own file not being there yet is no fault, and doctor does not make it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    at_home = replace(terminal, environment={"MIJLPAAL_DATABASE_URL": ""})
    assert "not there yet; “mijlpaal start” makes it" in folded(at_home.does(command))
    assert not (tmp_path / "mijlpaal" / "mijlpaal.sqlite3").exists()


@pytest.mark.parametrize("command", ["doctor", "db check"])
@pytest.mark.parametrize("by", ["--db", "MIJLPAAL_DATABASE_URL"])
def test_doctor_of_a_database_that_was_named_and_is_not_there(
    terminal: Terminal, tmp_path: Path, command: str, by: str
) -> None:
    """Its name may be misspelt: that is wrong, and nothing is made."""
    file = tmp_path / "misspelt.db"
    if by == "--db":
        said = terminal(f"{command} --db {file}")
    else:
        said = replace(terminal, environment={by: str(file)})(command)

    assert 1 == said.code
    assert "[WRONG] database:" in said.out
    assert "It is not there: check the name." in folded(said.out)
    assert not file.exists()


def test_doctor_looks_at_the_settings(replayed: Terminal, tmp_path: Path) -> None:
    """Each fault of theirs is on a line of its own; what else there is, is looked at too."""
    file = tmp_path / "settings.toml"
    file.write_text('[mail]\nhots = "x"\nport = "abc"\n', encoding="utf-8")
    asking = replace(replayed, environment={"MIJLPAAL_SETTINGS": str(file)})
    for command in ("doctor", "doctor --mail"):
        said = asking(command)
        assert 1 == said.code
        assert [
            f"[WRONG] settings: 1/2 ({file}: mail.port: Expected a whole number, not “abc”.)",
            f"[WRONG] settings: 2/2 ({file}: mail.hots: There is no such setting. Did you mean "
            "“host”?)",
        ] == [f"[{each}" for each in folded(said.out).split(" [") if "settings:" in each]
        assert f"[ok] journal {PROCESS}" in said.out

    _, *faults = asking.refused(2, "remind run-due").split("\n  /")
    assert 2 == len(faults)


@pytest.mark.parametrize("command", [f"start {PROCESS}", "db upgrade"])
def test_a_missing_database_is_made(terminal: Terminal, tmp_path: Path, command: str) -> None:
    """By who begins something: the file, in a folder that is there."""
    file = tmp_path / "new.db"
    terminal.does(f"{command} --db {file}")
    assert file.exists()


@pytest.mark.parametrize("command", [f"start {PROCESS}", "db upgrade"])
def test_a_missing_folder_is_not_made(terminal: Terminal, tmp_path: Path, command: str) -> None:
    """It may be misspelt: a database in a folder that somebody named is not hidden away."""
    file = tmp_path / "new" / "mijlpaal.db"
    err = folded(terminal.refused(1, f"{command} --db {file}"))
    assert f"No database can be made in {file.parent}: No such file or directory." in err
    assert "Make that folder first, or name another place with --db." in err
    assert not file.parent.exists()


@pytest.mark.parametrize("command", ["status", f"start {PROCESS}", "db upgrade"])
def test_one_s_own_folder_is_made(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Where nobody names a database, one's own is made, with the folder it lies in."""
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: tmp_path / "own" / name)
    replace(terminal, environment={"MIJLPAAL_DATABASE_URL": ""}).does(command)
    assert (tmp_path / "own" / "mijlpaal" / "mijlpaal.sqlite3").is_file()


def test_a_folder_of_one_s_own_that_cannot_be_made(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in its place is said."""
    (tmp_path / "own").write_text("")
    monkeypatch.setattr("platformdirs.user_data_path", lambda name: tmp_path / "own" / name)
    nowhere = replace(terminal, environment={"MIJLPAAL_DATABASE_URL": ""})
    assert f"Cannot make the folder {tmp_path / 'own' / 'mijlpaal'}" in folded(
        nowhere.refused(1, "status")
    )


@pytest.mark.parametrize(
    "command", ["status", f"note {PROCESS} x", "remind run-due", "verify", "member list x"]
)
def test_a_misspelt_database_is_not_made(terminal: Terminal, tmp_path: Path, command: str) -> None:
    """It is refused, however it was named, and the way out is said."""
    file = tmp_path / "mijlpal.db"
    elsewhere = replace(terminal, environment={"MIJLPAAL_DATABASE_URL": str(file)})
    helps = {
        elsewhere.refused(1, command): f"  mijlpaal db upgrade --db {file}",
        terminal.refused(1, f"{command} --db {file}"): f"  mijlpaal --db {file} db upgrade",
    }

    for said, typed in helps.items():
        assert f"There is no database sqlite:///{file}. Check the name" in folded(said)
        assert typed == said.splitlines()[-1]
    assert not file.exists()
    elsewhere.does("db upgrade")
    assert file.exists()


def test_a_database_in_the_home_of_nobody(terminal: Terminal) -> None:
    """There is none, as in any folder that is not there."""
    said = terminal.refused(1, "status --db ~nobody-of-that-name/mijlpaal.db")
    assert "There is no database" in said


def test_definitions_are_listed_shown_and_checked(terminal: Terminal) -> None:
    """What is shipped can be looked at, and a check finds no fault in it."""
    assert PROCESS in terminal.does("definitions list")
    assert "Assumed by us" in terminal.does(f"definitions show {PROCESS}")
    assert f"{PROCESS}: sound. " in terminal.does(f"definitions check {PROCESS}")


@pytest.mark.parametrize("kind", ["process", "facts"])
def test_the_schema_is_json(terminal: Terminal, kind: str) -> None:
    """definitions schema prints what an editor reads."""
    assert terminal.does(f"definitions schema {kind}").startswith('{\n  "$defs"')


def test_the_language_chooses_the_titles(replayed: Terminal) -> None:
    """--lang goes before the environment; titles come in the language asked for."""
    assert "Nieuwe GR sociaal domein" in replayed.does(f"status {PROCESS} --lang nl")
    dutch = Terminal(
        replayed.file, replayed.capture, replayed.world, environment={"LC_ALL": "nl_NL.UTF-8"}
    )
    assert "Nieuwe GR sociaal domein" in dutch.does(f"status {PROCESS}")
    assert "New joint arrangement" in dutch.does(f"status {PROCESS} --lang en")


# --- help --------------------------------------------------------------------------------------


def test_help_names_every_command_and_its_sentence(terminal: Terminal) -> None:
    """The help of the program lists each command with what it does, whole."""
    out = folded(terminal.does("--help"))
    assert [] == [name for name in cli.commands if f" {name} " not in out]
    assert "have decided. New here? Begin with: mijlpaal demo Options:" in out


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_help_for_every_option(terminal: Terminal, name: str) -> None:
    """Each option says what it is for, under -h as under --help."""
    assert terminal.does(f"{name} --help") == terminal.does(f"{name} -h")
    options = [each for each in cli.commands[name].params if each.param_type_name == "option"]
    assert [] == [each.name for each in options if not getattr(each, "help", None)]


def test_no_command_shows_the_help_as_wrong_usage(terminal: Terminal) -> None:
    """mijlpaal alone explains itself, and is not a success."""
    said = terminal()
    assert 2 == said.code
    assert "Usage: mijlpaal" in said.out + said.err


def test_the_version_is_printed(terminal: Terminal) -> None:
    """--version says which mijlpaal this is."""
    assert terminal.does("--version").startswith("mijlpaal ")


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("command", ["", "record", "definitions graph", "remind run-due"])
def test_help_is_folded_to_a_narrow_terminal(terminal: Terminal, command: str, lang: str) -> None:
    """No line is wider than it, also where it is narrower than Click minds."""
    narrow = replace(terminal, width=40)
    said = narrow.does(f"--lang {lang} {command} --help".replace("  ", " "))
    assert [] == [line for line in said.splitlines() if len(line) > 40]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_list_of_processes_names_them_on_a_narrow_page(replayed: Terminal, width: int) -> None:
    """Where there is no room for another column, their titles stand below."""
    said = replace(replayed, width=width).does("status")
    title = replayed.data("status")["processes"][0]["title"]
    assert f"Titles {PROCESS}: {title}" in folded(said)
