"""The properties of a milestone: what is proved of it in its part, and what is found there."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations
from operator import ge

from definitions.language.values import replace
from definitions.model import (
    Arm,
    Decisions,
    Definition,
    Effect,
    Gate,
    Milestone,
    Not,
    Request,
    TasksDone,
    adopting,
    gates_in,
)
from definitions.proving.diagrams import NOWHERE
from definitions.proving.parts import Part
from definitions.proving.relevant import RequestRef
from definitions.proving.situations import FIRST, OTHER
from definitions.proving.sweeps import before, grouped, reached_from
from definitions.proving.verdict import Act, ActKind, Finding, Severity, Sure, Value


def findings_in(part: Part, milestone: Milestone) -> Iterator[Finding]:
    """Yield what is found in a milestone, on its part."""
    yield from _never_opens(part, milestone)
    yield from _no_way_on(part, milestone)
    yield from _two_ways(part, milestone)
    yield from _always_holds(part, milestone)
    yield from _extra_yes(part, milestone)
    yield from _left_behind(part, milestone)


# --- 1: what is never reached --------------------------------------------------------------------


def _never_opens(part: Part, milestone: Milestone) -> Iterator[Finding]:
    """Yield the moves that never open, and the states that are never reached for another reason."""
    closed = [
        arm
        for arm in milestone.arms
        if part.is_possible(part.situations.at(milestone.id, arm.source))
        and not part.is_possible(_open(part, milestone, arm))
    ]
    for arm in closed:
        values = {"trigger": arm.trigger, "state": arm.source, "target": arm.target}
        yield Finding("1", "never-opens", Severity.ERROR, milestone.id, values)
    explained = {state for arm in closed for state in milestone.reached_from(arm.target)}
    for state in milestone.states:
        reached = part.is_possible(part.situations.at(milestone.id, state))
        if not reached and state not in explained:
            yield Finding("1", "never-reached", Severity.ERROR, milestone.id, {"state": state})


def _open(part: Part, milestone: Milestone, arm: Arm) -> int:
    """Return where a transition is open."""
    situations = part.situations
    there = situations.at(milestone.id, arm.source)
    return part.diagrams.both(there, situations.gate(arm.gate))


# --- 2: what has no way on -----------------------------------------------------------------------


def stuck(part: Part, milestone: Milestone) -> int:
    """Return the situations from which a milestone can never end."""
    final = part.situations.at(milestone.id, *milestone.final)
    return part.diagrams.without(part.reached, part.leading_to(final))


def _no_way_on(part: Part, milestone: Milestone) -> Iterator[Finding]:
    """Yield that there is no way to end, or none but to stop."""
    dead = stuck(part, milestone)
    own = part.diagrams.without(dead, _stuck_before(part, milestone))
    if own != NOWHERE:
        yield _where_it_ends(part, milestone, own, ("2", "no-way-on", Severity.ERROR))
    lost = part.diagrams.without(
        part.diagrams.without(lost_in(part, milestone), dead), _lost_before(part, milestone)
    )
    agreed = part.diagrams.without(lost, part.refused(milestone.id))
    if agreed != NOWHERE:
        yield _where_it_ends(part, milestone, agreed, ("2b", "only-a-stop", Severity.WARNING))
    elif lost != NOWHERE:
        what = ("2b", "only-a-stop-once-refused", Severity.INFORMATION)
        yield _where_it_ends(part, milestone, lost, what)


def _stuck_before(part: Part, milestone: Milestone) -> int:
    """Return where another milestone is stuck that does not wait for this one."""
    others = (each for each in part.in_full if not part.depends(each.id, milestone.id))
    return part.diagrams.any([stuck(part, each) for each in others])


def _lost_before(part: Part, milestone: Milestone) -> int:
    """Return where another milestone is lost that does not wait for this one."""
    others = (each for each in part.in_full if not part.depends(each.id, milestone.id))
    return part.diagrams.any([lost_in(part, each) for each in others])


def lost_in(part: Part, milestone: Milestone) -> int:
    """Return the situations in which nobody stopped, and a good end is out of reach."""
    good = part.situations.at(milestone.id, *milestone.good)
    lost = part.diagrams.without(part.reached, part.leading_to(good))
    for each in part.in_full:
        if each.bad:
            lost = part.diagrams.without(lost, part.situations.at(each.id, *each.bad))
    return part.diagrams.without(lost, part.given_up)


def on_two_texts(part: Part, on_texts: Part, milestone: Milestone) -> Iterator[Finding]:
    """Yield that all agreed and yet only a stop is left, because they named different texts.

    Args:
        part: of the milestone.
        on_texts: the same, in which every answer that counts is on a text.
        milestone: of that part.
    """
    for arm in milestone.arms:
        agreed = part.diagrams.both(part.reached, _open(part, milestone, arm))
        if not any(map(_adopts, gates_in(arm.gate))) or agreed == NOWHERE:
            continue
        situation = part.diagrams.nearest(agreed, part.situations.beginning)
        differing = on_texts.situations.on_texts_of_their_own(part.situations, situation)
        if _goes_on(on_texts, milestone, arm.source, differing):
            continue
        gates = on_texts.situations
        open_ = (
            each.trigger
            for each in milestone.arms_from(arm.source)
            if on_texts.diagrams.is_in(gates.gate(each.gate), differing)
        )
        values: dict[str, Value] = {
            "state": arm.source,
            "triggers": tuple(dict.fromkeys(open_)),
        }
        acts, _ = part.story(part.diagrams.cube(situation))
        story = tuple(_with_texts(acts, milestone))
        yield Finding("2b", "two-texts", Severity.WARNING, milestone.id, values, story)
        return


def _adopts(gate: Gate) -> bool:
    return isinstance(gate, Decisions) and Effect.FOR in gate.counts and gate.compares_texts


def _goes_on(part: Part, milestone: Milestone, state: str, situation: dict[int, bool]) -> bool:
    """Return whether a milestone can go on from a situation in another way than to stop.

    Whatever opens a round begins anew; what comes after it need not be looked at.
    """
    opening = [event for event in part.events if event.arm is not None and event.arm.opens_round]
    others = [event for event in part.events if event not in opening]
    start = part.diagrams.cube(situation)
    found = reached_from(part.diagrams, grouped(part.diagrams, others), start)
    elsewhere = [each for each in milestone.states if each not in (state, *milestone.bad)]
    able = [part.situations.at(milestone.id, *elsewhere), *(event.guard for event in opening)]
    return part.diagrams.both(found, part.diagrams.any(able)) != NOWHERE


def _with_texts(acts: Iterable[Act], milestone: Milestone) -> Iterator[Act]:
    """Yield acts in which the answers in a milestone are on different texts."""
    text = FIRST
    for act in acts:
        if act.kind is ActKind.DECIDE and act.milestone == milestone.id and not act.text:
            yield replace(act, text=text)
            text = OTHER
        else:
            yield act


def _where_it_ends(
    part: Part, milestone: Milestone, those: int, what: tuple[str, str, Severity]
) -> Finding:
    """Return a finding about some situations, with a short way to one of them."""
    story, situation = part.story(those)
    state = part.situations.state(milestone.id, situation)
    open_ = [
        arm.trigger
        for arm in milestone.arms_from(state)
        if part.diagrams.is_in(part.situations.gate(arm.gate), situation)
    ]
    values: dict[str, Value] = {"state": state, "triggers": tuple(dict.fromkeys(open_))}
    return Finding(*what, milestone.id, values, story)


# --- 3: what is sure -----------------------------------------------------------------------------


def sure_in(part: Part, milestone: Milestone) -> Iterator[Sure]:
    """Yield how many at least agreed on what a milestone asks, wherever it is reached."""
    for state in milestone.good:
        if not part.is_possible(part.situations.at(milestone.id, state)):
            continue
        for request in milestone.requests.values():
            if request.bodies:
                yield _sure(part, milestone, state, request)


def adopted_by_nobody(
    definition: Definition, milestone: Milestone, found: list[Sure]
) -> Iterator[Finding]:
    """Yield the states in which a milestone is reached with nothing of what it asks being sure."""
    for state in milestone.good:
        here = [
            each
            for each in found
            if each.state == state and _can_agree(definition, milestone.requests[each.request])
        ]
        if here and not any(each.least for each in here):
            first = here[0]
            values: dict[str, Value] = {
                "state": state,
                "request": first.request,
                "asked": first.asked,
            }
            yield Finding("3", "adopted-by-nobody", Severity.WARNING, milestone.id, values)


def _can_agree(definition: Definition, request: Request) -> bool:
    """Return whether bodies can answer a request in favour: an opinion adopts nothing."""
    return any(
        outcome.effect is Effect.FOR
        for name in set(request.instruments.values())
        for outcome in definition.instruments[name].outcomes.values()
    )


def _sure(part: Part, milestone: Milestone, state: str, request: Request) -> Sure:
    ref = (milestone.id, request.id)
    if ref not in part.situations.relevant.requests:
        return Sure(milestone.id, state, request.id, 0, len(request.bodies))
    arriving = [
        part.diagrams.both(part.reached, _open(part, milestone, arm))
        for arm in milestone.arms
        if arm.target == state and arm.source != state
    ]
    there = part.diagrams.any(arriving)
    ways = []
    for body in part.situations.bodies_of(ref):
        agreed = _agreed(part, ref, body)
        ways.append(((agreed, 1), (part.diagrams.no(agreed), 0)))
    least, most = 0, len(ways)
    while least < most:
        middle = (least + most) // 2
        few = part.diagrams.weigh(ways, partial(ge, middle))
        if part.diagrams.both(there, few) != NOWHERE:
            most = middle
        else:
            least = middle + 1
    return Sure(milestone.id, state, request.id, least, len(request.bodies))


def _agreed(part: Part, ref: RequestRef, body: str) -> int:
    """Return where a body agreed; where its instrument has no such outcome, where it answered."""
    answers = part.situations.answers_of(ref, body)[1:]
    instrument = part.situations.instrument_of(ref, body)
    wanted = Effect.FOR
    if all(each.effect is not Effect.FOR for each in instrument.outcomes.values()):
        wanted = Effect.ANSWERED
    those = [each for each in answers if each.effect is wanted]
    return part.situations.is_any(("answer", *ref, body), those)


# --- 4, 5: gates that say nothing, or too little -------------------------------------------------


def _always_holds(part: Part, milestone: Milestone) -> Iterator[Finding]:
    """Yield the gates that hold in every situation there is, reached or not."""
    for arm in milestone.arms:
        if arm.gate is None:
            continue
        closed = part.diagrams.no(part.situations.gate(arm.gate))
        if part.diagrams.both(closed, part.situations.possible_values) == NOWHERE:
            values = {"trigger": arm.trigger, "state": arm.source}
            yield Finding("4", "always-holds", Severity.WARNING, milestone.id, values)


def _two_ways(part: Part, milestone: Milestone) -> Iterator[Finding]:
    """Yield what one trigger can mean twice, and the moves of which one has to be named."""
    for state in milestone.states:
        arms = milestone.arms_from(state)
        several: dict[str, None] = {}
        for one, two in combinations(arms, 2):
            both = part.diagrams.both(_open(part, milestone, one), _open(part, milestone, two))
            if not part.is_possible(both):
                continue
            if one.trigger == two.trigger:
                story, _ = part.story(part.diagrams.both(both, part.reached))
                targets = (one.target, two.target)
                values: dict[str, Value] = {
                    "trigger": one.trigger,
                    "state": state,
                    "targets": targets,
                }
                yield Finding("5", "two-ways", Severity.ERROR, milestone.id, values, story)
            elif not one.explicit and not two.explicit:
                several |= dict.fromkeys((one.trigger, two.trigger))
        if several:
            said: dict[str, Value] = {"state": state, "triggers": tuple(several)}
            yield Finding("5b", "several-open", Severity.INFORMATION, milestone.id, said)


# --- 7, 8c: answers that close, answers that are lost --------------------------------------------


def _extra_yes(part: Part, milestone: Milestone) -> Iterator[Finding]:
    """Yield the gates that one more answer in favour closes."""
    yes = [
        event
        for event in part.events
        if event.act.kind is ActKind.DECIDE and _is_yes(part, event.act)
    ]
    for arm in milestone.arms:
        if not any(map(_may_close, gates_in(arm.gate))):
            continue
        open_ = part.diagrams.both(part.reached, _open(part, milestone, arm))
        closed = part.diagrams.no(part.situations.gate(arm.gate))
        for event in yes:
            if not any(adopting(arm.gate, event.act.milestone, event.act.name)):
                continue
            losing = part.diagrams.both(open_, before(part.diagrams, event, closed))
            if losing != NOWHERE:
                story, _ = part.story(losing)
                values = {
                    "trigger": arm.trigger,
                    "state": arm.source,
                    "request": event.act.name,
                    "body": event.act.who,
                }
                last = (*story, event.act)
                yield Finding("7", "extra-yes-closes", Severity.WARNING, milestone.id, values, last)
                break


def _may_close(gate: Gate) -> bool:
    """Return whether one more answer in favour can close a gate: most it can only open."""
    if isinstance(gate, Decisions):
        return gate.rule.cast or Effect.PENDING in gate.counts
    if isinstance(gate, TasksDone):
        return gate.arisen  # by an answer one more may arise
    return isinstance(gate, Not)


def _is_yes(part: Part, act: Act) -> bool:
    instrument = part.situations.instrument_of((act.milestone, act.name), act.who)
    return instrument.outcomes[act.what].effect is Effect.FOR


def _left_behind(part: Part, milestone: Milestone) -> Iterator[Finding]:
    """Yield the rounds that open although answers in favour were given, and none against."""
    for arm in milestone.arms:
        if not arm.opens_round:
            continue
        put = part.situations.holds(("put", milestone.id))
        opening = part.diagrams.all([part.reached, _open(part, milestone, arm), put])
        opening = part.diagrams.without(opening, part.refused(milestone.id))
        opening = part.diagrams.without(opening, part.situations.on_another_text(milestone.id))
        for request in milestone.requests.values():
            ref = (milestone.id, request.id)
            seen = ref in part.situations.relevant.requests
            if arm.source not in _without_a_choice(milestone, request):
                continue
            if not seen or part.situations.looks_at(arm.gate, ref):
                continue
            lost = part.diagrams.both(opening, _somebody_agreed(part, ref))
            if lost != NOWHERE:
                values = {"trigger": arm.trigger, "state": arm.source, "request": request.id}
                story, _ = part.story(lost)
                what = ("8c", "answers-left-behind", Severity.WARNING)
                yield Finding(*what, milestone.id, values, story)


def _without_a_choice(milestone: Milestone, request: Request) -> set[str]:
    """Return the states in which answers are given, and those that follow without being named.

    Who names a move that takes a question back knows that its answers go.
    """
    found: set[str] = set()
    ahead = list(request.admitted_in)
    while ahead:
        state = ahead.pop()
        if state not in found:
            found.add(state)
            ahead += [arm.target for arm in milestone.arms_from(state) if not arm.explicit]
    return found


def _somebody_agreed(part: Part, ref: RequestRef) -> int:
    return part.diagrams.any([_agreed(part, ref, body) for body in part.situations.bodies_of(ref)])
