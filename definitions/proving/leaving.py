"""What would be found if a party left.

Nobody leaves in a proof. The definition is proved again without a party instead, as if it had never
taken part.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator

from definitions.in_force import without_parties
from definitions.language.values import replace
from definitions.model import Decisions, Definition, Milestone, gates_in
from definitions.proving.verdict import Finding, Result, Severity, Value, Verdict

Prove = Callable[[Definition], Verdict]
"""What proves a definition with its own parties."""


def if_one_leaves(definition: Definition, proved: Verdict, prove: Prove) -> Iterator[Finding]:
    """Yield what is found once a party has left, of one party of each kind.

    That is a warning: nobody needs to leave. Only what is sound can be lost by it.

    Args:
        definition: with its own parties.
        proved: what was found in it.
        prove: proves it without one of them.
    """
    if proved.result is not Result.SOUND or len(definition.parties) == 1:
        return
    known = {_key(each) for each in proved.findings}
    for those in kinds_of_party(definition):
        found = [
            each
            for each in _new(prove(_without(definition, those[0])).findings, known)
            if each.severity is Severity.ERROR or each.kind == "only-a-stop"
        ]
        if not found:
            continue
        first = found[0]  # what comes after it in the process mostly follows from it
        values: dict[str, Value] = {
            "party": those[0],
            "alike": those[1:],
            "property": first.property,
            "what": first.kind,
            "milestones": tuple(dict.fromkeys(each.milestone for each in found)),
            **_named(first),
        }
        what = (first.property, "if-leaves", Severity.WARNING)
        yield Finding(*what, first.milestone, values, first.story)


def _without(definition: Definition, party: str) -> Definition:
    """Return a definition without a party, also once others have joined."""
    left = without_parties(definition, (party,))
    whole = definition.whole
    return left if whole is None else replace(left, whole=without_parties(whole, (party,)))


def kinds_of_party(definition: Definition) -> list[tuple[str, ...]]:
    """Return the parties, those together of which it makes no difference which one leaves."""
    found: dict[Hashable, list[str]] = {}
    for party in definition.parties:
        found.setdefault(frozenset(_about(definition, party)), []).append(party)
    return [tuple(each) for each in found.values()]


def _about(definition: Definition, party: str) -> Iterator[Hashable]:
    """Yield what a definition says about a party, but for its name, unless it is named alone."""
    if _is_weighted(definition):
        yield "weight", definition.parties[party].weight
    for milestone in definition.milestones.values():
        for request in milestone.requests.values():
            for body in request.bodies:
                if definition.party_of(body) == party:
                    kind = body.partition(".")[2]
                    yield milestone.id, request.id, kind, request.instruments[body]
        if party in _named_alone(definition, milestone):
            yield "named", party
    for ref, task in definition.tasks.items():
        if party in task.subjects:
            yield "task", ref
    for name, deliverable in definition.deliverables.items():
        yield name, *(each.id for each in deliverable.parts.values() if party in each.subjects)
    for regional in definition.regional.values():
        yield regional.id, regional.members.get(party)


def _is_weighted(definition: Definition) -> bool:
    """Return whether a gate counts parties by their weight."""
    return any(
        isinstance(gate, Decisions) and gate.rule.weighted
        for milestone in definition.milestones.values()
        for arm in milestone.arms
        for gate in gates_in(arm.gate)
    )


def _named_alone(definition: Definition, milestone: Milestone) -> Iterator[str]:
    """Yield the parties that a milestone singles out."""
    gates = [each.gate for each in milestone.arms]
    gates += [each.after for each in milestone.requests.values()]
    for gate in gates:
        for inner in gates_in(gate):
            if isinstance(inner, Decisions) and inner.body:
                yield definition.party_of(inner.body)
    for entering in milestone.entering.values():
        yield from entering.leaves


def _named(finding: Finding) -> dict[str, Value]:
    """Return what a finding names that no value of ours is called."""
    ours = {"party", "alike", "property", "what", "milestones"}
    return {name: value for name, value in finding.values.items() if name not in ours}


def _new(found: Iterable[Finding], known: set[Hashable]) -> Iterator[Finding]:
    yield from (each for each in found if _key(each) not in known)


def _key(finding: Finding) -> Hashable:
    """Return what makes a finding the same one with other parties: not whom it names."""
    at = tuple(finding.values.get(each) for each in ("trigger", "state", "request", "task", "role"))
    return finding.kind, finding.milestone, at
