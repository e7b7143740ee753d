"""The progress of all processes, from whole tables, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from definitions.model import Effect
from workflow.model.outline import Outline
from workflow.model.state import ARRIVED, PROVED, Basis
from workflow.storage.cells import day_in, word_in
from workflow.storage.reading import Reader, asked, readable

_HEADS = "SELECT id, definition FROM processes ORDER BY id"
_STATES = "SELECT process, milestone, state, since FROM milestones"
_DOUBTFUL = """
SELECT process, basis, out_of_order, count(*) FROM moves
WHERE out_of_order OR basis NOT IN ('decided', 'latched')
GROUP BY process, basis, out_of_order
"""
# The body matters if a party left; otherwise decisions are only counted. With the effect, so that
# one which is none is seen to be damage. A program of the release before kept 0 as the round where
# nothing had been asked yet.
_DECIDED = """
SELECT decided.process, decided.milestone, decided.request, decided.who, decided.effect, count(*)
FROM (
    SELECT decisions.process, decisions.milestone, request, effect,
        CASE WHEN decisions.process IN (SELECT process FROM departures) THEN body END AS who
    FROM milestones JOIN decisions
        ON decisions.process = milestones.process
        AND decisions.round = CASE WHEN milestones.round = 0 THEN 1 ELSE milestones.round END
        AND decisions.milestone = milestones.milestone
    WHERE effect <> 'pending'
) AS decided
GROUP BY process, milestone, request, who, effect
"""
_CLOSED = """
SELECT decisions.seq, decisions.milestone, request, body
FROM milestones JOIN decisions
    ON decisions.process = milestones.process
    AND decisions.round = CASE WHEN milestones.round = 0 THEN 1 ELSE milestones.round END
    AND decisions.milestone = milestones.milestone
WHERE milestones.process = :process AND effect <> 'pending'
"""
_LEFT = "SELECT process, party FROM departures"
_AMENDED = (
    "SELECT process, what, value FROM amendments"
    " WHERE what = 'title' OR substr(what, 1, 6) = 'party/'"
)

Decided = Mapping[tuple[str, str, str | None], int]
"""The number of decisions, by milestone, request and body."""


def read_outlines(reader: Reader) -> list[Outline]:
    """Return the progress of each process, ordered by id, in six statements.

    Raises:
        Damaged: a row cannot be read.
    """
    with readable("milestones"):
        states = _states_of(reader)
    with readable("moves"):
        unproved, out_of_order = _doubts_of(reader)
    with readable("decisions"):
        decided = _decided_of(reader)
    left: dict[str, set[str]] = defaultdict(set)
    for process, party in asked(reader, _LEFT).fetchall():
        left[process].add(party)
    joined: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, str] = {}
    for process, what, value in asked(reader, _AMENDED).fetchall():
        if what.startswith(ARRIVED):
            joined[process].add(what.removeprefix(ARRIVED))
        else:
            titles[process] = value
    return [
        Outline(
            process,
            definition,
            titles.get(process),
            states.get(process, {}),
            unproved.get(process, 0),
            out_of_order.get(process, 0),
            decided.get(process, {}),
            frozenset(left.get(process, ())),
            frozenset(joined.get(process, ())),
        )
        for process, definition in asked(reader, _HEADS).fetchall()
    ]


def closed_by(
    reader: Reader, process: str, entries: Collection[int]
) -> Iterator[tuple[str, str, str]]:
    """Yield the milestone, request and body of each decision in a present round of some entries."""
    if not entries:
        return
    with readable("decisions"):
        for seq, milestone, request, body in asked(reader, _CLOSED, process=process).fetchall():
            if seq in entries:
                yield milestone, request, body


def _states_of(reader: Reader) -> Mapping[str, Mapping[str, tuple[str, date]]]:
    """Return where the milestones of each process stand, and since when."""
    found: dict[str, dict[str, tuple[str, date]]] = defaultdict(dict)
    for process, milestone, state, since in asked(reader, _STATES).fetchall():
        found[process][milestone] = (state, day_in(since))
    return found


def _doubts_of(reader: Reader) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return how many moves are not proved, of each process, and how many were out of order."""
    basis_in = word_in(Basis)
    unproved: dict[str, int] = defaultdict(int)
    out_of_order: dict[str, int] = defaultdict(int)
    for process, basis, was_out_of_order, number in asked(reader, _DOUBTFUL).fetchall():
        if basis_in(basis) not in PROVED:
            unproved[process] += number
        if was_out_of_order:
            out_of_order[process] += number
    return unproved, out_of_order


def _decided_of(reader: Reader) -> Mapping[str, Decided]:
    """Return how many have decided, of each process."""
    effect_in = word_in(Effect)
    found: dict[str, dict[tuple[str, str, str | None], int]] = defaultdict(lambda: defaultdict(int))
    for process, milestone, request, body, effect, number in asked(reader, _DECIDED).fetchall():
        effect_in(effect)
        found[process][milestone, request, body] += number
    return found
