"""Seats that the mailbox of a function holds, as they are typed and shown, and its letters."""

import json
from email import message_from_bytes, policy
from email.utils import getaddresses
from pathlib import Path

import pytest

from tests.support.cli import Terminal, folded
from tests.support.definitions import example

BOX = "griffie@oost.example"
ADD = f"member add example griffier@oost --mailbox {BOX}"


@pytest.fixture
def terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """Start a process in which three councils decide by September 2021; letters go to a folder."""
    monkeypatch.chdir(tmp_path)
    Path("mail").mkdir()
    Path("example.yaml").write_text(example(), encoding="utf-8")
    around = {"MIJLPAAL_MAIL_FOLDER": str(tmp_path / "mail"), "MIJLPAAL_SETTINGS": "/dev/null"}
    terminal = Terminal(tmp_path / "mijlpaal.db", capsys, environment=around)
    terminal.world.it_is("2021-01-04")
    terminal.does("start example.yaml")
    return terminal


def test_a_mailbox_gets_a_seat_and_is_shown_as_what_it_is(terminal: Terminal) -> None:
    """By its address, which is all that is known of it."""
    assert f"the mailbox {BOX} holds the seat griffier@oost" in terminal.does(f"{ADD} --dry-run")
    assert f"the mailbox {BOX} holds the seat griffier@oost" in terminal.does(ADD)
    [row] = [line for line in terminal.does("member list example").splitlines() if "r@oost" in line]
    assert ["griffier@oost", "(mailbox)", "4", "Jan", "2021", BOX] == row.split()
    held = json.loads(terminal.does("member list example --json"))["data"]["seats"]
    assert [(BOX, BOX, True)] == [
        (each["name"], each["address"], each["mailbox"])
        for each in held
        if each["seat"] == "griffier@oost"
    ]
    terminal.does("deliverable example tekst/kern volledig --reference x")
    terminal.does("task example voorstel/overleg gehouden --for juristen --reference x")
    terminal.does("advance example voorstel")
    assert f"griffier@oost: the mailbox {BOX}" in terminal.does("explain example voorstel")
    ended = terminal.does("member end example griffier@oost Griffie@OOST.example")
    assert f"the mailbox {BOX} holds the seat griffier@oost no longer" in ended


def test_who_is_named_is_a_person_or_a_mailbox(terminal: Terminal) -> None:
    """Neither and both are refused, and say what to type."""
    assert "with --mailbox" in terminal.refused(2, "member add example griffier@oost")
    for more in ("Anna", "--address a@b.example"):
        assert "--mailbox stands by itself" in folded(terminal.refused(2, f"{ADD} {more}"))


@pytest.mark.parametrize(
    "line", ["note example x", "member add example griffier@west Anna", "member erase secretaris"]
)
def test_a_mailbox_is_no_actor(terminal: Terminal, line: str) -> None:
    """The refusal says why, and who may."""
    terminal.does(f"member add example secretaris --mailbox {BOX}")
    said = folded(terminal.refused(4, f"{line} --as {BOX}"))
    assert "is the mailbox of a function: it receives reminders" in said
    assert "the name of a person who holds a seat" in said


def test_the_letter_of_a_mailbox(terminal: Terminal) -> None:
    """It is addressed by function, to an address without a name; another reader understands it."""
    terminal.does(ADD)
    terminal.does("member reach secretaris --address s@regio.example")
    terminal.world.it_is("2021-09-16")
    terminal("remind run-due")
    letters = [
        message_from_bytes(each.read_bytes(), policy=policy.SMTP)
        for each in Path("mail").glob("*.eml")
    ]
    [letter] = [each for each in letters if BOX in str(each["To"])]
    assert [] == letter.defects
    assert [("", BOX)] == getaddresses([str(letter["To"])])
    body = letter.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    assert words.startswith("Geachte griffier,")
    assert "mijlpaal record" not in words
    [other] = [each for each in letters if "s@regio.example" in str(each["To"])]
    body = other.get_body(("plain",))
    assert body is not None
    assert "griffier@oost" not in body.get_content()
