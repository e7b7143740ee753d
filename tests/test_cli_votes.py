"""Votes on the command line: a hamerstuk is adopted, and is never said to be unanimous."""

from pathlib import Path

import pytest

from definitions.library import open_definition, shipped
from definitions.model import Effect
from tests.support.cli import PROCESS, Terminal, folded

DECIDED = f"record {PROCESS} principebesluit dordrecht.raad"
SOURCE = "--on 2021-02-02 --reference besluitenlijst"
POSTPONED = ["doorgeschoven", "terugverwezen", "van-de-agenda"]


@pytest.fixture
def asked(started: Terminal) -> Terminal:
    """A process in which the councils are asked."""
    started.does(f"advance {PROCESS} principebesluit --attested --on 2020-11-24 --reference x")
    return started


def test_a_hamerstuk_is_shown_as_what_it_is(asked: Terminal) -> None:
    """In the receipt, the journal, the account and JSON, in both languages; also corrected."""
    said = asked.does(f"{DECIDED} ingestemd --votes hamerstuk {SOURCE}")
    english = [said, asked.does(f"history {PROCESS}")]
    english.append(asked.does(f"history {PROCESS} --as feitenrelaas"))
    assert ["ingestemd, without a vote" in folded(each) for each in english] == [True] * 3
    for form in ("journal", "feitenrelaas"):
        dutch = folded(asked.does(f"history {PROCESS} --as {form} --lang nl"))
        assert "ingestemd, zonder stemming" in dutch
        assert "algemene stemmen" not in dutch
    assert "without-vote" == asked.data(f"history {PROCESS}")["entries"][-1]["payload"]["votes"]
    number = asked.data(f"history {PROCESS}")["entries"][-1]["seq"]
    correction = f"correct {PROCESS} {number} --reason misread --reference x --votes"
    assert "unanimous" in folded(asked.does(f"{correction} 'met algemene stemmen'"))
    assert "without a vote" in folded(asked.does(f"{correction} 'zonder hoofdelijke stemming'"))
    asked.refused(2, f"{correction} 19-4-2")


def test_a_rejection_without_a_vote_is_refused(asked: Terminal) -> None:
    """Also by correcting the outcome of what was adopted without one."""
    said = asked.refused(2, f"{DECIDED} verworpen --votes 'zonder stemming' {SOURCE}")
    assert "“verworpen” takes a vote: without one, nothing is rejected." in folded(said)
    asked.does(f"{DECIDED} ingestemd --votes 'zonder stemming' {SOURCE}")
    number = asked.data(f"history {PROCESS}")["entries"][-1]["seq"]
    asked.refused(2, f"correct {PROCESS} {number} --outcome verworpen --reason x --reference x")


def test_what_is_half_known_is_shown_as_that(asked: Terminal, tmp_path: Path) -> None:
    """Typed, corrected, or in a file of facts; in the journal, the account and JSON."""
    said = asked.does(f"{DECIDED} ingestemd --votes 19-? {SOURCE}")
    english = [said, asked.does(f"history {PROCESS}")]
    english.append(asked.does(f"history {PROCESS} --as feitenrelaas"))
    shown = "ingestemd, 19 for, how many against is not known"
    assert [shown in folded(each) for each in english] == [True] * 3
    for form in ("journal", "feitenrelaas"):
        dutch = folded(asked.does(f"history {PROCESS} --as {form} --lang nl"))
        assert "ingestemd, 19 voor, aantal tegen niet bekend" in dutch
    entry = asked.data(f"history {PROCESS}")["entries"][-1]
    assert "19-?" == entry["payload"]["votes"]
    correction = f"correct {PROCESS} {entry['seq']} --reason misread --reference x"
    assert "4 against, how many for" in folded(asked.does(f"{correction} --votes ?-4"))
    refused = asked.refused(2, f"{correction} --votes ?-?")
    assert "“?-?” says of neither side how many votes it had." in folded(refused)
    file = tmp_path / "facts.yaml"
    file.write_text(
        f"process: {PROCESS}\nfacts:\n  - {{id: a, on: 2021-02-03, record: principebesluit, "
        "body: zwijndrecht.raad, outcome: verworpen, votes: '?-12', source: notulen}\n",
        encoding="utf-8",
    )
    asked.does(f"replay {file}")
    assert "?-12" == asked.data(f"history {PROCESS}")["entries"][-1]["payload"]["votes"]
    asked.does("verify")


def test_no_unknown_number_turns_an_outcome(asked: Terminal) -> None:
    """Nobody in favour is a rejection, however many were against."""
    refused = asked.refused(2, f"{DECIDED} ingestemd --votes 0-? {SOURCE}")
    assert "“0-?” does not lead to “ingestemd”, whatever “?” is." in folded(refused)
    asked.does(f"{DECIDED} verworpen --votes 0-? {SOURCE}")


@pytest.mark.parametrize("outcome", POSTPONED)
def test_a_council_may_put_off_what_it_is_asked(asked: Terminal, outcome: str) -> None:
    """That decides nothing: the council is still to answer, and may."""
    asked.does(f"{DECIDED} {outcome} {SOURCE}")
    asked.does(f"{DECIDED} ingestemd --votes 'met algemene stemmen' --on 2021-02-16 --reference x")


def test_wherever_a_shipped_definition_asks_a_council_it_may_be_put_off() -> None:
    """In every instrument in which a raad decides or answers."""
    for name in shipped():
        definition = open_definition(name)
        for milestone in definition.milestones.values():
            for request in milestone.requests.values():
                for body, instrument in request.instruments.items():
                    outcomes = definition.instruments[instrument].outcomes
                    if body.endswith(".raad"):
                        effects = [outcomes[each].effect for each in POSTPONED]
                        assert [Effect.PENDING] * 3 == effects
