"""Access tokens for the mail server, from a token endpoint (OAuth 2.0, RFC 6749, section 4.4).

A token is kept until shortly before it expires. No error message contains a token or the client's
secret: from an answer only known codes are shown.
"""

import json
import re
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR, socket
from urllib.parse import unquote, urlencode, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from definitions.language.errors import reason_of
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from scheduler.setting_values import is_loopback
from scheduler.settings import MailSettings, SettingsInvalid
from workflow.model.mail_address import is_host

MOST_BYTES = 100_000
"""The most that an answer has; a token has some thousands."""
EARLY = 60.0
"""How many seconds before it expires a token is not used any more; half its life at most."""
UNSAID = 300.0
"""The lifetime in seconds of a token without a stated expiry."""
LONGEST = 86_400.0
"""The maximum lifetime of a token in seconds, whatever the endpoint states."""
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{1,12000}=*", re.ASCII)
"""The form of a token (RFC 6750, 2.1)."""
_THEIR_CODE = re.compile(r"\bAADSTS\d{4,9}\b", re.ASCII)
"""A code of Microsoft Entra, which says more than the error does."""
_OK, _REDIRECTED, _BUSY = 200, range(300, 400), {408, 425, 429}
_REFUSED, _FAILING = range(400, 500), 500

Seconds = float
Clock = Callable[[], Seconds]


class NoToken(Exception):
    """No token can be had.

    Attributes:
        sentence: why, and what to do.
        temporary: whether the same may go well later, without anybody doing anything.
    """

    def __init__(self, sentence: Text, *, temporary: bool) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.sentence = sentence
        self.temporary = temporary


@dataclass(frozen=True, slots=True, repr=False)
class Token:
    """A token, and the end of its use.

    Attributes:
        value: the token.
        until: the end of its use, by the clock of the machine that fetched it.
    """

    value: str
    until: Seconds


class Tokens:
    """The tokens for one mail server: fetched when there is none, and kept as long as they hold."""

    def __init__(self, settings: MailSettings, clock: Clock = time.monotonic) -> None:
        """Use the token endpoint of the settings; nothing is fetched yet.

        Args:
            settings: with a token endpoint.
            clock: counts the seconds for which a token is used.
        """
        self._settings = settings
        self._clock = clock
        self._kept: Token | None = None

    @property
    def kept(self) -> bool:
        """Whether there is a token that is not about to expire."""
        return self._kept is not None and self._clock() < self._kept.until

    def forget(self) -> None:
        """Use the present token no more: the mail server does not take it."""
        self._kept = None

    def token(self) -> Token:
        """Return a token, the one that is kept or a new one.

        Raises:
            NoToken: none can be had.
        """
        if self._kept is not None and self.kept:
            return self._kept
        self._kept = None
        asked = self._clock()
        value, seconds = _fetched(self._settings)
        self._kept = Token(value, asked + seconds - min(EARLY, seconds / 2))
        return self._kept


def _fetched(settings: MailSettings) -> tuple[str, Seconds]:
    """Ask the token endpoint for a token, and return it with the seconds for which it holds."""
    url, place = settings.token_url or "", settings.token_host
    try:
        secret = settings.secret_of_client()
    except SettingsInvalid as error:
        raise NoToken(error.sentence, temporary=False) from None
    asked = {"grant_type": "client_credentials", "client_id": settings.client_id or ""}
    asked["client_secret"] = secret
    if settings.scope is not None:
        asked["scope"] = settings.scope
    try:
        status, location, content = _answer(url, urlencode(asked).encode(), settings.timeout)
    except ssl.SSLCertVerificationError as error:
        said = text(
            "The certificate of the token endpoint {place} is not trusted: {why}",
            place=place,
            why=error.verify_message,
        )
        raise NoToken(said, temporary=False) from None
    except (OSError, HTTPException, ValueError) as error:
        said = text(
            "The token endpoint {place} cannot be reached: {why}. It is tried again.",
            place=place,
            why=_why(error),
        )
        raise NoToken(said, temporary=True) from None
    if status == _OK:
        return _read(place, content)
    raise _refusal(place, url, status, location, content)


