"""What a receipt remarks on: what else is true of what was recorded."""

from hashlib import sha256

import pytest

from tests.support.cli import PROCESS, Terminal, folded

DUE = "hoofdlijnennotitie.in-route"


def test_an_earlier_replanning_leaves_the_later_one_in_force(started: Terminal) -> None:
    """The receipt says which date the due has, as the agenda does."""
    started.does(f"replan {PROCESS} {DUE} 2021-05 --on 2021-03-20 --reason late")
    said = folded(started.does(f"replan {PROCESS} {DUE} 2021-04 --on 2021-02-20 --reason earlier"))
    assert f"A later replanning, of Sat 20 March 2021, stays in force: {DUE} is due May 2021." in (
        said
    )
    assert "Nothing else moves" not in said
    assert "now due April 2021" not in said
    dues = {each["id"]: each for each in started.data(f"due {PROCESS}")["dues"]}
    assert "2021-05" == dues[DUE]["written"]


# --- decisions -----------------------------------------------------------------------------------

PARTIES = (
    "alblasserdam",
    "dordrecht",
    "hardinxveld-giessendam",
    "hendrik-ido-ambacht",
    "papendrecht",
    "sliedrecht",
    "zwijndrecht",
)


@pytest.fixture
def asked(started: Terminal) -> Terminal:
    """The councils are asked, and all but two have agreed to one text."""
    for name, said in (("een.txt", "one"), ("twee.txt", "another")):
        (started.file.parent / name).write_text(said, encoding="utf-8")
    started.does(f"advance {PROCESS} principebesluit --on 2020-11-24")
    for party in PARTIES[:5]:
        started.does(*agree(started, party, "een.txt"))
    started.does(*agree(started, PARTIES[5]))
    return started


def agree(at: Terminal, party: str, file: str | None = None) -> list[str]:
    """Return the words with which a council agrees, to the text in a file where one is named."""
    words = ["record", PROCESS, "principebesluit", party, "ingestemd", "--on", "2021-01-26"]
    of = ["--text", str(at.file.parent / file)] if file else []
    return [*words, "--reference", "a source", *of]


def test_another_text_is_told_in_the_receipt_and_mended(asked: Terminal) -> None:
    """Whose text it differs from, what to type; the gate then opens on one text."""
    said = asked(*agree(asked, PARTIES[6], "twee.txt"))
    ours, theirs = (sha256(word).hexdigest()[:12] for word in (b"another", b"one"))
    assert f"ingestemd, text {ours}" in folded(said.out)
    assert f"Not the same text as {theirs}, of raad of {', '.join(PARTIES[:5])}." in folded(
        said.out
    )
    mending = f"correct {PROCESS} 11 --text FILE --reason WHY"
    assert [mending] == said.to_fill_in

    refused = asked(f"advance {PROCESS} principebesluit --on 2021-02-01")
    assert 4 == refused.code
    assert f"{ours} ({PARTIES[6]}.raad)" in folded(refused.err)
    assert f"{PARTIES[5]}.raad" not in refused.err
    assert mending in refused.to_fill_in
    assert mending in asked(f"explain {PROCESS} principebesluit").to_fill_in

    file = str(asked.file.parent / "een.txt")
    asked.does("correct", PROCESS, "11", "--text", file, "--reason", "a slip")
    asked.does(f"advance {PROCESS} principebesluit --on 2021-02-01")
    assert "decided" == asked.data(f"status {PROCESS}")["milestones"][0]["basis"]


def test_a_text_of_ones_own_is_no_difference(asked: Terminal) -> None:
    """Without a text, or on the same one, there is nothing to remark on."""
    assert "same text" not in folded(asked.does(*agree(asked, PARTIES[6], "een.txt")))


def test_a_decision_against_a_source_is_told(replayed: Terminal) -> None:
    """In the receipt, and under the move: decisions can no longer prove it."""
    record = f"record {PROCESS} definitieve-tekst dordrecht.raad onthouden --request raden"
    said = replayed.does(f"{record} --ground law --on 2021-12-02 --reference x")
    assert (
        "It contradicts CVDR668607/1 (GR Sociaal), on the word of which definitieve-tekst went "
        "from “in-route” to “toestemming-compleet”: decisions can no longer prove that."
    ) in folded(said)
    under = (
        "decided otherwise on definitieve-tekst/raden, which contradicts the source: "
        "dordrecht.raad (onthouden, entry 37); decisions can no longer prove it"
    )
    for line in (f"status {PROCESS}", f"explain {PROCESS} definitieve-tekst"):
        assert under in folded(replayed.does(line))


def test_a_decision_for_an_attested_move_contradicts_nothing(replayed: Terminal) -> None:
    """One of the missing ones, as it was expected."""
    record = f"record {PROCESS} definitieve-tekst dordrecht.raad verleend --request raden"
    said = folded(replayed.does(f"{record} --on 2021-12-02 --reference x"))
    assert "contradicts" not in said
    assert "decided otherwise" not in folded(replayed.does(f"status {PROCESS}"))
