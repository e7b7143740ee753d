"""Files that the program makes: only their owner's, never through a link, never over a file."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from definitions.new_files import device, name_anew, new_file, private_folder
from scheduler.channels import Filed
from scheduler.mail.folder import FolderChannel
from tests.support.cli import Terminal, folded
from tests.support.definitions import example

pytestmark = pytest.mark.skipif(os.name != "posix", reason="no modes, and few links")
MINE = "mine"
LETTER = (
    b"Subject: x\r\nMessage-ID: <4f2a@drechtsteden.example>\r\n"
    b"Date: Fri, 12 Feb 2021 08:00:00 -0000\r\n\r\nAan de griffier.\r\n"
)
NAME = "20210212T080000Z-4f2a"


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Let others do with new files what some systems let them, and some do not."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@pytest.fixture
def outbox(terminal: Terminal, tmp_path: Path) -> Terminal:
    """Start a process in which three councils decide by September 2021; one griffier is known."""
    (tmp_path / "example.yaml").write_text(example(), encoding="utf-8")
    terminal.world.it_is("2021-01-04")
    terminal.does(f"start {tmp_path}/example.yaml")
    terminal.does("member add example griffier@oost 'griffier oost' --address a@oost.example")
    return terminal


def modes(*places: Path) -> list[int]:
    """Return who may do what with some files and folders."""
    return [stat.S_IMODE(each.stat().st_mode) for each in places]


def a_file(at: Path) -> None:
    """Put a file there."""
    at.write_text(MINE)


def a_link(at: Path) -> None:
    """Put a link to a file there."""
    victim = at.parent.parent / "victim"
    victim.write_text(MINE)
    at.symlink_to(victim)


def a_link_to_nothing(at: Path) -> None:
    """Put a link there that leads to nothing yet."""
    at.symlink_to(at.parent.parent / "victim")


def a_folder(at: Path) -> None:
    """Put a folder there."""
    at.mkdir()


IN_THE_WAY = [a_file, a_link, a_link_to_nothing, a_folder]


def is_as_it_was(at: Path, put: Callable[[Path], None]) -> bool:
    """Say whether what was in the way is as it was, and what a link leads to as well."""
    victim = at.parent.parent / "victim"
    if put is a_link:
        return at.is_symlink() and victim.read_text() == MINE
    if put is a_link_to_nothing:
        return at.is_symlink() and not victim.exists()
    return at.is_dir() if put is a_folder else at.read_text() == MINE


# --- in one place ------------------------------------------------------------------------------


@pytest.mark.parametrize("put", IN_THE_WAY)
def test_whatever_is_there_stays(tmp_path: Path, put: Callable[[Path], None]) -> None:
    """A file, a folder, a link, and one that leads nowhere."""
    at = tmp_path / "folder" / "new"
    at.parent.mkdir()
    put(at)

    with pytest.raises(FileExistsError), new_file(at):
        pass
    part = at.parent / "part"
    part.write_text("whole")
    with pytest.raises(FileExistsError):
        name_anew(part, at)

    assert is_as_it_was(at, put)
    assert "whole" == part.read_text()


def test_a_file_system_without_second_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There a file is renamed, unless something has that name."""

    def unsupported(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", unsupported)
    part = tmp_path / "part"
    part.write_text("whole")
    (tmp_path / "taken").write_text(MINE)
    with pytest.raises(FileExistsError):
        name_anew(part, tmp_path / "taken")
    name_anew(part, tmp_path / "free")

    assert ["free", "taken"] == sorted(each.name for each in tmp_path.iterdir())
    assert MINE == (tmp_path / "taken").read_text()


def test_what_is_private_is_so_at_once(tmp_path: Path, umask: int) -> None:
    """While it is written, and not only after; what is not private is as the umask says."""
    folder = tmp_path / "a" / "b"
    private_folder(folder)
    with new_file(folder / "c", private=True) as out:
        assert [0o600] == modes(folder / "c")
        out.write(b"x")
    with new_file(folder / "d"):
        pass

    assert [0o700, 0o700, 0o666 & ~umask] == modes(folder.parent, folder, folder / "d")


def test_what_could_not_be_written_is_gone(tmp_path: Path) -> None:
    """Half a file is no file."""

    def write() -> None:
        with new_file(tmp_path / "new") as out:
            out.write(b"half")
            raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        write()

    assert [] == list(tmp_path.iterdir())


def test_a_file_is_no_device(tmp_path: Path) -> None:
    """Also where it took the place of one in the meantime."""
    (tmp_path / "file").write_text(MINE)
    with pytest.raises(FileExistsError), device(tmp_path / "file"):
        pass
    assert MINE == (tmp_path / "file").read_text()


# --- as it is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize("put", IN_THE_WAY)
@pytest.mark.parametrize(
    "line",
    [
        "definitions graph gr-sociaal-domein --format dot --out {}",
        "definitions new {} --title T --party A",
        "definitions new {} --title T --party A --dry-run",
    ],
)
def test_a_command_writes_over_nothing(
    terminal: Terminal, tmp_path: Path, put: Callable[[Path], None], line: str
) -> None:
    """What is in the way is said to be there."""
    at = tmp_path / "folder" / "new.yaml"
    at.parent.mkdir()
    put(at)

    said = folded(terminal.refused(2, line.format(at)))

    assert f"Cannot write {at}: " in said
    assert is_as_it_was(at, put)


@pytest.mark.parametrize("put", IN_THE_WAY)
def test_a_preview_writes_over_nothing(
    outbox: Terminal, tmp_path: Path, put: Callable[[Path], None]
) -> None:
    """Of three letters none is written, where something has the name of one."""
    line = f"remind preview example --from 2021-09-16 --to-folder {tmp_path}/"
    outbox.does(f"{line}first")
    names = [each.name for each in sorted((tmp_path / "first").iterdir())]
    second = tmp_path / "second"
    second.mkdir()
    put(second / names[1])

    said = folded(outbox.refused(2, f"{line}second"))

    assert f"Cannot write {second / names[1]}: File exists" in said
    assert [names[1]] == [each.name for each in second.iterdir()]
    assert is_as_it_was(second / names[1], put)


def test_a_preview_is_for_its_owner(outbox: Terminal, tmp_path: Path, umask: int) -> None:
    """Letters have names and addresses in them; the same preview again changes nothing."""
    line = f"remind preview example --from 2021-09-16 --to-folder {tmp_path}/out"
    said = outbox.does(line)
    assert said == outbox.does(line)

    files = sorted((tmp_path / "out").iterdir())
    assert 3 == len(files)
    assert [0o700, 0o600, 0o600, 0o600] == modes(tmp_path / "out", *files)
    assert umask in (0o000, 0o022, 0o077)


def test_of_two_who_hold_a_seat_each_has_a_file(outbox: Terminal, tmp_path: Path) -> None:
    """Their letters have the same id and another address."""
    outbox.does("member add example griffier@oost 'Nog een' --address nog@oost.example")
    said = outbox.does(f"remind preview example --from 2021-09-16 --to-folder {tmp_path}/out")

    files = sorted((tmp_path / "out").iterdir())
    assert 4 == len(files)
    assert 2 == sum("griffier-oost" in each.name for each in files)
    assert 1 == sum(b"nog@oost.example" in each.read_bytes() for each in files)
    assert [] == [str(each) for each in files if f"{each}" not in said]


# --- the folder for mail -----------------------------------------------------------------------


@pytest.mark.parametrize("put", IN_THE_WAY)
def test_a_letter_goes_beside_what_is_in_its_way(
    tmp_path: Path, put: Callable[[Path], None]
) -> None:
    """And the same letter again is the same file, there too."""
    folder = tmp_path / "mail"
    folder.mkdir()
    put(folder / f"{NAME}.eml")

    for _ in range(2):
        assert Filed(str(folder)) == FolderChannel(folder).send(LETTER, "a@b.example")

    assert [f"{NAME}-2.eml", f"{NAME}.eml"] == sorted(each.name for each in folder.iterdir())
    assert LETTER == (folder / f"{NAME}-2.eml").read_bytes()
    assert is_as_it_was(folder / f"{NAME}.eml", put)


def test_a_link_to_the_same_letter_is_not_that_letter(tmp_path: Path) -> None:
    """What it leads to may go at any time."""
    (tmp_path / "elsewhere").write_bytes(LETTER)
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / f"{NAME}.eml").symlink_to(tmp_path / "elsewhere")

    FolderChannel(tmp_path / "mail").send(LETTER, "a@b.example")

    assert LETTER == (tmp_path / "mail" / f"{NAME}-2.eml").read_bytes()


def test_our_own_folder_for_mail_is_for_its_owner(tmp_path: Path, umask: int) -> None:
    """With the letters in it."""
    own = tmp_path / "mijlpaal" / "mail"
    FolderChannel(own, make=True).send(LETTER, "a@b.example")

    assert [0o700, 0o700, 0o600] == modes(own.parent, own, *own.iterdir())
    assert umask in (0o000, 0o022, 0o077)
