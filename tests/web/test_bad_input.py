"""What bad input gets: a page that says what to do, the documented status, and nothing written."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from definitions.language.text import LANGUAGES
from tests.support.databases import Dump, file_of, on_server, rows_of
from tests.support.definitions import EXAMPLE, example, load
from tests.support.engine import Traject
from tests.support.web import Answer, Served, Visitor, addresses
from web import sent
from web.guard import ALWAYS
from workflow.storage.database import Database

NOTE = "/trajecten/traject/vastleggen/aantekening"
FILLED_IN = {"note": "De griffier belde.", "on": "2022-05-31", "reference": "telefoonnotitie 3"}
PART = b"--b\r\nContent-Disposition: form-data%s\r\n\r\n%s\r\n--b--\r\n"
OTHER_HOSTS = (
    "evil.example",
    "localhost",
    "localhost:1",
    "127.0.0.1.nip.example:{port}",
)
OTHER_COOKIES = (
    "",
    "x",
    "mijlpaal-{port}=",
    "mijlpaal-{port}=secret-9",
    "mijlpaal-{port}=é",
    'a\\b="c',
)
OLDER = {"sec-fetch-site": ""}
TRACE = ("Traceback", "Error", "site-packages", "starlette", "uvicorn", "sqlalchemy", "psycopg")


@pytest.fixture
def traject(served_everywhere: Served) -> Traject:
    """Start a process in what is served."""
    traject = Traject(served_everywhere.database, load(EXAMPLE), served_everywhere.world)
    traject.start()
    return traject


@pytest.fixture
def visitor(served_everywhere: Served, traject: Traject) -> Visitor:
    """Return somebody who came in."""
    return served_everywhere.enter()


@pytest.fixture
def one(untouched: Served) -> Visitor:
    """Return somebody who came in where nothing may change, to a database of one kind."""
    return untouched.enter()


@pytest.fixture
def each(untouched_everywhere: Served) -> Visitor:
    """Return somebody who came in where nothing may change, to every kind of database."""
    return untouched_everywhere.enter()


def refused(answer: Answer, status: int, *said: str) -> None:
    """See to it that an answer is a Dutch page of a status, that says something and no trace."""
    assert (status, "nl") == (answer.status, _language(answer)), answer.words
    for each in said:
        assert each in answer.words
    for each in TRACE:
        assert each not in answer.html
    _has_the_usual_headers(answer)


def _language(answer: Answer) -> str:
    return next(given["lang"] for tag, given in answer.tags if tag == "html")


def _has_the_usual_headers(answer: Answer) -> None:
    assert dict(ALWAYS) == {name: answer.header(name) for name in ALWAYS}
    own = {name for name, _ in answer.headers} - set(ALWAYS)
    assert own <= {"allow", "connection", "content-length", "content-type", "date"}


@contextmanager
def nothing_written(served: Served) -> Iterator[Dump]:
    """See to it that not one row of the database changes."""
    before = rows_of(served.database)
    yield before
    assert before == rows_of(served.database)


# --- names that are not there ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "nearest"),
    [
        ("/trajecten/trajekt", "Bedoelt u “traject”?"),
        ("/trajecten/trajekt/logboek", "Bedoelt u “traject”?"),
        ("/trajecten/trajekt/vastleggen/besluit", "Bedoelt u “traject”?"),
        ("/trajecten/traject/mijlpalen/vorstel", "Bedoelt u “voorstel”?"),
        ("/trajecten/zz", "Er zijn: traject."),
        ("/trajecten/traject/vastleggen/beslut", "Zo'n formulier is er niet"),
        ("/nergens", "Op dit adres is geen pagina"),
        ("/trajecten/../../etc/passwd", "Op dit adres is geen pagina"),
        ("/trajecten/%2e%2e/%2e%2e/etc/passwd", "Op dit adres is geen pagina"),
        ("/trajecten/..%2f..%2fetc%2fpasswd", "Op dit adres is geen pagina"),
        ("/trajecten/%2e%2e", "Er zijn: traject."),
        ("/static/..%2f..%2fapp.py", "Op dit adres is geen pagina"),
        ("/static/../app.py", "Op dit adres is geen pagina"),
        ("/trajecten/%ff%fe", "Er is geen traject"),
        ("/trajecten/" + "x" * 5000, "Er is geen traject"),
        ("/trajecten/%0d%0aset-cookie:%20a=b", "Er is geen traject"),
    ],
)
def test_what_is_not_there_is_404_with_the_nearest_names(
    each: Visitor, path: str, nearest: str
) -> None:
    """Of a name that is not there the page says what comes nearest; of a path, where to begin."""
    answer = each.get(path)
    refused(answer, 404, nearest)
    assert not answer.header("set-cookie")


@pytest.mark.parametrize("day", ["2021-02-30", "%ff", "%00", "'; DROP TABLE entries", "9" * 5000])
def test_a_day_that_is_none_leaves_the_page_of_today(each: Visitor, day: str) -> None:
    """The page shows the present, and says at the field what is wrong with the day."""
    answer = each.get(f"/trajecten/traject?as_of={day.replace(' ', '%20')}")
    assert 200 == answer.status
    assert "id" in answer.words or "Doel" in answer.words
    assert ["true"] == [each["aria-invalid"] for _, each in answer.tags if "aria-invalid" in each]


@pytest.mark.parametrize("path", ["/trajecten/traj%00ect", "/%00", "/static/style%00.css"])
def test_an_address_with_a_nul_is_damaged(each: Visitor, path: str) -> None:
    """No database takes one, so it is not asked."""
    refused(each.get(path), 400, "beschadigd")


# --- what comes too late -----------------------------------------------------------------------


def test_a_stale_form_shows_what_was_recorded_since(
    served_everywhere: Served, traject: Traject, visitor: Visitor
) -> None:
    """Both steps of a form see what somebody else recorded; then it can be sent after all."""
    form = visitor.get(NOTE).form
    traject.note("Iemand anders was eerst.", "2022-05-30")
    with nothing_written(served_everywhere):
        answer = visitor.send(form, step="show", fields=FILLED_IN)
        refused(answer, 409, "Iemand anders was eerst.", "Van u is niets vastgelegd")
        assert [FILLED_IN["note"]] == answer.form.fields["note"]
    shown = visitor.send(answer.form, step="show")
    traject.note("Nog iemand.", "2022-05-30")
    stale = visitor.send(shown.form)
    refused(stale, 409, "Nog iemand.")
    assert "Iemand anders was eerst." not in stale.words
    shown = visitor.send(stale.form, step="show")
    assert 303 == visitor.send(shown.form).status
    assert FILLED_IN["note"] in visitor.get("/trajecten/traject/logboek").words


def test_what_is_refused_comes_back_filled_in(one: Visitor, untouched: Served) -> None:
    """A date in the future and a source that is missing: 422, marked, with what was typed."""
    with nothing_written(untouched):
        answer = one.fill_in(NOTE, note="Iets.", on="2030-01-01", reference="bron")
        refused(answer, 422)
        empty = one.fill_in(NOTE, note="Iets.", on="", reference="")
        refused(empty, 422, "Dit is niet vastgelegd", "Dit moet worden ingevuld.")
    assert ["Iets."] == answer.form.fields["note"]
    wrong = [each["name"] for _, each in empty.tags if each.get("aria-invalid")]
    assert ["on"] == wrong
    assert "#field-on" in empty.links


# --- what is too much, or no text --------------------------------------------------------------


@pytest.mark.parametrize("parts", [None, {}], ids=["fields", "parts"])
def test_ten_megabytes_in_a_field_are_too_much(
    one: Visitor, untouched: Served, parts: dict[str, bytes] | None
) -> None:
    """It is said how much a form takes, in whichever way it was sent."""
    form = one.get(NOTE).form
    with nothing_written(untouched):
        answer = one.send(form, files=parts, step="confirm", note="x" * 10_000_000)
    refused(answer, 413, "Een formulier mag 1 MB groot zijn")


def test_what_has_too_many_fields_or_files_is_too_much(one: Visitor) -> None:
    """A form of ours has some dozens of fields at most."""
    form = one.get(NOTE).form
    fields = {**form.fields, **{f"field-{each}": "" for each in range(300)}}
    refused(one.post(NOTE, fields), 413)
    refused(one.post(NOTE, fields, files={}), 413)
    refused(one.post(NOTE, form.fields, files={f"file-{n}": b"x" for n in range(9)}), 413)


def test_a_length_beyond_all_measure_is_refused_unread(one: Visitor) -> None:
    """Nobody waits for a form that says it has a terabyte."""
    began = time.monotonic()
    for length, status in ((str(1 << 40), 413), ("-1", 400), ("1e3", 400)):
        head = one.head("POST", NOTE, content_length=length, sec_fetch_site="same-origin")
        assert status == one.raw(head).status
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"note=%ff%fe&token={token}"),
        ("application/x-www-form-urlencoded", b"note=\xff\xfe&token={token}"),
        ("application/x-www-form-urlencoded", b"%ff=1&token={token}"),
        ("application/x-www-form-urlencoded", b"note=%00&token={token}"),
        ("application/x-www-form-urlencoded", b"key=%00&token={token}"),
        ("multipart/form-data; boundary=b", PART % (b'; name="note"', b"\xff\xfe")),
        ("multipart/form-data; boundary=b", PART % (b"", b"x")),
        ("multipart/form-data; boundary=b", b"what is this"),
        ("multipart/form-data", b"--b--"),
    ],
)  # fmt: skip
def test_a_broken_encoding_is_damaged(
    one: Visitor, untouched: Served, kind: str, body: bytes
) -> None:
    """What is no text is not written down as something else."""
    sent = body.replace(b"{token}", one.get(NOTE).form.fields["token"][0].encode())
    headers = {"content-type": kind, "sec-fetch-site": "same-origin"}
    with nothing_written(untouched):
        answer = one.ask("POST", NOTE, sent, headers)
    refused(answer, 400, "beschadigd")


def test_what_is_no_form_was_not_made_by_one(one: Visitor) -> None:
    """JSON and plain text have no fields, so no token either."""
    for kind in ("application/json", "text/plain", ""):
        headers = {"content-type": kind, "sec-fetch-site": "same-origin"}
        refused(one.ask("POST", NOTE, b'{"note": "x"}', headers), 403)


def test_what_is_no_request_is_answered_with_the_usual_headers(one: Visitor) -> None:
    """Bytes that are no HTTP, a NUL in an address, an address without end."""
    for request in (
        b"\x16\x03\x01\x02\x00\r\n\r\n",
        b"GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n",
    ):
        answer = one.raw(request)
        assert (400, "Dit verzoek is beschadigd") == (answer.status, answer.html[:25])
        _has_the_usual_headers(answer)


def test_a_form_without_its_length_is_refused(one: Visitor, untouched: Served) -> None:
    """A browser always says it; what is sent in chunks could have no end."""
    head = one.head("POST", NOTE, transfer_encoding="chunked", sec_fetch_site="same-origin")
    with nothing_written(untouched):
        refused(one.raw(head + b"5\r\nnote=\r\n0\r\n\r\n"), 411)


def test_a_form_that_does_not_arrive_is_waited_for_so_long(
    one: Visitor, untouched: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sends half of it gets an answer; others are answered meanwhile."""
    monkeypatch.setattr(sent, "SLOWEST", 0.4)
    kind = "application/x-www-form-urlencoded"
    head = one.head(
        "POST", NOTE, content_length="100", sec_fetch_site="same-origin", content_type=kind
    )
    with nothing_written(untouched), one.line() as line:
        line.sendall(head + b"note=De+gri")
        assert 200 == one.get("/trajecten/traject").status
        refused(one.heard(line), 408, "kwam niet op tijd binnen")


