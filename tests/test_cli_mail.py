"""``doctor --mail``: each step of the way letters go, against real servers with each fault."""

import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from tests.support.cli import Terminal, folded
from tests.support.mailserver import (
    PASSWORD,
    USER,
    Certificate,
    Mailroom,
    certificate,
    mail_server,
)
from tests.support.tokenserver import CLIENT_SECRET, Counter, oauth, token_server

SENDER = "griffie@oost.example"
TOKEN = "eyJ.first.token"
ALL = ["mail", "mail_connection", "mail_security", "mail_login", "mail_sender", "mail_recipient"]


@pytest.fixture
def room() -> Mailroom:
    """Return a mail server's doings."""
    return Mailroom(tokens={TOKEN})


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    """Return a certificate of our own making."""
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def counter() -> Counter:
    """Return a token endpoint's doings."""
    return Counter()


@pytest.fixture
def url(counter: Counter) -> Iterator[str]:
    """Run a token endpoint."""
    with token_server(counter) as url:
        yield url


@pytest.fixture
def password(tmp_path: Path) -> str:
    """Return a file with the password, that only its owner can read."""
    file = tmp_path / "password"
    file.write_text(PASSWORD, encoding="utf-8")
    file.chmod(0o600)
    return str(file)


def at(terminal: Terminal, port: int, **more: object) -> Terminal:
    """Return a terminal whose letters go by a server on this machine."""
    values = {"host": "localhost", "port": port, "sender": SENDER, "timeout": "1s", **more}
    said = {f"MIJLPAAL_MAIL_{name.upper()}": str(each) for name, each in values.items()}
    return replace(terminal, environment={"MIJLPAAL_SETTINGS": "/dev/null", **said})


def tried(terminal: Terminal, line: str = "doctor --mail") -> tuple[int, Mapping[str, Any]]:
    """Try the mail; return the exit code and the steps, and hold no secret to be in them."""
    said, shown = terminal(f"{line} --json"), terminal(line)
    for each in (said.out, said.err, shown.out, shown.err):
        assert CLIENT_SECRET not in each
        assert TOKEN not in each
        assert PASSWORD not in each.replace("/password", "")
    checks = json.loads(said.out)["data"]["checks"]
    assert said.code == shown.code
    return said.code, {each["name"]: each for each in checks if each["name"].startswith("mail")}


# --- all is well -------------------------------------------------------------------------------


def test_a_relay_that_lets_this_machine_send(terminal: Terminal, room: Mailroom) -> None:
    """Each step is said, and nothing is sent."""
    with mail_server(room) as port:
        code, steps = tried(at(terminal, port))
    assert (0, ALL) == (code, list(steps))
    assert "a mail server, without logging in" == steps["mail"]["remark"]
    assert "not secured: the server is on this machine" == steps["mail_security"]["remark"]
    assert [] == room.letters


def test_a_server_with_a_password(
    terminal: Terminal, room: Mailroom, certified: Certificate, password: str
) -> None:
    """Over TLS, whose version is said."""
    secured = {"security": "starttls", "ca_file": certified.file}
    with mail_server(room, certified, log_in=True) as port:
        there = at(terminal, port, user=USER, password_file=password, **secured)
        code, steps = tried(there)
    assert (0, ALL) == (code, list(steps))
    assert "a mail server, with a user and a password" == steps["mail"]["remark"]
    assert steps["mail_security"]["remark"].startswith("TLSv1.3")
    assert "logged in with a password" == steps["mail_login"]["remark"]


def test_a_server_with_a_token(
    terminal: Terminal, room: Mailroom, url: str, counter: Counter
) -> None:
    """Where the token comes from is a step of its own."""
    with mail_server(room, offers=("XOAUTH2",)) as port:
        code, steps = tried(at(terminal, port, **oauth(url)))
    assert 0 == code
    assert "127.0.0.1" == steps["mail_token"]["found"]
    assert "a mail server, with a user and a token (OAuth)" == steps["mail"]["remark"]
    assert "logged in with a token" == steps["mail_login"]["remark"]


