"""The past of a process: its journal, folded so that little of it has to be folded again.

What is recorded of an earlier day changes nothing of what was before that day. So the states in
which some days began are kept, and a fold sets out from the last one of before. Of rounds that were
over by then they have no answers: nothing that happens later asks for those.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date

from definitions.language.values import dataclass
from definitions.model import Definition
from workflow.model.events import Entry, EntryCorrected, NoteAdded
from workflow.model.state import State
from workflow.rules.fold import fold_on, in_order, initial, resolved
from workflow.rules.snapshot import Snapshot

SPACING = 64
"""How many entries lie between two states that are kept."""
MOST = 256
"""How many states are kept."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A state that is kept: that in which a day began.

    Attributes:
        count: how many entries had happened by then.
        last: the day of the last of them.
        state: where they led, without the answers of rounds that were over.
    """

    count: int
    last: date
    state: State


@dataclass(frozen=True, slots=True)
class Past:
    """The journal of a process, and where it led.

    Attributes:
        definition: the one the process is pinned to.
        written: the entries, in the order in which they were written.
        ordered: the entries as they read after all corrections, as they happened.
        marks: the states that are kept, the first first.
    """

    definition: Definition
    written: tuple[Entry, ...]
    ordered: tuple[Entry, ...]
    marks: tuple[_Mark, ...] = ()

    def stood(self, since: date, until: date | None = None) -> State:
        """Return where the process stood, as whoever changes something of a day has to know.

        Args:
            since: that day. Answers of rounds that were over before it are left out, or some are.
            until: the end of which day it stood there; after all of it when None.
        """
        mark = next((each for each in reversed(self.marks) if each.last < since), None)
        count, state = (0, self._begun) if mark is None else (mark.count, mark.state)
        last = len(self.ordered) if until is None else self._by(until)
        return self._goes_on(state, count, last)

    def followed_by(self, entries: Sequence[Entry]) -> "Past":
        """Return the past with more entries, which follow the last one that was written."""
        written = (*self.written, *entries)
        if any(isinstance(e.event, EntryCorrected) or _is_of_no_day(e) for e in entries):
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
        """Return the same past with states kept as far as the present, where many are lacking."""
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
        return Past(self.definition, self.written, self.ordered, tuple(marks))

    def _goes_on(self, state: State, count: int, last: int) -> State:
        """Return the state after so many entries, from that after fewer."""
        then = Snapshot(self.definition, state, date.max)
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
    return Past(definition, written, tuple(in_order(resolved(written)))).marked()


def _is_of_no_day(entry: Entry) -> bool:
    """Return whether something that is no note is of an unknown date, and so of the last day."""
    return entry.effective_on is None and not isinstance(entry.event, NoteAdded)


def _day(entry: Entry) -> date:
    """Return the day by which entries are ordered; the last of all where it is not known."""
    return entry.effective_on or date.max
