"""How long to hold on to a message, and when to try it again."""

from datetime import timedelta

from definitions.language.values import dataclass

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Policy:
    """How long to hold on, and when to try again.

    Attributes:
        lease: how long a message is held by whoever claimed it.
        pauses: after how long to try again; the last one again and again.
        jitter: by what part of it a pause may be longer, at random.
        least: for at least so long a message is tried.
        aside: for how long what could not be written is put aside.
    """

    lease: timedelta = 5 * _MINUTE
    pauses: tuple[timedelta, ...] = (_MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR, 4 * _HOUR)
    jitter: float = 0.2
    least: timedelta = 24 * _HOUR
    aside: timedelta = 15 * _MINUTE

    def pause(self, attempt: int, chance: float) -> timedelta:
        """Return how long to wait after an attempt, the first being 1."""
        pause = self.pauses[min(max(attempt, 1), len(self.pauses)) - 1]
        return pause * (1 + self.jitter * chance)
