"""A process definition as the engine reads it: names resolved, structures filled in.

Everything here is a frozen value. Nothing in it says *when* anything happened: that is the
business of ``workflow``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import time
from enum import StrEnum
from fractions import Fraction

from definitions.calendar.dates import PartialDate
from definitions.calendar.lengths import Distance
from definitions.language.values import dataclass


class Effect(StrEnum):
    """What an outcome of an instrument amounts to, for a gate."""

    FOR = "for"
    """In favour."""
    AGAINST = "against"
    """Not in favour."""
    ANSWERED = "answered"
    """An answer that is neither: an opinion given, or waived."""
    PENDING = "pending"
    """Nothing decided yet: held over, withdrawn. Closes nothing."""


class Permission(StrEnum):
    """The permissions of roles."""

    ADVANCE = "advance"
    """Move a milestone."""
    STOP = "stop"
    """Make a move that the definition reserves for this permission."""
    REPLAN = "replan"
    """Give a due another date."""
    RECORD = "record"
    """Record the decisions of the bodies of the own party."""
    RECORD_ON_BEHALF = "record-on-behalf"
    """Record for any body, or report for anyone, on the word of a source."""
    TASK = "task"
    """Report the tasks that the role owns."""
    DELIVERABLE = "deliverable"
    """Report how far a part of a deliverable is."""
    AMEND = "amend"
    """Change a title, a ladder, the route of a party, or how early it wants papers."""
    NOTE = "note"
    """Record a fact that moves nothing."""
    MEMBER = "member"
    """Give seats and end them."""
    PARTY = "party"
    """Record that a party joins or leaves."""


class Per(StrEnum):
    """The kinds of places at which a role has seats."""

    PARTY = "party"
    """One at each party."""
    GROUP = "group"
    """One at each group."""


class Relation(StrEnum):
    """The relation of a due to its anchor."""

    BEFORE = "before"
    """Not later than that is due, or so many weeks before it."""
    AFTER = "after"
    """After that has happened, or so many weeks after it."""


class Arising(StrEnum):
    """The kinds of events from which tasks arise."""

    EVERY = "every"
    """It comes back again and again."""
    REPLANNED = "replanned"
    """A due gets another date."""
    STATE = "state"
    """A milestone enters a state."""
    DECISION = "decision"
    """A body of the party decides."""
    JOINING = "joining"
    """The party joins."""
    LEAVING = "leaving"
    """The party leaves; it owes the task all the same."""


# --- rules and gates ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """How many of those asked it takes.

    Attributes:
        written: the rule as the definition has it: ``all``, ``majority``, ``3``, ``2/3``.
        at_least: a fixed number, or None.
        share: the part of those asked, or None.
        strict: whether more than the share is needed (a majority) or the share itself.
        weighted: whether parties count by their weight.
        cast: whether it is a share of the votes cast, for and against, instead of those asked.
    """

    written: str
    at_least: int | None = None
    share: Fraction | None = None
    strict: bool = False
    weighted: bool = False
    cast: bool = False

    def needed(self, asked: int) -> int:
        """Return how many of ``asked`` it takes (of their weights together, where weighted)."""
        if self.at_least is not None:
            return self.at_least
        exact = (self.share or Fraction(1)) * asked
        return exact.__floor__() + 1 if self.strict else exact.__ceil__()


ALL = Rule("all", share=Fraction(1))
MORE_FOR_THAN_AGAINST = Rule("majority", share=Fraction(1, 2), strict=True, cast=True)
"""The rule by which councils decide: more than half of the votes cast (Gemeentewet 30)."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Enough bodies decided a request of a milestone in a way that counts.

    Attributes:
        counts: the effects of the decisions that count.
        own: whether only those of a body's own party do.
        outcomes: the outcomes that count; empty where any with such an effect does.
        body: the one body that is looked at; empty for all that are asked.
    """

    milestone: str
    request: str
    rule: Rule
    counts: frozenset[Effect]
    own: bool = False
    outcomes: frozenset[str] = frozenset()
    body: str = ""

    def includes(self, outcome: str, effect: Effect) -> bool:
        """Return whether a decision counts."""
        return effect in self.counts and (not self.outcomes or outcome in self.outcomes)

    @property
    def compares_texts(self) -> bool:
        """Whether what counts is on one text: rejected texts may differ."""
        return self.counts.isdisjoint({Effect.AGAINST, Effect.PENDING})


@dataclass(frozen=True, slots=True)
class TextsDiffer:
    """Two answers to a request that count are known to be on different texts.

    Of a request that is bound to the text of another, the texts that the other came to count too.
    """

    milestone: str
    request: str
    counts: frozenset[Effect]


@dataclass(frozen=True, slots=True)
class TasksDone:
    """Enough of the tasks named are done (each party's and each group's is one).

    Attributes:
        own: only those of the body's own party.
        arisen: only those that have arisen by now.
    """

    tasks: tuple["TaskRef", ...]
    rule: Rule
    own: bool = False
    arisen: bool = False


@dataclass(frozen=True, slots=True)
class PartsAt:
    """The parts named stand at a level, or above it."""

    deliverable: str
    parts: tuple[str, ...]
    level: str


@dataclass(frozen=True, slots=True)
class InState:
    """A milestone is in one of some states."""

    milestone: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateReached:
    """A date has come."""

    date: PartialDate


@dataclass(frozen=True, slots=True)
class DuePast:
    """The deadline of a due has gone by."""

    due: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the gates inside holds."""

    gates: tuple["Gate", ...]

    @property
    def needed(self) -> int:
        """How many of them have to hold."""
        return len(self.gates)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the gates inside holds."""

    gates: tuple["Gate", ...]

    @property
    def needed(self) -> int:
        """How many of them have to hold."""
        return 1


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of the gates inside hold, or more."""

    needed: int
    gates: tuple["Gate", ...]


