"""The page of a terminal: the words of a plain page, drawn with weight, colour and guides.

Text is folded as on a plain page before it is drawn, and is never read as markup. Colour says
nothing that the words do not say; with ``NO_COLOR`` only the layout remains.
"""

import re
from collections.abc import Mapping, Sequence
from io import StringIO

from rich import box
from rich.console import Console, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text as Drawn
from rich.tree import Tree

from definitions.language.text import Text
from definitions.language.values import dataclass
from screens.page import Branch, Cell, Mark, Page, Place, folded_row, mark_of, shares
from screens.safe_text import printable

WIDEST_LINE = 120
"""A line of prose that is longer is hard to read."""
_PADDING = re.compile(r"(?: |\x1b\[[0-9;]*m *\x1b\[0m)+$", re.MULTILINE)
_PADDING_IN_STYLE = re.compile(r" +(?=\x1b\[0m$)", re.MULTILINE)
_COMMAND = Style(color="cyan")
_DOTS = {Place.DONE: "●", Place.AGAINST: "✗", Place.OPEN: "○"}
_SIGNS = {True: ("✓", Mark.GOOD), False: ("✗", Mark.LATE)}


@dataclass(frozen=True, slots=True)
class TerminalPage(Page):
    """Where a screen for a terminal is written.

    Attributes:
        encoding: what the terminal can show.
        environment: says how many colours it has, and whether they are wanted.
    """

    encoding: str = "utf-8"
    environment: Mapping[str, str] | None = None

    def wrapped(
        self, line: str, indent: int = 0, hanging: int = 2, mark: Mark | None = None
    ) -> str:
        """Return a line folded to the width, in the style of its mark."""
        readable = Page(self.language, min(self.width, WIDEST_LINE))
        plain = readable.wrapped(line, indent, hanging)
        return plain if mark is None else self._styled(plain, _style(mark))

    def command(self, *words: str | Text, indent: int = 2) -> str:
        """Return a command on a line of its own, never folded: to be copied as it stands."""
        plain = Page(self.language, database=self.database)
        return self._styled(plain.command(*words, indent=indent), _COMMAND)

    def bar(self, places: Sequence[Place]) -> str:
        """Return how far something is: full dots and open ones, and crosses for against."""
        if not self._shows("".join(_DOTS.values())):
            return Page(self.language).bar(places)
        return "".join(_DOTS[each] for each in shares(places))

    def tree(self, branch: Branch, depth: int = 0) -> str:
        """Return a branch and those under it, with guides."""
        indent = " " * (2 + 2 * depth)
        tree = self._grown(branch)
        drawn = self._drawn(tree, max(self.width, 20) - len(indent))
        return "\n".join(f"{indent}{line}" for line in drawn.splitlines())

    def _grown(self, branch: Branch) -> Tree:
        sign, mark = _SIGNS[branch.holds]
        shown = f"{sign} {branch.sign}" if self._shows(sign) else branch.sign
        label = Drawn.assemble((shown, _style(mark)), "  ", _on_one_line(branch.said))
        for more in branch.more:
            label.append(f"\n{_on_one_line(more)}")
        tree = Tree(label, guide_style="dim")
        for child in branch.children:
            tree.children.append(self._grown(child))
        return tree

    def _columns(self, rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> str:
        rule = self._shows("─")
        table = Table(
            box=box.SIMPLE_HEAD if rule else None,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1 if rule else 2, 0, 0),
            header_style="bold",
            border_style="dim",
        )
        heading, *others = [folded_row(row, widths) for row in rows]
        for title, width in zip(heading, widths, strict=True):
            table.add_column(Drawn("\n".join(title)), width=width, overflow="fold")
        for row, cells in zip(rows[1:], others, strict=True):
            table.add_row(*map(_cell, row, cells))
        return self._drawn(table, max(self.width, 20))

    def _styled(self, lines: str, style: Style) -> str:
        """Return lines in a style, their margin left as it is."""
        console = self._console(max(self.width, 20))
        with console.capture() as drawn:
            for line in lines.split("\n"):
                words = line.lstrip(" ")
                margin = Drawn(" " * (len(line) - len(words)))
                console.print(margin + Drawn(words, style), soft_wrap=True)
        return drawn.get().removesuffix("\n")

    def _drawn(self, shape: RenderableType, width: int) -> str:
        console = self._console(width)
        with console.capture() as drawn:
            console.print(shape)
        return _PADDING_IN_STYLE.sub("", _PADDING.sub("", drawn.get())).removesuffix("\n")

    def _console(self, width: int) -> Console:
        return Console(
            file=_Sheet(self.encoding),
            width=width,
            force_terminal=True,
            markup=False,
            emoji=False,
            highlight=False,
            _environ=self.environment or {},
        )

    def _shows(self, characters: str) -> bool:
        try:
            characters.encode(self.encoding)
        except (LookupError, UnicodeEncodeError):
            return False
        return True


class _Sheet(StringIO):
    """A file that is never written to; it says what the terminal can show."""

    encoding = ""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self.encoding = encoding


def _on_one_line(words: str) -> str:
    return " ".join(printable(words).split())


def _cell(cell: Cell, lines: Sequence[str]) -> Drawn:
    mark = mark_of(cell)
    return Drawn("\n".join(lines), "" if mark is None else _style(mark))


def _style(mark: Mark) -> Style:
    match mark:
        case Mark.HEADING:
            return Style(bold=True)
        case Mark.GOOD:
            return Style(color="green")
        case Mark.LATE:
            return Style(color="red", bold=True)
        case Mark.WAITING:
            return Style(color="yellow")
        case Mark.UNPROVED:
            return Style(color="magenta")
        case Mark.ASIDE:
            return Style(dim=True)
