"""Decision diagrams against truth tables: every question, over a few variables."""

import sys
from collections.abc import Callable, Mapping
from itertools import product
from threading import Event, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.proving.diagrams import (
    DEEPEST,
    EVERYWHERE,
    NOWHERE,
    Diagrams,
    TooLarge,
    deep_calls,
)
from tests.support.properties import examples

VARIABLES = 5
Row = tuple[bool, ...]
ROWS: list[Row] = list(product((False, True), repeat=VARIABLES))
Table = frozenset[Row]
"""The rows in which something holds."""

tables = st.frozensets(st.sampled_from(ROWS))
settings_ = st.dictionaries(st.integers(0, VARIABLES - 1), st.booleans())


def drawn(diagrams: Diagrams, table: Table) -> int:
    """Return the diagram that holds in some rows."""
    return diagrams.any([diagrams.cube(dict(enumerate(row))) for row in table])


def rows(diagrams: Diagrams, one: int) -> Table:
    """Return the rows in which a diagram holds."""
    return frozenset(row for row in ROWS if diagrams.is_in(one, dict(enumerate(row))))


def with_values(row: Row, values: Mapping[int, bool]) -> Row:
    """Return a row in which some variables have other values."""
    return tuple(values.get(at, each) for at, each in enumerate(row))


@examples(80)
@given(tables, tables)
def test_sets_are_joined_as_sets_are(one: Table, other: Table) -> None:
    """Both, either, neither, and one without the other; the same set is the same node."""
    diagrams = Diagrams(10_000)
    left, right = drawn(diagrams, one), drawn(diagrams, other)
    assert rows(diagrams, left) == one
    assert rows(diagrams, diagrams.both(left, right)) == one & other
    assert rows(diagrams, diagrams.either(left, right)) == one | other
    assert rows(diagrams, diagrams.no(left)) == frozenset(ROWS) - one
    assert rows(diagrams, diagrams.without(left, right)) == one - other
    assert (left == right) is (one == other)
    assert (left == NOWHERE) is (not one)
    assert (left == EVERYWHERE) is (len(one) == len(ROWS))
    assert diagrams.count(left, VARIABLES) == len(one)


@examples(80)
@given(tables, settings_)
def test_variables_are_set_and_asked_back(table: Table, values: dict[int, bool]) -> None:
    """Setting leads forward, and what holds once they are set is the question back."""
    diagrams = Diagrams(10_000)
    one = drawn(diagrams, table)
    put = frozenset(with_values(row, values) for row in table)
    given_ = frozenset(row for row in ROWS if with_values(row, values) in table)
    for _ in range(2):  # the second time from what is remembered
        assert rows(diagrams, diagrams.put(values, one)) == put
        assert rows(diagrams, diagrams.given(values, one)) == given_
    free = diagrams.exist(frozenset(values), one)
    assert rows(diagrams, free) == frozenset(
        row
        for row in ROWS
        if any(
            all(row[at] == other[at] for at in range(VARIABLES) if at not in values)
            for other in table
        )
    )


@examples(60)
@given(st.lists(st.tuples(tables, st.integers(-3, 9)), max_size=4), st.integers(-5, 20))
def test_weights_are_added(items: list[tuple[Table, int]], needed: int) -> None:
    """Of what holds, in every row."""
    diagrams = Diagrams(100_000)
    ways = []
    for table, weight in items:
        holds = drawn(diagrams, table)
        ways.append(((holds, weight), (diagrams.no(holds), 0)))
    found = diagrams.weigh(ways, lambda total: total >= needed)
    assert rows(diagrams, found) == frozenset(
        row for row in ROWS if sum(weight for table, weight in items if row in table) >= needed
    )


@examples(60)
@given(tables.filter(bool), st.sampled_from(ROWS))
def test_the_nearest_is_as_near_as_there_is(table: Table, to: Row) -> None:
    """One of those that differ from some values in as few variables as possible."""
    diagrams = Diagrams(10_000)
    one = drawn(diagrams, table)
    found = diagrams.nearest(one, dict(enumerate(to)))
    row = tuple(found[at] for at in range(VARIABLES))

    def away(other: Row) -> int:
        return sum(each != there for each, there in zip(other, to, strict=True))

    assert row in table
    assert away(row) == min(map(away, table))


def test_nodes_are_counted_and_limited() -> None:
    """What takes more of them than are allowed is stopped, wherever that is."""
    diagrams = Diagrams(50)

    def parity(at: int) -> int:
        if at == 40:
            return EVERYWHERE
        rest = parity(at + 1)
        return diagrams.node(at, rest, diagrams.no(rest))

    with pytest.raises(TooLarge):
        parity(0)
    assert diagrams.nodes == 50


@pytest.mark.parametrize("made", [Diagrams.both, Diagrams.either])
def test_it_may_be_as_deep_as_there_are_variables(
    made: Callable[[Diagrams, int, int], int],
) -> None:
    """Two thousand of them: more than calls go deep by themselves."""
    diagrams = Diagrams(50_000)
    even = diagrams.cube(dict.fromkeys(range(0, 2000, 2), True))
    odd = diagrams.cube(dict.fromkeys(range(1, 2000, 2), True))
    with deep_calls():
        found = made(diagrams, even, odd)
    every = dict.fromkeys(range(2_000), True)
    assert diagrams.is_in(found, every)
    assert diagrams.is_in(found, {**every, 1_999: False}) is (made is Diagrams.either)


def test_one_proof_does_not_end_the_depth_of_another() -> None:
    """Two threads go deep; the first to end leaves the other as deep as it may go."""
    ready, ended = Event(), Event()
    depths: list[int] = []

    def second() -> None:
        ready.set()
        with deep_calls():
            ended.wait(5)
            depths.append(sys.getrecursionlimit())

    before = sys.getrecursionlimit()
    with deep_calls():
        other = Thread(target=second)
        other.start()
        assert ready.wait(5)
    ended.set()
    other.join()
    assert depths == [DEEPEST]
    assert sys.getrecursionlimit() == before
