"""The other two processes of the letters, replayed from what the letters tell."""

from collections.abc import Iterator
from datetime import date

import pytest

from definitions.library import facts_file, open_definition
from tests.support.databases import Site, opened
from tests.support.engine import Traject, World, refused
from workflow.facts import read_facts
from workflow.model.commands import ReportTask
from workflow.model.person import Called
from workflow.rules.refusals import NotArisen, OptionsRefused
from workflow.views.seen import Seen
from workflow.views.status import StatusView, status_view


def replayed(name: str, site: Site, template: str) -> Iterator[Traject]:
    """Replay a shipped process from its shipped facts."""
    with opened(site, template) as database:
        traject = Traject(database, open_definition(name), World(), id=name)
        traject.start(reconstruction=True)
        facts = read_facts(*facts_file(name)).facts
        traject.engine.execute(name, [fact.request(Called(traject.by)) for fact in facts])
        yield traject


@pytest.fixture
def verkenning(site: Site, template: str) -> Iterator[Traject]:
    """The exploration of letters 001 and 002."""
    yield from replayed("verkenning-samenwerking", site, template)


@pytest.fixture
def zienswijze(site: Site, template: str) -> Iterator[Traject]:
    """The opinions of letters 000 and 004."""
    yield from replayed("zienswijze-regionale-visie", site, template)


def status(traject: Traject, day: str) -> StatusView:
    """Return how a process stood on a day."""
    on = date.fromisoformat(day)
    return status_view(Seen(traject.definition, traject.as_of(day), on, traject.id, on))


def states(traject: Traject, day: str) -> dict[str, str]:
    """Return the state of every milestone on a day."""
    return {each.id: each.state for each in status(traject, day).milestones}


@pytest.mark.parametrize(
    ("day", "motie", "first", "bandwidth", "second", "third"),
    [
        ("2019-10-29", "genomen", "gepland", "open", "gepland", "gepland"),
        ("2020-02-13", "genomen", "gepland", "open", "gepland", "gepland"),
        ("2020-02-14", "genomen", "gehouden", "open", "gepland", "gepland"),
        ("2020-03-10", "genomen", "gehouden", "genomen", "gepland", "gepland"),
        ("2020-07-03", "genomen", "gehouden", "genomen", "gehouden", "gepland"),
    ],
)
def test_the_exploration_as_of_each_day(
    verkenning: Traject, day: str, motie: str, first: str, bandwidth: str, second: str, third: str
) -> None:
    """The table was made by hand from the two letters."""
    assert {
        "motie": motie,
        "conferentie-1": first,
        "bandbreedte": bandwidth,
        "conferentie-2": second,
        "conferentie-3": third,
    } == states(verkenning, day)


def test_the_narrowing_names_none_of_its_two_variants(verkenning: Traject) -> None:
    """The letter speaks of two preferred variants and does not say which."""
    (given,) = [
        decision
        for key, decision in verkenning.state.decisions.items()
        if key[:2] == ("conferentie-2", "trechter")
    ]
    assert ((), 2) == (given.options, given.unnamed_options)


def test_the_lag_in_informing_the_council_is_measured(verkenning: Traject) -> None:
    """From the second conference to Dordrecht's council: at most 120 days."""
    lags = {each.task: each.days for each in status(verkenning, "2020-12-31").lags}
    assert {
        "conferentie-2/informeer-raad@dordrecht": 120,
    } == lags


def test_an_option_lies_within_the_bandwidth(verkenning: Traject) -> None:
    """The second round chooses exactly two, and the last one exactly one of what was named."""
    with refused(verkenning, OptionsRefused) as caught:
        verkenning.record(
            "conferentie-3",
            "collegeconferentie",
            "bereikt",
            "2020-10-30",
            options=("aanpassen-gr", "centrumgemeente"),
        )
    assert "This decision names 2 options, and 1 are asked." == caught.sentence


def test_a_council_is_informed_of_what_has_happened(verkenning: Traject) -> None:
    """The task arises from the third conference, which was not held as far as is known."""
    with refused(verkenning, NotArisen):
        verkenning.do(
            ReportTask(
                "conferentie-3/informeer-raad",
                "geinformeerd",
                verkenning.journal[-1].effective,
                "dordrecht",
                "a source",
            )
        )


def test_the_opinions_on_the_day_before_the_deadline(zienswijze: Traject) -> None:
    """Papendrecht is in, six are not known; the deadline is a Saturday and stays one."""
    found = {each.id: each for each in status(zienswijze, "2020-01-31").milestones}
    round_ = found["zienswijzeronde"]
    assert ("open", 1, 6) == (
        round_.state,
        round_.decisions and round_.decisions.recorded,
        len(round_.decisions.waiting_for) if round_.decisions else None,
    )
    assert (date(2020, 2, 1), 1) == (
        round_.next_due and round_.next_due.date,
        round_.next_due and round_.next_due.days_left,
    )


def test_the_round_can_close_once_its_term_has_passed(zienswijze: Traject) -> None:
    """Not on the day itself, but after it; with six opinions not known."""
    assert [False, True] == [
        next(way.open for way in found.next if way.trigger == "sluiten")
        for day in ("2020-02-01", "2020-02-02")
        for found in status(zienswijze, day).milestones
        if found.id == "zienswijzeronde"
    ]


def test_a_reply_is_owed_to_whoever_gave_an_opinion(zienswijze: Traject) -> None:
    """It arises from the opinion, for that party alone."""
    found = {each.id: each for each in status(zienswijze, "2020-01-31").milestones}
    replies = [name for name in found["zienswijzeronde"].open_tasks if "/reactie" in name]
    assert ["zienswijzeronde/reactie@papendrecht"] == replies
