"""The guard in front of every page: who may come in, from where, and with how much.

On a laptop nobody signs in: a link with a token that works once becomes a session, which ends with
the program. A cookie of 127.0.0.1 goes to every port of it, so it is never worth more than that.
"""

import hmac
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.requests import Request

from definitions.language.values import dataclass
from web.sent import IN_PARTS, drained

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_FORM = 1 << 20
"""How many bytes a form may have."""
LARGEST_READ = 64 << 20
"""How many bytes of a form that is refused are read and thrown away, so that it can be answered."""
DRAINED = (403, 413)
"""The statuses of refusals that a browser may meet in the middle of sending a form."""
LARGEST_FILE = 20 << 20
"""How many it may have where a text is sent along, to be hashed."""
START = "/start/"
"""The address of the link by which one comes in, before its token."""
FREE = ("/static/", START)
"""The addresses that need no session."""
SAFE = frozenset({"GET", "HEAD"})
METHODS = ("GET", "HEAD", "POST")
ALWAYS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}
"""The headers of every answer, where it has no other of that name."""


class Session:
    """The session of one run of the program: a link that works once, and a cookie.

    Attributes:
        token: what every form carries along, so that no other site can post it.
    """

    def __init__(self, port: int, new: Callable[[], str]) -> None:
        """Make a session.

        Args:
            port: the port of the program: programs at other ports have cookies of other names.
            new: returns a secret.
        """
        self.cookie = f"mijlpaal-{port}"
        self._link, self._secret, self.token = new(), new(), new()
        self._lock = threading.Lock()
        self._used = False

    @property
    def start(self) -> str:
        """The address by which one comes in, once."""
        return f"{START}{self._link}"

    def enter(self, link: str) -> str | None:
        """Return the cookie for whoever comes by the link; None where it is wrong, or was used.

        The browser sends it along when somebody follows a link from a letter, and never with a form
        of another site.
        """
        with self._lock:
            if self._used or not hmac.compare_digest(link.encode(), self._link.encode()):
                return None
            self._used = True
        return f"{self.cookie}={self._secret}; Path=/; HttpOnly; SameSite=Lax"

    def knows(self, cookies: str) -> bool:
        """Return whether the cookies of a request have that of the session."""
        try:
            found = SimpleCookie(cookies).get(self.cookie)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(
            found.value.encode(), self._secret.encode()
        )

    def gave(self, token: str) -> bool:
        """Return whether a form was made by a page of this session."""
        return hmac.compare_digest(token.encode(), self.token.encode())


@dataclass(frozen=True, slots=True)
class Turned:
    """Why somebody is turned away at the door: the status, and which of the reasons it is."""

    status: int
    why: str


class Guard:
    """Turns away what may not come in, and gives every answer its headers."""

    def __init__(self, app: App, session: Session, hosts: Iterable[str], refuse: App) -> None:
        """Take what is guarded.

        Args:
            app: the pages.
            session: who may come in.
            hosts: the names under which the program is called.
            refuse: answers whoever is turned away; why stands in the scope.
        """
        self._app, self._refuse = app, refuse
        self._session, self._hosts = session, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have it refused."""
        if scope["type"] != "http":
            return
        headers = _headers(scope)
        scope["mijlpaal.token"] = self._session.token
        turned = self._turned(scope, headers)
        app = self._app
        if turned is not None:
            scope["mijlpaal.turned"], app = turned, self._refuse
            if turned.status in DRAINED and _length(headers) <= LARGEST_READ:
                await drained(Request(scope, receive))
        await app(scope, receive, _with_headers(send))

    def _turned(self, scope: Scope, headers: Mapping[str, str]) -> Turned | None:
        """Return why a request may not come in; None where it may."""
        if headers.get("host") not in self._hosts:
            return Turned(400, "host")
        if scope["method"] not in METHODS:
            return Turned(405, "method")
        try:
            length = _length(headers)
        except ValueError:
            return Turned(400, "broken")
        if "\0" in scope["path"] or length < 0:
            return Turned(400, "broken")
        if scope["method"] not in SAFE:
            if not _is_own(headers):
                return Turned(403, "elsewhere")
            if "content-length" not in headers:
                return Turned(411, "length")
            if length > _most(headers):
                return Turned(413, "large")
        free = scope["path"].startswith(FREE)
        if not free and not self._session.knows(headers.get("cookie", "")):
            return Turned(403, "session")
        return None


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _length(headers: Mapping[str, str]) -> int:
    return int(headers.get("content-length", "0"))


def _is_own(headers: Mapping[str, str]) -> bool:
    """Return whether a form was sent from a page of ours, as a browser says in one of two ways."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] == headers.get("host")


def _most(headers: Mapping[str, str]) -> int:
    is_file = headers.get("content-type", "").startswith(IN_PARTS)
    return LARGEST_FILE if is_file else LARGEST_FORM


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            named = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *((n.encode(), v.encode()) for n, v in ALWAYS.items() if n.encode() not in named),
            ]
        await send(message)

    return sent
