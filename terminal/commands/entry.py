"""Entries of the journal: a note, and the correction of any of them."""

from typing import Any

import click

from definitions.language.text import text
from terminal.commands.options import (
    about,
    argument,
    option,
    out_of_order,
    points,
    remark,
    signatures,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    carry_out,
    execute,
    print_receipt,
    today_in,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.errors import Wrong
from terminal.runtime.parameters import FILE, WHOLE
from terminal.runtime.setup import Setup
from terminal.runtime.typed import (
    date_of,
    hash_of,
)


@click.command(cls=Command)
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


@click.command(cls=Command)
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
