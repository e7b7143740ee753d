"""Tables as files: CSV, and Excel workbooks, in which no cell does anything when it is opened.

The same table is the same bytes: a workbook says nothing of when it was made, and is packed without
times. It is written here, since five short parts are all there is to it.
"""

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from xml.sax.saxutils import escape

from definitions.language.values import dataclass
from screens.safe_text import printable

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""The kinds of files, by their endings."""

SIGNS = {"nl": ";", "en": ","}
"""What stands between the cells of a CSV file: in Dutch, what a Dutch Excel expects."""

Cell = str | int
_LIVE = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet computes, or that it already made inert."""
_MADE = (1980, 1, 1, 0, 0, 0)
"""When the parts of a workbook were made: the first moment that a ZIP file can name."""
WIDEST, NARROWEST = 60, 8


@dataclass(frozen=True, slots=True)
class Table:
    """A table that comes out.

    Attributes:
        name: what it is called, in an address.
        title: what it is called in the reader's language.
        titles: the names of its columns.
        rows: its rows, with a cell for each column.
    """

    name: str
    title: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def without_empty(table: Table, kept: Sequence[int]) -> Table:
    """Return a table without the columns in which nothing stands, but for some of them."""
    shown = [
        at
        for at in range(len(table.titles))
        if at in kept or any(row[at] != "" for row in table.rows)
    ]
    return Table(
        table.name,
        table.title,
        tuple(table.titles[at] for at in shown),
        tuple(tuple(row[at] for at in shown) for row in table.rows),
    )


def csv_of(table: Table, language: str) -> bytes:
    """Return a table as CSV, in UTF-8 with the mark by which Excel knows it."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=SIGNS[language], lineterminator="\r\n")
    writer.writerow(map(inert, table.titles))
    writer.writerows([inert(each) for each in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def inert(cell: Cell) -> Cell:
    """Return a cell as CSV has it: with an apostrophe, where a spreadsheet would compute it."""
    if isinstance(cell, int):
        return cell
    said = spelled(cell)
    return f"'{said}" if _LIVE.match(said) else said


def spelled(cell: str) -> str:
    """Return a text of which every line is visible: what cannot be seen in it is spelled out."""
    lines = cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(printable(each).replace("\t", "\\x09") for each in lines)


# --- workbooks ---------------------------------------------------------------------------------

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMES = "http://schemas.openxmlformats.org"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_NAMES}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.styles+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_NAMES}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_NAMES}/officeDocument/2006/relationships/'
        'officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_NAMES}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_NAMES}/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_NAMES}/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_NAMES}/spreadsheetml/2006/main">'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
        'applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
        'applyFont="1"/></cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
"""The parts of a workbook that are always the same. Its cells are of the format “text”."""


def xlsx_of(table: Table) -> bytes:
    """Return a table as an Excel workbook, in which every cell is a text or a number."""
    title = escape(_sheet_title(table.title), {'"': "&quot;"})
    book = (
        f'<workbook xmlns="{_NAMES}/spreadsheetml/2006/main" '
        f'xmlns:r="{_NAMES}/officeDocument/2006/relationships">'
        "<bookViews><workbookView/></bookViews>"
        f'<sheets><sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts = {
        **_PARTS,
        "xl/workbook.xml": book,
        "xl/worksheets/sheet1.xml": "".join(_sheet(table)),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, said in parts.items():
            part = zipfile.ZipInfo(name, _MADE)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 3
            archive.writestr(part, f"{_XML}{said}".encode())
    return out.getvalue()


def _sheet_title(title: str) -> str:
    """Return the name of a sheet: Excel takes 31 characters, and some it does not take."""
    return re.sub(r"[\[\]:*?/\\']", " ", spelled(title)).strip()[:31] or "mijlpaal"


def _sheet(table: Table) -> Iterator[str]:
    yield f'<worksheet xmlns="{_NAMES}/spreadsheetml/2006/main"><sheetViews><sheetView '
    yield 'workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    yield 'state="frozen"/></sheetView></sheetViews><cols>'
    for at, title in enumerate(table.titles):
        width = max([len(title), *(_longest(row[at]) for row in table.rows)])
        width = min(max(width + 2, NARROWEST), WIDEST)
        yield f'<col min="{at + 1}" max="{at + 1}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    for number, row in enumerate((table.titles, *table.rows), 1):
        yield f'<row r="{number}">'
        yield from (_cell(each, at, number) for at, each in enumerate(row) if each != "")
        yield "</row>"
    yield "</sheetData></worksheet>"


def _longest(cell: Cell) -> int:
    return max(map(len, str(cell).split("\n")))


def _cell(cell: Cell, at: int, row: int) -> str:
    where = f"{_letters(at)}{row}"
    if isinstance(cell, int):
        return f'<c r="{where}"><v>{cell}</v></c>'
    style = 2 if row == 1 else 1
    said = escape(_kept(spelled(cell)))
    return (
        f'<c r="{where}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
    )


def _kept(said: str) -> str:
    r"""Return a text of which Excel reads nothing as the code of a character: _x0041_, say."""
    said = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", said)
    return re.sub("[\ufffe\uffff]", lambda found: rf"\x{ord(found[0]):x}", said)[:32_767]


def _letters(at: int) -> str:
    """Return the letters of a column, of which the first is 0."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
