"""Votes on the command line: a hamerstuk is adopted, and is never said to be unanimous."""

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