def test_a_test_letter(terminal: Terminal, room: Mailroom) -> None:
    """It goes only to whom it is asked to, and says what it is; another reader understands it."""
    with mail_server(room) as port:
        code, steps = tried(
            at(terminal, port, sender_name="Griffie Oost"), "doctor --mail --to x@y.example"
        )
    assert 0 == code
    assert "handed to the mail server" in steps["mail_letter"]["remark"]
    assert ["x@y.example"] * 2 == [to for to, _ in room.letters]  # with --json, and without
    letter = message_from_bytes(room.letters[0][1], policy=SMTP)
    assert [] == letter.defects
    assert f"Griffie Oost <{SENDER}>" == letter["From"]
    assert {SENDER} == room.senders  # what SPF and DMARC look at is one domain
    assert ("x@y.example", "auto-generated") == (letter["To"], letter["Auto-Submitted"])
    assert letter["Message-ID"] != message_from_bytes(room.letters[1][1])["Message-ID"]
    assert "Testbericht" in letter["Subject"] or "Test letter" in letter["Subject"]


def test_a_test_letter_into_the_folder(terminal: Terminal, tmp_path: Path) -> None:
    """It is put there, and the words do not say that it was sent."""
    (tmp_path / "mail").mkdir()
    around = {"MIJLPAAL_SETTINGS": "/dev/null", "MIJLPAAL_MAIL_FOLDER": str(tmp_path / "mail")}
    into = replace(terminal, environment=around)
    code, steps = tried(into, "doctor --mail --to x@y.example")
    assert (0, str(tmp_path / "mail")) == (code, steps["mail_folder"]["found"])
    assert 2 == len([*(tmp_path / "mail").iterdir()])  # with --json, and without
    assert "a test letter was put in the folder, and not sent" == steps["mail_letter"]["remark"]


def test_a_test_letter_only_where_the_mail_is_tried(terminal: Terminal) -> None:
    """It is not forgotten silently."""
    assert "Add --mail." in terminal.refused(2, "doctor --to x@y.example")
    assert "is no mail address" in terminal.refused(2, "doctor --mail --to griffie")


def test_without_mail_no_server_is_spoken_to(
    terminal: Terminal, url: str, counter: Counter
) -> None:
    """Nor is a token asked for."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        there = at(terminal, server.getsockname()[1], **oauth(url))
        assert "(OAuth); not tried" in folded(there.does("doctor"))
        with pytest.raises(BlockingIOError):
            server.accept()
    assert [] == counter.asked


# --- what is wrong -----------------------------------------------------------------------------


def last(terminal: Terminal, line: str = "doctor --mail") -> tuple[int, str, str, bool]:
    """Return the exit code, and of the last step its name, what is said of it and whether well."""
    code, steps = tried(terminal, line)
    step = [*steps.values()][-1]
    assert all(each["well"] for each in [*steps.values()][:-1])
    return code, step["name"], step["remark"], step["well"]


def test_a_server_that_is_not_there(terminal: Terminal) -> None:
    """That may pass."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        found = last(at(terminal, taken.getsockname()[1]))
    assert (75, "mail_connection", "Connection refused", False) == found


def test_a_server_that_says_nothing(terminal: Terminal) -> None:
    """We stop waiting."""
    with socket.create_server(("127.0.0.1", 0)) as quiet:
        found = last(at(terminal, quiet.getsockname()[1]))
    assert (75, "mail_connection", "it did not answer in time", False) == found


def test_a_server_without_tls(terminal: Terminal, room: Mailroom) -> None:
    """What is asked is not offered: that does not pass."""
    with mail_server(room) as port:
        code, name, said, _ = last(at(terminal, port, security="starttls"))
    assert (1, "mail_security") == (code, name)
    assert "does not offer what is needed (STARTTLS" in said


def test_a_certificate_that_nobody_vouches_for(
    terminal: Terminal, room: Mailroom, certified: Certificate, password: str
) -> None:
    """No password is said."""
    with mail_server(room, certified) as port:
        more = {"security": "starttls", "user": USER, "password_file": password}
        code, name, said, _ = last(at(terminal, port, **more))
    assert (1, "mail_security") == (code, name)
    assert "its certificate is not trusted" in said


