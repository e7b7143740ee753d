"""The folder as a channel: whole files or none, and the same letter is the same file."""

import errno
import os
from pathlib import Path

import pytest

from scheduler.channel_choice import channel_of
from scheduler.channels import Failed, Filed
from scheduler.mail.folder import FolderChannel
from scheduler.mail.smtp import SmtpChannel
from scheduler.settings import MailSettings
from tests.support.mailserver import settings_for

TO = "griffier@sliedrecht.example"
LETTER = (
    b"Subject: Uiterlijk\r\nMessage-ID: <4f2a@drechtsteden.example>\r\n"
    b"Date: Fri, 12 Feb 2021 08:00:00 -0000\r\n\r\nAan de griffier.\r\n"
)
NAME = "20210212T080000Z-4f2a.eml"


def names(folder: Path) -> list[str]:
    """Return what is in a folder, hidden or not."""
    return sorted(each.name for each in folder.iterdir())


def test_a_letter_becomes_a_file(tmp_path: Path) -> None:
    """Named for when it was written and for its id; with nothing beside it."""
    with FolderChannel(tmp_path) as channel:
        assert Filed(str(tmp_path)) == channel.send(LETTER, TO)
    assert [NAME] == names(tmp_path)
    assert LETTER == (tmp_path / NAME).read_bytes()


def test_the_same_letter_again_is_the_same_file(tmp_path: Path) -> None:
    """However often it is sent, by however many."""
    assert [Filed(str(tmp_path))] * 3 == [
        FolderChannel(tmp_path).send(LETTER, TO) for _ in range(3)
    ]
    assert [NAME] == names(tmp_path)


def test_only_its_owner_can_read_a_letter(tmp_path: Path) -> None:
    """Names and addresses are in it."""
    FolderChannel(tmp_path).send(LETTER, TO)
    assert 0 == (tmp_path / NAME).stat().st_mode & 0o077


def test_an_id_of_odd_signs_stays_in_the_folder(tmp_path: Path) -> None:
    """Nothing in an id is a place."""
    odd = LETTER.replace(b"4f2a", b"../../etc/x y")
    assert Filed(str(tmp_path)) == FolderChannel(tmp_path).send(odd, TO)
    assert ["20210212T080000Z--etc-x-y.eml"] == names(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """A disk may not be mounted: nothing is made in its place, and it is tried again."""
    channel = FolderChannel(tmp_path / "letters")
    expected = f"The folder {tmp_path / 'letters'} does not take it: No such file or directory"
    for outcome in (channel.send(LETTER, TO), channel.check()):
        assert isinstance(outcome, Failed)
        assert expected == str(outcome.why)
    assert [] == names(tmp_path)


def test_our_own_folder_is_made(tmp_path: Path) -> None:
    """On a bare laptop everything works."""
    channel = FolderChannel(tmp_path / "mijlpaal" / "mail", make=True)
    assert Filed(str(tmp_path / "mijlpaal" / "mail")) == channel.check()
    assert [] == names(tmp_path / "mijlpaal" / "mail")
    assert isinstance(channel.send(LETTER, TO), Filed)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    """It is said so, and nothing is raised."""
    (tmp_path / "mail").write_text("")
    for make in (False, True):
        assert isinstance(FolderChannel(tmp_path / "mail", make=make).send(LETTER, TO), Failed)


@pytest.mark.parametrize("call", ["fsync", "fdopen"])
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """It is tried again, and half a letter is nowhere."""
    FolderChannel(tmp_path).send(LETTER, TO)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, full)
    outcome = FolderChannel(tmp_path).send(LETTER.replace(b"4f2a", b"5b"), TO)
    assert isinstance(outcome, Failed)
    assert "No space left on device" in str(outcome.why)
    monkeypatch.undo()
    assert [NAME] == names(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_disk_that_is_really_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system itself says that there is no room."""
    real = os.open
    monkeypatch.setattr(os, "open", lambda *_: real("/dev/full", os.O_WRONLY))
    outcome = FolderChannel(tmp_path).send(LETTER, TO)
    assert isinstance(outcome, Failed)
    assert "No space left on device" in str(outcome.why)
    assert [] == names(tmp_path)


class Killed(BaseException):
    """Nobody takes anything away any more."""


def left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Leave what a program leaves that is killed while it writes a letter."""

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", killed)
        patched.setattr(Path, "unlink", killed)
        with pytest.raises(Killed):
            FolderChannel(folder).send(LETTER, TO)
    (part,) = folder.iterdir()
    return part


@pytest.mark.parametrize(("age", "stays"), [(3601, False), (3599, True), (-3601, True)])
def test_half_a_letter_that_was_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: int, stays: bool
) -> None:
    """It is taken away when nobody can be writing it any more, by the clock of the file."""
    part = left_behind(tmp_path, monkeypatch)
    begun = part.stat().st_mtime
    with FolderChannel(tmp_path, clock=lambda: begun + age) as channel:
        assert stays == part.exists()
        assert Filed(str(tmp_path)) == channel.send(LETTER, TO)


def test_nothing_of_others_is_taken_away(tmp_path: Path) -> None:
    """However old: letters, hidden files, folders, links, half files of other programs."""
    for name in (NAME, ".part", ".abcdefgh.part", "mijlpaal-x.part", ".mijlpaal-x.eml"):
        (tmp_path / name).write_bytes(LETTER)
    (tmp_path / ".mijlpaal-folder.part").mkdir()
    (tmp_path / ".mijlpaal-link.part").symlink_to(tmp_path / NAME)
    before = names(tmp_path)
    with FolderChannel(tmp_path, clock=lambda: 1e12):
        assert before == names(tmp_path)


def test_a_sweep_begins_where_there_is_no_folder(tmp_path: Path) -> None:
    """What is wrong with it is said when something is sent."""
    with FolderChannel(tmp_path / "letters") as channel:
        assert isinstance(channel.send(LETTER, TO), Failed)


def test_without_a_server_letters_go_in_our_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or in the one that is named; with a server, to the server."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Filed(str(tmp_path / "mijlpaal" / "mail")) == channel_of(MailSettings()).send(LETTER, TO)
    assert [NAME] == names(tmp_path / "mijlpaal" / "mail")
    named = MailSettings.model_validate({"folder": str(tmp_path / "named")})
    assert isinstance(channel_of(named).send(LETTER, TO), Failed)
    assert isinstance(channel_of(settings_for(25)), SmtpChannel)
