"""What the README and the pages of the documentation show is what the program does."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from cli import cli
from tests.support.readme import (
    BLOCK,
    DRAWN,
    INCLUDED,
    ROOT,
    NotAsShown,
    document_as_filled,
    documents,
    filled,
    programs_in,
)
from tests.support.reference import FILE, reference

README = (ROOT / "README.md").read_text(encoding="utf-8")


def shown_in(name: str) -> str:
    """Return a document as it is kept."""
    return (ROOT / name).read_text(encoding="utf-8")


FILLED = [
    name for name in documents() if BLOCK.search(shown_in(name)) or INCLUDED.search(shown_in(name))
]


@pytest.mark.parametrize("name", FILLED)
def test_every_command_in_a_document_prints_what_is_shown(name: str, tmp_path: Path) -> None:
    """The screens in the documents are those of the program, to the letter.

    When they are not, and rightly so: ``python -m tests.support.readme``.
    """
    missing = [each for each in programs_in(shown_in(name)) if shutil.which(each) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(sorted(missing))}")
    assert shown_in(name) == document_as_filled(name, tmp_path)


def test_a_document_has_a_clock_an_environment_and_a_pipe(tmp_path: Path) -> None:
    """Commands of one document follow one another, on the day and as whom it says."""
    printed = filled(
        "<!-- today: 2026-02-02 -->\n```console\n"
        "$ mijlpaal start docs/examples/zwembad.yaml\n"
        "$ export MIJLPAAL_ACTOR=anna\n"
        '$ mijlpaal note zwembad \\\n    "A remark"  # refused\n'
        "$ mijlpaal due zwembad --json | python docs/examples/waiting.py\n```\n",
        tmp_path,
    )
    assert '    "A remark"  # refused\nmijlpaal: anna ' in printed
    assert "oost.raad\tovereenkomst/raden\t2026-06-30" in printed


@pytest.mark.parametrize("line", ["mijlpaal status nobody", "mijlpaal definitions list  # refused"])
def test_a_refusal_in_a_document_is_meant(line: str, tmp_path: Path) -> None:
    """A command that fails though nothing says so, or the reverse, is no document."""
    with pytest.raises(NotAsShown, match=line[:15]):
        filled(f"```console\n$ {line}\n```\n", tmp_path)


def test_a_file_that_is_named_is_made_where_nobody_minds(tmp_path: Path) -> None:
    """Also the database, and a command of somebody else's works in the same folder."""
    lines = "$ export MIJLPAAL_DATABASE_URL=own.sqlite3\n$ mijlpaal db upgrade\n$ mijlpaal status\n"
    page = f"```console\n{lines}```\n"
    assert "$ mijlpaal status\nNo processes yet." in filled(page, tmp_path)
    assert (tmp_path / "own.sqlite3").is_file()


def test_a_program_that_nobody_knows_is_not_run(tmp_path: Path) -> None:
    """What a document may run is listed."""
    with pytest.raises(ValueError, match="rm"):
        filled("```console\n$ rm docs\n```\n", tmp_path)


def test_a_part_of_a_file_stands_under_the_keys_it_stands_under(tmp_path: Path) -> None:
    """What is left out is left out, and the rest keeps its order and its place."""
    mark = "<!-- examples/zwembad.yaml: instruments, milestones.overeenkomst.gates -->"
    printed = filled(f"{mark}\n```yaml\nold\n```\n", tmp_path)
    assert (
        f"{mark}\n```yaml\n"
        "instruments:\n"
        "  vaststelling: {vastgesteld: for, verworpen: against, aangehouden: pending}\n"
        "milestones:\n"
        "  overeenkomst:\n"
        "    gates:\n"
        "      akkoord: {request: raden, rule: all, counts: for}\n"
        "```\n"
    ) == printed


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_the_links_of_a_first_page_lead_somewhere(name: str) -> None:
    """Each file it points at is there."""
    links = re.findall(r"\]\((?!http)([^)#]+)", shown_in(name))
    assert [] == [link for link in links if not (ROOT / link).exists()]


def test_the_files_that_contributing_names_are_there() -> None:
    """Whoever follows a list of steps finds each place; the module of an example is not there."""
    named = re.findall(r"`((?:[a-z_]+/)+[\w.]*|[a-z]+\.py)`", shown_in("CONTRIBUTING.md"))
    places = [ROOT, ROOT / "definitions", ROOT / "workflow", *(ROOT / "workflow").iterdir()]
    assert len(named) > 40
    assert [] == [
        name
        for name in dict.fromkeys(named)
        if not name.endswith("/notes.py") and not any((place / name).exists() for place in places)
    ]


def test_the_readme_is_read_in_one_sitting() -> None:
    """What is longer belongs in the documentation."""
    assert len(README.splitlines()) <= 150


def test_the_readme_makes_the_promise_on_reminders() -> None:
    """It promises this, in these words, and neither more nor less."""
    promise = (
        "State, journal and every reminder a command causes commit together or not at all. A due "
        "reminder is sent at least once as long as some node and the database come back, never "
        "early by the clock of the node that claimed it. A crash between the mail server's "
        "acceptance and our commit can send the same message twice, with the same Message-ID and "
        "Date. A reminder that cannot be delivered is visible, and escalates."
    )
    assert promise in " ".join(README.split())


def test_the_reference_of_definitions_is_up_to_date() -> None:
    """It is made from the schema, and the schema may have changed."""
    assert reference() == FILE.read_text(encoding="utf-8")


def test_the_first_hour_shows_the_everyday_commands() -> None:
    """Every command that people use daily is shown at work there."""
    blocks = "".join(BLOCK.findall(shown_in("docs/first-hour.md")))
    shown = set(re.findall(r"^\$ mijlpaal (\w+)", blocks, re.MULTILINE))
    everyday = set(cli.commands) - {
        "demo",
        "db",
        "doctor",
        "definitions",
        "completion",
        "serve",
    }  # it does not end
    assert set() == everyday - shown


def test_the_readme_shows_a_screen_a_picture_and_a_refusal() -> None:
    """Each drawn by the program when the page is filled."""
    blocks = BLOCK.findall(README)
    assert any("status gr-sociaal-domein" in block for block in blocks)
    assert any(re.search(r"# refused$", block, re.MULTILINE) for block in blocks)
    assert DRAWN.search(README)


def test_the_make_targets_that_a_first_page_names_exist() -> None:
    """Whoever types what it says gets what it says."""
    pages = README + shown_in("CONTRIBUTING.md")
    named = sorted(set(re.findall(r"`make ([a-z]+)", pages)))
    known = subprocess.run(
        ["make", "help"],  # noqa: S607 - whichever make there is
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [] == [name for name in named if f"make {name} " not in known]


def test_every_dependency_has_its_line() -> None:
    """Each library that runs with the program is named, with what it is for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[\[<>=]", each)[0].lower() for each in project["dependencies"]]
    listed = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert [] == [name for name in names if name not in listed]
