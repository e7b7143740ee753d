"""Tables that go out: nothing in them does anything, and the same table is the same bytes."""

import csv
import re
import zipfile
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.properties import examples
from web.sheet_files import sheet_of_file
from web.table_files import SIGNS, Cell, Table, csv_of, inert, xlsx_of

TABLE = Table("besluiten", "Besluiten", ("Gemeente", "Stemmen"), (("Zuid", 19), ("Oost", "")))
CELLS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.text(max_size=12),
    st.builds(
        lambda sign, rest: sign + rest, st.sampled_from("=+-@\t\r'\n ＝"), st.text(max_size=9)
    ),
)
TABLES = st.lists(st.tuples(CELLS, CELLS), max_size=4).map(
    lambda rows: Table("x", "x", ("een", "twee"), tuple(rows))
)
LIVE = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")


def read_csv(data: bytes, sign: str) -> list[list[str]]:
    """Return the cells of a CSV file, as a spreadsheet takes them apart."""
    return list(csv.reader(StringIO(data.decode("utf-8-sig"), newline=""), delimiter=sign))


def test_a_dutch_excel_opens_the_dutch_one() -> None:
    """Semicolons, the mark of UTF-8, and the ends of lines that it has itself."""
    assert "\ufeffGemeente;Stemmen\r\nZuid;19\r\nOost;\r\n".encode() == csv_of(TABLE, "nl")
    assert "\ufeffGemeente,Stemmen\r\nZuid,19\r\nOost,\r\n".encode() == csv_of(TABLE, "en")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("=1+1", "'=1+1"),
        ("+31 78", "'+31 78"),
        ("-", "'-"),
        ("@sum(a1)", "'@sum(a1)"),
        ("\t=1", "\\x09=1"),
        ("\r=1", "'\n=1"),
        (" =1", "' =1"),
        ("'=1", "''=1"),
        ("'s-Gravendeel", "'s-Gravendeel"),
        ("a\x1b[2Jb\u202ec", "a\\x1b[2Jb\\x202ec"),
        (-3, -3),
    ],
)
def test_a_cell_of_csv_is_inert(cell: Cell, said: Cell) -> None:
    """An apostrophe before what would be computed; what nobody sees is spelled out."""
    assert said == inert(cell)


@given(TABLES, st.sampled_from(sorted(SIGNS)))
@examples(300)
def test_no_cell_of_csv_is_computed(table: Table, language: str) -> None:
    """Whatever somebody wrote: in no cell, and in no line that a cell ends on."""
    found = read_csv(csv_of(table, language), SIGNS[language])
    assert len(table.rows) + 1 == len(found)
    for row, of in zip(found[1:], table.rows, strict=True):
        for cell, given_ in zip(row, of, strict=True):
            assert isinstance(given_, int) or not LIVE.match(cell)
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", cell)


@given(TABLES)
@examples(150)
def test_every_cell_of_a_workbook_is_a_text_or_a_number(table: Table) -> None:
    """Another program reads no formula, no date and no error in it."""
    sheet = openpyxl.load_workbook(BytesIO(xlsx_of(table))).active
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.value is None or cell.data_type in {"s", "inlineStr", "n"}
            assert cell.hyperlink is None


@given(TABLES)
@examples(50)
def test_the_same_table_is_the_same_bytes(table: Table) -> None:
    """And no part says when it was made."""
    data = xlsx_of(table)
    assert data == xlsx_of(table)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {(1980, 1, 1, 0, 0, 0)} == {each.date_time for each in archive.infolist()}
        assert archive.testzip() is None
    assert csv_of(table, "nl") == csv_of(table, "nl")


def test_a_text_that_excel_would_decode_is_kept() -> None:
    """It reads _x0041_ as a letter."""
    table = Table("x", "[a]/b:c", ("een",), (("_x0041_",), ("a\uffffb",)))
    with zipfile.ZipFile(BytesIO(xlsx_of(table))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert 'name="a  b c"' in archive.read("xl/workbook.xml").decode()
    assert "_x005F_x0041_" in sheet
    assert "\uffff" not in sheet
    found = sheet_of_file(xlsx_of(table))
    assert ["een", "_x0041_", r"a\xffffb"] == [row.cells[0].written for row in found.rows]
