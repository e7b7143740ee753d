"""The proof of a definition, as its commands and pages ask for it."""

from collections.abc import Iterable, Iterator, Sequence, Set

from definitions.in_force import in_force
from definitions.language.values import replace
from definitions.model import Decisions, Definition, Effect, Milestone, Permission, gates_in
from definitions.proving import parts
from definitions.proving.blocking import who_can_block
from definitions.proving.cutoff import Fewer, fewer_parties
from definitions.proving.diagrams import TooLarge, deep_calls
from definitions.proving.leaving import if_one_leaves
from definitions.proving.properties import adopted_by_nobody, findings_in, on_two_texts, sure_in
from definitions.proving.static_checks import held_roles, static_findings
from definitions.proving.verdict import (
    Finding,
    Part,
    Result,
    Severity,
    Sure,
    Unproved,
    Value,
    Verdict,
)

LIMIT = 1_000_000
"""The most nodes that one part may take: up to some 700 MB with what is remembered."""
SMALL = 100_000
"""The most situations of a definition that is proved again without each kind of party, unasked."""


def prove(
    definition: Definition, limit: int = LIMIT, *, together: bool = False, leaving: bool = False
) -> Verdict:
    """Prove what can be proved of a definition, and find what is wrong with it.

    It takes no longer on a slow machine than the limit allows on a fast one: what is counted is the
    nodes of decision diagrams, never time.

    Args:
        definition: what is proved, with its own parties.
        limit: the most nodes that one part may take.
        together: all milestones are looked at at once, instead of each in its part.
        leaving: whether it is proved again without each kind of party, also where it is large; of
            a small one that is always done.
    """
    found = _proved(definition, limit, together=together)
    findings = (*static_findings(definition), *found.findings)
    found = replace(
        found,
        result=_result(findings, found.unproved),
        findings=findings,
        blocking=tuple(who_can_block(definition)),
    )
    if found.result is Result.SOUND and (leaving or found.situations <= SMALL):

        def again(other: Definition) -> Verdict:
            return _proved(other, limit, together=together)

        gone = if_one_leaves(definition, found, again)
        found = replace(found, findings=(*found.findings, *gone))
    return found


def _proved(definition: Definition, limit: int, *, together: bool) -> Verdict:
    """Return what is proved of all situations, with each company of parties there may be."""
    joining = {
        party
        for milestone in definition.milestones.values()
        for entering in milestone.entering.values()
        for party in entering.joins
    }
    with deep_calls():
        own = _verdict(definition, frozenset(joining), limit, together=together)
        absent = definition.may_join.keys() - definition.joined - joining
        if not absent:
            return own
        companies = sorted({frozenset({each}) for each in absent} | {frozenset(absent)}, key=sorted)
        others = [
            _verdict(definition, joining | each, limit, together=together) for each in companies
        ]
    joined = list(zip(companies, others, strict=True))
    return _with_those_who_join(own, joined, somebody_may=_may_record_joining(definition))


def _may_record_joining(definition: Definition) -> bool:
    held = held_roles(definition)
    return any(Permission.PARTY in definition.roles[role].may for role in held)


def _verdict(definition: Definition, joined: Set[str], limit: int, *, together: bool) -> Verdict:
    company = in_force(definition, definition.joined | joined)
    fewer = fewer_parties(company)
    if fewer is None:
        verdict = _Proving(company, limit, together=together).verdict()
    else:
        verdict = _with_all(
            _Proving(fewer.definition, limit, together=together).verdict(), fewer, company
        )
    return replace(verdict, sha256=definition.sha256)


def _with_all(verdict: Verdict, fewer: Fewer, whole: Definition) -> Verdict:
    """Return a verdict on a definition that was proved with fewer of its parties.

    Args:
        verdict: with those that were kept.
        fewer: which those are.
        whole: the definition with all of them.
    """

    def asked(milestone: str, request: str) -> int:
        return len(whole.milestones[milestone].requests[request].bodies)

    findings = []
    for each in verdict.findings:
        values = dict(each.values)
        if "asked" in values:
            values["asked"] = asked(each.milestone, str(values["request"]))
        findings.append(replace(each, values=values, story=fewer.told(each.story)))
    numbers: dict[str, Value] = {"parties": fewer.parties, "kept": len(fewer.kept)}
    findings.append(Finding("", "proved-with-fewer", Severity.INFORMATION, "", numbers))
    sure = []
    for one in verdict.sure:
        every = asked(one.milestone, one.request)
        sure.append(replace(one, asked=every, least=every if one.least == one.asked else one.least))
    return replace(verdict, findings=tuple(findings), sure=tuple(sure))


