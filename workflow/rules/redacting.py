"""Redacting a person from texts, and from letters with all their parts.

A letter has a name in many forms: encoded in a header, broken over lines, escaped in HTML and in a
calendar, with a combining accent. Each part is decoded, redacted, and encoded as before. A part
that cannot be decoded is removed entirely.
"""

import binascii
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import field
from email import message_from_bytes
from email.errors import HeaderParseError
from email.generator import BytesGenerator
from email.header import Header, decode_header, make_header
from email.message import Message
from email.policy import Compat32
from email.utils import formataddr, getaddresses
from html import escape
from html.entities import codepoint2name
from io import BytesIO
from urllib.parse import quote

from definitions.language.values import dataclass
from workflow.model.mail_address import UnusableAddress, mailbox

NOWHERE = "forgotten.invalid"
"""The domain of an address that was taken out: by its ending, it is nobody's (RFC 2606)."""
WIDEST, WIDEST_IN_CALENDAR = 76, 75
_ADDRESSED = frozenset({"from", "to", "cc", "bcc", "reply-to", "sender"})
_KEPT = ("Message-ID", "Date")
"""The headers of a letter that stay where nothing else can."""
_HIDDEN = "[\u00ad\u200b-\u200f\u2066-\u2069]*"
_SPACE = rf"{_HIDDEN}(?:\s|&nbsp;|&#160;|&#[xX][aA]0;|\\[nN])+{_HIDDEN}"
_MONTHS = re.compile(
    "jan|feb|mar|mrt|apr|may|mei|jun|jul|aug|sept?|oct|okt|nov|dec|januar[iy]|februar[iy]|march|"
    "maart|april|june|juni|july|juli|august|augustus|september|october|oktober|november|december",
    re.IGNORECASE,
)
_LOGICAL_LINE = re.compile(r"[^\n]*\n(?:[ \t][^\n]*(?:\n|\Z))*|[^\n]+\Z")
_FOLD = re.compile(r"\r?\n[ \t]")


