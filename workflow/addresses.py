"""Mail addresses: whether anything can be sent to one, and how it is written on an envelope.

What is refused here can never become a second header, a second reader or another command to a
mail server.
"""

import re
from dataclasses import dataclass

from definitions.errors import InvalidValue
from definitions.naming import brief
from definitions.text import Text, text

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


class UnusableAddress(InvalidValue):
    """Nothing can be sent to an address: it is none, or would make another letter of this one.

    Cause: a typing mistake in a member's address. Remedy: the sentence says what is wrong with it.
    Trying again does not help: what was meant for it cannot be delivered.
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
        domain: what stands after it, in ASCII.
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
    """Return an address as it can be used; a domain in other letters is put into ASCII.

    Raises:
        UnusableAddress: nothing can be sent to it.
    """
    if not written.isprintable():
        raise UnusableAddress(written, text("it has a line break or another sign nobody sees"))
    local, sign, domain = written.rpartition("@")
    if not sign:
        raise UnusableAddress(written, text("it has no @"))
    if len(local.encode()) > LONGEST_LOCAL or len(written.encode()) > LONGEST:
        raise UnusableAddress(written, text("it is too long"))
    if not _LOCAL.fullmatch(local):
        raise UnusableAddress(written, text("what stands before the @ is no name"))
    host = _in_ascii(domain)
    if not is_host(host):
        raise UnusableAddress(written, text("what stands after the @ is no domain"))
    return Mailbox(local, host)


def is_host(name: str) -> bool:
    """Say whether a name can be that of a machine or a domain."""
    return _HOST.fullmatch(name) is not None


def _in_ascii(domain: str) -> str:
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
