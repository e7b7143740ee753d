"""The receipt screen: the recorded entries, and the transitions that are open now."""

from collections.abc import Iterator

from definitions.calendar.dates import dated
from definitions.language.text import Text, ntext, text
from screens.due import clash_text
from screens.goal import goal_text
from screens.history import recorded_line
from screens.page import Page, joined
from screens.words import basis_word, missing_lines, names_text
from workflow.model.state import People
from workflow.rules.consequences import Consequences, MoveChange, Stand
from workflow.rules.gates import SHORT, TextRelation
from workflow.rules.knock_on import KnockOn
from workflow.rules.reachability import Opened
from workflow.unit_of_work import Receipt
from workflow.views.moves import UnprovedView
from workflow.views.next_commands import Follows, NextView
from workflow.views.receipt import (
    BoundTextView,
    ClosedView,
    ReceiptView,
    RecordedView,
    ReplannedView,
    SpoiledView,
)
from workflow.views.requests import RequestView


def receipt_screen(receipt: ReceiptView, people: People, page: Page) -> str:
    """Return the receipt of a command, and the next commands."""
    return joined(_lines(receipt, people, page))


def _lines(receipt: ReceiptView, people: People, page: Page) -> Iterator[str]:
    if not receipt.recorded and not receipt.repeated:
        yield from _nothing_lapsed(receipt, page)
        return
    if receipt.dry_run:
        yield page.paragraph(text("Only tried; nothing was written. It would be:"))
    if not receipt.recorded:
        yield page.paragraph(text("This was recorded before; nothing changes."))
    for each in receipt.entries:
        yield recorded_line(each.entry, people, page)
        yield from (page.paragraph(said, 6) for said in _of_entry(each))
        yield from _unproved(each, page)
        yield from _set_apart(each, page)
    yield from (page.paragraph(said, 6) for said in _of_all(receipt))
    if receipt.different is not None:
        yield from _different(receipt.different, page)
    if receipt.next is not None:
        yield from next_lines(receipt.next, page)


def _nothing_lapsed(receipt: ReceiptView, page: Page) -> Iterator[str]:
    """Yield that no term has passed that can be recorded."""
    yield page.paragraph(text("No term is known to have passed in silence. All dates:"))
    for each in receipt.next.actions if receipt.next is not None else ():
        yield page.action(each)


def _of_entry(recorded: RecordedView) -> Iterator[Text]:
    if recorded.progress is not None:
        yield _progress(recorded.progress)
    cause = recorded.entry.payload.get("because")
    if cause is not None:
        yield text("set off by entry {seq}", seq=cause)
    if recorded.opens_round:
        yield from _round_opened(recorded.round)
    if recorded.replanned is not None:
        yield from _replanned(recorded.replanned)


def _of_all(receipt: ReceiptView) -> Iterator[Text]:
    """Yield the consequences of all entries together."""
    for term in receipt.short_terms:
        yield text(
            "By law {due} ends on {ends}, and so it does: the date it was given, {given}, is too "
            "early.",
            due=f"{term.due}@{term.party}" if term.party else term.due,
            ends=term.ends,
            given=term.given,
        )
    if receipt.goal is not None:
        yield goal_text(receipt.goal)
    yield from (_closed(each) for each in receipt.closed)
    yield from (_freed(each) for each in receipt.freed)
    yield from (_delayed(each) for each in receipt.delayed)
    yield from (
        text("Checked anew, {where}: {says}", where=each.where, says=each.says)
        for each in receipt.faults
    )
    if receipt.spoiled is not None:
        yield from _spoiled(receipt.spoiled)


def _spoiled(spoiled: SpoiledView) -> Iterator[Text]:
    """Yield what is not proved any more by who joined or left."""
    for each in spoiled.faults:
        said = text("{where}: {says}", where=each.milestone, says=each.says)
        said = said if each.milestone else each.says
        if spoiled.verdict == "unsound":
            yield text("By this the definition is not sound any more. {fault}", fault=said)
        else:
            yield text("By this the definition is not proved any more. {fault}", fault=said)


# --- of one entry ------------------------------------------------------------------------------


def _progress(progress: RequestView) -> Text:
    """Return how far a request is after a decision, and from whom one is awaited."""
    counted = text(
        "{recorded} of {asked} on record", recorded=progress.recorded, asked=progress.asked
    )
    if not progress.waiting_for:
        return counted
    waiting = names_text(progress.waiting_for)
    return text("{counted}; no decision known of {names}", counted=counted, names=waiting)


