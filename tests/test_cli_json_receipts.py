"""The JSON of commands that write: a receipt, the same whichever command it is of."""

import json
from collections.abc import Iterator

import click
import pytest

from cli import cli
from tests.support.cli import PROCESS, Maybe, Terminal, misfits

ACTION = {"command": str, "fields": dict}
RECEIPT = {
    "process": str,
    "definition": {"id": str, "version": int, "sha256": str},
    "dry_run": bool,
    "recorded": int,
    "repeated": int,
    "seq": int,
    "hash": str,
    "entries": [
        {
            "entry": {"seq": int, "type": str, "actor": str, "hash": str, "payload": dict},
            "progress": Maybe({"recorded": int, "asked": int, "waiting_for": [str]}),
            "mending": Maybe(ACTION),
        }
    ],
    "closed": [{"milestone": str, "in_another_round": bool, "why": [str]}],
    "opened": [{"milestone": str, "trigger": str, "target": str}],
    "in_question": list,
    "different": Maybe(dict),
    "turns": [{"doing": str, "roles": [str], "milestone": str, "what": str, "subjects": [str]}],
    "next": Maybe({"follows": str, "milestone": Maybe(str), "actions": [ACTION]}),
}
BEFORE = (
    f"advance {PROCESS} principebesluit --on 2020-11-24",
    f"record {PROCESS} principebesluit sliedrecht ingestemd --on 2021-01-26 --reference x",
)
LINES = {
    "start": f"start {PROCESS} --id other",
    "advance": f"advance {PROCESS} hoofdlijnennotitie --on 2021-01-01",
    "record": f"record {PROCESS} principebesluit dordrecht ingestemd --on 2021-01-26 --reference x",
    "lapse": f"lapse {PROCESS}",
    "leave": f"leave {PROCESS} dordrecht --reason x --on 2021-02-01",
    "task": f"task {PROCESS} nieuwsbrief verzonden --on 2021-02-01 --reference x",
    "deliverable": f"deliverable {PROCESS} hoofdlijnennotitie/waarom leidend --on 2021-02-01"
    " --reference x",
    "note": f"note {PROCESS} hello",
    "correct": f"correct {PROCESS} 5 --outcome verworpen --reason slip",
    "amend": f"amend {PROCESS} title Another --reason spelling",
    "replan": f"replan {PROCESS} concepttekst.in-route 2021-06 --reason late",
    "member add": f"member add {PROCESS} griffier@sliedrecht anna",
    "replay": f"replay {PROCESS} --process fresh",
}


@pytest.fixture
def asked(started: Terminal) -> Terminal:
    """The councils are asked, and one has decided."""
    for line in BEFORE:
        started.does(line)
    started.does(f"start {PROCESS} --id fresh")
    return started


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_every_command_answers_with_a_receipt(asked: Terminal, line: str) -> None:
    """Tried, it says so and nothing is written; done, it is what it would be."""
    rows = asked.rows
    tried = asked.data(f"{line} --dry-run")
    assert rows == asked.rows
    answer = json.loads(asked.does(f"{line} --json"))
    assert ("mijlpaal/receipt/v1", ["schema", "data"]) == (answer["schema"], list(answer))
    done = answer["data"]
    assert [] == [*misfits(tried, RECEIPT), *misfits(done, RECEIPT)]
    assert (True, False) == (tried["dry_run"], done["dry_run"])
    same = ("recorded", "repeated", "seq", "opened", "closed", "turns")
    assert [tried[name] for name in same] == [done[name] for name in same]


@pytest.mark.parametrize("line", [LINES["record"], LINES["note"]])
def test_what_it_says_is_what_the_journal_has(asked: Terminal, line: str) -> None:
    """The number and the hash are those of the last entry, which is there as in ``history``."""
    data = asked.data(line)
    last = asked.data(f"history {PROCESS}")["entries"][-1]
    assert (data["seq"], data["hash"]) == (last["seq"], last["hash"])
    (told,) = data["entries"]
    assert told["entry"].items() <= last.items()


