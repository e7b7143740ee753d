"""A letter as mail: headers, text, HTML and calendar, always the same bytes for the same letter.

The parts are put together here, and only what stands in headers is encoded by the standard library:
its message classes take five to thirty times as long, and a morning has fifty letters.
"""

import binascii
import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import Header
from email.message import Message
from email.utils import format_datetime, formataddr
from urllib.parse import quote

from definitions.language.values import dataclass
from scheduler.mail.calendars import Method
from scheduler.mail.phrases import plain
from workflow.model.mail_address import Mailbox

WIDEST = 76
"""How many characters a header has on a line, where it can be folded."""
LONGEST_NAME, LONGEST_SUBJECT = 60, 160
_OPAQUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)
_PLAIN = re.compile(r"[A-Za-z0-9 ._-]+", re.ASCII)
_OUTER, _INNER = "=_mijlpaal.1", "=_mijlpaal.2"
"""What stands between the parts; “=_” stands in none of them, however they are encoded."""
_ENCODED_WORD = "=?"
"""How an encoded word begins."""
_ISOLATES = str.maketrans("", "", "\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Attached:
    """An iCalendar file that goes with a letter.

    Attributes:
        name: its file name.
        method: its method.
        calendar: its content.
    """

    name: str
    method: Method
    calendar: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a mail.

    Attributes:
        language: the language of the recipient.
        subject: its subject line, plain.
        text, html: the content in two forms.
        calendars: the attached calendars.
    """

    language: str
    subject: str
    text: str
    html: str
    calendars: tuple[Attached, ...]


@dataclass(frozen=True, slots=True)
class Envelope:
    """The sender and recipient of a mail, and its time.

    Attributes:
        id: its id, with angle brackets.
        thread: the ids of the mails that it continues.
        written_at: the instant.
        sender, sender_name: the sender.
        reader, reader_name: the recipient; the name may be empty.
        answers_to: the addresses for replies; empty for the sender's.
    """

    id: str
    thread: tuple[str, ...]
    written_at: datetime
    sender: str
    sender_name: str
    reader: Mailbox
    reader_name: str
    answers_to: tuple[str, ...] = ()


def message_id(opaque: str, domain: str) -> str:
    """Return the id of a letter: always the same for the same letter."""
    if _OPAQUE.fullmatch(opaque):
        return f"<{opaque}@{domain}>"
    return thread_id((opaque,), domain)


def thread_id(of: Iterable[str], domain: str) -> str:
    """Return an id for the common subject of several letters, which no letter has."""
    digest = hashlib.sha256("\0".join(of).encode("utf-8", "surrogatepass")).hexdigest()
    return f"<{digest[:32]}@{domain}>"


def as_mail(envelope: Envelope, content: Content) -> bytes:
    """Return a letter as it is kept and sent: headers and all, in lines that end as mail does."""
    both = _many("alternative", _INNER, _text(content.text, "plain"), _text(content.html, "html"))
    whole = _many("mixed", _OUTER, both, *map(_calendar, content.calendars))
    return _lines(_headers(envelope, content.language, content.subject)) + whole


def as_plain_mail(envelope: Envelope, language: str, subject: str, said: str) -> bytes:
    """Return a letter that is text only, with the headers that every letter has."""
    return _lines(_headers(envelope, language, subject)) + _text(said, "plain")


def calendars_in(content: bytes) -> list[bytes]:
    """Return the calendars that went with a letter, as it is kept; none where it was forgotten."""
    parts = message_from_bytes(content).walk()
    found = (part.get_payload(decode=True) for part in parts if _is_calendar(part))
    return [each for each in found if isinstance(each, bytes)]


def _is_calendar(part: Message) -> bool:
    return part.get_content_type() == "text/calendar"


# --- headers -----------------------------------------------------------------------------------


def _lines(headers: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers).encode()


def _headers(envelope: Envelope, language: str, subject: str) -> Iterable[tuple[str, str]]:
    yield "MIME-Version", "1.0"
    yield "Message-ID", envelope.id
    yield "Date", format_datetime(envelope.written_at.astimezone(UTC))
    yield "From", _who(envelope.sender_name, envelope.sender, "From")
    yield "To", _who(envelope.reader_name, str(envelope.reader), "To")
    if envelope.answers_to:
        yield "Reply-To", ",\r\n ".join(envelope.answers_to)
    yield "Subject", _encoded(subject, "Subject")
    if envelope.thread:
        yield "In-Reply-To", envelope.thread[-1]
        yield "References", "\r\n ".join(envelope.thread)
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"  # what Exchange asks for, to the same end
    yield "Content-Language", language


def _who(name: str, address: str, header: str) -> str:
    """Return an address with the name that goes with it, on two lines where one is too long."""
    name = plain(name, LONGEST_NAME).translate(_ISOLATES)
    if not name:
        return address
    said = (
        formataddr((name, "x@x")).removesuffix(" <x@x>") if _stays(name) else _encoded(name, header)
    )
    line = f"{said} <{address}>"
    return line if len(line) <= WIDEST - len(header) else f"{said}\r\n <{address}>"


def _encoded(said: str, header: str) -> str:
    """Return words as a header can have them: in ASCII, folded."""
    charset = "us-ascii" if _stays(said) else "utf-8"
    return Header(said, charset, WIDEST, header).encode(linesep="\r\n")


def _stays(said: str) -> bool:
    """Return whether words can be in a header unencoded, and are read back unchanged.

    Mail programs decode anything that looks like an encoded word (RFC 2047), even in quotes, where
    the RFC has none; so a text of that form is encoded itself.
    """
    return said.isascii() and _ENCODED_WORD not in said


# --- parts -------------------------------------------------------------------------------------


def _many(kind: str, boundary: str, *parts: bytes) -> bytes:
    """Return several parts as one, with its headers (RFC 2046, 5.1)."""
    between = f"--{boundary}".encode()
    lines = [f'Content-Type: multipart/{kind}; boundary="{boundary}"'.encode(), b""]
    for part in parts:
        lines += [between, part]
    return b"\r\n".join([*lines, between + b"--", b""])


def _text(said: str, kind: str) -> bytes:
    lines = "\r\n".join([*said.splitlines(), ""])
    return _part(
        f"Content-Type: text/{kind}; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        body=binascii.b2a_qp(lines.encode("utf-8", "replace")),
    )


def _calendar(attached: Attached) -> bytes:
    name, method = attached.name, attached.method.value
    named, filename = _parameter("name", name), _parameter("filename", name)
    encoded = binascii.b2a_base64(attached.calendar, newline=False)
    return _part(
        f"Content-Type: text/calendar; charset=utf-8; method={method};\r\n {named}",
        f"Content-Disposition: attachment; {filename}",
        "Content-Transfer-Encoding: base64",
        body=b"\r\n".join(encoded[at : at + WIDEST] for at in range(0, len(encoded), WIDEST)),
    )


def _parameter(name: str, value: str) -> str:
    """Return a parameter of a header; as RFC 2231 has it where it is not plain words."""
    if _PLAIN.fullmatch(value):
        return f'{name}="{value}"'
    return f"{name}*=utf-8''{quote(value, safe='')}"


def _part(*headers: str, body: bytes) -> bytes:
    return "\r\n".join([*headers, "", ""]).encode() + body
