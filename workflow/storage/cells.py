"""How values lie in the cells of a database: as its driver hands them over, and as ours.

SQLite has days, instants and truth as texts and numbers; a server's driver has them already.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin

Kind = TypeVar("Kind", bound=StrEnum)
Value = TypeVar("Value")


def day_in(cell: Any) -> date:
    """Return a day: SQLite has it as a text in ISO 8601."""
    return cell if isinstance(cell, date) else date.fromisoformat(cell)


def instant_in(cell: Any) -> datetime:
    """Return an instant, in UTC; one without a zone is no instant.

    Raises:
        ValueError: it is none.
    """
    instant: datetime = datetime.fromisoformat(cell) if isinstance(cell, str) else cell
    if instant.tzinfo is None:
        raise ValueError(cell)
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


def names_in(cell: str | None) -> tuple[str, ...]:
    """Return a tuple of names, which lies there as JSON."""
    return tuple(json.loads(cell)) if cell and cell != "[]" else ()


def days_in(cell: str | None) -> dict[str, date]:
    """Return a day for each of some names, which lie there as JSON."""
    return {name: date.fromisoformat(day) for name, day in json.loads(cell or "{}").items()}


def word_in(kind: type[Kind]) -> Callable[[Any], Kind | None]:
    """Return what reads a member of an enumeration, by a look in a table: there are hundreds.

    It raises ValueError where the database holds something else.
    """
    members: dict[Any, Kind | None] = {each.value: each for each in kind}
    members[None] = None
    return lambda cell: members[cell] if cell in members else kind(cell)


def or_none(read: Callable[[Any], Value]) -> Callable[[Any], Value | None]:
    """Return what reads a cell that may be empty."""
    return lambda cell: None if cell is None else read(cell)


def how_read(kind: Any) -> Callable[[Any], Any] | None:
    """Return what reads a cell as the type of a field; None where it is as it lies there."""
    if isinstance(kind, UnionType):
        (kind,) = (each for each in get_args(kind) if each is not NoneType)
        read = how_read(kind)
        return None if read is None else or_none(read)
    if get_origin(kind) is tuple:
        return names_in
    if get_origin(kind) is Mapping:
        return days_in
    if kind is date:
        return day_in
    if kind is bool:
        return bool
    return word_in(kind) if issubclass(kind, StrEnum) else None


def decoded(texts: Sequence[str]) -> list[Any]:
    """Return what each of some JSON texts says: decoded together, in two thirds of the time.

    Raises:
        ValueError: one of them is no JSON (and what ``json.loads`` raises beside that).
    """
    try:
        found = json.loads(f"[{','.join(texts)}]")
    except (RecursionError, TypeError, ValueError):
        found = []
    # What is no JSON by itself, or is more than one, says so by itself.
    return found if len(found) == len(texts) else [json.loads(each) for each in texts]
