"""The picture of one milestone: its states, and the transitions between them."""

from collections.abc import Iterator, Mapping

from definitions.calendar.dates import dated
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import Arm, Goal, Milestone, title_in
from screens.definitions import due_phrase, explicit_text, round_text, set_off_texts
from screens.explain import openness
from screens.graph.gates import term_texts, terms
from screens.graph.model import EDGE_WIDTH, TITLE_WIDTH, Edge, Graph, Kind, Node, folded
from screens.page import Page
from screens.words import as_known, basis_word, counted_text, due_text
from workflow.model.state import Basis
from workflow.views.dues import DueView, all_dues
from workflow.views.moves import UnprovedView, WayView
from workflow.views.seen import Seen
from workflow.views.status import MilestoneView, status_view

START = "start"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a milestone stands.

    Attributes:
        dues: the dues of the process as they were last given, by their id.
    """

    now: MilestoneView
    dues: Mapping[str, DueView]

    def way(self, arm: Arm) -> WayView | None:
        """Return how a transition stands that leaves the present state; None for any other."""
        ways = (each for each in self.now.next if self.now.state == arm.source)
        return next((each for each in ways if _is(each, arm)), None)

    def unproved(self, arm: Arm) -> Iterator[Basis]:
        """Yield the basis of a move along this transition, if it is not proved."""
        for each in self.now.not_proved:
            if each.source == arm.source and _is(each, arm):
                yield each.basis


def _is(way: WayView | UnprovedView, arm: Arm) -> bool:
    return (way.trigger, way.target) == (arm.trigger, arm.target)


def milestone_graph(
    milestone: Milestone, page: Page, seen: Seen | None = None, goal: Goal | None = None
) -> Graph:
    """Return the states of a milestone, and what it takes to go from one to another.

    Args:
        seen: a running process, of which is shown where it stands and what is open.
        goal: the goal of the process, which one of the states may reach.
    """
    standing = _standing(milestone, seen) if seen is not None else None
    start = Node(START, Kind.START)
    nodes = []
    for state in milestone.states:
        reaches = goal is not None and goal.of == (milestone.id, state)
        nodes.append(_node(milestone, state, page, standing, goal if reaches else None))
    first = Edge(START, _key(milestone.initial))
    edges = [_edge(arm, page, standing) for arm in milestone.arms]
    return Graph(tuple(_title(milestone, page, seen)), (start, *nodes), (first, *edges))


def _standing(milestone: Milestone, seen: Seen) -> Standing:
    now = next(each for each in status_view(seen).milestones if each.id == milestone.id)
    return Standing(now, {due.id: due for due in all_dues(seen)})


def _title(milestone: Milestone, page: Page, seen: Seen | None) -> Iterator[str]:
    title = title_in(milestone.title, page.language, milestone.id)
    name = title if title == milestone.id else f"{milestone.id}: {title}"
    said = name if seen is None else f"{name} ({seen.process})"
    yield from folded(page, said, width=TITLE_WIDTH)
    if seen is not None:
        yield from folded(
            page, *as_known(seen.as_of, seen.known_at, ahead=seen.ahead), width=TITLE_WIDTH
        )


def _key(state: str) -> str:
    return f"state/{state}"


def _node(
    milestone: Milestone, state: str, page: Page, standing: Standing | None, goal: Goal | None
) -> Node:
    current = standing is not None and standing.now.state == state
    said = [*_ending(milestone, state), *_asked(milestone, state, standing)]
    if goal is not None:
        what = goal.what.in_(page.language)
        said.insert(0, text("Goal: {what}, {date}", what=what, date=goal.date))
    said += _due(milestone, state, standing, page.language)
    said += _set_off(milestone, state)
    if standing is not None and current:
        said += [now_text(standing.now)]
    kind = _kind(milestone, state)
    return Node(_key(state), kind, folded(page, state), folded(page, *said), current)


def _kind(milestone: Milestone, state: str) -> Kind:
    if state in milestone.good:
        return Kind.GOOD
    return Kind.BAD if state in milestone.bad else Kind.STATE


def _ending(milestone: Milestone, state: str) -> Iterator[Text]:
    if state in milestone.good:
        yield text("end: reached")
    if state in milestone.bad:
        yield text("end: given up")


def _asked(milestone: Milestone, state: str, standing: Standing | None) -> Iterator[Text]:
    """Yield the requests on which can be decided in a state; how far they are, where it is now."""
    known = {each.id: each for each in standing.now.requests} if standing else {}
    for request in milestone.requests.values():
        if state not in request.admitted_in:
            continue
        view = known.get(request.id)
        if view is not None and view.round and standing and standing.now.state == state:
            counted = counted_text(view)
            yield text("asked here: {request}, {counted}", request=request.id, counted=counted)
        else:
            yield text("asked here: {request}", request=request.id)


def _due(
    milestone: Milestone, state: str, standing: Standing | None, language: str
) -> Iterator[Text]:
    """Yield the due of a state; in a process, only until it is entered."""
    due = milestone.dues.get(state)
    if due is None:
        return
    if standing is None:
        yield text("due {due}", due=due_phrase(due, language))
    elif not standing.dues[due.ref].met:
        yield text("due {due}", due=due_text(standing.dues[due.ref]))


def _set_off(milestone: Milestone, state: str) -> Iterator[Text]:
    """Yield what entering a state sets off, if anything."""
    if state in milestone.entering:
        yield text("sets off: {done}", done=list(set_off_texts(milestone.entering[state])))


def now_text(view: MilestoneView) -> Text:
    """Return the present state of a milestone in words: since when, and its basis."""
    return text(
        "now: {state}{since}{basis}",
        state=view.state,
        since=text(" ({since})", since=dated(view.since)) if view.since else "",
        basis=text(", move {basis}", basis=basis_word(view.basis, out_of_order=view.out_of_order))
        if view.basis
        else "",
    )


def _edge(arm: Arm, page: Page, standing: Standing | None) -> Edge:
    way = standing.way(arm) if standing else None
    said: list[Text | str] = [openness(open_=way.open)] if way else []
    said += [basis_word(each) for each in standing.unproved(arm)] if standing else []
    said += [page.say(each).strip("; ") for each in (explicit_text(arm), round_text(arm)) if each]
    said += term_texts(tuple(terms(arm.gate)))
    return Edge(
        _key(arm.source),
        _key(arm.target),
        folded(page, arm.trigger, width=EDGE_WIDTH),
        folded(page, *said, width=EDGE_WIDTH),
        explicit=arm.explicit,
        open=way is not None and way.open,
    )
