"""A page of a process: its main part, drawn once for each journal, day and language."""

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from web.allowed import may_give
from web.html_page import HtmlPage
from web.names import names_of
from web.templating import render
from web.visit import Asked, Visit

Make = Callable[[], Mapping[str, object]]


def drawn_of(visit: Visit, process: str, asked: Asked, template: str, make: Make) -> Markup:
    """Return the main part of a page of a process, made anew only where something has changed.

    What was known on a day that has not passed may still change with what is recorded today, but
    that changes the journal too, and with it the key.

    Args:
        visit: who asks.
        process: its id.
        asked: of which days.
        template: what it is made of; with the address it says which page it is.
        make: returns the values that the template shows.
    """
    now = visit.standing(process)
    key = (
        template,
        visit.request.url.path,
        visit.request.url.query,
        now.head.head_hash,
        now.day,
        visit.language,
        asked.as_of,
        asked.known_at,
        now.people,
        () if asked.back else now.undelivered,
    )
    return visit.desk.drawn.get(
        key,
        lambda: render(
            template,
            visit.language,
            {**visit.common(), "process": process, "asked": asked, **make()},
        ),
    )


def page_of(visit: Visit, process: str, asked: Asked, level: int = 2) -> HtmlPage:
    """Return where screens about a process are written, with its names; of now, with links."""
    now, _ = visit.head(process)
    return HtmlPage(
        visit.language,
        level=level,
        links=not asked.back,
        offers=lambda action: may_give(now, visit.person, action),
        days=asked.query,
        names=names_of(now.definition, visit.language),
    )


def names_in(visit: Visit, processes: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Return what everything is called in some processes, by their ids."""
    return {
        process: names_of(visit.head(process)[0].definition, visit.language)
        for process in processes
    }
