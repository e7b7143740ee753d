"""Tables that somebody pasted or sent along: the rows and cells in them, before any meaning.

A table comes as text (tabs, semicolons or commas between its cells), or as a file of that or an
Excel workbook. What is too large is refused before it is read, and nothing in it is computed.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from io import StringIO

from definitions.language.errors import InvalidValue
from definitions.language.text import text
from definitions.language.values import dataclass

MOST_PASTED = 1 << 20
"""How many characters can be pasted."""
MOST_ROWS = 2_000
"""How many rows with something in them a table may have, its titles not counted."""
MOST_LINES = 20_000
"""How many rows are looked at, the empty ones too."""
MOST_COLUMNS = 60
"""How many columns are looked at."""
MOST_WORDS = 2 << 20
"""How many characters there may be in all cells together."""
ABOVE = 10
"""How many rows there may be above the titles of the columns: that of the table, a date."""

SIGNS = "\t;,"
"""What can stand between cells, the least ambiguous first."""
_SAYS_SIGN = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_INERT = re.compile(r"'+\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""A cell that a program which wrote it made inert, by an apostrophe."""


class SheetRefused(InvalidValue):
    """A table cannot be read, or is too large.

    Cause: another kind of file, an encoding that is not known, or more than a table may have.
    Remedy: the advice says how to save it. Nothing of it was recorded.
    """


class Kind(Enum):
    """What is in a cell."""

    WORDS = "words"
    DAY = "day"
    NUMBER = "number"
    FORMULA = "formula"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes:
        written: what stands in it; a day as 2021-03-16.
        day: the day that a number stands for, by the calendar of its workbook; else None.
    """

    written: str
    kind: Kind = Kind.WORDS
    day: date | None = None


EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with its number in the sheet; the first is 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(each.written for each in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was read.

    Attributes:
        rows: those with something in them.
        merged: the first and the last row of cells that were merged, and where they are.
        others: the names of other sheets of its workbook, which are not read.
    """

    rows: tuple[Row, ...]
    merged: tuple[tuple[int, int, str], ...] = ()
    others: tuple[str, ...] = ()


def too_many_rows() -> SheetRefused:
    """Return the refusal of a table with more rows than a table may have."""
    return SheetRefused(
        text("A table has at most {most} rows, and this one has more.", most=MOST_ROWS),
        advice=text("Divide it into several tables, and enter them one after the other."),
    )


def too_large() -> SheetRefused:
    """Return the refusal of a file with more in it than a table may have."""
    return SheetRefused(
        text(
            "There is too much in this file: a table has at most {most} rows, and {mb} MB of text.",
            most=MOST_ROWS,
            mb=MOST_WORDS >> 20,
        ),
        advice=text("Copy the rows into a new file, or paste them."),
    )


def filled(rows: Iterator[Row]) -> tuple[Row, ...]:
    """Return the rows with something in them.

    Raises:
        SheetRefused: there are more than a table may have; no more of them are read.
    """
    found: list[Row] = []
    words = 0
    for row in rows:
        if row.number > MOST_LINES:
            raise SheetRefused(
                text("The table goes on below row {most}.", most=MOST_LINES),
                advice=text("Copy the rows that are filled in into a new file, or paste them."),
            )
        if not row.is_empty:
            found.append(row)
        words += sum(len(each.written) for each in row.cells)
        if words > MOST_WORDS:
            raise too_large()
        if len(found) > MOST_ROWS + ABOVE:
            raise too_many_rows()
    return tuple(found)


# --- text --------------------------------------------------------------------------------------


def sheet_of_text(written: str) -> Sheet:
    """Return a table that was pasted, or that a file of text holds.

    Raises:
        SheetRefused: a quotation mark is not closed, or there is more of it than may be.
    """
    if "\0" in written:
        raise no_table()
    said = _SAYS_SIGN.match(written)
    skipped = 0 if said is None else 1
    sign = said[1] if said is not None else _sign_of(written)
    lines = StringIO(written[0 if said is None else said.end() :], newline="")
    reader = csv.reader(lines, delimiter=sign, strict=True)
    try:
        return Sheet(filled(_rows(reader, skipped)))
    except csv.Error:
        raise SheetRefused(
            text("Row {row} cannot be read as a row of a table.", row=reader.line_num + skipped),
            advice=text("Look whether every quotation mark in it is closed."),
        ) from None


def _rows(found: Iterator[Sequence[str]], skipped: int) -> Iterator[Row]:
    for number, cells in enumerate(found, 1 + skipped):
        yield Row(number, tuple(Cell(_as_written(each)) for each in cells[:MOST_COLUMNS]))


def _as_written(cell: str) -> str:
    """Return what stands in a cell, without the apostrophe that made it inert."""
    cell = cell.strip()
    return cell[1:] if _INERT.match(cell) else cell


def _sign_of(written: str) -> str:
    """Return what stands between the cells: the sign that parts the first row into most."""
    first = next((each for each in written[:65_536].splitlines() if each.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return next((sign for sign in SIGNS if sign in bare), "\t")


def pasted_of(lines: Iterable[Sequence[str]]) -> str:
    """Return rows as text that can be pasted: a row a line, with tabs between its cells."""
    out = StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(
        [_kept(each) for each in line] for line in lines
    )
    return out.getvalue()


def _kept(cell: str) -> str:
    """Return a cell that is read as it stands, also where it seems to have been made inert."""
    return f"'{cell}" if _INERT.match(cell) else cell


def no_table() -> SheetRefused:
    """Return the refusal of what is no table at all."""
    return SheetRefused(
        text("This cannot be read as a table."),
        advice=text("Save it as an Excel workbook (.xlsx) or as CSV in UTF-8, or paste the rows."),
    )
