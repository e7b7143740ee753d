"""The mail server as a channel: a real one, that refuses, hangs up or keeps quiet as it is told."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from scheduler.channels import Accepted, Failed, Filed, Outcome, Refused, Unknown
from scheduler.mail.smtp import PATIENCE, SmtpChannel
from tests.support.mailserver import (
    PASSWORD,
    USER,
    Certificate,
    Mailroom,
    certificate,
    mail_server,
    settings_for,
)

GRIFFIER = "griffier@sliedrecht.example"
OTHER = "griffier@papendrecht.example"
SHORT = {"timeout": timedelta(seconds=0.2)}
LETTER = b"Subject: Uiterlijk\r\nFrom: a@b.example\r\n\r\nAan de griffier.\r\n.\r\n..punt\r\n"


@pytest.fixture
def room() -> Mailroom:
    """Return a server's doings."""
    return Mailroom()


@pytest.fixture
def port(room: Mailroom) -> Iterator[int]:
    """Run a server without TLS, as one may on this machine."""
    with mail_server(room) as port:
        yield port


@pytest.fixture
def channel(port: int) -> Iterator[SmtpChannel]:
    """Return a channel to that server."""
    with SmtpChannel(settings_for(port)) as channel:
        yield channel


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Return a certificate of our own making."""
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def password(tmp_path: Path) -> str:
    """Return a file with the password."""
    file = tmp_path / "password"
    file.write_text(PASSWORD, encoding="utf-8")
    return str(file)


def why(outcome: Outcome) -> str:
    """Return what is said of a letter that was not taken."""
    assert not isinstance(outcome, Accepted | Filed)
    return str(outcome.why)


# --- letters -----------------------------------------------------------------------------------


def test_a_letter_arrives_as_it_was_written(channel: SmtpChannel, room: Mailroom) -> None:
    """To the byte, also lines that begin with a dot."""
    assert Accepted() == channel.send(LETTER, GRIFFIER)
    assert [(GRIFFIER, LETTER)] == room.letters


def test_a_sweep_has_one_connection(channel: SmtpChannel, room: Mailroom) -> None:
    """However many letters it has."""
    assert [Accepted()] * 3 == [channel.send(LETTER, GRIFFIER) for _ in range(3)]
    assert 1 == room.sessions


def test_after_a_sweep_it_connects_anew(channel: SmtpChannel, room: Mailroom) -> None:
    """A closed channel can be used again."""
    channel.send(LETTER, GRIFFIER)
    channel.close()
    assert Accepted() == channel.send(LETTER, GRIFFIER)
    assert 2 == room.sessions


def test_a_refused_address_is_refused_for_good(channel: SmtpChannel, room: Mailroom) -> None:
    """That one alone: the next letter goes over the same connection."""
    room.refuses[GRIFFIER] = "550 5.1.1 No such user"
    refused = channel.send(LETTER, GRIFFIER)
    assert isinstance(refused, Refused)
    assert "the server said: 550 5.1.1 No such user" == why(refused)
    assert Accepted() == channel.send(LETTER, OTHER)
    assert 1 == room.sessions


@pytest.mark.parametrize(
    "answer",
    ["451 4.7.1 Greylisted", "421 4.3.2 Shutting down", "552 5.2.2 Full", "530 Log in first"],
)
def test_an_address_that_is_refused_for_now(
    channel: SmtpChannel, room: Mailroom, answer: str
) -> None:
    """What passes, and what is our own fault, may go better another time."""
    room.refuses[GRIFFIER] = answer
    failed = channel.send(LETTER, GRIFFIER)
    assert isinstance(failed, Failed)
    assert f"the server said: {answer}" == why(failed)
    assert Accepted() == channel.send(LETTER, OTHER)


def test_a_sender_that_is_refused_is_not_the_readers_fault(
    channel: SmtpChannel, room: Mailroom
) -> None:
    """Once that is mended, every letter still goes out."""
    room.refuses_sender = "553 5.7.1 Sender not allowed"
    assert isinstance(channel.send(LETTER, GRIFFIER), Failed)
    room.refuses_sender = "250 OK"
    assert Accepted() == channel.send(LETTER, GRIFFIER)


@pytest.mark.parametrize(
    ("answer", "kind"), [("554 5.7.1 Spam", Refused), ("452 4.3.1 No room", Failed)]
)
def test_a_letter_that_is_refused(
    channel: SmtpChannel, room: Mailroom, answer: str, kind: type[Outcome]
) -> None:
    """For good or for now, as the server says."""
    room.refuses_letter = answer
    assert isinstance(channel.send(LETTER, GRIFFIER), kind)
    assert [] == room.letters


@pytest.mark.parametrize("to", ["griffier", "a@b\r\nRCPT TO:<all@b>", "a@b>, <c@d", ""])
def test_what_is_no_address_never_reaches_the_server(
    channel: SmtpChannel, room: Mailroom, to: str
) -> None:
    """Least of all as a command."""
    assert isinstance(channel.send(LETTER, to), Refused)
    assert 0 == room.sessions


def test_an_address_in_other_letters(channel: SmtpChannel, room: Mailroom) -> None:
    """A server that knows them takes it."""
    assert Accepted() == channel.send(LETTER, "jürgen@sliedrecht.example")
    assert ["jürgen@sliedrecht.example"] == [to for to, _ in room.letters]


def test_an_address_in_other_letters_at_an_old_server(room: Mailroom) -> None:
    """It is said so, and it takes all others."""
    with mail_server(room, others=False) as port, SmtpChannel(settings_for(port)) as channel:
        refused = channel.send(LETTER, "jürgen@sliedrecht.example")
        assert "the server does not know addresses with such letters" == why(refused)
        assert Accepted() == channel.send(LETTER, GRIFFIER)


# --- connections that break --------------------------------------------------------------------


def test_a_connection_that_breaks_before_the_letter(channel: SmtpChannel, room: Mailroom) -> None:
    """It was certainly not delivered."""
    room.hangs_up = "rcpt"
    failed = channel.send(LETTER, GRIFFIER)
    assert isinstance(failed, Failed)
    assert "the connection was broken off" == why(failed)


@pytest.mark.parametrize("moment", ["data", "taken"])
def test_a_connection_that_breaks_after_the_letter(
    channel: SmtpChannel, room: Mailroom, moment: str
) -> None:
    """From here nobody can tell whether it was taken."""
    room.hangs_up = moment
    assert isinstance(channel.send(LETTER, GRIFFIER), Unknown)
    assert int(moment == "taken") == len(room.letters)
    room.hangs_up = ""
    assert Accepted() == channel.send(LETTER, GRIFFIER)


def test_a_server_that_takes_a_letter_and_says_nothing(room: Mailroom, port: int) -> None:
    """We stop waiting, and cannot tell either."""
    room.silent = 3.0
    settings = settings_for(port).model_copy(update=SHORT)
    with SmtpChannel(settings) as channel:
        unknown = channel.send(LETTER, GRIFFIER)
    assert isinstance(unknown, Unknown)
    assert "it did not answer in time" == why(unknown)


def test_a_server_that_hung_up_between_two_letters(channel: SmtpChannel, room: Mailroom) -> None:
    """The letter goes over a new connection, at once."""
    room.hangs_up_after = 1
    assert [Accepted()] * 2 == [channel.send(LETTER, GRIFFIER) for _ in range(2)]
    assert 2 == room.sessions


def test_a_server_that_cannot_be_reached_is_left_alone_for_a_while() -> None:
    """Letters in a sweep do not each wait for it; later it is asked again."""
    now = 100.0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        channel = SmtpChannel(settings_for(port), clock=lambda: now)
        failed = channel.send(LETTER, GRIFFIER)
    assert isinstance(failed, Failed)
    assert f"The mail server 127.0.0.1:{port} cannot be used: Connection refused" == why(failed)
    room = Mailroom()
    with mail_server(room) as there:
        channel._settings = settings_for(there)
        assert failed == channel.send(LETTER, GRIFFIER)
        now += PATIENCE
        assert Accepted() == channel.send(LETTER, GRIFFIER)
        channel.close()


def test_a_server_that_says_nothing(port: int) -> None:
    """We stop waiting: it was certainly not delivered."""
    with socket.create_server(("127.0.0.1", 0)) as quiet:
        settings = settings_for(quiet.getsockname()[1]).model_copy(update=SHORT)
        failed = SmtpChannel(settings).send(LETTER, GRIFFIER)
    assert isinstance(failed, Failed)
    assert "it did not answer in time" in why(failed)


def test_a_server_that_is_none(tmp_path: Path) -> None:
    """What answers is something else; no exception comes out."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings = settings_for(other.getsockname()[1])
        other.settimeout(2)
        channel = SmtpChannel(settings)

        def answer() -> None:
            connection, _ = other.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = Thread(target=answer)
        thread.start()
        assert isinstance(channel.send(LETTER, GRIFFIER), Failed)
        thread.join()


