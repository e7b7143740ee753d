"""The receipt of a command: its entries, their consequences, and the next commands.

A view of a change, not of a state: it has only the differences.
"""

from collections.abc import Iterator, Sequence

from definitions.calendar.dates import parse_date
from definitions.calendar_checks import day_off
from definitions.language.actions import BLANK, Action, action
from definitions.language.text import Text
from definitions.language.values import dataclass, replace
from definitions.model import Effect
from definitions.proving.verdict import Finding
from workflow.model.events import (
    DecisionRecorded,
    DueMoved,
    Entry,
    EntryCorrected,
    Event,
    MilestoneMoved,
    PartyJoined,
    PartyLeft,
    event_from,
)
from workflow.model.state import Basis
from workflow.rules.arms import arm_of
from workflow.rules.consequences import Consequences, consequences
from workflow.rules.gates import TextRelation, decisions_on, text_relation
from workflow.rules.knock_on import KnockOn, knock_on
from workflow.rules.party_changes import NewFault, are_other_parties, new_faults
from workflow.rules.reachability import Opened, Reach, Shut, newly_held, newly_shut
from workflow.rules.snapshot import Snapshot
from workflow.rules.terms import ShortTerm, short_terms
from workflow.rules.worklist import Turn, in_process, worklist
from workflow.views.change import Change
from workflow.views.goal import GoalView, goal_view, reached_or_lost
from workflow.views.history import EntryView, entry_view
from workflow.views.moves import EarlyView, UnprovedView, early, unproved
from workflow.views.next_commands import NextView, OpenedView, in_question, newly_open, next_view
from workflow.views.requests import RequestView, request_view
from workflow.views.status import DefinitionRef


@dataclass(frozen=True, slots=True)
class OtherTextView:
    """A text that others decided on, other than that of a decision.

    Attributes:
        text: its SHA-256.
        bodies: the bodies that decided on it, in the same round.
    """

    text: str
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundTextView:
    """How the text of an answer relates to that of the request it is bound to.

    Attributes:
        request: that other request: ``milestone/request``.
        relation: the same text, another one, none yet, or not known.
        known: whether it is known on which text the answer is.
    """

    request: str
    relation: TextRelation
    known: bool


@dataclass(frozen=True, slots=True)
class ReplannedView:
    """What the new date of a due does.

    Attributes:
        overtaken_on: when the later replanning was decided that stays in force, as written; None
            where this one is in force.
        stays: the date that the due keeps by that, as written; None where this one is in force.
        day_off: why the date is no working day; None where it is one, or may be any day.
        knock_on: what it does to the rest.
        goal: the date of the goal, as written; None where the process has none.
        goal_is: what the goal is; empty where the process has none.
    """

    due: str
    overtaken_on: str | None
    stays: str | None
    day_off: Text | None
    knock_on: KnockOn
    goal: str | None
    goal_is: str


@dataclass(frozen=True, slots=True)
class RecordedView:
    """An entry that a command made, and its consequences.

    Attributes:
        progress: the progress of its request after the last decision; None for other entries.
        opens_round: whether a move opens a round of its milestone.
        round: the number of that round; None if it opens none, or precedes a round that was
            recorded earlier.
        not_proved: the evidence that an attested move lacks.
        early: a move that depends on entries recorded out of order.
        other_texts: the other texts on which bodies decided in the same round.
        mending: the command that corrects the text of a decision that differs by a slip, or adds
            one that is not known.
        bound: how its text relates to that of the request it is bound to; None where it is bound
            to none, or may be on any text.
        contradicts: the attested moves that can no longer be proved because of this decision.
        replanned: the effects of a due's new date.
    """

    entry: EntryView
    progress: RequestView | None = None
    opens_round: bool = False
    round: int | None = None
    not_proved: tuple[UnprovedView, ...] = ()
    early: tuple[EarlyView, ...] = ()
    other_texts: tuple[OtherTextView, ...] = ()
    mending: Action | None = None
    bound: BoundTextView | None = None
    contradicts: tuple[UnprovedView, ...] = ()
    replanned: ReplannedView | None = None


@dataclass(frozen=True, slots=True)
class ClosedView:
    """A gate that could hold and cannot any more: of a transition, or of a request.

    Attributes:
        source: the state that the transition leaves; empty of a request.
        target: the state it leads to; empty of a request.
        request: the request whose bodies wait for the gate; empty of a transition.
        bodies: those bodies.
        in_another_round: whether it can hold in another round.
        why: what stands in the way.
    """

    milestone: str
    source: str
    target: str
    request: str
    bodies: tuple[str, ...]
    in_another_round: bool
    why: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class FlawView:
    """Why a definition is not sound: what is wrong, and in which milestone."""

    milestone: str
    says: Text