@dataclass(frozen=True)
class Forgotten:
    """A person to be redacted.

    Attributes:
        id: the opaque id, which replaces the name.
        name: their name.
        address: their address; None if it is not known, or shared with somebody else.
        others: the names of everybody else: longer names that contain this one are kept.
        former: their former addresses, as far as letters went there.
    """

    id: str
    name: str
    address: str | None = None
    others: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    _names: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _addresses: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    _signs: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Prepare what finds them."""
        object.__setattr__(self, "_names", _names(self.name, self.others))
        addresses = tuple(each for each in (self.address, *self.former) if each)
        object.__setattr__(self, "_addresses", _addresses(addresses))
        said = (self.name[:SHORTEST_CUT], *addresses)
        object.__setattr__(self, "_signs", tuple(map(_sign, said)))

    @property
    def stands_for(self) -> str:
        """What stands in place of the name."""
        return re.sub(r"[^A-Za-z0-9-]", "-", self.id)

    # --- texts ---------------------------------------------------------------------------------

    def text(self, said: str) -> str:
        """Return a text without the person."""
        lower = said.lower()
        if not any(sign in lower for sign in self._signs) and not _ENCODED.search(lower):
            return said
        if self._addresses is not None:
            said = self._addresses.sub(f"{self.stands_for}@{NOWHERE}", said)
        return self._names.sub(self._instead, said)

    def _instead(self, found: re.Match[str]) -> str:
        if found["gone"] is None or _is_month(found):
            return found[0]
        return self.stands_for

    def is_in(self, said: str) -> bool:
        """Return whether the person stands in a text."""
        return self.text(said) != said

    # --- letters -------------------------------------------------------------------------------

    def letter(self, content: bytes) -> bytes:
        """Return a letter without the person; the same bytes where they do not stand in it."""
        if not content:
            return content
        linesep = "\r\n" if b"\r\n" in content else "\n"
        message = message_from_bytes(content)
        changed = [self._headers(part) | self._body(part) for part in message.walk()]
        if not any(changed):
            return _only_known(content) if self.is_in(_as_text(content)) else content
        content = _as_bytes(message, linesep)
        return _only_known(content) if self._is_left_in(content) else content

    def _headers(self, part: Message) -> bool:
        changed = False
        for name, raw in [(each, str(value)) for each, value in part.raw_items()]:
            said = _decoded(raw)
            if not self.is_in(said) and not self.is_in(raw):
                continue
            changed = True
            addressed = name.lower() in _ADDRESSED
            part.replace_header(
                name, self._addressed(raw) if addressed else _header(name, self.text(said))
            )
        return changed

    def _addressed(self, raw: str) -> str:
        """Return a header with addresses and the names that go with them."""
        return ", ".join(
            _who(self.text(_decoded(name)), self.text(address))
            for name, address in getaddresses([" ".join(raw.split())])
        )

    def _body(self, part: Message) -> bool:
        if part.is_multipart():
            return False
        said, charset = _said_in(part)
        calendar = part.get_content_type() == "text/calendar"
        without = self._calendar(said) if calendar else self.text(said)
        if without == said:
            return False
        _put(part, without.encode(charset, "replace"))
        return True

    def _calendar(self, said: str) -> str:
        return "".join(self._logical_line(each[0]) for each in _LOGICAL_LINE.finditer(said))

    def _logical_line(self, raw: str) -> str:
        line = raw.rstrip("\r\n")
        ending = raw[len(line) :]
        whole = _FOLD.sub("", line)
        without = self.text(whole)
        return raw if without == whole else _folded(without) + ending

    def _is_left_in(self, content: bytes) -> bool:
        """Return whether the person still stands in a letter, in any form we can read."""
        if self.is_in(_as_text(content)):
            return True
        for part in message_from_bytes(content).walk():
            if any(self.is_in(_decoded(str(value))) for _, value in part.raw_items()):
                return True
            if not part.is_multipart():
                said = _FOLD.sub("", _said_in(part)[0])
                if self.is_in(said):
                    return True
        return False


# --- what finds a person -----------------------------------------------------------------------


def _names(name: str, others: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for a name as whole words; longer names of others match first.

    A name of one word must have its capital, to distinguish it from an ordinary word.
    """
    wanted = _name(name)
    alike = [each for each in others if each != name and re.search(wanted, each)]
    kept = "|".join(_name(each) for each in sorted(alike, key=len, reverse=True)) or "(?!)"
    return re.compile(f"(?P<kept>{kept})|(?P<gone>{wanted})")


def _name(name: str) -> str:
    words = unicodedata.normalize("NFC", name).split()
    forms = [_SPACE.join(map(_word, words))]
    if len(name) > SHORTEST_CUT:
        forms.append(_SPACE.join(map(_word, name[:SHORTEST_CUT].split())) + r"[^\r\n…]*…")
    written = "|".join(forms)
    one = len(words) == 1
    before, after = r"(?:(?<=\\[nN])|(?<![\w@.])(?<!\w-))", r"(?!-?\w|[\u0300-\u036f@]|\.\w)"
    return f"{before}(?:{written}){after}" if one else f"{before}(?i:{written}){after}"


SHORTEST_CUT = 40
"""A name that is longer may be cut in a letter, and ends in an ellipsis there."""


