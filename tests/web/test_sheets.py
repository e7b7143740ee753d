"""Tables that come in: read whatever wrote them, and refused before they take time or memory."""

import contextlib
import datetime
import resource
import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.support.properties import examples
from tests.support.sheets import changed, raw, row_of, saved, workbook
from web.sheet_files import LARGEST_FILE, decoded, sheet_of_file
from web.sheets import MOST_LINES, MOST_ROWS, Kind, Sheet, SheetRefused, pasted_of, sheet_of_text

HEAD = ("Gemeente", "Besluit", "Datum")
ROW = ("Zuid", "voor", "2026-02-03")
LINES = "Gemeente;Datum\r\n's-Gravendeel;16 maart 2021\r\nÉén;medio april 2021\r\n"


def words(sheet: Sheet) -> list[list[str]]:
    """Return what stands in the cells of a sheet."""
    return [[cell.written for cell in row.cells] for row in sheet.rows]


def refusal(data: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(SheetRefused) as raised:
        sheet_of_file(data)
    return str(raised.value)


# --- text --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["\t", ";", ","])
def test_cells_are_parted_by_tabs_semicolons_or_commas(sign: str) -> None:
    """Whichever of them stands between the names of the columns."""
    found = sheet_of_text(sign.join(HEAD) + "\n" + sign.join(ROW))
    assert [list(HEAD), list(ROW)] == words(found)


def test_a_sign_inside_quotation_marks_parts_nothing() -> None:
    """The name of a column can have a comma in it, and a cell a line of its own."""
    found = sheet_of_text('"Raad, college";Opmerking\nZuid;"een\ntwee; drie"\n')
    assert [["Raad, college", "Opmerking"], ["Zuid", "een\ntwee; drie"]] == words(found)


def test_the_sign_that_excel_says_is_taken() -> None:
    """Its first line is no row, though Excel counts it."""
    found = sheet_of_text("sep=,\nGemeente,Besluit\nZuid,voor;tegen\n")
    assert [["Gemeente", "Besluit"], ["Zuid", "voor;tegen"]] == words(found)
    assert [2, 3] == [row.number for row in found.rows]


def test_rows_keep_their_numbers_where_others_are_empty() -> None:
    """Whoever is told of row 5 finds it as row 5 in the sheet."""
    found = sheet_of_text("\n\nGemeente;Besluit\n;;\nZuid;voor\n \t \n")
    assert [3, 5] == [row.number for row in found.rows]


def test_a_quotation_mark_that_is_not_closed_is_named() -> None:
    """It would take all the rows below it into one cell."""
    with pytest.raises(SheetRefused, match=r"Row 3 cannot be read.*quotation mark") as raised:
        sheet_of_text('Gemeente;Bron\nOost;x\nZuid;"lijst\n')
    assert raised.value.advice is not None


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_a_file_can_be_in_any_usual_encoding(encoding: str) -> None:
    """With or without a mark that says so."""
    assert LINES == decoded(LINES.encode(encoding))


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\x81\x8d\x8f\x90",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xfea\0b\0\0\xd8",
        b"GIF89a\0\0\0",
    ],
)
def test_what_is_no_text_is_no_table(data: bytes) -> None:
    """It says how to save one."""
    assert refusal(data) == (
        "This cannot be read as a table. Save it as an Excel workbook (.xlsx) or as CSV in UTF-8, "
        "or paste the rows."
    )


@given(st.binary(max_size=400))
@examples(200)
def test_any_bytes_are_a_table_or_refused(data: bytes) -> None:
    """Nothing else comes of them, whatever they are."""
    for each in (data, b"PK\x03\x04" + data):
        with contextlib.suppress(SheetRefused):
            assert isinstance(sheet_of_file(each), Sheet)


CELLS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), include_characters="\n"),
    max_size=12,
).map(str.strip)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
@examples(200)
def test_what_is_pasted_again_is_the_same(lines: list[tuple[str, str, str]]) -> None:
    """A table that was refused is shown to be mended: in it nothing was changed."""
    found = sheet_of_text(pasted_of([HEAD, *lines]))
    kept = [list(each) for each in lines if any(each)]
    assert [list(HEAD), *kept] == words(found)


