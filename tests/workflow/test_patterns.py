"""Patterns of workflow that definitions of others asked for, in the words that there are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from definitions.loading import load_definition
from tests.support.databases import Site, opened
from tests.support.definitions import no_parties
from tests.support.engine import Traject, World, refused
from workflow.rules.refusals import GateClosed

Lived = Callable[..., Traject]

HEAD = """\
id: patroon
version: 1
title: {nl: Patroon, en: Pattern}
timezone: Europe/Amsterdam
begins: 2026-01-05
goal: none
PARAMETERS
parties:
  define:
    eik: {name: Eik, kind: gemeente, bodies: [raad]}
    beuk: {name: Beuk, kind: gemeente, bodies: [raad]}
    linde: {name: Linde, kind: gemeente, bodies: [raad]}
    olm: {name: Olm, kind: gemeente, bodies: [raad]}
    es: {name: Es, kind: gemeente, bodies: [raad]}
roles:
  secretaris: {may: [advance, stop, record-on-behalf, task, party, replan]}
starter: [secretaris]
instruments:
  stem: {voor: for, tegen: against, oordeel: answered}
structures:
  stap:
    states: [open, klaar]
    final: {good: [klaar]}
    slots: [af]
    transitions: {afronden: {from: open, to: klaar, gate: {slot: af}}}
"""


@pytest.fixture
def lived(site: Site, template: str) -> Iterator[Lived]:
    """Return what starts a process by what a pattern adds."""
    with opened(site, template) as database:

        def start(
            rest: str, *, parameters: str = "", given: dict[str, str] | None = None
        ) -> Traject:
            written = HEAD.replace("PARAMETERS", parameters) + rest
            definition = load_definition(written.encode(), "f.yaml", no_parties, given or {})
            world = World(now=datetime(2027, 1, 4, 10, 0, tzinfo=UTC))
            traject = Traject(database, definition, world, id="p")
            traject.start(reconstruction=True)
            return traject

        yield start


@contextmanager
def shut(traject: Traject, milestone: str, on: str, trigger: str) -> Iterator[None]:
    """Assert that a transition is closed on a day."""
    with refused(traject, GateClosed):
        traject.advance(milestone, on, trigger)
    yield


def test_any_two_of_three_milestones_open_a_fourth(lived: Lived) -> None:
    """A structured partial join, of milestones: ``at_least`` with ``of``."""
    one = (
        "  {0}: {{structure: stap, requests: {{q: {{of: {0}.raad, instrument: stem, in: [open],"
        " due: none}}}}, gates: {{af: {{request: q, counts: for}}}}}}\n"
    )
    traject = lived(
        "milestones:\n"
        + "".join(one.format(each) for each in ("eik", "beuk", "linde"))
        + "  samen:\n    structure: stap\n    gates:\n      af:\n        at_least: 2\n        of:\n"
        + "".join(
            f"          - {{milestone: {each}, state: klaar}}\n"
            for each in ("eik", "beuk", "linde")
        )
    )
    for party in ("linde", "eik"):
        with shut(traject, "samen", "2026-02-01", "afronden"):
            traject.record(party, f"{party}.raad", "voor", "2026-02-01")
            traject.advance(party, "2026-02-01", "afronden")
    traject.advance("samen", "2026-02-01", "afronden")


def test_two_of_three_tasks_are_enough(lived: Lived) -> None:
    """A structured partial join, of tasks."""
    task = "{owner: secretaris, due: none, results: {gedaan: done}}"
    traject = lived(
        "milestones:\n  samen:\n    structure: stap\n    tasks:\n"
        + "".join(f"      {each}: {task}\n" for each in ("peiling", "schets", "raming"))
        + "    gates: {af: {tasks: [peiling, schets, raming], rule: {at_least: 2}}}\n"
    )
    for name in ("raming", "peiling"):
        with shut(traject, "samen", "2026-02-01", "afronden"):
            traject.task(f"samen/{name}", "gedaan", "2026-02-01")
    traject.advance("samen", "2026-02-01", "afronden")


def test_for_whom_there_is_a_task_is_told_at_the_start(lived: Lived) -> None:
    """Multiple instances whose number is known at the start: a parameter that is a list."""
    traject = lived(
        "milestones:\n  samen:\n    structure: stap\n    tasks:\n"
        '      bericht: {per: ["${wie}"], owner: secretaris, due: none, results: {gedaan: done}}\n'
        "    gates: {af: {tasks: bericht}}\n",
        parameters="parameters: {wie: {type: list, description: who}}",
        given={"wie": "olm,es"},
    )
    for party in ("olm", "es"):
        with shut(traject, "samen", "2026-02-01", "afronden"):
            traject.task("samen/bericht", "gedaan", "2026-02-01", party)
    traject.advance("samen", "2026-02-01", "afronden")


def test_how_many_it_takes_is_told_at_the_start(lived: Lived) -> None:
    """A partial join whose number is a parameter; who answers otherwise does not count."""
    traject = lived(
        "milestones:\n  samen:\n    structure: stap\n    requests:\n"
        "      q: {of: each raad, instrument: stem, in: [open], due: none}\n"
        '    gates: {af: {request: q, rule: {at_least: "${k}"}, counts: for}}\n',
        parameters="parameters: {k: {type: number, default: 3, description: how many}}",
        given={"k": "2"},
    )
    traject.record("samen", "eik.raad", "oordeel", "2026-02-01")
    for party in ("beuk", "linde"):
        with shut(traject, "samen", "2026-02-02", "afronden"):
            traject.record("samen", f"{party}.raad", "voor", "2026-02-02")
    traject.advance("samen", "2026-02-02", "afronden")


CHOICE = """\
  keuze:
    states: [open, ja, nee, te-laat]
    final: {good: [ja], bad: [nee, te-laat]}
    slots: [ja, nee, laat]
    transitions:
      ja: {from: open, to: ja, gate: {slot: ja}}
      nee: {from: open, to: nee, gate: {slot: nee}}
      laat: {from: open, to: te-laat, gate: {slot: laat}}