Joined = AllOf | AnyOf | AtLeast
"""The kinds of gates that take so many of others: all, one, or a number of them."""


@dataclass(frozen=True, slots=True)
class Not:
    """The gate inside does not hold."""

    gate: "Gate"


@dataclass(frozen=True, slots=True)
class Slot:
    """A gate that a milestone filled in for its structure, under the slot's name."""

    name: str
    gate: "Gate"


Gate = (
    Decisions
    | TextsDiffer
    | TasksDone
    | PartsAt
    | InState
    | DateReached
    | DuePast
    | AllOf
    | AnyOf
    | AtLeast
    | Not
    | Slot
)


def gates_in(gate: Gate | None) -> Iterator[Gate]:
    """Yield a gate and every gate inside it."""
    if gate is None:
        return
    yield gate
    match gate:
        case AllOf(gates) | AnyOf(gates) | AtLeast(_, gates):
            for inner in gates:
                yield from gates_in(inner)
        case Not(inner) | Slot(_, inner):
            yield from gates_in(inner)
        case (
            Decisions()
            | TextsDiffer()
            | TasksDone()
            | PartsAt()
            | InState()
            | DateReached()
            | DuePast()
        ):
            pass


def adopting(gate: Gate | None, milestone: str, request: str) -> Iterator[Decisions]:
    """Yield the parts of a gate that ask how many agreed on a request, all bodies together.

    Args:
        milestone: the milestone of the request.
        request: its id.
    """
    match gate:
        case AllOf(gates) | AnyOf(gates) | AtLeast(_, gates):
            for inner in gates:
                yield from adopting(inner, milestone, request)
        case Slot(_, inner):
            yield from adopting(inner, milestone, request)
        case Decisions(own=False, body="") if not gate.outcomes and gate.compares_texts:
            if (gate.milestone, gate.request) == (milestone, request):
                yield gate
        case _:
            pass


# --- words -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prose:
    """Words of a definition for people, in one language or in several.

    Attributes:
        written: per language, the words; the language is empty where the file does not name it.
    """

    written: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, written: str | Mapping[str, str]) -> "Prose":
        """Return a text of a file, in its one form or by language."""
        return cls((("", written),) if isinstance(written, str) else tuple(written.items()))

    def in_(self, language: str) -> str:
        """Return the words in a language, or in another where they are not in that one."""
        return title_in(dict(self.written), language, "")


def known_prose(written: str | Mapping[str, str]) -> Prose | None:
    """Return the text, or None where the file says that nobody knows."""
    return None if written in ("unknown", "onbekend") else Prose.of(written)


