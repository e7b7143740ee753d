"""Column types: how our values are stored in a database."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import DateTime, Dialect, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

from workflow.model.journal import instant_text
from workflow.storage.cells import days_in, instant_in, names_in, or_none, word_in


class Instant(TypeDecorator[datetime]):
    """An aware instant: a timestamp with time zone, or on SQLite ISO 8601 in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that the database has."""
        return String(32) if dialect.name == "sqlite" else DateTime(timezone=True)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Write an instant; a naive one is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        return instant_text(value) if dialect.name == "sqlite" else value.astimezone(UTC)

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Return the bare function that does so, for speed: opening a round writes a hundred."""
        return partial(self.process_bind_param, dialect=dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read an instant, in UTC; one without a zone is no instant."""
        return None if value is None else instant_in(value)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None]:
        """Return the bare function that does so, for speed: a long journal has thousands."""
        return or_none(instant_in)


class EnumValue(TypeDecorator[StrEnum]):
    """A member of an enumeration, as its value."""

    impl = String(16)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        """Take the enumeration."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """Write the value."""
        return None if value is None else value.value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Read the member; raises ValueError where the database holds something else."""
        return None if value is None else self.kind(value)

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], StrEnum | None]:
        """Return a function that does so from a table, for speed: a command may read a hundred."""
        return word_in(self.kind)


class Names(TypeDecorator[tuple[str, ...]]):
    """A tuple of names, as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """Write the names."""
        return json.dumps(value) if value else "[]"

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        """Read the names."""
        return names_in(value)


class Days(TypeDecorator[Mapping[str, date]]):
    """A day for each of some names, as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, date] | None, dialect: Dialect) -> str:
        """Write the days."""
        return json.dumps({name: day.isoformat() for name, day in (value or {}).items()})

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, date]:
        """Read the days."""
        return days_in(value)
