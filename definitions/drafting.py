"""A definition to start from: a commented file with the reader's own parties in it."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.resources import files
from string import Template
from zoneinfo import ZoneInfo

from definitions.bounds import IDENTIFIER, check_length
from definitions.dates import given_date
from definitions.errors import InvalidValue, NotFound
from definitions.loading import load_definition
from definitions.naming import identifier_of
from definitions.parameters import PLACE
from definitions.text import LANGUAGES, text
from definitions.workdays import check_year


def draft(
    id: str,
    title: str,
    parties: Sequence[str],
    begins: str,
    goal: str | None = None,
    language: str = "en",
) -> str:
    """Return a definition file to start from; a check finds no fault in it.

    Args:
        id: the id of the definition.
        title: what it is called.
        parties: the names of the parties.
        begins: the first day, as precise as known.
        goal: the date of the goal; None for a process without one.
        language: of the comments in it.

    Raises:
        InvalidValue: no parties, two with one id, words that cannot stand in a file as they are,
            or a date that is none, or not known.
    """
    named = _named(parties)
    written = Template(_template(language)).substitute(
        id=_plain(_identifier(id)),
        title=_quoted(title),
        begins=_beginning(begins),
        goal="none" if goal is None else f"{{date: {_goal(goal)}, what: {_IN_FORCE}}}",
        parties="\n".join(_party(*each) for each in named.items()),
    )
    load_definition(written.encode(), f"{id}.yaml", _no_party_files)
    return written


_IN_FORCE = "{nl: in werking, en: in force}"


def today_there(now: datetime) -> str:
    """Return the day it is, in the time zone of what is drafted."""
    zone = re.search(r"^timezone: (\S+)", _template(LANGUAGES[0]), re.MULTILINE)
    return now.astimezone(ZoneInfo(zone[1]) if zone else None).date().isoformat()


def _template(language: str) -> str:
    """Return a template with comments in a language; in English for who reads another."""
    name = f"template.{language if language in LANGUAGES else LANGUAGES[0]}.yaml"
    return files("definitions").joinpath(name).read_text(encoding="utf-8")


def _no_party_files(name: str) -> tuple[str, bytes]:
    raise NotFound(text("There is no party file “{name}”.", name=name))


def _party(id: str, name: str) -> str:
    return f"    {_plain(id)}: {{name: {_quoted(name)}, kind: gemeente, bodies: [raad, college]}}"


# --- names -------------------------------------------------------------------------------------


def _named(parties: Iterable[str]) -> dict[str, str]:
    """Return the names of the parties by their ids."""
    named: dict[str, str] = {}
    for name in parties:
        party = _identifier(name)
        if named.setdefault(party, name) != name:
            raise InvalidValue(
                text(
                    "“{one}” and “{other}” would both have the id “{id}”.",
                    one=named[party],
                    other=name,
                    id=party,
                ),
                advice=text(
                    "Give one of them another name for now; what is its “name” can be changed in "
                    "the file."
                ),
            )
    if not named:
        raise InvalidValue(
            text("A process needs at least one party."),
            advice=text("Name them with --party NAME, once for each."),
        )
    return named


def _identifier(name: str) -> str:
    found = identifier_of(name)
    if not found:
        raise InvalidValue(text("“{id}” has no letter or digit to make an id of.", id=name))
    check_length(found, IDENTIFIER, text("An id"))
    return found


# --- dates -------------------------------------------------------------------------------------


def _beginning(written: str) -> str:
    begins = given_date(written)
    if begins.opening_day is None:
        raise InvalidValue(text("A process begins on a date that is known."))
    check_year(begins.opening_day)
    return _plain(begins.written)


def _goal(written: str) -> str:
    goal = given_date(written)
    if goal.day is None:
        raise InvalidValue(
            text("The date of a goal is one that is known."),
            advice=text("Leave out --goal: it can be written in the file when it is."),
        )
    return _plain(goal.written)


# --- as YAML has them --------------------------------------------------------------------------


_PLAIN = re.compile(r"[a-z][a-z0-9-]*|\d{4}-\d\d(-\d\d)?", re.ASCII)
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
"""What is no text in YAML, or in an older one, where it is not quoted."""


def _plain(words: str) -> str:
    """Return words without quotes where they are text without them; else, with."""
    return words if _PLAIN.fullmatch(words) and words not in _WORDS else _quoted(words)


def _quoted(words: str) -> str:
    """Return words between double quotes, on one line."""
    line = " ".join(words.replace("\\", "/").replace('"', "'").split())
    if PLACE.search(line):
        raise InvalidValue(
            text(
                "In “{words}” stands the place of a parameter, and there are none yet.", words=line
            ),
            advice=text("Leave it out for now: “parameters” can be added in the file."),
        )
    if not line.isprintable():
        raise InvalidValue(
            text("In “{words}” stands what cannot be printed.", words=line),
            advice=text("Leave out line breaks and control characters."),
        )
    return f'"{line}"'
