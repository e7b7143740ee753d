"""What is asked of one person, over all processes in which they hold a seat."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from definitions.language.errors import NotFound
from definitions.library import open_definition
from definitions.model import Definition
from screens.my_work import my_work_screen
from screens.page import Page
from tests.support.databases import heard
from tests.support.engine import Traject, World, typed
from workflow.model.person import Called
from workflow.rules.worklist import Doing
from workflow.storage import reading
from workflow.storage.database import Database
from workflow.views.my_work import MyWorkView, my_work
from workflow.views.prerequisites import Kind
from workflow.views.seen import Seen

EXAMPLES = Path(__file__).parents[3] / "docs/examples"
DAY = "2026-03-03"


def opened(name: str) -> Definition:
    """Return one of the definitions of the tutorials."""
    return open_definition(str(EXAMPLES / f"{name}.yaml"))


def begun(database: Database, world: World, process: str, definition: Definition) -> Traject:
    """Start a process of the secretary's."""
    traject = Traject(database, definition, world, id=process)
    traject.start()
    return traject


@pytest.fixture
def parks(database: Database, world: World) -> list[Traject]:
    """Three sports parks: anna is griffier in the first two, and of another party in the second."""
    world.it_is(DAY)
    definition = opened("sportpark")
    found = [begun(database, world, f"park-{number}", definition) for number in (1, 2, 3)]
    found[0].seat("griffier@oost", "anna", DAY)
    found[1].seat("griffier@west", "anna", DAY)
    found[2].seat("griffier@oost", "bas", DAY)
    return found


def work_of(traject: Traject, name: str, process: str | None = None) -> MyWorkView:
    """Return what is asked of somebody."""
    engine = traject.engine
    found = engine.held_by(Called(name))
    assert found is not None
    holder, present = found
    seen = [Seen(*stands.parts, head.id) for stands, head in present]
    return my_work(holder, seen, process)


def offered(view: MyWorkView) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what can be done now: in which process, what, and for whom."""
    return [(each.process, each.asked.turn.name, each.asked.turn.subjects) for each in view.now]


# --- what is asked -------------------------------------------------------------------------------


def test_what_is_asked_over_all_processes(parks: list[Traject]) -> None:
    """Of each seat its own, and nothing of a process in which it is somebody else's."""
    view = work_of(parks[0], "anna")
    assert [
        ("park-1", "locatie/keuze", ("oost.college",)),
        ("park-2", "locatie/keuze", ("west.college",)),
    ] == offered(view)
    assert [("griffier@oost",), ("griffier@west",)] == [each.seats for each in view.now]
    assert 3 == view.processes


def test_what_is_late_comes_first_then_by_date(parks: list[Traject]) -> None:
    """What has no date comes last, in whatever process it is."""
    first, second, _ = parks
    second.advance("gebruiksregels", DAY)
    second.task("gebruiksregels/ontvangst", "ontvangen", DAY, "west")
    first.seat("stuurgroep", "anna", DAY)
    first.advance("uitgangspunten", DAY)
    first.world.it_is("2026-09-01")
    view = work_of(first, "anna")
    days = [each.asked.due.date for each in view.now if each.asked.due and each.asked.due.date]
    assert sorted(days) == days
    # Six weeks after 3 March; the agreement would go to the councils by 31 August.
    assert date(2026, 4, 14) == days[0]
    assert ("park-2", "gebruiksregels/raden", ("west.raad",)) == offered(view)[0]
    undated = [each.asked.due is None or each.asked.due.date is None for each in view.now]
    assert all(before <= after for before, after in pairwise(undated))
    coming = [each.due.date for each in view.coming if each.due and each.due.date]
    assert sorted(coming) == coming
    # As the stuurgroep she sends the principles in March; the council adopts them in April.
    assert [date(2026, 3, 31), date(2026, 4, 30)] == sorted(set(coming))[:2]


def test_what_comes_has_its_date_and_what_comes_first(parks: list[Traject]) -> None:
    """The council's decision on the principles: the move, and the griffier's own questions."""
    coming = {(each.process, each.name): each for each in work_of(parks[0], "anna").coming}[
        ("park-1", "uitgangspunten/raden")
    ]
    assert (("oost.raad",), "vaststelling") == (coming.subjects, coming.instrument)
    assert coming.due is not None
    assert date(2026, 4, 30) == coming.due.date
    move, task = coming.first
    assert (Kind.MOVE, ("uitgangspunten",)) == (move.kind, move.what)
    assert {"secretaris"} == {each.holder for each in move.who}
    assert ("uitgangspunten/technische-vragen@oost",) == task.what


