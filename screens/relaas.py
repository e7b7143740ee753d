"""The *feitenrelaas*: the journal told as it happened, with sources, and what is not known.

Every entry is mentioned exactly once by its number in square brackets.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby

from definitions.dates import parse_date
from definitions.text import Text, month_in_words, text
from screens.history import People, describe
from screens.page import Mark, Page, joined
from screens.words import missing_text, unproved_text
from workflow.events import Entry, EntryCorrected, Event
from workflow.folding import in_order, resolved
from workflow.views import StatusView


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
    said = _Said(page, people)
    for month, among in groupby(told, key=_month):
        yield ""
        yield page.told(_month_text(month), mark=Mark.HEADING)
        for entry in among:
            reading = readings.get(entry.seq, entry)
            yield said.what(entry, reading.event)
            yield from said.remarks(reading.event)
            by = corrected.get(entry.seq)
            if by is not None:
                yield page.told(_correction_text(by, withdrawn=reading is entry), 6)
    yield from _not_known(status, page)


def _month(entry: Entry) -> date | None:
    """Return the first of the month in which an entry is effective."""
    day = entry.effective_on
    return day and day.replace(day=1)


def _month_text(month: date | None) -> Text:
    return text("Date not known") if month is None else month_in_words(month)


def _correction_text(by: int, *, withdrawn: bool) -> Text:
    if withdrawn:
        return text("Withdrawn by entry {by}.", by=by)
    return text("As corrected by entry {by}.", by=by)


class _Said:
    """What entries say, on a page: what comes back in many of them is put into words once."""

    def __init__(self, page: Page, people: People) -> None:
        self._page = page
        self._people = people
        self._day = cache(lambda written: page.say(parse_date(written).in_words()))
        self._source = cache(lambda source: self._remark(text("Source: {source}", source=source)))

    def what(self, entry: Entry, event: Event) -> str:
        """Return the sentence that tells an entry, as its event reads now."""
        day = self._day(entry.effective.written)
        said = self._page.say(describe(event, self._people))
        return self._page.wrapped(f"{day}: {said}. [{entry.seq}]", 2)

    def remarks(self, event: Event) -> Iterator[str]:
        """Yield what is said below that."""
        if remark := getattr(event, "remark", None):
            yield self._remark(text("{remark}", remark=remark))
        if source := getattr(event, "reference", None):
            yield self._source(str(source))
        if why := getattr(event, "out_of_order", None):
            yield self._remark(text("Recorded out of order: {why}", why=why))

    def _remark(self, sentence: Text) -> str:
        return self._page.told(sentence, 6)


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
