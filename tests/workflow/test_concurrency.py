"""Several programs on one SQLite file: each gets its turn, and nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.support.databases import url_of
from tests.support.engine import Traject, decide_in_another_program, write_in_another_program

WRITERS, NOTES = 3, 12


@pytest.fixture(scope="module")
def programs() -> Iterator[ProcessPoolExecutor]:
    """Start fresh interpreters that share nothing with this one."""
    with ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn")) as pool:
        yield pool


def test_writers_of_one_process_lose_nothing(gr: Traject, programs: ProcessPoolExecutor) -> None:
    """All their notes are there once, without a gap, and the chain is whole."""
    before = len(gr.journal)

    tasks = [
        programs.submit(write_in_another_program, url_of(gr.database), gr.id, f"{writer}", NOTES)
        for writer in range(WRITERS)
    ]
    for each in tasks:
        each.result()

    entries = gr.journal[before:]
    notes = Counter(getattr(each.event, "note", None) for each in entries)
    assert {f"{writer}/{note}": 1 for writer in range(WRITERS) for note in range(NOTES)} == notes
    assert list(range(1, before + WRITERS * NOTES + 1)) == [each.seq for each in gr.journal]
    assert [] == gr.problems


def test_each_writer_keeps_its_own_order(gr: Traject, programs: ProcessPoolExecutor) -> None:
    """Whoever wins in between, what one program wrote stands in the order in which it did."""
    tasks = [
        programs.submit(write_in_another_program, url_of(gr.database), gr.id, f"{writer}", NOTES)
        for writer in range(WRITERS)
    ]
    for each in tasks:
        each.result()

    for writer in range(WRITERS):
        notes = [str(getattr(each.event, "note", "")) for each in gr.journal]
        assert [f"{writer}/{note}" for note in range(NOTES)] == [
            note for note in notes if note.startswith(f"{writer}/")
        ]


def test_writers_of_different_processes_lose_nothing(
    gr: Traject, programs: ProcessPoolExecutor
) -> None:
    """They share the file, and wait for each other."""
    trajects = [
        Traject(gr.database, gr.definition, gr.world, id=f"p-{writer}") for writer in range(WRITERS)
    ]
    for each in trajects:
        each.start()

    tasks = [
        programs.submit(write_in_another_program, url_of(gr.database), each.id, "note", NOTES)
        for each in trajects
    ]
    for task in tasks:
        task.result()

    for each in trajects:
        assert 3 + NOTES == len(each.journal)
        assert [] == each.problems


def test_one_of_several_decisions_at_once_is_recorded(
    gr: Traject, programs: ProcessPoolExecutor
) -> None:
    """Two programs record the same council: the second is refused on the fresh state."""
    gr.advance("principebesluit", "2020-11-24")

    tasks = [
        programs.submit(decide_in_another_program, url_of(gr.database), gr.id, outcome)
        for outcome in ("ingestemd", "verworpen", "gewijzigd-ingestemd")
    ]
    answers = [each.result() for each in tasks]

    assert {"AlreadyDecided": 2, "recorded": 1} == Counter(answers)
    assert 1 == len(gr.state.decisions)
    assert [] == gr.problems
