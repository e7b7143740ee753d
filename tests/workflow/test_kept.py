"""What was once written is read as it was: databases of the program as it was, and their days."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.support.kept import (
    DAYS,
    NOT_THERE,
    Difference,
    Json,
    Kept,
    Typist,
    as_entries,
    differences_of,
    differing,
    every_kept,
    heads_of,
    journal_of,
    listed,
    listed_in,
    upgraded,
    write,
)
from tests.support.readings import check_readings
from workflow.storage.database import Database
from workflow.verify import verify

KEPT = every_kept()


every = pytest.mark.parametrize("kept", KEPT, ids=lambda each: each.name)


@pytest.fixture(scope="module")
def upgrade_one(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Kept], Typist]:
    """Give what upgrades a database with the program of now, once; who types on it is returned."""
    return cache(lambda kept: upgraded(kept, tmp_path_factory.mktemp("kept")))


@pytest.fixture(scope="module")
def find(upgrade_one: Callable[[Kept], Typist]) -> Callable[[Kept], list[Difference]]:
    """Give what finds what is said otherwise of a database."""
    return cache(lambda kept: list(differences_of(kept, upgrade_one(kept))))


@every
def test_its_journals_are_byte_for_byte_what_they_were(
    kept: Kept, upgrade_one: Callable[[Kept], Typist], tmp_path: Path
) -> None:
    """An upgrade changes no entry, no hash and no head; and nothing is wrong with it."""
    kept.restore(tmp_path / "then.db")
    file = upgrade_one(kept).file

    assert journal_of(tmp_path / "then.db") == journal_of(file)
    assert kept.heads == heads_of(file)
    with Database(str(file)) as database:
        assert {()} == {each.problems for each in verify(database)}
        check_readings(database)


@every
def test_every_day_of_it_is_what_it_was_or_listed(
    kept: Kept, find: Callable[[Kept], list[Difference]]
) -> None:
    """What is missing is printed as it is to be listed; a reason for nothing is taken away."""
    known = listed()
    own = {key for key in known.differences if key[0] == kept.name}

    assert "" == as_entries(each for each in find(kept) if not known.names(each))
    assert set() == own - {each.key for each in find(kept)}


def test_what_was_added_everywhere_is_there(find: Callable[[Kept], list[Difference]]) -> None:
    """A path of which nothing is new is taken away."""
    known = listed()
    unseen = set(known.added)
    for kept in KEPT:
        if not unseen:
            break
        unseen -= {path for each in find(kept) for path in known.adding(each)}

    assert set() == unseen


def test_what_is_listed_is_of_what_is_kept() -> None:
    """Of a database, a process and a day that there are."""
    there = {
        (each.name, process, day)
        for each in KEPT
        for process, days in each.days.items()
        for day in days
    }

    assert set() == {key[:3] for key in listed().differences} - there
    assert {DAYS} == {len(days) for each in KEPT for days in each.days.values()}


@every
def test_it_is_never_written_again(kept: Kept) -> None:
    """It says what the program was."""
    with pytest.raises(FileExistsError, match="never written again"):
        write(kept.name)


# --- how differences are listed ----------------------------------------------------------------

THEN: Json = {"a": 1, "of": [{"id": "raden", "for": 2}, {"id": "colleges"}], "on": ["x", "y"]}
NOW: Json = {"a": True, "of": [{"id": "new"}, {"id": "raden", "for": 3}], "on": ["x"], "b": None}


def test_differences_have_paths_that_say_of_what() -> None:
    """Items are named where they have names; a number is not true."""
    assert [
        ("a", 1, True),
        ("of[raden].for", 2, 3),
        ("of[colleges]", {"id": "colleges"}, NOT_THERE),
        ("of[new]", NOT_THERE, {"id": "new"}),
        ("on[1]", "y", NOT_THERE),
        ("b", NOT_THERE, None),
    ] == list(differing(THEN, NOW))


def test_what_is_printed_can_be_listed() -> None:
    """Once it has a reason; days with the same difference are one entry."""
    differences = [
        Difference("some", "process", day, path, old, new)
        for day in ("2026-01-05", "2026-01-12")
        for path, old, new in differing(THEN, NOW)
    ]
    shown = as_entries(differences)
    assert 6 == shown.count("reason: ''")

    content = _entries(shown.replace("reason: ''", "reason: because"))
    assert {each.key for each in differences} == listed_in({"differences": content}).differences
    with pytest.raises(ValueError, match="no reason"):
        listed_in({"differences": _entries(shown)})
    with pytest.raises(ValueError, match="more than once"):
        listed_in({"differences": [*content, content[0]]})


@pytest.mark.parametrize(
    ("path", "old", "names"),
    [
        ("data.of[raden].basis", NOT_THERE, True),
        ("data.of[voorbeeld.raad].basis", NOT_THERE, True),
        ("data.of[raden].basis", None, False),
        ("data.of[raden].of[raden].basis", NOT_THERE, False),
        ("data.of[raden].basis.more", NOT_THERE, False),
    ],
)
def test_what_was_added_everywhere_is_listed_once(path: str, old: None, names: bool) -> None:
    """A star is one name of a key or an item; what was there before was not added."""
    known = listed_in({"added": [{"path": "data.of[*].basis", "reason": "because"}]})

    assert names == known.names(Difference("some", "process", "2026-01-05", path, old, 1))


def _entries(shown: str) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = YAML(typ="safe").load(shown)
    return entries
