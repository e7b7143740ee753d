"""What ships with the package, and what users have."""

from pathlib import Path

import pytest

from definitions.faults import DefinitionInvalid
from definitions.files import MAX_BYTES
from definitions.language.errors import NotFound
from definitions.library import facts_file, open_definition, shipped, shipped_with_facts
from definitions.loading import read_shape
from definitions.schema import FactsFile
from tests.support.definitions import EXAMPLE, example, load

USE = "parties:\n  use: streek\n"


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_definition_is_sound(name: str) -> None:
    """It loads without a fault, and is named as its file is."""
    assert name == open_definition(name).id


@pytest.mark.parametrize("name", shipped_with_facts())
def test_every_shipped_facts_file_has_the_right_shape(name: str) -> None:
    """It is about the process whose name it has."""
    file, content = facts_file(name)
    data, _ = read_shape(content, file, FactsFile)

    assert name == data["process"]


def test_a_definition_of_a_user_is_named_by_its_path(tmp_path: Path) -> None:
    """Any file will do."""
    path = tmp_path / "mine.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")

    assert load(EXAMPLE) == open_definition(str(path))


def test_parties_beside_a_definition_are_found(tmp_path: Path) -> None:
    """A file of parties next to the definition, or one that is shipped."""
    shared = "parties:\n  noord: {name: Noord, kind: gemeente, bodies: [raad, college]}\n"
    (tmp_path / "streek.yaml").write_text(shared, encoding="utf-8")
    (tmp_path / "a.yaml").write_text(example(("parties:\n", USE)), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(
        example(("parties:\n", "parties:\n  use: drechtsteden\n")), encoding="utf-8"
    )

    assert "noord" in open_definition(str(tmp_path / "a.yaml")).parties
    assert "sliedrecht" in open_definition(str(tmp_path / "b.yaml")).parties


@pytest.mark.parametrize(
    ("used", "fault"),
    [
        ("drechtstede", "There is no party file “drechtstede”. Did you mean “drechtsteden”?"),
        (
            "../a",
            "“../a” is not a name: small letters, digits and single hyphens. Did you mean “a”?",
        ),
    ],
)
def test_a_party_file_that_is_not_there_is_a_fault(tmp_path: Path, used: str, fault: str) -> None:
    """A party file has a name, not a path: nothing outside is read."""
    path = tmp_path / "a.yaml"
    path.write_text(example(("parties:\n", f"parties:\n  use: {used}\n")), encoding="utf-8")

    with pytest.raises(DefinitionInvalid) as raised:
        open_definition(str(path))

    assert [f"{path}:10:3: parties.use: {fault}"] == [
        str(each.describe()) for each in raised.value.faults
    ]


@pytest.mark.parametrize("find", [open_definition, facts_file])
def test_what_is_nowhere_is_not_found(find: object) -> None:
    """Neither shipped nor a file: what is shipped under a like name is offered."""
    assert callable(find)
    with pytest.raises(NotFound) as raised:
        find("gr-sociaal-domei")

    assert (
        "There is no file “gr-sociaal-domei”, and nothing shipped has that name. "
        "Did you mean “gr-sociaal-domein”?"
    ) == str(raised.value)


@pytest.mark.parametrize("name", ["", ".", "a\0b", "x" * 5_000])
def test_what_is_no_file_is_not_found(name: str) -> None:
    """A folder, an impossible name: no error of the operating system gets out."""
    with pytest.raises(NotFound, match=r"Cannot read|There is no file"):
        open_definition(name)


def test_of_a_file_that_is_too_large_only_the_beginning_is_read(tmp_path: Path) -> None:
    """A huge file costs no memory."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50 * MAX_BYTES)

    with pytest.raises(DefinitionInvalid) as raised:
        open_definition(str(path))

    assert [f"{path}:1:1: The file is too large: {MAX_BYTES} bytes at most."] == [
        str(fault.describe()) for fault in raised.value.faults
    ]
