"""The tables that come out: decisions, terms, tasks, documents, the journal, people, processes.

They are made of the views that the pages show, so they have the same numbers. Every date stands in
them twice, as its source has it and as a day by which they can be sorted.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from definitions.calendar.dates import date_in
from definitions.calendar.zones import zone_of
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import Definition, Milestone, Task
from screens.due import standing_of
from screens.history import describe, openness_text
from web.columns import LABELS
from web.html_page import HtmlPage
from web.names import body_name, milestone_name, names_of, place_name, seat_in_words
from web.spelling import due_called, milestones_of
from web.table_files import Cell, Table, without_empty
from workflow.model.events import (
    DecisionRecorded,
    Entry,
    names_in,
    openness_of,
    out_of_order_of,
    reference_of,
    remark_of,
)
from workflow.model.openness import Audience
from workflow.model.state import People
from workflow.rules.fold import resolved
from workflow.rules.namesakes import told_apart
from workflow.rules.tasks import Instance, instances_of
from workflow.rules.terms import due_name, due_named
from workflow.rules.votes import WITHOUT, votes_text
from workflow.views.due_list import dues_view
from workflow.views.dues import DueView, due_view
from workflow.views.members import members_view
from workflow.views.overview import OverviewView
from workflow.views.requests import DecisionView, requests_of
from workflow.views.seen import Seen

Line = tuple[Cell, ...]

_DECISIONS: tuple[str, ...] = (
    "milestone",
    "request",
    "round",
    "party",
    "body",
    "outcome",
    "on",
    "day",
    "votes",
    "reference",
    "ground",
    "text",
    "options",
    "unnamed_options",
    "points",
    "signed_by",
    "out_of_order",
    "secrecy",
    "openness",
    "remark",
)
"""The columns of decisions, by the field of each: they are read back in by the same names."""
_ALWAYS = 10
"""How many of them are there also where nothing stands in them."""


@dataclass(frozen=True, slots=True)
class Source:
    """What tables are made of.

    Attributes:
        seen: the process as it is looked at.
        entries: its journal, as far as that is looked at.
        people: the name and address of everybody.
        page: says sentences, with names in them.
    """

    seen: Seen
    entries: tuple[Entry, ...]
    people: People
    page: HtmlPage

    def say(self, said: Text | None) -> str:
        """Return a sentence in the reader's language; empty where there is none."""
        return "" if said is None else self.page.say(said)

    @property
    def now(self) -> Mapping[int, Entry]:
        """The entries as they read now, by their numbers."""
        return self.seen.once(
            "entries as they read", lambda: {each.seq: each for each in resolved(self.entries)}
        )


def source_of(seen: Seen, entries: Iterable[Entry], people: People) -> Source:
    """Return what the tables of a process are made of.

    Args:
        seen: the process, with its past rounds.
        entries: its journal, by the same days.
        people: the name and address of everybody.
    """
    page = HtmlPage(seen.language, names=names_of(seen.definition, seen.language))
    return Source(seen, tuple(entries), told_apart(people), page)


def _table(
    name: str,
    title: Text,
    titles: Sequence[Text],
    rows: Iterable[Line],
    page: HtmlPage,
    kept: int | None = None,
) -> Table:
    """Return a table, without the columns in which nothing stands after the first so many."""
    said = tuple(page.say(each) for each in titles)
    table = Table(name, page.say(title), said, tuple(rows))
    return without_empty(table, range(len(titles) if kept is None else kept))


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _day_of(written: str | None) -> str:
    """Return the day from which a date counts, as a view has the date: as it was written."""
    found = None if written is None else date_in(written)
    return "" if found is None or found.is_unknown else _day(found.day)


def _as_written(source: Source, written: str | None) -> str:
    """Return a date as its source has it; that no source has one, in the reader's language."""
    found = None if written is None else date_in(written)
    return source.say(text("unknown")) if found is not None and found.is_unknown else written or ""


# --- decisions ---------------------------------------------------------------------------------


def decisions_table(source: Source) -> Table:
    """Return what every body decided on every question, in every round, and what is awaited."""
    titles = [LABELS[each] for each in _DECISIONS]
    more = [text("Sent"), text("Received")]
    rows = [_decision_row(source, *each) for each in _decisions(source.seen)]
    return _table("besluiten", text("Decisions"), [*titles, *more], rows, source.page, kept=_ALWAYS)


def _decisions(seen: Seen) -> Iterator[tuple[Milestone, str, int | None, DecisionView]]:
    """Yield every question to every body, with its round where it was answered."""
    for name, views in requests_of(seen).items():
        milestone = seen.definition.milestones[name]
        for view in views:
            for over in view.earlier:
                for given in over.given:
                    yield milestone, view.id, over.round, given
            for given in view.given:
                yield milestone, view.id, view.round if given.outcome else None, given


