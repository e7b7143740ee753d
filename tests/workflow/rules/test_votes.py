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
        ("9-?", "9-?"),
        ("?–4", "?-4"),
        ("9 stemmen voor, onbekend tegen", "9-?"),
        ("? voor en 4 tegen", "?-4"),
        ("9 for, unknown against", "9-?"),
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


@pytest.mark.parametrize(
    "written", ["19-4-2", "19-4-0", "19 - 4 - 2", "19/4/2", "19, 4, 2", "9-?-2", "9-1-?"]
)
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


@pytest.mark.parametrize("written", ["?-?", "?–?", "? voor, ? tegen", "onbekend voor, ? tegen"])
def test_votes_of_which_nothing_is_known_are_left_out(written: str) -> None:
    """They would say no more than an entry without votes does."""
    with pytest.raises(InvalidValue) as refused:
        votes_of(written, ADOPTED, None)
    assert (
        f"“{written}” says of neither side how many votes it had. Leave the votes out where no "
        "source says how many there were." == str(refused.value)
    )


@pytest.mark.parametrize(
    ("votes", "outcome", "of", "said"),
    [
        (
            "0-?",
            ADOPTED,
            None,
            "“0-?” does not lead to “vastgesteld”, whatever “?” is. "
            "The votes for come first: “?-0”?",
        ),
        (
            "5-?",
            ADOPTED,
            replace(TWO_THIRDS, votes=11, quorum=8),
            "“5-?” does not lead to “vastgesteld”: “?” is at least 3 here. “ab” adopts with 2/3 "
            "of the votes cast: of 8, that is 6.",
        ),
        (
            "?-5",
            ADOPTED,
            replace(TWO_THIRDS, votes=11),
            "“?-5” does not lead to “vastgesteld”: “?” is at most 6 here. “ab” adopts with 2/3 "
            "of the votes cast: of 11, that is 8. The votes for come first: “5-?”?",
        ),
        (
            "9-?",
            REJECTED,
            replace(TWO_THIRDS, votes=11),
            "“9-?” does not lead to “verworpen”: “?” is at most 2 here. “ab” adopts with 2/3 of "
            "the votes cast: of 11, that is 8. The votes for come first: “?-9”?",
        ),
        (
            "?-3",
            REJECTED,
            replace(BOARD, quorum=9),
            "“?-3” does not lead to “verworpen”: “?” is at least 6 here. “bestuur” adopts with a "
            "majority of the votes cast: of 9, that is 5. The votes for come first: “3-?”?",
        ),
        (
            "?-1",
            ADOPTED,
            board(Fraction(1)),
            "“?-1” does not lead to “vastgesteld”, whatever “?” is. “ab” adopts with all of the "
            "votes cast. The votes for come first: “1-?”?",
        ),
        ("12-?", HELD_OVER, BOARD, "At least 12 votes were cast, and “bestuur” has 11."),
    ],
)
def test_a_refusal_says_how_far_what_is_not_known_can_go(
    votes: str, outcome: Outcome, of: RegionalBody | None, said: str
) -> None:
    """With the bound that a quorum, or the votes of the body, put to it."""
    with pytest.raises(InvalidValue) as refused:
        votes_of(votes, outcome, of)
    assert said == str(refused.value)


def test_half_the_votes_may_say_enough() -> None:
    """Five of eleven can have adopted with two thirds, unless at least eight had to be cast."""
    of = replace(TWO_THIRDS, votes=11)
    assert "5-?" == votes_of("5-?", ADOPTED, of) == votes_of("5-?", REJECTED, of)
    assert "5-?" == votes_of("5-?", REJECTED, replace(of, quorum=8))


@given(
    known=st.integers(0, 14),
    for_=st.booleans(),
    of=st.none()
    | st.builds(
        lambda share, strict, votes, quorum: replace(
            board(share, strict=strict and share < 1, quorum=min(quorum, votes)), votes=votes
        ),
        st.fractions(Fraction(1, 2), 1, max_denominator=9),
        st.booleans(),
        st.integers(1, 14),
        st.integers(0, 14),
    ),
    outcome=st.sampled_from([ADOPTED, REJECTED, ANSWERED, HELD_OVER]),
)
def test_what_is_half_known_is_refused_where_no_number_would_do(
    known: int, for_: bool, of: RegionalBody | None, outcome: Outcome
) -> None:
    """Tried with every number that the other side can have had."""

    def accepted(votes: str) -> bool:
        try:
            return votes == votes_of(votes, outcome, of)
        except InvalidValue:
            return False

    def beside(other: object) -> str:
        return f"{known}-{other}" if for_ else f"{other}-{known}"

    assert accepted(beside("?")) is any(accepted(beside(other)) for other in range(60))


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
        (
            "9-?",
            "9 for, how many against is not known",
            "9 voor, aantal tegen niet bekend",
        ),
        (
            "?-4",
            "4 against, how many for is not known",
            "4 tegen, aantal voor niet bekend",
        ),
    ],
)
def test_votes_are_shown_as_they_were(kept: str, english: str, dutch: str) -> None:
    """A hamerstuk is never shown as unanimous: nobody knows who was for it."""
    assert [english, dutch] == [Page(each).say(votes_text(kept)) for each in ("en", "nl")]
