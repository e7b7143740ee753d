"""The command line: the commands themselves, and the program that is made of them.

Results go to standard output, messages to standard error. Everything from the world around
(the environment, the clock, who is logged in) enters with the set-up and is handed on. A command
imports what it needs when it runs, so that the others start fast.
"""

import gc
import io
import os
import shlex
import shutil
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click

from definitions.language.characters import normal
from definitions.language.errors import MijlpaalError, given_as
from definitions.language.naming import PROGRAM
from definitions.language.text import LANGUAGES, text
from terminal import running
from terminal.commands.options import (
    about,
    argument,
    common,
    dated_query,
    looking_back,
    of_an_answer,
    of_round,
    of_some_days,
    option,
    out_of_order,
    parameters,
    points,
    query,
    query_as_anyone,
    remark,
    signatures,
    write,
    write_entry,
)
from terminal.commands.processes import (
    at_present,
    carry_out,
    execute,
    look_at,
    look_at_all_rounds,
    print_receipt,
    recorded,
    today_in,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import CommandOfRungs, CommandThatWrites, Group
from terminal.runtime.errors import FAILED, TEMPORARY, Wrong, code_of
from terminal.runtime.output import (
    answering,
    ask,
    complain,
    remark_on_standby,
    say,
    show,
    try_to_make,
    write_new,
)
from terminal.runtime.parameters import FILE, NEW_FILE, WHOLE, OneOf, Option, naming_options
from terminal.runtime.setup import PIPE_WIDTH, Setup
from terminal.runtime.typed import (
    check_holder,
    date_of,
    day_of,
    hash_of,
    known_date_of,
    span_of,
    values_of,
)

# --- the program -------------------------------------------------------------------------------


@click.group(name=PROGRAM, cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name=PROGRAM,
    message="%(prog)s %(version)s",
    cls=Option,
    help="Show the version and exit.",
)
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
    from screens.demo import closing, heading, scene, whole
    from terminal.commands.demo import demonstrate
    from terminal.commands.health import show_verdicts

    file = str(Path(tempfile.mkdtemp(prefix="mijlpaal-demo-")) / "demo.sqlite3")
    setup.database_url = None  # its commands are typed with MIJLPAAL_DATABASE_URL, as its end says
    with setup.engine(file, make=True) as engine:
        for name in shipped_with_facts():
            say(heading(name, setup.page))
            demonstrate(setup, engine, name)
        say(scene(whole(), "verify", setup.page))
        show_verdicts(setup, engine, None)
        say(closing(shipped_with_facts(), file, setup.page))


# --- definitions -------------------------------------------------------------------------------


@cli.group()
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
        say(export_screen(exported, setup.page))


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
    from terminal.commands.graph import picture_of

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
        say(setup.page.told(text("Only tried; nothing was written. It would be:")))
        say(written.rstrip())
        return
    write_new(file, written)
    said = text(
        "Written. Change it, then: {command}",
        command=shlex.join([PROGRAM, "definitions", "check", str(file)]),
    )
    say(setup.page.say(said))


# --- running a process -------------------------------------------------------------------------


@cli.command()
@argument("definition", offers=Offer.DEFINITION)
@option("--id", "process", metavar="ID", help="The process's own id; else, the definition's.")
@option("--on", metavar="DATE", help="Its first day; else, as the definition has it.")
@parameters
@option(
    "--reconstruction",
    is_flag=True,
    guessed=False,
    help="Recorded afterwards: nobody is reminded.",
)
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
    """Start a process from a shipped definition or a file."""
    from definitions.library import open_definition
    from workflow.engine import Start

    opened = open_definition(definition, values_of(values))
    first = date_of(on, lambda: setup.today(opened.timezone))
    begin = Start(opened, process or opened.id, setup.asker, first, reconstruction)
    with setup.engine(make=True) as engine:
        receipt = engine.start(begin, dry=dry)
        print_receipt(setup, engine, receipt, {receipt.entries[0].actor: normal(setup.asker)})


@cli.command()
@argument("file", offers=Offer.FACTS)
@option(
    "--process",
    metavar="ID",
    offers=Offer.PROCESS,
    help="The process; else, the one the file names.",
)
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
    with answering(recorded(receipt)):
        say(replay_screen(receipt, setup.page))


@cli.command()
@argument("process", offers=Offer.PROCESS, required=False)
@option("--party", metavar="PARTY", offers=Offer.PARTY, help="What is asked of one party.")
@option("--group", metavar="GROUP", offers=Offer.GROUP, help="What is asked of one group.")
@option("--role", metavar="ROLE", offers=Offer.ROLE, help="What is asked of one role.")
@option("--mine", is_flag=True, help="What is asked of you, of all processes or of one.")
@dated_query
@click.pass_obj
def status(setup: Setup, /, process: str | None, mine: bool, as_json: bool, **options: Any) -> None:
    """Show where a process stands, whom to ring and what is next; or list all processes."""
    from screens.status import status_screen
    from workflow.views.seen import looks_back
    from workflow.views.status import status_view

    back = {name: options.pop(name) for name in ("as_of", "known_at")}
    whose = {name: value for name, value in options.items() if value is not None}
    if mine:
        _mine(setup, process, [name for name, value in {**back, **whose}.items() if value], as_json)
        return
    if process is None:
        _processes(setup, {**back, **whose}, as_json)
        return
    with setup.queries() as queries:
        looked_at = look_at if whose else look_at_all_rounds
        seen = looked_at(setup, queries, process, **back)
        found = [] if looks_back(seen) or whose else _undelivered(queries, process)
        people = queries.people()
    if whose:
        _theirs(setup, seen, whose, people, as_json=as_json)
        return
    view = status_view(seen, found, people)
    show(setup, "status", view, status_screen, as_json)


def _undelivered(queries: Any, process: str) -> Any:
    """Return what could not be said to somebody; other queries start faster without its import."""
    from workflow.reminders.undelivered import undelivered

    return undelivered(queries, process)


def _mine(setup: Setup, process: str | None, others: list[str], as_json: bool) -> None:
    from definitions.library import shipped
    from screens.my_work import my_work_screen
    from screens.status import processes_screen
    from terminal.commands.processes import work_of

    if others:
        given = [f"--{name.replace('_', '-')}" for name in others]
        raise Wrong(
            text(
                "--mine is what is asked of you now; it goes with none of {options}.", options=given
            ),
            advice=text("Leave one of them out."),
        )
    with setup.queries() as queries:
        view = work_of(setup, queries, process)

    def screen(_: Any, page: Any) -> str:
        return (
            my_work_screen(view, page) if view.processes else processes_screen([], shipped(), page)
        )

    show(setup, "mine", view, screen, as_json)


def _theirs(setup: Setup, seen: Any, whose: dict[str, str], people: Any, *, as_json: bool) -> None:
    from screens.mine import mine_screen
    from workflow.rules.worklist import Whose
    from workflow.views.mine import mine

    if len(whose) > 1:
        raise Wrong(text("One of --party, --group and --role at a time."))
    show(setup, "status-mine", mine(seen, Whose(**whose), people), mine_screen, as_json)


def _processes(setup: Setup, narrowed: dict[str, str | None], as_json: bool) -> None:
    from definitions.library import shipped
    from screens.status import processes_screen
    from workflow.views.status import status_view

    given = {f"--{name.replace('_', '-')}": value for name, value in narrowed.items() if value}
    asked = shlex.join(word for each in given.items() for word in each)
    if asked:
        raise Wrong(
            text("Of which process do you want to see that?"),
            advice=text("Name it: mijlpaal status PROCESS {options}", options=asked),
        )
    with setup.queries() as queries:
        found = [status_view(at_present(setup, queries, each)) for each in queries.processes()]
    view = {"processes": found}
    show(
        setup, "status-all", view, lambda _, page: processes_screen(found, shipped(), page), as_json
    )


@cli.command()
@argument("process", offers=Offer.PROCESS)
@argument("milestone", offers=Offer.MILESTONE)
@argument("trigger", offers=Offer.TRIGGER, required=False)
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
    from workflow.decide.case import milestone_named, trigger_named
    from workflow.views.explain import explain_view

    with setup.queries() as queries:
        seen = look_at(setup, queries, process, **back)
        people = queries.people()
        looks_back = seen.as_of is not None and not seen.ahead
        present = queries.as_of(process, None, seen.known_at)[1] if looks_back else None
    found = milestone_named(seen.definition, milestone)
    if trigger is not None:
        trigger_named(found, trigger)
    view = explain_view(seen, found, trigger, people, present)
    show(setup, "explain", view, explain_screen, as_json)


@cli.command()
@argument("process", offers=Offer.PROCESS)
@argument("milestone", offers=Offer.MILESTONE)
@argument("trigger", offers=Offer.TRIGGER, required=False)
@option("--to", metavar="STATE", offers=Offer.STATE, help="The state it must lead to.")
@option("--on", metavar="DATE", help="When it happened; else, today.")
@option(
    "--attested",
    is_flag=True,
    guessed=False,
    help="On the word of a source, though the gate is not proved.",
)
@remark
@write_entry
@click.pass_obj
def advance(setup: Setup, /, **asked: Any) -> None:
    """Move a milestone through an open gate."""
    from workflow.model.commands import Advance

    execute(setup, Advance, asked)


@cli.command()
@argument("process", offers=Offer.PROCESS)
@argument("milestone", offers=Offer.MILESTONE)
@argument("body", offers=Offer.BODY)
@argument("outcome", offers=Offer.OUTCOME)
@option("--on", metavar="DATE", required=True, help="The day on which it was decided.")
@option(
    "--request",
    metavar="ID",
    offers=Offer.REQUEST,
    help="Which request, where several could be meant.",
)
@option(
    "--votes",
    metavar="F-A",
    help="For and against, as 19-4; “unanimous”, or “without a vote” (a hamerstuk).",
)
@option("--ground", metavar="TEXT", help="The ground, where the outcome needs one.")
@option("--text", "file", type=FILE, metavar="FILE", help="The text it decided on.")
@option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME",
    offers=Offer.OPTION,
    help="What it names; may be repeated.",
)
@option("--unnamed", "unnamed_options", type=WHOLE, metavar="N", help="Options it does not name.")
@points
@signatures
@of_round
@out_of_order
@remark
@write_entry
@click.pass_obj
def record(setup: Setup, /, file: str | None, **asked: Any) -> None:
    """Record what a council or college decided."""
    from workflow.model.commands import Record

    execute(setup, Record, {**asked, "text": hash_of(file)})


