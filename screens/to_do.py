"""The lines of present work and its prerequisites, which several screens share."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from definitions.calendar.dates import dated
from definitions.language.text import Text, ntext, text
from definitions.model import TaskRef
from screens.next import command_of
from screens.page import Page
from screens.words import NAME, due_text, names_text, standing_text
from workflow.rules.tasks import task_name
from workflow.rules.worklist import Doing, Ring, Turn
from workflow.views.dues import DueView
from workflow.views.prerequisites import Kind, PrerequisiteView
from workflow.views.to_do import ToDoView

MOST_RUNG = 4
"""How many seats are named that could do something."""


def to_do_lines(
    process: str, asked: ToDoView, page: Page, *, named: bool = False, past: bool = False
) -> Iterator[str]:
    """Yield a piece of work, its due, and how to record it.

    Args:
        process: its id.
        asked: the work.
        page: the page.
        named: whether to name the process.
        past: the view is of the past, so nothing can be recorded.
    """
    said = to_do_text(asked)
    yield page.paragraph(
        text("{process}: {what}", process=process, what=said) if named else said, 2
    )
    if past:
        return
    turn = asked.turn
    yield from command_of(turn, page)
    if turn.doing is Doing.RECORD:
        yield page.paragraph(text("OUTCOME is one of: {names}", names=turn.outcomes), 4)
    elif turn.doing is Doing.TASK and len(turn.outcomes) > 1:
        yield page.paragraph(text("RESULT is one of: {names}", names=turn.outcomes), 4)


def to_do_text(asked: ToDoView) -> Text:
    """Return a piece of work and its due in words."""
    what = work_text(asked)
    if asked.due is None and asked.turn.doing is Doing.RECORD and asked.outcome is None:
        return text("{what}; no date known", what=what)
    if asked.due is None:
        return what
    return text("{what}; {due}", what=what, due=until_text(asked.due))


def until_text(due: DueView) -> Text:
    """Return a due in words, or why it is not known."""
    if due.date is not None:
        return due_text(due)
    is_said = due.relation or due.earliest or due.waits_for or due.why_unknown
    return standing_text(due) if is_said or not due.arisen else text("no date known")


def work_text(asked: ToDoView) -> Text:
    """Return a piece of work in words, without its due."""
    turn = asked.turn
    match turn.doing:
        case Doing.ADVANCE:
            return text(
                "{milestone}: “{trigger}”, to “{target}”",
                milestone=turn.milestone,
                trigger=turn.what,
                target=asked.target,
            )
        case Doing.RECORD:
            return _decision(asked, turn)
        case Doing.TASK:
            ref = TaskRef(turn.milestone, turn.what)
            names = [task_name(ref, each, turn.year) for each in turn.subjects or ("",)]
            return names_text(names)
        case Doing.RECEIVE:
            bodies = names_text(turn.subjects)
            return text(
                "{where}: the day on which the answer of {bodies} was received",
                where=turn.name,
                bodies=bodies,
            )
        case Doing.REPLY:
            return text(
                "{where}: point {n} of {body}, no reply yet: {says}",
                where=turn.name,
                n=turn.point,
                body=turn.subjects[0],
                says=turn.says,
            )


def _decision(asked: ToDoView, turn: Turn) -> Text:
    what = decision_text(turn.name, turn.subjects, asked.instrument or "")
    if asked.outcome is None:
        return what
    return text(
        "{what}; {outcome}, {on}; still to be decided",
        what=what,
        outcome=asked.outcome,
        on=dated(asked.effective or "?"),
    )


def decision_text(where: str, bodies: Sequence[str], instrument: str) -> Text:
    """Return a requested decision in words, with its bodies and instrument."""
    values = {"where": where, "bodies": names_text(bodies), "instrument": instrument}
    if len(bodies) == 1:
        return text("{where}: {bodies}, {instrument}", **values)
    return text("{where}: {bodies} ({instrument})", **values)


# --- what has to come first ----------------------------------------------------------------------


def before_lines(
    first: Iterable[PrerequisiteView], page: Page, indent: int, above: set[str]
) -> Iterator[str]:
    """Yield prerequisites: their status, due and contacts.

    Args:
        first: the prerequisites.
        page: the page.
        indent: the indentation.
        above: the prerequisites already on this page, which are not repeated; it is extended.
    """
    for each in first:
        said = before_text(each)
        if page.say(said) in above:
            said = text("{what}; as above", what=_what_first(each))
        above.add(page.say(said))
        yield page.paragraph(text("first: {what}", what=said), indent)


def before_text(first: PrerequisiteView) -> Text:
    """Return something that has to come first as one phrase."""
    what = _what_first(first)
    more = []
    if first.due is not None:
        more.append(until_text(first.due))
    if first.who:
        more.append(text("done by {who}", who=rung_text(first.who)))
    return reduce(lambda said, each: text("{first}; {next}", first=said, next=each), more, what)


def _what_first(first: PrerequisiteView) -> Text:
    if not first.what:
        return first.reason
    names = names_text(first.what)
    match first.kind:
        case Kind.TASK:
            return names
        case Kind.DECISION if first.who:
            return names
        case Kind.MOVE:
            return text("{milestone}: {way}", milestone=names, way=first.reason)
        case _:
            return text("{names}, {reason}", names=names, reason=first.reason)


def rung_text(who: Sequence[Ring]) -> list[Text]:
    """Return seats, each with its holder and their address; vacant seats together."""
    seats: dict[str, list[Ring]] = {}
    for ring in who:
        seats.setdefault(ring.seat, []).append(ring)
    vacant = [seat for seat, held in seats.items() if not any(each.holder for each in held)]
    said = [_seat_text(seat, held) for seat, held in seats.items() if seat not in vacant]
    if said[MOST_RUNG + 1 :]:
        said[MOST_RUNG:] = [text("{n} others", n=len(said) - MOST_RUNG)]
    if vacant:
        said.append(text("{seats} (vacant)", seats=names_text(vacant)))
    return said


def _seat_text(seat: str, held: Sequence[Ring]) -> Text:
    known = {(each.holder, each.address): each for each in held if each.holder}
    return text("{seat} ({holders})", seat=seat, holders=list(map(_reach_text, known.values())))


def _reach_text(ring: Ring) -> Text:
    """Return the holder of a seat, with their address if it is on record."""
    if ring.mailbox:
        return text("the mailbox {address}", address=ring.address or ring.holder)
    if ring.address is None:
        return text("{holder}", holder=ring.holder)
    return text("{holder}, {address}", holder=ring.holder, address=ring.address)


# --- whom to ring --------------------------------------------------------------------------------


def ring_lines(
    process: str, ring: Sequence[Ring], page: Page, *, to_give: bool = False
) -> Iterator[str]:
    """Yield the contacts in the seats that record or report the awaited work.

    Args:
        process: its id.
        ring: the contacts, including empty seats.
        page: the page.
        to_give: whether to show how an empty seat is given.
    """
    if not ring:
        return
    yield page.heading(text("Whom to ring"))
    held = {(each.seat, each.holder): each for each in ring if each.holder}
    for each in held.values():
        yield page.paragraph(_reached(each), 2)
    empty = list(dict.fromkeys(each.seat for each in ring if not each.holder))
    if empty:
        seats = names_text(empty)
        yield page.paragraph(
            ntext(
                "This seat is empty: {seats}",
                "{n} seats are empty: {seats}",
                len(empty),
                seats=seats,
            ),
            2,
        )
        if to_give:
            yield page.command("member", "add", process, empty[0], NAME, indent=4)


def _reached(ring: Ring) -> Text:
    values = {"holder": ring.holder, "seat": ring.seat}
    if ring.mailbox:
        return text("{seat}: the mailbox {holder}", **values)
    if ring.address is None:
        return text("{holder}, {seat}: no address on record", **values)
    return text("{holder}, {seat}: {address}", **values, address=ring.address)
