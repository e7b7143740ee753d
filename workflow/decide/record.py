"""Recording a decision: the body, its request, the round, and whether it is admitted."""

from collections.abc import Callable
from datetime import date

from definitions.calendar.dates import PartialDate, parse_date
from definitions.language.actions import BLANK, Field, action
from definitions.language.errors import InvalidValue, NotFound
from definitions.language.length_limits import HASH, check_length
from definitions.language.naming import did_you_mean, guess_at
from definitions.language.text import text
from definitions.language.values import replace
from definitions.model import (
    Definition,
    Effect,
    Milestone,
    Outcome,
    Permission,
    Request,
    Role,
)
from workflow.decide.case import (
    Case,
    Decided,
    effective_day,
    happened,
    known_of,
    milestone_named,
    named,
    own_or_on_behalf,
)
from workflow.decide.choices import check_options
from workflow.decide.leave import check_there
from workflow.decide.openness import check_secrecy, openness_for
from workflow.model.commands import Record
from workflow.model.events import DecisionRecorded
from workflow.model.state import FIRST_ROUND, DecisionKey, MilestoneState
from workflow.rules.boards import board_on, sits
from workflow.rules.fold import in_round
from workflow.rules.gates import evaluate
from workflow.rules.later_entries import entered_later, later_than
from workflow.rules.refusals import (
    AlreadyDecided,
    AskedTooSoon,
    DateRefused,
    Missing,
    NobodySits,
    NotAdmitted,
    TwiceADay,
    check_known,
    withdraw_it,
)
from workflow.rules.rounds import AmbiguousRound, round_of
from workflow.rules.terms import due_date
from workflow.rules.votes import votes_of


def record(case: Case, command: Record) -> Decided:
    """Decide whether a body's decision can be recorded.

    Raises:
        NotFound: no such milestone, request, body or outcome.
        InvalidValue: the votes or the hash of the text are malformed, or the votes cannot have led
            to that outcome.
        NotAllowed: the actor has no seat that may record it.
        NobodySits: every member of the body left.
        DateRefused, NotAdmitted, AskedTooSoon, AlreadyDecided, Missing, AmbiguousRound: see there.
    """
    check_length(command.text, HASH, text("The hash of a text"), field="text")
    check_secrecy(command)
    definition = case.definition
    milestone = milestone_named(definition, command.milestone)
    request, body = asked_of(definition, milestone, command.body, command.request)
    outcome = _outcome(definition, request, body, command.outcome)
    case = _on_its_day(case, outcome, command)
    _check_members(case, body)
    votes = votes_of(command.votes, outcome, board_on(case.then, body))
    if command.out_of_order is None:
        check_there(case, definition.party_of(body), owed=True)
    seat, on_behalf = _seat(case, body, command)
    key = (milestone.id, request.id, _round(case, milestone, request, body, command), body)
    _check_ground(outcome, body, command)
    if command.out_of_order is None:
        check_admitted(_in_its_round(case, key, command), milestone, request, body, command)
    _check_first(case, request, key, outcome, command.on)
    if outcome.needs_past_due:
        check_lapsed(case, request, body, command)
    check_options(case, request, outcome, command)
    _check_content(request, outcome, command)
    party = definition.party_of(body)
    seen_by = openness_for(case, command.openness, party, on_behalf=on_behalf)
    event = _decision(key, replace(command, votes=votes, openness=seen_by), on_behalf=on_behalf)
    return happened(event, command.on, seat)


def _decision(key: DecisionKey, command: Record, *, on_behalf: bool) -> DecisionRecorded:
    milestone, request, number, body = key
    return DecisionRecorded(
        milestone=milestone,
        request=request,
        round=number,
        body=body,
        outcome=command.outcome,
        votes=command.votes,
        reference=command.reference,
        ground=command.ground,
        text=command.text,
        options=command.options,
        unnamed_options=command.unnamed_options,
        points=command.points,
        signed_by=command.signed_by,
        on_behalf=on_behalf,
        out_of_order=command.out_of_order,
        remark=command.remark,
        of_round=number if command.on.is_unknown else command.round,
        openness=command.openness,
        secrecy=command.secrecy,
    )