@cli.command()
@of_an_answer
@click.pass_obj
def sent(setup: Setup, /, **asked: Any) -> None:
    """Say that a body's answer was sent."""
    from workflow.model.commands import FollowUp
    from workflow.model.state import Step

    execute(setup, FollowUp, {**asked, "step": Step.SENT})


@cli.command()
@of_an_answer
@click.pass_obj
def received(setup: Setup, /, **asked: Any) -> None:
    """Say that a body's answer was received, which may be what meets its term."""
    from workflow.model.commands import FollowUp
    from workflow.model.state import Step

    execute(setup, FollowUp, {**asked, "step": Step.RECEIVED})


@cli.command()
@of_an_answer
@argument("point", offers=Offer.POINT, type=WHOLE)
@click.pass_obj
def answer(setup: Setup, /, **asked: Any) -> None:
    """Say that one point of a body's answer was replied to."""
    from workflow.model.commands import FollowUp
    from workflow.model.state import Step

    execute(setup, FollowUp, {**asked, "step": Step.REPLIED})


@cli.command()
@argument("process", offers=Offer.PROCESS)
@option("--reference", metavar="SOURCE", help="Where it can be found; else, the term itself.")
@write
@click.pass_obj
def lapse(setup: Setup, process: str, reference: str | None, dry: bool) -> None:
    """Record, of every body that is silent, that its term has passed."""
    from dataclasses import replace

    from screens.receipts import nothing_lapsed
    from workflow.decide.lapse import lapsed
    from workflow.model.commands import Request

    with setup.engine() as engine:
        definition, state, head = engine.present(process)
        commands = lapsed(definition, state, engine.today(definition))
        if not commands:
            say(nothing_lapsed(process, setup.page))
            return
        requests = [
            Request(replace(each, reference=reference or each.reference), setup.asker)
            for each in commands
        ]
        # Only on what was looked at: somebody may have answered meanwhile.
        first = replace(requests[0], expect=head.head_seq)
        receipt = engine.execute(process, [first, *requests[1:]], dry=dry)
        print_receipt(setup, engine, receipt)


