"""Do dates fit together: each way in which one thing comes before another, and any of them at all.

The property is checked by trying: a process is walked through day by day, with the gates of the
engine itself, and everything that has a deadline takes place on that day or not at all.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from definitions.calendar.lengths import Length, day_before
from definitions.model import Arm, Definition, Due, Effect, Relation, Task
from tests.support.definitions import load
from tests.support.properties import examples
from workflow.model.state import DecisionState, MilestoneState, State, TaskState
from workflow.rules.fold import initial
from workflow.rules.gates import evaluate
from workflow.rules.knock_on import Clash, DateCheck, check_dates
from workflow.rules.ordering import ordering
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import instance
from workflow.rules.terms import due_date, happened_on

DEFINITION = """\
id: volgorde
version: 1
title: {{en: Order}}
timezone: Europe/Amsterdam
begins: 2021-01-04
goal: {{date: 2021-06-01, what: in force}}
parties:
  define:
    oost: {{name: Oost, kind: gemeente, bodies: [raad, college], weight: 3}}
    west: {{name: West, kind: gemeente, bodies: [raad, college], weight: 1}}
roles:
  secretaris: {{may: [advance, stop, replan, record-on-behalf, task, note, member]}}
  griffier: {{per: party, may: [record, task]}}
starter: [secretaris]
instruments:
  besluit: {{voor: for, tegen: against, later: pending}}
structures:
  ronde:
    states: [open, rond, rijp, genomen, weg]
    final: {{good: [genomen], bad: [weg]}}
    slots: [begin, besluit, snel]
    transitions:
      beginnen: {{from: open, to: rond, opens: round, gate: {{slot: begin}}}}
      rijpen: {{from: rond, to: rijp}}
      nemen: {{from: rijp, to: genomen, gate: {{slot: besluit}}}}
      haast: {{from: rond, to: genomen, explicit: true, gate: {{slot: snel}}}}
      weggooien: {{from: [open, rond, rijp], to: weg, explicit: true, permission: stop}}
milestones:
  een:
    structure: ronde
    due: {{{een}}}
    requests:
      raden: {{of: each raad, instrument: besluit, in: {admitted}, due: {raden}{first}}}
      colleges: {{of: each college, instrument: besluit, in: {later}, due: {colleges}{after}}}
    tasks:
      ontvangst:
        {{per: party, owner: griffier, in: [rond], due: {ontvangst}, results: {{ja: done}}}}
      stuk: {{owner: secretaris{arises}, due: {stuk}, results: {{ja: done}}}}
    gates: {{begin: {gates[0]}, besluit: {gates[1]}, snel: {gates[2]}}}
  twee:
    structure: ronde
    due: {{{twee}}}
    gates: {{begin: {gates[3]}, besluit: {gates[4]}, snel: {gates[5]}}}
tasks:
  folder: {{owner: secretaris, due: {folder}, results: {{ja: done}}}}
