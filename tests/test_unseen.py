"""What a reader cannot see and a screen might obey: refused in a file, and never sent or shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.characters import INVISIBLE
from definitions.faults import DefinitionInvalid
from definitions.text import text
from definitions.yamltree import read_yaml
from scheduler.words import plain
from screens.page import Page

UNSEEN = st.sampled_from([chr(n) for n in range(0xE0080) if INVISIBLE.fullmatch(chr(n))])


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
def test_it_is_not_sent(character: str) -> None:
    """A letter does without; what would break a line is a space."""
    assert plain(f"be{character}fore") in {"before", "be fore"}


@given(UNSEEN)
def test_it_is_refused_in_a_file(character: str) -> None:
    """Also halves of characters, which are no UTF-8."""
    with pytest.raises(DefinitionInvalid):
        read_yaml(f"title: be{character}fore".encode("utf-8", "surrogatepass"), "f")
