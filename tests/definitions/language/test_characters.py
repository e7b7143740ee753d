"""Names: one normal form for what looks the same, and no character in it that nobody sees."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from definitions.language.characters import (
    INVISIBLE,
    character_named,
    first_hidden,
    hidden_in,
    normal,
    without_hidden,
)
from definitions.language.naming import did_you_mean, guess_at, nearest
from definitions.yamltree import read_yaml

SPACES = [chr(n) for n in range(0x3001) if unicodedata.category(chr(n)) == "Zs"]
NEEDED = {
    "Persian, whose first part would join the second": "علی\u200cرضا",
    "Persian, with an ending": "بچه\u200cها",
    "Persian, past a mark that stands on the letter": "علیِ\u200cرضا",
    "Hindi, with the letters apart": "क्\u200cष",
    "Sinhala, with the letters together": "ශ්\u200dරී",
    "Malayalam, at the end": "രാമന്\u200d",
    "somebody who works in health": "👩\u200d⚕️",
    "of a colour, with red hair": "👩🏽\u200d🦰",
    "a flag and a rainbow": "🏳️\u200d🌈",
    "three who belong together": "👨\u200d👩\u200d👧",
    "the flag of England": "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
}
SEEN = ["❤️", "1️⃣", "葛\U000e0100", "José van der Meer-O’Neill", "_", "Ælfrēd", "陈 小明"]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("anna ", "anna"),
        ("\tanna\n", "anna"),
        ("Zoe\u0308", "Zoë"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("\u212bsa", "Åsa"),
        ("anna  de\u00a0 vries", "anna de vries"),
        ("محمد\u200cرضا", "محمدرضا"),
        ("note\n  on two lines", "note\n on two lines"),
    ],
)
def test_what_looks_the_same_is_the_same(written: str, form: str) -> None:
    """Accents, blanks, and a joiner after a letter that joins nothing."""
    assert form == normal(written)


@pytest.mark.parametrize("space", SPACES)
def test_every_kind_of_space_is_a_space(space: str) -> None:
    """Also those that printers use, and the one that does not break."""
    assert "anna de vries" == normal(f"{space}anna{space}de{space}{space}vries{space}")


@given(st.text())
def test_a_normal_form_is_normal(written: str) -> None:
    """Whatever way a name is typed, it is found by what was kept of it."""
    form = normal(written)
    assert form == normal(form)
    for other in ("NFC", "NFD"):
        assert form == normal(f" {unicodedata.normalize(other, written)}\u2003")


@pytest.mark.parametrize("name", [*NEEDED.values(), *SEEN], ids=ascii)
def test_a_language_and_a_picture_have_what_they_need(name: str) -> None:
    """In a name, in a file, and on a screen."""
    assert name == normal(name)
    assert None is hidden_in(name)
    assert name == without_hidden(name, "?")
    assert name == read_yaml(f"- '{name}'".encode(), "f").data[0]


@pytest.mark.parametrize(
    ("written", "at", "character"),
    [
        ("an\u200bna", 2, "U+200B (ZERO WIDTH SPACE)"),
        ("an\u200cna", 2, "U+200C (ZERO WIDTH NON-JOINER)"),
        ("an\u200dna", 2, "U+200D (ZERO WIDTH JOINER)"),
        ("anna\u200d", 4, "U+200D (ZERO WIDTH JOINER)"),
        ("\u200dرضا", 0, "U+200D (ZERO WIDTH JOINER)"),
        ("سلام\u200c", 4, "U+200C (ZERO WIDTH NON-JOINER)"),
        ("علی\u200c\u200cرضا", 3, "U+200C (ZERO WIDTH NON-JOINER)"),
        ("👩\u200d anna", 1, "U+200D (ZERO WIDTH JOINER)"),
        ("👩\u200d\u200d⚕", 1, "U+200D (ZERO WIDTH JOINER)"),
        ("\u202eanna", 0, "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("anna\u2069", 4, "U+2069 (POP DIRECTIONAL ISOLATE)"),
        ("\u200fعلی", 0, "U+200F (RIGHT-TO-LEFT MARK)"),
        ("an\u00adna", 2, "U+00AD (SOFT HYPHEN)"),
        ("\ufeffanna", 0, "U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
        ("an\u2060na", 2, "U+2060 (WORD JOINER)"),
        ("an\u034fna", 2, "U+034F (COMBINING GRAPHEME JOINER)"),
        ("anna\ufe0f", 4, "U+FE0F (VARIATION SELECTOR-16)"),
        ("anna\U000e0100", 4, "U+E0100 (VARIATION SELECTOR-17)"),
        ("anna\u3164", 4, "U+3164 (HANGUL FILLER)"),
        ("anna\u2800", 4, "U+2800 (BRAILLE PATTERN BLANK)"),
        ("anna\U000e0067", 4, "U+E0067 (TAG LATIN SMALL LETTER G)"),
        ("an\nna", 2, "U+000A (LINE FEED)"),
        ("an\tna", 2, "U+0009 (TAB)"),
        ("an\x1bna", 2, "U+001B (ESCAPE)"),
        ("an\x9bna", 2, "U+009B (CONTROL SEQUENCE INTRODUCER)"),
        ("an\x81na", 2, "U+0081 (CONTROL CHARACTER)"),
        ("an\u2028na", 2, "U+2028 (LINE SEPARATOR)"),
        ("an\ue000na", 2, "U+E000 (PRIVATE USE)"),
        ("an\ud800na", 2, "U+D800 (HALF OF A SURROGATE PAIR)"),
        ("an\u0378na", 2, "U+0378 (UNASSIGNED)"),
    ],
    ids=ascii,
)
def test_what_nobody_sees_is_found_and_named(written: str, at: int, character: str) -> None:
    """With two names that differ in it alone, nobody knows which is which."""
    assert written == normal(written)
    found = hidden_in(written)
    assert found is not None
    assert (at, character) == (found[0], character_named(found[1]))


@given(st.text(st.sampled_from("aر\u0650علی👩🏽⚕️\u200c\u200d\u0947\u094dष 1\U0001f3f4\U000e0067")))
@example("\u094d\u200ca")
@example("\u094d\u200da")
def test_a_joiner_that_is_let_through_changes_what_is_seen(written: str) -> None:
    """So two names that differ in one look different."""
    form = normal(written)
    assert (hidden_in(form) is None) <= (first_hidden(form) is None)
    for at, character in enumerate(form):
        if INVISIBLE.match(character) and character in without_hidden(form)[at : at + 1]:
            assert form[at - 1 : at] != "a" != form[at + 1 : at + 2]


@given(st.lists(st.sampled_from(["", " ", "_", "anna", "\u200b", "Zoë"])), st.text(max_size=4))
def test_a_guess_is_never_empty(known: list[str], typed: str) -> None:
    """“Did you mean “”?” helps nobody."""
    said = [guess_at(typed, known), did_you_mean(typed, known)]
    assert all("“”" not in str(each) for each in said)
    assert nearest(typed, known) in {None, *(each for each in known if each.strip())}


@pytest.mark.parametrize("kept", ["Zoë", "Zoe\u0308"], ids=ascii)
@pytest.mark.parametrize("typed", ["Zoe\u0308", "zoë ", "zo\u200bë", "Zoé"], ids=ascii)
def test_a_name_is_guessed_in_whatever_way_it_is_kept(typed: str, kept: str) -> None:
    """What differs only in what nobody sees is the nearest of all."""
    assert kept == nearest(typed, [kept, "anna"])
