"""From a file to a definition: read, check the shape, fill in shared files, compile, check.

The *document* of a definition is everything its file and the files it uses say, as plain
data. It is what is hashed, stored and compiled; the same document always means the same
process.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from definitions import schema
from definitions.candidates import check_joined
from definitions.canonical_json import document_json, sha256_of
from definitions.checking import check
from definitions.compiling import compile_definition
from definitions.faults import Faults, Path, Position
from definitions.language.actions import action
from definitions.language.errors import NotFound
from definitions.language.text import text
from definitions.language.values import replace
from definitions.model import Definition
from definitions.parameters import filled_in
from definitions.shape_errors import note_errors, numbers_wanted
from definitions.soundness import check_structures
from definitions.structures import resolve_structures

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
        The definition, in which ``checking`` found no fault.

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
    written, read = read_shape(content, file, schema.Parameterised)
    faults = Faults(file, read)
    filled = filled_in(written, parameters or {}, faults)
    faults.raise_any()
    positions = filled.marked(read)
    data = filled.document
    if filled.numbers:
        data = filled.with_numbers(numbers_wanted(schema.ProcessFile, data))
    _validate(schema.ProcessFile, data, Faults(file, positions))
    name = data["parties"].pop("use", None)
    if name is not None:
        shared = _shared_parties(name, Faults(file, positions), parties)
        data["parties"]["define"] = {**shared, **data["parties"].get("define", {})}
    for party, joining in data.get("may_join", {}).items():
        _describe(party, joining, Faults(file, positions), parties)
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
    definition = compile_definition(shape, sha256_of(written), faults)
    faults.raise_any()
    check(definition, faults)
    check_joined(definition, faults)
    faults.raise_any()
    return replace(definition, document=written)


def recompiled(document: str, sha256: str) -> Definition:
    """Return the definition of a document that was checked when it was stored, without it.

    Args:
        document: its JSON text, as ``document_json`` made it.
        sha256: its hash.

    Raises:
        DefinitionInvalid: this version of the program cannot read it.
    """
    faults = Faults(sha256, {}, stored=True)
    shape = _validate(schema.ProcessFile, json.loads(document), faults)
    definition = compile_definition(shape, sha256, faults)
    faults.raise_any()
    return definition


def read_shape(
    content: bytes, file: str, shape: type[BaseModel]
) -> tuple[dict[str, Any], dict[Path, Position]]:
    """Read a YAML file and check its shape.

    Returns:
        The plain data, and where each value stands.

    Raises:
        DefinitionInvalid: with every fault of shape.
    """
    # Only who reads a file pays for a reader of YAML: a stored definition is JSON.
    from definitions.yamltree import read_yaml  # noqa: PLC0415

    tree = read_yaml(content, file)
    faults = Faults(file, tree.positions)
    if tree.data is None:
        faults.stop(text("Expected keys and values (“id: …”), but the file is empty."))
    if not isinstance(tree.data, dict):
        faults.stop(text("Expected keys and values (“id: …”), not a single value or a list."))
    _check_kind(tree.data, shape, faults)
    _validate(shape, tree.data, faults)
    return tree.data, tree.positions


def _check_kind(data: Mapping[str, Any], shape: type[BaseModel], faults: Faults) -> None:
    """Refuse a file of another kind in a sentence, not key by key."""
    file = faults.file
    is_facts, is_definition = "facts" in data, "milestones" in data
    if shape is schema.Parameterised and is_facts and not is_definition:
        faults.stop(
            text("This is a file of facts, and no definition."),
            text("Record them with: {command}", command=action("replay", file=file)),
        )
    if shape is schema.FactsFile and is_definition and not is_facts:
        faults.stop(
            text("This is a definition, and no file of facts."),
            text("Start a process by it with: {command}", command=action("start", definition=file)),
        )
    whole = schema.ProcessFile if shape is schema.Parameterised else shape
    if data and not data.keys() & whole.model_fields.keys():
        faults.stop(
            text("None of the keys that belong here is in this file."),
            text("They are: {names}.", names=[*whole.model_fields]),
        )


def _validate(shape: type[_Shape], data: object, faults: Faults) -> _Shape:
    try:
        return shape.model_validate(data, context=schema.STORED if faults.stored else None)
    except ValidationError as error:
        note_errors(error, shape, faults)
        faults.raise_any()
        raise


def _describe(party: str, joining: dict[str, Any], faults: Faults, parties: PartySource) -> None:
    """Fill in what a shared file says of a party that may join, where one is named."""
    name = joining.pop("use", None)
    if name is None:
        return
    path: Path = ("may_join", party, "use")
    shared = _shared_parties(name, faults, parties, path)
    if faults.known(party, shared, path, text("party")):
        joining |= {**shared[party], **joining}
    faults.raise_any()


def _shared_parties(
    name: str, faults: Faults, parties: PartySource, path: Path = ("parties", "use")
) -> dict[str, Any]:
    try:
        shared_file, content = parties(name)
    except NotFound as error:
        faults.add(path, error.sentence, error.advice)
        faults.raise_any()
        raise
    data, _ = read_shape(content, shared_file, schema.PartyFile)
    shared: dict[str, Any] = data["parties"]
    return shared
