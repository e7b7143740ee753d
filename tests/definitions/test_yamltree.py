"""YAML as it is written by people who are in a hurry, mistaken or hostile."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.faults import MOST, DefinitionInvalid, Position
from definitions.files import MAX_BYTES
from definitions.yamltree import MAX_DEPTH, MAX_VALUES, read_yaml
from tests.support.definitions import EXAMPLE
from tests.support.properties import examples

BOMB = b"""\
a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
"""


@pytest.mark.parametrize(
    ("written", "data"),
    [
        ("a: 1", {"a": 1}),
        ("a: -1_000", {"a": -1000}),
        ("a: 0x1F", {"a": 31}),
        ("a: true", {"a": True}),
        ("a: yes", {"a": "yes"}),
        ("on: no", {"on": "no"}),
        ("a: 12:30", {"a": "12:30"}),
        ("a: 2021-03-16", {"a": "2021-03-16"}),
        ("a: 2021-03", {"a": "2021-03"}),
        ("a: 1.5", {"a": "1.5"}),
        ("a: [.inf, -.INF, .nan, 1e3]", {"a": [".inf", "-.INF", ".nan", "1e3"]}),
        ("a: '1'", {"a": "1"}),
        ('a: "null"', {"a": "null"}),
        ("a: ''", {"a": ""}),
        ("a: |\n  b\n  c\n", {"a": "b\nc\n"}),
        ("1: x", {"1": "x"}),
        ("true: x", {"true": "x"}),
        ("[a, {b: c}, []]", ["a", {"b": "c"}, []]),
        ("a: {}", {"a": {}}),
        ("x", "x"),
        ("", None),
        ("---\n", None),
        ("# nothing\n", None),
        ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("\ufeffa: 1", {"a": 1}),
        ("scalar: {list: [1], mapping: 2}", {"scalar": {"list": [1], "mapping": 2}}),
    ],
)
def test_plain_data_is_read_as_it_is_meant(written: str, data: object) -> None:
    """Texts, whole numbers and booleans of YAML 1.2 are read; dates and fractions stay text."""
    assert data == read_yaml(written.encode(), "f").data


def test_every_value_has_its_position() -> None:
    """A value of a mapping stands where its key stands, one of a list where it begins."""
    written = b"a:\n  b: [x,\n    {c: 1}]\n"

    assert {
        (): Position(1, 1),
        ("a",): Position(1, 1),
        ("a", "b"): Position(2, 3),
        ("a", "b", 0): Position(2, 7),
        ("a", "b", 1): Position(3, 5),
        ("a", "b", 1, "c"): Position(3, 6),
    } == read_yaml(written, "f").positions


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (BOMB, "f:1:4: a: Anchors (&a) are not allowed."),
        (b"a: *b", "f:1:4: a: Aliases (*b) are not allowed: write it out."),
        (b"*b : 1", "f:1:1: Aliases (*b) are not allowed: write it out."),
        (b"a: !!python/object:os.system x", "f:1:4: a: Tags (tag:yaml.org,2002:python/obj"),
        (b"a: ! x", "f:1:4: a: Tags (!) are not allowed."),
        (b"!!map {a: 1}", "f:1:1: Tags (tag:yaml.org,2002:map) are not allowed."),
        (b"a:\n  <<: {b: 1}", "f:2:3: a: Merge keys (<<) are not allowed: write it out."),
        (b"a: 1\nb: 2\na: 3", "f:3:1: “a” stands here twice."),
        (b"a: {b: 1, b: 2}", "f:1:11: a: “b” stands here twice."),
        (b"a: 1\n---\nb: 2", "f:2:1: One document to a file; here a second one begins."),
        (b"? [a]\n: 1", "f:1:3: A key must be a plain word, not a list"),
        (b"a: {{ b }}", "f:1:5: a: A key must be a plain word, not a list"),
        (b"a:\nb: 1", "f:1:1: a: Nothing stands here. Write a value, or leave the key out."),
        (b"a: null", "f:1:1: a: Nothing stands here."),
        (b"a: ~", "f:1:1: a: Nothing stands here."),
        (b"- a\n-\n", "f:2:2: Nothing stands here."),
        (b"a: 003", "f:1:4: a: “003” is not a whole number. Put it in quotes if text is meant."),
        (b"a: " + b"9" * 10_000, "f:1:4: a: “99999999"),
        (b"a: 0x" + b"f" * 10_000, "f:1:4: a: “0xffffff"),
        (b"[" * 3_000, "f:1:31: 0.0.0"),
        (b"- " * 3_000, "f:1:61: 0.0.0"),
        (b"{a: " * 3_000, "f:1:121: a.a.a"),
        (b"a: \x00", "f:1:4: The character U+0000 (NULL) cannot be seen and is not allowed."),
        (
            b"a: b\n# \xe2\x80\xae",
            "f:2:3: The character U+202E (RIGHT-TO-LEFT OVERRIDE) cannot be seen",
        ),
        (b'a: "\\e[31m"', "f:1:4: a: The character U+001B (ESCAPE) cannot be seen"),
        (b'"\\0": 1', "f:1:1: The character U+0000 (NULL) cannot be seen"),
        (
            b'a: "\\ud800"',
            "f:1:4: a: The character U+D800 (HALF OF A SURROGATE PAIR) cannot be seen",
        ),
        ("a: 1\nb: café".encode("latin-1"), "f:2:7: This is not text in UTF-8."),
        ("a: 1".encode("utf-16"), "f:1:1: This is not text in UTF-8."),
        (b"\x89PNG\r\n\x1a\n\x00", "f:1:1: This is not text in UTF-8."),
        (
            b"a: 1\n\tb: 2",
            "f:2:1: Not valid YAML: a tab stands where spaces should be. Use spaces, not",
        ),
        (b"a: b: c", "f:1:5: Not valid YAML: a “:” stands where no key can be. Put"),
        (b"a: [b, c", "f:1:9: Not valid YAML: a list lacks a “,” or its “]”."),
        (b"a: 'b", "f:1:6: Not valid YAML: a text in quotes has no end."),
        (b"<html>\n<body a: b>\n</body>", "f:2:8: Not valid YAML: a “:” stands"),
        (b"%YAML 1.1\n---\na: no", "f:2:1: Directives (%YAML, %TAG) are not allowed."),
        (b"%TAG ! tag:x,2000:\n---\na: 1", "f:2:1: Directives (%YAML, %TAG) are not allowed."),
        (b"%YAML 1.3\n---\na: 1", "f:1:1: Not valid YAML after this: this version of YAML is not"),
        (b'a: "\\UFFFFFFFF"', "f:1:1: Not valid YAML after this: an escape"),
        (b'a: 1\nb: "\\U00110000"', "f:2:1: Not valid YAML after this: an escape"),
        (b"a" * 50_000_000, f"f:1:1: The file is too large: {MAX_BYTES} bytes at most."),
        (b"[" + b"a," * MAX_VALUES + b"]", f"f:1:100000: More than {MAX_VALUES} values"),
    ],
    ids=lambda value: ascii(value[:24]),
)
def test_what_is_refused_is_named_with_its_place(written: bytes, fault: str) -> None:
    """Nothing clever, ambiguous or absurd gets through, and what it was is said with its place."""
    assert [fault] == [described[: len(fault)] for described in _faults(written)[:1]]


def test_faults_that_can_be_passed_over_are_collected() -> None:
    """Reading goes on after a fault where it can, and a break in the syntax comes on top."""
    written = b"a: &x 1\na: 2\nb: *x\nc: 007\nd: [1\n"

    assert [
        "f:1:4: a: Anchors (&x) are not allowed.",
        "f:2:1: “a” stands here twice.",
        "f:3:4: b: Aliases (*x) are not allowed: write it out.",
        "f:4:4: c: “007” is not a whole number. Put it in quotes if text is meant.",
        "f:6:1: Not valid YAML: a list lacks a “,” or its “]”. Between brackets, put text in "
        'quotes if it has one in it: "${jaar}", say.',
    ] == _faults(written)


def test_reading_stops_where_nobody_will_read_on() -> None:
    """A file full of faults is refused after the first of them, and says so."""
    faults = _faults("".join(f"k{n}: &a{n} 1\n" for n in range(10_000)).encode())

    assert MOST + 1 == len(faults)
    assert f"f:1:1: There may be more faults than these {MOST}." == faults[0]


def test_the_deepest_nesting_that_is_allowed_is_read() -> None:
    """The bound is where the sentence says it is."""
    data: Any = read_yaml(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, "f").data
    for _ in range(MAX_DEPTH - 1):
        [data] = data

    assert [] == data


PIECES = st.sampled_from(
    [
        *"\t\r\n :-?[]{},&*!|>%@`'\"#~",
        "---\n",
        "...",
        "<<",
        "%YAML 1.3\n",
        "\\U00110000",
        "\\x",
        "\u2028",
    ]
)


@examples(150)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """No file, whatever is in it, ends in anything but data or a list of faults."""
    _faults(content)


@examples(150)
@given(st.lists(st.tuples(st.integers(0, len(EXAMPLE)), PIECES), min_size=1, max_size=4))
def test_a_damaged_file_is_read_or_refused(damage: list[tuple[int, str]]) -> None:
    """Neither does a definition into which something fell."""
    written = EXAMPLE
    for at, piece in damage:
        written = written[:at] + piece + written[at:]

    for fault in _faults(written.encode()):
        assert fault.startswith("f:")


def _faults(content: bytes) -> list[str]:
    try:
        read_yaml(content, "f")
    except DefinitionInvalid as invalid:
        return [str(fault.describe()) for fault in invalid.faults]
    return []


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        (b"a: @b", "nothing can begin with this character"),
        (b"a: 1\nb\n", "a key has no “:” after it"),
        (b"{a: 1", "keys and values lack a “,” or their “}”"),
        (b'a: "b\n---\n', "a text in quotes has no end"),
        (b"a:\n  b: 1\n c: 2\n", "this does not line up with what it belongs to"),
        (b"a: - b", "a list cannot begin here"),
        (b"a: ? b", "a key cannot stand here"),
        (b'a: "\\q"', "an escape (\\…) that does not exist"),
        (b'a: "\\x4"', "an escape (\\…) that does not exist"),
        (b"a: & b", "after “&”, “*” or “%” a name has to come"),
        (b"[a]\nb", "something stands after the end"),
        (b"a: |x\n  b", "after “|” or “>” a new line has to begin"),
        (b"a: !<x", "this cannot be read"),
    ],
)
def test_problems_of_the_parser_are_told_in_our_own_words(written: bytes, problem: str) -> None:
    """The parser speaks English only, and of tokens; a reader wants to know what to mend."""
    assert problem in _faults(written)[0].split("YAML", 1)[1].split(": ", 1)[1]
