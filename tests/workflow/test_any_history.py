"""Any history at all: random commands, and the promises that hold after each of them.

The commands are drawn with an eye on the state, so that a good part of them is admitted, and
with dates before and after what happened already. What is refused has to leave every row as it
was; what is admitted has to leave a journal and tables that agree.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import ClassVar
from unittest.mock import patch

import pytest
from hypothesis import Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from definitions.calendar.dates import UNKNOWN, PartialDate, day_of, parse_date
from definitions.language.errors import MijlpaalError
from definitions.model import Arm, Definition, Effect, Milestone, Request
from screens.account import account_screen
from screens.json_output import envelope
from screens.page import Page
from screens.party_work import party_work_screen
from tests.support.databases import copied, rows_of
from tests.support.definitions import load
from tests.support.engine import (
    ANSWERS,
    ODD,
    SECRETARY,
    Traject,
    World,
    gr_sociaal_domein,
)
from tests.support.moves import assert_enabled_is_what_is_accepted
from tests.support.overviews import row_of
from tests.support.properties import TALLY, examples
from tests.support.readings import check_readings
from workflow.decide.correct import FIXED, as_read, command_of
from workflow.engine import Engine, Environment
from workflow.model.commands import (
    AddNote,
    Advance,
    Amend,
    Change,
    Command,
    Correct,
    EndSeat,
    FollowUp,
    GiveSeat,
    Join,
    Leave,
    Record,
    Replan,
    ReportPart,
    ReportTask,
)
from workflow.model.commands import Request as Asked
from workflow.model.events import (
    DecisionRecorded,
    Entry,
    EntryCorrected,
    Event,
    MilestoneMoved,
)
from workflow.model.journal import broken_link
from workflow.model.person import Called
from workflow.model.state import Basis, MoveKey, State, Step, places_of, seat_name
from workflow.reminders.plan_checks import plan_faults
from workflow.rules.arms import arm_of
from workflow.rules.fold import apply_entry, fold, in_turn, initial, resolved
from workflow.rules.gates import decisions_on, evaluate
from workflow.rules.past import past_of
from workflow.rules.snapshot import Snapshot, snapshot_of
from workflow.rules.tasks import task_round
from workflow.rules.worklist import Doing, Turn, Whose
from workflow.status_queries import overview_of
from workflow.storage.reading import Head, Reader
from workflow.views.my_work import my_work
from workflow.views.party_work import party_work
from workflow.views.seen import Seen
from workflow.views.status import status_view

pytestmark = pytest.mark.hypothesis

WEIGHTS = [
    *["move"] * 8,
    *["decide"] * 4,
    *["all_decide"] * 3,
    *["report"] * 3,
    *["deliver"] * 2,
    *["seat"] * 2,
    *["correct"] * 4,
    *["withdraw"] * 3,
    *["mend_date"] * 5,
    *["replan", "amend"] * 3,
    *["follow_up"] * 4,
    *["replan", "undo", "undo"],
    *["both_orders"] * 4,
    *["write", "several", "leave", "join"],
]
BURST = 5
"""How many things are asked in one step: long histories go where short ones cannot."""
CHANGES: list[tuple[str, Change]] = [
    *[("outcome", name) for name in ("voor", "tegen", "aangehouden", "ingestemd", "verworpen")],
    *[("outcome", name) for name in ("reactie", "verstreken", "voor", "tegen")],
    *[("result", name) for name in ("ja", "nee", "gehouden", "afgeslagen", "bezig", "gedaan")],
    *[("level", name) for name in ("leeg", "concept", "volledig", "leidend")],
    ("attested", True),
    ("attested", False),
    ("votes", "1-0"),
    ("votes", "1-?"),
    ("note", "y"),
    ("remark", "y"),
    ("reference", "y"),
    ("reference", "z"),
    ("value", "c"),
    ("out_of_order", "y"),
    ("points", ("a",)),
    ("points", ("a", "b")),
    ("signed_by", ("griffier",)),
    ("reason", "y"),
    ("date", parse_date("2021-03-01")),
    ("version", "2"),
]
COMPARED = 3
"""Of how many things that are asked one is asked of an engine that folds the whole journal too."""
OFFSETS = (0, 0, 0, 0, 0, 0, 1, 1, 2, 5, 30, -1, -2, -4, -10, -45)


class WholeFolds(Engine):
    """An engine that folds all of a journal whenever it looks back."""

    def _fold_ahead(self, process: str, requests: Sequence[Asked]) -> None:
        pass

    def _past_at(self, connection: Reader, head: Head) -> None:
        return None


class AnyHistory(RuleBasedStateMachine):
    """One process, and whatever may happen to it.

    Attributes:
        definition: of the process.
        template: an empty database.
        file: where it is copied to.
        undated: how many decisions are of a day that nobody knows.
    """

    undated: ClassVar[float] = 0.15
    definition: ClassVar[Definition]
    template: ClassVar[Path]
    file: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self._copied = copied(self.template, self.file)
        self.traject = Traject(self._copied.__enter__(), self.definition, World())
        self.traject.start()
        self.entries: list[Entry] = []
        self.asked = 0
        self.look()

    def teardown(self) -> None:
        """Verify what became of it, and close the database; pytest sees to the file."""
        TALLY.tried += 1
        assert [] == self.traject.problems
        self.look_at_the_account()
        self.look_at_the_fold()
        self.look_at_the_past()
        check_readings(self.traject.database)
        self._copied.__exit__(None, None, None)

    # --- what may happen ---------------------------------------------------------------------

    @rule(dice=st.randoms(use_true_random=True))
    def something(self, dice: Random) -> None:
        """Ask for some of the things that can be asked; moves and decisions most of all."""
        ways = {
            way.__name__: way
            for way in (
                self.move,
                self.decide,
                self.all_decide,
                self.report,
                self.deliver,
                self.seat,
                self.write,
                self.several,
                self.correct,
                self.withdraw,
                self.mend_date,
                self.replan,
                self.amend,
                self.follow_up,
                self.leave,
                self.join,
                self.undo,
                self.both_orders,
            )
        }
        for _ in range(BURST):
            ways[dice.choice(WEIGHTS)](dice)
        self.look_at_whose_turn_it_is()

    def move(self, dice: Random) -> None:
        """Ask for a transition, mostly one that leaves the present state."""
        self.ask(self._advance(dice))

    def decide(self, dice: Random) -> None:
        """Record a decision, mostly one that is asked for."""
        milestone, request = self._request(dice)
        body = dice.choice(request.bodies)
        self.ask(self._record(dice, milestone, request, body))

    def all_decide(self, dice: Random) -> None:
        """Record the same decision of all who have not decided."""
        milestone, request = self._request(dice)
        now = self.state.milestones[milestone].round
        outcome = dice.choice([0, 0, 0, 1, 2])
        day = self._on(dice)
        commands = []
        for body in request.bodies:
            given = self.state.decisions.get((milestone, request.id, max(now, 1), body))
            if given is None or not given.closes:
                outcomes = self._outcomes(request, body)
                what = outcomes[outcome % len(outcomes)]
                commands.append(
                    Record(
                        milestone,
                        body,
                        what,
                        day,
                        request.id,
                        reference="x",
                        ground="x",
                        out_of_order="x",
                    )
                )
        self.ask(*commands)

    def report(self, dice: Random) -> None:
        """Report one instance of a task, or all of them."""
        tasks = list(self.everybody.tasks.values())
        states = self.state.milestones
        open_ = [
            task
            for task in tasks
            if task.ref.milestone and states[task.ref.milestone].state in task.admitted_in
        ]
        task = dice.choice(open_ or tasks)
        result = dice.choice(list(task.results))
        day = day_of(self._day(dice))
        reason = dice.choice([None, "x"])
        subjects = task.subjects
        if dice.choice([True, False]):
            subjects = (dice.choice(subjects),)
        year = dice.choice([2021, 2022, 2023]) if task.yearly and reason else None
        self.ask(
            *(
                ReportTask(str(task.ref), result, day, subject or None, "x", reason, year=year)
                for subject in subjects
            )
        )

    def deliver(self, dice: Random) -> None:
        """Bring one part of a deliverable, or all of it, to a level."""
        deliverable = dice.choice(list(self.everybody.deliverables.values()))
        level = dice.choice(deliverable.levels)
        day = day_of(self._day(dice))
        parts = [(part.id, each) for part in deliverable.parts.values() for each in part.subjects]
        if dice.choice([True, False]):
            parts = [dice.choice(parts)]
        version = dice.choice([None, "1"])
        self.ask(
            *(
                ReportPart(
                    f"{deliverable.id}/{part}", level, day, subject or None, "x", version=version
                )
                for part, subject in parts
            )
        )

    def seat(self, dice: Random) -> None:
        """Give somebody a seat or end it, on any day."""
        definition = self.everybody
        role = dice.choice(list(definition.roles.values())[-2:])
        place = places_of(definition, role)[0]
        seat, on = seat_name(role.id, place), self._day(dice)
        if dice.choice([True, False]):
            self.ask(EndSeat(seat, "person A", day_of(on)))
        else:
            days = dice.choice([None, -1, 0, 20])
            until = None if days is None else on + timedelta(days)
            self.ask(GiveSeat(seat, "person A", day_of(on), until))

    def write(self, dice: Random) -> None:
        """Write a note on any day."""
        self.ask(AddNote("x", day_of(self._day(dice))))

    def several(self, dice: Random) -> None:
        """Ask for three things, all or nothing."""
        milestone, request = self._request(dice)
        body = dice.choice(request.bodies)
        self.ask(
            self._record(dice, milestone, request, body),
            self._advance(dice),
            AddNote("x", day_of(self._day(dice))),
        )

    def correct(self, dice: Random) -> None:
        """Correct any entry: something it may have, to something it may say."""
        changes = dice.sample(CHANGES, dice.choice([0, 1, 1, 1, 2, 3]))
        milestones = [
            *(
                {"to": state, "trigger": arm.trigger}
                for arm in self._arms()
                for state in [arm.target]
            )
        ]
        if dice.choice([True, False, False]):
            changes = list(dice.choice(milestones).items())
        self.ask(Correct(self._entry(dice), "x", tuple(dict(changes).items()), reference="x"))

    def withdraw(self, dice: Random) -> None:
        """Withdraw any entry, the last ones most of all."""
        self.ask(Correct(self._entry(dice), "x", withdraw=True))

    def mend_date(self, dice: Random) -> None:
        """Give any entry another date, near its own or on that of another; now and then more."""
        seq = self._entry(dice)
        was = as_read(self.entries, seq)
        near = (was.effective_on if was else None) or self._last_day()
        days = [each.effective_on for each in self.entries if each.effective_on is not None]
        day = dice.choice([near + timedelta(dice.choice(OFFSETS)), dice.choice(days)])
        on = parse_date(dice.choice([*["{}", "{}", "by {}"] * 3, "unknown"]).format(day))
        more = dice.sample(CHANGES, dice.choice([0, 0, 0, 1]))
        self.ask(Correct(seq, "x", (("on", on), *more), reference="x"))

    def replan(self, dice: Random) -> None:
        """Give any due any date, on any day."""
        dues = list(self.everybody.dues) or ["none"]
        date_ = dice.choice(["unknown", "2021-09", "2021-12-01", "by 2021-11-01"])
        on = day_of(self._day(dice))
        self.ask(Replan(dice.choice(dues), parse_date(date_), "x", on))

    def follow_up(self, dice: Random) -> None:
        """Say what became of an answer, mostly of one that there is, mostly once."""
        milestone, request = self._request(dice)
        body = dice.choice(request.bodies)
        if self.state.decisions:
            milestone, asked, _, body = dice.choice(sorted(self.state.decisions))
            request = self.everybody.milestones[milestone].requests[asked]
        step = dice.choice([*Step, Step.REPLIED, Step.REPLIED])
        point = dice.choice([1, 1, 2, 3, None]) if step is Step.REPLIED else None
        on = day_of(self._day(dice))
        self.ask(FollowUp(milestone, body, step, on, request.id, point, "x"))

    def leave(self, dice: Random) -> None:
        """Let a party leave, on any day; now and then it comes back soon."""
        party = dice.choice(list(self.everybody.parties))
        left = self.ask(Leave(party, "x", day_of(self._day(dice))))
        if left and dice.choice([True, True, False]):
            self.decide(dice)
            self.ask(Correct(len(self.entries) - dice.choice([0, 1]), "x", withdraw=True))

    def undo(self, dice: Random) -> None:
        """Correct any entry and correct it back: all is as if neither had been."""
        seq = dice.randint(3, max(3, len(self.entries)))
        was, before = as_read(self.entries, seq), self.state
        if was is None or command_of_entry(was) is None:
            return
        if dice.choice([True, False]):
            asked = Correct(seq, "x", withdraw=True, reference="x")
        else:
            changes = dice.sample(CHANGES, dice.choice([1, 1, 2]))
            asked = Correct(seq, "x", tuple(dict(changes).items()), reference="x")
        back = Correct(seq, "x", said(was), reference="x")
        if self.ask(asked) and self.ask(back) and was == as_read(self.entries, seq):
            assert before == self.state

    def both_orders(self, dice: Random) -> None:
        """Try two things of one day in both orders: they come to the same, or one is refused.

        Only what others did: what the secretariat decides on a day takes effect as it is written.
        """
        milestone, request = self._request(dice)
        body = dice.choice(request.bodies)
        makers: list[Callable[[], Advance | Record | FollowUp | ReportTask | ReportPart]] = [
            lambda: self._record(dice, milestone, request, body),
            lambda: self._record(dice, milestone, request, dice.choice(request.bodies)),
            lambda: self._advance(dice, attested=False),
            lambda: self._reported(dice),
            lambda: self._delivered(dice),
            lambda: FollowUp(milestone, body, Step.SENT, day_of(date.min), request.id),
        ]
        on = day_of(self._day(dice))
        one, other = (replace(make(), on=on) for make in dice.sample(makers, 2))
        note(f"{one} {other}")
        first, second = self._came_to(one, other), self._came_to(other, one)
        assert first is None or second is None or first == second

    def _came_to(self, *commands: Command) -> list[object] | None:
        """Return what a process would come to, but for the numbers of entries; None if refused."""
        asked = [Asked(each, Called(self.traject.by)) for each in commands]
        try:
            state = self.traject.engine.execute(self.traject.id, asked, dry=True).after.state
        except MijlpaalError:
            return None
        return unnumbered(state)

    def _reported(self, dice: Random) -> ReportTask:
        task = dice.choice(list(self.everybody.tasks.values()))
        result, subject = dice.choice(list(task.results)), dice.choice(task.subjects)
        return ReportTask(str(task.ref), result, day_of(date.min), subject or None, "x", "x")

    def _delivered(self, dice: Random) -> ReportPart:
        deliverable = dice.choice(list(self.everybody.deliverables.values()))
        part = dice.choice(list(deliverable.parts.values()))
        level, subject = dice.choice(deliverable.levels), dice.choice(part.subjects)
        return ReportPart(
            f"{deliverable.id}/{part.id}", level, day_of(date.min), subject or None, "x"
        )

    def amend(self, dice: Random) -> None:
        """Amend the title or the route of a party, on any day."""
        party = dice.choice(list(self.everybody.parties))
        what = dice.choice(["title", f"route/{party}", f"papers-due/{party}"])
        self.ask(Amend(what, dice.choice(["a", "b", " "]), "x", day_of(self._day(dice))))

    def join(self, dice: Random) -> None:
        """Let a party join that may, on any day; now and then it was a mistake."""
        if not self.everybody.may_join:
            return
        party = dice.choice(list(self.everybody.may_join))
        joined = self.ask(Join(party, "x", day_of(self._day(dice))))
        if joined and dice.choice([True, False, False]):
            self.decide(dice)
            self.ask(Correct(len(self.entries) - dice.choice([0, 1]), "x", withdraw=True))

    # --- drawn -------------------------------------------------------------------------------

    def _entry(self, dice: Random) -> int:
        last = len(self.entries)
        return dice.choice([last, last, last - 1, last - 2, dice.randint(1, last + 1)])

    def _arms(self) -> list[Arm]:
        return [arm for each in self.everybody.milestones.values() for arm in each.arms]

    def _day(self, dice: Random) -> date:
        return self._last_day() + timedelta(dice.choice(OFFSETS))

    def _last_day(self) -> date:
        """Return the last day that an entry has itself: others count from when they are written."""
        if all(each.day_known for each in self.state.decisions.values()):
            return self.state.last_day
        days = [each.effective_on for each in resolved(self.entries)]
        return max(day for day in days if day is not None)

    def _on(self, dice: Random) -> PartialDate:
        """Return the date of a decision: now and then nobody knows which."""
        return UNKNOWN if dice.random() < self.undated else day_of(self._day(dice))

    def _advance(self, dice: Random, *, attested: bool | None = None) -> Advance:
        milestones = list(self.everybody.milestones.values())
        alive = [each for each in milestones if self._is_alive(each)]
        milestone = dice.choice(alive or milestones)
        now = self.state.milestones[milestone.id].state
        arms = [arm for arm in milestone.arms_from(now) if arm.target not in milestone.bad]
        arm = dice.choice(arms or milestone.arms)
        how = dice.choice(["trigger", "both", "both", "to", "neither"])
        drawn = dice.choice([True, False])
        attested = drawn if attested is None else attested
        return Advance(
            milestone.id,
            day_of(self._day(dice)),
            arm.trigger if how in ("trigger", "both") else None,
            arm.target if how in ("to", "both") else None,
            attested,
            "a source" if attested else None,
        )

    def _is_alive(self, milestone: Milestone) -> bool:
        return self.state.milestones[milestone.id].state not in milestone.final

    def _request(self, dice: Random) -> tuple[str, Request]:
        asked = [
            (milestone.id, request)
            for milestone in self.everybody.milestones.values()
            for request in milestone.requests.values()
        ]
        states = self.state.milestones
        open_ = [each for each in asked if states[each[0]].state in each[1].admitted_in]
        return dice.choice(open_ or asked)

    def _outcomes(self, request: Request, body: str) -> list[str]:
        return list(self.everybody.instruments[request.instruments[body]].outcomes)

    def _record(self, dice: Random, milestone: str, request: Request, body: str) -> Record:
        return Record(
            milestone,
            body,
            dice.choice(self._outcomes(request, body)),
            self._on(dice),
            request.id,
            reference="x",
            ground=dice.choice([None, "x", "x"]),
            text=dice.choice([None, None, "a" * 64, "b" * 64]),
            points=dice.choice([(), (), ("a",), ("a", "b")]),
            out_of_order=dice.choice([None, "x"]),
        )

    # --- asked, and looked at ----------------------------------------------------------------

    @property
    def everybody(self) -> Definition:
        """The definition with all who may join: of those too something is asked, in vain or not."""
        return self.traject.definition.everybody

    def seen(self, state: State) -> Seen:
        """Return the process in a state, as views take it."""
        today = self.traject.world.now.date()
        return Seen(*snapshot_of(self.traject.definition, state, today).parts, "x")

    def ask(self, *commands: Command) -> bool:
        """Ask for all of some things; look at what became of it. Say whether it was admitted."""
        note(" ".join(map(str, commands)))
        self.asked += 1
        expected = None
        if self.asked % COMPARED == 0:
            whole = WholeFolds(self.traject.database, self.world)
            expected = self.answer_of(whole, commands, dry=True)
        answer = self.answer_of(self.traject.engine, commands)
        assert expected in (None, answer)
        if not answer[0]:
            assert self.rows == rows_of(self.traject.database)
            return False
        self.look()
        return True

    @property
    def world(self) -> Environment:
        """What an engine takes from outside."""
        return self.traject.world.surroundings

    def answer_of(
        self, engine: Engine, commands: Iterable[Command], *, dry: bool = False
    ) -> tuple[bool, str]:
        """Return whether commands are admitted, and the receipt or why not."""
        requests = [Asked(each, Called(self.traject.by)) for each in commands]
        try:
            receipt = engine.execute(self.traject.id, requests, dry=dry)
        except MijlpaalError as error:
            return False, f"{type(error)} {error} {error.advice}"
        view = replace(receipt, dry=False).view("en")
        return True, envelope("receipt", view, Page())

    def look(self) -> None:
        """Look at the journal and the tables, and remember them."""
        self.rows = rows_of(self.traject.database)
        self.state = self.traject.stored
        before, self.entries = self.entries, self.traject.journal
        entries = self.entries
        assert list(range(1, len(entries) + 1)) == [entry.seq for entry in entries]
        assert self.state == fold(self.traject.definition, entries)
        assert self.state == fold(self.traject.definition, resolved(entries))
        assert [] == list(broken_link(entries))
        read = resolved(entries)
        assert_one_decision_each(self.traject.definition, self.state, read)
        assert_bases(self.traject.definition, self.state, read)
        self.look_at_corrections(before, entries)
        assert self.state == self.traject.as_of("9999-12-31")
        assert self.state == self.traject.known_at(str(self.traject.world.now.date()))
        self.look_at_reminders()
        self.look_at_the_present()
        self.look_at_the_screen()

    def look_at_reminders(self) -> None:
        """Look whether what is planned is what follows from where it stands."""
        present, head = self.traject.engine.present(self.traject.id)
        with self.traject.database.reading() as connection:
            assert not list(plan_faults(connection, head, present.on(present.state.last_day)))

    def look_at_corrections(self, before: list[Entry], entries: list[Entry]) -> None:
        """See that a correction leaves what and whose an entry is, and says when it was."""
        was = {each.seq: each for each in resolved(before)}
        for entry in entries[len(before) :]:
            if not isinstance(entry.event, EntryCorrected):
                continue
            of = entries[entry.event.corrects - 1]
            mended = entry.event.effective is not None
            assert mended is (entry.effective != of.effective)
            now = {each.seq: each for each in resolved(entries)}
            if of.seq in now:
                reads = now[of.seq]
                assert about(of.event) == about(reads.event)
                assert (entry.effective, entry.effective_on) == (
                    reads.effective,
                    reads.effective_on,
                )
            same = {seq: each for seq, each in was.items() if seq != of.seq}
            assert same.items() <= now.items()

    def look_at_the_present(self) -> None:
        """See that a query, which leaves past rounds alone, has all of the present ones."""
        definition, now = self.traject.definition, self.traject.state
        kept = ("last_day", "milestones", "parts", "moves", "seats", "dues")
        for name in (*kept, "departures", "amendments"):
            assert getattr(self.state, name) == getattr(now, name)
        for milestone in definition.milestones.values():
            for request in milestone.requests.values():
                expected = decisions_on(self.state, milestone.id, request)
                assert expected == decisions_on(now, milestone.id, request)
                number = now.milestones[milestone.id].round
                assert steps_of(self.state, milestone.id, request.id, number) == steps_of(
                    now, milestone.id, request.id, number
                )
        for task in definition.tasks.values():
            in_round = task_round(now, task)
            keys = [(task.ref.milestone, task.ref.task, each, in_round) for each in task.subjects]
            assert [self.state.tasks.get(key) for key in keys] == [
                now.tasks.get(key) for key in keys
            ]

    def look_at_the_account(self) -> None:
        """See that the account of the facts mentions every entry exactly once."""
        status = status_view(self.seen(self.traject.state))
        people = self.traject.engine.people()
        told = account_screen(self.entries, self.entries, status, people, Page())
        mentioned = [told.count(f"[{entry.seq}]") for entry in self.entries]
        assert [1] * len(self.entries) == mentioned

    def look_at_the_fold(self) -> None:
        """See that it makes what entry by entry follows, in that order, and changes no state."""
        definition = self.traject.definition
        ordered = in_turn(definition, self.entries)
        day = self.traject.world.now.date()
        now = Snapshot(definition, initial(definition, self.state.begins), day)
        states, written = [now.state], [repr(now.state)]
        for entry in ordered:
            now = apply_entry(now, entry)
            states.append(now.state)
            written.append(repr(now.state))
        folded = fold(definition, self.entries)
        assert repr(folded) == written[-1]
        with asking_everything():
            assert repr(fold(definition, self.entries)) == written[-1]
        both = (snapshot_of(definition, folded, day), now)
        one, other = (status_view(Seen(*each.parts, "x")) for each in both)
        assert envelope("status", one, Page()) == envelope("status", other, Page())
        for entry in ordered:
            apply_entry(both[0], entry)
        assert repr(folded) == written[-1]
        assert list(map(repr, states)) == written

    def look_at_the_past(self) -> None:
        """See that a fold that sets out from a state that was kept leads where a whole one does."""
        definition, entries = self.traject.definition, self.entries
        past = past_of(definition, entries[:1])
        for entry in entries[1:]:
            past = past.followed_by([entry]).marked()
        whole = fold(definition, entries)
        for day in {each.effective_on for each in past.ordered if each.effective_on is not None}:
            now, then = past.stood(day), past.stood(day, day)
            assert now.of_present_rounds() == whole.of_present_rounds()
            assert (
                then.of_present_rounds() == fold(definition, entries, until=day).of_present_rounds()
            )
            kept = {key for key, each in whole.decisions.items() if each.effective_on >= day}
            assert kept <= now.decisions.keys() <= whole.decisions.keys()

    def look_at_the_screen(self) -> None:
        """See that what is not proved is shown, all of it and nothing else."""
        status = status_view(self.seen(self.traject.state))
        shown = {
            (each.milestone, each.trigger, each.source, each.target): each.basis
            for milestone in status.milestones
            for each in milestone.not_proved
        }
        # All that was ever answered says nothing more than what a query reads.
        whole = status_view(self.seen(self.state))
        assert envelope("status", status, Page()) == envelope("status", whole, Page())
        assert {key: move.basis for key, move in self.state.unproved().items()} == shown
        assert {each.id: each.basis for each in status.milestones} == {
            name: milestone.basis for name, milestone in self.state.milestones.items()
        }

    def look_at_whose_turn_it_is(self) -> None:
        """See that everybody's own screen has what is offered to them, and nothing else."""
        seen = self.seen(self.traject.state)
        definition = seen.definition
        status = status_view(seen)
        offered = status.turns
        assert_enabled_is_what_is_accepted(seen)
        for whose in everybody(definition):
            theirs = {each for turn in offered for each in offers(definition, turn, whose)}
            view = party_work(seen, whose)
            assert theirs == {each for asked in view.now for each in pieces(asked.turn)}
            said = party_work_screen(view, Page(width=10_000)).partition("\nNot asked now")[0]
            told = [line for line in said.splitlines() if line.startswith("    mijlpaal ")]
            assert len(told) == len(view.now)
            for asked in view.now:
                assert any(names_all(asked.turn, line) for line in told)
        (listed,) = overview_of(self.traject.engine).processes
        assert row_of(status) == replace(listed, process="x")
        found = self.traject.engine.held_by(Called(SECRETARY))
        assert found is not None
        seats = [each.seat for each in my_work(found[0], [seen]).seats]
        assert {
            each
            for turn in offered
            for role in seats
            for each in offers(definition, turn, Whose(role=role))
        } == {each for one in my_work(found[0], [seen]).now for each in pieces(one.asked.turn)}


