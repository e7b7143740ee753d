"""Folding every journal anew, after the rules of folding changed: what the tables then say.

The journal stays as it is. A process whose journal cannot be read, or is no chain any more, is left
as it is as well: that is for ``verify`` to say, and not to be covered up.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from definitions.faults import DefinitionInvalid
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.stored import stored_definition
from workflow.model.journal import broken_link
from workflow.model.state import FIRST_ROUND, Basis, State
from workflow.rules.fold import fold
from workflow.storage import reading, store
from workflow.storage.errors import CANNOT_BE_READ, Damaged
from workflow.storage.reading import Head

UNREADABLE = (*CANNOT_BE_READ, Damaged, DefinitionInvalid)
"""The errors that reading or folding damaged rows can raise."""


@dataclass(frozen=True, slots=True)
class Refolded:
    """A process whose state changed, or that could not be folded.

    Attributes:
        differences: the changes, each a sentence.
    """

    process: str
    differences: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What became of a database.

    Attributes:
        before: its revision before; None where it was empty.
        after: its revision now.
        refolded: the processes that came out differently, for the rules of folding changed.
    """

    before: str | None
    after: str
    refolded: tuple[Refolded, ...] = ()


def refold(connection: Connection) -> tuple[Refolded, ...]:
    """Fold every journal anew and update the tables to the result.

    Returns:
        The processes whose state changed.
    """
    heads = reading.get_heads(connection)
    found = (Refolded(head.id, tuple(_refolded(connection, head))) for head in heads)
    return tuple(each for each in found if each.differences)


def _refolded(connection: Connection, head: Head) -> Iterator[Text]:
    states = _states(connection, head)
    if states is None:
        yield text("left as it is, for its journal cannot be folded: see what verify says of it")
        return
    store.rewrite_state(connection, head, *states)
    yield from differences(*states)


def _states(connection: Connection, head: Head) -> tuple[State, State] | None:
    """Return the states from the tables and from the journal; None if that is damaged."""
    try:
        entries = list(reading.read_journal(connection, head.id))
        if not entries or any(True for _ in broken_link(entries)):
            return None
        stored = reading.read_state(connection, head, past_rounds=True)
        document = reading.get_document(connection, head.definition)
        return stored, fold(stored_definition(document, head.definition), entries)
    except UNREADABLE:
        return None


# --- what came out differently -----------------------------------------------------------------


def differences(before: State, after: State) -> Iterator[Text]:
    """Yield the visible differences in a process, each as a sentence."""
    yield from _milestones(before, after)
    yield from _moves(before, after)
    yield from _rounds(before, after)
    for table in ("parts", "seats", "dues", "departures", "amendments", "shifts"):
        yield from _rows(table, getattr(before, table), getattr(after, table))


def _milestones(before: State, after: State) -> Iterator[Text]:
    for name, now in after.milestones.items():
        was = before.milestones.get(name)
        if was is None or was.state != now.state:
            state = "" if was is None else was.state
            yield text(
                "“{name}” is in “{now}”, not in “{was}”", name=name, now=now.state, was=state
            )
        elif max(was.round, FIRST_ROUND) != now.round:
            yield text(
                "“{name}” is in round {now}, not in round {was}",
                name=name,
                now=now.round,
                was=max(was.round, FIRST_ROUND),
            )


def _moves(before: State, after: State) -> Iterator[Text]:
    for key, now in after.moves.items():
        was = before.moves.get(key)
        stands = (now.basis, now.out_of_order)
        if was is None or stands == (was.basis, was.out_of_order):
            continue
        name, _, source, target = key
        values = {"name": name, "source": source, "target": target}
        if now.out_of_order:
            yield text(
                "“{name}”, {source} → {target}, rests on entries recorded out of order", **values
            )
        elif now.basis is Basis.DECIDED:
            yield text("“{name}”, {source} → {target}, is proved by what is on record", **values)
        else:
            yield text(
                "“{name}”, {source} → {target}, is not proved by what is on record", **values
            )


def _rounds(before: State, after: State) -> Iterator[Text]:
    """Yield the decisions that count in another round, recognised by their entry."""
    then = {each.seq: key[2] for key, each in before.decisions.items()}
    for (milestone, request, number, body), given in after.decisions.items():
        if then.get(given.seq) != number:
            yield text(
                "what {body} said on {milestone}/{request} (entry {seq}) counts in round {round}",
                body=body,
                milestone=milestone,
                request=request,
                seq=given.seq,
                round=number,
            )
    reported = {each.seq: key[3] for key, each in before.tasks.items()}
    for (milestone, task, subject, number), report in after.tasks.items():
        known = reported.get(report.seq)
        if known is None or max(known, min(number, FIRST_ROUND)) != number:
            yield text(
                "the report of {task} (entry {seq}) counts in round {round}",
                task=f"{milestone}/{task}@{subject}".rstrip("@").lstrip("/"),
                seq=report.seq,
                round=number,
            )


def _rows(table: str, before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterable[Text]:
    for key in dict.fromkeys((*before, *after)):
        if before.get(key) != after.get(key):
            row = ", ".join(map(str, key)) if isinstance(key, tuple) else str(key)
            yield text("{table}: {row}", table=table, row=row)
