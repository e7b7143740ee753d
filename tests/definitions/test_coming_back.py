"""Faults of what comes back each year, of replies, and of terms that gates look at."""

import pytest

from definitions.calendar.dates import parse_date
from definitions.model import TaskRef
from tests.support.definitions import as_stored, faults_of, load
from tests.support.engine import ANSWERS

YEARLY = "arises: {every: year, from: besluit.genomen, until: 2026-06-30}"
RIPE = "rijp: {part: stuk/kern, level: volledig}"
NEVER_DONE = "comes back for ever: no gate can wait for it."


def answers(old: str, new: str) -> str:
    """Return the definition of questions and answers with some of its text replaced."""
    assert 1 == ANSWERS.count(old)
    return ANSWERS.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "each_year: 04-15",
            "each_year: 02-29",
            "tasks.verslag.due.each_year: “02-29” is not a day that every year has.",
        ),
        (
            "each_year: 04-15",
            "each_year: 13-01",
            "tasks.verslag.due.each_year: “13-01” is not a day of the year: write 07-15.",
        ),
        (
            YEARLY,
            "arises: {every: year, from: besluit.klaar}",
            "tasks.verslag.arises.from: There is no state “klaar”. There are: open, rond, "
            "genomen, weg.",
        ),
        (
            YEARLY,
            "arises: {every: unknown}",
            "tasks.verslag.due.each_year: Only what arises every year is due each year. Add to "
            "the task: arises: {every: year}",
        ),
        *(
            (
                "due: {each_year: 04-15}",
                f"due: {once}",
                "tasks.verslag.due: A yearly task cannot be due only once. Write on which "
                "day of each year: {each_year: 07-15}; or unknown, or none.",
            )
            for once in (
                "2023-04-15",
                "goal",
                "{by: 2023-04-15}",
                "{target: 2023-04}",
                "{after: besluit.genomen, weeks: 4}",
                "{before: besluit.genomen}",
            )
        ),
        (
            RIPE,
            "rijp: {tasks: brief}",
            f"milestones.vraag.gates.rijp: “brief” {NEVER_DONE}",
        ),
        (
            RIPE,
            "rijp: {not: {tasks: verslag}}",
            f"milestones.vraag.gates.rijp: “verslag” {NEVER_DONE}",
        ),
        (
            "replies_to: raden",
            "replies_to: raaden",
            "milestones.vraag.tasks.reactie.replies_to: There is no request “raaden”. Did you "
            "mean “raden”?",
        ),
        (
            "per: party\n        replies_to: raden",
            "replies_to: raden",
            "milestones.vraag.tasks.reactie.replies_to: A reply is for each party: its own answer "
            "is replied to.",
        ),
        (
            "past: vraag/raden",
            "past: vraag/rade",
            "milestones.vraag.gates.besluit: There is no due “vraag/rade”. Did you mean "
            "“vraag/raden”?",
        ),
        (
            "met_by: receipt",
            "met_by: reply",
            "milestones.vraag.requests.raden.met_by: Expected one of: decision, receipt; not "
            "“reply”.",
        ),
    ],
)
def test_a_fault_names_what_and_where(old: str, new: str, fault: str) -> None:
    """One change, one fault, in one sentence; the line and column stand before it."""
    assert [fault] == [each.partition(": ")[2] for each in faults_of(answers(old, new))]


def test_a_gate_cannot_wait_for_what_comes_back_at_no_known_time() -> None:
    """Neither for what comes back each year nor for what does so now and then."""
    written = answers(YEARLY, "arises: {every: unknown}").replace(
        "    due: {each_year: 04-15}\n", ""
    )
    assert [] == faults_of(written)
    written = written.replace(RIPE, "rijp: {tasks: verslag}")
    assert [True] == [NEVER_DONE in each for each in faults_of(written)]


def test_what_comes_back_is_read_as_it_is_written() -> None:
    """From which state, until which day, on which day of each year."""
    task = load(ANSWERS).tasks[TaskRef("", "verslag")]
    assert task.arises is not None
    assert task.due is not None
    assert ("besluit", "genomen") == (task.arises.milestone, task.arises.name)
    assert parse_date("2026-06-30") == task.arises.until
    assert (True, (4, 15)) == (task.yearly, task.due.yearly)


@pytest.mark.parametrize("due", ["unknown", "none", "onbekend", "{unknown: it is not said when}"])
def test_what_arises_every_year_may_have_no_day(due: str) -> None:
    """Nobody may know on which day of each year it is due."""
    found = load(answers("due: {each_year: 04-15}", f"due: {due}")).tasks[TaskRef("", "verslag")]

    assert found.due is None or found.due.date.day is None


def test_what_was_stored_with_a_single_day_is_still_read() -> None:
    """An earlier version let it through."""
    stored = as_stored(answers("due: {each_year: 04-15}", "due: 2023-04-15"))

    assert stored.tasks[TaskRef("", "verslag")].yearly
