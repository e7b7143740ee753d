"""Parameters: values given when a process starts (``start --set jaar=2027``).

``${jaar}`` in any text of a definition is replaced by the value. The result is an ordinary
definition, which is hashed, stored and run; the values are part of it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from definitions.calendar.dates import given_date, parse_date
from definitions.faults import Faults, Path, Position
from definitions.language.actions import Field
from definitions.language.errors import InvalidValue
from definitions.language.naming import IDENTIFIER
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace

Value = str | tuple[str, ...]
"""What a parameter stands for: a text, or the names of a list."""
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
        moved: where in the file something stands that a list was filled in before, or in place of.
    """

    document: dict[str, Any]
    places: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    numbers: dict[Path, int] = field(default_factory=dict)
    moved: dict[Path, Path] = field(default_factory=dict)

    def marked(self, positions: Mapping[Path, Position]) -> dict[Path, Position]:
        """Return positions that know which parameters were filled in there."""
        found = {new: positions[old] for new, old in self.moved.items() if old in positions}
        there = {**positions, **found}
        filled = {
            path: replace(there[path], parameters=said)
            for path, said in self.places.items()
            if path in there
        }
        return {**there, **filled}

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
    filled.document.update(_Filling(values, kinds, faults, filled).of(rest, (), ()))
    return filled


def _given(name: str, spec: Mapping[str, Any], given: Mapping[str, str]) -> Value | None:
    """Return the value of a parameter: a default may be written as the number or list it is."""
    value = given.get(name, spec.get("default"))
    if isinstance(value, list):
        return tuple(value)
    if value is None or spec["type"] != "list":
        return None if value is None else str(value)
    return tuple(each.strip() for each in value.split(",")) if value.strip() else ()


def _check(name: str, value: Value | None, kind: str, faults: Faults) -> None:
    path: Path = ("parameters", name)
    if value is None:
        faults.add(
            path,
            text("The parameter “{name}” is not given, and has no default.", name=name),
            text("Give it with: {field}", field=Field("values", text("{name}=VALUE", name=name))),
        )
    elif isinstance(value, tuple):
        _check_list(name, value, path, faults)
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


def _check_list(name: str, names: tuple[str, ...], path: Path, faults: Faults) -> None:
    said = {"name": name, "value": _written(names)}
    if "" in names:
        faults.add(
            path,
            text("The parameter “{name}” is a list, and “{value}” has a gap in it.", **said),
            text("Write its names with one comma between them: a,b,c"),
        )
    twice = next((each for at, each in enumerate(names) if each and each in names[:at]), None)
    if twice is not None:
        faults.add(
            path,
            text("The parameter “{name}” has “{twice}” twice: {value}.", twice=twice, **said),
        )


def _written(value: Value | None) -> str:
    """Return a value as it is typed."""
    return ",".join(value) if isinstance(value, tuple) else value or ""


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

    values: Mapping[str, Value | None]
    kinds: Mapping[str, str]
    faults: Faults
    filled: Filled

    def of(self, value: Any, written: Path, path: Path) -> Any:
        """Return a value of the document with the parameters in it filled in.

        Args:
            written: where it stands in the file.
            path: where it comes to stand.
        """
        if written != path:
            self.filled.moved[path] = written
        match value:
            case str():
                return self._text(value, written, path)
            case list():
                return self._list(value, written, path)
            case dict():
                return {
                    key: self.of(each, (*written, key), (*path, key)) for key, each in value.items()
                }
            case _:
                return value

    def _list(self, values: list[Any], written: Path, path: Path) -> list[Any]:
        """Return a list, with the names of a parameter that is one in its place among them."""
        found: list[Any] = []
        for at, each in enumerate(values):
            there = (*written, at)
            listed = self._listed(each)
            if listed is None:
                found.append(self.of(each, there, (*path, len(found))))
                continue
            paths = [(*path, len(found) + n) for n in range(len(listed))]
            found += self._names(str(each), listed, there, paths)
        return found

    def _listed(self, value: Any) -> tuple[str, ...] | None:
        """Return the names of the parameter that stands in a place alone, where it is a list."""
        alone = PLACE.fullmatch(value) if isinstance(value, str) else None
        names = self.values.get(alone[1]) if alone else None
        return names if isinstance(names, tuple) else None

    def _names(
        self, value: str, names: tuple[str, ...], written: Path, paths: Sequence[Path]
    ) -> tuple[str, ...]:
        """Return the names of a list, having noted where each of them comes from."""
        said = (f"{PLACE.findall(value)[0]}={_written(names)}",)
        for path in paths:
            self.filled.moved[path] = written
            self.filled.places[path] = said
        return names

    def _text(self, value: str, written: Path, path: Path) -> str | list[str]:
        found = PLACE.findall(value)
        if not found:
            return value
        for name in found:
            self.faults.known(name, self.values, written, text("parameter"))
        said = (f"{name}={_written(self.values.get(name))}" for name in found)
        self.filled.places[path] = tuple(dict.fromkeys(said))
        listed = self._listed(value)
        if listed is not None:
            return [*self._names(value, listed, written, [(*path, n) for n in range(len(listed))])]
        filled = PLACE.sub(lambda place: self._inside(place[1]), value)
        whole = PLACE.fullmatch(value)
        if whole and self.kinds.get(whole[1]) == "number" and _fits(filled, "number"):
            self.filled.numbers[path] = int(filled)
        return filled

    def _inside(self, name: str) -> str:
        """Return the value of a parameter inside a text: the names of a list with commas."""
        value = self.values.get(name)
        return ", ".join(value) if isinstance(value, tuple) else value or ""
