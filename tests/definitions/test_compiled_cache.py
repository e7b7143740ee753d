"""Definitions that are kept as they were compiled: what is read back, and what never is."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from stat import S_IMODE
from time import time

import pytest

from definitions import kept_files, loading
from definitions.canonical_json import sha256_of
from definitions.compiled_cache import Kept, packed, unpacked
from definitions.faults import DefinitionInvalid
from definitions.kept_files import NotKept
from definitions.library import open_definition, shipped
from definitions.model import Definition
from definitions.stored import stored_definition
from tests.support.definitions import EXAMPLE, example, load

DAY = 24 * 3600


@pytest.fixture
def definition() -> Definition:
    """Return the example, as it was stored."""
    return load(EXAMPLE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that is not there yet."""
    return tmp_path / "of somebody" / "cache"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the hashes of what was compiled since."""
    seen: list[str] = []
    own = loading.recompiled

    def recompiled(document: str, sha256: str) -> Definition:
        seen.append(sha256)
        return own(document, sha256)

    monkeypatch.setattr("definitions.loading.recompiled", recompiled)
    return seen


def test_a_definition_is_compiled_once(
    definition: Definition, folder: Path, compiled: list[str]
) -> None:
    """The second time it is read as it was compiled the first time, with its document."""
    for _ in range(2):
        found = stored_definition(definition.document, definition.sha256, Kept(folder))
        assert definition == found
        assert definition.document == found.document
    assert [definition.sha256] == compiled


@pytest.mark.parametrize("name", shipped())
def test_a_kept_definition_is_the_definition(name: str) -> None:
    """What was kept is what was compiled, but for its document, and in the same order."""
    definition = open_definition(name)
    found = unpacked(packed(definition))
    assert replace(definition, document="") == found
    assert list(definition.milestones) == list(found.milestones)


def test_a_changed_document_is_refused_though_its_definition_is_kept(
    definition: Definition, folder: Path
) -> None:
    """What is kept never stands in for what the database says."""
    stored_definition(definition.document, definition.sha256, Kept(folder))
    with pytest.raises(DefinitionInvalid) as raised:
        stored_definition(definition.document + " ", definition.sha256, Kept(folder))

    assert ["The stored definition was changed: it no longer has the hash it is pinned by."] == [
        str(fault.sentence) for fault in raised.value.faults
    ]


@pytest.mark.parametrize(
    "damaged",
    [
        lambda written: "",
        lambda written: written[:-10],
        lambda written: written.replace("Oost", "Eest"),
        lambda written: packed(load(example(("version: 1", "version: 2")))),
        lambda written: "[" * 100_000,
        lambda written: "\udcff",
    ],
    ids=["empty", "cut off", "changed", "of another", "nested", "no text"],
)
def test_a_damaged_file_is_none(
    definition: Definition, folder: Path, compiled: list[str], damaged: Callable[[str], str]
) -> None:
    """The definition is compiled anew, and takes the place of what cannot be read."""
    stored_definition(definition.document, definition.sha256, Kept(folder))
    (file,) = folder.iterdir()
    written = file.read_text(encoding="utf-8")
    file.write_text(damaged(written), encoding="utf-8", errors="surrogateescape")

    assert definition == stored_definition(definition.document, definition.sha256, Kept(folder))
    assert 2 * [definition.sha256] == compiled
    assert written == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("written", ["", "{}", "[]", "3", '["Party"]', '["date","2021-01-01"]'])
def test_what_is_no_kept_definition(written: str) -> None:
    """What is whole and yet no definition was written by another version."""
    with pytest.raises(NotKept):
        unpacked(f"{sha256_of(written)}\n{written}")


def test_another_version_of_the_program_compiles_anew(
    definition: Definition, folder: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was compiled by another program is not read, and not taken away: it may be in use."""
    for program in ("one", "other", "one", "other"):
        monkeypatch.setattr(kept_files, "_stamp", lambda stamp=program: stamp)
        stored_definition(definition.document, definition.sha256, Kept(folder))

    assert 2 * [definition.sha256] == compiled
    assert {f"{definition.sha256[:32]}-{each}.json" for each in ("one", "other")} == {
        file.name for file in folder.iterdir()
    }


