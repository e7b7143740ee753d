"""The screens of ``remind``: what is planned, what would be said, what was sent."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from definitions.calendar.zones import zone_of
from definitions.ladders import rung_named
from definitions.language.text import Text, day_in_short, ntext, text, weekday_in_short
from definitions.language.values import dataclass, replace
from screens.page import Cell, Mark, Page, cell, joined, unbroken
from screens.words import IN_A_CALENDAR, fault_text, names_text, rungs_text, seats_by
from workflow.model.reminders import CHANGED, FILED, WITHDRAWN, Ended
from workflow.model.reminders import Standing as Stands
from workflow.reminders.listing import (
    WOULD,
    DueNowView,
    NoReminderView,
    RemindedProcess,
    RemindersView,
    ReminderView,
    WhyNoReminder,
)
from workflow.reminders.recipients import Unreachable


def reminders_screen(view: RemindersView, page: Page) -> str:
    """Return the reminders of processes, those of one moment and deadline together."""
    if not view.processes:
        return page.paragraph(text("No processes yet; there is nobody to remind."))
    return joined(line for each in view.processes for line in _process(each, view, page))


def _process(process: RemindedProcess, view: RemindersView, page: Page) -> Iterator[str]:
    if process != view.processes[0]:
        yield ""
    yield page.wrapped(f"{process.title} ({process.process})", mark=Mark.HEADING)
    if process.reconstruction:
        yield page.paragraph(
            text(
                "This process was recorded afterwards: nothing was sent, nor ever is. Had "
                "everything been recorded on its day, this would have been."
            )
        )
    yield from _span(view, page)
    yield ""
    reminders = [each for each in view.reminders if each.process == process.process]
    zone = zone_of(process.timezone)
    if reminders:
        yield page.table(
            (text("WHEN"), text("WHAT"), text("MOMENT"), text("FOR"), text("HOW IT STANDS")),
            [_row(process, found, page) for found in _together(reminders, zone)],
        )
    else:
        yield page.paragraph(text("No reminders."))
    yield from _folders(reminders, page)
    yield from _faults(reminders, page)
    yield from _silent([each for each in view.silent if each.process == process.process], page)


def _span(view: RemindersView, page: Page) -> Iterator[str]:
    match view.since, view.until:
        case date() as since, date() as until:
            yield page.paragraph(text("From {since} to {until}.", since=since, until=until))
        case date() as since, None:
            yield page.paragraph(text("From {since} on.", since=since))
        case None, date() as until:
            yield page.paragraph(text("Until {until}.", until=until))
        case _:
            pass


def _together(reminders: Iterable[ReminderView], zone: ZoneInfo) -> Iterator[list[ReminderView]]:
    """Yield those that differ in whose they are only, and stand alike."""

    def key(each: ReminderView) -> tuple[datetime, str, str, str, str]:
        why = each.why if each.status == Stands.CANCELLED else None
        return (each.at, each.due, each.rung, each.status, why or str(_day_it_left(each, zone)))

    for _, found in groupby(sorted(reminders, key=key), key=key):
        yield list(found)


def _row(process: RemindedProcess, found: list[ReminderView], page: Page) -> list[Cell]:
    first = found[0]
    at = first.at.astimezone(zone_of(process.timezone))
    day = at.date()
    seats = dict.fromkeys(page.say(_seat(each)) for each in found)
    return [
        unbroken(page.say(day_in_short(day) if page.narrow else weekday_in_short(day))),
        first.due,
        page.say(_rung(first.rung)),
        ", ".join(seats),
        cell(page.say(_standing(first, process)), _mark(first.status)),
    ]


def _rung(name: str) -> Text:
    """Return the distance of a reminder from its deadline in words; its name for other rungs.

    A calendar update has the change in words.
    """
    if name == CHANGED:
        return text("other date")
    if name == WITHDRAWN:
        return text("date gone")
    found = rung_named(name)
    return text("{name}", name=name) if found is None else rungs_text([found])


def _seat(each: ReminderView) -> Text:
    """Return the recipient, and the seat it was meant for if that is another."""
    if not each.seat:
        return IN_A_CALENDAR
    if each.meant_for is None:
        return text("{seat}", seat=each.seat)
    return text("{seat} (for {other})", seat=each.seat, other=each.meant_for)


def _mark(status: str) -> Mark | None:
    marks = {
        Stands.SENT.value: Mark.GOOD,
        Stands.UNDELIVERED.value: Mark.LATE,
        Stands.PLANNED.value: Mark.WAITING,
    }
    return marks.get(status)


def _standing(each: ReminderView, process: RemindedProcess) -> Text:
    """Return the status of a reminder, with the day if that is not its own."""
    if each.status == WOULD:
        return text("would have been sent")
    late = _day_it_left(each, zone_of(process.timezone))
    if each.status == FILED and late is None:
        return text("in a folder")
    if each.status == FILED and late is not None:
        return text("in a folder on {on}", on=day_in_short(late))
    match Stands(each.status):
        case Stands.PLANNED:
            return text("planned")
        case Stands.SENT:
            return text("sent") if late is None else text("sent on {on}", on=day_in_short(late))
        case Stands.LAPSED:
            return text("lapsed: past when it was recorded")
        case Stands.UNDELIVERED:
            return text("NOT delivered")
        case Stands.CANCELLED:
            return _cancelled(each.why)


def _day_it_left(each: ReminderView, zone: ZoneInfo) -> date | None:
    """Return the day on which a reminder left, where it is not the one it was for."""
    if each.way is None or each.settled_at is None:
        return None
    day = each.settled_at.astimezone(zone).date()
    return None if day == each.at.astimezone(zone).date() else day


def _cancelled(why: str | None) -> Text:
    match why:
        case Ended.MET:
            return text("cancelled: done, or its round is closed")
        case Ended.MOVED:
            return text("cancelled: another date")
        case Ended.CALENDAR:
            return text("cancelled: the calendar changed")
        case Ended.AMENDED:
            return text("cancelled: another ladder")
        case Ended.STOPPED:
            return text("cancelled: stopped")
        case Ended.HEARD:
            return text("cancelled: the seat changed hands")
        case Ended.LEFT:
            return text("cancelled: takes part no longer")
        case Ended.AGAIN:
            return text("cancelled: the date applies again")
        case Ended.NOBODY:
            return text("cancelled: nobody has it otherwise")
        case _:
            return text("cancelled")


def _folders(reminders: Sequence[ReminderView], page: Page) -> Iterator[str]:
    """Say in which folders those are that were put in one."""
    folders = dict.fromkeys(each.folder for each in reminders if each.folder)
    if folders:
        yield ""
        yield page.heading(text("Not sent but put in a folder, as no mail server was set"))
    for folder in folders:
        yield page.wrapped(folder, 2)


def _faults(reminders: Sequence[ReminderView], page: Page) -> Iterator[str]:
    """Yield why reminders could not be delivered, or are put aside: each reason once."""
    kept = [each for each in reminders if each.why and each.status != Stands.CANCELLED]
    anybody = page.say(IN_A_CALENDAR)
    found = seats_by(((each.why, each.due), each.seat or anybody) for each in kept)
    if found:
        yield ""
        yield page.heading(text("What keeps them"))
    for why, of_it in groupby(sorted(found, key=_reason), key=_reason):
        dues = list(of_it)
        reason = fault_text(why)
        if len(dues) == 1:
            seats = names_text(found[dues[0]])
            yield page.paragraph(
                text("{due}, {seat}: {why}", due=dues[0][1], seat=seats, why=reason), 2
            )
            continue
        yield page.paragraph(text("{why}:", why=reason), 2)
        for each in dues:
            seats = names_text(found[each])
            yield page.paragraph(text("{due}: {seats}", due=each[1], seats=seats), 4)


def _reason(of: tuple[str | None, str]) -> str:
    return of[0] or ""


def _silent(silent: Sequence[NoReminderView], page: Page) -> Iterator[str]:
    """Yield everything without reminders, and why."""
    if not silent:
        return
    yield ""
    yield page.heading(text("Nobody is reminded of"))
    for why, said in (
        (WhyNoReminder.UNKNOWN, text("no date yet")),
        (WhyNoReminder.NONE, text("no deadline")),
        (WhyNoReminder.NO_LADDER, text("no ladder")),
    ):
        names = [_without_reminder(each, page) for each in silent if each.why is why]
        if names:
            yield page.paragraph(text("{why}: {names}", why=said, names=names), 2)


def _without_reminder(each: NoReminderView, page: Page) -> str:
    if not each.waits_for:
        return each.due
    waits = text("{due} (waits for {what})", due=each.due, what=list(each.waits_for))
    return page.say(waits)


# --- what would be said ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter that would go out.

    Attributes:
        to: the address.
        name: of the reader; None where nobody holds the seat.
        at: when.
        subject: its subject line.
        text: what it says, as plain text.
        file: where it was put; None where it was not.
    """

    to: str
    name: str | None
    at: datetime
    subject: str
    text: str
    file: str | None


