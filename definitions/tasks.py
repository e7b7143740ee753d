"""Tasks (*taken*) of a definition, those of the process and those of its milestones."""

from collections.abc import Iterator

from definitions import model, schema
from definitions.calendar.dates import Precision, parse_date
from definitions.dues import check_ladder, check_state, compile_due
from definitions.everybody import places_but
from definitions.faults import Path
from definitions.language.text import text
from definitions.model import TaskRef
from definitions.scope import Scope
from definitions.structures import names, placed

ONCE = ("",)
"""The subjects of a task that exists once, not for each party or group."""


def compile_tasks(scope: Scope) -> dict[TaskRef, model.Task]:
    """Compile every task."""
    return {ref: _task(ref, spec, path, scope) for ref, spec, path in _specs(scope)}


def _specs(scope: Scope) -> Iterator[tuple[TaskRef, schema.Task, Path]]:
    for name, spec in scope.shape.tasks.items():
        path: Path = ("tasks", name)
        if spec.in_ is not None or spec.each is not None:
            scope.faults.add(
                path,
                text("A task of the process itself has no states and no rounds."),
                text("Move it to a milestone, or leave out “in” and “each”."),
            )
        yield TaskRef("", name), spec, path
    for milestone, tasks in scope.tasks.items():
        requests = scope.shape.milestones[milestone].requests
        for name, (spec, path) in tasks.items():
            if name in requests:
                scope.faults.add(
                    ("milestones", milestone, "requests", name),
                    text("“{name}” is also a task here: one name, one thing.", name=name),
                )
            for state, where in placed(spec.in_, (*path, "in")):
                scope.known_state(state, milestone, where)
            yield TaskRef(milestone, name), spec, path


def _task(ref: TaskRef, spec: schema.Task, path: Path, scope: Scope) -> model.Task:
    owners = _owners(spec, path, scope)
    check_ladder(spec.ladder, path, scope)
    due = compile_due(str(ref), spec.due, (*path, "due"), scope, spec.ladder)
    _check_yearly(spec, due, path, scope)
    if "done" not in spec.results.values():
        scope.faults.add((*path, "results"), text("None of the results counts as done."))
    return model.Task(
        ref=ref,
        subjects=_subjects(spec, path, scope),
        owners=owners,
        admitted_in=names(spec.in_),
        results={name: value == "done" for name, value in spec.results.items()},
        each_round=spec.each == "round",
        due=due,
        arises=_arises(spec.arises, ref.milestone, (*path, "arises"), scope),
        repeats=spec.arises is not None and spec.arises.every is not None,
        replies_to=_replies_to(spec, ref.milestone, (*path, "replies_to"), scope),
        outlives=_outlives(spec, path, scope),
    )


def _owners(spec: schema.Task, path: Path, scope: Scope) -> tuple[str, ...]:
    """Return who reports a task: several are roles, each of which may."""
    roles = scope.shape.roles
    others = (*scope.shape.bodies, *scope.shape.participants, model.EXTERNAL)
    written = placed(spec.owner, (*path, "owner"))
    for name, where in written:
        known = scope.faults.known(name, (*roles, *others), where, text("owner"))
        if known and name not in roles and len(written) > 1:
            scope.faults.add(
                where,
                text("“{name}” is no role: a task of several is reported by roles.", name=name),
                text("Name only roles; or leave all but one out."),
            )
    return tuple(name for name, _ in written)


def _check_yearly(spec: schema.Task, due: model.Due | None, path: Path, scope: Scope) -> None:
    """Note a fault where a due is of each year and the task is not, or the other way round."""
    of_each_year = due is not None and due.yearly is not None
    yearly = spec.arises is not None and spec.arises.every == model.YEARLY
    if yearly and not of_each_year and due is not None and _says_when(due):
        scope.faults.add_unless_stored(
            (*path, "due"),
            text("A yearly task cannot be due only once."),
            text("Write on which day of each year: {{each_year: 07-15}}; or unknown, or none."),
        )
    if of_each_year and not yearly:
        scope.faults.add(
            (*path, "due", "each_year"),
            text("Only what arises every year is due each year."),
            text("Add to the task: arises: {{every: year}}"),
        )


