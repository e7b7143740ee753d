"""The pages over the wire: a real server in a thread, and a visitor that has no browser.

A visitor keeps cookies, fills in forms by the names of their fields and follows their two steps.
What is awkward to say with it, ``raw`` says byte by byte.
"""

import asyncio
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from threading import Thread
from urllib.parse import urlencode, urlsplit

from definitions.proving.kept_verdicts import Prove
from scheduler.settings import Settings
from tests.support.engine import SECRETARY, World
from web import running
from web.app import PAGES, application
from web.desk import Desk, desk_of
from web.desk import World as Outside
from web.guard import Guard, Session
from workflow.database_queries import DatabaseQueries
from workflow.engine import Engine
from workflow.model.person import Called
from workflow.storage.database import Database

Fields = Mapping[str, str | Sequence[str]]
"""The fields of a form, each with its value or with several."""

PATIENCE = 30
"""How many seconds an answer is waited for."""
BOUNDARY = "----parts-of-a-form"
WITHOUT_TEXT = frozenset({"script", "style", "title"})
WITHOUT_END = frozenset({"br", "hr", "img", "input", "link", "meta"})


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page.

    Attributes:
        action: its address.
        method: ``get`` or ``post``.
        fields: what it would send if nothing were changed, buttons left out.
        named: every field that can be filled in, hidden ones included.
        buttons: the values of its buttons, by their words.
    """

    action: str
    method: str
    fields: Mapping[str, Sequence[str]]
    named: Sequence[str]
    buttons: Mapping[str, str]


class _Reader(HTMLParser):
    """Takes out of a page what a test asks about."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._inside: list[str] = []
        self._fields: dict[str, list[str]] = {}
        self._named: list[str] = []
        self._buttons: dict[str, str] = {}
        self._form: dict[str, str] = {}
        self._open = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag not in WITHOUT_END:
            self._inside.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        match tag:
            case "a" if "href" in given:
                self.links.append(given["href"])
            case "form":
                self._form, self._fields, self._named, self._buttons = given, {}, [], {}
            case "input" if given.get("name"):
                self._input(given)
            case "textarea" | "select" if given.get("name"):
                self._open, self._text = given["name"], []
                self._named.append(given["name"])
            case "option" if "selected" in given:
                self._fields.setdefault(self._open, []).append(given.get("value", ""))
            case "button":
                self._open, self._text = given.get("value", ""), []
            case _:
                pass

    def _input(self, given: dict[str, str]) -> None:
        self._named.append(given["name"])
        kind = given.get("type", "text")
        if kind == "file" or (kind == "checkbox" and "checked" not in given):
            return
        self._fields.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass
        match tag:
            case "textarea":
                written = "".join(self._text).removeprefix("\n")
                self._fields.setdefault(self._open, []).append(written)
            case "button":
                self._buttons[" ".join("".join(self._text).split())] = self._open
            case "form":
                self.forms.append(
                    Form(
                        self._form.get("action", ""),
                        self._form.get("method", "get"),
                        self._fields,
                        self._named,
                        self._buttons,
                    )
                )
            case _:
                pass

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        if not WITHOUT_TEXT & set(self._inside):
            self.words.append(data)


