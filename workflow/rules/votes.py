"""How a body voted: for and against, with nobody against, or without a vote being asked.

Most proposals before a council are adopted without one (*hamerstuk*, Gemeentewet 32). Nobody then
knows who was for it, so that is never shown as unanimous.
"""

import re
from typing import NamedTuple

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
MOST = 9999
"""The greatest number of votes that is read."""
_SIDE = r"([0-9]{1,4}|\?|onbekend|unknown)"
_NUMBERS = re.compile(r"([0-9]{1,4}|\?)[-–]([0-9]{1,4}|\?)", re.ASCII)
_IN_WORDS = re.compile(
    rf"{_SIDE}(?: stemmen| votes)? (?:voor|for)(?:,| en| and) "
    rf"{_SIDE}(?: stemmen| votes)? (?:tegen|against)",
    re.ASCII,
)
_THREE = re.compile(r"(?:[0-9]{1,4}|\?)(?:[-–/ ,]{1,3}(?:[0-9]{1,4}|\?)){2,}", re.ASCII)


class _Votes(NamedTuple):
    """The votes for and those against; None where no source says how many."""

    in_favour: int | None
    against: int | None

    @property
    def is_whole(self) -> bool:
        """Whether both numbers are known."""
        return None not in self

    @property
    def cast(self) -> int:
        """How many votes are known to have been cast."""
        return sum(each or 0 for each in self)

    @property
    def turned(self) -> "_Votes":
        """The votes as they would be, had those against been written first."""
        return _Votes(self.against, self.in_favour)

    def completed(self, number: int) -> tuple[int, int]:
        """Return both numbers, with one in place of that which is not known."""
        return (
            number if self.in_favour is None else self.in_favour,
            number if self.against is None else self.against,
        )

    def __str__(self) -> str:
        """Return them as they are kept."""
        return "-".join("?" if each is None else str(each) for each in self)


def votes_text(votes: str) -> Text:
    """Return votes as they are kept, in words."""
    if votes == UNANIMOUS:
        return text("unanimous")
    if votes == WITHOUT:
        return text("without a vote")
    in_favour, _, against = votes.partition("-")
    if against == "?":
        return text("{for_} for, how many against is not known", for_=in_favour)
    if in_favour == "?":
        return text("{against} against, how many for is not known", against=against)
    return text("{votes}", votes=votes)


