"""Definitions at random are read by one parser: that parsers agree is seen beside this folder."""

import pytest


@pytest.fixture(autouse=True, scope="module")
def both_parsers() -> None:
    """Take the place of what reads each definition by both."""
