"""Which fields of a form fit: first what it is about, and then only what that asks for."""

from collections.abc import Iterator, Mapping, Sequence

from definitions.model import Deliverable, Request, Task, TaskRef
from web.inputs import Filling
from workflow.model.state import FIRST_ROUND

_QUESTION = ("milestone", "request", "body")
_ABOUT: Mapping[str, Sequence[str]] = {
    "record": _QUESTION,
    "sent": _QUESTION,
    "received": _QUESTION,
    "answer": _QUESTION,
    "advance": ("milestone",),
    "task": ("task",),
    "deliverable": ("part",),
}
"""What a form is about, in the order in which that is asked: what else fits follows from it."""
_WITHOUT_VOTES = frozenset({"college", "gedeputeerde-staten", "dagelijks-bestuur"})
"""The bodies that deliberate behind closed doors: how they voted is not published (Gemeentewet 54,
Provinciewet 54)."""


def about(command: str) -> Sequence[str]:
    """Return the fields that say what a form is about."""
    return _ABOUT.get(command, ())


def unanswered(command: str, filling: Filling) -> str:
    """Return the field that has to be filled in before the others can be shown; empty if none.

    Args:
        command: what the form is of.
        filling: what stands in it so far.
    """
    for name in about(command):
        if filling.values.text(name) is None and (name != "request" or _asks_which(filling)):
            return name
    return ""


def _asks_which(filling: Filling) -> bool:
    """Return whether the chosen milestone has more questions than the one that can be meant."""
    milestone = filling.milestone
    return milestone is not None and bool(milestone.requests) and filling.request is None


def fits(command: str, name: str, filling: Filling) -> bool:
    """Return whether a field is of use in a form about what was chosen.

    Args:
        command: what the form is of.
        name: of the field.
        filling: what stands in the form so far.
    """
    return name not in set(_left_out(command, filling))


def _left_out(command: str, filling: Filling) -> Iterator[str]:
    milestone, request = filling.milestone, filling.request
    match command:
        case "record" | "sent" | "received" | "answer" if milestone and request:
            if len(milestone.requests) == 1:
                yield "request"
            if filling.seen.state.round_of(milestone.id) == FIRST_ROUND:
                yield "round"
            yield from _not_asked(filling, request)
        case "task" if (task := _task(filling)) is not None:
            yield from (() if any(task.subjects) else ("subject",))
            yield from (() if task.yearly else ("year",))
            yield from (() if task.each_round else ("round",))
        case "deliverable" if (found := _part(filling)) is not None:
            deliverable, part = found
            yield from (() if any(deliverable.parts[part].subjects) else ("subject",))
        case _:
            pass


def _not_asked(filling: Filling, request: Request) -> Iterator[str]:
    """Yield the fields of a decision of which a question, or the body that answers it, has none."""
    body = filling.values.text("body") or ""
    if body.partition(".")[2] in _WITHOUT_VOTES or body in _WITHOUT_VOTES:
        yield "votes"
    if request.options is None:
        yield from ("options", "unnamed_options")
    if not request.signed_by:
        yield "signed_by"
    instruments, asked = filling.definition.instruments, request.instruments
    if body in asked:
        outcomes = instruments[asked[body]].outcomes.values()
        if not any(each.needs_ground for each in outcomes):
            yield "ground"


def _task(filling: Filling) -> Task | None:
    where, _, name = (filling.values.text("task") or "").rpartition("/")
    return filling.definition.tasks.get(TaskRef(where, name))


def _part(filling: Filling) -> tuple[Deliverable, str] | None:
    name, _, part = (filling.values.text("part") or "").partition("/")
    found = filling.definition.deliverables.get(name)
    return None if found is None or part not in found.parts else (found, part)
