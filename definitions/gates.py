"""Gates (*voorwaarden*) of a definition: names looked up, slots filled in."""

from collections.abc import Sequence
from fractions import Fraction

from definitions import model, schema
from definitions.asking import answers_to, bodies_asked
from definitions.dues import GOAL, compile_date
from definitions.faults import Path
from definitions.language.naming import did_you_mean
from definitions.language.text import text
from definitions.model import TaskRef
from definitions.schema import GateKind
from definitions.scope import Place, Scope
from definitions.structures import names, placed
from definitions.texts import request_at, text_of


def compile_gate(spec: schema.Gate, place: Place, scope: Scope) -> model.Gate:
    """Compile a gate, noting every fault in it."""
    match spec.kind:
        case GateKind.SLOT:
            return _slot(spec, place, scope)
        case GateKind.REQUEST:
            return _request(spec, place, scope)
        case GateKind.TASKS:
            return _tasks(spec, place, scope)
        case GateKind.PART | GateKind.PARTS:
            return _parts(spec, place, scope)
        case GateKind.MILESTONE:
            return _in_state(spec, place, scope)
        case GateKind.DATE:
            path = place.inside("date").path
            return model.DateReached(compile_date(str(spec.date), path, scope, (GOAL,)))
        case GateKind.PAST:
            return model.DuePast(str(spec.past))
        case GateKind.ALL:
            return model.AllOf(_gates(spec.all, place.inside("all"), scope))
        case GateKind.ANY:
            return model.AnyOf(_gates(spec.any, place.inside("any"), scope))
        case GateKind.AT_LEAST:
            return _at_least(spec, place, scope)
        case GateKind.NOT:
            return model.Not(_gate(spec.not_, place.inside("not"), scope))


def _gate(spec: schema.Gate | None, place: Place, scope: Scope) -> model.Gate:
    """Compile a gate; without one, return a gate that always holds."""
    return model.AllOf(()) if spec is None else compile_gate(spec, place, scope)


def _gates(
    specs: Sequence[schema.Gate] | None, place: Place, scope: Scope
) -> tuple[model.Gate, ...]:
    return tuple(
        compile_gate(each, place.inside(index), scope) for index, each in enumerate(specs or ())
    )


def _at_least(spec: schema.Gate, place: Place, scope: Scope) -> model.Gate:
    """Compile a gate that takes so many of others, noting a fault where there are fewer."""
    gates = _gates(spec.of_gates, place.inside("of"), scope)
    needed = spec.at_least or 1
    if needed > len(gates):
        scope.faults.add(
            place.inside("at_least").path,
            text(
                "This gate can never hold: it takes {needed}, and there are {asked}.",
                needed=needed,
                asked=len(gates),
            ),
        )
    for index, gate in enumerate(gates):
        if gate in gates[:index]:
            scope.faults.add(
                place.inside("of", index).path,
                text("This gate stands here twice: it would count twice."),
            )
    return model.AtLeast(needed, gates)


def _slot(spec: schema.Gate, place: Place, scope: Scope) -> model.Gate:
    """Return the gate that the milestone filled in; its own check reports one that is missing."""
    name = str(spec.slot)
    milestone = scope.shape.milestones[place.milestone]
    if not place.in_structure:
        scope.faults.add(
            place.inside("slot").path, text("Only the gates of a structure have slots.")
        )
    elif name in milestone.gates:
        inner = Place(place.milestone, ("milestones", place.milestone, "gates", name))
        return model.Slot(name, compile_gate(milestone.gates[name], inner, scope))
    return model.AllOf(())


def _request(spec: schema.Gate, place: Place, scope: Scope) -> model.Gate:
    """Compile a gate on the decisions on a request, or on their texts."""
    milestone, request = _asked(spec, place, scope)
    counts = frozenset(model.Effect(each) for each in names(spec.counts))
    if spec.differ is not None:
        return _texts_differ(spec, (milestone, request), counts, place, scope)
    if "arisen" in spec.of_whom:
        scope.faults.add(
            place.inside("of").path, text("Tasks arise; “of: arisen” does not go with “request”.")
        )
    if spec.outcome is not None or spec.body is not None:
        counts |= _answers(spec, (milestone, request), place, scope)
    return model.Decisions(
        milestone,
        request,
        _rule(spec.rule),
        counts,
        own=_own(spec, place, scope),
        outcomes=frozenset(names(spec.outcome)),
        body=spec.body or "",
    )


def _answers(
    spec: schema.Gate, asked: tuple[str, str], place: Place, scope: Scope
) -> frozenset[model.Effect]:
    """Return the effects of the outcomes that a gate counts; empty where it names none.

    A body that is not asked is noted as a fault, and an outcome that nobody can answer.
    """
    request = request_at(asked, scope.shape)
    if request is None:
        return frozenset()
    where: Path = ("milestones", asked[0], "requests", asked[1], "of")
    bodies = bodies_asked(request.of, where, scope)
    if spec.body is not None:
        if not _is_asked(spec.body, bodies, place.inside("body").path, scope):
            return frozenset()
        bodies = (spec.body,)
    possible = answers_to(request, bodies, scope)
    effects: set[model.Effect] = set()
    for outcome, path in placed(spec.outcome, place.inside("outcome").path):
        if outcome not in possible:
            scope.faults.add(
                path,
                text("Nobody can answer “{outcome}” here.", outcome=outcome),
                did_you_mean(outcome, possible),
            )
        effects |= possible.get(outcome, set())
    return frozenset(effects)


