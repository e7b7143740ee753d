"""The core knows no command line: what it says is read in a browser, too."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = ("workflow", "definitions")
TYPED = re.compile(r"(?<![\w-])--[a-z]|\bmijlpaal [a-z]")
"""An option, or a command line."""


def spoken(source: str) -> Iterator[str]:
    """Yield the strings of a module, and not what it says of itself."""
    tree = ast.parse(source)
    own = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for each in ast.walk(tree):
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in own:
            yield each.value


@pytest.mark.parametrize("package", CORE)
def test_the_core_speaks_no_command_line(package: str) -> None:
    """Advice is data: a command with its fields, which the place where it is read has words for."""
    found = [
        f"{file.relative_to(ROOT)}: {said}"
        for file in sorted((ROOT / package).rglob("*.py"))
        for said in spoken(file.read_text("utf-8"))
        if TYPED.search(said)
    ]
    assert [] == found


def test_what_is_typed_is_found() -> None:
    """In any string, and not in what a module says of itself."""
    source = '"""Use mijlpaal start."""\nx = "add --on"\ny = f"see mijlpaal due {x}"\nz = "a--b"\n'
    assert ["add --on", "see mijlpaal due "] == [
        each for each in spoken(source) if TYPED.search(each)
    ]
