"""Completing a word of the command line with the names that are known.

Nothing is ever made, upgraded or said by it. An SQLite file is read without SQLAlchemy, and a
definition is compiled once and then kept in the user's cache: either of them would take longer
than somebody waits for a key.
"""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import click

from definitions.language.characters import first_hidden, without_hidden
from definitions.language.text import Text
from screens.page import Page
from terminal.completion.offers import Offer
from terminal.runtime.click_words import page_of
from terminal.runtime.setup import Setup

Item: TypeAlias = "click.shell_completion.CompletionItem[str]"
Typed = dict[str, object]


def offered(offer: Offer) -> Callable[[click.Context, click.Parameter, str], list[Item]]:
    """Return a function that completes a word with the names of a kind."""

    def complete(context: click.Context, _: click.Parameter, begun: str) -> list[Item]:
        from click.shell_completion import CompletionItem

        page = page_of(context)
        setup = context.find_object(Setup) or Setup()
        found = [
            CompletionItem(name, help=without_hidden(_said(said, page)))
            for name, said in _names(offer, setup, context.params)
            if name.startswith(begun) and first_hidden(name) is None
        ]
        also_files = offer in {Offer.DEFINITION, Offer.FACTS}
        return [*found, CompletionItem("", type="file")] if also_files else found

    return complete


def _said(said: Text | str, page: Page) -> str:
    return said if isinstance(said, str) else page.say(said)


def _names(offer: Offer, setup: Setup, typed: Typed) -> Iterable[tuple[str, Text | str]]:
    from definitions.shipped import example_files, examples, shipped, shipped_with_facts

    match offer:
        case Offer.DEFINITION:
            return [(name, "") for name in shipped()]
        case Offer.FACTS:
            return [(name, "") for name in shipped_with_facts()]
        case Offer.EXPORTED:
            return [(name, "") for name in (*shipped(), *examples(), *example_files())]
        case Offer.DRAWN if typed.get("process") is None:
            return _drawn(setup, typed)
        case _:
            return list(_in_the_database(offer, setup, typed))


def _drawn(setup: Setup, typed: Typed) -> Iterable[tuple[str, Text | str]]:
    """Return the definitions that can be drawn; behind one, its milestones."""
    from definitions.shipped import shipped
    from terminal.completion.database_lookup import milestones_in

    match typed.get("names"):
        case (str(name),):
            return milestones_in(name, setup.page.language)
        case (_, *_):
            return []
        case _:
            return [(name, "") for name in shipped()]


def _in_the_database(offer: Offer, setup: Setup, typed: Typed) -> Iterable[tuple[str, Text | str]]:
    from terminal.completion.candidates import candidates
    from terminal.completion.database_lookup import looked_at

    process = str(typed.get("process"))
    with looked_at(setup) as found:
        match offer:
            case Offer.PROCESS:
                yield from found.processes()
            case Offer.PERSON:
                yield from ((name, "") for name in found.people().values())
            case Offer.ENTRY:
                yield from ((str(seq), said) for seq, said in found.entries(process))
            case _:
                known = found.known(process)
                yield from ((each.value, each.help) for each in candidates(offer, known, typed))
