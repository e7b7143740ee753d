"""The calendar by which a process is planned: which days are off, and how a clock runs.

Deadlines and reminders follow from the journal, the definition and this. It changes by a newer
program, which knows a decree that this one does not, and by newer data on time zones.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from definitions.calendar.termijnenwet import EDITION, FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR
from definitions.calendar.workdays import LONGEST_REST, holidays, is_known, is_working_day
from definitions.calendar.zones import has_zone, is_of_a_machine, release_of, zone_of
from definitions.canonical_json import sha256_of
from definitions.language.text import Text
from definitions.language.values import dataclass

_SATURDAY = 5
_FIRST_CLOCK = date(2020, 1, 1)
"""The first day of a zone's clock that matters: no reminder is earlier."""
_STEP = timedelta(weeks=2)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """Which days are off, and how the clock of a zone runs.

    Attributes:
        zone: the name of the zone.
        edition: of the calendar of working days; only one of a later edition is newer.
        release: of the data on the zone; empty where that is not known.
        document: all that counts, as JSON.
    """

    zone: str
    edition: int
    release: str
    document: str

    @cached_property
    def sha256(self) -> str:
        """The hash that identifies it: two equal calendars are one."""
        return sha256_of(self.document)

    @property
    def is_of_its_zone(self) -> bool:
        """Whether it says that it is of the zone by whose name it is kept."""
        return self.document.endswith(f',"zone":{json.dumps(self.zone)}}}')

    @cached_property
    def off(self) -> frozenset[date]:
        """The days from Monday to Friday that are off."""
        days: list[str] = json.loads(self.document)["off"]
        return frozenset(map(date.fromisoformat, days))

    @cached_property
    def clock(self) -> tuple[tuple[str, int], ...]:
        """The offsets from UTC in seconds, each with its first day; empty without a zone."""
        found: list[tuple[str, int]] = json.loads(self.document)["clock"]
        return tuple((day, ahead) for day, ahead in found)

    def works(self, day: date) -> bool:
        """Return whether a day is a working day."""
        return day.weekday() < _SATURDAY and day not in self.off

    def ahead_around(self, day: date) -> set[timedelta]:
        """Return how far the clock can be ahead of UTC on a day: both ways where it is set."""
        near = {(day + _DAY).isoformat(), (day - _DAY).isoformat()}
        found: set[timedelta] = set()
        for before, (since, ahead) in zip((None, *self.clock), self.clock, strict=False):
            if since <= max(near):
                found = {timedelta(seconds=ahead)}
                if before is not None and since >= min(near):
                    found.add(timedelta(seconds=before[1]))
        return found

    def days_at(self, moment: datetime, hour: time) -> list[date]:
        """Return the day on which the clock of the zone shows an hour at a moment, if it does."""
        around = self.ahead_around(moment.date())
        locally = (moment.astimezone(UTC) + ahead for ahead in around)
        return [each.date() for each in locally if each.time() == hour]

    def moves(self, was: date, ends: date) -> bool:
        """Return whether a term can end on one day by this calendar, and on another by that of now.

        Args:
            was: its last day by this one.
            ends: its last day by that of now.
        """
        first, last = min(was, ends), max(was, ends)
        if not (is_known(first) and is_known(last)) or (last - first).days > LONGEST_REST:
            return False
        between = (first + _DAY * number for number in range(1, (last - first).days))
        if any(self.works(day) and is_working_day(day) for day in between):
            return False
        return self.works(was) != is_working_day(was) or self.works(ends) != is_working_day(ends)

    def is_older_than(self, other: "Calendar") -> bool:
        """Return whether another calendar is known to be newer, where they differ."""
        if self.off != other.off and self.edition < other.edition:
            return True
        known = bool(self.release and other.release)
        return known and self.clock != other.clock and self.release < other.release


_Days = Mapping[date, Text]
_made: dict[str, tuple[_Days, ZoneInfo, Calendar]] = {}


def calendar_of(zone: str) -> Calendar:
    """Return the calendar of now, as this program and this machine know it.

    Remembered for each zone: it takes milliseconds to find, and every command asks for it. Holidays
    are forgotten for all years together: where those of the first year are new, all are.

    Raises:
        NoZone: this machine has no data on the zone.
    """
    first, place = holidays(FIRST_KNOWN_YEAR), zone_of(zone)
    known = _made.get(zone)
    if known is None or known[0] is not first or known[1] is not place:
        known = (first, place, _calendar(zone, place))
        _made[zone] = known
    return known[2]


def _calendar(zone: str, place: ZoneInfo) -> Calendar:
    days = map(holidays, range(FIRST_KNOWN_YEAR, LAST_KNOWN_YEAR + 1))
    off = sorted(day for of_year in days for day in of_year if day.weekday() < _SATURDAY)
    document = json.dumps(
        {
            "clock": [] if is_of_a_machine(zone) else [*_clock(place)],
            "off": [day.isoformat() for day in off],
            "zone": zone,
        },
        separators=(",", ":"),
        sort_keys=True,
    )
    return Calendar(zone, EDITION, release_of(zone), document)


def _clock(place: ZoneInfo) -> Iterator[tuple[str, int]]:
    """Yield from which day on a clock is how far ahead: each two weeks, and closer where it is set.

    It is looked at at noon by its own time: nobody sets a clock then.
    """
    noon = datetime.combine(_FIRST_CLOCK, time(12), place)
    ahead = noon.utcoffset()
    yield noon.date().isoformat(), _seconds(ahead)
    while noon.year <= LAST_KNOWN_YEAR:
        then = (noon + _STEP).utcoffset()
        if then != ahead:
            days = (noon + _DAY * number for number in range(1, _STEP.days + 1))
            first = next(each for each in days if each.utcoffset() != ahead)
            yield first.date().isoformat(), _seconds(first.utcoffset())
        noon, ahead = noon + _STEP, then


def _seconds(ahead: timedelta | None) -> int:
    return 0 if ahead is None else int(ahead.total_seconds())


def known_calendars() -> list[Calendar]:
    """Return the calendars of now of the zones that were asked for."""
    return [calendar_of(zone) for zone in tuple(_made) if has_zone(zone)]
