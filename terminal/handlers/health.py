"""Whether all is well: of a journal, of the database, of the whole installation."""

from collections.abc import Iterator
from typing import Any

import click

from terminal.runtime.errors import FAILED, TEMPORARY
from terminal.runtime.output import show
from terminal.runtime.setup import Setup


def show_verdicts(
    setup: Setup,
    queries: Any,
    process: str | None,
    head: str | None = None,
    *,
    as_json: bool = False,
) -> None:
    """Verify one process or all, and show what was found; exit 1 where something is wrong."""
    from screens.verdicts import verified_screen
    from workflow.storage.guards import breaches
    from workflow.verify import parse_head, verify

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
    if not view["whole"]:
        raise click.exceptions.Exit(FAILED)


def show_health(setup: Setup, command: str, as_json: bool, more: list[Any] | None = None) -> None:
    """Examine the database, for ``doctor`` also what lies in it.

    It ends with exit code 1 where something is wrong, and with 75 where all of that may pass.

    Args:
        command: which of the two asks: ``doctor`` or ``db-check``.
        more: what was checked before.
    """
    from screens.verdicts import Report, health_screen
    from terminal.runtime.private import of_the_database
    from workflow.queries import Queries
    from workflow.storage.database import Database
    from workflow.storage.health import examine
    from workflow.verify import verify

    journals, checks = [], [*(more or []), *_overwritten(setup, command)]
    setup.opened = setup.url
    with Database(setup.url) as database:
        health = examine(database, named=bool(setup.named))
        checks += of_the_database(database.file)
        if command == "doctor" and health.readable:
            journals = verify(database, now=setup.clock())
            checks += _watched(Queries(database, setup.clock), journals)
    found = (*health.checks, *checks)
    report = Report(found, tuple(journals), setup.asker, setup.page.language)
    show(setup, command, report, health_screen, as_json)
    if not report.healthy:
        raise click.exceptions.Exit(TEMPORARY if report.passing else FAILED)


def _overwritten(setup: Setup, command: str) -> Iterator[Any]:
    """Yield that another distribution has a file where ours has one, for ``doctor``."""
    from definitions.language.text import text
    from mijlpaal import among_ours
    from workflow.storage.health import Check

    found = among_ours() if command == "doctor" else None
    if found is not None:
        what, how = found.sentences(setup.page.language)
        remark = text("{said} {advice}", said=what, advice=how)
        yield Check("packages", found.name, well=False, remark=remark)


def _watched(queries: Any, journals: list[Any]) -> list[Any]:
    """Return how the reminders are; where a row is damaged, that they could not be looked at."""
    from definitions.language.errors import MijlpaalError
    from definitions.language.text import text
    from workflow.reminders.health import watch
    from workflow.storage.health import Check

    try:
        return watch(queries)
    except MijlpaalError as error:
        remark = error.sentence
    except Exception:
        if not any(each.problems for each in journals):
            raise
        remark = text("They could not be looked at: what is damaged is in the way.")
    return [Check("reminders", "–", well=False, remark=remark)]


def planned_upgrade(database: Any) -> tuple[str | None, str]:
    """Return the revision a database has (None for one that is not there yet), and ours."""
    from workflow.storage.database import (
        REVISION,
        refuse_foreign,
        refuse_link,
        refuse_newer,
        revision_of,
    )
    from workflow.storage.server import refuse_encoding

    if database.file is not None and not database.file.exists():
        refuse_link(database)
        return None, REVISION
    with database.reading() as connection:
        before = revision_of(connection)
        if before is None:
            refuse_foreign(connection, database)
            refuse_link(database)
        refuse_encoding(connection, database.name)
    refuse_newer(before, database.name)
    return before, REVISION
