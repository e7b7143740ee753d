"""What can be wrong with a database, said so that somebody can do something about it."""

from definitions.errors import MijlpaalError
from definitions.text import text


class DatabaseProblem(MijlpaalError):
    """The database cannot be used as it is. Exit code 1."""


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


class TryAnew(TemporarilyUnavailable):
    """Somebody else was there at the same moment: the same, decided anew, may well succeed.

    Attributes:
        lasting: what it is after all, where deciding anew does not help either; None where
            trying again later may.
    """

    lasting: DatabaseProblem | None = None


class OutcomeUnknown(TemporarilyUnavailable):
    """The connection was lost at the commit: it is recorded, or it is not."""
