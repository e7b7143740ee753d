"""The JSON Schema of the files, for editors; the copies in ``schema/`` are made from it."""

import json

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from definitions.schema import FactsFile, ProcessFile

FILES: dict[str, type[BaseModel]] = {"process": ProcessFile, "facts": FactsFile}
"""The kinds of files, by the name of their schema."""


def json_schema(name: str) -> str:
    """Return the JSON Schema of a kind of file, as text that ends in a new line.

    Args:
        name: one of ``FILES``.
    """
    shape = FILES[name]
    generator = _WithParameters if shape is ProcessFile else _ForEditors
    generated = shape.model_json_schema(by_alias=True, schema_generator=generator)
    return (
        json.dumps({"$schema": DIALECT, **generated}, indent=2, sort_keys=True, ensure_ascii=False)
        + "\n"
    )


PARAMETER = r"\$\{[a-z0-9-]+\}"
"""The place of a parameter, in any text of a definition."""
PLACE_OF_NUMBER = {"type": "string", "pattern": f"^{PARAMETER}$"}
"""The place of a parameter, where it stands for a number: alone."""
PLACE_OF_LIST = {**PLACE_OF_NUMBER, "description": "a parameter of the type list"}
"""The same, where it stands for a list."""
DIALECT = GenerateJsonSchema.schema_dialect


class _ForEditors(GenerateJsonSchema):
    """Leaves out null, which no file may have, and titles that only repeat the key."""

    def field_title_should_be_set(self, _schema: object) -> bool:
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Let the place of a parameter stand where a text of some form does."""
        generated = super().str_schema(schema)
        if "pattern" in generated:
            generated["pattern"] = f"{generated['pattern']}|{PARAMETER}"
        return generated

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        generated = super().default_schema(schema)
        if generated.get("default", ...) is None:
            del generated["default"]
        return generated


class _WithParameters(_ForEditors):
    """Lets the place of a parameter stand where a number or a list does."""

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        return {"anyOf": [super().int_schema(schema), PLACE_OF_NUMBER]}

    def list_schema(self, schema: core_schema.ListSchema) -> JsonSchemaValue:
        return {"anyOf": [super().list_schema(schema), PLACE_OF_LIST]}