def _addresses(addresses: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern for some addresses, in all forms in which they are written."""
    forms = {form for each in addresses for form in _forms(each)}
    if not forms:
        return None
    written = "|".join(_word(each) for each in sorted(forms, key=len, reverse=True))
    before, after = r"(?:(?<=\\[nN])|(?<![\w.+-]))", r"(?![\w-]|\.\w)"
    return re.compile(f"{before}(?i:{written}){after}")


def _forms(address: str) -> set[str]:
    """Return an address as it was typed, and as an envelope has it."""
    forms = {address, address.casefold()}
    with suppress(UnusableAddress):
        found = mailbox(address)
        forms |= {str(found), f"{found.local}@{address.rpartition('@')[2]}"}
    local, _, domain = address.rpartition("@")
    with suppress(UnicodeError):  # as a version of before wrote it: IDNA 2003
        forms.add(f"{local}@{domain.encode('idna').decode('ascii')}")
    return forms


def _word(word: str) -> str:
    return "".join(map(_character, unicodedata.normalize("NFC", word)))


def _character(character: str) -> str:
    """Return a pattern for a character as text, in HTML, in a calendar and in a link."""
    forms = {character, unicodedata.normalize("NFD", character)}
    forms |= {unicodedata.normalize("NFKC", character), escape(character), quote(character)}
    forms |= {f"&#{ord(character)};", f"&#x{ord(character):x};", f"&#x{ord(character):X};"}
    if ord(character) in codepoint2name:
        forms.add(f"&{codepoint2name[ord(character)]};")
    if character in ",;\\":
        forms.add(f"\\{character}")
    if character in "'\u2019":
        forms |= {"'", "\u2019", "&#39;", "&#x27;"}
    return f"(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})"


def _is_month(found: re.Match[str]) -> bool:
    """Return whether what looks like a name is the month of a date."""
    if not _MONTHS.fullmatch(found[0]):
        return False
    text, start, end = found.string, found.start(), found.end()
    before = re.search(r"\d\.?\s+\Z", text[max(0, start - 8) : start])
    return bool(before or re.match(r"\.?\s+\d{4}\b", text[end : end + 8]))


def _sign(said: str) -> str:
    """Return a part that every form of a name or address contains, for a fast first search."""
    return max(re.findall(r"[a-z0-9]+", said.lower(), re.ASCII), key=len, default="")


_ENCODED = re.compile(r"&#|%[0-9a-f][0-9a-f]")
"""Where any sign can be written as a number."""


# --- parts of letters --------------------------------------------------------------------------


def _as_text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _decoded(raw: str) -> str:
    """Return the decoded value of a header, on one line."""
    try:
        said = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, UnicodeError, ValueError):
        said = raw
    return " ".join(said.split())


def _header(name: str, said: str) -> str:
    charset = "us-ascii" if said.isascii() else "utf-8"
    return Header(said, charset, WIDEST, name).encode()


def _who(name: str, address: str) -> str:
    if not address.isascii():
        said = name if name.isascii() else Header(name, "utf-8").encode()
        return f"{said} <{address}>".strip()
    return formataddr((name, address), "utf-8")


def _said_in(part: Message) -> tuple[str, str]:
    """Return the decoded content of a part, and its encoding."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return content.decode(charset, "surrogateescape"), charset
    except (LookupError, UnicodeError):
        return content.decode("utf-8", "surrogateescape"), "utf-8"


def _put(part: Message, content: bytes) -> None:
    """Let a part say something else, encoded as it was."""
    match str(part.get("Content-Transfer-Encoding", "")).strip().lower():
        case "quoted-printable":
            part.set_payload(binascii.b2a_qp(content).decode("ascii"))
        case "base64":
            encoded = binascii.b2a_base64(content, newline=False).decode("ascii")
            lines = (encoded[at : at + WIDEST] for at in range(0, len(encoded), WIDEST))
            part.set_payload("\r\n".join(lines))
        case _:
            part.set_payload(content.decode("ascii", "surrogateescape"))


def _as_bytes(message: Message, linesep: str) -> bytes:
    written = BytesIO()
    policy = Compat32(linesep=linesep, max_line_length=None)
    BytesGenerator(written, mangle_from_=False, policy=policy).flatten(message)
    return written.getvalue()


def _only_known(content: bytes) -> bytes:
    """Return of a letter which it was and of when, and nothing else."""
    message = message_from_bytes(content)
    found = ((name, message.get(name)) for name in _KEPT)
    lines = (f"{name}: {' '.join(str(said).split())}\r\n" for name, said in found if said)
    return "".join([*lines, "\r\n"]).encode("ascii", "replace")


def _folded(line: str) -> str:
    """Return a line of a calendar, folded as RFC 5545 has it."""
    return "\r\n ".join(_pieces(line))


def _pieces(line: str) -> Iterator[str]:
    piece, room = "", WIDEST_IN_CALENDAR
    for character in line:
        if len((piece + character).encode()) > room:
            yield piece
            piece, room = "", WIDEST_IN_CALENDAR - 1
        piece += character
    yield piece
