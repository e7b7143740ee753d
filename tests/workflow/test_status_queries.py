"""Looking at processes: now, on a day, a day ahead, and as it was known on one."""

from datetime import date

import pytest

from definitions.language.errors import NotFound
from tests.support.engine import Traject, refused
from workflow.model.person import Called
from workflow.rules.refusals import DateRefused
from workflow.rules.worklist import Whose
from workflow.status_queries import status_of
from workflow.work_queries import asked_of, work_of


@pytest.fixture
def moved(gr: Traject) -> Traject:
    """The councils were asked on 24 November 2020."""
    gr.advance("principebesluit", "2020-11-24")
    return gr


@pytest.mark.parametrize(
    ("day", "state"),
    [("2020-11-20", "in-voorbereiding"), ("2020-11-24", "in-route"), (None, "in-route")],
)
def test_a_process_is_seen_on_a_day_or_now(moved: Traject, day: str | None, state: str) -> None:
    """As it stood at the end of that day; what counts as today is that day."""
    on = date.fromisoformat(day) if day else None
    seen = moved.engine.look_at(moved.id, on, language="nl")
    assert state == seen.state.milestones["principebesluit"].state
    assert (on, None, "nl", False) == (seen.as_of, seen.known_at, seen.language, seen.ahead)
    assert seen.day == (on or moved.world.now.date())
    assert state == status_of(moved.engine, moved.id, on).milestones[0].state


def test_a_day_that_is_still_to_come_is_ahead(moved: Traject) -> None:
    """Nothing more will have happened; it is said that it is ahead."""
    seen = moved.engine.look_at(moved.id, date(2030, 1, 1))
    assert seen.ahead
    assert date(2030, 1, 1) == seen.day
    assert moved.state.milestones == seen.state.milestones


def test_what_was_known_on_a_day(moved: Traject) -> None:
    """Nobody knew anything before it was recorded, and nobody knows the future."""
    today = moved.world.now.date()
    assert (None, today) == (
        (seen := moved.engine.look_at(moved.id, known=today)).as_of,
        seen.known_at,
    )
    for known in (date(2020, 1, 1), date(2030, 1, 1)):
        with refused(moved, DateRefused):
            moved.engine.look_at(moved.id, known=known)


def test_what_is_asked_of_a_party_and_of_a_person(moved: Traject) -> None:
    """Of a person: by the seats they hold; of nobody there is none."""
    asked = asked_of(moved.engine, moved.id, Whose(party="sliedrecht"))
    assert moved.id == asked.process
    moved.seat("griffier@sliedrecht", "anna", "2020-11-24")
    assert ["griffier@sliedrecht"] == [
        each.seat for each in work_of(moved.engine, Called("anna"), moved.id).seats
    ]
    for process in (None, "nergens"):
        with pytest.raises(NotFound):
            work_of(moved.engine, Called("bram"), process)


def test_no_term_passed_in_silence(moved: Traject) -> None:
    """Then nothing is recorded, and the receipt is empty."""
    receipt = moved.engine.lapse(moved.id, Called(moved.by))
    assert ((), 0, moved.last) == (receipt.entries, receipt.repeated, receipt.head.head_seq)