Offer = tuple[str, str, str, str, int | None, int | None]
"""What is done, of which milestone, for whom, in which year, about which point."""


def pieces(turn: Turn) -> Iterator[Offer]:
    """Yield what a turn offers, for each of its subjects."""
    for subject in turn.subjects or ("",):
        yield turn.doing, turn.milestone, turn.what, subject, turn.year, turn.point


def everybody(definition: Definition) -> Iterator[Whose]:
    """Yield every role, every party and every group."""
    yield from (Whose(role=role) for role in definition.roles)
    yield from (Whose(party=party) for party in definition.parties)
    yield from (Whose(group=group) for group in definition.groups)


def offers(definition: Definition, turn: Turn, whose: Whose) -> Iterator[Offer]:
    """Yield what of a turn is offered to somebody, as the words of the turn have it.

    To its roles, all of it. To a party or a group, what its bodies decide or what somebody who
    has a seat there does for it, or, where it is for nobody in particular, can do at all.
    """
    if whose.role is not None:
        yield from pieces(turn) if whose.role in turn.roles else ()
        return
    kind, place = ("party", whose.party) if whose.party else ("group", whose.group)
    there = any(definition.roles[role].per == kind for role in turn.roles)
    for each in pieces(turn):
        subject = each[3]
        match turn.doing:
            case Doing.RECORD:
                if definition.bodies[subject] == place:
                    yield each
            case Doing.TASK if subject:
                if subject == place and any(definition.roles[role].per for role in turn.roles):
                    yield each
            case _:
                if there:
                    yield each


