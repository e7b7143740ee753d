"""The states that an engine remembers: the right one or none, also for several threads at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from definitions.calendar.dates import parse_date
from tests.support.engine import Traject, gr_sociaal_domein
from workflow.model.commands import AddNote, Request
from workflow.model.person import Called
from workflow.rules.fold import initial
from workflow.storage.database import Database
from workflow.storage.reading import Head
from workflow.storage.state_cache import StateCache

DAY = date(2021, 1, 4)
HEAD = Head("one", "of", DAY, DAY, reconstruction=False, head_seq=3, head_hash="a hash")
STATE = initial(gr_sociaal_domein(), DAY)
THREADS = 8


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns as often as they can: between any two steps of a program."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def at(number: int) -> Head:
    """Return the head of a process of its own."""
    return replace(HEAD, id=f"process-{number}")


def test_a_state_is_that_of_its_head() -> None:
    """It is remembered with the head, by which whoever asks sees whether somebody wrote since."""
    remembered = StateCache()
    remembered.keep(HEAD, STATE)

    assert remembered.last_of(HEAD.id) == (HEAD, STATE)
    assert remembered.last_of("other") is None


def test_what_was_used_longest_ago_makes_room() -> None:
    """A process that is used again is one of the latest."""
    remembered = StateCache(most=2)
    for number in (1, 2, 1, 3):
        remembered.keep(at(number), STATE)

    assert [True, False, True] == [
        remembered.last_of(at(number).id) is not None for number in (1, 2, 3)
    ]


@pytest.mark.usefixtures("hasty")
def test_threads_that_remember_at_once() -> None:
    """Far more processes than there is room for, by eight threads: no error, and never too many."""
    remembered = StateCache(most=4)

    def work(first: int) -> None:
        for number in range(first, 4_000, THREADS):
            remembered.keep(at(number % 7), STATE)
            remembered.last_of(at(number % 5).id)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))

    assert 4 == sum(remembered.last_of(at(number).id) is not None for number in range(7))


@pytest.mark.only("sqlite")
@pytest.mark.usefixtures("hasty")
def test_threads_give_commands_in_more_processes_than_are_remembered(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command that was recorded is answered with its receipt, and each journal is whole."""
    monkeypatch.setattr("workflow.engine.StateCache", partial(StateCache, most=2))
    definition = gr_sociaal_domein()
    trajects = [Traject(database, definition, id=f"p-{number}") for number in range(5)]
    for each in trajects:
        each.start()
    engine = Traject(database, definition).engine
    asked = [
        Request(AddNote("a note", parse_date("2021-03-01"), "a source"), Called(trajects[0].by))
    ]

    with ThreadPoolExecutor(THREADS) as pool:
        receipts = list(pool.map(lambda each: engine.execute(each.id, asked), trajects * 4))

    assert [1] * 20 == [len(each.entries) for each in receipts]
    assert [] == [problem for each in trajects for problem in each.problems]
