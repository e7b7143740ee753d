"""One session with a mail server: greeting, securing the connection, logging in, sending.

Secrets never appear in error messages, even if the server repeats them.
"""

import smtplib
import ssl
from base64 import b64encode
from contextlib import suppress
from typing import assert_never

from definitions.language.errors import reason_of
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from scheduler.channels import Failed
from scheduler.mail.access_tokens import NoToken, Tokens
from scheduler.secrets import without
from scheduler.settings import MailSettings, Security, SettingsInvalid, Way

OK = 250
FAULTS = (OSError, ValueError, smtplib.SMTPException, SettingsInvalid, NoToken)
"""The exceptions that a session can raise."""
WITH_PASSWORD = frozenset({"CRAM-MD5", "PLAIN", "LOGIN"})
"""The ways of logging in with a password that we know (RFC 4954)."""
WITH_TOKEN = "XOAUTH2"  # noqa: S105 - the name of a way, and no token
"""The way of logging in with a token that we know."""
LOG_IN_FIRST = 530
"""The answer “authentication required” (RFC 4954, 6)."""
_GOOD, _TEMPORARY = range(200, 300), range(400, 500)
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the server.

    Attributes:
        words: its text on one line, without secrets.
    """

    code: int
    words: str

    @property
    def good(self) -> bool:
        """Whether it agrees."""
        return self.code in _GOOD

    @property
    def temporary(self) -> bool:
        """Whether it may agree later."""
        return self.code in _TEMPORARY

    @property
    def text(self) -> Text:
        """What it said, as a part of a sentence."""
        return text("the server said: {code} {words}", code=self.code, words=self.words)


class NotOffered(Exception):
    """The server does not offer the configured way of logging in.

    Attributes:
        sentence: the error and its remedy.
    """

    def __init__(self, sentence: Text) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.sentence = sentence


class Session:
    """A conversation with the server that the settings name."""

    def __init__(self, settings: MailSettings, tokens: Tokens) -> None:
        """Take the settings, with a host, and the tokens for it; no connection is made yet."""
        self._settings = settings
        self._tokens = tokens
        self._server: smtplib.SMTP | None = None
        self._secrets: tuple[str, ...] = ()

    # --- beginning -----------------------------------------------------------------------------

    def open(self) -> None:
        """Connect, secure the connection and log in; a token that was kept is replaced once.

        Raises:
            FAULTS, NotOffered: it does not work.
        """
        kept = self._tokens.kept
        try:
            self._opened()
        except smtplib.SMTPAuthenticationError as error:
            self._tokens.forget()
            if not kept or error.smtp_code in _TEMPORARY:
                raise
            self._opened()

    def _opened(self) -> None:
        # An unreadable password is reported before the server is contacted.
        self._settings.password()
        try:
            self.greet()
            self.secure()
            self.log_in()
        except BaseException:
            self.close()
            raise

    def greet(self) -> None:
        """Connect and say who we are; by TLS, where that goes from the first byte on."""
        settings = self._settings
        place = (settings.host or "", settings.at_port)
        name, seconds = settings.id_domain, settings.timeout.total_seconds()
        match settings.kept_by:
            case Security.TLS:
                self._server = smtplib.SMTP_SSL(
                    *place, local_hostname=name, timeout=seconds, context=self._trust()
                )
            case Security.STARTTLS | Security.NONE:
                self._server = smtplib.SMTP(*place, local_hostname=name, timeout=seconds)
            case other:
                assert_never(other)
        self.server.ehlo_or_helo_if_needed()

    def secure(self) -> str:
        """Secure the connection where the settings ask it; return how it is, or nothing."""
        if self._settings.kept_by is Security.STARTTLS:
            self.server.starttls(context=self._trust())
            self.server.ehlo_or_helo_if_needed()
        held = self.server.sock
        return str(held.version()) if isinstance(held, ssl.SSLSocket) else ""

    def fetch_token(self) -> None:
        """Have a token at hand, where one is logged in with.

        Raises:
            NoToken: none can be had.
        """
        if self._settings.way is Way.OAUTH:
            self._tokens.token()

    def log_in(self) -> None:
        """Log in by the way that is set; without a user, do nothing."""
        user = self._settings.user or ""
        match self._settings.way:
            case Way.FOLDER | Way.RELAY:
                pass
            case Way.PASSWORD:
                self._check_offered(WITH_PASSWORD)
                password = self._settings.password() or ""
                plain = f"\0{user}\0{password}"
                self._secrets = (password, *map(_in_base64, (password, plain)))
                self.server.login(user, password)
            case Way.OAUTH:
                self._check_offered({WITH_TOKEN})
                token = self._tokens.token().value
                said = f"user={user}\1auth=Bearer {token}\1\1"
                self._secrets = (token, *map(_in_base64, (token, said)))
                # To a challenge, which says what is wrong, nothing is answered: then comes the no.
                self.server.auth(WITH_TOKEN, lambda challenge=None: "" if challenge else said)
            case other:
                assert_never(other)

    def _check_offered(self, known: frozenset[str] | set[str]) -> None:
        """Refuse to log in where the server does not offer it.

        Raises:
            NotOffered: it offers other ways, or none.
        """
        offered = set(self.server.esmtp_features.get("auth", "").upper().split())
        if offered & known:
            return
        if not offered:
            said = text(
                "it offers no logging in here. Name another “port”, or leave out “user” where it "
                "lets this machine send without"
            )
        elif self._settings.way is Way.OAUTH:
            said = text(
                "it takes no tokens ({wanted}), and offers {offered}. Log in with "
                "“password_file”, or name the server that takes them",
                wanted=WITH_TOKEN,
                offered=sorted(offered),
            )
        else:
            said = text(
                "it takes no password, and offers {offered}. Log in with a token: “token_url”, "
                "“client_id” and “client_secret_file” instead of “password_file”",
                offered=sorted(offered),
            )
        raise NotOffered(said)

    def _trust(self) -> ssl.SSLContext:
        """Return the TLS settings: the server must prove its name by a trusted certificate."""
        return ssl.create_default_context(cafile=self._settings.ca_file)

    # --- talking -------------------------------------------------------------------------------

    @property
    def server(self) -> smtplib.SMTP:
        """The connection.

        Raises:
            SMTPServerDisconnected: there is no connection.
        """
        if self._server is None:
            raise smtplib.SMTPServerDisconnected
        return self._server

    def sender(self, *options: str) -> Answer:
        """Announce the sender of the next letter."""
        return self._answer(*self.server.mail(self._settings.sender, options))

    def recipient(self, to: str) -> Answer:
        """Announce its recipient."""
        return self._answer(*self.server.rcpt(to))

    def letter(self, written: bytes) -> Answer:
        """Hand it over."""
        try:
            return self._answer(*self.server.data(written))
        except smtplib.SMTPDataError as error:
            return self._answer(error.smtp_code, error.smtp_error)

    def reset(self) -> bool:
        """Forget the letter that was begun; return whether the connection is of further use."""
        try:
            return self.server.rset()[0] == OK
        except (OSError, smtplib.SMTPException):
            return False

    def close(self) -> None:
        """Let go of the connection."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def quit(self) -> None:
        """Say goodbye and let go."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
            self.close()

    # --- what went wrong -----------------------------------------------------------------------

    def fault(self, error: Exception) -> Failed:
        """Return an error as an outcome, marked as temporary or not."""
        match error:
            case NotOffered() | SettingsInvalid():
                return Failed(error.sentence, temporary=False)
            case NoToken():
                return Failed(error.sentence, temporary=error.temporary)
            case smtplib.SMTPAuthenticationError():
                return self._not_let_in(self._answer(error.smtp_code, error.smtp_error))
            case smtplib.SMTPResponseException():
                answer = self._answer(error.smtp_code, error.smtp_error)
                return Failed(answer.text, temporary=answer.temporary)
            case UnicodeEncodeError():
                said = text("in the user or the password is a letter that cannot be said to it")
                return Failed(said, temporary=False)
            case smtplib.SMTPNotSupportedError() | ssl.SSLError():
                return Failed(_why(error), temporary=False)
            case _:
                return Failed(_why(error))

    def _not_let_in(self, answer: Answer) -> Failed:
        if answer.temporary:
            said = text("it cannot let us in now; {why}", why=answer.text)
            return Failed(said)
        if self._settings.way is Way.OAUTH:
            said = text(
                "it does not let us in with this user and a new token: see whether the client may "
                "send from that mailbox; {why}",
                why=answer.text,
            )
        else:
            said = text("it does not let us in with this user and password; {why}", why=answer.text)
        return Failed(said, temporary=False)

    def _answer(self, code: int, words: object) -> Answer:
        """Return an answer of the server, without secrets."""
        said = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
        plain = "".join(each for each in " ".join(said.split()) if each.isprintable())
        return Answer(code, without(plain, self._secrets)[:_SHOWN])


def _why(error: Exception) -> Text:
    """Return an error on the way, in our own words."""
    match error:
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
        case OSError():
            return reason_of(error)
        case _:
            return text("it does not answer as a mail server does")


def _in_base64(said: str) -> str:
    return b64encode(said.encode("utf-8", "replace")).decode("ascii")
