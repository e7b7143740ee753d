"""What is said after something was recorded: what, as which entry, and what is open now."""

from collections.abc import Iterator, Sequence
from datetime import date

from definitions.dates import parse_date
from definitions.deadlines import day_off
from definitions.text import Text, ntext, text
from screens.due import clash_text
from screens.history import People, entry_line
from screens.page import Page, joined
from screens.words import basis_word, dated, missing_lines, names_text
from workflow.consequences import consequences
from workflow.events import DecisionRecorded, DueMoved, Entry, EntryCorrected, MilestoneMoved
from workflow.gates import Situation, evaluate
from workflow.knock_on import knock_on
from workflow.state import Basis
from workflow.views.seen import Seen
from workflow.views.status import MilestoneView, status_view
from workflow.writing import Receipt


def receipt_screen(receipt: Receipt, people: People, today: date, page: Page) -> str:
    """Return what became of a command, and what can be done next."""
    return joined(_lines(receipt, people, today, page))


def _lines(receipt: Receipt, people: People, today: date, page: Page) -> Iterator[str]:
    if receipt.dry:
        yield page.told(text("Only tried; nothing was written. It would be:"))
    if not receipt.entries:
        yield page.told(text("This was recorded before; nothing changes."))
    view = status_view(Seen(receipt.head.id, receipt.definition, receipt.after, today))
    milestones = {each.id: each for each in view.milestones}
    for number, entry in enumerate(receipt.entries, 1):
        yield entry_line(entry, people, page)
        if _alike(entry, receipt.entries[number:]):
            continue  # how far they are is said once, after the last of them
        match entry.event:
            case MilestoneMoved(attested=True) as event:
                yield from _not_proved(event, milestones[event.milestone], page)
            case DecisionRecorded() as event:
                yield from _progress(event, milestones[event.milestone], page)
            case DueMoved() as event:
                yield from _day_off(event, receipt, page)
                yield from _knocked_on(receipt, today, page)
            case _:
                pass
    if any(isinstance(entry.event, EntryCorrected) for entry in receipt.entries):
        yield from _different(receipt, page)
    if not receipt.dry:
        yield from _next(receipt, today, page)


def _alike(entry: Entry, others: Sequence[Entry]) -> bool:
    """Say whether a decision is followed by another on the same request."""
    given = entry.event
    return isinstance(given, DecisionRecorded) and any(
        isinstance(each.event, DecisionRecorded)
        and (each.event.milestone, each.event.request) == (given.milestone, given.request)
        for each in others
    )


def _different(receipt: Receipt, page: Page) -> Iterator[str]:
    """Say what would have been different, had it been recorded so at once."""
    found = consequences(receipt.definition, receipt.before, receipt.after)
    if not found.any:
        yield page.told(text("Nothing else changes."), 6)
        return
    yield page.told(text("Different by it:"), 6)
    for each in found.milestones:
        said = text(
            "{milestone} is {after}, and was {before}",
            milestone=each.milestone,
            after=_stand(*each.after),
            before=_stand(*each.before),
        )
        yield page.told(said, 8)
    for move in found.moves:
        way = {
            "milestone": move.milestone,
            "source": move.source,
            "target": move.target,
            "on": dated(move.effective),
        }
        said = (
            text("{milestone}: {source} → {target} ({on}) is proved now", **way)
            if move.proved
            else text("{milestone}: {source} → {target} ({on}) could not have been made", **way)
        )
        yield page.told(said, 8)
    for due in found.dues:
        said = text(
            "{due} is due {after}, and was {before}",
            due=due.due,
            after=dated(due.after),
            before=dated(due.before),
        )
        yield page.told(said, 8)


def _day_off(event: DueMoved, receipt: Receipt, page: Page) -> Iterator[str]:
    """Say that a date that was chosen is no working day, where it is none."""
    goal = receipt.definition.goal
    why = day_off(parse_date(event.date), goal.date if goal else None)
    if why is not None and not receipt.definition.dues[event.due].target:
        yield page.told(text("{why}; it stays as it is.", why=why), 6)


def _knocked_on(receipt: Receipt, today: date, page: Page) -> Iterator[str]:
    """Say what a new date does to the rest."""
    found = knock_on(receipt.definition, receipt.before, receipt.after, today)
    if not found.any:
        yield page.told(text("Nothing else moves, and all dates still fit together."), 6)
    for due in found.dues:
        said = text(
            "{due} moves along: was {before}, is {after}",
            due=due.due,
            before=dated(due.before),
            after=dated(due.after),
        )
        yield page.told(said, 6)
    for clash in found.clashes:
        yield page.told(text("No longer fits: {clash}", clash=clash_text(clash)), 6)
    for clash in found.still:
        yield page.told(text("Still does not fit: {clash}", clash=clash_text(clash)), 6)
    if found.past_goal and receipt.definition.goal is not None:
        goal = receipt.definition.goal
        said = text("It lies after the goal, {date}: {what}.", date=goal.date, what=goal.what)
        yield page.told(said, 6)
    if found.arisen:
        yield page.told(text("Arises by it: {tasks}", tasks=names_text(found.arisen)), 6)


def _stand(state: str, basis: Basis | None) -> Text:
    if basis is None:
        return text("“{state}”", state=state)
    return text("“{state}”, {basis}", state=state, basis=basis_word(basis))


def _not_proved(event: MilestoneMoved, milestone: MilestoneView, page: Page) -> Iterator[str]:
    """Say what is missing behind a move that was attested."""
    for move in milestone.not_proved:
        if (move.trigger, move.source) == (event.trigger, event.source):
            yield page.told(text("Not proved by what is on record:"), 6)
            yield from missing_lines(move.missing, page, 8)


def _progress(event: DecisionRecorded, milestone: MilestoneView, page: Page) -> Iterator[str]:
    """Say how far the request is now, and from whom a decision is awaited."""
    view = next(each for each in milestone.requests if each.id == event.request)
    counted = text("{recorded} of {asked} have decided", recorded=view.recorded, asked=view.asked)
    if view.waiting_for:
        waiting = names_text(view.waiting_for)
        counted = text("{counted}; no decision known of {names}", counted=counted, names=waiting)
    yield page.told(counted, 6)


def _next(receipt: Receipt, today: date, page: Page) -> Iterator[str]:
    process = receipt.head.id
    opened = list(newly_open(receipt, today))
    if opened:
        yield page.told(text("Open now:"))
    for milestone, trigger in opened:
        yield page.command("advance", process, milestone, trigger)
    if not opened:
        yield page.told(text("See where it stands:"))
        yield page.command("status", process)


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


def nothing_lapsed(process: str, page: Page) -> str:
    """Return that no term passed of which it can be said."""
    lines = [page.told(text("No term has passed in silence. See which are coming:"))]
    return joined([*lines, page.command("due", process)])


def replay_screen(receipt: Receipt, page: Page) -> str:
    """Return how many facts were recorded, and how many had been before."""
    number = len(receipt.entries)
    recorded = (
        ntext("{n} fact would be recorded", "{n} facts would be recorded", number)
        if receipt.dry
        else ntext("{n} fact recorded", "{n} facts recorded", number)
    )
    before = ntext("{n} had been recorded before", "{n} had been recorded before", receipt.repeated)
    lines = [page.told(text("{recorded}; {before}.", recorded=recorded, before=before))]
    if not receipt.dry:
        lines += [page.told(text("See where it stands:")), page.command("status", receipt.head.id)]
    return joined(lines)
