"""Whatever a test of definitions reads is read by both parsers of YAML, which have to agree."""

from collections.abc import Iterator

import pytest

from definitions import yamltree
from definitions.yamltree import Document, read_purely


@pytest.fixture(autouse=True, scope="module")
def both_parsers() -> Iterator[None]:
    """Compare the data and every position, and so what later steps say of a fault and its place."""
    quickly = yamltree.read_quickly

    def read_twice(written: str, file: str) -> Document:
        document = quickly(written, file)
        assert document == read_purely(written, file)
        return document

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamltree, "read_quickly", read_twice)
        yield
