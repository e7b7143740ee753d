"""The tab key: what is offered for each word, in which shell, and what it never does."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cli import cli
from terminal.completion.shells import SHELLS, parted, script_of
from terminal.runtime.setup import COMPLETE
from tests.support.cli import PROCESS, SECRETARY, Terminal
from workflow.decide.amend import AMENDABLE
from workflow.storage.database import parse_url
from workflow.storage.places import sqlite_file_of

BREAKS = " \t\n\"'@><=;|&(:"
"""Where bash breaks a word, unless it is told otherwise."""
SPORTPARK = Path(__file__).parents[1] / "docs/examples/sportpark.yaml"
SEVEN = [
    "alblasserdam",
    "dordrecht",
    "hardinxveld-giessendam",
    "hendrik-ido-ambacht",
    "papendrecht",
    "sliedrecht",
    "zwijndrecht",
]


def struck(terminal: Terminal, line: str, shell: str = "bash", **more: str) -> str:
    """Strike the tab key at the end of a line, and return what the shell is told."""
    asked = {COMPLETE: f"{shell}_complete", "COMP_WORDS": line, **more}
    return replace(terminal, environment=asked).does("")


def names(terminal: Terminal, line: str) -> list[str]:
    """Return the words that are offered behind a line; “mijlpaal” is typed already."""
    return [each.partition(",")[2] for each in struck(terminal, f"mijlpaal {line}").splitlines()]


def names_of(party: str) -> list[str]:
    """Return the party and its bodies."""
    return [party, f"{party}.raad", f"{party}.college"]


# --- what is offered ---------------------------------------------------------------------------


def test_people_of_one_name_are_offered_by_how_they_are_named(started: Terminal) -> None:
    """Each with the address, of all people and of those who hold a seat."""
    for to in ("een@oost.example", "twee@oost.example"):
        more = ["--another"] if to[0] == "t" else []
        started.does("member", "add", PROCESS, "lezer", "Zoë", "--address", to, *more)
    everybody = struck(started, "mijlpaal member export ", "zsh")
    holders = struck(started, f"mijlpaal member end {PROCESS} lezer ", "zsh")
    for said in (everybody, holders):
        assert "Zoë <een@oost.example>" in said.replace("\\", "")
        assert "Zoë <twee@oost.example>" in said.replace("\\", "")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("stat", ["status"]),
        ("status ", [PROCESS]),
        ("status gr-", [PROCESS]),
        ("status --party ", []),
        (f"status {PROCESS} --party ", SEVEN),
        (f"status {PROCESS} --party=d", ["--party=dordrecht"]),
        (f"status {PROCESS} --group werkgroep-4", ["werkgroep-4"]),
        (f"status {PROCESS} --role griffier", ["griffier"]),
        (f"status {PROCESS} --lang ", ["en", "nl"]),
        (f"status {PROCESS} --known", ["--known-at"]),
        (f"explain {PROCESS} c", ["concepttekst"]),
        (f"advance {PROCESS} principebesluit ", ["in-route", "beeindigen"]),
        (f"advance {PROCESS} principebesluit --to ", ["in-route", "beeindigd"]),
        (f"advance {PROCESS} principebesluit beeindigen --to ", ["beeindigd"]),
        (f"record {PROCESS} principebesluit ", SEVEN),
        (f"record {PROCESS} principebesluit zwijndrecht v", ["verworpen", "van-de-agenda"]),
        (f"record {PROCESS} definitieve-tekst dordrecht.r", ["dordrecht.raad"]),
        (f"record {PROCESS} definitieve-tekst --request raden d", ["dordrecht"]),
        (
            f"record {PROCESS} definitieve-tekst dordrecht.raad verleend --request ",
            ["raden", "verordeningen"],
        ),
        (f"task {PROCESS} nieuws", ["nieuwsbrief"]),
        (f"task {PROCESS} nieuwsbrief ", ["verzonden"]),
        (f"task {PROCESS} hoofdlijnennotitie/raadsgesprek gehouden --for z", ["zwijndrecht"]),
        (f"deliverable {PROCESS} concept", ["concepttekst/regeling", "concepttekst/consequenties"]),
        (f"replan {PROCESS} principebesluit/", ["principebesluit/raden"]),
        (f"note {PROCESS} hello --about in", ["inwerkingtreding"]),
        (f"note {PROCESS} hello --about p", ["principebesluit", *names_of("papendrecht")]),
        (f"note {PROCESS} hello --about inwerkingtreding --about slie", names_of("sliedrecht")),
        (f"correct {PROCESS} ", ["3", "2", "1"]),
        (f"correct {PROCESS} 3 --outcome verw", ["verworpen"]),
        (f"amend {PROCESS} ladder/", ["ladder/gewoon"]),
        (f"leave {PROCESS} s", ["sliedrecht"]),
        (f"history {PROCESS} --party p", ["papendrecht"]),
        (f"member add {PROCESS} griffier-nobody", []),
        (f"member add {PROCESS} stuur", ["stuurgroep"]),
        (f"member end {PROCESS} stuurgroep ", [SECRETARY]),
        (f"member end {PROCESS} griffier@dordrecht ", []),
        ("start wijziging", ["wijziging-gr", ""]),
        ("replay ver", ["verkenning-samenwerking", ""]),
        ("definitions show zien", ["zienswijze-regionale-visie", ""]),
        ("definitions export zw", ["zwembad"]),
        ("definitions export w", ["wijziging-gr", "waiting.py", "watch.py"]),
        ("definitions graph ver", ["verkenning-samenwerking"]),
        (f"definitions graph --process {PROCESS} h", ["hoofdlijnennotitie"]),
        (f"definitions graph {PROCESS} def", ["definitieve-tekst"]),
        (f"definitions graph {SPORTPARK} l", ["locatie"]),
        (f"definitions graph {PROCESS} concepttekst ", []),
        ("definitions graph nope ", []),
        ("member export ", [SECRETARY]),
        ("member erase s", [SECRETARY]),
        ("definitions graph --format ", ["mermaid", "dot", "svg"]),
        ("completion ", ["bash", "zsh", "fish", "powershell"]),
        ("status --as s", [SECRETARY]),
        ("status --json gr", [PROCESS]),
        ("--debug stat", ["status"]),
    ],
)
def test_what_is_offered(started: Terminal, line: str, expected: list[str]) -> None:
    """Names from the database, of what the words before leave, the likeliest first."""
    assert expected == names(started, line)


def test_those_awaited_come_first(replayed: Terminal) -> None:
    """Who decided already is offered last to record, and first to say that it was sent."""
    decided = ["papendrecht", "sliedrecht"]
    assert decided == names(replayed, f"record {PROCESS} principebesluit ")[5:]
    assert decided == names(replayed, f"sent {PROCESS} principebesluit ")


def test_open_transitions_come_first(started: Terminal) -> None:
    """What can be done now stands before what its gate keeps closed, and each says which."""
    started.does(f"advance {PROCESS} principebesluit --on 2020-12")
    offered = struck(started, f"mijlpaal advance {PROCESS} principebesluit ", "fish")
    assert (
        "plain,beeindigen\topen, leads to beeindigd\n"
        "plain,vaststellen\tclosed, leads to vastgesteld\n"
        "plain,aanpassen\tclosed, leads to aanpassing\n"
    ) == offered


def test_what_belongs_to_an_answer(terminal: Terminal) -> None:
    """Who may sign it, which of its points wait for a reply, and what a decision may name."""
    opinion, exploration = "zienswijze-regionale-visie", "verkenning-samenwerking"
    for process in (opinion, exploration):
        terminal.does(f"start {process} --reconstruction")
        terminal.does(f"replay {process}")
    terminal.does(
        *("record", opinion, "zienswijzeronde", "dordrecht", "zienswijze", "--on", "2022-05-20"),
        *("--point", "Clearer", "--point", "Greener", "--reference", "letter"),
        *("--out-of-order", "an exercise"),
    )
    signing = f"record {opinion} zienswijzeronde dordrecht zienswijze --signed-by "
    assert ["griffier", "voorzitter"] == names(terminal, signing)
    assert "dordrecht" in names(terminal, f"answer {opinion} zienswijzeronde ")
    points = struck(terminal, f"mijlpaal answer {opinion} zienswijzeronde dordrecht ", "fish")
    assert "plain,1\tClearer\nplain,2\tGreener\n" == points
    naming = f"record {exploration} conferentie-2 collegeconferentie bereikt --option "
    assert ["aanpassen-gr", "centrumgemeente", "combinatie"] == names(terminal, naming)


def test_a_milestone_that_can_be_drawn_is_offered_with_its_title(terminal: Terminal) -> None:
    """In the language of the reader, though no process of that definition was started."""
    line = f"mijlpaal --lang nl definitions graph {SPORTPARK} l"
    assert "plain,locatie\tLocatie\n" == struck(terminal, line, "fish")


def test_what_is_amended_is_shown_as_it_is_now(started: Terminal) -> None:
    """A due and a title are offered with their present reading."""
    started.does(f"replan {PROCESS} principebesluit/raden 2021-03-16 --reason later")
    started.does(f"amend {PROCESS} title Samen --reason shorter")
    due = struck(started, f"mijlpaal replan {PROCESS} principebesluit/", "fish")
    assert "plain,principebesluit/raden\tTue 16 March 2021\n" == due
    assert "plain,title\tSamen\n" == struck(started, f"mijlpaal amend {PROCESS} t", "fish")


def test_whatever_can_be_amended_is_offered(started: Terminal) -> None:
    """No kind is forgotten."""
    offered = names(started, f"amend {PROCESS} ")
    assert set(AMENDABLE) == {each.partition("/")[0] for each in offered}


def test_helps_are_in_the_reader_s_language(started: Terminal) -> None:
    """--lang counts here as anywhere."""
    line = f"mijlpaal --lang nl status {PROCESS} --as-"
    assert "plain,--as-of\tZoals het aan het eind van die dag stond.\n" == struck(
        started, line, "fish"
    )


@pytest.mark.parametrize("line", ["status --db {} ", "--db {} status ", "status --db={} "])
def test_the_database_on_the_line_counts(started: Terminal, tmp_path: Path, line: str) -> None:
    """--db wins, wherever it stands; also where its path has a space and signs of URLs."""
    other = shutil.copyfile(started.file, tmp_path / "één # traject? 100%.db")
    elsewhere = replace(started, file=tmp_path / "none.db")
    typed = f"mijlpaal {line.format(repr(str(other)))}"
    assert "plain," + PROCESS + "\n" == struck(elsewhere, typed)


# --- what it never does ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "nope ",
        f"record {PROCESS} nope ",
        f"record {PROCESS} principebesluit nope ",
        f"task {PROCESS} nope ",
        f"deliverable {PROCESS} nope/x ",
        "record nope principebesluit ",
        "correct nope ",
        f"status {PROCESS} more ",
        "verify --head ",
    ],
)
def test_nothing_is_said_where_nothing_fits(started: Terminal, line: str) -> None:
    """A wrong word before it is no time to complain: somebody is still typing."""
    assert "" == struck(started, f"mijlpaal {line}")


def test_no_database_is_made(started: Terminal, tmp_path: Path) -> None:
    """Looking for names leaves no file behind."""
    none = tmp_path / "new" / "none.db"
    assert "" == struck(replace(started, file=none), "mijlpaal status ")
    assert not none.parent.exists()


@pytest.mark.parametrize("content", [b"", b"no database at all"])
def test_a_file_of_something_else_is_left_alone(
    started: Terminal, tmp_path: Path, content: bytes
) -> None:
    """Nothing is offered, and not a byte is changed: an empty file stays empty."""
    file = tmp_path / "other.db"
    file.write_bytes(content)
    assert "" == struck(replace(started, file=file), "mijlpaal status ")
    assert content == file.read_bytes()


def test_a_folder_is_no_database(started: Terminal, tmp_path: Path) -> None:
    """Nor does a folder offer anything."""
    assert "" == struck(replace(started, file=tmp_path), "mijlpaal status ")


def test_a_database_of_another_revision_offers_nothing(started: Terminal) -> None:
    """It is neither upgraded nor misread."""
    started.force("UPDATE alembic_version SET version_num = '9999'")
    before = started.file.read_bytes()
    assert "" == struck(started, "mijlpaal status ")
    assert before == started.file.read_bytes()


def test_a_server_that_is_not_there_offers_nothing(started: Terminal) -> None:
    """Whatever a URL leads to."""
    url = "postgresql://nobody@localhost:1/nothing"
    assert "" == struck(started, f"mijlpaal status --db {url} ")


def test_a_cache_that_cannot_be_written_or_read_is_none(started: Terminal, tmp_path: Path) -> None:
    """Where a definition cannot be kept, or is spoilt, it is compiled each time."""
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    assert ["concepttekst"] == names(started, f"explain {PROCESS} c")
    (tmp_path / "cache").unlink()
    assert ["concepttekst"] == names(started, f"explain {PROCESS} c")
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text("[]", encoding="utf-8")
    assert ["concepttekst"] == names(started, f"explain {PROCESS} c")
    assert "[]" != kept.read_text(encoding="utf-8")


def test_it_is_quick_for_what_it_leaves_on_the_shelf(started: Terminal, tmp_path: Path) -> None:
    """Once a definition is kept, neither SQLAlchemy nor pydantic is imported for a name."""
    line = f"mijlpaal record {PROCESS} principebesluit "
    struck(started, line)
    watch = (
        "import sys; from pathlib import Path; from cli import run; "
        "from terminal.runtime.setup import Setup; import os; "
        f"run([], Setup(cache=lambda: Path({str(tmp_path / 'cache')!r}))); "
        "print({'sqlalchemy', 'pydantic', 'rich', 'alembic'} & set(sys.modules))"
    )
    asked = {
        COMPLETE: "bash_complete",
        "COMP_WORDS": line,
        "MIJLPAAL_DATABASE_URL": str(started.file),
    }
    done = subprocess.run(
        [sys.executable, "-c", watch],
        env={**os.environ, **asked, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [*(f"plain,{party}" for party in SEVEN), "set()"] == done.stdout.splitlines()


# --- the shells --------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", sorted(SHELLS))
def test_a_script_for_every_shell(terminal: Terminal, shell: str) -> None:
    """It names the program, and asks in the way of its shell."""
    script = terminal.does(f"completion {shell}")
    assert f"{COMPLETE}" in script
    assert f"{shell}_complete" in script
    assert script.rstrip() == script_of(cli, shell).rstrip()


def test_a_shell_that_we_do_not_know(terminal: Terminal) -> None:
    """Another shell is refused with those that we know."""
    assert "Choose one of: bash, zsh, fish" in terminal.refused(2, "completion tcsh")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("member add gr-sociaal-domein griffier@dor", ["@dordrecht"]),
        ("advance gr-sociaal-domein principebesluit --to=b", ["beeindigd"]),
        ("member end gr-sociaal-domein griffier@zwijndrecht ", [r"Anna\ de\ Vries,\ jr."]),
        (r"member end gr-sociaal-domein griffier@zwijndrecht Anna\ d", [r"Anna\ de\ Vries,\ jr."]),
        ('member end gr-sociaal-domein griffier@zwijndrecht "Anna d', ["Anna de Vries, jr."]),
    ],
)
def test_bash_gets_what_stands_behind_its_word_breaks(
    started: Terminal, line: str, expected: list[str]
) -> None:
    """Bash breaks words at “@” and “=”, and takes names with spaces only when they are escaped."""
    started.does(
        "member", "add", PROCESS, "griffier@zwijndrecht", "Anna de Vries, jr.", "--on", "2020-12-01"
    )
    answer = struck(started, f"mijlpaal {line}", COMP_WORDBREAKS=BREAKS)
    assert [f"plain,{each}" for each in expected] == answer.splitlines()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_runs_its_script(started: Terminal, tmp_path: Path) -> None:
    """A real bash, with the script and the line as it has them when the tab key is struck."""
    line = f"mijlpaal record {PROCESS} principebesluit z"
    script = f"""
{script_of(cli, "bash")}
COMP_LINE='{line}'; COMP_POINT={len(line)}
_mijlpaal_completion mijlpaal z principebesluit
printf '%s\\n' "${{COMPREPLY[@]}}"
complete -p mijlpaal
"""
    (tmp_path / "mijlpaal").write_text(
        f'#!/bin/sh\nexec {sys.executable} {Path(__file__).parents[1] / "cli.py"} "$@"\n',
        encoding="utf-8",
    )
    (tmp_path / "mijlpaal").chmod(0o755)
    done = subprocess.run(
        [str(shutil.which("bash")), "--norc", "-c", script],
        env={
            **os.environ,
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "MIJLPAAL_DATABASE_URL": str(started.file),
            "XDG_CACHE_HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert "" == done.stderr
    assert "zwijndrecht" == done.stdout.splitlines()[0]
    assert "_mijlpaal_completion mijlpaal" in done.stdout.splitlines()[1]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_script_is_one_for_its_shell(tmp_path: Path, shell: str) -> None:
    """Where the shell is there, it reads its script without a complaint."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"needs {shell}")
    file = tmp_path / "script"
    file.write_text(script_of(cli, shell), encoding="utf-8")
    done = subprocess.run([program, "-n", str(file)], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_zsh_says_which_word(started: Terminal) -> None:
    """Zsh hands over the whole line, and which of its words the cursor is in."""
    line = f"mijlpaal explain c {PROCESS}"
    assert "" == struck(started, line, "zsh", COMP_CWORD="3")
    line = f"mijlpaal explain {PROCESS} c --json"
    answer = struck(started, line, "zsh", COMP_CWORD="3")
    assert "plain\nconcepttekst\nDraft text of the arrangement (gepland)\n" == answer


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["status", "gr"], [f"{PROCESS}\t{PROCESS}\tNew joint arrangement for the social domain"]),
        (["status", "--party"], ["--party\t--party\tWhat is asked of one party."]),
        (["member", "end", PROCESS, "griffier@zwijndrecht", ""], ["'Jan ''t Hart'\tJan 't Hart"]),
        (["status", "--db", r"C:\Users\één map\x.db", ""], []),
        (["start", "x"], []),
    ],
)
def test_powershell_hands_over_a_word_a_line(
    started: Terminal, words: list[str], expected: list[str]
) -> None:
    """What is inserted, what is shown, and its help; a backslash is one, a quote is doubled."""
    started.does(
        "member", "add", PROCESS, "griffier@zwijndrecht", "Jan 't Hart", "--on", "2020-12-01"
    )
    answer = struck(started, "\n".join(["mijlpaal", *words]), "powershell")
    lines = [each for each in answer.splitlines() if each]
    assert len(expected) == len(lines)
    assert all(line.startswith(each) for each, line in zip(expected, lines, strict=True))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("mijlpaal st", ([], "st")),
        ("mijlpaal status ", (["status"], "")),
        ('mijlpaal note "a b', (["note"], "a b")),
        (r"mijlpaal note a\ ", (["note"], "a ")),
        ("mijlpaal note 'a b' ", (["note", "a b"], "")),
    ],
)
def test_a_line_in_words(line: str, expected: tuple[list[str], str]) -> None:
    """A word ends where the shell says it ends."""
    assert expected == parted(line)


# --- the short way to the database -------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "a.db",
        "~/a.db",
        "~nobody-of-that-name/a.db",
        "sqlite:///a.db",
        "sqlite:///a.db?timeout=5",
        "sqlite+pysqlite:///a.db",
        "sqlite:////srv/a b.db",
        "sqlite:///C:\\x\\a.db",
    ],
)
def test_the_same_file_by_either_way(url: str) -> None:
    """A URL means the file that the database opens."""
    assert Path(str(parse_url(url).database)) == sqlite_file_of(url)
