"""People of one name: the same name is the same person, unless it is said to be another's."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import uuid4

import pytest

from definitions.language.errors import MijlpaalError
from tests.support.databases import force
from tests.support.engine import SECRETARY, Traject, World, gr_sociaal_domein, refused
from workflow import people
from workflow.engine import Engine, Environment, Seating, Start
from workflow.model.events import Entry, SeatGiven
from workflow.model.person import Called, PersonId
from workflow.rules.conflicts import (
    KeyReused,
    ReachedElsewhere,
    ReleaseUnfinished,
    SeveralPeople,
)
from workflow.storage.database import Database
from workflow.unit_of_work import Receipt

SEAT = "lezer"
ANNA, OTHER = "anna@oost.example", "anna@west.example"
WRITERS = 4


@pytest.fixture
def gr(database: Database, world: World) -> Traject:
    """Give a process that has begun."""
    traject = Traject(database, gr_sociaal_domein(), world)
    traject.start()
    return traject


def give(traject: Traject, name: str = "anna", **more: object) -> str:
    """Give somebody a seat; return their opaque id."""
    seating = Seating(SEAT, Called(name), Called(SECRETARY), **more)  # type: ignore[arg-type]
    receipt = traject.engine.give_seat(traject.id, seating)
    return next((event.person for event in map(_event, receipt.entries)), "")


def _event(entry: Entry) -> SeatGiven:
    assert isinstance(entry.event, SeatGiven)
    return entry.event


def of_two(traject: Traject) -> tuple[str, str]:
    """Enter two people of one name; return their opaque ids."""
    return give(traject, address=ANNA), give(traject, address=OTHER, another=True)


def named(traject: Traject, name: str) -> list[str]:
    """Return the opaque ids of all who have a name."""
    return [person for person, (called, _) in traject.engine.people().items() if called == name]


# --- another person of a name --------------------------------------------------------------------


def test_another_person_of_a_name_is_somebody_new(gr: Traject) -> None:
    """Each has a seat and an address of their own."""
    one, other = of_two(gr)
    assert one != other
    found = gr.engine.people()
    assert [("anna", ANNA), ("anna", OTHER)] == [found[one], found[other]]
    assert [] == gr.problems


@pytest.mark.parametrize(
    ("more", "field"), [({"address": OTHER}, "address"), ({"language": "en"}, "language")]
)
@pytest.mark.parametrize("dry", [False, True])
def test_a_seat_redirects_nobodys_letters(
    gr: Traject, more: dict[str, str], field: str, dry: bool
) -> None:
    """It may be somebody else; and who may give a seat here may not say where they are reached."""
    person = give(gr, address=ANNA, language="nl")
    end = len(gr.journal)
    seating = Seating("griffier@dordrecht", Called("anna"), Called(SECRETARY), **more)  # type: ignore[arg-type]
    with pytest.raises(ReachedElsewhere) as raised:
        gr.engine.give_seat(gr.id, seating, dry=dry)

    assert field == raised.value.field
    assert ("anna", ANNA) == gr.engine.people()[person]
    assert end == len(gr.journal)


def test_where_nobody_else_can_be_meant_none_is_offered(gr: Traject) -> None:
    """A mailbox is named by its address, and an id is one person's."""
    box = Seating(SEAT, None, Called(SECRETARY), mailbox="griffie@oost.example", language="nl")
    gr.engine.give_seat(gr.id, box)
    person = give(gr, address=ANNA)
    for seating, name in (
        (replace(box, seat="griffier@dordrecht", language="en"), "griffie@oost.example"),
        (
            Seating("griffier@dordrecht", PersonId(person), Called(SECRETARY), address=OTHER),
            person,
        ),
    ):
        with pytest.raises(ReachedElsewhere) as raised:
            gr.engine.give_seat(gr.id, seating)
        assert f"“{name}”" in str(raised.value)
        assert "another" not in str(raised.value.advice)


def test_the_same_address_is_no_other_and_an_unknown_one_is_filled_in(gr: Traject) -> None:
    """In whatever way it is written."""
    person = give(gr)
    gr.engine.give_seat(
        gr.id, Seating("griffier@dordrecht", Called("anna"), Called(SECRETARY), address=ANNA)
    )
    assert ("anna", ANNA) == gr.engine.people()[person]
    gr.engine.give_seat(
        gr.id,
        Seating(
            "griffier@sliedrecht",
            Called("anna"),
            Called(SECRETARY),
            address="anna@OOST.example",
        ),
    )
    assert [person] == named(gr, "anna")


