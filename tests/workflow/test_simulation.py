"""Whatever goes wrong, nothing is lost, early, or settled by who does not hold it any more.

The simulation itself is put to the test too: with a bug planted in the outbox, it has to find it.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.support.chaos import SEED
from tests.support.databases import POSTGRESQL, Site, opened
from tests.support.simulation import Broken, Simulation
from workflow.database_queries import DatabaseQueries
from workflow.model.reminders import Delivery, Write
from workflow.reminders.claim import Claim
from workflow.reminders.outbox import Outbox
from workflow.reminders.retry_policy import RetryPolicy
from workflow.storage import messages
from workflow.storage.messages import Message

HAPPENS = (
    *("accepted", "duplicates", "failed", "unsure", "refused", "given back", "came too late"),
    *("died holding", "troubles", "planned anew", "by an old program"),
    *("messages dropped", "rows sent", "rows cancelled", "rows lapsed", "rows undelivered"),
)
"""What has to have happened for a run to say anything."""


def test_what_was_promised_is_true(site: Site, template: str) -> None:
    """Of every reminder, after clocks, nodes, servers and databases failed; for some seeds."""
    total: Counter[str] = Counter()
    for seed in range(SEED, SEED + (1 if site.kind == POSTGRESQL else 5)):
        with opened(site, template) as database:
            total += Simulation(database, seed).run()

    if site.kind != POSTGRESQL:
        assert [] == [each for each in HAPPENS if not total[each]]


# --- planted bugs ------------------------------------------------------------------------------


class ForgetsOnSubmit(Outbox):
    """Settles what it gives out before it was sent, as a scheduler forgets a job it submitted."""

    def claim(self, node: str, now: datetime, most: int = 100) -> Claim:
        claim = super().claim(node, now, most)
        for each in claim.messages:
            self.accepted(each, now)
        return claim


class RecoversNoLease(Outbox):
    """Leaves what a node holds to that node for ever."""

    def __init__(self, queries: DatabaseQueries, write: Write, new_id: Any, chance: Any) -> None:
        super().__init__(queries, write, new_id, chance, RetryPolicy(lease=timedelta(days=20_000)))


class FencesNobody(Outbox):
    """Takes every answer, whoever has claimed the message since."""

    def accepted(self, message: Message, now: datetime) -> bool:
        return super().accepted(self._latest(message), now)

    def refused(self, message: Message, why: str, now: datetime) -> bool:
        return super().refused(self._latest(message), why, now)

    def failed(self, message: Message, why: str, now: datetime, *, unsure: bool) -> bool:
        return super().failed(self._latest(message), why, now, unsure=unsure)

    def give_back(self, message: Message, now: datetime) -> bool:
        return super().give_back(self._latest(message), now)

    def _latest(self, message: Message) -> Message:
        known = {each.id: each.attempt for each in self.waiting()}
        return replace(message, attempt=known.get(message.id, message.attempt))


class WritesAnew(Outbox):
    """Writes a message anew each time it is tried."""

    def claim(self, node: str, now: datetime, most: int = 100) -> Claim:
        claim = super().claim(node, now, most)
        claim.messages = [
            replace(each, content=each.content + b"%d" % each.attempt) for each in claim.messages
        ]
        return claim


class IsAlwaysSure(Outbox):
    """Believes that what was not heard of did not arrive."""

    def failed(self, message: Message, why: str, now: datetime, *, unsure: bool) -> bool:
        return super().failed(replace(message, unsure=False), why, now, unsure=False)


class IsEarly(Outbox):
    """Claims what is due within the hour."""

    def claim(self, node: str, now: datetime, most: int = 100) -> Claim:
        return super().claim(node, now + timedelta(hours=1), most)


class TellsNobodyElse(Outbox):
    """Lets what was refused be the end of it."""

    def refused(self, message: Message, why: str, now: datetime) -> bool:
        with self._database.writing() as connection:
            return messages.settle(connection, message, Delivery.UNDELIVERED, now, why)


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        (ForgetsOnSubmit, "a message is called sent, and was not"),
        (RecoversNoLease, "a message waits for ever"),
        (FencesNobody, "settled letter-.* which .* holds"),
        (WritesAnew, "was sent with other bytes"),
        (IsAlwaysSure, "was brought by|heard"),
        (IsEarly, "would have slept|was early"),
        (TellsNobodyElse, "nobody was told of what could not be delivered"),
    ],
)
def test_a_planted_bug_is_found(
    site: Site, template: str, planted: type[Outbox], seen: str
) -> None:
    """Each of the classic ones, within a few seeds; and its seed is told, to see it again."""
    with pytest.raises(Broken, match=rf"^seed \d+, .*({seen})"):
        _run(site, template, planted)


def _run(site: Site, template: str, outbox: type[Outbox]) -> None:
    for seed in range(SEED, SEED + 10):
        with opened(site, template) as database:
            Simulation(database, seed, outbox).run()


@pytest.mark.only("sqlite")
def test_the_same_seed_does_the_same_again(site: Site, template: str) -> None:
    """To the last reminder."""
    runs = []
    for _ in range(2):
        with opened(site, template) as database:
            runs.append(Simulation(database, SEED).run())

    assert runs[0] == runs[1]
