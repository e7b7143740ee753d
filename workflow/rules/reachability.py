"""Gates that can no longer hold, and why: decisions and departures cannot be undone.

A request that too few bodies can still decide in favour can be put again, if its milestone can open
another round. A gate that lacks bodies, or waits for a milestone that ended in another state, can
never hold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import IntEnum

from definitions.language.text import Text, ntext, text
from definitions.language.values import dataclass, replace
from definitions.model import (
    AllOf,
    AnyOf,
    Arm,
    AtLeast,
    DateReached,
    Decisions,
    DuePast,
    Effect,
    Gate,
    InState,
    Milestone,
    Not,
    PartsAt,
    Request,
    Slot,
    TasksDone,
    TextsDiffer,
    gates_in,
)
from workflow.model.state import DecisionState
from workflow.rules.asked import asked_bodies, asked_subjects
from workflow.rules.available_transitions import open_transitions
from workflow.rules.boards import sits
from workflow.rules.gates import can_be_undone, decisions_on, evaluate
from workflow.rules.snapshot import Snapshot
from workflow.rules.terms import parties_with_term

_ANSWERS = (Effect.ANSWERED, Effect.AGAINST, Effect.FOR)
"""The effects of an answer that closes a question."""


class Reach(IntEnum):
    """How far a gate is from ever holding."""

    OPEN = 0
    """It holds, or it can come to hold."""
    NEXT_ROUND = 1
    """Not in this round any more; in another one it can."""
    NEVER = 2
    """It cannot any more."""


@dataclass(frozen=True, slots=True)
class Shut:
    """A gate that can no longer hold.

    Attributes:
        milestone: the id of the milestone that has it.
        reach: whether it can in another round.
        why: what stands in the way.
        source: the state that its transition leaves; empty of a request.
        target: the state to which that leads; empty of a request.
        request: the request whose bodies wait for it; empty of a transition.
        bodies: those bodies.
    """

    milestone: str
    reach: Reach
    why: tuple[Text, ...]
    source: str = ""
    target: str = ""
    request: str = ""
    bodies: tuple[str, ...] = ()


def newly_shut(before: Snapshot, after: Snapshot) -> list[Shut]:
    """Return the gates that could hold before and cannot any more, of this state or a later one.

    Args:
        before: the process before something was recorded.
        after: the process after it.
    """
    then, now = _Looking(*before.parts), _Looking(*after.parts)
    found: list[Shut] = []
    for milestone in after.definition.milestones.values():
        if after.state.milestones[milestone.id].state not in milestone.final:
            found += _arms(milestone, then, now)
            for request in milestone.requests.values():
                found += _request(milestone, request, then, now)
    return [each for at, each in enumerate(found) if each not in found[:at]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A gate that holds, and did not before.

    Attributes:
        target: the state to which its transition leads; empty of a request.
        request: the request whose bodies can decide by it; empty of a transition.
        bodies: those bodies.
    """

    milestone: str
    target: str = ""
    request: str = ""
    bodies: tuple[str, ...] = ()


def newly_held(then: Snapshot, now: Snapshot) -> list[Opened]:
    """Return the gates of where each milestone is that hold and did not before."""
    found: list[Opened] = []
    for milestone in now.definition.milestones.values():
        at = now.state.milestones[milestone.id].state
        found += [
            Opened(milestone.id, way.arm.target)
            for way in open_transitions(milestone, now)
            if not way.arm.explicit and not evaluate(way.arm.gate, then).holds
        ]
        for request in milestone.requests.values() if at not in milestone.final else ():
            if request.way is not None and at in request.admitted_in:
                bodies = tuple(_freed(request, milestone.id, then, now))
                found += [Opened(milestone.id, "", request.id, bodies)] if bodies else []
    return found


def _freed(request: Request, milestone: str, then: Snapshot, now: Snapshot) -> Iterator[str]:
    """Yield the bodies that can decide and could not before."""
    given = decisions_on(now.state, milestone, request)
    for body in asked_bodies(now, milestone, request):
        party = now.definition.party_of(body)
        waited = not evaluate(request.way, then, party).holds
        if body not in given and waited and evaluate(request.way, now, party).holds:
            yield body


def reach_of(now: Snapshot, gate: Gate | None) -> Reach:
    """Return how far a gate is from ever holding."""
    return _Looking(*now.parts).reach(gate)


