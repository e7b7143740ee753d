"""Entering a table: what each of its rows would record is shown, and then all are or none is.

A table that is refused is refused whole: every cell with something wrong is named, and nothing is
written. The keys of its rows follow from one key, so a double click records nothing twice.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from starlette.requests import Request as WebRequest
from starlette.responses import RedirectResponse, Response

from definitions.language.errors import InvalidValue, MijlpaalError, NotFound
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace
from screens.history import history_screen
from web.columns import LABELS, Entered, carried_table, entered
from web.entering import Planned, beside, planned
from web.html_page import HtmlPage, html_of
from web.inserting import Entry, Filled, as_text, confirmation, form, names_in, receipt_of
from web.links import process_path
from web.refusals import not_ours, refused, status_of
from web.sent import form_in
from web.sheet_files import LARGEST_FILE, sheet_of_file
from web.sheets import MOST_PASTED, Sheet, SheetRefused, sheet_of_text
from web.visit import Asked, Visit
from workflow.model.commands import Request
from workflow.rules.conflicts import VersionPassed
from workflow.rules.namesakes import told_apart
from workflow.rules.refusals import Refused
from workflow.storage.errors import TemporarilyUnavailable

LARGEST_FIELD = 16 << 20
"""How many bytes of a field are read: more than may be pasted, so that this can be said."""
FAILED = 500


@dataclass(frozen=True, slots=True)
class Given:
    """A form with a table, as it was sent.

    Attributes:
        fields: what was filled in.
        file: the file that was sent along; None where none was.
    """

    fields: Mapping[str, Sequence[str]]
    file: bytes | None

    def first(self, name: str) -> str:
        """Return what stands in a field; empty where nothing does."""
        return "".join(self.fields.get(name, ())[:1])


async def table_given(request: WebRequest) -> Given:
    """Return a form with a table; of its file, no more than a file may have and one byte."""
    fields: dict[str, list[str]] = {}
    file = None
    async with form_in(request, LARGEST_FIELD) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields.setdefault(name, []).append(value)
            elif value.filename:
                file = await value.read(LARGEST_FILE + 1)
    return Given(fields, file)


# --- the steps ---------------------------------------------------------------------------------


def insert_page(visit: Visit) -> Response:
    """Return the empty form for a table."""
    return form(visit, _entry(visit, visit.query("question"), visit.desk.new_id(), None))


def insert_posted(visit: Visit, given: Given) -> Response:
    """Answer a form with a table: by what it would record, or by having recorded it."""
    if not visit.knows_form(given.fields):
        return not_ours(visit)
    expect = given.first("expect")
    entry = _entry(
        visit,
        given.first("question"),
        given.first("key") or visit.desk.new_id(),
        int(expect) if re.fullmatch(r"[0-9]{1,9}", expect) else None,
    )
    step = given.first("step")
    try:
        if step == "edit":
            table = carried_table(given.first("table"))
            return form(visit, entry, Filled(pasted=as_text(visit, table)))
        if step == "confirm":
            return _confirmed(visit, entry, carried_table(given.first("table")))
        table = entered(_sheet(given))
    except SheetRefused as error:
        return form(visit, entry, Filled(refusal=error, pasted=given.first("pasted")), 422)
    return _tried(visit, entry, table)


def _entry(visit: Visit, question: str, key: str, expect: int | None) -> Entry:
    process = visit.part("process")
    seen = visit.seen(process, Asked())
    _, head = visit.head(process)
    milestone, _, request = question.partition("/")
    found = seen.definition.milestones.get(milestone)
    known = found is not None and request in found.requests
    return Entry(
        process, seen, question if known else "", key, head.head_seq if expect is None else expect
    )


def _sheet(given: Given) -> Sheet:
    """Return the table of a form: of its file, or what was pasted.

    Raises:
        SheetRefused: there is none, or it cannot be read.
    """
    pasted = given.first("pasted")
    if given.file is not None and pasted.strip():
        raise SheetRefused(
            text("A table was pasted, and a file was chosen."),
            advice=text("Do one of the two."),
        )
    if given.file is not None:
        return sheet_of_file(given.file)
    if len(pasted) > MOST_PASTED:
        raise SheetRefused(
            text("At most 1 MB can be pasted."),
            advice=text("Choose a file, or divide the table into several."),
        )
    if not pasted.strip():
        raise SheetRefused(text("Nothing was pasted, and no file was chosen."))
    return sheet_of_text(pasted)


def _rows(visit: Visit, entry: Entry, table: Entered) -> tuple[Planned, ...]:
    """Return what the rows of a table record, beside what is on record now."""
    _, entries = visit.desk.queries.journal(entry.process)
    return planned(table, beside(entry.seen, entry.question, entries))


def _requests(visit: Visit, entry: Entry, rows: Sequence[Planned]) -> list[Request]:
    """Return the commands of rows, in the order of their days; the first knows the last entry."""
    requests = [
        Request(each.command, visit.desk.asker, f"{entry.key}.{each.number}", label=_row(each))
        for each in _in_order(rows)
        if each.command is not None
    ]
    return [replace(each, expect=entry.expect) for each in requests[:1]] + requests[1:]


def _in_order(rows: Sequence[Planned]) -> list[Planned]:
    found = [each for each in rows if each.command is not None]
    return sorted(found, key=_day_of)


def _day_of(row: Planned) -> date:
    assert row.command is not None  # noqa: S101 - only those are put in order
    return row.command.on.day or date.max


def _row(row: Planned) -> Text:
    return text("Row {row}", row=row.number)


def _tried(visit: Visit, entry: Entry, table: Entered) -> Response:
    """Show what a table would record and set off, or what is wrong with it."""
    rows = _rows(visit, entry, table)
    requests = _requests(visit, entry, rows)
    if any(each.faults for each in rows):
        return form(visit, entry, Filled(table, _refused_rows(visit, entry, rows)), 422)
    if not requests:
        return form(visit, entry, Filled(table, rows))
    try:
        receipt = visit.desk.engine.execute(entry.process, requests, dry=True)
    except MijlpaalError as error:
        return _refused(visit, entry, table, rows, error)
    return confirmation(visit, entry, table, rows, receipt)


def _confirmed(visit: Visit, entry: Entry, table: Entered) -> Response:
    """Record a table, and lead to the process, where its receipt is shown once."""
    rows = _rows(visit, entry, table)
    requests = _requests(visit, entry, rows)
    if any(each.faults for each in rows):
        return form(visit, entry, Filled(table, _refused_rows(visit, entry, rows)), 422)
    if requests:
        try:
            receipt = visit.desk.engine.execute(entry.process, requests)
        except MijlpaalError as error:
            return _refused(visit, entry, table, rows, error)
        view = receipt_of(visit, entry, receipt)
        if view is None:
            return RedirectResponse(process_path(entry.process, "logboek"), 303)
        visit.desk.receipts.get(entry.key, lambda: view)
    return RedirectResponse(f"{process_path(entry.process)}?ontvangst={entry.key}", 303)


# --- what is refused ---------------------------------------------------------------------------


def _refused_rows(visit: Visit, entry: Entry, rows: Sequence[Planned]) -> tuple[Planned, ...]:
    """Return rows with what the process refuses of them, too."""
    tried = _in_order(rows)
    requests = [replace(each, expect=None) for each in _requests(visit, entry, rows)]
    if not requests:
        return tuple(rows)
    found = visit.desk.engine.refusals_of(entry.process, requests)
    faults = {tried[at].number: _fault_of(tried[at], error) for at, error in found}
    return tuple(
        replace(each, faults=(faults[each.number],)) if each.number in faults else each
        for each in rows
    )


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "votes": ("votes", "for", "against"),
    "body": ("body", "party"),
    "on": ("on", "day"),
}
"""The columns in which a field of a command can have been."""


def _fault_of(row: Planned, error: MijlpaalError) -> tuple[str, Text]:
    """Return why a row is refused, and in which column the reason is; empty for the whole row."""
    field = getattr(error, "field", None) or ""
    columns = _COLUMNS.get(field, (field,))
    where = next((each for each in columns if each in row.cells), field if field in LABELS else "")
    said = error.sentence
    if error.advice is not None:
        said = text("{said} {advice}", said=said, advice=error.advice)
    return where, said


def _refused(
    visit: Visit, entry: Entry, table: Entered, rows: Sequence[Planned], error: MijlpaalError
) -> Response:
    """Show a table that the process refused, with what it refuses of every row."""
    match error:
        case VersionPassed(at_seq=at):
            filled = Filled(table, rows, since=_since(visit, entry))
            return form(visit, replace(entry, expect=at), filled, 409)
        case TemporarilyUnavailable():
            return form(visit, entry, Filled(table, rows, error), 503)
        case Refused() | InvalidValue() | NotFound() if status_of(error) != FAILED:
            found = _refused_rows(visit, entry, rows)
            whole = None if any(each.faults for each in found) else error
            return form(visit, entry, Filled(table, found, whole), 422)
        case _:
            return refused(visit, error)


def _since(visit: Visit, entry: Entry) -> str:
    """Return the entries that were recorded since a form was opened."""
    queries = visit.desk.queries
    entries = [each for each in queries.journal(entry.process)[1] if each.seq > entry.expect]
    page = HtmlPage(visit.language, level=3, links=False, names=names_in(entry))
    return html_of(history_screen(entries, told_apart(queries.people()), page, entry.seen))