def test_what_others_wait_for(parks: list[Traject]) -> None:
    """The place needs her college; and what her council decides, her college waits for."""
    first = parks[0]
    for milestone, trigger in (("overeenkomst", "bespreken"), ("overeenkomst", "toezenden")):
        first.attest(milestone, DAY, trigger)
    awaited = work_of(first, "anna").awaited
    in_first = [
        (each.name, each.body, each.target, each.what)
        for each in awaited
        if each.process == "park-1"
    ]
    assert ("locatie", None, "gekozen", ("oost.college",)) in in_first
    assert ("overeenkomst", None, "toestemming-compleet", ("oost.raad",)) in in_first
    assert ("overeenkomst/colleges", "oost.college", None, ("oost.raad",)) in in_first


def test_a_group_leader_hears_which_parts_are_waited_for(parks: list[Traject]) -> None:
    """No command offers a part, but a gate waits for it."""
    first = parks[0]
    first.seat("werkgroepleider@beheer", "dirk", DAY)
    first.advance("uitgangspunten", DAY)
    view = work_of(first, "dirk")
    assert [("park-1", "uitgangspunten/sessie", ("beheer",))] == offered(view)
    waiting = {name for each in view.awaited for name in each.what}
    assert {"uitgangspunten/sessie@beheer", "plan/kosten", "plan/beheer"} <= waiting


def test_moves_and_replies_are_asked_too(parks: list[Traject]) -> None:
    """Whoever started it holds two seats that may move a milestone: it is asked once."""
    moves = [
        (each.asked.turn.milestone, each.asked.target, each.seats)
        for each in work_of(parks[0], "secretaris").now
        if each.asked.turn.doing is Doing.ADVANCE and each.process == "park-1"
    ]
    both = ("projectsecretaris", "stuurgroep")
    assert [
        ("gebruiksregels", "open", both),
        ("uitgangspunten", "dialoog", both),
        ("overeenkomst", "dialoog", both),
    ] == moves


def test_a_reply_is_asked_of_who_owes_it(asked: Traject) -> None:
    """Each point of an answer, until it is replied to."""
    asked.record("vraag", "oost.raad", "reactie", "2021-01-12", request="raden", points=("a", "b"))
    asked.reply("vraag", "oost.raad", 1, "2021-01-13", request="raden")
    replies = [
        (each.asked.turn.subjects, each.asked.turn.point, each.asked.turn.says)
        for each in work_of(asked, "secretaris").now
        if each.asked.turn.doing is Doing.REPLY
    ]
    assert [(("oost.raad",), 2, "b")] == replies
    shown = my_work_screen(work_of(asked, "secretaris"), Page())
    assert "vraag/raden: point 2 of oost.raad, no reply yet: b" in shown
    assert "mijlpaal answer traject vraag oost.raad 2 --request raden --on DATE" in shown


def test_a_receipt_that_meets_a_term_is_asked_of_the_secretariat(asked: Traject) -> None:
    """The answer is on record, and its term is proved only by when it came; silence sends none."""
    asked.record("vraag", "oost.raad", "reactie", "2021-01-12", request="raden")
    asked.world.it_is("2021-03-02")
    asked.record("vraag", "west.raad", "verstreken", "2021-03-02", request="raden")
    receipts = [
        (each.asked.turn.name, each.asked.turn.subjects)
        for each in work_of(asked, "secretaris").now
        if each.asked.turn.doing is Doing.RECEIVE
    ]
    assert [("vraag/raden", ("oost.raad",))] == receipts
    shown = my_work_screen(work_of(asked, "secretaris"), Page())
    assert "mijlpaal received traject vraag oost.raad --request raden --on DATE" in shown
    asked.received("vraag", "oost.raad", "2021-01-14", request="raden")
    assert Doing.RECEIVE not in {each.asked.turn.doing for each in work_of(asked, "secretaris").now}


# --- seats ---------------------------------------------------------------------------------------


def test_a_deputy_holds_the_seat_as_well(parks: list[Traject]) -> None:
    """Both are asked the same, and each sees who else is."""
    first = parks[0]
    first.seat("griffier@oost", "eva", DAY, "2026-05-31")
    view = work_of(first, "eva")
    assert [("park-1", "locatie/keuze", ("oost.college",))] == offered(view)
    (held,) = view.seats
    assert (("anna",), date(2026, 5, 31)) == (held.others, held.until)
    shown = my_work_screen(view, Page())
    assert "griffier@oost in park-1, until Sun 31 May 2026; held by anna too" in shown


