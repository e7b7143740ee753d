"""The first possible day of each event, from the requirements among events and dates.

An event is the entering of a state, an answer of one body, or a task of one party. An event with a
due is assumed to take place on its deadline; any other takes place as soon as it can. Its
requirements determine the first day on which it can take place.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date

from definitions.calendar.lengths import (
    Distance,
    Length,
    NextDay,
    Unit,
    day_after,
    end_of_statutory_term,
    first_day_with,
)
from definitions.calendar.workdays import LONGEST_REST
from definitions.language.errors import InvalidValue
from definitions.language.values import dataclass, replace

Event = tuple[str, ...]
"""What takes place: ``("state", milestone, state)``, ``("answer", milestone, request, body)``…"""

ANY_DAY, NEVER = 0, 10**9
"""Days are ordinals; these are before the first one, and after the last."""


@dataclass(frozen=True, slots=True)
class Label:
    """A date that people know: of a due, or of a gate."""

    name: str
    written: str
    day: int


# --- what an event requires ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Follows:
    """Another event has taken place, so long before.

    Attributes:
        distance: how far it lies back at least; None where it is not said.
        more: so many days more than that.
        back: whether the distance is counted back, from the later of the two.
        term: the due that ends so far after it, where the distance is that of a term.
        statutory: whether that runs on to a working day.
    """

    event: Event
    distance: Distance | None = None
    more: int = 0
    back: bool = False
    term: str = ""
    statutory: bool = False

    def after(self, day: int) -> int:
        """Return the first day that is so long after a day."""
        if day in (ANY_DAY, NEVER) or self.distance is None:
            return min(day + self.more, NEVER) if day != ANY_DAY else ANY_DAY
        begins = date.fromordinal(day)
        try:
            return self._end(begins, self.distance).toordinal() + self.more
        except InvalidValue:  # of a year whose working days are not known
            return day + _roughly(self.distance) + self.more

    def _end(self, begins: date, distance: Distance) -> date:
        if isinstance(distance, NextDay):
            return day_after(begins, distance)
        if self.back:
            return first_day_with(begins, distance)
        if self.statutory:
            return end_of_statutory_term(begins, distance)
        return day_after(begins, distance)

    def before(self, day: int) -> int:
        """Return the last day that is so long before a day."""
        known = self._in_days()
        if known is not None:
            return day - known
        first = day - 2 * _roughly(self.distance) - LONGEST_REST - self.more
        return first + bisect_right(range(first, day + 1), day, key=self.after) - 1

    def days_from(self, day: int) -> int:
        """Return how many days there have to be between a day and what comes so long after it."""
        known = self._in_days()
        return self.after(day) - day if known is None else known

    def _in_days(self) -> int | None:
        """Return the distance in days, without those by which it runs on; None where it differs."""
        match self.distance:
            case None:
                return self.more
            case Length(number, Unit.DAYS):
                return number + self.more
            case Length(number, Unit.WEEKS):
                return 7 * number + self.more
            case _:
                return None


def _roughly(distance: Distance | None) -> int:
    """Return about how many days it is."""
    if not isinstance(distance, Length):
        return 0 if distance is None else _DAYS_IN[Unit.YEARS]
    return distance.number * _DAYS_IN[distance.unit]


_DAYS_IN = {Unit.DAYS: 1, Unit.WORKING_DAYS: 2, Unit.WEEKS: 7, Unit.MONTHS: 31, Unit.YEARS: 366}


@dataclass(frozen=True, slots=True)
class From:
    """A day has come: so many days after a date."""

    label: Label
    days: int = 0


@dataclass(frozen=True, slots=True)
class Until:
    """A date has not gone by."""

    label: Label


@dataclass(frozen=True, slots=True)
class Enough:
    """Enough of some events have taken place, each counted by its weight."""

    events: tuple[tuple[Event, int], ...]
    needed: int


@dataclass(frozen=True, slots=True)
class Every:
    """All of it."""

    parts: tuple["Requirement", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of it."""

    parts: tuple["Requirement", ...]


Requirement = Follows | From | Until | Enough | Every | Either
NOTHING = Every(())
IMPOSSIBLE = Either(())


def every(*parts: Requirement) -> Requirement:
    """Return the requirement that all of the given ones hold."""
    wanted = [each for each in parts if each != NOTHING]
    return wanted[0] if len(wanted) == 1 else Every(tuple(wanted))


