"""Through the command line: answers followed up, parties that leave, terms, dates and years."""

import pytest

from tests.support.cli import Terminal, folded
from tests.support.engine import ANSWERS

ID = "antwoorden"
ASKED = (
    f"deliverable {ID} stuk/kern volledig --version 0.9 --on 2021-01-05 --reference x",
    f"advance {ID} vraag --on 2021-01-10",
)
ANSWERED = (
    f"record {ID} vraag oost.raad reactie --point money --point staff --signed-by griffier "
    "--on 2021-02-01 --reference x"
)


@pytest.fixture
def asked(terminal: Terminal) -> Terminal:
    """A process of questions and answers, with one answer of two points."""
    file = terminal.file.parent / "antwoorden.yaml"
    file.write_text(ANSWERS, encoding="utf-8")
    terminal.does("start", str(file))
    for line in (*ASKED, ANSWERED):
        terminal.does(line)
    return terminal


def test_an_answer_is_followed_up_to_its_last_point(asked: Terminal) -> None:
    """Sent, received, replied to; then the reply is finished, and status tells all of it."""
    asked.does(f"sent {ID} vraag oost.raad --on 2021-02-03 --reference x")
    asked.does(f"received {ID} vraag oost.raad --on 2021-02-05 --reference x")
    asked.does(f"answer {ID} vraag oost.raad 1 --on 2021-02-08 --reference x")
    done = f"task {ID} vraag/reactie verzonden --for oost --on 2021-02-08 --reference x"
    said = asked.refused(4, done)
    assert "One point of the answer of oost has no reply yet: 2." in folded(said)
    asked.does(f"answer {ID} vraag oost.raad 2 --on 2021-02-08 --reference x")
    asked.does(done)
    status = folded(asked.does(f"status {ID}"))
    for words in (
        "Answers",
        "Wed 3 February 2021",
        "Fri 5 February 2021",
        "Parts",
        "0.9",
        "money",
        "staff",
    ):
        assert words in status
    given = asked.data(f"status {ID}")["milestones"][0]["requests"][0]["given"][0]
    assert ("2021-02-03", "2021-02-05", ["voorzitter"]) == (
        given["sent"],
        given["received"],
        given["unsigned"],
    )
    assert "2021-02-08" == given["points"][1]["replied"]
    asked.does("verify")


def test_due_and_status_say_the_same_of_a_receipt_that_is_not_known(terminal: Terminal) -> None:
    """Both name whose it is and how it is recorded; that the rest is not proved neither says."""
    terminal.world.it_is("2026-05-01")
    terminal.does("start docs/examples/groenvisie.yaml")
    told = "--reference letter"
    terminal.does(f"record groenvisie zienswijzen oost ziet-af --on 2026-04-01 {told}")
    terminal.does("lapse groenvisie")
    terminal.does("advance groenvisie zienswijzen")
    command = (
        "mijlpaal received groenvisie zienswijzen oost.raad --request raden --on DATE "
        "--reference SOURCE"
    )
    for query in ("due", "status"):
        screen = folded(terminal.does(f"{query} groenvisie"))
        assert "zienswijzen/raden: oost.raad" in screen
        assert command in screen
        assert "Not proved" not in screen
        assert "oost.raad" not in folded(terminal.does(f"{query} groenvisie --as-of 2026-03-31"))
    (due,) = terminal.data("status groenvisie")["unreceived"]
    assert ("zienswijzen/raden", ["oost.raad"]) == (due["id"], due["unreceived"])

    terminal.does(command.partition(" ")[2].replace("DATE", "2026-04-10").replace("SOURCE", "x"))

    for query in ("due", "status"):
        assert "day of receipt" not in folded(terminal.does(f"{query} groenvisie"))


def test_due_sends_to_status_as_of_the_same_day(asked: Terminal) -> None:
    """What was missing then may be there by now."""
    asked.does(f"advance {ID} vraag --attested --on 2021-02-10 --reference minutes")
    screen = folded(asked.does(f"due {ID} --as-of 2021-02-20"))
    assert f"mijlpaal status {ID} --as-of 2021-02-20" in screen
    assert "Not proved: 1 move" in folded(asked.does(f"status {ID} --as-of 2021-02-20"))


