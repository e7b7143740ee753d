"""Parameters: values given when a process starts (``start --set jaar=2027``).

``${jaar}`` in any text of a definition is replaced by the value. The result is an ordinary
definition, which is hashed, stored and run; the values are part of it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from definitions.calendar.dates import given_date, parse_date
from definitions.faults import Faults, Path, Position
from definitions.language.actions import Field
from definitions.language.errors import InvalidValue
from definitions.language.naming import IDENTIFIER
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace

PLACE = re.compile(r"\$\{([a-z0-9-]*)\}")
"""Where the value of a parameter comes."""
_FORMS = {"number": re.compile(r"[0-9]{1,9}"), "id": re.compile(IDENTIFIER)}


@dataclass(frozen=True, slots=True)
class Filled:
    """A document with its parameters filled in.

    Attributes:
        document: what it says now, without the declarations of the parameters.
        places: where something was filled in, and what: ``jaar=2027``.
        numbers: the places where a number stands and nothing else; as text, like all that is typed.
    """

    document: dict[str, Any]
    places: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    numbers: dict[Path, int] = field(default_factory=dict)

    def marked(self, positions: Mapping[Path, Position]) -> dict[Path, Position]:
        """Return positions that know which parameters were filled in there."""
        there = {
            path: replace(positions[path], parameters=said)
            for path, said in self.places.items()
            if path in positions
        }
        return {**positions, **there}

    def with_numbers(self, wanted: Iterable[Path]) -> dict[str, Any]:
        """Return the document, with a number for its digits in the places that want one."""
        for path in wanted:
            if path in self.numbers:
                inside: Any = self.document
                for step in path[:-1]:
                    inside = inside[step]
                inside[path[-1]] = self.numbers[path]
        return self.document


def filled_in(document: dict[str, Any], given: Mapping[str, str], faults: Faults) -> Filled:
    """Return a document with its parameters filled in, and without their declarations.

    Args:
        document: as it was read; its ``parameters`` declare what can be given.
        given: the values, as they were typed.
        faults: where what is missing, unknown or of the wrong type is noted.
    """
    declared: Mapping[str, Any] = document.get("parameters") or {}
    for name in given:
        if name not in declared:
            faults.known(name, declared, ("parameters",), text("parameter"))
    values = {name: _given(name, spec, given) for name, spec in declared.items()}
    for name, value in values.items():
        _check(name, value, declared[name]["type"], faults)
    rest = {key: value for key, value in document.items() if key != "parameters"}
    kinds = {name: spec["type"] for name, spec in declared.items()}
    filled = Filled({})
    filled.document.update(_Filling(values, kinds, faults, filled).of(rest, ()))
    return filled


def _given(name: str, spec: Mapping[str, Any], given: Mapping[str, str]) -> str | None:
    """Return the value of a parameter: a default may be written as the number it is."""
    value = given.get(name, spec.get("default"))
    return None if value is None else str(value)


def _check(name: str, value: str | None, kind: str, faults: Faults) -> None:
    path: Path = ("parameters", name)
    if value is None:
        faults.add(
            path,
            text("The parameter “{name}” is not given, and has no default.", name=name),
            text("Give it with: {field}", field=Field("values", text("{name}=VALUE", name=name))),
        )
    elif not _fits(value, kind):
        faults.add(
            path,
            text(
                "The parameter “{name}” is a {kind}, and “{value}” is not.",
                name=name,
                kind=_word(kind),
                value=value,
            ),
            text("Write it in digits, nine at most.") if kind == "number" else None,
        )
    elif kind == "date":
        _check_weekday(value, path, faults)


def _check_weekday(value: str, path: Path, faults: Faults) -> None:
    try:
        given_date(value)
    except InvalidValue as error:
        faults.add(path, error.sentence, error.advice)


def _word(kind: str) -> Text:
    words = {
        "number": text("whole number"),
        "date": text("date"),
        "id": text("name in small letters, digits and hyphens"),
    }
    return words.get(kind, text("text"))


def _fits(value: str, kind: str) -> bool:
    if kind == "date":
        try:
            return parse_date(value).day is not None
        except InvalidValue:
            return False
    form = _FORMS.get(kind)
    return form is None or form.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class _Filling:
    """The values to fill in, and the record of where that happened."""

    values: Mapping[str, str | None]
    kinds: Mapping[str, str]
    faults: Faults
    filled: Filled

    def of(self, value: Any, path: Path) -> Any:
        match value:
            case str():
                return self._text(value, path)
            case list():
                return [self.of(each, (*path, at)) for at, each in enumerate(value)]
            case dict():
                return {key: self.of(each, (*path, key)) for key, each in value.items()}
            case _:
                return value

    def _text(self, written: str, path: Path) -> str:
        found = PLACE.findall(written)
        if not found:
            return written
        for name in found:
            self.faults.known(name, self.values, path, text("parameter"))
        said = (f"{name}={self.values.get(name) or ''}" for name in found)
        self.filled.places[path] = tuple(dict.fromkeys(said))
        filled = PLACE.sub(lambda place: self.values.get(place[1]) or "", written)
        whole = PLACE.fullmatch(written)
        if whole and self.kinds.get(whole[1]) == "number" and _fits(filled, "number"):
            self.filled.numbers[path] = int(filled)
        return filled