@cli.command()
@argument("process", offers=Offer.PROCESS)
@argument("party", offers=Offer.PARTY)
@option("--reason", metavar="TEXT", required=True, help="Why it leaves.")
@option("--on", metavar="DATE", help="The first day without it; else, today.")
@remark
@write_entry
@click.pass_obj
def leave(setup: Setup, /, **asked: Any) -> None:
    """Say that a party takes part no longer: nothing is asked of it from then on."""
    from workflow.model.commands import Leave

    execute(setup, Leave, asked)


@cli.command()
@argument("process", offers=Offer.PROCESS)
@argument("task", offers=Offer.TASK, metavar="[MILESTONE/]TASK")
@argument("result", offers=Offer.RESULT)
@option(
    "--for",
    "subject",
    metavar="PARTY",
    offers=Offer.SUBJECT,
    help="For which party or group.",
)
@option("--year", type=WHOLE, metavar="YEAR", help="Which one, of what arises every year.")
@option("--on", metavar="DATE", help="When it happened; else, today.")
@of_round
@out_of_order
@remark
@write_entry
@click.pass_obj
def task(setup: Setup, /, **asked: Any) -> None:
    """Report a task: what was held, offered, answered or sent."""
    from workflow.model.commands import ReportTask

    execute(setup, ReportTask, asked)


