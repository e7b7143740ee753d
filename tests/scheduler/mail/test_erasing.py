"""Taking a person out of the letters in a folder."""

import os
from pathlib import Path

from scheduler.mail.erasing import erase_from_folders
from scheduler.mail.folder import FolderChannel
from tests.support.letters import GRIFFIER, SECRETARY, writer
from tests.support.traces import read_out
from workflow.people import Filed
from workflow.rules.redacting import Forgotten

GONE = Forgotten("person-3", str(SECRETARY.name), SECRETARY.address)


def put(folder: Path) -> Path:
    """Put a letter in a folder that names the secretary."""
    FolderChannel(folder).send(writer()(GRIFFIER).content, "x@a.example")
    (file,) = folder.glob("*.eml")
    return file


def test_a_letter_is_changed_in_its_place(tmp_path: Path) -> None:
    """Under the same name, for its owner only, and nothing beside it."""
    file = put(tmp_path)
    assert str(SECRETARY.name) in read_out(file.read_bytes())

    assert (Filed(str(tmp_path), 1),) == erase_from_folders([str(tmp_path)] * 2, GONE)
    assert not GONE.is_in(read_out(file.read_bytes()))
    assert 0o600 == file.stat().st_mode & 0o777
    assert [file] == list(tmp_path.iterdir())
    assert (Filed(str(tmp_path), 0),) == erase_from_folders([str(tmp_path)], GONE)


def test_only_tried_it_is_counted(tmp_path: Path) -> None:
    """And stays what it is."""
    file = put(tmp_path)
    before = file.read_bytes()
    assert (Filed(str(tmp_path), 1),) == erase_from_folders([str(tmp_path)], GONE, dry=True)
    assert before == file.read_bytes()


def test_what_is_not_ours_is_named(tmp_path: Path) -> None:
    """A copy that somebody made; and a link leads nowhere."""
    folder = tmp_path / "mail"
    folder.mkdir()
    file = put(folder)
    victim = tmp_path / "victim.eml"
    file.rename(victim)
    (folder / "copy.eml").write_bytes(victim.read_bytes())
    (folder / file.name).symlink_to(victim)
    (folder / "notes.txt").write_text(str(SECRETARY.name))
    before = victim.read_bytes()

    assert (Filed(str(folder), 0, ("copy.eml",)),) == erase_from_folders([str(folder)], GONE)
    assert before == victim.read_bytes()
    assert (folder / file.name).is_symlink()


def test_a_folder_that_is_not_here_is_named(tmp_path: Path) -> None:
    """It is on another machine, or its disk is not mounted."""
    (found,) = erase_from_folders([str(tmp_path / "gone")], GONE)
    assert (0, 1) == (found.changed, len(found.left))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """And the others are changed."""
    file = put(tmp_path)
    other = file.with_name("20210101T000000Z-x.eml")
    os.mkfifo(other)
    assert (Filed(str(tmp_path), 1),) == erase_from_folders([str(tmp_path)], GONE)
