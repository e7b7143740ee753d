"""Pydantic schemas of the values that read differently in each language.

``TypeAdapter(StatusView).dump_json(view, context={"catalogue": catalogue})`` is what a command
prints with ``--json``, in the language of that catalogue; without one, in English. The command
line itself writes JSON without pydantic, which takes too long to import for one command.
"""

import gettext
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

Value = TypeVar("Value")

SOURCE_LANGUAGE = gettext.NullTranslations()
CATALOGUE = "catalogue"
"""The key of the reader's catalogue in the context of a serialisation."""


def _without_underscore(name: str) -> str:
    return name.rstrip("_")


PLAIN_NAMES: dict[str, Any] = {"alias_generator": _without_underscore, "serialize_by_alias": True}
"""The pydantic configuration of a view with a field like ``for_``: ``for`` is a keyword."""


class _Info(Protocol):
    """What pydantic hands to a function that serialises."""

    @property
    def context(self) -> Mapping[str, gettext.NullTranslations] | None: ...


def written_as(
    kind: type[Value], form: str, write: Callable[[Value, gettext.NullTranslations], object]
) -> Any:
    """Return the schema by which pydantic writes values of a type.

    Args:
        kind: the type; only its own values are accepted.
        form: the kind of JSON it becomes, as pydantic_core names its schemas: ``str``, ``any``.
        write: makes what is written of a value, in the language of a catalogue.
    """
    # Only those who serialise by pydantic need it, and it takes 30 ms.
    from pydantic_core import core_schema  # noqa: PLC0415

    def serialise(value: Value, info: _Info) -> object:
        return write(value, (info.context or {}).get(CATALOGUE, SOURCE_LANGUAGE))

    return core_schema.is_instance_schema(
        kind,
        serialization=core_schema.plain_serializer_function_ser_schema(
            serialise, info_arg=True, return_schema={"type": form}
        ),
    )
