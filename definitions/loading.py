"""From a file to a definition: read, check the shape, fill in shared files, compile, check.

The *document* of a definition is everything its file and the files it uses say, as plain
data. It is what is hashed, stored and compiled; the same document always means the same
process.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from definitions import schema
from definitions.checking import check
from definitions.compiling import compile_definition
from definitions.errors import NotFound
from definitions.faults import Faults, Path, Position
from definitions.model import Definition
from definitions.parameters import filled_in
from definitions.shapes import note_errors
from definitions.soundness import check_structures
from definitions.structures import resolve_structures
from definitions.text import text

PartySource = Callable[[str], tuple[str, bytes]]
"""Given the name of a shared party file, returns its file name and content, or raises NotFound."""

_Shape = TypeVar("_Shape", bound=BaseModel)


def load_definition(
    content: bytes, file: str, parties: PartySource, parameters: Mapping[str, str] | None = None
) -> Definition:
    """Read a definition file and everything it uses.

    Args:
        content: the bytes of the file.
        file: its name, for the faults.
        parties: where shared party files come from.
        parameters: the values of its parameters, as they were typed.

    Returns:
        The definition, sound as far as ``checking`` can tell.

    Raises:
        DefinitionInvalid: with every fault that was found.
    """
    return definition_of(*read_document(content, file, parties, parameters), file=file)


def read_document(
    content: bytes,
    file: str,
    parties: PartySource,
    parameters: Mapping[str, str] | None = None,
) -> tuple[dict[str, Any], dict[Path, Position]]:
    """Read a definition file into its document, with the shared parties filled in.

    Raises:
        DefinitionInvalid: the shape is wrong, or the shared file is.
    """
    data, positions = read_shape(content, file, schema.Parameterised)
    faults = Faults(file, positions)
    data = filled_in(data, parameters or {}, faults)
    faults.raise_any()
    _validate(schema.ProcessFile, data, faults)
    name = data["parties"].pop("use", None)
    if name is not None:
        shared = _shared_parties(name, Faults(file, positions), parties)
        data["parties"]["define"] = {**shared, **data["parties"].get("define", {})}
    return data, positions


def definition_of(
    document: Mapping[str, Any], positions: Mapping[Path, Position], *, file: str
) -> Definition:
    """Compile and check a document.

    Raises:
        DefinitionInvalid: with every fault that was found.
    """
    faults = Faults(file, positions)
    shape = schema.ProcessFile.model_validate(document)
    check_structures(resolve_structures(shape.structures, faults), faults)
    written = document_json(document)
    definition = compile_definition(shape, _sha256(written), faults)
    faults.raise_any()
    check(definition, faults)
    faults.raise_any()
    return replace(definition, document=written)


def stored_definition(document: str, sha256: str) -> Definition:
    """Return the definition of a stored document, which was checked when it was stored.

    Args:
        document: its JSON text, as ``document_json`` made it.
        sha256: the hash it is pinned by.

    Raises:
        DefinitionInvalid: the document is not the one the hash was made of, or this version
            of the program cannot read it.
    """
    faults = Faults(sha256, {})
    data = _unchanged(document, sha256)
    if data is None:
        faults.stop(
            text("The stored definition was changed: it no longer has the hash it is pinned by.")
        )
    shape = _validate(schema.ProcessFile, data, faults)
    definition = compile_definition(shape, sha256, faults)
    faults.raise_any()
    return replace(definition, document=document)


_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical(document: object) -> str:
    """Return the one JSON text of a document: keys sorted, no white space, no floats."""
    return _CANONICAL.encode(document)


def sha256_of(document: object) -> str:
    """Return the SHA-256 of a document's canonical JSON, in hexadecimal."""
    return _sha256(canonical(document))


def document_json(document: Mapping[str, Any]) -> str:
    """Return the JSON text of a definition's document, in the order of its file.

    The order is part of what a definition says: milestones and parties are shown in it.
    """
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _sha256(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()


def read_shape(
    content: bytes, file: str, shape: type[BaseModel]
) -> tuple[dict[str, Any], dict[Path, Position]]:
    """Read a YAML file and check its shape.

    Returns:
        The plain data, and where each value stands.

    Raises:
        DefinitionInvalid: with every fault of shape.
    """
    # Only who reads a file pays for ruamel.yaml: a stored definition is JSON.
    from definitions.yamltree import read_yaml  # noqa: PLC0415

    tree = read_yaml(content, file)
    faults = Faults(file, tree.positions)
    if tree.data is None:
        faults.stop(text("Expected keys and values (“id: …”), but the file is empty."))
    if not isinstance(tree.data, dict):
        faults.stop(text("Expected keys and values (“id: …”), not a single value or a list."))
    _validate(shape, tree.data, faults)
    return tree.data, tree.positions


def _validate(shape: type[_Shape], data: object, faults: Faults) -> _Shape:
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        note_errors(error, shape, faults)
        faults.raise_any()
        raise


def _unchanged(document: str, sha256: str) -> object:
    """Return what a stored document says, or None where it has not the hash."""
    if _sha256(document) != sha256:
        return None
    data: object = json.loads(document)
    return data


def _shared_parties(name: str, faults: Faults, parties: PartySource) -> dict[str, Any]:
    try:
        shared_file, content = parties(name)
    except NotFound as error:
        faults.add(("parties", "use"), error.sentence, error.advice)
        faults.raise_any()
        raise
    data, _ = read_shape(content, shared_file, schema.PartyFile)
    shared: dict[str, Any] = data["parties"]
    return shared
