"""The words of dues: how long a term is, and from what it is counted."""

from definitions.calendar.lengths import Distance, Length, NextDay, Unit
from definitions.language.text import MONTHS, Text, ntext, text
from definitions.model import Relation


def length_text(length: Length) -> Text:
    """Return how long a term is: “8 weeks”."""
    match length.unit:
        case Unit.DAYS:
            return ntext("{n} day", "{n} days", length.number)
        case Unit.WORKING_DAYS:
            return ntext("{n} working day", "{n} working days", length.number)
        case Unit.WEEKS:
            return ntext("{n} week", "{n} weeks", length.number)
        case Unit.MONTHS:
            return ntext("{n} month", "{n} months", length.number)
        case Unit.YEARS:
            return ntext("{n} year", "{n} years", length.number)


def after_text(distance: Distance | None, anchor: str) -> Text:
    """Return that something is due after something else, and how far after it."""
    match distance:
        case None:
            return text("after {anchor}", anchor=anchor)
        case NextDay(month, day):
            return text(
                "the first {day} {month} after {anchor}",
                day=day,
                month=MONTHS[month - 1],
                anchor=anchor,
            )
        case Length():
            return text("{length} after {anchor}", length=length_text(distance), anchor=anchor)


def before_text(distance: Distance | None, anchor: str) -> Text:
    """Return that something is due before something else, and how long before it."""
    if not isinstance(distance, Length):
        return text("before {anchor}", anchor=anchor)
    return text("{length} before {anchor}", length=length_text(distance), anchor=anchor)


def relation_text(relation: str, distance: Distance | None, anchor: str) -> Text:
    """Return from what something is counted, and how far it lies from that."""
    words = before_text if relation == Relation.BEFORE else after_text
    return words(distance, anchor)