@dataclass(frozen=True, slots=True)
class SpoiledView:
    """The verdict on a definition that was sound before a party joined or left.

    Attributes:
        verdict: ``unsound`` or ``not-verified``.
        faults: what was found, or what was not proved.
    """

    verdict: str
    faults: tuple[FlawView, ...]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """What became of commands.

    Attributes:
        dry_run: nothing was written: it was only tried, and all else says what it would be.
        recorded: how many entries the commands made; that another calendar is followed from then
            on, which may be an entry beside them, is not counted.
        repeated: how many commands had been recorded before and made none.
        seq: the number of the last entry of the journal.
        hash: the hash of that entry.
        entries: the entries that were made, in order.
        short_terms: the terms of the law that were given too early a date: then the law counts.
        closed: the gates that could hold and cannot any more.
        opened: the transitions that are open and were not.
        freed: after a departure, the gates that hold because of it.
        delayed: after a party joined, the gates that held and wait for it now.
        faults: after either, what the definition in force cannot do any more.
        spoiled: after either, the verdict on it, where it was sound before and is not any more;
            else None.
        in_question: the moves that came in question.
        different: after a correction, what would have been different from the start; after a party
            joined or left, the moves that are proved by it, or not any more; else None.
        goal: the goal, where it was reached or came out of reach; else None.
        turns: what can be done now, and whose it is.
        next: what comes next; None where something was only tried.
    """

    process: str
    definition: DefinitionRef
    dry_run: bool
    recorded: int
    repeated: int
    seq: int
    hash: str
    entries: tuple[RecordedView, ...]
    short_terms: tuple[ShortTerm, ...]
    closed: tuple[ClosedView, ...]
    opened: tuple[OpenedView, ...]
    freed: tuple[Opened, ...]
    in_question: tuple[UnprovedView, ...]
    different: Consequences | None
    goal: GoalView | None
    turns: tuple[Turn, ...]
    next: NextView | None
    delayed: tuple[Opened, ...] = ()
    faults: tuple[NewFault, ...] = ()
    spoiled: SpoiledView | None = None


def receipt_view(change: Change) -> ReceiptView:
    """Return the receipt of commands."""
    seen, definition = change.seen, change.seen.definition
    entries, reader = change.entries, _Reader(change)
    events = [each.event for each in entries]
    return ReceiptView(
        process=seen.process,
        definition=DefinitionRef(definition.id, definition.version, definition.sha256),
        dry_run=change.dry,
        recorded=change.recorded,
        repeated=change.repeated,
        seq=change.seq,
        hash=change.hash,
        entries=tuple(reader.recorded(each, events[at:]) for at, each in enumerate(entries, 1)),
        short_terms=tuple(_short_terms(change)),
        closed=tuple(map(_closed, newly_shut(change.before, seen) if entries else ())),
        opened=tuple(newly_open(change)),
        freed=tuple(newly_held(change.before, seen) if _is_any(events, PartyLeft) else ()),
        in_question=tuple(reader.in_question()),
        different=_different(change, events),
        goal=_goal(change) if entries else None,
        turns=tuple(in_process(seen.process, turn) for turn in worklist(seen)),
        next=None if change.dry and (entries or change.repeated) else next_view(change),
        delayed=tuple(newly_held(seen, change.before) if _is_any(events, PartyJoined) else ()),
        faults=tuple(_faults(change)) if _is_other_parties(change) else (),
        spoiled=_spoiled(change),
    )


def _different(change: Change, events: Sequence[Event]) -> Consequences | None:
    """Return what is different after a correction; or what a change of parties does to moves."""
    if _is_any(events, EntryCorrected):
        return consequences(change.before, change.seen)
    if not _is_other_parties(change):
        return None
    found = consequences(change.before, change.seen)
    moved = {each.milestone for each in events if isinstance(each, MilestoneMoved)}
    others = tuple(each for each in found.milestones if each.milestone not in moved)
    found = replace(found, milestones=others, dues=(), back=(), gone=())
    return found if found.any else None


def _faults(change: Change) -> Iterator[NewFault]:
    """Yield what the definition in force cannot do any more, but for gates named as closed."""
    closed = {each.milestone for each in newly_shut(change.before, change.seen)}
    for each in new_faults(change.before, change.seen):
        if not each.milestones or not closed.issuperset(each.milestones):
            yield each


