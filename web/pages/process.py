"""Where a process stands: the first screen of the stuurgroep."""

from collections.abc import Iterator, Mapping

from starlette.responses import Response

from definitions.language.text import Text, text
from definitions.language.values import dataclass
from screens.page import joined
from screens.status import further_lines, milestone_table, standing_lines
from screens.to_do import until_text
from web.forms import receipt_shown
from web.html_page import HtmlPage, html_of
from web.links import path_of
from web.looking import drawn_of, page_of
from web.visit import Asked, Visit
from workflow.rules.worklist import Doing
from workflow.status_queries import status_of
from workflow.views.seen import looks_back
from workflow.views.status import StatusView

ACTIONS = 3
"""How many actions the top of the page names."""


@dataclass(frozen=True, slots=True)
class Next:
    """One of the first things to do: what, whose it is, until when, and where it is done."""

    what: Text
    who: str
    until: Text | None
    path: str


def process_page(visit: Visit) -> Response:
    """Return the page of a process."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "process", lambda: _values(visit, process, asked))
    return visit.framed(process, asked, main, receipt=receipt_shown(visit))


def _values(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    view = status_of(visit.desk.queries, process, asked.as_of, asked.known_at, visit.language)
    page = page_of(visit, process, asked)
    return {
        "view": view,
        "standing": html_of(joined(standing_lines(view, page))),
        "table": html_of(milestone_table(view, page)),
        "further": html_of(joined(further_lines(view, page))),
        "next": [] if looks_back(view) else list(_next(view, page))[:ACTIONS],
        "back": looks_back(view),
    }


def _next(view: StatusView, page: HtmlPage) -> Iterator[Next]:
    """Yield what can be done now, the most urgent first, with whose it is."""
    dues = {
        due.id.partition("@")[0]: due
        for milestone in view.milestones
        for due in reversed(milestone.dues)
    }
    for turn in view.turns:
        if turn.action is None or turn.doing is Doing.RECEIVE:
            continue
        due = dues.get(turn.name)
        path = path_of(turn.action)
        if path is not None:
            names = page.names or {}
            who = ", ".join(each.replace("-", " ") for each in turn.roles)
            yield Next(
                text("{what}", what=names.get(turn.name, turn.name)),
                who,
                None if due is None else until_text(due),
                path,
            )