# --- TLS, and who we are -----------------------------------------------------------------------


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_over_a_secure_connection(
    room: Mailroom, certified: Certificate, password: str, security: str
) -> None:
    """With a certificate that we trust, and a password from its file."""
    trusted = {"ca_file": str(certified.file), "user": USER, "password_file": password}
    with mail_server(room, certified, at_once=security == "tls", log_in=True) as port:
        channel = SmtpChannel(settings_for(port, security=security, **trusted))
        assert Accepted() == channel.check()
        assert Accepted() == channel.send(LETTER, GRIFFIER)
        channel.close()
    assert [(GRIFFIER, LETTER)] == room.letters


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for(
    room: Mailroom, certified: Certificate, security: str
) -> None:
    """Nothing is sent, and no name or password either."""
    with mail_server(room, certified, at_once=security == "tls") as port:
        failed = SmtpChannel(settings_for(port, security=security)).send(LETTER, GRIFFIER)
    assert "its certificate is not trusted: self-signed certificate" in why(failed)
    assert [] == room.letters


def test_a_certificate_of_another_machine(room: Mailroom, certified: Certificate) -> None:
    """Somebody else answers in its place."""
    with mail_server(room, certified) as port:
        settings = settings_for(
            port, host="127.0.0.2", security="starttls", ca_file=str(certified.file)
        )
        failed = SmtpChannel(settings).send(LETTER, GRIFFIER)
    assert isinstance(failed, Failed)


