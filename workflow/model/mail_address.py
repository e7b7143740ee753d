"""Mail addresses: whether one is usable, and its form on an envelope.

An address that is accepted here can never add a second header, a second recipient or another
command to a mail server.
"""

import re
import unicodedata
from functools import lru_cache

from definitions.language.errors import InvalidValue
from definitions.language.naming import brief
from definitions.language.text import Text, text
from definitions.language.values import dataclass

LONGEST, LONGEST_LOCAL = 254, 64
"""How long an address, and what stands before its @, may be (RFC 5321)."""
_LOCAL = re.compile(
    r"[^\s\x00-\x20\x7f()<>\[\]:;@\\,.\"]+(?:\.[^\s\x00-\x20\x7f()<>\[\]:;@\\,.\"]+)*"
)
_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*",
    re.ASCII | re.IGNORECASE,
)
_ENCODED = re.compile(r"(?:^|\.)xn--", re.ASCII)
"""How a label of a domain begins that is other letters in ASCII."""
_JOINERS = {0x200C: None, 0x200D: None}
"""Invisible characters that are part of Persian and Hindi spelling."""


class UnusableAddress(InvalidValue):
    """An address is unusable: it is malformed, or would inject something into the letter.

    Cause: a typing mistake in a member's address. Remedy: correct it as the sentence says. A retry
        does not help: its letters cannot be delivered.
    """

    def __init__(self, address: str, why: Text) -> None:
        """Keep the address, and say what is wrong with it."""
        self.address = address
        super().__init__(
            text("“{address}” is no mail address: {why}.", address=brief(address), why=why),
            advice=text("Write it as name@municipality.example."),
        )


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address that something can be sent to.

    Attributes:
        local: what stands before the @, as it is written.
        domain: what stands after it, in ASCII and in small letters.
    """

    local: str
    domain: str

    @property
    def international(self) -> bool:
        """Whether only a server that knows SMTPUTF8 can take it."""
        return not self.local.isascii()

    def __str__(self) -> str:
        """Return it as an envelope has it."""
        return f"{self.local}@{self.domain}"


def mailbox(written: str) -> Mailbox:
    """Return an address as it can be used.

    A domain in other letters is put into ASCII as registries do since 2010 (IDNA 2008, in the
    letters of UTS 46): “straße” is another domain than “strasse”, and “STRASSE” is “strasse”.

    Raises:
        UnusableAddress: nothing can be sent to it.
    """
    local, sign, domain = written.rpartition("@")
    # Which joiners a domain may have is a rule of domains; anywhere else they only hide.
    if not f"{local}{domain.translate(_JOINERS)}".isprintable():
        raise UnusableAddress(written, text("it has a line break or another sign nobody sees"))
    if not sign:
        raise UnusableAddress(written, text("it has no @"))
    if len(local.encode()) > LONGEST_LOCAL or len(written.encode()) > LONGEST:
        raise UnusableAddress(written, text("it is too long"))
    # A mail program would decode it (RFC 2047), and see another address than the server does.
    if not _LOCAL.fullmatch(local) or "=?" in local:
        raise UnusableAddress(written, text("what stands before the @ is no name"))
    host = _in_ascii(domain)
    if not is_host(host):
        raise UnusableAddress(written, text("what stands after the @ is no domain"))
    found = Mailbox(unicodedata.normalize("NFC", local), host)
    if len(found.local.encode()) > LONGEST_LOCAL or len(str(found).encode()) > LONGEST:
        raise UnusableAddress(written, text("it is too long"))
    return found


@lru_cache(maxsize=1024)
def same_mailbox(written: str) -> str:
    """Return the canonical form of a mailbox, for comparing addresses.

    Capitals make no difference in a domain. Before the @ a server might distinguish them (RFC 5321,
    2.4), but no common server does; letters go to the address as written. Other differences count:
    some servers ignore a dot or a “+”, and others do not.

    Returns:
        An unusable address is returned unchanged.
    """
    try:
        found = mailbox(written)
    except UnusableAddress:
        return written
    return unicodedata.normalize("NFC", str(found).lower())


def is_host(name: str) -> bool:
    """Return whether a name can be that of a machine or a domain."""
    return _HOST.fullmatch(name) is not None


def _in_ascii(domain: str) -> str:
    """Return a domain in ASCII; nothing where it cannot be one."""
    if domain.isascii() and not _ENCODED.search(domain.lower()):
        return domain.lower()
    # Imported here: its tables take longer to load than most commands, which need none of them.
    import idna  # noqa: PLC0415

    try:
        return idna.encode(domain, uts46=True).decode("ascii").lower()
    except UnicodeError:  # as all errors of that package are
        return ""
