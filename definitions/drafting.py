"""A definition to start from: a commented file with the reader's own parties in it."""

from collections.abc import Sequence
from importlib.resources import files
from string import Template

from definitions.dates import parse_date
from definitions.errors import InvalidValue
from definitions.naming import identifier_of
from definitions.text import text

LANGUAGES = ("en", "nl")
"""The languages of the comments in a draft; English for who reads another."""


def draft(
    id: str,
    title: str,
    parties: Sequence[str],
    begins: str,
    goal: str | None = None,
    language: str = "en",
) -> str:
    """Return a definition file to start from; it is sound as it is.

    Args:
        id: the id of the definition.
        title: what it is called.
        parties: the names of the parties.
        begins: the first day, as precise as known.
        goal: the date of the goal; None for a process without one.
        language: of the comments in it.

    Raises:
        InvalidValue: no parties, or a date that is none.
    """
    named = {identifier_of(name): name for name in parties if identifier_of(name)}
    if not named:
        raise InvalidValue(
            text("A process needs at least one party."),
            advice=text("Name them with --party NAME, once for each."),
        )
    if not identifier_of(id):
        raise InvalidValue(text("“{id}” has no letter or digit to make an id of.", id=id))
    parse_date(begins)
    name = f"template.{language if language in LANGUAGES else LANGUAGES[0]}.yaml"
    template = files("definitions").joinpath(name).read_text(encoding="utf-8")
    return Template(template).substitute(
        id=identifier_of(id),
        title=_quotable(title),
        begins=begins,
        goal="none" if goal is None else f"{{date: {parse_date(goal).written}, what: {_IN_FORCE}}}",
        parties="\n".join(
            f'    {party}: {{name: "{_quotable(name)}", kind: gemeente, bodies: [raad, college]}}'
            for party, name in named.items()
        ),
    )


_IN_FORCE = "{nl: in werking, en: in force}"


def _quotable(words: str) -> str:
    """Return words that can stand between double quotes in YAML."""
    return " ".join(words.replace("\\", "/").replace('"', "'").split())
