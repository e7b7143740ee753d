"""Another calendar, as people meet it: what is said before it is followed, by whom, and after."""

from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.support.cli import Terminal, folded
from tests.support.decrees import DEFINITION, EIGHT_WEEKS_AFTER_16_MARCH, decreed


@pytest.fixture
def term(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Start a process whose councils have until 11 May 2029; letters go to a folder."""
    monkeypatch.chdir(tmp_path)
    Path("mail").mkdir()
    Path("settings.toml").write_text("", encoding="utf-8")
    able = DEFINITION.replace("replan]", "replan, member, note]")
    Path("termijn.yaml").write_text(able, encoding="utf-8")
    terminal.environment = {
        "MIJLPAAL_MAIL_FOLDER": str(tmp_path / "mail"),
        "MIJLPAAL_SETTINGS": str(tmp_path / "settings.toml"),
    }
    terminal.world.it_is("2029-03-16")
    terminal.does("start termijn.yaml")
    terminal.does("member add termijn griffier@oost anna --address anna@oost.example")
    terminal.does("member reach secretaris --address s@regio.example")
    terminal.does("advance termijn besluit --on 2029-03-16")
    return terminal


def letter() -> str:
    """Return what the last letter says."""
    file = max(Path("mail").glob("*.eml"))
    body = message_from_bytes(file.read_bytes(), policy=policy.default).get_body(("plain",))
    assert body is not None
    return folded(body.get_content())


def test_a_decree_is_remarked_on_until_it_is_followed(term: Terminal) -> None:
    """Then the journal says who did: nobody. What follows from it is whole."""
    with decreed(EIGHT_WEEKS_AFTER_16_MARCH):
        term.world.it_is("2029-04-02")
        said = folded(term.does("verify termijn"))
        assert "termijn: whole." in said
        assert "then it ended on Fri 11 May 2029, now on Mon 14 May 2029" in said
        assert "the next command or sweep follows the present one" in said
        before = term.rows
        tried = folded(term.does("note termijn 'a note' --dry-run"))
        assert "besluit/raden ends on 14 May 2029, not on 11 May 2029" in tried
        assert before == term.rows
        written = folded(term.does("note termijn 'a note'"))
        assert (
            "the calendar changed, and is followed: days off now: 11 May 2029; besluit/raden ends "
            "on 14 May 2029, not on 11 May 2029; 10 reminders have another moment"
        ) in written
        assert "by mijlpaal as mijlpaal" in folded(term.does("history termijn"))
        assert "Remark" not in term.does("verify termijn")
        (entry,) = [
            each
            for each in term.data("history termijn")["entries"]
            if each["type"] == "calendar-followed"
        ]
        assert ("mijlpaal", ["2029-05-11"]) == (entry["actor"], entry["payload"]["off"])
        said = term.refused(4, f"correct termijn {entry['seq']} --withdraw --reason no")
        assert "says what followed from a calendar, which is not corrected" in folded(said)


def test_a_letter_says_that_the_day_is_another(term: Terminal) -> None:
    """In the language of its reader; it was told of the other one."""
    term.world.it_is("2029-04-27")
    term.does("remind run-due")
    assert "11 mei 2029" in letter()
    with decreed(EIGHT_WEEKS_AFTER_16_MARCH):
        term.world.it_is("2029-05-03")
        term.does("remind run-due")
        said = letter()
        assert "maandag 14 mei 2029" in said
        assert "De datum was vr 11 mei 2029. Reden: er zijn inmiddels andere dagen vrij." in said
        assert "vervallen: de kalender is veranderd" in folded(
            term.does("--lang nl remind list termijn")
        )


def test_an_upgrade_follows(term: Terminal) -> None:
    """Also where the schema is up to date; what is only tried follows nothing."""
    with decreed(EIGHT_WEEKS_AFTER_16_MARCH):
        before = term.rows
        term.does("db upgrade --dry-run")
        assert before == term.rows
        term.does("db upgrade")
        said = folded(term.does("--lang nl history termijn"))
        assert "besluit/raden eindigt op 14 mei 2029, niet op 11 mei 2029" in said
        assert "Remark" not in term.does("verify termijn")


def test_a_term_that_has_ended_is_reported(term: Terminal) -> None:
    """It is late since the day it had, and as of an earlier day it is due by that."""
    with decreed(EIGHT_WEEKS_AFTER_16_MARCH):
        term.world.it_is("2029-05-20")
        term.does("remind run-due")
        said = folded(term.does("history termijn"))
        assert (
            "besluit/raden ended on 11 May 2029, and stays so; by the new calendar it was 14 May"
        ) in said
        dues = {each["id"]: each["date"] for each in term.data("due termijn")["dues"]}
        assert date(2029, 5, 11).isoformat() == dues["besluit/raden"]


def test_a_letter_of_december_says_from_when_it_can_be_reported(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names no command, for the year has not begun; that of January does."""
    monkeypatch.chdir(tmp_path)
    Path("mail").mkdir()
    Path("settings.toml").write_text("", encoding="utf-8")
    Path("jaren.yaml").write_text(
        DEFINITION.replace("2028-12-01", "2026-12-01")
        + "tasks:\n  jaarbericht: {owner: secretaris, arises: {every: year}, "
        "due: {each_year: 01-05}, results: {verzonden: done}, ladder: gewoon}\n",
        encoding="utf-8",
    )
    terminal.environment = {
        "MIJLPAAL_MAIL_FOLDER": str(tmp_path / "mail"),
        "MIJLPAAL_SETTINGS": str(tmp_path / "settings.toml"),
    }
    terminal.world.it_is("2026-12-01")
    terminal.does("start jaren.yaml")
    terminal.does("member reach secretaris --address anna@regio.example --language nl")
    assert "jaarbericht (2027)" in terminal.does("remind list termijn")
    terminal.world.it_is("2026-12-22")
    terminal.does("remind run-due")
    assert "Dit kan vanaf vrijdag 1 januari 2027 worden gemeld." in letter()
    assert "mijlpaal task" not in letter()
    terminal.world.it_is("2027-01-05")
    terminal.does("remind run-due")
    assert "mijlpaal task termijn jaarbericht verzonden --year 2027" in letter()
