"""A recipient's calendar, as a program keeps it that imports letters (RFC 5546)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes, policy

TABLES: dict[str, dict[str, tuple[int, int]]] = {
    "PUBLISH": {
        **dict.fromkeys(("DTSTAMP", "DTSTART", "ORGANIZER", "SUMMARY", "UID"), (1, 1)),
        **dict.fromkeys(("SEQUENCE", "CATEGORIES", "CLASS", "CREATED", "DESCRIPTION"), (0, 1)),
        **dict.fromkeys(("DTEND", "DURATION", "GEO", "LAST-MODIFIED", "LOCATION"), (0, 1)),
        **dict.fromkeys(("PRIORITY", "RECURRENCE-ID", "RESOURCES", "STATUS", "TRANSP"), (0, 1)),
        **dict.fromkeys(("URL",), (0, 1)),
        **dict.fromkeys(("ATTENDEE", "REQUEST-STATUS"), (0, 0)),
    },
    "CANCEL": {
        **dict.fromkeys(("DTSTAMP", "ORGANIZER", "SEQUENCE", "UID"), (1, 1)),
        **dict.fromkeys(("CATEGORIES", "CLASS", "CREATED", "DESCRIPTION", "DTEND"), (0, 1)),
        **dict.fromkeys(("DTSTART", "DURATION", "GEO", "LAST-MODIFIED", "LOCATION"), (0, 1)),
        **dict.fromkeys(("PRIORITY", "RECURRENCE-ID", "RESOURCES", "STATUS", "SUMMARY"), (0, 1)),
        **dict.fromkeys(("TRANSP", "URL"), (0, 1)),
        **dict.fromkeys(("ATTACH", "ATTENDEE", "COMMENT", "CONTACT"), (0, 99)),
        **dict.fromkeys(("REQUEST-STATUS",), (0, 0)),
    },
}
"""How many of each property an event has, by the method: the tables of RFC 5546, 3.2.1, 3.2.5."""
_OF_THE_CALENDAR = {"VERSION": (1, 1), "PRODID": (1, 1), "METHOD": (1, 1), "CALSCALE": (0, 1)}


@dataclass(frozen=True)
class Said:
    """An event in a calendar.

    Attributes:
        properties: each with its value; of those that are there once.
    """

    method: str
    properties: dict[str, str]

    @property
    def uid(self) -> str:
        """The id of the event."""
        return self.properties["UID"]

    @property
    def newness(self) -> tuple[int, str]:
        """The sort key by which the newer of two versions is found (RFC 5546, 2.1.5)."""
        return int(self.properties["SEQUENCE"]), self.properties["DTSTAMP"]

    @property
    def day(self) -> date:
        """The day of the event."""
        return date.fromisoformat(self.properties["DTSTART"])


@dataclass
class Agenda:
    """A calendar of one mailbox.

    Attributes:
        there: the day of each event, by its id.
        known: the last version of each event ever imported.
        refused: versions older than the present one.
    """

    there: dict[str, date] = field(default_factory=dict)
    known: dict[str, Said] = field(default_factory=dict)
    refused: list[Said] = field(default_factory=list)

    def take(self, letter: bytes) -> None:
        """Import the calendars of a letter, in the order of attachment."""
        for calendar in calendars_of(letter):
            for said in events_of(calendar):
                self._take(said)

    def _take(self, said: Said) -> None:
        known = self.known.get(said.uid)
        if known is not None and said.newness < known.newness:
            self.refused.append(said)
            return
        if said.method == "CANCEL" and known is not None:
            # The organizer is whoever it was, and the number is higher than that of what is taken
            # out (RFC 5546, 3.2.5): stricter programs look at both.
            assert known.properties["ORGANIZER"] == said.properties["ORGANIZER"]
            assert known.method == "CANCEL" or known.newness[0] < said.newness[0]
        self.known[said.uid] = said
        if said.method == "CANCEL":
            self.there.pop(said.uid, None)
        else:
            self.there[said.uid] = said.day


def calendars_of(letter: bytes) -> Iterator[bytes]:
    """Yield the calendars that come with a letter; what its header says of them is true."""
    mail = message_from_bytes(letter, policy=policy.default)
    for part in mail.iter_attachments():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        method = part["Content-Type"].params["method"]
        assert f"METHOD:{method}\r\n".encode() in content
        yield content


def events_of(calendar: bytes) -> list[Said]:
    """Return the events of a calendar, and check that it conforms to the rules."""
    lines = calendar.decode().replace("\r\n ", "").split("\r\n")
    head, *bodies = "\n".join(lines).split("\nBEGIN:VEVENT\n")
    assert head.splitlines()[0] == "BEGIN:VCALENDAR"
    assert bodies
    bodies[-1] = bodies[-1].removesuffix("\nEND:VCALENDAR\n")
    check_numbers(head.splitlines()[1:], _OF_THE_CALENDAR)
    (method,) = re.findall(r"^METHOD:(\w+)$", head, re.MULTILINE)
    found = []
    for body in bodies:
        *properties, end = body.splitlines()
        assert "END:VEVENT" == end
        check_numbers(properties, TABLES[method])
        found.append(Said(method, dict(map(_property, properties))))
    if method == "CANCEL":
        assert 1 == len({each.uid for each in found})
        assert {"CANCELLED"} == {each.properties["STATUS"] for each in found}
    return found


def check_numbers(lines: Iterable[str], allowed: dict[str, tuple[int, int]]) -> None:
    """Check that each property is there as often as it may be."""
    found = Counter(re.split("[:;]", line)[0] for line in lines)
    assert set() == set(found) - set(allowed)
    for name, (least, most) in allowed.items():
        assert (name, True) == (name, least <= found[name] <= most)


def _property(line: str) -> tuple[str, str]:
    """Return the name and the value of a property, without its parameters."""
    named, _, value = line.partition(":")
    if named.startswith("ORGANIZER"):
        value = line.rpartition("mailto:")[2]
    return named.partition(";")[0], value
