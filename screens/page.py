"""The page a screen is written on: its language and its width."""

import gettext
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import zip_longest

from definitions.text import Text

DOMAIN = "mijlpaal"
GAP = "  "
_STICKY = "\u00a0"
"""A space at which a cell is not folded; printed as any other."""
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that steer a terminal or turn text round, instead of standing in it."""


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
        if line.isprintable() and "  " not in line:
            return _cut(line.strip(" "), max(self.width, 20), indent, hanging)
        return textwrap.fill(
            seen(line),
            width=max(self.width, 20),
            initial_indent=" " * indent,
            subsequent_indent=" " * (indent + hanging),
            break_long_words=False,
            break_on_hyphens=False,
        )

    def told(self, sentence: Text, indent: int = 0, hanging: int = 2) -> str:
        """Return a sentence in the page's language, folded to the width."""
        return self.wrapped(self.say(sentence), indent, hanging)

    def table(self, titles: Sequence[Text], rows: Sequence[Sequence[str]]) -> str:
        """Return rows in columns as wide as what is in them, under their titles.

        A column with nothing in it is left out. Where the page is too narrow, cells are folded
        between words; where it is narrower still, each row becomes a few lines.
        """
        filled = [not rows or any(row[index] for row in rows) for index in range(len(titles))]
        rows = [
            [seen(cell) for cell, any_ in zip(row, filled, strict=True) if any_]
            for row in [[self.say(title) for title in titles], *rows]
        ]
        widths = self._widths(rows)
        if widths is None:
            return self._records(rows)
        return "\n".join(line for row in rows for line in _folded(row, widths))

    def _widths(self, rows: Sequence[Sequence[str]]) -> list[int] | None:
        """Return how wide each column is, the widest narrowed first; None where none will do."""
        columns = list(zip(*rows, strict=True))
        widths = [max(len(cell) for cell in column) for column in columns]
        least = [
            max(len(word) for cell in column for word in cell.split(" ")) for column in columns
        ]
        room = self.width - len(GAP) * (len(columns) - 1)
        while sum(widths) > room:
            spare = [
                wide if wide > least_ else 0 for wide, least_ in zip(widths, least, strict=True)
            ]
            if not any(spare):
                return None
            widths[spare.index(max(spare))] -= 1
        return widths

    def _records(self, rows: Sequence[Sequence[str]]) -> str:
        heading, *records = rows
        lines: list[str] = []
        for name, *cells in records:
            lines.append(self.wrapped(name.replace(_STICKY, " ")))
            lines += [
                self.wrapped(f"{title}: {cell}".replace(_STICKY, " "), 2)
                for title, cell in zip(heading[1:], cells, strict=True)
                if cell
            ]
        return "\n".join(lines)


def unbroken(cell: str) -> str:
    """Return what stands in a table so that it is not folded."""
    return cell.replace(" ", _STICKY)


def _cut(line: str, width: int, indent: int, hanging: int) -> str:
    """Return a plain line folded between words, as ``textwrap`` does but ten times as fast.

    An account of ten thousand entries is twenty thousand lines.
    """
    margin, room, folded = " " * indent, width - indent, []
    while len(line) > room:
        at = line.rfind(" ", 0, room + 1)
        at = at if at > 0 else line.find(" ")  # a word too long for a line has one of its own
        if at < 0:
            break
        folded.append(margin + line[:at])
        line = line[at + 1 :]
        margin, room = " " * (indent + hanging), width - indent - hanging
    return "\n".join([*folded, margin + line])


def seen(line: str) -> str:
    """Return a text in which characters that would steer a terminal are spelled out."""
    return _UNSEEN.sub(lambda found: f"\\x{ord(found[0]):02x}", line)


def _folded(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield a row of a table as lines, each cell folded to the width of its column."""
    cells = [
        textwrap.wrap(cell, width, break_long_words=False, break_on_hyphens=False)
        for cell, width in zip(row, widths, strict=True)
    ]
    for line in zip_longest(*cells, fillvalue=""):
        padded = (part.ljust(width) for part, width in zip(line, widths, strict=True))
        yield GAP.join(padded).rstrip().replace(_STICKY, " ")


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language; the source language where there is none."""
    with as_file(files("screens").joinpath("locale")) as folder:
        return gettext.translation(DOMAIN, folder, [language], fallback=True)


def joined(lines: Iterable[str]) -> str:
    """Return lines as one text."""
    return "\n".join(lines)