def names_all(turn: Turn, line: str) -> bool:
    """Say whether a command is that of a turn: it names what, and for whom where that is one."""
    words = line.split()
    word = {Doing.RECORD: "record", Doing.ADVANCE: "advance", Doing.TASK: "task"}
    word[Doing.RECEIVE] = "received"
    named = [word.get(turn.doing, "answer"), "x"]
    named += [turn.milestone] if turn.doing is not Doing.TASK else [turn.name]
    named += turn.subjects if len(turn.subjects) == 1 else ()
    return set(named) <= set(words)


def unnumbered(state: State) -> list[object]:
    """Return what a state says, without the numbers of entries."""
    tables = (state.decisions, state.tasks, state.parts, state.moves, state.milestones)
    rows = [
        sorted((str(key), str(replace(value, seq=0))) for key, value in table.items())
        for table in tables
    ]
    return [*rows, sorted(map(str, state.follow_ups)), state.last_day]


def about(event: Event) -> list[object]:
    """Return what an event is about, which no correction changes; its round follows from dates."""
    kept = ["milestone", "request", "body", "task", "subject", "part", "due", "what"]
    kept += ["step", "point", "year", "party"]
    return [getattr(event, name, None) for name in kept] + [event.TYPE]


def steps_of(state: State, milestone: str, request: str, number: int) -> set[object]:
    """Return the steps that were taken with the answers in a round of a request."""
    return {key for key in state.follow_ups if key[:3] == (milestone, request, number)}