@dataclass(frozen=True, slots=True)
class PreviewView:
    """What would be said on some days.

    Attributes:
        by_name: the letters were put into files, and only those are named.
    """

    process: str
    since: date
    until: date
    letters: tuple[LetterView, ...]
    by_name: bool = False

    @property
    def in_files(self) -> "PreviewView":
        """The same, of which only the files are named."""
        return replace(self, by_name=True)

    @property
    def first(self) -> "PreviewView":
        """The first letter only."""
        return replace(self, letters=self.letters[:1])


def preview_screen(view: PreviewView, page: Page) -> str:
    """Return the letters that would go out; those that were put in a folder, by name only."""
    if not view.letters:
        none = text("Nothing would be said from {since} to {until}.", **_days(view))
        return joined([page.paragraph(none), page.command("remind", "list", view.process)])
    if view.by_name:
        return joined(
            page.paragraph(text("{file}: {subject}", file=each.file or "", subject=each.subject))
            for each in view.letters
        )
    return joined(line for each in view.letters for line in _letter(each, page))


def _days(view: PreviewView) -> dict[str, date]:
    return {"since": view.since, "until": view.until}


def _letter(letter: LetterView, page: Page) -> Iterator[str]:
    yield page.heading(text("To {to}: {subject}", to=letter.to, subject=letter.subject))
    yield ""
    yield letter.text.rstrip()
    yield ""