def _round_opened(number: int | None) -> Iterator[Text]:
    """Yield that a move opens a round, and what that does to the one before."""
    if number is None:
        yield text("This opens a round, before what is recorded after it.")
        return
    yield text("This opens round {round}.", round=number)
    if number > 1:
        yield text("Decisions of an earlier round stay on record, and do not count in this one.")


def _unproved(recorded: RecordedView, page: Page) -> Iterator[str]:
    """Yield the evidence that an attested move lacks, and entries out of order."""
    for move in recorded.not_proved:
        yield page.paragraph(text("Not proved by what is on record:"), 6)
        yield from missing_lines(move, page, 8)
    for early in recorded.early:
        names = names_text(early.rests_on)
        said = text("It rests on entries recorded out of order: {names}", names=names)
        yield page.paragraph(said, 6)


def _set_apart(recorded: RecordedView, page: Page) -> Iterator[str]:
    """Yield the differences between a decision and other decisions, or a source."""
    for other in recorded.other_texts:
        said = text(
            "Not the same text as {hash}, of {names}.",
            hash=other.text[:SHORT],
            names=names_text(other.bodies),
        )
        yield page.paragraph(said, 6)
    if recorded.bound is not None:
        yield from (page.paragraph(said, 6) for said in _bound(recorded.bound))
    if recorded.mending is not None:
        slip = recorded.bound is None or recorded.bound.known
        said = text("If that is a slip:") if slip else text("Once it is known on which text it is:")
        yield page.paragraph(said, 6)
        yield page.action(recorded.mending, indent=8)
    yield from (page.paragraph(_contradicted(move), 6) for move in recorded.contradicts)


def _bound(bound: BoundTextView) -> Iterator[Text]:
    """Yield what the text of another request makes of an answer."""
    match bound.relation:
        case TextRelation.SAME:
            return
        case TextRelation.OTHER:
            yield text(
                "This is on another text than {request} came to: it does not count.",
                request=bound.request,
            )
        case TextRelation.PENDING:
            yield text(
                "It counts only once {request} has come to the same text.", request=bound.request
            )
        case TextRelation.UNKNOWN:
            yield (
                text(
                    "It is not known on which text {request} was decided: whether this is on the "
                    "same one cannot be judged.",
                    request=bound.request,
                )
                if bound.known
                else text(
                    "It is not known on which text this is: whether it is that of {request} "
                    "cannot be judged.",
                    request=bound.request,
                )
            )


def _contradicted(move: UnprovedView) -> Text:
    return text(
        "It contradicts {reference}, on the word of which {milestone} went from "
        "“{source}” to “{target}”: decisions can no longer prove that.",
        reference=move.reference,
        milestone=move.milestone,
        source=move.source,
        target=move.target,
    )


# --- of a new date -----------------------------------------------------------------------------


def _replanned(replanned: ReplannedView) -> Iterator[Text]:
    if replanned.overtaken_on is not None:
        yield text(
            "A later replanning, of {on}, stays in force: {due} is due {date}.",
            on=dated(replanned.overtaken_on),
            due=replanned.due,
            date=dated(replanned.stays or ""),
        )
    if replanned.day_off is not None:
        yield text("{why}; it stays as it is.", why=replanned.day_off)
    found = replanned.knock_on
    if not found.any and replanned.overtaken_on is None:
        yield _fits(found)
    yield from _knocked_on(found)
    yield from _past_goal(replanned)
    if found.arisen:
        yield text("Arises by it: {tasks}", tasks=names_text(found.arisen))


def _knocked_on(found: KnockOn) -> Iterator[Text]:
    """Yield which dues move along with a new date, and which do not fit it."""
    for due in found.dues:
        yield text(
            "{due} moves along: was {before}, is {after}",
            due=due.due,
            before=dated(due.before),
            after=dated(due.after),
        )
    for clash in found.clashes:
        yield text("No longer fits: {clash}", clash=clash_text(clash))
    for clash in found.still:
        yield text("Still does not fit: {clash}", clash=clash_text(clash))


def _past_goal(replanned: ReplannedView) -> Iterator[Text]:
    """Yield which dues lie after the goal now, and which lay there before."""
    for due in replanned.knock_on.past_goal:
        yield text(
            "{due} lies after the goal, {date}: {what}.",
            due=due,
            date=dated(replanned.goal or ""),
            what=replanned.goal_is,
        )
    if replanned.knock_on.past_goal_still:
        yield text("Still after the goal: {dues}", dues=replanned.knock_on.past_goal_still)


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


# --- of gates ----------------------------------------------------------------------------------


