"""The screens of ``definitions``: the list, the contents of one, and its faults."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby
from pathlib import Path

from definitions.calendar_checks import Doubt, doubts_about
from definitions.due_wording import relation_text
from definitions.exporting import Export
from definitions.faults import DefinitionInvalid, Fault
from definitions.gate_wording import counts_text, effect_text, effects_text, rule_text
from definitions.ladders import read_ladder
from definitions.language.errors import MijlpaalError
from definitions.language.text import MONTHS, Text, ntext, text
from definitions.language.values import dataclass, replace
from definitions.model import (
    EXTERNAL,
    AllOf,
    AnyOf,
    Arises,
    Arm,
    AtLeast,
    DateReached,
    Decisions,
    Definition,
    Deliverable,
    Due,
    DuePast,
    Entering,
    Gate,
    InState,
    Instrument,
    Joined,
    Milestone,
    Not,
    PartsAt,
    RegionalBody,
    Remark,
    Request,
    Slot,
    Task,
    TasksDone,
    TextsDiffer,
    gates_in,
    title_in,
)
from definitions.proving.verdict import (
    Act,
    Blocking,
    Finding,
    Part,
    Result,
    Severity,
    Sure,
    Verdict,
)
from definitions.proving.wording import (
    advice_text,
    finding_text,
    story_texts,
    unproved_text,
    verdict_text,
)
from screens.page import Mark, Page, joined
from screens.verdicts import verdict_lines
from screens.words import names_text, remark_text, rungs_text
from workflow.views.remarks import RemarkView

Summary = Mapping[str, str | int]


def summary(definition: Definition, page: Page) -> Summary:
    """Return the head of a definition."""
    return {
        "id": definition.id,
        "version": definition.version,
        "title": title_in(definition.title, page.language, definition.id),
        "sha256": definition.sha256,
        "milestones": len(definition.milestones),
        "parties": len(definition.parties),
    }


@dataclass(frozen=True, slots=True)
class Shipped:
    """What travels with the program: definitions, examples, and files that show something else."""

    definitions: Sequence[Summary]
    examples: Sequence[Summary]
    example_files: Sequence[str]


def list_screen(found: Shipped, page: Page) -> str:
    """Return a list of the definitions and the examples, and how to have one as a file."""
    return joined(_travelling(found, page))


def _travelling(found: Shipped, page: Page) -> Iterator[str]:
    yield _table(text("DEFINITION"), found.definitions, page)
    yield ""
    yield _table(text("EXAMPLE"), found.examples, page)
    yield page.paragraph(text("Other examples: {names}", names=list(found.example_files)))
    yield ""
    yield page.paragraph(text("To get one as a file:"))
    yield page.command("definitions", "export", text("NAME"))


def _table(title: Text, found: Sequence[Summary], page: Page) -> str:
    titles = (title, text("VERSION"), text("MILESTONES"), text("PARTIES"), text("TITLE"))
    names = ("id", "version", "milestones", "parties", "title")
    return page.table(titles, [[str(each[name]) for name in names] for each in found])


@dataclass(frozen=True, slots=True)
class ExportedView:
    """Files that were written, or would be.

    Attributes:
        dry_run: nothing was written: it was only tried.
        written: the paths of the files that were not there.
        there: the paths of those that were there already, just as they are shipped.
    """

    dry_run: bool
    written: tuple[str, ...]
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftedView:
    """A definition to start from.

    Attributes:
        dry_run: nothing was written: it was only tried.
        file: the path of the file.
        content: what is in it.
    """

    dry_run: bool
    file: str
    content: str


@dataclass(frozen=True, slots=True)
class Exported:
    """Files that were written, or would be.

    Attributes:
        there: the names of those that were there already, just as they are shipped.
        dry: nothing was written.
    """

    export: Export
    folder: Path
    there: Sequence[str]
    dry: bool

    @property
    def written(self) -> list[str]:
        """The paths of the files that were not there."""
        return [self.path(name) for name in self.export.files if name not in self.there]

    @property
    def view(self) -> ExportedView:
        """It as programs read it."""
        there = tuple(self.path(name) for name in self.there)
        return ExportedView(self.dry, tuple(self.written), there)

    def path(self, name: str) -> str:
        """Return the path of a file by its name."""
        return str(self.folder / name)


def export_screen(exported: Exported, page: Page) -> str:
    """Return which files were written, and what to do with them."""
    return joined(_exported(exported, page))


def _exported(exported: Exported, page: Page) -> Iterator[str]:
    if exported.dry:
        yield page.paragraph(text("Only tried; nothing was written. It would be:"))
    else:
        yield page.paragraph(text("Written:"))
    yield from (page.wrapped(path, 2) for path in exported.written)
    if exported.there:
        yield page.paragraph(text("Already there, and the same:"))
        yield from (page.wrapped(exported.path(name), 2) for name in exported.there)
    if exported.export.definition is not None and not exported.dry:
        yield from _first_commands(exported, exported.export.definition, page)


def _first_commands(exported: Exported, definition: str, page: Page) -> Iterator[str]:
    own, facts = exported.path(definition), exported.export.facts
    yield page.paragraph(text("Adapt the file, check it, and start the process:"))
    yield page.command("definitions", "check", own)
    yield page.command("start", own, *(["--reconstruction"] if facts else []))
    if len(facts) == 1:
        yield page.paragraph(text("Record the facts that come with it:"))
    elif facts:
        yield page.paragraph(text("Record the facts from one of these files:"))
    for each in facts:
        yield page.command("replay", exported.path(each))


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of checking a definition: its contents with the verdict on it, or its faults."""

    name: str
    found: Definition | MijlpaalError
    verdict: Verdict | None = None

    @property
    def sound(self) -> bool:
        """Whether no fault was found, and everything was proved."""
        return self.verdict is not None and self.verdict.result is Result.SOUND


