"""How a body voted: for and against, with nobody against, or without a vote being asked.

Most proposals before a council are adopted without one (*hamerstuk*, Gemeentewet 32). Nobody then
knows who was for it, so that is never shown as unanimous.
"""

import re

from definitions.gate_wording import rule_text
from definitions.language.errors import InvalidValue
from definitions.language.text import Text, text
from definitions.model import MORE_FOR_THAN_AGAINST, Effect, Outcome, RegionalBody, Rule

UNANIMOUS = "unanimous"
WITHOUT = "without-vote"
"""How votes are kept that are not numbers."""

_WORDS = {
    **dict.fromkeys(
        (
            UNANIMOUS,
            "unanimously",
            "unaniem",
            "met algemene stemmen",
            "algemene stemmen",
            "met eenparige stemmen",
            "met eenparigheid van stemmen",
        ),
        UNANIMOUS,
    ),
    **dict.fromkeys(
        (
            WITHOUT,
            "without a vote",
            "without vote",
            "no vote",
            "zonder stemming",
            "zonder hoofdelijke stemming",
            "z.h.s.",
            "zhs",
            "hamerstuk",
            "als hamerstuk",
        ),
        WITHOUT,
    ),
}
_NUMBERS = re.compile(r"([0-9]{1,4})[-–]([0-9]{1,4})", re.ASCII)
_IN_WORDS = re.compile(
    r"([0-9]{1,4})(?: stemmen| votes)? (?:voor|for)(?:,| en| and) "
    r"([0-9]{1,4})(?: stemmen| votes)? (?:tegen|against)",
    re.ASCII,
)
_THREE = re.compile(r"[0-9]{1,4}(?:[-–/ ,]{1,3}[0-9]{1,4}){2,}", re.ASCII)


def votes_text(votes: str) -> Text:
    """Return votes as they are kept, in words."""
    if votes == UNANIMOUS:
        return text("unanimous")
    return text("without a vote") if votes == WITHOUT else text("{votes}", votes=votes)


def votes_of(written: str | None, outcome: Outcome, regional: RegionalBody | None) -> str | None:
    """Return votes as they are kept, where they can have led to an outcome.

    More for than against adopts; a tie or fewer rejects (Gemeentewet 30 and 32). A body of the
    region may have another majority of its own. Without a vote something can be adopted, and
    nothing is rejected (Gemeentewet 32).

    Args:
        written: ``19-4``, ``unanimous``, ``without-vote``, or as minutes have it: ``met algemene
            stemmen``, ``hamerstuk``; None where nobody says.
        outcome: what was decided.
        regional: the body with its members of the day, where it is one of the region.

    Raises:
        InvalidValue: they are of no such form, or cannot have led to that.
    """
    if written is None:
        return None
    votes = _WORDS.get(" ".join(written.lower().split()))
    if votes == WITHOUT and outcome.effect is Effect.AGAINST:
        raise InvalidValue(
            text("“{outcome}” takes a vote: without one, nothing is rejected.", outcome=outcome.id),
            advice=text("Leave the votes out where no source says how many there were."),
            field="votes",
        )
    if votes is not None:
        return votes
    in_favour, against = _numbers(written)
    if regional is not None:
        _check_cast(in_favour + against, regional)
        if outcome.effect is not Effect.PENDING:
            _check_quorum(in_favour + against, regional)
    _check_outcome(in_favour, against, outcome, regional)
    return f"{in_favour}-{against}"


def _numbers(written: str) -> tuple[int, int]:
    found = _NUMBERS.fullmatch(written) or _IN_WORDS.fullmatch(written.lower())
    if found is not None:
        return int(found[1]), int(found[2])
    advice = text("Write votes for and against as 19-4, “unanimous” or “without a vote”.")
    if _THREE.fullmatch(written):
        advice = text(
            "What counts are the votes that were cast (Gemeentewet 30): those for and against, as "
            "19-4. Whoever cast none can be named in a remark."
        )
    raise InvalidValue(
        text("“{votes}” is not a number of votes.", votes=written), advice=advice, field="votes"
    )


def adopts(in_favour: int, against: int, majority: Rule) -> bool:
    """Return whether votes adopt a proposal, where a share of those cast is needed."""
    cast = in_favour + against
    return in_favour >= max(majority.needed(cast), 1)


def _check_outcome(
    in_favour: int, against: int, outcome: Outcome, regional: RegionalBody | None
) -> None:
    if outcome.effect not in (Effect.FOR, Effect.AGAINST):
        return
    majority = MORE_FOR_THAN_AGAINST if regional is None else regional.majority
    wanted = outcome.effect is Effect.FOR
    if adopts(in_favour, against, majority) is wanted:
        return
    values = {"for_": in_favour, "against": against, "outcome": outcome.id}
    said = text("{for_} for and {against} against do not lead to “{outcome}”.", **values)
    turned = None
    if adopts(against, in_favour, majority) is wanted:
        turned = text("Write the votes for first: {turned}?", turned=f"{against}-{in_favour}")
    if regional is None:
        raise InvalidValue(said, advice=turned, field="votes")
    cast = in_favour + against
    raise InvalidValue(
        text(
            "{said} “{body}” adopts with {rule}: of {cast}, that is {needed}.",
            said=said,
            body=regional.id,
            rule=rule_text(majority),
            cast=cast,
            needed=max(majority.needed(cast), 1),
        ),
        advice=turned,
        field="votes",
    )


def _check_cast(cast: int, regional: RegionalBody) -> None:
    """Refuse votes that a regional body does not have."""
    if regional.votes is not None and cast > regional.votes:
        raise InvalidValue(
            text(
                "{cast} votes were cast, and “{body}” has {votes}.",
                cast=cast,
                body=regional.id,
                votes=regional.votes,
            ),
            field="votes",
        )


def _check_quorum(cast: int, regional: RegionalBody) -> None:
    """Refuse too few votes for a decision; that there was no quorum is none."""
    if regional.quorum is not None and cast < regional.quorum:
        raise InvalidValue(
            text(
                "{cast} votes were cast, and “{body}” decides with at least {quorum}.",
                cast=cast,
                body=regional.id,
                quorum=regional.quorum,
            ),
            field="votes",
        )
