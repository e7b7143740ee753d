"""The JSON of the queries: what other programs rely on, to the exact type."""

import json
from pathlib import Path

import pytest

from tests.support.cli import PROCESS, Maybe, Shape, Terminal, misfits
from tests.support.definitions import example

DUE = {
    "id": str,
    "date": Maybe(str),
    "precision": str,
    "days_left": Maybe(int),
    "overdue": bool,
}
REQUEST = {
    "id": str,
    "round": int,
    "needed": int,
    "recorded": int,
    "for": int,
    "against": int,
    "answered": int,
    "waiting_for": [str],
}
STATUS = {
    "process": str,
    "definition": {"id": str, "version": int, "sha256": str},
    "as_of": Maybe(str),
    "goal": Maybe({"date": Maybe(str), "days_left": Maybe(int)}),
    "milestones": [
        {
            "id": str,
            "title": str,
            "state": str,
            "final": bool,
            "basis": Maybe(str),
            "next_due": Maybe(DUE),
            "requests": [REQUEST],
            "decisions": Maybe(REQUEST),
        }
    ],
}
ENTRY = {
    "seq": int,
    "type": str,
    "actor": str,
    "role": str,
    "recorded_at": str,
    "effective_on": Maybe(str),
    "precision": str,
    "hash": str,
    "prev_hash": str,
    "payload": dict,
}
NODE = {"kind": str, "holds": bool, "reason": str, "waiting_for": [str], "children": list}
BASES = {"decided", "latched", "attested", "in-question", None}

QUERIES = {
    "status": "overview",
    f"status {PROCESS}": "status",
    f"explain {PROCESS} principebesluit": "explain",
    f"due {PROCESS}": "due",
    f"history {PROCESS}": "history",
    f"member list {PROCESS}": "member-list",
    "verify": "verify",
    "doctor": "doctor",
    "db check": "db-check",
    "definitions list": "definitions-list",
    f"definitions show {PROCESS}": "definitions-show",
    f"definitions check {PROCESS}": "definitions-check",
}


@pytest.mark.parametrize("line", QUERIES)
def test_every_query_answers_in_an_envelope(replayed: Terminal, line: str) -> None:
    """The envelope names its schema, holds the data, and does not depend on when it was made."""
    out = replayed.does(f"{line} --json")
    answer = json.loads(out)
    assert ["schema", "data"] == list(answer)
    assert f"mijlpaal/{QUERIES[line]}/v1" == answer["schema"]
    assert out == replayed.does(f"{line} --json")


@pytest.mark.parametrize("line", QUERIES)
def test_a_query_writes_nothing(replayed: Terminal, line: str) -> None:
    """Asking changes nothing in the database."""
    before = replayed.rows
    replayed.does(line)
    replayed.does(f"{line} --json")
    assert before == replayed.rows


@pytest.mark.parametrize(
    "as_of", ["", "--as-of 2020-11-01", "--as-of 2021-02-15", "--as-of 2021-08-31"]
)
def test_the_shape_of_status(replayed: Terminal, as_of: str) -> None:
    """Every field of status has its type, on any day."""
    data = replayed.data(f"status {PROCESS} {as_of}")
    assert [] == list(misfits(data, STATUS))
    assert set() == {each["basis"] for each in data["milestones"]} - BASES


def test_the_status_of_the_middle_of_february(replayed: Terminal) -> None:
    """What the newsletter says: two of seven decided, and which five are waited for."""
    data = replayed.data(f"status {PROCESS} --as-of 2021-02-15")
    assert ("2021-02-15", "2022-01-01", 320) == (
        data["as_of"],
        data["goal"]["date"],
        data["goal"]["days_left"],
    )
    milestone = data["milestones"][0]
    assert ("principebesluit", "Decision in principle", "in-route", False, None) == tuple(
        milestone[name] for name in ("id", "title", "state", "final", "basis")
    )
    due = milestone["next_due"]
    assert ("principebesluit/raden", "2021-02-26", "month", 11, False) == tuple(
        due[name] for name in DUE
    )
    (request,) = milestone["requests"]
    assert request == milestone["decisions"]
    assert {
        "id": "raden",
        "round": 1,
        "needed": 7,
        "recorded": 2,
        "for": 2,
        "against": 0,
        "answered": 0,
        "waiting_for": [
            "alblasserdam.raad",
            "dordrecht.raad",
            "hardinxveld-giessendam.raad",
            "hendrik-ido-ambacht.raad",
            "zwijndrecht.raad",
        ],
    } == {name: request[name] for name in REQUEST}