def _is_other_parties(change: Change) -> bool:
    """Return whether other parties take part than before."""
    return are_other_parties(change.before.state, change.seen.state)


def _spoiled(change: Change) -> SpoiledView | None:
    """Return what is proved no more, but for faults of milestones that have ended."""
    verdict = change.spoiled
    if verdict is None:
        return None
    # Imported lazily: no other receipt has words of a proof.
    from definitions.proving.wording import finding_text, unproved_text  # noqa: PLC0415

    errors = [each for each in verdict.errors if not _has_ended(each, change.seen)]
    if verdict.errors and not errors:
        return None
    return SpoiledView(
        verdict.result.value,
        tuple(FlawView(each.milestone, finding_text(each)) for each in errors)
        or tuple(
            FlawView(", ".join(each.milestones), unproved_text(each)) for each in verdict.unproved
        ),
    )


def _has_ended(finding: Finding, now: Snapshot) -> bool:
    found = now.definition.milestones.get(finding.milestone)
    return found is not None and now.state.milestones[found.id].state in found.final


def _goal(change: Change) -> GoalView | None:
    """Return the goal where it was reached or came out of reach by what was recorded."""
    goal = change.seen.definition.goal
    if goal is None or goal.of is None:
        return None
    before, now = (reached_or_lost(each, goal.of) for each in (change.before, change.seen))
    return goal_view(change.seen) if before != now and any(now) else None


def _is_any(events: Sequence[Event], kind: type[Event]) -> bool:
    return any(isinstance(each, kind) for each in events)


def _short_terms(change: Change) -> Iterator[ShortTerm]:
    """Yield the terms of the law that have too early a date, and had not before."""
    known = {(each.due, each.party) for each in short_terms(change.before)}
    for each in short_terms(change.seen):
        if (each.due, each.party) not in known:
            yield each


def _closed(shut: Shut) -> ClosedView:
    return ClosedView(
        milestone=shut.milestone,
        source=shut.source,
        target=shut.target,
        request=shut.request,
        bodies=shut.bodies,
        in_another_round=shut.reach is Reach.NEXT_ROUND,
        why=shut.why,
    )


# --- of one entry ------------------------------------------------------------------------------


