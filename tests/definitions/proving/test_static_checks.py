"""What is found in a definition by looking at it, and what is not once it is mended."""

from pathlib import Path

import pytest

from definitions.library import open_definition
from definitions.proving.static_checks import static_findings
from definitions.proving.verdict import Severity
from definitions.shipped import shipped
from tests.support.definitions import load

EXAMPLES = Path(__file__).parents[3] / "docs/examples"

SMALL = """\
id: proef
version: 1
title: {en: Example}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad]}
    west: {name: West, kind: gemeente, bodies: [raad]}
bodies: {bestuur: {name: Bestuur}}
roles:
  secretaris: {may: [advance, stop, replan, record-on-behalf, task, deliverable, member]}
  griffier: {per: party, may: [record]}
starter: [secretaris]
instruments: {besluit: {voor: for, tegen: against}}
ladders: {vroeg: [-28d, 0d]}
structures:
  ronde:
    states: [open, klaar, weg]
    final: {good: [klaar], bad: [weg]}
    slots: [akkoord]
    transitions:
      nemen: {from: open, to: klaar, gate: {slot: akkoord}}
      stoppen: {from: open, to: weg, explicit: true, permission: stop}
milestones:
  m:
    structure: ronde
    requests:
      raden: {of: each raad, instrument: besluit, in: [open], due: none}
    tasks:
      melding: {per: party, owner: secretaris, results: {gedaan: done}}
    gates: {akkoord: {request: raden, rule: all, counts: for}}
"""

MAY = "may: [advance, stop, replan, record-on-behalf, task, deliverable, member]"
ASKED = "{of: each raad, instrument: besluit, in: [open], due: none}"
TASK = "{per: party, owner: secretaris, results: {gedaan: done}}"
GATE = "{request: raden, rule: all, counts: for}"
ERROR, WARNING, INFORMATION = Severity.ERROR, Severity.WARNING, Severity.INFORMATION


def _found(*changes: tuple[str, str]) -> list[tuple[str, Severity]]:
    written = SMALL
    for old, new in changes:
        assert written.count(old) == 1, old
        written = written.replace(old, new)
    return [(each.kind, each.severity) for each in static_findings(load(written))]


def _asked(more: str) -> tuple[str, str]:
    return ASKED, ASKED.replace("due: none", more)


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    """The small definition itself has no fault."""
    assert not _found()


@pytest.mark.parametrize(
    ("changes", "kind", "severity"),
    [
        pytest.param(
            [
                (MAY, "may: [advance, stop, replan, member, task]"),
                (ASKED, ASKED.replace("each raad", "bestuur")),
            ],
            "nobody-records",
            ERROR,
            id="a body of the region, and only seats of a party record",
        ),
        pytest.param(
            [
                (MAY, "may: [record-on-behalf, task]"),
                ("griffier: {per: party, may: [record]}", "baas: {may: [advance, stop]}"),
            ],
            "nobody-holds",
            ERROR,
            id="nobody is given the only seat that moves",
        ),
        pytest.param(
            [(MAY, "may: [advance, stop, record-on-behalf]")],
            "nobody-holds",
            WARNING,
            id="nobody is given a seat that is not needed",
        ),
        pytest.param(
            [(TASK, "{owner: secretaris, in: open, arises: {state: klaar}, results: {x: done}}")],
            "arises-too-late",
            ERROR,
            id="a task arises when it can no longer be reported",
        ),
        pytest.param(
            [(ASKED, ASKED.replace(", due: none", ""))],
            "no-deadline",
            INFORMATION,
            id="nothing says until when is waited",
        ),
        pytest.param(
            [_asked("due: {after: m/melding, weeks: 2}, ladder: vroeg")],
            "rung-before-the-term",
            INFORMATION,
            id="a reminder before the term begins",
        ),
        pytest.param(
            [
                _asked("due: none, after: {tasks: melding, of: own}"),
                (TASK, TASK.replace("per: party", "per: [oost]")),
            ],
            "own-task-of-others",
            WARNING,
            id="an own task that only another has",
        ),
        pytest.param(
            [
                (
                    f"raden: {ASKED}",
                    "raden: {of: each raad, instrument: besluit, in: [open], due: none, "
                    "options: {within: m/raden, count: 1}}",
                )
            ],
            "options-in-a-circle",
            ERROR,
            id="options within their own",
        ),
        pytest.param(
            [_asked("due: unknown"), (GATE, "{past: m/raden}")],
            "replanning-needed",
            WARNING,
            id="a term that somebody has to give a date",
        ),
        pytest.param(
            [
                _asked("due: unknown"),
                (GATE, "{past: m/raden}"),
                (MAY, MAY.replace(" replan,", "")),
            ],
            "past-never-dated",
            ERROR,
            id="a term that nobody can give a date",
        ),
    ],
)
def test_a_fault_is_found(changes: list[tuple[str, str]], kind: str, severity: Severity) -> None:
    """Each change makes one fault, of its own kind."""
    assert _found(*changes) == [(kind, severity)]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(
            [(ASKED, ASKED.replace("each raad", "bestuur"))], id="somebody records on behalf"
        ),
        pytest.param(
            [(TASK, "{owner: secretaris, in: open, arises: {state: open}, results: {x: done}}")],
            id="a task arises in time",
        ),
        pytest.param(
            [_asked("due: {after: m/melding, weeks: 4}, ladder: vroeg")], id="a term long enough"
        ),
        pytest.param(
            [_asked("due: none, after: {tasks: melding, of: own}")], id="each has its own task"
        ),
        pytest.param([_asked("due: 2026-06"), (GATE, "{past: m/raden}")], id="a term with a date"),
    ],
)
def test_the_mended_twin_is_left_alone(changes: list[tuple[str, str]]) -> None:
    """What looks like a fault and works is none."""
    assert not _found(*changes)


@pytest.mark.parametrize(
    "name",
    [
        *shipped(),
        *(str(each) for each in sorted(EXAMPLES.glob("*.yaml")) if "facts" not in each.name),
    ],
)
def test_what_is_shipped_has_no_error(name: str) -> None:
    """What comes with the program is no example of a fault."""
    found = static_findings(open_definition(name))
    assert not [each for each in found if each.severity is ERROR]
