"""Fields and commands as a command line calls them: exactly as the commands themselves do."""

from collections.abc import Iterator

import click
import pytest

from cli import cli
from definitions.language.actions import BLANK, Blank, Field, action
from definitions.language.text import text
from screens.commandline import ARGUMENTS, OF_ONE, OPTIONS, TO_FILL_IN, option_of
from screens.page import Page


def leaves(command: click.Command, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command of the program that is no group, with its name."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    for each, inner in command.commands.items():
        yield from leaves(inner, f"{name} {each}".strip())


COMMANDS = dict(leaves(cli))


@pytest.mark.parametrize("command", ARGUMENTS)
def test_arguments_are_those_of_the_command(command: str) -> None:
    """In the same order, under the same names."""
    known = [each.name for each in COMMANDS[command].params if isinstance(each, click.Argument)]
    assert list(ARGUMENTS[command]) == known


def test_every_option_exists() -> None:
    """What is suggested can be typed."""
    known = {opt for each in COMMANDS.values() for param in each.params for opt in param.opts}
    assert set() == {*OPTIONS.values(), *OF_ONE.values()} - known


def test_options_of_one_command_are_its_own() -> None:
    """A field that is called otherwise with one command is called so there."""
    for (command, _), option in OF_ONE.items():
        assert option in {opt for param in COMMANDS[command].params for opt in param.opts}


def test_what_is_to_be_filled_in_has_a_word() -> None:
    """For every argument there is a word, in both languages."""
    asked = {name for names in ARGUMENTS.values() for name in names}
    assert set() == asked - set(TO_FILL_IN) - {"trigger", "level", "what", "files", "target"}
    assert "BRON" == Page("nl").say(TO_FILL_IN["reference"])


def test_a_command_is_a_line_to_type() -> None:
    """Arguments first, then options; marks stand alone, and what is unknown in capitals."""
    made = action(
        "correct", process="a b", seq="5", attested=True, source=BLANK, reason=text("the date")
    )
    line = "mijlpaal correct 'a b' 5 --attested --source SOURCE --reason 'the date'"
    assert line == Page().say(text("{command}", command=made))
    assert f"  {line}" == Page().action(made)


def test_a_field_is_an_option() -> None:
    """Alone, or with what is to stand in it, in the reader's language."""
    said = text("Add {source}; or {round}.", source=Field("reference"), round=Field("round", "2"))
    assert "Add --reference; or --round 2." == Page().say(said)
    assert "--until DATUM" == Page("nl").say(text("{until}", until=Field("until", BLANK)))
    assert "--for PARTY" == Page().say(text("{who}", who=Field("subject", Blank("party"))))
    assert "--id" == option_of("process", "start")


def test_the_database_that_was_named_stands_in_the_line() -> None:
    """So that it does the same when it is copied."""
    page = Page(database="postgresql://u:geheim@db.example/x")
    said = page.say(text("See {command}.", command=action("history", process="p")))
    assert "mijlpaal --db" in said
    assert "geheim" not in said


def test_without_a_face_a_sentence_speaks_of_names() -> None:
    """For logs, and for whoever reads an error in a program."""
    said = text("Add {source}; or {go}.", source=Field("reference"), go=action("due", process="p"))
    assert "Add reference; or due(process=p)." == str(said)
