"""Which column of a table is which: recognised by their names, in Dutch and in English."""

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from definitions.language.naming import guess_at, identifier_of
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from web.sheets import ABOVE, MOST_ROWS, Cell, Kind, Row, Sheet, SheetRefused, too_many_rows


class Entering(Enum):
    """What a table enters."""

    DECISIONS = "decisions"
    DATES = "dates"


_DECISIONS: Mapping[str, tuple[str, ...]] = {
    "milestone": ("mijlpaal", "milestone", "fase", "stap"),
    "request": ("vraag", "besluitvraag", "question", "request"),
    "round": ("ronde", "round"),
    "party": ("gemeente", "deelnemer", "party", "municipality", "participant"),
    "body": (
        "orgaan",
        "raad of college",
        "raad, college of bestuur",
        "raad",
        "college",
        "bestuur",
        "body",
        "council",
        "council, college or board",
    ),
    "outcome": ("uitkomst", "besluit", "antwoord", "outcome", "decision", "answer"),
    "on": (
        "datum",
        "datum besluit",
        "besluitdatum",
        "date",
        "on",
        "date of decision",
        "decided on",
    ),
    "day": ("dag", "datum (iso)", "day", "date (iso)"),
    "votes": ("stemmen", "stemming", "stemverhouding", "votes", "vote"),
    "for": ("stemmen voor", "voor", "votes for", "for", "in favour"),
    "against": ("stemmen tegen", "tegen", "votes against", "against"),
    "reference": ("bron", "vindplaats", "source", "reference", "where it can be found"),
    "ground": ("grond", "motivering", "ground", "grounds"),
    "remark": ("opmerking", "opmerkingen", "toelichting", "remark", "remarks"),
    "text": ("tekst", "sha-256", "text", "hash"),
    "options": (
        "keuzes",
        "keuze",
        "keuzes die het noemt",
        "opties",
        "choices",
        "choice",
        "options",
        "option",
        "options it names",
    ),
    "unnamed_options": (
        "keuzes zonder naam",
        "aantal keuzes dat het niet noemt",
        "choices not named",
        "number of options it does not name",
    ),
    "points": ("punten", "points"),
    "signed_by": ("ondertekend door", "signed by"),
    "out_of_order": (
        "buiten de volgorde",
        "waarom het buiten de volgorde om ging",
        "out of order",
        "why it was decided outside the order",
    ),
    "secrecy": ("geheimhouding", "grond voor geheimhouding", "secrecy", "ground of secrecy"),
    "openness": ("openbaarheid", "wie het mag zien", "openness", "who may see it"),
}
"""The columns of a table of decisions, by the field that they fill in: the names they may have."""

_DATES: Mapping[str, tuple[str, ...]] = {
    "due": ("termijn", "waarvan", "term", "due", "deadline"),
    "date": ("nieuwe datum", "wordt", "new date", "becomes"),
    "reason": ("reden", "waarom", "reason", "why"),
    "on": ("besloten op", "datum besluit", "verzet op", "on", "decided on", "moved on"),
    "reference": _DECISIONS["reference"],
    "remark": _DECISIONS["remark"],
}
"""The same of a table of dates."""

_NEEDED: Mapping[Entering, tuple[tuple[str, ...], ...]] = {
    Entering.DECISIONS: (("body", "party"), ("outcome",), ("on", "day")),
    Entering.DATES: (("due",), ("date",), ("reason",)),
}
"""The columns that a table has to have: of each of these, one."""

LABELS: Mapping[str, Text] = {
    "milestone": text("Milestone"),
    "request": text("Question"),
    "round": text("Round"),
    "party": text("Municipality"),
    "body": text("Body"),
    "outcome": text("Outcome"),
    "on": text("Date"),
    "day": text("Day"),
    "votes": text("Votes"),
    "for": text("Votes for"),
    "against": text("Votes against"),
    "reference": text("Source"),
    "ground": text("Ground"),
    "remark": text("Remark"),
    "text": text("Text"),
    "options": text("Choices"),
    "unnamed_options": text("Choices not named"),
    "points": text("Points"),
    "signed_by": text("Signed by"),
    "out_of_order": text("Out of order"),
    "secrecy": text("Secrecy"),
    "openness": text("Who may see it"),
    "due": text("Term"),
    "date": text("New date"),
    "reason": text("Reason"),
}
"""What the columns are called, in the tables that come out and where one is named."""


