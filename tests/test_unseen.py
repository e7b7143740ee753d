"""What a reader cannot see and a screen might obey: refused in a file, and never sent or shown."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.faults import DefinitionInvalid
from definitions.language.characters import INVISIBLE
from definitions.language.text import text
from definitions.yamltree import read_yaml
from scheduler.mail.phrases import plain
from screens.json_output import envelope
from screens.page import Page
from terminal.handlers.remind import stamped
from tests.support.cli import PROCESS, Terminal, folded

HIDDEN = [chr(n) for n in range(0xE0080) if INVISIBLE.fullmatch(chr(n))]
UNSEEN = st.sampled_from(HIDDEN)


@pytest.mark.parametrize(
    "character",
    [
        *("\x00", "\x1b", "\x85", "\xad", "\u061c", "\u200b", "\u200e", "\u2028", "\u202e"),
        *("\u2066", "\ufeff", "\ud800", "\U000e0041"),
    ],
)
def test_it_is_known(character: str) -> None:
    """Controls, what turns text round, what has no width, halves of characters, tags."""
    assert INVISIBLE.fullmatch(character)


def test_none_of_it_can_be_printed() -> None:
    """So that what can be printed need not be searched for it."""
    assert [] == [each for each in HIDDEN if each.isprintable()]


@pytest.mark.parametrize("character", [*"\t\n\r aé–€א中\u00a0", "\U0001f600"])
def test_what_is_seen_is_none_of_it(character: str) -> None:
    """Letters of any language, the usual white space, pictures."""
    assert not INVISIBLE.search(character)


@given(UNSEEN)
def test_it_is_not_shown(character: str) -> None:
    """A screen spells it out, in a line, in a cell and in a command."""
    page, written = Page(), f"be{character}fore"
    for shown in (
        page.wrapped(written),
        page.command(written),
        page.table([text("WHO")], [[written]]),
    ):
        assert character not in shown
        assert f"be\\x{ord(character):02x}fore" in shown


@given(UNSEEN)
def test_it_is_escaped_in_json(character: str) -> None:
    """A terminal sees none of it, and a program reads what it was; all else stays as it is."""
    said = {"é": f"be{character}fore", f"{character}key": ["中 \U0001f600"]}
    written = envelope("status", said, Page())

    assert not INVISIBLE.search(written)
    assert said == json.loads(written)["data"]
    assert "中 \U0001f600" in written


@pytest.mark.parametrize("character", ["\x9b", "\u202e", "\u2066", "\u200f", "\u2028", "\xad"])
def test_a_note_with_it_is_shown_as_what_it_is(started: Terminal, character: str) -> None:
    """In the receipt, on each screen and in JSON; a name with it is refused, with which it is."""
    written = f"be{character}fore"
    spelled = f"be\\x{ord(character):02x}fore"
    assert spelled in folded(started.does("note", PROCESS, written, "--reference", written))
    assert spelled in folded(started.does("history", PROCESS))
    for line in (["history", PROCESS, "--json"], ["history", "--as", "feitenrelaas", PROCESS]):
        assert not INVISIBLE.search(started.does(*line))

    said = folded(started.refused(2, "note", PROCESS, "x", "--as", written))
    assert f"Character 3 of the name “{spelled}” cannot stand in a name: " in said


def test_what_is_written_with_joiners_is_a_note(started: Terminal) -> None:
    """Persian and an emoji of several are no hidden characters."""
    said = "می\u200cخواهم 👩\u200d⚖"
    started.does("note", PROCESS, said)

    assert said in started.does("history", PROCESS)
    written = started.does("history", PROCESS, "--json")
    assert "می\\u200cخواهم" in written
    assert said in json.dumps(json.loads(written), ensure_ascii=False)


@given(UNSEEN)
def test_it_is_not_in_the_log(character: str) -> None:
    """Whatever a mail server says."""
    record = logging.LogRecord("a", logging.INFO, "f", 1, "be%sfore", (character,), None)
    assert not INVISIBLE.search(stamped().format(record))


@given(UNSEEN)
def test_it_is_not_sent(character: str) -> None:
    """A letter does without; what would break a line is a space."""
    assert plain(f"be{character}fore") in {"before", "be fore"}


@given(UNSEEN)
def test_it_is_refused_in_a_file(character: str) -> None:
    """Also halves of characters, which are no UTF-8."""
    with pytest.raises(DefinitionInvalid):
        read_yaml(f"title: be{character}fore".encode("utf-8", "surrogatepass"), "f")
