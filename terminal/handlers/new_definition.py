"""Writing a definition to start from."""

import shlex
from datetime import date
from pathlib import Path

from definitions.language.naming import PROGRAM
from definitions.language.text import text
from definitions.new_definition import draft, today_there
from screens.definitions import DraftedView
from terminal.runtime.output import ask, say, say_as_json, try_to_make, write_new
from terminal.runtime.parameters import naming_options
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import known_date_of


def write_draft(
    setup: Setup,
    file: Path,
    named: tuple[str | None, tuple[str, ...]],
    days: tuple[str | None, str | None],
    *,
    dry: bool,
) -> None:
    """Write a commented definition; on a terminal, ask for missing values.

    Args:
        setup: the set-up of the program.
        file: the file to write.
        named: its title and its parties.
        days: its first day and that of its goal, as typed.
        dry: only print it.
    """
    title, parties = named
    if title is None:
        title = ask(setup, text("What is it called?"), file.stem)
    if not parties:
        answer = ask(setup, text("Which parties take part (with commas between them)?"), "")
        parties = tuple(name.strip() for name in answer.split(",") if name.strip())
    written = _drafted(setup, file.stem, title, parties, days)
    if dry:
        try_to_make(file)
    else:
        write_new(file, written)
    if setup.as_json:
        say_as_json(setup, "definitions-new", DraftedView(dry, str(file), written))
        return
    if dry:
        say(setup.page.paragraph(text("Only tried; nothing was written. It would be:")))
        say(written.rstrip())
        return
    said = text(
        "Written. Change it, then: {command}",
        command=shlex.join([PROGRAM, "definitions", "check", str(file)]),
    )
    say(setup.page.say(said))


def _drafted(
    setup: Setup,
    id: str,
    title: str,
    parties: tuple[str, ...],
    days: tuple[str | None, str | None],
) -> str:
    """Return the definition; what is wrong with it names the option."""
    begins, goal = days
    today = date.fromisoformat(today_there(setup.clock()))
    with naming_options({"id": "file"}):
        first = known_date_of(begins or today.isoformat(), lambda: today, "begins")
        last = None if goal is None else str(known_date_of(goal, lambda: today, "goal"))
        return draft(id, title, parties, str(first), last, setup.page.language)
