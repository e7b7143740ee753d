"""A command with a key happens once, whichever it is; another content under its key is refused."""

from dataclasses import replace

import pytest

from definitions.calendar.dates import parse_date
from tests.support.engine import Traject, refused
from workflow.engine import Seating, Start
from workflow.model.commands import AddNote, EndSeat, Request
from workflow.model.person import Called
from workflow.rules.conflicts import IdTaken, KeyReused

ON = parse_date("2021-03-01")
SEAT = "griffier@dordrecht"


def test_a_process_is_started_once(gr: Traject) -> None:
    """Typed again it is the same process; another first day, or another id, is another start."""
    start = Start(gr.definition, "second", Called(gr.by), ON, key="k")
    first = gr.engine.start(start)
    again = gr.engine.start(start)

    assert (1, ()) == (again.repeated, again.entries)
    assert first.head.head_hash == again.head.head_hash
    for other in (
        replace(start, on=parse_date("2021-03-02")),
        replace(start, reconstruction=True),
    ):
        with pytest.raises(KeyReused):
            gr.engine.start(other)
    with pytest.raises(KeyReused) as caught:
        gr.engine.start(replace(start, process="third"))
    assert "second" == caught.value.process  # where the key was used
    with pytest.raises(IdTaken):
        gr.engine.start(replace(start, key="other"))
    with pytest.raises(IdTaken):
        gr.engine.start(replace(start, key=None))
    assert [] == gr.problems


def test_the_key_of_a_start_is_used(gr: Traject) -> None:
    """No other command of that process has it."""
    other = gr.engine.start(Start(gr.definition, "second", Called(gr.by), ON, key="k"))
    with pytest.raises(KeyReused):
        gr.engine.execute(other.head.id, [Request(AddNote("x", ON), Called(gr.by), "k")])


def test_a_seat_is_given_once(gr: Traject) -> None:
    """With where its holder is reached; which is not hashed, and compared with what is so now."""
    seating = Seating(SEAT, Called("Anna"), Called(gr.by), "anna@oost.example", ON, key="k")
    gr.engine.give_seat(gr.id, seating)
    written = gr.journal
    again = gr.engine.give_seat(gr.id, seating)

    assert (1, ()) == (again.repeated, again.entries)
    for other in (
        replace(seating, seat="griffier@sliedrecht"),
        replace(seating, name=Called("Bob")),
        replace(seating, on=parse_date("2021-03-02")),
        replace(seating, until=parse_date("2021-06-01").day),
        replace(seating, address="other@oost.example"),
        replace(seating, language="nl"),
    ):
        with refused(gr, KeyReused):
            gr.engine.give_seat(gr.id, other)
    assert written == gr.journal
    assert ["Anna"] == [name for name, to in gr.engine.people().values() if to is not None]
    assert [] == gr.problems


def test_a_seat_ends_once(gr: Traject) -> None:
    """The seat has ended, and the same command says so."""
    gr.seat(SEAT, "Anna", "2021-03-01")
    command = EndSeat(SEAT, gr.engine.known_person(Called("Anna")), parse_date("2021-03-02"))
    gr.do(command, key="k")

    assert 1 == gr.do(command, key="k").repeated
    with refused(gr, KeyReused):
        gr.do(replace(command, on=parse_date("2021-03-03")), key="k")
    assert [] == gr.problems