def column_called(kind: Entering, field: str) -> Text:
    """Return what a column of a table is called."""
    return text("Decided on") if (kind, field) == (Entering.DATES, "on") else LABELS[field]


DATES = frozenset({"on", "day", "date"})
"""The fields of dates."""
VOTES = frozenset({"votes", "for", "against"})
"""The fields that Excel makes dates of, where they are written as 19-4."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table whose columns are known.

    Attributes:
        number: of the row, in the sheet.
        cells: what stands in it, by field; what is empty is left out.
        faults: the cells that cannot be used, by field.
    """

    number: int
    cells: Mapping[str, str]
    faults: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class Entered:
    """A table whose columns are known.

    Attributes:
        fields: the fields of its columns, in their order.
        unused: the titles of columns that say nothing that is recorded.
    """

    kind: Entering
    fields: tuple[str, ...]
    lines: tuple[Line, ...]
    unused: tuple[str, ...] = ()


def carried(table: Entered) -> str:
    """Return a table as a form carries it along from the first step to the second."""
    lines = [[each.number, dict(each.cells)] for each in table.lines]
    return json.dumps([table.kind.value, table.fields, lines])


def carried_table(written: str) -> Entered:
    """Return a table that a form carried along.

    Raises:
        SheetRefused: it is none.
    """
    try:
        kind, fields, lines = json.loads(written)
        table = Entered(Entering(kind), tuple(fields), tuple(_carried_line(*e) for e in lines))
    except (ValueError, TypeError, RecursionError):
        raise _damaged() from None
    known = _DECISIONS if table.kind is Entering.DECISIONS else _DATES
    used = {*table.fields, *(field for each in table.lines for field in each.cells)}
    if not used <= set(known) or len(table.lines) > MOST_ROWS:
        raise _damaged()
    return table


def _damaged() -> SheetRefused:
    return SheetRefused(
        text("This address or form is damaged."),
        advice=text("Go back to the page you came from, and try again."),
    )


def _carried_line(number: object, cells: object) -> Line:
    if type(number) is not int or not isinstance(cells, dict):
        raise TypeError(number)
    return Line(number, {str(field): str(said) for field, said in cells.items()}, {})


def entered(sheet: Sheet) -> Entered:
    """Return a table with the meaning of its columns.

    Raises:
        SheetRefused: it is empty, its columns are not recognised or not there, or cells in it are
            merged.
    """
    if not sheet.rows:
        raise SheetRefused(
            text("There is no row in this table."),
            advice=text("Its first row has the names of the columns, and each other one a row."),
        )
    head = _head(sheet.rows)
    below = [row for row in sheet.rows if row.number > head.number]
    kind = _kind(head)
    columns = _columns(head, kind)
    _check_needed(kind, columns, head)
    _check_merged(sheet, head)
    if len(below) > MOST_ROWS:
        raise too_many_rows()
    if not below:
        raise SheetRefused(text("Below the names of the columns there is no row in this table."))
    unused = [
        cell.written
        for at, cell in enumerate(head.cells)
        if cell.written and at not in columns.values()
    ]
    fields = tuple(sorted(columns, key=lambda each: columns[each]))
    lines = (_line(row, columns) for row in below)
    return Entered(
        kind, fields, tuple(each for each in lines if each.cells or each.faults), tuple(unused)
    )


def fields_of(kind: Entering) -> Mapping[str, str]:
    """Return the field of each name that a column may have, as an identifier."""
    fields = _DECISIONS if kind is Entering.DECISIONS else _DATES
    return {identifier_of(name): field for field, names in fields.items() for name in names}


def _head(rows: Sequence[Row]) -> Row:
    """Return the row with the names of the columns: the first in which two are recognised."""
    known = {name for kind in Entering for name in fields_of(kind)}
    for row in rows[: ABOVE + 1]:
        if sum(identifier_of(each.written) in known for each in row.cells) > 1:
            return row
    return rows[0]


