"""Who asks is a person by their opaque id; a name is looked up, and stands in what is refused."""

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import NotFound
from tests.support.engine import SECRETARY, Traject, refused
from workflow import people
from workflow.engine import Seating, Start
from workflow.model.commands import AddNote, Request
from workflow.model.person import Called, PersonId
from workflow.rules.refusals import Missing, NotAllowed
from workflow.storage import store
from workflow.work_queries import work_of

NOTE = AddNote("x", parse_date("2021-03-01"))
ANNA = "Anna"


@pytest.fixture
def two(gr: Traject) -> tuple[PersonId, PersonId]:
    """The ids of who may everything, and of who only reads."""
    gr.engine.give_seat(
        gr.id, Seating("lezer", Called(ANNA), Called(SECRETARY), on=parse_date("2021-01-01"))
    )
    known = gr.engine.known_person
    return PersonId(known(Called(SECRETARY))), PersonId(known(Called(ANNA)))


def test_who_asks_by_id_is_recorded_as_by_name(gr: Traject, two: tuple[PersonId, PersonId]) -> None:
    """In one command, or in several of two people."""
    secretary, _ = two
    asked = [Request(NOTE, asker) for asker in (Called(SECRETARY), secretary, Called(secretary.id))]
    for dry in (True, False):
        made = gr.engine.execute(gr.id, asked, dry=dry).entries
        assert [secretary.id] * 3 == [each.actor for each in made]
    gr.engine.give_seat(gr.id, Seating("lezer", Called("Bob"), secretary))
    started = gr.engine.start(Start(gr.definition, "second", secretary))
    assert secretary.id == started.entries[0].actor
    people.set_contact(gr.engine, Called(ANNA), secretary, address="anna@oost.example")
    assert [] == gr.problems


def test_a_refusal_names_who_asked_by_id(gr: Traject, two: tuple[PersonId, PersonId]) -> None:
    """Whichever it is asked by; who is not known is called as they were named."""
    _, anna = two
    for asker, name in ((anna, ANNA), (Called(ANNA), ANNA), (Called("Nobody"), "Nobody")):
        for dry in (True, False):
            with pytest.raises(NotAllowed) as caught:
                gr.engine.execute(gr.id, [Request(NOTE, asker)], dry=dry)
            assert name == caught.value.name
            with pytest.raises(NotAllowed) as caught:
                people.erase(gr.engine, Called(SECRETARY), asker, dry=dry)
            assert name == caught.value.name


def test_an_id_comes_before_a_name(gr: Traject, two: tuple[PersonId, PersonId]) -> None:
    """Somebody who is called as the id of another is asks nothing in their place."""
    secretary, anna = two
    gr.engine.give_seat(gr.id, Seating("projectsecretaris", Called("x"), secretary))
    called_so = gr.engine.known_person(Called("x"))
    with gr.database.writing() as connection:
        store.rename(connection, called_so, anna.id)
    for asker in (anna, Called(anna.id)):
        with pytest.raises(NotAllowed):
            gr.engine.execute(gr.id, [Request(NOTE, asker)])


def test_an_id_is_never_a_name(gr: Traject, two: tuple[PersonId, PersonId]) -> None:
    """By one that nobody has nobody is found, entered or given anything, whatever it says."""
    secretary, _ = two
    name = PersonId(SECRETARY)
    before = gr.engine.people()
    with refused(gr, NotAllowed):
        gr.engine.execute(gr.id, [Request(NOTE, name)])
    for act in (
        lambda: gr.engine.start(Start(gr.definition, "second", name)),
        lambda: gr.engine.give_seat(gr.id, Seating("lezer", name, secretary)),
        lambda: people.data_held_on(gr.engine, name),
        lambda: people.erase(gr.engine, name, secretary),
        lambda: people.set_contact(gr.engine, name, secretary, language="nl"),
        lambda: work_of(gr.engine, name),
    ):
        with refused(gr, NotFound):
            act()
    with refused(gr, Missing):
        gr.engine.give_seat(gr.id, Seating("lezer", None, secretary))
    assert before == gr.engine.people()
    assert SECRETARY == people.data_held_on(gr.engine, secretary).name
