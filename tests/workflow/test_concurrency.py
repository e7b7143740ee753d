"""Many hands: threads and programs at once, and what they leave behind is one legal order."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.text import text
from tests.support.databases import Site, made, opened, url_of
from tests.support.engine import Traject, World, bodies, gr_sociaal_domein
from tests.support.faults import CONTEXT
from tests.support.storms import (
    DUES,
    MILESTONE,
    Answer,
    Now,
    ask_all,
    ask_with_key,
    disorder,
    start,
    storm,
)
from workflow.engine import Seating
from workflow.model.commands import AddNote, Advance, Command, Correct, Record, Replan, Request
from workflow.model.person import Called
from workflow.people import erase
from workflow.rules.conflicts import HoldsSeats, VersionPassed
from workflow.storage import reading, store
from workflow.storage.database import Database, Patience
from workflow.storage.errors import WriteConflict

WRITERS = 4
BEGUN = 3
"""How many entries the start of the shipped process makes."""
LONGEST_WAIT = timedelta(seconds=10)
DAY = parse_date("2021-03-01")


@pytest.fixture(scope="module")
def programs() -> Iterator[Executor]:
    """Start programs that share nothing with this one."""
    with ProcessPoolExecutor(8, mp_context=CONTEXT) as pool:
        yield pool


@pytest.fixture(params=["threads", "programs"])
def hands(request: pytest.FixtureRequest, programs: Executor) -> Iterator[Executor]:
    """Work in threads of this program, or in programs of their own."""
    if request.param == "programs":
        yield programs
        return
    with ThreadPoolExecutor(8) as pool:
        yield pool


@pytest.fixture
def now(database: Database) -> Traject:
    """Start the shipped process in a world in which time passes."""
    traject = Traject(database, gr_sociaal_domein(), World(), id="gr-sociaal-domein")
    traject.start()
    return replace(traject, world=Now(people=1))


def all_of(futures: list[Future[Any]]) -> list[Any]:
    """Return what became of everything that was asked at once."""
    return [each.result() for each in futures]


def together(hands: Executor, traject: Traject, *commands: Sequence[Command]) -> list[Answer]:
    """Let as many ask at once as there are lists of commands."""
    url = url_of(traject.database)
    asked = [hands.submit(ask_all, url, traject.id, each) for each in commands]
    return [answer for answers in all_of(asked) for answer in answers]


def fresh(traject: Traject, database: Database) -> Traject:
    """Start the same process in another database, at the same moment."""
    alone = Traject(database, traject.definition, World(), traject.id)
    alone.start()
    return alone


# --- one process -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_asked_at_once_is_one_legal_order(
    hands: Executor, now: Traject, seed: int, files: Site, file_template: str
) -> None:
    """Recording, advancing, replanning, correcting: nothing lost, doubled or out of time."""
    url = url_of(now.database)

    asked = [hands.submit(storm, url, now.id, seed * 100 + each, 8) for each in range(WRITERS)]
    answers = [answer for answers in all_of(asked) for answer in answers]

    with opened(files, file_template) as database:
        assert [] == disorder(now, fresh(now, database), answers)


def test_nothing_is_lost(hands: Executor, now: Traject) -> None:
    """Each note is there once, in the order of its writer, without a gap."""
    notes = [[AddNote(f"{each}/{n}", DAY, "a source") for n in range(6)] for each in range(WRITERS)]

    answers = together(hands, now, *notes)

    written = [getattr(each.event, "note", None) for each in now.journal[BEGUN:]]
    assert {each.note: 1 for writer in notes for each in writer} == Counter(written)
    for own in notes:
        assert [each.note for each in own] == [
            each for each in written if each in {note.note for note in own}
        ]
    assert {None} == {each.refusal for each in answers}
    assert [] == now.problems


def test_no_milestone_moves_twice(hands: Executor, now: Traject) -> None:
    """Of several who move it at once, one does; the others are told where it stands now."""
    move: list[Command] = [Advance(MILESTONE, parse_date("2020-12-01"), to="in-route")]

    answers = together(hands, now, *[move] * WRITERS)

    assert {None: 1, "NoTransition": WRITERS - 1} == Counter(each.refusal for each in answers)
    assert (1, "in-route") == (now.milestone(MILESTONE).round, now.milestone(MILESTONE).state)
    assert [] == now.problems


def test_one_of_several_decisions_at_once_is_recorded(hands: Executor, now: Traject) -> None:
    """Who comes second is refused on the fresh state."""
    now.advance(MILESTONE, "2020-11-24")
    outcomes = ("ingestemd", "verworpen", "gewijzigd-ingestemd", "ingestemd")

    answers = together(
        hands,
        now,
        *(
            [Record(MILESTONE, "dordrecht", each, parse_date("2021-01-12"), reference="a source")]
            for each in outcomes
        ),
    )

    assert {None: 1, "AlreadyDecided": 3} == Counter(each.refusal for each in answers)
    assert 1 == len(now.state.decisions)
    assert [] == now.problems


def test_seven_councils_decide_at_once(hands: Executor, now: Traject) -> None:
    """None of them is in another's way: the gate opens."""
    now.advance(MILESTONE, "2020-11-24")

    together(
        hands,
        now,
        *(
            [Record(MILESTONE, each, "ingestemd", parse_date("2021-01-12"), reference="a source")]
            for each in bodies(now.definition, "raad")
        ),
    )

    now.advance(MILESTONE, "2021-02-01")
    assert ("vastgesteld", "decided") == now.stand(MILESTONE)
    assert [] == now.problems


