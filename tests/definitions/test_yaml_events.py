"""Two parsers of YAML: what the quick one reads, the other reads alike, down to every position."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from definitions import yaml_events
from definitions.language.characters import first_hidden
from definitions.yaml_events import NotAlike
from definitions.yamltree import read_purely, read_quickly, read_yaml, type_of
from tests.support.definitions import EXAMPLE
from tests.support.properties import examples
from tests.support.readme import ROOT

FILES = sorted(
    str(file.relative_to(ROOT))
    for folder in ("definitions", "docs", "tests")
    for file in (ROOT / folder).rglob("*.yaml")
)
LINES = [
    *EXAMPLE.splitlines(keepends=True),
    *("a: 1\n", "a:\n", "- b\n", "- c: no\n", "  d: 0o7\n", "    - e\n", "  - - f\n", "-\n"),
    *("a: |\n", "a: >-\n", "a: |+2\n", "  text: # no comment\n", "\n", "  \n", "# comment\n"),
    *("a: {b: c,\n", "  d: e}\n", "a: [b: c, 'd',\n", '  "e": f]\n', "a: 'b\n", '  c"\n', "? a\n"),
    *("a: x:y#z\n", '"a" : "\\u2028"\n', "a: &b c\n", "a: *b\n", "a: !!str 1\n", "---\n", "...\n"),
]
PIECES = [*"\t\r\n :-?[]{},&*!|>%@`'\"#~=a1é😀", ": ", "- ", "\r\n", "\\", "\\n", "|#", '":', "<<"]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_read_quickly_is_read_alike(file: str) -> None:
    """Whatever definition, list of facts or parties lies here."""
    _same((ROOT / file).read_bytes().decode())


def test_what_is_shipped_is_read_quickly() -> None:
    """It is what this is for: nothing in our own definitions has to be read by the slow one."""
    for folder in ("processes", "parties"):
        for file in sorted((ROOT / "definitions" / folder).glob("*.yaml")):
            assert read_quickly(file.read_text(encoding="utf-8"), file.name).data


@examples(400)
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=7).map("".join),
    st.lists(st.tuples(st.integers(0, 200), st.sampled_from(PIECES)), max_size=2),
)
def test_damaged_files_are_read_alike(written: str, damage: list[tuple[int, str]]) -> None:
    """What has a fault is read by the slow one alone; what has none has the same data in both."""
    for at, piece in damage:
        written = written[: at % len(written)] + piece + written[at % len(written) :]
    if first_hidden(written) is None:
        _same(written)


@pytest.mark.parametrize(
    "written",
    [
        'a: ["b":c]',
        "a: |#\n  b",
        "a: |\n \n  b",
        "a: b\t# c",
        "a: >\n  b\n...\n",
        "%YAML 1.2\n---\na: b",
        "a:\nb: 1",
        "a: b\na: c",
        "a: [b",
        "a: &b c",
        "a: 003",
        "b",
        "[b]",
        "",
    ],
)
def test_where_the_parsers_differ_the_slow_one_reads(written: str) -> None:
    """So is whatever has a fault: people get to see its words and its places."""
    with pytest.raises(NotAlike):
        read_quickly(written, "f")


def test_without_libyaml_everything_is_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """It makes a difference in time only."""
    with_it = read_yaml(EXAMPLE.encode(), "f")
    monkeypatch.setattr(yaml_events, "CParser", None)

    with pytest.raises(NotAlike):
        read_quickly(EXAMPLE, "f")
    assert with_it == read_yaml(EXAMPLE.encode(), "f")


WORDS = ["true", "TRUE", "tRUE", "null", "Null", "~", "no", "on", "0o17", "0b1_0", "+0x_f", "1e3"]


@examples(500)
@given(st.text("-+0123456789_oxbXaefTF~.:=<T ", max_size=11) | st.sampled_from(WORDS))
def test_a_value_is_what_yaml_says(value: str) -> None:
    """Nothing, a boolean, a whole number or text, as ruamel.yaml tells them apart."""
    resolver = VersionedResolver(version=(1, 2))
    tag = str(resolver.resolve(ScalarNode, value, (True, False))).rpartition(":")[2]

    assert {"null": None, "bool": bool, "int": int}.get(tag, str) is type_of(value)


def _same(written: str) -> None:
    try:
        quickly = read_quickly(written, "f")
    except NotAlike:
        return
    # As text: in Python, True equals 1.
    assert repr(read_purely(written, "f")) == repr(quickly)
