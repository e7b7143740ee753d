"""The commands of ``remind``, and what others say of reminders."""

import json
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.support.cli import Terminal, folded
from tests.support.definitions import example

PROCESS = "example"


@pytest.fixture
def terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    """Start a process in which three councils decide by September 2021; letters go to a folder."""
    monkeypatch.chdir(tmp_path)
    Path("mail").mkdir()
    Path("example.yaml").write_text(example(), encoding="utf-8")
    around = {
        "MIJLPAAL_MAIL_FOLDER": str(tmp_path / "mail"),
        "MIJLPAAL_SETTINGS": str(tmp_path / "settings.toml"),
    }
    Path("settings.toml").write_text("", encoding="utf-8")
    terminal = Terminal(tmp_path / "mijlpaal.db", capsys, environment=around)
    terminal.world.it_is("2021-01-04")
    terminal.does("start example.yaml")
    terminal.does(
        "member add example griffier@oost 'griffier van oost' --address griffie@oost.example"
    )
    return terminal


def letters() -> list[Path]:
    """Return the letters in the folder."""
    return sorted(Path("mail").glob("*.eml"))


def everybody_is_seated(terminal: Terminal) -> None:
    """Seat a griffier of both other councils."""
    for party in ("west", "zuid"):
        terminal.does(
            f"member add example griffier@{party} 'griffier elders' --address g@elders.example"
        )


def test_nothing_is_due(terminal: Terminal) -> None:
    """That is said, and is well."""
    assert "Nothing is due.\n" == terminal.does("remind run-due")
    assert [] == letters()


def put_in_the_folder(terminal: Terminal, number: int) -> str:
    """Return what a sweep says of letters that went into the folder."""
    verb = "message was" if number == 1 else "messages were"
    folder = terminal.environment["MIJLPAAL_MAIL_FOLDER"]
    return f"{number} {verb} put in a folder, and not sent: no mail server is set. {folder}"


def test_what_is_due_is_written_once(terminal: Terminal) -> None:
    """A second sweep finds nothing."""
    everybody_is_seated(terminal)
    terminal.world.it_is("2021-09-16")
    assert put_in_the_folder(terminal, 2) == folded(terminal.does("remind run-due"))
    assert "Nothing is due.\n" == terminal.does("remind run-due")

    letter, _ = letters()
    message = message_from_bytes(letter.read_bytes(), policy=policy.default)
    assert "griffie@oost.example" in str(message["To"])
    assert "auto-generated" == message["Auto-Submitted"]


def test_trying_says_what_is_due_and_takes_nothing(terminal: Terminal) -> None:
    """As often as it is asked; what waits for another attempt is due as well."""
    assert "Nothing is due.\n" == terminal.does("remind run-due --dry-run")
    terminal.world.it_is("2021-09-16")
    before = terminal.rows
    for _ in range(2):
        said = folded(terminal.does("remind run-due --dry-run"))
        assert "Only tried; nothing was sent. This is due:" in said
        assert "voorstel/raden 14 days before griffier@oost" in said
    assert (before, []) == (terminal.rows, letters())

    Path("mail").rmdir()
    assert "could not be sent now" in terminal("remind run-due").out
    terminal.world.now = terminal.world.now.replace(hour=12)
    said = folded(terminal.does("remind run-due --dry-run"))
    assert "griffie@oost.example: " in said
    assert "written already" in said


def test_why_nobody_can_be_told_is_said_once(terminal: Terminal) -> None:
    """However many seats and reminders there are; by the sweep, the list and the status."""
    terminal.world.it_is("2021-12-16")  # rungs of both councils, and of the secretary, are due
    why = "nobody there has an address, nor has the secretariat"
    for command in ("remind run-due", "remind list example", "status example"):
        said = folded(terminal(command).out)
        assert (command, 1, 1) == (command, said.count(why), said.count("griffier of west, zuid"))


def test_why_a_template_is_not_used_is_said_once(terminal: Terminal) -> None:
    """For all the letters that it fails; each address is named."""
    Path("templates").mkdir()
    Path("templates/subject.txt.j2").write_text("{{ letter.nothing }}", encoding="utf-8")
    own = Path("templates").absolute().as_posix()
    Path("settings.toml").write_text(f'[mail]\ntemplates = "{own}"\n', encoding="utf-8")
    terminal.does("member add example griffier@west 'griffier west' --address griffie@west.example")
    terminal.world.it_is("2021-09-16")
    said = folded(terminal("remind run-due").out)
    assert (2, 1) == (len(letters()), said.count("subject.txt.j2"))
    assert "Put aside: griffie@oost.example, griffie@west.example: " in said