@dataclass(frozen=True, slots=True)
class FindingView:
    """Something that a proof found.

    Attributes:
        property: the number of the property that does not hold.
        kind: the kind of fault.
        milestone: where; empty for what belongs to the process itself.
        says: what was found.
        story: how it comes about, a sentence for each step; empty where it takes none.
        acts: the same, as acts.
        advice: what would mend it; None where nothing is to be mended.
    """

    property: str
    kind: str
    severity: Severity
    milestone: str
    says: Text
    story: tuple[Text, ...]
    acts: tuple[Act, ...]
    advice: Text | None


@dataclass(frozen=True, slots=True)
class NotProved:
    """What was not proved of a definition, and why.

    Attributes:
        kind: the kind of reason.
        milestones: those it is about.
    """

    kind: str
    milestones: tuple[str, ...]
    says: Text


@dataclass(frozen=True, slots=True)
class CheckedView:
    """The result of checking a definition.

    Attributes:
        name: as it was typed.
        fault_found: whether it cannot be used at all; then nothing was proved.
        definition: its head; null where it cannot be used.
        problem: why it cannot be used; null where it can.
        faults: every fault, with its place.
        warnings: deadlines that fall on a day off.
        verdict: the result of the proof; null where it cannot be used.
        situations: how many were looked at.
        parts: the milestones that were proved together.
        findings: what the proof found.
        unproved: what could not be proved; empty where everything was.
        sure: what is sure wherever a milestone has come to a good end.
        blocking: who can keep a gate shut.
    """

    name: str
    fault_found: bool
    definition: Summary | None
    problem: Text | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Doubt, ...] = ()
    verdict: Result | None = None
    situations: int = 0
    parts: tuple[Part, ...] = ()
    findings: tuple[FindingView, ...] = ()
    unproved: tuple[NotProved, ...] = ()
    sure: tuple[Sure, ...] = ()
    blocking: tuple[Blocking, ...] = ()


def checked_view(checked: Sequence[Checked], page: Page) -> list[CheckedView]:
    """Return the results of checking definitions, as data for programs."""
    return [_checked(each, page) for each in checked]


