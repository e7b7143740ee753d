"""What is said after something was recorded: what, as which entry, and what is open now."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from definitions.calendar.dates import dated, parse_date
from definitions.calendar_checks import day_off
from definitions.language.text import Text, ntext, text
from screens.due import clash_text
from screens.history import entry_line
from screens.onward import onward
from screens.page import Page, joined
from screens.remarks import decision_remarks
from screens.words import basis_word, missing_lines, names_text
from workflow.model.events import (
    CalendarFollowed,
    DecisionRecorded,
    DueMoved,
    Entry,
    EntryCorrected,
    MilestoneMoved,
    PartyLeft,
    event_from,
)
from workflow.model.state import Basis, People
from workflow.rules.consequences import consequences
from workflow.rules.fold import arm_of
from workflow.rules.knock_on import KnockOn, knock_on
from workflow.rules.reachability import Reach, Shut, newly_held, newly_shut
from workflow.rules.terms import short_terms
from workflow.unit_of_work import Receipt
from workflow.views.seen import Seen
from workflow.views.status import MilestoneView, status_view

Milestones = Mapping[str, MilestoneView]


def receipt_screen(receipt: Receipt, people: People, today: date, page: Page) -> str:
    """Return what became of a command, and what can be done next."""
    return joined(_lines(receipt, people, today, page))


def _lines(receipt: Receipt, people: People, today: date, page: Page) -> Iterator[str]:
    if receipt.dry:
        yield page.told(text("Only tried; nothing was written. It would be:"))
    if all(isinstance(each.event, CalendarFollowed) for each in receipt.entries):
        yield page.told(text("This was recorded before; nothing changes."))
    view = status_view(Seen(receipt.head.id, receipt.definition, receipt.after, today))
    milestones = {each.id: each for each in view.milestones}
    for number, entry in enumerate(receipt.entries, 1):
        yield entry_line(entry, people, page)
        if not _alike(entry, receipt.entries[number:]):
            yield from _progress(entry, milestones, page)  # once, after the last of them
        yield from _remarks(entry, receipt, milestones, today, page)
    yield from _too_short(receipt, page)
    yield from _shut_and_opened(receipt, today, page)
    if any(isinstance(entry.event, EntryCorrected) for entry in receipt.entries):
        yield from _different(receipt, page)
    if not receipt.dry:
        yield from onward(receipt, today, page)


def _remarks(
    entry: Entry, receipt: Receipt, milestones: Milestones, today: date, page: Page
) -> Iterator[str]:
    """Say what else there is to be said of an entry."""
    match entry.event:
        case MilestoneMoved() as event:
            yield from _round_opened(event, entry.seq, receipt, page)
            if event.attested:
                yield from _not_proved(event, milestones[event.milestone], page)
            yield from _early(event, milestones[event.milestone], page)
        case DecisionRecorded() as event:
            yield from decision_remarks(event, entry.seq, receipt, milestones.values(), page)
        case EntryCorrected(replacement=dict(reading)) as event:
            decision = event_from(event.kind, reading)
            if isinstance(decision, DecisionRecorded):
                yield from decision_remarks(
                    decision, event.corrects, receipt, milestones.values(), page
                )
        case DueMoved() as event:
            in_force = (event.due, entry.seq) == receipt.after.last_move(event.due)
            if not in_force:
                yield _overtaken(event, receipt, page)
            yield from _day_off(event, receipt, page)
            yield from _knocked_on(receipt, today, page, in_force=in_force)
        case _:
            pass


def _shut_and_opened(receipt: Receipt, today: date, page: Page) -> Iterator[str]:
    """Say which gates can no longer hold by it, and after a departure which hold by it."""
    states = (receipt.definition, receipt.before, receipt.after, today)
    for each in newly_shut(*states) if receipt.entries else ():
        yield page.told(_shut(each), 6)
    if not any(isinstance(entry.event, PartyLeft) for entry in receipt.entries):
        return
    for held in newly_held(*states):
        said = text(
            "By this {milestone} can go to “{target}”.",
            milestone=held.milestone,
            target=held.target,
        )
        if held.request:
            said = text(
                "By this {bodies} can decide on {request}.",
                bodies=names_text(held.bodies),
                request=f"{held.milestone}/{held.request}",
            )
        yield page.told(said, 6)


def _shut(shut: Shut) -> Text:
    """Return that a gate can no longer hold, and why."""
    another = shut.reach is Reach.NEXT_ROUND
    if shut.request:
        values = {
            "request": f"{shut.milestone}/{shut.request}",
            "bodies": names_text(shut.bodies),
            "why": shut.why,
        }
        if another:
            return text(
                "In this round {bodies} cannot decide on {request} any more: {why}", **values
            )
        return text("{bodies} cannot decide on {request} any more: {why}", **values)
    of = {"milestone": shut.milestone, "target": shut.target, "why": shut.why}
    if another:
        return text("In this round {milestone} cannot go to “{target}” any more: {why}", **of)
    return text("{milestone} cannot go to “{target}” any more: {why}", **of)


def _round_opened(event: MilestoneMoved, seq: int, receipt: Receipt, page: Page) -> Iterator[str]:
    """Say that a move opens a round, and what that does to the one before."""
    after = receipt.after.milestones[event.milestone]
    way = (event.milestone, event.trigger, event.source, event.target)
    if not arm_of(receipt.definition, *way).opens_round:
        return
    if after.seq != seq:
        yield page.told(text("This opens a round, before what is recorded after it."), 6)
        return
    yield page.told(text("This opens round {round}.", round=after.round), 6)
    if after.round > 1:
        said = text(
            "What was decided in an earlier round stays on record, and does not count in it."
        )
        yield page.told(said, 6)


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
        yield page.told(text("No milestone, move or date is different by it."), 6)
        return
    yield page.told(text("Different by it:"), 6)
    for party in found.back:
        yield page.told(text("{party} takes part again", party=party), 8)
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


def _overtaken(event: DueMoved, receipt: Receipt, page: Page) -> str:
    """Say that a later replanning stays in force: what was recorded came before it."""
    last = receipt.after.moves_of(event.due)[-1]
    said = text(
        "A later replanning, of {on}, stays in force: {due} is due {date}.",
        on=dated(last.effective),
        due=event.due,
        date=dated(last.date),
    )
    return page.told(said, 6)


def _too_short(receipt: Receipt, page: Page) -> Iterator[str]:
    """Say that a term of the law now ends after the date it was given: then the law counts."""
    known = {(each.due, each.party) for each in short_terms(receipt.definition, receipt.before)}
    for each in short_terms(receipt.definition, receipt.after):
        if (each.due, each.party) in known:
            continue
        said = text(
            "By law {due} ends on {ends}, and so it does: the date it was given, {given}, is too "
            "early.",
            due=f"{each.due}@{each.party}" if each.party else each.due,
            ends=each.ends,
            given=each.given,
        )
        yield page.told(said, 6)


def _day_off(event: DueMoved, receipt: Receipt, page: Page) -> Iterator[str]:
    """Say that a date that was chosen is no working day, where it is none."""
    goal = receipt.definition.goal
    why = day_off(parse_date(event.date), goal.date if goal else None)
    if why is not None and not receipt.definition.dues[event.due].target:
        yield page.told(text("{why}; it stays as it is.", why=why), 6)


def _knocked_on(receipt: Receipt, today: date, page: Page, *, in_force: bool) -> Iterator[str]:
    """Say what a new date does to the rest; where a later one stays in force, only what it does."""
    found = knock_on(receipt.definition, receipt.before, receipt.after, today)
    if not found.any and in_force:
        yield page.told(_fits(found), 6)
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
    goal = receipt.definition.goal
    for each in found.past_goal if goal else ():
        said = text(
            "{due} lies after the goal, {date}: {what}.",
            due=each,
            date=goal.date if goal else "",
            what=goal.what.in_(page.language) if goal else "",
        )
        yield page.told(said, 6)
    if found.past_goal_still:
        said = text("Still after the goal: {dues}", dues=found.past_goal_still)
        yield page.told(said, 6)
    if found.arisen:
        yield page.told(text("Arises by it: {tasks}", tasks=names_text(found.arisen)), 6)


def _fits(found: KnockOn) -> Text:
    """Return that all dates fit together, as far as they are known."""
    if found.stuck:
        return text(
            "Nothing else moves. Whether the dates fit together cannot be said: what {dues} waits "
            "for cannot come any more.",
            dues=found.stuck,
        )
    if found.unknown:
        return text(
            "Nothing else moves, and the dates that are known fit together. Not known yet: {dues}.",
            dues=found.unknown,
        )
    return text("Nothing else moves, and all dates still fit together.")


def _stand(state: str, basis: Basis | None, out_of_order: bool) -> Text:
    if basis is None:
        return text("“{state}”", state=state)
    word = basis_word(basis, out_of_order=out_of_order)
    return text("“{state}”, {basis}", state=state, basis=word)


def _not_proved(event: MilestoneMoved, milestone: MilestoneView, page: Page) -> Iterator[str]:
    """Say what is missing behind a move that was attested."""
    for move in milestone.not_proved:
        if (move.trigger, move.source) == (event.trigger, event.source):
            yield page.told(text("Not proved by what is on record:"), 6)
            yield from missing_lines(move, page, 8)


def _early(event: MilestoneMoved, milestone: MilestoneView, page: Page) -> Iterator[str]:
    """Say of a move that it rests on what was recorded out of order."""
    for move in milestone.early:
        if move.rests_on and (move.source, move.target) == (event.source, event.target):
            names = names_text(move.rests_on)
            said = text("It rests on what was recorded out of order: {names}", names=names)
            yield page.told(said, 6)


def _progress(entry: Entry, milestones: Milestones, page: Page) -> Iterator[str]:
    """Say how far a request is after a decision, and from whom one is awaited."""
    event = entry.event
    if not isinstance(event, DecisionRecorded):
        return
    requests = milestones[event.milestone].requests
    found = next(each for each in requests if each.id == event.request)
    counted = text("{recorded} of {asked} on record", recorded=found.recorded, asked=found.asked)
    if found.waiting_for:
        waiting = names_text(found.waiting_for)
        counted = text("{counted}; no decision known of {names}", counted=counted, names=waiting)
    yield page.told(counted, 6)


def nothing_lapsed(process: str, page: Page) -> str:
    """Return that no term passed of which it can be said."""
    lines = [page.told(text("No term is known to have passed in silence. All dates:"))]
    return joined([*lines, page.command("due", process)])


def replay_screen(receipt: Receipt, page: Page) -> str:
    """Return how many facts were recorded, and how many had been before."""
    number = sum(not isinstance(each.event, CalendarFollowed) for each in receipt.entries)
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
