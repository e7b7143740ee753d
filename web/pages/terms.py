"""The terms of a process: as a picture, and as the table that says the same."""

from collections.abc import Mapping

from starlette.responses import Response

from definitions.calendar.dates import dated
from definitions.language.text import Text, day_in_words, text
from definitions.language.values import dataclass
from screens.due import further_lines, standing_of
from screens.page import joined
from screens.words import due_mark
from web.acts import ACTS
from web.allowed import may
from web.html_page import html_of
from web.links import act_path
from web.looking import drawn_of, page_of
from web.timeline import states_of, terms_of, timeline
from web.visit import Asked, Visit
from workflow.views.due_list import dues_view
from workflow.views.dues import DueView


@dataclass(frozen=True, slots=True)
class Line:
    """A term, as the table has it."""

    id: str
    name: str
    view: DueView
    day: Text | None
    written: Text
    standing: Text
    mark: str
    path: str

    @property
    def written_day(self) -> str:
        """Its day as programs write it; empty where it has none."""
        return "" if self.view.date is None else self.view.date.isoformat()


def terms_page(visit: Visit) -> Response:
    """Return the page of the terms."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "terms", lambda: _values(visit, process, asked))
    return visit.framed(process, asked, main)


def _values(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    seen = visit.seen(process, asked)
    view, page = dues_view(seen), page_of(visit, process, asked)
    person = None if asked.back else visit.person
    allowed = may(seen, person, ACTS["replan"].permissions)
    lines = [_line(process, each, page.called(each.id), allowed=allowed) for each in view.dues]
    says = [page.say(_in_a_sentence(each)) for each in lines]
    states = states_of(seen, page)
    return {
        "lines": lines,
        "picture": timeline(terms_of(view.dues, page, says), seen.day, page, states),
        "further": html_of(joined(further_lines(view, page))),
        "page": page,
    }


def _in_a_sentence(line: Line) -> Text:
    """Return what the table says of a term, as the title of its sign."""
    values = {"name": line.name, "written": line.written, "standing": line.standing}
    return text("{name}: {written}, {standing}", **values)


def _line(process: str, due: DueView, name: str, *, allowed: bool) -> Line:
    mark = due_mark(due)
    moves = allowed and not due.met and due.arisen
    return Line(
        due.id,
        name,
        due,
        None if due.date is None else day_in_words(due.date),
        text("{written}", written=dated(due.written)),
        standing_of(due),
        "" if mark is None else mark.name.lower(),
        act_path(process, "replan", due=due.id.partition("@")[0]) if moves else "",
    )
