"""The content of a letter, in the language of its recipient, without any layout.

Both forms of a letter, text and HTML, are made from it, so that they have the same content.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from definitions.calendar.dates import dated
from definitions.calendar.workdays import why_no_working_day
from definitions.language.text import Text, day_in_full, ntext, text, weekday_in_short
from definitions.language.values import dataclass, replace
from definitions.model import title_in
from scheduler.mail import phrases
from scheduler.mail.phrases import plain, spaced
from scheduler.mail.wording import Wording
from workflow.model.reminders import Asked, Contact, First, Gone, Item, Letter, Waiting

SOON = 3
"""How many days before its deadline something is urgent."""
LISTED = 5
"""How many transitions that wait a letter names before it says that there are more."""
OVERVIEW = 3
"""From how many cards on they are listed first."""
MOST = 10
"""How many deadlines a letter shows in full; the others get a line each."""
BRIEF = 60
"""How many characters of a title or a name a subject line shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """A detail of a deadline, under its label."""

    label: str
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The task of one subject of a deadline.

    Attributes:
        who: the subject; empty if there is only one.
        command: the command that records it; empty if that has to wait.
        note: why the recipient gets it, if it was meant for another; or empty.
    """

    who: str
    command: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """A deadline, with everything that is asked by then.

    Attributes:
        process: the id of the process.
        process_title: its title.
        title: its subject.
        deadline: the last day.
        days_left: the number of days until then.
        target: it is a target, not a deadline.
        tone: ``late``, ``soon`` or ``later``.
        when: the deadline in words.
        left: the remaining time in words.
        asked: the request in words.
        lines: further details.
        steps: how to record it, for each subject.
        choices: the possible values to fill in, or empty.
    """

    process: str
    process_title: str
    title: str
    deadline: date
    days_left: int
    target: bool
    tone: str
    when: str
    left: str
    asked: str
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    choices: str


@dataclass(frozen=True, slots=True)
class Page:
    """The content of a letter.

    Attributes:
        language: the language of its recipient.
        subject: the subject line.
        greeting: the greeting of its recipient.
        opening: the introduction.
        overview: the heading of the list; empty if that is short.
        listed: a line for each deadline, the most urgent first.
        record, steps: the headings of how to record it, for one and for several.
        processes: the number of processes in it.
        cards: the deadlines, the most urgent first; of many, the first ones.
        others: where to find more about those that are only listed; empty if there are none.
        closing: the effect of recording it, and the purpose of the calendar.
        signature: the sender.
    """

    language: str
    subject: str
    greeting: str
    opening: str
    overview: str
    listed: tuple[str, ...]
    record: str
    processes: int
    cards: tuple[Card, ...]
    others: str
    closing: tuple[str, ...]
    signature: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """The file names of the calendars attached to a letter.

    Attributes:
        deadlines: the calendar with the deadlines.
        cancelled: the calendars that cancel lapsed deadlines.
    """

    deadlines: str
    cancelled: tuple[str, ...]


def content_of(letter: Letter, say: Wording, names: Attachments) -> Page:
    """Return the content of a letter.

    Args:
        say: the language of its recipient.
        names: the file names of the calendars.
    """
    items = distinct(letter.items)
    writers = [_Writer(group, say) for group in _grouped(items)]
    cards = tuple(each.card() for each in writers[:MOST])
    processes = {item.process for item in items}
    name = phrases.addressed(letter.name or "", items)
    return Page(
        language=say.language,
        subject=subject_of(items, say),
        greeting=say(text("Dear {name},", name=name) if name else text("Dear reader,")),
        opening=say(_opening(items, cards[0].process_title)),
        overview=say(text("In short")) if len(writers) >= OVERVIEW else "",
        listed=tuple(each.overview() for each in writers),
        record=say(text("Record it")),
        processes=len(processes),
        cards=cards,
        others=_others(writers[MOST:], say),
        closing=tuple(say(each) for each in _closing(items, names)),
        signature=say(text("This message was made by mijlpaal, by itself.")),
    )


def _closing(items: Sequence[Item], names: Attachments) -> Iterator[Text]:
    if any(item.gone is None for item in items):
        yield text("Once it is recorded, the reminders stop.")
        yield text(
            "The dates are also in the attachment {file}, for your calendar.",
            file=names.deadlines,
        )
    out = names.cancelled
    if out:
        yield ntext(
            "The attachment {file} takes out of your calendar what no longer applies.",
            "The attachments {file} to {last} take out of your calendar what no longer applies.",
            len(out),
            file=out[0],
            last=out[-1],
        )


def distinct(items: Iterable[Item]) -> list[Item]:
    """Return the items, each deadline of the same party once: the one that is the reader's own."""
    found: dict[tuple[object, ...], Item] = {}
    for item in items:
        key = (item.process, item.due, item.subject, item.deadline)
        if key not in found or (found[key].instead is not None and item.instead is None):
            found[key] = item
    return list(found.values())


