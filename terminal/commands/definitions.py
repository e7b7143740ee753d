"""Process definitions: listing, showing, checking, drawing and writing them."""

from pathlib import Path

import click

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
from terminal.runtime.parameters import FILE, NEW_FILE, OneOf
from terminal.runtime.setup import Setup


@click.group(cls=Group)
def definitions() -> None:
    """List, show and check process definitions."""


@definitions.command("list")
@query
@click.pass_obj
def definitions_list(setup: Setup, /, *, as_json: bool) -> None:
    """List the definitions and examples that are shipped."""
    from terminal.handlers.definitions import list_definitions

    list_definitions(setup, as_json=as_json)


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
def definitions_export(setup: Setup, /, *, name: str, folder: str | None, dry: bool) -> None:
    """Write a shipped definition or example to files of your own."""
    from terminal.handlers.definitions import export_definition

    export_definition(setup, name, folder, dry=dry)


@definitions.command("show")
@argument("definition", offers=Offer.DEFINITION)
@parameters
@query
@click.pass_obj
def definitions_show(
    setup: Setup, /, *, definition: str, values: tuple[str, ...], as_json: bool
) -> None:
    """Show a definition: its milestones, requests, gates, and what it does not know."""
    from terminal.handlers.definitions import show_definition

    show_definition(setup, definition, values, as_json=as_json)


@definitions.command("check")
@argument("files", offers=Offer.DEFINITION, nargs=-1, required=True, metavar="DEFINITION...")
@option("--again", is_flag=True, help="Prove it anew, also where a verdict on it is kept.")
@parameters
@query
@click.pass_obj
def definitions_check(
    setup: Setup, /, *, files: tuple[str, ...], again: bool, values: tuple[str, ...], as_json: bool
) -> None:
    """Check definitions: every fault, and whether every way through them comes to an end."""
    from terminal.handlers.definitions import check_definitions

    check_definitions(setup, files, values, again=again, as_json=as_json)


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
    *,
    names: tuple[str, ...],
    process: str | None,
    as_of: str | None,
    form: str | None,
    file: Path | None,
    values: tuple[str, ...],
) -> None:
    """Draw a definition or a process: its milestones, or the states of one of them."""
    from terminal.handlers.graph import Drawn, draw

    draw(setup, Drawn(names, process, as_of, values), form, file)


@definitions.command("schema")
@argument("kind", type=OneOf(["process", "facts"]), default="process")
@common
def definitions_schema(kind: str) -> None:
    """Print the JSON Schema of a definition or facts file, for editors."""
    from terminal.handlers.definitions import print_schema

    print_schema(kind)


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
    *,
    file: Path,
    title: str | None,
    parties: tuple[str, ...],
    begins: str | None,
    goal: str | None,
    dry: bool,
) -> None:
    """Write a commented definition to start from."""
    from terminal.handlers.new_definition import write_draft

    write_draft(setup, file, (title, parties), (begins, goal), dry=dry)
