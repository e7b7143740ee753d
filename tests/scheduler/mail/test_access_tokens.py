"""Tokens of a token endpoint, and logging in with them: a real endpoint and a real mail server."""

import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from scheduler.channels import Accepted, Failed
from scheduler.mail.access_tokens import EARLY, LONGEST, MOST_BYTES, UNSAID, NoToken, Tokens
from scheduler.mail.smtp import SmtpChannel
from tests.support.mailserver import HOST, Mailroom, certificate, mail_server, settings_for
from tests.support.tokenserver import (
    CLIENT,
    CLIENT_SECRET,
    SCOPE,
    Counter,
    oauth,
    token_server,
)

GRIFFIER = "griffier@sliedrecht.example"
LETTER = b"Subject: Uiterlijk\r\nFrom: a@b.example\r\n\r\nAan de griffier.\r\n"
FIRST, SECOND = "eyJ.first.token", "eyJ.second.token"


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        """Begin somewhere."""
        self.now = 1000.0

    def __call__(self) -> float:
        """Return the present second."""
        return self.now


@pytest.fixture
def counter() -> Counter:
    """Return an endpoint's doings."""
    return Counter()


@pytest.fixture
def url(counter: Counter) -> Iterator[str]:
    """Run an endpoint."""
    with token_server(counter) as url:
        yield url


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


@pytest.fixture
def room() -> Mailroom:
    """Return a mail server's doings; it takes two tokens."""
    return Mailroom(tokens={FIRST, SECOND})


def tokens(url: str, /, clock: Clock | None = None, **more: object) -> Tokens:
    """Return what fetches tokens from an endpoint."""
    return Tokens(settings_for(25, **oauth(url, **more)), clock or Clock())


def refused(url: str, **more: object) -> NoToken:
    """Return why there is no token; what is secret is never in it."""
    with pytest.raises(NoToken) as fault:
        Tokens(settings_for(25, **oauth(url, **more))).token()
    assert CLIENT_SECRET not in f"{fault.value} {fault.value!r} {fault.value.sentence}"
    assert fault.value.__cause__ is None
    return fault.value


# --- a token -----------------------------------------------------------------------------------


def test_what_the_endpoint_is_asked(url: str, counter: Counter) -> None:
    """As RFC 6749 says of client credentials (4.4.2), with the client in the form (2.3.1)."""
    assert FIRST == tokens(url).token().value
    assert [
        {
            "grant_type": "client_credentials",
            "client_id": CLIENT,
            "client_secret": CLIENT_SECRET,
            "scope": SCOPE,
        }
    ] == counter.asked


def test_a_secret_in_a_file(url: str, counter: Counter, tmp_path: Path) -> None:
    """It is read anew each time, without the end of its line."""
    file = tmp_path / "secret"
    file.write_text("from a file\n", encoding="utf-8")
    tokens(url, client_secret=None, client_secret_file=str(file)).token()
    assert "from a file" == counter.asked[0]["client_secret"]


def test_a_secret_that_cannot_be_read(url: str, counter: Counter, tmp_path: Path) -> None:
    """Nothing is asked of the endpoint, and trying again does not help."""
    fault = refused(url, client_secret=None, client_secret_file=str(tmp_path / "secret"))
    assert (False, []) == (fault.temporary, counter.asked)


def test_no_secret_is_in_what_the_settings_show(url: str) -> None:
    """Nor in what a token shows."""
    settings = settings_for(25, **oauth(url))
    assert CLIENT_SECRET not in f"{settings!r} {settings} {settings.model_dump_json()}"
    assert FIRST not in f"{Tokens(settings).token()!r}"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (3600, 3600 - EARLY),
        ("7200", 7200 - EARLY),
        (60, 30),
        (10**9, LONGEST - EARLY),
        (None, UNSAID - EARLY),
        (0, UNSAID - EARLY),
        (-1, UNSAID - EARLY),
        (True, UNSAID - EARLY),
        ("soon", UNSAID - EARLY),
    ],
)
def test_a_token_is_kept_until_shortly_before_it_expires(
    url: str, counter: Counter, clock: Clock, said: object, seconds: float
) -> None:
    """Whatever is said of how long it holds; then there is a new one."""
    counter.tokens, counter.lifetime = [FIRST, SECOND], said
    held = tokens(url, clock)
    assert [FIRST] * 2 == [held.token().value for _ in range(2)]
    clock.now += seconds - 1
    assert (FIRST, 1) == (held.token().value, len(counter.asked))
    clock.now += 1
    assert (SECOND, 2) == (held.token().value, len(counter.asked))


