"""Advancing a milestone: which transition is meant, is it open, may it be."""

from definitions.calendar.dates import parse_date
from definitions.language.actions import BLANK, Field, action
from definitions.language.text import text
from definitions.model import Arm, Milestone
from workflow.decide.case import (
    Case,
    Decided,
    effective_day,
    happened,
    milestone_named,
    seat_with,
    state_named,
    trigger_named,
)
from workflow.model.commands import Advance
from workflow.model.events import MilestoneMoved
from workflow.rules.available_transitions import AvailableTransition, transitions_from
from workflow.rules.later_entries import distinct, later_than
from workflow.rules.machines import fire
from workflow.rules.refusals import (
    DateRefused,
    GateClosed,
    Missing,
    NoTransition,
    SeveralTransitions,
    check_known,
)
from workflow.rules.terms import check_terms


def advance(case: Case, command: Advance) -> Decided:
    """Decide whether a milestone moves, and which way.

    Raises:
        NotFound: no such milestone, trigger or state.
        NotAllowed: no seat that may.
        GateClosed, NoTransition, SeveralTransitions: it cannot, or not so.
        DateRefused: the date is impossible, or under a later move.
        Missing: attested without a source.
        InvalidValue: a term counts from it into a year whose working days are not known.
    """
    milestone = milestone_named(case.definition, command.milestone)
    _check_names(milestone, command)
    effective = effective_day(command.on, case.now.state.begins, case.actor.today)
    _check_order(case, command)
    arm = _choose(ways_meant(case, milestone, command), milestone, case, command)
    _check_under(case, command)
    seat = seat_with(case, arm.permission, text("advance “{name}”", name=milestone.id))
    if command.attested and not command.reference:
        raise Missing(
            text("An attested move rests on the word of a source, and none is named."),
            advice=text("Add {field} with where it can be found.", field=Field("reference")),
            field="reference",
        )
    target = fire(case.definition, milestone.id, arm)
    check_terms(case.definition, f"{milestone.id}.{target}", effective)
    event = MilestoneMoved(
        milestone=milestone.id,
        trigger=arm.trigger,
        source=arm.source,
        target=target,
        attested=command.attested,
        reference=command.reference,
        remark=command.remark,
    )
    return happened(event, command.on, seat)


def ways_meant(case: Case, milestone: Milestone, command: Advance) -> list[AvailableTransition]:
    """Return the transitions that the command could mean, each with the finding on its gate."""
    return [
        way
        for way in transitions_from(milestone, case.then)
        if command.trigger in (None, way.arm.trigger) and command.to in (None, way.arm.target)
    ]


def _check_names(milestone: Milestone, command: Advance) -> None:
    if command.trigger is not None:
        trigger_named(milestone, command.trigger)
    if command.to is not None:
        state_named(milestone, command.to)


def _check_order(case: Case, command: Advance) -> None:
    """Refuse a move before the last one of the same milestone."""
    last = case.now.state.milestones[command.milestone]
    if last.seq and command.on.day is not None and command.on.day < last.since:
        check_known(command.on, parse_date(last.effective), last.seq)
        raise DateRefused(
            text(
                "“{milestone}” moved to “{state}” on {since} (entry {seq}); a move before that "
                "({on}) comes too late.",
                seq=last.seq,
                milestone=command.milestone,
                state=last.state,
                since=last.since,
                on=command.on,
            ),
            field="on",
            advice=text("Moves of one milestone are recorded in the order of their dates."),
        )


def _check_under(case: Case, command: Advance) -> None:
    """Refuse a move before a decision that the present state of the milestone admitted."""
    number = case.now.state.round_of(command.milestone)
    day = command.on.day
    for (milestone, request, round_, body), given in case.now.state.decisions.items():
        dated = given.day_known and not given.out_of_order
        later = dated and day is not None and day < given.effective_on
        if later and (milestone, round_) == (command.milestone, number):
            check_known(command.on, parse_date(given.effective), given.seq)
            raise DateRefused(
                text(
                    "{body} decided on “{request}” on {since} (entry {seq}); a move before that "
                    "({on}) comes too late.",
                    seq=given.seq,
                    body=body,
                    request=request,
                    since=parse_date(given.effective),
                    on=command.on,
                ),
                field="on",
                advice=text(
                    "Check both dates; see what was recorded with: {command}",
                    command=action("history", process=BLANK),
                ),
                see=None,
            )


def _choose(
    ways: list[AvailableTransition], milestone: Milestone, case: Case, command: Advance
) -> Arm:
    """Return the one transition that is meant and open (or attested)."""
    state = case.then.state.milestones[milestone.id].state
    asked = command.trigger or command.to
    if not ways:
        raise NoTransition(milestone.id, state, asked, milestone.arms_from(state))
    meant = ways if asked else [way for way in ways if not way.arm.explicit]
    if not meant:
        raise SeveralTransitions(milestone.id, state, ways)
    able = meant if command.attested else [way for way in meant if way.is_open]
    if not able:
        now = case.now.state
        later = (each for way in meant for each in later_than(way.arm.gate, case.then, now))
        raise GateClosed(milestone.id, meant).though(distinct(later))
    if len(able) > 1:
        raise SeveralTransitions(milestone.id, state, able)
    return able[0].arm