def test_who_hangs_up_halfway_is_let_go(
    one: Visitor, untouched: Served, caplog: pytest.LogCaptureFixture
) -> None:
    """It is no fault of the program, and leaves nothing behind."""
    head = one.head("POST", NOTE, content_length="100", sec_fetch_site="same-origin")
    with nothing_written(untouched), one.line() as line:
        line.sendall(head + b"note=De+gri")
        time.sleep(0.05)
    assert 200 == one.get("/trajecten/traject").status
    assert not caplog.records


# --- who may come in, and from where -----------------------------------------------------------


@pytest.mark.parametrize("host", OTHER_HOSTS)
def test_under_another_name_nothing_is_answered(one: Visitor, host: str) -> None:
    """A name that leads to this machine after all gets nothing out of it."""
    host = host.format(port=one.port)
    refused(one.raw(one.head("GET", "/trajecten", host=host)), 400, "niet onder deze naam")


def test_a_request_that_names_no_host_is_refused(one: Visitor) -> None:
    """A browser always names one; what asks without is older than that rule."""
    refused(one.raw(b"GET /trajecten HTTP/1.0\r\n\r\n"), 400, "niet onder deze naam")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {**OLDER, "origin": "http://evil.example"},
        {**OLDER, "origin": "null"},
        {**OLDER, "origin": "http://localhost:1"},
        {**OLDER, "origin": ""},
        {"sec-fetch-site": "cross-site", "origin": "http://localhost:{port}"},
    ],
)
def test_a_form_of_another_site_does_nothing(
    one: Visitor, untouched: Served, headers: dict[str, str]
) -> None:
    """Even with the token and the cookie of the session."""
    form = one.get(NOTE).form
    said = {name: value.format(port=one.port) for name, value in headers.items()}
    with nothing_written(untouched):
        answer = one.post(NOTE, {**form.fields, **FILLED_IN, "step": "confirm"}, headers=said)
    refused(answer, 403, "niet verstuurd vanaf een pagina")


