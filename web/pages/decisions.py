"""The decisions of councils, colleges and boards: a matrix of who decided what."""

from collections.abc import Mapping

from starlette.responses import Response

from screens.milestones import earlier_lines
from screens.page import joined
from screens.status import otherwise_lines
from web.html_page import html_of
from web.inputs import Choice
from web.links import act_path
from web.looking import drawn_of, page_of
from web.matrix import matrix_of, may_lapse
from web.visit import Asked, Visit
from workflow.decide.case import party_named


def decisions_page(visit: Visit) -> Response:
    """Return the page of the decisions."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "decisions", lambda: _values(visit, process, asked))
    return visit.framed(process, asked, main)


def _values(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    view = visit.status(process, asked)
    seen = visit.seen(process, asked)
    party, missing = visit.query("deelnemer"), bool(visit.query("ontbreekt"))
    if party:
        party_named(seen.definition, party)
    person = None if asked.back else visit.person
    page = page_of(visit, process, asked)
    return {
        "matrix": matrix_of(view, seen, person, party=party, missing=missing, days=asked.query),
        "lapse": act_path(process, "lapse") if may_lapse(view, seen, person) else "",
        "parties": [Choice(each.id, each.name) for each in seen.definition.parties.values()],
        "party": party,
        "missing": missing,
        "asked": asked,
        "otherwise": html_of(joined(otherwise_lines(view.milestones, page))),
        "earlier": html_of(joined(earlier_lines(view.milestones, page))),
    }
