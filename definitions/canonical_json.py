"""The canonical JSON text of plain data, which is stored, and its hash, which identifies it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from json import encoder
from typing import Any

_CANONICAL = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical(document: object) -> str:
    """Return the one JSON text of a document: keys sorted, no white space, no floats."""
    return _encode(document)


def _encoder() -> Callable[[object], str]:
    """Return what encodes a document: the encoder in C that ``_CANONICAL`` makes for each one.

    Made once, it takes 2 µs for what an entry says, instead of 4. It does not look for circles, of
    which there are none in what was read from JSON or YAML, or in a command.
    """
    made: Any = getattr(encoder, "c_make_encoder", None)
    if made is None:
        return _CANONICAL.encode
    options = _CANONICAL
    parts = made(
        None,
        options.default,
        encoder.encode_basestring,
        options.indent,
        options.key_separator,
        options.item_separator,
        options.sort_keys,
        options.skipkeys,
        options.allow_nan,
    )
    return lambda document: "".join(parts(document, 0))


_encode = _encoder()


def document_json(document: Mapping[str, Any]) -> str:
    """Return the JSON text of a definition's document, in the order of its file.

    The order is significant: milestones and parties are shown in it.
    """
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def sha256_of(written: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(written.encode()).hexdigest()