def _checked(checked: Checked, page: Page) -> CheckedView:
    found, verdict = checked.found, checked.verdict
    if isinstance(found, MijlpaalError):
        faults = tuple(found.faults) if isinstance(found, DefinitionInvalid) else ()
        return CheckedView(checked.name, True, None, found.sentence, faults)
    view = CheckedView(checked.name, False, summary(found, page), None)
    view = replace(view, warnings=tuple(doubts_about(found)))
    if verdict is None:
        return view
    return replace(
        view,
        verdict=verdict.result,
        situations=verdict.situations,
        parts=verdict.parts,
        findings=tuple(_finding_view(each, found) for each in verdict.findings),
        unproved=tuple(
            NotProved(each.kind, each.milestones, unproved_text(each)) for each in verdict.unproved
        ),
        sure=verdict.sure,
        blocking=verdict.blocking,
    )


def _finding_view(finding: Finding, definition: Definition) -> FindingView:
    return FindingView(
        finding.property,
        finding.kind,
        finding.severity,
        finding.milestone,
        finding_text(finding),
        tuple(story_texts(finding.story, definition)),
        finding.story,
        advice_text(finding),
    )


def checked_screen(name: str, definition: Definition, verdict: Verdict, page: Page) -> str:
    """Return the verdict on a definition, its hash, what was found, and what is odd in it."""
    said = text(
        "{name}: {verdict}. {id} version {version}, sha256 {sha256}",
        name=name,
        verdict=verdict_text(verdict),
        id=definition.id,
        version=definition.version,
        sha256=definition.sha256,
    )
    doubts = [page.paragraph(_doubt(each), 2) for each in doubts_about(definition)]
    found = verdict_lines(verdict, definition, page)
    return joined([page.paragraph(said, mark=Mark.HEADING), *found, *doubts])


def _doubt(doubt: Doubt) -> Text:
    return text("warning: {due}: {says}", due=doubt.due, says=doubt.says)


def show_view(definition: Definition, page: Page) -> dict[str, object]:
    """Return a definition for programs: its head, and all its files say as one document."""
    return {**summary(definition, page), "document": json.loads(definition.document)}


def show_screen(definition: Definition, page: Page) -> str:
    """Return everything a reader wants to know of a definition."""
    return joined(_lines(definition, page))


def _lines(definition: Definition, page: Page) -> Iterator[str]:
    head = summary(definition, page)
    named = {"title": head["title"], "id": definition.id, "version": definition.version}
    yield page.heading(text("{title} ({id}, version {version})", **named))
    yield page.wrapped(f"sha256 {definition.sha256}")
    goal = definition.goal
    if goal is not None:
        what = goal.what.in_(page.language)
        said = text("Goal: {what}, {date}", what=what, date=goal.date)
        if goal.of is not None and what != ".".join(goal.of):
            said = text("{goal}: with {of}", goal=said, of=".".join(goal.of))
        yield page.paragraph(said)
    for source in definition.sources:
        what = source.what.in_(page.language)
        said = text("Source {id}: {what}, {date}", id=source.id, what=what, date=source.date)
        yield page.paragraph(said)
    yield page.paragraph(text("Begins: {date}", date=definition.begins))
    yield page.paragraph(text("Parties: {names}", names=list(definition.parties)))
    for party, votes in definition.may_join.items():
        has = [f"{body} {number}" for body, number in votes.items()]
        said = text("May join: {party}; votes: {votes}", party=party, votes=has)
        yield page.paragraph(said if has else text("May join: {party}", party=party))
    if definition.groups:
        yield page.paragraph(text("Groups: {names}", names=list(definition.groups)))
    if definition.participants:
        yield page.paragraph(text("Participants: {names}", names=definition.participants))
    yield page.paragraph(text("Roles: {names}", names=list(definition.roles)))
    for milestone in definition.milestones.values():
        yield ""
        yield from _milestone(definition, milestone, page)
    for title, lines in (
        (
            text("Tasks of the process"),
            [_task(each, page.language) for each in definition.tasks_of("")],
        ),
        (
            text("Routes to the councils, and terms for papers"),
            list(_routes(definition, page.language)),
        ),
        (text("Bodies of the region"), [_board(each) for each in definition.regional.values()]),
        (text("Instruments"), [_instrument(each) for each in definition.instruments.values()]),
        (text("Deliverables"), [_deliverable(each) for each in definition.deliverables.values()]),
        (text("Ladders"), [_ladder(*each) for each in definition.ladders.items()]),
        (text("Assumed by us"), [_remark(each, page) for each in definition.assumptions]),
        (text("Not known"), [_remark(each, page) for each in definition.unknowns]),
    ):
        if lines:
            yield ""
            yield page.heading(title)
            yield from (page.paragraph(line, 2) for line in lines)


