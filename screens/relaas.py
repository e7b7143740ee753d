"""The *feitenrelaas*: the journal told as it happened, with sources, and what is not known.

Every entry is mentioned exactly once by its number in square brackets.
"""

from collections.abc import Iterator, Sequence

from definitions.text import Text, month_in_words, text
from screens.history import People, describe
from screens.page import Mark, Page, joined
from screens.words import missing_text, unproved_text
from workflow.events import (
    Entry,
    EntryCorrected,
)
from workflow.folding import in_order, resolved
from workflow.views.status import StatusView


def relaas_screen(
    told: Sequence[Entry],
    entries: Sequence[Entry],
    status: StatusView,
    people: People,
    page: Page,
) -> str:
    """Return the account of a process, or of part of it.

    Args:
        told: the entries it tells.
        entries: all that is known, with the corrections of what it tells.
        status: where the process stands by those; for what is not proved.
    """
    return joined(_lines(in_order(told), entries, status, people, page))


def _lines(
    told: Sequence[Entry],
    entries: Sequence[Entry],
    status: StatusView,
    people: People,
    page: Page,
) -> Iterator[str]:
    yield page.heading(text("{title}: an account of the facts", title=status.title))
    readings = {entry.seq: entry for entry in resolved(entries)}
    corrected = {
        entry.event.corrects: entry.seq
        for entry in entries
        if isinstance(entry.event, EntryCorrected)
    }
    heading = None
    for entry in told:
        day = entry.effective_on
        month = page.say(month_in_words(day)) if day else page.say(text("Date not known"))
        if month != heading:
            heading = month
            yield ""
            yield page.wrapped(month, mark=Mark.HEADING)
        yield from _entry(entry, readings, corrected, people, page)
    yield from _not_known(status, page)


def _entry(
    entry: Entry,
    readings: dict[int, Entry],
    corrected: dict[int, int],
    people: People,
    page: Page,
) -> Iterator[str]:
    reading = readings.get(entry.seq, entry)
    said = page.say(describe(reading.event, people))
    yield page.wrapped(f"{page.say(entry.effective.in_words())}: {said}. [{entry.seq}]", 2)
    for remark in _remarks(entry, reading, corrected):
        yield page.wrapped(page.say(remark), 6)


def _remarks(entry: Entry, reading: Entry, corrected: dict[int, int]) -> Iterator[Text]:
    event = reading.event
    if remark := getattr(event, "remark", None):
        yield text("{remark}", remark=remark)
    if source := getattr(event, "reference", None):
        yield text("Source: {source}", source=source)
    if why := getattr(event, "out_of_order", None):
        yield text("Recorded out of order: {why}", why=why)
    by = corrected.get(entry.seq)
    if by is not None and reading is entry:
        yield text("Withdrawn by entry {by}.", by=by)
    elif by is not None:
        yield text("As corrected by entry {by}.", by=by)


def _not_known(status: StatusView, page: Page) -> Iterator[str]:
    moves = [move for milestone in status.milestones for move in milestone.not_proved]
    if not moves and not status.unknown:
        return
    yield ""
    yield page.heading(text("What is not known"))
    for move in moves:
        yield page.wrapped(f"{move.milestone}: {page.say(unproved_text(move))}", 2)
        for missing in move.missing:
            yield page.wrapped(page.say(missing_text(missing)), 6)
    for remark in status.unknown:
        where = f"{remark.where}: " if remark.where else ""
        yield page.wrapped(f"{where}{remark.what}", 2)
