"""What a receipt remarks on: what else is true of what was recorded."""

from hashlib import sha256

import pytest

from tests.support.cli import PROCESS, Terminal, folded
from tests.support.engine import ANSWERS

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


QUESTIONS = (
    f"task {PROCESS} definitieve-tekst/technische-vragen gesloten --for dordrecht"
    " --on 2021-12-02 --reference x"
)
"""What has to come before a council decides on the final text."""


def test_a_decision_against_a_source_is_told(replayed: Terminal) -> None:
    """In the receipt, and under the move: decisions can no longer prove it."""
    record = f"record {PROCESS} definitieve-tekst dordrecht.raad onthouden --request raden"
    replayed.does(QUESTIONS)
    said = replayed.does(f"{record} --ground law --on 2021-12-02 --reference x")
    assert (
        "It contradicts CVDR668607/1 (GR Sociaal), on the word of which definitieve-tekst went "
        "from “in-route” to “toestemming-compleet”: decisions can no longer prove that."
    ) in folded(said)
    under = (
        "decided otherwise on definitieve-tekst/raden, which contradicts the source: "
        "dordrecht.raad (onthouden, entry 38); decisions can no longer prove it"
    )
    for line in (f"status {PROCESS}", f"explain {PROCESS} definitieve-tekst"):
        assert under in folded(replayed.does(line))


def test_a_decision_for_an_attested_move_contradicts_nothing(replayed: Terminal) -> None:
    """One of the missing ones, as it was expected."""
    record = f"record {PROCESS} definitieve-tekst dordrecht.raad verleend --request raden"
    replayed.does(QUESTIONS)
    said = folded(replayed.does(f"{record} --on 2021-12-02 --reference x"))
    assert "contradicts" not in said
    assert "decided otherwise" not in folded(replayed.does(f"status {PROCESS}"))


# --- what comes next -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "next_"),
    [
        ("advance {id} principebesluit --on 2020-11-24", "explain {id} principebesluit"),
        (
            "advance {id} concepttekst --on 2021-02-01 --attested --reference x",
            "advance {id} concepttekst dialoog",
        ),
        ("replan {id} concepttekst.in-route 2021-06 --reason late", "due {id}"),
        (
            "deliverable {id} hoofdlijnennotitie/waarom leidend --on 2021-02-01 --reference x",
            "status {id}",
        ),
        ("note {id} hello", "status {id}"),
        ("correct {id} 4 --reason slip --date 2021-07", "status {id}"),
    ],
)
def test_a_receipt_says_what_comes_next(started: Terminal, line: str, next_: str) -> None:
    """One command, which works as it stands there: on from here, or what keeps it."""
    started.does(f"replan {PROCESS} definitieve-tekst.in-route 2021-10 --reason late")
    said = started(line.format(id=PROCESS))
    assert 0 == said.code
    assert [next_.format(id=PROCESS)] == said.suggestions
    assert 1 == started.follow(said)


def test_nobody_is_told_to_move_on_before_who_is_asked_has_answered(terminal: Terminal) -> None:
    """Where nothing keeps a milestone from moving: only after the last answer."""
    written = ANSWERS
    for ours, theirs in (
        ("[rijp, besluit]", "[rijp]"),
        ("to: genomen, gate: {slot: besluit}}", "to: genomen}"),
        ("      besluit: {any: [{request: raden, rule: all, counts: answered}, ", ""),
        ("{past: vraag/raden}]}\n", ""),
        ("      besluit: {request: raden, rule: {weighted_share: 2/3}, counts: for}\n", ""),
    ):
        written = written.replace(ours, theirs)
    file = terminal.file.with_name("open.yaml")
    file.write_text(written, encoding="utf-8")
    terminal.does(f"start {file} --id a")
    terminal.does("deliverable a stuk/kern volledig --on 2021-01-05 --reference x")
    answers = [
        f"record a vraag {party}.raad reactie --on 2021-02-01" for party in ("oost", "west", "zuid")
    ]
    decisions = [
        f"record a vraag {party}.college voor --on 2021-02-02" for party in ("oost", "west", "zuid")
    ]
    lines = ["advance a vraag --on 2021-01-10", *answers, *decisions]
    for line in lines[:-1]:
        assert ["status a"] == terminal(f"{line} --reference x").suggestions
    assert ["advance a vraag nemen"] == terminal(f"{lines[-1]} --reference x").suggestions


def test_a_part_that_a_milestone_waits_for_leads_to_it(started: Terminal) -> None:
    """What is still missing there is the next thing to look at."""
    for _ in range(3):
        moved = f"advance {PROCESS} hoofdlijnennotitie --attested --reference x --on 2021-03-01"
        started.does(moved)
    part = f"deliverable {PROCESS} hoofdlijnennotitie/waarom leidend --on 2021-03-01 --reference x"
    assert [f"explain {PROCESS} hoofdlijnennotitie"] == started(part).suggestions


def test_a_correction_leads_to_what_settles_it(terminal: Terminal) -> None:
    """Where a milestone is in question by it."""
    terminal.world.it_is("2026-04-21")
    terminal.does("start docs/examples/zwembad.yaml")
    terminal.does("advance zwembad overeenkomst --on 2026-02-02")
    for party in ("oost", "west"):
        record = f"record zwembad overeenkomst {party} vastgesteld --on 2026-03-10"
        terminal.does(f"{record} --reference x")
    terminal.does("advance zwembad overeenkomst --on 2026-03-31")
    said = terminal("correct zwembad 5 --outcome aangehouden --reason x")
    assert ["explain zwembad overeenkomst"] == said.suggestions


@pytest.mark.parametrize(
    ("line", "next_"),
    [
        ("advance {id} principebesluit --on 2030-01-01", "history {id}"),
        ("advance {id} principebesluit --on 2019-01-01", "history {id}"),
        ("advance {id} principebesluit foo", "explain {id} principebesluit"),
        ("advance {id} principebesluit --to foo", "explain {id} principebesluit"),
        ("explain {id} principebesluit foo", "explain {id} principebesluit"),
        ("correct {id} 1 --withdraw --reason x", "history {id}"),
        (
            "record {id} principebesluit dordrecht ingestemd --option x --on 2021-02-01 "
            "--reference x --out-of-order x",
            "status {id}",
        ),
    ],
)
def test_a_refusal_says_where_to_look(started: Terminal, line: str, next_: str) -> None:
    """One command, which works as it stands there."""
    said = started(line.format(id=PROCESS))
    assert said.code
    assert [next_.format(id=PROCESS)] == said.suggestions
    assert 1 == started.follow(said)


def test_a_term_that_has_not_passed_leads_to_the_dates(terminal: Terminal) -> None:
    """Neither what it is said to be, nor a shorter one: the agenda tells which it is."""
    terminal.world.it_is("2026-03-01")
    terminal.does("start wijziging-gr --id w")
    terminal.does("advance w ontwerp --on 2026-02-02")
    received = "task w ontwerp/ontvangst ontvangen --for voorbeelddam --on 2026-02-02"
    terminal.does(f"{received} --reference x")
    passed = "record w ontwerp voorbeelddam termijn-verstreken --on 2026-02-20 --reference x"
    for line in (passed, "replan w ontwerp/zienswijzen 2026-02-20 --reason x"):
        assert ["due w"] == terminal(line).suggestions


def test_a_process_that_is_not_there_has_nothing_to_look_at(terminal: Terminal) -> None:
    """A start in the future names the process, which there is not."""
    said = terminal(f"start {PROCESS} --id nieuw --on 2030-01-01")
    assert (4, []) == (said.code, said.suggestions)
