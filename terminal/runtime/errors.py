"""The errors of a command line, and the exit codes of all errors."""

from definitions.language.errors import InvalidValue, MijlpaalError, NotFound
from definitions.language.text import Text, text

DONE, FAILED, USAGE, INVALID, REFUSED, UNKNOWN, TEMPORARY = 0, 1, 2, 3, 4, 5, 75
"""Exit codes: done, failed, wrong usage, definition invalid, refused, no such name, try again."""


class Wrong(InvalidValue):
    """The command line itself is wrong. Exit code 2."""


class AnswerLost(MijlpaalError):
    """The command was executed, and cannot be undone; only its answer could not be shown.

    Cause: standard output is a full disk, say. Remedy: none is needed, and giving the command again
    would do it twice. Exit code 0.
    """

    def __init__(self, done: Text, why: Text) -> None:
        """Take what was done, and why the answer could not be shown."""
        super().__init__(
            text("{done} Only the answer could not be shown: {why}", done=done, why=why)
        )


class ReaderGone(Exception):
    """Nobody reads the results any more. Not an error: nothing is said."""


def code_of(error: MijlpaalError) -> int:
    """Return the exit code of an error."""
    from definitions.faults import DefinitionInvalid
    from workflow.rules.refusals import Refused
    from workflow.rules.unsound import NotSound
    from workflow.storage.errors import TemporarilyUnavailable

    codes: tuple[tuple[type[MijlpaalError], int], ...] = (
        (AnswerLost, DONE),
        (InvalidValue, USAGE),
        (NotFound, UNKNOWN),
        (DefinitionInvalid, INVALID),
        (NotSound, INVALID),
        (Refused, REFUSED),
        (TemporarilyUnavailable, TEMPORARY),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), FAILED)