def test_a_repeated_command_says_that_it_was_recorded_before(asked: Terminal) -> None:
    """By its key, it makes one entry, and answers with what stands."""
    first, again = (asked.data(f"{LINES['record']} --key k") for _ in range(2))
    assert [(1, 0), (0, 1)] == [(each["recorded"], each["repeated"]) for each in (first, again)]
    assert ([], first["seq"]) == (again["entries"], again["seq"])
    tried = asked.data(f"{LINES['record']} --key k --dry-run")
    assert (0, 1, None) == (tried["recorded"], tried["repeated"], tried["next"])


def test_what_comes_next_is_a_command_with_its_fields(asked: Terminal) -> None:
    """A field that only the reader knows is null."""
    for name in ("een", "twee"):
        asked.file.with_name(f"{name}.txt").write_text(name, encoding="utf-8")
    record = f"record {PROCESS} principebesluit {{}} ingestemd --on 2021-01-26 --reference x --text"
    asked.does(f"{record.format('dordrecht')} {asked.file.with_name('een.txt')}")
    data = asked.data(f"{record.format('zwijndrecht')} {asked.file.with_name('twee.txt')}")
    assert {
        "command": "correct",
        "fields": {"process": PROCESS, "seq": str(data["seq"]), "text": None, "reason": None},
    } == data["entries"][0]["mending"]
    assert {
        "follows": "waits",
        "milestone": "principebesluit",
        "actions": [
            {
                "command": "explain",
                "fields": {"process": PROCESS, "milestone": "principebesluit"},
            }
        ],
    } == data["next"]


def test_the_sentences_are_in_the_language_of_the_reader(asked: Terminal) -> None:
    """Ids and states never are."""
    line = f"record {PROCESS} principebesluit dordrecht verworpen --on 2021-01-26 --reference x"
    english, dutch = (asked.data(f"{line} --dry-run --lang {each}") for each in ("en", "nl"))
    closed = [
        (each["closed"][0]["milestone"], each["closed"][0]["why"]) for each in (english, dutch)
    ]
    assert closed[0][0] == closed[1][0] == "principebesluit"
    assert closed[0][1] != closed[1][1]


def test_a_refusal_stays_on_standard_error(asked: Terminal) -> None:
    """With its exit code, and nothing on standard output."""
    assert "nope" in asked.refused(5, f"advance {PROCESS} nope --json")
    assert asked.refused(4, f"advance {PROCESS} principebesluit --on 2021-02-01 --json")


def test_a_term_that_nobody_let_pass(asked: Terminal) -> None:
    """Nothing was recorded, and the dates come next."""
    data = asked.data(f"lapse {PROCESS}")
    assert ([], 0, 0) == (data["entries"], data["recorded"], data["repeated"])
    due = {"command": "due", "fields": {"process": PROCESS}}
    assert ("dates", [due]) == (data["next"]["follows"], data["next"]["actions"])


def commands(of: click.Command, words: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command that can be typed, with its words."""
    if isinstance(of, click.Group):
        context = click.Context(of)
        for name in of.list_commands(context):
            inner = of.get_command(context, name)
            assert inner is not None
            yield from commands(inner, f"{words} {name}".strip())
    else:
        yield words, of


def test_every_command_that_writes_answers_in_json() -> None:
    """What can be tried with --dry-run has --json.

    ``remind run`` goes on, and keeps a log; ``publish`` writes pages and no entry, so that it has
    no receipt.
    """
    found = {words: {o for p in each.params for o in p.opts} for words, each in commands(cli)}
    writing = {words for words, options in found.items() if "--dry-run" in options}
    assert {*LINES, "sent", "received", "answer", "member end"} <= writing
    assert {"publish"} == {words for words in writing if "--json" not in found[words]}
