"""Templates, whose words go through the catalogues and whose values are escaped."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from definitions.calendar.dates import dated
from definitions.language.text import Text, day_in_words, ntext, text
from screens.safe_text import printable
from screens.words import days_away, due_text, names_text
from web.face import label_of
from web.html_page import HtmlPage
from web.links import act_path, milestone_path, process_path

STATIC = Path(__file__).parent / "static"
LANGUAGE_NAMES = {"en": "English", "nl": "Nederlands"}
"""What the languages call themselves."""


def render(name: str, language: str, values: Mapping[str, object]) -> Markup:
    """Return a template, filled in.

    Args:
        name: of the template, without its ending.
        language: in which its words are said.
        values: what it shows.
    """
    template = environment(language).get_template(f"{name}.html")
    return Markup(template.render(values))  # noqa: S704 - the template escapes


@cache
def environment(language: str) -> Environment:
    """Return where the templates of a language are made."""
    page = HtmlPage(language)
    made = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: _shown(value, page),
        auto_reload=False,  # they come with the program; looking whether one changed costs a stat
    )
    made.globals.update(
        text=text,
        ntext=ntext,
        label_of=label_of,
        act_path=act_path,
        milestone_path=milestone_path,
        process_path=process_path,
        asset=asset_path,
        language=language,
        languages=LANGUAGE_NAMES,
    )
    made.filters.update(
        dated=dated,
        due=due_text,
        away=days_away,
        day=day_in_words,
        names=names_text,
        say=page.say,
    )
    return made


def _shown(value: object, page: HtmlPage) -> object:
    """Return a value as a template shows it.

    Raises:
        TypeError: it is no sentence, text or number: a view would be shown as a program writes it.
    """
    match value:
        case Markup():
            return value
        case Text():
            return printable(page.say(value))
        case str():
            return printable(value)
        case bool() | None:
            raise TypeError(value)
        case int():
            return str(value)
        case _ if callable(value):  # what Jinja itself puts there: a macro, a block
            return value
        case _:
            raise TypeError(type(value).__name__)


@cache
def asset(name: str) -> bytes:
    """Return a file that pages use: the style sheet."""
    return (STATIC / name).read_bytes()


@cache
def asset_path(name: str) -> str:
    """Return the address of such a file, which changes with its content."""
    stem, _, ending = name.rpartition(".")
    return f"/static/{stem}.{hashlib.sha256(asset(name)).hexdigest()[:12]}.{ending}"
