"""A milestone: its states, what its gate waits for, and where it is moved on."""

from collections.abc import Mapping

from starlette.responses import Response

from definitions.language.values import dataclass
from definitions.model import Milestone
from screens.explain import doubt_lines, gate_lines
from screens.page import joined
from web.allowed import may
from web.html_page import html_of
from web.links import act_path
from web.looking import drawn_of, page_of
from web.names import milestone_name
from web.visit import Asked, Visit
from workflow.decide.case import milestone_named
from workflow.rules.available_transitions import transitions_from
from workflow.views.explain import explain_view


@dataclass(frozen=True, slots=True)
class Step:
    """A state in the drawing of a milestone."""

    name: str
    here: bool
    passed: bool
    final: bool
    good: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A transition that leaves the present state, and its gate as a tree.

    Attributes:
        path: its form; empty where it is closed, or the reader may not.
    """

    trigger: str
    target: str
    open: bool
    explicit: bool
    path: str
    tree: str


def milestone_page(visit: Visit) -> Response:
    """Return the page of a milestone."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "milestone", lambda: _values(visit, process, asked))
    return visit.framed(process, asked, main)


def _values(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    seen = visit.seen(process, asked)
    milestone = milestone_named(seen.definition, visit.part("milestone"))
    queries = visit.desk.queries
    people = queries.people()
    looks_back = asked.back and not seen.ahead
    present = queries.as_of(process, None, asked.known_at)[0].state if looks_back else None
    page = page_of(visit, process, asked, level=3)
    person = visit.person
    ways: list[Way] = []
    doubts = ""
    for way in transitions_from(milestone, seen):
        view = explain_view(seen, milestone, way.arm.trigger, people, present)
        doubts = html_of(joined(doubt_lines(view, page)))
        allowed = not asked.back and may(seen, person, {way.arm.permission})
        path = act_path(process, "advance", milestone=milestone.id, trigger=way.arm.trigger)
        ways.append(
            Way(
                way.arm.trigger,
                way.arm.target,
                way.is_open,
                way.arm.explicit,
                path if way.is_open and allowed else "",
                html_of(joined(gate_lines(view, page))),
            )
        )
    state = seen.state.milestones[milestone.id]
    return {
        "title": milestone_name(seen.definition, milestone.id, visit.language),
        "process": process,
        "state": state.state,
        "steps": _steps(milestone, state.state, frozenset(state.entered)),
        "ways": [each for each in ways if not each.explicit],
        "others": [each for each in ways if each.explicit],
        "doubts": doubts,
    }


def _steps(milestone: Milestone, state: str, entered: frozenset[str]) -> list[Step]:
    return [
        Step(each, each == state, each in entered, each in milestone.final, each in milestone.good)
        for each in milestone.states
    ]