# --- none --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error", "described", "said"),
    [
        (401, "invalid_client", "AADSTS7000215: x", "(invalid_client AADSTS7000215)"),
        (400, "invalid_client", "", "a new one where it has (invalid_client)"),
        (400, "unauthorized_client", "", "Have that allowed where it is registered"),
        (400, "invalid_scope", "", "Change “scope”"),
        (400, "unsupported_grant_type", "", "client credentials"),
        (400, CLIENT_SECRET, CLIENT_SECRET, "answers 400, and not as one should"),
        (400, ["invalid_client"], "", "answers 400, and not as one should"),
        (404, "", "", "answers 404, and not as one should"),
    ],
)
def test_an_endpoint_that_refuses(
    url: str, counter: Counter, status: int, error: object, described: str, said: str
) -> None:
    """For good: the sentence says what to do, and only codes that are known are repeated."""
    counter.refuses(status, error, described)
    fault = refused(url)
    assert said in str(fault.sentence)
    assert not fault.temporary


@pytest.mark.parametrize(
    ("status", "error"),
    [(500, ""), (503, "invalid_client"), (429, ""), (400, "temporarily_unavailable")],
)
def test_an_endpoint_that_has_no_time(url: str, counter: Counter, status: int, error: str) -> None:
    """It passes by itself."""
    counter.refuses(status, error)
    fault = refused(url)
    assert fault.temporary
    assert f"gives no token now ({status})" in str(fault.sentence)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Log in to the network</html>",
        b"[]",
        b'"token"',
        b"{",
        b"[" * 50_000,
        b'{"access_token": 3}',
        b'{"access_token": ""}',
        b'{"access_token": "a b"}',
        b'{"access_token": "a\\r\\nRSET"}',
        b'{"access_token": "\xc3\xa9"}',
        b'{"access_token": "' + b"x" * MOST_BYTES + b'"}',
    ],
)
def test_an_answer_that_is_no_token(url: str, counter: Counter, body: bytes) -> None:
    """However large or malformed; nothing of it is repeated."""
    counter.answers = (200, {}, body)
    fault = refused(url)
    assert fault.temporary
    assert "something else than a token" in str(fault.sentence)


def test_a_token_of_another_type(url: str, counter: Counter) -> None:
    """A mail server takes none but those of a bearer."""
    counter.answers = (200, {}, b'{"access_token": "x", "token_type": "mac"}')
    assert not refused(url).temporary


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_endpoint_that_sends_us_on(url: str, counter: Counter, status: int) -> None:
    """The secret does not go after it, wherever that is; the other machine is named."""
    other = Counter()
    with token_server(other) as elsewhere:
        there = elsewhere.replace("127.0.0.1", "localhost")
        counter.answers = (status, {"Location": f"{there}?secret={CLIENT_SECRET}"}, b"")
        fault = refused(url)
    assert "sends us on to localhost; the secret is not sent after it" in str(fault.sentence)
    assert ([], False) == (other.asked, fault.temporary)


@pytest.mark.parametrize("location", ["", "http://[", "//\x9b\x00", "/elsewhere"])
def test_an_endpoint_that_sends_us_nowhere(url: str, counter: Counter, location: str) -> None:
    """It is a sentence all the same."""
    counter.answers = (302, {"Location": location} if location else {}, b"")
    assert "sends us on to" in str(refused(url).sentence)


