"""The faults that the documentation shows: each file has the fault that it is called by."""

from pathlib import Path

import pytest

from definitions.library import open_definition
from definitions.proving.proof import prove
from definitions.proving.wording import KINDS

FOLDER = Path(__file__).parents[3] / "docs/examples/faults"
FILES = sorted(FOLDER.glob("*.yaml"))
TOLD_OF_ANOTHER = {
    *("never-reached", "only-a-stop-once-refused", "nobody-moves", "nobody-reports"),
    *("nobody-delivers", "rung-before-the-term", "own-task-of-others", "options-in-a-circle"),
    *("dues-in-a-circle", "replanning-needed", "proved-with-fewer"),
}
"""The kinds without a file: told of beside another, found as the file is read, or no fault."""


@pytest.mark.parametrize("file", FILES, ids=lambda each: each.stem)
def test_a_file_has_the_fault_that_it_is_called_by(file: Path) -> None:
    """And no two of them are of one kind."""
    found = prove(open_definition(str(file))).findings
    assert file.stem in {each.kind for each in found}


def test_every_kind_has_a_file_or_is_told_of_beside_another() -> None:
    """A kind that is added is shown, or is listed here with those that are not."""
    assert KINDS - TOLD_OF_ANOTHER == {each.stem for each in FILES}
    assert TOLD_OF_ANOTHER <= KINDS
