"""What the README shows is what the program does."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from cli import cli
from tests.support.readme import BLOCK, ROOT, filled
from tests.support.reference import FILE, reference

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "docs/writing-a-definition.md"])
def test_every_command_in_a_document_prints_what_is_shown(name: str, tmp_path: Path) -> None:
    """The screens in the documents are those of the program, to the letter."""
    document = (ROOT / name).read_text(encoding="utf-8")
    assert document == filled(document, tmp_path)


def test_the_reference_of_definitions_is_up_to_date() -> None:
    """It is made from the schema, and the schema may have changed."""
    assert reference() == FILE.read_text(encoding="utf-8")


def test_the_readme_shows_the_everyday_commands() -> None:
    """Every command that people use daily is shown at work in the README."""
    shown = set(re.findall(r"^\$ mijlpaal (\w+)", "".join(BLOCK.findall(README)), re.MULTILINE))
    everyday = set(cli.commands) - {"demo", "db", "doctor", "definitions"}
    assert set() == everyday - shown


def test_the_make_targets_that_the_readme_names_exist() -> None:
    """Whoever types what the README says gets what it says."""
    named = sorted(set(re.findall(r"`make ([a-z]+)", README)))
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