@cli.command()
@argument("process", offers=Offer.PROCESS)
@argument("part", offers=Offer.PART, metavar="DELIVERABLE/PART")
@argument("level", offers=Offer.LEVEL)
@option("--for", "subject", metavar="PARTY", offers=Offer.SUBJECT, help="For which party.")
@option("--on", metavar="DATE", help="When it reached the level; else, today.")
@option("--text", "file", type=FILE, metavar="FILE", help="The text that did.")
@option("--version", metavar="NAME", help="What its author calls that version.")
@remark
@write_entry
@click.pass_obj
def deliverable(setup: Setup, /, file: str | None, **asked: Any) -> None:
    """Report how far a part of a deliverable is."""
    from workflow.model.commands import ReportPart

    execute(setup, ReportPart, {**asked, "text": hash_of(file)})


@cli.command()
@argument("process", offers=Offer.PROCESS)
@argument("note", metavar="TEXT")
@option("--on", metavar="DATE", help="When it happened (may be “unknown”); else, today.")
@about
@write_entry
@click.pass_obj
def note(setup: Setup, /, about: tuple[str, ...], **asked: Any) -> None:
    """Write down a fact that moves nothing."""
    from workflow.model.commands import AddNote
    from workflow.model.events import about_of

    execute(setup, AddNote, {**asked, "about": about_of(about)})


@cli.command()
@argument("process", offers=Offer.PROCESS)
@argument("seq", offers=Offer.ENTRY, type=WHOLE, metavar="ENTRY")
@option("--reason", metavar="TEXT", required=True, help="Why it is corrected.")
@option("--on", metavar="DATE", help="When it did happen.")
@option("--withdraw", is_flag=True, guessed=False, help="It should say nothing at all.")
@option("--outcome", metavar="OUTCOME", offers=Offer.OUTCOME, help="What the body decided.")
@option("--votes", metavar="F-A", help="The votes, as “record” takes them.")
@option("--ground", metavar="TEXT", help="The ground.")
@option("--text", "file", type=FILE, metavar="FILE", help="The text of the decision or the part.")
@option("--option", "options", multiple=True, metavar="NAME", help="What the decision names.")
@option("--unnamed", "unnamed_options", type=WHOLE, metavar="N", help="Options it does not name.")
@points
@signatures
@option("--result", metavar="RESULT", offers=Offer.RESULT, help="The result of the task.")
@option("--level", metavar="LEVEL", offers=Offer.LEVEL, help="The level of the part.")
@option("--version", metavar="NAME", help="What its author calls that version.")
@option("--date", metavar="DATE", help="The date the due got.")
@option("--note", metavar="TEXT", help="What the note says.")
@about
@option("--source", metavar="SOURCE", help="Where the entry itself can be found.")
@option(
    "--attested/--not-attested",
    default=None,
    guessed=False,
    help="Whether it is on the word of its source.",
)
@out_of_order
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
    """Correct an entry of the journal, also its date, or withdraw it."""
    from workflow.model.commands import Correct
    from workflow.model.events import about_of

    how = {name: options.pop(name) for name in ("key", "expect", "dry")}
    read = {"about": about_of(options.pop("about")), "text": hash_of(options.pop("file"))}
    changes = {**options, "reference": source, **read}
    changed = {name: value for name, value in changes.items() if value not in (None, ())}
    if withdraw and changed:
        raise Wrong(text("An entry is withdrawn or says something else, not both."))
    with setup.engine() as engine:
        for name in changed.keys() & {"date", "on"}:
            changed[name] = date_of(changed[name], today_in(engine, process))
        command = Correct(seq, reason, tuple(changed.items()), withdraw, reference)
        print_receipt(setup, engine, carry_out(setup, engine, process, command, how))


