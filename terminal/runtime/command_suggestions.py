"""Suggestions for an unknown command.

Only queries are suggested, so that following a suggestion blindly changes nothing.
"""

from collections.abc import Collection, Iterable, Mapping

import click

from definitions.language.naming import nearest
from definitions.language.text import Text, text
from terminal.runtime.parameters import Option

SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "": {
        "status": "stand stand-van-zaken standvanzaken toestand overzicht voortgang trajecten "
        "toon processen state overview progress processes show list ls where dashboard",
        "status|due": "late te-laat telaat achterstallig achterstand verlopen overdue",
        "status --mine": "mijn mij mine my me todo te-doen tedoen taken tasks inbox next hierna "
        "volgende werklijst worklist",
        "due": "agenda kalender planning termijnen termijn data datums dates schedule calendar "
        "deadline deadlines dues upcoming komend",
        "explain": "why waarom uitleg uitleggen waarop wachten geblokkeerd blocked waiting "
        "voorwaarde voorwaarden gate gates",
        "history": "log logboek journal journaal geschiedenis historie verloop relaas "
        "feitenrelaas audit entries",
        "member list": "leden lid deelnemers members seats functies wie who contact contacten "
        "people personen bellen",
        "remind list": "reminders herinneringen herinnering brieven letters mail berichten "
        "messages",
        "verify": "controleer controle verifieer integriteit integrity",
        "verify|doctor": "check",
        "doctor": "gezondheid health diagnose instellingen settings config test ping",
        "definitions list": "definities sjablonen templates",
        "definitions graph": "graph diagram draw teken tekening plaatje",
        "demo": "voorbeeld example",
        "--help": "help hulp",
        "--version": "version versie",
    },
    "definitions": {
        "list": "ls lijst overzicht all alle",
        "show": "toon bekijk view info",
        "check": "controleer valideer validate lint test verify",
        "graph": "draw teken tekening diagram plaatje",
    },
    "member": {
        "list": "ls lijst overzicht show toon who wie all alle",
        "export": "gegevens inzage data",
    },
    "remind": {
        "list": "ls lijst overzicht show toon status late agenda planned gepland",
        "preview": "voorbeeld proef",
    },
    "db": {"check": "controleer controle verify status health doctor"},
}
"""Per group, what people type for a query, in English and in Dutch; “|” between two queries."""

OPTION_SYNONYMS: Mapping[str, str] = {
    "--address": "email e-mail mail adres mailadres",
    "--as-of": "stand-op peildatum at",
    "--dry-run": "dry proef try test simulate",
    "--language": "lang taal locale",
    "--on": "date datum dag day when op",
    "--reason": "reden why because waarom",
    "--reference": "bron source vindplaats link url",
    "--remark": "opmerking comment note",
    "--until": "tot einde end to-date",
    "--votes": "stemmen vote stemming stemverhouding",
}
"""What people type for an option, in English and in Dutch, without its dashes."""


def guess_of(
    name: str, group: str, queries: Collection[str], others: Collection[str]
) -> Text | None:
    """Return the query that was probably meant, as advice.

    Args:
        name: what was typed.
        group: the group in which it was looked for; empty for the program itself.
        queries: the commands in it that only ask.
        others: those that write.

    Returns:
        The advice; None where nothing comes near, or a command that writes does.
    """
    synonyms = _synonyms(group)
    commands = [*queries, *others]
    meant = _meant(name, commands, synonyms)
    if meant not in queries:
        meant = _meant(name, [*commands, *synonyms], synonyms)
    if meant is None or meant in others:
        return None
    first, _, second = synonyms.get(meant, meant).partition("|")
    if second:
        return text("Did you mean “{first}” or “{second}”?", first=first, second=second)
    return text("Did you mean “{guess}”?", guess=first)


def guess_at_option(name: str, options: Iterable[click.Option]) -> Text | None:
    """Return the option that was probably meant, as advice; never one that changes what is done."""
    found = {spelling: each for each in options for spelling in (*each.opts, *each.secondary_opts)}
    synonyms = {word: each for each, words in OPTION_SYNONYMS.items() for word in words.split()}
    meant = synonyms.get(name.lstrip("-").casefold())
    if meant not in found:
        meant = nearest(name, found)
    if meant is None or _is_weighty(found[meant]):
        return None
    return text("Did you mean “{guess}”?", guess=meant)


def _is_weighty(found: click.Option) -> bool:
    return isinstance(found, Option) and not found.guessed


def _meant(name: str, known: Collection[str], synonyms: Collection[str]) -> str | None:
    """Return the synonym that a word is; else the known word that it begins, or is a slip of."""
    if name.casefold() in synonyms:
        return name.casefold()
    begun = [each for each in known if name and each.startswith(name)]
    return nearest(name, begun or known)


def _synonyms(group: str) -> dict[str, str]:
    """Return the command of each synonym in a group."""
    found = SYNONYMS.get(group, {})
    return {word: query for query, words in found.items() for word in words.split()}
