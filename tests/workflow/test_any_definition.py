"""Any definition at all: every form of a due, of a task and of what comes first, put together.

A small process is drawn, started and taken some steps on; then everybody looks at it. Whatever it
is made of, it can be shown, and what people are reminded of is what they are shown.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from definitions.language.errors import MijlpaalError
from definitions.model import ALL, Definition, TasksDone
from screens.account import account_screen
from screens.due import due_screen
from screens.explain import explain_screen
from screens.history import history_screen
from screens.page import Page
from screens.party_work import party_work_screen
from screens.reminders import reminders_screen
from screens.status import status_screen
from tests.support.databases import copied
from tests.support.definitions import load
from tests.support.engine import Traject, World
from tests.support.moves import assert_enabled_is_what_is_accepted
from tests.support.outbox import Desk
from tests.support.properties import examples
from tests.support.typed import is_accepted
from workflow.decide.lapse import lapse_commands
from workflow.model.reminders import Asked, Instead, Item
from workflow.model.state import State
from workflow.queries import Queries
from workflow.reminders.content import item_of
from workflow.reminders.context import ReminderContext
from workflow.reminders.listing import listed, preview
from workflow.rules.deadlines import Plan, deadlines_of, secretariat
from workflow.rules.gates import evaluate
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import instances_of
from workflow.rules.terms import due_name
from workflow.rules.worklist import Whose
from workflow.status_queries import overview_of
from workflow.views.account import concerning
from workflow.views.due_list import dues_view
from workflow.views.explain import explain_view
from workflow.views.party_work import party_work
from workflow.views.seen import Seen
from workflow.views.status import StatusView, status_view

DEFINITION = """\
id: alles
version: 1
title: {{en: All of it}}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: {{date: 2021-12-01, of: een.genomen, what: in force}}
parties:
  define:
    oost: {{name: Oost, kind: gemeente, bodies: [raad]}}
    west: {{name: West, kind: gemeente, bodies: [raad]}}
groups: {{juristen: {{name: Juristen}}, schrijvers: {{name: Schrijvers}}}}
roles:
  secretaris:
    may: [advance, stop, record-on-behalf, task, deliverable, note, member, replan, party]
  griffier: {{per: party, may: [record, task]}}
  trekker: {{per: group, may: [task]}}
starter: [secretaris]
deliverables:
  stuk: {{levels: [leeg, half, heel], parts: {{kern: {{}}, bijlage: {{per: party}}}}}}
instruments:
  besluit: {{voor: for, tegen: against, later: pending, stil: {{counts: for, needs: past-due}}}}
ladders:
  kort: [-14d, -3wd, 0d, {{after: 3d, every: 7d, times: 2, to: secretaris}}]
  lang: [-60d]
structures:
  ronde:
    states: [open, rond, genomen, weg]
    final: {{good: [genomen], bad: [weg]}}
    slots: [rijp, besluit]
    transitions:
      beginnen: {{from: open, to: rond, opens: round, gate: {{slot: rijp}}}}
      nemen: {{from: rond, to: genomen, gate: {{slot: besluit}}}}
      terug: {{from: rond, to: open, explicit: true}}
      weggooien: {{from: [open, rond], to: weg, explicit: true, permission: stop}}
milestones:
  een:
    structure: ronde
    due: {{rond: {dues[0]}, genomen: {dues[1]}}}
    ladder: kort
    requests:
      raden:
        {{of: each raad, instrument: besluit, in: [rond], due: {dues[2]}, ladder: kort{after}}}
    tasks:
      ontvangst: {{per: party, owner: griffier, in: [rond]{anew}, results: {{ja: done}}}}
      los: {tasks[0]}
      vast: {tasks[1]}
      eigen: {tasks[2]}
    gates: {{rijp: {gates[0]}, besluit: {gates[1]}}}
  twee:
    structure: ronde
    due: {{rond: 2021-06-01}}
    requests:
      colleges: {{of: each raad, instrument: besluit, in: [rond], due: {dues[3]}}}
    gates: {{rijp: {gates[2]}, besluit: {{request: een/raden, rule: majority, counts: for}}}}
tasks:
  folder: {tasks[3]}
  brief: {tasks[4]}
  krant: {tasks[5]}
