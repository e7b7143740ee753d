"""Names in sentences: shortened where they are long, and guessed where they are wrong."""

import re
import unicodedata
from collections.abc import Container, Iterable

from definitions.language.characters import normal, without_hidden
from definitions.language.secrets import without_password
from definitions.language.text import Text, text

PROGRAM = "mijlpaal"
"""The name of this program, as typed and in the names of its folders and files."""

IDENTIFIER = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""The form of the id of a process, and of everything that a definition names."""

LISTED = 12
"""How many names a sentence lists before it says that there are more."""

LENGTHS = (2, 4, 16)
"""From how many letters on a name may have a first slip, a second, and a third one."""
CLOSE = 20
"""How many names, of those that look like one at all, are compared letter by letter."""

SHOWN = 60
"""How many characters of a value a sentence shows."""


def brief(value: str) -> str:
    """Return a value as a sentence can show it: its beginning, where it is long."""
    return value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"


def shown(value: object) -> str:
    """Return a value that was read from a file as a sentence shows it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return brief(f"“{without_password(value)}”")
        case dict():
            return "{…}" if value else "{}"  # a secret may be in it
        case list() if any(isinstance(each, str | dict | list) for each in value):
            return "[…]"
        case _:
            return brief(str(value))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the one known name that ``name`` is a slip or the beginning of; None without one.

    A slip is a letter too many or too few, another one, or two that changed places: one in a short
    name, more in a longer one. Where two names are as near, either would be arbitrary.
    """
    if len(name) > SHOWN:
        return None
    written, names = _folded(name), {_folded(each): each for each in known if each.strip()}
    # Imported here: 0.7 of the 40 ms of --help, and only a slip needs it.
    from difflib import get_close_matches  # noqa: PLC0415

    alike = get_close_matches(written, names, n=CLOSE, cutoff=0.6)
    most = sum(len(name) >= each for each in LENGTHS)
    slips = {each: _slips(written, each, most) for each in alike}
    for number in range(most + 1):
        if found := [each for each in alike if slips[each] == number]:
            return names[found[0]] if len(found) == 1 else None
    begun = [each for each in alike if each.startswith(written)]
    return names[begun[0]] if len(begun) == 1 else None


def _folded(name: str) -> str:
    return normal(without_hidden(name)).casefold()


def _slips(written: str, meant: str, most: int) -> int:
    """Return how many slips lie between two words; where they are many, only that they are."""
    if abs(len(written) - len(meant)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(written, 1):
        before, last, row = row, before, [at]
        for to, other in enumerate(meant, 1):
            slips = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != other))
            if last and to > 1 and (written[at - 2], letter) == (other, meant[to - 2]):
                slips = min(slips, last[to - 2] + 1)
            row.append(slips)
    return row[-1]


def guess_at(name: str, known: Iterable[str]) -> Text | None:
    """Return the advice to write the nearest known name, or None where nothing comes near."""
    guess = nearest(name, known)
    return None if guess is None else did_you_mean_this(guess)


def did_you_mean_this(guess: str) -> Text:
    """Return the advice to write what was most likely meant."""
    return text("Did you mean “{guess}”?", guess=guess)


def did_you_mean(
    name: str, known: Iterable[str], grave: Container[str] = (), *, most: int | None = LISTED
) -> Text | None:
    """Return advice on what to write instead of ``name``, or None when nothing is known.

    Args:
        name: the unknown name.
        known: the existing names.
        grave: existing names that are never suggested, since their effect is grave.
        most: the maximum number of names listed; None for all, if they are our own.
    """
    names = [each for each in known if each.strip()]
    guess = None if nearest(name, names) in grave else guess_at(name, names)
    if guess is not None or not names:
        return guess
    left_out = most is not None and len(names) > most
    shown = [brief(each) for each in names[:most]] + (["…"] if left_out else [])
    return text("There are: {names}.", names=shown)


_PLAIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}
)
"""Letters that are no plain letter with a sign added to it."""


def identifier_of(name: str) -> str:
    """Return a name as an identifier: small letters, digits and single hyphens."""
    letters = unicodedata.normalize("NFKD", name.lower().translate(_PLAIN))
    plain = letters.encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
