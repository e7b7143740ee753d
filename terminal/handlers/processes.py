"""A command in a process: looking at it, changing it, and saying what became of that."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from definitions.language.text import Text, text
from terminal.runtime.output import answering, say, say_as_json
from terminal.runtime.setup import Setup
from terminal.runtime.typed import date_of, day_of


def look_at(
    setup: Setup, queries: Any, process: str, as_of: str | None, known_at: str | None = None
) -> Any:
    """Return what a view of a process is drawn from: at present, on a day, or as known on one."""
    days = days_of(queries, process, as_of, known_at)
    return queries.look_at(process, *days, language=setup.page.language)


def days_of(
    queries: Any, process: str, as_of: str | None, known_at: str | None
) -> tuple[date | None, date | None]:
    """Return the day that is asked for, and that by which it was known, of what was typed."""
    today = today_in(queries, process)
    known = day_of(known_at, today) if known_at is not None else None
    return (day_of(as_of, today) if as_of is not None else None), known


def today_in(queries: Any, process: str) -> Callable[[], Any]:
    """Return what says which day it is for a process, where “today” was typed."""
    return lambda: queries.today_of(process).day


def execute(setup: Setup, kind: Callable[..., Any], asked: dict[str, Any]) -> None:
    """Build a command of what was typed, execute it, and print what became of it.

    An option that a command takes has the name of the command's field.
    """
    process, on = asked.pop("process"), asked.pop("on")
    how = {name: asked.pop(name) for name in ("key", "expect", "dry")}
    with setup.engine() as engine:
        today = today_in(engine, process)
        dates = {name: date_of(asked[name], today) for name in ("date",) if name in asked}
        command = kind(on=date_of(on, today) or engine.today_of(process), **{**asked, **dates})
        print_receipt(setup, engine, carry_out(setup, engine, process, command, how))


def key_for(setup: Setup, engine: Any, given: str | None, *, dry: bool) -> str | None:
    """Return the key of a command.

    Where it may never be known whether it was recorded, which is so on a server, a command that
    was given none has one of its own: it is shown only then.
    """
    setup.given_key = given
    if given is None and not dry and engine.database.is_server:
        setup.own_key = setup.new_id()
    return setup.own_key if given is None else given


def carry_out(setup: Setup, engine: Any, process: str, command: Any, how: dict[str, Any]) -> Any:
    """Execute a command for who asks, and return what became of it."""
    from workflow.model.commands import Request

    key = key_for(setup, engine, how["key"], dry=how["dry"])
    request = Request(
        command, setup.asker, key, how.get("expect"), new_key=setup.own_key is not None
    )
    return engine.execute(process, [request], dry=how["dry"])


def print_receipt(
    setup: Setup, engine: Any, receipt: Any, newcomers: Mapping[str, str] | None = None
) -> None:
    """Print what became of a command; a dry run has not written its newcomers down."""
    with answering(recorded(receipt)):
        view = receipt.view(engine.today(receipt.definition), setup.page.language)
        if setup.as_json:
            say_as_json(setup, "receipt", view)
            return
        from screens.receipts import receipt_screen

        named = {person: (name, None) for person, name in (newcomers or {}).items()}
        say(receipt_screen(view, {**named, **engine.people()}, setup.page))


def recorded(receipt: Any) -> Text | None:
    """Return what a command wrote down, as briefly as it can be said; None where it did not."""
    if receipt.dry or not receipt.entries:
        return None
    first, last = receipt.entries[0].seq, receipt.entries[-1].seq
    if first == last:
        return text("It was recorded, as entry {seq}.", seq=first)
    return text("It was recorded, as entries {first} to {last}.", first=first, last=last)