def test_an_endpoint_that_never_comes_to_an_end(url: str, counter: Counter) -> None:
    """A byte now and then is no answer: all of it has as long as the mail server for one."""
    counter.drips = 0.05
    fault = refused(url, timeout="1s")
    assert fault.temporary
    assert "it did not answer in time" in str(fault.sentence)


def test_an_endpoint_that_is_not_there() -> None:
    """It passes, perhaps."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        fault = refused(f"http://{HOST}:{taken.getsockname()[1]}/token")
    assert fault.temporary
    assert "The token endpoint 127.0.0.1 cannot be reached: Connection refused" in str(fault)


def test_an_endpoint_that_is_another_server() -> None:
    """No exception comes out."""
    with socket.create_server((HOST, 0)) as other:
        other.settimeout(2)

        def answer() -> None:
            connection, _ = other.accept()
            with connection:
                connection.sendall(b"220 mail.example ESMTP\r\n")

        thread = Thread(target=answer)
        thread.start()
        fault = refused(f"http://{HOST}:{other.getsockname()[1]}/token")
        thread.join()
    assert fault.temporary


def test_an_endpoint_proves_who_it_is(
    counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a certificate of an authority that the system trusts, or it hears nothing."""
    certified = certificate(tmp_path)
    with token_server(counter, certified) as url:
        fault = refused(url)
        assert "The certificate of the token endpoint 127.0.0.1 is not trusted" in str(fault)
        assert ([], False) == (counter.asked, fault.temporary)
        monkeypatch.setenv("SSL_CERT_FILE", str(certified.file))
        assert FIRST == tokens(url).token().value


