"""What can be wrong with a database, said so that somebody can do something about it."""

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
"""What reading a row that was damaged, or tampered with, can raise."""


class Damaged(DatabaseProblem):
    """What lies in the database was damaged, or tampered with. Exit code 1.

    Remedy: ``verify`` says what it is; the last backup that is whole has what it was.
    """

    def __init__(self, sentence: Text) -> None:
        """Say what is damaged, and what shows the rest."""
        super().__init__(sentence, advice=LOOK_AT_DAMAGE)


def damaged_row(table: str) -> Damaged:
    """Return that a row of a table cannot be read."""
    return Damaged(
        text("A row of the database is damaged and cannot be read: {table}.", table=table)
    )


class NoDatabase(DatabaseProblem):
    """A file that was named is not there; a missing one is made only by who begins something.

    Attributes:
        file: where it should be.
    """

    def __init__(self, name: str, file: str) -> None:
        """Keep the file, and say what it is called as a database."""
        self.file = file
        super().__init__(
            text("There is no database {name}.", name=name),
            advice=text("Check the name, or make a new one:"),
        )


class TemporarilyUnavailable(MijlpaalError):
    """Somebody else holds the database; the same command may succeed later. Exit code 75."""


class NoPrimary(TemporarilyUnavailable):
    """No server takes now what is to be written: one stopped, and no other has taken over yet.

    Cause: a failover, a restart; or a URL that leads to a standby. Remedy: the same again, in a few
    seconds. Exit code 75.
    """

    def __init__(self, name: str, reasons: tuple[Text, ...] = ()) -> None:
        """Say so, and what each server that was tried answered."""
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
    """Somebody else was there at the same moment: the same, decided anew, may well succeed.

    Attributes:
        lasting: what it is after all, where deciding anew does not help either; None where
            trying again later may.
    """

    lasting: DatabaseProblem | None = None


def written_meanwhile() -> WriteConflict:
    """Return that somebody wrote to a process since it was read."""
    return WriteConflict(text("Somebody else was first."), advice=text("Try again."))


class OutcomeUnknown(TemporarilyUnavailable):
    """The connection was lost at the commit, or the server warned: it is recorded, or it is not."""
