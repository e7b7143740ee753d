"""The terms of a process as a picture: a row for each milestone, a sign for each term.

It is drawn by the page itself, with attributes and classes alone: no script, and no style of its
own. Its table says the very same, and whoever cannot see the picture loses nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from markupsafe import Markup, escape

from definitions.calendar.dates import date_in
from definitions.language.text import SHORT_MONTHS, text
from definitions.language.values import dataclass
from web.html_page import HtmlPage
from workflow.views.dues import DueView

WIDE, LEFT, RIGHT = 960, 220, 30
"""How wide the picture is, and its margins: on the left there are the names of the rows."""
ROW, TOP, BOTTOM = 34, 52, 14
LABELS = 'aria-labelledby="timeline-title timeline-says"'
SIZE = 7
"""Half of the width of a sign."""
MONTHS_AT_MOST = 14
"""How many names of months fit; where there are more, some are left out."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term in the picture.

    Attributes:
        id: of the due, as its table has it.
        row: of its milestone.
        day: until when.
        before: the days it had before it was moved.
        kind: ``met``, ``late`` or ``open``.
        says: its name and date, as its title.
    """

    id: str
    row: str
    day: date
    before: tuple[date, ...]
    kind: str
    says: str


def timeline(terms: Sequence[Term], today: date, page: HtmlPage) -> Markup:
    """Return the picture of terms; empty where none has a date.

    Args:
        terms: those that have a date.
        today: the day of the line.
        page: says in which language it is.
    """
    if not terms:
        return Markup()
    days = [today, *(each.day for each in terms), *(day for e in terms for day in e.before)]
    scale = _Scale(min(days) - timedelta(days=7), max(days) + timedelta(days=7))
    rows = list(dict.fromkeys(each.row for each in terms))
    height = TOP + ROW * len(rows) + BOTTOM
    title = page.say(text("Terms from {first} to {last}", first=min(days), last=max(days)))
    said = page.say(
        text("Each row is a milestone, each sign a term; the table below says the same.")
    )
    parts = [
        f'<svg class="timeline" viewBox="0 0 {WIDE} {height}" role="img" {LABELS}>',
        f'<title id="timeline-title">{escape(title)}</title>',
        f'<desc id="timeline-says">{escape(said)}</desc>',
        *_months(scale, height, page),
        *(line for at, row in enumerate(rows) for line in _row(at, row)),
        *(line for each in terms for line in _term(each, rows.index(each.row), scale)),
        *_today(scale, today, height, page),
        "</svg>",
    ]
    return Markup("".join(parts))  # noqa: S704 - every text in it was escaped


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a day is in the picture."""

    first: date
    last: date

    def x(self, day: date) -> float:
        whole = (self.last - self.first).days or 1
        return round(LEFT + (WIDE - LEFT - RIGHT) * (day - self.first).days / whole, 1)


def _months(scale: _Scale, height: int, page: HtmlPage) -> Iterator[str]:
    """Yield a line and a name for the first day of each month, as far as they fit."""
    months = list(_first_days(scale.first, scale.last))
    every = -(-len(months) // MONTHS_AT_MOST)
    for at, day in enumerate(months):
        x = scale.x(day)
        yield f'<line class="month" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{height - BOTTOM}"/>'
        if at % every == 0:
            name = page.say(SHORT_MONTHS[day.month - 1])
            year = f" {day.year}" if day.month == 1 or at == 0 else ""
            yield f'<text class="month" x="{x + 3}" y="{TOP - 12}">{escape(name + year)}</text>'


def _first_days(first: date, last: date) -> Iterator[date]:
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _row(at: int, name: str) -> Iterator[str]:
    y = TOP + ROW * at + ROW // 2
    yield f'<line class="row" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y}" y2="{y}"/>'
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
    yield f'<text class="row" x="{LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(short)}</text>'


LONGEST = 30
"""How many characters of the name of a row fit."""


def _term(term: Term, row: int, scale: _Scale) -> Iterator[str]:
    """Yield the sign of a term, and hollow ones where it was before it was moved."""
    x, y = scale.x(term.day), TOP + ROW * row + ROW // 2
    for day in term.before:
        was = scale.x(day)
        yield f'<line class="moved" x1="{was}" x2="{x}" y1="{y}" y2="{y}"/>'
        yield f'<path class="was" d="{_diamond(was, y)}"/>'
    yield f'<g class="{term.kind}"><title>{escape(term.says)}</title>'
    match term.kind:
        case "met":
            yield f'<path d="{_diamond(x, y)}"/><path class="tick" d="M{x - 3} {y}l2.4 2.6 4-5"/>'
        case "late":
            yield f'<path d="{_diamond(x, y)}"/>'
            yield f'<text x="{x}" y="{y + 4}" text-anchor="middle">!</text>'
        case _:
            yield f'<path d="{_diamond(x, y)}"/>'
    yield "</g>"


def _diamond(x: float, y: float) -> str:
    return f"M{x} {y - SIZE}l{SIZE} {SIZE}-{SIZE} {SIZE}-{SIZE}-{SIZE}z"


def _today(scale: _Scale, today: date, height: int, page: HtmlPage) -> Iterator[str]:
    x = scale.x(today)
    yield f'<line class="today" x1="{x}" x2="{x}" y1="4" y2="{height - 4}"/>'
    says = page.say(text("{day}", day=today))
    side, anchor = (x + 4, "start") if x < WIDE / 2 else (x - 4, "end")
    yield f'<text class="today" x="{side}" y="16" text-anchor="{anchor}">{escape(says)}</text>'


def terms_of(dues: Sequence[DueView], page: HtmlPage, says: Sequence[str]) -> list[Term]:
    """Return the terms of a picture: those that have a date and arose.

    Args:
        dues: every due, in the order of its table.
        page: says what they are called.
        says: what stands in the table for each of them.
    """
    found = []
    for due, said in zip(dues, says, strict=True):
        if due.date is None or not due.arisen:
            continue
        kind = "met" if due.met else "late" if due.overdue else "open"
        row = page.called(due.id.partition("/")[0].partition(".")[0].partition("@")[0])
        before = tuple(filter(None, (_day_of(each.before) for each in due.moves)))
        found.append(Term(due.id, row, due.date, before, kind, said))
    return found


def _day_of(written: str) -> date | None:
    found = date_in(written)
    return None if found is None else found.last