def test_an_endpoint_behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy of the environment is asked for the endpoint, and told no secret."""
    heard = []
    with socket.create_server((HOST, 0)) as proxy:
        proxy.settimeout(2)

        def answer() -> None:
            connection, _ = proxy.accept()
            with connection:
                heard.append(connection.recv(10_000).decode())
                connection.sendall(b"HTTP/1.1 407 Basic dTpw\r\n\r\n")

        thread = Thread(target=answer)
        thread.start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://u:p@{HOST}:{proxy.getsockname()[1]}")
        monkeypatch.setenv("NO_PROXY", "")
        fault = refused("https://login.example/token")
        thread.join()
    [said] = heard
    assert said.startswith("CONNECT login.example:443 HTTP/1.")
    assert "Proxy-Authorization: Basic dTpw" in said
    assert "the proxy does not let us through" in str(fault)
    assert "dTpw" not in str(fault)
    assert (True, False) == (fault.temporary, CLIENT_SECRET in said)


# --- logging in with it ------------------------------------------------------------------------


def test_a_letter_after_logging_in_with_a_token(url: str, counter: Counter, room: Mailroom) -> None:
    """The user and the token are said as XOAUTH2 has them; one token serves several connections."""
    with mail_server(room, offers=("XOAUTH2",)) as port:
        channel = SmtpChannel(settings_for(port, **oauth(url)))
        for _ in range(2):
            assert Accepted() == channel.send(LETTER, GRIFFIER)
            channel.close()
    assert [("griffie@drechtsteden.example", FIRST)] * 2 == room.logins
    assert 1 == len(counter.asked)


def test_a_token_of_full_length(url: str, counter: Counter, room: Mailroom) -> None:
    """Those of large tenants have thousands of characters (RFC 4954 allows 12,288 on a line)."""
    long = "e" * 3000
    counter.tokens, room.tokens = [long], {long}
    with mail_server(room, offers=("XOAUTH2",)) as port:
        channel = SmtpChannel(settings_for(port, **oauth(url)))
        assert Accepted() == channel.check()


def test_a_token_that_is_not_taken_any_more(url: str, counter: Counter, room: Mailroom) -> None:
    """Another is fetched, once, and the letter goes."""
    counter.tokens = [FIRST, SECOND]
    with mail_server(room, offers=("XOAUTH2",)) as port:
        channel = SmtpChannel(settings_for(port, **oauth(url)))
        assert Accepted() == channel.check()
        room.tokens = {SECOND}
        assert Accepted() == channel.send(LETTER, GRIFFIER)
        channel.close()
    assert [FIRST, FIRST, SECOND] == [token for _, token in room.logins]


def test_a_token_that_is_never_taken(url: str, counter: Counter, room: Mailroom) -> None:
    """A new one that is refused is not fetched again at once; the sentence says what to do."""
    room.tokens = set()
    with mail_server(room, offers=("XOAUTH2",)) as port:
        channel = SmtpChannel(settings_for(port, **oauth(url)), clock=Clock())
        failed = channel.send(LETTER, GRIFFIER)
        assert failed == channel.send(LETTER, GRIFFIER)
    assert isinstance(failed, Failed)
    assert "see whether the client may send from that mailbox" in str(failed.why)
    assert "the server said: 535 5.7.3" in str(failed.why)
    assert (1, 1, False) == (len(counter.asked), len(room.logins), failed.temporary)


def test_a_server_that_cannot_let_us_in_now(url: str, counter: Counter, room: Mailroom) -> None:
    """That passes, and another token would not help."""
    room.refuses_login = "454 4.7.0 Temporary authentication failure"
    with mail_server(room, offers=("XOAUTH2",)) as port:
        failed = SmtpChannel(settings_for(port, **oauth(url))).check()
    assert isinstance(failed, Failed)
    assert failed.temporary
    assert "it cannot let us in now; the server said: 454 4.7.0" in str(failed.why)
    assert 1 == len(counter.asked)


def test_a_server_that_repeats_what_it_was_told(url: str, room: Mailroom) -> None:
    """A token stands in no message, in no form."""
    room.tokens, room.echoes = set(), True
    with mail_server(room, offers=("XOAUTH2",)) as port:
        failed = SmtpChannel(settings_for(port, **oauth(url))).check()
    assert isinstance(failed, Failed)
    assert "Authentication unsuccessful *** ***" in str(failed.why)
    assert FIRST not in str(failed)


def test_an_endpoint_that_refuses_is_said_of_the_mail_server(
    url: str, counter: Counter, room: Mailroom
) -> None:
    """A letter is kept, for it is not its fault."""
    counter.refuses(401, "invalid_client")
    with mail_server(room, offers=("XOAUTH2",)) as port:
        failed = SmtpChannel(settings_for(port, **oauth(url))).send(LETTER, GRIFFIER)
    assert isinstance(failed, Failed)
    assert f"The mail server 127.0.0.1:{port} cannot be used: The token endpoint" in str(failed.why)
    assert not failed.temporary


@pytest.mark.parametrize(
    ("offers", "said"),
    [
        ((), "it offers no logging in here"),
        (("LOGIN", "PLAIN"), "it takes no tokens (XOAUTH2), and offers LOGIN, PLAIN"),
    ],
)
def test_a_server_that_takes_no_tokens(
    url: str, counter: Counter, room: Mailroom, offers: tuple[str, ...], said: str
) -> None:
    """It is said before any is fetched."""
    with mail_server(room, offers=offers) as port:
        failed = SmtpChannel(settings_for(port, **oauth(url))).check()
    assert isinstance(failed, Failed)
    assert said in str(failed.why)
    assert ([], False) == (counter.asked, failed.temporary)


@pytest.mark.parametrize(
    ("offers", "said"),
    [
        ((), "it offers no logging in here"),
        (("XOAUTH2",), "it takes no password, and offers XOAUTH2. Log in with a token"),
    ],
)
def test_a_server_that_takes_no_password(
    room: Mailroom, tmp_path: Path, offers: tuple[str, ...], said: str
) -> None:
    """As large tenants have it; the password is not said to it."""
    file = tmp_path / "password"
    file.write_text("geheim", encoding="utf-8")
    more = {"user": "griffie", "password_file": str(file)}
    with mail_server(room, offers=offers) as port:
        failed = SmtpChannel(settings_for(port, **more)).check()
    assert isinstance(failed, Failed)
    assert said in str(failed.why)