def test_the_status_of_today(replayed: Terminal) -> None:
    """At the end all is final, most of it attested; nothing is due any more."""
    data = replayed.data(f"status {PROCESS}")
    assert [
        ("principebesluit", "vastgesteld", True, "attested"),
        ("hoofdlijnennotitie", "vastgesteld", True, "attested"),
        ("concepttekst", "vastgesteld", True, "attested"),
        ("definitieve-tekst", "getroffen", True, "attested"),
        ("inwerkingtreding", "in-werking", True, "decided"),
    ] == [
        tuple(each[name] for name in ("id", "state", "final", "basis"))
        for each in data["milestones"]
    ]
    assert [None] * 5 == [each["next_due"] for each in data["milestones"]]
    assert data["as_of"] is None


def test_the_decisions_of_a_milestone_are_those_asked_for_now(replayed: Terminal) -> None:
    """``decisions`` is the open request, else the last one asked; null where none is."""
    found = {}
    for day in ("2021-02-15", "2022-06-01"):
        data = replayed.data(f"status {PROCESS} --as-of {day}")
        found[day] = {
            each["id"]: each["decisions"] and each["decisions"]["id"] for each in data["milestones"]
        }
    assert {"raden"} == {
        found["2021-02-15"]["principebesluit"],
        found["2022-06-01"]["concepttekst"],
    }
    assert "verordeningen" == found["2022-06-01"]["definitieve-tekst"]
    assert {None} == {each["inwerkingtreding"] for each in found.values()}


def test_a_process_without_a_goal_or_a_known_due(terminal: Terminal, tmp_path: Path) -> None:
    """What a definition does not have is null, not an invented date."""
    file = tmp_path / "unknown.yaml"
    file.write_text(
        example(
            ("goal: {date: 2022-01-01, what: in force}\n", "goal: none\n"),
            ("        due: 2021-09\n", "        due: unknown\n"),
            ("    due: {in-route: 2021-06}\n", ""),
            ("    due: {genomen: goal}\n", ""),
            ("      besluit: {date: goal}\n", "      besluit: {date: 2022-01-01}\n"),
        )
    )
    terminal.does(f"start {file}")
    data = terminal.data("status example")
    assert [] == list(misfits(data, STATUS))
    assert data["goal"] is None
    assert [None, None] == [each["next_due"] for each in data["milestones"]]


def test_the_shape_of_explain(replayed: Terminal) -> None:
    """A gate is a tree of which every node says whether it holds, why, and for whom it waits."""
    data = replayed.data(f"explain {PROCESS} principebesluit --as-of 2021-02-15")
    assert data["open"] is False
    assert [] == list(_node_misfits(data["tree"]))
    (leaf,) = data["tree"]["children"]
    assert ("slot", "decisions") == (data["tree"]["kind"], leaf["kind"])
    assert (False, "2 of 7 for; 7 needed") == (leaf["holds"], leaf["reason"])
    assert [f"{party}.raad" for party in ("alblasserdam", "dordrecht")] == leaf["waiting_for"][:2]


@pytest.mark.parametrize("milestone", ["hoofdlijnennotitie", "concepttekst", "inwerkingtreding"])
def test_every_node_of_every_tree_has_its_shape(started: Terminal, milestone: str) -> None:
    """Trees of tasks, parts, milestones, dates and no gate at all have the same nodes."""
    for trigger in ("", "in-route", "opleveren", "vaststellen", "in-werking", "ondertekenen"):
        said = started(f"explain {PROCESS} {milestone} {trigger} --json")
        if said.code == 0:
            data = json.loads(said.out)["data"]
            assert bool is type(data["open"])
            assert [] == list(_node_misfits(data["tree"]))


def test_explain_of_what_is_over_has_no_tree(replayed: Terminal) -> None:
    """Nothing leaves a final state: there is no gate to explain."""
    data = replayed.data(f"explain {PROCESS} inwerkingtreding")
    assert (False, None) == (data["open"], data["tree"])