def _arms(milestone: Milestone, then: "_Looking", now: "_Looking") -> Iterator[Shut]:
    at = now.state.milestones[milestone.id].state
    ahead = now.ahead(milestone, at)
    for arm in milestone.arms:
        if arm.explicit or arm.source not in ahead:
            continue
        reach = now.reach(arm.gate)
        bound_to_round = reach is Reach.NEXT_ROUND and arm.source != at
        if reach is Reach.OPEN or bound_to_round or then.reach(arm.gate) >= reach:
            continue
        if not any(_is_instead(milestone, each, arm, now) for each in milestone.arms):
            why = tuple(now.why(arm.gate, reach))
            yield Shut(milestone.id, reach, why, arm.source, arm.target)


def _is_instead(milestone: Milestone, other: Arm, arm: Arm, now: "_Looking") -> bool:
    """Return whether another way is open, or, where one leads to the end in vain, possible.

    That one of two outcomes excludes the other is no news.
    """
    if other.explicit or other.source != arm.source or other is arm:
        return False
    in_vain = arm.target in milestone.bad and other.target not in milestone.bad
    return now.holds(other.gate) or (in_vain and now.reach(other.gate) is Reach.OPEN)


def _request(
    milestone: Milestone, request: Request, then: "_Looking", now: "_Looking"
) -> Iterator[Shut]:
    """Yield the bodies that can no longer decide, those for the same reason together."""
    at = now.state.milestones[milestone.id].state
    if not now.can_be_unable(request):
        return
    if not {at, *now.ahead(milestone, at)} & {*request.admitted_in}:
        return
    given = decisions_on(now.state, milestone.id, request)
    found: list[Shut] = []
    for body in asked_bodies(now, milestone.id, request):
        if body in given and given[body].closes:
            continue
        party = now.definition.party_of(body)
        reach = now.reach(request.after, party)
        if reach is not Reach.OPEN and then.reach(request.after, party) < reach:
            why = tuple(now.why(request.after, reach, party))
            shut = Shut(milestone.id, reach, why, request=request.id)
            same = [each for each in found if replace(each, bodies=()) == shut]
            together = (*(each for one in same for each in one.bodies), body)
            found = [each for each in found if each not in same]
            found.append(replace(shut, bodies=together))
    yield from found


