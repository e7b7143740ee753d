"""Words and short phrases that several screens use."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from typing import TypeVar

from definitions.calendar.dates import date_in, dated
from definitions.due_wording import after_text, before_text, relation_text
from definitions.ladders import Rung
from definitions.language.text import Text, ntext, text
from screens.page import Mark, Page, unbroken
from workflow.model.state import Basis
from workflow.rules.gates import Contrary
from workflow.rules.later_entries import LaterEntry, date_remedies
from workflow.views.dues import DueView
from workflow.views.moves import EarlyView, MissingView, UnprovedView
from workflow.views.remarks import RemarkView
from workflow.views.requests import RequestView

# The placeholders in a command.
NAME, BODY = text("NAME"), text("BODY")

T = TypeVar("T", bound=Hashable)


def verdict_word(verdict: str) -> Text:
    """Return the word for the verdict on a definition that is not sound, as an entry has it."""
    return text("unsound") if verdict == "unsound" else text("not verified")


def basis_word(basis: Basis, *, out_of_order: bool = False) -> Text:
    """Return the word for the basis of a move.

    None of them claims that a body has decided: next to a request of the entered state, that would
        be misread as its answer.
    """
    match basis:
        case Basis.DECIDED if out_of_order:
            return text("out of order")
        case Basis.DECIDED:
            return text("proved")
        case Basis.LATCHED:
            return text("latched")
        case Basis.ATTESTED:
            return text("attested")
        case Basis.IN_QUESTION:
            return text("in question")


def mark_of_basis(basis: Basis, *, out_of_order: bool = False) -> Mark:
    """Return how what a move rests on is marked."""
    if out_of_order:
        return Mark.UNPROVED
    match basis:
        case Basis.DECIDED | Basis.LATCHED:
            return Mark.GOOD
        case Basis.ATTESTED:
            return Mark.UNPROVED
        case Basis.IN_QUESTION:
            return Mark.LATE


def dated_in_short(written: str) -> Text:
    """Return a date that a view has as it was written, for a column."""
    found = date_in(written)
    return text("{date}", date=written) if found is None else found.in_short()


def counted_text(request: RequestView) -> Text:
    """Return how many have decided on a request, and in which round, where it is a later one."""
    counted = text("{recorded} of {asked}", recorded=request.recorded, asked=request.asked)
    if request.round <= 1:
        return counted
    return text("{counted}, round {round}", counted=counted, round=request.round)


def days_away(days: int | None) -> Text:
    """Return how far away a day is: “in 12 days”, “today”, “3 days ago”."""
    if days is None:
        return text("not known when")
    if days == 0:
        return text("today")
    if days > 0:
        return ntext("in {n} day", "in {n} days", days)
    return ntext("{n} day ago", "{n} days ago", -days)


def due_text(due: DueView) -> Text:
    """Return a due as one phrase: the date, how far away, and whether late."""
    said = _due_phrase(due, dated(due.written), days_away(due.days_left))
    return said if due.date is None or due.overdue else _or_earlier(said, due)


def due_in_short(due: DueView, page: Page) -> str:
    """Return that phrase for a column, folded only between the date and how far away it is."""
    written = unbroken(page.say(dated_in_short(due.written)))
    return page.say(_due_phrase(due, written, unbroken(page.say(days_away(due.days_left)))))


def _due_phrase(due: DueView, written: Text | str, away: Text | str) -> Text:
    if due.date is None:
        return standing_text(due)
    if due.target:
        return text("aimed at {written}, {away}", written=written, away=away)
    if due.overdue:
        return text("{written}, late: {away}", written=written, away=away)
    return text("{written}, {away}", written=written, away=away)


def due_mark(due: DueView) -> Mark | None:
    """Return how a due is marked: late, or done on the word of a source, or nothing."""
    if due.over and due.proved:
        return Mark.ASIDE
    if due.met:
        return Mark.GOOD if due.proved else Mark.UNPROVED
    return Mark.LATE if due.overdue and not due.target else None


def standing_text(due: DueView) -> Text:
    """Return how a due stands that is not done: how far away, late, aimed at, or not known."""
    if not due.arisen:
        return text("has not arisen")
    if due.date is None:
        return _unknown_text(due)
    if due.target:
        return text("aimed at, {away}", away=days_away(due.days_left))
    if due.overdue:
        return text("late: {away}", away=days_away(due.days_left))
    return _or_earlier(days_away(due.days_left), due)


def _unknown_text(due: DueView) -> Text:
    if due.relation == "before":
        return before_text(due.distance, str(due.anchor))
    if due.relation is not None:
        said = after_text(due.distance, str(due.anchor))
        return said if due.distance is None else text("{term}, which has not happened", term=said)
    if due.earliest:
        return text("the earliest of: {terms}; none has happened", terms=_awaited(due))
    if due.waits_for:
        why = due.why_unknown or text("not known")
        return text("{why}; waits for {what}", why=why, what=due.waits_for)
    return text("{why}", why=due.why_unknown) if due.why_unknown else text("not known")


def _awaited(due: DueView) -> list[Text]:
    """Return from what a due would be counted that may make it earlier, and has not happened."""
    return [
        relation_text(each.relation, each.distance, str(each.anchor))
        for each in due.earliest
        if each.date is None and each.relation is not None
    ]


def _or_earlier(said: Text, due: DueView) -> Text:
    """Return how a due stands, and what may make it earlier."""
    awaited = _awaited(due)
    return text("{said}; or earlier: {terms}", said=said, terms=awaited) if awaited else said


def days_back(as_of: date | None, known_at: date | None) -> Iterator[str]:
    """Yield the options by which a command looks back as far."""
    for name, day in (("--as-of", as_of), ("--known-at", known_at)):
        if day is not None:
            yield from (name, day.isoformat())


def as_known(as_of: date | None, known_at: date | None, *, ahead: bool = False) -> Iterator[Text]:
    """Yield the lines above a screen of the past or of a future day."""
    if ahead:
        yield text("As it would stand on {day}, if nothing more is recorded.", day=as_of)
    elif as_of is not None:
        yield text("As it stood on {day}.", day=as_of)
    if known_at is not None:
        yield text("As recorded by {day}.", day=known_at)


def names_text(names: Sequence[str]) -> Text:
    """Return names (at least one) as people would list them, those of one kind together.

    ``a.raad, b.raad`` becomes ``raad of a, b``, and ``talk@a, talk@b`` becomes ``talk of a, b``;
    anything else is listed as it is.
    """
    groups = [_group(alike) for alike in alike_names(names)]
    return reduce(lambda first, next_: text("{first}; {next}", first=first, next=next_), groups)


def alike_names(names: Sequence[str]) -> list[list[str]]:
    """Return names grouped by kind: bodies by their kind, tasks and parts by their name.

    Each name is there once, although several gates may contribute it.
    """
    kinds: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        kinds.setdefault(_kind(name), []).append(name)
    return list(kinds.values())


def _kind(name: str) -> str:
    """Return the kind of a name: a body without its party, a task without its subject."""
    kind, _, subject = name.partition("@")
    return kind if subject else name.partition(".")[2]


def _group(names: Sequence[str]) -> Text:
    kind = _kind(names[0])
    if not kind or len(names) == 1:
        return text("{names}", names=names)
    parties = [name.partition("@")[2] or name.partition(".")[0] for name in names]
    return text("{kind} of {parties}", kind=kind, parties=parties)


def remark_text(remark: RemarkView) -> Text:
    """Return a remark of a definition, with its subject."""
    if not remark.where:
        return text("{what}", what=remark.what)
    return text("{where}: {what}", where=remark.where, what=remark.what)


def fault_text(why: str | None) -> Text:
    """Return why something could not be said, in words; what a mail server said, as it said it."""
    if why == "empty":
        return text("nobody there has an address, nor has the secretariat")
    return text("{why}", why=why or "")


IN_A_CALENDAR = text("who has the date in a calendar")
"""The recipients of calendar updates, who need not hold a seat any more."""


def seats_by(of: Iterable[tuple[T, str]]) -> dict[T, list[str]]:
    """Return seats grouped by the text that they share, each once."""
    found: dict[T, list[str]] = {}
    for what, seat in dict.fromkeys(of):
        found.setdefault(what, []).append(seat)
    return found


def rungs_text(rungs: Sequence[Rung]) -> Text:
    """Return how far reminders lie from their deadline, where only the number of days differs."""
    first, days = rungs[0], [str(abs(rung.days)) for rung in rungs]
    if first.days == 0:
        return text("on the day")
    number, said = (1 if days == ["1"] else 2), _listed(days)
    if first.to is not None:
        return ntext(
            "{days} day after it to {role}",
            "{days} days after it to {role}",
            number,
            days=said,
            role=first.to,
        )
    if first.days < 0:
        return ntext("{days} day after it", "{days} days after it", number, days=said)
    if first.working:
        return ntext("{days} working day before", "{days} working days before", number, days=said)
    return ntext("{days} day before", "{days} days before", number, days=said)


def _listed(days: Sequence[str]) -> Text:
    *others, last = days
    if not others:
        return text("{day}", day=last)
    return text("{days} and {day}", days=others, day=last)


def unproved_text(move: UnprovedView) -> Text:
    """Return a move that is not proved, when it was made, and on whose word."""
    way = {"source": move.source, "target": move.target, "on": dated(move.effective)}
    if move.basis is Basis.IN_QUESTION:
        return text("{source} → {target}, {on}: in question", **way)
    return text(
        "{source} → {target}, {on}, on the word of {reference}", **way, reference=move.reference
    )


def early_text(move: EarlyView) -> Text:
    """Return a move that depends on entries recorded out of order, with those entries."""
    way = {"source": move.source, "target": move.target, "on": dated(move.effective)}
    if not move.rests_on:  # what it was is reported in order since
        return text("{source} → {target}, {on}", **way)
    return text("{source} → {target}, {on}: {rests_on}", **way, rests_on=names_text(move.rests_on))


def missing_lines(move: UnprovedView, page: Page, indent: int) -> Iterator[str]:
    """Yield the evidence that a move lacks, and the recorded decisions against it.

    Each missing decision is named; requirements that several gates share are named once.
    """
    sentences = (*_missing_texts(move), *(each.sentence for each in move.later))
    yield from dict.fromkeys(page.paragraph(sentence, indent) for sentence in sentences)


def _missing_texts(move: UnprovedView) -> Iterator[Text]:
    for each in move.missing:
        against = _against(each)
        if each.waiting_for or not against:
            yield missing_text(each)
        if each.waiting_for and _texts_differ(each):
            yield each.reason
        if against:
            yield _against_text(each, against, move.basis)


def _against(missing: MissingView) -> tuple[Contrary, ...]:
    """Return the decisions with an outcome that does not count; held over is not known yet."""
    if _texts_differ(missing):
        return ()  # they decided on different texts, which the reason names
    return tuple(each for each in missing.contrary if each.body not in missing.waiting_for)


def _texts_differ(missing: MissingView) -> bool:
    return any(each.text for each in missing.contrary)


def _against_text(missing: MissingView, against: Iterable[Contrary], basis: Basis) -> Text:
    values = {
        "subject": missing.subject,
        "names": [
            text(
                "{body} ({outcome}, entry {seq})",
                body=each.body,
                outcome=each.outcome,
                seq=each.seq,
            )
            for each in against
        ],
    }
    if missing.reachable:
        return text("decided otherwise on {subject}: {names}", **values)
    if basis is Basis.ATTESTED:
        return text(
            "decided otherwise on {subject}, which contradicts the source: {names}; decisions can "
            "no longer prove it",
            **values,
        )
    return text(
        "decided otherwise on {subject}: {names}; decisions can no longer prove it", **values
    )


def missing_text(missing: MissingView) -> Text:
    """Return the missing evidence for one part of a gate."""
    number = len(missing.waiting_for)
    match missing.kind:
        case "decisions" if number:
            names = names_text(missing.waiting_for)
            return text("no decision on {subject}: {names}", subject=missing.subject, names=names)
        case "tasks":
            return ntext(
                "{n} task not reported done: {subject}",
                "{n} tasks not reported done: {subject}",
                number,
                subject=missing.subject,
            )
        case "parts":
            return ntext(
                "{n} part not reported at its level: {subject}",
                "{n} parts not reported at their level: {subject}",
                number,
                subject=missing.subject,
            )
        case _:
            return text("{subject}: {reason}", subject=missing.subject, reason=missing.reason)


def mending_lines(process: str, later: Sequence[LaterEntry], page: Page) -> Iterator[str]:
    """Yield the commands that correct the dates of later entries; none if there are none."""
    commands = date_remedies(process, later)
    if commands:
        said = ntext("If that date is wrong:", "If one of these dates is wrong:", len(commands))
        yield page.paragraph(said)
    yield from (page.action(each) for each in commands)
