"""What can be wrong with a database, said so that somebody can do something about it."""

from definitions.errors import MijlpaalError


class DatabaseProblem(MijlpaalError):
    """The database cannot be used as it is. Exit code 1."""


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
