"""Parameters: what a process is told when it starts (``start --set jaar=2027``).

``${jaar}`` in any text of a definition stands for the value. What comes out is an ordinary
definition, and that is what is hashed, stored and run; the values are part of what it says.
"""

import re
from collections.abc import Mapping
from typing import Any

from definitions.dates import given_date, parse_date
from definitions.errors import InvalidValue
from definitions.faults import Faults, Path
from definitions.schema import IDENTIFIER
from definitions.text import Text, text

PLACE = re.compile(r"\$\{([a-z0-9-]*)\}")
"""Where the value of a parameter comes."""
_FORMS = {"number": re.compile(r"[0-9]{1,9}"), "id": re.compile(IDENTIFIER)}


def filled_in(document: dict[str, Any], given: Mapping[str, str], faults: Faults) -> dict[str, Any]:
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
    values = {name: given.get(name, spec.get("default")) for name, spec in declared.items()}
    for name, value in values.items():
        _check(name, value, declared[name]["type"], faults)
    rest = {key: value for key, value in document.items() if key != "parameters"}
    filled: dict[str, Any] = _filled(rest, values, (), faults)
    return filled


def _check(name: str, value: str | None, kind: str, faults: Faults) -> None:
    path: Path = ("parameters", name)
    if value is None:
        faults.add(
            path,
            text("The parameter “{name}” is not given, and has no default.", name=name),
            text("Give it with: --set {name}=VALUE", name=name),
        )
    elif not _fits(value, kind):
        faults.add(
            path,
            text(
                "The parameter “{name}” is a {kind}, and “{value}” is none.",
                name=name,
                kind=_word(kind),
                value=value,
            ),
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
        "number": text("number"),
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


def _filled(value: Any, values: Mapping[str, str | None], path: Path, faults: Faults) -> Any:
    match value:
        case str():
            return PLACE.sub(lambda found: _value(found[1], values, path, faults), value)
        case list():
            return [_filled(each, values, (*path, at), faults) for at, each in enumerate(value)]
        case dict():
            return {key: _filled(each, values, (*path, key), faults) for key, each in value.items()}
        case _:
            return value


def _value(name: str, values: Mapping[str, str | None], path: Path, faults: Faults) -> str:
    faults.known(name, values, path, text("parameter"))
    return values.get(name) or ""