def _kind(head: Row) -> Entering:
    """Return what a table enters: new dates, where it has a column of them, or decisions.

    Raises:
        SheetRefused: it has columns of both.
    """
    titles = {identifier_of(each.written) for each in head.cells}
    dates, decisions = fields_of(Entering.DATES), fields_of(Entering.DECISIONS)
    found = {dates[each] for each in titles & set(dates)}
    is_dates = bool({"due", "date"} & found)
    decided = "outcome" in {decisions[each] for each in titles & set(decisions)}
    if is_dates and decided and "date" in found:
        raise SheetRefused(
            text("This table has columns of decisions and of new dates."),
            advice=text("Enter the two in tables of their own."),
        )
    return Entering.DATES if is_dates and not decided else Entering.DECISIONS


def _columns(head: Row, kind: Entering) -> dict[str, int]:
    """Return which column fills in which field.

    Raises:
        SheetRefused: two fill in the same.
    """
    names = fields_of(kind)
    found: dict[str, int] = {}
    for at, cell in enumerate(head.cells):
        field = names.get(identifier_of(cell.written))
        if field is None:
            continue
        if field in found:
            raise SheetRefused(
                text(
                    "Two columns say the same: “{one}” and “{other}”.",
                    one=head.cells[found[field]].written,
                    other=cell.written,
                ),
                advice=text("Take one of them out, or give it another name."),
            )
        found[field] = at
    return found


def _check_needed(kind: Entering, columns: Mapping[str, int], head: Row) -> None:
    """Refuse a table without a column that it has to have; all of those are named.

    Raises:
        SheetRefused: with what each can be called, and what was probably meant for it.
    """
    missing = [each for each in _NEEDED[kind] if not any(field in columns for field in each)]
    if not missing:
        return
    titles = [cell.written for cell in head.cells if cell.written]
    error = SheetRefused(
        text(
            "This table has no column for: {columns}.",
            columns=[LABELS[each[0]] for each in missing],
        ),
        advice=text(
            "Its columns are called: {titles}. They are recognised by their names.", titles=titles
        ),
    )
    error.details = tuple(_hints(kind, missing, titles))
    raise error


def _hints(
    kind: Entering, missing: Sequence[tuple[str, ...]], titles: Sequence[str]
) -> Iterator[Text]:
    fields = _DECISIONS if kind is Entering.DECISIONS else _DATES
    for each in missing:
        known = [name for field in each for name in fields[field]]
        yield text("{column}: call it {names}.", column=LABELS[each[0]], names=known)
        for title in titles:
            guess = guess_at(title, known)
            if guess is not None:
                yield text("“{written}”: {guess}", written=title, guess=guess)


def _check_merged(sheet: Sheet, head: Row) -> None:
    """Refuse merged cells in a table: what is said in one of them may be meant for all.

    Raises:
        SheetRefused: with where they are.
    """
    found = [where for _, last, where in sheet.merged if last >= head.number]
    if found:
        raise SheetRefused(
            text("Cells are merged in this table: {where}.", where=found[:10]),
            advice=text("Take them apart, and fill in every one of them."),
        )


def _line(row: Row, columns: Mapping[str, int]) -> Line:
    cells, faults = {}, {}
    for field, at in columns.items():
        cell = row.cells[at] if at < len(row.cells) else None
        if cell is None or not cell.written:
            continue
        cells[field] = cell.written
        if field in DATES and cell.day is not None:
            cells[field] = cell.day.isoformat()
        fault = _fault(field, cell)
        if fault is not None:
            faults[field] = fault
    return Line(row.number, cells, faults)


def _fault(field: str, cell: Cell) -> Text | None:
    """Return why a cell cannot be used, whatever it is used for."""
    match cell.kind:
        case Kind.FORMULA:
            return text("This is a formula, and nothing is computed here. Put its value there.")
        case Kind.FAULT:
            return text("This is an error of the sheet. Put a value there.")
        case Kind.DAY if field in VOTES:
            return text(
                "Excel made a date of these votes. Put the votes for and against in columns of "
                "their own, or make the cell one of text."
            )
        case Kind.DAY if field not in DATES:
            return text("This is a date, and none is expected here.")
        case _:
            return None
