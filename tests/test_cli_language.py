"""Which language is spoken, and that Click, pydantic and the reader of YAML speak it too."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import cli
from tests.support.cli import PROCESS, Terminal, folded


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl"}, "nl"),
        ({"LANG": "nl_BE@euro"}, "nl"),
        ({"LANG": "nl_NL", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB", "LC_ALL": "nl_NL.UTF-8"}, "nl"),
        ({"LANG": "nl_NL", "LC_ALL": ""}, "nl"),
        ({"LANG": "nl_NL", "LC_ALL": "C"}, "en"),
        ({"LANG": "nl_NL", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_ALL": "xx_YY.nonsense"}, "en"),
        ({"LC_ALL": "nlx"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "fy:nl:en"}, "nl"),
        ({"LANG": "nl_NL.UTF-8", "LANGUAGE": "en"}, "en"),
        ({"LANG": "C", "LANGUAGE": "nl"}, "en"),
        ({"LC_ALL": "en_GB.UTF-8", "MIJLPAAL_LANG": "nl"}, "nl"),
        ({"LC_ALL": "nl_NL.UTF-8", "MIJLPAAL_LANG": "en"}, "en"),
        ({"LC_ALL": "nl_NL.UTF-8", "MIJLPAAL_LANG": "tlh"}, "nl"),
    ],
)
def test_the_environment_chooses_the_language(
    terminal: Terminal, environment: dict[str, str], language: str
) -> None:
    """Our own variable first, then the locale as gettext reads it; what is unknown is English."""
    asking = Terminal(terminal.file, terminal.capture, environment=environment)
    assert language == asking.data("doctor")["language"]


@pytest.mark.parametrize(
    ("locale", "language"),
    [("nl_NL", "nl"), ("Dutch_Netherlands", "nl"), ("English_United Kingdom", "en"), ("", "en")],
)
def test_the_system_chooses_where_the_environment_is_silent(
    terminal: Terminal, locale: str, language: str
) -> None:
    """Windows has its locale elsewhere, and may call it by a name of its own."""
    asking = Terminal(terminal.file, terminal.capture, locale=locale)
    assert language == asking.data("doctor")["language"]


@pytest.mark.parametrize(
    "line",
    ["--lang nl doctor --json", "doctor --json --lang nl", "doctor --lang=nl --json"],
)
def test_the_option_goes_before_everything(terminal: Terminal, line: str) -> None:
    """--lang wins from every variable, wherever it stands."""
    asking = Terminal(terminal.file, terminal.capture, environment={"MIJLPAAL_LANG": "en"})
    assert '"language": "nl"' in asking.does(line)


def test_what_goes_wrong_before_the_option_is_said_in_its_language(terminal: Terminal) -> None:
    """The language is known before anything else is read."""
    assert "ontbreekt" in terminal.refused(2, "explain --lang nl")
    assert "There is no process “--lang”" in terminal.refused(5, "explain -- --lang nl")


def test_the_language_of_a_reader_is_not_that_of_the_screen(started: Terminal) -> None:
    """--language says in which language somebody is written to, and leaves the screen alone."""
    line = f"member add {PROCESS} lezer Anna --language"
    said = started.does(f"{line} nl --dry-run --lang en")
    assert "Only tried" in said
    asking = Terminal(started.file, started.capture, environment={"MIJLPAAL_LANG": "nl"})
    assert "Alleen geprobeerd" in asking.does(f"{line} en --dry-run")
    assert "--language cannot be “de”." in folded(started.refused(2, f"{line} de"))
    started.does(f"{line} nl --lang en")
    assert '"language": "nl"' in started.does("member export Anna --lang en")


def test_no_two_parameters_of_a_command_have_one_name() -> None:
    """What is typed for one of them would be taken for the other."""
    for command in _commands(cli):
        flags = {str(each.name) for each in command.params if _is_one_of_several(each)}
        names = [str(each.name) for each in command.params if str(each.name) not in flags]
        assert flags.isdisjoint(names)
        assert sorted(set(names)) == sorted(names), command.name


def _is_one_of_several(parameter: click.Parameter) -> bool:
    """Return whether it is a flag that gives its parameter one of several values."""
    return isinstance(parameter, click.Option) and isinstance(parameter.flag_value, str)


def _commands(command: click.Command) -> Iterator[click.Command]:
    yield command
    for each in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _commands(each)


@pytest.mark.parametrize(
    ("line", "english", "dutch"),
    [
        ("explain", "PROCESS is missing.", "TRAJECT ontbreekt."),
        (
            f"record {PROCESS} principebesluit dordrecht ingestemd",
            "--on is missing.",
            "--on ontbreekt.",
        ),
        (
            "status --jsno",
            "There is no option --jsno here. Did you mean “--json”?",
            "De optie --jsno bestaat hier niet. Bedoelt u “--json”?",
        ),
        (
            "status a b",
            "This is more than is asked for: b.",
            "Dit is meer dan er gevraagd wordt: b.",
        ),
        (
            "status --party",
            "The option --party needs a value.",
            "De optie --party vraagt een waarde.",
        ),
        (
            "status --json=x",
            "The option --json takes no value.",
            "Bij de optie --json hoort geen waarde.",
        ),
        ("definitions -- ", "The command is missing.", "De opdracht ontbreekt."),
        ("staus", "There is no command “staus”.", "De opdracht “staus” bestaat niet."),
        (
            "note x y --expect three",
            "--expect cannot be “three”. Write a whole number.",
            "--expect kan niet “three” zijn. Schrijf een geheel getal.",
        ),
        (
            "definitions schema x",
            "KIND cannot be “x”. Choose one of: process, facts.",
            "SOORT kan niet “x” zijn. Kies uit: process, facts.",
        ),
        (
            "status --lang de",
            "--lang cannot be “de”. Choose one of: en, nl.",
            "--lang kan niet “de” zijn. Kies uit: en, nl.",
        ),
        ("note x ''", "TEXT is empty.", "TEKST is leeg."),
    ],
)
def test_wrong_usage_in_both_languages(
    terminal: Terminal, line: str, english: str, dutch: str
) -> None:
    """What Click would say in the language of its own choice is said in the reader's."""
    for language, sentence in (("en", english), ("nl", dutch)):
        asking = Terminal(terminal.file, terminal.capture, environment={"MIJLPAAL_LANG": language})
        assert f"mijlpaal: {sentence}" in folded(asking.refused(2, line))


