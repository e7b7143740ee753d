"""Files with a table: what kind each is, by its content, and its text in any usual encoding."""

import codecs

from definitions.language.text import text
from web.sheets import Sheet, SheetRefused, no_table, sheet_of_text

LARGEST_FILE = 5 << 20
"""How many bytes a file may have."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"


def sheet_of_file(data: bytes) -> Sheet:
    """Return the table in a file; what it is follows from its content, not from its name.

    Raises:
        SheetRefused: it is no table, cannot be read, or is too large.
    """
    if len(data) > LARGEST_FILE:
        raise SheetRefused(
            text("A file with a table has at most {most} MB.", most=LARGEST_FILE >> 20),
            advice=text("Copy the rows into a new file, or paste them."),
        )
    if data.startswith(_OLD_EXCEL):
        raise SheetRefused(
            text("This workbook is of an older Excel, or closed with a password."),
            advice=text("Open it, and save it without a password as an Excel workbook (.xlsx)."),
        )
    if data.startswith(_ZIP):
        # Only now: the reader takes 0.3 s and 30 MB to load, and few send a workbook.
        from web.workbooks import sheet_of_workbook  # noqa: PLC0415

        return sheet_of_workbook(data)
    return sheet_of_text(decoded(data))


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(data: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 with or without its mark, or Windows-1252.

    Raises:
        SheetRefused: it is in none of these, or is no text.
    """
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    encodings = encodings or ([_of_two_bytes(data)] if b"\0" in data else ["utf-8", "cp1252"])
    for encoding in encodings:
        try:
            found = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in found:
            return found
    raise no_table()


def _of_two_bytes(data: bytes) -> str:
    """Return which UTF-16 a file without a mark is in, by where most of its zeros are."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    return "utf-16-le" if odd >= even else "utf-16-be"
