"""What the page of a table shows: the form, every row with what it records, and what is wrong."""

from collections.abc import Iterator, Mapping, Sequence

from starlette.responses import Response

from definitions.language.errors import MijlpaalError
from definitions.language.text import Text, ntext, text
from definitions.language.values import dataclass, replace
from definitions.model import Permission
from screens.errors import error_screen
from screens.history import entry_line
from screens.page import joined
from screens.receipts import receipt_screen
from web.allowed import may
from web.columns import LABELS, Entered, carried, column_called
from web.entering import Planned
from web.html_page import HtmlPage, html_of
from web.inputs import Choice
from web.looking import page_of
from web.names import milestone_name, names_of
from web.sheets import MOST_PASTED, MOST_ROWS, pasted_of
from web.spelling import due_called
from web.visit import Asked, Visit
from workflow.model.commands import Record, Replan
from workflow.rules.namesakes import told_apart
from workflow.storage.names import person_of
from workflow.unit_of_work import Receipt
from workflow.views.receipt import ReceiptView
from workflow.views.seen import Seen

NAMED = 50
"""How many faults are listed above the table; all of them are marked in it."""
FOLDED = 40
"""How many entries a receipt may have before it is folded in."""
WHOLE = 200
"""Of how many entries it is said what each sets off: to find that takes 10 ms for each."""
MAY = frozenset({Permission.RECORD, Permission.RECORD_ON_BEHALF, Permission.REPLAN})


@dataclass(frozen=True, slots=True)
class Entry:
    """A table that is being entered.

    Attributes:
        question: ``milestone/request`` of the rows that name none; empty where none was chosen.
        key: from which the keys of its rows follow.
        expect: the number of the last entry when the form was opened.
    """

    process: str
    seen: Seen
    question: str
    key: str
    expect: int


@dataclass(frozen=True, slots=True)
class Filled:
    """What came of a form.

    Attributes:
        table: its table; None where it could not be read.
        rows: what the rows of the table record, or what is wrong with them.
        refusal: why all of it is refused; None where no more is wrong than in its rows.
        pasted: what stands in the field for it; empty for the table itself.
        since: the entries that somebody recorded since the form was opened.
    """

    table: Entered | None = None
    rows: Sequence[Planned] = ()
    refusal: MijlpaalError | None = None
    pasted: str = ""
    since: str = ""


