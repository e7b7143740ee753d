"""Canonical JSON: one text for each document, whichever encoder writes it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.canonical_json import canonical

PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
DOCUMENTS: st.SearchStrategy[Any] = st.recursive(
    PLAIN, lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(), inside)
)


@given(DOCUMENTS)
def test_a_document_is_written_as_the_standard_library_writes_it(document: Any) -> None:
    """With sorted keys, without white space, and with letters as they are."""
    expected = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert expected == canonical(document)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), {1, 2}])
def test_what_has_no_one_text_is_refused(value: object) -> None:
    """A number that JSON does not have, or what is no plain data."""
    with pytest.raises((TypeError, ValueError)):
        canonical({"value": [value]})
