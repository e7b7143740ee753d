"""Who holds which seat, and what is kept about people."""

from dataclasses import replace

import click

from definitions.language.characters import normal
from definitions.language.text import LANGUAGES, text
from terminal.commands.options import (
    argument,
    common,
    option,
    query,
    write,
    write_once,
)
from terminal.completion.offers import Offer
from terminal.handlers.processes import (
    carry_out,
    key_for,
    look_at,
    print_receipt,
    today_in,
)
from terminal.runtime.click_commands import Group
from terminal.runtime.output import (
    answering,
    remark_on_standby,
    say,
    say_as_json,
    show,
)
from terminal.runtime.parameters import OneOf
from terminal.runtime.setup import Setup
from terminal.runtime.typed import (
    check_holder,
    date_of,
    day_of,
)


@click.group(cls=Group)
def member() -> None:
    """Say who holds which seat, from when to when."""


@member.command("list")
@argument("process", offers=Offer.PROCESS)
@query
@click.pass_obj
def member_list(setup: Setup, process: str, as_json: bool) -> None:
    """List the seats of a process and who holds them."""
    from screens.members import members_screen
    from workflow.views.members import members_view

    with setup.queries() as queries:
        seen = look_at(setup, queries, process, None)
        view = members_view(seen, queries.people())
    show(setup, "member-list", view, members_screen, as_json)


@member.command("add")
@argument("process", offers=Offer.PROCESS)
@argument("seat", offers=Offer.SEAT, metavar="ROLE[@PLACE]")
@argument("name", offers=Offer.PERSON, required=False)
@option("--mailbox", metavar="MAIL", help="The mailbox of a function, instead of a person.")
@option("--on", metavar="DATE", help="The first day; else, today.")
@option("--until", metavar="DATE", help="The last day, where that is known.")
@option("--address", metavar="MAIL", help="Where reminders go.")
@option("--language", type=OneOf(LANGUAGES), metavar="LANG", help="In which they are written.")
@write_once
@click.pass_obj
def member_add(  # noqa: PLR0917 - Click hands over every option
    setup: Setup,
    process: str,
    seat: str,
    name: str | None,
    mailbox: str | None,
    on: str | None,
    until: str | None,
    address: str | None,
    language: str | None,
    key: str | None,
    dry: bool,
) -> None:
    """Give somebody a seat: mijlpaal member add PROCESS griffier@PARTY NAME."""
    from workflow.engine import Seating
    from workflow.model.events import SeatGiven

    check_holder(name, mailbox, address)
    with setup.engine() as engine:
        today = today_in(engine, process)
        first, last = date_of(on, today), None if until is None else day_of(until, today)
        who = name or ""
        once = key_for(setup, engine, key, dry=dry)
        seating = Seating(seat, who, setup.asker, address, first, last, language, mailbox, once)
        seating = replace(seating, new_key=setup.own_key is not None)
        receipt = engine.give_seat(process, seating, dry=dry)
        given = [each for each in receipt.entries if isinstance(each.event, SeatGiven)]
        named = {each.event.person: normal(mailbox or who) for each in given}
        print_receipt(setup, engine, receipt, named)


@member.command("end")
@argument("process", offers=Offer.PROCESS)
@argument("seat", offers=Offer.SEAT, metavar="ROLE[@PLACE]")
@argument("name", offers=Offer.HOLDER)
@option("--on", metavar="DATE", help="The last day; else, today.")
@write_once
@click.pass_obj
def member_end(
    setup: Setup, process: str, seat: str, name: str, on: str | None, key: str | None, dry: bool
) -> None:
    """End somebody's seat."""
    from workflow.model.commands import EndSeat

    with setup.engine() as engine:
        person = engine.known_person(name)
        last = date_of(on, today_in(engine, process)) or engine.today_of(process)
        command = EndSeat(seat, person, last)
        how = {"key": key, "dry": dry}
        print_receipt(setup, engine, carry_out(setup, engine, process, command, how))


@member.command("reach")
@argument("name", offers=Offer.PERSON)
@option("--address", metavar="MAIL", help="Where reminders go.")
@option("--language", type=OneOf(LANGUAGES), metavar="LANG", help="In which they are written.")
@write
@click.pass_obj
def member_reach(
    setup: Setup, name: str, address: str | None, language: str | None, dry: bool
) -> None:
    """Say where somebody who has a seat is reached, and in which language."""
    from screens.members import ReachedView, reached
    from workflow.people import reach

    with setup.engine() as engine:
        again = reach(engine, name, setup.asker, address=address, language=language, dry=dry)
    with answering(None if dry else text("It was recorded.")):
        view = ReachedView(dry, name, address, language, again)
        show(setup, "member-reach", view, reached, setup.as_json)


@member.command("export")
@argument("name", offers=Offer.PERSON)
@common
@click.pass_obj
def member_export(setup: Setup, name: str) -> None:
    """Print all that is held on one person, as JSON."""
    from screens.envelope import envelope
    from workflow.people import held_on

    with setup.queries() as queries:
        remark_on_standby(setup)
        say(envelope("member-export", held_on(queries, name), setup.page, setup.standby))


@member.command("erase")
@argument("name", offers=Offer.PERSON)
@write
@click.pass_obj
def member_erase(setup: Setup, name: str, dry: bool) -> None:
    """Forget the name and address of a person; what they did stays, without a name."""
    from screens.members import erased as erased_screen
    from screens.members import erased_view
    from terminal.handlers.erase import erased

    found = erased(setup, name, dry=dry)
    with answering(None if dry else text("The name and the address are forgotten.")):
        if setup.as_json:
            say_as_json(setup, "member-erase", erased_view(found, dry=dry))
        else:
            say(erased_screen(found, setup.page, dry=dry))