@pytest.mark.parametrize(
    ("code", "line", "sentence"),
    [
        (4, f"sent {ID} vraag west.raad --on 2021-02-03", "No answer of west.raad is known"),
        (4, f"answer {ID} vraag oost.raad 3 --on 2021-02-03", "has no point 3."),
        (5, f"received {ID} vraag noord.raad --on 2021-02-03", "There is no body “noord.raad”."),
        (2, f"answer {ID} vraag oost.raad one --on 2021-02-03", "one"),
        (
            2,
            f"task {ID} brief gedaan --for oost --year 99999999999999999999 --out-of-order x "
            "--on 2021-02-03",
            "A year is one from 1900 to 2199.",
        ),
        (4, f"replan {ID} brief 2022-03-15 --reason late", "“brief” comes back every year"),
        (4, f"leave {ID} oost --reason merged --on 2021-01-31", "it was there then."),
        (4, f"correct {ID} 5 --reason slip --withdraw --as anna", "anna holds no seat here"),
    ],
)
def test_a_refusal_says_why_and_writes_nothing(
    asked: Terminal, code: int, line: str, sentence: str
) -> None:
    """The sentence of the engine, the exit code of its kind."""
    source = "" if line.startswith(("replan", "leave", "correct")) else " --reference x"
    assert sentence in folded(asked.refused(code, line + source))


def test_a_party_leaves_and_is_named(asked: Terminal) -> None:
    """With the day and the reason; nothing waits for it, and the account tells it once."""
    asked.does(f"leave {ID} zuid --reason 'it merged' --on 2021-02-10")
    assert "it merged" in folded(asked.does(f"status {ID}"))
    assert ["zuid"] == [each["party"] for each in asked.data(f"status {ID}")["departures"]]
    said = asked.refused(4, f"record {ID} vraag zuid.raad reactie --on 2021-02-11 --reference x")
    assert "zuid takes part no longer since Wed 10 February 2021: it merged" in folded(said)
    assert 1 == asked.does(f"history {ID} --as feitenrelaas").count("[6]")
    withdrawn = asked.does(f"correct {ID} 6 --withdraw --reason 'it did not'")
    assert "zuid takes part again" in withdrawn


def test_who_left_sees_what_it_decided_before(asked: Terminal) -> None:
    """Marked as having left; what it only held over, and what was never answered, is not there."""
    asked.does(f"record {ID} vraag zuid.raad aangehouden --on 2021-02-02 --reference x")
    for party in ("oost", "zuid"):
        asked.does(f"leave {ID} {party} --reason 'it merged' --on 2021-02-10")
    said = asked.does(f"status {ID} --party oost")
    assert "Nothing is asked now." in said
    assert "Decided\n  vraag/raden: reactie, Mon 1 February 2021; it has left since\n" in said
    (decided,) = asked.data(f"status {ID} --party oost")["asked"]
    assert (True, False, "reactie") == (
        decided["left"],
        decided["open"],
        decided["given"]["outcome"],
    )
    assert [] == asked.data(f"status {ID} --party zuid")["asked"]


def test_a_point_is_replied_to_as_it_is_shown(asked: Terminal) -> None:
    """The command names the request, as that of a decision does."""
    said = asked.does(f"status {ID} --role secretaris")
    shown = f"mijlpaal answer {ID} vraag oost.raad 2 --request raden --on DATE"
    assert shown in said
    typed = shown.removeprefix("mijlpaal ").replace("DATE", "2021-02-08")
    asked.does(f"{typed} --reference x")
    assert shown not in asked.does(f"status {ID} --role secretaris")


def test_lapse_says_it_once(asked: Terminal) -> None:
    """Of the silent ones; who was asked by that, after it; then there is nothing to say."""
    tried = asked.does(f"lapse {ID} --dry-run")
    assert 2 == tried.count("verstreken")
    asked.does(f"lapse {ID}")
    asked.does(f"lapse {ID}")
    nothing = asked.does(f"lapse {ID}")
    assert "No term is known to have passed in silence." in folded(nothing)
    assert 10 == len(asked.data(f"history {ID}")["entries"])


