"""How a body voted: in numbers, with nobody against, or without a vote being asked."""

import pytest

from definitions.language.errors import InvalidValue
from definitions.model import Effect, Outcome, RegionalBody
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
