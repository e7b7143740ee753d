"""Listing, showing, checking and exporting definitions."""

from collections.abc import Sequence

import click

from definitions.exporting import export_of, open_example
from definitions.files import path_of
from definitions.jsonschema import json_schema
from definitions.language.errors import MijlpaalError
from definitions.language.text import text
from definitions.library import open_definition, shipped
from definitions.model import Definition
from definitions.proving.kept_verdicts import Prove
from definitions.shipped import example_files, examples
from screens.definitions import (
    Checked,
    Exported,
    Shipped,
    checked_screen,
    checked_view,
    export_screen,
    list_screen,
    show_screen,
    show_view,
    summary,
)
from terminal.runtime.errors import INVALID, code_of
from terminal.runtime.new_files import there_already, try_to_write_all, write_all
from terminal.runtime.open_prover import prover_of
from terminal.runtime.output import answering, complain, say, show
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import values_of


def list_definitions(setup: Setup, *, as_json: bool) -> None:
    """Show the definitions and examples that are shipped."""
    found = Shipped(
        [summary(open_definition(name), setup.page) for name in shipped()],
        [summary(open_example(name), setup.page) for name in examples()],
        example_files(),
    )
    show(setup, "definitions-list", found, list_screen, as_json)


def export_definition(setup: Setup, name: str, folder: str | None, *, dry: bool) -> None:
    """Export shipped files; existing files are kept."""
    export, where = export_of(name), path_of(folder or ".")
    there = there_already(where, export.files, export.parties)
    new = {file: content for file, content in export.files.items() if file not in there}
    exported = Exported(export, where, there, dry)
    if dry:
        try_to_write_all(where, new)
    else:
        write_all(where, new)
    with answering(None if dry else text("Written: {files}", files=exported.written)):
        screen = export_screen(exported, setup.page)
        show(setup, "definitions-export", exported.view, lambda *_: screen, setup.as_json)


def show_definition(setup: Setup, name: str, values: tuple[str, ...], *, as_json: bool) -> None:
    """Show a definition, with the parameters that were typed."""
    found = open_definition(name, values_of(values))
    view = show_view(found, setup.page)
    show(setup, "definitions-show", view, lambda _, page: show_screen(found, page), as_json)


def check_definitions(
    setup: Setup, names: Sequence[str], values: tuple[str, ...], *, again: bool, as_json: bool
) -> None:
    """Show every fault of definitions, or what was proved of them.

    It ends with the exit code of the gravest; that of a faulty definition is also that of one that
    is not sound.

    Args:
        again: prove them anew, also where a verdict is kept.
    """
    given, prover = values_of(values), prover_of(setup)
    prove = prover.anew if again else prover
    checked = [_checked(name, given, prove) for name in names]
    errors = [each.found for each in checked if isinstance(each.found, MijlpaalError)]
    if as_json:
        view = {"definitions": checked_view(checked, setup.page)}
        show(setup, "definitions-check", view, lambda *_: "", as_json=True)
    else:
        for each in checked:
            if isinstance(each.found, MijlpaalError):
                complain(setup, each.found)
            elif each.verdict is not None:
                say(checked_screen(each.name, each.found, each.verdict, setup.page))
    codes = [code_of(error) for error in errors]
    codes += [INVALID for each in checked if each.verdict is not None and not each.sound]
    if codes:
        raise click.exceptions.Exit(min(codes))


def _checked(name: str, given: dict[str, str], prove: Prove) -> Checked:
    """Return a definition with the verdict on it, or why it cannot be used."""
    found = _opened(name, given)
    if isinstance(found, MijlpaalError):
        return Checked(name, found)
    return Checked(name, found, prove(found))


def _opened(name: str, given: dict[str, str]) -> Definition | MijlpaalError:
    """Return a definition, or why it cannot be used."""
    try:
        return open_definition(name, given)
    except MijlpaalError as error:
        return error


def print_schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file."""
    say(json_schema(kind).rstrip())