def test_a_name_of_two_is_refused_wherever_somebody_is_meant(gr: Traject) -> None:
    """With how each of them is named."""
    one, _ = of_two(gr)
    for act in (
        lambda: give(gr),
        lambda: gr.unseat(SEAT, "anna", "2022-05-31"),
        lambda: gr.as_actor("anna").note("Something.", "2022-05-01"),
        lambda: gr.engine.start(Start(gr.definition, "ander", Called("anna"))),
        lambda: people.data_held_on(gr.engine, Called("anna")),
        lambda: people.set_contact(gr.engine, Called("anna"), Called(SECRETARY), language="nl"),
        lambda: people.erase(gr.engine, Called("anna"), Called(SECRETARY)),
    ):
        with refused(gr, SeveralPeople) as caught:
            act()
        assert f"Name one: “anna <{ANNA}>”, “anna <{OTHER}>”." == caught.advice
    assert one == people.data_held_on(gr.engine, Called(f"anna <{ANNA}>")).id
    assert one == people.data_held_on(gr.engine, Called(one)).id


def test_each_of_two_acts_in_their_own_name(gr: Traject) -> None:
    """By their address, or by their opaque id."""
    _, other = of_two(gr)
    gr.seat("projectsecretaris", f"anna <{OTHER}>", "2022-05-01")
    gr.as_actor(f"anna <{OTHER}>").note("Something.", "2022-05-02")
    gr.as_actor(other).note("More.", "2022-05-03")
    assert [other, other] == [each.actor for each in gr.journal[-2:]]


def test_who_is_left_of_two_has_the_name_alone(gr: Traject) -> None:
    """The other one is forgotten, whose messages and entries are their own."""
    one, other = of_two(gr)
    gr.unseat(SEAT, one, "2022-06-01")
    gr.world.it_is("2022-06-02")
    people.erase(gr.engine, Called(one), Called(SECRETARY))
    assert [other] == named(gr, "anna")
    assert (other, OTHER) == (
        people.data_held_on(gr.engine, Called("anna")).id,
        gr.engine.people()[other][1],
    )
    assert [] == gr.problems


def test_by_the_same_key_another_is_entered_once(gr: Traject) -> None:
    """Somebody of another name is not what was asked by that key."""
    one = give(gr)
    other = give(gr, address=OTHER, another=True, key="k")
    give(gr, address=OTHER, another=True, key="k")
    assert {one, other} == set(named(gr, "anna"))
    with refused(gr, KeyReused):
        give(gr, "bert", another=True, key="k")
    with refused(gr, KeyReused):
        give(gr, address=ANNA, another=True, key="k")


def test_programs_of_the_release_before_know_one_of_a_name(gr: Traject) -> None:
    """While they may still work on the database, nobody is another of a name."""
    give(gr)
    force(gr.database, "UPDATE alembic_version SET version_num = '0005_pre'")
    with refused(gr, ReleaseUnfinished):
        give(gr, another=True)
    assert 1 == len(named(gr, "anna"))


# --- at once -------------------------------------------------------------------------------------


def at_once(traject: Traject, act: Callable[[Engine, int], object]) -> list[object]:
    """Let programs do something at the same moment; return what became of each."""
    url = traject.database.url.render_as_string(hide_password=False)
    begin = Barrier(WRITERS)

    def one(number: int) -> object:
        with Database(url) as database:
            world = traject.world
            around = Environment(world.clock, lambda: uuid4().hex, "tester")
            engine = Engine(database, around)
            engine.present(traject.id)
            begin.wait()
            try:
                return act(engine, number)
            except MijlpaalError as refusal:
                return refusal

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


def test_who_is_entered_by_several_at_once_is_one_person(gr: Traject) -> None:
    """Each in a process of its own, so that nothing else makes one wait for the other."""
    found = at_once(
        gr, lambda engine, number: engine.start(Start(gr.definition, f"p-{number}", Called("Zoë")))
    )
    assert [] == [each for each in found if not isinstance(each, Receipt)]
    assert 1 == len(named(gr, "Zoë"))


def test_a_mailbox_that_is_entered_by_several_at_once_is_one(gr: Traject) -> None:
    """However its address is written."""
    boxes = ("griffie@oost.example", "griffie@Oost.example")
    for number in range(WRITERS):
        gr.engine.start(Start(gr.definition, f"m-{number}", Called(SECRETARY)))
    found = at_once(
        gr,
        lambda engine, number: engine.give_seat(
            f"m-{number}", Seating(SEAT, None, Called(SECRETARY), mailbox=boxes[number % 2])
        ),
    )
    assert [] == [each for each in found if not isinstance(each, Receipt)]
    assert 1 == len([name for name, _ in gr.engine.people().values() if "@" in name])
