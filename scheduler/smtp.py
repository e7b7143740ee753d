"""A mail server as a channel."""

import smtplib
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Self, assert_never

from definitions.errors import reason_of
from definitions.text import Text, text
from scheduler.channels import Accepted, Failed, Outcome, Refused, Unknown
from scheduler.settings import MailSettings, Security, SettingsInvalid
from workflow.addresses import UnusableAddress, mailbox

Clock = Callable[[], float]
"""Counts seconds, from whenever."""

PATIENCE = 20.0
"""For how many seconds a server that did not answer is not asked again."""

_OK = 250
_GOOD, _FOR_GOOD = range(200, 300), range(500, 600)
_OURS = {500, 501, 502, 503, 504, 530, 534, 535, 538}
"""Refusals of what we do or who we are, whoever the letter is for (RFC 5321, RFC 4954)."""
_FULL = 552
"""Too much at once, or a full mailbox: to be tried again (RFC 5321, 4.5.3.1.10)."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the server said."""

    code: int
    words: bytes

    @property
    def good(self) -> bool:
        return self.code in _GOOD

    @property
    def text(self) -> Text:
        said = " ".join(self.words.decode("utf-8", "replace").split())
        plain = "".join(each for each in said if each.isprintable())
        return text("the server said: {code} {words}", code=self.code, words=plain[:200])


