"""The terms of a process as a picture: a row for each milestone, a sign for each term.

It is drawn by the page itself, with attributes and classes alone: no script, and no style of its
own. Its table says the very same, and whoever cannot see the picture loses nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from markupsafe import Markup, escape

from definitions.calendar.dates import date_in
from definitions.language.text import SHORT_MONTHS, text
from definitions.language.values import dataclass
from web.html_page import HtmlPage
from workflow.views.dues import DueView
from workflow.views.seen import Seen

WIDE, LEFT, RIGHT = 960, 210, 58
"""How wide the picture is, and its margins: on the left there are the names of the rows."""
ROW, TOP, BOTTOM = 38, 52, 14
LABELS = 'aria-labelledby="timeline-title timeline-says"'
SIZE = 7
"""Half of the width of a sign."""
NAMES_AT_MOST = 11
"""How many names of months fit; where there are more, only some months are shown."""
EVERY = (1, 3, 6, 12, 24, 60, 120, 600)
"""How many months may lie between those that are shown."""
FAR = timedelta(days=200)
"""How far from every term a day is that would press all of them together."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term in the picture.

    Attributes:
        id: of the due, as its table has it.
        row: of its milestone.
        day: until when.
        before: the days it had before it was moved.
        kind: ``met``, ``over`` where it is no longer asked, ``late`` or ``open``.
        says: what the table says of it, as its title.
        word: what stands beside its sign; empty where the sign says enough.
    """

    id: str
    row: str
    day: date
    before: tuple[date, ...]
    kind: str
    says: str
    word: str = ""


def timeline(
    terms: Sequence[Term], today: date, page: HtmlPage, states: Mapping[str, str]
) -> Markup:
    """Return the picture of terms; empty where none has a date.

    Args:
        terms: those that have a date.
        today: the day of the line.
        page: says in which language it is.
        states: in which state each milestone is, by what it is called.
    """
    if not terms:
        return Markup()
    days = [*(each.day for each in terms), *(day for e in terms for day in e.before)]
    first, last = min(days), max(days)
    if first - FAR <= today <= last + FAR or any(each.kind != "met" for each in terms):
        days.append(today)
    scale = _Scale(min(days) - timedelta(days=7), max(days) + timedelta(days=7))
    rows = list(dict.fromkeys(each.row for each in terms))
    height = TOP + ROW * len(rows) + BOTTOM
    title = page.say(text("Terms from {first} to {last}", first=first, last=last))
    said = page.say(
        text("Each row is a milestone, each sign a term; the table below says the same.")
    )
    parts = [
        f'<svg class="timeline" viewBox="0 0 {WIDE} {height}" role="img" {LABELS}>',
        f'<title id="timeline-title">{escape(title)}</title>',
        f'<desc id="timeline-says">{escape(said)}</desc>',
        *_months(scale, height, page),
        *(line for at, row in enumerate(rows) for line in _row(at, row, states.get(row, ""))),
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
    fits = (each for each in EVERY if len(months) / each <= NAMES_AT_MOST)
    every = next(fits, EVERY[-1])
    shown = [day for day in months if (day.year * 12 + day.month - 1) % every == 0]
    for at, day in enumerate(shown):
        x = scale.x(day)
        yield f'<line class="month" x1="{x}" x2="{x}" y1="{TOP - 6}" y2="{height - BOTTOM}"/>'
        name = page.say(SHORT_MONTHS[day.month - 1])
        year = f" {day.year}" if day.month == 1 or at == 0 else ""
        yield f'<text class="month" x="{x + 3}" y="{TOP - 12}">{escape(name + year)}</text>'


def _first_days(first: date, last: date) -> Iterator[date]:
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _row(at: int, name: str, state: str) -> Iterator[str]:
    """Yield the line of a milestone, its name, and below that in which state it is."""
    y = TOP + ROW * at + ROW // 2
    yield f'<line class="row" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y}" y2="{y}"/>'
    x, high = LEFT - 12, y - 2 if state else y + 4
    yield f'<text class="row" x="{x}" y="{high}" text-anchor="end">{escape(_short(name))}</text>'
    if state:
        said = escape(_short(state))
        yield f'<text class="state" x="{x}" y="{y + 12}" text-anchor="end">{said}</text>'


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


WORD = 60
"""How much room the word beside a sign takes at most."""
LONGEST = 30
"""How many characters of the name of a row fit."""


def _term(term: Term, row: int, scale: _Scale) -> Iterator[str]:
    """Yield the sign of a term, and hollow ones where it was before it was moved."""
    x, y = scale.x(term.day), TOP + ROW * row + ROW // 2
    yield from _moves(term.before, x, y, scale)
    yield f'<g id="teken-{escape(term.id)}" class="{term.kind}" data-day="{term.day}">'
    yield f"<title>{escape(term.says)}</title>"
    match term.kind:
        case "met":
            yield f'<path d="{_diamond(x, y)}"/><path class="tick" d="M{x - 3} {y}l2.4 2.6 4-5"/>'
        case "over":
            yield f'<path class="cross" d="M{x - 4} {y - 4}l8 8m0 -8l-8 8"/>'
        case "late":
            yield f'<path d="{_diamond(x, y)}"/>'
            yield f'<text class="in" x="{x}" y="{y + 4}" text-anchor="middle">!</text>'
        case _:
            yield f'<path d="{_diamond(x, y)}"/>'
    if term.word:
        side, anchor = (x + 11, "start") if x < WIDE - RIGHT - WORD else (x - 11, "end")
        said = escape(term.word)
        yield f'<text class="word" x="{side}" y="{y - 5}" text-anchor="{anchor}">{said}</text>'
    yield "</g>"


def _moves(before: Sequence[date], x: float, y: int, scale: _Scale) -> Iterator[str]:
    """Yield a hollow sign for each day that a term had, with an arrow to where it is now."""
    for day in before:
        was = scale.x(day)
        yield f'<path class="was" data-day="{day}" d="{_diamond(was, y)}"/>'
        way = 1 if x > was else -1
        end = x - way * (SIZE + 1)
        if (end - was) * way > SIZE:
            yield f'<line class="moved" x1="{was + way * SIZE}" x2="{end}" y1="{y}" y2="{y}"/>'
            back = end - way * 6
            yield f'<path class="head" d="M{back:.1f} {y - 4}L{end:.1f} {y}L{back:.1f} {y + 4}"/>'


def _diamond(x: float, y: float) -> str:
    return f"M{x} {y - SIZE}l{SIZE} {SIZE}-{SIZE} {SIZE}-{SIZE}-{SIZE}z"


def _today(scale: _Scale, today: date, height: int, page: HtmlPage) -> Iterator[str]:
    if not scale.first <= today <= scale.last:
        yield from _today_beyond(today, page, after=today > scale.last)
        return
    x = scale.x(today)
    yield f'<line class="today" x1="{x}" x2="{x}" y1="4" y2="{height - 4}"/>'
    says = page.say(text("{day}", day=today))
    side, anchor = (x + 4, "start") if x < WIDE / 2 else (x - 4, "end")
    yield f'<text class="today" x="{side}" y="16" text-anchor="{anchor}">{escape(says)}</text>'


def _today_beyond(today: date, page: HtmlPage, *, after: bool) -> Iterator[str]:
    """Yield on which side of the picture today is, where all terms are over and far from it."""
    says = page.say(text("{day}", day=today))
    said, x, anchor = (f"{says} →", WIDE - RIGHT, "end") if after else (f"← {says}", LEFT, "start")
    yield f'<text class="today" x="{x}" y="16" text-anchor="{anchor}">{escape(said)}</text>'


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
        kind = "over" if due.over else "met" if due.met else "late" if due.overdue else "open"
        row = page.called(due.id.partition("/")[0].partition(".")[0].partition("@")[0])
        before = tuple(filter(None, (_day_of(each.before) for each in due.moves)))
        word = page.say(text("late")) if kind == "late" else ""
        found.append(Term(due.id, row, due.date, before, kind, said, word))
    return found


def states_of(seen: Seen, page: HtmlPage) -> dict[str, str]:
    """Return in which state each milestone is, by what it is called."""
    return {page.called(name): at.state for name, at in seen.state.milestones.items()}


def _day_of(written: str) -> date | None:
    found = date_in(written)
    return None if found is None else found.last
