"""What a letter says to type, tried as its reader would: by somebody in that seat, on that day."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from definitions.dates import day_of
from definitions.errors import MijlpaalError
from definitions.model import Definition
from definitions.text import Text
from workflow.cases import Case
from workflow.commands import Actor, Advance, FollowUp, Ordinary, Record, ReportTask
from workflow.deciding import decide
from workflow.plans import Seat
from workflow.reminders import Item
from workflow.state import SeatState, State, Step

STEPS = {"sent": Step.SENT, "received": Step.RECEIVED, "answer": Step.REPLIED}


def is_accepted(definition: Definition, state: State, item: Item, seat: Seat, day: date) -> bool:
    """Say whether what an item says to type is accepted, with something filled in.

    Args:
        seat: that of the reader, who holds no other.
    """
    held = SeatState(*seat, "reader", state.begins, None)
    alone = replace(state, seats={1: held})
    case = Case(definition, alone, alone, Actor("reader", "reader", day))
    return any(_passes(case, command) for command in _commands(item, day))


def _passes(case: Case, command: Ordinary) -> bool:
    try:
        decide(case, command)
    except MijlpaalError:
        return False
    return True


def _commands(item: Item, day: date) -> Iterator[Ordinary]:
    """Yield what is typed: each outcome, and each result, is tried."""
    words = [str(word) if isinstance(word, Text) else word for word in item.command]
    name, process, *rest = words
    assert process == item.process
    given = dict(_options(rest))
    plain = rest[: next((at for at, each in enumerate(rest) if each.startswith("--")), len(rest))]
    on, source = day_of(day), given.get("reference")
    match name, plain:
        case "advance", [milestone, trigger]:
            yield Advance(milestone, on, trigger, to=given.get("to"))
        case "record", [milestone, body, _]:
            for outcome in item.outcomes:
                request = given.get("request")
                yield Record(milestone, body, outcome, on, request, ground="x", reference=source)
        case "task", [task, result]:
            for each in item.outcomes if result == "RESULT" else [result]:
                year = int(given["year"]) if "year" in given else None
                yield ReportTask(task, each, on, given.get("for"), source, year=year)
        case (("sent" | "received" | "answer"), [milestone, body, *point]):
            number = int(point[0]) if point else None
            request = given.get("request")
            yield FollowUp(milestone, body, STEPS[name], on, request, number, reference=source)
        case _:
            raise AssertionError(words)


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, each in enumerate(words):
        if each.startswith("--"):
            yield each.removeprefix("--"), words[at + 1]
