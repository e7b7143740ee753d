"""The canonical JSON text of plain data, which is stored, and its hash, which identifies it."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical(document: object) -> str:
    """Return the one JSON text of a document: keys sorted, no white space, no floats."""
    return _CANONICAL.encode(document)


def document_json(document: Mapping[str, Any]) -> str:
    """Return the JSON text of a definition's document, in the order of its file.

    The order is significant: milestones and parties are shown in it.
    """
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256_of(written: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(written.encode()).hexdigest()
