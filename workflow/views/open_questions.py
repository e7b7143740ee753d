"""The decisions that are asked of a party, or that a role or a seat records."""

from collections.abc import Iterator

from definitions.language.values import dataclass, replace
from definitions.model import Definition, Effect, Milestone, Request
from workflow.model.state import MilestoneState, People
from workflow.rules.asked import asked_bodies
from workflow.rules.gates import decisions_on, evaluate
from workflow.rules.worklist import Whose, recording
from workflow.views.dues import DueView, due_view
from workflow.views.prerequisites import PrerequisiteView, before_decision, path_to
from workflow.views.requests import DecisionView, decision_view
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class Question:
    """A decision that is asked of a body.

    Attributes:
        ready: whether the prerequisites of this party are met.
        given: its decision, or that none is known.
        over: whether it is no longer asked: the milestone has ended, or left that state.
        first: the prerequisites, if it cannot decide now.
        left: whether its party has left since, so that it is not asked; an earlier decision stands.
    """

    milestone: str
    request: str
    body: str
    instrument: str
    outcomes: tuple[str, ...]
    open: bool
    ready: bool
    given: DecisionView
    due: DueView | None
    over: bool = False
    left: bool = False
    first: tuple[PrerequisiteView, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the body has decided: held over decides nothing."""
        return self.given.effect not in (None, Effect.PENDING)


def questions(seen: Seen, whose: Whose, people: People) -> Iterator[Question]:
    """Yield every decision that is somebody's to make, or to record."""
    for milestone in seen.definition.milestones.values():
        for request in milestone.requests.values():
            asked_now = asked_bodies(seen, milestone.id, request)
            for body in request.bodies:
                if _is_theirs(seen.definition, body, whose):
                    asked = _of_body(seen, milestone, request, body)
                    if body in asked_now:
                        yield _with_first(seen, milestone, asked, people)
                    elif asked.decided and seen.definition.party_of(body) in seen.state.departures:
                        yield replace(asked, open=False, left=True)


def _is_theirs(definition: Definition, body: str, whose: Whose) -> bool:
    """Return whether a body belongs to a party, or a role or seat records its decisions."""
    own = whose.place is None or definition.party_of(body) == whose.party
    if whose.role is None:
        return own and whose.party is not None
    recorders, on_behalf = recording(definition, body)
    return (own or on_behalf) and whose.role in {role.id for role in recorders}


def _with_first(seen: Seen, milestone: Milestone, asked: Question, people: People) -> Question:
    """Return a question with its prerequisites, if it cannot be decided now."""
    if asked.decided or asked.over or (asked.open and asked.ready):
        return asked
    request = milestone.requests[asked.request]
    return replace(
        asked, first=tuple(before_decision(seen, milestone, request, asked.body, people))
    )


def _of_body(seen: Seen, milestone: Milestone, request: Request, body: str) -> Question:
    now: MilestoneState = seen.state.milestones[milestone.id]
    party = seen.definition.party_of(body)
    instrument = seen.definition.instruments[request.instruments[body]]
    given = decisions_on(seen.state, milestone.id, request).get(body)
    is_asked = now.round > 0 and now.state in request.admitted_in
    return Question(
        milestone=milestone.id,
        request=request.id,
        body=body,
        instrument=instrument.id,
        outcomes=tuple(instrument.outcomes),
        open=is_asked,
        ready=evaluate(request.way, seen, party).holds,
        over=now.state in milestone.final
        or not (is_asked or path_to(milestone, now.state, request.admitted_in)),
        given=decision_view(seen.state, milestone.id, request, body, given),
        due=None
        if request.due is None
        else due_view(
            seen,
            request.due,
            met=given is not None and given.closes,
            party=party,
        ),
    )
