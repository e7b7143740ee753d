"""The past of a process: its journal, with the states from which a later fold can start.

An entry of an earlier day does not change the state before that day. So the states at the beginning
of some days are kept, and a fold starts from the last one before the entry. They leave out the
answers of rounds that were closed by then, which no later entry depends on.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from definitions.language.values import dataclass, replace
from definitions.model import Definition
from workflow.model.events import Entry, EntryCorrected, NoteAdded
from workflow.model.state import State
from workflow.rules.fold import fold_on, in_turn, initial
from workflow.rules.snapshot import snapshot_of
from workflow.rules.undated import is_counted

SPACING = 64
"""The least number of entries between two kept states."""
MOST = 256
"""The greatest number of kept states, about."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A kept state, from the beginning of a day.

    Attributes:
        count: how many entries happened before it.
        last: the day of the last of those.
        state: the state after them, without the answers of closed rounds.
    """

    count: int
    last: date
    state: State


@dataclass(frozen=True, slots=True)
class Past:
    """The journal of a process, and its kept states.

    Attributes:
        definition: the one the process is pinned to.
        written: the entries, in the order in which they were written.
        ordered: the entries with all corrections applied, by effective date.
        marks: the kept states, the earliest first.
        has_undated: whether some decision counts from a day that a later entry can change.
    """

    definition: Definition
    written: tuple[Entry, ...]
    ordered: tuple[Entry, ...]
    marks: tuple[_Mark, ...] = ()
    has_undated: bool = False

    def stood(self, since: date, until: date | None = None) -> State:
        """Return the state that a change of an earlier day depends on.

        Args:
            since: the day of the change; answers of rounds closed before it may be left out.
            until: the state is that of the end of this day; after all entries when None.
        """
        mark = next((each for each in reversed(self.marks) if each.last < since), None)
        count, state = (0, self._begun) if mark is None else (mark.count, mark.state)
        last = len(self.ordered) if until is None else self._by(until)
        return self._goes_on(state, count, last)

    def stood_after(self, then: State, day: date) -> State:
        """Return the state after all entries, from one that was found on the way to it.

        Args:
            then: the state of the end of a day, before the last entry of that day was added.
            day: that day.
        """
        return self._goes_on(then, self._by(day) - 1, len(self.ordered))

    def followed_by(self, entries: Sequence[Entry]) -> "Past":
        """Return the past with new entries at the end of the journal."""
        if not entries:
            return self
        written = (*self.written, *entries)
        new = any(isinstance(e.event, EntryCorrected) or _is_of_no_day(e) for e in entries)
        if new or self.has_undated:
            return past_of(self.definition, written)
        ordered = list(self.ordered)
        days = [_day(each) for each in entries]
        for entry, day in zip(entries, days, strict=True):
            at = bisect_right(ordered, day, key=_day)
            ordered.insert(at, entry)
        first = min(days, default=date.max)
        marks = tuple(each for each in self.marks if each.last < first)
        return Past(self.definition, written, tuple(ordered), marks)

    def marked(self) -> "Past":
        """Return the same past with kept states up to the present, if enough are missing."""
        spacing = max(SPACING, len(self.ordered) // MOST)
        marks = list(self.marks)
        there = marks[-1].count if marks else 0
        if len(self.ordered) - there < 2 * spacing or any(map(_is_of_no_day, self.ordered)):
            return self
        count, state = (marks[-1].count, marks[-1].state) if marks else (0, self._begun)
        days = [_day(each) for each in self.ordered]
        for at in range(count + 1, len(days)):
            if at - count >= spacing and days[at - 1] < days[at]:
                state = self._goes_on(state, count, at).of_present_rounds()
                marks.append(_Mark(at, days[at - 1], state))
                count = at
        return replace(self, marks=tuple(marks))

    def _goes_on(self, state: State, count: int, last: int) -> State:
        """Return the state after ``last`` entries, from that after ``count`` of them."""
        then = snapshot_of(self.definition, state, date.max)
        return fold_on(then, self.ordered[count:last]).state

    @property
    def _begun(self) -> State:
        return initial(self.definition, self.ordered[0].effective_on or date.min)

    def _by(self, day: date) -> int:
        """Return how many entries are effective by the end of a day."""
        return bisect_right(self.ordered, day, key=_day)


def past_of(definition: Definition, written: Iterable[Entry]) -> Past:
    """Return the past of a process.

    Args:
        definition: the one the process is pinned to.
        written: all of its journal, in the order in which it was written.
    """
    written = tuple(written)
    ordered = tuple(in_turn(definition, written))
    return Past(definition, written, ordered, has_undated=any(map(is_counted, ordered))).marked()


def _is_of_no_day(entry: Entry) -> bool:
    """Return whether an entry other than a note has no known date; it counts for the last day."""
    return entry.effective_on is None and not isinstance(entry.event, NoteAdded)


def _day(entry: Entry) -> date:
    """Return the day by which an entry is ordered; the greatest date if it is unknown."""
    return entry.effective_on or date.max