def _is_asked(body: str, bodies: tuple[str, ...], path: Path, scope: Scope) -> bool:
    """Return whether a body is asked, and note it as a fault where it is not."""
    if body in scope.bodies and body not in bodies:
        scope.faults.add(
            path,
            text("“{body}” is not asked here.", body=body),
            text("It asks: {bodies}.", bodies=bodies),
        )
        return False
    return scope.faults.known(body, bodies, path, text("body"))


def _texts_differ(
    spec: schema.Gate,
    asked: tuple[str, str],
    counts: frozenset[model.Effect],
    place: Place,
    scope: Scope,
) -> model.Gate:
    if request_at(asked, scope.shape) is not None and text_of(asked, scope.shape) is None:
        scope.faults.add(
            place.inside("differ").path,
            text("“{request}” is about no text, so that none can differ.", request=spec.request),
            text("Give that request its “text”: the deliverable that is decided on."),
        )
    if model.Effect.AGAINST in counts:
        scope.faults.add(
            place.inside("counts").path,
            text("Of what was decided against, the texts may differ: they are not compared."),
            text("Write: counts: for; or leave it out."),
        )
    return model.TextsDiffer(*asked, counts or frozenset({model.Effect.FOR}))


def _asked(spec: schema.Gate, place: Place, scope: Scope) -> tuple[str, str]:
    """Return the milestone and the id of the request that a gate names."""
    milestone, _, request = str(spec.request).rpartition("/")
    milestones = scope.shape.milestones
    there = place.inside("request")
    if not milestone:
        scope.known_here(request, lambda name: milestones[name].requests, there, text("request"))
    elif scope.faults.known(milestone, milestones, there.path, text("milestone")):
        requests = milestones[milestone].requests
        scope.faults.known(request, requests, there.path, text("request"))
    return milestone or place.milestone, request


def _tasks(spec: schema.Gate, place: Place, scope: Scope) -> model.Gate:
    found = (
        _task_ref(name, Place(place.milestone, path, place.in_structure), scope)
        for name, path in placed(spec.tasks, place.inside("tasks").path)
    )
    # One may be written in two ways, with its milestone and without.
    tasks = tuple(dict.fromkeys(found))
    arisen = "arisen" in spec.of_whom
    if arisen and not any(_arises(each, scope) for each in tasks):
        scope.faults.add(
            place.inside("of").path,
            text("None of these tasks arises: they are there from the beginning."),
            text("Leave out “of: arisen”, or say by what the task “arises”."),
        )
    return model.TasksDone(tasks, _rule(spec.rule), own=_own(spec, place, scope), arisen=arisen)


def _arises(ref: TaskRef, scope: Scope) -> bool:
    """Return whether a task arises; also where there is no such task, which is a fault already."""
    if not ref.milestone:
        spec = scope.shape.tasks.get(ref.task)
    else:
        spec, _ = scope.tasks.get(ref.milestone, {}).get(ref.task, (None, ()))
    return spec is None or spec.arises is not None


def _task_ref(written: str, place: Place, scope: Scope) -> TaskRef:
    milestone, _, name = written.rpartition("/")
    if milestone:
        if scope.faults.known(milestone, scope.tasks, place.path, text("milestone")):
            scope.faults.known(name, scope.tasks[milestone], place.path, text("task"))
        return TaskRef(milestone, name)
    if name in scope.tasks[place.milestone]:
        return TaskRef(place.milestone, name)
    scope.known_here(
        name, lambda here: {*scope.tasks[here], *scope.shape.tasks}, place, text("task")
    )
    return TaskRef("", name)


def _own(spec: schema.Gate, place: Place, scope: Scope) -> bool:
    own = "own" in spec.of_whom
    if own and not place.has_own:
        scope.faults.add(
            place.inside("of").path,
            text("“own” is of a body’s own party, and no body is asked here."),
            text("It goes in the “after” of a request."),
        )
    return own


def _parts(spec: schema.Gate, place: Place, scope: Scope) -> model.Gate:
    written = str(spec.part or spec.parts)
    name, _, part = written.partition("/")
    path = place.inside(spec.kind).path
    faults = scope.faults
    if not faults.known(name, scope.shape.deliverables, path, text("deliverable")):
        return model.AllOf(())
    deliverable = scope.shape.deliverables[name]
    level = str(spec.level)
    faults.known(level, deliverable.levels, place.inside("level").path, text("level"))
    if part:
        faults.known(part, deliverable.parts, path, text("part"))
    elif spec.kind is GateKind.PART:
        faults.add(path, text("Write deliverable/part, or “parts” for all of them."))
    return model.PartsAt(name, (part,) if part else tuple(deliverable.parts), level)


def _in_state(spec: schema.Gate, place: Place, scope: Scope) -> model.Gate:
    name = str(spec.milestone)
    path = place.inside("milestone").path
    if scope.faults.known(name, scope.shape.milestones, path, text("milestone")):
        for state, where in placed(spec.state, place.inside("state").path):
            scope.known_state(state, name, where)
    return model.InState(name, names(spec.state))


def _rule(value: schema.RuleValue | None) -> model.Rule:
    match value:
        case None | "all":
            return model.ALL
        case "majority":
            return model.Rule("majority", share=Fraction(1, 2), strict=True)
        case schema.RuleForm(at_least=int() as number):
            return model.Rule(str(number), at_least=number)
        case _:
            weighted = value.weighted_share or value.more_than_weighted
            strict = value.more_than or value.more_than_weighted
            written = str(weighted or value.share or value.more_than)
            share = Fraction(written)
            return model.Rule(
                f"{written} by weight" if weighted else str(share),
                share=share,
                strict=strict is not None,
                weighted=weighted is not None,
                cast=value.of == "cast",
            )