def _closed(gate: ClosedView) -> Text:
    """Return that a gate can no longer hold, and why."""
    if gate.request:
        values = {
            "request": f"{gate.milestone}/{gate.request}",
            "bodies": names_text(gate.bodies),
            "why": gate.why,
        }
        if gate.in_another_round:
            return text(
                "In this round {bodies} cannot decide on {request} any more: {why}", **values
            )
        return text("{bodies} cannot decide on {request} any more: {why}", **values)
    of = {"milestone": gate.milestone, "target": gate.target, "why": gate.why}
    if gate.in_another_round:
        return text("In this round {milestone} cannot go to “{target}” any more: {why}", **of)
    return text("{milestone} cannot go to “{target}” any more: {why}", **of)


def _freed(held: Opened) -> Text:
    """Return that a gate holds by a departure."""
    if held.request:
        return text(
            "By this {bodies} can decide on {request}.",
            bodies=names_text(held.bodies),
            request=f"{held.milestone}/{held.request}",
        )
    return text(
        "By this {milestone} can go to “{target}”.", milestone=held.milestone, target=held.target
    )


def _delayed(held: Opened) -> Text:
    """Return that a gate held, and waits for a party that joined."""
    if held.request:
        return text(
            "By this {bodies} cannot decide on {request} yet.",
            bodies=names_text(held.bodies),
            request=f"{held.milestone}/{held.request}",
        )
    return text(
        "By this {milestone} cannot go to “{target}” yet.",
        milestone=held.milestone,
        target=held.target,
    )


# --- of a correction ---------------------------------------------------------------------------


def _different(found: Consequences, page: Page) -> Iterator[str]:
    """Yield the consequences of a correction."""
    if not found.any:
        yield page.paragraph(text("No milestone, move or date is different by it."), 6)
        return
    yield page.paragraph(text("Different by it:"), 6)
    yield from (page.paragraph(said, 8) for said in _differences(found))


def _differences(found: Consequences) -> Iterator[Text]:
    for party in found.back:
        yield text("{party} takes part again", party=party)
    for party in found.gone:
        yield text("{party} takes no part", party=party)
    for each in found.milestones:
        yield text(
            "{milestone} is {after}, and was {before}",
            milestone=each.milestone,
            after=_stand(each.after),
            before=_stand(each.before),
        )
    yield from (_proved_or_not(move) for move in found.moves)
    for due in found.dues:
        yield text(
            "{due} is due {after}, and was {before}",
            due=due.due,
            after=dated(due.after),
            before=dated(due.before),
        )


def _proved_or_not(move: MoveChange) -> Text:
    way = {
        "milestone": move.milestone,
        "source": move.source,
        "target": move.target,
        "on": dated(move.effective),
    }
    if move.proved:
        return text("{milestone}: {source} → {target} ({on}) is proved now", **way)
    return text("{milestone}: {source} → {target} ({on}) could not have been made", **way)


def _stand(stand: Stand) -> Text:
    if stand.basis is None:
        return text("“{state}”", state=stand.state)
    word = basis_word(stand.basis, out_of_order=stand.out_of_order)
    return text("“{state}”, {basis}", state=stand.state, basis=word)


# --- what comes next ---------------------------------------------------------------------------


def next_lines(following: NextView, page: Page) -> Iterator[str]:
    """Yield the next commands, and why they come next."""
    yield page.paragraph(_heading(following))
    yield from (page.action(each) for each in following.actions)


def _heading(following: NextView) -> Text:
    match following.follows:
        case Follows.OPENED:
            return text("Open now:")
        case Follows.SETTLE:
            return text(
                "Settle “{milestone}”, which is in question, with:", milestone=following.milestone
            )
        case Follows.DATES:
            return text("See all dates:")
        case Follows.ADVANCE:
            return text("To advance it:")
        case Follows.WAITS:
            return text("What “{milestone}” waits for:", milestone=following.milestone)
        case Follows.STATUS:
            return text("See where it stands:")


def replay_screen(receipt: Receipt, page: Page) -> str:
    """Return how many facts were recorded, and how many had been before."""
    recorded = (
        ntext("{n} fact would be recorded", "{n} facts would be recorded", receipt.recorded)
        if receipt.dry
        else ntext("{n} fact recorded", "{n} facts recorded", receipt.recorded)
    )
    before = ntext("{n} had been recorded before", "{n} had been recorded before", receipt.repeated)
    lines = [page.paragraph(text("{recorded}; {before}.", recorded=recorded, before=before))]
    if not receipt.dry:
        lines += [
            page.paragraph(text("See where it stands:")),
            page.command("status", receipt.head.id),
        ]
    return joined(lines)