def command_of_entry(entry: Entry) -> Command | None:
    """Return the command that an entry was; None where it is none that can be corrected."""
    try:
        return command_of(entry.event, entry.effective)
    except MijlpaalError:
        return None


def said(entry: Entry) -> tuple[tuple[str, Change], ...]:
    """Return all that a correction can change of an entry, as the entry has it."""
    command = command_of_entry(entry)
    assert command is not None
    found = ((each.name, getattr(command, each.name)) for each in fields(command))
    return tuple((name, value) for name, value in found if name not in FIXED and value is not None)


# --- the promises ------------------------------------------------------------------------------


def assert_one_decision_each(definition: Definition, state: State, entries: list[Entry]) -> None:
    """Assert that no body decided twice in one round of one request.

    Its round follows from its place: of two in one round, the state would have the last only.
    """
    closing = {
        each.seq
        for each in entries
        if isinstance(each.event, DecisionRecorded) and closes(definition, each.event)
    }
    assert closing <= {each.seq for each in state.decisions.values()}


def closes(definition: Definition, event: DecisionRecorded) -> bool:
    """Return whether an answer decides anything: what is held over does not."""
    request = definition.everybody.milestones[event.milestone].requests[event.request]
    outcomes = definition.instruments[request.instruments[event.body]].outcomes
    return outcomes[event.outcome].effect is not Effect.PENDING