@pytest.mark.parametrize("token", [None, "", "secret-9", "é"])
def test_a_form_without_its_token_does_nothing(
    one: Visitor, untouched: Served, token: str | None
) -> None:
    """It was not made by a page of this run of the program."""
    fields = {**one.get(NOTE).form.fields, **FILLED_IN, "step": "confirm"}
    del fields["token"]
    if token is not None:
        fields["token"] = token
    with nothing_written(untouched):
        refused(one.post(NOTE, fields), 403, "verlopen")


def test_an_older_browser_says_only_where_it_comes_from(one: Visitor) -> None:
    """Without fetch metadata the origin counts, where it is our own."""
    form = one.get(NOTE).form
    answer = one.post(NOTE, {**form.fields, **FILLED_IN, "step": "show"}, headers=OLDER)
    assert 200 == answer.status


def test_the_link_works_once_and_only_for_who_opens_it(served: Served) -> None:
    """Who only looks what is there does not use it up; a second use is explained."""
    looks = served.visitor()
    assert 303 == looks.ask("HEAD", served.link).status
    assert not looks.cookies
    first, second = served.visitor(), served.visitor()
    answer = first.get(served.link)
    assert (303, "/") == (answer.status, answer.header("location"))
    (cookie,) = (value for name, value in answer.headers if name == "set-cookie")
    assert {"Path=/", "HttpOnly", "SameSite=Lax"} == set(cookie.split("; ")[1:])
    assert 200 == first.get("/").status
    again = second.get(served.link)
    assert not again.header("set-cookie")
    refused(second.follow(again), 403, "die werkt één keer")
    assert 200 == first.follow(first.get(served.link)).status


