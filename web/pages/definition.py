"""What a process is: its milestones, what their gates ask, and what no source says."""

from collections.abc import Iterator, Mapping
from functools import cache

from markupsafe import Markup
from starlette.responses import Response

from definitions.in_force import in_force
from definitions.language.text import text
from definitions.language.values import dataclass
from definitions.library import open_definition
from definitions.model import Definition, Milestone, title_in
from definitions.proving.wording import verdict_text
from definitions.shipped import shipped
from screens.definitions import gate_text, show_screen
from screens.page import joined
from screens.verdicts import verdict_lines
from web.html_page import HtmlPage, html_of
from web.looking import drawn_of
from web.names import milestone_name, names_of
from web.visit import Asked, Visit

LIMIT = 200_000
"""Up to how many nodes a definition is proved while somebody waits for its page."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A transition in the drawing of a milestone."""

    trigger: str
    target: str
    gate: str
    explicit: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A state in the drawing of a milestone, and the transitions that leave it."""

    name: str
    good: bool
    bad: bool
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A milestone, as a column of boxes."""

    title: str
    boxes: tuple[Box, ...]


def definition_page(visit: Visit) -> Response:
    """Return the page of the definition of a process."""
    process = visit.part("process")
    asked = Asked()
    main = drawn_of(visit, process, asked, "definition", lambda: _of_process(visit, process))
    return visit.framed(process, None, main)


def shipped_page(visit: Visit) -> Response:
    """Return the page of a shipped definition."""
    definition = open_definition(visit.part("definition"))
    main = visit.filled("definition", **_values(visit, definition))
    title = title_in(definition.title, visit.language, definition.id)
    return visit.whole(main, title, heading=title)


def definitions_page(visit: Visit) -> Response:
    """Return the list of shipped definitions."""
    found = [(name, _title(name, visit.language)) for name in shipped()]
    return visit.show("definitions", text("Definitions"), found=found)


@cache
def _title(name: str, language: str) -> str:
    """Return what a shipped definition is called; it is part of the program, and stays."""
    return title_in(open_definition(name).title, language, name)


def _of_process(visit: Visit, process: str) -> Mapping[str, object]:
    now, _ = visit.head(process)
    return _values(visit, now.definition)


def _values(visit: Visit, definition: Definition) -> dict[str, object]:
    names = names_of(definition, visit.language)
    page = HtmlPage(visit.language, links=False, names=names)
    return {
        "verdict": _verdict(visit, definition, page),
        "said": html_of(show_screen(definition, page)),
        "drawings": [
            Drawing(milestone_name(definition, each.id, visit.language), tuple(_boxes(each, page)))
            for each in definition.milestones.values()
        ],
    }


def _verdict(visit: Visit, definition: Definition, page: HtmlPage) -> Markup:
    """Return what is proved of a definition, as it was before any party joined; or nothing."""
    if visit.desk.world.prove is None:
        return Markup("")
    begun = in_force(definition, frozenset())
    verdict = visit.desk.world.prove(begun, LIMIT)
    said = page.paragraph(text("This definition is {verdict}.", verdict=verdict_text(verdict)))
    return html_of(joined([said, *verdict_lines(verdict, begun, page)]))


def _boxes(milestone: Milestone, page: HtmlPage) -> Iterator[Box]:
    for state in milestone.states:
        arrows = tuple(
            Arrow(
                arm.trigger,
                arm.target,
                "" if arm.gate is None else page.say(gate_text(arm.gate)),
                arm.explicit,
            )
            for arm in milestone.arms_from(state)
        )
        yield Box(state, state in milestone.good, state in milestone.bad, arrows)
