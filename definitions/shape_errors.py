"""Errors of pydantic, reworded for the author of the file."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from definitions.calendar.dates import given_date
from definitions.faults import Faults, Path, keys_too
from definitions.language.errors import InvalidValue
from definitions.language.naming import IDENTIFIER, did_you_mean, guess_at, identifier_of, shown
from definitions.language.text import Text, text
from definitions.language.values import replace
from definitions.schema import (
    DAY_OF_YEAR,
    DAYS,
    GATES,
    LANGUAGE,
    LIST,
    MAPPING,
    RUNG,
    SCALAR,
    SHARE,
    TIME,
)

Schema = Mapping[str, Any]


def note_errors(error: ValidationError, shape: type[BaseModel], faults: Faults) -> None:
    """Note every error of shape: the place, what was expected, and what was probably meant."""
    schema = _schema_of(shape)
    for detail in error.errors(include_url=False):
        path = _path_in(detail)
        # What stands twice may be the same as what a parameter was filled in with.
        beside = path[:-1] if detail["type"] == "twice" else None
        sentence, advice = _sentence(detail, path), _advice(detail, path, schema)
        faults.add(path, sentence, advice, beside=beside)


def _other_forms(path: Path, schema: Schema) -> Text | None:
    """Return the other accepted forms at a path besides a few words; None if there are none."""
    keys = _keys_at(path, schema)
    is_list = any(place.get("type") == "array" for place in _places_at(path, schema))
    if keys and is_list:
        return text("{keys} So can a list.", keys=keys_too(keys))
    if keys:
        return keys_too(keys)
    return text("A list can stand here too.") if is_list else None


def numbers_wanted(shape: type[BaseModel], data: object) -> list[Path]:
    """Return the places where a shape has a whole number, and the data something else."""
    try:
        shape.model_validate(data)
    except ValidationError as error:
        return [
            _path_in(detail)
            for detail in error.errors(include_url=False)
            if detail["type"] == "int_type"
        ]
    return []


@cache
def _schema_of(shape: type[BaseModel]) -> Schema:
    """Return the schema of a shape; making it takes longer than reading a whole definition."""
    return shape.model_json_schema(by_alias=True)


# --- where -------------------------------------------------------------------------------------


def _path_in(detail: ErrorDetails) -> Path:
    """Return the place in the file: the location without what pydantic adds to it."""
    steps = [step for step in detail["loc"] if step not in _FORMS]
    if detail["type"] in _OF_KEYS and steps[-1:] == ["[key]"]:
        steps.pop()
    return (*steps, *detail.get("ctx", {}).get("at", ()))


_OF_KEYS = {"string_pattern_mismatch", "long_name"}


# --- what --------------------------------------------------------------------------------------


_FORMS = {
    SCALAR: text("a single value"),
    LIST: text("a list"),
    GATES: text("a list of gates"),
    MAPPING: text("keys and values"),
}
_PATTERNS = {
    IDENTIFIER: text("{value} is not a name: small letters, digits and single hyphens."),
    LANGUAGE: text("{value} is not a language: write nl, en…"),
    RUNG: text("{value} is not a rung: write -14d, -3wd (working days) or 0d."),
    DAYS: text("{value} is not a number of days: write 3d."),
    SHARE: text("{value} is not a share: write a fraction such as 2/3."),
    TIME: text("{value} is not a time of the day: write 09:00."),
    DAY_OF_YEAR: text("{value} is not a day of the year: write 07-15."),
}
_SENTENCES = {
    "missing": text("“{key}” is missing."),
    "extra_forbidden": text("There is no such key here."),
    "string_type": text("Expected text, not {value}."),
    "int_type": text("Expected a whole number, not {value}."),
    "bool_type": text("Expected true or false, not {value}."),
    "list_type": text("Expected a list, not {value}."),
    "dict_type": text("Expected keys and values, not {value}."),
    "model_type": text("Expected keys and values, not {value}."),
    "literal_error": text("Expected one of: {choices}; not {value}."),
    "enum": text("Expected one of: {choices}; not {value}."),
    "union_tag_invalid": text("Expected {form}, not {value}."),
    "string_too_short": text("Some text is needed here."),
    "too_short": text("At least {min_length} needed."),
    "too_long": text("Too many: {max_length} at most."),
    "greater_than_equal": text("Expected {ge} or more, not {value}."),
    "less_than_equal": text("Expected {le} or less, not {value}."),
    "long_name": text("{value} is too long a name: {most} characters at most."),
    "known_date": text("{value} is no known day or month."),
    "day_of_year": text("{value} is not a day that every year has."),
    "share": text("{value} is more than the whole."),
    "part": text("Nothing is more than {value}: that is the whole."),
    "adopting": text("{value} of the votes would adopt what as many are against, or more."),
    "twice": text("This stands here twice."),
    "one_of": text("Exactly one is needed of: {keys}."),
    "goes_with_another": text("“{key}” does not go with “{kind}”."),
    "of_gates": text("“at_least” is of a list of gates."),
    "only_at_least": text("A list of gates stands here only with “at_least”."),
    "needs": text("“{kind}” needs “{key}”."),
    "needs_length": text("A term of the law has a length: one of {keys}."),
}


def _sentence(detail: ErrorDetails, path: Path) -> Text:
    """Return the sentence of an error, filled in with the values for its fields."""
    context = detail.get("ctx", {})
    kind = detail["type"]
    if kind == "date":
        return _date_error(detail["input"]).sentence
    known = _PATTERNS.get(context["pattern"]) if "pattern" in context else _SENTENCES.get(kind)
    values: dict[str, object] = {
        "key": path[-1] if path else "",
        "value": _shown(detail["input"]),
        "choices": _quoted(context.get("expected", "")),
        "form": _forms(_quoted(context.get("expected_tags", ""))),
    }
    return replace(known or text("{value} does not fit here."), values={**values, **context})


def _date_error(value: str) -> InvalidValue:
    try:
        given_date(value)
    except InvalidValue as error:
        return error
    raise AssertionError(value)


def _shown(value: object) -> Text | str:
    match value:
        case dict():
            return _FORMS[MAPPING]
        case list():
            return _FORMS[LIST]
        case _:
            return shown(value)


def _quoted(listed: str) -> list[str]:
    """Return the names in one of pydantic's lists: ``'all' or 'majority'``."""
    return re.findall(r"'([^']*)'", listed)