# --- who ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Party:
    """A municipality, province or water board that takes part (*deelnemer*).

    Attributes:
        route: the stages a proposal passes on its way to the council, as publicly seen.
        papers_due: how long before a meeting papers must be in; None where that is not known.
        weight: how much it counts in a weighted share; None where that is not said.
    """

    id: str
    name: str
    kind: str
    code: str | None
    bodies: tuple[str, ...]
    route: tuple[str, ...]
    papers_due: Prose | None
    weight: int | None = None


@dataclass(frozen=True, slots=True)
class RegionalBody:
    """A body of no one party, with the votes its members have in it.

    Attributes:
        votes: all votes together; None where that is not known.
        quorum: how many votes must be cast for a decision; None where that is not said.
        majority: the share of the votes cast that adopts a proposal.
    """

    id: str
    name: str
    members: Mapping[str, int]
    votes: int | None
    quorum: int | None
    majority: Rule = MORE_FOR_THAN_AGAINST


@dataclass(frozen=True, slots=True)
class Role:
    """A role, with its permissions; ``per`` is the kind of place of its seats."""

    id: str
    per: Per | None
    may: frozenset[Permission]


# --- what --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """One possible outcome of an instrument."""

    id: str
    effect: Effect
    needs_ground: bool
    needs_past_due: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    """A way in which a body can answer: principebesluit, toestemming, consultatie."""

    id: str
    outcomes: Mapping[str, Outcome]


@dataclass(frozen=True, slots=True)
class Due:
    """A due: until when something has to be done (*termijn*).

    Attributes:
        ref: ``milestone.state``, ``milestone/request``, ``milestone/task`` or ``task``.
        date: the date; of unknown precision if the source has none.
        why_unknown: the source's words about an unknown date.
        waits_for: the facts that must become known before it has a date.
        target: a target date ("richtdatum"), not a deadline.
        ladder: the name of the ladder of reminders, or None.
        relation: its relation to the anchor, if it has no date of its own.
        anchor: the state (``milestone.state``) or task from which it counts.
        distance: how far it lies from the anchor; for a task, each party's own.
        statutory: whether it is extended to the next working day (Algemene termijnenwet 1).
        yearly: the month and day of a yearly task.
        earliest: the dues of which it is the earliest; none where it is one by itself.
    """

    ref: str
    date: PartialDate
    why_unknown: Prose | None = None
    waits_for: tuple[str, ...] = ()
    target: bool = False
    ladder: str | None = None
    relation: Relation | None = None
    anchor: str | None = None
    distance: Distance | None = None
    statutory: bool = False
    yearly: tuple[int, int] | None = None
    earliest: tuple["Due", ...] = ()

    @property
    def bounds(self) -> tuple["Due", ...]:
        """The dues of which it is the earliest: itself, where it is one by itself."""
        return self.earliest or (self,)

    @property
    def is_counted(self) -> bool:
        """Whether its day is counted from something that has to happen first."""
        return self.relation is Relation.AFTER and self.distance is not None


@dataclass(frozen=True, slots=True)
class Options:
    """The options that a decision may name (*keuzes*).

    Attributes:
        within: the milestone and request whose decision named the possible options; None if any may
            be named.
        count: the exact number of options; None for any number.
    """

    within: tuple[str, str] | None
    count: int | None


FIRST_YEAR, LAST_YEAR = 1900, 2199
"""The years there can be; a round never has as high a number."""
YEARLY = "year"
"""How often a task arises that comes back each calendar year."""