def subject_of(items: Sequence[Item], say: Wording) -> str:
    """Return the subject line: the deadline, the request, its subject, and the number of others."""
    first = items[0]
    when = phrases.by_when_in_short(first) if first.gone is None else text("No longer applies")
    said = text("{when}: {what}", when=when, what=_in_brief(first, say))
    if len(items) > 1:
        said = ntext("{what} (and {n} more)", "{what} (and {n} more)", len(items) - 1, what=said)
    return say(said)


def _others(writers: Sequence["_Writer"], say: Wording) -> str:
    """Return where to find more about items that are only listed."""
    if not writers:
        return ""
    process = writers[0].items[0].process
    return say(
        ntext(
            "{n} deadline more is only listed above. All of it: mijlpaal due {process}",
            "{n} deadlines more are only listed above. All of it: mijlpaal due {process}",
            len(writers),
            process=process,
        )
    )


def _opening(items: Sequence[Item], title: str) -> Text:
    asked = [item for item in items if item.gone is None]
    gone = len(items) - len(asked)
    if not gone:
        return _reminder(asked, title)
    if asked:
        return ntext(
            "{reminder} Below it stands a date that no longer applies.",
            "{reminder} Below it stand {n} dates that no longer apply.",
            gone,
            reminder=_reminder(asked, title),
        )
    processes = len({item.process for item in items})
    if processes > 1:
        return text(
            "{n} dates in {processes} processes no longer apply. You need not do anything for it.",
            n=gone,
            processes=processes,
        )
    return ntext(
        "A date in “{title}” no longer applies. You need not do anything for it.",
        "{n} dates in “{title}” no longer apply. You need not do anything for it.",
        gone,
        title=title,
    )


def _reminder(items: Sequence[Item], title: str) -> Text:
    processes = len({item.process for item in items})
    if processes > 1:
        return text(
            "This is a reminder of {n} deadlines in {processes} processes, the most urgent first.",
            n=len(items),
            processes=processes,
        )
    return ntext(
        "This is a reminder of a deadline in “{title}”.",
        "This is a reminder of {n} deadlines in “{title}”, the most urgent first.",
        len(items),
        title=title,
    )


def _grouped(items: Iterable[Item]) -> Iterable[list[Item]]:
    """Return the items together that differ only in whose they are, in their order."""
    groups: dict[object, list[Item]] = {}
    for item in items:
        waiting = tuple((each.milestone, each.target, each.due) for each in item.waiting)
        key = (
            *(item.process, item.due, item.asked, item.milestone, item.what),
            *(item.instrument, item.outcomes, item.deadline, item.written, item.target, item.put),
            *(item.moved_from, item.moved_because, waiting),
            tuple((each.asked, each.milestone, each.what, each.due) for each in item.first),
            bool(item.command),
            item.gone and (item.gone, item.subject),
        )
        groups.setdefault(key, []).append(item)
    return groups.values()


def _in_brief(item: Item, say: Wording) -> str:
    """Return the request in a few words, for a subject line or a calendar."""
    key = (
        *("brief", *item.titles.items(), item.milestone or item.process, item.asked, item.what),
        *(item.instrument, item.body, item.subject, item.subject_name),
    )
    return say.once(key, lambda: say(_briefly(item, say.language)))


def _briefly(item: Item, language: str) -> Text:
    title = plain(title_in(item.titles, language, item.milestone or item.process), BRIEF)
    who = phrases.whose(item)
    match item.asked:
        case Asked.DECIDE:
            how = phrases.instrument(item)
            if how is None:
                return text("{title}, decision of {who}", title=title, who=who or "")
            if how.casefold() in {each.casefold() for each in item.titles.values()}:
                return text("{instrument} of {who}", instrument=how, who=who or "")
            return text(
                "{title}, {instrument} of {who}", title=title, instrument=how, who=who or ""
            )
        case Asked.SEND:
            return text("{title}, sending the decision of {who}", title=title, who=who or "")
        case Asked.TASK:
            what = spaced(item.what)
            if who is None:
                return text("{title}, {what}", title=title, what=what)
            return text("{title}, {what} ({who})", title=title, what=what, who=who)
        case Asked.REACH:
            return text("{title} to “{state}”", title=title, state=spaced(item.what))


