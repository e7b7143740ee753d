"""Trying the way by which letters go, step by step, without sending one unless that is asked."""

from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum

from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.language.wrapping import folded
from scheduler.channels import Failed, Filed, Refused
from scheduler.mail.access_tokens import Tokens
from scheduler.mail.folder import FolderChannel
from scheduler.mail.mime import Envelope, as_plain_mail, message_id
from scheduler.mail.smtp import refusal, sender_refused
from scheduler.mail.smtp_session import FAULTS, Answer, NotOffered, Session
from scheduler.settings import MailSettings, Way
from workflow.model.mail_address import mailbox


class Stage(StrEnum):
    """A step on the way of a letter."""

    FOLDER = "mail_folder"
    CONNECT = "mail_connection"
    SECURE = "mail_security"
    TOKEN = "mail_token"  # noqa: S105 - a step, and no token
    LOG_IN = "mail_login"
    SENDER = "mail_sender"
    RECIPIENT = "mail_recipient"
    LETTER = "mail_letter"


@dataclass(frozen=True, slots=True)
class Step:
    """The result of a step.

    Attributes:
        with_: the server, address or folder of the step.
        said: the finding.
        well: whether it succeeded.
        temporary: whether a failure may disappear by itself.
    """

    stage: Stage
    with_: str
    said: Text
    well: bool = True
    temporary: bool = False


Letters = Callable[[str], bytes]
"""Returns a letter that is only a test, for an address."""


def trial_letter(
    settings: MailSettings, to: str, fresh: tuple[str, datetime], say: Callable[[Text], str]
) -> bytes:
    """Return a letter that says that it is a test.

    Args:
        settings: whom it comes from.
        to: whom it is for.
        fresh: an id that no letter has, and the present instant.
        say: puts a sentence into words.
    """
    id_, now = fresh
    envelope = Envelope(
        id=message_id(id_, settings.id_domain),
        thread=(),
        written_at=now,
        sender=settings.sender,
        sender_name=settings.sender_name,
        reader=mailbox(to),
        reader_name="",
    )
    said = [
        text("This is a test letter of mijlpaal. Nothing is asked of you."),
        text(
            "It came by {host}, from {sender}.", host=settings.host or "–", sender=settings.sender
        ),
        text("An answer to it goes to that address."),
    ]
    subject = say(text("Test letter of mijlpaal"))
    words = "\n\n".join(folded(say(each)) for each in said)
    return as_plain_mail(envelope, settings.language, subject, words)


def trial(settings: MailSettings, letters: Letters, to: str | None = None) -> Iterator[Step]:
    """Try the way by which letters go; the last step is the first that does not go well.

    Args:
        letters: writes the letter.
        to: whom a letter is sent to, as a test; None sends none.
    """
    if settings.way is Way.FOLDER:
        yield from _into_folder(settings, letters, to)
        return
    session = Session(settings, Tokens(settings))
    try:
        for step in _by_server(session, settings, letters, to):
            yield step
            if not step.well:
                return
    finally:
        session.quit()


def _into_folder(settings: MailSettings, letters: Letters, to: str | None) -> Iterator[Step]:
    place = settings.folder or settings.own_folder
    channel = FolderChannel(place, make=settings.folder is None)
    outcome = channel.check()
    if isinstance(outcome, Failed):
        yield Step(Stage.FOLDER, str(place), outcome.why, well=False)
        return
    yield Step(Stage.FOLDER, str(place), text("it can be written in"))
    if to is None:
        return
    put = channel.send(letters(to), to)
    if isinstance(put, Filed):
        said = text("a test letter was put in the folder, and not sent")
        yield Step(Stage.LETTER, to, said)
    else:
        yield Step(Stage.LETTER, to, text("a test letter could not be put there"), well=False)


def _by_server(
    session: Session, settings: MailSettings, letters: Letters, to: str | None
) -> Iterator[Step]:
    host = f"{settings.host}:{settings.at_port}"
    yield _tried(session, Stage.CONNECT, host, lambda: _connected(session))
    yield _tried(session, Stage.SECURE, host, lambda: _secured(session))
    if settings.way is Way.OAUTH:
        place = settings.token_host
        yield _tried(session, Stage.TOKEN, place, lambda: _with_token(session))
    user = settings.user or "–"
    yield _tried(session, Stage.LOG_IN, user, lambda: _logged_in(session, settings))
    sender = settings.sender
    yield _answered(
        session, Stage.SENDER, sender, session.sender, lambda said: sender_refused(said, settings)
    )
    yield _answered(session, Stage.RECIPIENT, sender, lambda: session.recipient(sender), refusal)
    session.reset()
    if to is not None:
        yield from _sent(session, letters, to)


def _connected(session: Session) -> Text:
    session.greet()
    return text("it answers")


def _secured(session: Session) -> Text:
    version = session.secure()
    if not version:
        return text("not secured: the server is on this machine")
    return text("{version}; the certificate is valid for this name", version=version)


def _with_token(session: Session) -> Text:
    session.fetch_token()
    return text("it gives a token")


def _logged_in(session: Session, settings: MailSettings) -> Text:
    session.log_in()
    match settings.way:
        case Way.OAUTH:
            return text("logged in with a token")
        case Way.PASSWORD:
            return text("logged in with a password")
        case _:
            return text("not logged in: the server has to let this machine send")


def _sent(session: Session, letters: Letters, to: str) -> Iterator[Step]:
    """Send the test letter."""
    address = mailbox(to)
    if address.international and not session.server.has_extn("smtputf8"):
        said = text("the server does not know addresses with such letters")
        yield Step(Stage.LETTER, to, said, well=False)
        return
    options = ("SMTPUTF8", "BODY=8BITMIME") if address.international else ()

    def hand_over() -> Answer:
        for answer in (session.sender(*options), session.recipient(str(address))):
            if not answer.good:
                return answer
        return session.letter(letters(to))

    step = _answered(session, Stage.LETTER, to, hand_over, refusal)
    if step.well:
        step = Step(
            Stage.LETTER,
            to,
            text("a test letter was handed to the mail server; see whether it arrives"),
        )
    yield step


def _tried(session: Session, stage: Stage, with_: str, do: Callable[[], Text]) -> Step:
    try:
        return Step(stage, with_, do())
    except (*FAULTS, NotOffered) as error:
        fault = session.fault(error)
        return Step(stage, with_, fault.why, well=False, temporary=fault.temporary)


def _answered(
    session: Session,
    stage: Stage,
    with_: str,
    ask: Callable[[], Answer],
    means: Callable[[Answer], Refused | Failed],
) -> Step:
    """Return how the server answers to a step."""
    try:
        answer = ask()
    except FAULTS as error:
        fault = session.fault(error)
        return Step(stage, with_, fault.why, well=False, temporary=fault.temporary)
    if answer.good:
        return Step(stage, with_, text("the server takes it"))
    meant = means(answer)
    temporary = isinstance(meant, Failed) and meant.temporary
    return Step(stage, with_, meant.why, well=False, temporary=temporary)