def assert_bases(definition: Definition, state: State, entries: list[Entry]) -> None:
    """Assert that each move rests on what its gate says of its day, and is called so.

    The day is the resolution: what came later on the day of the move counts for it too.
    """
    ordered = in_turn(definition, entries)
    begin = Snapshot(definition, initial(definition, state.begins), state.begins)
    states = [each.state for each in accumulate(ordered, apply_entry, initial=begin)]
    for key, move in state.moves.items():
        at = next(index for index, entry in enumerate(ordered) if entry.seq == move.seq)
        event = ordered[at].event
        assert isinstance(event, MilestoneMoved)
        at_once = _holds(definition, key, states[at], move.effective_on)
        later = any(
            _holds(definition, key, _in_round(each, key[0], states[at]), move.effective_on)
            for each in _rest_of_the_day(ordered, states, at)
        )
        arm = arm_of(definition, *key)
        match move.basis:
            case Basis.DECIDED:
                assert at_once or later
            case Basis.LATCHED:
                assert (False, True, False) == (at_once, arm.latch, event.attested)
            case Basis.ATTESTED | Basis.IN_QUESTION:
                assert (False, move.basis is Basis.ATTESTED) == (at_once, event.attested)
                assert arm.opens_round or not later
    _assert_last_moves(definition, state, ordered)
    _assert_one_path(definition, ordered)


