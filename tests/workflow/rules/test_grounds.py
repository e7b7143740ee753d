"""What there was by a day, found back in the present state."""

from dataclasses import replace
from datetime import date

import pytest

from tests.support.definitions import example, load
from workflow.model.state import Basis, MoveState, State
from workflow.rules.fold import initial
from workflow.rules.gates import evaluate
from workflow.rules.grounds import snapshot_by_day
from workflow.rules.snapshot import Snapshot

EXAMPLE = load(
    example(
        (
            "      stoppen:",
            "      terug: {from: genomen, to: in-route, explicit: true}\n      stoppen:",
        ),
        ("final: {good: [genomen], bad: [vervallen]}", "final: {good: [klaar], bad: [vervallen]}"),
        (
            "states: [open, in-route, genomen, vervallen]",
            "states: [open, in-route, genomen, klaar, vervallen]",
        ),
        ("      nemen:", "      klaar: {from: genomen, to: klaar}\n      nemen:"),
    )
)


def twice_in_route(first: tuple[date, Basis], second: tuple[date, Basis]) -> State:
    """Return a state in which a proposal came in route twice, by two ways, and is adopted."""
    begun = initial(EXAMPLE, date(2021, 1, 4))
    ways = (("in-route", "open"), ("terug", "genomen"))
    moves = {
        ("voorstel", trigger, source, "in-route"): MoveState("", day, seq, basis, 1, None)
        for seq, ((trigger, source), (day, basis)) in enumerate(
            zip(ways, (first, second), strict=True)
        )
    }
    now = replace(
        begun.milestones["voorstel"],
        state="klaar",
        since=date(2021, 9, 1),
        basis=Basis.DECIDED,
        round=2,
        entered={
            "open": date(2021, 1, 4),
            "in-route": max(first[0], second[0]),
            "genomen": date(2021, 4, 1),
            "klaar": date(2021, 9, 1),
        },
    )
    return replace(begun, milestones={**begun.milestones, "voorstel": now}, moves=moves)


FEBRUARY, MAY, JUNE = date(2021, 2, 1), date(2021, 5, 1), date(2021, 6, 1)


@pytest.mark.parametrize(
    ("first", "second", "basis"),
    [
        ((FEBRUARY, Basis.ATTESTED), (MAY, Basis.DECIDED), Basis.DECIDED),
        ((FEBRUARY, Basis.DECIDED), (MAY, Basis.ATTESTED), Basis.ATTESTED),
        ((MAY, Basis.DECIDED), (MAY, Basis.ATTESTED), Basis.ATTESTED),
        ((MAY, Basis.DECIDED), (FEBRUARY, Basis.ATTESTED), Basis.DECIDED),
    ],
)
def test_a_state_rests_on_the_last_way_into_it(
    first: tuple[date, Basis], second: tuple[date, Basis], basis: Basis
) -> None:
    """By its date; of one day, the one that was written down last."""
    now = Snapshot(EXAMPLE, twice_in_route(first, second), JUNE)
    then = snapshot_by_day(now, JUNE).state.milestones["voorstel"]

    assert ("in-route", basis) == (then.state, then.basis)


def test_what_was_entered_later_was_not_entered_yet() -> None:
    """So nothing counts from it, and nothing arises by it."""
    state = twice_in_route((FEBRUARY, Basis.DECIDED), (MAY, Basis.DECIDED))
    then = snapshot_by_day(Snapshot(EXAMPLE, state, JUNE), JUNE)

    assert {"open", "in-route", "genomen"} == set(then.state.milestones["voorstel"].entered)
    gate = EXAMPLE.milestones["slot"].arms[0].gate
    assert not evaluate(gate, then).holds