def _decision_row(
    source: Source, milestone: Milestone, request: str, number: int | None, given: DecisionView
) -> Line:
    seen = source.seen
    party, body = _party_and_body(seen.definition, given.body)
    cells: dict[str, Cell] = {
        "milestone": _milestone_called(seen, milestone.id),
        "request": request,
        "round": "" if number is None else number,
        "party": party,
        "body": body,
        "outcome": (given.outcome or "").replace("-", " "),
        "on": _as_written(source, given.effective),
        "day": _day_of(given.effective),
        **_of_event(source, _event_of(source, milestone.id, request, number, given)),
    }
    line = [cells.get(each, "") for each in _DECISIONS]
    return (*line, given.sent or "", given.received or "")


def _event_of(
    source: Source, milestone: str, request: str, number: int | None, given: DecisionView
) -> DecisionRecorded | None:
    """Return the entry of a decision, as it reads now; None where there is none."""
    if number is None:
        return None
    found = source.seen.state.decisions.get((milestone, request, number, given.body))
    entry = None if found is None else source.now.get(found.seq)
    event = None if entry is None else entry.event
    return event if isinstance(event, DecisionRecorded) else None


def _of_event(source: Source, event: DecisionRecorded | None) -> dict[str, Cell]:
    if event is None:
        return {}
    unnamed = event.unnamed_options
    openness = openness_of(event)
    return {
        "votes": source.say(_votes(event.votes)),
        "reference": event.reference or "",
        "ground": event.ground or "",
        "text": event.text or "",
        "options": "\n".join(event.options),
        "unnamed_options": unnamed or "",
        "points": "\n".join(event.points),
        "signed_by": "\n".join(event.signed_by),
        "out_of_order": event.out_of_order or "",
        "secrecy": event.secrecy or "",
        "openness": "" if openness.audience is Audience.PUBLIC else openness.asked,
        "remark": event.remark or "",
    }


def _votes(votes: str | None) -> Text | None:
    """Return votes as they are read back in; of 19-4 a spreadsheet would make a date."""
    if votes is None:
        return None
    in_favour, dash, against = votes.partition("-")
    if votes == WITHOUT or not dash:
        return votes_text(votes)
    return text("{for_} for, {against} against", for_=in_favour, against=against)


def _milestone_called(seen: Seen, milestone: str) -> str:
    """Return the title of a milestone; its id, where another has the same title."""
    title = milestone_name(seen.definition, milestone, seen.language)
    names = seen.once(
        "milestones as written", lambda: milestones_of(seen.definition, seen.language)
    )
    return title if names.of(title) == milestone else milestone


def _party_and_body(definition: Definition, body: str) -> tuple[str, str]:
    """Return the municipality and the kind of a body; the name of one of no municipality."""
    whole = definition.everybody
    if body in whole.regional:
        return "", whole.regional[body].name
    party, _, kind = body.partition(".")
    return place_name(whole, party), kind.replace("-", " ") or body_name(whole, body)


# --- terms -------------------------------------------------------------------------------------


def dues_table(source: Source) -> Table:
    """Return all terms, the nearest first; those without a date last."""
    titles = (
        text("Term"),
        text("Name"),
        text("Day"),
        text("As written"),
        text("How it stands"),
        text("Awaited of"),
        text("Moved"),
    )
    rows = [_due_row(source, each) for each in dues_view(source.seen).dues]
    return _table("termijnen", text("Terms"), titles, rows, source.page, kept=5)


def _due_row(source: Source, due: DueView) -> Line:
    definition = source.seen.definition
    moves = [
        source.say(
            text(
                "{before} → {after} ({on}): {why}",
                before=move.before,
                after=move.after,
                on=move.effective,
                why=move.reason,
            )
        )
        for move in due.moves
    ]
    return (
        due.id,
        _due_called(source.seen, due.id),
        _day(due.date),
        "" if due.written == "unknown" else due.written,
        source.say(standing_of(due)),
        "\n".join(_called(definition, each) for each in due.waiting_for),
        "\n".join(moves),
    )


def _due_called(seen: Seen, name: str) -> str:
    """Return what a term is called, with its party and its year where it has them."""
    ref, year = due_named(name)
    ref, _, party = ref.partition("@")
    said = due_called(seen.definition, ref, seen.language)
    said = f"{said}, {place_name(seen.definition, party)}" if party else said
    return due_name(said, year)


def _called(definition: Definition, subject: str) -> str:
    """Return what a body, a party or a group is called."""
    whole = definition.everybody
    if subject in whole.bodies or subject in whole.regional:
        return body_name(whole, subject)
    return place_name(whole, subject)


# --- tasks and documents -----------------------------------------------------------------------


def tasks_table(source: Source) -> Table:
    """Return every task, for whom it is, until when, and what was reported of it."""
    titles = (
        text("Milestone"),
        text("Task"),
        text("For"),
        text("Whose"),
        text("Year"),
        text("Arisen"),
        text("Until"),
        text("Result"),
        text("Done"),
        text("Date"),
        text("Day"),
        text("Source"),
    )
    rows = [
        _task_row(source, task, each)
        for task in source.seen.definition.tasks.values()
        for each in instances_of(source.seen, task)
    ]
    return _table("taken", text("Tasks"), titles, rows, source.page, kept=4)