# --- workbooks ---------------------------------------------------------------------------------


def test_a_workbook_is_read_as_it_is_shown() -> None:
    """Words, numbers and days; what is empty stays so."""
    day = datetime.datetime(2021, 3, 16, 14, 30)  # noqa: DTZ001 - as Excel has it
    found = sheet_of_file(
        workbook([HEAD, (), ("Zuid", 19, day), (None, 19.5, datetime.date(2021, 3, 17))])
    )
    assert [
        list(HEAD),
        ["Zuid", "19", "2021-03-16"],
        ["", "19.5", "2021-03-17"],
    ] == words(found)
    assert [1, 3, 4] == [row.number for row in found.rows]
    assert Kind.DAY is found.rows[1].cells[2].kind


@pytest.mark.parametrize(("year", "number"), [(1900, 44271), (1904, 42809)])
def test_a_number_can_be_a_day_by_the_calendar_of_its_workbook(year: int, number: int) -> None:
    """A column of dates that lost its format has numbers in it."""
    book = Workbook()
    if year != 1900:
        book.epoch = CALENDAR_MAC_1904
    book.active.append(["Datum", 2021])
    book.active.append([number])
    found = sheet_of_file(saved(book))
    assert datetime.date(2021, 3, 16) == found.rows[1].cells[0].day
    assert found.rows[0].cells[1].day is None  # a year is one


def test_a_formula_is_not_computed() -> None:
    """Neither is what another program made of it believed."""
    found = sheet_of_file(workbook([HEAD, ("Zuid", "=1+1", '=HYPERLINK("http://x.example")')]))
    assert [Kind.WORDS, Kind.FORMULA, Kind.FORMULA] == [c.kind for c in found.rows[1].cells]
    assert "HYPERLINK" not in str(words(found))


def test_merged_cells_are_known() -> None:
    """Only the first of them has what is said in it."""
    found = sheet_of_file(workbook([HEAD, ROW, ROW], merged="A2:A3"))
    assert ((2, 3, "A2:A3"),) == found.merged


def test_the_first_sheet_that_can_be_seen_is_read() -> None:
    """The others are named."""
    book = Workbook()
    book.active.title = "Hulp"
    book.active.append(["verborgen"])
    book.active.sheet_state = "hidden"
    book.create_sheet("Besluiten").append(HEAD)
    book.create_sheet("Kladblad")
    found = sheet_of_file(saved(book))
    assert [list(HEAD)] == words(found)
    assert ("Kladblad",) == found.others


def test_a_workbook_with_macros_is_refused() -> None:
    """Whatever its name ends in."""
    data = changed(workbook([HEAD]), {"xl/vbaProject.bin": b"x"})
    assert refusal(data) == (
        "This workbook has macros. Save it as an Excel workbook without them (.xlsx)."
    )


def test_an_older_workbook_is_refused_with_what_to_do() -> None:
    """So is one that is closed with a password, which looks the same."""
    said = refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "older Excel, or closed with a password" in said