# --- the answer --------------------------------------------------------------------------------


def _read(place: str, content: bytes) -> tuple[str, Seconds]:
    """Return the token in an answer, and for how many seconds it holds (RFC 6749, 5.1)."""
    answer = _decoded(content)
    value, kind = answer.get("access_token"), answer.get("token_type", "Bearer")
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        said = text(
            "The token endpoint {place} answers with something else than a token: see whether "
            "“token_url” is the address of one.",
            place=place,
        )
        # A page that a proxy or a portal puts in between goes away by itself.
        raise NoToken(said, temporary=True)
    if not isinstance(kind, str) or kind.lower() != "bearer":
        said = text(
            "The token of {place} is not a bearer token, and a mail server takes no other.",
            place=place,
        )
        raise NoToken(said, temporary=False)
    return value, _lifetime(answer.get("expires_in"))


def _lifetime(said: object) -> Seconds:
    if isinstance(said, str) and said.isascii() and said.isdecimal():
        said = int(said[:9])
    if isinstance(said, bool) or not isinstance(said, int | float) or not said > 0:
        return UNSAID
    return min(float(said), LONGEST)


def _decoded(content: bytes) -> dict[str, object]:
    """Return a JSON object; empty if the content is not one."""
    if len(content) > MOST_BYTES:
        return {}
    try:
        answer = json.loads(content)
    except (RecursionError, ValueError):
        return {}
    return answer if isinstance(answer, dict) else {}


_ERRORS = {
    "invalid_client": text(
        "it does not know the client, or not with this secret. See whether “client_id” and the "
        "secret are right and the secret has not expired; make a new one where it has"
    ),
    "unauthorized_client": text(
        "the client may not ask for a token in this way. Have that allowed where it is registered"
    ),
    "invalid_scope": text("it does not know what the token is to be for. Change “scope”"),
    "invalid_request": text(
        "it does not understand what is asked. See whether “token_url”, “client_id” and “scope” "
        "are right"
    ),
    "unsupported_grant_type": text(
        "it gives no tokens to a program by itself (client credentials). Have that allowed, or log "
        "in with a password"
    ),
    "invalid_grant": text("it does not give a token to this client. Ask whoever registered it"),
    "access_denied": text("the client has no permission. Have it given where it is registered"),
    "invalid_resource": text("it does not know what the token is to be for. Change “scope”"),
}
_LATER = ("temporarily_unavailable", "server_error", "slow_down")


def _refusal(place: str, url: str, status: int, location: str | None, content: bytes) -> NoToken:
    """Return the error of an answer without a token (RFC 6749, 5.2)."""
    answer = _decoded(content)
    code, described = answer.get("error"), answer.get("error_description")
    if status in _REDIRECTED:
        return NoToken(_elsewhere(place, url, location), temporary=False)
    if status >= _FAILING or status in _BUSY or code in _LATER:
        said = text(
            "The token endpoint {place} gives no token now ({status}). It is tried again.",
            place=place,
            status=status,
        )
        return NoToken(said, temporary=True)
    their = _THEIR_CODE.search(described) if isinstance(described, str) else None
    known = _ERRORS.get(code) if isinstance(code, str) else None
    if known is not None:
        codes = " ".join(each for each in (str(code), their[0] if their else "") if each)
        said = text(
            "The token endpoint {place} refuses: {why} ({code}).",
            place=place,
            why=known,
            code=codes,
        )
        return NoToken(said, temporary=False)
    said = text(
        "The token endpoint {place} answers {status}, and not as one should: see whether "
        "“token_url” is the address of one.",
        place=place,
        status=status,
    )
    return NoToken(said, temporary=False)