def _with_those_who_join(
    own: Verdict, others: Sequence[tuple[frozenset[str], Verdict]], *, somebody_may: bool
) -> Verdict:
    """Return a verdict on a definition that parties may join, at any time or never.

    Args:
        own: with its own parties.
        others: with each that may join, and with all of them.
        somebody_may: whether somebody may record that a party joins; else none ever does.
    """
    if not somebody_may:
        return own
    everybody = {_what(each) for each in max(others, key=lambda one: len(one[0]))[1].findings}
    found = [
        each
        if each.severity is Severity.INFORMATION or _what(each) in everybody
        else replace(each, severity=Severity.INFORMATION, kind=f"{each.kind}-until-joined")
        for each in own.findings
    ]
    known = {_what(each) for each in own.findings}
    for joined, verdict in others:
        for each in verdict.findings:
            if each.severity is not Severity.INFORMATION and _what(each) not in known:
                known.add(_what(each))
                found.append(replace(each, values={**each.values, "joined": tuple(sorted(joined))}))
    unproved = [*own.unproved]
    for _, verdict in others:
        unproved += [one for one in verdict.unproved if one not in unproved]
    return replace(
        own,
        result=_result(found, unproved),
        situations=own.situations + sum(each.situations for _, each in others),
        findings=tuple(found),
        unproved=tuple(unproved),
    )


def _what(finding: Finding) -> tuple[Value | None, ...]:
    """Return what a finding is about, whatever the parties are."""
    names = ("trigger", "state", "request")
    return finding.kind, finding.milestone, *map(finding.values.get, names)


class _Proving:
    """One proof, milestone by milestone."""

    def __init__(self, definition: Definition, limit: int, *, together: bool) -> None:
        self._definition = definition
        self._limit = limit
        self._proof = parts.Proof(definition, limit, together=together)

    def verdict(self) -> Verdict:
        """Return what was proved, and all that was found before a milestone became too large."""
        findings: list[Finding] = []
        sure: list[Sure] = []
        sizes: dict[tuple[str, ...], int] = {}
        unproved = list(_not_modelled(self._definition))
        for milestone in self._definition.milestones.values():
            try:
                part = self._proof.part_of(milestone.id)
                for each in self._found(part, milestone, sure):
                    findings.append(each)  # noqa: PERF402 - what was found stays if it is cut short
                sizes[part.cut.milestones] = part.size
                part.diagrams.forget()
            except TooLarge:
                unproved.append(self._too_large(milestone))
        return Verdict(
            self._definition.sha256,
            _result(findings, unproved),
            sum(sizes.values()),
            tuple(Part(*each) for each in sizes.items()),
            tuple(findings),
            tuple(unproved),
            tuple(sure),
        )

    def _found(self, part: parts.Part, milestone: Milestone, sure: list[Sure]) -> Iterator[Finding]:
        """Yield what is found in a milestone, and add what is sure of it."""
        is_lost = False
        for each in findings_in(part, milestone):
            is_lost |= each.property in ("2", "2b")
            yield each
        known = list(sure_in(part, milestone))
        sure += known
        if not is_lost and may_differ(self._definition, milestone):
            yield from on_two_texts(part, self._proof.on_texts(milestone.id), milestone)
        yield from adopted_by_nobody(self._definition, milestone, known)

    def _too_large(self, milestone: Milestone) -> Unproved:
        names = self._proof.milestones_with(milestone.id)
        bodies = {
            body
            for name in names
            for request in self._definition.milestones[name].requests.values()
            for body in request.bodies
        }
        values = {"limit": self._limit, "bodies": len(bodies), "milestones": len(names)}
        return Unproved("too-large", names, values)


def _result(findings: Iterable[Finding], unproved: Sequence[Unproved]) -> Result:
    if any(each.severity is Severity.ERROR for each in findings):
        return Result.UNSOUND
    return Result.NOT_VERIFIED if unproved else Result.SOUND


def may_differ(definition: Definition, milestone: Milestone) -> bool:
    """Return whether a gate compares texts of answers that need not name one."""
    return any(
        isinstance(gate, Decisions)
        and Effect.FOR in gate.counts
        and gate.compares_texts
        and not gate.body
        and definition.milestones[gate.milestone].requests[gate.request].text is None
        and definition.milestones[gate.milestone].requests[gate.request].same_text_as is None
        for arm in milestone.arms
        for gate in gates_in(arm.gate)
    )


def _not_modelled(definition: Definition) -> Iterator[Unproved]:
    """Yield the words that a proof makes nothing of."""
    for milestone in definition.milestones.values():
        for state in milestone.entering:
            if _comes_back(definition, milestone.id, state):
                yield Unproved("stops-in-a-circle", (milestone.id,), {"state": state})


def _comes_back(definition: Definition, milestone: str, state: str) -> bool:
    """Return whether entering a state stops a milestone that has moved or stopped by it already."""
    seen = {milestone}
    ahead = [(milestone, state)]
    while ahead:
        name, entered = ahead.pop()
        entering = definition.milestones[name].entering.get(entered)
        for stopped, target in entering.stops if entering else ():
            if stopped in seen:
                return True
            seen.add(stopped)
            ahead.append((stopped, target))
    return False
