"""What was filled in: the values of a form, read as commands take them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from definitions.calendar.dates import PartialDate, given_date, says_today
from definitions.language.characters import normal
from definitions.language.errors import InvalidValue, given_as
from definitions.language.text import text
from definitions.language.values import dataclass
from workflow.model.openness import Audience
from workflow.rules.refusals import Missing

DIGITS = 9
"""How many figures a whole number has at most."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values of a form.

    Attributes:
        given: every value of each field, as it was filled in.
        today: the day it is in the process, for “today” and “yesterday”.
    """

    given: Mapping[str, Sequence[str]]
    today: date

    def text(self, name: str) -> str | None:
        """Return what stands in a field; None where nothing does."""
        found = normal("\n".join(self.given.get(name, ())[:1]).replace("\r\n", "\n"))
        return found or None

    def needed(self, name: str) -> str:
        """Return what stands in a field that has to be filled in.

        Raises:
            Missing: nothing does.
        """
        found = self.text(name)
        if found is None:
            raise Missing(
                text("This has to be filled in."),
                advice=None,
                field=name,
            )
        return found

    def many(self, name: str) -> tuple[str, ...]:
        """Return what was chosen of a list."""
        return tuple(filter(None, map(normal, self.given.get(name, ()))))

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the lines of a field."""
        return tuple(filter(None, map(normal, (self.text(name) or "").splitlines())))

    def number(self, name: str) -> int | None:
        """Return a whole number; None where nothing was filled in.

        Raises:
            InvalidValue: it is none.
        """
        written = self.text(name)
        if written is None:
            return None
        if not written.isascii() or not written.isdigit() or len(written) > DIGITS:
            raise InvalidValue(
                text("“{written}” is not a whole number.", written=written[:60]),
                advice=text("Write it in figures."),
                field=name,
            )
        return int(written)

    def marked(self, name: str) -> bool:
        """Return whether a box was ticked."""
        return bool(self.text(name))

    def date(self, name: str) -> PartialDate | None:
        """Return a date in any form that is read; None where nothing was filled in.

        Raises:
            InvalidValue: it is none.
        """
        written = self.text(name)
        if written is None:
            return None
        with given_as(name):
            return given_date(written, self.today if says_today(written) else None)

    def date_or_today(self, name: str) -> PartialDate:
        """Return a date; today, where nothing was filled in."""
        return self.date(name) or given_date(self.today.isoformat())

    def openness(self) -> str | None:
        """Return who may see an entry, as a command has it; None for what is usual.

        Raises:
            InvalidValue: the day until which it is the own municipality's is none.
        """
        chosen = self.text("openness")
        if chosen != Audience.OWN.value:
            return chosen
        until = self.date("own_until")
        if until is None:
            return chosen
        if until.day is None or until.day != until.last:
            raise InvalidValue(
                text("“{until}” is not a day.", until=self.text("own_until")),
                advice=text("Give the first day on which everybody may see it."),
                field="own_until",
            )
        return f"{chosen} {until.day.isoformat()}"

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield every field with its value, to be carried along."""
        for name, values in self.given.items():
            for value in values:
                yield name, value
