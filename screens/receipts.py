"""What is said after something was recorded: what, as which entry, and what is open now."""

from collections.abc import Iterator
from datetime import date

from definitions.text import ntext, text
from screens.history import People, describe
from screens.page import Page, joined
from workflow.engine import Receipt
from workflow.events import ProcessStarted
from workflow.gates import Situation, evaluate


def receipt_screen(receipt: Receipt, people: People, today: date, page: Page) -> str:
    """Return what became of a command, and what can be done next."""
    return joined(_lines(receipt, people, today, page))


def _lines(receipt: Receipt, people: People, today: date, page: Page) -> Iterator[str]:
    if receipt.dry:
        yield page.say(text("Only tried; nothing was written. It would be:"))
    if not receipt.entries:
        yield page.say(text("This was recorded before; nothing changes."))
    for entry in receipt.entries:
        said = page.say(describe(entry.event, people))
        yield page.wrapped(f"{entry.seq:>4}  {entry.effective.written}  {said}", 0, 6)
    if receipt.dry:
        return
    opened = list(newly_open(receipt, today))
    for milestone, trigger in opened:
        yield page.wrapped(
            page.say(
                text(
                    "Open now: mijlpaal advance {process} {milestone} {trigger}",
                    process=receipt.head.id,
                    milestone=milestone,
                    trigger=trigger,
                )
            )
        )
    if any(isinstance(entry.event, ProcessStarted) for entry in receipt.entries) or not opened:
        yield page.say(
            text("See where it stands: mijlpaal status {process}", process=receipt.head.id)
        )


def newly_open(receipt: Receipt, today: date) -> Iterator[tuple[str, str]]:
    """Yield the gated transitions that are open now and were not before."""
    for name, milestone in receipt.definition.milestones.items():
        state = receipt.after.milestones[name].state
        same = receipt.before.milestones[name].state == state
        for arm in milestone.arms_from(state):
            if arm.gate is None or arm.explicit:
                continue
            now = Situation(receipt.definition, receipt.after, today)
            then = Situation(receipt.definition, receipt.before, today)
            was = same and evaluate(arm.gate, then).holds
            if evaluate(arm.gate, now).holds and not was:
                yield name, arm.trigger


def replay_screen(receipt: Receipt, page: Page) -> str:
    """Return how many facts were recorded, and how many had been before."""
    number = len(receipt.entries)
    recorded = (
        ntext("{n} fact would be recorded", "{n} facts would be recorded", number)
        if receipt.dry
        else ntext("{n} fact recorded", "{n} facts recorded", number)
    )
    before = ntext("{n} had been recorded before", "{n} had been recorded before", receipt.repeated)
    lines = [
        page.say(text("{recorded}; {before}.", recorded=recorded, before=before)),
        page.say(text("See where it stands: mijlpaal status {process}", process=receipt.head.id)),
    ]
    return joined(lines)
