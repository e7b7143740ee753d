"""The command line: parses, calls, prints. The only module that knows Click.

Results go to standard output, messages to standard error. Everything from the world around
(the environment, the clock, who is logged in) enters here and is handed on. A command imports
what it needs when it runs, so that the others start fast.
"""

import gc
import getpass
import inspect
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from uuid import uuid4

import click

from definitions.errors import InvalidValue, MijlpaalError, NotFound
from definitions.text import Text, text
from screens.page import Page

Function = TypeVar("Function", bound=Callable[..., Any])

PROGRAM = "mijlpaal"
PIPE_WIDTH = 100
LANGUAGES = ("en", "nl")
LANGUAGE_SOURCES = ("MIJLPAAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
DONE, FAILED, USAGE, INVALID, REFUSED, UNKNOWN, TEMPORARY = 0, 1, 2, 3, 4, 5, 75
"""Exit codes: done, failed, wrong usage, definition invalid, refused, no such name, try again."""


def _logged_in() -> str:
    """Return the user of the operating system; in a container it may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


@dataclass
class Setup:
    """What the program was given by the world around it, and by its options.

    Attributes:
        clock: the present instant.
        new_id: an opaque id that was never used.
        width: how many characters fit on a line.
    """

    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    new_id: Callable[[], str] = lambda: uuid4().hex
    user: Callable[[], str] = _logged_in
    width: int = PIPE_WIDTH
    database_url: str | None = None
    actor: str | None = None
    language: str | None = None
    debug: bool = False

    @property
    def page(self) -> Page:
        """The page that screens are written on."""
        return Page(self._language(), self.width)

    @property
    def asker(self) -> str:
        """Who asks: as said with --as, as the environment says, or as logged in."""
        return self.actor or self.environment.get("MIJLPAAL_ACTOR") or self.user()

    @property
    def url(self) -> str:
        """The database: as said with --db, as the environment says, or the user's own file."""
        named = self.database_url or self.environment.get("MIJLPAAL_DATABASE_URL")
        return named or _own_file()

    @contextmanager
    def engine(self, url: str | None = None) -> Iterator[Any]:
        """Open the engine on the database, and close it again."""
        from workflow.engine import Engine, Surroundings
        from workflow.storage.opening import open_database

        with open_database(url or self.url) as database:
            yield Engine(database, Surroundings(self.clock, self.new_id, self.user()))

    def _language(self) -> str:
        """The language: as said with --lang, else as the environment says; else English."""
        named = (self.environment.get(name) for name in LANGUAGE_SOURCES)
        wanted = [self.language, *named]
        found = (each[:2].lower() for each in wanted if each)
        return next((each for each in found if each in LANGUAGES), LANGUAGES[0])


def _own_file() -> str:
    from platformdirs import user_data_path

    return f"sqlite:///{user_data_path(PROGRAM) / 'mijlpaal.sqlite3'}"


# --- help in the reader's language -------------------------------------------------------------


def _said(context: click.Context | None, message: str) -> str:
    setup = None if context is None else context.find_object(Setup)
    page = setup.page if setup is not None else Page()
    return page.say(text(message))


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help, in the reader's language."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, _said(ctx, self.help))


class Command(click.Command):
    """A command whose help is translated when it is shown."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self._help(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - Click's own signature
        """Return the first sentence of the help, whole, in the reader's language."""
        return self._help(click.get_current_context(silent=True)).split("\n")[0].rstrip(".")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments and options; one that is given but empty is none."""
        rest = super().parse_args(ctx, args)
        for parameter in self.params:
            _refuse_empty(parameter, ctx.params.get(str(parameter.name)))
        return rest

    def _help(self, context: click.Context | None) -> str:
        return _said(context, inspect.cleandoc(self.help or ""))


class Group(click.Group, Command):
    """A group of such commands."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, and suggest one where there is none of that name."""
        name = args[0] if args else ""
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from definitions.naming import guess_at

            commands = self.list_commands(ctx)
            begun = [each for each in commands if name and each.startswith(name)]
            raise Wrong(
                text("There is no command “{name}”.", name=name),
                advice=guess_at(name, begun or commands)
                or text("See all commands with: {program} --help", program=ctx.command_path),
            )
        return super().resolve_command(ctx, args)


Group.group_class = Group


class Wrong(InvalidValue):
    """The command line itself is wrong. Exit code 2."""


# --- options that many commands share ----------------------------------------------------------


def option(*names: str, **settings: Any) -> Callable[[Function], Function]:
    """Add an option whose help is translated."""
    return click.option(*names, cls=Option, **settings)


def _refuse_empty(parameter: click.Parameter, value: Any) -> None:
    if isinstance(value, str) and not value.strip():
        is_option = isinstance(parameter, click.Option)
        name = parameter.opts[0] if is_option else parameter.human_readable_name
        raise Wrong(
            text("{name} is empty.", name=name),
            advice=text("Say what it should be; see --help."),
        )


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    _refuse_empty(parameter, value)
    if value is not None:
        setattr(context.ensure_object(Setup), str(parameter.name), value)


def anyone(function: Function) -> Function:
    """Add the options that every command has: which database, which language."""
    shared: dict[str, Any] = {"expose_value": False, "is_eager": True, "callback": _keep}
    for decorate in (
        option(
            "--debug", is_flag=True, default=None, help="Show where an error comes from.", **shared
        ),
        option(
            "--lang",
            "language",
            type=click.Choice(LANGUAGES),
            metavar="LANG",
            help="The language: en or nl.",
            **shared,
        ),
        option(
            "--db", "database_url", metavar="URL", help="The database: a file or a URL.", **shared
        ),
    ):
        function = decorate(function)
    return function


def common(function: Function) -> Function:
    """Add those options, and who asks."""
    asker = option(
        "--as",
        "actor",
        metavar="NAME",
        help="Who you are; else, how you logged in.",
        expose_value=False,
        is_eager=True,
        callback=_keep,
    )
    return asker(anyone(function))


def query(function: Function) -> Function:
    """Add the options of a query."""
    as_json = option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
    return as_json(common(function))


def query_as_anyone(function: Function) -> Function:
    """Add the options of a query in which --as says something else than who asks."""
    as_json = option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
    return as_json(anyone(function))


def dated_query(function: Function) -> Function:
    """Add the options of a query that can look back, in time and in what was known."""
    known = option("--known-at", metavar="DATE", help="By what had been recorded by that day.")
    as_of = option("--as-of", metavar="DATE", help="As it stood at the end of that day.")
    return as_of(known(query(function)))


def write(function: Function) -> Function:
    """Add the options of a command that writes."""
    dry = option("--dry-run", "dry", is_flag=True, help="Only try it; write nothing.")
    return dry(common(function))


def write_entry(function: Function) -> Function:
    """Add the options of a command that writes an entry with its source."""
    function = write(function)
    for decorate in (
        option("--expect", type=int, metavar="N", help="Refuse unless the last entry is number N."),
        option("--key", metavar="KEY", help="With the same key, the same command happens once."),
        option("--reference", metavar="SOURCE", help="Where it can be found."),
    ):
        function = decorate(function)
    return function


parameters = option(
    "--set", "values", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated."
)
remark = option("--remark", metavar="TEXT", help="A remark that is kept with it.")
out_of_order = option(
    "--out-of-order", metavar="REASON", help="Record it though the state does not admit it."
)


# --- the program -------------------------------------------------------------------------------


@click.group(name=PROGRAM, cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=PROGRAM, message="%(prog)s %(version)s")
@common
def cli() -> None:
    """Run the decision-making of municipalities on one text before one date.

    Every milestone is a state machine; its transitions open when the councils have decided.
    New here? Begin with: mijlpaal demo
    """


@cli.command()
@common
@click.pass_obj
def demo(setup: Setup) -> None:
    """Show the shipped processes on their real facts, in a throw-away database."""
    import tempfile

    from definitions.library import shipped_with_facts
    from screens.demo import closing, heading, scene

    file = str(Path(tempfile.mkdtemp(prefix="mijlpaal-demo-")) / "demo.sqlite3")
    with setup.engine(file) as engine:
        for name in shipped_with_facts():
            _say(heading(name, setup.page))
            _demonstrate(setup, engine, name)
        _say(scene("verify"))
        _verdicts(setup, engine, None)
        _say(closing(shipped_with_facts(), file, setup.page))


def _demonstrate(setup: Setup, engine: Any, name: str) -> None:
    """Run one process and show its scenes: what was known when, and what kept it."""
    from definitions.library import facts_file, open_definition
    from screens.demo import scene
    from screens.explain import explain_screen
    from screens.status import status_screen
    from workflow import views
    from workflow.engine import Start
    from workflow.facts import read_facts

    definition = open_definition(name)
    engine.start(Start(definition, name, setup.asker, reconstruction=True))
    story = read_facts(*facts_file(name))
    engine.execute(name, [fact.request(setup.asker) for fact in story.facts])
    for each in story.scenes:
        seen = _seen(setup, engine, name, str(each.as_of))
        _say(scene(f"status {name} --as-of {each.as_of}"))
        _say(status_screen(views.status(seen), setup.page))
        if each.explain:
            milestone = definition.milestones[each.explain]
            _say(scene(f"explain {name} {each.explain} --as-of {each.as_of}"))
            _say(explain_screen(views.explain(seen, milestone), setup.page))
    _say(scene(f"status {name}"))
    _say(status_screen(views.status(_seen(setup, engine, name, None)), setup.page))


# --- definitions -------------------------------------------------------------------------------


@cli.group()
def definitions() -> None:
    """List, show and check process definitions."""


@definitions.command("list")
@query
@click.pass_obj
def definitions_list(setup: Setup, as_json: bool) -> None:
    """List the definitions that are shipped."""
    from definitions.library import open_definition, shipped
    from screens.definitions import list_screen, summary

    found = [summary(open_definition(name), setup.page) for name in shipped()]
    view = {"definitions": found}
    _show(setup, "definitions-list", view, lambda _, page: list_screen(found, page), as_json)


@definitions.command("show")
@click.argument("definition")
@parameters
@query
@click.pass_obj
def definitions_show(setup: Setup, definition: str, values: tuple[str, ...], as_json: bool) -> None:
    """Show a definition: its milestones, requests, gates, and what it does not know."""
    from definitions.library import open_definition
    from screens.definitions import show_screen, show_view

    found = open_definition(definition, _parameters(values))
    view = show_view(found, setup.page)
    _show(setup, "definitions-show", view, lambda _, page: show_screen(found, page), as_json)


@definitions.command("check")
@click.argument("files", nargs=-1, required=True, metavar="DEFINITION...")
@parameters
@query
@click.pass_obj
def definitions_check(
    setup: Setup, files: tuple[str, ...], values: tuple[str, ...], as_json: bool
) -> None:
    """Check definitions: every fault with its line and column."""
    from screens.definitions import Checked, checked_view, sound

    given = _parameters(values)
    checked = [Checked(name, _opened(name, given)) for name in files]
    errors = [each.found for each in checked if isinstance(each.found, MijlpaalError)]
    if as_json:
        view = {"definitions": checked_view(checked, setup.page)}
        _show(setup, "definitions-check", view, lambda *_: "", as_json=True)
    else:
        for each in checked:
            if isinstance(each.found, MijlpaalError):
                _complain(setup, each.found)
            else:
                _say(sound(each.name, each.found, setup.page))
    if errors:
        raise click.exceptions.Exit(min(code_of(error) for error in errors))


def _parameters(values: tuple[str, ...]) -> dict[str, str]:
    return dict(map(_parameter, values))


def _parameter(written: str) -> tuple[str, str]:
    name, sign, value = written.partition("=")
    if not sign or not name:
        raise Wrong(
            text("“{written}” sets no parameter.", written=written),
            advice=text("Write it as NAME=VALUE."),
        )
    return name, value


def _opened(name: str, given: dict[str, str]) -> Any:
    """Return a definition, or why it cannot be used."""
    from definitions.library import open_definition

    try:
        return open_definition(name, given)
    except MijlpaalError as error:
        return error


@definitions.command("graph")
@click.argument("names", nargs=-1, metavar="DEFINITION [MILESTONE]")
@option("--process", metavar="ID", help="A running process: where it stands, and what is open.")
@option("--as-of", metavar="DATE", help="The process as it stood at the end of that day.")
@option(
    "--format",
    "form",
    type=click.Choice(["mermaid", "dot", "svg"]),
    help="How it is written; else, as FILE is called, or as Mermaid. SVG takes Graphviz.",
)
@option("--out", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it there.")
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

    graph = _graph(setup, list(names), **asked)
    picture = written(graph, form_of(form, file), setup.environment.get("PATH"))
    if file is None:
        _say(picture.rstrip())
        return
    try:
        file.write_text(f"{picture.rstrip()}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise Wrong(
            text("Cannot write {file}: {why}.", file=str(file), why=error.strerror or "?"),
            advice=text("Name another file."),
        ) from None
    _say(setup.page.told(text("Drawn: {file}", file=str(file))))


def _graph(
    setup: Setup, names: list[str], process: str | None, as_of: str | None, values: tuple[str, ...]
) -> Any:
    from definitions.library import open_definition
    from screens.graph.picture import definition_picture, process_picture

    if len(names) > 2 or not (names or process):  # noqa: PLR2004 - a definition, a milestone
        raise Wrong(
            text("Name a definition, and one of its milestones or none."),
            advice=text(
                "For a process: {command}", command=f"{PROGRAM} definitions graph --process ID"
            ),
        )
    if process is None:
        if as_of is not None:
            raise Wrong(
                text("Only a process stood somewhere on a day."), advice=text("Add --process ID.")
            )
        definition = open_definition(names[0], _parameters(values))
        return definition_picture(definition, names[1] if names[1:] else None, setup.page)
    if values:
        raise Wrong(
            text("A process keeps the parameters it was started with."),
            advice=text("Leave out --set, or --process."),
        )
    with setup.engine() as engine:
        return process_picture(_seen(setup, engine, process, as_of), names, setup.page)


@definitions.command("schema")
@click.argument("kind", type=click.Choice(["process", "facts"]), default="process")
@common
def definitions_schema(kind: str) -> None:
    """Print the JSON Schema of a definition or facts file, for editors."""
    from definitions.jsonschema import json_schema

    _say(json_schema(kind).rstrip())


@definitions.command("new")
@click.argument("file", type=click.Path(path_type=Path))
@option("--title", metavar="TEXT", help="What it is called.")
@option("--party", "parties", multiple=True, metavar="NAME", help="A party; may be repeated.")
@option("--begins", metavar="DATE", help="Its first day; else, today.")
@option("--goal", metavar="DATE", help="The date of its goal, where it has one.")
@common
@click.pass_obj
def definitions_new(
    setup: Setup,
    /,
    file: Path,
    title: str | None,
    parties: tuple[str, ...],
    begins: str | None,
    goal: str | None,
) -> None:
    """Write a commented definition to start from."""
    from definitions.drafting import draft

    if title is None:
        title = _ask(setup, text("What is it called?"), file.stem)
    if not parties:
        named = _ask(setup, text("Which parties take part (with commas between them)?"), "")
        parties = tuple(name.strip() for name in named.split(",") if name.strip())
    day = begins or setup.clock().date().isoformat()
    written = draft(file.stem, title, parties, day, goal)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(written)
    except OSError as error:
        raise Wrong(
            text("Cannot write {file}: {why}.", file=str(file), why=error.strerror or "?"),
            advice=text("Name a file that does not exist yet."),
        ) from None
    said = text(
        "Written. Change it, then: {command}", command=f"{PROGRAM} definitions check {file}"
    )
    _say(setup.page.say(said))


def _ask(setup: Setup, question: Text, default: str) -> str:
    """Ask on a terminal; elsewhere, take the default."""
    if not sys.stdin.isatty():
        return default
    return str(click.prompt(setup.page.say(question), default=default or None))


# --- running a process -------------------------------------------------------------------------


@cli.command()
@click.argument("definition")
@option("--id", "process", metavar="ID", help="The process's own id; else, the definition's.")
@option("--on", metavar="DATE", help="Its first day; else, as the definition has it.")
@parameters
@option("--reconstruction", is_flag=True, help="Recorded afterwards: nobody is reminded.")
@write
@click.pass_obj
def start(
    setup: Setup,
    /,
    definition: str,
    process: str | None,
    on: str | None,
    values: tuple[str, ...],
    reconstruction: bool,
    dry: bool,
) -> None:
    """Start a process by a shipped definition or a file."""
    from definitions.library import open_definition
    from workflow.engine import Start

    opened = open_definition(definition, _parameters(values))
    begin = Start(opened, process or opened.id, setup.asker, _date(on), reconstruction)
    with setup.engine() as engine:
        receipt = engine.start(begin, dry=dry)
        _receipt(setup, engine, receipt, {receipt.entries[0].actor: setup.asker})


@cli.command()
@click.argument("file")
@option("--process", metavar="ID", help="The process; else, the one the file names.")
@write
@click.pass_obj
def replay(setup: Setup, file: str, process: str | None, dry: bool) -> None:
    """Record a file of dated, sourced facts: all of them or none, and each only once."""
    from definitions.library import facts_file
    from screens.receipts import replay_screen
    from workflow.facts import read_facts

    story = read_facts(*facts_file(file))
    requests = [fact.request(setup.asker) for fact in story.facts]
    with setup.engine() as engine:
        receipt = engine.execute(process or story.process, requests, dry=dry)
    _say(replay_screen(receipt, setup.page))


@cli.command()
@click.argument("process", required=False)
@option("--party", metavar="PARTY", help="What is asked of one party.")
@option("--group", metavar="GROUP", help="What is asked of one group.")
@option("--role", metavar="ROLE", help="What is asked of one role.")
@dated_query
@click.pass_obj
def status(setup: Setup, /, process: str | None, as_json: bool, **options: Any) -> None:
    """Show where a process stands, whom to ring and what is next; or list all processes."""
    from screens.status import status_screen
    from workflow import views

    back = {name: options.pop(name) for name in ("as_of", "known_at")}
    whose = {name: value for name, value in options.items() if value is not None}
    if process is None:
        _processes(setup, {**back, **whose}, as_json)
        return
    with setup.engine() as engine:
        seen = _seen(setup, engine, process, **back)
    if whose:
        _mine(setup, seen, whose, as_json)
        return
    _show(setup, "status", views.status(seen), status_screen, as_json)


def _mine(setup: Setup, seen: Any, whose: dict[str, str], as_json: bool) -> None:
    from screens.mine import mine_screen
    from workflow.mine import Whose, mine

    if len(whose) > 1:
        raise Wrong(text("One of --party, --group and --role at a time."))
    _show(setup, "status-mine", mine(seen, Whose(**whose)), mine_screen, as_json)


def _processes(setup: Setup, narrowed: dict[str, str | None], as_json: bool) -> None:
    from definitions.library import shipped
    from screens.status import processes_screen
    from workflow import views

    asked = [f"--{name.replace('_', '-')} {value}" for name, value in narrowed.items() if value]
    if asked:
        raise Wrong(
            text("Of which process do you want to see that?"),
            advice=text(
                "Name it: {command}", command=f"{PROGRAM} status PROCESS {' '.join(asked)}"
            ),
        )
    with setup.engine() as engine:
        found = [views.status(_at_present(setup, engine, each)) for each in engine.processes()]
    view = {"processes": found}
    _show(
        setup, "status-all", view, lambda _, page: processes_screen(found, shipped(), page), as_json
    )


@cli.command()
@click.argument("process")
@click.argument("milestone")
@click.argument("trigger", required=False)
@dated_query
@click.pass_obj
def explain(
    setup: Setup,
    /,
    process: str,
    milestone: str,
    trigger: str | None,
    as_json: bool,
    **back: str | None,
) -> None:
    """Explain what keeps a milestone from moving: its gate as a tree, and whom to ring."""
    from screens.explain import explain_screen
    from workflow import views
    from workflow.cases import milestone_named, trigger_named

    with setup.engine() as engine:
        seen = _seen(setup, engine, process, **back)
    found = milestone_named(seen.definition, milestone)
    if trigger is not None:
        trigger_named(found, trigger)
    _show(setup, "explain", views.explain(seen, found, trigger), explain_screen, as_json)


@cli.command()
@click.argument("process")
@click.argument("milestone")
@click.argument("trigger", required=False)
@option("--to", metavar="STATE", help="The state it must lead to.")
@option("--on", metavar="DATE", help="When it happened; else, today.")
@option("--attested", is_flag=True, help="On the word of a source, though the gate is not proved.")
@remark
@write_entry
@click.pass_obj
def advance(setup: Setup, /, **asked: Any) -> None:
    """Move a milestone through an open gate."""
    from workflow.commands import Advance

    _execute(setup, Advance, asked)


@cli.command()
@click.argument("process")
@click.argument("milestone")
@click.argument("body")
@click.argument("outcome")
@option("--on", metavar="DATE", required=True, help="The day on which it was decided.")
@option("--request", metavar="ID", help="Which request, where several could be meant.")
@option("--votes", metavar="F-A", help="Votes for and against, as 19-4; or “unanimous”.")
@option("--ground", metavar="TEXT", help="The ground, where the outcome needs one.")
@option("--text", "file", type=click.Path(), metavar="FILE", help="The text it decided on.")
@option(
    "--option", "options", multiple=True, metavar="NAME", help="What it names; may be repeated."
)
@option("--unnamed", "unnamed_options", type=int, metavar="N", help="Options it does not name.")
@out_of_order
@remark
@write_entry
@click.pass_obj
def record(setup: Setup, /, file: str | None, **asked: Any) -> None:
    """Record what a council or college decided."""
    from workflow.commands import Record

    _execute(setup, Record, {**asked, "text": _hash(file)})


@cli.command()
@click.argument("process")
@click.argument("task", metavar="[MILESTONE/]TASK")
@click.argument("result")
@option("--for", "subject", metavar="PARTY", help="For which party or group.")
@option("--on", metavar="DATE", help="When it happened; else, today.")
@out_of_order
@remark
@write_entry
@click.pass_obj
def task(setup: Setup, /, **asked: Any) -> None:
    """Report a task: what was held, offered, answered or sent."""
    from workflow.commands import ReportTask

    _execute(setup, ReportTask, asked)


@cli.command()
@click.argument("process")
@click.argument("part", metavar="DELIVERABLE/PART")
@click.argument("level")
@option("--for", "subject", metavar="PARTY", help="For which party.")
@option("--on", metavar="DATE", help="When it reached the level; else, today.")
@option("--text", "file", type=click.Path(), metavar="FILE", help="The version that did.")
@remark
@write_entry
@click.pass_obj
def deliverable(setup: Setup, /, file: str | None, **asked: Any) -> None:
    """Report how far a part of a deliverable is."""
    from workflow.commands import ReportPart

    _execute(setup, ReportPart, {**asked, "text": _hash(file)})


@cli.command()
@click.argument("process")
@click.argument("note", metavar="TEXT")
@option("--on", metavar="DATE", help="When it happened (may be “unknown”); else, today.")
@option("--about", metavar="MILESTONE", help="The milestone it is about.")
@write_entry
@click.pass_obj
def note(setup: Setup, /, **asked: Any) -> None:
    """Write down a fact that moves nothing."""
    from workflow.commands import AddNote

    _execute(setup, AddNote, asked)


@cli.command()
@click.argument("process")
@click.argument("seq", type=int, metavar="ENTRY")
@option("--reason", metavar="TEXT", required=True, help="Why it is corrected.")
@option("--withdraw", is_flag=True, help="It should say nothing at all.")
@option("--outcome", metavar="OUTCOME", help="What the body decided.")
@option("--votes", metavar="F-A", help="The votes for and against.")
@option("--ground", metavar="TEXT", help="The ground.")
@option("--result", metavar="RESULT", help="The result of the task.")
@option("--level", metavar="LEVEL", help="The level of the part.")
@option("--note", metavar="TEXT", help="What the note says.")
@option("--source", metavar="SOURCE", help="Where the entry itself can be found.")
@option("--attested", is_flag=True, default=None, help="The move is on the word of its source.")
@remark
@write_entry
@click.pass_obj
def correct(
    setup: Setup,
    /,
    process: str,
    seq: int,
    reason: str,
    withdraw: bool,
    reference: str | None,
    source: str | None,
    **options: Any,
) -> None:
    """Correct an entry of the journal, or withdraw it; its date stays what it was."""
    from workflow.commands import Correct

    how = {name: options.pop(name) for name in ("key", "expect", "dry")}
    changes = {**options, "reference": source}
    changed = tuple((name, value) for name, value in changes.items() if value is not None)
    if withdraw and changed:
        raise Wrong(text("An entry is withdrawn or says something else, not both."))
    command = Correct(seq, reason, changed, withdraw, reference)
    with setup.engine() as engine:
        _receipt(setup, engine, _one(setup, engine, process, command, how))


@cli.command()
@click.argument("process")
@click.argument("what", metavar="title|ladder/NAME|papers-due/PARTY|route/PARTY")
@click.argument("value")
@option("--reason", metavar="TEXT", required=True, help="Why it is amended.")
@option("--on", metavar="DATE", help="From when on; else, today.")
@write_entry
@click.pass_obj
def amend(setup: Setup, /, **asked: Any) -> None:
    """Amend a title, a ladder or a route of a running process; never a gate or a machine."""
    from workflow.commands import Amend

    _execute(setup, Amend, asked)


# --- looking back and ahead --------------------------------------------------------------------


@cli.command()
@click.argument("process")
@dated_query
@click.pass_obj
def due(setup: Setup, /, process: str, as_json: bool, **back: str | None) -> None:
    """Show the dates of a process as an agenda, and which of them were moved."""
    from screens.due import due_screen
    from workflow import views

    with setup.engine() as engine:
        view = views.dues(_seen(setup, engine, process, **back))
    _show(setup, "due", view, due_screen, as_json)


@cli.command()
@click.argument("process")
@click.argument("due")
@click.argument("date")
@option("--reason", metavar="TEXT", required=True, help="Why the date is moved.")
@option("--on", metavar="DATE", help="When that was decided; else, today.")
@write_entry
@click.pass_obj
def replan(setup: Setup, /, date: str, **asked: Any) -> None:
    """Give a due another date, with a reason."""
    from workflow.commands import Replan

    _execute(setup, Replan, {**asked, "date": _date(date)})


@cli.command()
@click.argument("process")
@option("--party", metavar="PARTY", help="Only what concerns one party.")
@option(
    "--as",
    "form",
    type=click.Choice(["journal", "feitenrelaas"]),
    default="journal",
    help="As the journal was written, or as an account of what happened.",
)
@option("--known-at", metavar="DATE", help="What had been recorded by that day.")
@query_as_anyone
@click.pass_obj
def history(
    setup: Setup, process: str, party: str | None, form: str, known_at: str | None, as_json: bool
) -> None:
    """Show the journal: who recorded what, when it happened, and on what source."""
    from screens.history import history_screen
    from screens.relaas import relaas_screen
    from workflow.cases import party_named
    from workflow.relaas import concerning
    from workflow.views import entry_view
    from workflow.views import status as status_of

    with setup.engine() as engine:
        seen = _seen(setup, engine, process, None, known_at)
        _, entries = engine.journal(process, seen.known_at)
        people = engine.people()
    if party is not None:
        party_named(seen.definition, party)
    told = concerning(entries, party, seen.definition)
    view = {"process": process, "entries": [entry_view(entry) for entry in told]}
    unproved = len(seen.state.unproved())

    def screen(_: Any, page: Page) -> str:
        if form == "feitenrelaas":
            return relaas_screen(told, entries, status_of(seen), people, page)
        return history_screen(told, people, page, process=process, unproved=unproved)

    _show(setup, "history", view, screen, as_json)


@cli.command()
@click.argument("process", required=False)
@option("--head", metavar="N:HASH", help="A head that was printed before: is it still there?")
@query
@click.pass_obj
def verify(setup: Setup, process: str | None, head: str | None, as_json: bool) -> None:
    """Verify that the journal is whole, and that the tables say what follows from it."""
    if head is not None and process is None:
        raise Wrong(
            text("A head is of one process, and none is named."),
            advice=text("Name it: {command}", command=f"{PROGRAM} verify PROCESS --head {head}"),
        )
    with setup.engine() as engine:
        _verdicts(setup, engine, process, head, as_json=as_json)


def _verdicts(
    setup: Setup,
    engine: Any,
    process: str | None,
    head: str | None = None,
    *,
    as_json: bool = False,
) -> None:
    from screens.verdicts import verdicts_screen
    from workflow.verifying import parse_head, verify

    verdicts = verify(engine.database, process, parse_head(head) if head else None)
    if process is not None and not verdicts:
        engine.today_of(process)  # which says that there is no such process
    view = {"processes": verdicts, "whole": not any(each.problems for each in verdicts)}
    _show(setup, "verify", view, lambda _, page: verdicts_screen(verdicts, page), as_json)
    if not view["whole"]:
        raise click.exceptions.Exit(FAILED)


# --- members -----------------------------------------------------------------------------------


@cli.group()
def member() -> None:
    """Say who holds which seat, from when to when."""


@member.command("list")
@click.argument("process")
@query
@click.pass_obj
def member_list(setup: Setup, process: str, as_json: bool) -> None:
    """List the seats of a process and who holds them."""
    from screens.members import members_screen
    from workflow.views import members

    with setup.engine() as engine:
        seen = _seen(setup, engine, process, None)
        view = members(seen, engine.people())
    _show(setup, "member-list", view, members_screen, as_json)


@member.command("add")
@click.argument("process")
@click.argument("seat", metavar="ROLE[@PLACE]")
@click.argument("name")
@option("--on", metavar="DATE", help="The first day; else, today.")
@option("--until", metavar="DATE", help="The last day, where that is known.")
@option("--address", metavar="MAIL", help="Where reminders go.")
@write
@click.pass_obj
def member_add(  # noqa: PLR0917 - Click hands over every option
    setup: Setup,
    process: str,
    seat: str,
    name: str,
    on: str | None,
    until: str | None,
    address: str | None,
    dry: bool,
) -> None:
    """Give somebody a seat: mijlpaal member add PROCESS griffier@PARTY NAME."""
    from workflow.engine import Seating

    last = None if until is None else _day(until)
    seating = Seating(seat, name, setup.asker, address, _date(on), last)
    with setup.engine() as engine:
        receipt = engine.give_seat(process, seating, dry=dry)
        _receipt(setup, engine, receipt, {receipt.entries[0].event.person: name})


@member.command("end")
@click.argument("process")
@click.argument("seat", metavar="ROLE[@PLACE]")
@click.argument("name")
@option("--on", metavar="DATE", help="The last day; else, today.")
@write
@click.pass_obj
def member_end(setup: Setup, process: str, seat: str, name: str, on: str | None, dry: bool) -> None:
    """End somebody's seat."""
    from workflow.commands import EndSeat

    with setup.engine() as engine:
        person = engine.known_person(name)
        command = EndSeat(seat, person, _date(on) or engine.today_of(process))
        _receipt(setup, engine, _one(setup, engine, process, command, {"dry": dry}))


# --- the database ------------------------------------------------------------------------------


@cli.group()
def db() -> None:
    """Upgrade or check the database."""


@db.command("upgrade")
@write
@click.pass_obj
def db_upgrade(setup: Setup, dry: bool) -> None:
    """Bring the schema up to date."""
    from screens.verdicts import upgraded
    from workflow.storage.database import Database
    from workflow.storage.upgrading import upgrade

    with Database(setup.url) as database:
        before, after = _planned(database) if dry else upgrade(database)
        _say(upgraded(database.name, before, after, setup.page, dry=dry))


def _planned(database: Any) -> tuple[str | None, str]:
    """Return the revision a database has (None for one that is not there yet), and ours."""
    from workflow.storage.database import REVISION, refuse_newer, revision_of

    if database.file is not None and not database.file.exists():
        return None, REVISION
    with database.reading() as connection:
        before = revision_of(connection)
    refuse_newer(before, database.name)
    return before, REVISION


@db.command("check")
@query
@click.pass_obj
def db_check(setup: Setup, as_json: bool) -> None:
    """Check the schema and the file itself."""
    _health(setup, "db-check", as_json)


@cli.command()
@query
@click.pass_obj
def doctor(setup: Setup, as_json: bool) -> None:
    """Look at the settings, the database and the journals: is all well?"""
    _health(setup, "doctor", as_json)


def _health(setup: Setup, command: str, as_json: bool) -> None:
    from screens.verdicts import Report, health_screen
    from workflow.storage.database import Database
    from workflow.storage.health import examine
    from workflow.verifying import verify

    with Database(setup.url) as database:
        health = examine(database)
        usable = health.healthy and health.made
        journals = verify(database) if command == "doctor" and usable else []
    report = Report(health.checks, tuple(journals), setup.asker, setup.page.language)
    _show(setup, command, report, health_screen, as_json)
    if not report.healthy:
        raise click.exceptions.Exit(FAILED)


# --- what the commands share -------------------------------------------------------------------


def _say(screen: str) -> None:
    """Print a result.

    Raises:
        ReaderGone: whoever read it (``head``, a pager) has seen enough.
    """
    try:
        click.echo(screen)
    except OSError as error:
        # What could not be written is dropped: Python would try again, and complain, at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise ReaderGone from None
        raise


def _show(
    setup: Setup, command: str, view: Any, screen: Callable[[Any, Page], str], as_json: bool
) -> None:
    """Print a read model, as a screen or as JSON."""
    if as_json:
        from screens.envelope import envelope

        _say(envelope(command, view, setup.page))
    else:
        _say(screen(view, setup.page))


def _date(written: str | None) -> Any:
    from definitions.dates import parse_date

    return None if written is None else parse_date(written)


def _day(written: str) -> Any:
    """Return the day a date counts from; here it has to be one."""
    day = _date(written).day
    if day is None:
        raise Wrong(
            text("“{written}” is not a day.", written=written),
            advice=text("Write it as 2021-03-16."),
        )
    return day


def _seen(
    setup: Setup, engine: Any, process: str, as_of: str | None, known_at: str | None = None
) -> Any:
    """Return what a view of a process is drawn from: at present, on a day, or as known on one."""
    from workflow.views import Seen

    if as_of is None and known_at is None:
        return _at_present(setup, engine, engine.present(process))
    known = _day(known_at) if known_at is not None else None
    day = _day(as_of) if as_of is not None else None
    definition, state, head = engine.as_of(process, day, known)
    today = day or known or engine.today(definition)
    return Seen(head.id, definition, state, today, day, known, setup.page.language)


def _at_present(setup: Setup, engine: Any, present: Any) -> Any:
    from workflow.views import Seen

    definition, state, head = present
    today = engine.today(definition)
    return Seen(head.id, definition, state, today, language=setup.page.language)


def _execute(setup: Setup, kind: Callable[..., Any], asked: dict[str, Any]) -> None:
    """Build a command of what was typed, execute it, and print what became of it.

    An option that a command takes has the name of the command's field.
    """
    process, on = asked.pop("process"), asked.pop("on")
    how = {name: asked.pop(name) for name in ("key", "expect", "dry")}
    with setup.engine() as engine:
        command = kind(on=_date(on) or engine.today_of(process), **asked)
        _receipt(setup, engine, _one(setup, engine, process, command, how))


def _one(setup: Setup, engine: Any, process: str, command: Any, how: dict[str, Any]) -> Any:
    from workflow.commands import Request

    request = Request(command, setup.asker, how.get("key"), how.get("expect"))
    return engine.execute(process, [request], dry=how["dry"])


def _receipt(
    setup: Setup, engine: Any, receipt: Any, newcomers: Mapping[str, str] | None = None
) -> None:
    """Print what became of a command; a dry run has not written its newcomers down."""
    from screens.receipts import receipt_screen

    named = {person: (name, None) for person, name in (newcomers or {}).items()}
    people = {**named, **engine.people()}
    _say(receipt_screen(receipt, people, engine.today(receipt.definition), setup.page))


def _hash(file: str | None) -> str | None:
    """Return the SHA-256 of a file, which is how a text is known."""
    import hashlib

    if file is None:
        return None
    try:
        with Path(file).open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise NotFound(text("Cannot read “{file}”: {why}.", file=file, why=why)) from None


# --- errors ------------------------------------------------------------------------------------


def _complain(setup: Setup, error: MijlpaalError) -> None:
    """Say on standard error what was refused or is broken, why, and what would help."""
    from screens.errors import error_screen

    click.echo(error_screen(error, setup.page), err=True)


def code_of(error: MijlpaalError) -> int:
    """Return the exit code of an error."""
    from definitions.faults import DefinitionInvalid
    from workflow.refusals import Refused
    from workflow.storage.failures import TemporarilyUnavailable

    codes: tuple[tuple[type[MijlpaalError], int], ...] = (
        (InvalidValue, USAGE),
        (NotFound, UNKNOWN),
        (DefinitionInvalid, INVALID),
        (Refused, REFUSED),
        (TemporarilyUnavailable, TEMPORARY),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), FAILED)


class ReaderGone(Exception):
    """Nobody reads the results any more. Not an error: nothing is said."""


def run(arguments: list[str], setup: Setup) -> int:
    """Run a command line and return its exit code; nothing is raised past here."""
    try:
        return _invoke(arguments, setup)
    except MijlpaalError as error:
        if setup.debug:
            raise
        _complain(setup, error)
        return code_of(error)
    except ReaderGone:
        return DONE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        click.echo(setup.page.say(text("Stopped.")), err=True)
        return FAILED
    except Exception as error:
        if setup.debug:
            raise
        _complain(setup, _unforeseen(error))
        return FAILED


def _invoke(arguments: list[str], setup: Setup) -> int:
    words = [_decoded(argument) for argument in arguments]
    result = cli.main(words, prog_name=PROGRAM, standalone_mode=False, obj=setup)
    return result if isinstance(result, int) else DONE


def _decoded(argument: str) -> str:
    """Return an argument as the UTF-8 it is, also where the locale is a poorer one."""
    raw = os.fsencode(argument)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise Wrong(
            text("“{argument}” is not text in UTF-8.", argument=raw.decode(errors="replace")),
            advice=text("Set the terminal, or the file it came from, to UTF-8."),
        ) from None


def _unforeseen(error: Exception) -> MijlpaalError:
    if isinstance(error, OSError):
        return MijlpaalError(text("The system says: {why}.", why=error.strerror or str(error)))
    what = f"{type(error).__name__}: {error}"
    return MijlpaalError(
        text("Something went wrong that we did not foresee ({what}).", what=what),
        advice=text("With --debug you see where; please report it."),
    )


def main() -> NoReturn:
    """Run the program on the command line it was called with."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a terminal or a file cannot show becomes a question mark, not an error.
            stream.reconfigure(errors="replace")
    # A start makes many objects and leaves no garbage: looking for some costs a tenth of it, and
    # taking all of it down at the end a third.
    gc.set_threshold(50_000)
    code = run(sys.argv[1:], Setup(width=_width()))
    gc.freeze()
    sys.exit(code)


def _width() -> int:
    """Return the width of the terminal, or that of COLUMNS; a pipe has a fixed one."""
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns
    return PIPE_WIDTH


if __name__ == "__main__":
    main()