def _board(board: RegionalBody) -> Text:
    """Return a body of the region in words: its members, their votes, and how it decides."""
    members = [text("{party} {votes}", party=each, votes=n) for each, n in board.members.items()]
    return text(
        "{id}: {name}{members}{votes}{quorum}; adopts with {rule}",
        id=board.id,
        name=board.name,
        members=text("; votes of {members}", members=members) if members else "",
        votes=text("; {votes} together", votes=board.votes) if board.votes else "",
        quorum=text("; {quorum} must be cast", quorum=board.quorum) if board.quorum else "",
        rule=rule_text(board.majority),
    )


def _milestone(definition: Definition, milestone: Milestone, page: Page) -> Iterator[str]:
    title = title_in(milestone.title, page.language, milestone.id)
    yield page.wrapped(f"{milestone.id}: {title}", mark=Mark.HEADING)
    for arms in _alike(milestone.arms):
        yield page.paragraph(_transition(arms), 2)
    for request in milestone.requests.values():
        until = _due_and_ladder(request.due, page.language) if request.due else None
        yield page.paragraph(request_text(request, names_text(request.bodies), until), 2)
    for state, due in milestone.dues.items():
        until = _due_and_ladder(due, page.language)
        yield page.paragraph(text("in “{state}”: due {due}", state=state, due=until), 2)
    for state, entering in milestone.entering.items():
        yield page.paragraph(entering_text(state, entering), 2)
    for task in definition.tasks_of(milestone.id):
        yield page.paragraph(_task(task, page.language), 2)


def entering_text(state: str, entering: Entering) -> Text:
    """Return what entering a state sets off, and which state that is."""
    return text("entering “{state}”: {done}", state=state, done=list(set_off_texts(entering)))


def set_off_texts(entering: Entering) -> Iterator[Text]:
    """Yield each thing that entering a state sets off."""
    yield from (text("stops {what}", what=".".join(each)) for each in entering.stops)
    yield from (text("{party} leaves", party=each) for each in entering.leaves)
    yield from (text("{party} joins", party=each) for each in entering.joins)


def _alike(arms: Sequence[Arm]) -> list[list[Arm]]:
    """Return the transitions, those that differ only in where they come from together."""
    groups: dict[Arm, list[Arm]] = {}
    for arm in arms:
        groups.setdefault(replace(arm, source=""), []).append(arm)
    return list(groups.values())


def _transition(arms: Sequence[Arm]) -> Text:
    arm = arms[0]
    return text(
        "{trigger}: {sources} → {target}{explicit}{round}{gate}",
        trigger=arm.trigger,
        sources=[each.source for each in arms],
        target=arm.target,
        explicit=explicit_text(arm) or "",
        round=round_text(arm) or "",
        gate=text("; if {gate}", gate=gate_text(arm.gate)) if arm.gate else "",
    )


def explicit_text(arm: Arm) -> Text | None:
    """Return that a transition is made only when it is named, where it is."""
    return text(" (only when named)") if arm.explicit else None


def round_text(arm: Arm) -> Text | None:
    """Return that a transition puts the requests anew, where it does."""
    return text("; opens a round") if arm.opens_round else None


def _first_text(gate: Gate) -> Text:
    """Return what must come before a decision, saying so where it is of the body's own party."""
    owns = any(isinstance(each, Decisions | TasksDone) and each.own for each in gates_in(gate))
    said = gate_text(gate)
    return (
        text("; first its own: {gate}", gate=said) if owns else text("; first: {gate}", gate=said)
    )


def request_text(request: Request, bodies: Text, due: Text | None) -> Text:
    """Return a request in words: its bodies, its instrument, and its due."""
    return text(
        "request {id}, to {bodies}; by {instruments}{proposal}{after}{text}{due}",
        id=request.id,
        bodies=bodies,
        instruments=_instruments(request),
        proposal=text("; brought by its own {task}", task=request.proposal.task)
        if request.proposal
        else "",
        after=_first_text(request.after) if request.after else "",
        text=text("; on the text of {request}", request="/".join(request.same_text_as))
        if request.same_text_as
        else "",
        due=text("; due {due}", due=due) if due else "",
    )