def either(*parts: Requirement) -> Requirement:
    """Return the requirement that at least one of the given ones holds."""
    if NOTHING in parts:
        return NOTHING
    return parts[0] if len(parts) == 1 else Either(parts)


def leaves(requirement: Requirement) -> Iterator[Follows | From | Until | Enough]:
    """Yield the elementary requirements inside a requirement."""
    match requirement:
        case Every(parts) | Either(parts):
            for each in parts:
                yield from leaves(each)
        case _:
            yield requirement


def events_in(requirement: Requirement) -> Iterator[Event]:
    """Yield the events that a requirement looks at."""
    for leaf in leaves(requirement):
        match leaf:
            case Follows(event):
                yield event
            case Enough(events):
                yield from (event for event, _ in events)
            case From() | Until():
                pass


def always(requirement: Requirement) -> Iterator[Follows | From | Until | Enough]:
    """Yield the elementary requirements that must hold in every case."""
    match requirement:
        case Every(parts):
            for each in parts:
                yield from always(each)
        case Either():
            pass
        case _:
            yield requirement


def events_always(leaf: Follows | From | Until | Enough) -> Iterator[Event]:
    """Yield the events without which something does not hold."""
    match leaf:
        case Follows(event):
            yield event
        case Enough(events, needed):
            rest = sum(weight for _, weight in events) - needed
            yield from (event for event, weight in events if weight > rest)
        case _:
            pass


def in_order(asked: Mapping[Event, Requirement]) -> Iterator[Event]:
    """Yield events, what another one requires before it wherever that can be."""
    seen: set[Event] = set()
    for start in asked:
        stack = [(start, events_in(asked[start]))] if start not in seen else []
        seen.add(start)
        while stack:
            event, others = stack[-1]
            other = next((each for each in others if each not in seen), None)
            if other is None:
                stack.pop()
                yield event
            elif other in asked:
                seen.add(other)
                stack.append((other, events_in(asked[other])))
            else:
                seen.add(other)


def alike(asked: Mapping[Event, Requirement], dated: Mapping[Event, Label]) -> dict[Event, Event]:
    """Return a representative for each event: one with the same due and the same requirements.

    A request to hundreds of bodies is mostly the same for each of them.
    """
    first: dict[tuple[Event, Requirement, Label | None], Event] = {}
    found: dict[Event, Event] = {}
    for event in in_order(asked):
        what = event[:3] if event[0] in ("answer", "task") else event
        key = (what, renamed(asked[event], found), dated.get(event))
        found[event] = first.setdefault(key, event)
    return found


def renamed(requirement: Requirement, names: Mapping[Event, Event]) -> Requirement:
    """Return a requirement in which one event stands for all that are alike."""
    match requirement:
        case Follows(event):
            other = names.get(event, event)
            return requirement if other == event else replace(requirement, event=other)
        case Enough(events, needed):
            together: dict[Event, int] = {}
            for event, weight in events:
                other = names.get(event, event)
                together[other] = together.get(other, 0) + weight
            return Enough(tuple(together.items()), needed)
        case Every(parts):
            return every(*dict.fromkeys(renamed(each, names) for each in parts))
        case Either(parts):
            return either(*dict.fromkeys(renamed(each, names) for each in parts))
        case From() | Until():
            return requirement


# --- the first day -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Blame:
    """A date because of which something cannot take place on a day.

    Attributes:
        days: how many days there have to be between the two.
        later: whether it is the other way round: what is asked about has to come before it.
        term: the due whose term lies between the two, where one does.
        then: what it has to come before; None where that is what is asked about.
    """

    label: Label
    days: int = 0
    later: bool = False
    term: str = ""
    then: Label | None = None