def test_the_shape_of_history(replayed: Terminal) -> None:
    """Each entry has its number, its type, who, when it was written and when it happened."""
    data = replayed.data(f"history {PROCESS}")
    entries = data["entries"]
    assert [] == list(misfits(data, {"entries": [ENTRY]}))
    assert list(range(1, 37)) == [each["seq"] for each in entries]
    assert ["0" * 64, *(each["hash"] for each in entries[:-1])] == [
        each["prev_hash"] for each in entries
    ]
    assert {"2022-06-01T10:00:00Z"} == {each["recorded_at"] for each in entries}
    assert (None, "unknown") == next(
        (each["effective_on"], each["precision"])
        for each in entries
        if each["payload"].get("note", "").startswith("The councils confirmed")
    )


def test_history_names_nobody(started: Terminal) -> None:
    """The journal holds opaque ids; names and addresses are kept where they can be erased."""
    started.does(f"member add {PROCESS} lezer anna --address anna@example.org")
    out = started.does(f"history {PROCESS} --json")
    assert "anna" not in out


def test_the_shape_of_due(replayed: Terminal) -> None:
    """The agenda has the same dues as status, the nearest first and the unknown last."""
    dues = replayed.data(f"due {PROCESS} --as-of 2021-02-15")["dues"]
    assert [] == list(misfits(dues, [DUE]))
    dates = [each["date"] for each in dues]
    assert sorted(filter(None, dates)) == dates[: dates.index(None)]


def test_the_shape_of_members(started: Terminal) -> None:
    """Every seat is listed, with nulls where nobody holds it."""
    seats = started.data(f"member list {PROCESS}")["seats"]
    shape = {
        "seat": str,
        "name": Maybe(str),
        "address": Maybe(str),
        "since": Maybe(str),
        "until": Maybe(str),
    }
    assert [] == list(misfits(seats, [shape]))
    assert 35 == len(seats)


def test_the_shape_of_verify(replayed: Terminal) -> None:
    """A head is worth keeping elsewhere: it is verified with --head."""
    data = replayed.data("verify")
    shape = {"whole": bool, "processes": [{"process": str, "entries": int, "head": str}]}
    assert [] == list(misfits(data, shape))
    head = f"{data['processes'][0]['entries']}:{data['processes'][0]['head']}"
    assert replayed.data(f"verify {PROCESS} --head {head}")["whole"] is True
    assert 1 == replayed(f"verify {PROCESS} --head 36:{'0' * 64}").code


def test_the_faults_of_a_definition_as_json(terminal: Terminal, tmp_path: Path) -> None:
    """A program that checks definitions gets each fault with its place; exit code 3."""
    said = terminal(f"definitions check {tmp_path}/none.yaml {PROCESS} --json")
    first, second = json.loads(said.out)["data"]["definitions"]
    assert (5, "") == (said.code, said.err)
    assert (True, False) == (first["fault_found"], second["fault_found"])
    assert PROCESS == second["definition"]["id"]

    file = tmp_path / "wrong.yaml"
    file.write_text(example(("begins:", "begns:")))
    said = terminal(f"definitions check {file} --json")
    (found,) = json.loads(said.out)["data"]["definitions"]
    place = {"position": {"line": int, "column": int}, "path": list, "sentence": str}
    assert 3 == said.code
    assert [] == list(misfits(found["faults"], [place]))


def test_a_definition_as_json_is_what_its_file_says(terminal: Terminal) -> None:
    """A definition is shown in its own vocabulary, party files filled in, with its hash."""
    data = terminal.data(f"definitions show {PROCESS}")
    shape = {"id": str, "version": int, "sha256": str, "title": str, "document": dict}
    assert [] == list(misfits(data, shape))
    request = data["document"]["milestones"]["principebesluit"]["requests"]["raden"]
    assert ("each raad", "2021-02") == (request["of"], request["due"])


def test_titles_in_json_follow_the_language(replayed: Terminal) -> None:
    """Titles are for people, and come in the language asked for; ids never change."""
    dutch = replayed.data(f"status {PROCESS} --lang nl")
    assert "Principebesluit" == dutch["milestones"][0]["title"]
    assert "principebesluit" == dutch["milestones"][0]["id"]


def _node_misfits(node: object) -> list[str]:
    shape: Shape = NODE
    found = list(misfits(node, shape))
    if not found and isinstance(node, dict):
        found += [each for child in node["children"] for each in _node_misfits(child)]
    return found
