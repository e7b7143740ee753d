"""The replication status of a standby server, for those who read from it."""

from datetime import datetime

from definitions.language.values import dataclass


@dataclass(frozen=True, slots=True)
class Standby:
    """How far a server has followed another.

    Attributes:
        until: the instant of the last commit that it has; None where it has not seen one since it
            was started. Nothing says what was committed after it.
    """

    until: datetime | None
