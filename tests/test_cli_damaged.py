"""Damage, by whatever cause: each command says that it is damage, and what shows the rest."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.cli import PROCESS, Said, Terminal, folded
from tests.support.databases import tamper

READING = [
    f"history {PROCESS}",
    f"history {PROCESS} --json",
    f"history --as feitenrelaas {PROCESS}",
    f"status {PROCESS} --as-of 2021-03-01",
    f"remind list {PROCESS}",
    f"remind preview {PROCESS}",
    f"correct {PROCESS} 12 --withdraw --reason x",
    "member export secretaris",
]
"""What reads entries of the journal."""
STANDING = [
    "status",
    f"status {PROCESS}",
    f"status {PROCESS} --party dordrecht",
    f"due {PROCESS}",
    f"explain {PROCESS} hoofdlijnennotitie",
    f"note {PROCESS} 'a note'",
    f"definitions graph --process {PROCESS}",
    f"replan {PROCESS} concepttekst.in-route 2026-01-01 --reason x",
    f"member list {PROCESS}",
]
"""What reads where a process stands."""
CHECKING = ["verify", "doctor", "db check"]


def is_said(said: Said) -> bool:
    """Say whether a command refused with what is damaged, and named what shows the rest."""
    whole = folded(said.err)
    return (said.code, said.out) == (1, "") and "damaged" in whole and "mijlpaal verify" in whole


def is_foreseen(said: Said) -> bool:
    """Say whether all that was said are sentences of ours."""
    whole = folded(f"{said.out} {said.err}")
    return "did not foresee" not in whole and "Traceback" not in whole


def changed(terminal: Terminal, *statements: str) -> None:
    """Change the database past its guards."""
    tamper(terminal.file, *statements)


@pytest.mark.parametrize("line", READING)
@pytest.mark.parametrize(
    "change",
    [
        "payload = replace(payload, ':', ';')",
        "payload = replace(payload, 'milestone', 'milestune')",
        "payload = '[1]'",
        "payload = x'00ff'",
        "payload = '{}'",
        "type = 'note-removed'",
        "effective = 'soon'",
        "recorded_at = 'yesterday'",
        "precision = 'by'",
    ],
)
def test_a_damaged_entry_is_said_to_be_one(replayed: Terminal, line: str, change: str) -> None:
    """By all that reads it: a day that is none there is nothing that somebody typed wrong."""
    changed(replayed, f"UPDATE journal SET {change} WHERE seq = 9")
    said = replayed(line)

    assert is_foreseen(said)
    if line != "member export secretaris":  # which reads the entries of one person only
        assert is_said(said), said


@pytest.mark.parametrize("line", STANDING)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moves SET basis = 'hearsay'",
        "UPDATE milestones SET state = 'nowhere'",
        "UPDATE milestones SET milestone = 'nothing' WHERE milestone = 'concepttekst'",
        "UPDATE milestones SET since = 'soon'",
        "UPDATE decisions SET effect = 'junk'",
        "UPDATE processes SET begins = '2021-13-45'",
        "UPDATE seats SET since = x'00'",
    ],
)
def test_a_damaged_row_is_said_to_be_one(replayed: Terminal, line: str, statement: str) -> None:
    """Or it does not matter to what was asked; it never ends in something unforeseen."""
    try:
        changed(replayed, statement)
    except sqlite3.OperationalError:
        pytest.skip("no such column")
    said = replayed(line)

    assert is_foreseen(said)
    assert said.code == 0 or is_said(said), said
    assert 1 == replayed("verify").code


@pytest.mark.parametrize("document", ["document || ' '", "x'ff'", "''"])
def test_a_damaged_definition_is_said_to_be_changed(replayed: Terminal, document: str) -> None:
    """It no longer has its hash: that is a fault of the definition."""
    changed(replayed, f"UPDATE definitions SET document = {document}")
    for line in STANDING:
        said = replayed(line)
        assert (3, "") == (said.code, said.out) or is_said(said)
        assert "mijlpaal verify" in folded(said.err)


def test_damage_is_said_in_dutch(replayed: Terminal) -> None:
    """With the same command."""
    changed(replayed, "UPDATE journal SET payload = '[1]' WHERE seq = 9")
    said = folded(replayed(f"history {PROCESS} --lang nl").err)
    assert "Een rij van de database is beschadigd en niet te lezen: journal." in said
    assert "mijlpaal verify" in said


def test_doctor_shows_the_rest(replayed: Terminal) -> None:
    """Whatever the reminders rest on is damaged; the way of letters is still looked at."""
    changed(replayed, "UPDATE processes SET begins = '2021-13-45'")
    said = replayed("doctor")
    assert 1 == said.code
    assert "the way letters go" in said.out
    assert f"[WRONG] journal {PROCESS}" in said.out
    assert is_foreseen(said)


def damages(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file with two of its pages swapped, and with a bit of it flipped, many times."""
    chance = random.Random(9)
    size = int.from_bytes(raw[16:18], "big")
    for _ in range(12):
        one, other = sorted(chance.sample(range(1, len(raw) // size), 2))
        pages = [raw[at : at + size] for at in range(0, len(raw), size)]
        pages[one], pages[other] = pages[other], pages[one]
        yield f"pages {one} and {other}", b"".join(pages)
        at, bit = chance.randrange(100, len(raw)), chance.randrange(8)
        yield f"bit {bit} of {at}", raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :]


def test_a_damaged_file_never_ends_in_something_unforeseen(replayed: Terminal) -> None:
    """Pages that changed places, and bits that fell over: of a file of many pages."""
    with closing(sqlite3.connect(replayed.file)) as connection:
        connection.execute("PRAGMA page_size = 1024")
        connection.execute("VACUUM")
    lines = [*READING, *STANDING, *CHECKING]
    for number, (what, content) in enumerate(damages(replayed.file.read_bytes())):
        Path(replayed.file).write_bytes(content)
        for line in lines[number % 4 :: 4]:
            said = replayed(line)
            assert is_foreseen(said), (what, line, said)
            assert said.code in (0, 1), (what, line, said)