@pytest.mark.parametrize(
    ("refusal", "code", "said"),
    [
        ((401, "invalid_client"), 1, "make a new one"),
        ((503, ""), 75, "gives no token now (503)"),
    ],
)
def test_an_endpoint_that_gives_no_token(
    terminal: Terminal,
    room: Mailroom,
    url: str,
    counter: Counter,
    refusal: tuple[int, str],
    code: int,
    said: str,
) -> None:
    """What passes can be told from what does not."""
    counter.refuses(*refusal)
    with mail_server(room, offers=("XOAUTH2",)) as port:
        found = last(at(terminal, port, **oauth(url)))
    assert (code, "mail_token") == found[:2]
    assert said in found[2]


@pytest.mark.parametrize(
    ("words", "code"),
    [("535 5.7.3 Authentication unsuccessful", 1), ("454 4.7.0 Try again later", 75)],
)
def test_a_server_that_does_not_let_us_in(
    terminal: Terminal, room: Mailroom, url: str, words: str, code: int
) -> None:
    """Also where it repeats what it was told."""
    room.refuses_login, room.echoes = words, True
    with mail_server(room, offers=("XOAUTH2",)) as port:
        found = last(at(terminal, port, **oauth(url)))
    assert (code, "mail_login") == found[:2]
    assert words in found[2]


def test_a_server_that_takes_another_way_of_logging_in(
    terminal: Terminal, room: Mailroom, password: str
) -> None:
    """The sentence says which settings it needs."""
    with mail_server(room, offers=("XOAUTH2",)) as port:
        found = last(at(terminal, port, user=USER, password_file=password))
    assert (1, "mail_login") == found[:2]
    assert "Log in with a token: “token_url”" in found[2]


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ("530 5.7.57 Client not authenticated", 1, "it lets nobody send who did not log in"),
        ("550 5.7.60 No permission to send as this sender", 1, "the server said: 550 5.7.60"),
        ("451 4.7.1 Try again later", 75, "the server said: 451"),
    ],
)
def test_a_server_that_takes_no_letters_of_ours(
    terminal: Terminal, room: Mailroom, answer: str, code: int, said: str
) -> None:
    """The relay has to know this machine, and the sender."""
    room.refuses_sender = answer
    with mail_server(room) as port:
        found = last(at(terminal, port))
    assert (code, "mail_sender") == found[:2]
    assert said in found[2]


@pytest.mark.parametrize(
    ("answer", "code"), [("550 5.1.1 No such user", 1), ("450 4.2.0 Greylisted", 75)]
)
def test_a_sender_that_takes_no_letters(
    terminal: Terminal, room: Mailroom, answer: str, code: int
) -> None:
    """What could not be delivered would come back there."""
    room.refuses[SENDER] = answer
    with mail_server(room) as port:
        assert (code, "mail_recipient") == last(at(terminal, port))[:2]


def test_a_test_letter_that_is_refused(terminal: Terminal, room: Mailroom) -> None:
    """The words of the server are said."""
    room.refuses["x@y.example"] = "554 5.7.1 Relay access denied"
    with mail_server(room) as port:
        found = last(at(terminal, port), "doctor --mail --to x@y.example")
    assert (1, "mail_letter", "the server said: 554 5.7.1 Relay access denied", False) == found


def test_a_secret_that_others_can_read(terminal: Terminal, url: str, tmp_path: Path) -> None:
    """It is noted, with the command that mends it, and is no fault."""
    file = tmp_path / "secret"
    file.write_text(CLIENT_SECRET, encoding="utf-8")
    file.chmod(0o644)
    more = {**oauth(url), "client_secret": "", "client_secret_file": file}
    said = folded(at(terminal, 25, **more).does("doctor"))
    assert f"[NOTE] open to others: {file}" in said
    assert f"chmod 600 {file}" in said