def test_a_seat_that_ended_asks_nothing(parks: list[Traject]) -> None:
    """It is said which seat it was and until when, also of one that is still to begin."""
    first = parks[0]
    first.unseat("griffier@oost", "anna", DAY)
    parks[1].unseat("griffier@west", "anna", DAY)
    first.world.it_is("2026-03-04")
    view = work_of(first, "anna")
    assert ((), (), (), ()) == (view.seats, view.now, view.coming, view.awaited)
    shown = my_work_screen(view, Page())
    assert "anna holds no seat today, so nothing is asked of them." in shown
    assert "griffier@oost in park-1: from Tue 3 March 2026 until Tue 3 March 2026" in shown
    assert "mijlpaal member list park-1" in shown


def test_one_process_only(parks: list[Traject]) -> None:
    """Where a process is named, what is asked there; also that it is nothing."""
    assert [("park-2", "locatie/keuze", ("west.college",))] == offered(
        work_of(parks[0], "anna", "park-2")
    )
    nothing = work_of(parks[0], "anna", "park-3")
    assert ((), ()) == (nothing.seats, nothing.now)
    assert "anna holds no seat in park-3 today" in my_work_screen(nothing, Page())


def test_a_seat_of_which_nothing_is_asked(parks: list[Traject]) -> None:
    """Who only reads is told so, and which seat it is."""
    parks[0].seat("lezer", "fred", DAY)
    shown = my_work_screen(work_of(parks[0], "fred"), Page())
    assert "Nothing is asked of you now." in shown
    assert "lezer in park-1" in shown


def test_nothing_is_asked_of_a_party_that_left(asked: Traject) -> None:
    """Its griffier holds the seat still."""
    asked.seat("griffier@oost", "anna", "2021-01-10")
    assert ("traject", "vraag/raden", ("oost.raad",)) in offered(work_of(asked, "anna"))
    asked.leave("oost", "2021-01-11")
    view = work_of(asked, "anna")
    assert (1, (), (), ()) == (len(view.seats), view.now, view.coming, view.awaited)


def test_nobody_of_that_name(parks: list[Traject]) -> None:
    """Who was meant is guessed at, or it is said how one says who one is."""
    with pytest.raises(NotFound) as caught:
        parks[0].engine.held_by(Called("ana"))
    assert "Did you mean “anna”?" == str(caught.value.advice)
    with pytest.raises(NotFound) as caught:
        parks[0].engine.held_by(Called("nobody at all"))
    assert "--as NAME" in typed(caught.value.advice)


def test_an_empty_database(database: Database, world: World) -> None:
    """There is nobody there yet, so nobody is unknown."""
    assert Traject(database, opened("sportpark"), world).engine.held_by(Called("anna")) is None


def test_today_is_that_of_each_process(database: Database, world: World) -> None:
    """At half past eleven in the evening, in Utrecht it is tomorrow already."""
    world.it_is(DAY)
    definition = replace(opened("sportpark"), timezone="Europe/Amsterdam")
    traject = begun(database, world, "park", definition)
    traject.seat("griffier@oost", "anna", DAY, DAY)
    world.now = world.now.replace(hour=22, minute=30)  # 23:30 in the Netherlands
    assert 1 == len(work_of(traject, "anna").seats)
    world.now = world.now.replace(hour=23, minute=30)  # 0:30 there, on the next day
    assert () == work_of(traject, "anna").seats


# --- what it takes -------------------------------------------------------------------------------


def test_it_takes_as_many_statements_however_many_processes(parks: list[Traject]) -> None:
    """As many for two processes as for one; and none of them asks for any other process."""
    first, second, _ = parks
    with heard(first.database) as of_two:
        first.engine.held_by(Called("anna"))
    assert not [each for each in of_two if "park-3" in each]
    second.unseat("griffier@west", "anna", DAY)
    first.world.it_is("2026-03-04")
    with heard(first.database) as of_one:
        first.engine.held_by(Called("anna"))
    tables = [each for each in of_one if "FROM decisions" in each]
    assert 1 == len(tables)
    assert "park-2" not in tables[0]
    assert len(of_one) == len(of_two)
    assert len(of_two) <= 20


def test_many_states_are_read_as_each_is(parks: list[Traject]) -> None:
    """What is read together is what is read one by one, with past rounds."""
    parks[0].advance("gebruiksregels", DAY)
    parks[0].task("gebruiksregels/ontvangst", "ontvangen", DAY, "oost")
    parks[0].record("gebruiksregels", "oost", "zienswijze", DAY)
    with parks[0].database.reading() as connection:
        heads = reading.get_heads(connection)
        together = reading.read_states(connection, heads)
        alone = {each.id: reading.read_state(connection, each, past_rounds=True) for each in heads}
    assert alone == together
