"""What ``definitions show`` says of tasks, ladders, routes and participants."""

import pytest

from definitions.model import Definition
from screens.definitions import show_screen
from screens.page import Page
from tests.support.definitions import EXAMPLE, example, load

VRAGEN = "vragen: {per: party, owner: griffier, in: in-route, each: round,"
FLYER = "flyer: {owner: external,"


def shown(definition: Definition, width: int = 300) -> list[str]:
    """Return the lines of a definition, on a page so wide that none is folded."""
    return [line.strip() for line in show_screen(definition, Page(width=width)).splitlines()]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            VRAGEN,
            VRAGEN,
            "task vragen, for each of 3, anew in each round, in “in-route”, by griffier: "
            "gesloten (done)",
        ),
        (FLYER, FLYER, "task flyer, once, by others: verspreid (done)"),
        (
            FLYER,
            "flyer: {per: [oost], due: 2021-05, ladder: gewoon, owner: external,",
            "task flyer, for oost, by others: verspreid (done); due May 2021 (ladder gewoon)",
        ),
        (
            "{every: unknown}",
            "{every: unknown}",
            "task nieuwsbrief, again and again (how often is not known), by secretaris: "
            "verzonden (done)",
        ),
        (
            "{every: unknown}",
            "{every: quarter, until: 2023-01-01}",
            "task nieuwsbrief, again and again (quarter), until Sun 1 January 2023, by secretaris: "
            "verzonden (done)",
        ),
        (
            "{every: unknown}",
            "{every: year, from: voorstel.genomen, until: unknown}, due: {each_year: 07-15}",
            "task nieuwsbrief, every year from “voorstel.genomen” on, until when is not known, by "
            "secretaris: verzonden (done); due each year on 15 July",
        ),
        (
            "{every: unknown}",
            "{event: replanned}",
            "task nieuwsbrief, each time a date is moved, by secretaris: verzonden (done)",
        ),
        (
            "{every: unknown}",
            "{milestone: voorstel, state: in-route}, due: none",
            "task nieuwsbrief, when “voorstel.in-route” is entered, by secretaris: "
            "verzonden (done)",
        ),
        (
            VRAGEN,
            "vragen: {per: party, owner: griffier, arises: {decision: raden, outcome: tegen},",
            "task vragen, for each of 3, when voorstel/raden is decided with “tegen”, by griffier: "
            "gesloten (done)",
        ),
        (
            VRAGEN,
            "vragen: {per: party, owner: griffier, arises: {decision: raden},",
            "task vragen, for each of 3, when voorstel/raden is decided, by griffier: "
            "gesloten (done)",
        ),
        (
            "due: 2021-09",
            "due: {unknown: {nl: geen, en: not said}, waits_for: [means]}",
            "request raden, to raad of oost, west, zuid; by besluit; due not known (not said); "
            "waits for means (ladder gewoon)",
        ),
        (
            "groups:",
            "participants: [adviseur, bureau]\ngroups:",
            "Participants: adviseur, bureau",
        ),
        (FLYER, FLYER, "neither is known of any party"),
        (
            "oost: {name: Oost,",
            "oost: {name: Oost, route: [commissie, raad],",
            "oost: commissie, raad; papers: not known",
        ),
        (
            "oost: {name: Oost,",
            "oost: {name: Oost, papers_due: three weeks,",
            "oost: not known; papers: three weeks",
        ),
        (
            "oost: {name: Oost,",
            "oost: {name: Oost, papers_due: three weeks,",
            "neither is known of west, zuid",
        ),
        (
            "gewoon: [-14d, -3wd, 0d,",
            "gewoon: [-2d, -1d, -1wd,",
            "gewoon: 2 and 1 days before; 1 working day before; 3, 10, 17 and 24 days after it to "
            "secretaris",
        ),
        (
            FLYER,
            FLYER,
            "gewoon: 14 days before; 3 working days before; on the day; "
            "3, 10, 17 and 24 days after it to secretaris",
        ),
    ],
)
def test_a_definition_shows_what_it_says(old: str, new: str, line: str) -> None:
    """How often a task arises, for whom, until when; who takes part; when one is reminded."""
    assert line in shown(load(example((old, new))))


def test_a_definition_fits_in_eighty_columns() -> None:
    """No line is wider than the page."""
    lines = show_screen(load(EXAMPLE), Page(width=80)).splitlines()
    assert [] == [line for line in lines if len(line) > 80]
