"""Who asks is a person by their opaque id; a name is looked up, and stands in what is refused."""

import pytest

from definitions.calendar.dates import parse_date
from tests.support.engine import SECRETARY, Traject
from workflow import people
from workflow.engine import Seating, Start
from workflow.model.commands import AddNote, Request
from workflow.rules.refusals import NotAllowed
from workflow.storage import store

NOTE = AddNote("x", parse_date("2021-03-01"))
ANNA = "Anna"


@pytest.fixture
def two(gr: Traject) -> tuple[str, str]:
    """The ids of who may everything, and of who only reads."""
    gr.engine.give_seat(gr.id, Seating("lezer", ANNA, SECRETARY, on=parse_date("2021-01-01")))
    return gr.engine.known_person(SECRETARY), gr.engine.known_person(ANNA)


def test_who_asks_by_id_is_recorded_as_by_name(gr: Traject, two: tuple[str, str]) -> None:
    """In one command, or in several of two people."""
    secretary, _ = two
    asked = [Request(NOTE, asker) for asker in (SECRETARY, secretary)]
    for dry in (True, False):
        made = gr.engine.execute(gr.id, asked, dry=dry).entries
        assert [secretary] * 2 == [each.actor for each in made]
    gr.engine.give_seat(gr.id, Seating("lezer", "Bob", secretary))
    started = gr.engine.start(Start(gr.definition, "second", secretary))
    assert secretary == started.entries[0].actor
    people.set_contact(gr.engine, ANNA, secretary, address="anna@oost.example")
    assert [] == gr.problems


def test_a_refusal_names_who_asked_by_id(gr: Traject, two: tuple[str, str]) -> None:
    """Whichever it is asked by; who is not known is called as they were named."""
    _, anna = two
    for asker, name in ((anna, ANNA), (ANNA, ANNA), ("Nobody", "Nobody")):
        for dry in (True, False):
            with pytest.raises(NotAllowed) as caught:
                gr.engine.execute(gr.id, [Request(NOTE, asker)], dry=dry)
            assert name == caught.value.name
            with pytest.raises(NotAllowed) as caught:
                people.erase(gr.engine, SECRETARY, asker, dry=dry)
            assert name == caught.value.name


def test_an_id_comes_before_a_name(gr: Traject, two: tuple[str, str]) -> None:
    """Somebody who is called as the id of another is asks nothing in their place."""
    secretary, anna = two
    gr.engine.give_seat(gr.id, Seating("projectsecretaris", "x", secretary))
    called_so = gr.engine.known_person("x")
    with gr.database.writing() as connection:
        store.rename(connection, called_so, anna)
    with pytest.raises(NotAllowed):
        gr.engine.execute(gr.id, [Request(NOTE, anna)])
