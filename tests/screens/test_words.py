"""Words and phrases that several screens use."""

import pytest

from definitions.language.text import text
from screens.words import alike_names, days_away, missing_text, names_text
from workflow.views.moves import MissingView


@pytest.mark.parametrize(
    ("names", "phrase"),
    [
        (["oost.raad", "west.raad"], "raad of oost, west"),
        (["oost.raad"], "oost.raad"),
        (["oost.raad", "west.raad", "oost.raad", "west.raad"], "raad of oost, west"),
        (["oost.raad", "west.college"], "oost.raad; west.college"),
        (
            ["oost.raad", "west.raad", "oost.college", "zuid.college"],
            "raad of oost, west; college of oost, zuid",
        ),
        (["slot/talk@oost", "slot/talk@west", "slot/vote"], "slot/talk of oost, west; slot/vote"),
        (["text/a", "text/b"], "text/a, text/b"),
        (["drechtraad"], "drechtraad"),
    ],
)
def test_names_are_listed_as_people_do(names: list[str], phrase: str) -> None:
    """Bodies, tasks and parts of one kind are named together."""
    assert phrase == str(names_text(names))


def test_names_of_one_kind_are_put_together() -> None:
    """The order of the kinds, and within a kind, stays."""
    assert [["a.raad", "c.raad"], ["b.college"]] == alike_names(["a.raad", "b.college", "c.raad"])


@pytest.mark.parametrize(
    ("days", "phrase"),
    [
        (None, "not known when"),
        (0, "today"),
        (1, "in 1 day"),
        (12, "in 12 days"),
        (-1, "1 day ago"),
        (-3, "3 days ago"),
    ],
)
def test_how_far_away_a_day_is(days: int | None, phrase: str) -> None:
    """One is one, and the past is the past."""
    assert phrase == str(days_away(days))


@pytest.mark.parametrize(
    ("kind", "waiting_for", "phrase"),
    [
        ("decisions", ("a.raad", "b.raad"), "no decision on x/y: raad of a, b"),
        ("decisions", (), "x/y: why"),
        ("tasks", ("x/y@a",), "1 task not reported done: x/y"),
        ("tasks", ("x/y@a", "x/y@b"), "2 tasks not reported done: x/y"),
        ("parts", ("x/y",), "1 part not reported at its level: x/y"),
        ("milestone", ("m",), "x/y: why"),
    ],
)
def test_what_is_missing_is_named(kind: str, waiting_for: tuple[str, ...], phrase: str) -> None:
    """Decisions that are missing are named; where nobody is waited for, the reason is."""
    assert phrase == str(missing_text(MissingView(kind, "x/y", text("why"), waiting_for)))
