"""From the shape of a file to a definition: every name looked up, every slot filled in.

Compiling never stops at the first fault: it notes it and goes on with what is left, so that
one reading of a file finds them all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time
from fractions import Fraction

from definitions import model, schema
from definitions.calendar.dates import parse_date
from definitions.calendar.zones import has_zone, is_of_a_machine, listed, meant_by, zone_of
from definitions.candidates import with_candidates
from definitions.cascades import with_cascades
from definitions.dues import check_ladder, check_state, compile_due, compile_goal
from definitions.everybody import places_but
from definitions.faults import Faults, Path
from definitions.gates import compile_gate
from definitions.in_force import pinned_to
from definitions.ladders import repeated, told_twice, twice
from definitions.language.naming import did_you_mean_this, guess_at
from definitions.language.text import text
from definitions.remarks import assumptions, unknowns
from definitions.requests import compile_request
from definitions.scope import Place, Scope, scope_of
from definitions.structures import Whole, names
from definitions.tasks import ONCE, compile_tasks


def compile_definition(shape: schema.ProcessFile, sha256: str, faults: Faults) -> model.Definition:
    """Compile a file that has the right shape.

    Args:
        shape: the content of the file, with shared parties filled in.
        sha256: the hash it will be pinned by.
        faults: collects every fault; if there is any, the result must not be used.

    Raises:
        NoZone: a definition was stored with a time zone that this machine does not know.
    """
    if not shape.parties.define:
        faults.add(("parties",), text("No parties: name a file to use, or define some."))
    scope = scope_of(with_candidates(shape, faults), faults)
    _check_head(scope)
    whole = _whole(scope, sha256)
    return pinned_to(whole) if whole.may_join else whole


def _whole(scope: Scope, sha256: str) -> model.Definition:
    """Return the definition with all candidates among its parties."""
    shape = scope.shape
    return model.Definition(
        id=shape.id,
        version=shape.version,
        sha256=sha256,
        title=shape.title,
        timezone=shape.timezone,
        begins=parse_date(shape.begins),
        goal=compile_goal(shape.goal),
        sources=tuple(_sources(shape)),
        parties={name: _party(name, spec) for name, spec in shape.parties.define.items()},
        bodies=scope.bodies,
        regional={name: _regional(name, spec, scope) for name, spec in shape.bodies.items()},
        groups={name: group.name for name, group in shape.groups.items()},
        participants=tuple(shape.participants),
        roles=_roles(shape),
        starter=_starter(scope),
        deliverables=_deliverables(scope),
        instruments={name: _instrument(name, spec) for name, spec in shape.instruments.items()},
        remind_at=time.fromisoformat(shape.remind_at),
        ladders={name: _ladder(name, rungs, scope) for name, rungs in shape.ladders.items()},
        milestones=with_cascades(dict(_milestones(scope)), scope),
        tasks=compile_tasks(scope),
        assumptions=tuple(dict.fromkeys(assumptions(shape))),
        unknowns=tuple(unknowns(shape)),
        may_join={name: spec.votes for name, spec in shape.may_join.items()},
    )


# --- the head of the file ----------------------------------------------------------------------


def _check_head(scope: Scope) -> None:
    shape, faults = scope.shape, scope.faults
    _check_timezone(shape.timezone, faults)
    if parse_date(shape.begins).opening_day is None:
        faults.add(("begins",), text("A process begins on a date that is known."))
    goal = compile_goal(shape.goal)
    if goal is not None and goal.date.day is None:
        faults.add(
            ("goal", "date"), text("A goal has a known date; without one, write “goal: none”.")
        )
    if isinstance(shape.goal, schema.Goal) and shape.goal.of is not None:
        check_state(shape.goal.of, ("goal", "of"), scope)
    for name in shape.bodies:
        if name in scope.parties:
            faults.add(
                ("bodies", name),
                text("“{name}” is also a party: one name, one thing.", name=name),
            )
    for name in shape.groups:
        if name in scope.parties:
            faults.add(
                ("groups", name),
                text("“{name}” is also a party: one name, one thing.", name=name),
            )


def _check_timezone(name: str, faults: Faults) -> None:
    """Note a zone that is not the same everywhere; one that was stored before goes on."""
    if faults.stored:
        zone_of(name)  # which says that this machine does not know it
        return
    if name in listed():
        return
    meant = meant_by(name)
    guess = guess_at(name, listed()) if meant is None else did_you_mean_this(meant)
    if not (is_of_a_machine(name) or has_zone(name)):
        sentence = text("There is no time zone “{name}”.", name=name)
    else:
        sentence = text(
            "“{name}” is not a time zone that is the same on every machine. Expected a place that "
            "the time zone database lists, such as Europe/Amsterdam, or UTC.",
            name=name,
        )
    faults.add(("timezone",), sentence, guess)


def _sources(shape: schema.ProcessFile) -> Iterator[model.Source]:
    for source in shape.sources:
        yield model.Source(source.id, model.Prose.of(source.what), parse_date(source.date))


# --- who and what ------------------------------------------------------------------------------


def _party(name: str, spec: schema.Party) -> model.Party:
    return model.Party(
        id=name,
        name=spec.name,
        kind=spec.kind,
        code=spec.code,
        bodies=tuple(f"{name}.{body}" for body in spec.bodies),
        route=tuple(spec.route),
        papers_due=model.known_prose(spec.papers_due),
        weight=spec.weight,
    )


def _regional(name: str, spec: schema.RegionalBody, scope: Scope) -> model.RegionalBody:
    path: Path = ("bodies", name)
    for party in spec.members:
        scope.faults.known(party, scope.parties, (*path, "members", party), text("party"))
    together = sum(spec.members.values())
    if spec.votes is not None and spec.members and together != spec.votes:
        scope.faults.add(
            (*path, "votes"),
            text(
                "The members have {together} votes together, not {votes}.",
                together=together,
                votes=spec.votes,
            ),
            beside=(*path, "members"),
        )
    votes = spec.votes or together or None
    if spec.quorum is not None and votes is not None and spec.quorum > votes:
        scope.faults.add(
            (*path, "quorum"),
            text("A quorum of {quorum}, of {votes} votes.", quorum=spec.quorum, votes=votes),
            beside=(*path, "votes" if spec.votes else "members"),
        )
    majority = _majority(spec.majority)
    return model.RegionalBody(name, spec.name, spec.members, votes, spec.quorum, majority)


def _majority(value: schema.MajorityValue | None) -> model.Rule:
    match value:
        case None:
            return model.MORE_FOR_THAN_AGAINST
        case schema.MajorityForm(more_than=str(written)):
            return model.Rule(written, share=Fraction(written), strict=True, cast=True)
        case schema.MajorityForm(share=written) | written:
            return model.Rule(str(written), share=Fraction(str(written)), cast=True)


def _roles(shape: schema.ProcessFile) -> dict[str, model.Role]:
    return {
        name: model.Role(name, spec.per and model.Per(spec.per), frozenset(spec.may))
        for name, spec in shape.roles.items()
    }


def _starter(scope: Scope) -> tuple[str, ...]:
    return tuple(
        role
        for index, role in enumerate(scope.shape.starter)
        if scope.faults.known(role, scope.shape.roles, ("starter", index), text("role"))
    )


def _deliverables(scope: Scope) -> dict[str, model.Deliverable]:
    return {
        name: model.Deliverable(
            name,
            tuple(spec.levels),
            {
                part: model.Part(part, _per(each, ("deliverables", name, "parts", part), scope))
                for part, each in spec.parts.items()
            },
        )
        for name, spec in scope.shape.deliverables.items()
    }


def _per(part: schema.Part, path: Path, scope: Scope) -> tuple[str, ...]:
    """Return the parties that have a part each; one for all where it is there once."""
    match part.per:
        case None:
            return ONCE
        case "party":
            return scope.parties
        case schema.PerForm(each="group"):
            scope.faults.add(
                (*path, "per", "each"), text("A part is there for each party, not for each group.")
            )
            return ()
        case schema.PerForm():
            return tuple(places_but(part.per, (*path, "per"), scope))


def _instrument(name: str, spec: Mapping[str, schema.OutcomeValue]) -> model.Instrument:
    return model.Instrument(
        name, {outcome: _outcome(outcome, value) for outcome, value in spec.items()}
    )


def _outcome(name: str, value: schema.OutcomeValue) -> model.Outcome:
    if isinstance(value, schema.OutcomeForm):
        return model.Outcome(name, value.counts, value.needs == "ground", value.needs == "past-due")
    return model.Outcome(name, value, needs_ground=False)


def _ladder(name: str, rungs: Sequence[schema.RungValue], scope: Scope) -> tuple[str, ...]:
    written = []
    for index, rung in enumerate(rungs):
        if isinstance(rung, str):
            written.append(rung)
            continue
        path: Path = ("ladders", name, index, "to")
        if scope.faults.known(rung.to, scope.shape.roles, path, text("role")):
            written.append(repeated(rung.after, rung.every, rung.times, rung.to))
    clash = told_twice(written) if len(written) == len(rungs) else None
    if clash is not None:
        scope.faults.add_unless_stored(("ladders", name, clash[0]), *twice(clash[1]))
    return tuple(written)


# --- milestones --------------------------------------------------------------------------------


def _milestones(scope: Scope) -> Iterator[tuple[str, model.Milestone]]:
    for name, spec in scope.shape.milestones.items():
        path: Path = ("milestones", name, "structure")
        scope.faults.known(spec.structure, scope.shape.structures, path, text("structure"))
        structure = scope.structure_of(name)
        if structure is not None and structure.states:
            yield name, _milestone(name, spec, structure, scope)


def _milestone(
    name: str, spec: schema.Milestone, structure: Whole, scope: Scope
) -> model.Milestone:
    _check_slots(name, spec, structure, scope.faults)
    return model.Milestone(
        id=name,
        title=spec.title,
        structure=structure.name,
        states=tuple(structure.states),
        good=structure.good,
        bad=structure.bad,
        arms=tuple(_arms(name, structure, scope)),
        requests={
            request: compile_request(name, request, each, scope)
            for request, each in spec.requests.items()
        },
        dues=_state_dues(name, spec, scope),
    )


def _check_slots(name: str, spec: schema.Milestone, structure: Whole, faults: Faults) -> None:
    path: Path = ("milestones", name, "gates")
    for slot in spec.gates:
        faults.known(slot, structure.slots, (*path, slot), text("slot"))
    for slot in structure.slots:
        if slot not in spec.gates:
            faults.add(
                path,
                text(
                    "“{milestone}” leaves the slot “{slot}” of “{structure}” empty.",
                    milestone=name,
                    slot=slot,
                    structure=structure.name,
                ),
                text("Fill it in under “gates”."),
            )


def _arms(milestone: str, structure: Whole, scope: Scope) -> Iterable[model.Arm]:
    for trigger, transitions in structure.transitions.items():
        for transition in transitions:
            spec = transition.shape
            place = Place(milestone, transition.at("gate"), in_structure=True)
            gate = None if spec.gate is None else compile_gate(spec.gate, place, scope)
            for source in names(spec.from_):
                yield model.Arm(
                    trigger=trigger,
                    source=source,
                    target=str(spec.to),
                    gate=gate,
                    explicit=spec.explicit,
                    opens_round=spec.opens == "round",
                    latch=spec.latch,
                    permission=spec.permission,
                )


def _state_dues(name: str, spec: schema.Milestone, scope: Scope) -> dict[str, model.Due]:
    dues = {}
    check_ladder(spec.ladder, ("milestones", name), scope)
    for state, value in spec.due.items():
        path: Path = ("milestones", name, "due", state)
        scope.known_state(state, name, path)
        due = compile_due(f"{name}.{state}", value, path, scope, spec.ladder)
        if due is not None:
            dues[state] = due
    return dues
