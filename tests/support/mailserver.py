"""A real mail server on this machine that does as a test says: refuses, hangs up, keeps quiet."""

import asyncio
import ssl
import subprocess
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from scheduler.settings import MailSettings

HOST = "127.0.0.1"
USER, PASSWORD = "mijlpaal", "geheim"
OK = "250 OK"


@dataclass
class Mailroom:
    """The letters that a server accepts, and its answers.

    Attributes:
        letters: what was taken, in order: for whom, and the bytes.
        sessions: how many connections were made.
        refuses: the answer to an address, instead of taking it.
        refuses_sender: the answer to whoever sends.
        refuses_letter: the answer to the letter itself.
        hangs_up: when to break off: at ``rcpt``, at ``data``, or when it was ``taken``.
        silent: keep quiet for this many seconds after the letter was taken.
        hangs_up_after: break off, politely or not, once so many letters were taken.
        logins: who tried to log in with a token, and with which.
        tokens: those it takes.
        refuses_login: what it says to whoever logs in with a token, instead of looking at it.
        echoes: repeat in a refusal what it was told.
        senders: whom letters come from, by their envelopes.
    """

    letters: list[tuple[str, bytes]] = field(default_factory=list)
    sessions: int = 0
    refuses: dict[str, str] = field(default_factory=dict)
    refuses_sender: str = OK
    refuses_letter: str = OK
    hangs_up: str = ""
    silent: float = 0.0
    hangs_up_after: int = 0
    logins: list[tuple[str, str]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    refuses_login: str = ""
    echoes: bool = False
    senders: set[str] = field(default_factory=set)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope, name: str, answers: list[str]
    ) -> list[str]:
        """Count those who come in."""
        self.sessions += 1
        session.host_name = name
        return answers

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, sender: str, options: list[str]
    ) -> str:
        """Take who sends, or not."""
        if self.hangs_up_after and len(self.letters) >= self.hangs_up_after:
            self.hangs_up_after = 0
            hang_up(server)
        if self.refuses_sender != OK:
            return self.refuses_sender
        envelope.mail_from = sender
        self.senders.add(sender)
        envelope.mail_options.extend(options)
        return OK

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        """Take whom it is for, or not."""
        if self.hangs_up == "rcpt":
            hang_up(server)
        if to in self.refuses:
            return self.refuses[to]
        envelope.rcpt_tos.append(to)
        return OK

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a letter, or not."""
        if self.hangs_up == "data":
            hang_up(server)
            return OK
        if self.refuses_letter != OK:
            return self.refuses_letter
        content = envelope.original_content or b""
        self.letters += [(to, content) for to in envelope.rcpt_tos]
        if self.hangs_up == "taken":
            hang_up(server)
        await asyncio.sleep(self.silent)
        return OK


def hang_up(server: SMTP) -> None:
    """Break off, without a word."""
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


@dataclass(frozen=True)
class Certificate:
    """A certificate for this machine, made by nobody but ourselves, and its key."""

    file: Path
    key: Path


def certificate(folder: Path) -> Certificate:
    """Make one."""
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    words = ["req", "-x509", "-nodes", "-days", "2"]
    words += ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-out", str(made.file), "-keyout", str(made.key)]
    subprocess.run(["openssl", *words, *subject, *files], check=True, capture_output=True)  # noqa: S607
    return made


@contextmanager
def mail_server(
    room: Mailroom,
    certified: Certificate | None = None,
    *,
    at_once: bool = False,
    log_in: bool = False,
    others: bool = True,
    offers: tuple[str, ...] = ("LOGIN", "PLAIN"),
) -> Iterator[int]:
    """Run a server, and give its port.

    Args:
        certified: with which it offers TLS.
        at_once: TLS from the first byte, instead of STARTTLS.
        log_in: only who logs in may send.
        others: whether it knows addresses in other letters.
        offers: the ways of logging in; none where it is empty.
    """
    context = None
    if certified is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certified.file, certified.key)

    def greet() -> SMTP:
        return Server(
            room,
            tls_context=None if at_once else context,
            require_starttls=context is not None and not at_once,
            authenticator=_authenticate,
            auth_required=log_in
            and not at_once,  # without STARTTLS it warns that nothing is secret
            auth_require_tls=certified is not None and not at_once,
            enable_SMTPUTF8=others,
            auth_exclude_mechanism={"LOGIN", "PLAIN", "XOAUTH2"} - {*offers},
            loop=loop,
        )

    loop = asyncio.new_event_loop()
    at = loop.create_server(greet, HOST, 0, ssl=context if at_once else None)
    server = loop.run_until_complete(at)
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_leave(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Server(SMTP):
    """A server that can also accept tokens (XOAUTH2)."""

    line_length_limit = 13_000

    def __init__(self, *args: Any, **more: Any) -> None:
        """Allow lines as long as a token may need (RFC 4954, 4)."""
        super().__init__(*args, **more)
        self.command_size_limits["AUTH"] = 12_288

    async def auth_XOAUTH2(self, _server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        """Look at a token; where it is none that is taken, say why, and wait for an empty line."""
        room = self.event_handler
        assert isinstance(room, Mailroom)
        said = b64decode(args[1]).decode()
        user, bearer, *_ends = said.split("\1")
        token = bearer.removeprefix("auth=Bearer ")
        room.logins.append((user.removeprefix("user="), token))
        if token in room.tokens and not room.refuses_login:
            return AuthResult(success=True, auth_data=LoginPassword(user.encode(), b""))
        answer = await self.challenge_auth(b'{"status":"401","schemes":"bearer"}')
        assert answer == b"", "nothing is said to a challenge"
        echo = f" {token} {args[1]}" if room.echoes else ""
        words = room.refuses_login or "535 5.7.3 Authentication unsuccessful"
        return AuthResult(success=False, handled=False, message=f"{words}{echo}")


async def _leave(server: asyncio.Server) -> None:
    """Let nobody in any more, and end every conversation that still goes on."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for each in others:
        each.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == known, handled=False)


def settings_for(port: int, **more: object) -> MailSettings:
    """Return the settings for a server on this machine."""
    values: dict[str, object] = {
        "host": HOST,
        "port": port,
        "sender": "griffie@drechtsteden.example",
        "timeout": "2s",
        **more,
    }
    return MailSettings.model_validate(values)
