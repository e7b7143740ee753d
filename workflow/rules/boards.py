"""Bodies of several parties: who is a member on a day, with how many votes."""

from definitions.language.values import replace
from definitions.model import RegionalBody
from workflow.rules.snapshot import Snapshot


def board_on(now: Snapshot, body: str) -> RegionalBody | None:
    """Return a body of several parties with its members of the day; None if it is no such body.

    The votes of parties that left no longer count, those of parties that joined do, and the quorum
    stays the same part of them that it is in the definition: a majority of the votes stays a
    majority (Gemeentewet 20 has one of the sitting members).
    """
    board = now.definition.regional.get(body)
    written = now.definition.everybody.regional.get(body)
    left = now.state.departures
    if board is None or written is None or written.votes is None:
        return board
    if board is written and left.keys().isdisjoint(board.members):
        return board
    members = {each: votes for each, votes in board.members.items() if each not in left}
    votes = sum(members.values())
    quorum = None if board.quorum is None else -(-board.quorum * votes // written.votes)
    return replace(board, members=members, votes=votes, quorum=quorum)


def sits(now: Snapshot, body: str) -> bool:
    """Return whether a body has members still, where it is one of several parties."""
    board = now.definition.regional.get(body)
    today = board_on(now, body)
    return board is None or today is None or not board.members or bool(today.members)
