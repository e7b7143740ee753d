"""My work: what is asked of whoever sits here, by when, and what comes first."""

from collections.abc import Iterator, Sequence

from starlette.responses import Response

from definitions.language.errors import NotFound
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace
from screens.my_work import awaited_text, coming_text
from screens.to_do import before_text, until_text, work_text
from web.html_page import HtmlPage
from web.links import path_of, process_path
from web.looking import names_in
from web.visit import Visit
from workflow.rules.worklist import Doing
from workflow.views.asked_later import AwaitedView, UpcomingView
from workflow.views.my_work import MyTurnView, MyWorkView
from workflow.work_queries import work_of

MOST = 24
"""How many things that come, or that others wait for, are shown."""


@dataclass(frozen=True, slots=True)
class Card:
    """Something to do, as it is shown.

    Attributes:
        title: of its process.
        process: the address of that.
        what: in words.
        until: by when; empty where it has no date.
        late: whether that has passed.
        seats: in which of the reader's roles.
        path: the form of it; empty where there is none.
        first: what has to come first.
    """

    title: str
    process: str
    what: str
    until: str
    late: bool
    seats: str
    path: str
    first: tuple[str, ...] = ()


def my_work_page(visit: Visit) -> Response:
    """Return the page of what is asked of whoever sits here."""
    try:
        view = work_of(visit.desk.queries, visit.desk.asker, None, visit.language)
    except NotFound:
        view = MyWorkView(str(visit.desk.asker), 1)
    names = names_in(visit, {each.process for each in view.seats})
    pages = {process: HtmlPage(visit.language, names=found) for process, found in names.items()}
    return visit.show(
        "my_work",
        text("My work"),
        view=view,
        now=[_turn(each, pages[each.process]) for each in view.now],
        coming=[_coming(each, pages[each.process]) for each in view.coming[:MOST]],
        awaited=[
            _without_form(each, awaited_text(each), pages[each.process])
            for each in view.awaited[:MOST]
        ],
        seats=list(_seats(view, pages)),
    )


def _turn(turn: MyTurnView, page: HtmlPage) -> Card:
    asked, action = turn.asked, turn.asked.turn.action
    until = None if asked.due is None else until_text(asked.due)
    if until is None and asked.turn.doing is Doing.RECORD:
        until = text("no date known")
    return Card(
        turn.title,
        process_path(turn.process),
        page.say(work_text(asked)),
        "" if until is None else page.say(until),
        asked.due is not None and asked.due.overdue,
        _named(turn.seats, page),
        ("" if action is None else path_of(action)) or "",
    )


def _coming(coming: UpcomingView, page: HtmlPage) -> Card:
    first = tuple(page.say(before_text(each)) for each in coming.first)
    return replace(_without_form(coming, coming_text(coming), page), first=first)


def _without_form(view: UpcomingView | AwaitedView, what: Text, page: HtmlPage) -> Card:
    """Return the card of something that its reader cannot do now."""
    return Card(
        view.title,
        process_path(view.process),
        page.say(what),
        "" if view.due is None else page.say(until_text(view.due)),
        view.due is not None and view.due.overdue,
        _named(view.seats, page),
        path="",
    )


def _named(seats: Sequence[str], page: HtmlPage) -> str:
    return page.say(text("{names}", names=[page.called(each) for each in seats]))


def _seats(view: MyWorkView, pages: dict[str, HtmlPage]) -> Iterator[tuple[str, str]]:
    """Yield the roles that somebody has, each with the address of its process."""
    for each in view.seats:
        yield pages[each.process].called(each.seat), each.process
