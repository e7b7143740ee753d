"""Pages for what cannot be answered: each says what is wrong and what to do, and shows no trace."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.responses import Response

from definitions.faults import DefinitionInvalid
from definitions.language.errors import InvalidValue, MijlpaalError, NotFound
from definitions.language.text import Text, text
from screens.errors import refusal_screen
from web.guard import METHODS
from web.html_page import HtmlPage, html_of
from web.sent import Unreadable
from web.visit import Visit
from workflow.rules.conflicts import VersionPassed
from workflow.rules.refusals import NotAllowed, Refused
from workflow.rules.unsound import NotSound
from workflow.storage.errors import DatabaseProblem, TemporarilyUnavailable

NO_METHOD = 405
DOOR: Mapping[str, tuple[Text, Text]] = {
    "broken": (
        text("This address or form is damaged."),
        text("Go back to the page you came from, and try again."),
    ),
    "elsewhere": (
        text("This form was not sent from a page of this program, so nothing was done."),
        text("Open the page in this browser, and fill in the form there."),
    ),
    "token": (
        text("This form has expired, so nothing was done."),
        text("The program was stopped since. Open the page again, and fill it in there."),
    ),
    "host": (
        text("This program does not answer under this name."),
        text("Open it by the link that it printed when it started."),
    ),
    "large": (
        text("This is more than a form can take, so nothing of it was read."),
        text("A form takes 1 MB, and a text 20 MB. Of a larger text, fill in its SHA-256."),
    ),
    "length": (
        text("The browser did not say how much it sends, so nothing of it was read."),
        text("Go back to the page you came from, and try again."),
    ),
    "method": (
        text("This address cannot be used so."),
        text("Go back to the page you came from, and try again."),
    ),
    "slow": (
        text("The form did not arrive in time, so nothing was done."),
        text("Go back to the page you came from, and try again."),
    ),
    "session": (
        text("This page is open to whoever started the program."),
        text(
            "Open it by the link that the program printed when it started: it works once. For a "
            "new link, stop the program and start it again."
        ),
    ),
}
"""Why somebody is turned away at the door, and what to do."""


def status_of(error: MijlpaalError) -> int:
    """Return the status of an answer that says what was refused."""
    match error:
        case NotFound():
            return 404
        case NotAllowed():
            return 403
        case VersionPassed():
            return 412
        case InvalidValue() | DefinitionInvalid() | NotSound():
            return 422
        case Refused():
            return 409
        case TemporarilyUnavailable():
            return 503
        case DatabaseProblem():
            return 503
        case _:
            return 500


def refused(visit: Visit, error: MijlpaalError, status: int | None = None) -> Response:
    """Return the page of what was refused, with what would help."""
    found = status_of(error) if status is None else status
    said = html_of(refusal_screen(error, HtmlPage(visit.language)))
    return visit.show("refused", _title(found), found, said=said, advice="")


def turned_away(visit: Visit) -> Response:
    """Return the page for whoever is turned away at the door."""
    turned = visit.request.scope["mijlpaal.turned"]
    sentence, advice = DOOR[turned.why]
    found = visit.show(
        "refused", _title(turned.status), turned.status, said=sentence, advice=advice
    )
    if turned.status == NO_METHOD:
        found.headers["allow"] = ", ".join(METHODS)
    return found


def unreadable(visit: Visit, error: Unreadable) -> Response:
    """Return the page for a form that cannot be read."""
    sentence, advice = DOOR[error.why]
    return visit.show("refused", _title(error.status), error.status, said=sentence, advice=advice)


def not_ours(visit: Visit) -> Response:
    """Return the page for a form that was not made by a page of this session."""
    sentence, advice = DOOR["token"]
    return visit.show("refused", _title(403), 403, said=sentence, advice=advice)


def failed(visit: Visit, error: Exception) -> Response:
    """Return the page for what was not foreseen, and for what the framework refuses."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    match status:
        case 404:
            said = text("There is no page at this address.")
            advice = text("Begin at the list of processes.")
        case 405:
            said = text("This page takes no form.")
            advice = text("Go back to the page you came from, and try again.")
        case 400 | 413:
            said, advice = DOOR["broken"]
        case _:
            said = text("Something went wrong that we did not foresee.")
            advice = text("Look in the journal whether it was recorded, before you try again.")
    answer = visit.show("refused", _title(status), status, said=said, advice=advice)
    if isinstance(error, HTTPException):
        answer.headers.update(error.headers or {})  # which methods there are
    return answer


def _title(status: int) -> Text:
    match status:
        case 404:
            return text("Not found")
        case 403:
            return text("This is not open to you")
        case 503:
            return text("Temporarily not available")
        case 500:
            return text("Something went wrong")
        case _:
            return text("This cannot be done")
