"""What the page on speed shows: tables and pictures of what the benchmarks found last."""

from collections.abc import Sequence

from benchmarks.measuring import Figure, Series, amount
from benchmarks.plots import plot
from benchmarks.results import read_results
from definitions.language.text import MONTHS

HEAD = (
    "| what | beside | is | at most | processor | at most | met | measured |\n" + "|---" * 8 + "|"
)


def measured_when() -> str:
    """Return on which days and machines everything was measured."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, section in sorted(read_results().items()):
        day = f"{section.on.day} {MONTHS[section.on.month - 1]} {section.on.year}"
        found.setdefault((day, section.machine), []).append(name)
    lines = [
        f"- On {day}, on {machine}: {', '.join(names)}." for (day, machine), names in found.items()
    ]
    return "\n".join(lines)


def measured(*names: str) -> str:
    """Return the table of what some benchmarks found.

    Args:
        names: of the benchmarks, as ``python -m benchmarks`` takes them.
    """
    results = read_results()
    figures = [each for name in names if name in results for each in results[name].figures]
    if not figures:
        return f"*Not measured yet: {', '.join(names)}.*"
    return "\n".join([HEAD, *(_row(figure) for figure in figures)])


def grown(along: str) -> str:
    """Return the pictures of all that grows along something, one for each unit."""
    series = [
        each
        for section in read_results().values()
        for each in section.series
        if each.along == along and len(each.points) > 1
    ]
    if not series:
        return f"*Not measured yet: growth along {along}.*"
    units: dict[str, list[Series]] = {}
    for each in series:
        units.setdefault(each.unit, []).append(each)
    return "\n\n".join(_picture(each) for each in units.values())


def _picture(series: Sequence[Series]) -> str:
    return f'```{{raw}} html\n<div class="picture">{plot(series)}</div>\n```'


def _row(figure: Figure) -> str:
    met = {None: "", True: "yes", False: "**no**"}[figure.met]
    cells = [
        figure.what,
        f"`{figure.beside}`" if figure.beside.startswith("import ") else figure.beside,
        _amount(figure.value, figure.unit),
        _amount(figure.bound, figure.unit),
        _amount(figure.cpu, figure.unit),
        _amount(figure.cpu_bound, figure.unit),
        met,
        figure.remark,
    ]
    return f"| {' | '.join(cells)} |"


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{amount(value)} {unit}".strip()