@pytest.mark.parametrize("cookie", OTHER_COOKIES)
def test_without_the_session_every_page_is_closed(served: Served, cookie: str) -> None:
    """No page says anything to who did not come in by the link; style sheets do."""
    visitor = served.visitor()
    for path in ("/", "/trajecten", "/nergens", "/static/../trajecten"):
        answer = visitor.get(path, cookie=cookie.format(port=visitor.port))
        assert answer.status in {403, 404}, path
        _has_the_usual_headers(answer)


@pytest.mark.parametrize(
    "method", ["TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "BREW", "CONNECT"]
)
def test_another_method_is_refused(one: Visitor, method: str) -> None:
    """It is said which there are; nothing is said back of what was asked."""
    answer = one.ask(method, "/trajecten", headers={"x-secret": "geheim"})
    assert 405 == answer.status
    assert {"GET", "HEAD", "POST"} == set(answer.header("allow").split(", "))
    assert "geheim" not in answer.html


def test_a_page_takes_no_form(one: Visitor) -> None:
    """Only the addresses of forms do."""
    answer = one.post("/trajecten", {})
    refused(answer, 405)
    assert {"GET", "HEAD"} == set(answer.header("allow").replace(" ", "").split(","))


# --- a database that goes away -----------------------------------------------------------------


def test_a_database_that_goes_away_is_said_and_can_come_back(
    served_everywhere: Served, traject: Traject, visitor: Visitor
) -> None:
    """503 in Dutch on every page and form, without a trace; afterwards all is as it was."""
    shown = visitor.fill_in(NOTE, fields=FILLED_IN)
    before = rows_of(served_everywhere.database)
    with _gone(served_everywhere):
        for path in ("/", "/trajecten", "/trajecten/traject", "/trajecten/traject/logboek", NOTE):
            refused(visitor.get(path), 503, "Tijdelijk niet beschikbaar")
        refused(visitor.send(shown.form), 503, "Er is niets ")
    assert 200 == visitor.get("/trajecten/traject").status
    assert before == rows_of(served_everywhere.database)
    assert 303 == visitor.send(shown.form).status
    assert [] == traject.problems


@contextmanager
def _gone(served: Served) -> Iterator[None]:
    """Take a database away for a while: rename its file, or let its server close the door."""
    if served.database.file is not None:
        file = file_of(served.database)
        elsewhere = file.rename(file.with_suffix(".elsewhere"))
        yield
        elsewhere.rename(file)
        return
    name = served.database.url.database
    on_server(
        f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )
    try:
        yield
    finally:
        on_server(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


# --- a page that fails --------------------------------------------------------------------------


def test_what_was_not_foreseen_shows_no_trace(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """500 in Dutch; the trace is in the log of the program, once, and not on the page."""

    def fails(_: object) -> None:
        raise RuntimeError("geheim")

    visitor = served.enter()
    monkeypatch.setattr(Database, "check", fails)
    answer = visitor.get("/trajecten")
    refused(answer, 500, "Er ging iets mis")
    assert "geheim" not in answer.html
    assert ["A page failed: /trajecten"] == [each.getMessage() for each in caplog.records]


# --- what somebody wrote is inert ---------------------------------------------------------------

NASTY = (
    '"><script>alert(1)</script>',
    "{{7*7}}{% for a in b %}",
    "<img src=x onerror=alert(1)>",
    "een\r\nset-cookie: a=b",
    "a\u202eb\u2066c",
    "\x1b[31mrood",
)


def test_what_somebody_wrote_is_inert_on_every_page(served: Served) -> None:
    """Markup, template syntax, line ends, control and bidi characters: titles, notes, names."""
    title = "'\"></script><script>alert(1)</script>{{7*7}}'"
    definition = load(example(("Voorbeeld", title), ("Proposal", title), ("Voorstel", title)))
    traject = Traject(served.database, definition, served.world)
    traject.start()
    visitor = served.enter()
    for each in NASTY:
        line = " ".join(each.split())
        shown = visitor.fill_in(NOTE, note=each, on="2022-05-30", reference=line)
        assert shown.status in {200, 422}
        if shown.status == 200:
            assert 303 == visitor.send(shown.form).status
    traject.seat("griffier@oost", '<b onclick="x">Naam {{7*7}}</b>', "2022-05-30")
    pages = addresses(process="traject", milestone="voorstel", definition="gr-sociaal-domein")
    paths = [*pages, NOTE, f"{NOTE}?note=%3Cscript%3E&on=%22%3E%3Cscript%3E"]
    for language in LANGUAGES:
        for path in paths:
            answer = visitor.get(path, cookie=_cookies(visitor, language))
            _is_inert(answer, path)


def _is_inert(answer: Answer, path: str) -> None:
    assert answer.status in {200, 404}, path
    assert not {"script", "img", "iframe", "b"} & {tag for tag, _ in answer.tags} - {"b"}, path
    for tag, given in answer.tags:
        assert not [each for each in given if each.startswith("on")], (path, tag, given)
        assert "style" not in given, (path, tag)
    assert "49" not in answer.words, path
    for each in ("\u202e", "\u2066", "\x1b"):
        assert each not in answer.html, path
    assert not [value for name, value in answer.headers if name == "set-cookie"], path


def _cookies(visitor: Visitor, language: str) -> str:
    kept = {**visitor.cookies, "taal": language}
    return "; ".join(f"{name}={value}" for name, value in kept.items())
