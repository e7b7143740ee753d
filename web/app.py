"""The pages put together: which address leads to which page, and what becomes of what fails."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from definitions.language.errors import MijlpaalError
from web.desk import Desk
from web.forms import act_page, act_posted
from web.guard import App, Guard, Receive, Scope, Send, Session
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
from web.refusals import failed, refused, turned_away, unreadable
from web.sent import Unreadable, given_in
from web.starting import PATH as START
from web.starting import start_page, start_posted
from web.templating import asset, asset_path
from web.visit import LANGUAGE, THEME, Page, Visit, language_of

LOG = logging.getLogger(__name__)
ASSETS = ("style.css", "icons.svg")
TYPES = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}
YEAR = 31_536_000
KEPT = {"cache-control": f"public, max-age={YEAR}, immutable"}
"""What is said of a file whose address changes with its content."""
ACT = "/trajecten/{process}/vastleggen/{act}"
"""The address of the form of an act."""
INSERT = "/trajecten/{process}/invoegen"
"""The address at which a table is entered."""
Sent = TypeVar("Sent")
"""What is read of a form."""

PAGES: tuple[tuple[str, Page], ...] = (
    ("/", my_work_page),
    ("/definities", definitions_page),
    ("/definities/{definition}", shipped_page),
    (START, start_page),
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
        Route(ACT, _posted(desk, given_in, act_posted), methods=["POST"]),
        Route(START, _posted(desk, given_in, start_posted), methods=["POST"]),
        Route(INSERT, _posted(desk, table_given, insert_posted), methods=["POST"]),
        Route("/start/{link}", _entry(session), methods=["GET"]),
        *(Route(asset_path(name), _asset(name), methods=["GET"]) for name in ASSETS),
        Route(THEME, _theme(desk), methods=["GET"]),
    ]
    handlers = {HTTPException: _failing(desk), Exception: _failing(desk)}
    pages = Starlette(routes=routes, exception_handlers=handlers)
    return Guard(pages, session, hosts, _door(desk))


def _shown(page: Page, desk: Desk) -> Callable[[Request], Response]:
    """Return what answers requests for a page, in a thread."""

    def answer(request: Request) -> Response:
        visit = _visit(desk, request)
        try:
            desk.queries.database.check()
            answered = page(visit)
        except MijlpaalError as error:
            answered = refused(visit, error)
        return _with_language(answered, request)

    return answer


def _posted(
    desk: Desk,
    read: Callable[[Request], Awaitable[Sent]],
    answer: Callable[[Visit, Sent], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a form that was sent: it is read here, and answered in a thread."""

    async def answered(request: Request) -> Response:
        try:
            given = await read(request)
        except Unreadable as error:
            return await run_in_threadpool(unreadable, _visit(desk, request), error)
        return await run_in_threadpool(_shown(lambda visit: answer(visit, given), desk), request)

    return answered


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
        response = RedirectResponse("/", 303)
        if request.method != "GET":
            return response  # whoever only asks what is there does not use the link up
        cookie = session.enter(str(request.path_params["link"]))
        if cookie is not None:
            response.headers["set-cookie"] = cookie
        return response  # who comes with a link that was used is turned away there

    return enter


def _asset(name: str) -> Callable[[Request], Response]:
    kind = TYPES[name.rpartition(".")[2]]
    return lambda _: Response(asset(name), media_type=kind, headers=KEPT)


def _theme(desk: Desk) -> Callable[[Request], Response]:
    return lambda _: Response(desk.theme or b"", media_type=TYPES["css"])


def _failing(desk: Desk) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            LOG.error("A page failed: %s", request.url.path, exc_info=error)
        return failed(_visit(desk, request), error)

    return answer


def _door(desk: Desk) -> App:
    """Return what answers whoever is turned away."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        visit = _visit(desk, Request(scope))
        response = await run_in_threadpool(turned_away, visit)
        await response(scope, receive, send)

    return answer