class _Reader:
    """Tells of each entry what is true of it, by where the process is after all of them."""

    def __init__(self, change: Change) -> None:
        """Take the change."""
        self._change = change
        self._seen = change.seen
        self._unproved: dict[str, tuple[UnprovedView, ...]] = {}

    def recorded(self, entry: Entry, others: Sequence[Event]) -> RecordedView:
        """Return an entry and what is true of it.

        Args:
            others: the events after it.
        """
        view = entry_view(entry)
        match entry.event:
            case MilestoneMoved() as event:
                return self._moved(event, view)
            case DecisionRecorded() as event:
                progress = None if _is_followed(event, others) else self._progress(event)
                return self._decided(event, entry.seq, view, progress)
            case EntryCorrected(replacement=dict(reading)) as event:
                decision = event_from(event.kind, reading)
                if isinstance(decision, DecisionRecorded):
                    return self._decided(decision, event.corrects, view, None)
                return RecordedView(view)
            case DueMoved() as event:
                return RecordedView(view, replanned=self._replanned(event, entry.seq))
            case _:
                return RecordedView(view)

    def in_question(self) -> Iterator[UnprovedView]:
        """Yield the moves that came in question, in the order in which they were made."""
        for key in in_question(self._change):
            for each in self._not_proved(key[0]):
                if (each.milestone, each.trigger, each.source, each.target) == key:
                    yield each

    def _not_proved(self, milestone: str) -> tuple[UnprovedView, ...]:
        if milestone not in self._unproved:
            found = unproved(self._seen, self._seen.definition.milestones[milestone])
            self._unproved[milestone] = tuple(found)
        return self._unproved[milestone]

    # --- moves ---

    def _moved(self, event: MilestoneMoved, view: EntryView) -> RecordedView:
        milestone = self._seen.definition.milestones[event.milestone]
        missing = self._not_proved(milestone.id) if event.attested else ()
        way, begun = (event.source, event.target), (event.trigger, event.source)
        rests = (each for each in early(self._seen, milestone) if each.rests_on)
        return RecordedView(
            view,
            opens_round=self._opens_round(event),
            round=self._round(event, view.seq),
            not_proved=tuple(each for each in missing if (each.trigger, each.source) == begun),
            early=tuple(each for each in rests if (each.source, each.target) == way),
        )

    def _opens_round(self, event: MilestoneMoved) -> bool:
        way = (event.milestone, event.trigger, event.source, event.target)
        return arm_of(self._seen.definition, *way).opens_round

    def _round(self, event: MilestoneMoved, seq: int) -> int | None:
        after = self._seen.state.milestones[event.milestone]
        return after.round if self._opens_round(event) and after.seq == seq else None

    # --- decisions ---

    def _progress(self, event: DecisionRecorded) -> RequestView:
        milestone = self._seen.definition.milestones[event.milestone]
        return request_view(self._seen, milestone, milestone.requests[event.request])

    def _decided(
        self, event: DecisionRecorded, seq: int, view: EntryView, progress: RequestView | None
    ) -> RecordedView:
        """Return a decision and what is true of it.

        Args:
            seq: the entry that says it, or that was corrected.
        """
        others, bound = tuple(self._other_texts(event)), self._bound(event)
        mends = (others or (bound is not None and _is_doubtful(bound))) and not self._change.dry
        return RecordedView(
            view,
            progress=progress,
            other_texts=others,
            mending=_mending(self._seen.process, seq) if mends else None,
            bound=bound,
            contradicts=tuple(self._contradicted(seq)),
        )

    def _other_texts(self, event: DecisionRecorded) -> Iterator[OtherTextView]:
        """Yield on which other texts others decided in its round."""
        others: dict[str, list[str]] = {}
        decisions, of = self._seen.state.decisions, (event.milestone, event.request, event.round)
        given = {key[3]: each for key, each in decisions.items() if key[:3] == of}
        if event.body not in given or given[event.body].effect not in _AGREEING:
            return
        for body, each in given.items():
            if each.effect in _AGREEING and each.text not in (None, event.text):
                others.setdefault(str(each.text), []).append(body)
        for hash_, bodies in others.items() if event.text is not None else ():
            yield OtherTextView(hash_, tuple(bodies))

    def _bound(self, event: DecisionRecorded) -> BoundTextView | None:
        """Return how the text of a decision of the present round relates to that of another."""
        request = self._seen.definition.milestones[event.milestone].requests[event.request]
        given = decisions_on(self._seen.state, event.milestone, request).get(event.body)
        if given is None or given.effect not in _AGREEING or request.same_text_as is None:
            return None
        if self._seen.state.round_of(event.milestone) != event.round:
            return None
        relation = text_relation(request, given.text, self._seen)
        other = "/".join(request.same_text_as)
        return BoundTextView(other, relation, given.text is not None)

    def _contradicted(self, seq: int) -> Iterator[UnprovedView]:
        """Yield the moves, attested, that can no longer be proved because of a decision."""
        for milestone in self._seen.definition.milestones:
            for move in self._not_proved(milestone):
                out_of_reach = (each.contrary for each in move.missing if not each.reachable)
                against = {each.seq for contrary in out_of_reach for each in contrary}
                if move.basis is Basis.ATTESTED and seq in against:
                    yield move

    # --- dates ---

    def _replanned(self, event: DueMoved, seq: int) -> ReplannedView:
        seen, definition = self._seen, self._seen.definition
        goal, due = definition.goal, definition.dues[event.due]
        off = day_off(parse_date(event.date), goal.date if goal else None)
        in_force = (event.due, seq) == seen.state.last_move(event.due)
        later = None if in_force else seen.state.moves_of(event.due)[-1]
        return ReplannedView(
            due=event.due,
            overtaken_on=later.effective if later else None,
            stays=later.date if later else None,
            day_off=None if due.target else off,
            knock_on=knock_on(self._change.before, seen),
            goal=goal.date.written if goal else None,
            goal_is=goal.what.in_(seen.language) if goal else "",
        )


_AGREEING = frozenset({Effect.FOR, Effect.ANSWERED})
"""The effects of decisions that must be on one text; rejected texts may differ."""


def _is_followed(given: DecisionRecorded, others: Sequence[Event]) -> bool:
    """Return whether a decision is followed by another on the same request."""
    return any(
        isinstance(each, DecisionRecorded)
        and (each.milestone, each.request) == (given.milestone, given.request)
        for each in others
    )


def _is_doubtful(bound: BoundTextView) -> bool:
    return bound.relation is TextRelation.OTHER or not bound.known


def _mending(process: str, seq: int) -> Action:
    return action("correct", process=process, seq=str(seq), text=BLANK, reason=BLANK)