def test_trying_looks_again_at_what_nobody_could_hear(terminal: Terminal) -> None:
    """As the sweep itself does, once somebody can be told."""
    terminal.world.it_is("2021-09-16")
    assert "Not delivered" in terminal("remind run-due").out
    terminal.does("member reach secretaris --address secretaris@example.example")
    assert "griffier@west" in folded(terminal.does("remind run-due --dry-run"))
    assert put_in_the_folder(terminal, 1) in folded(terminal("remind run-due").out)


def test_a_folder_that_is_not_there_is_tried_again(terminal: Terminal) -> None:
    """It is temporary: nothing is lost, and the next sweep sends it."""
    everybody_is_seated(terminal)
    terminal.world.it_is("2021-09-16")
    Path("mail").rmdir()
    said = terminal("remind run-due")
    assert 75 == said.code
    assert "could not be sent now" in said.out

    Path("mail").mkdir()
    terminal.world.now = terminal.world.now.replace(hour=12)
    assert put_in_the_folder(terminal, 2) == folded(terminal.does("remind run-due"))


def test_what_went_into_a_folder_is_never_called_sent(terminal: Terminal) -> None:
    """Nobody was sent it: on the screen, in JSON, and in what is held on a person."""
    everybody_is_seated(terminal)
    terminal.world.it_is("2021-09-16")
    assert "were sent" not in terminal.does("remind run-due")
    assert "verzonden." not in terminal.does("remind run-due --lang nl")

    said = folded(terminal.does("remind list example --from 2021-09-16 --to 2021-09-16"))
    folder = terminal.environment["MIJLPAAL_MAIL_FOLDER"]
    assert "in a folder" in said
    assert f"Not sent but put in a folder, as no mail server was set {folder}" in said
    assert "What keeps them" not in said
    dutch = folded(terminal.does("remind list example --lang nl"))
    assert "in een map" in dutch
    assert "Niet verzonden maar in een map gezet" in dutch
    found = terminal.data("remind list example --from 2021-09-16 --to 2021-09-16")["reminders"]
    assert {("filed", "folder", folder, None)} == {
        (each["status"], each["way"], each["folder"], each["why"]) for each in found
    }
    [held] = json.loads(terminal.does("member export 'griffier van oost'"))["data"]["messages"]
    assert ("filed", folder) == (held["status"], held["folder"])


def test_a_reminder_that_left_late_has_both_dates(terminal: Terminal) -> None:
    """For 16 September, and put in the folder on 6 October, after a summer without a service."""
    everybody_is_seated(terminal)
    terminal.world.it_is("2021-10-06")
    terminal("remind run-due")
    wide = replace(terminal, width=160)
    said = folded(wide.does("remind list example --from 2021-09-16 --to 2021-09-16"))
    row = (
        "Thu 16 Sep 2021 voorstel/raden 14 days before griffier@oost, griffier@west, griffier@zuid"
    )
    assert f"{row} in a folder on 6 Oct 2021" in said
    found = terminal.data("remind list example --from 2021-09-16 --to 2021-09-16")["reminders"]
    assert {("2021-09-16T07:00:00Z", "2021-10-06T10:00:00Z")} == {
        (each["at"], each["settled_at"]) for each in found
    }


def test_the_list_as_json(terminal: Terminal) -> None:
    """Under ``reminders``, each with what it is and how it stands."""
    found = terminal.data("remind list example --from 2021-09-16 --to 2021-09-16")

    assert ["oost.raad", "west.raad", "zuid.raad"] == [
        each["subject"] for each in found["reminders"]
    ]
    assert {"planned"} == {each["status"] for each in found["reminders"]}
    assert {"2021-09-16T07:00:00Z"} == {each["at"] for each in found["reminders"]}


def test_a_preview_into_a_folder(terminal: Terminal) -> None:
    """Files that a mail program opens, and the process is as it was."""
    said = terminal.does("remind preview example --from 2021-09-16 --to-folder out")

    files = sorted(Path("out").iterdir())
    assert 3 == len(files)
    assert [] == [str(each) for each in files if f"{each}:" not in said]


def test_settings_that_are_wrong_stop_before_anything_is_sent(terminal: Terminal) -> None:
    """All of them are named, and where."""
    Path("settings.toml").write_text("[mail]\nhots = 'x'\n", encoding="utf-8")

    said = terminal.refused(2, "remind run-due")

    said = " ".join(said.split())
    assert "settings.toml: mail.hots: There is no such setting. Did you mean “host”?" in said


def test_a_span_that_ends_before_it_begins(terminal: Terminal) -> None:
    """Says so."""
    said = terminal.refused(2, "remind list example --from 2021-02-01 --to 2021-01-01")
    assert "The last day lies before the first one." in said


def test_doctor_looks_at_reminders_and_the_way_out(terminal: Terminal) -> None:
    """What lies there too long is wrong; trying the folder leaves nothing in it."""
    folder = terminal.environment["MIJLPAAL_MAIL_FOLDER"]
    way = f"[ok] the way letters go: {folder} (no mail server is set: letters are put in this"
    for command in ("doctor", "doctor --mail"):
        assert way in folded(terminal.does(command))
    assert [] == letters()
    terminal.world.it_is("2021-09-17")

    said = terminal("doctor --json")

    checks = {each["name"]: each for each in json.loads(said.out)["data"]["checks"]}
    assert (1, False) == (said.code, checks["reminders"]["well"])
    assert "remind run" in checks["reminders"]["remark"]