def _outlives(spec: schema.Task, path: Path, scope: Scope) -> bool:
    """Return whether a party that left still owes a task, noting where that has no meaning."""
    event = None if spec.arises is None else spec.arises.event
    for key, where in (("outlives", spec.outlives), ("arises", event in ("joining", "leaving"))):
        if where and spec.per in (None, "group"):
            said = text("Only a task of each party is one of who joins or leaves.")
            scope.faults.add((*path, key), said, text("Add “per: party”."))
        elif where and spec.each == "round":
            said = text("Who left owes nothing anew: this does not go with “each: round”.")
            scope.faults.add((*path, key), said)
    return spec.outlives or event == "leaving"


def _says_when(due: model.Due) -> bool:
    is_dated = due.date.precision is not Precision.UNKNOWN
    return is_dated or due.relation is not None or bool(due.earliest)


def _replies_to(spec: schema.Task, milestone: str, path: Path, scope: Scope) -> str | None:
    if spec.replies_to is None:
        return None
    requests = scope.shape.milestones[milestone].requests if milestone else {}
    scope.faults.known(spec.replies_to, requests, path, text("request"))
    per_party = isinstance(spec.per, schema.PerForm) and spec.per.each == "party"
    if spec.per != "party" and not per_party:
        scope.faults.add(path, text("A reply is for each party: its own answer is replied to."))
    return spec.replies_to


def _subjects(spec: schema.Task, path: Path, scope: Scope) -> tuple[str, ...]:
    groups = scope.shape.groups
    match spec.per:
        case None:
            return ONCE
        case "party":
            return scope.parties
        case "group":
            if not groups:
                scope.faults.add((*path, "per"), text("There are no groups in this process."))
            return tuple(groups)
        case schema.PerForm():
            if spec.per.each == "group" and not groups:
                scope.faults.add((*path, "per"), text("There are no groups in this process."))
            return tuple(places_but(spec.per, (*path, "per"), scope))
        case list() as named:
            known = (*scope.parties, *groups)
            for name, where in placed(named, (*path, "per")):
                scope.faults.known(name, known, where, text("party or group"))
            return tuple(named)


def _arises(
    spec: schema.Arises | None, milestone: str, path: Path, scope: Scope
) -> model.Arises | None:
    match spec:
        case None:
            return None
        case schema.Arises(every=str()):
            return _coming_back(spec, path, scope)
        case schema.Arises(state=str(state)):
            where = spec.milestone or milestone
            if scope.faults.known(where, scope.shape.milestones, path, text("milestone")):
                scope.known_state(state, where, (*path, "state"))
            return model.Arises(model.Arising.STATE, milestone=where, name=state)
        case schema.Arises(decision=str(request)):
            return _on_decision(request, spec.outcome, milestone, path, scope)
        case _:
            return model.Arises(model.Arising(str(spec.event)))


def _coming_back(spec: schema.Arises, path: Path, scope: Scope) -> model.Arises:
    milestone, state = "", ""
    if spec.from_ is not None:
        milestone, state = check_state(spec.from_, (*path, "from"), scope)
    until = None if spec.until is None else parse_date(spec.until)
    return model.Arises(
        model.Arising.EVERY, every=spec.every or "", milestone=milestone, name=state, until=until
    )


def _on_decision(
    request: str, outcome: str | None, milestone: str, path: Path, scope: Scope
) -> model.Arises:
    requests = scope.shape.milestones[milestone].requests if milestone else {}
    if scope.faults.known(request, requests, (*path, "decision"), text("request")) and outcome:
        outcomes = scope.shape.instruments.get(requests[request].instrument, {})
        scope.faults.known(outcome, outcomes, (*path, "outcome"), text("outcome"))
    return model.Arises(model.Arising.DECISION, milestone=milestone, name=request, outcome=outcome)
