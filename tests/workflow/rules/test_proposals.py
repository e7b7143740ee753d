"""A council decides on a proposal of its own college: who is next on that way, and is reminded."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.databases import copied
from tests.support.definitions import faults_of, load
from tests.support.engine import Traject, World
from tests.support.properties import examples
from workflow.model.reminders import Standing
from workflow.rules.worklist import Doing, Whose, worklist
from workflow.storage import reminders
from workflow.storage.database import Database
from workflow.views.explain import explain_view
from workflow.views.party_work import party_work
from workflow.views.seen import Seen
from workflow.views.status import status_view

EXAMPLE = (Path(__file__).parents[3] / "docs/examples/milieudienst.yaml").read_text("utf-8")
TASK, REQUEST = "toestemming/raadsvoorstel", "toestemming"
ON_THE_WAY = ["behandelaar", "gemeentesecretaris", "college"]
PEOPLE = {"x": ("x", None)}


def begun(database: Database, world: World) -> Traject:
    """Start the example, and put its question."""
    world.it_is("2026-02-02")
    traject = Traject(database, load(EXAMPLE), world)
    traject.start()
    traject.advance(REQUEST, "2026-02-02")
    world.it_is("2026-02-20")
    return traject


@pytest.fixture
def traject(database: Database, world: World) -> Traject:
    """The process in which three councils are asked by their own colleges."""
    return begun(database, world)


def reminded(traject: Traject, party: str) -> set[str]:
    """Return the roles of a party that are to be reminded of its council's decision."""
    with traject.database.reading() as connection:
        rows = reminders.rows_of(connection, traject.id)
    return {
        row.role
        for row in rows
        if row.subject == f"{party}.raad" and row.status is Standing.PLANNED and row.place == party
    }


def rung(traject: Traject, party: str) -> set[str]:
    """Return the seats of a party whom the status says to ring."""
    seen = Seen(traject.definition, traject.state, traject.world.now.date(), traject.id)
    rings = {each.seat for each in status_view(seen, (), PEOPLE).ring}
    milestone = traject.definition.milestones[REQUEST]
    told = {each.seat for each in explain_view(seen, milestone, None, PEOPLE).ring}
    decided = (REQUEST, "raden", 1, f"{party}.raad") in traject.state.decisions
    own = {seat for seat in rings if seat.endswith(f"@{party}")}
    assert decided or own == {seat for seat in told if seat.endswith(f"@{party}")}
    return {seat.partition("@")[0] for seat in own}


def test_behandelaar_and_college_are_next_until_the_proposal_is_at_the_griffie(
    traject: Traject,
) -> None:
    """They are rung and reminded; after it the griffier is. Each party has its own way."""
    assert set(ON_THE_WAY) == rung(traject, "oost") == reminded(traject, "oost")
    traject.task(TASK, "in-het-college", "2026-02-03", "oost")
    assert set(ON_THE_WAY) == rung(traject, "oost") == reminded(traject, "oost")
    traject.task(TASK, "bij-de-griffie", "2026-02-10", "oost")
    assert {"griffier"} == rung(traject, "oost") == reminded(traject, "oost")
    assert set(ON_THE_WAY) == rung(traject, "west") == reminded(traject, "west")
    assert [] == traject.problems


def test_a_correction_puts_it_back_on_the_way(traject: Traject) -> None:
    """What was said to be at the griffie was not; and said again, it is."""
    traject.task(TASK, "bij-de-griffie", "2026-02-10", "oost")
    seq = traject.last
    traject.withdraw(seq)
    assert set(ON_THE_WAY) == reminded(traject, "oost")
    traject.correct(seq)
    assert {"griffier"} == reminded(traject, "oost")
    assert [] == traject.problems


def test_a_new_round_takes_a_new_proposal(traject: Traject) -> None:
    """For the text was adapted, and the college brings it again."""
    for party in ("oost", "west", "zuid"):
        traject.task(TASK, "bij-de-griffie", "2026-02-10", party)
    traject.record(REQUEST, "oost.raad", "onthouden", "2026-02-12", ground="general interest")
    traject.advance(REQUEST, "2026-02-13", "aanpassen")
    traject.advance(REQUEST, "2026-02-14", "opnieuw")
    assert set(ON_THE_WAY) == rung(traject, "oost") == reminded(traject, "oost")


def test_a_decision_needs_no_proposal_on_record(traject: Traject) -> None:
    """It is a fact; the proposal was there. Nobody is reminded of either any more."""
    traject.record(REQUEST, "oost.raad", "verleend", "2026-02-12")
    assert not traject.state.decisions[(REQUEST, "raden", 1, "oost.raad")].out_of_order
    assert set() == rung(traject, "oost") == reminded(traject, "oost")
    assert [] == traject.problems