# --- what was sent -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SweepView:
    """The result of a sweep.

    Attributes:
        sent: messages that a mail server accepted.
        filed: messages that were put in a folder, as no mail server is set.
        folder: that folder.
        troubles: errors in writing reminders, each as a sentence.
        unheard: reminders without a reachable recipient.
    """

    sent: int
    failed: int
    refused: int
    troubles: tuple[str, ...]
    unheard: tuple[Unreachable, ...] = ()
    filed: int = 0
    folder: str = ""


@dataclass(frozen=True, slots=True)
class RunDueView:
    """The due reminders, or the result of sending them.

    Attributes:
        dry_run: nothing was sent.
        due: the reminders that would be sent now; None if they were sent.
        sweep: the result of sending; None if nothing was sent.
    """

    dry_run: bool
    due: DueNowView | None
    sweep: SweepView | None


def run_due_screen(view: RunDueView, page: Page) -> str:
    """Return the reminders that would be sent now, or that were sent."""
    said = "" if view.due is None else due_now_screen(view.due, page)
    return said if view.sweep is None else sweep_screen(view.sweep, page)


def due_now_screen(view: DueNowView, page: Page) -> str:
    """Return the reminders that would be sent now."""
    if not (view.messages or view.reminders.reminders):
        return page.paragraph(text("Nothing is due."))
    lines = [page.paragraph(text("Only tried; nothing was sent. This is due:"))]
    for address, subject in view.messages:
        said = text("{address}: {subject}, written already", address=address, subject=subject)
        lines.append(page.paragraph(said, 2))
    if view.reminders.reminders:
        lines.append(reminders_screen(view.reminders, page))
    return joined(lines)


def sweep_screen(view: SweepView, page: Page) -> str:
    """Return the numbers of messages sent, to be retried, and failed."""
    return joined(_sweep(view, page))


def _sweep(view: SweepView, page: Page) -> Iterator[str]:
    left = view.sent or view.filed
    if not (left or view.failed or view.refused or view.troubles or view.unheard):
        yield page.paragraph(text("Nothing is due."))
        return
    if view.filed:
        yield page.paragraph(_filed(view))
        yield page.wrapped(view.folder, 2)
    if view.sent or not view.filed:
        yield page.paragraph(ntext("{n} message was sent.", "{n} messages were sent.", view.sent))
    yield from _unheard(view, page)
    if view.unheard:
        yield page.paragraph(
            text(
                "Say with “mijlpaal member reach” where somebody is reached, or give a seat with "
                "“mijlpaal member add”."
            )
        )
    if view.failed:
        again = ntext(
            "{n} message could not be sent now, and is tried again.",
            "{n} messages could not be sent now, and are tried again.",
            view.failed,
        )
        yield page.paragraph(again, mark=Mark.LATE)
    if view.refused:
        yield page.paragraph(_refused(view), mark=Mark.LATE)
    for trouble in view.troubles:
        yield page.paragraph(text("Put aside: {why}", why=trouble), 2, mark=Mark.LATE)
    if view.failed or view.refused or view.troubles or view.unheard:
        yield page.command("remind", "list")


def _unheard(view: SweepView, page: Page) -> Iterator[str]:
    """Yield the reminders without a reachable recipient, and the reason once."""
    if view.unheard:
        why = text("Not delivered, as nobody there has an address, nor has the secretariat:")
        yield page.paragraph(why, mark=Mark.LATE)
    found = seats_by(((each.process, each.due), each.seat) for each in view.unheard)
    for (process, due), seats in found.items():
        values = {"due": due, "process": process, "seats": names_text(seats)}
        yield page.paragraph(text("{due} of {process}: {seats}", **values), 2, mark=Mark.LATE)


def _filed(view: SweepView) -> Text:
    return ntext(
        "{n} message was put in a folder, and not sent: no mail server is set.",
        "{n} messages were put in a folder, and not sent: no mail server is set.",
        view.filed,
    )


def _refused(view: SweepView) -> Text:
    """Return how many were rejected, and whether that was escalated to the secretariat."""
    if view.unheard:
        return ntext(
            "{n} message was permanently rejected.",
            "{n} messages were permanently rejected.",
            view.refused,
        )
    return ntext(
        "{n} message was permanently rejected; the secretariat is notified.",
        "{n} messages were permanently rejected; the secretariat is notified.",
        view.refused,
    )


def ready_text(folder: str | None, host: str | None) -> Text:
    """Return the message of a service that has begun."""
    if host:
        return text(
            "Reminders go to the mail server {host}. Stop with Ctrl-C; nothing is lost by that.",
            host=host,
        )
    return text(
        "Reminders are put in the folder {folder}, and not sent: no mail server is set. Stop with "
        "Ctrl-C; nothing is lost by that.",
        folder=folder,
    )
