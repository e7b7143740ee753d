"""Secrets of this installation, each in a file of its own: read anew each time, and never shown."""

from collections.abc import Iterable
from pathlib import Path

from definitions.language.errors import reason_of
from definitions.language.text import Text, text

MOST_BYTES = 10_000
"""The most that a file with a secret has; a longer one is the wrong file."""
HIDDEN = "***"
LEAST = 6
"""How many characters of a secret are hidden wherever they stand; fewer may be chance."""


class NoSecret(Exception):
    """A secret cannot be read: its file is missing, unreadable or empty.

    Attributes:
        sentence: the error, without the secret, even if that was written in place of a path.
    """

    def __init__(self, sentence: Text) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.sentence = sentence


def read_secret(file: Path, setting: str) -> str:
    """Read a secret from its file.

    Args:
        file: what holds the secret, and nothing else.
        setting: the one that names the file.

    Raises:
        NoSecret: it cannot be read.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
        secret = content.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        # Whatever stands in the file stays out of it: a cause would show it to a debugger.
        raise NoSecret(
            text("The file that “{setting}” names does not contain text.", setting=setting)
        ) from None
    except (OSError, ValueError) as error:
        raise NoSecret(_unreadable(file, setting, error)) from None
    if len(content) > MOST_BYTES:
        said = text(
            "{file} has more than {most} bytes: no secret.", file=str(file), most=MOST_BYTES
        )
        raise NoSecret(said)
    if not secret.strip():
        raise NoSecret(
            text("Nothing is in {file}, which “{setting}” names.", file=str(file), setting=setting)
        )
    return secret


def _unreadable(file: Path, setting: str, error: Exception) -> Text:
    if not _is_a_place(file):
        # More likely the secret itself, which must not be shown.
        return text("The file that “{setting}” names is not there.", setting=setting)
    return text(
        "The secret that “{setting}” names cannot be read from {file}: {why}.",
        file=str(file),
        setting=setting,
        why=reason_of(error),
    )


def _is_a_place(file: Path) -> bool:
    """Return whether a path leads somewhere: what was typed for a file by mistake does not.

    A folder that everything lies in, or that the program was started in, proves nothing.
    """
    try:
        return file.exists() or (
            file.parent.is_dir() and file.parent not in (Path.cwd(), Path(file.anchor))
        )
    except (OSError, ValueError):
        return False


def without(words: str, secrets: Iterable[str]) -> str:
    """Return the words of a server without our secrets, also truncated ones.

    Args:
        words: the words on one line.
        secrets: the secrets in every form in which they were sent.
    """
    known = [each for each in secrets if each]
    for each in known:
        words = words.replace(each, HIDDEN)
    return " ".join(HIDDEN if _is_part(each, known) else each for each in words.split(" "))


def _is_part(word: str, secrets: Iterable[str]) -> bool:
    core = word.strip("\"'“”‘’<>()[]{}.,:;…")
    return len(core) >= LEAST and any(core in each for each in secrets)