@cli.command(cls=CommandOfRungs)
@argument("process", offers=Offer.PROCESS)
@argument("what", offers=Offer.AMENDABLE, metavar="WHAT")
@argument("value")
@option("--reason", metavar="TEXT", required=True, help="Why it is amended.")
@option("--on", metavar="DATE", help="From when on; else, today.")
@write_entry
@click.pass_obj
def amend(setup: Setup, /, **asked: Any) -> None:
    """Amend a title, a ladder or a route of a running process; never a gate or a machine.

    WHAT is title, ladder/NAME, papers-due/PARTY or route/PARTY.
    """
    from workflow.model.commands import Amend

    execute(setup, Amend, asked)


# --- looking back and ahead --------------------------------------------------------------------


@cli.command()
@argument("process", offers=Offer.PROCESS)
@dated_query
@click.pass_obj
def due(setup: Setup, /, process: str, as_json: bool, **back: str | None) -> None:
    """Show the dates of a process as an agenda, and which of them were moved."""
    from screens.due import due_screen
    from workflow.views.agenda import dues_view

    with setup.queries() as queries:
        view = dues_view(look_at(setup, queries, process, **back))
    show(setup, "due", view, due_screen, as_json)


@cli.command()
@argument("process", offers=Offer.PROCESS)
@argument("due", offers=Offer.DUE)
@argument("date")
@option("--reason", metavar="TEXT", required=True, help="Why the date is moved.")
@option("--on", metavar="DATE", help="When that was decided; else, today.")
@remark
@write_entry
@click.pass_obj
def replan(setup: Setup, /, **asked: Any) -> None:
    """Give a due another date, with a reason."""
    from workflow.model.commands import Replan

    execute(setup, Replan, asked)


IN_WHICH_FORM = text(
    "In “history”, --as says in which form; who you are is said before it (mijlpaal --as NAME "
    "history …), or by MIJLPAAL_ACTOR."
)


@cli.command()
@argument("process", offers=Offer.PROCESS)
@option("--party", metavar="PARTY", offers=Offer.PARTY, help="Only what concerns one party.")
@option(
    "--as",
    "form",
    type=OneOf(["journal", "feitenrelaas"], IN_WHICH_FORM),
    default="journal",
    help="As the journal was written, or as an account of what happened.",
)
@looking_back
@query_as_anyone
@click.pass_obj
def history(
    setup: Setup,
    /,
    process: str,
    party: str | None,
    form: str,
    as_json: bool,
    **back: str | None,
) -> None:
    """Show the journal: who recorded what, when it happened, and on what source."""
    from screens.history import history_screen
    from screens.relaas import relaas_screen
    from workflow.decide.case import party_named
    from workflow.views.history import history_view
    from workflow.views.relaas import concerning
    from workflow.views.status import status_view

    account = form == "feitenrelaas" and not as_json
    with setup.queries() as queries:
        seen = look_at(setup, queries, process, **back)
        days = (seen.known_at, seen.as_of)
        told = queries.told(process, *days) if account else []
        entries = [] if account else queries.journal(process, *days)[1]
        people = queries.people()
    if party is not None:
        party_named(seen.definition, party)
    if account:
        concerned = concerning(told, party, seen.definition)
        say(relaas_screen(concerned, told, status_view(seen), people, setup.page))
        return
    entries = concerning(entries, party, seen.definition)
    view = history_view(seen, entries)
    show(
        setup, "history", view, lambda _, page: history_screen(entries, people, page, seen), as_json
    )


@cli.command()
@argument("process", offers=Offer.PROCESS, required=False)
@option("--head", metavar="N:HASH", help="A head that was printed before: is it still there?")
@query
@click.pass_obj
def verify(setup: Setup, process: str | None, head: str | None, as_json: bool) -> None:
    """Verify that the journal is whole, and that the tables say what follows from it."""
    from terminal.commands.health import show_verdicts

    if head is not None and process is None:
        raise Wrong(
            text("A head is of one process, and none is named."),
            advice=text("Name it: mijlpaal verify PROCESS --head {head}", head=shlex.quote(head)),
        )
    with setup.queries() as queries:
        show_verdicts(setup, queries, process, head, as_json=as_json)


# --- members -----------------------------------------------------------------------------------


@cli.group()
def member() -> None:
    """Say who holds which seat, from when to when."""


