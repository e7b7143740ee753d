"""Cascades: what entering a state of one milestone sets off in others, or with who takes part.

A stop takes the transition by which a milestone can be given up from wherever it is: one that is
only taken when named, and has no gate. So what a cascade does could always be done by hand.
"""

from collections.abc import Iterator, Mapping, Sequence

from definitions import schema
from definitions.faults import Path
from definitions.language.text import text
from definitions.language.values import replace
from definitions.model import Entering, Milestone
from definitions.scope import Scope
from definitions.structures import names, placed

State = tuple[str, str]
"""A milestone, and one of its states."""


def with_cascades(milestones: Mapping[str, Milestone], scope: Scope) -> dict[str, Milestone]:
    """Return milestones with what entering their states sets off; note what cannot be."""
    found = {
        name: replace(each, entering=_entering(each, milestones, scope))
        for name, each in milestones.items()
    }
    _check_circles(found, scope)
    return found


def _entering(
    milestone: Milestone, milestones: Mapping[str, Milestone], scope: Scope
) -> dict[str, Entering]:
    found = {}
    for state, spec in scope.shape.milestones[milestone.id].entering.items():
        path: Path = ("milestones", milestone.id, "entering", state)
        if not scope.faults.known(state, milestone.states, path, text("state")):
            continue
        if state == milestone.initial:
            scope.faults.add(
                path,
                text(
                    "“{milestone}” begins in “{state}”: it is never entered.",
                    milestone=milestone.id,
                    state=state,
                ),
                text("Name a state that a transition leads to."),
            )
        stops = tuple(_stops(milestone, spec, path, milestones, scope))
        leaves, joins = names(spec.leaves), names(spec.joins)
        _check_parties(leaves, joins, path, scope)
        found[state] = Entering(stops, tuple(leaves), tuple(joins))
    return found


# --- stops -------------------------------------------------------------------------------------


def _stops(
    milestone: Milestone,
    spec: schema.Entering,
    path: Path,
    milestones: Mapping[str, Milestone],
    scope: Scope,
) -> Iterator[State]:
    for written, place in placed(spec.stops, (*path, "stops")):
        name, _, state = written.partition(".")
        if not scope.faults.known(name, scope.shape.milestones, place, text("milestone")):
            continue
        if name == milestone.id:
            scope.faults.add(
                place,
                text("“{milestone}” would stop itself.", milestone=name),
                text("Name another milestone, or leave it out."),
            )
        elif name in milestones:
            target = _target(milestones[name], state, place, scope)
            if target is not None:
                yield name, target


def _target(stopped: Milestone, state: str, place: Path, scope: Scope) -> str | None:
    """Return the state in which a milestone is given up; None, and a fault, where none will do."""
    if state and not scope.faults.known(state, stopped.states, place, text("state")):
        return None
    if state and state not in stopped.bad:
        scope.faults.add(
            place,
            text("“{milestone}” is not given up in “{state}”.", milestone=stopped.id, state=state),
            text("Name a state under “bad”: {states}.", states=stopped.bad)
            if stopped.bad
            else text("It has no state under “bad”, so it cannot be stopped."),
        )
        return None
    able = [each for each in stopped.bad if state in ("", each) and not _stuck(stopped, each)]
    if len(able) == 1:
        return able[0]
    _note_no_way(stopped, state, able, place, scope)
    return None


def _stuck(stopped: Milestone, target: str) -> list[str]:
    """Return the states from which no transition of its own gives a milestone up like that."""
    open_ = {
        arm.source
        for arm in stopped.arms
        if arm.target == target and arm.explicit and arm.gate is None
    }
    return [each for each in stopped.states if each not in (*stopped.final, *open_)]


def _note_no_way(
    stopped: Milestone, state: str, able: Sequence[str], place: Path, scope: Scope
) -> None:
    if able:
        scope.faults.add(
            place,
            text("“{milestone}” can be given up in more than one state.", milestone=stopped.id),
            text("Name one: {names}.", names=[f"{stopped.id}.{each}" for each in able]),
        )
        return
    stuck = _stuck(stopped, state or next(iter(stopped.bad), ""))
    scope.faults.add(
        place,
        text(
            "“{milestone}” cannot be stopped from everywhere: not from {states}.",
            milestone=stopped.id,
            states=stuck,
        ),
        text(
            "Give it a transition from there to a state under “bad”: explicit, and without a gate."
        ),
    )


# --- parties -----------------------------------------------------------------------------------


def _check_parties(leaves: Sequence[str], joins: Sequence[str], path: Path, scope: Scope) -> None:
    for each in leaves:
        scope.faults.known(each, scope.parties, (*path, "leaves"), text("party"))
    for each in joins:
        scope.faults.known(
            each, scope.shape.may_join, (*path, "joins"), text("party that may join")
        )
    for each in sorted({*leaves} & {*joins}):
        scope.faults.add(
            (*path, "joins"),
            text("“{party}” would leave and join at once.", party=each),
            text("Leave out one of the two."),
        )


# --- circles -----------------------------------------------------------------------------------


def _check_circles(milestones: Mapping[str, Milestone], scope: Scope) -> None:
    """Note a fault where entering a state would, by way of others, set off itself."""
    told: set[frozenset[State]] = set()
    for name, milestone in milestones.items():
        for state in milestone.entering:
            circle = _circle((name, state), milestones, ())
            if circle and frozenset(circle) not in told:
                told.add(frozenset(circle))
                scope.faults.add(
                    ("milestones", name, "entering", state),
                    text(
                        "This sets off itself: {way}.",
                        way=" → ".join(map(".".join, (*circle, circle[0]))),
                    ),
                    text("Leave out one of these stops."),
                )


def _circle(
    at: State, milestones: Mapping[str, Milestone], way: tuple[State, ...]
) -> tuple[State, ...]:
    """Return the circle that leads back to where a way begins; empty where none does."""
    if way and at == way[0]:
        return way
    if at in way:
        return ()
    name, state = at
    entering = milestones[name].entering.get(state)
    for each in entering.stops if entering is not None and name in milestones else ():
        found = _circle(each, milestones, (*way, at))
        if found:
            return found
    return ()