def _round(case: Case, milestone: Milestone, request: Request, body: str, command: Record) -> int:
    """Return the round to which an answer belongs."""

    def decided(number: int) -> bool:
        found = case.then.state.decisions.get((milestone.id, request.id, number, body))
        return found is not None and found.closes

    if command.on.is_unknown:
        return _round_of_unknown_day(case, milestone, decided, command.round)
    return round_of(
        case.then.state,
        milestone.id,
        command.on,
        admitted=request.admitted_in,
        named=command.round,
        settled=decided,
    )


def _round_of_unknown_day(
    case: Case, milestone: Milestone, decided: Callable[[int], bool], named: int | None
) -> int:
    """Return the round of a decision of which no source says the day.

    Args:
        decided: whether the body has decided in a round.
        named: the round that the command names; None if it names none.

    Raises:
        InvalidValue: there has been no such round.
        AmbiguousRound: it may be of several, and the command names none.
    """
    rounds = range(FIRST_ROUND, case.now.state.round_of(milestone.id) + 1)
    if named is not None:
        if named in rounds:
            return named
        raise InvalidValue(
            text(
                "“{milestone}” has not been in round {round}: it is in round {present}.",
                milestone=milestone.id,
                round=named,
                present=rounds[-1],
            ),
            field="round",
        )
    possible = [each for each in rounds if not decided(each)] or rounds[-1:]
    if len(possible) == 1:
        return possible[0]
    raise AmbiguousRound(
        text(
            "“{milestone}” is in round {present}, and a decision of an unknown day can be of each "
            "round.",
            milestone=milestone.id,
            present=rounds[-1],
        ),
        advice=text(
            "Say which: {rounds}.", rounds=[Field("round", str(each)) for each in possible]
        ),
    )


def _on_its_day(case: Case, outcome: Outcome, command: Record) -> Case:
    """Return a case on the day of a decision: of one of an unknown day, with all that is on record.

    Raises:
        DateRefused: nothing can have been decided on that day, or not without a day.
        Missing: the day is unknown, and no source is named.
    """
    if command.on.is_unknown:
        _check_unknown(outcome, command)
        return replace(case, then=case.now)
    effective_day(command.on, case.now.state.begins, case.actor.today)
    return case


def _in_its_round(case: Case, key: DecisionKey, command: Record) -> Case:
    """Return a case in which a milestone is in the round of a decision, also of a past one."""
    if not command.on.is_unknown:
        return case
    milestone, _, number, _ = key
    return replace(case, then=case.now.with_state(in_round(case.now.state, milestone, number)))


def _check_unknown(outcome: Outcome, command: Record) -> None:
    """Refuse an unknown day where nobody says so, or where there is nothing without a day.

    Raises:
        Missing: no source is named.
        DateRefused: it decides nothing, or says that a term had passed.
    """
    if outcome.effect is Effect.PENDING or outcome.needs_past_due:
        raise DateRefused(
            text("“{outcome}” is not recorded without its day.", outcome=outcome.id),
            field="on",
            advice=text("Give what is known: a month, “by” a day, or between two days (A/B)."),
        )
    if not command.reference:
        raise Missing(
            text("That the day is not known takes a source that says what was decided."),
            advice=text("Add {field} with where it can be found.", field=Field("reference")),
            field="reference",
        )


def _check_ground(outcome: Outcome, body: str, command: Record) -> None:
    if outcome.needs_ground and not command.ground and not command.secrecy:
        raise Missing(
            text("“{outcome}” needs a ground.", outcome=outcome.id),
            advice=text(
                "Add {field} with the ground on which {body} decided so.",
                body=body,
                field=Field("ground"),
            ),
            field="ground",
        )