@member.command("list")
@argument("process", offers=Offer.PROCESS)
@query
@click.pass_obj
def member_list(setup: Setup, process: str, as_json: bool) -> None:
    """List the seats of a process and who holds them."""
    from screens.members import members_screen
    from workflow.views.members import members_view

    with setup.queries() as queries:
        seen = look_at(setup, queries, process, None)
        view = members_view(seen, queries.people())
    show(setup, "member-list", view, members_screen, as_json)


@member.command("add")
@argument("process", offers=Offer.PROCESS)
@argument("seat", offers=Offer.SEAT, metavar="ROLE[@PLACE]")
@argument("name", offers=Offer.PERSON, required=False)
@option("--mailbox", metavar="MAIL", help="The mailbox of a function, instead of a person.")
@option("--on", metavar="DATE", help="The first day; else, today.")
@option("--until", metavar="DATE", help="The last day, where that is known.")
@option("--address", metavar="MAIL", help="Where reminders go.")
@option("--language", type=OneOf(LANGUAGES), metavar="LANG", help="In which they are written.")
@write
@click.pass_obj
def member_add(  # noqa: PLR0917 - Click hands over every option
    setup: Setup,
    process: str,
    seat: str,
    name: str | None,
    mailbox: str | None,
    on: str | None,
    until: str | None,
    address: str | None,
    language: str | None,
    dry: bool,
) -> None:
    """Give somebody a seat: mijlpaal member add PROCESS griffier@PARTY NAME."""
    from workflow.engine import Seating

    check_holder(name, mailbox, address)
    with setup.engine() as engine:
        today = today_in(engine, process)
        first, last = date_of(on, today), None if until is None else day_of(until, today)
        who = name or ""
        seating = Seating(seat, who, setup.asker, address, first, last, language, mailbox)
        receipt = engine.give_seat(process, seating, dry=dry)
        named = {receipt.entries[-1].event.person: normal(mailbox or who)}
        print_receipt(setup, engine, receipt, named)


@member.command("end")
@argument("process", offers=Offer.PROCESS)
@argument("seat", offers=Offer.SEAT, metavar="ROLE[@PLACE]")
@argument("name", offers=Offer.HOLDER)
@option("--on", metavar="DATE", help="The last day; else, today.")
@write
@click.pass_obj
def member_end(setup: Setup, process: str, seat: str, name: str, on: str | None, dry: bool) -> None:
    """End somebody's seat."""
    from workflow.model.commands import EndSeat

    with setup.engine() as engine:
        person = engine.known_person(name)
        last = date_of(on, today_in(engine, process)) or engine.today_of(process)
        command = EndSeat(seat, person, last)
        print_receipt(setup, engine, carry_out(setup, engine, process, command, {"dry": dry}))


@member.command("reach")
@argument("name", offers=Offer.PERSON)
@option("--address", metavar="MAIL", help="Where reminders go.")
@option("--language", type=OneOf(LANGUAGES), metavar="LANG", help="In which they are written.")
@write
@click.pass_obj
def member_reach(
    setup: Setup, name: str, address: str | None, language: str | None, dry: bool
) -> None:
    """Say where somebody who has a seat is reached, and in which language."""
    from screens.members import reached
    from workflow.people import reach

    with setup.engine() as engine:
        again = reach(engine, name, setup.asker, address=address, language=language, dry=dry)
    with answering(None if dry else text("It was recorded.")):
        say(reached(name, address, language, again, setup.page, dry=dry))


@member.command("export")
@argument("name", offers=Offer.PERSON)
@common
@click.pass_obj
def member_export(setup: Setup, name: str) -> None:
    """Print all that is held on one person, as JSON."""
    from screens.envelope import envelope
    from workflow.people import held_on

    with setup.queries() as queries:
        remark_on_standby(setup)
        say(envelope("member-export", held_on(queries, name), setup.page, setup.standby))


@member.command("erase")
@argument("name", offers=Offer.PERSON)
@write
@click.pass_obj
def member_erase(setup: Setup, name: str, dry: bool) -> None:
    """Forget the name and address of a person; what they did stays, without a name."""
    from screens.members import erased as erased_screen
    from terminal.commands.erase import erased

    found = erased(setup, name, dry=dry)
    with answering(None if dry else text("The name and the address are forgotten.")):
        say(erased_screen(found, setup.page, dry=dry))


# --- reminders ---------------------------------------------------------------------------------


