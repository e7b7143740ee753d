"""The JSON Schema of the files."""

import json
import re
from pathlib import Path
from typing import Any, ClassVar

import pytest

import definitions
from definitions.jsonschema import FILES, json_schema
from definitions.library import shipped, shipped_with_facts
from definitions.yamltree import read_yaml
from tests.support.definitions import EXAMPLE, example

HOME = Path(definitions.__file__).parent


@pytest.mark.parametrize("name", FILES)
def test_the_files_beside_the_package_are_the_generated_ones(name: str) -> None:
    """`mijlpaal definitions schema` prints what editors find in the package."""
    assert json_schema(name) == (HOME / f"schema/{name}.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FILES)
def test_a_schema_says_what_it_is(name: str) -> None:
    """It names its dialect and has a title, and knows of no null."""
    schema = json.loads(json_schema(name))

    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]
    assert f"{name.capitalize()}File" == schema["title"]
    assert '"null"' not in json_schema(name)


@pytest.mark.parametrize("name", shipped())
def test_the_shipped_definitions_fit_the_schema(name: str) -> None:
    """An editor finds no fault in what is shipped."""
    assert [] == _misfits("process", (HOME / f"processes/{name}.yaml").read_bytes())


@pytest.mark.parametrize("name", shipped_with_facts())
def test_the_shipped_facts_fit_the_schema(name: str) -> None:
    """Nor in the facts."""
    assert [] == _misfits("facts", (HOME / f"processes/{name}.facts.yaml").read_bytes())


def test_what_does_not_fit_the_schema_is_found() -> None:
    """The check above can fail: unknown keys, wrong values and missing ones are seen."""
    assert [] == _misfits("process", EXAMPLE.encode())
    for old, new in [("version: 1", "verson: 1"), ("majority", "majorty"), ("-14d", "14d")]:
        assert _misfits("process", example((old, new)).encode())


def _misfits(name: str, content: bytes) -> list[str]:
    schema = json.loads(json_schema(name))
    return list(_Check(schema["$defs"]).misfits(schema, read_yaml(content, name).data, name))


class _Check:
    """As much of JSON Schema as our schemas use."""

    KNOWN = frozenset(
        [
            "$defs",
            "$ref",
            "$schema",
            "additionalProperties",
            "anyOf",
            "const",
            "default",
            "description",
            "enum",
            "items",
            "maxItems",
            "maxLength",
            "maximum",
            "maxProperties",
            "minItems",
            "minLength",
            "minProperties",
            "minimum",
            "oneOf",
            "pattern",
            "patternProperties",
            "properties",
            "propertyNames",
            "required",
            "title",
            "type",
            "uniqueItems",
        ]
    )
    TYPES: ClassVar[dict[str, type]] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "boolean": bool,
    }

    def __init__(self, known: dict[str, Any]) -> None:
        self._known = known

    def misfits(self, schema: dict[str, Any], value: Any, where: str) -> list[str]:
        assert set() == set(schema) - self.KNOWN
        if "$ref" in schema:
            return self.misfits(self._known[schema["$ref"].rpartition("/")[2]], value, where)
        found = self._alternatives(schema, value, where)
        if not isinstance(value, self.TYPES.get(schema.get("type", ""), object)):
            return [*found, f"{where}: no {schema['type']}"]
        if value not in schema.get("enum", [value]) or value != schema.get("const", value):
            found.append(f"{where}: none of the values")
        match value:
            case dict():
                found += self._object(schema, value, where)
            case list():
                for index, each in enumerate(value):
                    found += self.misfits(schema.get("items", {}), each, f"{where}.{index}")
            case str() if not re.search(schema.get("pattern", ""), value):
                found.append(f"{where}: not the pattern")
            case str() if len(value) > schema.get("maxLength", len(value)):
                found.append(f"{where}: too long")
            case _:
                pass
        return found

    def _alternatives(self, schema: dict[str, Any], value: Any, where: str) -> list[str]:
        found = []
        for kind in ("oneOf", "anyOf"):
            fits = [not self.misfits(each, value, where) for each in schema.get(kind, [])]
            if fits and (fits.count(True) != 1 if kind == "oneOf" else not any(fits)):
                found.append(f"{where}: {kind}")
        return found

    def _object(self, schema: dict[str, Any], value: dict[str, Any], where: str) -> list[str]:
        found = [
            f"{where}.{key}: missing" for key in schema.get("required", []) if key not in value
        ]
        for key, each in value.items():
            inner = self._property(schema, key)
            if inner is False:
                found.append(f"{where}.{key}: unknown")
            elif isinstance(inner, dict):
                found += self.misfits(inner, each, f"{where}.{key}")
        return found

    def _property(self, schema: dict[str, Any], key: str) -> Any:
        for pattern, inner in schema.get("patternProperties", {}).items():
            if re.search(pattern, key):
                return inner
        return schema.get("properties", {}).get(key, schema.get("additionalProperties", True))
