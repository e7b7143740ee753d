"""What the rows of a table record: a command each, or what is wrong with which of its cells."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from definitions.calendar.dates import PartialDate, day_of, given_date, parse_date, says_today
from definitions.language.characters import normal
from definitions.language.errors import InvalidValue, MijlpaalError, NotFound, given_as
from definitions.language.naming import identifier_of
from definitions.language.text import Text, text
from definitions.language.values import dataclass, replace
from definitions.model import Milestone
from definitions.model import Request as Question
from web.columns import Entered, Entering, Line
from web.spelling import (
    Names,
    bodies_of,
    dues_of,
    milestones_of,
    outcomes_of,
    parties_of,
    requests_of,
)
from workflow.decide.record import asked_of
from workflow.model.commands import Record, Replan, digest_of
from workflow.model.events import DecisionRecorded, DueMoved, Entry
from workflow.rules.fold import resolved
from workflow.rules.terms import due_named
from workflow.rules.votes import votes_of
from workflow.views.history import rounds_in
from workflow.views.seen import Seen

DIGITS = 9
_OPENNESS: Mapping[str, str] = {
    "openbaar": "public",
    "iedereen": "public",
    "intern": "internal",
    "eigen": "own",
}
"""What the words for who may see an entry are in Dutch."""
_COMPARED = (
    "reference",
    "ground",
    "text",
    "options",
    "unnamed_options",
    "points",
    "signed_by",
    "out_of_order",
    "remark",
    "secrecy",
)
"""The fields of a decision by which one that is on record is the same, where a row has them."""
_OF_MOVE = ("reference", "remark")


@dataclass(frozen=True, slots=True)
class Planned:
    """A row of a table, and what it records.

    Attributes:
        cells: what stands in it, by field.
        command: what it records; None where nothing, or where something is wrong with it.
        faults: what is wrong with which field; an empty field for the row as a whole.
        aside: why it records nothing, though nothing is wrong with it.
    """

    number: int
    cells: Mapping[str, str]
    command: Record | Replan | None = None
    faults: tuple[tuple[str, Text], ...] = ()
    aside: Text | None = None


Key = tuple[str, str, str]
"""A milestone, its question and a body."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What rows are read beside: the process, its names and what is on record of it.

    Attributes:
        milestone: the milestone of rows that name none; empty where none was chosen.
        request: its question.
        today: the day by which “today” and “yesterday” are read.
        decided: the entries with decisions, as they read now.
        moved: the entries that gave a term another date.
        rounds: in which round each of those counts that does in one.
    """

    seen: Seen
    milestone: str
    request: str
    today: PartialDate
    bodies: Names
    parties: Names
    milestones: Names
    dues: Names
    decided: Mapping[Key, Sequence[Entry]]
    moved: Mapping[str, Sequence[Entry]]
    rounds: Mapping[int, int]


def beside(seen: Seen, question: str, entries: Iterable[Entry]) -> Beside:
    """Return what the rows of a table are read beside.

    Args:
        seen: the process.
        question: ``milestone/request`` of rows that name none; empty where none was chosen.
        entries: its journal.
    """
    entries = list(entries)
    milestone, _, request = question.partition("/")
    decided: dict[Key, list[Entry]] = {}
    moved: dict[str, list[Entry]] = {}
    for entry in resolved(entries):
        match entry.event:
            case DecisionRecorded() as event:
                key = (event.milestone, event.request, event.body)
                decided.setdefault(key, []).append(entry)
            case DueMoved(due=due):
                moved.setdefault(due, []).append(entry)
            case _:
                pass
    return Beside(
        seen,
        milestone,
        request,
        day_of(seen.day),
        bodies_of(seen.definition),
        parties_of(seen.definition),
        milestones_of(seen.definition, seen.language),
        dues_of(seen, seen.language),
        decided,
        moved,
        rounds_in(seen.definition, entries).counts,
    )


def planned(entered: Entered, beside: Beside) -> tuple[Planned, ...]:
    """Return what each row of a table records, or what is wrong with it."""
    make = _decision if entered.kind is Entering.DECISIONS else _new_date
    found = [_planned(line, make, beside) for line in entered.lines]
    return tuple(_each_once(found))


def _planned(line: Line, make: Callable[["_Cells"], Record | Replan], beside: Beside) -> Planned:
    cells = _Cells(line.cells, beside, dict(line.faults))
    said = Planned(line.number, line.cells)
    if not line.faults and _says_nothing(line):
        return replace(said, aside=text("Nothing is filled in, so nothing is recorded."))
    command = make(cells)
    if cells.faults:
        return replace(said, faults=tuple(cells.faults.items()))
    entry = _on_record(command, beside)
    if entry is not None:
        return replace(said, aside=text("Recorded before, as entry {seq}.", seq=entry))
    return replace(said, command=command)


def _says_nothing(line: Line) -> bool:
    """Return whether a row only has what is asked, as in a table that came out of here."""
    return not {"outcome", "on", "day", "votes", "for", "against", "date", "reason"} & set(
        line.cells
    )


def _each_once(found: Sequence[Planned]) -> Iterator[Planned]:
    """Yield rows, those that say the same as one above them without a command."""
    first: dict[str, int] = {}
    for each in found:
        if each.command is None:
            yield each
            continue
        digest = digest_of(each.command)
        above = first.setdefault(digest, each.number)
        if above == each.number:
            yield each
        else:
            said = text("The same as row {row}, and recorded once.", row=above)
            yield replace(each, command=None, aside=said)


class _Cells:
    """The cells of a row, which are read one by one; what is wrong with each is kept."""

    def __init__(self, cells: Mapping[str, str], beside: Beside, faults: dict[str, Text]) -> None:
        self.cells, self.beside, self.faults = cells, beside, faults

    def text(self, field: str) -> str | None:
        """Return what stands in a cell; None where nothing does."""
        return normal(self.cells.get(field, "")) or None

    def lines(self, field: str) -> tuple[str, ...]:
        """Return the lines of a cell."""
        return tuple(filter(None, map(normal, self.cells.get(field, "").splitlines())))

    def wrong(self, field: str, says: Text) -> None:
        """Keep what is wrong with a cell, unless something was found before."""
        self.faults.setdefault(field, says)

    def needed(self, field: str) -> str:
        """Return what stands in a cell that has to be filled in; empty where nothing does."""
        found = self.text(field)
        if found is None:
            self.wrong(field, text("This has to be filled in."))
        return found or ""

    def named(self, field: str, names: Names, what: Text) -> str:
        """Return the id that a cell names; empty where it names none."""
        written = self.text(field)
        if written is None or field in self.faults:
            return ""
        found = names.of(written)
        if found is None:
            self.wrong(field, names.unknown(written, what))
        return found or ""

    def number(self, field: str) -> int | None:
        """Return a whole number; None where none is there."""
        written = self.text(field)
        if written is None or field in self.faults:
            return None
        if not written.isascii() or not written.isdigit() or len(written) > DIGITS:
            self.wrong(field, text("“{written}” is not a whole number.", written=written[:60]))
            return None
        return int(written)

    def date(self, field: str) -> PartialDate | None:
        """Return a date in any form that is read; None where none is there."""
        written = self.text(field)
        if written is None or field in self.faults:
            return None
        today = self.beside.today.day if says_today(written) else None
        try:
            with given_as(field):
                return given_date(written, today)
        except InvalidValue as error:
            self.wrong(field, _said(error))
            return None


def _said(error: MijlpaalError) -> Text:
    """Return why something was refused, and what would help, as one sentence."""
    if error.advice is None:
        return error.sentence
    return text("{said} {advice}", said=error.sentence, advice=error.advice)


# --- decisions ---------------------------------------------------------------------------------


def _decision(cells: _Cells) -> Record:
    milestone = _milestone(cells)
    request, body = _asked(cells, milestone)
    on = _on(cells)
    return Record(
        "" if milestone is None else milestone.id,
        body,
        _outcome(cells, request, body),
        on,
        request=None if request is None else request.id,
        votes=_votes(cells),
        reference=cells.text("reference"),
        ground=cells.text("ground"),
        text=cells.text("text"),
        options=cells.lines("options"),
        unnamed_options=cells.number("unnamed_options"),
        points=cells.lines("points"),
        signed_by=cells.lines("signed_by"),
        out_of_order=cells.text("out_of_order"),
        remark=cells.text("remark"),
        round=cells.number("round"),
        openness=_openness(cells),
        secrecy=cells.text("secrecy"),
    )


def _milestone(cells: _Cells) -> Milestone | None:
    """Return the milestone that a row names, or the one that was chosen for all of them."""
    definition = cells.beside.seen.definition
    if cells.text("milestone") is not None:
        found = cells.named("milestone", cells.beside.milestones, text("milestone"))
        return definition.milestones.get(found)
    chosen = definition.milestones.get(cells.beside.milestone)
    asking = [each for each in definition.milestones.values() if each.requests]
    if chosen is None and len(asking) != 1:
        cells.wrong("milestone", text("Of which question? Choose it, or name it in a column."))
        return None
    return chosen or asking[0]


def _asked(cells: _Cells, milestone: Milestone | None) -> tuple[Question | None, str]:
    """Return the question and the body that a row is about."""
    name = _body(cells)
    if milestone is None or {"body", "party", "request"} & set(cells.faults):
        return None, name
    request = _request(cells, milestone)
    if "request" in cells.faults or not name:
        return None, name
    try:
        return asked_of(cells.beside.seen.definition, milestone, name, request)
    except NotFound as error:
        cells.wrong("body" if cells.text("body") else "party", _said(error))
        return None, name


def _request(cells: _Cells, milestone: Milestone) -> str | None:
    if cells.text("request") is not None:
        return cells.named("request", requests_of(milestone), text("request")) or None
    return cells.beside.request if milestone.id == cells.beside.milestone else None


def _body(cells: _Cells) -> str:
    """Return the body that a row names, or the party of which only one can be meant."""
    beside = cells.beside
    definition = beside.seen.definition.everybody
    party = cells.named("party", beside.parties, text("municipality"))
    written = cells.text("body")
    if written is None:
        if cells.text("party") is None:
            cells.needed("body")
        return party
    if cells.text("party") is not None:
        own = f"{party}.{identifier_of(written)}"
        kind = beside.bodies.of(f"{party} {written}")
        found = own if own in definition.bodies else kind or beside.bodies.of(written)
        if party and (found is None or definition.bodies.get(found, party) != party):
            known = [_kind(each) for each, of in definition.bodies.items() if of == party]
            values = {"party": definition.parties[party].name, "name": written, "names": known}
            cells.wrong("body", text("{party} has no body “{name}”. It has: {names}.", **values))
        return found or party
    return cells.named("body", beside.bodies, text("body"))


def _kind(body: str) -> str:
    return body.partition(".")[2].replace("-", " ")


def _on(cells: _Cells) -> PartialDate:
    """Return the date of a row; “today”, where it has none that can be read."""
    field = "on" if cells.text("on") is not None else "day"
    found = cells.date(field)
    if found is None and not {"on", "day"} & set(cells.faults):
        cells.needed("on")
    return found or cells.beside.today


def _outcome(cells: _Cells, request: Question | None, body: str) -> str:
    written = cells.needed("outcome")
    if request is None or not written or "outcome" in cells.faults:
        return written
    instrument = cells.beside.seen.definition.instruments[request.instruments[body]]
    return cells.named("outcome", outcomes_of(instrument.outcomes), text("outcome"))


def _votes(cells: _Cells) -> str | None:
    """Return the votes of a row, from one column or from two."""
    said = cells.text("votes")
    both = [(field, cells.text(field)) for field in ("for", "against")]
    if all(value is None for _, value in both):
        return said
    if said is not None:
        cells.wrong("votes", text("The votes are given twice. Leave one of them out."))
    for field, value in both:
        if value is None:
            cells.wrong(field, text("Give both: the votes for and those against."))
    in_favour, against = cells.number("for"), cells.number("against")
    return f"{in_favour or 0}-{against or 0}"


def _openness(cells: _Cells) -> str | None:
    written = cells.text("openness")
    if written is None:
        return None
    first, _, rest = written.lower().partition(" ")
    return f"{_OPENNESS.get(first, first)} {rest}".strip()


# --- dates -------------------------------------------------------------------------------------


def _new_date(cells: _Cells) -> Replan:
    due = _due(cells)
    cells.needed("date")
    date = cells.date("date") or cells.beside.today
    reason = cells.needed("reason")
    on = cells.date("on") or cells.beside.today
    return Replan(
        due, date, reason, on, reference=cells.text("reference"), remark=cells.text("remark")
    )


def _due(cells: _Cells) -> str:
    """Return the term that a row names; as it is listed, with its party or its year, too."""
    written = cells.needed("due")
    ref, of = due_named(written)[0].partition("@")[0], cells.beside.dues
    if ref != written and of.of(written) is None and of.of(ref) is not None:
        return written  # the process says whether that one can be moved by itself
    return cells.named("due", of, text("due"))


# --- what is on record -------------------------------------------------------------------------


def _on_record(command: Record | Replan, beside: Beside) -> int | None:
    """Return the number of the entry that says what a command would; None where none does."""
    match command:
        case Record():
            key = (command.milestone, str(command.request), command.body)
            decided = beside.decided.get(key, ())
            return next((each.seq for each in decided if _is_that(command, each, beside)), None)
        case Replan():
            moved = beside.moved.get(command.due, ())
            return next((each.seq for each in moved if _is_move(command, each)), None)


def _is_that(command: Record, entry: Entry, beside: Beside) -> bool:
    """Return whether an entry has the decision that a row has, as far as the row says."""
    event = entry.event
    assert isinstance(event, DecisionRecorded)  # noqa: S101 - only those are looked at
    if event.outcome != command.outcome or entry.effective != command.on:
        return False
    if command.round is not None and command.round != beside.rounds.get(entry.seq):
        return False
    if command.votes is not None and event.votes != _kept(command, beside):
        return False
    return _is_said(command, event, _COMPARED)


def _is_move(command: Replan, entry: Entry) -> bool:
    """Return whether an entry gave a term the date that a row gives it, for the same reason."""
    event = entry.event
    assert isinstance(event, DueMoved)  # noqa: S101 - only those are looked at
    same = event.date == command.date.written or parse_date(event.date) == command.date
    return same and event.reason == command.reason and _is_said(command, event, _OF_MOVE)


def _is_said(command: object, event: object, names: Iterable[str]) -> bool:
    """Return whether an entry has what a command says in some fields."""
    said = {name: getattr(command, name) for name in names}
    return all(value in (None, (), getattr(event, name)) for name, value in said.items())


def _kept(command: Record, beside: Beside) -> str | None:
    """Return votes as the journal has them; as they are where they cannot be."""
    definition = beside.seen.definition
    request = definition.milestones[command.milestone].requests[str(command.request)]
    instrument = definition.instruments[request.instruments[command.body]]
    try:
        return votes_of(command.votes, instrument.outcomes[command.outcome], None)
    except InvalidValue:
        return command.votes