@dataclass(frozen=True, slots=True)
class Arises:
    """When a task arises, if not at once.

    Attributes:
        kind: the kind of event.
        every: the frequency in the words of the source; ``year`` makes one for each year.
        milestone: the milestone of the state or request; for a recurring task, that of the state it
            begins with.
        name: the state, or the request.
        outcome: the required outcome; None for any.
        until: the last date on which a recurring task arises, if that is known.
    """

    kind: Arising
    every: str = ""
    milestone: str = ""
    name: str = ""
    outcome: str | None = None
    until: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A question put to bodies (*besluitvraag*).

    Attributes:
        bodies: the bodies asked, in the order of the definition.
        instruments: per body, the instrument it answers with.
        text: the deliverable, or ``deliverable/part``, it is about.
        admitted_in: the states of the milestone in which decisions are admitted.
        after: what must hold for a body's own party before it decides.
        via: through whom it is put.
        options: what a decision may name, where it names anything.
        met_by_receipt: the term is met when the answer is received, not when it is decided.
        signed_by: who signs the answer, by role.
        proposal: the task, one for each party, by which its own party brings the question to the
            body (*raadsvoorstel*); until it is done, whoever reports it is next on the way.
        way: what comes before a body's decision: ``after``, and the proposal. A decision is
            admitted without the latter, which was there if it was taken.
        same_text_as: the milestone and request whose text an answer has to be on; None if it may be
            on any.
    """

    id: str
    bodies: tuple[str, ...]
    instruments: Mapping[str, str]
    text: str | None
    admitted_in: tuple[str, ...]
    due: Due | None
    after: Gate | None
    via: str | None = None
    options: Options | None = None
    met_by_receipt: bool = False
    signed_by: tuple[str, ...] = ()
    same_text_as: tuple[str, str] | None = None
    proposal: "TaskRef | None" = None
    way: Gate | None = None


@dataclass(frozen=True, slots=True, order=True)
class TaskRef:
    """Where a task is: of a milestone, or of the process itself (empty milestone)."""

    milestone: str
    task: str

    def __str__(self) -> str:
        """Return ``milestone/task``, or ``task`` for one of the process."""
        return f"{self.milestone}/{self.task}" if self.milestone else self.task


EXTERNAL = "external"
"""The owner of a task that nobody here does: others do, and somebody reports it."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be held, offered, sent or answered (*taak*).

    Attributes:
        subjects: the parties or groups it is for, one instance each; ``("",)`` for once.
        owners: the roles whose holders report it; or a body, a participant, or “external”.
        admitted_in: the states of the milestone in which it can be reported; empty for any.
        results: per result, whether the task is done with it.
        each_round: whether it is to be done anew each time a round opens.
        arises: when it comes into being, where not at once.
        repeats: whether it comes back, so that it is never finished.
        replies_to: the request of its milestone whose answers have points that it answers.
        outlives: a party that left still owes it, where it had arisen by then.
    """

    ref: TaskRef
    subjects: tuple[str, ...]
    owners: tuple[str, ...]
    admitted_in: tuple[str, ...]
    results: Mapping[str, bool]
    each_round: bool
    due: Due | None
    arises: Arises | None
    repeats: bool
    replies_to: str | None = None
    outlives: bool = False

    @property
    def yearly(self) -> bool:
        """Whether there is one for each year."""
        return self.arises is not None and self.arises.every == YEARLY


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a deliverable, one for each of ``subjects`` (``("",)`` for a single one)."""

    id: str
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deliverable:
    """A document in parts, each at a level (*stuk, onderdeel, niveau*)."""

    id: str
    levels: tuple[str, ...]
    parts: Mapping[str, Part]


# --- milestones --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arm:
    """One transition from one state to another.

    Attributes:
        explicit: only taken when named (stop, rework).
        opens_round: puts the milestone's requests anew: the next round opens, unless nothing was
            asked in the present one yet.
        latch: once passed, the gate stays passed, whatever is corrected later.
        permission: what the actor must be allowed to do.
    """

    trigger: str
    source: str
    target: str
    gate: Gate | None
    explicit: bool = False
    opens_round: bool = False
    latch: bool = False
    permission: Permission = Permission.ADVANCE


@dataclass(frozen=True, slots=True)
class Entering:
    """What entering a state sets off.

    Attributes:
        stops: the milestones that are given up, each with the state in which it then is.
        leaves: the parties that leave.
        joins: the parties that join, of those that may.
    """

    stops: tuple[tuple[str, str], ...] = ()
    leaves: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A state machine inside a process (*mijlpaal*).

    Attributes:
        structure: the name of the structure it follows.
        states: in the order of the definition; the first is where it begins.
        good: final states in which the milestone is reached.
        bad: final states in which it is given up.
        arms: every transition, with the slots filled in.
        dues: per state, until when it is to be entered.
        entering: per state, what entering it sets off.
    """

    id: str
    title: Mapping[str, str]
    structure: str
    states: tuple[str, ...]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    arms: tuple[Arm, ...]
    requests: Mapping[str, Request]
    dues: Mapping[str, Due]
    entering: Mapping[str, Entering] = field(default_factory=dict)

    @property
    def initial(self) -> str:
        """The state in which it begins."""
        return self.states[0]

    @property
    def final(self) -> tuple[str, ...]:
        """The states that nothing leaves."""
        return self.good + self.bad

    @property
    def admitting(self) -> frozenset[str]:
        """The states in which an answer to any of its requests is admitted."""
        return frozenset(
            state for request in self.requests.values() for state in request.admitted_in
        )

    def arms_from(self, state: str) -> tuple[Arm, ...]:
        """Return the transitions that leave a state."""
        return tuple(arm for arm in self.arms if arm.source == state)

    def reached_from(self, state: str, without: str | None = None) -> set[str]:
        """Return a state and those that can come after it, without passing another."""
        found: set[str] = set()
        ahead = [state]
        while ahead:
            each = ahead.pop()
            if each not in found and each != without:
                found.add(each)
                ahead += [arm.target for arm in self.arms_from(each)]
        return found


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the definition says about itself: an assumption of ours, or an unknown.

    Attributes:
        where: what it is about, as ``milestone``, ``milestone/request`` or ``roles.role``.
        gate: whether that is a gate: a request may be called the same.
    """

    where: str
    what: Prose
    gate: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal of the process, and its date.

    Attributes:
        of: the milestone and state with which it is reached; None where that is not said.
    """

    date: PartialDate
    what: Prose
    of: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the definition has it from."""

    id: str
    what: Prose
    date: PartialDate


