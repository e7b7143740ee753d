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
    """Return an instant, in UTC.

    Raises:
        ValueError: it is not an instant, or has no zone.
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
    """Return a function that reads a member of an enumeration; a table makes it fast.

    The function raises ValueError if the database holds something else.
    """
    members: dict[Any, Kind | None] = {each.value: each for each in kind}
    members[None] = None
    return lambda cell: members[cell] if cell in members else kind(cell)


def or_none(read: Callable[[Any], Value]) -> Callable[[Any], Value | None]:
    """Return a function that reads a cell that may be empty."""
    return lambda cell: None if cell is None else read(cell)


def how_read(kind: Any) -> Callable[[Any], Any] | None:
    """Return the function that reads a cell as the type of a field; None if it needs none."""
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
    """Return the values of some JSON texts; decoded together, that takes two thirds of the time.

    Raises:
        ValueError: one of them is not JSON (and the other errors of ``json.loads``).
    """
    try:
        found = json.loads(f"[{','.join(texts)}]")
    except (RecursionError, TypeError, ValueError):
        found = []
    # A text that is not one JSON value by itself raises here.
    return found if len(found) == len(texts) else [json.loads(each) for each in texts]