def votes_of(written: str | None, outcome: Outcome, regional: RegionalBody | None) -> str | None:
    """Return votes as they are kept, where they can have led to an outcome.

    More for than against adopts; a tie or fewer rejects (Gemeentewet 30 and 32). A body of the
    region may have another majority of its own. Without a vote something can be adopted, and
    nothing is rejected (Gemeentewet 32). A number that is not known may be any: votes are refused
    where none of them leads to the outcome.

    Args:
        written: ``19-4``, ``unanimous``, ``without-vote``, or as minutes have it: ``met algemene
            stemmen``, ``hamerstuk``; ``19-?`` where one of the numbers is not known; None where
            nobody says.
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
    read = _numbers(written)
    if regional is not None:
        _check_cast(read, regional)
        if read.is_whole and outcome.effect is not Effect.PENDING:
            _check_quorum(read, regional)
    _check_outcome(read, outcome, regional)
    return str(read)


def _numbers(written: str) -> _Votes:
    found = _NUMBERS.fullmatch(written) or _IN_WORDS.fullmatch(written.lower())
    if found is not None:
        read = _Votes(*(int(each) if each.isdigit() else None for each in found.groups()))
        if read == (None, None):
            raise InvalidValue(
                text("“{votes}” says of neither side how many votes it had.", votes=written),
                advice=text("Leave the votes out where no source says how many there were."),
                field="votes",
            )
        return read
    advice = text(
        "Write votes for and against as 19-4, “unanimous” or “without a vote”. With 19-? nobody "
        "knows how many were against."
    )
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


def _check_outcome(votes: _Votes, outcome: Outcome, regional: RegionalBody | None) -> None:
    """Refuse votes that lead to another outcome, whatever the side that is not known had."""
    if outcome.effect not in (Effect.FOR, Effect.AGAINST):
        return
    majority = MORE_FOR_THAN_AGAINST if regional is None else regional.majority
    wanted = outcome.effect is Effect.FOR
    likeliest = _likeliest(votes, regional, adopted=wanted)
    if adopts(*likeliest, majority) is wanted:
        return
    turned = None
    if adopts(*_likeliest(votes.turned, regional, adopted=wanted), majority) is wanted:
        turned = _turned(votes)
    said = _does_not_lead(votes, likeliest, outcome)
    if regional is not None:
        said = text("{said} {rule}", said=said, rule=_majority(regional, likeliest))
    raise InvalidValue(said, advice=turned, field="votes")


def _likeliest(votes: _Votes, regional: RegionalBody | None, *, adopted: bool) -> tuple[int, int]:
    """Return votes, with the number that is not known as favourable to an outcome as it can be.

    One more in favour turns no yes into a no, and one more against no no into a yes. So where the
    greatest or the least number that can be does not lead to an outcome, none does. At least as
    many are cast as make a quorum, and at most as many as the body has.
    """
    known = votes.cast
    if (votes.in_favour is None) is adopted:
        has = None if regional is None else regional.votes
        return votes.completed(MOST if has is None else min(MOST, has - known))
    quorum = None if regional is None else regional.quorum
    return votes.completed(max(0, (quorum or 0) - known))


def _does_not_lead(votes: _Votes, likeliest: tuple[int, int], outcome: Outcome) -> Text:
    """Return that votes do not lead to an outcome, with the bound of what is not known."""
    in_favour, against = likeliest
    if votes.is_whole:
        return text(
            "{for_} for and {against} against do not lead to “{outcome}”.",
            for_=in_favour,
            against=against,
            outcome=outcome.id,
        )
    bound = in_favour if votes.in_favour is None else against
    values = {"votes": str(votes), "outcome": outcome.id, "bound": bound}
    if bound in (0, MOST):
        return text("“{votes}” does not lead to “{outcome}”, whatever “?” is.", **values)
    if (votes.in_favour is None) is (outcome.effect is Effect.FOR):
        return text(
            "“{votes}” does not lead to “{outcome}”: “?” is at most {bound} here.", **values
        )
    return text("“{votes}” does not lead to “{outcome}”: “?” is at least {bound} here.", **values)


def _turned(votes: _Votes) -> Text:
    """Return the advice to write the votes in favour first."""
    turned = str(votes.turned)
    if votes.is_whole:
        return text("Write the votes for first: {turned}?", turned=turned)
    return text("The votes for come first: “{turned}”?", turned=turned)


def _majority(regional: RegionalBody, votes: tuple[int, int]) -> Text:
    """Return what a body of the region adopts with: how many that is, where they have a bound."""
    majority, cast = regional.majority, sum(votes)
    values = {"body": regional.id, "rule": rule_text(majority)}
    if MOST in votes:
        return text("“{body}” adopts with {rule}.", **values)
    return text(
        "“{body}” adopts with {rule}: of {cast}, that is {needed}.",
        **values,
        cast=cast,
        needed=max(majority.needed(cast), 1),
    )


def _check_cast(votes: _Votes, regional: RegionalBody) -> None:
    """Refuse votes that a regional body does not have."""
    if regional.votes is None or votes.cast <= regional.votes:
        return
    values = {"cast": votes.cast, "body": regional.id, "votes": regional.votes}
    raise InvalidValue(
        text("{cast} votes were cast, and “{body}” has {votes}.", **values)
        if votes.is_whole
        else text("At least {cast} votes were cast, and “{body}” has {votes}.", **values),
        field="votes",
    )


def _check_quorum(votes: _Votes, regional: RegionalBody) -> None:
    """Refuse too few votes for a decision; that there was no quorum is none."""
    if regional.quorum is not None and votes.cast < regional.quorum:
        raise InvalidValue(
            text(
                "{cast} votes were cast, and “{body}” decides with at least {quorum}.",
                cast=votes.cast,
                body=regional.id,
                quorum=regional.quorum,
            ),
            field="votes",
        )
