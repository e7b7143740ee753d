"""What is proved of a definition: how a check shows it, and what a start asks of it."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from definitions.model import Definition
from definitions.proving.kept_verdicts import Prove
from definitions.proving.verdict import Verdict
from tests.support.cli import PROCESS, Terminal, folded
from tests.support.proofs import STUCK, found_too_large, found_unsound, taken_as_sound
from workflow.model.events import ProcessStarted, payload_of

JOINED = Path(__file__).parents[1] / "docs/examples/toetreding.yaml"
WHY = "de raden weten ervan"


def not_asked(definition: Definition) -> Verdict:
    """Fail: no proof is to be asked for."""
    raise AssertionError(definition.id)


@pytest.fixture
def unsound(terminal: Terminal) -> Terminal:
    """Return a terminal where every definition is found unsound."""
    return replace(terminal, proves=found_unsound)


@pytest.fixture
def proving(terminal: Terminal) -> Terminal:
    """Return a terminal with the proof of the program."""
    return replace(terminal, proves=None)


@pytest.fixture
def stuck(tmp_path: Path) -> str:
    """Return the file of a definition that one refusal ends for good."""
    file = tmp_path / "vast.yaml"
    file.write_text(STUCK)
    return str(file)


# --- checking ------------------------------------------------------------------------------------


def test_what_is_wrong_is_told_with_the_shortest_way_there(proving: Terminal, stuck: str) -> None:
    """By the proof itself: where it stands, how it came there, and what would mend it."""
    said = proving(f"definitions check {stuck}")
    out = folded(said.out)
    assert (3, "") == (said.code, said.err)
    assert "vast.yaml: unsound." in out
    assert "error: plan: No way on in “open”: no move is open, and none can open any more." in out
    assert "A short way there, in 1 act: plan/raden: west.raad “nee”" in out
    assert "Add a way on (reworking, a new round), or a way to stop." in out


def test_what_is_proved_says_what_a_proof_does_not_cover(proving: Terminal) -> None:
    """How much was looked at, what is sure, and the two ways round it."""
    out = folded(proving.does("definitions check verkenning-samenwerking"))
    assert "verkenning-samenwerking: sound" in out
    assert "unless something is attested or recorded out of order:" in out
    assert "every state can be reached, every move can open, and every situation can end" in out
    assert "motie in “genomen”: the only one asked agreed on “raad”" in out


@pytest.mark.parametrize("prove", [found_unsound, found_too_large])
def test_only_what_is_proved_is_called_sound(terminal: Terminal, prove: Prove) -> None:
    """In both languages; and a script sees it by the exit code."""
    proving = replace(terminal, proves=prove)
    for language, word in (("en", r"\bsound\b"), ("nl", r"(?<!niet )\bsluitend\b")):
        said = proving(f"definitions check {PROCESS} --lang {language}")
        assert 3 == said.code
        assert not re.search(word, folded(said.out))


def test_what_cannot_be_proved_says_why(terminal: Terminal) -> None:
    """And that nothing was found until then."""
    out = folded(replace(terminal, proves=found_too_large)(f"definitions check {PROCESS}").out)
    assert f"{PROCESS}: not verified." in out
    assert "there are too many situations to look at; it was stopped at 2000 nodes." in out
    assert "What was found until then: nothing." in out


def test_a_definition_is_proved_once_unless_it_is_asked_again(terminal: Terminal) -> None:
    """The verdict is kept for every command, and “--again” takes its place."""
    terminal.does(f"definitions check {PROCESS}")
    replace(terminal, proves=not_asked).does(f"definitions check {PROCESS}")
    assert 3 == replace(terminal, proves=found_unsound)(f"definitions check {PROCESS} --again").code
    assert 3 == replace(terminal, proves=not_asked)(f"definitions check {PROCESS}").code


def test_a_program_gets_the_verdict_with_its_findings(unsound: Terminal) -> None:
    """Each with its property, its milestone, its story and its advice; exit code 3 all the same."""
    said = unsound(f"definitions check {PROCESS} --json")
    assert 3 == said.code
    (checked,) = json.loads(said.out)["data"]["definitions"]
    assert ("unsound", 12, False) == tuple(
        checked[each] for each in ("verdict", "situations", "fault_found")
    )
    assert [{"milestones": ["principebesluit"], "situations": 12}] == checked["parts"]
    (finding,) = checked["findings"]
    assert ("2", "no-way-on", "error", "principebesluit") == tuple(
        finding[each] for each in ("property", "kind", "severity", "milestone")
    )
    assert 3 == len(finding["acts"])
    assert 1 == len(finding["story"])
    assert finding["says"].startswith("No way on")
    assert finding["advice"].startswith("Add a way on")


def test_a_faulty_file_has_no_verdict(terminal: Terminal, tmp_path: Path) -> None:
    """It cannot be read, so that nothing is proved of it."""
    (tmp_path / "x.yaml").write_text("id: x")
    said = replace(terminal, proves=not_asked)(f"definitions check {tmp_path}/x.yaml --json")
    (checked,) = json.loads(said.out)["data"]["definitions"]
    assert (None, [], True) == tuple(
        checked[each] for each in ("verdict", "findings", "fault_found")
    )


# --- starting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["", "--dry-run"])
def test_what_is_unsound_is_not_started(unsound: Terminal, how: str) -> None:
    """The first finding is told, and what to do: mend it, or say why it starts all the same."""
    said = folded(unsound.refused(3, f"start {PROCESS} {how}"))
    assert f"“{PROCESS}” is unsound, so nothing was started." in said
    assert "No way on in “in-voorbereiding”" in said
    assert "A short way there, in 3 acts:" in said
    assert "--allow-unsound REASON" in said


def test_what_cannot_be_proved_is_not_started(terminal: Terminal) -> None:
    """What was not proved is not taken to be sound."""
    said = folded(replace(terminal, proves=found_too_large).refused(3, f"start {PROCESS}"))
    assert f"It could not be proved that “{PROCESS}” is sound" in said
    assert "there are too many situations" in said


def test_it_starts_with_a_reason_that_is_kept(unsound: Terminal) -> None:
    """In the journal, and told by the status, its JSON and the history."""
    unsound.does("start", PROCESS, "--allow-unsound", WHY)
    assert f"Its definition is unsound; it was started all the same: {WHY}" in folded(
        unsound.does(f"status {PROCESS}")
    )
    assert {"verdict": "unsound", "reason": WHY} == unsound.data(f"status {PROCESS}")["allowed"]
    assert f"unsound: {WHY}" in folded(unsound.does(f"history {PROCESS}"))
    (entry, *_) = unsound.data(f"history {PROCESS}")["entries"]
    assert ("unsound", WHY) == (entry["payload"]["verdict"], entry["payload"]["allowed"])
    assert "verify" not in unsound.does("verify")


def test_a_dry_run_with_a_reason_writes_nothing(unsound: Terminal) -> None:
    """And shows what would be in the journal."""
    out = folded(unsound.does("start", PROCESS, "--allow-unsound", WHY, "--dry-run"))
    assert f"unsound: {WHY}" in out
    assert 5 == unsound(f"status {PROCESS}").code


def test_a_reason_has_words(unsound: Terminal) -> None:
    """An empty one is none."""
    assert "--allow-unsound" in unsound.refused(2, "start", PROCESS, "--allow-unsound", " ")


def test_a_sound_definition_needs_no_reason(terminal: Terminal) -> None:
    """One that is given all the same says nothing of it, and is not kept."""
    terminal.does("start", PROCESS, "--allow-unsound", WHY)
    assert terminal.data(f"status {PROCESS}")["allowed"] is None
    assert WHY not in terminal.does(f"history {PROCESS}")


def test_a_repeated_start_is_recognised(unsound: Terminal) -> None:
    """With the same reason it is the same start, and with another one another."""
    line = ["start", PROCESS, "--key", "k", "--allow-unsound"]
    unsound.does(*line, WHY)
    assert "This was recorded before" in unsound.does(*line, WHY)
    unsound.refused(4, *line, "a different one")


def test_a_start_that_needs_no_reason_has_the_hash_it_always_had() -> None:
    """The entry of a start by a sound definition has the bytes of earlier releases."""
    event = ProcessStarted("x", 1, "a" * 64)
    assert {"definition": "x", "version": 1, "sha256": "a" * 64} == payload_of(event)


def test_a_start_asks_for_no_proof_where_a_verdict_is_kept(terminal: Terminal) -> None:
    """So that it is as fast as it was."""
    terminal.does(f"definitions check {PROCESS}")
    replace(terminal, proves=not_asked).does(f"start {PROCESS}")


def test_a_process_that_runs_is_stopped_by_no_verdict(started: Terminal) -> None:
    """Whatever is found of its definition later."""
    running = replace(started, proves=not_asked)
    running.does(f"advance {PROCESS} principebesluit --on 2020-12-01")
    assert running.data(f"status {PROCESS}")["allowed"] is None


def test_the_proof_itself_refuses_a_start(proving: Terminal, stuck: str) -> None:
    """Nothing stands between the command and the proof."""
    assert "plan/raden: west.raad “nee”" in folded(proving.refused(3, f"start {stuck}"))
    proving.does("start", stuck, "--allow-unsound", WHY)


# --- joining and leaving -------------------------------------------------------------------------


def sound_with_all(definition: Definition) -> Verdict:
    """Return that it is sound as long as nobody has left."""
    return taken_as_sound(definition) if len(definition.parties) > 6 else found_unsound(definition)


@pytest.mark.parametrize("how", ["", "--dry-run"])
def test_a_departure_that_ends_what_was_proved_says_so(started: Terminal, how: str) -> None:
    """It is a fact, and is not refused; what is found then is told."""
    watching = replace(started, proves=sound_with_all)
    out = folded(watching.does(f"leave {PROCESS} dordrecht --reason besluit {how}"))
    assert (
        "By this the definition is not sound any more. principebesluit: No way on in "
        "“in-voorbereiding”" in out
    )


def test_a_program_reads_it_in_the_receipt(started: Terminal) -> None:
    """The verdict, and each fault with its milestone."""
    watching = replace(started, proves=sound_with_all)
    said = watching.does(f"leave {PROCESS} dordrecht --reason besluit --json --lang nl")
    spoiled = json.loads(said)["data"]["spoiled"]
    (fault,) = spoiled["faults"]
    assert ("unsound", "principebesluit") == (spoiled["verdict"], fault["milestone"])
    assert fault["says"].startswith("Geen weg verder")


def sound_until_somebody_joins(definition: Definition) -> Verdict:
    """Return that it is sound as long as nobody has joined."""
    return found_unsound(definition) if definition.joined else taken_as_sound(definition)


@pytest.mark.parametrize("how", ["", "--dry-run"])
def test_who_joins_and_ends_what_was_proved_is_recorded(terminal: Terminal, how: str) -> None:
    """And the receipt tells what is found with it among the parties."""
    terminal.world.it_is("2026-12-01")
    joining = replace(terminal, proves=sound_until_somebody_joins)
    joining.does(f"start {JOINED}")
    out = folded(joining.does(f"join toetreding noord --reason besluit --on 2026-11-01 {how}"))
    assert "By this the definition is not sound any more. startnotitie: No way on" in out


def test_a_departure_that_changes_nothing_is_silent(started: Terminal) -> None:
    """What was not sound before is not worse by it, as far as is known."""
    for prove in (taken_as_sound, found_unsound):
        out = replace(started, proves=prove).does(
            f"leave {PROCESS} dordrecht --reason besluit --dry-run"
        )
        assert "By this the definition" not in out