def _instruments(request: Request) -> list[Text | str]:
    """Return the instrument of a request; where there are several, the others with for whom."""
    bodies: dict[str, list[str]] = {}
    for body, instrument in request.instruments.items():
        bodies.setdefault(instrument, []).append(body)
    usual, *others = sorted(bodies, key=lambda each: -len(bodies[each]))
    exceptions = (
        text("{instrument} ({bodies})", instrument=each, bodies=names_text(bodies[each]))
        for each in others
    )
    return [usual, *exceptions]


def _task(task: Task, language: str) -> Text:
    return text(
        "task {name}, {count}, by {owner}: {results}{due}",
        name=task.ref.task,
        count=list(_how_often(task)),
        owner=text("others") if EXTERNAL in task.owners else list(task.owners),
        results=[
            text("{result} (done)", result=name) if done else name
            for name, done in task.results.items()
        ],
        due=text("; due {due}", due=_due_and_ladder(task.due, language)) if task.due else "",
    )


def _how_often(task: Task) -> Iterator[Text]:
    """Yield for whom a task is there, when it arises, and in which states it is done."""
    if task.subjects != ("",):
        yield _for_whom(task.subjects)
    if task.arises is not None:
        yield _arises(task.arises)
    elif task.each_round:
        yield text("anew in each round")
    elif task.subjects == ("",):
        yield text("once")
    if task.admitted_in:
        yield text("in “{states}”", states=task.admitted_in)
    if task.outlives:
        yield text("still owed by a party that left")


def _for_whom(subjects: Sequence[str]) -> Text:
    if len(subjects) == 1:
        return text("for {names}", names=subjects)
    return text("for each of {n}", n=len(subjects))


def _arises(arises: Arises) -> Text:
    """Return when a task comes into being."""
    match arises.kind:
        case "every":
            return _coming_back(arises)
        case "state":
            return text("when “{where}” is entered", where=f"{arises.milestone}.{arises.name}")
        case "decision" if arises.outcome:
            return text(
                "when {request} is decided with “{outcome}”",
                request=f"{arises.milestone}/{arises.name}",
                outcome=arises.outcome,
            )
        case "decision":
            request = f"{arises.milestone}/{arises.name}"
            return text("when {request} is decided", request=request)
        case "joining":
            return text("when the party joins")
        case "leaving":
            return text("when the party leaves")
        case _:
            return text("each time a date is moved")


def _coming_back(arises: Arises) -> Text:
    """Return how often a task arises, from when, and until when."""
    match arises.every:
        case "year":
            often = text("every year")
        case "unknown" | "onbekend":
            often = text("again and again (how often is not known)")
        case _:
            often = text("again and again ({every})", every=arises.every)
    if arises.milestone:
        where = f"{arises.milestone}.{arises.name}"
        often = text("{often} from “{where}” on", often=often, where=where)
    if arises.until is None:
        return often
    if arises.until.day is None:
        return text("{often}, until when is not known", often=often)
    return text("{often}, until {date}", often=often, date=arises.until)


def _routes(definition: Definition, language: str) -> Iterator[Text]:
    """Yield the known routes to the councils, and the parties without one."""
    unknown = text("not known")
    silent = []
    for party in definition.parties.values():
        if not party.route and party.papers_due is None:
            silent.append(party.id)
        else:
            yield text(
                "{party}: {route}; papers: {papers}",
                party=party.id,
                route=party.route or unknown,
                papers=party.papers_due.in_(language) if party.papers_due else unknown,
            )
    if len(silent) == len(definition.parties):
        yield text("neither is known of any party")
    elif silent:
        yield text("neither is known of {parties}", parties=silent)


def _ladder(name: str, written: tuple[str, ...]) -> Text:
    """Return on which days before and after a deadline somebody is reminded, and who else."""
    rungs = read_ladder(written)
    alike = groupby(rungs, lambda rung: (rung.working, rung.days > 0, rung.days < 0, rung.to))
    days = [rungs_text(list(group)) for _, group in alike]
    said = reduce(lambda first, next_: text("{first}; {next}", first=first, next=next_), days)
    return text("{name}: {days}", name=name, days=said)


