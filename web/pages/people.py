"""Who holds which role in a process, and the reminders that go to them."""

from collections.abc import Mapping
from datetime import timedelta
from email import message_from_bytes, policy

from starlette.responses import Response

from definitions.language.errors import MijlpaalError
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from scheduler.mail.letters import Writer
from screens.page import spoken
from screens.reminders import reminders_screen
from web.acts import ACTS
from web.allowed import holds_a_role, may
from web.html_page import html_of
from web.links import act_path
from web.looking import drawn_of, page_of
from web.visit import Asked, Visit
from workflow.reminders.listing import listed, preview
from workflow.views.members import SeatView, members_view

WEEK = timedelta(days=6)
"""How many days after today letters are shown of."""
MOST = 12
"""How many letters are shown."""


@dataclass(frozen=True, slots=True)
class Held:
    """A role, as it is shown.

    Attributes:
        give: the form by which it is given; empty where that is not offered.
        end: the form by which it is ended; likewise.
    """

    seat: str
    view: SeatView
    give: str
    end: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that would go out: to whom, when, and what it says."""

    to: str
    at: Text
    subject: str
    says: str


def members_page(visit: Visit) -> Response:
    """Return the page of roles and their holders."""
    process = visit.part("process")
    asked = visit.asked(process)
    main = drawn_of(visit, process, asked, "members", lambda: _members(visit, process, asked))
    return visit.framed(process, asked, main)


def _members(visit: Visit, process: str, asked: Asked) -> Mapping[str, object]:
    seen = visit.seen(process, asked)
    queries = visit.desk.queries
    view = members_view(seen, queries.people())
    person = visit.person
    allowed = not asked.back and may(seen, person, ACTS["member add"].permissions)
    page = page_of(visit, process, asked)
    held = [
        Held(
            page.called(each.seat),
            each,
            act_path(process, "member add", seat=each.seat) if allowed else "",
            act_path(process, "member end", seat=each.seat, name=each.person)
            if allowed and each.person is not None and _is_present(each, visit, process)
            else "",
        )
        for each in view.seats
    ]
    return {
        "empty": [each for each in held if each.view.person is None],
        "held": [each for each in held if each.view.person is not None],
        "seated": holds_a_role(visit.head(process)[0], person),
    }


def _is_present(seat: SeatView, visit: Visit, process: str) -> bool:
    return seat.until is None or seat.until >= visit.desk.queries.calendar_day(process)


def reminders_page(visit: Visit) -> Response:
    """Return the page of reminders: what is planned and what became of the others."""
    process = visit.part("process")
    view = listed(visit.desk.queries, process, visit.language)
    page = page_of(visit, process, Asked())
    letters, fault = _letters(visit, process)
    main = visit.filled(
        "reminders",
        said=html_of(reminders_screen(view, page)),
        letters=letters[:MOST],
        left=len(letters[MOST:]),
        fault=fault,
    )
    return visit.framed(process, None, main)


def _letters(visit: Visit, process: str) -> tuple[list[Letter], Text | None]:
    """Return the letters of the coming week; or why they cannot be written."""
    queries = visit.desk.queries
    first = queries.calendar_day(process)
    try:
        write = Writer(visit.desk.world.settings().mail, spoken)
    except MijlpaalError as error:
        return [], error.sentence
    try:
        found = preview(queries, process, first, first + WEEK, visit.language)
        written = [(each, write(each)) for each in found]
    finally:
        write.rest()
    letters = []
    for each, made in written:
        body = message_from_bytes(made.content, policy=policy.default).get_body(("plain",))
        says = "" if body is None else str(body.get_content()).replace("\r\n", "\n")
        at = text("{day}", day=each.written_at.date())
        letters.append(Letter(each.name or each.address, at, made.subject, says))
    return letters, None
