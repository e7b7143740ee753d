"""The pace of a claim: large transactions where they are quick, small ones where they are not."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from workflow.reminders.pace import FEWEST, HELD_S, MOST, Pace


def paced(*took: tuple[int, float]) -> Pace:
    """Return a pace after transactions of so many reminders, which took so many seconds each."""
    now = 0.0
    pace = Pace(lambda: now)

    def work(seconds: float) -> None:
        nonlocal now
        now += seconds

    for number, seconds in took:
        pace.timing(number, lambda seconds=seconds: work(seconds))  # type: ignore[misc]
    return pace


def test_what_is_quick_doubles() -> None:
    """Until it is as much as fits into its time."""
    assert 2 * FEWEST == paced((FEWEST, 0.001)).size
    assert 3 * FEWEST == paced((FEWEST, 0.001), (2 * FEWEST, HELD_S * 2 / 3)).size


def test_what_is_slow_is_made_smaller_at_once() -> None:
    """But never smaller than at first: each transaction waits for the disk."""
    quick = [(FEWEST * 2**each, 0.001) for each in range(3)]
    assert 4 * FEWEST == paced(*quick, (8 * FEWEST, 2 * HELD_S)).size
    assert FEWEST == paced(*quick, (8 * FEWEST, 100.0)).size


def test_a_small_one_says_nothing() -> None:
    """What was left over at the end took most of its time for itself."""
    quick = [(FEWEST, 0.001), (2 * FEWEST, 0.001)]
    assert 4 * FEWEST == paced(*quick, (1, HELD_S / 2)).size


@given(st.lists(st.tuples(st.integers(1, 5_000), st.floats(0.0, 1.0))))
def test_it_stays_within_its_bounds(took: list[tuple[int, float]]) -> None:
    """However long each of them took, by any clock."""
    assert FEWEST <= paced(*took).size <= MOST


@given(st.lists(st.integers(0, 3 * FEWEST)))
def test_all_is_done_once_and_in_order(sizes: list[int]) -> None:
    """Each transaction takes no more than fits; what is more than that goes by itself."""
    batches = list(Pace().batches(sizes, lambda size: size))
    assert sizes == list(chain.from_iterable(batches))
    assert all(batch for batch in batches)
    assert all(len(batch) == 1 or sum(batch) <= FEWEST for batch in batches)