def test_another_zip_file_is_no_workbook() -> None:
    """An OpenDocument sheet, say."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert "This file is no Excel workbook." in refusal(out.getvalue())


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>',
        b"<!-- a --><!DOCTYPE x><worksheet/>",
        b"\xff\xfe<\0a\0",
        b"",
    ],
)
def test_a_part_that_declares_anything_is_not_read(part: bytes) -> None:
    """Entities would be unfolded; no program writes them there."""
    data = changed(workbook([HEAD, ROW]), {"xl/worksheets/sheet1.xml": part})
    assert "This workbook cannot be read" in refusal(data)


def test_a_damaged_workbook_is_refused() -> None:
    """Cut off anywhere, or with a part that is no XML."""
    whole = workbook([HEAD, ROW])
    for cut in range(4, len(whole), 331):
        assert refusal(whole[:cut])
    for name in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
        assert refusal(changed(whole, {name: b"<x>"}))


# --- too large ---------------------------------------------------------------------------------

TOO_MANY = f"A table has at most {MOST_ROWS} rows, and this one has more."
TOO_MUCH = f"There is too much in this file: a table has at most {MOST_ROWS} rows, and 2 MB of text"


def large(data: bytes) -> str:
    """Return why a large file is refused, which takes neither long nor much memory."""
    sheet_of_file(workbook([HEAD, ROW]))  # what reads workbooks is loaded
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    said = refusal(data)
    assert time.process_time() - began < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB
    return said


def test_a_hundred_thousand_rows_are_too_many() -> None:
    """As CSV and as a workbook; what is said is how many there may be."""
    rows = ";".join(HEAD) + "\n" + f"{';'.join(ROW)}\n" * 100_000
    assert TOO_MANY in large(rows.encode())
    assert TOO_MANY in large(raw(row_of(*HEAD) + row_of(*ROW) * 100_000))


def test_as_many_rows_as_there_may_be_are_read() -> None:
    """And one more below the names of the columns is for whoever knows which row has them."""
    found = sheet_of_file(raw(row_of(*HEAD) + row_of(*ROW) * MOST_ROWS))
    assert MOST_ROWS + 1 == len(found.rows)


def test_a_sheet_that_says_it_is_larger_than_it_is_takes_no_longer() -> None:
    """A row far below is refused, and the empty ones above it are not made."""
    far = f"{row_of(*HEAD)}{row_of(*ROW)}<row r='1048576'><c><v>1</v></c></row>"
    assert f"The table goes on below row {MOST_LINES}." in large(raw(far))
    sheet = b"<worksheet %b><dimension ref='A1:XFD1048576'/><sheetData>%b</sheetData></worksheet>"
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    said = sheet % (main, (row_of(*HEAD) + row_of(*ROW)).encode())
    found = sheet_of_file(changed(raw(""), {"xl/worksheets/sheet1.xml": said}))
    assert [list(HEAD), list(ROW)] == words(found)


@pytest.mark.parametrize(
    "rows",
    [
        row_of("a" * 30_000_000),
        f"<row>{'<c/>' * 200_000}</row>",
        f"<row>{'<c/>' * 20_000}</row>" * 30,
        row_of("a" * 40_000) * 60,
    ],
    ids=["a cell", "a row", "cells", "words"],
)
def test_what_unpacks_to_far_more_than_it_is_is_refused(rows: str) -> None:
    """However small the file is."""
    data = raw(row_of(*HEAD) + rows)
    assert len(data) < 500_000
    assert TOO_MUCH in large(data)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("xl/sharedStrings.xml", b"<sst>" + b"<si/>" * 200_000 + b"</sst>"),
        ("xl/styles.xml", b"<styleSheet>" + b"<xf/>" * 100_000 + b"</styleSheet>"),
        ("xl/workbook.xml", b"<workbook>" + b" " * (1 << 20) + b"</workbook>"),
        ("xl/media/image1.png", b"x" * (13 << 20)),
    ],
)
def test_no_other_part_may_be_larger_than_a_table_needs(part: str, said: bytes) -> None:
    """All of them are looked at before any is read."""
    assert TOO_MUCH in large(changed(workbook([HEAD, ROW]), {part: said}))


def test_a_sheet_that_is_not_read_is_looked_at_as_well() -> None:
    """The reader of workbooks goes through all of them."""
    book = workbook([HEAD, ROW], others=1)
    rows = f"<row>{'<c/>' * 200_000}</row>"
    other = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    assert TOO_MUCH in large(changed(book, {"xl/worksheets/sheet2.xml": other}))


def test_a_file_has_at_most_five_megabytes() -> None:
    """More of it is not looked at."""
    assert "at most 5 MB" in refusal(b"a" * (LARGEST_FILE + 1))
