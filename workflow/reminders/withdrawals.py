"""Why a deadline has lapsed: the reason that goes to recipients who have it in a calendar."""

from definitions.model import Milestone, Request, TaskRef
from workflow.model.reminders import Gone, WhyGone
from workflow.model.state import Step, is_put
from workflow.reminders.context import ReminderContext
from workflow.rules.deadlines import PlanKey
from workflow.rules.gates import decisions_on
from workflow.rules.tasks import instances_of
from workflow.rules.terms import due_date, due_named

_NOT_ASKED = Gone(WhyGone.NOT_ASKED)


def why_gone(context: ReminderContext, plan: PlanKey) -> Gone:
    """Return why a deadline that people were reminded of has lapsed, as of today.

    Args:
        plan: the due, and its subject: a party, group or body.
    """
    (name, subject), state = plan, context.state
    ref, year = due_named(name)
    place = context.definition.party_of(subject) if _is_body(context, subject) else subject
    met = _met(context, ref, subject, year)
    if place in state.departures and (met is None or met.why is not WhyGone.DONE):
        left = state.departures[place]
        return Gone(WhyGone.LEFT, on=left.effective)
    if met is not None:
        return met
    when = due_date(context, context.due(ref), place, year)
    if when.deadline is not None:
        return _NOT_ASKED
    moved = state.moved(ref)
    return Gone(WhyGone.UNKNOWN, reason="" if moved is None else moved.reason)


def _is_body(context: ReminderContext, subject: str) -> bool:
    return subject in context.definition.everybody.bodies


def _met(context: ReminderContext, ref: str, subject: str, year: int | None) -> Gone | None:
    """Return what met a deadline or ended its milestone; None if nothing did."""
    name, slash, rest = ref.partition("/")
    milestone = context.definition.milestones.get(name if slash else name.partition(".")[0])
    if milestone is None:
        return _task(context, TaskRef("", name), subject, year)
    if not slash:
        return _state(context, milestone, ref.partition(".")[2])
    request = milestone.requests.get(rest)
    if request is not None:
        return _request(context, milestone, request, subject)
    return _task(context, TaskRef(name, rest), subject, year) or _over(context, milestone)


def _state(context: ReminderContext, milestone: Milestone, state: str) -> Gone | None:
    entered = context.state.milestones[milestone.id].entered.get(state)
    if entered is not None:
        return Gone(WhyGone.REACHED, on=entered.isoformat(), what=state)
    return _over(context, milestone)


def _request(
    context: ReminderContext, milestone: Milestone, request: Request, body: str
) -> Gone | None:
    state = context.state
    given = decisions_on(state, milestone.id, request, [body]).get(body)
    if given is not None and given.closes:
        outcomes = context.definition.instruments[request.instruments[body]].outcomes
        if outcomes[given.outcome].needs_past_due:
            return Gone(WhyGone.PASSED, on=given.effective)
        number = state.round_of(milestone.id)
        came = state.follow_ups.get((milestone.id, request.id, number, body, Step.RECEIVED, 0))
        if request.met_by_receipt and came is not None:
            return Gone(WhyGone.RECEIVED, on=came.effective)
        if not request.met_by_receipt:
            return Gone(WhyGone.DECIDED, on=given.effective)
    at = state.milestones[milestone.id]
    if is_put(milestone, at) and at.state not in request.admitted_in:
        return _in_its_state(context, milestone)
    return _over(context, milestone)


def _task(context: ReminderContext, ref: TaskRef, subject: str, year: int | None) -> Gone | None:
    task = context.definition.tasks[ref]
    for each in instances_of(context, task):
        if (each.subject, each.year) == (subject, year) and each.done and each.report is not None:
            return Gone(WhyGone.DONE, on=each.report.effective)
    return None


def _over(context: ReminderContext, milestone: Milestone) -> Gone | None:
    """Return that a milestone is over; None if it is not."""
    over = context.state.milestones[milestone.id].state in milestone.final
    return _in_its_state(context, milestone) if over else None


def _in_its_state(context: ReminderContext, milestone: Milestone) -> Gone:
    at = context.state.milestones[milestone.id]
    return Gone(WhyGone.ENDED, on=at.effective or at.since.isoformat(), what=at.state)
