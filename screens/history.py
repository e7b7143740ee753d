"""The screen of ``history``, and the sentences of its entries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from definitions.calendar.dates import dated
from definitions.calendar.zones import zone_of
from definitions.language.text import Text, day_in_short, ntext, text
from definitions.language.values import replace
from definitions.model import TaskRef
from screens.page import Page, joined
from screens.words import as_known, dated_in_short, days_back, verdict_word
from workflow.model.events import (
    STARTER,
    Amended,
    AnswerFollowedUp,
    CalendarFollowed,
    DecisionRecorded,
    DueMoved,
    Entry,
    EntryCorrected,
    Event,
    MilestoneMoved,
    NoteAdded,
    PartReported,
    PartyJoined,
    PartyLeft,
    ProcessStarted,
    SeatEnded,
    SeatGiven,
    Shift,
    TaskReported,
    because_of,
    event_from,
    names_in,
    openness_of,
    out_of_order_of,
    reference_of,
    remark_of,
)
from workflow.model.openness import Audience
from workflow.model.state import People, Step, seat_name
from workflow.rules.gates import part_name
from workflow.rules.tasks import task_name
from workflow.rules.undated import is_of_unknown_day
from workflow.rules.votes import votes_text
from workflow.views.history import EntryView, Rounds, rounds_in
from workflow.views.seen import Seen

SHORT = 12


def history_screen(entries: Iterable[Entry], people: People, page: Page, seen: Seen) -> str:
    """Return the journal as it was written, and how many of its moves are not proved.

    Args:
        entries: those that are shown.
        people: the name of everybody.
        page: where it is written.
        seen: where the process stands, or stood on the day that was asked for.
    """
    lines = [page.paragraph(said) for said in as_known(seen.as_of, seen.known_at, ahead=seen.ahead)]
    entries = list(entries)
    rounds = rounds_of(seen, entries)
    lines += [line for entry in entries for line in entry_lines(entry, people, page, seen, rounds)]
    unproved = len(seen.state.unproved())
    if unproved:
        said = ntext("Not proved: {n} move.", "Not proved: {n} moves.", unproved)
        what = text("{unproved} What is missing:", unproved=said)
        lines += [
            "",
            page.paragraph(what),
            page.command("status", seen.process, *days_back(seen.as_of, seen.known_at)),
        ]
    return joined(lines)


def entries_by_day(entries: Iterable[Entry], people: People, page: Page) -> str:
    """Return entries as a line each, without their sources."""
    return joined(entry_line(entry, people, page) for entry in entries)


def rounds_of(seen: Seen, entries: Iterable[Entry]) -> Rounds:
    """Return what entries have to do with rounds; every move is among them."""
    return rounds_in(seen.definition, list(entries))


def entry_lines(
    entry: Entry, people: People, page: Page, seen: Seen, rounds: Rounds
) -> Iterator[str]:
    """Yield an entry: what it says, on what source, and who recorded it and when."""
    zone = zone_of(seen.definition.timezone)
    counted = _counted_from(entry, seen) if is_of_unknown_day(entry) else None
    yield from _lines(_in_round(entry, rounds), people, page, zone, rounds.opened, counted)


def _counted_from(entry: Entry, seen: Seen) -> date | None:
    """Return the day from which a decision of an unknown day counts; None if it was withdrawn."""
    given = (each for each in seen.state.decisions.values() if each.seq == entry.seq)
    return next((each.effective_on for each in given if not each.day_known), None)


def _in_round(entry: Entry, rounds: Rounds) -> Entry:
    """Return an entry as it is shown: with the round in which a decision counts."""
    number = rounds.counts.get(entry.seq)
    if number is None or not isinstance(entry.event, DecisionRecorded):
        return entry
    return entry._replace(event=replace(entry.event, round=number))


def _lines(
    entry: Entry,
    people: People,
    page: Page,
    zone: ZoneInfo,
    opened: Mapping[int, int],
    counted: date | None,
) -> Iterator[str]:
    yield entry_line(entry, people, page)
    if counted is not None:
        yield page.paragraph(text("counted from {day}", day=counted), 6)
    if entry.seq in opened:
        yield page.paragraph(text("opens round {round}", round=opened[entry.seq]), 6)
    reference = reference_of(entry.event)
    if reference:
        yield page.paragraph(text("source: {source}", source=reference), 6)
    remark = remark_of(entry.event)
    if remark:
        yield page.wrapped(remark, 6)
    out_of_order = out_of_order_of(entry.event)
    if out_of_order:
        yield page.paragraph(text("out of order: {why}", why=out_of_order), 6)
    cause = because_of(entry.event)
    if cause is not None:
        yield page.paragraph(text("set off by entry {seq}", seq=cause), 6)
    seen_by = openness_text(entry.event)
    if seen_by:
        yield page.paragraph(seen_by, 6)
    yield page.paragraph(_recorded(entry, people, zone), 6)


def openness_text(event: Event) -> Text | None:
    """Return who may see an event; None where everybody may."""
    openness = openness_of(event)
    match openness.audience:
        case Audience.PUBLIC:
            return None
        case Audience.INTERNAL:
            return text("internal")
        case Audience.OWN if openness.until is None:
            return text("only for {party}", party=openness.party)
        case Audience.OWN:
            return text(
                "only for {party}, until {day}",
                party=openness.party,
                day=day_in_short(openness.until),
            )


def _recorded(entry: Entry, people: People, zone: ZoneInfo) -> Text:
    """Return when and by whom an entry was recorded; who starts a process has no seat yet."""
    values: dict[str, str | Text] = {
        "at": instant_of(entry.recorded_at.astimezone(zone)),
        "who": _name(entry.actor, people),
        "hash": entry.hash[:SHORT],
    }
    if entry.role == STARTER:
        return text("recorded {at} by {who}, who started the process, hash {hash}", **values)
    return text("recorded {at} by {who} as {seat}, hash {hash}", **values, seat=entry.role)


def instant_of(at: datetime) -> Text:
    """Return an instant as people write it, with the zone that its clock shows."""
    return text(
        "{day} {time} {zone}", day=day_in_short(at.date()), time=f"{at:%H:%M:%S}", zone=at.tzname()
    )


def entry_line(entry: Entry, people: People, page: Page) -> str:
    """Return an entry as one line: its number, when it happened, what it says."""
    said = page.say(describe(entry.event, people))
    return page.wrapped(f"{entry.seq:>4}  {page.say(entry.effective.in_short())}  {said}", 0, 6)


def recorded_line(entry: EntryView, people: People, page: Page) -> str:
    """Return an entry as a receipt has it, as that line."""
    said = page.say(describe(event_from(entry.type, entry.payload), people))
    on = page.say(dated_in_short(entry.effective))
    return page.wrapped(f"{entry.seq:>4}  {on}  {said}", 0, 6)


def describe(event: Event, people: People) -> Text:
    """Return an event as a sentence, without its date."""
    match event:
        case DecisionRecorded():
            return _decided(event)
        case TaskReported():
            return _reported(event)
        case NoteAdded():
            return _noted(event)
        case MilestoneMoved():
            return _moved(event)
        case AnswerFollowedUp():
            return _followed_up(event)
        case PartReported():
            return _part(event)
        case ProcessStarted():
            return _started(event)
        case SeatGiven() | SeatEnded():
            return _seat(event, people)
        case DueMoved() | PartyJoined() | PartyLeft() | Amended():
            return _changed(event)
        case CalendarFollowed():
            return _followed(event)
        case EntryCorrected():
            return _corrected(event, people)


def _noted(event: NoteAdded) -> Text:
    if event.secrecy is None:
        return text("note: {note}", note=event.note)
    return text(
        "secrecy was imposed by {bodies}, on the ground of {ground}",
        bodies=list(names_in(event.about)),
        ground=event.secrecy,
    )


def _followed(event: CalendarFollowed) -> Text:
    """Return the changes by a new calendar: its days, and the dates that moved."""
    said = text("the calendar changed, and is followed: {what}", what=_other_days(event))
    for each in event.shifts:
        said = text("{first}; {more}", first=said, more=_shifted(each, str(each) in event.ended))
    if event.reminders:
        n = event.reminders
        more = ntext("{n} reminder has another moment", "{n} reminders have another moment", n)
        said = text("{first}; {more}", first=said, more=more)
    return said


def _other_days(event: CalendarFollowed) -> Text:
    found = []
    if event.off:
        found.append(text("days off now: {days}", days=_days(event.off)))
    if event.working:
        found.append(text("working days again: {days}", days=_days(event.working)))
    if event.clock:
        found.append(text("the clock of {zone} is set otherwise", zone=event.clock))
    said = found[0] if found else text("which days, is not known")
    for each in found[1:]:
        said = text("{first}; {more}", first=said, more=each)
    return said


def _days(days: Sequence[str]) -> list[Text]:
    return [day_in_short(date.fromisoformat(each)) for each in days]


def _shifted(each: Shift, ended: bool) -> Text:
    due = f"{each.due}@{each.party}" if each.party else each.due
    values = {"due": due, "was": day_in_short(each.was), "ends": day_in_short(each.ends)}
    if not ended:
        return text("{due} ends on {ends}, not on {was}", **values)
    if each.counted_from is None:
        return text("{due} ended on {was}; by the new calendar, on {ends}", **values)
    return text("{due} ended on {was}, and stays so; by the new calendar it was {ends}", **values)


def _seat(event: SeatGiven | SeatEnded, people: People) -> Text:
    values = {"who": _name(event.person, people), "seat": seat_name(event.role, event.place)}
    if isinstance(event, SeatGiven) and event.mailbox:
        return text("the mailbox {who} holds the seat {seat}", **values)
    if event.mailbox:
        return text("the mailbox {who} holds the seat {seat} no longer", **values)
    if isinstance(event, SeatGiven):
        return text("{who} holds the seat {seat}", **values)
    return text("{who} holds the seat {seat} no longer", **values)


def _changed(event: DueMoved | PartyJoined | PartyLeft | Amended) -> Text:
    """Return a correction in words, with its reason."""
    match event:
        case DueMoved():
            return text(
                "{due} is replanned, due {date}: {reason}",
                due=event.due,
                date=dated(event.date),
                reason=event.reason,
            )
        case PartyJoined():
            return text("{party} joins: {reason}", party=event.party, reason=event.reason)
        case PartyLeft():
            return text(
                "{party} takes part no longer: {reason}", party=event.party, reason=event.reason
            )
        case Amended():
            return text(
                "{what} is now “{value}”: {reason}",
                what=_amended(event.what),
                value=event.value,
                reason=event.reason,
            )


def _amended(what: str) -> Text:
    """Return the amended thing in words, since an entry has it as typed."""
    kind, _, name = what.partition("/")
    match kind:
        case "title":
            return text("the title")
        case "ladder":
            return text("the ladder {name}", name=name)
        case "route":
            return text("the route of {name}", name=name)
        case "papers-due":
            return text("the term for papers in {name}", name=name)
        case _:
            return text("{what}", what=what)


def _corrected(event: EntryCorrected, people: People) -> Text:
    if event.replacement is None:
        return text("entry {seq} is withdrawn: {reason}", seq=event.corrects, reason=event.reason)
    values = {
        "seq": event.corrects,
        "reason": event.reason,
        "reading": describe(event_from(event.kind, event.replacement), people),
    }
    if event.effective is None:
        return text("entry {seq} is corrected ({reason}); it now reads: {reading}", **values)
    return text(
        "entry {seq} is corrected ({reason}); it now reads ({on}): {reading}",
        on=dated(event.effective),
        **values,
    )


def _started(event: ProcessStarted) -> Text:
    values = {
        "definition": event.definition,
        "version": event.version,
        "sha256": event.sha256[:SHORT],
    }
    if event.verdict is None:
        return text(
            "process started, by definition {definition} version {version} ({sha256})", **values
        )
    return text(
        "process started, by definition {definition} version {version} ({sha256}), {verdict}: "
        "{why}",
        verdict=verdict_word(event.verdict),
        why=event.allowed or "",
        **values,
    )


def _moved(event: MilestoneMoved) -> Text:
    values = {"milestone": event.milestone, "source": event.source, "target": event.target}
    if event.attested:
        return text("{milestone}: {source} → {target}, attested", **values)
    return text("{milestone}: {source} → {target}", **values)


def _decided(event: DecisionRecorded) -> Text:
    more: Text | str = ""
    for each in _beside(event):
        more = text("{first}{more}", first=more, more=each) if more else each
    return text(
        "{body} on {milestone}/{request} (round {round}): {outcome}{more}",
        body=event.body,
        milestone=event.milestone,
        request=event.request,
        round=event.round,
        outcome=event.outcome,
        more=more,
    )


def _beside(event: DecisionRecorded) -> Iterator[Text]:
    """Yield the details of a decision besides its outcome, in the order of the sentence."""
    if event.votes:
        yield text(", {votes}", votes=votes_text(event.votes))
    if event.unnamed_options:
        number = event.unnamed_options
        yield ntext("; {n} option, not named", "; {n} options, not named", number)
    elif event.options:
        yield text("; naming {options}", options=event.options)
    if event.ground:
        yield text(", ground: {ground}", ground=event.ground)
    if event.text:
        yield text(", text {hash}", hash=event.text[:SHORT])
    if event.points:
        yield _points(event.points)
    if event.signed_by:
        yield text(", signed by {roles}", roles=event.signed_by)
    if event.on_behalf:
        yield text(", recorded on its behalf")
    if event.secrecy:
        yield text(", under secrecy: {ground}", ground=event.secrecy)


def _points(points: Sequence[str]) -> Text:
    numbered = [f"({number}) {says}" for number, says in enumerate(points, 1)]
    return ntext("; {n} point: {points}", "; {n} points: {points}", len(points), points=numbered)


def _followed_up(event: AnswerFollowedUp) -> Text:
    values = {"body": event.body, "request": f"{event.milestone}/{event.request}"}
    match Step(event.step):
        case Step.SENT:
            return text("the answer of {body} on {request} was sent", **values)
        case Step.RECEIVED:
            return text("the answer of {body} on {request} was received", **values)
        case Step.REPLIED:
            return text(
                "point {point} of the answer of {body} on {request} was replied to",
                **values,
                point=event.point,
            )


def _part(event: PartReported) -> Text:
    return text(
        "{part} is at “{level}”{version}{hash}{secret}",
        part=part_name(event.deliverable, event.part, event.subject),
        level=event.level,
        version=text(", version {version}", version=event.version) if event.version else "",
        hash=text(", text {hash}", hash=event.text[:SHORT]) if event.text else "",
        secret=text(", under secrecy: {ground}", ground=event.secrecy) if event.secrecy else "",
    )


def _reported(event: TaskReported) -> Text:
    name = _task(event.milestone, event.task, event.subject, event.year)
    return text("{task}: {result}", task=name, result=event.result)


@lru_cache(maxsize=1024)
def _task(milestone: str, task: str, subject: str, year: int | None) -> str:
    return task_name(TaskRef(milestone, task), subject, year)


def _name(person: str, people: People) -> str:
    return people[person][0] if person in people else person[:SHORT] or "?"