@dataclass(frozen=True, slots=True)
class _Looking(Snapshot):
    """A process on a day, and the gates that can still hold in it."""

    _ways: dict[tuple[str, tuple[str, ...]], Reach] = field(default_factory=dict)
    _asking: set[tuple[str, str]] = field(default_factory=set)

    def holds(self, gate: Gate | None) -> bool:
        """Return whether a gate holds."""
        return evaluate(gate, self).holds

    def ahead(self, milestone: Milestone, state: str) -> Mapping[str, None]:
        """Return a state, and those that can come after it."""
        found: dict[str, None] = {}
        waiting = [state]
        while waiting:
            at = waiting.pop()
            if at not in found:
                found[at] = None
                waiting += [arm.target for arm in milestone.arms_from(at)]
        return found

    # --- how far it is --------------------------------------------------------------------------

    def reach(self, gate: Gate | None, party: str | None = None) -> Reach:
        """Return how far a gate is from ever holding."""
        match gate:
            case None | PartsAt() | DateReached():
                return Reach.OPEN
            case Decisions():
                return self._decisions(gate, party)
            case TextsDiffer():
                return self._texts_differ(gate)
            case TasksDone():
                return self._tasks(gate, party)
            case InState():
                return self._in_state(gate)
            case DuePast(ref):
                due = self.definition.dues[ref]
                whose = parties_with_term(self, due)
                return Reach.NEVER if party is None and whose == () else Reach.OPEN
            case AllOf() | AnyOf() | AtLeast():
                return _reach_of(gate.needed, [self.reach(each, party) for each in gate.gates])
            case Slot(_, inner):
                return self.reach(inner, party)
            case Not(inner):
                return self._not(inner, party)

    def _decisions(self, gate: Decisions, party: str | None) -> Reach:
        finding = evaluate(gate, self, party)
        if finding.holds:
            return Reach.OPEN
        asked, needed = self._asked(gate, party)
        if not asked or needed > asked:
            return Reach.NEVER
        if finding.reachable and not self._held_back(gate, finding.waiting_for, party):
            return Reach.OPEN
        return self._another_round(gate.milestone)

    def _texts_differ(self, gate: TextsDiffer) -> Reach:
        """Return how far it is from two texts that differ.

        It takes for granted that who did not decide yet still can.
        """
        finding = evaluate(gate, self)
        if finding.holds or finding.reachable:
            return Reach.OPEN
        return self._another_round(gate.milestone)

    def _held_back(self, gate: Decisions, undecided: tuple[str, ...], party: str | None) -> bool:
        """Return whether too few bodies can still decide, as others never can in this round.

        Their own prerequisite can never be met, so they count as decided in a way that does not
        count.
        """
        unable = self._unable(gate, undecided)
        # Of the votes cast they have none once their term has passed; without one, the voting is
        # never over, and a gate counts on the worst.
        silent = not gate.rule.cast or self._has_term(gate)
        spare = [
            each
            for each in (_ANSWERS if silent else reversed(_ANSWERS))
            if not gate.includes("", each)
        ]
        if not unable or not spare:
            return False
        number = self.state.round_of(gate.milestone)
        said = DecisionState("", spare[0], "", self.day, 0, None, (), 0, (), (), out_of_order=False)
        given = {(gate.milestone, gate.request, number, body): said for body in unable}
        state = replace(self.state, decisions={**self.state.decisions, **given})
        return not evaluate(gate, self.with_state(state), party).reachable

    def _has_term(self, gate: Decisions) -> bool:
        request = self.definition.milestones[gate.milestone].requests[gate.request]
        return request.due is not None

    def _unable(self, gate: Decisions, undecided: tuple[str, ...]) -> list[str]:
        """Return those of some bodies that cannot decide any more, whatever others do."""
        request = self.definition.milestones[gate.milestone].requests[gate.request]
        asked = (gate.milestone, gate.request)
        if asked in self._asking or not self.can_be_unable(request):
            return []
        self._asking.add(asked)  # meanwhile: who waits for itself is another matter
        unable = [
            body
            for body in undecided
            if self.reach(request.after, self.definition.party_of(body)) is not Reach.OPEN
            or not sits(self, body)
        ]
        self._asking.discard(asked)
        return unable

    def can_be_unable(self, request: Request) -> bool:
        """Return whether anything is on record by which some bodies cannot decide any more.

        Mostly nothing is, and hundreds of bodies need not be looked at one by one.
        """
        if self.state.departures:
            return True
        for gate in gates_in(request.after):
            if isinstance(gate, Decisions):
                of = self.definition.milestones[gate.milestone].requests[gate.request]
                given = decisions_on(self.state, gate.milestone, of).values()
                if any(
                    each.closes and not gate.includes(each.outcome, each.effect) for each in given
                ):
                    return True
            elif isinstance(gate, InState | Not):
                return True
        return False

    def _asked(self, gate: Decisions, party: str | None) -> tuple[int, int]:
        """Return the total weight of the bodies that can decide, and the weight required."""
        request = self.definition.milestones[gate.milestone].requests[gate.request]
        named = (gate.body,) if gate.body else None
        bodies = [
            body
            for body in asked_bodies(self, gate.milestone, request, of=named)
            if not gate.own or self.definition.party_of(body) == party
        ]
        able = [body for body in bodies if sits(self, body)]
        weigh = self.definition.weight_of if gate.rule.weighted else _one
        of = able if gate.rule.cast else bodies
        return sum(map(weigh, able)), gate.rule.needed(sum(map(weigh, of)))

    def _another_round(self, name: str) -> Reach:
        milestone = self.definition.milestones[name]
        ahead = self.ahead(milestone, self.state.milestones[name].state)
        again = any(arm.opens_round and arm.source in ahead for arm in milestone.arms)
        return Reach.NEXT_ROUND if again else Reach.NEVER

    def _tasks(self, gate: TasksDone, party: str | None) -> Reach:
        if evaluate(gate, self, party).holds:
            return Reach.OPEN
        there = 0
        for ref in gate.tasks:
            task = self.definition.tasks[ref]
            own = gate.own and party in task.subjects
            there += 1 if own else len(asked_subjects(self, task))
        return Reach.NEVER if gate.rule.needed(there) > there else Reach.OPEN

    def _in_state(self, gate: InState) -> Reach:
        """Return whether a milestone can still come to one of some states; on whatever way."""
        key = (gate.milestone, gate.states)
        if key not in self._ways:
            self._ways[key] = Reach.OPEN  # meanwhile: who waits for itself is another matter
            self._ways[key] = self._way_to(gate)
        return self._ways[key]

    def _way_to(self, gate: InState) -> Reach:
        milestone = self.definition.milestones[gate.milestone]
        waiting = [self.state.milestones[gate.milestone].state]
        seen = set(waiting)
        while waiting:
            at = waiting.pop()
            if at in gate.states:
                return Reach.OPEN
            for arm in milestone.arms_from(at):
                if arm.target not in seen and self.reach(arm.gate) is not Reach.NEVER:
                    seen.add(arm.target)
                    waiting.append(arm.target)
        return Reach.NEVER

    def _not(self, gate: Gate, party: str | None) -> Reach:
        """Return how far it is from a gate not holding."""
        match gate:
            case AllOf() | AnyOf() | AtLeast():
                others = len(gate.gates) - gate.needed + 1
                return _reach_of(others, [self._not(each, party) for each in gate.gates])
            case Slot(_, inner):
                return self._not(inner, party)
            case Not(inner):
                return self.reach(inner, party)
            case _ if not evaluate(gate, self, party).holds:
                return Reach.OPEN
            case Decisions() if can_be_undone(gate, self, party):
                return Reach.OPEN
            case Decisions() | TextsDiffer():
                return self._another_round(gate.milestone)
            case InState():
                milestone = self.definition.milestones[gate.milestone]
                ahead = self.ahead(milestone, self.state.milestones[gate.milestone].state)
                return Reach.OPEN if any(e not in gate.states for e in ahead) else Reach.NEVER
            case TasksDone(arisen=True):
                return Reach.OPEN  # another may arise
            case TasksDone() if any(self.definition.tasks[ref].each_round for ref in gate.tasks):
                return Reach.NEXT_ROUND
            case DuePast() | PartsAt():
                return Reach.OPEN  # it can be given another date, or another level
            case _:
                return Reach.NEVER

    # --- why ------------------------------------------------------------------------------------

    def why(self, gate: Gate | None, reach: Reach, party: str | None = None) -> Iterator[Text]:
        """Yield the reasons why a gate is out of reach: its inner gates that are as far off."""
        match gate:
            case AllOf(gates) | AnyOf(gates) | AtLeast(_, gates):
                for each in gates:
                    if self.reach(each, party) >= reach:
                        yield from self.why(each, reach, party)
            case Slot(_, inner):
                yield from self.why(inner, reach, party)
            case None:
                pass
            case _:
                yield self._why(gate, party)

    def _why(self, gate: Gate, party: str | None) -> Text:
        finding = evaluate(gate, self, party)
        match gate:
            case Decisions():
                asked, needed = self._asked(gate, party)
                values = {"subject": finding.subject, "asked": asked, "needed": needed}
                if needed > asked and gate.rule.weighted:
                    return text(
                        "{subject}: a weight of {needed} is needed, and those who are asked have "
                        "{asked}",
                        **values,
                    )
                if needed > asked:
                    return ntext(
                        "{subject}: {needed} are needed, and {n} remains",
                        "{subject}: {needed} are needed, and {n} remain",
                        asked,
                        **values,
                    )
                unable = self._unable(gate, finding.waiting_for)
                if finding.reachable and unable:
                    return text(
                        "{subject}: {reason}, and {bodies} cannot decide any more",
                        subject=finding.subject,
                        reason=finding.reason,
                        bodies=unable,
                    )
            case InState():
                return text(
                    "{milestone} can no longer come to “{states}”",
                    milestone=gate.milestone,
                    states=gate.states,
                )
            case _:
                pass
        if not finding.subject:
            return finding.reason
        return text("{subject}: {reason}", subject=finding.subject, reason=finding.reason)


def _reach_of(needed: int, reaches: list[Reach]) -> Reach:
    """Return how far it is from so many of some gates holding."""
    if needed > len(reaches):
        return Reach.NEVER
    return sorted(reaches)[needed - 1] if needed else Reach.OPEN


def _one(_: str) -> int:
    return 1