milestones:
  keuze:
    structure: keuze
    requests: {q: {of: eik.raad, instrument: stem, in: [open], due: 2026-06-30}}
    gates:
      ja: {request: q, outcome: voor}
      nee: {request: q, outcome: tegen}
      laat: {all: [{past: keuze/q}, {not: {request: q, counts: [for, against]}}]}
"""


@pytest.mark.parametrize(
    ("outcome", "on", "way"),
    [("voor", "2026-05-01", "ja"), ("tegen", "2026-05-01", "nee"), ("", "2026-07-01", "laat")],
)
def test_what_happens_first_decides_which_way_it_goes(
    lived: Lived, outcome: str, on: str, way: str
) -> None:
    """A deferred choice: one of three ways opens, and no other."""
    traject = lived(CHOICE)
    for other in ("ja", "nee", "laat"):
        with shut(traject, "keuze", "2026-05-01", other):
            pass
    if outcome:
        traject.record("keuze", "eik.raad", outcome, on)
    for other in {"ja", "nee", "laat"} - {way}:
        with shut(traject, "keuze", on, other):
            pass
    traject.advance("keuze", on, way)


def test_work_can_be_done_only_while_another_milestone_is_in_a_state(lived: Lived) -> None:
    """A milestone as in the patterns: before its window it cannot, after it it is missed."""
    traject = lived(
        "  venster:\n    states: [voor, tijdens, na]\n    final: {good: [na]}\n"
        "    transitions: {openen: {from: voor, to: tijdens}, sluiten: {from: tijdens, to: na}}\n"
        "  werk:\n    states: [open, klaar, gemist]\n    final: {good: [klaar], bad: [gemist]}\n"
        "    slots: [kan, te-laat]\n    transitions:\n"
        "      afronden: {from: open, to: klaar, gate: {slot: kan}}\n"
        "      missen: {from: open, to: gemist, gate: {slot: te-laat}, explicit: true}\n"
        "milestones:\n  venster: {structure: venster}\n  werk:\n    structure: werk\n    gates:\n"
        "      kan: {milestone: venster, state: tijdens}\n"
        "      te-laat: {milestone: venster, state: na}\n"
    )
    with shut(traject, "werk", "2026-01-10", "afronden"):
        traject.advance("venster", "2026-02-01", "openen")
        traject.advance("venster", "2026-03-01", "sluiten")
    with shut(traject, "werk", "2026-03-01", "afronden"):
        traject.advance("werk", "2026-03-01", "missen")


def test_three_answers_go_on_and_the_rest_come_before_the_next_round(lived: Lived) -> None:
    """A blocking partial join: it goes on at three, and begins again only after all answered."""
    traject = lived(
        "  ronde:\n    states: [begin, open, verder, einde]\n    final: {good: [einde]}\n"
        "    slots: [drie, alle]\n    transitions:\n"
        "      beginnen: {from: begin, to: open, opens: round}\n"
        "      verder: {from: open, to: verder, gate: {slot: drie}}\n"
        "      weer: {from: verder, to: open, gate: {slot: alle}, opens: round}\n"
        "      eindigen: {from: verder, to: einde, explicit: true}\n"
        "milestones:\n  m:\n    structure: ronde\n    requests:\n"
        "      q: {of: each raad, instrument: stem, in: [open, verder], due: none}\n"
        "    gates:\n"
        "      drie: {request: q, rule: {at_least: 3}, counts: [for, against, answered]}\n"
        "      alle: {request: q, rule: all, counts: [for, against, answered]}\n"
    )
    traject.advance("m", "2026-02-01", "beginnen")
    for party in ("eik", "beuk", "linde"):
        traject.record("m", f"{party}.raad", "tegen", "2026-02-02")
    traject.advance("m", "2026-02-03", "verder")
    for party in ("olm", "es"):
        with shut(traject, "m", "2026-02-04", "weer"):
            traject.record("m", f"{party}.raad", "oordeel", "2026-02-04")
    traject.advance("m", "2026-02-05", "weer")
    with shut(traject, "m", "2026-02-06", "verder"):
        assert 2 == traject.milestone("m").round


def test_two_milestones_are_never_at_work_together(lived: Lived) -> None:
    """A critical section: each waits until the other is not at work."""
    traject = lived(
        "  beurt:\n    states: [wacht, bezig, klaar]\n    final: {good: [klaar]}\n"
        "    slots: [vrij]\n"
        "    transitions: {in: {from: wacht, to: bezig, gate: {slot: vrij}},"
        " uit: {from: bezig, to: klaar}}\n"
        "milestones:\n"
        "  een: {structure: beurt, gates: {vrij: {not: {milestone: twee, state: bezig}}}}\n"
        "  twee: {structure: beurt, gates: {vrij: {not: {milestone: een, state: bezig}}}}\n"
    )
    traject.advance("twee", "2026-02-01", "in")
    with shut(traject, "een", "2026-02-02", "in"):
        traject.advance("twee", "2026-02-03", "uit")
    traject.advance("een", "2026-02-03", "in")
