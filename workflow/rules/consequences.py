"""Consequences: the differences between two states of a process.

For a correction: the milestones in another state, the moves that the record no longer proves, and
the dues with another date.
"""

from collections.abc import Iterator

from definitions.language.values import dataclass
from workflow.model.state import PROVED, Basis, MoveState, State
from workflow.rules.snapshot import Snapshot
from workflow.rules.terms import due_date, parties_with_term


@dataclass(frozen=True, slots=True)
class Stand:
    """The state of a milestone, and its basis.

    Attributes:
        basis: the basis of the move into it; None if that has no gate.
        out_of_order: whether that move depends on entries recorded out of order.
    """

    state: str
    basis: Basis | None
    out_of_order: bool


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """A milestone in another state, or with another basis, than before."""

    milestone: str
    before: Stand
    after: Stand


@dataclass(frozen=True, slots=True)
class MoveChange:
    """A move that was proved and is not any more, or the other way round."""

    milestone: str
    source: str
    target: str
    effective: str
    proved: bool


@dataclass(frozen=True, slots=True)
class DueChange:
    """A due with another date."""

    due: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """All that differs between two states of a process.

    Attributes:
        back: the parties that take part after all.
        gone: the parties that take no part after all.
    """

    milestones: tuple[MilestoneChange, ...]
    moves: tuple[MoveChange, ...]
    dues: tuple[DueChange, ...]
    back: tuple[str, ...]
    gone: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.milestones or self.moves or self.dues or self.back or self.gone)


def consequences(before: Snapshot, after: Snapshot) -> Consequences:
    """Return the differences between one process and another version of it."""
    were, are = (_there(each) for each in (before, after))
    return Consequences(
        tuple(_milestones(before.state, after.state)),
        tuple(_moves(before.state, after.state)),
        (*due_changes(before, after), *_own_terms(before, after)),
        tuple(party for party in are if party not in were),
        tuple(party for party in were if party not in are),
    )


def _there(now: Snapshot) -> tuple[str, ...]:
    """Return the parties that take part."""
    return now.state.remaining(tuple(now.definition.parties))


def _milestones(before: State, after: State) -> Iterator[MilestoneChange]:
    for name, now in after.milestones.items():
        then = before.milestones[name]
        was = Stand(then.state, then.basis, then.out_of_order)
        is_ = Stand(now.state, now.basis, now.out_of_order)
        if was != is_:
            yield MilestoneChange(name, was, is_)


def _moves(before: State, after: State) -> Iterator[MoveChange]:
    for key, now in after.moves.items():
        then = before.moves.get(key)
        if then is not None and then.seq == now.seq and _proved(then) != _proved(now):
            milestone, _, source, target = key
            yield MoveChange(milestone, source, target, now.effective, _proved(now))


def _proved(move: MoveState) -> bool:
    return move.basis in PROVED


def _own_terms(before: Snapshot, after: Snapshot) -> Iterator[DueChange]:
    """Yield the terms with another date of which each party has its own."""
    for ref, due in after.definition.dues.items():
        if due_date(before, due) != due_date(after, due):
            continue  # it has, or had, one date for all: yielded above
        for party in parties_with_term(after, due) or ():
            then, now = (due_date(each, due, party) for each in (before, after))
            if then != now:
                yield DueChange(f"{ref}@{party}", then.written, now.written)


def due_changes(before: Snapshot, after: Snapshot) -> Iterator[DueChange]:
    """Yield the dues that have another date."""
    for ref, due in after.definition.dues.items():
        then, now = (due_date(each, due) for each in (before, after))
        if then != now:
            yield DueChange(ref, then.written, now.written)
