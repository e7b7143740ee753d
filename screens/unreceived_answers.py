"""Answers of which the day of receipt, which meets their term, is not known."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from definitions.language.text import text
from screens.page import Page
from screens.words import BODY, names_text
from workflow.views.dues import DueView


class View(Protocol):
    """A view, with its process and its days."""

    @property
    def process(self) -> str:
        """Return its id."""
        ...

    @property
    def as_of(self) -> date | None:
        """Return the day by which it is seen."""
        ...

    @property
    def known_at(self) -> date | None:
        """Return the day by which it was known."""
        ...


def unreceived_lines(view: View, dues: Iterable[DueView], page: Page) -> Iterator[str]:
    """Yield the answers without a known receipt, and how to record it."""
    looks_back = view.as_of or view.known_at
    found: dict[str, list[str]] = {}
    for due in dues:
        if due.unreceived:
            found.setdefault(due.id.partition("@")[0], []).extend(due.unreceived)
    if not found:
        return
    yield ""
    yield page.heading(text("Decided; the day of receipt, which meets the term, is not known"))
    for name, bodies in found.items():
        yield page.paragraph(text("{due}: {names}", due=name, names=names_text(bodies)), 2)
        milestone, _, request = name.partition("/")
        body = bodies[0] if len(bodies) == 1 else BODY
        asked = (view.process, milestone, body, "--request", request)
        known = ("--on", text("DATE"), "--reference", text("SOURCE"))
        if not looks_back:
            yield page.command("received", *asked, *known, indent=4)
