"""What a body decided, what became of its answer, and its silence."""

import click

from terminal.commands.options import (
    argument,
    of_an_answer,
    of_round,
    option,
    out_of_order,
    points,
    remark,
    secrecy,
    seen_by,
    signatures,
    write_entry,
    write_once,
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
@argument("milestone", offers=Offer.MILESTONE)
@argument("body", offers=Offer.BODY)
@argument("outcome", offers=Offer.OUTCOME)
@option(
    "--on",
    metavar="DATE",
    required=True,
    help="The day on which it was decided; “unknown” if no source says.",
)
@option(
    "--request",
    metavar="ID",
    offers=Offer.REQUEST,
    help="Which request, where several could be meant.",
)
@option(
    "--votes",
    metavar="F-A",
    help="For and against, as 19-4 (19-? where one is not known); “unanimous”, or “without a vote” "
    "(a hamerstuk).",
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
@secrecy
@seen_by
@write_entry
@click.pass_obj
def record(
    setup: Setup,
    /,
    *,
    process: str,
    milestone: str,
    body: str,
    outcome: str,
    on: str,
    request: str | None,
    votes: str | None,
    ground: str | None,
    file: str | None,
    options: tuple[str, ...],
    unnamed_options: int | None,
    points: tuple[str, ...],
    signed_by: tuple[str, ...],
    round: int | None,
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
    """Record what a council or college decided."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import Record

    text = file_hash(file)
    seen_by = openness_of(openness, own_until)
    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: Record(
            milestone,
            body,
            outcome,
            day,
            request=request,
            votes=votes,
            reference=reference,
            ground=ground,
            text=text,
            options=options,
            unnamed_options=unnamed_options,
            points=points,
            signed_by=signed_by,
            out_of_order=out_of_order,
            remark=remark,
            round=round,
            secrecy=secrecy,
            openness=seen_by,
        ),
    )


@click.command(cls=Command)
@of_an_answer
@click.pass_obj
def sent(
    setup: Setup,
    /,
    *,
    process: str,
    milestone: str,
    body: str,
    on: str | None,
    request: str | None,
    round: int | None,
    remark: str | None,
    openness: str | None,
    own_until: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Record that a body's answer was sent."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import FollowUp
    from workflow.model.state import Step

    seen_by = openness_of(openness, own_until)
    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: FollowUp(
            milestone,
            body,
            Step.SENT,
            day,
            request=request,
            reference=reference,
            remark=remark,
            round=round,
            openness=seen_by,
        ),
    )


@click.command(cls=Command)
@of_an_answer
@click.pass_obj
def received(
    setup: Setup,
    /,
    *,
    process: str,
    milestone: str,
    body: str,
    on: str | None,
    request: str | None,
    round: int | None,
    remark: str | None,
    openness: str | None,
    own_until: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Record that a body's answer was received, which may meet its term."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import FollowUp
    from workflow.model.state import Step

    seen_by = openness_of(openness, own_until)
    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: FollowUp(
            milestone,
            body,
            Step.RECEIVED,
            day,
            request=request,
            reference=reference,
            remark=remark,
            round=round,
            openness=seen_by,
        ),
    )


@click.command(cls=Command)
@of_an_answer
@argument("point", offers=Offer.POINT, type=WHOLE)
@click.pass_obj
def answer(
    setup: Setup,
    /,
    *,
    process: str,
    milestone: str,
    body: str,
    point: int,
    on: str | None,
    request: str | None,
    round: int | None,
    remark: str | None,
    openness: str | None,
    own_until: str | None,
    reference: str | None,
    key: str | None,
    expect: int | None,
    dry: bool,
) -> None:
    """Record that a point of a body's answer was replied to."""
    from terminal.handlers.entries import How, execute
    from workflow.model.commands import FollowUp
    from workflow.model.state import Step

    seen_by = openness_of(openness, own_until)
    execute(
        setup,
        process,
        on,
        How(dry, key, expect),
        lambda day: FollowUp(
            milestone,
            body,
            Step.REPLIED,
            day,
            request=request,
            point=point,
            reference=reference,
            remark=remark,
            round=round,
            openness=seen_by,
        ),
    )


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@option("--reference", metavar="SOURCE", help="Where it can be found; else, the term itself.")
@write_once
@click.pass_obj
def lapse(
    setup: Setup, /, *, process: str, reference: str | None, key: str | None, dry: bool
) -> None:
    """Record, of every body that is silent, that its term has passed."""
    from terminal.handlers.lapse import let_lapse

    let_lapse(setup, process, reference, key, dry=dry)
