"""The letters that would go out on some days."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from screens.reminders import LetterView, PreviewView, preview_screen
from terminal.handlers.mailing import settings_of, writer_of
from terminal.handlers.processes import today_in
from terminal.runtime.new_files import there_already, write_all
from terminal.runtime.open_database import database_queries_of
from terminal.runtime.output import show
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import span_of
from workflow.database_queries import DatabaseQueries
from workflow.model.reminders import Letter, Written
from workflow.reminders.listing import preview

COMING = timedelta(days=6)
"""How many days after today are looked at where nobody says which."""


def show_letters(
    setup: Setup,
    process: str,
    days: tuple[str | None, str | None],
    folder: str | None,
    *,
    as_json: bool,
) -> None:
    """Show the letters that would go out on some days; if requested, write them to a folder.

    Args:
        setup: the set-up of the program.
        process: its id.
        days: the first and last day as typed; by default the coming week.
        folder: the folder for the letters.
        as_json: for programs.
    """
    since, until = days
    with database_queries_of(setup) as queries:
        first, last = span_of(since, until, today_in(queries, process))
        first = first or last or queries.calendar_day(process)
        last = last or (first if since else first + COMING)
        where = None if folder is None else Path(folder)
        view = preview_letters(setup, queries, process, first, last, where)
    found = view if where is None else view.in_files
    show(setup, "remind-preview", found, preview_screen, as_json)


def preview_letters(
    setup: Setup,
    queries: DatabaseQueries,
    process: str,
    first: date,
    last: date,
    folder: Path | None,
) -> PreviewView:
    """Return the letters that would go out on some days; where a folder is named, put into it."""
    write = writer_of(settings_of(setup))
    letters = preview(queries, process, first, last, setup.page.language)
    try:
        written = [write(each) for each in letters]
    finally:
        write.rest()
    names = list(_file_names(each.id for each in letters))
    if folder is not None:
        contents = (each.content for each in written)
        _put(folder, dict(zip(names, contents, strict=True)))
    files = (None if folder is None else folder / each for each in names)
    return PreviewView(process, first, last, tuple(map(_shown, letters, written, files)))


def _shown(letter: Letter, written: Written, file: Path | None) -> LetterView:
    """Return a letter as it is shown, with the file that it was put into, if it was."""
    body = message_from_bytes(written.content, policy=policy.default).get_body(("plain",))
    said = "" if body is None else str(body.get_content()).replace("\r\n", "\n")
    place = None if file is None else str(file)
    return LetterView(letter.address, letter.name, letter.written_at, written.subject, said, place)


def _file_names(ids: Iterable[str]) -> Iterator[str]:
    """Yield a distinct file name for each letter, without any path separators.

    The letters to several holders of a seat have the same id.
    """
    taken: Counter[str] = Counter()
    for each in ids:
        name = re.sub("[^A-Za-z0-9._-]", "-", each)
        taken[name] += 1
        number = "" if taken[name] == 1 else f"-{taken[name]}"
        yield f"{name}{number}.eml"


def _put(folder: Path, files: dict[str, bytes]) -> None:
    """Put letters into a folder, which is made where it is not there; those that are there stay.

    Raises:
        Wrong: one of them cannot be, or something else has its name; then none is.
    """
    there = there_already(folder, files, files)
    new = {name: files[name] for name in files if name not in there}
    if new:
        write_all(folder, new, private=True)