def test_no_letter_goes_without_the_security_that_was_asked(port: int, room: Mailroom) -> None:
    """A server without STARTTLS, or somebody in between who takes it out, gets nothing."""
    failed = SmtpChannel(settings_for(port, security="starttls")).send(LETTER, GRIFFIER)
    assert "the server does not offer what is needed (STARTTLS" in why(failed)
    assert [] == room.letters


def test_a_wrong_password(
    room: Mailroom, certified: Certificate, tmp_path: Path, password: str
) -> None:
    """It is said as that, and may be mended: the letter is kept."""
    Path(password).write_text("other", encoding="utf-8")
    trusted = {"ca_file": str(certified.file), "user": USER, "password_file": password}
    with mail_server(room, certified, log_in=True) as port:
        failed = SmtpChannel(settings_for(port, security="starttls", **trusted)).check()
    assert isinstance(failed, Failed)
    assert "it does not let us in with this user and password; the server said: 535" in why(failed)


def test_a_password_file_that_is_gone(port: int, tmp_path: Path) -> None:
    """The sentence names it; no exception comes out."""
    settings = settings_for(port, user=USER, password_file=str(tmp_path / "password"))
    failed = SmtpChannel(settings).send(LETTER, GRIFFIER)
    assert "The secret that “password_file” names cannot be read from" in why(failed)


def test_a_password_that_cannot_be_said(port: int, password: str, room: Mailroom) -> None:
    """What smtplib cannot encode is a failure like others; no exception comes out."""
    Path(password).write_text("gehéim", encoding="utf-8")
    settings = settings_for(port, user=USER, password_file=password)
    assert isinstance(SmtpChannel(settings).send(LETTER, GRIFFIER), Failed)


def test_trying_the_server_sends_nothing(channel: SmtpChannel, room: Mailroom) -> None:
    """It only says who we are, and goodbye."""
    assert Accepted() == channel.check()
    assert ([], 1) == (room.letters, room.sessions)


def test_several_threads_share_a_channel(channel: SmtpChannel, room: Mailroom) -> None:
    """One after the other: no letter runs through another."""
    names = [f"griffier{number}@sliedrecht.example" for number in range(12)]
    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(lambda name: channel.send(LETTER + name.encode(), name), names))
    assert [Accepted()] * 12 == outcomes
    assert set(names) == {
        to for to, content in room.letters if content.endswith(f"{to}\r\n".encode())
    }
