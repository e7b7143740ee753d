"""A process as it is looked at: at present, on a day, or as it was known on one."""

from collections.abc import Callable
from datetime import date

from definitions.language.values import dataclass
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import day_of
from workflow.queries import Queries
from workflow.views.seen import Seen


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a query that looks back, as they were typed.

    Attributes:
        as_of: the day of which it shows how things stood.
        known_at: the day by which something had to be recorded to count.
    """

    as_of: str | None = None
    known_at: str | None = None


def look_at(setup: Setup, queries: Queries, process: str, days: Days | None = None) -> Seen:
    """Return the source of a view of a process: at present, on a day, or as known on a day."""
    day, known = dates_asked_about(queries, process, days or Days())
    return queries.look_at(process, day, known, language=setup.page.language)


def dates_asked_about(
    queries: Queries, process: str, days: Days
) -> tuple[date | None, date | None]:
    """Return the typed days of a view: its date, and the date of its knowledge."""
    today = today_in(queries, process)
    known = None if days.known_at is None else day_of(days.known_at, today, "known_at")
    return (None if days.as_of is None else day_of(days.as_of, today, "as_of")), known


def today_in(queries: Queries, process: str) -> Callable[[], date]:
    """Return a function that returns the present day for a process, for a typed “today”."""
    return lambda: queries.calendar_day(process)