def test_no_replanning_is_lost(hands: Executor, now: Traject) -> None:
    """Each is an entry, and the last one is the date."""
    answers = together(
        hands,
        now,
        *(
            [Replan(DUES[1], parse_date(f"2021-0{day}-15"), "later", DAY)]
            for day in range(5, 5 + WRITERS)
        ),
    )

    assert {None} == {each.refusal for each in answers}
    assert WRITERS == sum(key[0] == DUES[1] for key in now.stored.dues)
    assert [] == now.problems


def test_an_entry_is_withdrawn_once(hands: Executor, now: Traject) -> None:
    """Who corrects what was corrected meanwhile is refused."""
    now.note("something", "2021-03-01")
    seq = now.journal[-1].seq

    answers = together(hands, now, *[[Correct(seq, "it was not so", withdraw=True)]] * WRITERS)

    assert 1 == sum(each.refusal is None for each in answers)
    assert [] == now.problems


def test_the_same_key_at_once_is_one_entry(hands: Executor, now: Traject) -> None:
    """A command that is given twice happens once, also when both come at one moment."""
    url, note = url_of(now.database), AddNote("something", DAY, "a source")

    answers = all_of(
        [hands.submit(ask_with_key, url, now.id, note, "letter-1") for _ in range(WRITERS)]
    )

    assert {(None, True): WRITERS - 1, (None, False): 1} == Counter(
        (each.refusal, each.seq is None) for each in answers
    )
    assert BEGUN + 1 == len(now.journal)
    assert [] == now.problems


def test_who_expected_another_state_is_refused(now: Traject) -> None:
    """A command that names the entry it has seen is not decided anew."""
    seen = len(now.journal)
    now.note("somebody was first", "2021-03-01")

    with pytest.raises(VersionPassed, match="somebody was here before you"):
        now.do(AddNote("too late", DAY, "a source"), expect=seen)


def test_one_engine_serves_several_threads(now: Traject) -> None:
    """Threads that share an engine and its connections are not in each other's way."""
    requests = [Request(AddNote(f"{each}", DAY, "a source"), Called(now.by)) for each in range(24)]

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda each: now.engine.execute(now.id, [each]), requests))

    assert BEGUN + 24 == len(now.journal)
    assert [] == now.problems


@pytest.mark.only("postgresql")
def test_those_who_wait_for_a_process_are_served_in_turn(now: Traject) -> None:
    """First come, first served, though each of them changes the row for which they wait."""
    numbers = [f"{each}" for each in range(6)]
    with ThreadPoolExecutor(len(numbers)) as pool:
        with now.database.writing() as connection:
            store.lock_head(connection, now.id)
            asked = [_waiting(pool, now, number) for number in numbers]
        all_of(asked)

    assert numbers == [getattr(each.event, "note", None) for each in now.journal[BEGUN:]]


def _waiting(pool: Executor, traject: Traject, note: str) -> Future[Any]:
    """Ask for a note, and return as soon as it waits for its turn with those before it."""
    before = _waiters(traject.database)
    request = Request(AddNote(note, DAY, "a source"), Called(traject.by))
    asked = pool.submit(traject.engine.execute, traject.id, [request])
    ends = monotonic() + LONGEST_WAIT.total_seconds()
    while _waiters(traject.database) == before and monotonic() < ends:
        sleep(0.002)
    return asked


def _waiters(database: Database) -> int:
    held = "SELECT pid FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database"
    with database.reading() as connection:
        found = connection.exec_driver_sql(f"{held} WHERE datname = current_database())")
        return len(found.fetchall())


