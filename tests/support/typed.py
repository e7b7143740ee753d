"""Trying the command in a letter as its recipient would, in that seat and on that day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from definitions.calendar.dates import day_of
from definitions.language.actions import BLANK
from definitions.language.errors import MijlpaalError
from workflow.decide.case import Case
from workflow.decide.dispatch import decide
from workflow.model.commands import Actor, Advance, FollowUp, Ordinary, Record, ReportTask
from workflow.model.reminders import Item
from workflow.model.state import SeatState, Step
from workflow.rules.deadlines import Seat
from workflow.rules.snapshot import Snapshot

STEPS = {"sent": Step.SENT, "received": Step.RECEIVED, "answer": Step.REPLIED}


def is_accepted(now: Snapshot, item: Item, seat: Seat) -> bool:
    """Return whether the command of an item is accepted, once it is filled in.

    Args:
        seat: the recipient's only seat.
    """
    held = SeatState(*seat, "reader", now.state.begins, None)
    alone = now.with_state(replace(now.state, seats={1: held}))
    case = Case(alone, alone, Actor("reader", "reader", now.day))
    return any(_passes(case, command) for command in _commands(item, now.day))


def _passes(case: Case, command: Ordinary) -> bool:
    try:
        decide(case, command)
    except MijlpaalError:
        return False
    return True


def _commands(item: Item, day: date) -> Iterator[Ordinary]:
    """Yield the filled-in commands: each outcome and each result."""
    if item.command is None:
        return
    given = {name: str(value) for name, value in item.command.given if value != BLANK}
    assert given["process"] == item.process
    on, request = day_of(day), given.get("request")
    source = "x" if "reference" in item.command.values else None
    match item.command.command:
        case "advance":
            yield Advance(given["milestone"], on, given["trigger"], to=given.get("to"))
        case "record":
            for outcome in item.outcomes:
                asked = (given["milestone"], given["body"], outcome, on, request)
                yield Record(*asked, ground="x", reference=source)
        case "task":
            for each in [given["result"]] if "result" in given else item.outcomes:
                year = int(given["year"]) if "year" in given else None
                yield ReportTask(given["task"], each, on, given.get("subject"), source, year=year)
        case ("sent" | "received" | "answer") as name:
            number = int(given["point"]) if "point" in given else None
            asked_of = (given["milestone"], given["body"], STEPS[name], on, request, number)
            yield FollowUp(*asked_of, reference=source)
        case _:
            raise AssertionError(item.command)
