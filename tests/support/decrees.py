"""A calendar that gets other days off, and a process whose terms depend on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from definitions.calendar import workdays
from definitions.calendar.termijnenwet import DECREES
from workflow.rules import deadlines

DEFINITION = """\
id: termijn
version: 1
title: {en: A term of the law}
timezone: Europe/Amsterdam
begins: 2028-12-01
goal: none
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad]}
    west: {name: West, kind: gemeente, bodies: [raad]}
roles:
  secretaris: {may: [advance, stop, record-on-behalf, replan]}
  griffier: {per: party, may: [record]}
starter: [secretaris]
instruments:
  besluit: {voor: for, tegen: against}
ladders:
  gewoon: [-14d, -3wd, 0d, {after: 1d, every: 1d, times: 2, to: secretaris}]
structures:
  ronde:
    states: [open, rond, genomen, weg]
    final: {good: [genomen], bad: [weg]}
    slots: [akkoord]
    transitions:
      beginnen: {from: open, to: rond, opens: round}
      nemen: {from: rond, to: genomen, gate: {slot: akkoord}}
      weggooien: {from: [open, rond], to: weg, explicit: true, permission: stop}
milestones:
  besluit:
    structure: ronde
    due: {genomen: 2029-05}
    ladder: gewoon
    requests:
      raden:
        of: each raad
        instrument: besluit
        in: [rond]
        due: {after: besluit.rond, weeks: 8, statutory: true}
        ladder: gewoon
    gates:
      akkoord: {request: raden, rule: all, counts: for}
"""
"""The councils have eight weeks; the milestone is due in May 2029."""
EIGHT_WEEKS_AFTER_16_MARCH = date(2029, 5, 11)
LAST_OF_MAY = date(2029, 5, 31)


@contextmanager
def decreed(*days: date) -> Iterator[None]:
    """Let days be equated with a holiday, by a decree that is made after all others."""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(DECREES, "a decree that came later", days)
            _forget()
            yield
    finally:
        _forget()


def _forget() -> None:
    workdays.holidays.cache_clear()
    deadlines._moments.cache_clear()