class SmtpChannel:
    """Hands letters to a mail server, over one connection for as long as it holds.

    A server that cannot be reached is left alone for a while, so that a sweep of many letters
    does not wait for it as many times. It may be used from several threads, one at a time.
    """

    def __init__(self, settings: MailSettings, clock: Clock = time.monotonic) -> None:
        """Use the server that the settings name; no connection is made yet.

        Args:
            settings: with a host.
            clock: counts the seconds for which an unreachable server is left alone.
        """
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._server: smtplib.SMTP | None = None
        self._away: tuple[float, Failed] | None = None

    def send(self, written: bytes, to: str) -> Outcome:
        """Send a letter to one address."""
        try:
            recipient = mailbox(to)
        except UnusableAddress as error:
            return Refused(error.sentence)
        with self._lock:
            held = self._server is not None
            outcome = self._send(written, str(recipient), recipient.international)
            if held and self._server is None and isinstance(outcome, Failed):
                # It hung up meanwhile, as servers do; nothing was handed over yet.
                outcome = self._send(written, str(recipient), recipient.international)
            return outcome

    def check(self) -> Accepted | Failed:
        """Connect, secure the connection, say who we are and log in; then leave."""
        with self._lock:
            self._hang_up()
            self._away = None
            server = self._connected()
            if isinstance(server, Failed):
                return server
            self._hang_up()
            return Accepted()

    def close(self) -> None:
        """Say goodbye to the server."""
        with self._lock:
            self._hang_up()

    def __enter__(self) -> Self:
        """Begin a sweep."""
        return self

    def __exit__(self, *how: object) -> None:
        """End it."""
        self.close()

    # --- one letter ----------------------------------------------------------------------------

    def _send(self, written: bytes, to: str, international: bool) -> Outcome:
        server = self._connected()
        if isinstance(server, Failed):
            return server
        try:
            before = self._announce(server, to, international)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            self._drop()
            return Failed(_why(error))
        if before is not None:
            self._again(server)
            return before
        try:
            answer = _Answer(*server.data(written))
        except smtplib.SMTPDataError as error:
            answer = _Answer(error.smtp_code, _bytes(error.smtp_error))
        except (OSError, ValueError, smtplib.SMTPException) as error:
            # From here on it may have been taken, whatever we heard of it.
            self._drop()
            return Unknown(_why(error))
        if answer.good:
            return Accepted()
        self._again(server)
        return _refusal(answer)

    def _announce(
        self, server: smtplib.SMTP, to: str, international: bool
    ) -> Refused | Failed | None:
        """Say whom a letter is from and for; None where the server takes both."""
        if international and not server.has_extn("smtputf8"):
            return Refused(text("the server does not know addresses with such letters"))
        options = ("SMTPUTF8", "BODY=8BITMIME") if international else ()
        sender = _Answer(*server.mail(self._settings.sender, options))
        if not sender.good:
            # Who sends is the same for every letter: not the fault of this one.
            return Failed(sender.text)
        recipient = _Answer(*server.rcpt(to))
        return None if recipient.good else _refusal(recipient)

    def _again(self, server: smtplib.SMTP) -> None:
        """Make the connection ready for another letter, or let go of it."""
        try:
            if server.rset()[0] != _OK:
                self._drop()
        except (OSError, smtplib.SMTPException):
            self._drop()

    # --- the connection ------------------------------------------------------------------------

    def _connected(self) -> smtplib.SMTP | Failed:
        """Return the connection, or why there is none."""
        if self._server is not None:
            return self._server
        if self._away is not None and self._clock() < self._away[0]:
            return self._away[1]
        try:
            self._server = self._connect()
        except SettingsInvalid as error:
            return self._unreachable(error.sentence)
        except (OSError, ValueError, smtplib.SMTPException) as error:
            return self._unreachable(_why(error))
        self._away = None
        return self._server

    def _unreachable(self, why: Text) -> Failed:
        settings = self._settings
        said = text(
            "The mail server {host}:{port} cannot be used: {why}",
            host=settings.host,
            port=settings.at_port,
            why=why,
        )
        self._away = (self._clock() + PATIENCE, Failed(said))
        return Failed(said)

    def _connect(self) -> smtplib.SMTP:
        """Connect, and log in where we have a name.

        Raises:
            OSError, ValueError, SMTPException: it does not work.
            SettingsInvalid: the password cannot be read.
        """
        settings = self._settings
        password = settings.password()
        server = self._greeted()
        try:
            if settings.kept_by is Security.STARTTLS:
                server.starttls(context=self._trust())
            server.ehlo_or_helo_if_needed()
            if settings.user is not None and password is not None:
                server.login(settings.user, password)
        except BaseException:
            server.close()
            raise
        return server

    def _greeted(self) -> smtplib.SMTP:
        settings = self._settings
        place = (settings.host or "", settings.at_port)
        name, seconds = settings.id_domain, settings.timeout.total_seconds()
        match settings.kept_by:
            case Security.TLS:
                return smtplib.SMTP_SSL(
                    *place, local_hostname=name, timeout=seconds, context=self._trust()
                )
            case Security.STARTTLS | Security.NONE:
                return smtplib.SMTP(*place, local_hostname=name, timeout=seconds)
            case other:
                assert_never(other)

    def _trust(self) -> ssl.SSLContext:
        """Return what a server has to prove: its name, by an authority that is known."""
        return ssl.create_default_context(cafile=self._settings.ca_file)

    def _drop(self) -> None:
        """Let go of a connection that is of no use any more."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _hang_up(self) -> None:
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self._drop()


def _refusal(answer: _Answer) -> Refused | Failed:
    """Return what an answer means that is not good."""
    if answer.code not in _FOR_GOOD or answer.code in _OURS or answer.code == _FULL:
        return Failed(answer.text)
    return Refused(answer.text)


def _why(error: Exception) -> Text:
    """Return what went wrong on the way."""
    match error:
        case smtplib.SMTPAuthenticationError(smtp_code=int(code), smtp_error=said):
            why = _Answer(code, _bytes(said)).text
            return text("the user or the password is wrong; {why}", why=why)
        case smtplib.SMTPResponseException(smtp_code=int(code), smtp_error=said):
            return _Answer(code, _bytes(said)).text
        case TimeoutError() | smtplib.SMTPServerDisconnected(__context__=TimeoutError()):
            return text("it did not answer in time")
        case smtplib.SMTPServerDisconnected():
            return text("the connection was broken off")
        case smtplib.SMTPNotSupportedError():
            return text("the server does not offer what is needed ({what})", what=str(error))
        case ssl.SSLCertVerificationError():
            return text("its certificate is not trusted: {why}", why=error.verify_message)
        case ssl.SSLError():
            return text("no secure connection: {why}", why=str(error.reason or error))
        case _:
            return reason_of(error)


def _bytes(said: object) -> bytes:
    return said if isinstance(said, bytes) else str(said).encode("utf-8", "replace")
