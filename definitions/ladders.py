"""Ladders: on which days before, on and after a deadline somebody is reminded of it.

A rung is written as a distance to the deadline: ``-14d`` (days before), ``-3wd`` (working days
before), ``0d`` (the day itself), ``+3d`` (days after). Those after it are repeated a bounded number
of times and go to another role: ``+3d/7d*4@projectsecretaris``.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from definitions.calendar.workdays import LONGEST_REST, Works, is_working_day, working_days_before
from definitions.language.errors import InvalidValue
from definitions.language.text import Text, text
from definitions.language.values import dataclass

_BEFORE = re.compile(r"(?:0d|-([1-9][0-9]{0,2})(d|wd))", re.ASCII)
_ALONE = re.compile(r"\+([1-9][0-9]{0,4})d", re.ASCII)
_AFTER = re.compile(
    r"\+([1-9][0-9]{0,2})d/([1-9][0-9]{0,2})d\*([1-9]|[1-4][0-9]|5[0-2])@([a-z0-9-]+)", re.ASCII
)

_DAYS_EACH = 4
"""Of how many days one at least is a working day, in the long run: each week has two."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One reminder of a ladder (*trede*).

    Attributes:
        name: the rung as written: ``-14d``, ``-3wd``, ``0d``, ``+10d``.
        days: how many days before the deadline; negative after it.
        working: whether those are working days.
        to: the role that is reminded; None for the seats that have to meet the deadline.
    """

    name: str
    days: int
    working: bool = False
    to: str | None = None

    @property
    def most_days(self) -> int:
        """How many days it lies before its deadline at most, whatever days are off."""
        if not self.working:
            return self.days
        return LONGEST_REST + self.days * _DAYS_EACH

    def on(self, deadline: date, works: Works = is_working_day) -> date:
        """Return the day of this rung, by the calendar of now or by another one."""
        if self.working:
            return working_days_before(deadline, self.days, works)
        return deadline - timedelta(days=self.days)


@lru_cache
def read_ladder(written: tuple[str, ...]) -> tuple[Rung, ...]:
    """Return the rungs of a ladder, one for each reminder, in the order in which they are written.

    Raises:
        InvalidValue: one of them is not of the form of a rung.
    """
    return tuple(rung for each in written for rung in _rungs(each))


def rung_named(name: str) -> Rung | None:
    """Return the rung of a name, whomever it goes to; None where none can have it."""
    if found := _ALONE.fullmatch(name):
        return Rung(name, -int(found[1]))
    return next(_rungs(name)) if _BEFORE.fullmatch(name) else None


def _rungs(written: str) -> Iterator[Rung]:
    if found := _AFTER.fullmatch(written):
        after, every, times = (int(each) for each in found.groups()[:3])
        for number in range(times):
            days = after + number * every
            yield Rung(f"+{days}d", -days, to=found[4])
    elif found := _BEFORE.fullmatch(written):
        yield Rung(written, int(found[1] or 0), working=found[2] == "wd")
    else:
        raise InvalidValue(
            text("“{rung}” is not a rung of a ladder.", rung=written),
            advice=text(
                "Write calendar days as -14d, working days as -3wd, the day as 0d, and what comes "
                "after it as +3d/7d*4@ROLE: from 3 days on, every 7 days, 4 times, to that role."
            ),
        )


def repeated(after: str, every: str, times: int, to: str) -> str:
    """Return how rungs after the deadline are written, as one."""
    return f"+{after}/{every}*{times}@{to}"


def rungs_of(written: str) -> tuple[str, ...]:
    """Return the rungs of a ladder that is written on one line, with commas between them."""
    return tuple(each.strip() for each in written.split(","))


def told_twice(written: Iterable[str]) -> tuple[int, Rung] | None:
    """Return the first rung that reminds somebody for the second time on one day; else None.

    Returns:
        Its index in the ladder, and the rung.
    """
    told: set[tuple[str, str | None]] = set()
    for index, each in enumerate(written):
        for rung in read_ladder((each,)):
            if (rung.name, rung.to) in told:
                return index, rung
            told.add((rung.name, rung.to))
    return None


def twice(rung: Rung) -> tuple[Text, Text]:
    """Return the fault of a rung that is there twice, and its remedy."""
    whole = rung.name if rung.to is None else f"{rung.name}@{rung.to}"
    return (
        text("“{rung}” stands in this ladder twice.", rung=whole),
        text("Leave one of them out; one that is repeated falls on that day too."),
    )


def roles_in(written: Iterable[str]) -> list[str]:
    """Return the roles that a ladder names."""
    return [rung.to for rung in read_ladder(tuple(written)) if rung.to is not None]