def _forms(tags: list[str]) -> Text:
    """Return the forms of one of pydantic's lists of tags, where they stand as Python texts."""
    forms = [form for tag, form in _FORMS.items() if tag.replace("\0", "\\x00") in tags]
    match forms:
        case [one, other]:
            return text("{one} or {other}", one=one, other=other)
        case _:
            return text("{forms}", forms=forms)


# --- what was meant ----------------------------------------------------------------------------


def _advice(detail: ErrorDetails, path: Path, schema: Schema) -> Text | None:
    value = detail["input"]
    match detail["type"]:
        case "extra_forbidden":
            return did_you_mean(str(path[-1]), _keys_at(path[:-1], schema), most=None)
        case "date":
            return _date_error(value).advice
        case "string_type" if isinstance(value, (bool, int)):
            return text("Put it in quotes if text is meant.")
        case "literal_error" if (path[-1], value) == ("of", "cast"):
            return text("Write it in the rule: {rule}", rule="{share: 2/3, of: cast}")
        case "literal_error" | "enum" if isinstance(value, str):
            guess = guess_at(value, _quoted(detail["ctx"]["expected"]))
            return guess or _other_forms(path, schema)
        case "goes_with_another" if path[-1] == "rule" and detail["ctx"]["kind"] in ("all", "any"):
            return text("Write instead: “{gate}”.", gate="{at_least: 2, of: [gate, gate, gate]}")
        case "needs" if detail["ctx"]["key"] == "counts":
            return text("Or “outcome”, for the outcomes by their names.")
        case "one_of" if path[-1:] == ("at_least",):
            return text("Of bodies and of tasks, write “{rule}”.", rule="rule: {at_least: 2}")
        case "adopting":
            return text("Write “{half}”, or a share of more than half.", half="{more_than: 1/2}")
        case "string_pattern_mismatch" if detail["ctx"]["pattern"] == IDENTIFIER:
            return guess_at(identifier_of(value), [identifier_of(value)])
        case _:
            return None


def _keys_at(path: Path, schema: Schema) -> list[str]:
    """Return the keys that the JSON Schema allows at a path, in its order."""
    return [key for place in _places_at(path, schema) for key in place.get("properties", {})]


def _places_at(path: Path, schema: Schema) -> list[Schema]:
    """Return the schemas that a value at a path may have."""
    places = _resolve(schema, schema)
    for step in path:
        places = [inner for place in places for inner in _inside(place, step, schema)]
    return places


def _inside(place: Schema, step: str | int, schema: Schema) -> list[Schema]:
    if isinstance(step, int):
        return _resolve(place.get("items", {}), schema)
    patterns = place.get("patternProperties", {})
    other = next(iter(patterns.values()), place.get("additionalProperties", {}))
    found = place.get("properties", {}).get(step, other)
    return _resolve(found, schema) if isinstance(found, Mapping) else []


def _resolve(place: Schema, schema: Schema) -> list[Schema]:
    """Return the schemas a place may have, with references and alternatives followed."""
    if "$ref" in place:
        name = str(place["$ref"]).rsplit("/", 1)[-1]
        return _resolve(schema["$defs"][name], schema)
    alternatives = place.get("anyOf") or place.get("oneOf")
    if alternatives:
        return [inner for each in alternatives for inner in _resolve(each, schema)]
    return [place]
