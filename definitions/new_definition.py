"""A definition to start from: a commented file with the reader's own parties in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from string import Template

from definitions.calendar.dates import EVERY_FORM, KNOWN_FORMS, PartialDate, given_date
from definitions.calendar.workdays import check_year
from definitions.calendar.zones import zone_of
from definitions.faults import DefinitionInvalid
from definitions.language.characters import character_named, hidden_in, normal
from definitions.language.errors import InvalidValue, NotFound, given_as
from definitions.language.length_limits import IDENTIFIER, check_length
from definitions.language.naming import brief, identifier_of
from definitions.language.text import LANGUAGES, Text, text
from definitions.loading import load_definition
from definitions.parameters import PLACE


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
        title: its title.
        parties: the names of the parties.
        begins: the first day, as precise as known.
        goal: the date of the goal; None for a process without one.
        language: the language of its comments.

    Raises:
        InvalidValue: there are no parties, two have one id, a text cannot be written in a file
            unchanged, a date is malformed or unknown, or the goal is before the beginning. Its
            field names the argument.
    """
    with given_as("parties"):
        named = "\n".join(_party(*each) for each in _named(parties).items())
    with given_as("id"):
        own = _plain(_identifier(id))
    with given_as("title"):
        called = _titled(title)
    with given_as("begins"):
        first = _beginning(begins)
    with given_as("goal"):
        what = "none" if goal is None else f"{{date: {_goal(goal)}, what: {_IN_FORCE}}}"
    written = Template(_template(language)).substitute(
        id=own, title=called, begins=first, goal=what, parties=named
    )
    _check(written, f"{id}.yaml")
    return written


@contextmanager
def _advising(advice: Text) -> Iterator[None]:
    """Replace the advice of a refusal by advice that fits a draft."""
    try:
        yield
    except InvalidValue as error:
        error.advice = advice
        raise


def _check(written: str, file: str) -> None:
    """Report a fault of the draft as one of the option it came from: no file is written yet."""
    try:
        load_definition(written.encode(), file, _no_party_files)
    except DefinitionInvalid as error:
        fault = error.faults[0]
        field = str(next(iter(fault.path), ""))
        if field not in _FIELDS:
            raise
        raise InvalidValue(fault.sentence, advice=fault.advice, field=field) from None


_FIELDS = {"id", "title", "begins", "goal", "parties"}
"""The keys of the file that have the name of an argument."""
_IN_FORCE = "{nl: in werking, en: in force}"


def today_there(now: datetime) -> str:
    """Return the present day in the time zone of a new definition."""
    zone = re.search(r"^timezone: (\S+)", _template(LANGUAGES[0]), re.MULTILINE)
    return now.astimezone(zone_of(zone[1]) if zone else None).date().isoformat()


def _template(language: str) -> str:
    """Return a template with comments in a language; in English for unknown ones."""
    name = f"template.{language if language in LANGUAGES else LANGUAGES[0]}.yaml"
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


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
                field="parties",
            )
    if not named:
        raise InvalidValue(
            text("A process needs at least one party."),
            advice=text("Name each party that takes part."),
            field="parties",
        )
    return named


def _identifier(name: str) -> str:
    found = identifier_of(name)
    if not found:
        raise InvalidValue(
            text("“{id}” has no letter or digit to make an id of.", id=name),
            advice=text("Use at least one of a–z or 0–9: an id is made of those, and of hyphens."),
        )
    with _advising(text("Give it a shorter name for now.")):
        check_length(found, IDENTIFIER, text("The id of “{name}”", name=brief(name)), field=None)
    return found


def _titled(title: str) -> str:
    if not title.strip():
        raise InvalidValue(
            text("A process needs a title."),
            advice=text("Give the process a title."),
            field="title",
        )
    return _quoted(title)


# --- dates -------------------------------------------------------------------------------------


def _beginning(written: str) -> str:
    begins = _date(written)
    if begins.opening_day is None:
        raise InvalidValue(
            text("A process begins on a date that is known."), advice=KNOWN_FORMS, field="begins"
        )
    with _advising(text("Give a date in those years.")):
        check_year(begins.opening_day)
    return _plain(begins.written)


def _goal(written: str) -> str:
    goal = _date(written)
    if goal.day is None:
        raise InvalidValue(
            text("The date of a goal is one that is known."),
            advice=text("Leave it out: it can be written in the file when it is."),
            field="goal",
        )
    return _plain(goal.written)


def _date(written: str) -> PartialDate:
    """Read a date that has to be known."""
    try:
        return given_date(written)
    except InvalidValue as error:
        if error.advice == EVERY_FORM:
            error.advice = KNOWN_FORMS
        raise


# --- as YAML has them --------------------------------------------------------------------------


_PLAIN = re.compile(r"[a-z][a-z0-9-]*|\d{4}-\d\d(-\d\d)?", re.ASCII)
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
"""Words that some version of YAML does not read as text unless quoted."""


def _plain(words: str) -> str:
    """Return words without quotes where they are text without them; else, with."""
    return words if _PLAIN.fullmatch(words) and words not in _WORDS else _quoted(words)


def _quoted(words: str) -> str:
    """Return words between double quotes, on one line."""
    line = normal(" ".join(words.replace("\\", "/").replace('"', "'").split()))
    if PLACE.search(line):
        raise InvalidValue(
            text(
                "In “{words}” stands the place of a parameter, and there are none yet.", words=line
            ),
            advice=text("Leave it out for now: “parameters” can be added in the file."),
        )
    if found := hidden_in(line):
        raise InvalidValue(
            text("In “{words}” stands what cannot be printed.", words=line),
            advice=text("Leave out {character}.", character=character_named(found[1])),
        )
    return f'"{line}"'
