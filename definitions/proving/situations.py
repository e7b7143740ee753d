"""The situations of a process: everything about it that a gate can see, as variables of a diagram.

A situation says of each milestone its state; of each body that a gate asks, what it answered in the
open round; of each task, whether it is done; and of terms, days and parts, whether they have
passed, come, or got so far.

Of texts no more is told apart than gates do: an answer is on the text that was there first, or on
one of its own, that nobody else is on. Whatever texts there are, the one on which most agree can be
taken for the first, and those on the others for as many texts as there are bodies on them: no gate
asks for more than that enough agree on one, or that two differ.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from definitions.language.values import dataclass, replace
from definitions.model import (
    ALL,
    AllOf,
    AnyOf,
    Arises,
    Arising,
    AtLeast,
    DateReached,
    Decisions,
    Definition,
    Due,
    DuePast,
    Effect,
    Gate,
    InState,
    Instrument,
    Not,
    PartsAt,
    Permission,
    Relation,
    Slot,
    Task,
    TaskRef,
    TasksDone,
    TextsDiffer,
    adopting,
    gates_in,
)
from definitions.proving.diagrams import EVERYWHERE, NOWHERE, Diagrams
from definitions.proving.relevant import (
    RequestRef,
    bounds_of,
    relevant_in,
    request_of,
)

FIRST, OTHER = "1", "2"
"""The text that was there first, and one that nobody else is on."""
VOTES = frozenset({Effect.FOR, Effect.AGAINST})
_ASKED = 100_000
"""A weight by which those asked are counted beside those that count, in one number."""
IS = "is"
"""How a milestone looks to another that waits for it, once it is where that waits for."""
NOBODY = " "
"""Stands among those that take no part where all parties do."""
EACH = "*"
"""The subject of a task whose instances no gate tells apart."""

Key = tuple[str, ...]
"""What a variable is about: its kind, and where."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a body can have answered, as far as gates tell it apart.

    Attributes:
        outcome: one of the outcomes that come to the same; empty as long as there is none.
        effect: its effect; pending as long as there is none.
        text: the text that it is on, where texts are compared; else empty.
    """

    outcome: str = ""
    effect: Effect = Effect.PENDING
    text: str = ""


NONE = Answer()
"""No answer, or one that decides nothing and that no gate looks at."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Some variables that together have one of several values.

    Attributes:
        first: the first of them.
        bits: how many there are.
        values: the values, each written as its place in this list.
    """

    first: int
    bits: int
    values: tuple[object, ...]

    def setting(self, value: object) -> dict[int, bool]:
        """Return the variables as they are for a value."""
        place = self.values.index(value)
        return {self.first + bit: bool(place >> bit & 1) for bit in range(self.bits)}

    def value(self, situation: Mapping[int, bool]) -> object:
        """Return the value in a situation; the first one where nothing else is said."""
        bits = (situation.get(self.first + bit, False) << bit for bit in range(self.bits))
        return self.values[sum(bits)]


class Situations:
    """The variables of a definition, and its gates as sets of situations."""

    def __init__(
        self,
        definition: Definition,
        diagrams: Diagrams,
        milestones: Sequence[str],
        faces: Mapping[str, Sequence[str]],
        *,
        texts: bool = False,
    ) -> None:
        """Choose the variables.

        Args:
            definition: of which.
            diagrams: where sets are made.
            milestones: those that are looked at, in the order of their variables.
            faces: other milestones that these wait for, each with how it can look to them; the
                first is how it looks at the start.
            texts: every answer that counts is on a text, also where no text is asked for.
        """
        self._texts = texts
        self.definition = definition
        self.diagrams = diagrams
        self.milestones = tuple(milestones)
        self.relevant = relevant_in(definition, milestones)
        self.cells: dict[Key, Cell] = {}
        self.variables = 0
        self._faces = faces
        self._answers: dict[tuple[RequestRef, str], tuple[Answer, ...]] = {}
        self._gates: dict[tuple[int, str | None, frozenset[str]], tuple[Gate, int]] = {}
        self._absent: frozenset[str] = frozenset()
        self._arrange()

    # --- variables -----------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Make the variables: milestone by milestone, in each of them party by party.

        What depends on each other is then close together, which keeps diagrams small.
        """
        self._arrange_milestones()
        for ref in self.relevant.tasks:
            if not ref.milestone:
                for subject in self.subjects_of(ref):
                    self._bit(("task", str(ref), subject))
        for passing in (*self.relevant.dues, *self.relevant.dates):
            self._bit(("passed", passing))
        for (deliverable, part), levels in self.levels.items():
            self._cell(("part", deliverable, part), levels)
        if any(self._arising(ref) is Arising.REPLANNED for ref in self.relevant.tasks):
            self._bit(("replanned",))

    def _arrange_milestones(self) -> None:
        for party, here in self.changing.items():
            self._cell(("here", party), (here, not here))
        for other, looks in self._faces.items():
            self._cell(("face", other), looks)
        for name in self.milestones:
            milestone = self.definition.milestones[name]
            self._cell(("state", milestone.id), milestone.states)
            if any(arm.opens_round for arm in milestone.arms):
                self._bit(("put", milestone.id))
            for of, state in sorted(self.relevant.states):
                if of == milestone.id:
                    self._bit(("entered", of, state))
            for party in (*self.definition.parties, ""):
                self._arrange_party(milestone.id, party)

    def _arrange_party(self, milestone: str, party: str) -> None:
        for ref in self.relevant.requests:
            if ref[0] == milestone:
                for body in self.bodies_of(ref):
                    if self.definition.party_of(body) == party:
                        self._cell(("answer", *ref, body), self.answers_of(ref, body))
        for task in self.relevant.tasks:
            if task.milestone == milestone:
                for subject in self.subjects_of(task):
                    if (subject if subject in self.definition.parties else "") == party:
                        self._bit(("task", str(task), subject))

    def _cell(self, key: Key, values: Iterable[object]) -> None:
        values = tuple(values)
        bits = (len(values) - 1).bit_length()
        self.cells[key] = Cell(self.variables, bits, values)
        self.variables += bits

    def _bit(self, key: Key) -> None:
        self._cell(key, (False, True))

    def _arising(self, ref: TaskRef) -> Arising | None:
        arises = self.definition.tasks[ref].arises
        return None if arises is None else arises.kind

    def subjects_of(self, ref: TaskRef) -> tuple[str, ...]:
        """Return whom a task is for, as far as gates tell them apart."""
        task = self.definition.tasks[ref]
        asking = [
            gate
            for gate in self.relevant.gates
            if isinstance(gate, TasksDone) and ref in gate.tasks
        ]
        together = all(gate.rule == ALL and not gate.own and not gate.arisen for gate in asking)
        if together and len(task.subjects) > 1 and self._arising(ref) is not Arising.DECISION:
            return (EACH,)
        return task.subjects

    def bodies_of(self, ref: RequestRef) -> tuple[str, ...]:
        """Return the bodies of a request at whose answers a gate looks."""
        request = request_of(self.definition, ref)
        seen = self._gates_on(ref)
        named = {gate.body for gate in seen if isinstance(gate, Decisions) and gate.body}
        some = seen and all(isinstance(gate, Decisions) and gate.body for gate in seen)
        if some and not self._is_bound_to(ref) and not self._arising_by(ref):
            return tuple(body for body in request.bodies if body in named)
        return request.bodies

    def _is_bound_to(self, ref: RequestRef) -> bool:
        return any(self._bound_to(ref))

    def _bound_to(self, ref: RequestRef) -> Iterator[RequestRef]:
        """Yield the requests that are bound to the text of another."""
        for milestone in self.definition.milestones.values():
            for request in milestone.requests.values():
                if request.same_text_as == ref:
                    yield milestone.id, request.id

    def _arising_by(self, ref: RequestRef) -> list[TaskRef]:
        """Return the relevant tasks that arise by an answer to a request."""
        return [
            task
            for task in self.relevant.tasks
            if (arises := self.definition.tasks[task].arises) is not None
            and arises.kind is Arising.DECISION
            and (arises.milestone, arises.name) == ref
        ]

    # --- answers -------------------------------------------------------------------------------

    def answers_of(self, ref: RequestRef, body: str) -> tuple[Answer, ...]:
        """Return what a body can have answered, as far as gates tell it apart; first, nothing."""
        key = (ref, body)
        if key not in self._answers:
            self._answers[key] = tuple(self._told_apart(ref, body))
        return self._answers[key]

    def _told_apart(self, ref: RequestRef, body: str) -> Iterator[Answer]:
        request = request_of(self.definition, ref)
        outcomes = self.definition.instruments[request.instruments[body]].outcomes.values()
        seen = {self._marks(ref, NONE)}
        yield NONE
        # Those that need no ground and no passed term come first: they can be told more shortly.
        for outcome in sorted(outcomes, key=lambda each: (each.needs_past_due, each.needs_ground)):
            answer = Answer(outcome.id, outcome.effect)
            marks = self._marks(ref, answer)
            if marks in seen:
                continue
            seen.add(marks)
            if self.compares(ref, answer):
                yield from (Answer(outcome.id, outcome.effect, each) for each in (FIRST, OTHER))
            else:
                yield answer

    def _marks(self, ref: RequestRef, answer: Answer) -> tuple[bool, ...]:
        """Return what gates and tasks see of an answer; equal ones come to the same."""
        given = bool(answer.outcome)
        marks = [answer.effect is Effect.FOR, given and answer.effect is not Effect.PENDING]
        for gate in self._gates_on(ref):
            marks.append(given and _includes(gate, answer))
            if isinstance(gate, Decisions) and gate.rule.cast:
                marks.append(answer.effect in VOTES)
        for task in self._arising_by(ref):
            arises = self.definition.tasks[task].arises
            marks.append(given and arises is not None and arises.outcome in (None, answer.outcome))
        return tuple(marks)

    def _gates_on(self, ref: RequestRef) -> Sequence[Decisions | TextsDiffer]:
        """Return the gates that ask for answers to a request."""
        return self._by_request.get(ref, ())

    @cached_property
    def _by_request(self) -> dict[RequestRef, list[Decisions | TextsDiffer]]:
        found: dict[RequestRef, list[Decisions | TextsDiffer]] = {}
        for gate in self.relevant.gates:
            if isinstance(gate, Decisions | TextsDiffer):
                found.setdefault((gate.milestone, gate.request), []).append(gate)
        return found

    def compares(self, ref: RequestRef, answer: Answer) -> bool:
        """Return whether it matters which text an answer is on."""
        if not self.is_about_text(ref):
            return False
        return any(
            _includes(gate, answer) and (isinstance(gate, TextsDiffer) or gate.compares_texts)
            for gate in self._gates_on(ref)
        ) or (self._is_bound_to(ref) and answer.effect is Effect.FOR)

    def is_about_text(self, ref: RequestRef) -> bool:
        """Return whether answers to a request are on a text."""
        request = request_of(self.definition, ref)
        return (
            self._texts
            or request.text is not None
            or request.same_text_as is not None
            or self._is_bound_to(ref)
            or any(isinstance(gate, TextsDiffer) for gate in self._gates_on(ref))
        )

    @cached_property
    def private_requests(self) -> tuple[RequestRef, ...]:
        """The requests at whose answers only their own milestone looks."""
        seen: dict[RequestRef, set[str]] = {}
        for name, gate in self._owned_gates():
            if isinstance(gate, Decisions | TextsDiffer):
                seen.setdefault((gate.milestone, gate.request), set()).add(name)
        return tuple(
            ref
            for ref in self.relevant.requests
            if self._looking_at(ref, seen) <= {ref[0]}
            and all(self._is_private(task, ref[0]) for task in self._arising_by(ref))
        )

    def _looking_at(self, ref: RequestRef, seen: Mapping[RequestRef, set[str]]) -> set[str]:
        """Return the milestones that look at a request, also by what is bound to its text."""
        found = set(seen.get(ref, ()))
        for bound in self._bound_to(ref):
            found |= {bound[0]} | self._looking_at(bound, seen)
        return found

    def _is_private(self, ref: TaskRef, milestone: str) -> bool:
        """Return whether a task is of a milestone, and only its own gates ask for it."""
        asking = (
            name
            for name, gate in self._owned_gates()
            if isinstance(gate, TasksDone) and ref in gate.tasks
        )
        return ref.milestone == milestone and all(name == milestone for name in asking)

    def _owned_gates(self) -> Iterator[tuple[str, Gate]]:
        """Yield every gate that is looked at, with its milestone."""
        for name in self.milestones:
            milestone = self.definition.milestones[name]
            for arm in milestone.arms:
                yield from ((name, gate) for gate in gates_in(arm.gate))
            for ref in self.relevant.requests:
                if ref[0] == name:
                    after = milestone.requests[ref[1]].after
                    yield from ((name, gate) for gate in gates_in(after))

    # --- sets of situations --------------------------------------------------------------------

    def at(self, milestone: str, *states: str) -> int:
        """Return where a milestone is in one of some states; of one that waits for no other."""
        if milestone in self._faces:
            return self.is_any(("face", milestone), (IS,))
        return self.is_any(("state", milestone), states)

    def is_any(self, key: Key, values: Iterable[object]) -> int:
        """Return where something has one of some values."""
        cell = self.cells[key]
        return self.diagrams.any([self.diagrams.cube(cell.setting(value)) for value in values])

    def entered(self, milestone: str, state: str) -> int:
        """Return where a state was ever entered."""
        if milestone in self._faces:
            return self.at(milestone, state)
        return self.holds(("entered", milestone, state))

    def holds(self, key: Key) -> int:
        """Return where something that is so or not is so."""
        return self.is_any(key, (True,))

    def on_texts_of_their_own(
        self, others: "Situations", situation: Mapping[int, bool]
    ) -> dict[int, bool]:
        """Return a situation of other variables in these, with each answer on another text.

        Args:
            others: the same, where answers are on no text.
            situation: one of those.
        """
        found: dict[int, bool] = {}
        text = FIRST
        for key, cell in self.cells.items():
            value = others.cells[key].value(situation)
            if value not in cell.values and isinstance(value, Answer):
                value, text = replace(value, text=text), OTHER
            found |= cell.setting(value)
        return found

    def state(self, milestone: str, situation: Mapping[int, bool]) -> str:
        """Return the state of a milestone in a situation."""
        return str(self.cells["state", milestone].value(situation))

    def instrument_of(self, ref: RequestRef, body: str) -> Instrument:
        """Return the instrument with which a body answers."""
        request = request_of(self.definition, ref)
        return self.definition.instruments[request.instruments[body]]

    def looks_at(self, gate: Gate | None, ref: RequestRef) -> bool:
        """Return whether a gate asks for answers to a request."""
        return any(
            (each.milestone, each.request) == ref
            for each in gates_in(gate)
            if isinstance(each, Decisions | TextsDiffer)
        )

    @cached_property
    def possible_values(self) -> int:
        """Where each cell has one of its values: some of its variables may say nothing."""
        return self.diagrams.all(
            [self.is_any(key, cell.values) for key, cell in self.cells.items()]
        )

    @cached_property
    def beginning(self) -> dict[int, bool]:
        """The situation in which a process starts."""
        found: dict[int, bool] = {}
        for key, cell in self.cells.items():
            found |= cell.setting(cell.values[0])
            if key[0] == "put":
                milestone = self.definition.milestones[key[1]]
                found |= cell.setting(milestone.initial in milestone.admitting)
            if key[0] == "entered":
                found |= cell.setting(self.definition.milestones[key[1]].initial == key[2])
        return found

    @property
    def replannable(self) -> bool:
        """Whether somebody may give a due another date."""
        return any(Permission.REPLAN in role.may for role in self.definition.roles.values())

    # --- gates ---------------------------------------------------------------------------------

    def gate(self, gate: Gate | None, party: str | None = None) -> int:
        """Return where a gate holds, as the engine finds.

        Args:
            party: whose own decisions and tasks count, where a body's own is asked.
        """
        if gate is None:
            return EVERYWHERE
        if not self.changing or self._absent:
            return self._with_those_there(gate, party)
        return self.diagrams.any(
            [
                self.diagrams.both(where, self._without(absent, gate, party))
                for absent, where in self._companies
            ]
        )

    def _without(self, absent: frozenset[str], gate: Gate, party: str | None) -> int:
        """Return where a gate holds while some parties take no part."""
        self._absent = absent | {NOBODY}
        try:
            return self._with_those_there(gate, party)
        finally:
            self._absent = frozenset()

    def _with_those_there(self, gate: Gate, party: str | None) -> int:
        key = (id(gate), party, self._absent)
        if key not in self._gates:
            self._gates[key] = (gate, self._made(gate, party))
        return self._gates[key][1]

    @cached_property
    def changing(self) -> dict[str, bool]:
        """The parties that join or leave by a move, and whether each is there at first."""
        found: dict[str, bool] = {}
        for name in self.milestones:
            for entering in self.definition.milestones[name].entering.values():
                found |= dict.fromkeys(entering.joins, False)
                found |= {each: found.get(each, True) for each in entering.leaves}
        return found

    @cached_property
    def _companies(self) -> list[tuple[frozenset[str], int]]:
        """Every company there may be: the parties that take no part in it, and where that is so."""
        found: list[tuple[frozenset[str], int]] = [(frozenset(), EVERYWHERE)]
        for party in self.changing:
            here = self.holds(("here", party))
            found = [
                one
                for absent, where in found
                for one in (
                    (absent, self.diagrams.both(where, here)),
                    (absent | {party}, self.diagrams.without(where, here)),
                )
            ]
        return found

    def there(self, party: str) -> int:
        """Return where a party takes part."""
        return self.holds(("here", party)) if party in self.changing else EVERYWHERE

    def _present(self, bodies: Iterable[str]) -> tuple[str, ...]:
        """Return those of some bodies whose party takes part."""
        party_of = self.definition.party_of
        return tuple(body for body in bodies if party_of(body) not in self._absent)

    def _made(self, gate: Gate, party: str | None) -> int:
        match gate:
            case AllOf() | AnyOf() | AtLeast():
                each = [self.gate(inner, party) for inner in gate.gates]
                return self._so_many(each, gate.needed)
            case Not(inner):
                return self.diagrams.no(self.gate(inner, party))
            case Slot(_, inner):
                return self.gate(inner, party)
            case Decisions():
                return self._decisions(gate, party)
            case TextsDiffer():
                return self._differ(gate)
            case TasksDone():
                return self._tasks(gate, party)
            case InState(milestone, states):
                return self.at(milestone, *states)
            case PartsAt():
                return self._parts(gate)
            case DateReached(date):
                return NOWHERE if date.day is None else self.holds(("passed", date.day.isoformat()))
            case DuePast(due):
                return self.holds(("passed", due))

    def _so_many(self, those: Sequence[int], needed: int) -> int:
        """Return where so many of some sets hold."""
        ways = [((each, 1), (self.diagrams.no(each), 0)) for each in those]
        return self.diagrams.weigh(ways, lambda total: total >= needed)

    def _decisions(self, gate: Decisions, party: str | None) -> int:
        ref = (gate.milestone, gate.request)
        if not (gate.compares_texts and self.is_about_text(ref)):
            return self._agreed(gate, "", party)
        alone = []
        if request_of(self.definition, ref).same_text_as is None:
            alone = [self._alone(gate, body, party) for body in self._asked(gate, party)]
        return self.diagrams.any([self._agreed(gate, FIRST, party), *alone])

    def _alone(self, gate: Decisions, body: str, party: str | None) -> int:
        """Return where one body that is on a text of its own is all that it takes."""
        bodies = self._asked(gate, party)
        weight = self._weight(gate, body)
        if gate.rule.cast:
            if weight < gate.rule.needed(weight):
                return NOWHERE
            return self._agreed_of_cast(gate, OTHER, bodies, (body,))
        needed = gate.rule.needed(sum(self._weight(gate, each) for each in bodies))
        return self._counting(gate, body, OTHER) if weight >= needed else NOWHERE

    def _agreed(self, gate: Decisions, text: str, party: str | None) -> int:
        """Return where enough answered so that it counts, on one text."""
        ref = (gate.milestone, gate.request)
        bodies = self._asked(gate, party)
        if not bodies:
            return NOWHERE
        if gate.rule.cast:
            return self._agreed_of_cast(gate, text, bodies, bodies)
        weights = [self._weight(gate, body) for body in bodies]
        needed = gate.rule.needed(sum(weights))
        ways = []
        for body, weight in zip(bodies, weights, strict=True):
            counts = self._counting(gate, body, text)
            ways.append(((counts, weight), (self.diagrams.no(counts), 0)))
        enough = self.diagrams.weigh(ways, lambda total: total >= needed)
        return self.diagrams.both(enough, self._bound(ref, text))

    def _agreed_of_cast(
        self, gate: Decisions, text: str, bodies: tuple[str, ...], able: tuple[str, ...]
    ) -> int:
        """Return where enough of the votes cast count, and what is to come cannot change that.

        Args:
            bodies: those that are asked.
            able: those of them of which an answer can count.
        """
        ref, rule = (gate.milestone, gate.request), gate.rule
        due = request_of(self.definition, ref).due

        def enough(total: int) -> bool:
            on, cast = divmod(total, _ASKED)
            return on >= max(rule.needed(cast), 1)

        def agreed(*, over: bool) -> int:
            ways = []
            for body in bodies:
                weight = self._weight(gate, body)
                sums: dict[int, list[object]] = {}
                for answer in self.answers_of(ref, body):
                    on = body in able and self._counts(gate, answer, text)
                    waits = answer == NONE or answer.effect is Effect.PENDING
                    cast = (waits and not over) or answer.effect in VOTES
                    sums.setdefault((on * _ASKED + cast) * weight, []).append(answer)
                key = ("answer", *ref, body)
                ways.append([(self.is_any(key, those), total) for total, those in sums.items()])
            return self.diagrams.weigh(ways, enough)

        found = agreed(over=False)
        if due is not None:
            over = self.diagrams.both(self.holds(("passed", due.ref)), agreed(over=True))
            found = self.diagrams.either(found, over)
        return self.diagrams.both(found, self._bound(ref, text))

    def _asked(self, gate: Decisions, party: str | None) -> tuple[str, ...]:
        request = request_of(self.definition, (gate.milestone, gate.request))
        bodies = request.bodies
        if gate.body:
            bodies = tuple(each for each in (gate.body,) if each in self.definition.bodies)
        bodies = self._present(bodies)
        if not gate.own:
            return bodies
        return tuple(body for body in bodies if self.definition.party_of(body) == party)

    def _weight(self, gate: Decisions, body: str) -> int:
        return self.definition.weight_of(body) if gate.rule.weighted else 1

    def _counting(self, gate: Decisions, body: str, text: str) -> int:
        key = ("answer", gate.milestone, gate.request, body)
        answers = [each for each in self.cells[key].values if self._counts(gate, each, text)]
        return self.is_any(key, answers)

    def _counts(self, gate: Decisions, answer: object, text: str) -> bool:
        """Return whether an answer counts for a gate, on a text."""
        assert isinstance(answer, Answer)  # noqa: S101 - of an answer's cell
        return (
            bool(answer.outcome)
            and _includes(gate, answer)
            and (not text or answer.text in ("", text))
        )

    def _bound(self, ref: RequestRef, text: str) -> int:
        """Return where the request to whose text another is bound has come to a text."""
        origin = request_of(self.definition, ref).same_text_as
        return EVERYWHERE if origin is None or not text else self.came_to(origin)

    def came_to(self, origin: RequestRef) -> int:
        """Return where a request came to its first text, by the gates that ask how many agreed."""
        return self.diagrams.any(
            [self._agreed(each, FIRST, None) for each in self.adopting(origin)]
        )

    def adopting(self, origin: RequestRef) -> list[Decisions]:
        """Return the gates that ask how many agreed on a request; where none does, all have to."""
        gates = dict.fromkeys(
            gate
            for milestone in self.definition.milestones.values()
            for arm in milestone.arms
            for gate in adopting(arm.gate, *origin)
        )
        return [*gates] or [Decisions(*origin, ALL, frozenset({Effect.FOR}))]

    def _differ(self, gate: TextsDiffer) -> int:
        """Return where two answers to a request, or one and what it is bound to, are on two texts.

        An answer on another text than the first needs somebody who is on the first.
        """
        ref = (gate.milestone, gate.request)
        request = request_of(self.definition, ref)
        first, other = (
            [self._answered(ref, body, gate, text) for body in self._present(request.bodies)]
            for text in (FIRST, OTHER)
        )
        two = self._so_many(other, 2)
        origin = request.same_text_as
        came = [] if origin is None else [self.came_to(origin)]
        beside = self.diagrams.any([*first, *came])
        one = self.diagrams.both(self.diagrams.any(other), beside)
        # A small share may have come to a text of one body, on which nobody else is.
        alone = NOWHERE if origin is None else self._came_to_one_of_their_own(origin)
        own = self.diagrams.both(self.diagrams.any([*first, *other]), alone)
        return self.diagrams.any([two, one, own])

    def _came_to_one_of_their_own(self, origin: RequestRef) -> int:
        return self.diagrams.any(
            [
                self._alone(gate, body, None)
                for gate in self.adopting(origin)
                for body in self._asked(gate, None)
            ]
        )

    def somebody_on_the_first(self, ref: RequestRef) -> int:
        """Return where the first text is there: somebody answered on it, here or where it is bound.

        Returns:
            Of all requests that are bound to each other.
        """
        origin = request_of(self.definition, ref).same_text_as or ref
        bound = [
            each
            for each in self.relevant.requests
            if each == origin or request_of(self.definition, each).same_text_as == origin
        ]
        return self.diagrams.any(
            [
                self.is_any(
                    ("answer", *each, body),
                    [one for one in self.answers_of(each, body) if one.text == FIRST],
                )
                for each in bound
                for body in self.bodies_of(each)
            ]
        )

    # --- another text as the first -------------------------------------------------------------

    @cached_property
    def uneven_texts(self) -> list[list[Key]]:
        """The answers whose texts are compared, where it matters which of them is the first.

        It does where bodies weigh more and less, for others may join the one that weighs most; and
        where answers are bound to the text of others, which may come to be that of an earlier one.
        """
        found: dict[RequestRef, list[RequestRef]] = {}
        for ref in self.relevant.requests:
            origin = request_of(self.definition, ref).same_text_as or ref
            found.setdefault(origin, []).append(ref)
        return [
            [("answer", *ref, body) for ref in refs for body in self.bodies_of(ref)]
            for refs in found.values()
            if len(refs) > 1 or self._weigh_unevenly(refs[0])
        ]

    def _weigh_unevenly(self, ref: RequestRef) -> bool:
        weights = {self.definition.weight_of(body) for body in self.bodies_of(ref)}
        weighted = (
            isinstance(gate, Decisions) and gate.rule.weighted and gate.compares_texts
            for gate in self._gates_on(ref)
        )
        return len(weights) > 1 and any(weighted)

    def on_their_own(self, keys: Iterable[Key]) -> int:
        """Return where one of some answers is on a text of its own."""
        return self.diagrams.any([self._on(key, OTHER) for key in keys])

    def by_another_first(self, keys: Sequence[Key], those: int) -> int:
        """Return where it comes to some situations that another text is called the first.

        Only where no gate holds on what was agreed, by either name: those on the former first text
        are then on texts of their own, as far as gates can see.

        Args:
            keys: the answers whose texts are compared.
            those: the situations.
        """
        made = self.diagrams
        shut = made.no(made.any([self._decisions(each, None) for each in self._comparing(keys)]))
        those, found = made.both(those, shut), []
        alone = {key: made.no(self._on(key, FIRST)) for key in keys}
        for key in keys:
            others = [each for each in keys if each != key]
            now = made.all([those, self._on(key, FIRST), *(alone[each] for each in others)])
            for each in others if now != NOWHERE else ():
                now = made.either(now, self._renamed(each, (FIRST, OTHER), now))
            found.append(self._renamed(key, (OTHER, FIRST), now))
        return made.both(shut, made.any(found))

    def _renamed(self, key: Key, texts: tuple[str, str], those: int) -> int:
        """Return where an answer is on one text, in situations in which it is on another."""
        cell, (was, becomes) = self.cells[key], texts
        return self.diagrams.any(
            [
                self.diagrams.both(
                    self.is_any(key, [each]),
                    self.diagrams.given(cell.setting(replace(each, text=becomes)), those),
                )
                for each in cell.values
                if isinstance(each, Answer) and each.text == was
            ]
        )

    def _on(self, key: Key, text: str) -> int:
        values = self.cells[key].values
        return self.is_any(key, [v for v in values if isinstance(v, Answer) and v.text == text])

    def _comparing(self, keys: Iterable[Key]) -> Iterator[Decisions]:
        """Yield the gates that compare the texts of some answers; one's own are on one anyway."""
        for ref in dict.fromkeys((key[1], key[2]) for key in keys):
            for gate in self._gates_on(ref):
                if isinstance(gate, Decisions) and gate.compares_texts and not gate.own:
                    yield gate

    def on_another_text(self, milestone: str) -> int:
        """Return where an answer to a request of a milestone is on a text of its own."""
        return self._any_answer(milestone, lambda each: each.text == OTHER)

    def against(self, milestone: str) -> int:
        """Return where somebody answered a request of a milestone, and not in favour."""
        return self._any_answer(milestone, lambda each: each.effect is Effect.AGAINST)

    def _any_answer(self, milestone: str, wanted: Callable[[Answer], bool]) -> int:
        return self.diagrams.any(
            [
                self.is_any(
                    ("answer", *ref, body),
                    [each for each in self.answers_of(ref, body) if wanted(each)],
                )
                for ref in self.relevant.requests
                if ref[0] == milestone
                for body in self.bodies_of(ref)
            ]
        )

    def _answered(self, ref: RequestRef, body: str, gate: TextsDiffer, text: str) -> int:
        answers = self.answers_of(ref, body)
        those = [each for each in answers if each.text == text and _includes(gate, each)]
        return self.is_any(("answer", *ref, body), those)

    def _parts(self, gate: PartsAt) -> int:
        every = self.definition.deliverables[gate.deliverable].levels
        wanted = every.index(gate.level)
        return self.diagrams.all(
            [
                self.is_any(
                    ("part", gate.deliverable, part),
                    [
                        each
                        for each in self.levels[gate.deliverable, part]
                        if every.index(each) >= wanted
                    ],
                )
                for part in gate.parts
            ]
        )

    @cached_property
    def levels(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The levels of each part that a gate tells apart: the first, and each that one asks for.

        What is there once for each party is at a level when all of them are.
        """
        wanted: dict[tuple[str, str], set[str]] = {}
        for gate in self.relevant.parts:
            first = self.definition.deliverables[gate.deliverable].levels[0]
            for part in gate.parts:
                wanted.setdefault((gate.deliverable, part), {first}).add(gate.level)
        return {
            key: tuple(
                each for each in self.definition.deliverables[key[0]].levels if each in levels
            )
            for key, levels in wanted.items()
        }

    # --- tasks and terms -----------------------------------------------------------------------

    def _tasks(self, gate: TasksDone, party: str | None) -> int:
        every = [(ref, subject) for ref in gate.tasks for subject in self._whose(ref, gate, party)]
        done = [self.holds(("task", str(ref), subject)) for ref, subject in every]
        if not gate.arisen:
            return self._so_many(done, gate.rule.needed(len(done)))
        open_ = [self.arisen(self.definition.tasks[ref], subject) for ref, subject in every]
        ways_of_arisen = []
        for arisen, one in zip(open_, done, strict=True):
            both = self.diagrams.both(arisen, one)
            waits = self.diagrams.without(arisen, one)
            ways_of_arisen.append(
                ((both, _ASKED + 1), (waits, _ASKED), (self.diagrams.no(arisen), 0))
            )

        def enough(total: int) -> bool:
            asked, reported = divmod(total, _ASKED)
            none = asked == 0 and gate.rule.at_least is None
            return none or reported >= gate.rule.needed(asked)

        return self.diagrams.weigh(ways_of_arisen, enough)

    def _whose(self, ref: TaskRef, gate: TasksDone, party: str | None) -> tuple[str, ...]:
        subjects = tuple(each for each in self.subjects_of(ref) if each not in self._absent)
        task = self.definition.tasks[ref]
        per_party = all(each in self.definition.parties for each in task.subjects)
        if gate.own and party is not None and per_party:
            return tuple(each for each in subjects if each == party)
        return subjects

    def arisen(self, task: Task, subject: str) -> int:
        """Return where a task has arisen for somebody."""
        arises = task.arises
        if arises is None:
            return EVERYWHERE
        match arises.kind:
            case Arising.STATE | Arising.EVERY:
                if not arises.milestone:
                    return EVERYWHERE
                return self.entered(arises.milestone, arises.name)
            case Arising.DECISION:
                return self._decided(arises, subject)
            case Arising.REPLANNED:
                return self.holds(("replanned",))
            case Arising.JOINING | Arising.LEAVING:
                return NOWHERE

    def _decided(self, arises: Arises, subject: str) -> int:
        ref = (arises.milestone, arises.name)
        return self.diagrams.any(
            [
                self.is_any(
                    ("answer", *ref, body),
                    [
                        each
                        for each in self.answers_of(ref, body)
                        if each.outcome and arises.outcome in (None, each.outcome)
                    ],
                )
                for body in self.bodies_of(ref)
                if not subject or self.definition.party_of(body) in (subject, "")
            ]
        )

    def can_pass(self, ref: str) -> int:
        """Return where a term can pass: where its day is known, or can be given."""
        if self.replannable:
            return EVERYWHERE
        found = [self._dated(each) for each in bounds_of(self.definition.dues[ref])]
        return self.diagrams.any(found)

    def _dated(self, due: Due, passed: frozenset[str] = frozenset()) -> int:
        """Return where a due by itself has a day."""
        if due.anchor is None or due.ref in passed:
            return NOWHERE if due.date.is_unknown else EVERYWHERE
        milestone, dot, state = due.anchor.partition(".")
        if due.relation is Relation.AFTER and dot and milestone in self.definition.milestones:
            return self.entered(milestone, state)
        if due.relation is Relation.AFTER:
            task = next((ref for ref in self.relevant.tasks if str(ref) == due.anchor), None)
            if task is None:
                return NOWHERE
            done = [self.holds(("task", str(task), each)) for each in self.subjects_of(task)]
            return self.diagrams.all(done)
        anchor = self.definition.dues.get(due.anchor)
        if anchor is None:
            return NOWHERE
        gone = passed | {due.ref}
        return self.diagrams.any([self._dated(each, gone) for each in bounds_of(anchor)])


def _includes(gate: Decisions | TextsDiffer, answer: Answer) -> bool:
    if isinstance(gate, TextsDiffer):
        return answer.effect in gate.counts
    return gate.includes(answer.outcome, answer.effect)
