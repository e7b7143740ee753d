"""Sheets for tests: workbooks as Excel writes them, and such as nobody means well with."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook

from web.table_files import Table, xlsx_of

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(rows: Sequence[Sequence[object]], *, merged: str = "", others: int = 0) -> bytes:
    """Return a workbook as openpyxl writes it, with a sheet of some rows."""
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    for number in range(others):
        book.create_sheet(f"Ander {number}")
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as a file."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def changed(book: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook with some of its parts changed, or with more of them."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old:
        found = {each: old.read(each) for each in old.namelist()}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, said in {**found, **parts}.items():
            new.writestr(name, said)
    return out.getvalue()


def raw(rows: str, below: str = "") -> bytes:
    """Return a workbook whose sheet has rows of a test's own XML."""
    sheet = f"<worksheet {MAIN}><sheetData>{rows}</sheetData>{below}</worksheet>"
    plain = xlsx_of(Table("x", "x", ("x",), ()))
    return changed(plain, {"xl/worksheets/sheet1.xml": sheet.encode()})


def row_of(*cells: str) -> str:
    """Return a row of words, as XML."""
    found = "".join(f'<c t="inlineStr"><is><t>{each}</t></is></c>' for each in cells)
    return f"<row>{found}</row>"
