"""The order of events in a process, from its definition and its present state.

The states of a milestone follow one another along transitions that need not be named. A gate has to
hold before its transition, and an ``after`` before each body decides. An event that only some
states admit comes after the first of them is entered, and before the last is left. A due that
counts from an event comes after it, and one that is due before an event comes before it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from math import comb
from typing import NamedTuple

from definitions.calendar.dates import UNKNOWN, PartialDate
from definitions.language.values import replace
from definitions.model import (
    AllOf,
    AnyOf,
    Arising,
    AtLeast,
    DateReached,
    Decisions,
    Due,
    DuePast,
    Effect,
    Gate,
    InState,
    Milestone,
    Not,
    PartsAt,
    Relation,
    Request,
    Slot,
    Task,
    TaskRef,
    TasksDone,
    TextsDiffer,
    gates_in,
)
from workflow.model.state import DecisionState, is_put
from workflow.rules.arising import arisen_on
from workflow.rules.asked import asked_bodies, asked_subjects
from workflow.rules.gates import decisions_on, is_asked, needed_tasks
from workflow.rules.paths_ahead import paths_ahead
from workflow.rules.precedence import (
    IMPOSSIBLE,
    NOTHING,
    Course,
    Enough,
    Event,
    Follows,
    From,
    Label,
    Requirement,
    Until,
    alike,
    always,
    either,
    events_always,
    every,
    leaves,
    renamed,
)
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import instance
from workflow.rules.terms import (
    bound_date,
    due_date,
    end_is_settled,
    happened_on,
    is_counted_per_party,
    parties_with_term,
)


def state_event(milestone: str, state: str) -> Event:
    """Return the event that a milestone enters a state."""
    return ("state", milestone, state)


def answer_event(milestone: str, request: str, body: str) -> Event:
    """Return the event that a body answers a request."""
    return ("answer", milestone, request, body)


def task_event(ref: TaskRef, subject: str) -> Event:
    """Return the event that a task is done, for one party or group."""
    return ("task", ref.milestone, ref.task, subject)


class _Of(NamedTuple):
    """Whose gate it is.

    Attributes:
        party: whose own decisions and tasks are asked.
        sole: what cannot take place without it; None where there is another way.
        place: the milestone, and the state it is in by then, where that is known.
    """

    party: str = ""
    sole: Event | None = None
    place: tuple[str, str] | None = None


class Ordering(NamedTuple):
    """The requirements of each future event, and the known deadlines.

    Attributes:
        unknown: the dues of future events that have no date yet.
    """

    asked: Mapping[Event, Requirement]
    dated: Mapping[Event, Label]
    unknown: tuple[str, ...]

    def course(self) -> Course:
        """Return the first day of each event."""
        return Course(self.asked, self.dated)


def ordering(now: Snapshot) -> Ordering:
    """Return the order of all that is still to come."""
    return _Process(now).ordering()


class _Process:
    """Finds out what each event of a process requires."""

    def __init__(self, now: Snapshot) -> None:
        self._now = now
        self._asked: dict[Event, list[Requirement]] = {}
        self._dated: dict[Event, Label] = {}
        self._unknown: dict[str, None] = {}
        self._given: dict[tuple[str, str], Mapping[str, DecisionState]] = {}
        self._own: dict[tuple[str, str], dict[str, list[str]]] = {}
        self._dates: dict[tuple[str, str], PartialDate] = {}
        self._each_their_own: dict[str, bool] = {}
        self._first_comes: list[tuple[Event, Event]] = []
        self._ahead = {
            name: paths_ahead(milestone, now.state.milestones[name].state)
            for name, milestone in now.definition.milestones.items()
            if now.state.milestones[name].state not in milestone.final
        }

    def ordering(self) -> Ordering:
        """Return which steps come before which."""
        for name in self._ahead:
            milestone = self._now.definition.milestones[name]
            self._states(milestone)
            for request in milestone.requests.values():
                self._answers(milestone, request)
        for task in self._now.definition.tasks.values():
            if not task.ref.milestone or task.ref.milestone in self._ahead:
                self._tasks(task)
        self._dues_before()
        self._closings()
        asked = {event: every(*parts) for event, parts in self._asked.items()}
        names = alike(asked, self._dated)
        return Ordering(
            {each: renamed(asked[each], names) for each in dict.fromkeys(names.values())},
            {each: label for each, label in self._dated.items() if names[each] == each},
            tuple(self._unknown),
        )

    # --- events --------------------------------------------------------------------------------

    def _states(self, milestone: Milestone) -> None:
        ahead, at = self._ahead[milestone.id], self._now.state.milestones[milestone.id]
        for name, arms in ahead.into.items():
            event = state_event(milestone.id, name)
            self._asked[event] = []
            sole = event if len(arms) == 1 else None
            ways = [
                every(
                    self._entered(milestone.id, arm.source),
                    self._gate(arm.gate, _Of("", sole, (milestone.id, arm.source))),
                )
                for arm in arms
            ]
            due = milestone.dues.get(name)
            self._asked[event] += [either(*ways)]
            if due is not None and name not in at.entered:
                self._asked[event].append(self._due(event, due, ""))

    def _entered(self, milestone: str, state: str) -> Requirement:
        """Return the requirements for a milestone to be, or have been, in a state."""
        now = self._now.state.milestones[milestone].state
        if now == state:
            return NOTHING
        ahead = self._ahead.get(milestone)
        if ahead is None or state not in ahead.into:
            return IMPOSSIBLE
        return Follows(state_event(milestone, state))

    def _in_one_of(self, milestone: str, states: Iterable[str]) -> Requirement:
        ways = (self._entered(milestone, state) for state in states)
        return either(*(way for way in ways if way != IMPOSSIBLE))

    def _answers(self, milestone: Milestone, request: Request) -> None:
        at = self._now.state.milestones[milestone.id]
        given = decisions_on(self._now.state, milestone.id, request)
        past = is_put(milestone, at) and at.state not in request.admitted_in
        admitted = self._in_one_of(milestone.id, request.admitted_in)
        for body in asked_bodies(self._now, milestone.id, request):
            if body in given and given[body].closes:
                continue
            party = self._now.definition.party_of(body)
            event = answer_event(milestone.id, request.id, body)
            self._asked[event] = [admitted, self._options(request)]
            self._asked[event].append(self._after(request, party, event))
            if request.due is not None and not past:
                self._asked[event].append(self._due(event, request.due, party))

    def _after(self, request: Request, party: str, event: Event) -> Requirement:
        """Return the requirements of a body; computed once where they are the same for all."""
        gate = request.way
        if gate is None or any(self._is_own(each) for each in gates_in(gate)):
            return self._gate(gate, _Of(party, event))
        all_of: Event = ("gate", *event[1:3])
        if all_of not in self._asked:
            self._asked[all_of] = [self._gate(gate, _Of(party, ("all", *event[:3])))]
        found = self._asked[all_of][0]
        windows = any(isinstance(leaf, Until) for leaf in leaves(found))
        return found if windows else Follows(all_of)

    def _is_own(self, gate: Gate) -> bool:
        match gate:
            case Decisions() | TasksDone():
                return gate.own
            case DuePast(ref):
                return is_counted_per_party(self._now.definition, self._now.definition.dues[ref])
            case _:
                return False

    def _options(self, request: Request) -> Requirement:
        """Return the requirements for there to be something to choose from."""
        if request.options is None or request.options.within is None:
            return NOTHING
        milestone, name = request.options.within
        earlier = self._now.definition.milestones[milestone].requests[name]

        def counts(said: DecisionState) -> bool:
            return said.effect is Effect.FOR

        return self._decided(milestone, earlier, earlier.bodies, counts, 1)

    def _tasks(self, task: Task) -> None:
        if task.repeats or task.yearly:
            return
        where = task.ref.milestone
        admitted = self._in_one_of(where, task.admitted_in) if task.admitted_in else NOTHING
        for subject in asked_subjects(self._now, task):
            if instance(self._now, task, subject).done:
                continue
            event = task_event(task.ref, subject)
            self._asked[event] = [admitted, self._arises(task, subject)]
            if task.due is not None:
                self._asked[event].append(self._due(event, task.due, subject))

    def _arises(self, task: Task, subject: str) -> Requirement:
        arises = task.arises
        if arises is None or arisen_on(self._now, task, subject) is not None:
            return NOTHING
        match arises.kind:
            case Arising.STATE:
                return self._entered(arises.milestone, arises.name)
            case Arising.DECISION:
                request = self._now.definition.milestones[arises.milestone].requests[arises.name]
                party = self._now.definition.party_of
                own = [e for e in request.bodies if not subject or party(e) in (subject, "")]
                return self._decided(arises.milestone, request, own, lambda _: True, 1)
            case Arising.EVERY | Arising.REPLANNED | Arising.JOINING | Arising.LEAVING:
                return NOTHING

    # --- dues ----------------------------------------------------------------------------------

    def _due(self, event: Event, due: Due, party: str) -> Requirement:
        """Note the deadline of an event, and return what its due requires."""
        name, when = self._dated_name(due, party), self._date(due, party)
        if due.earliest and not self._is_settled(due, party):
            return self._by_the_earliest(event, due, party)
        if when.deadline is None:
            self._unknown[due.ref] = None
            return self._ends(due, party)
        self._dated[event] = _label(name, when)
        if due.anchor is None or due.relation is not Relation.AFTER:
            return NOTHING
        return self._happened(due.anchor, party)

    def _by_the_earliest(self, event: Event, due: Due, party: str) -> Requirement:
        """Note by when an event is at the latest, and return what the earliest due requires.

        The event itself has no certain day: it takes place on the first day that one of the dues
        ends, and by the latest day that is known that has to be possible.
        """
        when = self._date(due, party)
        if when.deadline is None:
            self._unknown[due.ref] = None
        else:
            latest: Event = ("latest", *event)
            self._asked[latest] = [Follows(event)]
            self._dated[latest] = _label(self._dated_name(due, party), when)
        return self._ends(due, party)

    def _is_settled(self, due: Due, party: str) -> bool:
        """Return whether nothing that is still unknown can give a due another date."""
        moved = self._now.state.moved(due.ref) is not None
        return moved or end_is_settled(self._now, due, self._whose(due, party))

    def _ends(self, due: Due, party: str, more: int = 0) -> Requirement:
        """Return the requirements for a due whose end is not known to have come, so long ago."""
        if due.earliest and self._now.state.moved(due.ref) is not None:
            return NOTHING
        ways = [self._bound_ends(due, each, party, more) for each in due.bounds]
        known = [each for each in ways if each not in (NOTHING, IMPOSSIBLE)]
        return either(*known) if known else ways[0]

    def _bound_ends(self, due: Due, bound: Due, party: str, more: int) -> Requirement:
        name = self._dated_name(due, party)
        when = bound_date(self._now, bound, self._whose(due, party)) if due.earliest else UNKNOWN
        if when.deadline is not None:
            return From(_label(name, when), more)
        if bound.anchor is None or bound.relation is not Relation.AFTER:
            return NOTHING
        begun = self._happened(bound.anchor, party)
        if not isinstance(begun, Follows) or bound.distance is None:
            return begun
        return replace(
            begun, distance=bound.distance, more=more, term=name, statutory=bound.statutory
        )

    def _whose(self, due: Due, party: str) -> str:
        """Return the party whose term of a due it is; empty where all have the same."""
        if due.ref not in self._each_their_own:
            self._each_their_own[due.ref] = is_counted_per_party(self._now.definition, due)
        return party if self._each_their_own[due.ref] else ""

    def _dated_name(self, due: Due, party: str) -> str:
        whose = self._whose(due, party)
        return f"{due.ref}@{whose}" if whose else due.ref

    def _date(self, due: Due, party: str) -> PartialDate:
        key = (due.ref, self._whose(due, party))
        if key not in self._dates:
            self._dates[key] = due_date(self._now, due, key[1])
        return self._dates[key]

    def _happened(self, anchor: str, party: str) -> Requirement:
        """Return the requirements for the event from which a due counts."""
        if happened_on(self._now, anchor, party) is not None:
            return NOTHING
        milestone, dot, name = anchor.partition(".")
        if dot:
            return self._entered(milestone, name)
        where, _, name = anchor.rpartition("/")
        task = self._now.definition.tasks[TaskRef(where, name)]
        subject = party if party in task.subjects else ""
        comes = not (task.repeats or task.yearly) and (not where or where in self._ahead)
        return (
            Follows(task_event(task.ref, subject))
            if comes and subject in task.subjects
            else NOTHING
        )

    def _dues_before(self) -> None:
        """Require of an anchor event that it follows the due before it, by the given weeks."""
        dues = self._now.definition.dues
        for event, label in self._dated.items():
            due = dues[label.name.partition("@")[0]]
            if due.anchor is None or due.relation is not Relation.BEFORE:
                continue
            for anchor in self._anchors(due.anchor, event):
                if anchor in self._asked and anchor != event:
                    self._asked[anchor].append(Follows(event, due.distance, back=True))

    def _anchors(self, anchor: str, event: Event) -> Iterator[Event]:
        milestone, dot, name = anchor.partition(".")
        if dot:
            yield state_event(milestone, name)
            return
        where, _, name = anchor.rpartition("/")
        task = self._now.definition.tasks[TaskRef(where, name)]
        party = event[-1] if event[0] == "task" else self._now.definition.bodies.get(event[-1], "")
        for subject in (party,) if party in task.subjects else task.subjects:
            yield task_event(task.ref, subject)

    def _closings(self) -> None:
        """Require of a state that events which it no longer admits have taken place."""
        needed = self._needed()
        for name, ahead in self._ahead.items():
            for what, states in self._windows(self._now.definition.milestones[name]):
                if needed.get(what):
                    all_of: Event = ("all", *what)
                    self._asked[all_of] = [*dict.fromkeys(needed[what])]
                    for state in ahead.cut_off(states):
                        self._asked[state_event(name, state)].append(Follows(all_of))
        for first, then in self._first_comes:
            has_to_be = first[0] == "all" or Follows(first) in needed.get(first[:3], ())
            if first != then and first in self._asked and then in self._asked and has_to_be:
                self._asked[then].append(Follows(first))

    def _windows(self, milestone: Milestone) -> Iterator[tuple[Event, tuple[str, ...]]]:
        """Yield the events that only some states of a milestone admit, with those states."""
        for request in milestone.requests.values():
            yield ("answer", milestone.id, request.id), request.admitted_in
        for task in self._now.definition.tasks_of(milestone.id):
            if task.admitted_in:
                yield ("task", milestone.id, task.ref.task), task.admitted_in

    def _needed(self) -> dict[Event, list[Requirement]]:
        """Return the requirements of all that has a date: by request, by task, by state."""
        found: dict[Event, list[Requirement]] = {}
        seen = set(self._dated)
        ahead = list(self._dated)
        while ahead:
            event = ahead.pop()
            found.setdefault(event[:3], []).append(Follows(event))
            for leaf in chain.from_iterable(map(always, self._asked.get(event, ()))):
                if isinstance(leaf, Enough) and len({each[:3] for each, _ in leaf.events}) == 1:
                    found.setdefault(leaf.events[0][0][:3], []).append(leaf)
                new = [each for each in events_always(leaf) if each not in seen]
                seen.update(new)
                ahead += new
        return found

    # --- gates ---------------------------------------------------------------------------------

    def _gate(self, gate: Gate | None, of: _Of) -> Requirement:
        """Return the requirements for a gate to hold."""
        match gate:
            case None | PartsAt():
                return NOTHING
            case Decisions():
                return self._decisions(gate, of.party)
            case TextsDiffer():
                return self._texts_differ(gate)
            case TasksDone():
                return self._done(gate, of.party)
            case InState():
                return self._in_state(gate, of)
            case DateReached(when):
                return NOTHING if when.day is None else From(_label("", when))
            case DuePast(ref):
                return self._past(self._now.definition.dues[ref], of.party)
            case AllOf() | AnyOf() | AtLeast():
                each_one = of if isinstance(gate, AllOf) else of._replace(sole=None)
                return _some_of([self._gate(each, each_one) for each in gate.gates], gate.needed)
            case Slot(_, inner):
                return self._gate(inner, of)
            case Not(inner):
                return self._not(inner, of._replace(sole=None))

    def _decisions(self, gate: Decisions, party: str) -> Requirement:
        request = self._now.definition.milestones[gate.milestone].requests[gate.request]
        asked = tuple(self._bodies(gate.milestone, request, party if gate.own else None))
        if gate.body:
            asked = tuple(body for body in asked if body == gate.body)

        def counts(said: DecisionState) -> bool:
            return gate.includes(said.outcome, said.effect)

        weigh = self._now.definition.weight_of if gate.rule.weighted else _one
        needed = gate.rule.needed(sum(map(weigh, asked)))
        if gate.rule.cast:
            # How many more it takes depends on who is silent until the term has passed.
            return self._decided(gate.milestone, request, asked, counts, 1)
        return self._decided(gate.milestone, request, asked, counts, needed, gate.rule.weighted)

    def _texts_differ(self, gate: TextsDiffer) -> Requirement:
        """Return that two have to decide; one, where the text may differ from another request’s."""
        request = self._now.definition.milestones[gate.milestone].requests[gate.request]
        asked = tuple(self._bodies(gate.milestone, request, None))
        needed = 2 if request.same_text_as is None else 1

        def counts(said: DecisionState) -> bool:
            return said.effect in gate.counts

        return self._decided(gate.milestone, request, asked, counts, needed)

    def _bodies(self, milestone: str, request: Request, party: str | None) -> Iterable[str]:
        """Return the bodies still asked; only those of a party, where one is given."""
        whose = self._own.setdefault((milestone, request.id), {})
        if not whose:
            for body in asked_bodies(self._now, milestone, request):
                whose.setdefault(self._now.definition.party_of(body), []).append(body)
        return whose.get(party, []) if party is not None else chain.from_iterable(whose.values())

    def _decisions_on(self, milestone: str, request: Request) -> Mapping[str, DecisionState]:
        key = (milestone, request.id)
        if key not in self._given:
            self._given[key] = decisions_on(self._now.state, milestone, request)
        return self._given[key]

    def _decided(
        self,
        milestone: str,
        request: Request,
        bodies: Iterable[str],
        counts: Callable[[DecisionState], bool],
        needed: int,
        weighted: bool = False,
    ) -> Requirement:
        """Return the requirements for enough bodies to decide so; none where they no longer can."""
        given = self._decisions_on(milestone, request)
        weigh = self._now.definition.weight_of if weighted else _one
        there, events = 0, []
        for body in bodies:
            said = given.get(body)
            if said is not None and counts(said):
                there += weigh(body)
            elif said is None or not said.closes:
                events.append((answer_event(milestone, request.id, body), weigh(body)))
        events = [each for each in events if milestone in self._ahead]
        within_reach = there + sum(weight for _, weight in events) >= needed
        if there >= needed or not within_reach:
            return NOTHING
        return Enough(tuple(events), needed - there)

    def _done(self, gate: TasksDone, party: str) -> Requirement:
        events = []
        asked = 0
        for ref in gate.tasks:
            task = self._now.definition.tasks[ref]
            own = gate.own and party in task.subjects
            for subject in (party,) if own else asked_subjects(self._now, task):
                each = instance(self._now, task, subject)
                if not is_asked(each, gate):
                    continue
                asked += 1
                if not each.done:
                    events.append((task_event(ref, subject), 1))
        needed = needed_tasks(gate, asked) - (asked - len(events))
        if needed <= 0:
            return NOTHING
        return Enough(tuple((event, n) for event, n in events if self._is_ahead(event)), needed)

    def _is_ahead(self, event: Event) -> bool:
        return not event[1] or event[1] in self._ahead

    def _in_state(self, gate: InState, of: _Of) -> Requirement:
        """Return the requirements for a milestone to be, and stay, in one of some states."""
        if of.place is not None and of.place[0] == gate.milestone:
            return NOTHING if of.place[1] in gate.states else IMPOSSIBLE
        ahead = self._ahead.get(gate.milestone)
        if ahead is None:
            now = self._now.state.milestones[gate.milestone].state
            return NOTHING if now in gate.states else IMPOSSIBLE
        ways = []
        for state in gate.states:
            entered = self._entered(gate.milestone, state)
            if entered != IMPOSSIBLE:
                ways.append(every(entered, *self._leaving(gate.milestone, state)))
        if of.sole is not None:
            for each in ahead.cut_off(gate.states):
                self._first_comes.append((of.sole, state_event(gate.milestone, each)))
        return either(*ways)

    def _leaving(self, milestone: str, state: str) -> list[Requirement]:
        """Return the requirements for leaving a state, if they are known for every way out."""
        ends = []
        for after, arms in self._ahead[milestone].into.items():
            if any(arm.source == state and not arm.explicit for arm in arms):
                label = self._entering(milestone, after)
                if label is None:
                    return []
                ends.append(label)
        return [Until(max(ends, key=lambda label: label.day))] if ends else []

    def _entering(self, milestone: str, state: str) -> Label | None:
        """Return the date on which a state is to be entered, where it has one."""
        due = self._now.definition.milestones[milestone].dues.get(state)
        if due is None or state in self._now.state.milestones[milestone].entered:
            return None
        when = self._date(due, "")
        return None if when.deadline is None else _label(due.ref, when)

    def _past(self, due: Due, party: str) -> Requirement:
        """Return the requirements for the term of everybody, each their own, to have passed."""
        whose: tuple[str, ...] = (party,)
        if not party:
            whose = parties_with_term(self._now, due) or ("",)
        ended: list[Requirement] = []
        for each in whose:
            when = self._date(due, each)
            name = self._dated_name(due, each)
            if when.deadline is None or (due.earliest and not self._is_settled(due, each)):
                ended.append(self._ends(due, each, 1))
            else:
                ended.append(From(_label(name, when), 1))
        return every(*ended)

    # --- gates that do not hold ----------------------------------------------------------------

    def _not(self, gate: Gate, of: _Of) -> Requirement:
        """Return the requirements for a gate not to hold."""
        match gate:
            case AllOf() | AnyOf() | AtLeast():
                others = len(gate.gates) - gate.needed + 1
                return _some_of([self._not(each, of) for each in gate.gates], others)
            case Slot(_, inner):
                return self._not(inner, of)
            case Not(inner):
                return self._gate(inner, of)
            case DateReached(when):
                return NOTHING if when.day is None else Until(_label("", when, -1))
            case DuePast(ref):
                return self._not_past(self._now.definition.dues[ref], of.party)
            case InState():
                return self._not_in(gate, of)
            case TasksDone() | Decisions() | TextsDiffer() | PartsAt():
                return NOTHING  # it is for those who are asked

    def _not_past(self, due: Due, party: str) -> Requirement:
        whose: tuple[str, ...] = (party,)
        if not party:
            whose = parties_with_term(self._now, due) or ("",)
        ends = [(self._dated_name(due, each), self._date(due, each)) for each in whose]
        known = [_label(name, when) for name, when in ends if when.deadline is not None]
        if len(known) < len(ends) or not all(self._is_settled(due, each) for each in whose):
            return NOTHING
        return either(*(Until(each) for each in known))

    def _not_in(self, gate: InState, of: _Of) -> Requirement:
        """Return the requirements for a milestone to be in none of some states."""
        if of.place is not None and of.place[0] == gate.milestone:
            return IMPOSSIBLE if of.place[1] in gate.states else NOTHING
        milestone, now = gate.milestone, self._now.state.milestones[gate.milestone].state
        ahead = self._ahead.get(milestone)
        if ahead is None:
            return IMPOSSIBLE if now in gate.states else NOTHING
        after = [each for each in ahead.onward() if each not in gate.states]
        if now in gate.states:
            return either(*(Follows(state_event(milestone, each)) for each in after))
        entering = [self._entering(milestone, each) for each in gate.states if each in ahead.into]
        known = [each for each in entering if each is not None]
        if not known:
            return NOTHING
        first = min(known, key=lambda label: label.day)
        there = [ahead.beyond[each] for each in gate.states if each in ahead.beyond]
        beyond = [each for each in after if any(each in states for states in there)]
        return either(Until(first), *(Follows(state_event(milestone, each)) for each in beyond))


MOST_WAYS = 100
"""In how many ways so many of some gates can hold, at most, for the dates to be looked at."""


def _some_of(requirements: Sequence[Requirement], needed: int) -> Requirement:
    """Return the requirements for so many of some to be met; none where the ways are too many."""
    if needed > 1 and comb(len(requirements), needed) > MOST_WAYS:
        return NOTHING
    return either(*(every(*each) for each in combinations(requirements, needed)))


def _one(_: str) -> int:
    return 1


def _label(name: str, when: PartialDate, more: int = 0) -> Label:
    day = when.deadline if name else when.day
    return Label(name, when.written, (day.toordinal() if day else 0) + more)
