"""A letter in the forms it is read in, made by templates: ours, or those of an installation."""

import traceback
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from definitions.language.naming import PROGRAM
from definitions.language.values import dataclass
from definitions.language.wrapping import folded
from scheduler.mail.letter_content import Page
from scheduler.mail.mime import LONGEST_SUBJECT
from scheduler.mail.phrases import plain

SUBJECT, TEXT, HTML = "subject.txt.j2", "letter.txt.j2", "letter.html.j2"
OURS = PROGRAM
"""Under which folder a template finds the built-in ones: ``mijlpaal/letter.html.j2``."""
LONGEST = 2_000_000
"""The maximum output of a template in characters; more means an endless loop."""


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A letter in every form it is read in."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a template made nothing.

    Attributes:
        name: which one; empty where that is not known.
        line: in which line; 0 likewise.
    """

    name: str
    line: int
    why: str


def render_built_in(page: Page) -> RenderedLetter:
    """Return a letter by the built-in templates."""
    return _rendered(lambda name: _built_in().get_template(name).render(letter=page))


def render_custom(folder: Path, page: Page) -> RenderedLetter | Failed:
    """Return a letter by the templates in a folder; or why one of them fails."""
    try:
        return _rendered(lambda name: _made(_sandbox(folder), name, page))
    except Exception as error:  # noqa: BLE001 - a template is a program of somebody else
        name, line = _place(error, folder)
        return Failed(name, line, plain(f"{type(error).__name__}: {error}"))


@cache
def _built_in() -> Environment:
    """Return where our own templates run."""
    return _prepared(Environment(loader=PackageLoader("scheduler.mail")))  # noqa: S701 - it does


@cache
def _sandbox(folder: Path) -> Environment:
    """Return the sandbox for an installation's templates: they see only the content of a letter.

    A template missing from their folder is ours, which are available under their own name too.
    """
    ours = PackageLoader("scheduler.mail")
    loader = ChoiceLoader([FileSystemLoader(folder), PrefixLoader({OURS: ours}), ours])
    return _prepared(ImmutableSandboxedEnvironment(loader=loader))


def _prepared(environment: Environment) -> Environment:
    environment.autoescape = _escapes
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["folded"] = folded
    return environment


def _escapes(name: str | None) -> bool:
    """Return whether values in a template are escaped for HTML."""
    return name is None or ".txt" not in name


def _rendered(form: Callable[[str], str]) -> RenderedLetter:
    subject, said, html = map(form, (SUBJECT, TEXT, HTML))
    return RenderedLetter(plain(subject, LONGEST_SUBJECT), said, html)


def _made(environment: Environment, name: str, page: Page) -> str:
    """Return what a template makes, which may be endless."""
    made: list[str] = []
    size = 0
    for piece in environment.get_template(name).generate(letter=page):
        made.append(piece)
        size += len(piece)
        if size > LONGEST:
            raise OverflowError(name)
    if not size:
        raise ValueError(name)
    return "".join(made)


def _place(error: Exception, folder: Path) -> tuple[str, int]:
    """Return where a template failed: its name and its line."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or "", error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    inside = [each for each in frames if folder in Path(each.filename).parents]
    return (Path(inside[-1].filename).name, inside[-1].lineno or 0) if inside else ("", 0)
