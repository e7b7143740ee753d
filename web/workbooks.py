"""Excel workbooks: the first sheet of one that was sent along.

A workbook is a ZIP file of XML, and anybody can have made it: what it would unpack to is looked at
before anything is, and the rows are read one by one until there are too many. Formulas are neither
computed nor believed: what another program made of them is not asked for.
"""

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from posixpath import join, normpath
from typing import IO
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape

from definitions.language.text import text
from web.sheets import (
    EMPTY,
    MOST_COLUMNS,
    Cell,
    Kind,
    Row,
    Sheet,
    SheetRefused,
    filled,
    too_large,
)

MOST_PARTS = 500
LARGEST_SHEET = 32 << 20
"""How many bytes of XML a sheet may be: it is read row by row."""
MOST_CELLS = 500_000
"""How many cells there may be in it, the empty ones too."""
LARGEST_ROW = 512 << 10
"""How many a row may be, and what stands before the first."""
LARGEST_REST = 2 << 20
"""How many may stand below the rows: merged cells, and what else is said of them."""
LARGEST_WORDS = 4 << 20
"""How many the words may be that cells have in common: they are read whole."""
LARGEST_PART = 1 << 20
"""How many any other part may be that is read: the styles, the names of the sheets."""
LARGEST_OTHER = 12 << 20
"""How many a part may be that is not: a picture, say."""
DAYS = range(10_000, 110_000)
"""The numbers by which Excel keeps the days that can be meant: 1927 to 2201."""
YEARS = range(1900, 2200)

_COUNTED = {"sharedstrings.xml": (b"<si", 150_000), "styles.xml": (b"<xf", 65_000)}
"""The parts of which everything becomes a value that is kept: how many there may be of what."""
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*\?>)?\s*<[A-Za-z_]")
"""How a part begins that declares nothing of its own."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7}))"')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_OF = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheet_of_workbook(data: bytes) -> Sheet:
    """Return the first sheet of a workbook that is not hidden.

    Raises:
        SheetRefused: it is no workbook, has macros or a password, is damaged, or too large.
    """
    warnings.filterwarnings("ignore", module="openpyxl")  # of what it leaves out: we take words
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check(archive)
            title, merged, others = _first(archive)
        return Sheet(_read(data, title), merged, others)
    except SheetRefused:
        raise
    except Exception as error:
        # A reader of what others wrote fails in as many ways as there are files.
        raise SheetRefused(
            text("This workbook cannot be read: it is damaged, or something else."),
            advice=text("Open it in Excel, save it as an Excel workbook (.xlsx), or paste it."),
        ) from error


def _check(archive: zipfile.ZipFile) -> None:
    """Refuse what is no plain workbook, before anything of it is unpacked."""
    parts = archive.infolist()
    names = {each.filename for each in parts}
    if "xl/workbook.xml" not in names:
        raise SheetRefused(
            text("This file is no Excel workbook."),
            advice=text("Save it as an Excel workbook (.xlsx) or as CSV, or paste the rows."),
        )
    if any("vbaproject" in each.lower() for each in names):
        raise SheetRefused(
            text("This workbook has macros."),
            advice=text("Save it as an Excel workbook without them (.xlsx)."),
        )
    if len(parts) > MOST_PARTS or any(each.file_size > _most(each.filename) for each in parts):
        raise too_large()
    for each in parts:
        if each.filename.endswith((".xml", ".rels")):
            with archive.open(each) as part:
                if _BEGINS.match(part.read(1024)) is None:
                    raise ValueError(each.filename)
        sign, most = _COUNTED.get(each.filename.lower().rpartition("/")[2], (b"<", 0))
        if most and archive.read(each).count(sign) > most:
            raise too_large()


def _most(part: str) -> int:
    if part.startswith("xl/worksheets/"):
        return LARGEST_SHEET
    if part.lower().endswith("sharedstrings.xml"):
        return LARGEST_WORDS
    return LARGEST_PART if part.endswith((".xml", ".rels")) else LARGEST_OTHER


def _read(data: bytes, title: str) -> tuple[Row, ...]:
    """Return the rows of a sheet that have something in them."""
    book = openpyxl.load_workbook(BytesIO(data), read_only=True, keep_links=False)
    try:
        sheet = book[title]
        sheet.reset_dimensions()  # a sheet can say that it is larger than it is
        return filled(_rows(sheet.iter_rows(max_col=MOST_COLUMNS), book.epoch))
    finally:
        book.close()


def _rows(found: Iterator[tuple[object, ...]], epoch: datetime) -> Iterator[Row]:
    for number, cells in enumerate(found, 1):
        read = [_cell(each, epoch) for each in cells]
        while read and read[-1] is EMPTY:
            read.pop()
        yield Row(number, tuple(read))


def _cell(found: object, epoch: datetime) -> Cell:
    value: object = getattr(found, "value", None)
    of = str(getattr(found, "data_type", "n"))
    if of == "f":
        return Cell("=…", Kind.FORMULA)
    if of == "e":
        return Cell(str(value), Kind.FAULT)
    match value:
        case None:
            return EMPTY
        case datetime():
            return Cell(value.date().isoformat(), Kind.DAY)
        case date():
            return Cell(value.isoformat(), Kind.DAY)
        case bool() | time() | timedelta():
            return Cell(str(value))
        case int() | float():
            return _number(value, epoch)
        case _:
            return Cell(unescape(str(value)).strip())


def _number(value: float, epoch: datetime) -> Cell:
    """Return a number, with the day that it is where it stands in a column of dates."""
    written = str(int(value)) if value == int(value) else str(value)
    if int(value) not in DAYS or int(value) in YEARS:
        return Cell(written, Kind.NUMBER)
    day = from_excel(int(value), epoch)
    return Cell(written, Kind.NUMBER, day.date() if isinstance(day, datetime) else None)


# --- sheets ------------------------------------------------------------------------------------

Merged = tuple[tuple[int, int, str], ...]


def _first(archive: zipfile.ZipFile) -> tuple[str, Merged, tuple[str, ...]]:
    """Return the first sheet that can be seen, where its cells are merged, and the other sheets.

    Every sheet without its dimensions is read whole as soon as a workbook is opened, so each of
    them is looked at before.

    Raises:
        SheetRefused: there is none, or one is larger than it may be.
    """
    sheets = list(_sheets(archive))
    seen = [(title, path) for title, path, is_hidden in sheets if not is_hidden]
    if not seen:
        raise SheetRefused(text("This workbook has no sheet that can be seen."))
    title, path = seen[0]
    for _, other, _ in sheets:
        if other != path and not _says_its_size(archive, other):
            _merged(archive, other)
    return title, _merged(archive, path), tuple(name for name, _ in seen[1:])


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, bool]]:
    """Yield the title and the part of each sheet of cells, and whether it is hidden."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - no entities
    parts = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    targets = {each.get("Id"): each.get("Target", "") for each in parts}
    for each in book.iter(f"{_MAIN}sheet"):
        target = targets[each.get(_OF)]
        path = normpath(target[1:] if target.startswith("/") else join("xl", target))
        if path.startswith("xl/worksheets/"):
            yield each.get("name", ""), path, each.get("state", "visible") != "visible"


