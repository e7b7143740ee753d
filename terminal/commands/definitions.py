"""Process definitions: listing, showing, checking, drawing and writing them."""

import shlex
from datetime import date
from pathlib import Path
from typing import Any

import click

from definitions.language.errors import MijlpaalError, given_as
from definitions.language.naming import PROGRAM
from definitions.language.text import text
from terminal.commands.options import (
    argument,
    common,
    option,
    parameters,
    query,
    write,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Group
from terminal.runtime.errors import code_of
from terminal.runtime.output import (
    answering,
    ask,
    complain,
    remark_on_standby,
    say,
    say_as_json,
    show,
    try_to_make,
    write_new,
)
from terminal.runtime.parameters import FILE, NEW_FILE, OneOf, naming_options
from terminal.runtime.setup import Setup
from terminal.runtime.typed import (
    known_date_of,
    values_of,
)


@click.group(cls=Group)
def definitions() -> None:
    """List, show and check process definitions."""


@definitions.command("list")
@query
@click.pass_obj
def definitions_list(setup: Setup, as_json: bool) -> None:
    """List the definitions and examples that are shipped."""
    from definitions.exporting import open_example
    from definitions.library import open_definition, shipped
    from definitions.shipped import example_files, examples
    from screens.definitions import Shipped, list_screen, summary

    found = Shipped(
        [summary(open_definition(name), setup.page) for name in shipped()],
        [summary(open_example(name), setup.page) for name in examples()],
        example_files(),
    )
    show(setup, "definitions-list", found, list_screen, as_json)


@definitions.command("export")
@argument("name", offers=Offer.EXPORTED)
@option(
    "--to",
    "folder",
    type=FILE,
    metavar="FOLDER",
    help="The folder for the files; else, the one you are in.",
)
@write
@click.pass_obj
def definitions_export(setup: Setup, name: str, folder: str | None, dry: bool) -> None:
    """Write a shipped definition or example to files of your own."""
    from definitions.exporting import export_of
    from definitions.files import path_of
    from screens.definitions import Exported, export_screen
    from terminal.runtime.new_files import there_already, try_to_write_all, write_all

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


@definitions.command("show")
@argument("definition", offers=Offer.DEFINITION)
@parameters
@query
@click.pass_obj
def definitions_show(setup: Setup, definition: str, values: tuple[str, ...], as_json: bool) -> None:
    """Show a definition: its milestones, requests, gates, and what it does not know."""
    from definitions.library import open_definition
    from screens.definitions import show_screen, show_view

    found = open_definition(definition, values_of(values))
    view = show_view(found, setup.page)
    show(setup, "definitions-show", view, lambda _, page: show_screen(found, page), as_json)


@definitions.command("check")
@argument("files", offers=Offer.DEFINITION, nargs=-1, required=True, metavar="DEFINITION...")
@parameters
@query
@click.pass_obj
def definitions_check(
    setup: Setup, files: tuple[str, ...], values: tuple[str, ...], as_json: bool
) -> None:
    """Check definitions: every fault with its line and column."""
    from screens.definitions import Checked, checked_view, no_fault

    given = values_of(values)
    checked = [Checked(name, _opened(name, given)) for name in files]
    errors = [each.found for each in checked if isinstance(each.found, MijlpaalError)]
    if as_json:
        view = {"definitions": checked_view(checked, setup.page)}
        show(setup, "definitions-check", view, lambda *_: "", as_json=True)
    else:
        for each in checked:
            if isinstance(each.found, MijlpaalError):
                complain(setup, each.found)
            else:
                say(no_fault(each.name, each.found, setup.page))
    if errors:
        raise click.exceptions.Exit(min(code_of(error) for error in errors))


def _opened(name: str, given: dict[str, str]) -> Any:
    """Return a definition, or why it cannot be used."""
    from definitions.library import open_definition

    try:
        return open_definition(name, given)
    except MijlpaalError as error:
        return error


@definitions.command("graph")
@argument("names", offers=Offer.DRAWN, nargs=-1, metavar="DEFINITION [MILESTONE]")
@option(
    "--process",
    metavar="ID",
    offers=Offer.PROCESS,
    help="A running process: where it stands, and what is open.",
)
@option("--as-of", metavar="DATE", help="The process as it stood at the end of that day.")
@option(
    "--format",
    "form",
    type=OneOf(["mermaid", "dot", "svg"]),
    help="How it is written; else, as FILE is called, or as Mermaid. SVG takes Graphviz.",
)
@option(
    "--out",
    "file",
    type=NEW_FILE,
    metavar="FILE",
    help="Write it there.",
)
@parameters
@common
@click.pass_obj
def definitions_graph(
    setup: Setup,
    /,
    names: tuple[str, ...],
    form: str | None,
    file: Path | None,
    **asked: Any,
) -> None:
    """Draw a definition or a process: its milestones, or the states of one of them."""
    from screens.graph.drawing import form_of, written
    from terminal.handlers.graph import picture_of

    graph = picture_of(setup, list(names), **asked)
    picture = written(graph, form_of(form, file), setup.environment.get("PATH"))
    remark_on_standby(setup)
    if file is None:
        say(picture.rstrip())
        return
    write_new(file, f"{picture.rstrip()}\n")
    drawn = text("Drawn: {file}", file=str(file))
    with answering(drawn):
        say(setup.page.told(drawn))


@definitions.command("schema")
@argument("kind", type=OneOf(["process", "facts"]), default="process")
@common
def definitions_schema(kind: str) -> None:
    """Print the JSON Schema of a definition or facts file, for editors."""
    from definitions.jsonschema import json_schema

    say(json_schema(kind).rstrip())


@definitions.command("new")
@argument("file", type=NEW_FILE)
@option("--title", metavar="TEXT", help="What it is called.")
@option("--party", "parties", multiple=True, metavar="NAME", help="A party; may be repeated.")
@option("--begins", metavar="DATE", help="Its first day; else, today.")
@option("--goal", metavar="DATE", help="The date of its goal, where it has one.")
@write
@click.pass_obj
def definitions_new(
    setup: Setup,
    /,
    file: Path,
    title: str | None,
    parties: tuple[str, ...],
    begins: str | None,
    goal: str | None,
    dry: bool,
) -> None:
    """Write a commented definition to start from."""
    from definitions.drafting import draft, today_there

    if title is None:
        title = ask(setup, text("What is it called?"), file.stem)
    if not parties:
        named = ask(setup, text("Which parties take part (with commas between them)?"), "")
        parties = tuple(name.strip() for name in named.split(",") if name.strip())
    today = date.fromisoformat(today_there(setup.clock()))
    with naming_options({"id": "file"}):
        with given_as("begins"):
            first = known_date_of(begins or today.isoformat(), lambda: today)
        with given_as("goal"):
            last = None if goal is None else str(known_date_of(goal, lambda: today))
        written = draft(file.stem, title, parties, str(first), last, setup.page.language)
    if dry:
        try_to_make(file)
    else:
        write_new(file, written)
    if setup.as_json:
        from screens.definitions import DraftedView

        say_as_json(setup, "definitions-new", DraftedView(dry, str(file), written))
        return
    if dry:
        say(setup.page.told(text("Only tried; nothing was written. It would be:")))
        say(written.rstrip())
        return
    said = text(
        "Written. Change it, then: {command}",
        command=shlex.join([PROGRAM, "definitions", "check", str(file)]),
    )
    say(setup.page.say(said))
