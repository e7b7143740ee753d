"""The picture of a whole process: its milestones, and what each waits for."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import reduce

from definitions.language.naming import LISTED
from definitions.language.text import Text, ntext, text
from definitions.language.values import dataclass
from definitions.model import (
    Arm,
    Decisions,
    Definition,
    Deliverable,
    Due,
    DuePast,
    Gate,
    InState,
    Milestone,
    PartsAt,
    Request,
    TasksDone,
    TextsDiffer,
    gates_in,
    title_in,
)
from screens.definitions import due_phrase, parts_text, request_text
from screens.goal import goal_text
from screens.graph.gates import term_texts, terms
from screens.graph.machine import now_text
from screens.graph.model import EDGE_WIDTH, TITLE_WIDTH, Edge, Graph, Kind, Node, folded
from screens.page import Page
from screens.words import alike_names, as_known, counted_text, due_text, names_text
from workflow.views.dues import DueView, all_dues
from workflow.views.seen import Seen
from workflow.views.status import MilestoneView, StatusView, status_view

GOAL = "goal"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a process stands; its dues as they were last given, by their id."""

    status: StatusView
    dues: Mapping[str, DueView]

    def of(self, milestone: Milestone) -> MilestoneView:
        """Return where a milestone stands."""
        return next(each for each in self.status.milestones if each.id == milestone.id)


def overview_graph(definition: Definition, page: Page, seen: Seen | None = None) -> Graph:
    """Return the milestones of a process with their requests, and what each waits for.

    Args:
        seen: a running process, of which is shown where it stands.
    """
    standing = _standing(seen) if seen is not None else None
    nodes = [
        *(_deliverable(each, page) for each in definition.deliverables.values()),
        *(_milestone(definition, each, page, standing) for each in definition.milestones.values()),
        *_goal(definition, page, standing),
    ]
    edges = [edge for each in definition.milestones.values() for edge in _waits(each, page)]
    edges += _to_the_goal(definition, edges)
    return Graph(tuple(_title(definition, page, standing)), tuple(nodes), tuple(edges))


def _standing(seen: Seen) -> Standing:
    return Standing(status_view(seen), {due.id: due for due in all_dues(seen)})


def _title(definition: Definition, page: Page, standing: Standing | None) -> Iterator[str]:
    if standing is None:
        title = title_in(definition.title, page.language, definition.id)
        said = text(
            "{title} ({id}, version {version})",
            title=title,
            id=definition.id,
            version=definition.version,
        )
        yield from folded(page, said, width=TITLE_WIDTH)
    else:
        view = standing.status
        yield from folded(page, f"{view.title} ({view.process})", width=TITLE_WIDTH)
        yield from folded(
            page, *as_known(view.as_of, view.known_at, ahead=view.ahead), width=TITLE_WIDTH
        )


# --- nodes -------------------------------------------------------------------------------------


def _deliverable(deliverable: Deliverable, page: Page) -> Node:
    parts = text("{names}", names=parts_text(deliverable))
    lines = folded(page, parts, text("levels {levels}", levels=deliverable.levels))
    return Node(_deliverable_key(deliverable.id), Kind.DELIVERABLE, (deliverable.id,), lines)


def _deliverable_key(name: str) -> str:
    return f"deliverable/{name}"


def _milestone_key(name: str) -> str:
    return f"milestone/{name}"


def _milestone(
    definition: Definition, milestone: Milestone, page: Page, standing: Standing | None
) -> Node:
    view = standing.of(milestone) if standing else None
    title = title_in(milestone.title, page.language, milestone.id)
    said = [text("{id}", id=milestone.id)] if title != milestone.id else []
    if view is None or not view.final:
        said += [text("to reach: {states}", states=milestone.good)]
    if view is not None:
        said += [now_text(view), *_not_proved(view)]
    said += _dues(milestone, standing, page.language)
    said += [
        _request(definition, milestone, each, standing, page.language)
        for each in milestone.requests.values()
    ]
    key = _milestone_key(milestone.id)
    return Node(key, _kind(view), folded(page, title), folded(page, *said), _under_way(view))


def _under_way(view: MilestoneView | None) -> bool:
    if view is None or view.final:
        return False
    return view.since != "" or any(request.open for request in view.requests)


def _kind(view: MilestoneView | None) -> Kind:
    if view is None or not view.final:
        return Kind.MILESTONE
    return Kind.GOOD if view.good else Kind.BAD


def _not_proved(view: MilestoneView) -> Iterator[Text]:
    moves = len(view.not_proved)
    if moves:
        yield ntext("Not proved: {n} move", "Not proved: {n} moves", moves)


def _dues(milestone: Milestone, standing: Standing | None, language: str) -> Iterator[Text]:
    """Yield the dues of states; in a process, only of those not entered yet."""
    for state, due in milestone.dues.items():
        written = _due(due, standing, language)
        if written is not None:
            yield text("in “{state}”: due {due}", state=state, due=written)