REMIND_AT = time(9)
"""The default time of day for reminders."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A process definition (*procesdefinitie*), whole, with no fault that a check finds.

    Attributes:
        sha256: of everything the file and the files it uses say (of ``document``).
        begins: the first day of the process, as the source gives it.
        starter: the roles whose seats the starter of the process gets.
        remind_at: the time of day for reminders.
        tasks: every task, of the process and of its milestones.
        may_join: the parties that may join, each with its votes in regional bodies.
        joined: those of them that are among the parties of this definition.
        whole: the definition with all of them; None if no party may join.
        document: the JSON from which the hash was made; empty if nothing was hashed.
    """

    id: str
    version: int
    sha256: str
    title: Mapping[str, str]
    timezone: str
    begins: PartialDate
    goal: Goal | None
    sources: tuple[Source, ...]
    parties: Mapping[str, Party]
    bodies: Mapping[str, str]
    regional: Mapping[str, RegionalBody]
    groups: Mapping[str, str]
    participants: tuple[str, ...]
    roles: Mapping[str, Role]
    starter: tuple[str, ...]
    deliverables: Mapping[str, Deliverable]
    instruments: Mapping[str, Instrument]
    ladders: Mapping[str, tuple[str, ...]]
    milestones: Mapping[str, Milestone]
    tasks: Mapping[TaskRef, Task]
    remind_at: time = REMIND_AT
    assumptions: tuple[Remark, ...] = ()
    unknowns: tuple[Remark, ...] = ()
    may_join: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    joined: frozenset[str] = frozenset()
    whole: "Definition | None" = field(default=None, compare=False, repr=False)
    document: str = field(default="", compare=False, repr=False)

    @property
    def everybody(self) -> "Definition":
        """The definition with all parties that may join among its parties."""
        return self.whole or self

    def tasks_of(self, milestone: str) -> tuple[Task, ...]:
        """Return the tasks of a milestone (of the process itself for an empty name)."""
        return tuple(task for ref, task in self.tasks.items() if ref.milestone == milestone)

    @property
    def dues(self) -> dict[str, Due]:
        """Every due of the process, by its reference."""
        found = [due for each in self.milestones.values() for due in each.dues.values()]
        found += [
            request.due
            for each in self.milestones.values()
            for request in each.requests.values()
            if request.due is not None
        ]
        found += [task.due for task in self.tasks.values() if task.due is not None]
        return {due.ref: due for due in found}

    def party_of(self, body: str) -> str:
        """Return the party a body belongs to; empty for a regional body.

        Also of a party that may join, as long as it did not: an entry can name its bodies.
        """
        if body not in self.bodies and self.whole is not None:
            return self.whole.bodies[body]
        return self.bodies[body]

    def weight_of(self, body: str) -> int:
        """Return how much a body counts in a weighted share: as much as its party."""
        party = self.parties.get(self.bodies[body])
        return (party.weight or 0) if party else 1


def title_in(titles: Mapping[str, str], language: str, fallback: str) -> str:
    """Return a title in a language, or in English, or in any language, or the fallback."""
    return titles.get(language) or titles.get("en") or next(iter(titles.values()), fallback)
