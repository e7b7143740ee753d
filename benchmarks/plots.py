"""Pictures of how something grows: lines on logarithmic scales, as SVG, for the documentation.

On such scales what takes twice as long for twice as much is a slope of one, and what does not grow
is level. What the clock says is a line, what the processor was used for is dashed.
"""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

from benchmarks.measuring import Series

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a6761d", "#7f7fd5", "#56b4e9", "#e6ab02")
"""Told apart by the colour-blind too, on white and on black."""
LEFT, TOP, WIDE, HIGH, GAP, UNDER = 68, 30, 240, 220, 26, 52
LINE = 18


class Scale(NamedTuple):
    """A logarithmic scale: from which value to which, on which pixels."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        """Return where a value lies."""
        share = (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return self.begin + share * (self.end - self.begin)


def plot(series: Sequence[Series]) -> str:
    """Return a picture of some series along one thing and in one unit: a panel a database.

    Args:
        series: at least one, each with two points or more.
    """
    along, unit = series[0].along, series[0].unit
    names = list(dict.fromkeys(each.what for each in series))
    colours = dict(zip(names, COLOURS * (1 + len(names) // len(COLOURS)), strict=False))
    kinds = sorted(
        {each.database for each in series}, key=lambda kind: (not kind, kind != "SQLite")
    )
    low, high = _range([value for each in series for value in _values(each)])
    parts: list[str] = []
    right = LEFT
    for kind in kinds:
        own = [each for each in series if each.database == kind]
        parts += _panel(own, kind, colours, right, (low, high), labelled=right == LEFT)
        right += WIDE + GAP
    width, height = right + _beside(names), TOP + max(HIGH, LINE * (len(names) + 2)) + UNDER
    parts.append(_text(right - GAP - (len(kinds) * (WIDE + GAP) - GAP) / 2, TOP + HIGH + 40, along))
    parts.append(_text(13, TOP + HIGH / 2, unit, turned=True))
    parts += _legend(
        colours, right, dashes=any(point.cpu for each in series for point in each.points)
    )
    title = escape(f"{', '.join(names)}: {unit} by {along}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'font-family="sans-serif" font-size="12" fill="currentColor" style="max-width:{width}px">'
        f"<title>{title}</title>{''.join(parts)}</svg>"
    )


def _panel(
    series: Sequence[Series],
    kind: str,
    colours: dict[str, str],
    left: float,
    values: tuple[float, float],
    *,
    labelled: bool,
) -> Iterator[str]:
    sizes = sorted({point.size for each in series for point in each.points})
    across = Scale(sizes[0], sizes[-1], left + 10, left + WIDE - 10)
    up = Scale(*values, TOP + HIGH, TOP)
    yield _text(left + WIDE / 2, TOP - 12, kind or "without a database", bold=True)
    for value in _ticks(*values):
        y = up.at(value)
        yield _line(left, y, left + WIDE, y, opacity=0.15)
        if labelled:
            yield _text(left - 6, y + 4, f"{value:,g}", anchor="end")
    yield _line(left, TOP + HIGH, left + WIDE, TOP + HIGH, opacity=0.6)
    yield _line(left, TOP, left, TOP + HIGH, opacity=0.6)
    free = 0.0
    for size in sizes:
        x = across.at(size)
        yield _line(x, TOP + HIGH, x, TOP + HIGH + 4, opacity=0.6)
        half = 4 * len(f"{size:,}")
        if x - half >= free:  # else the numbers would run into each other
            yield _text(x, TOP + HIGH + 18, f"{size:,}")
            free = x + half
    for each in series:
        colour = colours[each.what]
        used = [(point.size, point.cpu) for point in each.points if point.cpu]
        yield _curve([(across.at(at), up.at(cpu)) for at, cpu in used], colour, dashed=True)
        places = [(across.at(point.size), up.at(point.value)) for point in each.points]
        yield _curve(places, colour)
        yield from (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/>' for x, y in places
        )


def _beside(names: Sequence[str]) -> int:
    """Return how wide the legend is: what its longest line takes in the widest of common fonts."""
    return 30 + 7 * max(len(each) for each in [*names, "of the processor"])


def _legend(colours: dict[str, str], left: float, *, dashes: bool) -> Iterator[str]:
    for number, (name, colour) in enumerate(colours.items()):
        y = TOP + 8 + LINE * number
        yield _curve([(left, y), (left + 20, y)], colour)
        yield _text(left + 26, y + 4, name, anchor="start")
    if not dashes:
        return
    y = TOP + 14 + LINE * len(colours)
    yield _curve([(left, y), (left + 20, y)], "currentColor")
    yield _text(left + 26, y + 4, "by the clock", anchor="start")
    yield _curve([(left, y + LINE), (left + 20, y + LINE)], "currentColor", dashed=True)
    yield _text(left + 26, y + LINE + 4, "of the processor", anchor="start")


# --- scales ------------------------------------------------------------------------------------


def _values(series: Series) -> Iterator[float]:
    for point in series.points:
        yield point.value
        if point.cpu:
            yield point.cpu


def _range(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a scale on which all of some values lie: 1, 2 or 5 of their decade."""
    low = max(each for each in _steps(min(values)) if each <= min(values) * 1.0001)
    high = min(each for each in _steps(max(values)) if each >= max(values) * 0.9999)
    return (low, high) if low < high else (low / 2, high * 2)


def _steps(value: float) -> list[float]:
    decades = range(floor(log10(value)) - 1, ceil(log10(value)) + 2)
    return [step * 10.0**decade for decade in decades for step in (1, 2, 5)]


def _ticks(low: float, high: float) -> list[float]:
    """Return where lines go across: all of 1, 2 and 5, or only decades where those are many."""
    between = [
        step * 10.0**decade
        for decade in range(floor(log10(low)), ceil(log10(high)) + 1)
        for step in ((1, 2, 5) if high / low < 500 else (1,))
    ]
    return [each for each in between if low * 0.999 <= each <= high * 1.001]


# --- pieces ------------------------------------------------------------------------------------


def _line(x: float, y: float, to_x: float, to_y: float, *, opacity: float) -> str:
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"'
    return f'<line {ends} stroke="currentColor" stroke-opacity="{opacity}"/>'


def _curve(places: Sequence[tuple[float, float]], colour: str, *, dashed: bool = False) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    look = 'stroke-width="1.2" stroke-dasharray="4 3"' if dashed else 'stroke-width="1.8"'
    return f'<polyline points="{points}" fill="none" stroke="{colour}" {look}/>'


def _text(
    x: float,
    y: float,
    written: str,
    *,
    anchor: str = "middle",
    bold: bool = False,
    turned: bool = False,
) -> str:
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    weight = ' font-weight="bold"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f"<text {place}{weight}{turn}>{escape(written)}</text>"