def _task_row(source: Source, task: Task, each: Instance) -> Line:
    seen = source.seen
    milestone = task.ref.milestone
    report = each.report
    entry = None if report is None else source.now.get(report.seq)
    until = None
    if task.due is not None and each.arisen_on is not None:
        until = due_view(seen, task.due, met=each.done, party=each.subject, year=each.year).date
    return (
        _milestone_called(seen, milestone) if milestone else "",
        task.ref.task.replace("-", " "),
        _called(seen.definition, each.subject) if each.subject else "",
        ", ".join(owner.replace("-", " ") for owner in task.owners),
        each.year or "",
        _day(each.arisen_on),
        _day(until),
        "" if report is None else report.result.replace("-", " "),
        source.say(text("yes") if each.done else text("no")),
        _as_written(source, None if report is None else report.effective),
        "" if report is None else _day_of(report.effective),
        "" if entry is None else reference_of(entry.event) or "",
    )


def parts_table(source: Source) -> Table:
    """Return every part of every document, at which level it is, and in which version."""
    titles = (
        text("Document"),
        text("Part"),
        text("For"),
        text("Level"),
        text("Version"),
        text("Date"),
        text("Day"),
        text("SHA-256"),
    )
    return _table("stukken", text("Documents"), titles, _parts(source), source.page, kept=4)


def _parts(source: Source) -> Iterator[Line]:
    seen = source.seen
    for deliverable in seen.definition.deliverables.values():
        for part in deliverable.parts.values():
            for subject in seen.state.remaining(part.subjects):
                now = seen.state.parts.get((deliverable.id, part.id, subject))
                yield (
                    deliverable.id.replace("-", " "),
                    part.id.replace("-", " "),
                    _called(seen.definition, subject) if subject else "",
                    now.level if now else deliverable.levels[0],
                    (now.version or "") if now else "",
                    _as_written(source, now.effective if now else None),
                    _day_of(now.effective) if now else "",
                    (now.text or "") if now else "",
                )


# --- the journal and people --------------------------------------------------------------------


def journal_table(source: Source) -> Table:
    """Return the journal as it was written: every entry, with who recorded it and its hash."""
    titles = (
        text("Entry"),
        text("Date"),
        text("Day"),
        text("What happened"),
        text("Source"),
        text("Remark"),
        text("Out of order"),
        text("About"),
        text("Who may see it"),
        text("Recorded at"),
        text("Recorded by"),
        text("Role"),
        text("Hash"),
    )
    rows = [_entry_row(source, each) for each in source.entries]
    return _table("logboek", text("Journal"), titles, rows, source.page, kept=5)


def _entry_row(source: Source, entry: Entry) -> Line:
    event = entry.event
    zone = zone_of(source.seen.definition.timezone)
    about = getattr(event, "about", None)
    definition = source.seen.definition
    name, _, place = entry.role.partition("@")
    return (
        entry.seq,
        entry.effective.written,
        _day(entry.effective.day),
        source.say(describe(event, source.people)),
        reference_of(event) or "",
        remark_of(event) or "",
        out_of_order_of(event) or "",
        "\n".join(_about(source, each) for each in names_in(about)),
        source.say(openness_text(event)),
        entry.recorded_at.astimezone(zone).isoformat(timespec="seconds"),
        source.people[entry.actor][0] if entry.actor in source.people else "",
        seat_in_words(definition.everybody, name, place),
        entry.hash,
    )


def _about(source: Source, name: str) -> str:
    return (source.page.names or {}).get(name, name)


def people_table(source: Source) -> Table:
    """Return who holds which role, since when, and where they are reached."""
    titles = (
        text("Role"),
        text("Place"),
        text("Held by"),
        text("From"),
        text("Until"),
        text("E-mail address"),
    )
    definition = source.seen.definition
    rows = []
    for seat in members_view(source.seen, source.people).seats:
        role, _, place = seat.seat.partition("@")
        rows.append(
            (
                role.replace("-", " "),
                place_name(definition, place) if place else "",
                seat.name or "",
                _day(seat.since),
                _day(seat.until),
                seat.address or "",
            )
        )
    return _table("mensen", text("People"), titles, rows, source.page, kept=3)


TABLES: Mapping[str, Callable[[Source], Table]] = {
    "besluiten": decisions_table,
    "termijnen": dues_table,
    "taken": tasks_table,
    "stukken": parts_table,
    "logboek": journal_table,
    "mensen": people_table,
}
"""The tables of a process, by the names in their addresses."""


# --- processes ---------------------------------------------------------------------------------


def processes_table(view: OverviewView, language: str) -> Table:
    """Return all processes, each with how far it is."""
    titles = (
        text("Process"),
        text("Title"),
        text("Goal"),
        text("Reached on"),
        text("Milestones"),
        text("Milestones reached"),
        text("Decisions awaited"),
        text("Not proved"),
    )
    rows: list[Line] = [
        (
            row.process,
            row.title,
            "" if row.goal is None else _day(row.goal.date),
            "" if row.goal is None else _day(row.goal.reached_on),
            row.milestones,
            row.reached,
            row.awaited,
            row.not_proved,
        )
        for row in view.processes
    ]
    return _table("trajecten", text("Processes"), titles, rows, HtmlPage(language))
