"""The page a screen is written on: its language and its width."""

import gettext
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from definitions.text import Text

DOMAIN = "mijlpaal"
INDENT = "  "


@dataclass(frozen=True, slots=True)
class Page:
    """Where a screen is written.

    Attributes:
        language: the language, as in ``nl`` or ``en``.
        width: how many characters fit on a line.
    """

    language: str = "en"
    width: int = 100

    def say(self, sentence: Text) -> str:
        """Return a sentence in the page's language."""
        return sentence.render(catalogue(self.language))

    def wrapped(self, line: str, indent: int = 0, hanging: int = 2) -> str:
        """Return a line folded to the width; what is folded hangs a little further in."""
        return textwrap.fill(
            line,
            width=max(self.width, 20),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def table(self, rows: Sequence[Sequence[str]], indent: int = 0) -> str:
        """Return rows in columns as wide as what is in them; the first row is the heading.

        A column with nothing in it is left out. Where the page is too narrow, each row becomes
        a few lines instead.
        """
        filled = [any(column[1:]) for column in zip(*rows, strict=True)]
        rows = [[cell for cell, any_ in zip(row, filled, strict=True) if any_] for row in rows]
        widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
        if indent + sum(widths) + 2 * (len(widths) - 1) > self.width:
            return self._records(rows, indent)
        lines = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            for row in rows
        )
        return "\n".join(" " * indent + line.rstrip() for line in lines)

    def _records(self, rows: Sequence[Sequence[str]], indent: int) -> str:
        heading, *records = rows
        lines: list[str] = []
        for name, *cells in records:
            lines.append(self.wrapped(name, indent))
            lines += [
                self.wrapped(f"{title}: {cell}", indent + 2)
                for title, cell in zip(heading[1:], cells, strict=True)
                if cell
            ]
        return "\n".join(lines)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; the source language where there is none."""
    with as_file(files("screens").joinpath("locale")) as folder:
        return gettext.translation(DOMAIN, folder, [language], fallback=True)


def joined(lines: Iterable[str]) -> str:
    """Return lines as one text."""
    return "\n".join(lines)