def _says_its_size(archive: zipfile.ZipFile, path: str) -> bool:
    with archive.open(path) as part:
        return b"<dimension " in part.read(1 << 12)


def _merged(archive: zipfile.ZipFile, path: str) -> Merged:
    """Return where the cells of a sheet are merged: only the first of them has what is said.

    Raises:
        SheetRefused: a row, or what stands below the rows, is larger than it may be.
    """
    below = b""
    with archive.open(path) as part:
        for piece in _below(part):
            below += piece
            if len(below) > LARGEST_REST:
                raise too_large()
    found = ((int(e[2]), int(e[3]), e[1].decode()) for e in _MERGED.finditer(below))
    return tuple(dict.fromkeys(found))


_ENDS = re.compile(rb"</(?:\w+:)?sheetData")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_TAIL = 64
"""How many bytes of a piece are looked at again with the next: more than what is looked for has."""


def _below(part: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands below the rows of a sheet.

    Raises:
        SheetRefused: a row is larger than it may be.
        ValueError: it has what no program writes there: a comment, say, to hide a row in.
    """
    rest, since, cells, ended = b"", 0, 0, False
    while piece := part.read(1 << 16):
        if ended:
            yield piece
            continue
        rest = rest[-_TAIL:] + piece
        if b"<!" in rest:
            raise ValueError(part.name)
        if (end := _ENDS.search(rest)) is not None:
            ended = True
            yield rest[end.start() :]
            continue
        *_, last = (0, *(each.start() for each in _ROW.finditer(rest)))
        since = len(rest) - last if last else since + len(piece)
        cells += len(_CELL.findall(piece))
        if since > LARGEST_ROW or cells > MOST_CELLS:
            raise too_large()