def _check_content(request: Request, outcome: Outcome, command: Record) -> None:
    """Refuse signatures that are not asked for, and points of an outcome that has none."""
    for role in command.signed_by:
        named(known_of(request.signed_by), role, text("signature on “{what}”", what=request.id))
    if command.points and outcome.effect is Effect.PENDING:
        raise InvalidValue(
            text("“{outcome}” answers nothing yet, so it has no points.", outcome=outcome.id),
            field="points",
        )
    if any(not point.strip() for point in command.points):
        raise InvalidValue(text("A point is not empty."), field="points")


# --- who and what ------------------------------------------------------------------------------


def asked_of(
    definition: Definition, milestone: Milestone, name: str, request: str | None
) -> tuple[Request, str]:
    """Return the request and the body that are meant.

    Args:
        name: a body, or a party of which only one body can be meant.
        request: the request, or None where only one can be meant.

    Raises:
        NotFound: nothing fits, or more than one does.
    """
    if request is not None:
        requests = [named(milestone.requests, request, text("request"))]
    else:
        requests = list(milestone.requests.values())
    meant = [
        (each, body)
        for each in requests
        for body in each.bodies
        if name in (body, definition.party_of(body))
    ]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise _ambiguous(milestone, name, meant)
    raise _nobody(definition, milestone, name, requests)


def _ambiguous(milestone: Milestone, name: str, meant: list[tuple[Request, str]]) -> NotFound:
    choices = [
        text("{body} {request}", body=body, request=Field("request", request.id))
        for request, body in meant
    ]
    return NotFound(
        text(
            "“{name}” is asked more than once in “{milestone}”.", name=name, milestone=milestone.id
        ),
        advice=text("Say which: {choices}.", choices=choices),
    )


def _nobody(
    definition: Definition, milestone: Milestone, name: str, requests: list[Request]
) -> NotFound:
    bodies = list(dict.fromkeys(body for request in requests for body in request.bodies))
    if not bodies:
        return NotFound(
            text("“{milestone}” asks nobody anything.", milestone=milestone.id),
            advice=text(
                "See what moves it with: {command}",
                command=action("explain", process=BLANK, milestone=milestone.id),
            ),
        )
    if name in definition.bodies or name in definition.parties:
        return NotFound(
            text("“{milestone}” asks nothing of “{name}”.", milestone=milestone.id, name=name),
            advice=text("It asks: {bodies}.", bodies=bodies),
        )
    known = [*definition.parties, *definition.bodies]
    return NotFound(text("There is no body “{name}”.", name=name), advice=did_you_mean(name, known))


def _outcome(definition: Definition, request: Request, body: str, name: str) -> Outcome:
    instrument = definition.instruments[request.instruments[body]]
    if name not in instrument.outcomes:
        guess = guess_at(name, instrument.outcomes)
        raise NotFound(
            text("A “{instrument}” has no outcome “{name}”.", instrument=instrument.id, name=name),
            advice=text("It has: {outcomes}.", outcomes=list(instrument.outcomes))
            if guess is None
            else text("{guess} It has: {outcomes}.", guess=guess, outcomes=[*instrument.outcomes]),
        )
    return instrument.outcomes[name]


def _check_members(case: Case, body: str) -> None:
    """Refuse a decision of a body of the region that has no members any more."""
    if not sits(case.then, body):
        left = case.then.state.departures
        members = list(case.definition.regional[body].members)
        raise NobodySits(
            text("“{body}” has no members since {parties} left.", body=body, parties=members),
            advice=withdraw_it(max(left[each].seq for each in members)),
        )


