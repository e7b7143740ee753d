"""Requests (*besluitvragen*) of a definition: the bodies asked, the instrument, the dues."""

from definitions import model, schema
from definitions.asking import bodies_asked, instruments_of
from definitions.dues import check_ladder, compile_due
from definitions.faults import Path
from definitions.gates import compile_gate
from definitions.language.text import text
from definitions.scope import Place, Scope
from definitions.structures import placed
from definitions.texts import compile_binding, text_of


def compile_request(milestone: str, name: str, spec: schema.Request, scope: Scope) -> model.Request:
    """Compile one request of a milestone."""
    path: Path = ("milestones", milestone, "requests", name)
    for state, where in placed(spec.in_, (*path, "in")):
        scope.known_state(state, milestone, where)
    check_ladder(spec.ladder, path, scope)
    _check_text(spec.text, (*path, "text"), scope)
    bodies = bodies_asked(spec.of, (*path, "of"), scope)
    after = _after(spec.after, Place(milestone, (*path, "after"), has_own=True), scope)
    proposal = _proposal(spec.proposal, Place(milestone, (*path, "proposal")), bodies, scope)
    return model.Request(
        id=name,
        bodies=bodies,
        instruments=_instruments(spec, bodies, path, scope),
        text=text_of((milestone, name), scope.shape),
        admitted_in=tuple(spec.in_),
        due=compile_due(f"{milestone}/{name}", spec.due, (*path, "due"), scope, spec.ladder),
        after=after,
        via=spec.via,
        options=_options(spec.options, (*path, "options"), scope),
        met_by_receipt=spec.met_by == "receipt",
        signed_by=tuple(spec.signed_by),
        proposal=proposal,
        way=_way(proposal, after),
        same_text_as=compile_binding((milestone, name), spec, (*path, "same_text_as"), scope),
    )


def _options(spec: schema.Options | None, path: Path, scope: Scope) -> model.Options | None:
    if spec is None:
        return None
    if spec.within is None:
        return model.Options(None, spec.count)
    milestone, _, request = spec.within.partition("/")
    where = (*path, "within")
    if scope.faults.known(milestone, scope.shape.milestones, where, text("milestone")):
        requests = scope.shape.milestones[milestone].requests
        if scope.faults.known(request, requests, where, text("request")):
            _check_named(requests[request], spec.within, where, scope)
    return model.Options((milestone, request), spec.count)


def _check_named(request: schema.Request, written: str, path: Path, scope: Scope) -> None:
    if request.options is None:
        scope.faults.add(path, text("Decisions on “{request}” name no options.", request=written))


def _proposal(
    name: str | None, place: Place, bodies: tuple[str, ...], scope: Scope
) -> model.TaskRef | None:
    """Return the task by which a question comes to its bodies: each party of theirs has its own."""
    if name is None:
        return None
    tasks = scope.tasks[place.milestone]
    if not scope.faults.known(name, tasks, place.path, text("task")):
        return None
    spec, _ = tasks[name]
    if not _is_of_parties(spec.per, scope):
        scope.faults.add(
            place.path,
            text("“{name}” is not a task of each party.", name=name),
            text("A proposal to a body is brought by its own party: write “per: party”."),
        )
    for body in bodies:
        if not scope.bodies[body]:
            scope.faults.add(
                place.path,
                text("“{body}” is of no party, so no party of its own brings it.", body=body),
                text("Ask it in a request of its own, without a proposal."),
            )
    return model.TaskRef(place.milestone, name)


def _is_of_parties(per: schema.PerValue | None, scope: Scope) -> bool:
    """Return whether a task is one of each party, or of some of them."""
    match per:
        case schema.PerForm():
            return per.each == "party"
        case list():
            return all(each in scope.parties for each in per)
        case _:
            return per == "party"


def _way(proposal: model.TaskRef | None, after: model.Gate | None) -> model.Gate | None:
    """Return what comes before a decision: the proposal, and what must hold."""
    if proposal is None:
        return after
    brought = model.TasksDone((proposal,), model.ALL, own=True)
    return brought if after is None else model.AllOf((brought, after))


def _after(spec: schema.Gate | None, place: Place, scope: Scope) -> model.Gate | None:
    return None if spec is None else compile_gate(spec, place, scope)


def _instruments(
    spec: schema.Request, bodies: tuple[str, ...], path: Path, scope: Scope
) -> dict[str, str]:
    known = scope.shape.instruments
    scope.faults.known(spec.instrument, known, (*path, "instrument"), text("instrument"))
    for party, instrument in spec.instrument_for.items():
        where = (*path, "instrument_for", party)
        scope.faults.known(instrument, known, where, text("instrument"))
        if not scope.faults.known(party, scope.parties, where, text("party")):
            continue
        if all(scope.bodies[body] != party for body in bodies):
            scope.faults.add(where, text("No body of “{party}” is asked here.", party=party))
    return instruments_of(spec, bodies, scope)


def _check_text(written: str | None, path: Path, scope: Scope) -> None:
    if written is None:
        return
    name, _, part = written.partition("/")
    deliverables = scope.shape.deliverables
    if scope.faults.known(name, deliverables, path, text("deliverable")) and part:
        scope.faults.known(part, deliverables[name].parts, path, text("part"))
