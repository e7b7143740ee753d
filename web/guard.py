"""The guard in front of every page: who may come in, from where, and with how much.

On a laptop nobody signs in: a link with a token that works once becomes a session, which ends with
the program. A cookie of 127.0.0.1 goes to every port of it, so it is never worth more than that.
"""

import hmac
import threading
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from definitions.language.values import dataclass

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LARGEST_FORM = 1 << 20
"""How many bytes a form may have."""
LARGEST_FILE = 20 << 20
"""How many it may have where a text is sent along, to be hashed."""
START = "/start/"
"""The address of the link by which one comes in, before its token."""
FREE = ("/static/", START)
"""The addresses that need no session."""
SAFE = frozenset({"GET", "HEAD"})
HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
"""The headers of every answer."""


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
        """Return the cookie for whoever comes by the link; None where it is wrong, or was used."""
        with self._lock:
            if self._used or not hmac.compare_digest(link.encode(), self._link.encode()):
                return None
            self._used = True
        return f"{self.cookie}={self._secret}; Path=/; HttpOnly; SameSite=Strict"

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
        await app(scope, receive, _with_headers(scope, send))

    def _turned(self, scope: Scope, headers: Mapping[str, str]) -> Turned | None:
        """Return why a request may not come in; None where it may."""
        if headers.get("host") not in self._hosts:
            return Turned(400, "host")
        try:
            scope["path"].encode()
            length = int(headers.get("content-length", "0"))
        except (UnicodeError, ValueError):
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


def _is_own(headers: Mapping[str, str]) -> bool:
    """Return whether a form was sent from a page of ours, as a browser says in one of two ways."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] == headers.get("host")


def _most(headers: Mapping[str, str]) -> int:
    is_file = headers.get("content-type", "").startswith("multipart/form-data")
    return LARGEST_FILE if is_file else LARGEST_FORM


def _with_headers(scope: Scope, send: Send) -> Send:
    keeps = scope["path"].startswith("/static/")

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            named = {name.lower() for name, _ in message["headers"]}
            kept = "public, max-age=31536000, immutable" if keeps else "no-store"
            extra = {**HEADERS, "cache-control": kept}
            message["headers"] = [
                *message["headers"],
                *((n.encode(), v.encode()) for n, v in extra.items() if n.encode() not in named),
            ]
        await send(message)

    return sent
