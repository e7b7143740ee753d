"""What a proof of a definition takes: those that are shipped, and larger ones of one shape."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from time import process_time

from benchmarks.measuring import Figure, Series, memory_of
from definitions.library import open_definition
from definitions.loading import load_definition
from definitions.model import Definition
from definitions.proving.proof import prove
from definitions.proving.verdict import Result
from definitions.shipped import shipped

ALL, MAJORITY, BY_WEIGHT = "all", "majority", "{weighted_share: 2/3}"
SHIPPED_S, TWELVE_S, FORTY_S, MANY_S, TWELVE_MB = 1.5, 5.0, 20.0, 5.0, 300.0
"""The most seconds of processor, and megabytes, that each may take."""
PARTIES, MILESTONES = (7, 12, 40), (3, 6, 8)
"""Of how many parties and milestones the growth is shown."""
PROGRAM = "import sys; from benchmarks.proofs import child; child(*sys.argv[1:])"


def measure(_: Path) -> Iterator[Figure | Series]:
    """Measure proofs, each of a larger one in a program of its own, whose memory is its own."""
    definitions = [open_definition(name) for name in shipped()]
    begun = process_time()
    results = [prove(each).result for each in definitions]
    assert set(results) == {Result.SOUND}
    took = process_time() - begun
    yield Figure("the shipped definitions, together", took, "s", SHIPPED_S, f"{len(results)} sound")
    for rule, what in ((ALL, "all"), (MAJORITY, "a majority"), (BY_WEIGHT, "two thirds by weight")):
        took, memory = _spent(12, 6, rule)
        name = f"12 parties, 6 milestones, {what}"
        yield Figure(name, took, "s", TWELVE_S)
        yield Figure(f"{name}: memory", memory, "MB", TWELVE_MB)
    yield Figure("40 parties, 3 milestones, all", _spent(40, 3, ALL)[0], "s", FORTY_S)
    yield Figure("342 councils, one question", _spent(342, 0, ALL)[0], "s", MANY_S)
    for parties, milestones in product(PARTIES, MILESTONES):
        took, memory = _spent(parties, milestones, ALL)
        remark = f"{memory:.0f} MB"
        yield Figure(f"{parties} parties, {milestones} milestones", took, "s", remark=remark)


def _spent(parties: int, milestones: int, rule: str) -> tuple[float, float]:
    """Return the seconds of processor and the megabytes of a proof that says sound."""
    command = [sys.executable, "-c", PROGRAM, str(parties), str(milestones), rule]
    said = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ours
    took, memory = said.stdout.split()
    return float(took), float(memory)


def no_parties(name: str) -> tuple[str, bytes]:
    """Refuse a file of parties: this definition uses none."""
    raise AssertionError(name)


def child(parties: str, milestones: str, rule: str) -> None:
    """Prove one definition, and print what that took."""
    definition = one_shape(int(parties), int(milestones), rule)
    begun = process_time()
    verdict = prove(definition)
    took = process_time() - begun
    assert verdict.result is Result.SOUND, verdict
    print(took, memory_of(os.getpid()))


def one_shape(parties: int, milestones: int, rule: str) -> Definition:
    """Return a definition of milestones that follow each other, each with a way back.

    In each the councils are asked about a text, and then the colleges, each after its own council;
    where there are no milestones, one of councils alone.

    Args:
        parties: how many there are; each weighs otherwise.
        milestones: how many there are.
        rule: how many have to agree, as a definition has it.
    """
    written = HEAD + "".join(
        f"    p{each}: {{name: P{each}, kind: gemeente, weight: {each * 7 % 11 + 1}, "
        "bodies: [raad, college]}\n"
        for each in range(parties)
    )
    written += BODY
    if not milestones:
        written += MILESTONE.format(
            number=0, before=FIRST, colleges="", gate=ASKED % rule, against=""
        )
    for number in range(milestones):
        before = f"milestone: m{number - 1}, state: genomen" if number else FIRST
        gates = f"{{all: [{ASKED % rule}, {(ASKED % rule).replace('raden', 'colleges')}]}}"
        against = ", {request: colleges, rule: {at_least: 1}, counts: against}"
        written += MILESTONE.format(
            number=number, before=before, colleges=COLLEGES, gate=gates, against=against
        )
    return load_definition(written.encode(), "shape.yaml", no_parties)


HEAD = """\
id: shape
version: 1
title: {en: One shape}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
"""
BODY = """\
roles:
  s: {may: [advance, stop, replan, record-on-behalf, note, member, party, task, deliverable]}
starter: [s]
instruments:
  besluit: {ja: for, nee: against, aangehouden: pending}
deliverables:
  stuk: {levels: [concept, volledig], parts: {tekst: {}}}
structures:
  x:
    states: [wacht, open, genomen, weg]
    final: {good: [genomen], bad: [weg]}
    slots: [voor, besluit, verworpen]
    transitions:
      openen: {from: wacht, to: open, gate: {slot: voor}, opens: round}
      nemen: {from: open, to: genomen, gate: {slot: besluit}}
      opnieuw: {from: open, to: wacht, gate: {slot: verworpen}, explicit: true}
      stoppen: {from: [wacht, open], to: weg, explicit: true, permission: stop}
milestones:
"""
FIRST = "date: 2026-02-01"
ASKED = "{request: raden, rule: %s, counts: for}"
COLLEGES = """\
      colleges:
        of: each college
        instrument: besluit
        in: [open]
        due: none
        after: {request: raden, of: own, counts: for}
"""
MILESTONE = """\
  m{number}:
    structure: x
    requests:
      raden: {{of: each raad, instrument: besluit, in: [open], text: stuk/tekst, due: none}}
{colleges}    gates:
      voor: {{{before}}}
      besluit: {gate}
      verworpen:
        any:
          - {{request: raden, differ: text}}
          - any: [{{request: raden, rule: {{at_least: 1}}, counts: against}}{against}]
"""
