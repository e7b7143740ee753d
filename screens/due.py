"""The screen of ``due``: the dates of a process as an agenda."""

from collections.abc import Iterator
from datetime import date

from definitions.calendar.dates import dated
from definitions.language.text import Text, day_in_short, ntext, text, weekday_in_short
from screens.page import Cell, Mark, Page, cell, joined, unbroken
from screens.unreceived_answers import unreceived_lines
from screens.words import (
    as_known,
    dated_in_short,
    days_back,
    due_mark,
    names_text,
    standing_text,
)
from workflow.rules.knock_on import Clash
from workflow.views.due_list import DuesView
from workflow.views.dues import DueView


def due_screen(view: DuesView, page: Page) -> str:
    """Return the dues, the nearest first; those without a date last."""
    return joined(_lines(view, page))


def _lines(view: DuesView, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{view.title} ({view.process})", mark=Mark.HEADING)
    yield from (
        page.paragraph(said) for said in as_known(view.as_of, view.known_at, ahead=view.ahead)
    )
    if not view.dues:
        yield page.paragraph(text("This process has no dues."))
        return
    titles = (
        text("DATE"),
        text("AS WRITTEN"),
        text("WHAT"),
        text("HOW IT STANDS"),
    )
    rows = [_row(due, page) for due in view.dues]
    yield ""
    yield page.table(titles, rows)
    yield from further_lines(view, page)


def further_lines(view: DuesView, page: Page) -> Iterator[str]:
    """Yield what does not fit together, was moved, came late, or is not proved."""
    yield from _clashes(view, page)
    yield from _days_off(view, page)
    yield from _moved(view, page)
    yield from _late(view, page)
    yield from unreceived_lines(view, view.dues, page)
    if view.not_proved and any(due.met and not due.proved for due in view.dues):
        yield ""
        yield page.paragraph(
            text("Not proved: not all that it rests on is on record. What is missing:")
        )
        yield page.command("status", view.process, *days_back(view.as_of, view.known_at))


def _row(due: DueView, page: Page) -> list[Cell]:
    day = unbroken(page.say(_agenda_day(due.date, page))) if due.date else ""
    standing = cell(page.say(standing_of(due)), due_mark(due))
    return [day, unbroken(page.say(dated_in_short(due.written))), due.id, standing]


def _agenda_day(day: date, page: Page) -> Text:
    if page.narrow:
        return day_in_short(day)
    return weekday_in_short(day)


def _clashes(view: DuesView, page: Page) -> Iterator[str]:
    """Say which dates do not fit together: what has to come first is due later."""
    if view.clashes:
        yield ""
        yield page.heading(text("Dates that do not fit together"))
    for clash in view.clashes:
        yield page.paragraph(clash_text(clash), 2)


def _days_off(view: DuesView, page: Page) -> Iterator[str]:
    """Say which deadlines end on a day on which nobody works."""
    if not view.days_off:
        return
    yield ""
    yield page.heading(text("Not a working day"))
    for each in view.days_off:
        yield page.paragraph(text("{due}: {says}", due=each.due, says=each.says), 2)
    yield page.paragraph(text("A date that somebody chose stays as it is."), 2)


def _moved(view: DuesView, page: Page) -> Iterator[str]:
    """Yield the new dates of each due: before and after, when and why."""
    moved = {due.id.partition("@")[0]: due for due in view.dues if due.moves}
    if moved:
        yield ""
        yield page.heading(text("Moved"))
    for name, due in moved.items():
        for move in due.moves:
            said = text(
                "{due}: was {before}, became {after} ({on}): {why}",
                due=name,
                before=dated(move.before),
                after=dated(move.after),
                on=dated(move.effective),
                why=move.reason,
            )
            yield page.paragraph(said, 2)


def _late(view: DuesView, page: Page) -> Iterator[str]:
    """Yield the answers that came after the term."""
    late = [due for due in view.dues if due.late]
    if late:
        yield ""
        yield page.heading(text("Answered after the term"))
    for due in late:
        yield page.paragraph(text("{due}: {names}", due=due.id, names=names_text(due.late)), 2)


def standing_of(due: DueView) -> Text:
    """Return how a due stands in an agenda."""
    if due.met and due.unreceived and not due.proved:
        return text("decided, receipt not known")
    if due.met and not due.proved:
        return text("passed, not proved")
    if due.met:
        return text("no longer asked") if due.over else text("done")
    return standing_text(due)


def clash_text(clash: Clash) -> Text:
    """Return two dates in the wrong order as a sentence."""
    first_date, then_date = dated(clash.first_date), dated(clash.then_date)
    if not clash.first:
        return text(
            "{then} ({then_date}) has to wait for {first_date}, the date of a gate",
            then=clash.then,
            then_date=then_date,
            first_date=first_date,
        )
    if not clash.then:
        return text(
            "{first} ({first_date}) has to come before {then_date}, the date of a gate",
            first=clash.first,
            first_date=first_date,
            then_date=then_date,
        )
    both = {
        "first": clash.first,
        "first_date": first_date,
        "then": clash.then,
        "then_date": then_date,
    }
    if clash.term and clash.days % 7 > 1:
        return text(
            "{term} is counted from {first} ({first_date}), and ends after {then} ({then_date})",
            term=clash.term,
            **both,
        )
    if clash.term:
        return ntext(
            "{term} ends {n} week after {first} ({first_date}), and that is after {then} "
            "({then_date})",
            "{term} ends {n} weeks after {first} ({first_date}), and that is after {then} "
            "({then_date})",
            clash.days // 7,
            term=clash.term,
            **both,
        )
    if clash.days == 1:
        return text("{first} ({first_date}) has to be over before {then} ({then_date})", **both)
    if clash.days % 7:
        return ntext(
            "{first} ({first_date}) has to come {n} day before {then} ({then_date})",
            "{first} ({first_date}) has to come {n} days before {then} ({then_date})",
            clash.days,
            **both,
        )
    if clash.days:
        return ntext(
            "{first} ({first_date}) has to come {n} week before {then} ({then_date})",
            "{first} ({first_date}) has to come {n} weeks before {then} ({then_date})",
            clash.days // 7,
            **both,
        )
    return text("{first} ({first_date}) has to come before {then} ({then_date})", **both)