"""
OPEN = "{date: 2020-01-01}"
PLAIN = {
    "een": "",
    "twee": "",
    "admitted": "[rond]",
    "later": "[rond, rijp]",
    "raden": "none",
    "colleges": "none",
    "first": "",
    "after": "",
    "ontvangst": "none",
    "stuk": "none",
    "arises": "",
    "folder": "none",
}


def a_process(gates: dict[int, str] | None = None, **parts: str) -> Definition:
    """Return a process in which nothing waits for anything but what is given."""
    chosen = [(gates or {}).get(number, OPEN) for number in range(6)]
    return load(DEFINITION.format(**{**PLAIN, **parts}, gates=chosen))


def start_of(definition: Definition) -> Snapshot:
    """Return the process as it begins."""
    begins = date(2021, 1, 4)
    return Snapshot(definition, initial(definition, begins), begins)


def fits(definition: Definition) -> DateCheck:
    """Find out whether its dates fit together as it begins."""
    return check_dates(start_of(definition))


# --- every way -----------------------------------------------------------------------------------

MARCH, APRIL = "2021-03-01", "2021-04-01"


AFTER_OWN_COUNCIL = ", after: {request: raden, of: own, counts: for}"
WAYS: list[tuple[dict[str, str], dict[int, str], Clash]] = [
    (
        {"raden": APRIL, "colleges": MARCH, "after": AFTER_OWN_COUNCIL},
        {},
        Clash("een/raden", APRIL, "een/colleges", MARCH),
    ),
    (
        {"ontvangst": APRIL, "raden": MARCH, "first": ", after: {tasks: ontvangst, of: own}"},
        {},
        Clash("een/ontvangst", APRIL, "een/raden", MARCH),
    ),
    ({"een": f"rond: {APRIL}", "raden": MARCH}, {}, Clash("een.rond", APRIL, "een/raden", MARCH)),
    ({"een": f"rijp: {MARCH}", "raden": APRIL}, {}, Clash("een/raden", APRIL, "een.rijp", MARCH)),
    (
        {"een": f"rijp: {MARCH}", "ontvangst": APRIL},
        {},
        Clash("een/ontvangst", APRIL, "een.rijp", MARCH),
    ),
    (
        {"een": f"rond: {APRIL}, genomen: {MARCH}"},
        {},
        Clash("een.rond", APRIL, "een.genomen", MARCH),
    ),
    (
        {"folder": APRIL, "een": f"genomen: {MARCH}"},
        {1: "{tasks: folder}"},
        Clash("folder", APRIL, "een.genomen", MARCH),
    ),
    (
        {"een": f"rijp: {APRIL}", "twee": f"genomen: {MARCH}"},
        {4: "{milestone: een, state: genomen}"},
        Clash("een.rijp", APRIL, "twee.genomen", MARCH),
    ),
    (
        {"een": f"rijp: {MARCH}", "twee": f"genomen: {APRIL}"},
        {4: "{milestone: een, state: rond}"},
        Clash("twee.genomen", APRIL, "een.rijp", MARCH),
    ),
    (
        {"folder": MARCH, "een": f"genomen: {MARCH}"},
        {1: "{past: folder}"},
        Clash("folder", MARCH, "een.genomen", MARCH, days=1),
    ),
    (
        {"folder": MARCH, "een": f"genomen: {APRIL}"},
        {1: "{not: {past: folder}}"},
        Clash("een.genomen", APRIL, "folder", MARCH),
    ),
    (
        {"een": f"genomen: {MARCH}"},
        {1: "{date: goal}"},
        Clash("", "2021-06-01", "een.genomen", MARCH),
    ),
    (
        {"een": f"genomen: {APRIL}"},
        {1: f"{{not: {{date: {MARCH}}}}}"},
        Clash("een.genomen", APRIL, "", MARCH),
    ),
    (
        {"een": f"rond: {APRIL}", "arises": ", arises: {state: rond}", "stuk": MARCH},
        {},
        Clash("een.rond", APRIL, "een/stuk", MARCH),
    ),
    (
        {"raden": APRIL, "arises": ", arises: {decision: raden}", "stuk": MARCH},
        {},
        Clash("een/raden", APRIL, "een/stuk", MARCH),
    ),
    (  # what has no date itself is admitted until 1 March, and waits for April
        {
            "folder": APRIL,
            "een": f"rijp: {MARCH}, genomen: 2021-05-03",
            "first": ", after: {tasks: folder}",
        },
        {1: "{request: raden, rule: all, counts: for}"},
        Clash("folder", APRIL, "een.rijp", MARCH),
    ),
]


@pytest.mark.parametrize(("parts", "gates", "clash"), WAYS)
def test_what_comes_later_than_it_has_to(
    parts: dict[str, str], gates: dict[int, str], clash: Clash
) -> None:
    """Each is named with its date, and so is what it has to come before."""
    assert clash in fits(a_process(gates, **parts)).clashes


def test_a_term_that_counts_from_a_date_ends_by_that_date() -> None:
    """Six weeks after 1 March is 12 April: it has gone by on 13 April, and not on 1 April."""
    parts = {"folder": MARCH, "raden": "{after: folder, weeks: 6}", "een": f"genomen: {APRIL}"}
    found = fits(a_process({1: "{past: een/raden}"}, **parts))
    days = Clash("folder", MARCH, "een.genomen", APRIL, days=43, term="een/raden")
    assert days in found.clashes
    assert ("een/raden",) == found.unknown
    later = {**parts, "een": "genomen: 2021-04-13"}
    assert () == fits(a_process({1: "{past: een/raden}"}, **later)).clashes


def test_dates_fit_where_another_way_is_open() -> None:
    """Of two things of which one will do, one is in time."""
    parts = {"folder": APRIL, "stuk": MARCH, "een": f"genomen: {MARCH}"}
    assert () == fits(a_process({1: "{any: [{tasks: folder}, {tasks: stuk}]}"}, **parts)).clashes
    found = fits(a_process({1: "{all: [{tasks: folder}, {tasks: stuk}]}"}, **parts))
    assert (Clash("folder", APRIL, "een.genomen", MARCH),) == found.clashes


def test_what_cannot_be_whatever_the_dates_are_is_not_said_to_fit() -> None:
    """A gate of its own state is closed by then: no date is to blame."""
    found = fits(a_process({1: "{milestone: een, state: rond}"}, een=f"genomen: {APRIL}"))
    assert DateCheck((), (), ("een.genomen",)) == found


def test_what_is_the_same_for_each_party_is_found_out_once() -> None:
    """Of hundreds of councils and colleges, one stands for all."""
    names = [f"p{number}" for number in range(300)]
    parties = "".join(f"    {n}: {{name: {n}, kind: g, bodies: [raad, college]}}\n" for n in names)
    head, _, rest = DEFINITION.partition("    oost: ")
    written = (
        head + parties.replace("{", "{{").replace("}", "}}") + "roles" + rest.partition("roles")[2]
    )
    parts = {**PLAIN, "raden": APRIL, "colleges": MARCH, "after": AFTER_OWN_COUNCIL}
    definition = load(written.format(**parts, gates=[OPEN] * 6))
    order = ordering(start_of(definition))
    assert 1 == sum(event[:3] == ("answer", "een", "colleges") for event in order.asked)
    assert (Clash("een/raden", APRIL, "een/colleges", MARCH),) == fits(definition).clashes


# --- any at all ----------------------------------------------------------------------------------

Done = tuple[str, ...]


class Trying:
    """Looks for an order of days in which everything that has a deadline takes place on it."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.start = start_of(definition)
        self.deadlines = dict(self._deadlines())
        self.days = self._days()
        self.tried: set[tuple[date, frozenset[Done], tuple[str, ...]]] = set()

    def _deadlines(self) -> Iterator[tuple[Done, date]]:
        for each, due, party in self._all():
            if due is not None:
                day = due_date(self.start, due, party).deadline
                if day is not None:
                    yield each, day

    def _all(self) -> Iterator[tuple[Done, Due | None, str]]:
        for milestone in self.definition.milestones.values():
            for state, due in milestone.dues.items():
                yield ("state", milestone.id, state), due, ""
            for request in milestone.requests.values():
                for body in request.bodies:
                    whose = self.definition.party_of(body)
                    yield ("answer", milestone.id, request.id, body), request.due, whose
        for task in self.definition.tasks.values():
            for subject in task.subjects:
                yield ("task", task.ref.milestone, task.ref.task, subject), task.due, subject

    def _days(self) -> list[date]:
        """Return the days on which it can matter that something takes place."""
        known = {*self.deadlines.values(), date(2021, 6, 1), date(2021, 3, 15), date(2021, 1, 4)}
        return sorted({*known, *(day + timedelta(days=1) for day in known)})

    def succeeds(self) -> bool:
        """Say whether there is one."""
        return self._from(self.start.state, frozenset(), 0)

    def _from(self, state: State, done: frozenset[Done], index: int) -> bool:
        if index == len(self.days):
            return done >= self.deadlines.keys()
        day = self.days[index]
        state, done = self._all_that_is_free(state, done, day)
        key = (day, done, tuple(each.state for each in state.milestones.values()))
        if key in self.tried:
            return False
        self.tried.add(key)
        for each, after in self._steps(state, done, day):
            if self._from(after, done | {each}, index):
                return True
        missed = any(end == day and each not in done for each, end in self.deadlines.items())
        return not missed and self._from(state, done, index + 1)

    def _all_that_is_free(
        self, state: State, done: frozenset[Done], day: date
    ) -> tuple[State, frozenset[Done]]:
        """Let everything take place that has no deadline and closes nothing."""
        for each, _, _ in self._all():
            if each not in self.deadlines and each not in done and each[0] != "state":
                after = self._after(each, state, done, day)
                if after is not None:
                    return self._all_that_is_free(after, done | {each}, day)
        return state, done

    def _steps(
        self, state: State, done: frozenset[Done], day: date
    ) -> Iterator[tuple[Done, State]]:
        for each, end in self.deadlines.items():
            if each[0] != "state" and end == day and each not in done:
                after = self._after(each, state, done, day)
                if after is not None:
                    yield each, after
        for milestone in self.definition.milestones.values():
            for arm in milestone.arms_from(state.milestones[milestone.id].state):
                move = ("state", milestone.id, arm.target)
                if not arm.explicit and self.deadlines.get(move, day) == day:
                    after = self._moved(milestone.id, arm, state, day)
                    if after is not None and self._on_time(move, state, done, day):
                        yield move, after

    def _on_time(self, each: Done, state: State, done: frozenset[Done], day: date) -> bool:
        """Say whether what comes before something, by its due or by that of another, has been."""
        for other, due, party in self._all():
            if due is None or due.anchor is None:
                continue
            if other == each and due.relation is Relation.AFTER:
                if happened_on(self.start.with_state(state), due.anchor, party) is None:
                    return False
            elif due.relation is Relation.BEFORE and self._is_anchor(due, each):
                end = self.deadlines.get(other)
                far = due.distance
                latest = day_before(day, far) if isinstance(far, Length) else day
                late = end is not None and end > latest
                if end is not None and (other not in done or late):
                    return False
        return True

    def _is_anchor(self, due: Due, each: Done) -> bool:
        """Say whether an event is what a due of another one counts from."""
        if each[0] == "state":
            return due.anchor == f"{each[1]}.{each[2]}"
        return each[0] == "task" and due.anchor == "/".join(filter(None, each[1:3]))

    def _after(self, each: Done, state: State, done: frozenset[Done], day: date) -> State | None:
        """Return the state after an answer or a task; None where it cannot be on that day."""
        if not self._on_time(each, state, done, day):
            return None
        if each[0] == "answer":
            return self._answered(each, state, day)
        task = next(
            t for t in self.definition.tasks.values() if (t.ref.milestone, t.ref.task) == each[1:3]
        )
        return self._reported(task, each[3], state, day)

    def _answered(self, each: Done, state: State, day: date) -> State | None:
        _, milestone, name, body = each
        request = self.definition.milestones[milestone].requests[name]
        at = state.milestones[milestone]
        party = self.definition.party_of(body)
        now = Snapshot(self.definition, state, day)
        if at.state not in request.admitted_in or not evaluate(request.after, now, party).holds:
            return None
        said = DecisionState(
            "voor", Effect.FOR, "", day, 9, None, (), 0, (), (), out_of_order=False
        )
        key = (milestone, name, max(at.round, 1), body)
        return replace(state, decisions={**state.decisions, key: said})

    def _reported(self, task: Task, subject: str, state: State, day: date) -> State | None:
        where = task.ref.milestone
        if task.admitted_in and state.milestones[where].state not in task.admitted_in:
            return None
        if instance(self.start.with_state(state), task, subject).arisen_on is None:
            return None
        done = TaskState("ja", True, "", day, 9)
        return replace(state, tasks={**state.tasks, (where, task.ref.task, subject, 0): done})

    def _moved(self, milestone: str, arm: Arm, state: State, day: date) -> State | None:
        if not evaluate(arm.gate, Snapshot(self.definition, state, day)).holds:
            return None
        at = state.milestones[milestone]
        entered = {**at.entered, arm.target: day}
        now = MilestoneState(arm.target, day, "", 9, None, at.round + arm.opens_round, (), entered)
        return replace(state, milestones={**state.milestones, milestone: now})


