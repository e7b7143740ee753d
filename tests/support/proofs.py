"""Verdicts for tests that are not about proofs: definitions are taken to be sound.

The definitions of tests are as small as what they are about; many have no way on after a refusal.
Where a test is about what is proved, it says so, and the proof of the program is asked.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from unittest.mock import patch

from definitions.model import Definition
from definitions.proving import proof
from definitions.proving.kept_verdicts import Prove
from definitions.proving.verdict import (
    Act,
    ActKind,
    Finding,
    Part,
    Result,
    Severity,
    Unproved,
    Verdict,
)

STUCK = """\
id: vast
version: 1
title: {en: Stuck, nl: Vast}
timezone: Europe/Amsterdam
begins: 2022-01-05
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad]}
    west: {name: West, kind: gemeente, bodies: [raad]}
roles:
  secretaris: {may: [advance, stop, record-on-behalf, note, member, party]}
starter: [secretaris]
instruments:
  besluit: {ja: for, nee: against}
structures:
  besluiten:
    states: [open, genomen]
    final: {good: [genomen]}
    slots: [besluit]
    transitions:
      nemen: {from: open, to: genomen, gate: {slot: besluit}}
milestones:
  plan:
    structure: besluiten
    requests:
      raden: {of: each raad, instrument: besluit, in: [open], due: none}
    gates: {besluit: {request: raden, rule: all, counts: for}}
"""
"""A definition that one refusal ends for good."""


def taken_as_sound(definition: Definition) -> Verdict:
    """Return that a definition is sound, without a look at it."""
    return Verdict(definition.sha256, Result.SOUND, 0, (), ())


def found_unsound(definition: Definition) -> Verdict:
    """Return that a definition has no way on: three bodies answered its first request."""
    milestone = next(iter(definition.milestones.values()))
    story = tuple(
        Act(ActKind.DECIDE, milestone.id, request.id, body, "nee")
        for request in [*milestone.requests.values()][:1]
        for body in request.bodies[:3]
    )
    values = {"state": milestone.states[0]}
    finding = Finding("2", "no-way-on", Severity.ERROR, milestone.id, values, story)
    part = Part((milestone.id,), 12)
    return Verdict(definition.sha256, Result.UNSOUND, 12, (part,), (finding,))


def found_too_large(definition: Definition) -> Verdict:
    """Return that a definition is too large to be proved."""
    unproved = Unproved("too-large", tuple(definition.milestones), {"limit": 2000})
    return Verdict(definition.sha256, Result.NOT_VERIFIED, 12, (), (), (unproved,))


def proving(prove: Prove | None) -> AbstractContextManager[object]:
    """Have definitions proved in another way.

    Args:
        prove: what returns the verdict; None for the proof of the program.
    """
    return nullcontext() if prove is None else _proving(prove)


@contextmanager
def _proving(prove: Prove) -> Iterator[None]:
    with patch.object(proof, "prove", lambda definition, *_: prove(definition)):
        yield