def _assert_one_path(definition: Definition, ordered: list[Entry]) -> None:
    """Assert that each move leaves where the one before it led, whatever dates were corrected."""
    at = {name: milestone.initial for name, milestone in definition.milestones.items()}
    for each in ordered:
        if isinstance(each.event, MilestoneMoved):
            assert at[each.event.milestone] == each.event.source
            at[each.event.milestone] = each.event.target


def _assert_last_moves(definition: Definition, state: State, ordered: list[Entry]) -> None:
    """Assert that each milestone is where its last move led, on the basis of that move."""
    moved = {
        each.event.milestone: each for each in ordered if isinstance(each.event, MilestoneMoved)
    }
    for name, milestone in state.milestones.items():
        if name not in moved:
            assert (definition.milestones[name].initial, None) == (milestone.state, milestone.basis)
            continue
        event = moved[name].event
        assert isinstance(event, MilestoneMoved)
        move = state.moves.get((name, event.trigger, event.source, event.target))
        assert (event.target, moved[name].seq) == (milestone.state, milestone.seq)
        assert (move.basis if move else None) == milestone.basis


def _rest_of_the_day(ordered: list[Entry], states: list[State], at: int) -> Iterator[State]:
    """Yield the states after an entry, and after each one that follows it on its day."""
    for index in range(at, len(ordered)):
        if ordered[index].effective_on == ordered[at].effective_on:
            yield states[index + 1]


