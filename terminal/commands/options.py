"""The options that many commands share."""

import shlex
from collections.abc import Callable
from typing import TypeVar, Unpack

import click

from definitions.language.text import LANGUAGES, text
from terminal.completion.names import offered
from terminal.completion.offers import Offer
from terminal.runtime.errors import Wrong
from terminal.runtime.parameters import FILE, WHOLE, Argument, OneOf, Option, Settings, refuse_empty
from terminal.runtime.setup import Setup

Function = TypeVar("Function", bound=Callable[..., object])


def option(
    *names: str,
    offers: Offer | None = None,
    guessed: bool = True,
    **settings: Unpack[Settings],
) -> Callable[[Function], Function]:
    """Add an option with a translated help, and the completion of its value."""
    return click.option(*names, cls=Option, guessed=guessed, **{**settings, **_completed(offers)})


def argument(
    name: str, offers: Offer | None = None, **settings: Unpack[Settings]
) -> Callable[[Function], Function]:
    """Add an argument with a translated name, and its completion."""
    return click.argument(name, cls=Argument, **{**settings, **_completed(offers)})


def _completed(offers: Offer | None) -> Settings:
    return {} if offers is None else {"shell_complete": offered(offers)}


def anyone(function: Function) -> Function:
    """Add the options that every command has: which database, which language."""
    for decorate in (
        _set_up("--debug", is_flag=True, default=None, help="Show where an error comes from."),
        _set_up("--lang", type=OneOf(LANGUAGES), metavar="LANG", help="The language: en or nl."),
        _set_up(
            "--db", "database_url", type=FILE, metavar="URL", help="The database: a file or a URL."
        ),
    ):
        function = decorate(function)
    return function


def _set_up(*names: str, **settings: Unpack[Settings]) -> Callable[[Function], Function]:
    """Add an option that is kept in the set-up, and is no argument of the command."""
    kept: Settings = {**settings, "expose_value": False, "is_eager": True, "callback": _keep}
    return option(*names, **kept)


def common(function: Function) -> Function:
    """Add those options, and the user."""
    asker = option(
        "--as",
        "actor",
        metavar="NAME",
        offers=Offer.PERSON,
        help="Who you are; else, how you logged in.",
        expose_value=False,
        is_eager=True,
        callback=_keep_asker,
    )
    return asker(anyone(function))


def query(function: Function) -> Function:
    """Add the options of a query."""
    as_json = option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
    return as_json(common(function))


def query_as_anyone(function: Function) -> Function:
    """Add the options of a query in which --as does not name the user."""
    as_json = option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
    return as_json(anyone(function))


def dated_query(function: Function) -> Function:
    """Add the options of a query of the past, in time and in knowledge."""
    return looking_back(query(function))


def looking_back(function: Function) -> Function:
    """Add the days of a query of the past, and that it leaves out what is not public.

    The days are its date, and the date of its knowledge.
    """
    public = _set_up("--public", is_flag=True, default=None, help="Only what everybody may see.")
    known = option("--known-at", metavar="DATE", help="As recorded by that day.")
    as_of = option("--as-of", metavar="DATE", help="As it stood at the end of that day.")
    return as_of(known(public(function)))


def of_some_days(function: Function) -> Function:
    """Add the first and the last day of those that are asked for."""
    last = option("--to", "until", metavar="DATE", help="Until this day.")
    first = option("--from", "since", metavar="DATE", help="From this day on.")
    return first(last(function))


_key = option("--key", metavar="KEY", help="With the same key, the same command happens once.")


def write(function: Function) -> Function:
    """Add the options of a command that writes."""
    dry = option("--dry-run", "dry", is_flag=True, help="Only try it; write nothing.")
    as_json = option(
        "--json",
        "as_json",
        is_flag=True,
        help="As JSON, for programs.",
        expose_value=False,
        callback=_keep,
    )
    return dry(as_json(common(function)))


def write_once(function: Function) -> Function:
    """Add the options of a command that writes and can be given a key."""
    return _key(write(function))


def write_entry(function: Function) -> Function:
    """Add the options of a command that writes an entry with its source."""
    function = write(function)
    for decorate in (
        option("--expect", type=WHOLE, metavar="N", help="Only if the last entry is number N."),
        _key,
        option("--reference", metavar="SOURCE", help="Where it can be found."),
    ):
        function = decorate(function)
    return function


def seen_by(function: Function) -> Function:
    """Add who may see an entry."""
    for decorate in (
        option(
            "--own-until",
            metavar="DATE",
            help="Only the own party, until that day (may be “unknown”); then everybody.",
        ),
        option(
            "--internal",
            "openness",
            flag_value="internal",
            help="Only whoever has a seat in the process may see it.",
        ),
        option("--public", "openness", flag_value="public", help="Everybody may see it."),
    ):
        function = decorate(function)
    return function


secrecy = option(
    "--secrecy",
    metavar="GROUND",
    help="It is under secrecy, on that ground; nothing of its content is recorded.",
)
of_round = option(
    "--round",
    type=WHOLE,
    metavar="N",
    help="Of which round, on the day on which one was opened.",
)


def of_an_answer(function: Function) -> Function:
    """Add the arguments that identify a body's answer, and the options of an entry on it."""
    function = remark(seen_by(write_entry(function)))
    for decorate in (
        option(
            "--request",
            metavar="ID",
            offers=Offer.REQUEST,
            help="Which request, where several could be meant.",
        ),
        option("--on", metavar="DATE", help="When it happened; else, today."),
        of_round,
        argument("body", offers=Offer.ANSWERED),
        argument("milestone", offers=Offer.MILESTONE),
        argument("process", offers=Offer.PROCESS),
    ):
        function = decorate(function)
    return function


about = option(
    "--about",
    multiple=True,
    metavar="NAME",
    offers=Offer.TOPIC,
    help="The milestone, party or body it is about; may be repeated.",
)
points = option(
    "--point", "points", multiple=True, metavar="TEXT", help="A point it makes; may be repeated."
)
signatures = option(
    "--signed-by",
    multiple=True,
    metavar="ROLE",
    offers=Offer.SIGNATORY,
    help="Who signed it, by role; may be repeated.",
)
parameters = option(
    "--set", "values", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated."
)
remark = option("--remark", metavar="TEXT", help="A remark that is kept with it.")
out_of_order = option(
    "--out-of-order",
    metavar="REASON",
    guessed=False,
    help="Record it though the state does not admit it.",
)


def _keep_asker(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Keep the user; refuse a date, since somebody who meant --as-of would see another day.

    Raises:
        Wrong: it is a date.
    """
    if value is not None and _is_date(value):
        known = {name for each in context.command.params for name in each.opts}
        raise Wrong(
            text("--as says who you are, and “{value}” is a date.", value=value),
            advice=text("Did you mean --as-of {value}?", value=shlex.quote(value))
            if "--as-of" in known
            else text("Name whoever asks."),
        )
    _keep(context, parameter, value)


def _is_date(written: str) -> bool:
    # Imported only for a user who is named.
    from terminal.runtime.typed_values import is_date

    return is_date(written)


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    refuse_empty(parameter, value, context)
    if value is not None:
        setattr(context.ensure_object(Setup), str(parameter.name), value)
