"""The list of all processes, with what is late, whose date is not known, and what is mine."""

from collections.abc import Callable, Mapping

from starlette.responses import Response

from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.shipped import shipped
from web.visit import Visit
from workflow.status_queries import overview_of
from workflow.views.overview import OverviewRow

PAGE = 50
"""How many processes a page shows."""


def _is_late(row: OverviewRow) -> bool:
    goal = row.goal
    if goal is None or goal.reached or goal.ended_on is not None:
        return False
    return goal.days_left is not None and goal.days_left < 0


def _is_undated(row: OverviewRow) -> bool:
    return row.goal is None or row.goal.date is None


FILTERS: Mapping[str, tuple[Text, Callable[[OverviewRow], bool]]] = {
    "": (text("All"), lambda _: True),
    "te-laat": (text("Past their goal"), _is_late),
    "zonder-datum": (text("Without a date"), _is_undated),
    "wacht": (text("Waiting for decisions"), lambda row: row.awaited > 0),
}
"""The ways to narrow the list, by the word in the address: what each is called, and what is in."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One of the ways to narrow the list: what it is called, and how many it leaves."""

    name: str
    title: Text
    number: int


def processes_page(visit: Visit) -> Response:
    """Return the list of processes."""
    rows = overview_of(visit.desk.queries, visit.language).processes
    chosen = visit.query("toon") if visit.query("toon") in FILTERS else ""
    found = [row for row in rows if FILTERS[chosen][1](row)]
    first = _first(visit.query("vanaf"), found)
    shown = found[first : first + PAGE]
    rest = found[first + PAGE :]
    return visit.show(
        "processes",
        text("Processes"),
        rows=shown,
        filters=[Filter(n, t, sum(map(is_in, rows))) for n, (t, is_in) in FILTERS.items()],
        chosen=chosen,
        next=rest[0].process if rest else "",
        left=len(rest),
        shipped=shipped(),
        none=not rows,
    )


def _first(process: str, rows: list[OverviewRow]) -> int:
    """Return where a page begins: at a process, or at the beginning."""
    return next((at for at, row in enumerate(rows) if row.process >= process), 0) if process else 0
