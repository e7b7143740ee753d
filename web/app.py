"""The pages put together: which address leads to which page, and what becomes of what fails."""

import hashlib
import logging
from collections.abc import Awaitable, Callable, Iterable

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from definitions.language.errors import MijlpaalError
from web.desk import Desk
from web.forms import act_page, act_posted
from web.guard import Guard, Session
from web.pages.decisions import decisions_page
from web.pages.definition import definition_page, definitions_page, shipped_page
from web.pages.insert import insert_page, insert_posted, table_given
from web.pages.journal import account_page, journal_page
from web.pages.milestone import milestone_page
from web.pages.my_work import my_work_page
from web.pages.people import members_page, reminders_page
from web.pages.process import process_page
from web.pages.processes import processes_page
from web.pages.tables import processes_table_page, table_page
from web.pages.tasks import tasks_page
from web.pages.terms import terms_page
from web.refusals import failed, refused, turned_away
from web.templating import asset, asset_path
from web.visit import LANGUAGE, THEME, Page, Visit, language_of

LOG = logging.getLogger(__name__)
ASSETS = ("style.css", "icons.svg")
TYPES = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
YEAR = 31_536_000
ACT = "/trajecten/{process}/vastleggen/{act}"
"""The address of the form of an act."""
INSERT = "/trajecten/{process}/invoegen"
"""The address at which a table is entered."""
MOST_FIELDS, MOST_FILES = 200, 4
LARGEST_PART = 1 << 20
FILE = "file-"
"""How the name of a field begins in which a text is sent along, to be hashed."""

PAGES: tuple[tuple[str, Page], ...] = (
    ("/", my_work_page),
    ("/definities", definitions_page),
    ("/definities/{definition}", shipped_page),
    ("/trajecten", processes_page),
    ("/trajecten/{process}", process_page),
    ("/trajecten/{process}/mijlpalen/{milestone}", milestone_page),
    ("/trajecten/{process}/besluiten", decisions_page),
    ("/trajecten/{process}/definitie", definition_page),
    ("/trajecten/{process}/feitenrelaas", account_page),
    ("/trajecten/{process}/herinneringen", reminders_page),
    ("/trajecten/{process}/logboek", journal_page),
    ("/trajecten/{process}/mensen", members_page),
    ("/trajecten/{process}/taken", tasks_page),
    ("/trajecten/{process}/termijnen", terms_page),
    ("/trajecten/{process}/tabellen/{file}", table_page),
    ("/tabellen/{file}", processes_table_page),
    (INSERT, insert_page),
)
"""The pages, by their address."""


def application(desk: Desk, session: Session, hosts: Iterable[str]) -> Guard:
    """Return the pages of a desk, behind their guard.

    Args:
        desk: what they are made with.
        session: who may come in.
        hosts: the names under which the program is called.
    """
    routes: list[BaseRoute] = [
        *(Route(path, _shown(page, desk), methods=["GET"]) for path, page in PAGES),
        Route(ACT, _shown(act_page, desk), methods=["GET"]),
        Route(ACT, _posted(desk), methods=["POST"]),
        Route(INSERT, _table_posted(desk), methods=["POST"]),
        Route("/start/{link}", _entry(session), methods=["GET"]),
        *(Route(asset_path(name), _asset(name), methods=["GET"]) for name in ASSETS),
        Route(THEME, _theme(desk), methods=["GET"]),
    ]
    handlers = {HTTPException: _failing(desk), Exception: _failing(desk)}
    pages = Starlette(routes=routes, exception_handlers=handlers)
    return Guard(pages, session, hosts, Starlette(routes=[_door(desk)]))


def _shown(page: Page, desk: Desk) -> Callable[[Request], Response]:
    """Return what answers requests for a page, in a thread."""

    def answer(request: Request) -> Response:
        visit = _visit(desk, request)
        try:
            answered = page(visit)
        except MijlpaalError as error:
            answered = refused(visit, error)
        return _with_language(answered, request)

    return answer


def _posted(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a form that was sent: it is read here, and answered in a thread."""

    async def answer(request: Request) -> Response:
        given = await _given(request)
        return await run_in_threadpool(
            _shown(lambda visit: act_posted(visit, given), desk), request
        )

    return answer


def _table_posted(desk: Desk) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a form with a table, in the same way; its file is read, not hashed."""

    async def answer(request: Request) -> Response:
        given = await table_given(request)
        return await run_in_threadpool(
            _shown(lambda visit: insert_posted(visit, given), desk), request
        )

    return answer


async def _given(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form; a text that was sent along is only its SHA-256."""
    given: dict[str, list[str]] = {}
    async with request.form(
        max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_PART
    ) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                given.setdefault(name, []).append(value)
            elif value.filename:
                given[name.removeprefix(FILE)] = [await _hashed(value)]
    return given


async def _hashed(file: UploadFile) -> str:
    """Return the SHA-256 of a text, which is read piece by piece and not kept."""
    found = hashlib.sha256()
    while piece := await file.read(1 << 16):
        found.update(piece)
    return found.hexdigest()


def _visit(desk: Desk, request: Request) -> Visit:
    return Visit(desk, request, language_of(request, desk.language))


def _with_language(response: Response, request: Request) -> Response:
    """Keep the language that was asked for, in a cookie that says nothing else."""
    if LANGUAGE in request.query_params:
        language = language_of(request, None)
        response.set_cookie(LANGUAGE, language, max_age=YEAR, httponly=True, samesite="strict")
    return response


def _entry(session: Session) -> Callable[[Request], Response]:
    def enter(request: Request) -> Response:
        cookie = session.enter(str(request.path_params["link"]))
        response = RedirectResponse("/", 303)
        if cookie is not None:
            response.headers["set-cookie"] = cookie
        return response  # who comes with a link that was used is turned away there

    return enter


def _asset(name: str) -> Callable[[Request], Response]:
    kind = TYPES[name.rpartition(".")[2]]
    return lambda _: Response(asset(name), media_type=kind)


def _theme(desk: Desk) -> Callable[[Request], Response]:
    return lambda _: Response(desk.theme or b"", media_type=TYPES["css"])


def _failing(desk: Desk) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            LOG.error("A page failed: %s", request.url.path, exc_info=error)
        return failed(_visit(desk, request), error)

    return answer


def _door(desk: Desk) -> Route:
    def answer(request: Request) -> Response:
        return turned_away(_visit(desk, request))

    return Route("/{path:path}", answer, methods=["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"])