def test_doctor_says_of_a_mail_server_that_it_was_not_tried(terminal: Terminal) -> None:
    """Only with --mail; a server that is not there is wrong then."""
    server = {"MIJLPAAL_MAIL_HOST": "localhost", "MIJLPAAL_MAIL_PORT": "9"}
    around = {**terminal.environment, **server, "MIJLPAAL_MAIL_SENDER": "griffie@oost.example"}
    with_server = replace(terminal, environment=around)
    said = folded(with_server.does("doctor"))
    assert (
        "[ok] the way letters go: localhost:9 (a mail server, without logging in; not tried, as"
        in said
    )
    tried = with_server("doctor --mail")
    assert "[WRONG] connecting to the mail server: localhost:9" in folded(tried.out)
    assert 75 == tried.code


def test_where_somebody_is_reached(terminal: Terminal) -> None:
    """Who has a seat already says so themselves."""
    said = terminal.does("member reach secretaris --address s@oost.example --language en")
    assert "Reminders for “secretaris” are addressed to s@oost.example." in said
    held = json.loads(terminal.does("member export secretaris"))["data"]

    assert ("s@oost.example", "en") == (held["address"], held["language"])


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("s@oost.example\nBcc: x@oost.example", "it has a line break"),
        ("a..b@x.example", "what stands before the @ is no name"),
        ("s@-x.example", "what stands after the @ is no domain"),
        (f"{'s' * 70}@x.example", "it is too long"),
    ],
)
def test_an_address_to_which_nothing_can_be_sent_is_refused(
    terminal: Terminal, address: str, why: str
) -> None:
    """When it is typed, not when the deadline nears."""
    reach = ("member", "reach", "secretaris", "--address", address)
    seat = ("member", "add", "example", "griffier@west", "anna", "--address", address)
    for words in (reach, seat):
        assert f"is no mail address: {why}" in " ".join(terminal.refused(2, *words).split())


def test_somebody_else_may_not_say_where_one_is_reached(terminal: Terminal) -> None:
    """A griffier does not set the address of the secretary."""
    said = terminal.as_user("griffier van oost").refused(
        4, "member reach secretaris --address elsewhere@oost.example"
    )
    assert "secretaris" in said


def test_what_nobody_can_be_told_of_is_said(terminal: Terminal) -> None:
    """Each time that it is looked at, until somebody can be told: then that is done at once."""
    terminal.world.it_is("2021-09-16")
    for sent in (put_in_the_folder(terminal, 1), "0 messages were sent."):
        said = terminal("remind run-due")
        assert (1, True) == (said.code, folded(said.out).startswith(sent))
        assert "voorstel/raden of example: griffier of west, zuid" in said.out
        assert "member reach" in said.out

    status = " ".join(terminal.does("status example").split())
    assert (
        "Not delivered to griffier of west, zuid, about voorstel/raden: nobody there has an "
        "address, nor has the secretariat" in status
    )
    assert 1 == terminal("doctor").code

    terminal.does("member reach secretaris --address s@oost.example")
    assert put_in_the_folder(terminal, 1) == folded(terminal.does("remind run-due"))
    assert "Not delivered" not in terminal.does("status example")


def test_who_is_forgotten_is_so_in_the_folder_too(terminal: Terminal) -> None:
    """Whose name stands in letters to others; typed once more, there is nobody of that name."""
    terminal.does("member add example secretaris 'Anna d’Évora' --address anna@evora.example")
    everybody_is_seated(terminal)
    terminal.world.it_is("2021-09-16")
    terminal.does("remind run-due")
    before = [message_from_bytes(each.read_bytes(), policy=policy.default) for each in letters()]
    assert all("anna@evora.example" in str(each["Reply-To"]) for each in before)
    terminal.world.it_is("2021-09-20")
    terminal.does("member end example secretaris 'Anna d’Évora' --on 2021-09-16")

    tried = terminal.does("member erase 'Anna d’Évora' --dry-run")
    done = terminal.does("member erase 'Anna d’Évora'")

    number = len(letters())
    assert f"{number} letters that are kept are to or about them." in folded(tried)
    assert f"{number} letters that are kept have no name and address of theirs" in folded(done)
    assert "Not reached" not in done
    for each in (*letters(), Path("mijlpaal.db")):
        content = each.read_bytes()
        assert not any(word in content for word in (b"evora", "Évora".encode(), b"=C3=89vora"))
    terminal.refused(5, "member erase 'Anna d’Évora'")
    assert "whole" in terminal.does("verify example")