def _in_round(state: State, milestone: str, before: State) -> State:
    """Return a state in which a milestone is in the round it was in before it moved."""
    there = replace(state.milestones[milestone], round=before.milestones[milestone].round)
    return replace(state, milestones={**state.milestones, milestone: there})


def _holds(definition: Definition, key: MoveKey, state: State, day: date) -> bool:
    gate = arm_of(definition, *key).gate
    return evaluate(gate, snapshot_of(definition, state, day)).holds


@contextmanager
def asking_everything() -> Iterator[None]:
    """Let a fold ask every gate of a doubtful move anew at each event, and for all of its reasons.

    What it leaves out makes no difference.
    """
    rules = "workflow.rules.fold"
    with (
        patch(f"{rules}._ignored_by", lambda _: frozenset()),
        patch(f"{rules}.holds", lambda gate, now: evaluate(gate, now).holds),
    ):
        yield


# --- run ---------------------------------------------------------------------------------------


def run(definition: Definition, template: Path, folder: Path, number: int) -> None:
    """Run so many random histories of a process."""
    AnyHistory.definition = definition
    AnyHistory.template, AnyHistory.file = template, folder / "history.db"
    with patch("workflow.rules.past.SPACING", 1):
        run_state_machine_as_test(
            AnyHistory,
            settings=settings(
                examples(number),
                stateful_step_count=20,
                phases=[Phase.generate, Phase.shrink],
            ),
        )


