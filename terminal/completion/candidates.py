"""The candidates for the next word, from a process and the words typed before.

Pure: nothing here reads a database or a command line. The most likely candidates come first.
"""

from collections.abc import Iterable, Iterator, Mapping

from definitions.calendar.dates import parse_date
from definitions.language.text import Text, text
from definitions.language.values import dataclass
from definitions.model import (
    Effect,
    Instrument,
    Milestone,
    Part,
    Request,
    Task,
    TaskRef,
    title_in,
)
from terminal.completion.offers import Offer
from workflow.model.state import places_of, seat_name
from workflow.rules.asked import asked_bodies
from workflow.rules.available_transitions import transitions_from
from workflow.rules.gates import decisions_on
from workflow.rules.snapshot import Snapshot
from workflow.rules.tasks import instances_of, unanswered


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible word, with an explanation for shells that show one."""

    value: str
    help: Text | str = ""


@dataclass(frozen=True, slots=True)
class Known(Snapshot):
    """A process in its present state, for completion.

    Attributes:
        people: the name of everybody, by their opaque id.
    """

    people: Mapping[str, str]
    language: str = "en"


Typed = Mapping[str, object]
"""The words typed before, by the names of their parameters."""


def _word(typed: Typed, name: str) -> str:
    """Return a word that was typed before; empty where it was not."""
    return str(typed.get(name) or "")


def candidates(offer: Offer, known: Known, typed: Typed) -> list[Candidate]:
    """Return the candidates; none if they depend on an unknown word."""
    found: dict[str, Candidate] = {}
    for each in _found(offer, known, typed):
        found.setdefault(each.value, each)
    return list(found.values())


def _found(  # noqa: C901 - one line for each kind
    offer: Offer, known: Known, typed: Typed
) -> Iterable[Candidate]:
    match offer:
        case Offer.MILESTONE | Offer.DRAWN:
            return _milestones(known)
        case Offer.TRIGGER:
            return _triggers(known, typed)
        case Offer.STATE:
            return _states(known, typed)
        case Offer.REQUEST | Offer.BODY | Offer.ANSWERED | Offer.OUTCOME | Offer.POINT:
            return _of_requests(offer, known, typed)
        case Offer.OPTION | Offer.SIGNATORY:
            return _of_a_decision(offer, known, typed)
        case (
            Offer.PARTY
            | Offer.CANDIDATE
            | Offer.GROUP
            | Offer.ROLE
            | Offer.SEAT
            | Offer.HOLDER
            | Offer.PERSON
        ):
            return _people(offer, known, typed)
        case Offer.TOPIC:
            return _topics(known)
        case Offer.TASK | Offer.RESULT:
            return _tasks(offer, known, typed)
        case Offer.PART | Offer.LEVEL:
            return _parts(offer, known, typed)
        case Offer.SUBJECT:
            return _subjects(known, typed)
        case Offer.DUE:
            return _dues(known)
        case Offer.AMENDABLE:
            return _amendable(known)
        case Offer.DEFINITION | Offer.FACTS | Offer.EXPORTED | Offer.PROCESS | Offer.ENTRY:
            return ()


# --- milestones --------------------------------------------------------------------------------


def _milestones(known: Known) -> Iterator[Candidate]:
    for milestone in known.definition.milestones.values():
        title = title_in(milestone.title, known.language, milestone.id)
        yield Candidate(milestone.id, f"{title} ({known.state.milestones[milestone.id].state})")


def _triggers(known: Known, typed: Typed) -> Iterator[Candidate]:
    """Yield the transitions that leave the present state, the open ones first."""
    ways = []
    for milestone in _milestone(known, typed):
        for way in transitions_from(milestone, known):
            arm = way.arm
            said = (
                text("open, leads to {state}", state=arm.target)
                if way.is_open
                else text("closed, leads to {state}", state=arm.target)
            )
            ways.append((not way.is_open, arm.explicit, Candidate(arm.trigger, said)))
    yield from (each for _, _, each in sorted(ways, key=lambda way: way[:2]))


def _states(known: Known, typed: Typed) -> Iterator[Candidate]:
    """Yield the states that the present one leads to."""
    for milestone in _milestone(known, typed):
        for arm in milestone.arms_from(known.state.milestones[milestone.id].state):
            if typed.get("trigger") in {None, arm.trigger}:
                yield Candidate(arm.target, arm.trigger)


def _milestone(known: Known, typed: Typed) -> tuple[Milestone, ...]:
    """Return the milestone that was typed, if there is one of that name."""
    found = known.definition.milestones.get(_word(typed, "milestone"))
    return () if found is None else (found,)


# --- decisions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """A body that is asked something, and its answer so far."""

    milestone: Milestone
    request: Request
    body: str
    outcome: str | None
    closed: bool


def _asked(known: Known, typed: Typed) -> list[_Asked]:
    """Return the bodies asked in the milestone that match the words typed before."""
    found = []
    for milestone in _milestone(known, typed):
        for request in milestone.requests.values():
            if typed.get("request") not in {None, request.id}:
                continue
            given = decisions_on(known.state, milestone.id, request)
            for body in asked_bodies(known, milestone.id, request):
                answer = given.get(body)
                said = (None, False) if answer is None else (answer.outcome, answer.closes)
                found.append(_Asked(milestone, request, body, *said))
    return found


def _of_requests(offer: Offer, known: Known, typed: Typed) -> Iterator[Candidate]:
    everybody = _asked(known, typed)
    meant = [each for each in everybody if typed.get("body") in {None, *_names(known, each)}]
    match offer:
        case Offer.REQUEST:
            yield from (Candidate(each.request.id) for each in meant)
        case Offer.OUTCOME:
            yield from _outcomes(known, meant if meant or "body" in typed else None)
        case Offer.POINT:
            yield from _points(known, meant)
        case _:
            answered = offer is Offer.ANSWERED
            first = sorted(everybody, key=lambda each: each.closed is not answered)
            for each in first:
                if each.outcome is not None or not answered:
                    yield _body(known, everybody, each)


def _names(known: Known, asked: _Asked) -> tuple[str, str]:
    return asked.body, known.definition.party_of(asked.body)


def _body(known: Known, everybody: Iterable[_Asked], asked: _Asked) -> Candidate:
    """Return a body by the name of its party, where no other of its bodies can be meant."""
    party = known.definition.party_of(asked.body)
    meant = [each for each in everybody if party and known.definition.party_of(each.body) == party]
    said = (
        text("{request}: no decision known", request=asked.request.id)
        if asked.outcome is None
        else f"{asked.request.id}: {asked.outcome}"
    )
    return Candidate(party if len(meant) == 1 else asked.body, said)


def _outcomes(known: Known, meant: Iterable[_Asked] | None) -> Iterator[Candidate]:
    """Yield the outcomes of the instruments they answer with; all there are for None."""
    for instrument in _instruments(known, meant):
        for outcome in instrument.outcomes.values():
            yield Candidate(outcome.id, _effect(outcome.effect))


def _instruments(known: Known, meant: Iterable[_Asked] | None) -> Iterator[Instrument]:
    instruments = known.definition.instruments
    if meant is None:
        yield from instruments.values()
    else:
        yield from (instruments[each.request.instruments[each.body]] for each in meant)


def _effect(effect: Effect) -> Text:
    match effect:
        case Effect.FOR:
            return text("counts for")
        case Effect.AGAINST:
            return text("counts against")
        case Effect.ANSWERED:
            return text("counts as an answer")
        case Effect.PENDING:
            return text("decides nothing yet")


def _points(known: Known, meant: Iterable[_Asked]) -> Iterator[Candidate]:
    """Yield the points of an answer to which nobody replied yet."""
    for each in meant:
        number = known.state.round_of(each.milestone.id)
        key = (each.milestone.id, each.request.id, number, each.body)
        if key in known.state.decisions:
            points = known.state.decisions[key].points
            for point in unanswered(known.state, key):
                yield Candidate(str(point), points[point - 1])


def _of_a_decision(offer: Offer, known: Known, typed: Typed) -> Iterator[Candidate]:
    """Yield the options that a decision may name, or the roles that sign it."""
    for request in {each.request.id: each.request for each in _asked(known, typed)}.values():
        if offer is Offer.SIGNATORY:
            yield from map(Candidate, request.signed_by)
        elif request.options is not None and request.options.within is not None:
            for (milestone, name, *_), given in known.state.decisions.items():
                if (milestone, name) == request.options.within:
                    yield from map(Candidate, given.options)


# --- who ---------------------------------------------------------------------------------------


def _people(offer: Offer, known: Known, typed: Typed) -> Iterator[Candidate]:
    definition, state = known.definition, known.state
    match offer:
        case Offer.PARTY:
            for party in state.remaining(tuple(definition.parties)):
                yield Candidate(party, definition.parties[party].name)
        case Offer.CANDIDATE:
            everybody = definition.everybody.parties
            absent = (each for each in definition.may_join if each not in definition.joined)
            yield from (Candidate(each, everybody[each].name) for each in absent)
        case Offer.GROUP:
            yield from (Candidate(group, name) for group, name in definition.groups.items())
        case Offer.ROLE:
            yield from map(Candidate, definition.roles)
        case Offer.SEAT:
            for role in definition.roles.values():
                for place in places_of(definition, role):
                    seat = seat_name(role.id, place)
                    yield Candidate(seat, ", ".join(_holders(known, seat)))
        case Offer.HOLDER:
            yield from map(Candidate, _holders(known, _word(typed, "seat")))
        case _:
            yield from map(Candidate, known.people.values())


def _holders(known: Known, seat: str) -> Iterator[str]:
    for each in known.state.seats.values():
        if seat_name(each.role, each.place) == seat and each.held_on(known.day):
            yield known.people.get(each.person, "")


def _topics(known: Known) -> Iterator[Candidate]:
    """Yield the possible subjects of a note, including parties that left."""
    yield from _milestones(known)
    for party in known.definition.parties.values():
        yield Candidate(party.id, party.name)
    yield from map(Candidate, known.definition.bodies)


# --- what --------------------------------------------------------------------------------------


def _tasks(offer: Offer, known: Known, typed: Typed) -> Iterator[Candidate]:
    if offer is Offer.TASK:
        tasks = sorted(known.definition.tasks.values(), key=lambda each: not _open(known, each))
        yield from (Candidate(str(task.ref), ", ".join(task.owners)) for task in tasks)
        return
    meant = _task(known, typed) if "task" in typed else known.definition.tasks.values()
    for task in meant:
        for result, done in task.results.items():
            yield Candidate(result, text("done with it") if done else text("not done with it"))


def _open(known: Known, task: Task) -> list[str]:
    """Return the subjects with an open instance of a task."""
    found = instances_of(known, task)
    admitted = known.state.milestones.get(task.ref.milestone)
    if admitted and task.admitted_in and admitted.state not in task.admitted_in:
        return []
    return [each.subject for each in found if each.open]


def _task(known: Known, typed: Typed) -> tuple[Task, ...]:
    milestone, _, name = _word(typed, "task").rpartition("/")
    found = known.definition.tasks.get(TaskRef(milestone, name))
    return () if found is None else (found,)


def _parts(offer: Offer, known: Known, typed: Typed) -> Iterator[Candidate]:
    meant, _, _ = _word(typed, "part").partition("/")
    for deliverable in known.definition.deliverables.values():
        if offer is Offer.PART:
            yield from (Candidate(f"{deliverable.id}/{part}") for part in deliverable.parts)
        elif meant in {"", deliverable.id}:
            yield from map(Candidate, deliverable.levels)


def _subjects(known: Known, typed: Typed) -> Iterator[Candidate]:
    """Yield the subjects of a task or part, those with an open instance first."""
    for task in _task(known, typed):
        waiting = _open(known, task)
        yield from map(Candidate, filter(None, (*waiting, *known.state.remaining(task.subjects))))
    for part in _part(known, typed):
        yield from map(Candidate, filter(None, known.state.remaining(part.subjects)))


def _part(known: Known, typed: Typed) -> tuple[Part, ...]:
    name, _, part = _word(typed, "part").partition("/")
    deliverable = known.definition.deliverables.get(name)
    return (deliverable.parts[part],) if deliverable and part in deliverable.parts else ()


def _dues(known: Known) -> Iterator[Candidate]:
    for due in known.definition.dues.values():
        if due.yearly is None:
            moved = known.state.moved(due.ref)
            date_ = parse_date(moved.date) if moved else due.date
            yield Candidate(due.ref, date_.in_words())


def _amendable(known: Known) -> Iterator[Candidate]:
    definition, amended = known.definition, known.state.amendments
    readings = {
        "title": title_in(definition.title, known.language, definition.id),
        **{f"ladder/{name}": ", ".join(rungs) for name, rungs in definition.ladders.items()},
        **{
            f"papers-due/{each.id}": each.papers_due.in_(known.language)
            if each.papers_due
            else text("not known")
            for each in definition.parties.values()
        },
        **{f"route/{each.id}": ", ".join(each.route) for each in definition.parties.values()},
    }
    for what, reading in readings.items():
        yield Candidate(what, amended[what].value if what in amended else reading)
