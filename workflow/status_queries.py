"""Where processes stand: one of them, now or on a day, or all of them now."""

from datetime import date

from workflow.queries import Queries
from workflow.storage.reading import readable
from workflow.views.overview import OverviewView, overview
from workflow.views.seen import looks_back
from workflow.views.status import StatusView, status_view


def status_of(
    queries: Queries,
    process: str,
    day: date | None = None,
    known: date | None = None,
    language: str = "en",
) -> StatusView:
    """Return where a process stands, whom to ring and what is next.

    Args:
        day: as it stood, or would stand, at the end of that day; as it stands now when None.
        known: what was recorded by then counts; all of it when None.
        language: in which titles are shown.

    Raises:
        NotFound: no such process.
        DateRefused: it did not exist, or was not known, on that day.
    """
    seen = queries.look_at(process, day, known, language=language, past_rounds=True)
    if looks_back(seen):
        return status_view(seen, (), queries.people(), queries.first_event(process))
    # Imported lazily: only the present status needs it, and the others start faster without.
    from workflow.reminders.undelivered import undelivered  # noqa: PLC0415

    missing, people = undelivered(queries, process), queries.people()
    return status_view(seen, missing, people, queries.first_event(process))


def overview_of(queries: Queries, language: str = "en") -> OverviewView:
    """Return all processes in a list, as they stand now.

    Args:
        language: in which titles are shown.

    Raises:
        Damaged: a row of one of them cannot be read.
    """
    outlines, definitions = queries.outlined()
    with readable("milestones"):
        return overview(outlines, definitions, queries.today, language)