def test_any_history_of_the_shipped_process(empty_file: Path, tmp_path: Path) -> None:
    """Seven councils, five milestones: whatever happens, what is promised holds."""
    run(gr_sociaal_domein(), empty_file, tmp_path, 8)


def test_any_history_of_an_odd_process(empty_file: Path, tmp_path: Path) -> None:
    """Gates with “not”, latches, two ways by one name, a new round in one step."""
    run(load(ODD), empty_file, tmp_path, 12)


def test_any_history_of_questions_and_answers(empty_file: Path, tmp_path: Path) -> None:
    """Answers that are followed up, parties that leave, terms of a gate that are moved."""
    run(load(ANSWERS), empty_file, tmp_path, 5)


def test_any_history_with_reminders(empty_file: Path, tmp_path: Path) -> None:
    """Every deadline has a ladder: of tasks that arise, and of terms that count from others too."""
    run(load(REMINDED), empty_file, tmp_path, 8)


def test_any_history_of_a_process_that_parties_join(empty_file: Path, tmp_path: Path) -> None:
    """From their day on they are asked what is open; undone, all is as if they never had."""
    run(load(joined_by_two(ODD)), empty_file, tmp_path, 8)


def test_any_history_with_reminders_of_who_joins(empty_file: Path, tmp_path: Path) -> None:
    """Tasks that arise, answers that are followed up, terms that each has of its own."""
    run(load(joined_by_two(REMINDED)), empty_file, tmp_path, 8)


def joined_by_two(definition: str) -> str:
    """Return a definition that two parties may join, one of which is named alone."""
    candidates = """\
may_join:
  noord: {name: Noord, kind: gemeente, bodies: [raad, college], weight: 2}
  midden: {name: Midden, kind: gemeente, bodies: [raad], weight: 1}
roles:
"""
    debts = """\
tasks:
  inleg: {per: party, owner: griffier, arises: {event: joining}, results: {betaald: done}}
  som:
    per: party
    owner: griffier
    arises: {event: leaving}
    due: 2021-12-01
    results: {betaald: done, deels: open}
  archief: {per: party, owner: griffier, outlives: true, due: 2021-11-01, results: {over: done}}
"""
    if "\ntasks:\n" in definition:
        definition = definition.replace("\ntasks:\n", f"\n{debts}", 1)
    else:
        definition += debts
    if "ladders: {gewoon" in definition:
        definition = definition.replace(
            "    due: 2021-12-01\n    res", "    due: 2021-12-01\n    ladder: gewoon\n    res"
        )
    named = definition.replace("west.raad, zuid.staten]", "west.raad, zuid.staten, noord.raad]")
    return named.replace("roles:\n", candidates, 1).replace("amend]", "amend, party]")


def with_ladders(definition: str) -> str:
    """Return a definition in which somebody is reminded of every deadline."""
    arises = "arises: {decision: raden, outcome: reactie}\n"
    term = "        due: 2021-12-01\n"
    reminded = definition.replace(arises, arises + term)
    laddered = re.sub(r"^( +)due: .*$", r"\g<0>\n\1ladder: gewoon", reminded, flags=re.MULTILINE)
    return f"{laddered}\nladders: {{gewoon: [-14d, 0d]}}\n"


REMINDED = with_ladders(ANSWERS)