@cli.group()
def remind() -> None:
    """See who is reminded of what, and send it."""


@remind.command("list")
@argument("process", offers=Offer.PROCESS, required=False)
@of_some_days
@query
@click.pass_obj
def remind_list(
    setup: Setup, process: str | None, since: str | None, until: str | None, as_json: bool
) -> None:
    """List the reminders: who is told what and when, and what became of it."""
    from screens.reminders import reminders_screen
    from workflow.reminders.listing import listed

    with setup.queries() as queries:
        first, last = span_of(since, until, today_in(queries, process) if process else setup.today)
        view = listed(queries, process, setup.page.language, first, last)
    show(setup, "remind-list", view, reminders_screen, as_json)


@remind.command("preview")
@argument("process", offers=Offer.PROCESS)
@of_some_days
@option("--to-folder", "folder", type=FILE, metavar="FOLDER", help="As .eml files in a folder.")
@query
@click.pass_obj
def remind_preview(
    setup: Setup,
    process: str,
    since: str | None,
    until: str | None,
    folder: str | None,
    as_json: bool,
) -> None:
    """Show what would be said on some days, else in the coming week; nothing is sent."""
    from screens.reminders import preview_screen
    from terminal.commands.remind import previewed

    show(
        setup,
        "remind-preview",
        previewed(setup, process, since, until, folder),
        preview_screen,
        as_json,
    )


@remind.command("run-due")
@write
@click.pass_obj
def remind_run_due(setup: Setup, dry: bool) -> None:
    """Send what is due now, once: for cron, and for emergencies."""
    from screens.reminders import SweepView, due_now_screen, sweep_screen
    from terminal.commands.remind import sender_of, settings_of
    from workflow.reminders.listing import due_now
    from workflow.reminders.outbox import said_once

    if dry:
        with setup.queries() as queries:
            remark_on_standby(setup)
            say(due_now_screen(due_now(queries, setup.page.language), setup.page))
        return
    with setup.engine() as engine:
        tally = sender_of(setup, settings_of(setup), engine).sweep()
    view = SweepView(
        tally.sent,
        tally.failed,
        tally.refused,
        said_once(tally.troubles),
        tally.unheard,
        tally.filed,
        tally.folder,
    )
    say(sweep_screen(view, setup.page))
    if not tally.well:
        raise click.exceptions.Exit(TEMPORARY if tally.passing else FAILED)


@remind.command("run", cls=CommandThatWrites)
@common
@click.pass_obj
def remind_run(setup: Setup) -> None:
    """Send what is due, all the time, until Ctrl-C; several may run at once."""
    from scheduler.service import Service
    from screens.reminders import ready_text
    from terminal.commands.remind import end_at_once, keep_log, on_signal, sender_of, settings_of

    settings = settings_of(setup)
    with setup.engine() as engine:
        service = Service(sender_of(setup, settings, engine), settings.reminders.poll)
        on_signal(service.stopping.set)
        keep_log()
        where = str(settings.mail.folder or settings.mail.own_folder)
        ready = setup.page.told(ready_text(where, settings.mail.host))
        if not service.run(ready=lambda: say(ready)):
            end_at_once()


# --- the database ------------------------------------------------------------------------------


@cli.group()
def db() -> None:
    """Upgrade, copy or check the database."""


@db.command("upgrade")
@option(
    "--finish",
    is_flag=True,
    guessed=False,
    help="With the steps after which no older program can work.",
)
@write
@click.pass_obj
def db_upgrade(setup: Setup, finish: bool, dry: bool) -> None:
    """Bring the schema up to date; programs of the release before go on working."""
    from screens.verdicts import upgraded
    from terminal.commands.health import planned_upgrade
    from workflow.queries import Queries
    from workflow.reminders.sweep import plan_all
    from workflow.storage.database import Database
    from workflow.storage.refolding import Upgraded
    from workflow.storage.upgrading import upgrade

    with Database(setup.url if dry else setup.url_to_make()) as database:
        planned = Upgraded(*planned_upgrade(database)) if dry else None
        done = planned or upgrade(database, finish=finish)
        if not dry:
            plan_all(Queries(database, setup.clock))
        with answering(None if dry else text("The schema is at {revision}.", revision=done.after)):
            say(upgraded(database.name, done, setup.page, dry=dry))


