"""Verifying journals."""

import shlex

import click

from definitions.language.text import text
from screens.diagnostics import verified_screen
from terminal.runtime.errors import FAILED, Wrong
from terminal.runtime.open_database import database_queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.database_queries import DatabaseQueries
from workflow.storage.guard_checks import breaches
from workflow.verify import parse_head, verify


def verify_journals(setup: Setup, process: str | None, head: str | None, *, as_json: bool) -> None:
    """Verify one process or all, and show what was found; exit 1 where something is wrong.

    Raises:
        Wrong: a head is given, and no process.
    """
    if head is not None and process is None:
        raise Wrong(
            text("A head is of one process, and none is named."),
            advice=text("Name it: mijlpaal verify PROCESS --head {head}", head=shlex.quote(head)),
        )
    with database_queries_of(setup) as queries:
        show_verdicts(setup, queries, process, head, as_json=as_json)


def show_verdicts(
    setup: Setup,
    queries: DatabaseQueries,
    process: str | None,
    head: str | None = None,
    *,
    as_json: bool = False,
) -> None:
    """Verify one process or all, and show what was found; exit 1 where something is wrong."""
    witness = parse_head(head) if head else None
    found = breaches(queries.database)
    readable = not any(each.is_unreadable for each in found)
    verdicts = verify(queries.database, process, witness, now=setup.clock()) if readable else []
    if process is not None and not verdicts and readable:
        queries.today_of(process)  # which says that there is no such process
    guards = [each.says for each in found]
    whole = not guards and not any(each.problems for each in verdicts)
    view = {"processes": verdicts, "guards": guards, "whole": whole}
    show(setup, "verify", view, lambda _, page: verified_screen(verdicts, guards, page), as_json)
    if not whole:
        raise click.exceptions.Exit(FAILED)
