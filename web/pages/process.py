"""Where a process stands: the first screen of the stuurgroep."""

from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup
from starlette.responses import Response

from definitions.calendar.zones import zone_of
from definitions.language.errors import InvalidValue
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from screens.history import entries_by_day
from screens.page import joined
from screens.status import awaited_lines, known_lines, milestone_table, standing_lines
from screens.to_do import until_text, work_text
from web.forms import receipt_shown
from web.html_page import HtmlPage, html_of
from web.links import path_of
from web.looking import drawn_of, page_of
from web.visit import Asked, Visit, day_of
from workflow.rules.namesakes import told_apart
from workflow.rules.worklist import Doing, worklist
from workflow.views.dues import DueView
from workflow.views.seen import Seen
from workflow.views.status import StatusView
from workflow.views.to_do import ToDoView, to_do_views

ACTIONS = 3
"""How many actions the top of the page names."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One of the first things to do.

    Attributes:
        what: in words.
        offices: the roles that do it.
        until: by when.
        late: whether that day has passed.
        path: the form of it; empty where it is not for the reader to do.
    """

    what: Text
    offices: tuple[str, ...]
    until: Text
    late: bool
    path: str


@dataclass(frozen=True, slots=True)
class Since:
    """What was recorded since a day.

    Attributes:
        typed: the day as it was typed.
        fault: why that cannot be used; None where it can.
        number: how many entries.
        lines: those entries; empty where no day was typed.
    """

    typed: str
    fault: Text | None
    number: int
    lines: Markup


def process_page(visit: Visit) -> Response:
    """Return the page of a process."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "process", lambda: _values(visit, process, asked))
    return visit.framed(process, asked, main, receipt=receipt_shown(visit))


def _values(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    view = visit.status(process, asked)
    page = page_of(visit, process, asked)
    now, head = visit.head(process)
    return {
        "view": view,
        "standing": html_of(joined(standing_lines(view, page))),
        "table": html_of(milestone_table(view, page)),
        "awaited": html_of(joined(awaited_lines(view, page))),
        "known": html_of(joined(known_lines(view, page))),
        "deeds": [] if asked.back else _deeds(view, visit.seen(process, asked), page),
        "since": None if asked.back else _since(visit, process, page),
        "page": page,
        "back": asked.back,
        "day": now.day,
        "seq": head.head_seq,
    }


# --- the first things to do --------------------------------------------------------------------


def _deeds(view: StatusView, seen: Seen, page: HtmlPage) -> list[Deed]:
    """Return what is to be done first: what is late, then by date, then what has none.

    What has no date of its own is as urgent as the next date of its milestone.
    """
    dues = {each.id: each.next_due for each in view.milestones}
    found = [
        (each, each.due or dues.get(turn.milestone))
        for turn in worklist(seen)
        if turn.doing is not Doing.RECEIVE
        for each in to_do_views(seen, turn)
    ]
    return list(_shown(sorted(found, key=_when), page))[:ACTIONS]


def _when(found: tuple[ToDoView, DueView | None]) -> date:
    due = found[1]
    return date.max if due is None or due.date is None else due.date


def _shown(found: list[tuple[ToDoView, DueView | None]], page: HtmlPage) -> Iterator[Deed]:
    for each, due in found:
        if each.turn.action is None or path_of(each.turn.action) is None:
            continue
        path = page.path(each.turn.action) or ""
        offices = tuple(role.replace("-", " ") for role in each.turn.roles)
        late = due is not None and due.overdue
        yield Deed(work_text(each), offices, _until(each, due), late, path)


def _until(asked: ToDoView, due: DueView | None) -> Text:
    if due is None:
        return text("no date known")
    if asked.due is not None:
        return until_text(due)
    return text("for {due}: {until}", due=due.id, until=until_text(due))


# --- what has changed --------------------------------------------------------------------------


def _since(visit: Visit, process: str, page: HtmlPage) -> Since:
    """Return what was recorded since the day in the form."""
    typed, queries = visit.query("sinds"), visit.desk.queries
    try:
        day = day_of(typed, "since", visit.standing(process).day)
    except InvalidValue as error:
        return Since(typed, error.sentence, 0, Markup())
    if day is None:
        return Since(typed, None, 0, Markup())
    definition, entries = queries.journal(process)
    zone = zone_of(definition.timezone)
    found = [each for each in entries if each.recorded_at.astimezone(zone).date() >= day]
    people = told_apart(queries.people())
    return Since(typed, None, len(found), html_of(entries_by_day(found, people, page)))
