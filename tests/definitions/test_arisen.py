"""Gates on tasks that have arisen: what they can ask, and what they cannot."""

import pytest

from definitions.model import ALL, TaskRef, TasksDone
from tests.support.definitions import example, faults_of, load

RULE = "{request: raden, rule: majority, counts: for}"
AFTER = "{request: raden, of: own, counts: for}"
ARISES = (
    "vragen: {per: party, owner: griffier,",
    "vragen: {per: party, owner: griffier, arises: {decision: raden, outcome: voor},",
)
GATE = "milestones.voorstel.gates.besluit.of"


@pytest.mark.parametrize(("of", "own"), [("arisen", False), ("[own, arisen]", True)])
def test_of_says_which_tasks_are_asked(of: str, own: bool) -> None:
    """Those that have arisen; of a body's own party too, where a body is asked."""
    written = example(ARISES, (AFTER, f"{{tasks: vragen, of: {of}}}"))
    gate = load(written).milestones["voorstel"].requests["colleges"].after
    assert TasksDone((TaskRef("voorstel", "vragen"),), ALL, own=own, arisen=True) == gate


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            [(RULE, "{tasks: vragen, of: arisen}")],
            f"63:32: {GATE}: None of these tasks arises: they are there from the beginning. Leave "
            "out “of: arisen”, or say by what the task “arises”.",
        ),
        (
            [(RULE, "{request: raden, of: arisen, counts: for}")],
            f"63:33: {GATE}: Tasks arise; “of: arisen” does not go with “request”.",
        ),
        (
            [ARISES, (RULE, "{tasks: vragen, of: [own, arisen]}")],
            f"63:32: {GATE}: “own” is of a body’s own party, and no body is asked here. It goes in "
            "the “after” of a request.",
        ),
        (
            [ARISES, (RULE, "{tasks: vragen, of: [arisen, arisen]}")],
            f"63:45: {GATE}.1: This stands here twice.",
        ),
        (
            [ARISES, (RULE, "{tasks: vragen, of: arose}")],
            f"63:32: {GATE}: Expected one of: own, arisen; not “arose”. Did you mean “arisen”?",
        ),
        (
            [(RULE, "{tasks: vrage, of: arisen}")],
            "63:17: milestones.voorstel.gates.besluit.tasks: There is no task “vrage”. Did you "
            "mean “vragen”?",
        ),
    ],
)
def test_what_never_arises_is_not_asked(changes: list[tuple[str, str]], fault: str) -> None:
    """Where it stands, and what would mend it."""
    assert [fault] == faults_of(example(*changes))
