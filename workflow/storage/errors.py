"""The errors of a database, each with its remedy."""

from definitions.language.actions import Field, action
from definitions.language.errors import InvalidValue, MijlpaalError
from definitions.language.text import Text, text

LOOK_AT_DAMAGE = text(
    "Nothing was written. “{command}” says what is damaged; leave it as it is, and go on "
    "with the last backup that is whole.",
    command=action("verify"),
)
ADD_POOLED = text(
    "Nothing was written. Add pooled=true to the URL: as ?pooled=true, or as &pooled=true after "
    "other settings."
)


class DatabaseProblem(MijlpaalError):
    """The database cannot be used as it is. Exit code 1."""


CANNOT_BE_READ = (
    AttributeError,
    InvalidValue,
    LookupError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)
"""The errors that reading a damaged row can raise."""


class Damaged(DatabaseProblem):
    """The contents of the database were damaged, or tampered with. Exit code 1.

    Remedy: ``verify`` names the damage; the last intact backup has the original.
    """

    def __init__(self, sentence: Text) -> None:
        """Take a sentence on the damage; the advice is to verify."""
        super().__init__(sentence, advice=LOOK_AT_DAMAGE)


def damaged_row(table: str) -> Damaged:
    """Return that a row of a table cannot be read."""
    return Damaged(
        text("A row of the database is damaged and cannot be read: {table}.", table=table)
    )


class NoDatabase(DatabaseProblem):
    """A named file does not exist; only a command that starts something makes a missing file.

    Attributes:
        file: its path.
    """

    def __init__(self, name: str, file: str) -> None:
        """Take the file, and its name as a database."""
        self.file = file
        super().__init__(
            text("There is no database {name}.", name=name),
            advice=text("Check the name, or make a new one:"),
        )


class DatabaseGone(DatabaseProblem):
    """The file of a database that is in use was removed. Exit code 1."""

    def __init__(self, name: str) -> None:
        """Take its name."""
        super().__init__(
            text("The database {name} is no longer there.", name=name),
            advice=text("Nothing was written. Put the file back where it was, and try again."),
        )


class TemporarilyUnavailable(MijlpaalError):
    """Somebody else holds the database; the same command may succeed later. Exit code 75."""


class NoPrimary(TemporarilyUnavailable):
    """No server takes now what is to be written: one stopped, and no other has taken over yet.

    Cause: a failover, a restart; or a URL that leads to a standby. Remedy: the same again, in a few
    seconds. Exit code 75.
    """

    def __init__(self, name: str, reasons: tuple[Text, ...] = ()) -> None:
        """Take the answers of every server that was tried."""
        super().__init__(
            text("The database {name} has no primary just now.", name=name),
            advice=text(
                "Nothing was written; try again. If it stays: the URL ({field}) has to lead "
                "to a server that takes what is written, and not to a standby.",
                field=Field("database_url"),
            ),
        )
        self.details = reasons


class WriteConflict(TemporarilyUnavailable):
    """Somebody else wrote at the same moment; deciding the command again may well succeed.

    Attributes:
        lasting: the error if a retry does not help either; None if a later retry may.
    """

    lasting: DatabaseProblem | None = None


def written_meanwhile() -> WriteConflict:
    """Return that somebody wrote to a process since it was read."""
    return WriteConflict(text("Somebody else was first."), advice=text("Try again."))


class OutcomeUnknown(TemporarilyUnavailable):
    """The connection was lost at the commit, or the server warned: it is recorded, or it is not."""
