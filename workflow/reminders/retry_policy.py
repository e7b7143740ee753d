"""How long a lease on a message lasts, and when to retry."""

from datetime import timedelta

from definitions.language.values import dataclass

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How long a lease on a message lasts, and when to retry.

    Attributes:
        lease: how long a claim on a message lasts.
        pauses: the pauses between attempts; the last one repeats.
        jitter: the fraction by which a pause may be longer, at random.
        least: the minimum time for which a message is retried.
        aside: for how long a reminder that could not be written is put aside.
    """

    lease: timedelta = 5 * _MINUTE
    pauses: tuple[timedelta, ...] = (_MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR, 4 * _HOUR)
    jitter: float = 0.2
    least: timedelta = 24 * _HOUR
    aside: timedelta = 15 * _MINUTE

    def pause(self, attempt: int, chance: float) -> timedelta:
        """Return the pause after an attempt; the first attempt is 1."""
        pause = self.pauses[min(max(attempt, 1), len(self.pauses)) - 1]
        return pause * (1 + self.jitter * chance)
