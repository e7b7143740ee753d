"""What a body decided, what became of its answer, and its silence."""

from typing import Any

import click

from terminal.commands.options import (
    argument,
    of_an_answer,
    of_round,
    option,
    out_of_order,
    points,
    remark,
    signatures,
    write_entry,
    write_once,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    execute,
    key_for,
    print_receipt,
)
from terminal.runtime.click_commands import Command
from terminal.runtime.parameters import FILE, WHOLE
from terminal.runtime.setup import Setup
from terminal.runtime.typed import (
    hash_of,
)


@click.command(cls=Command)
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


@click.command(cls=Command)
@of_an_answer
@click.pass_obj
def sent(setup: Setup, /, **asked: Any) -> None:
    """Say that a body's answer was sent."""
    from workflow.model.commands import FollowUp
    from workflow.model.state import Step

    execute(setup, FollowUp, {**asked, "step": Step.SENT})


@click.command(cls=Command)
@of_an_answer
@click.pass_obj
def received(setup: Setup, /, **asked: Any) -> None:
    """Say that a body's answer was received, which may be what meets its term."""
    from workflow.model.commands import FollowUp
    from workflow.model.state import Step

    execute(setup, FollowUp, {**asked, "step": Step.RECEIVED})


@click.command(cls=Command)
@of_an_answer
@argument("point", offers=Offer.POINT, type=WHOLE)
@click.pass_obj
def answer(setup: Setup, /, **asked: Any) -> None:
    """Say that one point of a body's answer was replied to."""
    from workflow.model.commands import FollowUp
    from workflow.model.state import Step

    execute(setup, FollowUp, {**asked, "step": Step.REPLIED})


@click.command(cls=Command)
@argument("process", offers=Offer.PROCESS)
@option("--reference", metavar="SOURCE", help="Where it can be found; else, the term itself.")
@write_once
@click.pass_obj
def lapse(setup: Setup, process: str, reference: str | None, key: str | None, dry: bool) -> None:
    """Record, of every body that is silent, that its term has passed."""
    with setup.engine() as engine:
        once = key_for(setup, engine, key, dry=dry)
        receipt = engine.lapse(process, setup.asker, reference, key=once, dry=dry)
        print_receipt(setup, engine, receipt)
