"""The *feitenrelaas*: the journal as an account of events, with sources and unknowns.

Every entry is mentioned exactly once by its number in square brackets.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter

from definitions.calendar.dates import PartialDate, parse_date
from definitions.language.text import Text, month_in_words, text
from screens.history import describe, openness_text
from screens.page import Mark, Page, joined
from screens.words import as_known, missing_lines, remark_text, unproved_text
from workflow.model.events import (
    AnyEntry,
    EntryCorrected,
    Event,
    out_of_order_of,
    reference_of,
    remark_of,
)
from workflow.model.state import People
from workflow.rules.fold import in_order, redated, resolved
from workflow.views.status import StatusView

STOPS = (".", "?", "!", "…")
CLOSING = " ”’\"')"
"""The characters that may follow the full stop of a sentence."""


def account_screen(
    told: Sequence[AnyEntry],
    entries: Sequence[AnyEntry],
    status: StatusView,
    people: People,
    page: Page,
) -> str:
    """Return the account of a process, or of part of it.

    Args:
        told: the entries in the account.
        entries: all known entries, including corrections of those.
        status: the status of the process by those, for unproved moves.
    """
    dates = {entry.seq: entry for entry in redated(entries)}
    in_turn = in_order(dates[entry.seq] for entry in told)
    return joined(_lines(in_turn, entries, status, people, page))


def _lines(
    told: Sequence[AnyEntry],
    entries: Sequence[AnyEntry],
    status: StatusView,
    people: People,
    page: Page,
) -> Iterator[str]:
    yield page.heading(text("{title}: an account of the facts", title=status.title))
    yield from (page.paragraph(said) for said in as_known(status.as_of, status.known_at))
    written = {entry.seq: entry for entry in entries}
    readings = {entry.seq: entry for entry in resolved(entries)}
    corrected = {
        entry.event.corrects: entry.seq
        for entry in entries
        if isinstance(entry.event, EntryCorrected)
    }
    said = _Said(page, people)
    heading = None
    for day, among in groupby(told, attrgetter("effective_on")):
        month = page.say(month_in_words(day) if day else text("Date not known"))
        if month != heading:
            heading = month
            yield ""
            yield page.wrapped(month, mark=Mark.HEADING)
        for entry in among:
            reading = readings.get(entry.seq)
            yield from said.lines(entry, (reading or entry).event)
            by = corrected.get(entry.seq)
            if by is not None:
                first = written[entry.seq].effective
                moved = first if first != entry.effective else None
                yield page.paragraph(_correction_text(by, moved, withdrawn=reading is None), 6)
    yield from _not_known(status, page)
    if status.assumed:
        yield ""
        yield page.heading(text("Assumed by us"))
        yield from (page.paragraph(remark_text(each), 2) for each in status.assumed)


class _Said:
    """Renders entries on a page; texts that recur in many entries are rendered once."""

    def __init__(self, page: Page, people: People) -> None:
        self._page = page
        self._people = people
        self._day = cache(lambda written: page.say(parse_date(written).in_words()))
        self._source = cache(
            lambda source: page.paragraph(text("Source: {source}", source=source), 6)
        )

    def lines(self, entry: AnyEntry, event: Event) -> list[str]:
        """Return the sentence of an entry as its event reads now, and the lines below it."""
        page = self._page
        day, said = self._day(entry.effective.written), page.say(describe(event, self._people))
        lines = [page.wrapped(f"{day}: {said}{_stop_after(said)} [{entry.seq}]", 2)]
        if remark := remark_of(event):
            lines.append(page.paragraph(text("{remark}", remark=remark), 6))
        if source := reference_of(event):
            lines.append(self._source(source))
        if why := out_of_order_of(event):
            lines.append(page.paragraph(text("Recorded out of order: {why}", why=why), 6))
        if seen_by := openness_text(event):
            lines.append(page.paragraph(seen_by, 6))
        return lines


def _stop_after(said: str) -> str:
    """Return the full stop that a sentence still needs: what people wrote may have its own."""
    return "" if said.rstrip(CLOSING).endswith(STOPS) else "."


def _correction_text(by: int, moved: PartialDate | None, *, withdrawn: bool) -> Text:
    if withdrawn:
        return text("Withdrawn by entry {by}.", by=by)
    if moved is not None:
        return text("As corrected by entry {by}; it was dated {on} first.", by=by, on=moved)
    return text("As corrected by entry {by}.", by=by)


def _not_known(status: StatusView, page: Page) -> Iterator[str]:
    moves = [move for milestone in status.milestones for move in milestone.not_proved]
    if not moves and not status.unknown:
        return
    yield ""
    yield page.heading(text("What is not known"))
    for move in moves:
        yield page.wrapped(f"{page.called(move.milestone)}: {page.say(unproved_text(move))}", 2)
        yield from missing_lines(move, page, 6)
    yield from (page.paragraph(remark_text(each), 2) for each in status.unknown)