def test_a_proposal_with_a_term_of_its_own_is_not_reminded_of_once_it_was_decided_on(
    database: Database, world: World
) -> None:
    """Nor asked for; withdrawn, the decision leaves it where it was."""
    world.it_is("2026-02-02")
    dated = EXAMPLE.replace(
        "each: round\n", "each: round\n        due: 2026-05-01\n        ladder: gewoon\n", 1
    )
    traject = Traject(database, load(dated), world)
    traject.start()
    traject.advance(REQUEST, "2026-02-02")
    world.it_is("2026-02-20")
    assert {*ON_THE_WAY, "secretaris"} == of_proposal(traject, "oost")
    traject.record(REQUEST, "oost.raad", "verleend", "2026-02-12")
    assert set() == of_proposal(traject, "oost")
    asked = next(turn for turn in worklist(traject.snapshot(date(2026, 2, 20))))
    assert ("west", "zuid") == asked.subjects
    assert [] == traject.problems
    traject.withdraw(traject.last)
    assert {*ON_THE_WAY, "secretaris"} == of_proposal(traject, "oost")
    assert [] == traject.problems


def of_proposal(traject: Traject, party: str) -> set[str]:
    """Return the roles that are to be reminded of the proposal of a party."""
    with traject.database.reading() as connection:
        rows = reminders.rows_of(connection, traject.id)
    return {
        row.role
        for row in rows
        if (row.due, row.subject, row.status) == (TASK, party, Standing.PLANNED)
    }


def test_the_griffier_sees_what_comes_first_and_the_college_what_to_do(traject: Traject) -> None:
    """Until then nothing is asked of the griffier, who sees it coming, and by whom."""
    seen = Seen(traject.definition, traject.state, date(2026, 2, 3), traject.id)
    turns = {(turn.doing, turn.roles) for turn in worklist(seen)}
    assert (Doing.TASK, tuple(ON_THE_WAY)) in turns
    assert Doing.RECORD not in {doing for doing, _ in turns}
    (question,) = party_work(seen, Whose(party="oost", role="griffier"), PEOPLE).asked
    assert [f"{TASK}@oost"] == [name for first in question.first for name in first.what]
    seats = {ring.seat for first in question.first for ring in first.who}
    assert {f"{role}@oost" for role in ON_THE_WAY} == seats


@examples(20)
@given(
    st.lists(st.tuples(st.sampled_from(["oost", "west", "zuid"]), st.integers(0, 4)), max_size=8)
)
def test_who_is_reminded_follows_from_what_is_on_record(
    empty_file: Path, tmp_path_factory: pytest.TempPathFactory, acts: Sequence[tuple[str, int]]
) -> None:
    """After any reports, decisions, withdrawals and a departure: tables and journal agree."""
    with copied(empty_file, tmp_path_factory.mktemp("way") / "way.db") as database:
        traject = begun(database, World())
        day = 3
        for party, act in acts:
            day += 1
            on = f"2026-02-{day:02}"
            traject.world.it_is(on)
            _try(traject, party, act, on)
        assert [] == traject.problems
        gone = traject.state.departures
        for party in ("oost", "west", "zuid"):
            decided = (REQUEST, "raden", 1, f"{party}.raad") in traject.state.decisions
            report = traject.state.tasks.get((REQUEST, "raadsvoorstel", party, 1))
            brought = report is not None and report.done
            wanted = {"griffier"} if brought else set(ON_THE_WAY)
            assert (set() if decided or party in gone else wanted) == reminded(traject, party)


def _try(traject: Traject, party: str, act: int, on: str) -> None:
    """Do something of a party, where it can be done."""
    state = traject.state
    key = (REQUEST, "raadsvoorstel", party, 1)
    report, body = state.tasks.get(key), f"{party}.raad"
    given = state.decisions.get((REQUEST, "raden", 1, body))
    if party in state.departures:
        return
    match act:
        case 0 if report is None or not report.done:
            traject.task(TASK, "bij-de-griffie", on, party)
        case 1 if report is not None:
            traject.withdraw(report.seq)
        case 2 if given is None:
            traject.record(REQUEST, body, "verleend", on)
        case 3 if given is not None:
            traject.withdraw(given.seq)
        case 4 if not state.departures and party == "zuid" and given is None and report is None:
            traject.leave(party, on)
        case _:
            pass


# --- what is wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("proposal: raadsvoorstel", "proposal: raadvoorstel", "There is no task “raadvoorstel”"),
        ("        per: party\n        owner: [beh", "        owner: [beh", "is not a task of each"),
        (
            "owner: [behandelaar, gemeentesecretaris, college]",
            "owner: [behandelaar, external]",
            "“external” is no role",
        ),
        (
            "owner: [behandelaar, gemeentesecretaris, college]",
            "owner: [behandelar, college]",
            "There is no owner “behandelar”",
        ),
        ("of: each raad", "of: regio", "“regio” is of no party"),
    ],
)
def test_what_is_wrong_with_a_way_is_named(old: str, new: str, fault: str) -> None:
    """With its place, and what would do."""
    written = EXAMPLE
    if "regio" in new:
        written = written.replace("roles:\n", "bodies:\n  regio: {name: Regio}\nroles:\n", 1)
    assert old in written
    assert any(fault in each for each in faults_of(written.replace(old, new)))
