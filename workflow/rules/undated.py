"""Decisions of which no source says the day: from which day each of them counts.

Such a decision counts from the first day of something that presupposes it: a move with a gate in
which it counts, or out of the states that admit it; a decision that had to wait for it; a step that
was taken with the answer; the next round. Without any of these it counts from the day on which it
was recorded. That is no date of the decision, and no screen shows it as one.

Only entries with a date of their own say from which day an undated one counts. So the order in
which several of them are looked at makes no difference.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from definitions.calendar.dates import Precision, counted_from
from definitions.calendar.zones import zone_of
from definitions.model import (
    AllOf,
    AnyOf,
    Arm,
    AtLeast,
    DateReached,
    Decisions,
    Definition,
    DuePast,
    Effect,
    Gate,
    InState,
    Milestone,
    Not,
    PartsAt,
    Slot,
    TasksDone,
    TextsDiffer,
)
from workflow.model.events import (
    AnswerFollowedUp,
    AnyEntry,
    DecisionRecorded,
    MilestoneMoved,
    PartyJoined,
)
from workflow.model.state import FIRST_ROUND
from workflow.rules.arms import arm_of


class _Presupposed(NamedTuple):
    """What something that happened presupposes.

    Attributes:
        day: the day on which that happened.
        asked: the milestone, the request and the round of the decisions.
        gate: the gate in which they count; None where any decision does.
        body: whose decision; empty for those of all bodies.
        party: the party whose decisions; empty for those of all parties.
        absent: the parties that had not joined by then.
        in_order: only those that were not recorded out of order.
    """

    day: date
    asked: tuple[str, str, int]
    gate: Decisions | TextsDiffer | None
    body: str = ""
    party: str = ""
    absent: frozenset[str] = frozenset()
    in_order: bool = False


_Known = dict[tuple[str, str, int], list[_Presupposed]]
"""What is presupposed of the decisions of a request in a round."""


def is_of_unknown_day(entry: AnyEntry) -> bool:
    """Return whether an entry is a decision of which no source says the day."""
    return entry.effective_on is None and isinstance(entry.event, DecisionRecorded)


def is_counted(entry: AnyEntry) -> bool:
    """Return whether an entry is such a decision, with the day from which it counts."""
    return entry.effective.precision is Precision.COUNTED


def placed(
    definition: Definition, ordered: Sequence[AnyEntry], by: date | None = None
) -> list[AnyEntry]:
    """Return entries, those of an unknown day with the day from which they count.

    Args:
        definition: that of the process.
        ordered: the entries as they happened and as they read after all corrections; those
            without a date come last.
        by: a day from which all of them count at the latest, since something of that day that is
            not recorded yet may presuppose them; None for no such day.
    """
    known: _Known = {}
    for each in _presupposed(definition, ordered):
        known.setdefault(each.asked, []).append(each)
    found = [
        _placed(definition, each, known, by) if is_of_unknown_day(each) else each
        for each in ordered
    ]
    return sorted(found, key=_turn)


def _turn(entry: AnyEntry) -> tuple[date, bool]:
    """Return when an entry comes: one that counts from a day, before what happened on it."""
    return entry.effective_on or date.max, not is_counted(entry)


def _placed(definition: Definition, entry: AnyEntry, known: _Known, by: date | None) -> AnyEntry:
    event = entry.event
    days = [recorded_on(definition, entry), by or date.max]
    if isinstance(event, DecisionRecorded):
        asked = (event.milestone, event.request, event.of_round or event.round)
        of_it = known.get(asked, ())
        days += [each.day for each in of_it if _is_presupposed(definition, event, each)]
    day = min(days)
    return entry._replace(effective=counted_from(day), effective_on=day)


def recorded_on(definition: Definition, entry: AnyEntry) -> date:
    """Return the day on which an entry was recorded, in the time zone of the process."""
    return entry.recorded_at.astimezone(zone_of(definition.timezone)).date()


def _is_presupposed(definition: Definition, event: DecisionRecorded, by: _Presupposed) -> bool:
    party = definition.party_of(event.body)
    return (
        by.body in ("", event.body)
        and by.party in ("", party)
        and party not in by.absent
        and not (by.in_order and event.out_of_order)
        and _counts_in(by.gate, event.outcome, effect_of(definition, event))
    )


def effect_of(definition: Definition, event: DecisionRecorded) -> Effect:
    """Return the effect of a recorded decision; also of a body of a party that may join."""
    request = definition.everybody.milestones[event.milestone].requests[event.request]
    return definition.instruments[request.instruments[event.body]].outcomes[event.outcome].effect


def _counts_in(gate: Decisions | TextsDiffer | None, outcome: str, effect: Effect) -> bool:
    match gate:
        case None:
            return True
        case Decisions():
            return gate.includes(outcome, effect)
        case TextsDiffer():
            return effect in gate.counts


def _presupposed(definition: Definition, ordered: Iterable[AnyEntry]) -> Iterator[_Presupposed]:
    """Yield what each entry with a date of its own presupposes, in their order."""
    milestones = definition.everybody.milestones
    rounds = dict.fromkeys(milestones, FIRST_ROUND)
    put = {name: each.initial in each.admitting for name, each in milestones.items()}
    absent = frozenset(definition.everybody.may_join)
    for entry in ordered:
        event, day = entry.event, entry.effective_on
        if day is None:
            break  # they come last
        match event:
            case MilestoneMoved():
                name = event.milestone
                arm = arm_of(definition.everybody, name, event.trigger, event.source, event.target)
                yield from _by_gate(arm.gate, rounds, day, absent)
                opens = arm.opens_round and put[name]
                yield from _by_leaving(milestones[name], arm, rounds[name], day, opens=opens)
                rounds[name] += opens
                put[name] = put[name] or event.target in milestones[name].admitting
            case DecisionRecorded(out_of_order=None):
                after = milestones[event.milestone].requests[event.request].after
                party = definition.party_of(event.body)
                yield from _by_gate(after, rounds, day, absent, party)
            case AnswerFollowedUp():
                number = event.of_round or rounds[event.milestone]
                yield _Presupposed(day, (event.milestone, event.request, number), None, event.body)
            case PartyJoined():
                absent -= {event.party}
            case _:
                pass


def _by_gate(
    gate: Gate | None,
    rounds: Mapping[str, int],
    day: date,
    absent: frozenset[str],
    party: str = "",
) -> Iterator[_Presupposed]:
    """Yield what presupposes that a gate holds.

    Args:
        rounds: the round that each milestone was in.
        party: whose own decisions are looked at, where the gate looks at those.
    """
    for each in _in_favour(gate):
        asked = (each.milestone, each.request, rounds[each.milestone])
        one = each if isinstance(each, Decisions) else None
        body = one.body if one else ""
        own = party if one and one.own else ""
        yield _Presupposed(day, asked, each, body, own, absent)


def _by_leaving(
    milestone: Milestone, arm: Arm, number: int, day: date, *, opens: bool
) -> Iterator[_Presupposed]:
    """Yield what presupposes that a milestone admits no answer any more, or opens another round."""
    for request in milestone.requests.values():
        asked = (milestone.id, request.id, number)
        if opens:
            yield _Presupposed(day, asked, None)
        elif arm.source in request.admitted_in and arm.target not in request.admitted_in:
            yield _Presupposed(day, asked, None, in_order=True)


def _in_favour(gate: Gate | None) -> Iterator[Decisions | TextsDiffer]:
    """Yield the parts of a gate that decisions can make hold."""
    match gate:
        case Decisions() | TextsDiffer():
            yield gate
        case AllOf(gates) | AnyOf(gates) | AtLeast(_, gates):
            for each in gates:
                yield from _in_favour(each)
        case Slot(_, inner):
            yield from _in_favour(inner)
        case None | Not() | DateReached() | DuePast() | InState() | PartsAt() | TasksDone():
            pass
