"""The screens of ``definitions``: what there is, what is in one, and whether it is sound."""

from collections.abc import Iterator, Mapping, Sequence

from definitions.model import (
    AllOf,
    AnyOf,
    Arm,
    DateReached,
    Decisions,
    Definition,
    Due,
    Gate,
    InState,
    Milestone,
    Not,
    PartsAt,
    Slot,
    TasksDone,
    title_in,
)
from definitions.text import Text, ntext, text
from screens.page import Page, joined

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


def list_screen(found: Sequence[Summary], page: Page) -> str:
    """Return a list of definitions."""
    titles = (
        text("DEFINITION"),
        text("VERSION"),
        text("MILESTONES"),
        text("PARTIES"),
        text("TITLE"),
    )
    names = ("id", "version", "milestones", "parties", "title")
    rows = [[str(each[name]) for name in names] for each in found]
    return page.table([[page.say(title) for title in titles], *rows])


def sound(name: str, definition: Definition, page: Page) -> str:
    """Return that a definition can be used, and the hash it will be pinned by."""
    said = text(
        "{name}: sound. {id} version {version}, sha256 {sha256}",
        name=name,
        id=definition.id,
        version=definition.version,
        sha256=definition.sha256,
    )
    return page.wrapped(page.say(said))


def show_screen(definition: Definition, page: Page) -> str:
    """Return everything a reader wants to know of a definition."""
    return joined(_lines(definition, page))


def _lines(definition: Definition, page: Page) -> Iterator[str]:
    head = summary(definition, page)
    yield page.wrapped(f"{head['title']} ({definition.id}, version {definition.version})")
    yield page.wrapped(f"sha256 {definition.sha256}")
    if definition.goal is not None:
        goal = definition.goal
        yield page.wrapped(page.say(text("Goal: {what}, {date}", what=goal.what, date=goal.date)))
    for source in definition.sources:
        said = text("Source {id}: {what}, {date}", id=source.id, what=source.what, date=source.date)
        yield page.wrapped(page.say(said))
    yield page.wrapped(page.say(text("Parties: {names}", names=list(definition.parties))))
    yield page.wrapped(page.say(text("Roles: {names}", names=list(definition.roles))))
    for milestone in definition.milestones.values():
        yield ""
        yield from _milestone(definition, milestone, page)
    yield from _remarks(definition, page)


def _milestone(definition: Definition, milestone: Milestone, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{milestone.id}: {title_in(milestone.title, page.language, milestone.id)}")
    for arm in milestone.arms:
        yield page.wrapped(_arm(arm, page), 2)
    for request in milestone.requests.values():
        asked = text(
            "{id}: asks {bodies}; by {instruments}{due}",
            id=request.id,
            bodies=request.bodies,
            instruments=tuple(dict.fromkeys(request.instruments.values())),
            due=text("; due {due}", due=_due(request.due)) if request.due else "",
        )
        yield page.wrapped(page.say(asked), 2)
    for state, due in milestone.dues.items():
        yield page.wrapped(page.say(text("due in {state}: {due}", state=state, due=_due(due))), 2)
    for task in definition.tasks_of(milestone.id):
        count = ntext("once", "for each of {n}", len(task.subjects))
        said = text(
            "task {name}, {count}, by {owner}: {results}",
            name=task.ref.task,
            count=count,
            owner=task.owner,
            results=tuple(task.results),
        )
        yield page.wrapped(page.say(said), 2)


def _arm(arm: Arm, page: Page) -> str:
    explicit = page.say(text(" (only when named)")) if arm.explicit else ""
    gate = page.say(text("; if {gate}", gate=gate_text(arm.gate))) if arm.gate else ""
    return f"{arm.trigger}: {arm.source} → {arm.target}{explicit}{gate}"


def _due(due: Due) -> Text:
    if due.why_unknown:
        return text("not known ({why})", why=due.why_unknown)
    return text("{date}", date=due.date)


def gate_text(gate: Gate) -> Text:
    """Return a gate as one phrase."""
    match gate:
        case Decisions():
            return text(
                "{rule} of {milestone}/{request} {counts}",
                rule=gate.rule.written,
                milestone=gate.milestone,
                request=gate.request,
                counts=sorted(gate.counts),
            )
        case TasksDone():
            return text("{rule} done of {tasks}", rule=gate.rule.written, tasks=gate.tasks)
        case PartsAt():
            return text(
                "{deliverable} ({parts}) at {level}",
                deliverable=gate.deliverable,
                parts=gate.parts,
                level=gate.level,
            )
        case InState():
            return text("{milestone} in {states}", milestone=gate.milestone, states=gate.states)
        case DateReached():
            return text("{date} has come", date=gate.date)
        case AllOf():
            return text("all of ({gates})", gates=[gate_text(inner) for inner in gate.gates])
        case AnyOf():
            return text("any of ({gates})", gates=[gate_text(inner) for inner in gate.gates])
        case Not():
            return text("not ({gate})", gate=gate_text(gate.gate))
        case Slot():
            return gate_text(gate.gate)


def _remarks(definition: Definition, page: Page) -> Iterator[str]:
    for title, remarks in (
        (text("Assumed by us"), definition.assumptions),
        (text("Not known"), definition.unknowns),
    ):
        if remarks:
            yield ""
            yield page.say(title)
        for remark in remarks:
            where = f"{remark.where}: " if remark.where else ""
            yield page.wrapped(f"{where}{remark.what}", 2)
