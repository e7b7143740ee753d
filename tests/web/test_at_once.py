"""Several people at once over the wire: every form is one entry, however often it is sent."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.databases import Site, opened
from tests.support.definitions import EXAMPLE, load
from tests.support.engine import Traject, World
from tests.support.properties import examples
from tests.support.web import Served, Visitor, serving
from workflow.model.events import NoteAdded

NOTE = "/trajecten/traject/vastleggen/aantekening"
PATIENCE = 60
"""How often somebody looks at what others did, and goes on, at most."""


@pytest.fixture
def traject(served_everywhere: Served) -> Traject:
    """Start a process in what is served."""
    traject = Traject(served_everywhere.database, load(EXAMPLE), served_everywhere.world)
    traject.start()
    return traject


def notes(traject: Traject) -> list[str]:
    """Return the notes in the journal."""
    events = (each.event for each in traject.journal)
    return [each.note for each in events if isinstance(each, NoteAdded) and each.note]


def record(visitor: Visitor, note: str, dice: Random) -> None:
    """Record a note as somebody does who clicks too often, and goes on after others were first."""
    form = visitor.get(NOTE).form
    for _ in range(PATIENCE):
        shown = visitor.send(form, step="show", note=note, on="2022-05-30")
        if shown.status == 409:
            form = shown.form
            continue
        assert 200 == shown.status, shown.words
        sent = [visitor.send(shown.form) for _ in range(dice.randint(1, 3))]
        assert len({each.status for each in sent}) == 1 or sent[0].status == 409
        if sent[-1].status == 303:
            return
        assert 409 == sent[-1].status, sent[-1].words
        form = sent[-1].form
    raise AssertionError(note)


def test_back_and_once_more_is_one_entry(served_everywhere: Served, traject: Traject) -> None:
    """A form that is sent again, by either step, records nothing again."""
    visitor = served_everywhere.enter()
    form = visitor.get(NOTE).form
    shown = visitor.send(form, step="show", note="Nog eens.", on="2022-05-30")
    assert [303, 303] == [visitor.send(shown.form).status for _ in range(2)]
    back = visitor.send(form, step="show", note="Nog eens.", on="2022-05-30")
    assert 200 == back.status
    assert 303 == visitor.send(back.form).status
    assert ["Nog eens."] == notes(traject)


def test_a_form_that_was_changed_after_it_was_recorded_is_refused(
    served_everywhere: Served, traject: Traject
) -> None:
    """The key is of what was recorded: it is said, and nothing else comes in its place."""
    visitor = served_everywhere.enter()
    form = visitor.get(NOTE).form
    shown = visitor.send(form, step="show", note="Zo.", on="2022-05-30")
    visitor.send(shown.form)
    changed = visitor.send(form, step="confirm", note="Of zo.", on="2022-05-30")
    assert changed.status in {409, 422}
    assert ["Zo."] == notes(traject)


def test_two_clicks_at_the_same_moment_are_one_entry(
    served_everywhere: Served, traject: Traject
) -> None:
    """Both are answered as if they were the only one."""
    visitor = served_everywhere.enter()
    with ThreadPoolExecutor(6) as threads:
        for number in range(5):
            shown = visitor.fill_in(NOTE, note=f"nummer {number}", on="2022-05-30")
            answers = list(threads.map(visitor.send, [shown.form] * 6))
            assert {303} == {each.status for each in answers}
    assert [f"nummer {number}" for number in range(5)] == notes(traject)
    assert [] == traject.problems


@settings(examples(3), suppress_health_check=list(HealthCheck))
@given(plan=st.lists(st.integers(1, 3), min_size=2, max_size=4), seed=st.integers(0, 99))
def test_nothing_is_lost_or_doubled(site: Site, template: str, plan: list[int], seed: int) -> None:
    """Whoever records something at the same time as others, everything is there once."""
    with opened(site, template) as database, serving(database, World()) as served:
        traject = Traject(database, load(EXAMPLE), served.world)
        traject.start()
        served.enter()

        def records(who: int) -> None:
            dice = Random(seed + who)
            for number in range(plan[who]):
                record(served.enter(), f"{who}/{number}", dice)

        with ThreadPoolExecutor(len(plan)) as threads:
            list(threads.map(records, range(len(plan))))
        wanted = [f"{who}/{number}" for who, many in enumerate(plan) for number in range(many)]
        assert Counter(wanted) == Counter(notes(traject))
        assert [] == traject.problems
