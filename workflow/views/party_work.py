"""The work of one party, group or role: present, future and past."""

from collections.abc import Iterable, Iterator
from datetime import date

from definitions.language.errors import NotFound
from definitions.language.naming import did_you_mean
from definitions.language.text import text
from definitions.language.values import dataclass
from definitions.model import Definition, TaskRef, known_prose
from workflow.model.state import People, places_of, seat_name
from workflow.rules.tasks import task_name
from workflow.rules.worklist import Doing, Turn, Whose, turn_of, worklist
from workflow.views.dues import DueView
from workflow.views.open_questions import Question, questions
from workflow.views.seen import Seen, process_title
from workflow.views.to_do import ToDoView, to_do_views


@dataclass(frozen=True, slots=True)
class ToDo:
    """An open task, with its possible results."""

    task: str
    name: str
    subject: str
    owner: str
    results: tuple[str, ...]
    due: DueView | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ToReply:
    """A point of an answer to which nobody replied yet."""

    milestone: str
    request: str
    body: str
    point: int
    says: str


@dataclass(frozen=True, slots=True)
class PartyWorkView:
    """The present, future and past work of a party, group or role.

    Attributes:
        now: their present turns.
        asked: all decisions that they make or record, also past and future ones.
        awaited: the tasks that others have to do for the party.
        left: the date on which the party left, as written.
        party: the party; None for a group or a role.
        route: the stages on the way to the party's council; None if they are not known.
        papers_due: how long before a meeting the party wants papers; None if that is not known.
        as_of, known_at: the days of the view; None for the present.
        ahead: the requested day is in the future, so this is a projection.
    """

    process: str
    title: str
    whose: str
    now: tuple[ToDoView, ...]
    asked: tuple[Question, ...]
    tasks: tuple[ToDo, ...]
    awaited: tuple[str, ...]
    replies: tuple[ToReply, ...]
    seats: tuple[str, ...]
    left: str | None = None
    party: str | None = None
    route: str | None = None
    papers_due: str | None = None
    as_of: date | None = None
    known_at: date | None = None
    ahead: bool = False


def party_work(seen: Seen, whose: Whose, people: People | None = None) -> PartyWorkView:
    """Return the work of one party, group or role.

    Args:
        seen: the process.
        whose: the party, group or role.
        people: the name and address of everybody, by their opaque id.

    Raises:
        NotFound: no such party, group or role.
    """
    _check(seen.definition, whose)
    now, others = _turns(seen, whose)
    left = seen.state.departures.get(whose.party or "")
    return PartyWorkView(
        process=seen.process,
        title=process_title(seen),
        whose=str(whose),
        now=tuple(each for turn in now for each in to_do_views(seen, turn)),
        asked=tuple(questions(seen, whose, people or {})),
        tasks=tuple(each for turn in now for each in _to_do(seen, turn)),
        awaited=tuple(each.name for turn in others for each in _to_do(seen, turn)),
        replies=tuple(_replies(now)),
        seats=tuple(_seats(seen.definition, whose)),
        left=None if left is None else left.effective,
        party=whose.party,
        route=_reading(seen, whose, "route"),
        papers_due=_reading(seen, whose, "papers-due"),
        as_of=seen.as_of,
        known_at=seen.known_at,
        ahead=seen.ahead,
    )


def _turns(seen: Seen, whose: Whose) -> tuple[list[Turn], list[Turn]]:
    """Return their present turns, and those of others for them."""
    roles = seen.definition.roles
    found = (turn_of(seen.definition, turn, whose) for turn in worklist(seen))
    theirs: list[Turn] = []
    others: list[Turn] = []
    for turn in found:
        if turn is None:
            continue
        is_by_others = turn.doing is Doing.TASK and not any(
            role in roles and roles[role].per is not None for role in turn.roles
        )
        (others if whose.place and is_by_others else theirs).append(turn)
    return theirs, others


def _reading(seen: Seen, whose: Whose, what: str) -> str | None:
    """Return an attribute of a party, as amended or as the definition has it."""
    party = seen.definition.parties.get(whose.party or "")
    if party is None:
        return None
    amended = seen.state.amendments.get(f"{what}/{party.id}")
    if amended is not None:
        known = known_prose(amended.value)
    elif what == "route":
        known = known_prose(", ".join(party.route) or "unknown")
    else:
        known = party.papers_due
    return None if known is None else known.in_(seen.language)


def _check(definition: Definition, whose: Whose) -> None:
    if whose.party in definition.may_join and whose.party not in definition.parties:
        raise NotFound(text("{party} takes no part yet; it may join.", party=whose.party))
    for name, known, what in (
        (whose.party, definition.parties, text("party")),
        (whose.group, definition.groups, text("group")),
        (whose.role, definition.roles, text("role")),
    ):
        if name is not None and name not in known:
            raise NotFound(
                text("There is no {what} “{name}”.", what=what, name=name),
                advice=did_you_mean(name, known),
            )


def _to_do(seen: Seen, turn: Turn) -> Iterator[ToDo]:
    """Yield each open instance of a task."""
    if turn.doing is not Doing.TASK:
        return
    task = seen.definition.tasks[TaskRef(turn.milestone, turn.what)]
    for asked in to_do_views(seen, turn):
        for subject in asked.turn.subjects or ("",):
            yield ToDo(
                task=str(task.ref),
                name=task_name(task.ref, subject, turn.year),
                subject=subject,
                owner=", ".join(task.owners),
                results=tuple(task.results),
                due=asked.due,
                year=turn.year,
            )


def _replies(now: Iterable[Turn]) -> Iterator[ToReply]:
    """Yield the points to which they still have to reply."""
    for turn in now:
        if turn.doing is Doing.REPLY and turn.point is not None:
            yield ToReply(turn.milestone, turn.what, turn.subjects[0], turn.point, turn.says)


def _seats(definition: Definition, whose: Whose) -> Iterator[str]:
    for role in definition.roles.values():
        for place in places_of(definition, role):
            if whose.role == role.id or (place and place in (whose.party, whose.group)):
                yield seat_name(role.id, place)
