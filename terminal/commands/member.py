"""The commands about seats, their holders, and personal data."""

import click

from definitions.language.text import LANGUAGES
from terminal.commands.options import (
    argument,
    common,
    option,
    query,
    write,
    write_once,
)
from terminal.completion.offers import Offer
from terminal.runtime.click_commands import Group
from terminal.runtime.parameters import OneOf
from terminal.runtime.setup import Setup


@click.group(cls=Group)
def member() -> None:
    """Record who holds which seat, from when to when."""


@member.command("list")
@argument("process", offers=Offer.PROCESS)
@query
@click.pass_obj
def member_list(setup: Setup, /, *, process: str, as_json: bool) -> None:
    """List the seats of a process and who holds them."""
    from terminal.handlers.members import show_members

    show_members(setup, process, as_json=as_json)


@member.command("add")
@argument("process", offers=Offer.PROCESS)
@argument("seat", offers=Offer.SEAT, metavar="ROLE[@PLACE]")
@argument("name", offers=Offer.PERSON, required=False)
@option("--another", is_flag=True, help="A second person of a name that is on record.")
@option("--mailbox", metavar="MAIL", help="The mailbox of a function, instead of a person.")
@option("--on", metavar="DATE", help="The first day; else, today.")
@option("--until", metavar="DATE", help="The last day, where that is known.")
@option("--address", metavar="MAIL", help="Where reminders go.")
@option("--language", type=OneOf(LANGUAGES), metavar="LANG", help="In which they are written.")
@write_once
@click.pass_obj
def member_add(
    setup: Setup,
    /,
    *,
    process: str,
    seat: str,
    name: str | None,
    another: bool,
    mailbox: str | None,
    on: str | None,
    until: str | None,
    address: str | None,
    language: str | None,
    key: str | None,
    dry: bool,
) -> None:
    """Give somebody a seat: mijlpaal member add PROCESS griffier@PARTY NAME."""
    from terminal.handlers.seats import SeatArguments, give_seat

    held = SeatArguments(seat, name, mailbox, address, language, another)
    give_seat(setup, process, held, (on, until), key, dry=dry)


@member.command("end")
@argument("process", offers=Offer.PROCESS)
@argument("seat", offers=Offer.SEAT, metavar="ROLE[@PLACE]")
@argument("name", offers=Offer.HOLDER)
@option("--on", metavar="DATE", help="The last day; else, today.")
@write_once
@click.pass_obj
def member_end(
    setup: Setup,
    /,
    *,
    process: str,
    seat: str,
    name: str,
    on: str | None,
    key: str | None,
    dry: bool,
) -> None:
    """End somebody's seat."""
    from terminal.handlers.entries import How
    from terminal.handlers.seats import end_seat

    end_seat(setup, process, (seat, name), on, How(dry, key))


@member.command("reach")
@argument("name", offers=Offer.PERSON)
@option("--address", metavar="MAIL", help="Where reminders go.")
@option("--language", type=OneOf(LANGUAGES), metavar="LANG", help="In which they are written.")
@write
@click.pass_obj
def member_reach(
    setup: Setup, /, *, name: str, address: str | None, language: str | None, dry: bool
) -> None:
    """Set where a person with a seat is reached, and in which language."""
    from terminal.handlers.people import reach_person

    reach_person(setup, name, address, language, dry=dry)


@member.command("export")
@argument("name", offers=Offer.PERSON)
@common
@click.pass_obj
def member_export(setup: Setup, /, *, name: str) -> None:
    """Print all that is held on one person, as JSON."""
    from terminal.handlers.people import export_person

    export_person(setup, name)


@member.command("erase")
@argument("name", offers=Offer.PERSON)
@write
@click.pass_obj
def member_erase(setup: Setup, /, *, name: str, dry: bool) -> None:
    """Forget the name and address of a person; what they did stays, without a name."""
    from terminal.handlers.erase import erase_person

    erase_person(setup, name, dry=dry)