NOTHING = Filled()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the page shows it: what stands in it, and what is wrong with it."""

    id: str
    says: str
    fault: Text | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the page shows it: its cells, what it records, and what is said of it."""

    number: int
    cells: tuple[Cell, ...]
    records: Text | None
    aside: Text | None
    fault: Text | None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with cells.

    Attributes:
        where: the first of them.
        rows: the numbers of their rows.
        column: what their column is called; None for the rows as a whole.
    """

    where: str
    rows: tuple[int, ...]
    column: Text | None
    says: Text

    @property
    def place(self) -> Text:
        """In which row, or in which rows, and in which column."""
        first, more = self.rows[0], len(self.rows) - 1
        said = text("Row {row}", row=first)
        if more:
            said = ntext("Row {row} and {n} more", "Row {row} and {n} more", more, row=first)
        if self.column is None:
            return said
        return text("{row}, {column}", row=said, column=self.column)


def names_in(entry: Entry) -> Mapping[str, str]:
    """Return what everything in a process is called, by its id."""
    seen = entry.seen
    return seen.once("names", lambda: names_of(seen.definition, seen.language))


def form(visit: Visit, entry: Entry, filled: Filled = NOTHING, status: int = 200) -> Response:
    """Return the form for a table, with what came of the table that was in it."""
    table, faults = filled.table, list(_faults(filled))
    page = HtmlPage(visit.language, names=names_in(entry))
    said = "" if filled.refusal is None else html_of(error_screen(filled.refusal, page))
    pasted = filled.pasted or ("" if table is None else as_text(visit, table))
    return visit.show(
        "insert",
        text("Enter a table"),
        status,
        entry=entry,
        process=entry.process,
        columns=_columns(table),
        unused=", ".join(table.unused) if table is not None else "",
        rows=[] if table is None else [_shown(entry, table, each) for each in filled.rows],
        faults=[replace(each, says=_named(each.says, page)) for each in faults[:NAMED]],
        unnamed=len(faults) - len(faults[:NAMED]),
        said=said,
        since=filled.since,
        pasted=pasted if len(pasted) <= MOST_PASTED else "",
        most=MOST_ROWS,
        questions=tuple(_questions(entry.seen)),
        allowed=_allowed(visit, entry),
        nothing=table is not None and not (faults or filled.since or said),
    )


def confirmation(
    visit: Visit, entry: Entry, table: Entered, rows: Sequence[Planned], receipt: Receipt
) -> Response:
    """Return the page on which a table is confirmed: what it records, and what that sets off."""
    page = replace(page_of(visit, entry.process, Asked()), links=False)
    view, people = receipt_of(visit, entry, receipt), told_apart(visit.desk.queries.people())
    said = html_of(
        joined(entry_line(each, people, page) for each in receipt.entries)
        if view is None
        else receipt_screen(view, people, page)
    )
    return visit.show(
        "insert_confirm",
        text("Enter a table"),
        entry=entry,
        process=entry.process,
        columns=_columns(table),
        unused=", ".join(table.unused),
        rows=[_shown(entry, table, each) for each in rows],
        receipt=said,
        folded=len(receipt.entries) > FOLDED,
        many=view is None,
        number=receipt.recorded,
        summary=_summary(rows, receipt),
        carried=carried(table),
    )


def receipt_of(visit: Visit, entry: Entry, receipt: Receipt) -> ReceiptView | None:
    """Return what entries set off, as whoever sits here may see it; None where they are many."""
    if len(receipt.entries) > WHOLE:
        return None
    hidden = visit.desk.engine.hidden_from(visit.desk.asker, entry.process)
    return receipt.view(visit.language, hidden)


def as_text(visit: Visit, table: Entered) -> str:
    """Return a table as it can be pasted again, to be mended."""
    page = HtmlPage(visit.language)
    lines = [[page.say(column_called(table.kind, each)) for each in table.fields]]
    lines += [[line.cells.get(each, "") for each in table.fields] for line in table.lines]
    return pasted_of(lines)


def _columns(table: Entered | None) -> list[Text]:
    return [] if table is None else [column_called(table.kind, each) for each in table.fields]


def _summary(rows: Sequence[Planned], receipt: Receipt) -> Text:
    """Return how many rows record something, and how many do not."""
    recorded = ntext("{n} row records something", "{n} rows record something", receipt.recorded)
    others = len(rows) - receipt.recorded
    if not others:
        return text("{recorded}.", recorded=recorded)
    rest = ntext("{n} row does not", "{n} rows do not", others)
    return text("{recorded}, {rest}: it says why.", recorded=recorded, rest=rest)


def _named(said: Text, page: HtmlPage) -> Text:
    """Return a sentence with names in the place of ids."""
    return text("{said}", said=page.say(said))


def _shown(entry: Entry, table: Entered, row: Planned) -> Shown:
    page = HtmlPage(entry.seen.language, names=names_in(entry))
    faults = {field: _named(says, page) for field, says in row.faults}
    cells = tuple(
        Cell(f"row-{row.number}-{each}", row.cells.get(each, ""), faults.pop(each, None))
        for each in table.fields
    )
    # What is wrong with a column that is not there is wrong with the row.
    whole: Text | None = None
    for field, says in faults.items():
        said = text("{column}: {says}", column=LABELS[field], says=says) if field else says
        whole = said if whole is None else text("{one} {other}", one=whole, other=said)
    return Shown(row.number, cells, _records(entry, row), row.aside, whole)


def _faults(filled: Filled) -> Iterator[Fault]:
    """Yield what is wrong, once where the same is wrong with several rows."""
    found: dict[tuple[str, str], tuple[Text, list[Planned]]] = {}
    for row in filled.rows:
        for field, says in row.faults:
            found.setdefault((field, str(says)), (says, []))[1].append(row)
    for (field, _), (says, of) in found.items():
        first = of[0]
        is_there = filled.table is not None and field in filled.table.fields
        where = f"row-{first.number}-{field}" if is_there else f"row-{first.number}"
        yield Fault(where, tuple(each.number for each in of), LABELS.get(field), says)


def _records(entry: Entry, row: Planned) -> Text | None:
    """Return what a row records, in words."""
    definition, language = entry.seen.definition, entry.seen.language
    match row.command:
        case Record() as said:
            return text(
                "{body} on {question}: {outcome}, {on}",
                body=names_in(entry).get(said.body, said.body),
                question=_question(entry.seen, said.milestone, str(said.request)),
                outcome=said.outcome.replace("-", " "),
                on=said.on,
            )
        case Replan() as said:
            return text(
                "{due} becomes {date}: {why}",
                due=due_called(definition, said.due, language),
                date=said.date,
                why=said.reason,
            )
        case None:
            return None


def _question(seen: Seen, milestone: str, request: str) -> str:
    title = milestone_name(seen.definition, milestone, seen.language)
    several = len(seen.definition.milestones[milestone].requests) > 1
    return f"{title} ({request.replace('-', ' ')})" if several else title


def _questions(seen: Seen) -> Iterator[Choice]:
    for milestone in seen.definition.milestones.values():
        for request in milestone.requests:
            yield Choice(f"{milestone.id}/{request}", _question(seen, milestone.id, request))


def _allowed(visit: Visit, entry: Entry) -> bool:
    with visit.desk.queries.database.reading() as reader:
        person = person_of(reader, visit.desk.asker)
    return may(entry.seen, person, MAY)
