"""A mail server as a channel."""

import threading
import time
from collections.abc import Callable
from typing import Self

from definitions.language.text import Text, text
from scheduler.channels import Accepted, Failed, Outcome, Refused, Unknown
from scheduler.mail.access_tokens import Tokens
from scheduler.mail.smtp_session import FAULTS, LOG_IN_FIRST, Answer, NotOffered, Session
from scheduler.settings import MailSettings, Way
from workflow.model.mail_address import UnusableAddress, mailbox

Clock = Callable[[], float]
"""Counts seconds, from whenever."""

PATIENCE = 20.0
"""For how many seconds a server that did not answer is not asked again."""

_FOR_GOOD = range(500, 600)
_OURS = {500, 501, 502, 503, 504, 530, 534, 535, 538}
"""Refusals that concern our commands or our identity, not the recipient (RFC 5321, RFC 4954)."""
_FULL = 552
"""Too much at once, or a full mailbox: to be tried again (RFC 5321, 4.5.3.1.10)."""


class SmtpChannel:
    """Hands letters to a mail server, over one connection for as long as it holds.

    A server that cannot be reached is left alone for a while, so that a sweep of many letters
    does not wait for it as many times. It may be used from several threads, one at a time.
    """

    def __init__(self, settings: MailSettings, clock: Clock = time.monotonic) -> None:
        """Use the server that the settings name; no connection is made yet.

        Args:
            settings: with a host.
            clock: counts the seconds for which an unreachable server is left alone, and for which
                a token is used.
        """
        self._settings = settings
        self._clock = clock
        self._tokens = Tokens(settings, clock)
        self._lock = threading.Lock()
        self._session: Session | None = None
        self._away: tuple[float, Failed] | None = None

    def send(self, written: bytes, to: str) -> Outcome:
        """Send a letter to one address."""
        try:
            recipient = mailbox(to)
        except UnusableAddress as error:
            return Refused(error.sentence)
        with self._lock:
            held = self._session is not None
            outcome = self._send(written, str(recipient), recipient.international)
            if held and self._session is None and isinstance(outcome, Failed):
                # It hung up meanwhile, as servers do; nothing was handed over yet.
                outcome = self._send(written, str(recipient), recipient.international)
            return outcome

    def check(self) -> Accepted | Failed:
        """Connect, secure the connection, say who we are and log in; then leave."""
        with self._lock:
            self._hang_up()
            self._away = None
            session = self._connected()
            if isinstance(session, Failed):
                return session
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
        session = self._connected()
        if isinstance(session, Failed):
            return session
        try:
            before = self._announce(session, to, international)
        except FAULTS as error:
            self._drop()
            return session.fault(error)
        if before is not None:
            self._again(session)
            return before
        try:
            answer = session.letter(written)
        except FAULTS as error:
            # From here on the server may have accepted it, even if no answer arrived.
            self._drop()
            return Unknown(session.fault(error).why)
        if answer.good:
            return Accepted()
        self._again(session)
        return refusal(answer)

    def _announce(self, session: Session, to: str, international: bool) -> Refused | Failed | None:
        """Announce sender and recipient of a letter; return None if the server accepts both."""
        if international and not session.server.has_extn("smtputf8"):
            return Refused(text("the server does not know addresses with such letters"))
        options = ("SMTPUTF8", "BODY=8BITMIME") if international else ()
        sender = session.sender(*options)
        if not sender.good:
            # The sender is the same for every letter, so this is not the fault of this one.
            return sender_refused(sender, self._settings)
        recipient = session.recipient(to)
        return None if recipient.good else refusal(recipient)

    def _again(self, session: Session) -> None:
        """Make the connection ready for another letter, or let go of it."""
        if not session.reset():
            self._drop()

    # --- the connection ------------------------------------------------------------------------

    def _connected(self) -> Session | Failed:
        """Return the session with the server, or why it failed."""
        if self._session is not None:
            return self._session
        if self._away is not None and self._clock() < self._away[0]:
            return self._away[1]
        session = Session(self._settings, self._tokens)
        try:
            session.open()
        except (*FAULTS, NotOffered) as error:
            return self._unreachable(session.fault(error))
        self._session, self._away = session, None
        return session

    def _unreachable(self, fault: Failed) -> Failed:
        settings = self._settings
        said = text(
            "The mail server {host}:{port} cannot be used: {why}",
            host=settings.host,
            port=settings.at_port,
            why=fault.why,
        )
        failed = Failed(said, temporary=fault.temporary)
        self._away = (self._clock() + PATIENCE, failed)
        return failed

    def _drop(self) -> None:
        """Let go of a connection that is of no use any more."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _hang_up(self) -> None:
        if self._session is not None:
            self._session.quit()
            self._session = None


def refusal(answer: Answer) -> Refused | Failed:
    """Return the outcome of a negative answer."""
    if answer.code not in _FOR_GOOD or answer.code in _OURS or answer.code == _FULL:
        return Failed(answer.text, temporary=answer.temporary or answer.code == _FULL)
    return Refused(answer.text)


def sender_refused(answer: Answer, settings: MailSettings) -> Failed:
    """Return the outcome if the server rejects our sender."""
    if answer.temporary:
        return Failed(answer.text)
    if settings.way is Way.RELAY and answer.code == LOG_IN_FIRST:
        said: Text = text(
            "it lets nobody send who did not log in: set “user” and “password_file”, or "
            "“token_url” and what goes with it, or have it let this machine send; {why}",
            why=answer.text,
        )
        return Failed(said, temporary=False)
    return Failed(answer.text, temporary=False)
