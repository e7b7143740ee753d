"""A small definition that has one of everything, for tests to change and to run."""

from definitions.canonical_json import document_json, sha256_of
from definitions.faults import DefinitionInvalid
from definitions.language.errors import NotFound
from definitions.language.text import text
from definitions.loading import load_definition, read_shape
from definitions.model import Definition
from definitions.schema import Parameterised
from definitions.stored import stored_definition

FILE = "example.yaml"

EXAMPLE = """\
id: example
version: 1
title: {nl: Voorbeeld, en: Example}
sources:
  - {id: brief, what: a letter, date: 2021-01-04}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: {date: 2022-01-01, what: in force}
parties:
  define:
    oost: {name: Oost, kind: gemeente, bodies: [raad, college]}
    west: {name: West, kind: gemeente, bodies: [raad, college]}
    zuid: {name: Zuid, kind: gemeente, bodies: [raad, college]}
groups:
  juristen: {name: Juristen}
roles:
  secretaris: {may: [advance, stop, replan, record-on-behalf, task, amend, note, member]}
  griffier: {per: party, may: [record, task]}
  trekker: {per: group, may: [task, deliverable]}
starter: [secretaris]
deliverables:
  tekst:
    levels: [leeg, concept, volledig]
    parts: {kern: {}, bijlage: {per: party}}
instruments:
  besluit: {voor: for, tegen: {counts: against, needs: ground}, aangehouden: pending}
  consultatie: {reactie: answered}
ladders:
  gewoon: [-14d, -3wd, 0d, {after: 3d, every: 7d, times: 4, to: secretaris}]
structures:
  ronde:
    states: [open, in-route, genomen, vervallen]
    final: {good: [genomen], bad: [vervallen]}
    slots: [rijp, besluit]
    tasks:
      overleg: {per: group, owner: trekker, in: open, results: {gehouden: done, uitgesteld: open}}
    transitions:
      in-route: {from: open, to: in-route, opens: round, gate: {slot: rijp}}
      nemen: {from: in-route, to: genomen, gate: {slot: besluit}}
      stoppen: {from: [open, in-route], to: vervallen, explicit: true, permission: stop}
milestones:
  voorstel:
    title: {nl: Voorstel, en: Proposal}
    structure: ronde
    due: {in-route: 2021-06}
    requests:
      raden:
        of: each raad
        instrument: besluit
        text: tekst/kern
        in: [in-route]
        due: 2021-09
        ladder: gewoon
      colleges:
        of: each college
        instrument: besluit
        in: [in-route]
        after: {request: raden, of: own, counts: for}
    tasks:
      vragen: {per: party, owner: griffier, in: in-route, each: round, results: {gesloten: done}}
    gates:
      rijp: {all: [{part: tekst/kern, level: volledig}, {tasks: overleg}]}
      besluit: {request: raden, rule: majority, counts: for}
  slot:
    title: {nl: Slot, en: Close}
    structure: ronde
    due: {genomen: goal}
    gates:
      rijp: {milestone: voorstel, state: genomen}
      besluit: {date: goal}
tasks:
  nieuwsbrief: {owner: secretaris, arises: {every: unknown}, results: {verzonden: done}}
  flyer: {owner: external, results: {verspreid: done}}
"""


def example(*changes: tuple[str, str]) -> str:
    """Return the example with some of its text replaced.

    Args:
        changes: the replacements; each original occurs in the example exactly once.
    """
    written = EXAMPLE
    for old, new in changes:
        assert written.count(old) == 1, f"{old!r} stands there {written.count(old)} times"
        written = written.replace(old, new)
    return written


def load(written: str) -> Definition:
    """Load a definition from the text of a file that uses no other file."""
    return load_definition(written.encode(), FILE, no_parties)


def as_stored(written: str) -> Definition:
    """Return a definition as an earlier version of the program stored it: not checked anew."""
    document = document_json(read_shape(written.encode(), FILE, Parameterised)[0])
    return stored_definition(document, sha256_of(document))


def faults_of(written: str | bytes) -> list[str]:
    """Return the faults of a definition as they are shown, without the name of the file."""
    content = written.encode() if isinstance(written, str) else written
    try:
        load_definition(content, FILE, no_parties)
    except DefinitionInvalid as invalid:
        return [str(fault.describe()).removeprefix(f"{FILE}:") for fault in invalid.faults]
    return []


def no_parties(name: str) -> tuple[str, bytes]:
    """Be a source of party files that has none."""
    raise NotFound(text("There is no party file “{name}”.", name=name))
