"""The tables of a process as files, and that of all processes."""

from collections.abc import Callable

from starlette.responses import Response

from definitions.language.errors import NotFound
from definitions.language.naming import did_you_mean
from definitions.language.text import text
from web.allowed import holds_a_role
from web.table_files import TYPES, Table, csv_of, xlsx_of
from web.tables import TABLES, Source, processes_table, source_of
from web.visit import Asked, Visit
from workflow.rules.refusals import Refused
from workflow.status_queries import overview_of

PEOPLE = "mensen"
PROCESSES = "trajecten"


class OnlyForHolders(Refused):
    """The names and addresses of people are asked for by somebody without a role there.

    Cause: they hold none in this process. Remedy: whoever gives roles gives them one.
    """

    def __init__(self) -> None:
        """Take nothing."""
        super().__init__(
            text("Who holds which role is open to whoever has a role in this process."),
            advice=text("Ask whoever gives the roles."),
        )


def table_page(visit: Visit) -> Response:
    """Return a table of a process as a file.

    Raises:
        NotFound: there is no such process or table.
        InvalidValue, DateRefused: the day that is asked for is none, or none of the process.
        OnlyForHolders: it has names, and whoever asks has no role in the process.
    """
    process = visit.part("process")
    name, ending = _file(visit, (*TABLES,))
    asked = visit.asked(process)
    if asked.error is not None:
        raise asked.error
    if name == PEOPLE and not _holds_a_role(visit, process):
        raise OnlyForHolders
    table = TABLES[name](_source(visit, process, asked))
    return _answer(visit, table, ending, "-".join((process, name, *_days(visit, process, asked))))


def processes_table_page(visit: Visit) -> Response:
    """Return the table of all processes as a file.

    Raises:
        NotFound: there is no such table.
    """
    name, ending = _file(visit, (PROCESSES,))
    table = processes_table(overview_of(visit.desk.queries, visit.language), visit.language)
    return _answer(visit, table, ending, name)


def _file(visit: Visit, known: tuple[str, ...]) -> tuple[str, str]:
    """Return the table that an address names, and the kind of file.

    Raises:
        NotFound: there is none of that name, or no such kind.
    """
    name, _, ending = visit.part("file").rpartition(".")
    if name in known and ending in TYPES:
        return name, ending
    raise NotFound(
        text("There is no table “{name}”.", name=visit.part("file")),
        advice=did_you_mean(visit.part("file"), [f"{n}.{e}" for n in known for e in TYPES]),
    )


def _source(visit: Visit, process: str, asked: Asked) -> Source:
    _, entries = visit.desk.queries.journal(process, asked.known_at, asked.as_of)
    return source_of(visit.seen(process, asked), entries, visit.desk.queries.people())


def _holds_a_role(visit: Visit, process: str) -> bool:
    return holds_a_role(visit.head(process)[0], visit.person)


def _days(visit: Visit, process: str, asked: Asked) -> tuple[str, ...]:
    day = asked.as_of or visit.desk.queries.calendar_day(process)
    known = () if asked.known_at is None else (asked.known_at.isoformat(),)
    return (day.isoformat(), *known)


_MAKE: dict[str, Callable[[Table, str], bytes]] = {
    "csv": csv_of,
    "xlsx": lambda table, _: xlsx_of(table),
}


def _answer(visit: Visit, table: Table, ending: str, called: str) -> Response:
    return Response(
        _MAKE[ending](table, visit.language),
        media_type=TYPES[ending],
        headers={"content-disposition": f'attachment; filename="{called}.{ending}"'},
    )