@dataclass(frozen=True)
class Answer:
    """What the server answered.

    Attributes:
        status: the number.
        headers: every header with its value, in the order in which they came; names in lower case.
        body: the bytes.
    """

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Return a header; empty where it is not there."""
        return ", ".join(value for each, value in self.headers if each == name)

    @property
    def html(self) -> str:
        """The page as it was sent."""
        return self.body.decode()

    @property
    def words(self) -> str:
        """What can be read on the page, on one line."""
        return " ".join(" ".join(self._read.words).split())

    @property
    def links(self) -> list[str]:
        """Where the links of the page lead."""
        return self._read.links

    @property
    def ids(self) -> list[str]:
        """The ids of its elements."""
        return self._read.ids

    @property
    def tags(self) -> list[tuple[str, dict[str, str]]]:
        """Its elements, with their attributes."""
        return self._read.tags

    @property
    def forms(self) -> list[Form]:
        """Its forms."""
        return self._read.forms

    @property
    def form(self) -> Form:
        """The form that is sent, and not the one that only asks for another page."""
        (found,) = (each for each in self.forms if each.method == "post")
        return found

    @property
    def _read(self) -> _Reader:
        reader = _Reader()
        reader.feed(self.html)
        reader.close()
        return reader


@dataclass
class Visitor:
    """Somebody who visits the pages, without a browser.

    Attributes:
        port: where the pages are served.
        cookies: what was kept of earlier answers.
        headers: what every request says besides; those of a form are added.
    """

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """The name under which the pages are asked for."""
        return f"localhost:{self.port}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask for something; headers of the value of nothing are left out."""
        said = {"host": self.host, **self.headers, **(headers or {})}
        if self.cookies and "cookie" not in said:
            said["cookie"] = "; ".join(f"{n}={v}" for n, v in self.cookies.items())
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in said.items():
                if value:
                    connection.putheader(name, value)
            if (
                body is not None
                and "transfer-encoding" not in said
                and "content-length" not in said
            ):
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            return self._answered(connection.getresponse())

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page; a name of a header is written with ``_`` for ``-``."""
        return self.ask("GET", path, headers=_named(headers))

    def follow(self, answer: Answer) -> Answer:
        """Ask for where an answer leads."""
        assert answer.header("location"), answer.status
        there = urlsplit(answer.header("location"))
        return self.get(f"{there.path}?{there.query}" if there.query else there.path)

    def post(
        self,
        path: str,
        fields: Fields,
        files: Mapping[str, bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a form, as a browser does from a page of the same site, unless headers say else."""
        if files is None:
            kind, body = "application/x-www-form-urlencoded", urlencode(fields, doseq=True).encode()
        else:
            kind, body = f"multipart/form-data; boundary={BOUNDARY}", _in_parts(fields, files)
        own = {
            "content-type": kind,
            "sec-fetch-site": "same-origin",
            "origin": f"http://{self.host}",
        }
        return self.ask("POST", path, body, {**own, **(headers or {})})

    # --- forms in two steps --------------------------------------------------------------------

    def fill_in(
        self,
        path: str,
        files: Mapping[str, bytes] | None = None,
        step: str = "show",
        fields: Fields | None = None,
        **named: str | Sequence[str],
    ) -> Answer:
        """Open a form, fill it in, and see what it would record."""
        form = self.get(path).form
        return self.send(form, files, step, {**(fields or {}), **named})

    def send(
        self,
        form: Form,
        files: Mapping[str, bytes] | None = None,
        step: str = "confirm",
        fields: Fields | None = None,
        **named: str | Sequence[str],
    ) -> Answer:
        """Send a form as it stands on a page, with what is filled in besides."""
        filled_in = {**(fields or {}), **named}
        for name in filled_in:
            assert name in form.named, f"no field {name}; there are {', '.join(form.named)}"
        return self.post(form.action, {**form.fields, **filled_in, "step": step}, files)

    def record(self, path: str, **fields: str | Sequence[str]) -> Answer:
        """Fill in a form, confirm it, and return the page on which its receipt stands."""
        shown = self.fill_in(path, None, "show", fields)
        assert shown.status == 200, (shown.status, shown.words)
        recorded = self.send(shown.form)
        assert recorded.status == 303, (recorded.status, recorded.words)
        return self.follow(recorded)

    # --- byte by byte --------------------------------------------------------------------------

    @contextmanager
    def line(self) -> Iterator[socket.socket]:
        """Yield a connection on which a test says what it likes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as line:
            yield line

    def raw(self, request: bytes) -> Answer:
        """Send bytes as they are, and return the answer to them."""
        with self.line() as line:
            line.sendall(request)
            return self.heard(line)

    def heard(self, line: socket.socket) -> Answer:
        """Return the answer on a connection."""
        response = HTTPResponse(line)
        response.begin()
        with closing(response):
            return self._answered(response)

    def head(self, method: str, path: str, **headers: str) -> bytes:
        """Return the beginning of a request as bytes, with the cookies of this visitor."""
        said = {
            "host": self.host,
            "cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items()),
            **_named(headers),
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{n}: {v}" for n, v in said.items() if v)]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def _answered(self, response: HTTPResponse) -> Answer:
        headers = [(name.lower(), value) for name, value in response.getheaders()]
        for name, value in headers:
            if name == "set-cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                self.cookies[cookie] = kept
        return Answer(response.status, headers, response.read())


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _in_parts(fields: Fields, files: Mapping[str, bytes]) -> bytes:
    """Return a form in parts, as a browser sends one with files."""
    parts: list[bytes] = []
    for name, values in fields.items():
        for value in [values] if isinstance(values, str) else values:
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            parts.append(head.encode() + value.encode() + b"\r\n")
    for name, content in files.items():
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        parts.append(head.encode() + content + b"\r\n")
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


# --- a server ----------------------------------------------------------------------------------


@dataclass
class Served:
    """The pages of a database, served to one person.

    Attributes:
        link: the path of the link that works once; nobody has used it yet.
        asker: who sits there.
        entered: the cookie of whoever came in by the link.
    """

    database: Database
    world: World
    desk: Desk
    port: int
    link: str
    asker: str
    entered: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """What stands before every address."""
        return f"http://localhost:{self.port}"

    def visitor(self, **headers: str) -> Visitor:
        """Return somebody who did not come in yet."""
        return Visitor(self.port, headers=_named(headers))

    def enter(self) -> Visitor:
        """Return somebody who came in; the first by the link, others with the same cookie."""
        visitor = self.visitor()
        if self.entered:
            visitor.cookies.update(self.entered)
            return visitor
        assert visitor.get(self.link).status == 303
        self.entered.update(visitor.cookies)
        return visitor


def desk_on(
    database: Database,
    world: World,
    asker: str = SECRETARY,
    language: str | None = None,
    theme: bytes | None = None,
    prove: Prove | None = None,
) -> Desk:
    """Return a desk on a database, with the clock and the ids of a test."""
    engine = Engine(database, world.surroundings, prove=prove)
    outside = Outside(
        Called(asker),
        world.clock,
        world.new_id,
        Settings,
        None if prove is None else lambda definition, _: prove(definition),
    )
    return desk_of(engine, DatabaseQueries(database, world.clock), outside, language, theme)


@contextmanager
def serving(
    database: Database,
    world: World,
    asker: str = SECRETARY,
    language: str | None = None,
    theme: bytes | None = None,
    prove: Prove | None = None,
) -> Iterator[Served]:
    """Serve the pages of a database in a thread, at a free port of this machine.

    Args:
        prove: what definitions are proved by; None where none is.
    """
    desk = desk_on(database, world, asker, language, theme, prove)
    with closing(running.listening(0)) as at:
        port = at.getsockname()[1]
        secrets = iter(range(1, 10))
        session = Session(port, lambda: f"secret-{next(secrets)}")
        hosts = (f"localhost:{port}", f"127.0.0.1:{port}")
        with answering(application(desk, session, hosts), at):
            yield Served(database, world, desk, port, session.start, asker)


@contextmanager
def answering(app: Guard | Callable[..., object], at: socket.socket) -> Iterator[None]:
    """Answer requests in a thread, with the server and the settings of the program."""
    server = running.Server(running.config(app))
    thread = Thread(target=lambda: asyncio.run(running.serving(server, at, lambda: None)))
    thread.start()
    try:
        while not server.started and thread.is_alive():
            thread.join(0.005)
        assert server.started
        yield
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive(), "a request is still in hand"


# --- every page --------------------------------------------------------------------------------


def addresses(**given: str) -> list[str]:
    """Return the address of every page of the program, with the parts that are given.

    A page that is added is in it by itself; tables to keep are no pages.
    """
    return [path.format(**given) for path, _ in PAGES if not path.endswith("/{file}")]