"""

DUES = [
    *("none", "2021-03-01", "2021-03", "end 2021-04", "unknown", "goal"),
    *("{by: 2021-03-15}", "{target: 2021-04-01}", "{unknown: not said, waits_for: [a law]}"),
    *("{before: twee.rond}", "{before: twee.rond, weeks: 2}", "{before: folder}"),
    *("{after: een.rond}", "{after: een.rond, weeks: 3}", "{after: twee.genomen, weeks: 6}"),
    *("{after: een/ontvangst, weeks: 4}", "{after: een/ontvangst, weeks: 4, statutory: true}"),
    *("{after: een/los, weeks: 4}", "{after: folder, weeks: 1}", "{after: brief}"),
    *("{after: een.rond, months: 1}", "{before: twee.rond, working_days: 10}"),
    *("{after: een/ontvangst, working_days: 9, statutory: true}",),
    *("{next: 07-01, after: een.rond}", "{after: een/los, days: 3, statutory: true}"),
    *("{earliest: [{after: een.rond, months: 2}, {by: 2021-03-15}]}",),
    *("{earliest: [{after: een/ontvangst, weeks: 4, statutory: true}, 2021-04]}",),
    *("{earliest: [{next: 03-01, after: twee.rond}, {after: folder, days: 40}]}",),
]
COUNTED_FROM_NONE: dict[str, tuple[str, ...]] = {
    "folder": ("folder", "een.rond", "een/los"),
    "een.rond": ("een.rond", "een/los"),
    "een/los": ("een/los",),
    "twee/colleges": ("twee.genomen",),
}
"""From which of the others the due of each is never counted, so that none is from itself."""
DATED = ("een.rond", "een.genomen", "een/raden", "twee/colleges")
"""Whose dues are drawn, in the order in which they are written above."""
TASKS = ("een/los", "een/vast", "een/eigen", "folder", "brief", "krant")
"""Which tasks are drawn, in the same order."""
YEARLY_DUES = ["{each_year: 03-15}"] * 3 + ["{unknown: not said, waits_for: [a law]}", "none"]
"""The dues of a yearly task."""
PER = ["", "per: party, ", "per: party, ", "per: group, ", "per: [oost], "]
OWNERS = ["secretaris", "griffier", "trekker", "external"]
YEARLY = [
    *("{every: year}", "{every: year, from: een.rond}", "{every: year, until: 2022-06-30}"),
]
ARISES = [
    *("", "", "{every: now and then}", "{event: replanned}", "{milestone: een, state: rond}"),
    *YEARLY,
]
OWN_ARISES = [*ARISES, "{decision: raden}", "{decision: raden, outcome: voor}"]
LADDERS = ["", "ladder: kort, ", "ladder: kort, ", "ladder: lang, "]
GATES = [
    *("{date: 2021-01-20}", "{date: 2021-09-01}", "{tasks: een/ontvangst}", "{tasks: een/los}"),
    *("{tasks: een/vast}", "{tasks: folder}", "{part: stuk/kern, level: half}"),
    *("{parts: stuk, level: heel}", "{milestone: twee, state: [rond, genomen]}"),
    *("{milestone: een, state: rond}", "{request: een/raden, rule: {at_least: 1}, counts: for}"),
    *("{past: een/raden}", "{past: een/los}", "{past: een/vast}", "{past: folder}"),
    *("{past: een.rond}", "{past: twee/colleges}", "{past: een/eigen}", "{past: krant}"),
    *("{request: een/raden, rule: {more_than: 1/2, of: cast}, counts: for}",),
    *("{request: een/raden, outcome: [voor, later]}", "{request: een/raden, outcome: stil}"),
    "{request: een/raden, body: oost.raad, counts: [for, against]}",
]
OWN_GATES = ["{tasks: een/ontvangst, of: own}"] * 3


def a_definition(dice: Random) -> Definition:
    """Put a definition together without a fault: no gate asks for what never is."""
    dues = [dice.choice(_dues_of(each)) for each in DATED]
    tasks = [_task(dice, each) for each in TASKS]
    dated = dict(zip([*DATED, *TASKS], [*map("due: {}".format, dues), *tasks], strict=True))
    never = [f"tasks: {name}" for name, said in dated.items() if "every: " in said]
    never += [f"past: {name}}}" for name, said in dated.items() if "due: none" in said]
    gates = [each for each in GATES if not any(no in each for no in never)]
    written = DEFINITION.format(
        dues=dues,
        tasks=tasks,
        gates=[_gate(dice, gates) for _ in range(3)],
        after=dice.choice(["", f", after: {_gate(dice, [*gates, *OWN_GATES])}"]),
        anew=dice.choice(["", ", each: round"]),
    )
    note(written)
    return load(written)


def _dues_of(name: str) -> list[str]:
    """Return the dues that can be drawn for something."""
    never = COUNTED_FROM_NONE.get(name, ())
    return [each for each in DUES if not any(f": {other}" in each for other in never)]


def _task(dice: Random, name: str) -> str:
    """Return a task: whose, how often, by when, and whether anybody is reminded of it."""
    often = dice.choice(OWN_ARISES if "/" in name else ARISES)
    due = dice.choice(YEARLY_DUES if often in YEARLY else _dues_of(name))
    comes = f"arises: {often}, " if often else ""
    what = f"{dice.choice(PER)}owner: {dice.choice(OWNERS)}, {comes}due: {due}"
    return f"{{{what}, {dice.choice(LADDERS)}results: {{bezig: open, gedaan: done}}}}"


def _gate(dice: Random, kinds: list[str]) -> str:
    """Return a gate, or some joined."""
    one, other, third = dice.sample([*dict.fromkeys(kinds)], k=3)
    joined = f"{{{dice.choice(['all', 'any'])}: [{one}, {other}]}}"
    how_many = f"{{at_least: 2, of: [{one}, {other}, {third}]}}"
    return dice.choice([one, one, joined, how_many, f"{{not: {one}}}"])


# --- what is done with it ----------------------------------------------------------------------


def report(traject: Traject, on: str) -> None:
    """Say of each task that its first instance is done that is there to be done."""
    today = date.fromisoformat(on)
    for task in traject.definition.tasks.values():
        there = instances_of(traject.snapshot(today), task)
        first = next((each for each in there if each.open), None)
        if first is not None and task.ref.task != "ontvangst":
            subject = first.subject or None
            traject.task(str(task.ref), "gedaan", on, subject, year=first.year)


Step = Callable[[Traject, str], object]
STEPS: list[Step] = [
    lambda each, on: each.attest("een", on),
    lambda each, on: each.part("stuk/kern", "half", on),
    lambda each, on: each.task("een/ontvangst", "ja", on, "oost"),
    lambda each, on: each.record("een", "oost.raad", "voor", on, out_of_order="x"),
    lambda each, on: each.replan("een/raden", "2021-05-17", on),
    report,
    lambda each, on: each.task("een/ontvangst", "ja", on, "west", out_of_order="x"),
    lambda each, on: each.attest("twee", on),
    lambda each, on: each.record("een", "west.raad", "later", on),
    lambda each, on: each.replan("een/raden", "2021-04", on),
    lambda each, on: each.replan("folder", "2021-08", on),
    report,
    lambda each, on: each.part("stuk/bijlage", "heel", on, "oost"),
]
"""In an order in which much of it is admitted; with any of them left out."""
LAST: list[Step] = [
    lambda each, on: each.advance("een", on, "terug"),
    lambda each, on: each.advance("een", on),
    lambda each, on: each.replan("een.rond", "unknown", on),
    lambda each, on: each.leave("west", on),
    lambda each, on: each.withdraw(each.last),
    lambda each, on: each.attest("een", on, "nemen"),
    lambda each, on: each.attest("twee", on, "nemen"),
]
"""What ends much; mostly left out."""
DAYS = [None, 0, 3, 10, 25]
SELDOM = [None, None, None, None, 10]
"""After how many days a step is taken; None where it is not."""
UNTIL = [date(2021, 2, 20), date(2021, 7, 1), date(2022, 1, 3), date(2023, 5, 1)]
"""On which day one looks."""


def take(traject: Traject, dice: Random) -> None:
    """Take steps, some days after each other; what is refused is not done."""
    day = date(2021, 1, 11)
    for number, step in enumerate([*STEPS, *LAST]):
        later = dice.choice(DAYS if number < len(STEPS) else SELDOM)
        if later is not None:
            day += timedelta(later)
            note(f"step {number} on {day}")
            traject.world.it_is(str(day))
            with suppress(MijlpaalError):
                step(traject, str(day))


# --- what is looked at -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """A process as it stands on a day, and all who look at it."""

    traject: Traject
    today: date

    @property
    def seen(self) -> Seen:
        """What every view is drawn from."""
        return Seen(self.traject.definition, self.traject.state, self.today, self.traject.id)

    def at_every_screen(self) -> None:
        """Show it in every way there is."""
        traject, seen, page = self.traject, self.seen, Page()
        status = status_view(seen)
        shown = status_screen(status, page)
        due = due_screen(dues_view(seen), page)
        history = history_screen(traject.journal, traject.engine.people(), page, seen)
        # Who is sent to another screen finds there what was promised.
        promised = "What is missing:\n  mijlpaal status traject"
        assert (promised in history) == ("Not proved: " in shown)
        assert "Not proved: " in shown or promised not in due
        self._at_the_goal(status)
        for milestone in seen.definition.milestones.values():
            for trigger in (None, *{arm.trigger for arm in milestone.arms}):
                explain_screen(explain_view(seen, milestone, trigger), page)
        for whose in self._everybody():
            party_work_screen(party_work(seen, whose), page)
        people, entries = traject.engine.people(), traject.journal
        for party in (None, *seen.definition.parties):
            told = concerning(entries, party, seen.definition)
            account_screen(told, entries, status, people, page)
        reminders_screen(listed(traject.engine, traject.id, "en"), page)
        preview(traject.engine, traject.id, self.today - timedelta(60), self.today, "en")

    def _at_the_goal(self, status: StatusView) -> None:
        """See that it is reached by its state and by nothing else, here and in the list of all."""
        goal, at = status.goal, self.seen.state.milestones["een"]
        assert goal is not None
        assert (at.since if at.state == "genomen" else None) == goal.reached_on
        assert (at.state == "weg") == goal.out_of_reach
        queries = Queries(self.traject.database, self.traject.world.clock)
        (row,) = overview_of(queries).processes
        assert row.goal is not None
        reached = (goal.reached_on is not None, goal.reached_on)
        assert reached == (row.goal.reached, row.goal.reached_on)

    def _everybody(self) -> Iterator[Whose]:
        definition = self.traject.definition
        yield from (Whose(party=each) for each in definition.parties)
        yield from (Whose(group=each) for each in definition.groups)
        yield from (Whose(role=each) for each in definition.roles)

    def at_deadlines(self) -> None:
        """See that a reminder, and all who look, give a deadline the same day."""
        seen = self.seen
        shown = {each.id: each for each in dues_view(seen).dues}
        theirs = {
            todo.name: todo.due.date
            for whose in self._everybody()
            for todo in party_work(seen, whose).tasks
            if todo.due is not None
        }
        plans = deadlines_of(Snapshot(seen.definition, seen.state, self.today)).values()
        for plan in plans:
            view = shown[next(name for name in _names_of(plan) if name in shown)]
            assert (plan.deadline, False) == (view.date, view.met)
            assert plan.deadline == theirs.get(_names_of(plan)[0], plan.deadline)
        if not seen.state.reconstruction:
            planned = {(each.due, each.subject): each.deadline for each in plans}
            rows = [each for each in Desk(self.traject).rows if each.status == "planned"]
            assert {each.plan: each.deadline for each in rows}.items() <= planned.items()

    def at_letters(self) -> None:
        """See that what a letter says to type is accepted, or that it says what comes first."""
        definition, state = self.traject.definition, self.traject.state
        context = ReminderContext(definition, state, self.today, self.traject.id, {})
        for row in Desk(self.traject).rows:
            if row.status != "planned":
                continue
            seat = (row.role, row.place)
            for instead in (None, Instead.EMPTY):
                item = item_of(context, row, instead, None)
                readers = secretariat(definition) if instead else (seat,)
                if item.command:
                    assert any(is_accepted(context, item, each) for each in readers)
                assert item.command or item.first or item.put or not _can_be(item, state)

    def at_gates(self) -> None:
        """See that moves are what is accepted, and a gate waits for a task while that is open."""
        seen = self.seen
        assert_enabled_is_what_is_accepted(seen)
        for task in seen.definition.tasks.values():
            if not task.repeats:
                finding = evaluate(TasksDone((task.ref,), ALL), seen)
                instances = instances_of(seen, task)
                assert finding.waiting_for == tuple(e.name for e in instances if not e.done)


def _can_be(item: Item, state: State) -> bool:
    """Say whether what is asked can come still, without a move that has to be named."""
    at = state.milestones[item.milestone].state if item.milestone else ""
    if item.asked is Asked.REACH:
        return at == "open" or (at == "rond" and item.what == "genomen")
    return at in ("", "open", "rond")


def _names_of(plan: Plan) -> tuple[str, str]:
    """Return what a deadline can be called where it is shown: as that of one, or of all."""
    own = f"{plan.ref}@{plan.place}" if plan.place else plan.ref
    return due_name(own, plan.year), plan.due


@settings(
    examples(70),
    phases=[Phase.generate],
    # Each example has a database of its own, which it makes anew.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    # All from one source of chance: of several, most would be the same as in another example.
    dice=st.randoms(use_true_random=True)
)
def test_whatever_a_process_is_made_of(dice: Random, empty_file: Path, tmp_path: Path) -> None:
    """It can be shown, its reminders say what is shown, and what lapses can be recorded."""
    definition = a_definition(dice)
    with copied(empty_file, tmp_path / "any.db") as database:
        traject = Traject(database, definition, World())
        traject.world.it_is("2021-01-04")
        traject.start(reconstruction=dice.choice([True, False, False]))
        take(traject, dice)
        today = max(dice.choice(UNTIL), traject.state.last_day)
        traject.world.it_is(str(today))
        assert [] == Desk(traject).outbox.plan(traject.world.now)
        look = Look(traject, today)
        for _ in range(2):
            look.at_every_screen()
            look.at_deadlines()
            look.at_gates()
            look.at_letters()
            assert [] == traject.problems
            for command in lapse_commands(Snapshot(definition, traject.state, today))[:1]:
                traject.do(command)
