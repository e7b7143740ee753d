"""The program: its own options, and the table of its commands."""

import click

from definitions.language.naming import PROGRAM
from definitions.language.text import Text, text
from terminal.commands.options import common
from terminal.runtime.lazy_group import Lazy, LazyGroup
from terminal.runtime.parameters import Option


def _lazy(noun: str, short: Text) -> Lazy:
    return Lazy(f"terminal.commands.{noun}", short)


COMMANDS = {
    "advance": _lazy("milestone", text("Move a milestone through an open gate.")),
    "amend": _lazy(
        "amendment",
        text("Amend a title, a ladder or a route of a running process; never a gate or a machine."),
    ),
    "answer": _lazy("decision", text("Record that a point of a body's answer was replied to.")),
    "completion": _lazy(
        "completion", text("Print the script with which a shell completes commands and names.")
    ),
    "correct": _lazy(
        "entry", text("Correct an entry of the journal, also its date, or withdraw it.")
    ),
    "db": _lazy("db", text("Upgrade, copy or check the database.")),
    "definitions": _lazy("definitions", text("List, show and check process definitions.")),
    "deliverable": _lazy("deliverable", text("Report how far a part of a deliverable is.")),
    "demo": _lazy(
        "demo", text("Show the shipped processes on their real facts, in a throw-away database.")
    ),
    "doctor": _lazy(
        "doctor",
        text("Look at the settings, the database, the journals and the reminders: is all well?"),
    ),
    "due": _lazy(
        "due", text("Show the dates of a process as an agenda, and which of them were moved.")
    ),
    "explain": _lazy(
        "explain",
        text("Explain what keeps a milestone from moving: its gate as a tree, and whom to ring."),
    ),
    "history": _lazy(
        "history",
        text("Show the journal: who recorded what, when it happened, and on what source."),
    ),
    "lapse": _lazy(
        "decision", text("Record, of every body that is silent, that its term has passed.")
    ),
    "join": _lazy(
        "party",
        text("Record that a party joins: from then on it is asked what the others are."),
    ),
    "leave": _lazy(
        "party", text("Record that a party leaves: nothing is asked of it from then on.")
    ),
    "member": _lazy("member", text("Record who holds which seat, from when to when.")),
    "note": _lazy("entry", text("Record a fact that moves nothing.")),
    "publish": _lazy(
        "publish",
        text("Write pages of a process for everybody: only what is public, and nobody's name."),
    ),
    "received": _lazy(
        "decision", text("Record that a body's answer was received, which may meet its term.")
    ),
    "record": _lazy("decision", text("Record what a council or college decided.")),
    "remind": _lazy("remind", text("Show reminders, and send them.")),
    "replan": _lazy("due", text("Give a due another date, with a reason.")),
    "replay": _lazy(
        "start",
        text("Record a file of dated, sourced facts: all of them or none, and each only once."),
    ),
    "sent": _lazy("decision", text("Record that a body's answer was sent.")),
    "serve": _lazy(
        "serve", text("Show the pages in a browser, and send reminders, until stopped.")
    ),
    "start": _lazy("start", text("Start a process from a shipped definition or a file.")),
    "status": _lazy(
        "status",
        text("Show where a process stands, whom to ring and what is next; or list all processes."),
    ),
    "task": _lazy("task", text("Report a task: what was held, offered, answered or sent.")),
    "verify": _lazy(
        "verify",
        text("Verify that the journal is whole, and that the tables say what follows from it."),
    ),
}
"""Every command: its noun, and the first line of its help, which is shown without importing it."""


@click.group(
    name=PROGRAM,
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(
    package_name=PROGRAM,
    message="%(prog)s %(version)s",
    cls=Option,
    help="Show the version and exit.",
)
@common
def program() -> None:
    """Run the decision-making of municipalities on one text before one date.

    Every milestone is a state machine; its transitions open when the councils have decided.
    New here? Begin with: mijlpaal demo
    """