def _due(due: Due | None, standing: Standing | None, language: str) -> Text | None:
    """Return a due as defined, or as it is now; None if it is met or there is none."""
    if due is None or standing is None:
        return due_phrase(due, language) if due else None
    view = standing.dues.get(due.ref)  # none of its own, where each party has its own term
    if view is None:
        return due_phrase(due, language)
    return None if view.met else due_text(view)


def _request(
    definition: Definition,
    milestone: Milestone,
    request: Request,
    standing: Standing | None,
    language: str,
) -> Text:
    due = _due(request.due, standing, language)
    asked = request_text(request, _whom(definition, request), due)
    if standing is None:
        return asked
    views = (each for each in standing.of(milestone).requests if each.id == request.id)
    view = next(views)
    if not view.round:
        return asked
    counted = counted_text(view)
    return text("{request}: {counted}", request=asked, counted=counted)


def _whom(definition: Definition, request: Request) -> Text:
    """Return the bodies of a request in short, without the names of forty councils."""
    groups = (_bodies(definition, alike) for alike in alike_names(request.bodies))
    return reduce(lambda first, next_: text("{first}; {next}", first=first, next=next_), groups)


def _bodies(definition: Definition, alike: Sequence[str]) -> Text:
    kind = alike[0].partition(".")[2]
    every = [body for body in definition.bodies if kind and body.partition(".")[2] == kind]
    if len(alike) > 1 and set(every) == set(alike):
        return text("each {kind} ({number})", kind=kind, number=len(alike))
    if len(alike) > LISTED:
        return text("{names}, … ({number})", names=names_text(alike[:LISTED]), number=len(alike))
    return names_text(alike)


def _goal(definition: Definition, page: Page, standing: Standing | None) -> Iterator[Node]:
    goal = definition.goal
    if goal is None:
        return
    said = text("Goal: {what}, {date}", what=goal.what.in_(page.language), date=goal.date)
    if standing is not None and standing.status.goal is not None:
        said = goal_text(standing.status.goal)
    yield Node(GOAL, Kind.GOAL, folded(page, said))


# --- edges -------------------------------------------------------------------------------------


def _waits(milestone: Milestone, page: Page) -> Iterator[Edge]:
    """Yield the edges from the milestones and deliverables that a milestone waits for."""
    drawn: set[str] = set()
    for arms in _by_gate(milestone).values():
        needs = _needs(milestone, arms[0])
        drawn |= needs.keys()
        for source, conditions in needs.items():
            lines = folded(page, *term_texts(conditions), width=EDGE_WIDTH)
            key = _milestone_key(milestone.id)
            heading = folded(page, arms[0].trigger, width=EDGE_WIDTH)
            yield Edge(source, key, heading, lines, explicit=arms[0].explicit)
    yield from _texts(milestone, page, drawn)


def _by_gate(milestone: Milestone) -> dict[tuple[str, Gate | None], list[Arm]]:
    """Return the transitions; those of one trigger and gate, from several states, together."""
    found: dict[tuple[str, Gate | None], list[Arm]] = {}
    for arm in milestone.arms:
        found.setdefault((arm.trigger, arm.gate), []).append(arm)
    return found


def _needs(milestone: Milestone, arm: Arm) -> dict[str, list[Gate]]:
    """Return the conditions of a transition, by the node that they depend on."""
    found: dict[str, list[Gate]] = {}
    for term in terms(arm.gate):
        for source in dict.fromkeys(_sources(term)):
            if source != _milestone_key(milestone.id):
                found.setdefault(source, []).append(term)
    return found


def _sources(term: Gate) -> Iterator[str]:
    """Yield the milestones and deliverables that a condition is about."""
    for gate in gates_in(term):
        match gate:
            case (
                InState(milestone=milestone)
                | Decisions(milestone=milestone)
                | TextsDiffer(milestone=milestone)
            ):
                yield _milestone_key(milestone)
            case TasksDone(tasks=tasks):
                yield from (_milestone_key(each.milestone) for each in tasks if each.milestone)
            case PartsAt(deliverable=deliverable):
                yield _deliverable_key(deliverable)
            case DuePast(due=due) if "/" in due or "." in due:
                yield _milestone_key(re.split("[./]", due)[0])
            case _:
                pass


def _texts(milestone: Milestone, page: Page, drawn: Collection[str]) -> Iterator[Edge]:
    """Yield the deliverables that are the text of a request, where no gate asks for them."""
    for request in milestone.requests.values():
        key = _deliverable_key((request.text or "").partition("/")[0])
        if request.text and key not in drawn:
            said = folded(page, text("text of {request}", request=request.id), width=EDGE_WIDTH)
            yield Edge(key, _milestone_key(milestone.id), (), said)


def _to_the_goal(definition: Definition, edges: Sequence[Edge]) -> list[Edge]:
    """Return the edges to the goal: from its milestone, or from those that no other waits for."""
    goal = definition.goal
    if goal is not None and goal.of is not None:
        milestone, state = goal.of
        return [Edge(_milestone_key(milestone), GOAL, (state,))]
    awaited = {edge.source for edge in edges}
    keys = map(_milestone_key, definition.milestones)
    return [Edge(key, GOAL) for key in keys if key not in awaited] if definition.goal else []
