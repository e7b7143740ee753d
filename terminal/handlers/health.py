"""Whether all is well: of the database, or of the whole installation."""

from collections.abc import Iterator, Sequence

import click

from definitions.language.errors import MijlpaalError
from definitions.language.text import text
from mijlpaal import among_ours
from screens.diagnostics import Report, health_screen
from terminal.handlers.file_permissions import of_the_database, of_the_installation
from terminal.handlers.mailing import mail_trial, mail_way, settings_checks, settings_of
from terminal.runtime.errors import FAILED, TEMPORARY, Wrong
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from workflow.database_queries import DatabaseQueries
from workflow.reminders.health import reminder_checks
from workflow.storage.database import Database
from workflow.storage.health import Check, examine
from workflow.verify import Verdict, verify


def show_installation(setup: Setup, *, mail: bool, to: str | None, as_json: bool) -> None:
    """Show the health of this installation.

    Args:
        setup: the installation.
        mail: whether to try the way by which letters leave.
        to: the recipient of a test letter.
        as_json: for programs.

    Raises:
        Wrong: a test letter is requested without trying the mail.
    """
    if to is not None and not mail:
        raise Wrong(
            text("A test letter goes only where the mail is tried."),
            advice=text("Add --mail."),
        )
    wrong = settings_checks(setup)
    settings = None if wrong else settings_of(setup)
    way = wrong or ([*mail_trial(setup, to)] if mail else [mail_way(setup)])
    checks = [*way, *of_the_installation(setup, settings)]
    show_health(setup, "doctor", as_json, checks)


def show_health(setup: Setup, command: str, as_json: bool, more: Sequence[Check] = ()) -> None:
    """Examine the database, for ``doctor`` also what lies in it.

    It ends with exit code 1 where something is wrong, and with 75 where all of that may pass.

    Args:
        command: which of the two asks: ``doctor`` or ``db-check``.
        more: what was checked before.
    """
    journals: list[Verdict] = []
    checks: list[Check] = [*more, *_overwritten(setup, command)]
    setup.opened = setup.url
    with Database(setup.url) as database:
        health = examine(database, named=bool(setup.named))
        checks += of_the_database(database.file)
        if command == "doctor" and health.readable:
            journals = verify(database, now=setup.clock())
            checks += _watched(DatabaseQueries(database, setup.clock), journals)
    found = (*health.checks, *checks)
    report = Report(found, tuple(journals), str(setup.asker), setup.page.language)
    show(setup, command, report, health_screen, as_json)
    if not report.healthy:
        raise click.exceptions.Exit(TEMPORARY if report.passing else FAILED)


def _overwritten(setup: Setup, command: str) -> Iterator[Check]:
    """Yield that another distribution has a file where ours has one, for ``doctor``."""
    found = among_ours() if command == "doctor" else None
    if found is not None:
        what, how = found.sentences(setup.page.language)
        remark = text("{said} {advice}", said=what, advice=how)
        yield Check("packages", found.name, well=False, remark=remark)


def _watched(queries: DatabaseQueries, journals: Sequence[Verdict]) -> list[Check]:
    """Return how the reminders are; where a row is damaged, that they could not be looked at."""
    try:
        return reminder_checks(queries)
    except MijlpaalError as error:
        remark = error.sentence
    except Exception:
        if not any(each.problems for each in journals):
            raise
        remark = text("They could not be looked at: what is damaged is in the way.")
    return [Check("reminders", "–", well=False, remark=remark)]