@pytest.mark.only("postgresql")
def test_the_head_is_not_held_while_a_process_is_read(
    now: Traject, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who knows nothing yet reads it before that, and goes on from what others wrote since."""
    now.note("somebody was here", "2020-11-20")
    other = Traject(now.database, now.definition, now.world, now.id)
    own, read, states = other.engine._fold_ahead, reading.read_state, []

    def meanwhile(*args: Any) -> None:
        now.advance(MILESTONE, "2020-11-24")
        own(*args)

    def counted(*args: Any, **more: Any) -> Any:
        states.append(read(*args, **more))
        return states[-1]

    monkeypatch.setattr(other.engine, "_fold_ahead", meanwhile)
    monkeypatch.setattr(reading, "read_state", counted)
    other.note("something", "2021-03-01")

    assert 1 == len(states)
    assert BEGUN + 3 == len(now.journal)
    assert [] == now.problems


# --- several processes -------------------------------------------------------------------------


def test_of_two_starts_at_once_one_is_a_conflict(
    hands: Executor, site: Site, template: str
) -> None:
    """One id is one process, and one person, whoever is first."""
    with made(site, template) as url, Database(url) as database:
        became = all_of([hands.submit(start, url, "one", each * 10) for each in range(WRITERS)])
        traject = Traject(database, gr_sociaal_domein(), id="one")

        assert {"started": 1, "IdTaken": WRITERS - 1} == Counter(became)
        assert 1 == len(traject.engine.people())
        assert [] == traject.problems


def test_several_starts_at_once_of_several_processes(
    hands: Executor, site: Site, template: str
) -> None:
    """The definition and the person that all of them need are there once."""
    with made(site, template) as url, Database(url) as database:
        became = all_of([hands.submit(start, url, f"p-{n}", n * 10) for n in range(WRITERS)])
        trajects = [Traject(database, gr_sociaal_domein(), id=f"p-{n}") for n in range(WRITERS)]

        assert ["started"] * WRITERS == became
        assert 1 == len(trajects[0].engine.people())
        assert [[]] * WRITERS == [each.problems for each in trajects]


def test_writers_of_different_processes_lose_nothing(hands: Executor, now: Traject) -> None:
    """They share the database; on a server they do not even wait for each other."""
    url = url_of(now.database)
    ids = [f"p-{each}" for each in range(WRITERS)]
    for each in ids:
        start(url, each, 10)
    notes: list[Command] = [AddNote(f"{each}", DAY, "a source") for each in range(6)]

    answers = all_of([hands.submit(ask_all, url, each, notes) for each in ids])

    assert [[*range(BEGUN + 1, BEGUN + 7)]] * WRITERS == [
        [each.seq for each in own] for own in answers
    ]
    for each in ids:
        assert [] == Traject(now.database, now.definition, id=each).problems


def test_no_writer_of_eight_starves(programs: Executor, now: Traject) -> None:
    """All of them get their turns, and none waits for ten seconds."""
    notes: list[Command] = [AddNote(f"{each}", DAY, "a source") for each in range(10)]

    answers = together(programs, now, *[notes] * 8)

    assert {None} == {each.refusal for each in answers}
    assert 80 == len(answers)
    assert LONGEST_WAIT > max(each.returned - each.called for each in answers)
    assert [] == now.problems


# --- deciding anew -----------------------------------------------------------------------------


def test_who_was_second_is_decided_anew(now: Traject, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another program made impossible at the same moment is refused, not recorded."""
    now.advance(MILESTONE, "2020-11-24")
    command = Record(MILESTONE, "dordrecht", "ingestemd", parse_date("2021-01-12"), reference="x")
    first = iter([True])
    own = now.engine._execute

    def interrupted(*args: Any, **more: Any) -> Any:
        if next(first, False):
            Traject(now.database, now.definition, now.world, now.id).do(command)
            raise WriteConflict(text("Somebody else was first."))
        return own(*args, **more)

    monkeypatch.setattr(now.engine, "_execute", interrupted)
    with pytest.raises(Exception, match="decided") as raised:
        now.do(command)

    assert "AlreadyDecided" == type(raised.value).__name__
    assert 1 == len(now.state.decisions)


def test_deciding_anew_ends(now: Traject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who loses every time is told to try again later."""
    tries: list[float] = []
    now.database.patience = Patience(sleep=tries.append)
    monkeypatch.setattr(now.engine, "_execute", _always_second)

    with pytest.raises(WriteConflict):
        now.note("something", "2021-03-01")

    assert tries


def _always_second(*_: object, **__: object) -> None:
    raise WriteConflict(text("Somebody else was first."))


# --- people ------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", range(4))
def test_who_is_forgotten_does_not_get_a_seat_at_that_moment(now: Traject, turn: int) -> None:
    """A seat that is given while its holder is being forgotten is not left to nobody."""
    now.seat("griffier@dordrecht", "griffier D", "2020-12-01", until="2021-01-01")

    def forget() -> None:
        erase(now.engine, Called("griffier D"), Called(now.by))

    def give() -> None:
        with Database(url_of(now.database)) as database:
            other = Traject(database, now.definition, Now(people=50), now.id)
            other.engine.give_seat(
                now.id, Seating("griffier@sliedrecht", Called("griffier D"), Called(now.by))
            )

    _at_once(*((forget, give) if turn % 2 else (give, forget)))

    holding = {each.person for each in now.state.seats.values() if each.until is None}
    assert holding <= now.engine.people().keys()
    assert [] == now.problems


def _at_once(*actions: Callable[[], None]) -> None:
    with ThreadPoolExecutor(len(actions)) as pool:
        for each in [pool.submit(action) for action in actions]:
            error = each.exception()
            assert error is None or isinstance(error, HoldsSeats)