class Course:
    """The first day of each event, when those with a due take place on their deadlines."""

    def __init__(self, asked: Mapping[Event, Requirement], dated: Mapping[Event, Label]) -> None:
        """Find out the first day of each.

        Args:
            asked: what each event requires.
            dated: the deadline of those that have one.
        """
        self._asked = asked
        self._dated = dated
        self._first: dict[Event, int] = dict.fromkeys(asked, NEVER)
        self._blamed: dict[tuple[Event, int], tuple[Blame, ...]] = {}
        self._settle()

    def clashes(self, event: Event) -> tuple[Blame, ...] | None:
        """Return why an event cannot take place on its deadline.

        Returns:
            The dates because of which it cannot; none where it can; None where it cannot whatever
            the dates are.
        """
        day = self._dated[event].day
        if self._earliest(self._asked[event], day) == day:
            return ()
        return tuple(dict.fromkeys(self._why(self._asked[event], day, frozenset()))) or None

    # --- days ----------------------------------------------------------------------------------

    def _settle(self) -> None:
        """Let days come down from “never” until nothing changes."""
        waiting: dict[Event, list[Event]] = {}
        for event, requirement in self._asked.items():
            for other in events_in(requirement):
                waiting.setdefault(other, []).append(event)
        ahead = dict.fromkeys(in_order(self._asked))
        while ahead:
            event = next(iter(ahead))
            del ahead[event]
            label = self._dated.get(event)
            first = self._earliest(self._asked[event], label.day if label else ANY_DAY)
            if first < self._first[event]:
                self._first[event] = first
                ahead.update(dict.fromkeys(waiting.get(event, ())))

    def _earliest(self, requirement: Requirement, day: int) -> int:
        """Return the first day from a day on, on which something holds."""
        match requirement:
            case Follows(event):
                return max(day, requirement.after(self._first.get(event, NEVER)))
            case From(label, days):
                return max(day, label.day + days)
            case Until(label):
                return day if day <= label.day else NEVER
            case Enough():
                return max(day, self._enough(requirement))
            case Either(parts):
                return min((self._earliest(each, day) for each in parts), default=NEVER)
            case Every(parts):
                return self._all(parts, day)

    def _all(self, parts: tuple[Requirement, ...], day: int) -> int:
        """Return the first day on which all of it holds: what holds later may hold no more."""
        before = -1
        while before < day < NEVER:
            before = day
            for each in parts:
                day = self._earliest(each, day)
        return day

    def _enough(self, enough: Enough) -> int:
        there = 0
        for day, weight, _ in self._by_day(enough):
            there += weight
            if there >= enough.needed:
                return day
        return ANY_DAY if enough.needed <= 0 else NEVER

    def _by_day(self, enough: Enough) -> list[tuple[int, int, Event]]:
        return sorted(
            (self._first.get(event, NEVER), weight, event) for event, weight in enough.events
        )

    # --- why not -------------------------------------------------------------------------------

    def _why(self, requirement: Requirement, day: int, seen: frozenset[Event]) -> Iterator[Blame]:
        """Yield the dates because of which something does not hold on a day."""
        if self._earliest(requirement, day) == day:
            return
        match requirement:
            case Follows(event):
                yield from self._why_after(requirement, event, day, seen)
            case From(label, days):
                yield Blame(label, days)
            case Until(label):
                yield Blame(label, later=True)
            case Enough(_, needed):
                yield from self._why_too_few(requirement, needed, day, seen)
            case Either(parts):
                by_day = sorted(parts, key=lambda each: self._earliest(each, day))
                yield from self._why(by_day[0], day, seen) if by_day else ()
            case Every(parts):
                for each in parts:
                    yield from self._why(each, day, seen)

    def _why_too_few(
        self, enough: Enough, needed: int, day: int, seen: frozenset[Event]
    ) -> Iterator[Blame]:
        there = 0
        for first, weight, event in self._by_day(enough):
            if there < needed and first > day:
                yield from self._why(Follows(event), day, seen)
            there += weight

    def _why_after(
        self, follows: Follows, event: Event, day: int, seen: frozenset[Event]
    ) -> Iterator[Blame]:
        label = self._dated.get(event)
        if label is not None and follows.after(label.day) > day:
            yield Blame(label, follows.days_from(label.day), term=follows.term)
        if event in seen:
            return
        left = follows.before(day)
        if (event, left) not in self._blamed:
            found = self._why_event(event, left, seen | {event})
            self._blamed[event, left] = tuple(dict.fromkeys(found))
        for each in self._blamed[event, left]:
            days = each.days if each.then else each.days + day - left
            yield replace(each, days=days, term=each.term or follows.term)

    def _why_event(self, event: Event, day: int, seen: frozenset[Event]) -> Iterator[Blame]:
        """Yield the dates because of which what others require does not take place in time."""
        asked = self._asked.get(event, IMPOSSIBLE)
        for each in self._why(asked, day, seen):
            if not each.later:
                yield each
        if event in self._dated or self._first.get(event, NEVER) < NEVER:
            return
        for leaf in leaves(asked):  # it has to come before one date, and after another
            if isinstance(leaf, Until):
                for each in self._why(asked, leaf.label.day, seen):
                    if not each.later and each.then is None:
                        yield replace(each, then=leaf.label)
