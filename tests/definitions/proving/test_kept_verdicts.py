"""Verdicts that are kept: used as long as nothing of them has changed, and never after."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from definitions import kept_files
from definitions.model import Definition
from definitions.proving import kept_verdicts
from definitions.proving.kept_verdicts import KeptVerdicts, Prover, as_changed
from definitions.proving.verdict import CHECKER, Blocking, Result, Sure, Verdict
from tests.support.definitions import EXAMPLE, example, load
from tests.support.proofs import found_too_large, found_unsound, taken_as_sound


@pytest.fixture
def definition() -> Definition:
    """Return the example."""
    return load(EXAMPLE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that is not there yet."""
    return tmp_path / "cache"


class Proofs:
    """A proof that counts how often it is asked."""

    def __init__(self, prove: Callable[[Definition], Verdict] = found_unsound) -> None:
        """Take what it finds."""
        self.asked: list[str] = []
        self._prove = prove

    def __call__(self, definition: Definition) -> Verdict:
        """Return what it finds, and count."""
        self.asked.append(definition.sha256)
        return self._prove(definition)


@pytest.mark.parametrize("prove", [taken_as_sound, found_unsound, found_too_large])
def test_a_definition_is_proved_once(
    definition: Definition, folder: Path, prove: Callable[[Definition], Verdict]
) -> None:
    """The second time the verdict is read, and it is the same: with its stories and reasons."""
    proofs = Proofs(prove)
    found = [Prover(KeptVerdicts(folder), proofs)(definition) for _ in range(2)]
    assert [prove(definition)] * 2 == found
    assert [definition.sha256] == proofs.asked


def test_all_of_a_verdict_is_kept(definition: Definition, folder: Path) -> None:
    """Also what is sure, and who can keep a gate shut."""
    whole = replace(
        found_unsound(definition),
        sure=(Sure("vraag", "gesloten", "raden", 2, 3),),
        blocking=(Blocking("vraag", "sluiten", "raden", ("a",), 1, 1, 4, (("a",), ("b", "c"))),),
    )
    KeptVerdicts(folder).put(whole)
    assert whole == KeptVerdicts(folder).get(definition.sha256)


def test_it_is_proved_again_on_request(definition: Definition, folder: Path) -> None:
    """And what is found then takes the place of what was kept."""
    Prover(KeptVerdicts(folder), found_unsound)(definition)
    Prover(KeptVerdicts(folder), taken_as_sound).anew(definition)
    assert taken_as_sound(definition) == KeptVerdicts(folder).get(definition.sha256)


def test_a_changed_document_is_proved_anew(definition: Definition, folder: Path) -> None:
    """Another hash is another definition."""
    proofs = Proofs()
    prover, other = (
        Prover(KeptVerdicts(folder), proofs),
        load(example(("version: 1", "version: 2"))),
    )
    prover(definition)
    prover(other)
    assert [definition.sha256, other.sha256] == proofs.asked


def test_the_verdict_of_another_checker_is_none(definition: Definition, folder: Path) -> None:
    """Whatever it found: what it looked for may have been something else."""
    KeptVerdicts(folder).put(replace(taken_as_sound(definition), checker=CHECKER - 1))
    assert KeptVerdicts(folder).get(definition.sha256) is None


def test_the_verdict_of_another_program_is_none(
    definition: Definition, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checker that was mended without a new number is another one all the same."""
    KeptVerdicts(folder).put(taken_as_sound(definition))
    monkeypatch.setattr(kept_files, "_stamp", lambda: "other")
    assert KeptVerdicts(folder).get(definition.sha256) is None


def test_the_verdict_on_another_definition_is_none(definition: Definition, folder: Path) -> None:
    """A file that was given the name of another says nothing of it."""
    other = load(example(("version: 1", "version: 2")))
    KeptVerdicts(folder).put(taken_as_sound(other))
    (file,) = (folder / kept_verdicts.FOLDER).iterdir()
    file.rename(file.with_name(file.name.replace(other.sha256[:32], definition.sha256[:32])))
    assert KeptVerdicts(folder).get(definition.sha256) is None


def test_a_damaged_verdict_is_none(definition: Definition, folder: Path) -> None:
    """A “sound” that was written by hand is not read."""
    KeptVerdicts(folder).put(found_unsound(definition))
    (file,) = (folder / kept_verdicts.FOLDER).iterdir()
    file.write_text(file.read_text().replace("unsound", "sound"))
    assert KeptVerdicts(folder).get(definition.sha256) is None


def test_a_verdict_that_a_low_limit_was_too_low_for_is_not_kept(
    definition: Definition, folder: Path
) -> None:
    """What was proved within it is."""
    kept = KeptVerdicts(folder)
    assert found_too_large(definition) == Prover(kept, found_too_large).briefly(definition, 10)
    assert kept.get(definition.sha256) is None

    unsound = replace(found_too_large(definition), result=Result.UNSOUND)
    assert unsound == Prover(kept, lambda _: unsound).briefly(definition, 10)
    assert kept.get(definition.sha256) is None  # there may be more that is wrong with the rest

    Prover(kept, taken_as_sound).briefly(definition, 10)
    assert taken_as_sound(definition) == Prover(kept, found_too_large).briefly(definition, 10)


def test_who_left_makes_it_another_definition(definition: Definition) -> None:
    """So that a verdict on what is left is never taken for one on the definition itself."""
    one, *others = definition.parties
    left = as_changed(definition, {one})
    assert [*others] == [*left.parties]
    assert definition.sha256 != left.sha256
    assert left.sha256 != as_changed(definition, {others[0]}).sha256
    assert definition is as_changed(definition)
