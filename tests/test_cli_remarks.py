"""What a definition says about itself, and about its parties, where people look."""

from pathlib import Path

import pytest

from tests.support.cli import PROCESS, Terminal, folded
from tests.support.definitions import example

HEADING = "Not known, or assumed by us"


def test_status_says_how_much_is_unknown_and_where_to_see_it(started: Terminal) -> None:
    """Where that is more than a few lines; the account has all of it."""
    out = started.does(f"status {PROCESS}")
    block = out.partition(HEADING)[2].split("\n\n")[0]
    assert [
        "6 things that no source says",
        "6 assumptions of ours",
        "They are listed at the end of the account:",
        f"mijlpaal history {PROCESS} --as feitenrelaas",
    ] == [line.strip() for line in block.strip().splitlines()]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            ("{date: goal}", "{date: goal}\n    unknown: [who signs]"),
            ["not known: slot: who signs"],
        ),
        (("tasks:\n  nieuw", "unknown: [why]\ntasks:\n  nieuw"), ["not known: why"]),
        (("{date: goal}", "{date: goal, assumed: ours}"), ["assumed: slot/besluit: ours"]),
        (
            ("{date: goal}", "{date: goal, assumed: ours}\n    unknown: [b, a]"),
            ["not known: slot: b", "not known: slot: a", "assumed: slot/besluit: ours"],
        ),
        (
            ("{date: goal}", "{date: goal, assumed: ours}\n    unknown: [b]"),
            ["not known: slot: b", "assumed: slot/besluit: ours"],
        ),
    ],
)
def test_status_says_what_is_unknown_where_that_is_little(
    terminal: Terminal, tmp_path: Path, change: tuple[str, str], lines: list[str]
) -> None:
    """What no source says first; then what is our assumption."""
    file = tmp_path / "mine.yaml"
    file.write_text(example(change), encoding="utf-8")
    terminal(f"start {file}")
    block = terminal.does("status example").partition(HEADING)[2].split("\n\n")[0]
    assert lines == [line.strip() for line in block.strip().splitlines()]


def test_status_is_silent_where_nothing_is_unknown(terminal: Terminal, tmp_path: Path) -> None:
    """No heading without anything under it; in the account neither."""
    file = tmp_path / "mine.yaml"
    file.write_text(example(), encoding="utf-8")
    terminal(f"start {file}")
    assert HEADING not in terminal.does("status example")
    assert "Assumed by us" not in terminal.does("history example --as feitenrelaas")


def test_explain_says_what_is_our_assumption_below_the_gate(started: Terminal) -> None:
    """The gate that we set ourselves, and none of the others."""
    out = folded(started.does(f"explain {PROCESS} hoofdlijnennotitie in-route"))
    said = "gate “voorganger”: it does not hold (our assumption: the letter lets both run at the"
    assert said in out
    assert 1 == out.count("our assumption")


def test_the_account_ends_with_what_is_assumed(replayed: Terminal) -> None:
    """After what is not known."""
    out = replayed.does(f"history {PROCESS} --as feitenrelaas")
    _, known, rest = out.partition("What is not known")
    unknown, assumed, ours = rest.partition("Assumed by us")
    assert known
    assert "inwerkingtreding: who signs" in unknown
    assert assumed
    assert 6 == sum(line.startswith("  ") and line[2] != " " for line in ours.splitlines())


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_slot_is_named_in_quotes(started: Terminal, language: str) -> None:
    """A slot that is called “voorwaarde” does not read “voorwaarde voorwaarde”."""
    out = started.does(f"--lang {language} explain {PROCESS} hoofdlijnennotitie in-route")
    assert " “voorganger”: " in out


def test_a_party_sees_its_route_and_its_term_for_papers(started: Terminal) -> None:
    """As the definition has them; as amended, from then on."""
    asked = f"status {PROCESS} --party sliedrecht"
    before = started.does(asked)
    assert "Route to the council: beeldvormend, oordeelsvormend, besluitvormend" in before
    assert "Term for papers before a meeting: not known" in before

    for what, value in (("papers-due", "three weeks"), ("route", "raad")):
        started.does("amend", PROCESS, f"{what}/sliedrecht", value, "--reason", "new rules")
    after = started.does(asked)
    assert "Route to the council: raad\n" in after
    assert "Term for papers before a meeting: three weeks" in after
    assert ("raad", "three weeks") == tuple(
        started.data(asked)[key] for key in ("route", "papers_due")
    )

    started.does("amend", PROCESS, "route/sliedrecht", "unknown", "--reason", "no longer so")
    assert "Route to the council: not known" in started.does(asked)


def test_who_asks_for_a_role_sees_no_route(started: Terminal) -> None:
    """Only a party has one."""
    assert "Route to" not in started.does(f"status {PROCESS} --role griffier")
    assert started.data(f"status {PROCESS} --role griffier")["route"] is None


@pytest.mark.parametrize(
    ("what", "value", "said"),
    [
        ("title", "Foo", "the title is now “Foo”: spelling"),
        ("ladder/gewoon", "0d", "the ladder gewoon is now “0d”: spelling"),
        ("route/sliedrecht", "raad", "the route of sliedrecht is now “raad”: spelling"),
        (
            "papers-due/sliedrecht",
            "a week",
            "the term for papers in sliedrecht is now “a week”: spelling",
        ),
    ],
)
def test_an_amendment_is_told_in_words(started: Terminal, what: str, value: str, said: str) -> None:
    """Not by the name it is typed with, which no language has words for."""
    started.does("amend", PROCESS, what, value, "--reason", "spelling")
    assert said in started.does(f"history {PROCESS}")


def test_a_draft_has_comments_in_the_language_of_who_asks(
    terminal: Terminal, tmp_path: Path
) -> None:
    """“definitions new” in Dutch explains itself in Dutch."""
    for language, words in (("nl", "Een procesdefinitie voor"), ("en", "A process definition for")):
        file = tmp_path / f"{language}.yaml"
        asked = "--title Plan --party oost --begins 2027-01-01"
        terminal.does(f"--lang {language} definitions new {file} {asked}")
        assert words in file.read_text(encoding="utf-8")
