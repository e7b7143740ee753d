"""The command that was typed, to type it again where nobody knows whether it was recorded."""

import shlex
from collections.abc import Sequence

from definitions.language.naming import PROGRAM
from definitions.language.secrets import without_passwords
from definitions.language.text import Text, text

_SHORT = {"\n": r"\n", "\t": r"\t", "\r": r"\r", "\\": r"\\", "'": r"\'"}
_BYTE, _PLANE = 0x80, 0x10000


def typed_again(words: Sequence[str], key: str | None) -> str:
    """Return a command line as a shell reads it, with a key where it had none of its own.

    Nothing in it is hidden or broken off: what cannot be seen is spelled out, as bash, zsh and ksh
    read it.
    """
    end = words.index("--") if "--" in words else len(words)
    more = () if key is None else ("--key", key)
    return " ".join(map(quoted, (PROGRAM, *words[:end], *more, *words[end:])))


def quoted(word: str) -> str:
    """Return a word so that a shell reads it as it is."""
    if word.isprintable():
        return shlex.quote(word)
    return f"$'{''.join(map(_spelled, word))}'"


def _spelled(character: str) -> str:
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return character
    if code < _BYTE:
        return f"\\{code:03o}"
    return f"\\U{code:08x}" if code >= _PLANE else f"\\u{code:04x}"


def advice_to_repeat(line: str, key: str | None) -> Text:
    """Return the advice on a command with an unknown outcome.

    Args:
        line: the command line to repeat.
        key: its key; None if it has none, and its content identifies a repetition.
    """
    if without_passwords(line) != line:
        return text(
            "Whether it was recorded is not known. Type it again, with what was hidden where *** "
            "stands: then it is recorded once."
        )
    if key is None:
        return text(
            "Whether it was recorded is not known. Type it again: what is there already is not "
            "recorded a second time."
        )
    return text(
        "Whether it was recorded is not known. Type it again as it stands here, with its key: then "
        "it is recorded once."
    )
