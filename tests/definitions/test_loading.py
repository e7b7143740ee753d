"""From a file to a definition, and from a stored document back to it."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from definitions.canonical_json import canonical, document_json
from definitions.faults import DefinitionInvalid
from definitions.loading import load_definition, read_document
from definitions.stored import stored_definition
from tests.support.definitions import EXAMPLE, FILE, example, faults_of, load, no_parties

ROOT = Path(__file__).resolve().parents[2]
SHARED = b"parties:\n  noord: {name: Noord, kind: gemeente, bodies: [raad, college]}\n"
USE = "parties:\n  use: streek\n"


def test_a_stored_document_is_the_same_definition() -> None:
    """What is stored means what the file meant, in the same order, under the same hash."""
    definition = load(EXAMPLE)
    stored = stored_definition(definition.document, definition.sha256)

    assert definition == stored
    assert list(definition.parties) == list(stored.parties)


def test_the_hash_is_of_what_is_said_not_of_how() -> None:
    """White space, quotes and remarks change nothing; a value does, and so does the order."""
    again = example(("id: example\nversion: 1\n", "# a remark\nid: 'example'\nversion:   1\n"))
    other = example(("what: in force", "what: operational"))
    turned = example(("id: example\nversion: 1\n", "version: 1\nid: example\n"))

    assert load(EXAMPLE).sha256 == load(again).sha256
    assert 3 == len({load(each).sha256 for each in (EXAMPLE, other, turned)})


def test_canonical_json_is_one_text() -> None:
    """Keys are sorted, nothing is spaced, characters stand for themselves."""
    assert '{"a":[1,true],"b":"é"}' == canonical({"b": "é", "a": [1, True]})


@pytest.mark.parametrize(
    "document",
    [
        '{"id":"example"}',
        "",
        "no JSON",
        "null",
        '"\\ud800"',
        "[" * 100_000,
        "9" * 5_000,
    ],
    ids=lambda document: ascii(document[:20]),
)
def test_a_changed_document_is_refused(document: str) -> None:
    """A stored document that does not have its hash is not used, whatever became of it."""
    with pytest.raises(DefinitionInvalid) as raised:
        stored_definition(document, "0" * 64)

    assert ["The stored definition was changed: it no longer has the hash it is pinned by."] == [
        str(fault.sentence) for fault in raised.value.faults
    ]


def test_a_document_of_another_shape_is_refused_with_its_faults() -> None:
    """A document that this version cannot read says so, even if its hash is right."""
    document = document_json({"id": "example", "verson": 1})

    with pytest.raises(DefinitionInvalid) as raised:
        stored_definition(document, hashlib.sha256(document.encode()).hexdigest())

    assert "“version” is missing." in [str(fault.sentence) for fault in raised.value.faults]


def test_shared_parties_are_part_of_the_document() -> None:
    """Two definitions that use one file of parties are pinned with what it said."""
    written = example(("parties:\n", USE)).encode()
    definition = load_definition(written, FILE, lambda name: (f"{name}.yaml", SHARED))
    document, _ = read_document(written, FILE, lambda name: (f"{name}.yaml", SHARED))

    assert ["noord", "oost", "west", "zuid"] == list(definition.parties)
    assert ["define"] == list(document["parties"])
    assert load(EXAMPLE).sha256 != definition.sha256


def test_a_party_that_is_defined_here_goes_before_the_shared_one() -> None:
    """A definition may say of one shared party something else."""
    shared = b"parties:\n  oost: {name: Anders, kind: gemeente, bodies: [raad, college]}\n"
    definition = load_definition(
        example(("parties:\n", USE)).encode(), FILE, lambda name: (name, shared)
    )

    assert "Oost" == definition.parties["oost"].name


def test_a_missing_party_file_is_a_fault_where_it_is_used() -> None:
    """The place is that of the name."""
    assert ["10:3: parties.use: There is no party file “streek”."] == faults_of(
        example(("parties:\n", USE))
    )


def test_the_faults_of_a_party_file_are_said_of_that_file() -> None:
    """Not of the definition that uses it."""
    shared = b"parties:\n  noord: {name: Noord, kind: gemeente, bodies: raad}\n"

    with pytest.raises(DefinitionInvalid) as raised:
        load_definition(
            example(("parties:\n", USE)).encode(), FILE, lambda name: (f"{name}.yaml", shared)
        )

    assert ["streek.yaml:2:40: parties.noord.bodies: Expected a list, not “raad”."] == [
        str(fault.describe()) for fault in raised.value.faults
    ]


def test_a_definition_without_parties_is_refused() -> None:
    """Somebody must take part."""
    without = json.loads(canonical(read_document(EXAMPLE.encode(), FILE, no_parties)[0]))
    without["parties"] = {}

    assert "parties: No parties: name a file to use, or define some." in [
        fault.split(": ", 1)[1] for fault in faults_of(canonical(without))
    ]


def test_a_large_product_of_a_small_file_is_refused() -> None:
    """Each milestone reads its structure anew: how many there can be is bounded."""
    many = "".join(f"  m{n}: {{structure: ronde}}\n" for n in range(101))

    assert "milestones: Too many: 100 at most." in [
        fault.split(": ", 1)[1]
        for fault in faults_of(example(("milestones:\n", "milestones:\n" + many)))
    ]


def test_a_stored_definition_is_read_without_a_reader_of_yaml() -> None:
    """Queries read stored definitions only, and must not wait for what they do not need."""
    definition = load(EXAMPLE)
    script = (
        "import sys; from definitions.stored import stored_definition; "
        "stored_definition(*sys.argv[1:]); "
        "print([name for name in sys.modules if name.partition('.')[0] in ('ruamel', 'yaml')])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, definition.document, definition.sha256],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout

    assert "[]" == answer.strip()
