"""How a body voted: in numbers, with nobody against, or without a vote being asked."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.language.errors import InvalidValue
from definitions.model import Effect, Outcome, RegionalBody, Rule
from screens.page import Page
from workflow.rules.votes import votes_of, votes_text

ADOPTED = Outcome("vastgesteld", Effect.FOR, needs_ground=False)
REJECTED = Outcome("verworpen", Effect.AGAINST, needs_ground=False)
ANSWERED = Outcome("zienswijze", Effect.ANSWERED, needs_ground=False)
HELD_OVER = Outcome("aangehouden", Effect.PENDING, needs_ground=False)
BOARD = RegionalBody("bestuur", "Bestuur", {}, 11, 6)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("19-4", "19-4"),
        ("19–4", "19-4"),
        ("19 voor, 4 tegen", "19-4"),
        ("19 stemmen voor en 4 stemmen tegen", "19-4"),
        ("19 for and 4 against", "19-4"),
        ("unanimous", "unanimous"),
        ("Unaniem", "unanimous"),
        ("met  algemene stemmen", "unanimous"),
        ("Met algemene stemmen", "unanimous"),
        ("zonder stemming", "without-vote"),
        ("zonder hoofdelijke stemming", "without-vote"),
        ("Hamerstuk", "without-vote"),
        ("z.h.s.", "without-vote"),
        ("without a vote", "without-vote"),
        ("without-vote", "without-vote"),
        (None, None),
    ],
)
def test_votes_are_read_as_lists_of_decisions_have_them(
    written: str | None, kept: str | None
) -> None:
    """What nobody says stays unsaid; what is kept is read again as itself."""
    assert kept == votes_of(written, ADOPTED, None) == votes_of(kept, ADOPTED, None)


@pytest.mark.parametrize("outcome", [ADOPTED, ANSWERED, HELD_OVER], ids=lambda each: each.id)
def test_without_a_vote_anything_but_a_rejection_can_come_about(outcome: Outcome) -> None:
    """No vote asked is adopted (Gemeentewet 32); a board that has votes counts none then."""
    assert "without-vote" == votes_of("hamerstuk", outcome, None)
    assert "without-vote" == votes_of("hamerstuk", outcome, BOARD)


@pytest.mark.parametrize("written", ["hamerstuk", "zonder stemming", "without a vote"])
def test_nothing_is_rejected_without_a_vote(written: str) -> None:
    """Who wants to reject it, asks for one."""
    with pytest.raises(InvalidValue) as refused:
        votes_of(written, REJECTED, None)
    assert "“verworpen” takes a vote: without one, nothing is rejected." in str(refused.value)


@pytest.mark.parametrize("written", ["19-4-2", "19-4-0", "19 - 4 - 2", "19/4/2", "19, 4, 2"])
def test_a_third_number_is_refused_with_the_reason(written: str) -> None:
    """Only votes that were cast count: somebody who abstains has cast none."""
    with pytest.raises(InvalidValue) as refused:
        votes_of(written, ADOPTED, None)
    assert (
        f"“{written}” is not a number of votes. What counts are the votes that were cast "
        "(Gemeentewet 30): those for and against, as 19-4. Whoever cast none can be named in a "
        "remark." == str(refused.value)
    )


@pytest.mark.parametrize("written", ["19", "-4", "19 voor", "hamer", "algemeen", "veel", "19:4"])
def test_what_is_no_vote_is_answered_with_what_is(written: str) -> None:
    """In all three ways."""
    with pytest.raises(InvalidValue) as refused:
        votes_of(written, ADOPTED, None)
    assert "Write votes for and against as 19-4, “unanimous” or “without a vote”." in str(
        refused.value
    )


# --- a majority of its own ---------------------------------------------------------------------


def board(share: Fraction, *, strict: bool = False, quorum: int | None = None) -> RegionalBody:
    """Return a board that adopts with a share of the votes cast, or with more than it."""
    majority = Rule(str(share), share=share, strict=strict, cast=True)
    return RegionalBody("ab", "AB", {}, None, quorum, majority)


TWO_THIRDS = board(Fraction(2, 3))


@pytest.mark.parametrize(
    ("votes", "of", "adopted"),
    [
        ("6-5", TWO_THIRDS, False),
        ("7-4", TWO_THIRDS, False),
        ("8-4", TWO_THIRDS, True),
        ("8-3", TWO_THIRDS, True),
        ("0-0", TWO_THIRDS, False),
        ("1-0", TWO_THIRDS, True),
        ("8-4", board(Fraction(2, 3), strict=True), False),
        ("9-4", board(Fraction(2, 3), strict=True), True),
        ("6-6", board(Fraction(1, 2), strict=True), False),
        ("7-6", board(Fraction(1, 2), strict=True), True),
        ("12-0", board(Fraction(1)), True),
        ("12-1", board(Fraction(1)), False),
        ("6-5", BOARD, True),
        ("5-6", BOARD, False),
        ("6-6", None, False),
        ("0-0", None, False),
    ],
)
def test_a_board_adopts_by_its_own_majority(
    votes: str, of: RegionalBody | None, adopted: bool
) -> None:
    """What its votes come to can be recorded, and nothing else; a council needs more for it."""
    of = of and replace(of, votes=None, quorum=None)
    led_to, did_not = (ADOPTED, REJECTED) if adopted else (REJECTED, ADOPTED)

    assert votes == votes_of(votes, led_to, of)
    with pytest.raises(InvalidValue) as refused:
        votes_of(votes, did_not, of)
    in_favour, against = votes.split("-")
    said = f"{in_favour} for and {against} against do not lead to “{did_not.id}”."
    assert str(refused.value).startswith(said)


def test_too_few_votes_decide_nothing_and_can_be_recorded_so() -> None:
    """A meeting without a quorum holds its proposal over; more votes than it has are none."""
    assert "3-1" == votes_of("3-1", HELD_OVER, BOARD)
    with pytest.raises(InvalidValue) as refused:
        votes_of("3-1", ADOPTED, BOARD)
    assert "“bestuur” decides with at least 6" in str(refused.value)
    with pytest.raises(InvalidValue):
        votes_of("9-3", HELD_OVER, BOARD)


def test_the_refusal_shows_the_arithmetic() -> None:
    """And offers no turned votes that would not do either."""
    with pytest.raises(InvalidValue) as refused:
        votes_of("6-5", ADOPTED, TWO_THIRDS)
    assert (
        "6 for and 5 against do not lead to “vastgesteld”. “ab” adopts with 2/3 of the votes cast: "
        "of 11, that is 8." == str(refused.value)
    )
    with pytest.raises(InvalidValue) as refused:
        votes_of("3-8", ADOPTED, TWO_THIRDS)
    assert str(refused.value).endswith("Write the votes for first: 8-3?")


@given(
    for_=st.integers(0, 99),
    against=st.integers(0, 99),
    share=st.fractions(Fraction(51, 99), 1, max_denominator=99),
    strict=st.booleans(),
)
def test_votes_lead_to_exactly_one_of_two_outcomes(
    for_: int, against: int, share: Fraction, strict: bool
) -> None:
    """To the one that fractions say, and one vote more in favour changes no yes into a no."""
    of = board(share, strict=strict and share < 1)
    cast = for_ + against
    part = Fraction(for_, cast) if cast else Fraction(0)
    expected = part > share if of.majority.strict else part >= share

    def adopted(votes: str) -> bool:
        try:
            votes_of(votes, ADOPTED, of)
        except InvalidValue:
            votes_of(votes, REJECTED, of)
            return False
        return True

    assert expected is adopted(f"{for_}-{against}")
    assert not expected or adopted(f"{for_ + 1}-{against}")


@pytest.mark.parametrize(
    ("kept", "english", "dutch"),
    [
        ("19-4", "19-4", "19-4"),
        ("unanimous", "unanimous", "met algemene stemmen"),
        ("without-vote", "without a vote", "zonder stemming"),
    ],
)
def test_votes_are_shown_as_they_were(kept: str, english: str, dutch: str) -> None:
    """A hamerstuk is never shown as unanimous: nobody knows who was for it."""
    assert [english, dutch] == [Page(each).say(votes_text(kept)) for each in ("en", "nl")]