def test_help_is_dutch_in_all_that_click_adds(terminal: Terminal) -> None:
    """Headings, the usage line and the options that every program has are ours to translate."""
    out = terminal.does("--lang nl record --help")
    assert out.startswith(
        "Gebruik: mijlpaal record [OPTIES] TRAJECT MIJLPAAL ORGAAN UITKOMST --on DATUM\n"
    )
    assert "\nOpties:\n" in out
    assert "--on DATUM" in out
    assert "[verplicht]" in out
    assert "-h, --help" in out
    assert "Toont deze uitleg." in out
    assert "\nOpdrachten:\n" in terminal.does("--lang nl --help")


def test_help_is_english_whatever_the_environment_says(terminal: Terminal) -> None:
    """--lang en is English throughout."""
    asking = Terminal(
        terminal.file,
        terminal.capture,
        environment={"LC_ALL": "nl_NL.UTF-8", "LANGUAGE": "nl", "MIJLPAAL_LANG": "nl"},
    )
    assert terminal.does("record --help") == asking.does("--lang en record --help")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a: b: c", "Geen geldige YAML: er staat een “:” waar geen sleutel kan staan."),
        ("a: [b", "Geen geldige YAML: in een lijst ontbreekt een “,” of de “]”."),
        ("id: 3", "id: Hier hoort tekst, niet 3."),
        ("id: x\nidd: x", "Deze sleutel bestaat hier niet."),
        (
            "id: Groot Huis",
            "“Groot Huis” is geen naam: kleine letters, cijfers en enkele streepjes.",
        ),
        ("begins: gisteren", "“gisteren” is geen datum."),
        ("parties: x", "Hier horen sleutels en waarden, niet “x”."),
        ("id: x", "“title” ontbreekt."),
    ],
)
def test_faults_of_a_definition_are_told_in_dutch(
    terminal: Terminal, tmp_path: Path, content: str, sentence: str
) -> None:
    """What libraries find wrong is not said in their English."""
    file = tmp_path / "f.yaml"
    file.write_text(content)
    said = terminal("--lang", "nl", "definitions", "check", str(file))
    assert 3 == said.code
    assert sentence in folded(said.err)


def test_the_help_of_status_is_dutch_throughout(terminal: Terminal) -> None:
    """Nothing of the English help is left in the Dutch one but names of options and the program."""
    english, dutch = (terminal.does(f"--lang {each} status --help") for each in ("en", "nl"))
    kept = {line.strip() for line in english.splitlines()} & {
        line.strip() for line in dutch.splitlines()
    }
    assert {""} == kept
    assert "Usage" not in dutch
