"""The reference of definition files, made from their JSON Schema.

Written by ``python -m tests.support.reference``; a test sees to it that it is up to date.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from definitions.jsonschema import PLACE_OF_LIST, PLACE_OF_NUMBER, json_schema
from definitions.schema import LANGUAGE

FILE = Path(__file__).parents[2] / "docs" / "definition-reference.md"
HEAD = """# Reference of definition files

Every key of a definition, made from the JSON Schema (`mijlpaal definitions schema`). How they work
together: [writing a definition](writing-a-definition.md), or a page for each
[concept](definitions/index.md).
"""


def reference() -> str:
    """Return the reference as Markdown: a section for each kind of thing, a row for each key."""
    return f"{HEAD}\n{sections_of('process')}\n"


def sections_of(kind: str) -> str:
    """Return a section for each kind of thing in a file.

    Args:
        kind: which file, as the program's schemas are named: ``process`` or ``facts``.
    """
    schema = json.loads(json_schema(kind))
    return "\n\n".join([_section("The file", schema), *_definitions(schema)])


def keys_of(*names: str) -> str:
    """Return the tables of some kinds of things only, for a page about them.

    Args:
        names: as the schema has them; a ``File`` stands for the file itself.
    """
    schema = json.loads(json_schema("process"))
    kinds = {"File": schema, **schema["$defs"]}
    tables = (f"**{name}.** {_sentence(kinds[name])}\n\n{_body(kinds[name])}" for name in names)
    return "\n\n".join(map(_linked_to_the_reference, tables))


def _linked_to_the_reference(table: str) -> str:
    return table.replace("](#", "](../definition-reference.md#")


def _definitions(schema: dict[str, Any]) -> Iterator[str]:
    for name, each in sorted(schema["$defs"].items()):
        if "properties" in each or "enum" in each:
            yield _section(name, each)


def _section(name: str, schema: dict[str, Any]) -> str:
    return f"## {name}\n\n{_sentence(schema)}\n\n{_body(schema)}"


def _body(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return f"One of {', '.join(f'`{value}`' for value in schema['enum'])}."
    return _table(schema)


def _table(schema: dict[str, Any]) -> str:
    needed = set(schema.get("required", ()))
    rows = [
        f"| `{key}` | {'yes' if key in needed else ''} | {_type(each)} | {_sentence(each)} |"
        for key, each in schema["properties"].items()
    ]
    return "\n".join(["| key | needed | value | meaning |", "|---|---|---|---|", *rows])


def _sentence(schema: dict[str, Any]) -> str:
    return str(schema.get("description", "")).split("\n")[0].replace("|", "\\|")


def _type(schema: dict[str, Any]) -> str:
    """Return the type of a value in a few words."""
    alternatives = schema.get("anyOf") or schema.get("oneOf")
    if alternatives:
        values = [each for each in alternatives if each not in (PLACE_OF_NUMBER, PLACE_OF_LIST)]
        words = (word for each in values for word in _type(each).split(" or "))
        return " or ".join(dict.fromkeys(words))
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    match schema.get("type"):
        case "array":
            return f"list of {_type(schema.get('items', {}))}"
        case "object":
            return f"per {_key(schema)}: {_inner(schema)}"
        case "integer":
            return "whole number"
        case "boolean":
            return "true or false"
        case _:
            return "text"


def _key(schema: dict[str, Any]) -> str:
    """Return the kind of the keys: names, or languages."""
    patterns = [*schema.get("patternProperties", {})]
    return "language" if patterns and patterns[0].startswith(LANGUAGE) else "name"


def _inner(schema: dict[str, Any]) -> str:
    patterns = list(schema.get("patternProperties", {}).values())
    other = schema.get("additionalProperties")
    found = patterns[0] if patterns else other
    return _type(found) if isinstance(found, dict) else "text"


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
