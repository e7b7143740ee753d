"""Where several gates wait for the same bodies, tasks or parts, each of those is named once."""

import json
from pathlib import Path

import pytest

from tests.support.cli import Terminal

DEFINITION = """\
id: dubbel
version: 1
title: {nl: Dubbel, en: Double}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad, college]}
    west: {name: West, kind: gemeente, bodies: [raad, college]}
roles: {secretaris: {may: [advance, stop, record-on-behalf, task, note, member]}}
starter: [secretaris]
instruments: {stemming: {voor: for, tegen: against, aangehouden: pending}}
structures:
  vorm:
    states: [open, klaar]
    final: {good: [klaar]}
    slots: [akkoord]
    transitions: {sluiten: {from: open, to: klaar, gate: {slot: akkoord}}}
milestones:
  besluit:
    structure: vorm
    gates:
      akkoord:
        all:
          - {request: colleges, rule: {share: 2/3}, counts: for}
          - {any: [{request: colleges, rule: {share: 1/2}, counts: [for, against]}]}
          - {tasks: [toets, besluit/toets]}
          - {tasks: toets}
    tasks:
      toets: {owner: secretaris, per: party, in: open, results: {gedaan: done}}
    requests:
      raden: {of: each raad, instrument: stemming, in: [open], due: none}
      colleges:
        of: [each college, oost.college]
        instrument: stemming
        in: [open]
        due: none
        after:
          all:
            - {request: raden, of: own, counts: for}
            - {not: {not: {request: raden, of: own, counts: for}}}
"""


@pytest.fixture
def asked(terminal: Terminal, tmp_path: Path) -> Terminal:
    """A milestone of which two gates wait for the same colleges and the same tasks."""
    file = tmp_path / "dubbel.yaml"
    file.write_text(DEFINITION, encoding="utf-8")
    terminal.does(f"start {file}")
    return terminal


def test_explain_names_each_once(asked: Terminal) -> None:
    """What comes first, and whom to ring; a gate still says itself for whom it waits."""
    said = asked.does("explain dubbel besluit")
    assert 2 == said.count("waiting for college of oost, west\n")
    assert "  college of oost, west: besluit/raden, 0 of 1 for; 1 needed\n" in said
    assert 1 == said.count("besluit/raden, 0 of 1 for")
    assert 1 == said.count("secretaris, secretaris")
    assert 1 == said.count(" task dubbel besluit/toets gedaan")
    assert "tasks besluit/toets: 0 of 2 tasks done; 2 needed" in said


def test_a_program_is_told_each_once(asked: Terminal) -> None:
    """Also in JSON: for each request and body, and for each seat."""
    told = json.loads(asked.does("explain dubbel besluit --json"))["data"]
    first = [(each["request"], each["body"], each["subject"]) for each in told["first"]]
    ring = [(each["body"], each["seat"], each["holder"]) for each in told["ring"]]
    assert (
        [
            ("besluit/colleges", "oost.college", "besluit/raden"),
            ("besluit/colleges", "west.college", "besluit/raden"),
        ]
        == list(dict.fromkeys(first))
        == first
    )
    assert len(ring) == len(set(ring))


def test_a_refusal_names_each_once(asked: Terminal) -> None:
    """Of a body that is asked too soon, though two gates wait for the same decision of its own."""
    said = asked.refused(4, "record dubbel besluit oost.college voor --on 2021-02-01 --reference x")
    assert "First: oost.raad. If it did" in said


def test_what_is_not_proved_names_each_once(asked: Terminal) -> None:
    """Behind a move that was attested: in its receipt, and in status."""
    told = asked.does("advance dubbel besluit --attested --on 2021-03-01 --reference bron")
    for said in (told, asked.does("status dubbel")):
        assert 1 == said.count("no decision on besluit/colleges: college of oost, west\n")
        assert 1 == said.count("2 tasks not reported done: besluit/toets\n")
