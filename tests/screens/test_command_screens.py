"""Every command at eighty columns in both languages: its help, and what else people see of it.

The screens of a command are stored in ``golden/en`` and ``golden/nl``. After a change that is
meant, write them anew with ``UPDATE_GOLDEN=1`` and read the difference.
"""

import os
import shlex
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import definitions
import screens.page
from cli import run
from definitions.language.text import LANGUAGES
from definitions.library import open_definition
from terminal.runtime.setup import Setup
from tests.support.cli import PROCESS, Terminal
from tests.support.command_reference import command_lines
from tests.support.command_screens import (
    FAULTS,
    FAULTY,
    PREPARED,
    SCREENS,
    UNSOUND,
    Theatre,
    WideLetters,
    names_of_the_program,
    neither,
    of_definition,
    scalars,
    widened,
)
from tests.support.databases import make_template
from tests.support.engine import World
from tests.support.proofs import STUCK

FILES = Path(definitions.__file__).parent
EXAMPLES = FILES.parent / "docs" / "examples"
GOLDEN = Path(__file__).parent / "golden"
DATABASE = "mijlpaal.db"


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the databases that screens begin with; copy them."""
    folder = tmp_path_factory.mktemp("databases")
    made = {stage: make_template(folder / f"{stage}.db") for stage in PREPARED}
    for stage, lines in PREPARED.items():
        world = World()
        for line in lines:
            around = {"MIJLPAAL_DATABASE_URL": str(made[stage])}
            setup = Setup(around, world.clock, world.new_id, lambda: "secretaris")
            assert 0 == run(line.split(), setup)
    return made


@pytest.fixture(scope="module")
def data() -> set[str]:
    """Return what may stand on a screen in any language: facts are told as recorded, or typed."""
    read = YAML(typ="safe").load
    typed = (
        line
        for lines in (
            *PREPARED.values(),
            *(each for on in SCREENS.values() for each in on.values()),
        )
        for line in lines
    )
    return {
        *names_of_the_program(),
        *(each for file in FILES.glob("processes/*.facts.yaml") for each in scalars(read(file))),
        *(word for line in typed for word in [line, *shlex.split(line)]),
        *scalars(read(FAULTS)),
        *scalars(read(STUCK)),
        *("CET", "CEST"),  # the clock of the process, as it is called everywhere
        *("mail", "eml"),  # where letters are put, and what their files are called
        *(file.name for file in EXAMPLES.iterdir()),
        *(
            f"{PROCESS}-20210205-{role}-{party}"
            for role in open_definition(PROCESS).roles
            for party in open_definition(PROCESS).parties
        ),
    }


@pytest.fixture(scope="module")
def said() -> Mapping[str, set[str]]:
    """Return what definitions say on a screen, per language: their names, and their prose."""
    shipped = (FILES / "processes", FILES / "parties", EXAMPLES)
    files = [file for folder in shipped for file in folder.glob("*.yaml")]
    read = YAML(typ="safe").load
    found = [read(file) for file in files if not file.name.endswith(".facts.yaml")]
    return {
        language: {each for one in found for each in of_definition(one, language)}
        for language in LANGUAGES
    }


@pytest.fixture
def theatre(
    databases: dict[str, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Theatre:
    """Return where screens are shown: in a folder of its own, eighty columns wide."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(tempfile, "mkdtemp", lambda **_: "demo")
    Path("demo").mkdir()
    Path(FAULTY).write_text(FAULTS, encoding="utf-8")
    Path(UNSOUND).write_text(STUCK, encoding="utf-8")
    terminal = Terminal(Path(DATABASE), capsys, World(people=99), width=80, proves=None)
    return Theatre(databases, terminal)


def test_every_command_has_screens() -> None:
    """A new command does not go without, and none is kept of a command that is gone."""
    assert command_lines() == sorted(SCREENS, key=str.split)
    names = {f"{name(command)}.txt" for command in command_lines()}
    for language in LANGUAGES:
        assert names == {file.name for file in (GOLDEN / language).iterdir()}


@pytest.mark.parametrize("command", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screens_of_a_command(theatre: Theatre, language: str, command: str) -> None:
    """Its help, typical success, refusals and wrong usage are what is stored, to the letter."""
    shown = theatre.in_(language).shown(command)
    assert stored(language, command, shown) == shown


@pytest.mark.parametrize("command", SCREENS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_screen_mixes_languages(
    theatre: Theatre,
    data: set[str],
    said: Mapping[str, set[str]],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    command: str,
) -> None:
    """With all messages in wide letters, every word in ordinary ones is data, or was typed."""
    wide = WideLetters(language)
    monkeypatch.setattr(screens.page, "catalogue", lambda _: wide)
    assert [] == neither(theatre.in_(language).shown(command), data | said[language])


def test_prose_of_a_definition_is_let_through_in_its_own_language_only() -> None:
    """Names are in any language; words for people in one, and in none where it is not said."""
    definition = {
        "id": "plan",
        "goal": {"what": {"nl": "het park is open", "en": "the park is open"}},
        "unknown": ["who signs", {"nl": "wie tekent", "en": "who signs"}],
    }
    assert {"id", "plan", "goal", "what", "unknown", "het park is open", "wie tekent"} == set(
        of_definition(definition, "nl")
    )


def test_a_word_of_another_language_is_found() -> None:
    """Neither an ordinary word nor one that is only part of a sentence in a file is let pass."""
    shown = f"{widened('{name} staat op')} in-route: it is late; the plan waits".format(name="plan")
    assert ["it", "is", "late"] == neither(shown, {"in-route", "plan", "the plan waits"})


def name(command: str) -> str:
    """Return what the file of a command is called."""
    return f"mijlpaal {command}".strip().replace(" ", "-")


def stored(language: str, command: str, shown: str) -> str:
    """Return the screens that are stored of a command; store them where that is asked for."""
    file = GOLDEN / language / f"{name(command)}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8", newline="\n")
    return file.read_text(encoding="utf-8")