DATES = ["2021-02-01", "2021-02-15", "2021-03-01", "2021-03-15", "2021-04-01"]
DUES = [*["none"] * 12, "unknown", *DATES]
RELATIVE = ["{before: twee.rond}", "{before: een.genomen, weeks: 2}", "{after: een.rond}"]
RELATIVE += ["{after: een.rond, weeks: 3}", "{after: twee.rijp}"]
RELATIVE += ["{before: een.genomen, working_days: 5}", "{before: een.genomen, months: 1}"]
RELATIVE += ["{after: een.rond, months: 1}", "{next: 03-01, after: een.rond}"]
ADMITTED = ["[rond]", "[rond]", "[rond, rijp]", "[rijp]"]
GATES = [
    *(OPEN, "{date: 2021-03-15}", "{tasks: een/ontvangst}", "{tasks: een/stuk}", "{tasks: folder}"),
    *("{milestone: een, state: rond}", "{milestone: een, state: [rijp, genomen]}"),
    *("{milestone: twee, state: genomen}", "{milestone: twee, state: [rond, rijp]}"),
    *("{request: een/raden, rule: all, counts: for}", "{past: een/raden}", "{past: folder}"),
    "{request: een/colleges, rule: {at_least: 1}, counts: for}",
    "{request: een/raden, rule: {share: 2/3, of: cast}, counts: for}",
    "{request: een/raden, body: oost.raad, counts: for}",
    "{request: een/colleges, outcome: voor, rule: {at_least: 1}}",
    *(
        "{not: {past: folder}}",
        "{not: {date: 2021-03-15}}",
        "{not: {milestone: twee, state: rijp}}",
    ),
]


