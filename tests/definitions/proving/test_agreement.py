"""A proof says of a definition what a search of all its situations finds in the real engine."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.support.comparing import differences
from tests.support.properties import examples
from tests.support.small_definitions import provable_at_random

MOST = 300
"""How many situations a definition has at the most, for there are many definitions."""


@examples(100)
@given(dice=st.randoms(use_true_random=True))
def test_a_proof_says_what_a_search_finds(dice: Random) -> None:
    """In parts, at once and one by one, it comes to the same."""
    assert differences(provable_at_random(dice, MOST)) == []