def _instrument(instrument: Instrument) -> Text:
    outcomes = [
        text(
            "{outcome} ({effect}{ground})",
            outcome=each.id,
            effect=effect_text(each.effect),
            ground=text("; needs a ground") if each.needs_ground else "",
        )
        for each in instrument.outcomes.values()
    ]
    return text("{id}: {outcomes}", id=instrument.id, outcomes=outcomes)


def _deliverable(deliverable: Deliverable) -> Text:
    return text(
        "{id}: {parts}; levels {levels}",
        id=deliverable.id,
        parts=parts_text(deliverable),
        levels=deliverable.levels,
    )


def parts_text(deliverable: Deliverable) -> list[Text]:
    """Return the parts of a deliverable, each with for how many it is there."""
    return [
        ntext("{part}", "{part} (for each of {n})", len(part.subjects), part=part.id)
        for part in deliverable.parts.values()
    ]


def _remark(remark: Remark, page: Page) -> Text:
    return remark_text(RemarkView(remark.where, remark.what.in_(page.language)))


def _due_and_ladder(due: Due, language: str) -> Text:
    """Return a due and its ladder in words."""
    phrase = due_phrase(due, language)
    if due.ladder is None:
        return phrase
    return text("{due} (ladder {ladder})", due=phrase, ladder=due.ladder)


def due_phrase(due: Due, language: str) -> Text:
    """Return a due in words, as its definition has it."""
    if not due.waits_for:
        return _date_phrase(due, language)
    return text("{why}; waits for {what}", why=_date_phrase(due, language), what=due.waits_for)


def _date_phrase(due: Due, language: str) -> Text:
    if due.why_unknown:
        return text("not known ({why})", why=due.why_unknown.in_(language))
    if due.relation is not None:
        return relation_text(due.relation, due.distance, str(due.anchor))
    if due.earliest:
        bounds = [_date_phrase(each, language) for each in due.earliest]
        return text("the earliest of: {terms}", terms=bounds)
    if due.target:
        return text("aimed at {date}", date=due.date)
    if due.yearly is not None:
        month, day = due.yearly
        return text("each year on {day} {month}", day=day, month=MONTHS[month - 1])
    return text("{date}", date=due.date)


def gate_text(gate: Gate) -> Text:
    """Return a gate as one phrase."""
    match gate:
        case Decisions():
            return text(
                "{rule} {counts} on {milestone}/{request}",
                rule=gate.body or rule_text(gate.rule),
                counts=counts_text(gate),
                milestone=gate.milestone,
                request=gate.request,
            )
        case TextsDiffer():
            return text(
                "texts on {milestone}/{request} differ ({counts})",
                milestone=gate.milestone,
                request=gate.request,
                counts=effects_text(gate.counts),
            )
        case TasksDone():
            return _tasks_text(gate)
        case PartsAt():
            return text(
                "{deliverable} ({parts}) at “{level}”",
                deliverable=gate.deliverable,
                parts=gate.parts,
                level=gate.level,
            )
        case InState():
            return text("{milestone} in “{states}”", milestone=gate.milestone, states=gate.states)
        case DateReached():
            return text("{date} has come", date=gate.date)
        case DuePast():
            return text("{due} is past", due=gate.due)
        case AllOf() | AnyOf() | AtLeast():
            return _joined_text(gate)
        case Not():
            return text("not ({gate})", gate=gate_text(gate.gate))
        case Slot():
            return gate_text(gate.gate)


def _tasks_text(gate: TasksDone) -> Text:
    rule = rule_text(gate.rule)
    if gate.arisen:
        return text("{rule} of {tasks} that have arisen done", rule=rule, tasks=gate.tasks)
    return text("{rule} of {tasks} done", rule=rule, tasks=gate.tasks)


def _joined_text(gate: Joined) -> Text:
    inner = [gate_text(each) for each in gate.gates]
    match gate:
        case AllOf():
            return text("all of ({gates})", gates=inner)
        case AnyOf():
            return text("any of ({gates})", gates=inner)
        case AtLeast(needed):
            return text("at least {needed} of ({gates})", needed=needed, gates=inner)
