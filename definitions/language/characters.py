"""What people see and what they do not: one normal form for names, and characters that hide.

Two names that look the same are one name: composed letters, single blanks of the usual kind, none
around. A character that nobody sees is refused, unless a language or an emoji is not written
without it: a joiner between the letters it keeps apart or together, the parts of a picture.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that a reader cannot see and a screen might obey.

Controls, format characters (among them those that turn the direction of writing), separators of
lines other than the usual ones, and halves of surrogate pairs.
"""

_SPACES = re.compile(r"[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_APART, _TOGETHER = "\u200c", "\u200d"
"""The joiners: one keeps letters apart that would join (Persian), one joins (Hindi, emoji)."""
_SCOTLAND = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]+\U000e007f")
"""A flag of a part of a country: a black one, and its code in letters that nobody sees."""
_AS_A_PICTURE = "\ufe0f"
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What chooses between the forms of the character before it."""
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0]")
"""Letters, marks and signs that have nothing to see."""
_UNSEEN_KINDS = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}
_VIRAMA = 9
_FAR = 16
"""How far from a joiner that is looked for which it joins: no letter has so many marks."""


# --- one normal form ---------------------------------------------------------------------------


def normal(written: str) -> str:
    """Return a text in its normal form: the same for all that look the same to a reader.

    Letters are composed with their accents (NFC), blanks of any kind and number are one space,
    and around it there are none. A joiner that joins nothing and keeps nothing apart is left out.
    Line breaks inside it stay.
    """
    if written.isascii() and "  " not in written:
        return written.strip()
    if not written.isascii():
        written = unicodedata.normalize("NFC", written)
        if _APART in written:
            written = "".join(_without_idle(written))
    return _SPACES.sub(" ", written).strip()


def _without_idle(written: str) -> Iterator[str]:
    """Yield the characters of a text without what keeps apart letters that never join."""
    for at, character in enumerate(written):
        before, after = _neighbours(written, at)
        idle = _is_arabic(before) and _is_arabic(after) and not _joins_on(before)
        if character != _APART or not idle:
            yield character


def hidden_in(written: str) -> tuple[int, str] | None:
    """Return where a name or title has a character that nobody sees, and which; else None.

    Args:
        written: the text, in its normal form.
    """
    if written.isascii() and written.isprintable():
        return None
    return next(
        ((at, each) for at, each in enumerate(written) if _is_hidden(written, at, each)), None
    )


def _is_hidden(written: str, at: int, character: str) -> bool:
    if character == " " or is_needed(written, at):
        return False
    if _VARIANT.fullmatch(character):
        return not _has_variants(written[at - 1 : at], character)
    kind = unicodedata.category(character)
    return kind in _UNSEEN_KINDS or _BLANK.fullmatch(character) is not None


def _has_variants(base: str, variant: str) -> bool:
    """Return whether a variation selector follows a character that has that variant."""
    if not base:
        return False
    if variant in "\ufe0e\ufe0f":
        return _is_picture(base) or base in "0123456789#*"
    return unicodedata.name(base, "").startswith("CJK ")


def without_hidden(written: str, spelled: str = "") -> str:
    r"""Return a text without the characters that nobody sees and a screen might obey.

    Args:
        written: the text.
        spelled: what stands in the place of each; its code is filled in, as in ``\x{:02x}``.
    """
    return INVISIBLE.sub(
        lambda found: (
            found[0] if is_needed(written, found.start()) else spelled.format(ord(found[0]))
        ),
        written,
    )


def first_hidden(written: str) -> int | None:
    """Return the index of the first such character; None if there is none."""
    found = INVISIBLE.finditer(written)
    return next((each.start() for each in found if not is_needed(written, each.start())), None)


# --- joiners -----------------------------------------------------------------------------------


def is_needed(written: str, at: int) -> bool:
    """Return whether a character that cannot be seen does something there that can.

    Those are the joiners, where a script has them (RFC 5892, appendix A) or a picture is put
    together of others, and the letters of the flag of a part of a country.
    """
    character = written[at]
    if character == _APART:
        before, after = _neighbours(written, at)
        parted = _joins_on(before) and _joins_back(after)
        return parted or (after.isalpha() and _goes_on(written, at))
    if character == _TOGETHER:
        picture = written[max(at - 2, 0) : at].rstrip(_AS_A_PICTURE)
        if _SKIN.fullmatch(picture[-1:]):
            picture = written[max(at - 2, 0) : at - 1]
        pictured = _is_picture(picture[-1:]) and _is_picture(written[at + 1 : at + 2])
        return pictured or _goes_on(written, at)
    if "\U000e0020" <= character <= "\U000e007f":
        flags = _SCOTLAND.finditer(written, max(at - _FAR, 0), at + _FAR)
        return any(each.start() < at < each.end() for each in flags)
    return False


def _neighbours(written: str, at: int) -> tuple[str, str]:
    """Return the letters before and after a place, past the marks that stand on them."""
    left, right = written[max(at - _FAR, 0) : at], written[at + 1 : at + 1 + _FAR]
    before = next((each for each in reversed(left) if not _is_mark(each)), "")
    return before, next((each for each in right if not _is_mark(each)), "")


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) == "Mn"


def _is_virama(character: str) -> bool:
    return bool(character) and unicodedata.combining(character) == _VIRAMA


def _goes_on(written: str, at: int) -> bool:
    """Return whether a joiner stands after a virama, and no letter of another script follows."""
    virama, after = written[at - 1 : at], written[at + 1 : at + 2]
    if not _is_virama(virama):
        return False
    return not after.isalpha() or _script(after) == _script(virama)


def _script(character: str) -> str:
    """Return the script that the name of a character begins with: DEVANAGARI, LATIN."""
    return unicodedata.name(character, "").partition(" ")[0]


def _is_picture(character: str) -> bool:
    """Return whether a character can be a part of an emoji."""
    if not character or character.isascii():
        return False
    return character in "↔↕" or (unicodedata.category(character) == "So" and character > "\u2000")


def _is_arabic(character: str) -> bool:
    """Return whether a letter is of a script whose letters join as those of Arabic do."""
    return bool(character) and unicodedata.bidirectional(character) == "AL" and character.isalpha()


def _joins_on(character: str) -> bool:
    return _is_arabic(character) and character not in _forms_without_initial()


def _joins_back(character: str) -> bool:
    return _is_arabic(character) and _forms_without_initial().get(character) != "isolated"


@lru_cache(maxsize=1)
def _forms_without_initial() -> dict[str, str]:
    """Return the letters that never join the next one, each with the forms it does have.

    Unicode keeps the forms of the Arabic letters as characters of their own, for older programs.
    """
    forms: dict[str, str] = {}
    for code in range(0xFB50, 0xFEFD):
        form, _, letters = unicodedata.decomposition(chr(code)).partition("> ")
        if letters and " " not in letters:
            letter = chr(int(letters, 16))
            forms[letter] = f"{forms.get(letter, '')} {form[1:]}".strip()
    return {letter: found for letter, found in forms.items() if "initial" not in found}


# --- what they are called ----------------------------------------------------------------------


def character_named(character: str) -> str:
    """Return a character that cannot be seen, by its code and the name that Unicode gives it."""
    name = unicodedata.name(character, "") or _UNNAMED.get(ord(character))
    name = name or _KINDS.get(unicodedata.category(character), "UNASSIGNED")
    return f"U+{ord(character):04X} ({name})"


_UNNAMED = {
    0x00: "NULL",
    0x07: "BELL",
    0x08: "BACKSPACE",
    0x09: "TAB",
    0x0A: "LINE FEED",
    0x0B: "LINE TABULATION",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
    0x9B: "CONTROL SEQUENCE INTRODUCER",
}
"""The names of the control characters that people come across; Unicode has them as aliases."""
_KINDS = {"Cc": "CONTROL CHARACTER", "Co": "PRIVATE USE", "Cs": "HALF OF A SURROGATE PAIR"}
