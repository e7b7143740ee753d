"""Following up an answer: it is signed and sent, it is received, its points are replied to.

A council adopts its zienswijze on one day; it is sent and received on other days, and only its
receipt meets the term. Each of its points gets a reply of its own.
"""

from definitions.calendar.dates import PartialDate, parse_date
from definitions.language.actions import BLANK, action
from definitions.language.errors import InvalidValue
from definitions.language.text import Text, text
from definitions.model import Milestone, Permission, Request, Role, Task
from workflow.decide.case import (
    Case,
    Decided,
    effective_day,
    happened,
    milestone_named,
    own_or_on_behalf,
)
from workflow.decide.openness import openness_for
from workflow.decide.record import asked_of
from workflow.model.commands import FollowUp
from workflow.model.events import AnswerFollowedUp
from workflow.model.state import DecisionKey, DecisionState, FollowUpState, Step
from workflow.rules.later_entries import decided_later
from workflow.rules.refusals import DateRefused, Refused, check_known, withdraw_it
from workflow.rules.rounds import round_of, was_open_before


class NoAnswer(Refused):
    """There is no answer, or no such point in it, with which the step could be taken."""


class AlreadyTaken(Refused):
    """The step was taken with this answer before."""


def follow_up(case: Case, command: FollowUp) -> Decided:
    """Decide whether a step in following up a body's answer can be recorded.

    Raises:
        NotFound: no such milestone, request or body.
        NoAnswer: the body had not answered by then, or the answer has no such point.
        AlreadyTaken: the step is on record already.
        InvalidValue: a point is named for a step of the whole answer.
        NotAllowed, DateRefused, Missing: see there.
    """
    milestone = milestone_named(case.definition, command.milestone)
    request, body = asked_of(case.definition, milestone, command.body, command.request)
    effective_day(command.on, case.now.state.begins, case.actor.today)
    key = (milestone.id, request.id, _round(case, milestone.id, request, body, command), body)
    answer = _answer(case, key, command)
    _check_point(body, answer, command)
    seat, on_behalf = _seat(case, milestone, request, body, command)
    _check_once(case, key, command)
    event = AnswerFollowedUp(
        milestone=milestone.id,
        request=request.id,
        round=key[2],
        body=body,
        step=command.step.value,
        point=command.point,
        reference=command.reference,
        on_behalf=on_behalf,
        remark=command.remark,
        of_round=command.round if key[2] == case.then.state.round_of(milestone.id) else key[2],
        openness=openness_for(
            case, command.openness, case.definition.party_of(body), on_behalf=on_behalf
        ),
    )
    return happened(event, command.on, seat)


def _round(case: Case, milestone: str, request: Request, body: str, command: FollowUp) -> int:
    """Return the round of the answer with which a step is taken: one in which there is one."""

    def unanswered(number: int) -> bool:
        found = case.then.state.decisions.get((milestone, request.id, number, body))
        return found is None or not found.closes

    present = case.then.state.round_of(milestone)
    both = was_open_before(case.then.state, milestone, command.on.day, ())
    if command.round is None and both and unanswered(present) and not unanswered(present - 1):
        return present - 1
    return round_of(
        case.then.state,
        milestone,
        command.on,
        admitted=(),
        named=command.round,
        settled=unanswered,
    )


def _answer(case: Case, key: DecisionKey, command: FollowUp) -> DecisionState:
    """Return the answer with which the step is taken."""
    milestone, request, _, body = key
    found = case.then.state.decisions.get(key)
    if found is None or not found.closes:
        given = case.now.state.decisions.get(key)
        later = given is not None and given.closes and given.effective_on > case.then.day
        raise NoAnswer(
            text("No answer of {body} is known on {on}.", body=body, on=command.on),
            advice=None
            if later
            else text(
                "Record what it decided first: {command}",
                command=action(
                    "record",
                    process=BLANK,
                    milestone=milestone,
                    body=body,
                    outcome=BLANK,
                    request=request,
                    on=BLANK,
                ),
            ),
        ).though([decided_later(body, given, case.then.day)] if given is not None and later else [])
    return found


