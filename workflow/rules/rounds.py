"""Rounds: assigning an entry of the day on which a round was opened.

On any other day an entry belongs to the round that was open then. On that one day it may also
belong to the round before, and the order of recording does not decide which.
"""

from collections.abc import Callable, Collection
from datetime import date

from definitions.calendar.dates import PartialDate
from definitions.language.actions import Field
from definitions.language.errors import InvalidValue
from definitions.language.text import text
from workflow.model.state import FIRST_ROUND, State
from workflow.rules.refusals import Refused


class AmbiguousRound(Refused):
    """Two rounds were open on one day, and it is ambiguous which one is meant."""


def round_of(
    state: State,
    milestone: str,
    on: PartialDate,
    *,
    admitted: Collection[str],
    named: int | None,
    settled: Callable[[int], bool],
) -> int:
    """Return the round to which a command about a milestone belongs.

    Args:
        state: the state on the day of the command.
        admitted: the states that admit it; empty for any.
        named: the round that the command names; None if it names none.
        settled: whether it is already recorded in a round, so that this round is ruled out.

    Raises:
        InvalidValue: the named round was not open on that day.
        AmbiguousRound: it may be either of two, and the command names none.
    """
    present = state.round_of(milestone)
    both = was_open_before(state, milestone, on.day, admitted)
    if named is not None:
        if named == present or (both and named == present - 1):
            return named
        raise InvalidValue(
            text(
                "On {on} “{milestone}” was in round {round}, not in round {named}.",
                on=on,
                milestone=milestone,
                round=present,
                named=named,
            ),
            advice=text("Check the date; or leave out {field}.", field=Field("round")),
            field="round",
        )
    if not both or settled(present - 1):
        return present
    raise AmbiguousRound(
        text(
            "“{milestone}” opened round {round} on {on}; the date does not show whether this "
            "belongs to that round or to the one before.",
            milestone=milestone,
            round=present,
            on=on,
        ),
        advice=text(
            "Say which: {before}, or {now}.",
            before=Field("round", str(present - 1)),
            now=Field("round", str(present)),
        ),
    )


def was_open_before(
    state: State, milestone: str, day: date | None, admitted: Collection[str]
) -> bool:
    """Return whether the round before the present one was open as well on a day.

    Args:
        admitted: the states that count for it; empty for any.
    """
    at = state.milestones[milestone]
    if at.opened_on is None or day != at.opened_on or state.round_of(milestone) == FIRST_ROUND:
        return False
    return not admitted or not set(admitted).isdisjoint(at.opened_from)