def _elsewhere(place: str, url: str, location: str | None) -> Text:
    """Return that the endpoint redirects us, to where the secret is not sent."""
    try:
        other = urlsplit(urljoin(url, location or "")).hostname or ""
    except ValueError:
        other = ""
    return text(
        "The token endpoint {place} sends us on to {other}; the secret is not sent after it. Set "
        "“token_url” to the address that is meant.",
        place=place,
        other=other if is_host(other) else "?",
    )


def _why(error: Exception) -> Text:
    """Return an error on the way to the endpoint, in our own words."""
    match error:
        case TimeoutError():
            return text("it did not answer in time")
        case ssl.SSLError():
            return text("no secure connection")
        case OSError(strerror=str()) if not isinstance(error, ValueError):
            return reason_of(error)
        case OSError() if not isinstance(error, ValueError):
            return text("the proxy does not let us through")
        case _:
            return text("it does not answer as a web server does")


# --- on the way --------------------------------------------------------------------------------


def _answer(url: str, asked: bytes, most: timedelta) -> tuple[int, str | None, bytes]:
    """Post a form, and return the status, the address it sends us on to, and what it answers.

    Args:
        url: of the endpoint.
        asked: the form.
        most: how long all of it may take.

    Raises:
        OSError, HTTPException, ValueError: there is no answer.
    """
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    connection = _connection(url, most.total_seconds())
    headers = {
        "Accept": "application/json",
        "Connection": "close",
        "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": "mijlpaal",
    }
    try:
        with _cut_off_after(connection, most.total_seconds()) as (keep, is_late):
            try:
                connection.connect()
                keep(connection.sock)
                connection.request("POST", path, body=asked, headers=headers)
                with connection.getresponse() as response:
                    content = response.read(MOST_BYTES + 1)
                    if is_late():  # what was cut off looks like the end of the answer
                        raise TimeoutError
                    return response.status, response.getheader("Location"), content
            except (OSError, HTTPException, ValueError):
                if is_late():
                    raise TimeoutError from None
                raise
    finally:
        connection.close()


def _connection(url: str, seconds: float) -> HTTPConnection:
    """Return a connection to an endpoint, through the proxy of the environment where one is set."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme == "http":
        return HTTPConnection(host, parts.port, timeout=seconds)
    trust = ssl.create_default_context()
    proxy = None if is_loopback(host) or proxy_bypass(host) else getproxies().get("https")
    if proxy is None:
        return HTTPSConnection(host, parts.port, timeout=seconds, context=trust)
    at = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    connection = HTTPSConnection(at.hostname or "", at.port, timeout=seconds, context=trust)
    connection.set_tunnel(host, parts.port, headers=dict(_known_to(at.username, at.password)))
    return connection


def _known_to(user: str | None, password: str | None) -> Iterator[tuple[str, str]]:
    """Yield the header by which a proxy knows us, where its address has a user."""
    if user is not None:
        said = f"{unquote(user)}:{unquote(password or '')}"
        yield "Proxy-Authorization", f"Basic {b64encode(said.encode()).decode()}"


@contextmanager
def _cut_off_after(
    connection: HTTPConnection, seconds: float
) -> Iterator[tuple[Callable[[object], None], Callable[[], bool]]]:
    """Close a connection after some seconds, even if an answer trickles in.

    Yields:
        A function that takes the socket, which the connection forgets while it is read, and one
        that returns whether it was closed.
    """
    late = threading.Event()
    kept: list[object] = []

    def cut_off() -> None:
        late.set()
        for each in (*kept, connection.sock):
            if isinstance(each, socket):
                with suppress(OSError):  # it is closed already
                    socket.shutdown(each, SHUT_RDWR)

    timer = threading.Timer(seconds, cut_off)
    timer.daemon = True
    timer.start()
    try:
        yield kept.append, late.is_set
    finally:
        timer.cancel()
