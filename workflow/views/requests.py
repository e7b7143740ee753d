"""How far a request is, and what each body decided."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from definitions.language.serialising import PLAIN_NAMES
from definitions.language.values import dataclass
from definitions.model import Decisions, Effect, Milestone, Request, gates_in
from workflow.model.state import DecisionState, State, Step, is_put
from workflow.rules.asked import asked_bodies
from workflow.rules.gates import decisions_on
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class PointView:
    """A point of an answer, and when it was replied to; None where it was not."""

    number: int
    says: str
    replied: str | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """The decision of one body; an empty outcome if none is known.

    Attributes:
        unsigned: the roles whose requested signature is not on record.
        sent: when it was sent, as written; None if that is not known.
        received: when it was received; None if that is not known.
        counted_from: the day from which it counts, where no source says on which day it was given;
            else None.
    """

    body: str
    outcome: str | None
    effect: Effect | None
    effective: str | None
    effective_on: date | None
    options: tuple[str, ...]
    unnamed_options: int
    out_of_order: bool
    signed_by: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    sent: str | None = None
    received: str | None = None
    points: tuple[PointView, ...] = ()
    counted_from: date | None = None


@dataclass(frozen=True, slots=True)
class RoundView:
    """The result of a past round of a request.

    Attributes:
        round: its number.
        given: the decisions in it; the other bodies' are not known.
    """

    round: int
    given: tuple[DecisionView, ...]


@dataclass(frozen=True, slots=True)
class RequestView:
    """How far a request is in its round.

    Attributes:
        round: which one is open; 0 as long as nothing was asked in the milestone.
        needed: how many decisions the gate that adopts it takes; None where it goes by weight
            or by the votes cast.
        recorded: how many bodies have decided; held over does not count.
        waiting_for: the bodies from which no decision is known, once they are asked.
        open: whether decisions are admitted now.
        earlier: the rounds that are over, the first one first; of a process as it stands, only in
            its own status.
    """

    __pydantic_config__ = PLAIN_NAMES

    id: str
    round: int
    asked: int
    needed: int | None
    recorded: int
    for_: int
    against: int
    answered: int
    pending: int
    out_of_order: int
    open: bool
    waiting_for: tuple[str, ...]
    given: tuple[DecisionView, ...]
    earlier: tuple[RoundView, ...] = ()


Requests = Mapping[str, tuple[RequestView, ...]]
"""How far each request is, by the id of its milestone."""


def requests_of(seen: Seen) -> Requests:
    """Return how far each request of each milestone is."""
    return {
        milestone.id: tuple(
            request_view(seen, milestone, each) for each in milestone.requests.values()
        )
        for milestone in seen.definition.milestones.values()
    }


def request_view(seen: Seen, milestone: Milestone, request: Request) -> RequestView:
    """Return how far a request is in the present round of its milestone."""
    now = seen.state.milestones[milestone.id]
    asked = is_put(milestone, now)
    over = None if not asked or now.state in request.admitted_in else now.since
    bodies = asked_bodies(seen, milestone.id, request, over)
    known = decisions_on(seen.state, milestone.id, request)
    given = {body: known[body] for body in bodies if body in known}
    closed = [each for each in given.values() if each.closes]
    return RequestView(
        id=request.id,
        round=now.round if asked else 0,
        asked=len(bodies),
        needed=_needed(milestone, request, len(bodies)),
        recorded=len(closed),
        for_=_count(given.values(), Effect.FOR),
        against=_count(given.values(), Effect.AGAINST),
        answered=_count(given.values(), Effect.ANSWERED),
        pending=_count(given.values(), Effect.PENDING),
        out_of_order=sum(each.out_of_order for each in given.values()),
        open=asked and now.state in request.admitted_in,
        waiting_for=tuple(
            body for body in bodies if asked and not (body in given and given[body].closes)
        ),
        given=tuple(
            decision_view(seen.state, milestone.id, request, body, given.get(body))
            for body in bodies
        ),
        earlier=tuple(_earlier(seen, milestone, request)) if seen.past_rounds else (),
    )


def _earlier(seen: Seen, milestone: Milestone, request: Request) -> Iterator[RoundView]:
    """Yield the results of the past rounds of a request."""
    for number in range(1, seen.state.milestones[milestone.id].round):
        key = (milestone.id, request.id, number)
        known = {body: seen.state.decisions.get((*key, body)) for body in request.bodies}
        yield RoundView(
            number,
            tuple(
                decision_view(seen.state, milestone.id, request, body, given, number)
                for body, given in known.items()
                if given is not None
            ),
        )


def _count(given: Iterable[DecisionState], effect: Effect) -> int:
    return sum(each.effect is effect for each in given)


def decision_view(
    state: State,
    milestone: str,
    request: Request,
    body: str,
    given: DecisionState | None,
    number: int | None = None,
) -> DecisionView:
    """Return the decision of a body and its follow-up; an empty outcome if none is known.

    Args:
        number: the number of the round; None for the present one.
    """
    if given is None:
        return DecisionView(body, None, None, None, None, (), 0, out_of_order=False)
    key = (milestone, request.id, number or state.round_of(milestone), body)

    def when(step: Step, point: int = 0) -> str | None:
        found = state.follow_ups.get((*key, step, point))
        return found.effective if found else None

    return DecisionView(
        body,
        given.outcome,
        given.effect,
        given.effective,
        given.effective_on if given.day_known else None,
        given.options,
        given.unnamed_options,
        given.out_of_order,
        signed_by=given.signed_by,
        unsigned=tuple(role for role in request.signed_by if role not in given.signed_by),
        sent=when(Step.SENT),
        received=when(Step.RECEIVED),
        points=tuple(
            PointView(number, says, when(Step.REPLIED, number))
            for number, says in enumerate(given.points, 1)
        ),
        counted_from=None if given.day_known else given.effective_on,
    )


def _needed(milestone: Milestone, request: Request, asked: int) -> int | None:
    """Return how many decisions the gate that adopts a request takes; all where none says."""
    for arm in milestone.arms:
        for gate in gates_in(arm.gate):
            if isinstance(gate, Decisions) and _adopts(gate, milestone, request):
                by_number = not gate.rule.weighted and not gate.rule.cast
                return gate.rule.needed(asked) if by_number else None
    return asked


def _adopts(gate: Decisions, milestone: Milestone, request: Request) -> bool:
    asked = (gate.milestone, gate.request) == (milestone.id, request.id)
    return asked and gate.compares_texts and not gate.outcomes and not gate.body