def check_lapsed(case: Case, request: Request, body: str, command: Record) -> None:
    """Refuse to say that a term passed before it did.

    Raises:
        DateRefused: it had not passed by then.
    """
    party = case.definition.party_of(body)
    ends = None
    if request.due is not None:
        ends = due_date(case.then, request.due, party).deadline
    if ends is None or command.on.day is None or command.on.day <= ends:
        values = {"body": body, "on": command.on, "ends": ends}
        if ends is None:
            refused = text(
                "The term of {body} may not have passed on {on}: its last day is not known.",
                **values,
            )
        elif command.on.last is None or command.on.last <= ends:
            refused = text("The term of {body} has not passed on {on}: it ends {ends}.", **values)
        else:
            refused = text(
                "The term of {body} may not have passed on {on}: it ends {ends}.", **values
            )
        raise DateRefused(
            refused,
            field="on",
            see="due",
        )


# --- may it be ---------------------------------------------------------------------------------


def _seat(case: Case, body: str, command: Record) -> tuple[str, bool]:
    party = case.definition.party_of(body)

    def own(role: Role, place: str) -> bool:
        return Permission.RECORD in role.may and place in ("", party)

    wanted = text("record a decision of {body}", body=body)
    return own_or_on_behalf(case, wanted, own, command.reference)


def check_admitted(
    case: Case, milestone: Milestone, request: Request, body: str, command: Record
) -> None:
    """Refuse a decision that was not asked for on its day, or not yet of this body.

    Raises:
        NotAdmitted: its milestone was in no state that admits it.
        AskedTooSoon: what has to come first for its own party had not.
    """
    at = case.then.state.milestones[milestone.id]
    states = (
        _states_in_round(case, milestone, at)
        if command.on.is_unknown
        else at.states_on(case.then.day)
    )
    if not set(states) & set(request.admitted_in):
        what = f"{milestone.id}/{request.id}"
        later = entered_later(milestone.id, request.admitted_in, case.then.day, case.now.state)
        raise NotAdmitted(what, milestone.id, states, request.admitted_in, command.on).though(later)
    party = case.definition.party_of(body)
    finding = evaluate(request.after, case.then, party)
    if not finding.holds:
        raise AskedTooSoon(
            body, request.id, finding, later_than(request.after, case.then, case.now.state, party)
        )


def _states_in_round(case: Case, milestone: Milestone, at: MilestoneState) -> tuple[str, ...]:
    """Return the states that a milestone has been in, in the round of a decision.

    Those of a round that is over are not known any more: in one of them something was admitted.
    """
    now = case.now.state.milestones[milestone.id]
    if at.round < now.round:
        return milestone.states
    since = now.opened_on or date.min
    return tuple(state for state, day in now.entered.items() if day >= since)


def _check_first(
    case: Case, request: Request, key: DecisionKey, outcome: Outcome, on: PartialDate
) -> None:
    """Refuse a second decision in a round, and one before a day on which it was held over.

    That it was held over may still be recorded, or corrected, when the decision is there.
    """
    *_, round_, body = key
    found = case.now.state.decisions.get(key)
    if found is None:
        return
    earlier = on.day is not None and on.day < found.effective_on
    if earlier and outcome.effect is Effect.PENDING:
        return
    if found.closes:
        refusal = AlreadyDecided(body, request.id, round_, found.outcome, found.seq)
        same = found.outcome == outcome.id
        raise refusal.unless(found.seq, on, found.effective_on) if same else refusal
    if on.day == found.effective_on and outcome.effect is Effect.PENDING:
        raise TwiceADay(body, found.outcome, found.seq, on)
    if on.day is not None and on.day < found.effective_on:
        check_known(on, parse_date(found.effective), found.seq)
        raise DateRefused(
            text(
                "{body} answered “{outcome}” on {since} (entry {seq}); one before that ({on}) "
                "comes too late.",
                body=body,
                seq=found.seq,
                outcome=found.outcome,
                since=parse_date(found.effective),
                on=on,
            ),
            field="on",
            advice=text("Answers of one body in a round are recorded in the order of their dates."),
        )
