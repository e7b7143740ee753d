"""A stored definition: whether it is what was stored, and what it says."""

from definitions.canonical_json import sha256_of
from definitions.compiled_cache import Kept
from definitions.faults import Faults
from definitions.language.actions import action
from definitions.language.text import text
from definitions.language.values import replace
from definitions.model import Definition


def stored_definition(document: str, sha256: str, kept: Kept | None = None) -> Definition:
    """Return the definition of a stored document, which was checked when it was stored.

    Args:
        document: its JSON text, as ``document_json`` made it.
        sha256: the hash it is pinned by.
        kept: the definitions that were compiled before; None to compile it anew.

    Raises:
        DefinitionInvalid: the document is not the one the hash was made of, or this version
            of the program cannot read it.
    """
    if sha256_of(document) != sha256:
        Faults(sha256, {}).stop(
            text("The stored definition was changed: it no longer has the hash it is pinned by."),
            text("Look at it with: {command}", command=action("verify")),
        )
    definition = kept.get(sha256) if kept else None
    if definition is None:
        # Late: what compiles a definition takes longer to import than most queries take.
        from definitions.loading import recompiled  # noqa: PLC0415

        definition = recompiled(document, sha256)
        if kept:
            kept.put(definition)
    return replace(definition, document=document)
