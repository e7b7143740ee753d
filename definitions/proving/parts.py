"""The parts of a proof: each milestone with those it waits for, seen from outside where possible.

A milestone is proved by itself where it waits for no other. Where it waits for another to come into
a state that is not left again, all it can see of that other is whether it is there, may still come
there, or never will: a *face* of four looks, which is worked out once, on the other's own part. The
other does what it does whatever happens here, so nothing is lost by that. In every other case the
milestones are looked at together.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from definitions.language.values import dataclass
from definitions.model import (
    Arising,
    Decisions,
    Definition,
    InState,
    Milestone,
    TextsDiffer,
)
from definitions.proving.diagrams import NOWHERE, Diagrams
from definitions.proving.events import Event, events_of
from definitions.proving.relevant import Relevant, bounds_of, relevant_in
from definitions.proving.situations import IS, Situations
from definitions.proving.sweeps import before, grouped, leading_to, reached_from, story_to, way_to
from definitions.proving.verdict import Act, ActKind

FEW = 4
"""How many situations of a round that has just opened are looked at one by one."""
MAY, WILL, NEVER = "may", "will", "never"
"""How a milestone looks that is not there: it may come there or never; will in the end; cannot."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is looked at for one milestone.

    Attributes:
        milestones: those in full, it among them.
        faces: those seen from outside, each with the states for which it is waited.
    """

    milestones: tuple[str, ...]
    faces: Mapping[str, tuple[str, ...]]


# --- what to look at -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reads:
    """What the gates of a milestone see of others.

    Attributes:
        states: of each other, the sets of states for which it is waited.
        inside: those of which more is seen: answers, tasks, or that a state was once entered.
        shared: what is seen and belongs to no milestone.
    """

    states: Mapping[str, frozenset[tuple[str, ...]]]
    inside: frozenset[str]
    shared: frozenset[str]

    @property
    def others(self) -> set[str]:
        """All the milestones that are seen."""
        return {*self.states, *self.inside}


def _reads(definition: Definition, name: str) -> _Reads:
    relevant = relevant_in(definition, (name,))
    states: dict[str, set[tuple[str, ...]]] = {}
    for gate in relevant.gates:
        if isinstance(gate, InState) and gate.milestone != name:
            states.setdefault(gate.milestone, set()).add(tuple(sorted(gate.states)))
    for other, state in relevant.states:
        if other != name:
            states.setdefault(other, set()).add((state,))
    inside = {ref[0] for ref in relevant.requests} | {ref.milestone for ref in relevant.tasks}
    inside |= {
        gate.milestone for gate in relevant.gates if isinstance(gate, Decisions | TextsDiffer)
    }
    inside |= {
        each.id
        for each in definition.milestones.values()
        for entering in each.entering.values()
        if any(stopped == name for stopped, _ in entering.stops)
        or (relevant.requests and (entering.leaves or entering.joins))
    }
    return _Reads(
        {other: frozenset(each) for other, each in states.items()},
        frozenset(inside - {name, ""}),
        frozenset(_shared(definition, relevant)),
    )


def _shared(definition: Definition, relevant: Relevant) -> Iterator[str]:
    """Yield what several milestones may see that belongs to none of them."""
    yield from relevant.dates
    yield from relevant.dues
    for due in relevant.dues:
        for each in bounds_of(definition.dues[due]):
            yield each.anchor or ""
    for part in relevant.parts:
        yield part.deliverable
    for ref in relevant.tasks:
        arises = definition.tasks[ref].arises
        if not ref.milestone:
            yield str(ref)
        if arises is not None and arises.kind is Arising.REPLANNED:
            yield "replanned"


def _cut(definition: Definition, name: str, reads: Mapping[str, _Reads]) -> Cut:
    """Return what is looked at for a milestone: as few as possible in full."""
    full = {name}
    while True:
        faces = {other: states for each in full for other, states in reads[each].states.items()}
        wanted = {other for each in full for other in reads[each].others} - full
        more = {other for other in wanted if not _has_face(definition, other, full, wanted, reads)}
        if not more:
            whole = tuple(each for each in definition.milestones if each in full)
            return Cut(whole, {other: next(iter(faces[other])) for other in sorted(wanted)})
        full |= more


def _has_face(
    definition: Definition,
    other: str,
    full: set[str],
    wanted: set[str],
    reads: Mapping[str, _Reads],
) -> bool:
    """Return whether all that some milestones can see of another is a face."""
    sets = {states for each in full for states in reads[each].states.get(other, ())}
    if len(sets) != 1 or any(other in reads[each].inside for each in full):
        return False
    if any(
        arm.source in next(iter(sets)) and arm.target not in next(iter(sets))
        for arm in definition.milestones[other].arms
    ):
        return False
    behind = _behind(other, reads)
    if behind & full:
        return False  # it waits for one of these
    shared = {one for each in full for one in reads[each].shared}
    if any(reads[each].shared & shared for each in behind):
        return False
    beside = [_behind(each, reads) for each in wanted if each != other]
    return not any(behind & each for each in beside) and not any(
        reads[one].shared & reads[two].shared for each in beside for one in each for two in behind
    )


def _behind(name: str, reads: Mapping[str, _Reads]) -> set[str]:
    """Return a milestone and all that it depends on."""
    found: set[str] = set()
    ahead = [name]
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead += reads[each].others
    return found


# --- one part ------------------------------------------------------------------------------------


class Proof:
    """The parts of a definition, each worked out when it is first asked for."""

    def __init__(self, definition: Definition, limit: int, *, together: bool = False) -> None:
        """Take a definition.

        Args:
            definition: what is proved.
            limit: the most nodes that one part may take.
            together: all milestones are looked at at once, as one part.
        """
        self.definition = definition
        self.limit = limit
        reads = {name: _reads(definition, name) for name in definition.milestones}
        self._behind = {name: _behind(name, reads) for name in definition.milestones}
        whole = Cut(tuple(definition.milestones), {})
        self._cuts = {
            name: whole if together else _cut(definition, name, reads)
            for name in definition.milestones
        }
        self._parts: dict[tuple[str, ...], Part] = {}

    def part_of(self, milestone: str) -> "Part":
        """Return the part in which a milestone is proved.

        Raises:
            TooLarge: it takes more nodes than are allowed.
        """
        cut = self._cuts[milestone]
        key = (*cut.milestones, "|", *cut.faces)
        if key not in self._parts:
            self._parts[key] = self._part(cut)
        return self._parts[key]

    def on_texts(self, milestone: str) -> "Part":
        """Return a part in which every answer that counts is on a text; it is not kept.

        Raises:
            TooLarge: it takes more nodes than are allowed.
        """
        return self._part(self._cuts[milestone], texts=True)

    def _part(self, cut: Cut, *, texts: bool = False) -> "Part":
        parents = {other: self.part_of(other) for other in cut.faces}
        behind = {name: self._behind[name] for name in cut.milestones}
        return Part(self.definition, cut, parents, behind, self.limit, texts=texts)

    def milestones_with(self, milestone: str) -> tuple[str, ...]:
        """Return the milestones that are looked at together with one."""
        return self._cuts[milestone].milestones


class Part:
    """Some milestones in full, and what they see of others."""

    def __init__(
        self,
        definition: Definition,
        cut: Cut,
        parents: Mapping[str, "Part"],
        behind: Mapping[str, set[str]],
        limit: int,
        *,
        texts: bool = False,
    ) -> None:
        """Work out what can happen.

        Args:
            definition: of which it is a part.
            cut: what is looked at.
            parents: the parts of the milestones that are seen from outside.
            behind: per milestone, itself and all that it depends on.
            limit: the most nodes that it may take.
            texts: every answer that counts is on a text.

        Raises:
            TooLarge: it takes more nodes than are allowed.
        """
        self.cut = cut
        self.parents = parents
        self._behind = behind
        self._looks = {
            other: part.looks(other, cut.faces[other]) for other, part in parents.items()
        }
        first = {
            other: (look.first, *(each for each in (MAY, WILL, NEVER, IS) if each != look.first))
            for other, look in self._looks.items()
        }
        self.diagrams = Diagrams(limit)
        self.situations = Situations(definition, self.diagrams, cut.milestones, first, texts=texts)
        self.events = [*self._of_faces(), *events_of(self.situations)]
        self.groups = grouped(self.diagrams, self.events)
        self._leading: dict[int, int] = {}
        self._coming: dict[int, int] = {}
        self.start = self.diagrams.cube(self.situations.beginning)

    @cached_property
    def reached(self) -> int:
        """All situations that can be reached."""
        found = reached_from(self.diagrams, self.groups, self.start)
        self.diagrams.forget()
        return found

    @property
    def size(self) -> int:
        """The number of situations that can be reached."""
        return self.diagrams.count(self.reached, self.situations.variables)

    def leading_to(self, those: int) -> int:
        """Return the situations from which some can still come about.

        What leads to the start, or to a round that has just opened, leads to all that comes after
        that. So this is looked at first: those sets are simple, and once they are there, so are the
        sets of what leads to the rest.
        """
        those = self.diagrams.both(those, self.reached)
        if those not in self._leading:
            able = self.diagrams.any([each for each in self._fresh if self._comes(each, those)])
            base = leading_to(self.diagrams, self.groups, able, self.reached)
            either = self.diagrams.either(base, those)
            found = leading_to(self.diagrams, self.groups, either, self.reached)
            while (more := self._by_another_first(found)) != NOWHERE:
                either = self.diagrams.either(found, more)
                found = leading_to(self.diagrams, self.groups, either, self.reached)
            self._leading[those] = found
        return self._leading[those]

    def _by_another_first(self, found: int) -> int:
        """Return the other situations that are among some if another text is called the first."""
        rest = self.diagrams.without(self.reached, found)
        more = [
            self.diagrams.both(rest, self.situations.by_another_first(keys, found))
            for keys in self.situations.uneven_texts
            if self.diagrams.both(rest, self.situations.on_their_own(keys)) != NOWHERE
        ]
        return self.diagrams.any(more)

    def _comes(self, fresh: int, those: int) -> bool:
        """Return whether something comes after a situation."""
        if fresh == self.start:
            return those != NOWHERE
        if fresh not in self._coming:
            self._coming[fresh] = reached_from(self.diagrams, self.groups, fresh)
        return self.diagrams.both(self._coming[fresh], those) != NOWHERE

    @cached_property
    def _fresh(self) -> tuple[int, ...]:
        """The start, and the situations in which a round has just opened, where they are few."""
        found = {self.start: None}
        variables = self.situations.variables
        for event in self.events:
            if event.arm is not None and event.arm.opens_round:
                opened = self._after(event, self.reached)
                if 0 < self.diagrams.count(opened, variables) <= FEW:
                    found |= dict.fromkeys(self._single(opened))
        return tuple(found)

    def _single(self, those: int) -> Iterator[int]:
        """Yield each of some situations by itself."""
        while those != NOWHERE:
            picked = dict.fromkeys(range(self.situations.variables), False)
            one = self.diagrams.cube(picked | self.diagrams.pick(those))
            yield one
            those = self.diagrams.without(those, one)

    # --- faces ---------------------------------------------------------------------------------

    def looks(self, milestone: str, states: tuple[str, ...]) -> "Looks":
        """Return how a milestone looks to one that waits for it to come into some states."""
        made = self.diagrams
        there = made.both(self.situations.at(milestone, *states), self.reached)
        able = self.leading_to(there)
        never = made.without(self.reached, able)
        losing = self.leading_to(never)
        sets = {
            IS: there,
            NEVER: never,
            MAY: made.without(made.both(able, losing), there),
            WILL: made.without(made.without(able, losing), there),
        }
        first = next(name for name, those in sets.items() if made.both(self.start, those))
        found = {
            (one, two)
            for one in (MAY, WILL)
            for two in sets
            if one != two
            and any(made.both(self._after(event, sets[one]), sets[two]) for event in self.events)
        }
        return Looks(first, sets, frozenset(found))

    def _after(self, event: Event, those: int) -> int:
        return self.diagrams.put(event.values, self.diagrams.both(those, event.guard))

    def _of_faces(self) -> Iterator[Event]:
        """Yield that another milestone comes to look otherwise."""
        for other, looks in self._looks.items():
            cell = self.situations.cells["face", other]
            for first, then in sorted(looks.steps):
                guard = self.diagrams.cube(cell.setting(first))
                act = Act(ActKind.MOVE, other, "", what=then)
                yield Event(act, other, guard, cell.setting(then))

    # --- stories -------------------------------------------------------------------------------

    def story(self, wanted: int) -> tuple[tuple[Act, ...], dict[int, bool]]:
        """Return a short way from the start to one of some situations.

        Returns:
            Its acts, and the situation to which they lead.
        """
        events, situation = self.way(self.situations.beginning, wanted)
        return tuple(self.told(events)), situation

    def way(self, here: dict[int, bool], wanted: int) -> tuple[list[Event], dict[int, bool]]:
        """Return the events of a short way to one of some situations, and which one that is."""
        events = self._by_moves(here, wanted)
        if events is None:
            events = story_to(self.diagrams, self.events, self.diagrams.cube(here), wanted) or []
        for event in events:
            here = {**here, **event.values}
        return events, here

    def _by_moves(self, here: dict[int, bool], wanted: int, last: int = 2) -> list[Event] | None:
        """Return a way found by looking at few situations one by one; None where none was.

        Args:
            here: where it begins.
            wanted: where it may end.
            last: how many moves are tried as the last ones: answers that opened a gate may be
                forgotten in the state that it leads to.
        """
        there = self.diagrams.nearest(wanted, here)
        found = way_to(self.diagrams, self.events, here, there)
        if found is not None or not last:
            return found
        for event in self.events:
            if event.arm is not None:
                came = self.diagrams.both(before(self.diagrams, event, wanted), self.reached)
                way = self._by_moves(here, came, last - 1) if came != NOWHERE else None
                if way is not None:
                    return [*way, event]
        return None

    @cached_property
    def in_full(self) -> tuple[Milestone, ...]:
        """The milestones that are looked at in full."""
        return tuple(self.situations.definition.milestones[name] for name in self.cut.milestones)

    @cached_property
    def given_up(self) -> int:
        """Where another milestone, seen from outside, can no longer come where it is waited for."""
        never = [self.situations.is_any(("face", other), (NEVER,)) for other in self.parents]
        return self.diagrams.any(never)

    def refused(self, milestone: str) -> int:
        """Return where somebody answered against in a milestone, or where that waits for others."""
        behind = (name for name in self.cut.milestones if self.depends(milestone, name))
        return self.diagrams.any([self.situations.against(name) for name in behind])

    def depends(self, one: str, other: str) -> bool:
        """Return whether a milestone depends on another."""
        return other in self._behind[one]

    def told(self, events: list[Event]) -> Iterator[Act]:
        """Yield the acts of some events, with what other milestones do for them."""
        where = {other: part.situations.beginning for other, part in self.parents.items()}
        for event in events:
            other = event.act.milestone
            if event.arm is None and event.act.kind is ActKind.MOVE and other in self.parents:
                part = self.parents[other]
                looks = self._looks[other].sets[event.act.what]
                more, where[other] = part.way(where[other], looks)
                yield from part.told(more)
            else:
                yield event.act

    def is_possible(self, those: int) -> bool:
        """Return whether some situations can be reached."""
        return self.diagrams.both(those, self.reached) != NOWHERE


@dataclass(frozen=True, slots=True)
class Looks:
    """How a milestone looks to one that waits for it.

    Attributes:
        first: at the start.
        sets: the situations of its own part, by how it looks in them.
        steps: how it can come to look otherwise by one act.
    """

    first: str
    sets: Mapping[str, int]
    steps: frozenset[tuple[str, str]]