def test_lapse_with_a_key_happens_once(asked: Terminal) -> None:
    """Also where it made several entries, and something more has lapsed since."""
    asked.does(f"lapse {ID} --key k")
    before = asked.data(f"history {ID}")["entries"]
    said = asked.does(f"lapse {ID} --key k")
    assert "This was recorded before; nothing changes." in folded(said)
    assert "with another content" in asked.refused(4, f"lapse {ID} --key k --reference x")
    assert "with another content" in asked.refused(4, f"note {ID} x --key k")
    assert before == asked.data(f"history {ID}")["entries"]
    asked.does(f"lapse {ID} --key other")
    assert len(before) < len(asked.data(f"history {ID}")["entries"])


def test_a_replanning_tells_what_it_does(asked: Terminal) -> None:
    """What moves along and what arises; the agenda keeps every date there was."""
    said = folded(asked.does(f"replan {ID} besluit.rond 2021-07-01 --reason late --on 2021-02-03"))
    assert "vraag.genomen moves along: was Tue 1 June 2021, is Thu 1 July 2021" in said
    assert "Arises by it: vraag/bericht of oost, west, zuid" in said
    asked.does(f"correct {ID} 6 --reason slip --date 2021-07-08")
    due = {each["id"]: each for each in asked.data(f"due {ID}")["dues"]}["besluit.rond"]
    assert [("2021-06-01", "2021-07-08")] == [
        (move["before"], move["after"]) for move in due["moves"]
    ]


def test_a_day_off_is_remarked_on_and_kept(asked: Terminal) -> None:
    """In the receipt, in the agenda, and for programs; the date stays what it is."""
    said = folded(asked.does(f"replan {ID} besluit.rond 2022-06-05 --reason late --on 2021-02-03"))
    assert "5 June 2022 is a Sunday; it stays as it is." in said
    agenda = asked.data(f"due {ID}")
    assert {"due": "besluit.rond", "says": "5 June 2022 is a Sunday"} in agenda["days_off"]
    assert ["2022-06-05"] == [
        each["date"] for each in agenda["dues"] if each["id"] == "besluit.rond"
    ]
    shown = folded(asked.does(f"due {ID}"))
    assert "Not a working day" in shown
    assert "besluit.rond: 5 June 2022 is a Sunday" in shown


def test_a_year_that_the_calendar_does_not_have_is_refused(asked: Terminal) -> None:
    """With the year, the years there are, and what to do instead."""
    said = asked.refused(2, f"replan {ID} besluit.rond 2055 --reason late")
    assert "Which days of 2055 are working days is not known" in folded(said)
    assert "write “unknown” for now" in folded(said)
    said = asked.refused(2, f"start {asked.file.parent}/antwoorden.yaml --id oud --on 1999")
    assert "Which days of 1999 are working days is not known" in folded(said)


def test_a_definition_with_a_day_off_has_no_fault_and_is_warned_about(terminal: Terminal) -> None:
    """The exit code is 0; programs find the warning too."""
    name = "zienswijze-regionale-visie"
    said = "1 February 2020 is a Saturday"
    assert f"warning: zienswijzeronde/raden: {said}" in folded(
        terminal.does(f"definitions check {name}")
    )
    [found] = terminal.data(f"definitions check {name}")["definitions"]
    assert (False, [{"due": "zienswijzeronde/raden", "says": said}]) == (
        found["fault_found"],
        found["warnings"],
    )


def test_each_year_is_reported_for_itself(asked: Terminal) -> None:
    """The world stands at June 2022: its letter is due, and of 2021 there is none."""
    asked.does(f"task {ID} brief gedaan --for oost --year 2022 --on 2022-02-01 --reference x")
    said = asked.refused(4, f"task {ID} brief gedaan --for oost --year 2021 --reference x")
    assert "brief (2021)" in folded(said)
    assert ["brief (2022)"] == [
        each["id"] for each in asked.data(f"due {ID}")["dues"] if each["id"].startswith("brief")
    ]