def any_process(dice: Random) -> Definition:
    """Put a process together in which no gate waits for the end of a term that has no date."""
    names = ("raden", "colleges", "ontvangst", "stuk", "folder")
    dues = {name: dice.choice([*DUES, *DUES, *RELATIVE]) for name in names}
    dated = {name: dice.choice(DATES) for name in ("raden", "folder")}
    waited_for = dice.choice([("raden", "folder"), ("folder",), ()])
    dues |= {name: dated[name] for name in waited_for}
    gates = [each for each in GATES if "past" not in each]
    gates += [each for each in GATES for name in waited_for if each.rstrip("}").endswith(name)]
    after = [AFTER_OWN_COUNCIL, ", after: {tasks: ontvangst}", ""]
    definition = DEFINITION.format(
        een=_states(dice),
        twee=_states(dice),
        admitted=dice.choice(ADMITTED),
        later=dice.choice(ADMITTED),
        first=dice.choice(["", "", ", after: {tasks: ontvangst, of: own}"]),
        after=dice.choice(after),
        arises=dice.choice(["", ", arises: {state: rond}", ", arises: {decision: raden}"]),
        gates=[_a_gate(dice, gates) for _ in range(6)],
        **dues,
    )
    note(definition)
    return load(definition)


def _states(dice: Random) -> str:
    chosen = {name: dice.choice(DUES) for name in ("rond", "rijp", "genomen")}
    return ", ".join(f"{name}: {said}" for name, said in chosen.items())


def _a_gate(dice: Random, gates: list[str]) -> str:
    one, other, third = dice.sample([*dict.fromkeys(gates)], k=3)
    joined = f"{{{dice.choice(['all', 'any'])}: [{one}, {other}]}}"
    how_many = f"{{at_least: {dice.randint(1, 3)}, of: [{one}, {other}, {third}]}}"
    # That a milestone cannot be in two states at once is not looked at without their dates.
    at_once = [re.findall(r"milestone: (\w+)", each) for each in (one, other, third)]
    names = [name for each in at_once for name in each]
    apart = len(names) == len(set(names))
    return dice.choice([OPEN, OPEN, one, joined, how_many if apart else one])


@examples(60)
@given(seed=st.integers(0, 10**9))
def test_dates_that_are_said_to_fit_can_be_kept(seed: int) -> None:
    """There are days for all that has no date, on which all that has one takes place on it.

    What is said not to fit does not, except a term: one may answer before it ends.
    """
    definition = any_process(Random(seed))
    found = fits(definition)
    note(found)
    fitting = not found.clashes and not found.stuck
    if fitting:
        assert Trying(definition).succeeds()
    elif not any(each.term for each in found.clashes):
        assert not Trying(definition).succeeds()