def test_a_program_with_another_module_in_a_package_of_definitions_is_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its stamp changes with every module, also in a folder; with what was compiled it does not."""
    monkeypatch.setattr(kept_files, "__file__", str(tmp_path / "kept.py"))
    (tmp_path / "calendar" / "__pycache__").mkdir(parents=True)
    (tmp_path / "kept.py").touch()
    stamps = [kept_files._stamp()]
    for file in ("calendar/dates.py", "dates.py", "calendar/__pycache__/dates.py"):
        (tmp_path / file).touch()
        stamps.append(kept_files._stamp())

    assert [0, 1, 2, 2] == [stamps.index(each) for each in stamps]


def test_what_was_not_used_for_long_makes_room(
    definition: Definition, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A month after its last use: of any definition, and what was only half written too."""
    other = load(example(("version: 1", "version: 2")))
    monkeypatch.setattr(kept_files, "_stamp", lambda: "old")
    stored_definition(definition.document, definition.sha256, Kept(folder))
    stored_definition(other.document, other.sha256, Kept(folder))
    (folder / f"{other.sha256[:32]}-old.json.{'0' * 32}").touch()
    (folder / "of another program.json").touch()
    now = time()
    # It is used again after three weeks: that is noted.
    stored_definition(other.document, other.sha256, Kept(folder, lambda: now + 21 * DAY))

    monkeypatch.setattr(kept_files, "_stamp", lambda: "new")
    stored_definition(other.document, other.sha256, Kept(folder, lambda: now + 31 * DAY))

    assert {
        f"{other.sha256[:32]}-old.json",
        f"{other.sha256[:32]}-new.json",
        "of another program.json",
    } == {file.name for file in folder.iterdir()}


def test_of_many_programs_the_latest_used_are_kept(
    definition: Definition, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever changes the program each day does not fill the disk."""
    for number in range(12):
        monkeypatch.setattr(kept_files, "_stamp", lambda stamp=f"v{number}": stamp)
        Kept(folder).put(definition)
        (file,) = folder.glob(f"*-v{number}.json")
        os.utime(file, (time() - 1000 + number,) * 2)

    assert {f"{definition.sha256[:32]}-v{each}.json" for each in range(4, 12)} == {
        file.name for file in folder.iterdir()
    }


@pytest.mark.skipif(os.name != "posix", reason="no modes")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_its_owner_can_read_what_is_kept(
    definition: Definition, folder: Path, umask: int
) -> None:
    """Whatever the umask says; the folders that are made for it too."""
    before = os.umask(umask)
    try:
        Kept(folder).put(definition)
    finally:
        os.umask(before)

    assert [0o700, 0o700, 0o600] == [
        S_IMODE(each.stat().st_mode) for each in (folder.parent, folder, *folder.iterdir())
    ]


def test_nothing_is_written_through_a_link(definition: Definition, folder: Path) -> None:
    """A link in the place of a file is replaced, and what it leads to is left alone."""
    Kept(folder).put(definition)
    (file,) = folder.iterdir()
    victim = folder.parent / "victim"
    victim.write_text("mine")
    file.unlink()
    file.symlink_to(victim)

    Kept(folder).put(definition)

    assert "mine" == victim.read_text()
    assert not file.is_symlink()


def test_where_nothing_can_be_kept(
    definition: Definition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file in the way, or nobody's home (“~” as it stands): it is compiled each time."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file" / "cache", Path("~/.cache")):
        found = stored_definition(definition.document, definition.sha256, Kept(folder))
        assert definition == found
    assert [tmp_path / "file"] == list(tmp_path.iterdir())