def _check_point(body: str, answer: DecisionState, command: FollowUp) -> None:
    if command.step is not Step.REPLIED:
        if command.point is not None:
            raise InvalidValue(text("Only a reply is about one point of an answer."), field="point")
        return
    if not answer.points:
        raise NoAnswer(
            text("The answer of {body} has no points on record.", body=body),
            advice=text(
                "Points are recorded with it; correct entry {seq}: {command}",
                seq=answer.seq,
                command=action(
                    "correct", process=BLANK, seq=str(answer.seq), points=BLANK, reason=BLANK
                ),
            ),
        )
    if command.point is None or not 1 <= command.point <= len(answer.points):
        raise NoAnswer(
            text("The answer of {body} has no point {point}.", body=body, point=command.point or 0),
            advice=text("Its points are numbered from 1 to {last}.", last=len(answer.points)),
        )


def _check_once(case: Case, key: DecisionKey, command: FollowUp) -> None:
    """Refuse a step that was taken before, and one out of order: received before it was sent."""
    steps = {
        step: found
        for (*answer, step, point), found in case.now.state.follow_ups.items()
        if tuple(answer) == key and point == (command.point or 0)
    }
    before = steps.get(command.step)
    if before is not None:
        raise AlreadyTaken(
            text(
                "That was recorded already: on {on}, as entry {seq}.",
                on=parse_date(before.effective),
                seq=before.seq,
            ),
            advice=withdraw_it(before.seq),
        ).unless(before.seq, command.on, before.effective_on)
    sent, received = steps.get(Step.SENT), steps.get(Step.RECEIVED)
    if command.step is Step.RECEIVED and sent is not None:
        _check_order(sent, command.on, first=False)
    if command.step is Step.SENT and received is not None:
        _check_order(received, command.on, first=True)


def _check_order(other: FollowUpState, on: PartialDate, *, first: bool) -> None:
    """Refuse a day of sending after the day of receipt, or the other way round."""
    day = on.day
    if day is None:
        return
    if first and day > other.effective_on:
        check_known(on, parse_date(other.effective), other.seq)
        raise DateRefused(
            text(
                "It was received on {on} (entry {seq}), before that.",
                on=parse_date(other.effective),
                seq=other.seq,
            ),
            field="on",
        )
    if not first and day < other.effective_on:
        check_known(on, parse_date(other.effective), other.seq)
        raise DateRefused(
            text(
                "It was sent on {on} (entry {seq}), after that.",
                on=parse_date(other.effective),
                seq=other.seq,
            ),
            field="on",
        )


# --- whose business it is ----------------------------------------------------------------------


def _seat(
    case: Case, milestone: Milestone, request: Request, body: str, command: FollowUp
) -> tuple[str, bool]:
    party = case.definition.party_of(body)
    reply = reply_to(case, milestone, request)

    def own(role: Role, place: str) -> bool:
        match command.step:
            case Step.SENT:
                return Permission.RECORD in role.may and place in ("", party)
            case Step.RECEIVED:
                return Permission.RECORD_ON_BEHALF in role.may
            case Step.REPLIED:
                its = reply is not None and role.id in reply.owners
                return its and Permission.TASK in role.may

    return own_or_on_behalf(case, _wanted(command.step, body), own, command.reference)


def _wanted(step: Step, body: str) -> Text:
    match step:
        case Step.SENT:
            return text("say that the answer of {body} was sent", body=body)
        case Step.RECEIVED:
            return text("say that the answer of {body} was received", body=body)
        case Step.REPLIED:
            return text("reply to the answer of {body}", body=body)


def reply_to(case: Case, milestone: Milestone, request: Request) -> Task | None:
    """Return the task that replies to the answers on a request, where there is one."""
    tasks = case.definition.tasks_of(milestone.id)
    return next((task for task in tasks if task.replies_to == request.id), None)