def in_brief(item: Item, say: Wording) -> str:
    """Return the request in a few words with the kind of day, for a calendar."""
    what = _in_brief(item, say)
    said = (
        text("Target date: {what}", what=what)
        if item.target
        else text("At the latest: {what}", what=what)
    )
    return say(said)


def why_gone(item: Item, say: Wording) -> str:
    """Return that a date applies no longer, and why, in a sentence; nothing where it does."""
    return "" if item.gone is None else say(phrases.gone(item, item.gone))


def in_more(item: Item, say: Wording) -> str:
    """Return in which process that is, and whom to ask: for a calendar.

    How it is recorded is in the letter: a calendar is read where nothing is typed, and for long.
    """
    titles, ask = item.process_titles, item.ask

    def find() -> str:
        process = plain(title_in(titles, say.language, item.process))
        return "\n".join([process, *dict.fromkeys(_contact(each, say) for each in ask)])

    return say.once(("more", item.process, *titles.items(), ask), find)


def _contact(of: Contact, say: Wording) -> str:
    return say.once(of, lambda: say(phrases.contact(of)))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the card of items that differ only in whose they are."""

    items: list[Item]
    say: Wording

    def card(self) -> Card:
        """Return the card."""
        item = self.items[0]
        if item.gone is not None:
            return self._gone(item, item.gone)
        title = plain(title_in(item.titles, self.say.language, item.milestone or item.process))
        when, left = self.say.once(("when", item.deadline, item.today, item.target), self._when)
        return Card(
            process=item.process,
            process_title=plain(title_in(item.process_titles, self.say.language, item.process)),
            title=title,
            deadline=item.deadline,
            days_left=item.days_left,
            target=item.target,
            tone=_tone(item),
            when=when,
            left=left,
            asked=self._asked(item),
            lines=tuple(self._lines(item)),
            steps=tuple(self._steps()),
            choices=self._choices(item),
        )

    def _when(self) -> tuple[str, str]:
        """Return by when it is to be done, and how long that is."""
        item = self.items[0]
        return self.say(phrases.by_when(item)), self.say(phrases.left(item))

    def _gone(self, item: Item, gone: Gone) -> Card:
        """Return the card of a lapsed deadline: its subject and the reason, without a request."""
        return Card(
            process=item.process,
            process_title=plain(title_in(item.process_titles, self.say.language, item.process)),
            title=plain(_in_brief(item, self.say)),
            deadline=item.deadline,
            days_left=item.days_left,
            target=item.target,
            tone=_tone(item),
            when=self.say(text("{day}", day=day_in_full(item.deadline))),
            left=self.say(text("no longer applies")),
            asked=self.say(phrases.gone(item, gone)),
            lines=(),
            steps=(),
            choices="",
        )

    def overview(self) -> str:
        """Return all of it on a line."""
        item = self.items[0]
        said = text("{day}: {what}", day=self._day(item.deadline), what=_in_brief(item, self.say))
        if item.gone is not None:
            said = text("no longer applies: {what}", what=said)
        if len(self.items) > 1:
            more = len(self.items) - 1
            said = ntext("{what} (and {n} more)", "{what} (and {n} more)", more, what=said)
        return self.say(said)

    def _asked(self, item: Item) -> str:
        asked = self._asked_of_one(item) if len(self.items) == 1 else self._asked_of_many(item)
        if item.put or item.asked is Asked.SEND:
            return self.say(asked)
        if item.opens_on is not None:
            day = day_in_full(item.opens_on)
            return self.say(text("{asked} It can be reported from {day} on.", asked=asked, day=day))
        return self.say(
            text("{asked} It is not there yet: something has to come first.", asked=asked)
        )

    def _asked_of_one(self, item: Item) -> Text:
        who = phrases.whose(item) or ""
        match item.asked:
            case Asked.DECIDE:
                how = phrases.instrument(item)
                if how is None:
                    return text(
                        "A decision is asked of {who}; by which instrument is not known.", who=who
                    )
                return text("A decision is asked of {who}: {instrument}.", who=who, instrument=how)
            case Asked.SEND:
                return text(
                    "The decision of {who} was taken; it is still to be sent, and received.",
                    who=who,
                )
            case Asked.TASK:
                if who:
                    return text(
                        "To be done, and reported: {task} ({who}).", task=spaced(item.what), who=who
                    )
                return text("To be done, and reported: {task}.", task=spaced(item.what))
            case Asked.REACH:
                return text("To be reached: “{state}”.", state=spaced(item.what))

    def _asked_of_many(self, item: Item) -> Text:
        number = len(self.items)
        match item.asked:
            case Asked.DECIDE:
                how = phrases.instrument(item)
                if how is None:
                    return text(
                        "A decision is asked of these {n}; by which instrument is not known.",
                        n=number,
                    )
                return text(
                    "A decision is asked of these {n}: {instrument}.", n=number, instrument=how
                )
            case Asked.SEND:
                return text(
                    "These {n} have decided; that is still to be sent, and received.", n=number
                )
            case Asked.TASK:
                return text(
                    "To be done, and reported, by these {n}: {task}.",
                    n=number,
                    task=spaced(item.what),
                )
            case Asked.REACH:
                return text("To be reached: “{state}”.", state=spaced(item.what))

    def _day(self, day: date) -> str:
        return self.say.once(("short", day), lambda: self.say(weekday_in_short(day)))

    def _lines(self, item: Item) -> Iterator[Line]:
        dated = ("date", item.written, item.deadline, item.target)
        yield from self.say.once(dated, lambda: tuple(self._date(item)))
        if item.moved_from is not None:
            yield self._line(text("Was moved"), self._moved(item, item.moved_from))
        first = [phrases.first(each, self.say.language) for each in self._first()]
        if first:
            if first[LISTED:]:
                more = len(first) - LISTED
                first[LISTED:] = [ntext("and {n} more", "and {n} more", more)]
            yield self._line(text("Comes first"), *first)
        if item.waiting:
            key = ((each.milestone, *each.titles.items(), each.due) for each in item.waiting)
            targets = (each.target for each in item.waiting)
            yield self.say.once(("waits", *key, *targets), lambda: self._waits(item.waiting))
        ask = dict.fromkeys(each for item in self.items for each in item.ask)
        if ask:
            said = tuple(_contact(each, self.say) for each in ask)
            yield Line(self.say(text("Questions")), said)

    def _date(self, item: Item) -> Iterator[Line]:
        """Yield what there is to say of a date: its words in the source, and a day off."""
        written = phrases.as_written(item)
        if written is not None:
            yield self._line(text("Date"), written)
        why = why_no_working_day(item.deadline)
        if why is not None:
            yield self._line(text("Note"), text("{why}; the date stays as it is.", why=why))

    def _waits(self, waiting: Sequence[Waiting]) -> Line:
        said = [self._waiting(each) for each in waiting[:LISTED]]
        more = len(waiting) - LISTED
        if more > 0:
            said.append(ntext("and {n} more", "and {n} more", more))
        return self._line(text("Waits for it"), *said)

    def _first(self) -> list[First]:
        """Return the prerequisites of all items, equal ones once."""
        found: dict[object, First] = {}
        for each in (first for item in self.items for first in item.first):
            key = (each.asked, each.milestone, each.what, each.due)
            known = found.setdefault(key, each)
            whose = tuple(dict.fromkeys((*known.whose, *each.whose)))
            who = tuple(dict.fromkeys((*known.who, *each.who)))
            found[key] = replace(known, whose=whose, who=who)
        return list(found.values())

    def _line(self, label: Text, *said: Text) -> Line:
        return Line(self.say(label), tuple(self.say(each) for each in said))

    def _moved(self, item: Item, before: str) -> Text:
        if item.moved_by_calendar:
            return text(
                "It was {before}. Why: other days are off by now.", before=dated(plain(before))
            )
        why = plain(item.moved_because, 500)
        if not why:
            return text("It was {before}.", before=dated(plain(before)))
        return text("It was {before}. Why: {why}", before=dated(plain(before)), why=why)

    def _waiting(self, waiting: Waiting) -> Text:
        title = plain(title_in(waiting.titles, self.say.language, waiting.milestone))
        values = {"title": title, "state": spaced(waiting.target)}
        if waiting.due is None:
            return text("{title} to “{state}”", **values)
        return text("{title} to “{state}”, by {day}", **values, day=weekday_in_short(waiting.due))

    def _steps(self) -> Iterator[Step]:
        several = len(self.items) > 1
        for item in self.items:
            who = phrases.whose(item) if several else None
            note = phrases.meant_for(item)
            yield Step(
                who="" if who is None else self.say(who),
                command=phrases.command(item, self.say),
                note="" if note is None else self.say(note),
            )

    def _choices(self, item: Item) -> str:
        names = [plain(each) for each in item.outcomes]
        if not any(each.command for each in self.items):
            return ""
        match item.asked:
            case Asked.DECIDE:
                return self.say(text("OUTCOME is one of: {names}", names=names))
            case Asked.TASK if len(names) > 1:
                return self.say(text("RESULT is one of: {names}", names=names))
            case _:
                return ""


def _tone(item: Item) -> str:
    if item.gone is not None:
        return "later"
    if item.days_left < 0 and not item.target:
        return "late"
    return "soon" if item.days_left <= SOON else "later"
