"""Entries of the journal: a note, and the correction of any of them."""

import click

from terminal.commands.options import (
    about,
    argument,
    option,
    out_of_order,
    points,
    remark,
    secrecy,
    seen_by,
    signatures,
    write_entry,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Command
from terminal.runtime.parameters import FILE, WHOLE
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import (
    file_hash,
    openness_of,
)


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@argument("note", metavar="TEXT", required=False)
@option("--on", metavar="DATE", help="When it happened (may be “unknown”); else, today.")
@about
@secrecy
@seen_by
@write_entry
@click.pass_obj
def note(
    setup: Setup,
    /,
    *,
    process: str,
    note: str | None,
    on: str | None,
    about: tuple[str, ...],
    secrecy: str | None,
    openness: str | None,
    own_until: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Record a fact that moves nothing."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import AddNote
    from workflow.model.events import about_of

    if note is None and secrecy is None:
        raise click.MissingParameter(param=_parameter("note"))
    seen_by = openness_of(openness, own_until)
    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: AddNote(
            note or "",
            day,
            reference=reference,
            about=about_of(about),
            openness=seen_by,
            secrecy=secrecy,
        ),
    )


def _parameter(name: str) -> click.Parameter:
    """Return a parameter of the present command."""
    params = click.get_current_context().command.params
    return next(each for each in params if each.name == name)


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
@secrecy
@seen_by
@write_entry
@click.pass_obj
def correct(
    setup: Setup,
    /,
    *,
    process: str,
    seq: int,
    reason: str,
    on: str | None,
    withdraw: bool,
    outcome: str | None,
    votes: str | None,
    ground: str | None,
    file: str | None,
    options: tuple[str, ...],
    unnamed_options: int | None,
    points: tuple[str, ...],
    signed_by: tuple[str, ...],
    result: str | None,
    level: str | None,
    version: str | None,
    date: str | None,
    note: str | None,
    about: tuple[str, ...],
    source: str | None,
    attested: bool | None,
    out_of_order: str | None,
    remark: str | None,
    secrecy: str | None,
    openness: str | None,
    own_until: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Correct an entry of the journal, also its date, or withdraw it."""
    from terminal.handlers.correct import Changes, Correction
    from terminal.handlers.correct import correct as corrected
    from terminal.handlers.entries import How
    from workflow.model.events import about_of

    changes = Changes(
        on=on,
        outcome=outcome,
        votes=votes,
        ground=ground,
        options=options,
        unnamed_options=unnamed_options,
        points=points,
        signed_by=signed_by,
        result=result,
        level=level,
        version=version,
        date=date,
        note=note,
        attested=attested,
        out_of_order=out_of_order,
        remark=remark,
        reference=source,
        about=about_of(about),
        text=file_hash(file),
        secrecy=secrecy,
        openness=openness_of(openness, own_until),
    )
    asked = Correction(
        seq=seq,
        reason=reason,
        changes=changes.in_order(list(click.get_current_context().params)),
        withdraw=withdraw,
        reference=reference,
    )
    corrected(setup, process, asked, How(dry, key, expect))