@db.command("copy")
@argument("source", metavar="SOURCE")
@argument("target", metavar="TARGET")
@write
@click.pass_obj
def db_copy(setup: Setup, source: str, target: str, dry: bool) -> None:
    """Copy everything into an empty database of either kind, and verify what arrived."""
    from screens.verdicts import copied_screen, to_copy_screen
    from workflow.storage.copying import copy, to_copy
    from workflow.storage.database import Database
    from workflow.storage.opening import open_existing
    from workflow.storage.upgrading import upgrade
    from workflow.verify import verify

    with open_existing(source) as sender, Database(target) as receiver:
        if dry:
            say(to_copy_screen(to_copy(sender, receiver), setup.page))
            return
        upgrade(receiver)
        copied = copy(sender, receiver)
        verdicts = verify(receiver, now=setup.clock())
    whole = not any(each.problems for each in verdicts)
    with answering(text("The copy was made, and is whole.") if whole else None):
        say(copied_screen(copied, verdicts, setup.page))
    if not whole:
        raise click.exceptions.Exit(FAILED)


@db.command("check")
@query
@click.pass_obj
def db_check(setup: Setup, as_json: bool) -> None:
    """Check the schema and the file itself."""
    from terminal.commands.health import show_health

    show_health(setup, "db-check", as_json)


@cli.command()
@option("--mail", is_flag=True, help="Try the way letters go too, without sending any.")
@option("--to", metavar="MAIL", help="With --mail: send a test letter there.")
@query
@click.pass_obj
def doctor(setup: Setup, mail: bool, to: str | None, as_json: bool) -> None:
    """Look at the settings, the database, the journals and the reminders: is all well?"""
    from terminal.commands.health import show_health
    from terminal.commands.remind import mail_trial, mail_way, settings_checks, settings_of
    from terminal.runtime.private import of_the_installation

    if to is not None and not mail:
        raise Wrong(
            text("A test letter goes only where the mail is tried."),
            advice=text("Add --mail."),
        )
    wrong = settings_checks(setup)
    settings = None if wrong else settings_of(setup)
    way = wrong or ([*mail_trial(setup, to)] if mail else [mail_way(setup)])
    checks = [*way, *of_the_installation(setup, settings)]
    show_health(setup, "doctor", as_json, checks)


# --- the shell ---------------------------------------------------------------------------------


@cli.command()
@argument("shell", type=OneOf(["bash", "zsh", "fish", "powershell"]))
@common
def completion(shell: str) -> None:
    """Print the script with which a shell completes commands and names."""
    from terminal.completion.shells import script_of

    say(script_of(cli, shell).rstrip())


# --- running it --------------------------------------------------------------------------------


def run(arguments: list[str], setup: Setup) -> int:
    """Run a command line and return its exit code; nothing is raised past here."""
    return running.run(cli, arguments, setup)


def main() -> NoReturn:
    """Run the program on the command line it was called with."""
    _end_at_ctrl_c()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What a terminal or a file cannot show becomes a question mark, not an error.
            stream.reconfigure(errors="replace")
    # Looking for plugins of pydantic among all that is installed takes a twentieth of a start, and
    # what others plug in has no business with our definitions.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A start makes many objects and leaves no garbage: looking for some costs a tenth of it, and
    # taking all of it down at the end a third.
    gc.set_threshold(100_000)
    code = run(sys.argv[1:], _setup())
    gc.freeze()
    sys.exit(code)


def _end_at_ctrl_c() -> None:
    """Let Ctrl-C end the program at once and without a word; what was being written is undone.

    Who started it so that it does not hear of Ctrl-C (``nohup``) is obeyed; what ends otherwise
    (``remind run``) says so itself.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def _setup() -> Setup:
    """Return what this program was given, and where what it says goes."""
    return Setup(
        width=_width(),
        shown=_is_terminal(sys.stdout),
        told=_is_terminal(sys.stderr),
        encoding=getattr(sys.stdout, "encoding", None) or "utf-8",
    )


def _is_terminal(stream: TextIO | None) -> bool:
    """Say whether a stream goes to a terminal; one that was closed goes nowhere."""
    return stream is not None and stream.isatty()


def _width() -> int:
    """Return the width of the terminal, or that of COLUMNS; a pipe has a fixed one."""
    # Python has no stream at all for one that was closed before it began (mijlpaal … >&-).
    if _is_terminal(sys.stdout) or "COLUMNS" in os.environ:
        return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns
    return PIPE_WIDTH


if __name__ == "__main__":
    main()
