"""Reporting tasks and parts of deliverables, and writing notes."""

from collections.abc import Mapping
from datetime import date

from definitions.calendar.dates import PartialDate, parse_date
from definitions.language.actions import BLANK, Field, action
from definitions.language.errors import InvalidValue, NotFound
from definitions.language.length_limits import HASH, NAME, check_length
from definitions.language.naming import did_you_mean
from definitions.language.text import ntext, text
from definitions.model import FIRST_YEAR, LAST_YEAR, Definition, Permission, Role, Task, TaskRef
from workflow.decide.case import (
    Case,
    Decided,
    effective_day,
    happened,
    known_of,
    named,
    own_or_on_behalf,
    possible_day,
    seat_with,
)
from workflow.decide.leave import check_there, owes
from workflow.decide.openness import check_secrecy, openness_for
from workflow.model.commands import AddNote, ReportPart, ReportTask
from workflow.model.events import NoteAdded, PartReported, TaskReported, names_in
from workflow.model.state import PartKey
from workflow.rules.arising import arisen_on
from workflow.rules.gates import part_name
from workflow.rules.later_entries import arises_later, entered_later, replied_later
from workflow.rules.refusals import NotAdmitted, NotArisen, Refused, TwiceADay, withdraw_it
from workflow.rules.rounds import round_of
from workflow.rules.tasks import task_name, waiting_replies, years_of
from workflow.rules.terms import check_terms


def report_task(case: Case, command: ReportTask) -> Decided:
    """Decide whether the result of a task can be reported.

    Raises:
        NotFound: no such task, result, or party or group it is for.
        NotAllowed: it is not the actor's business.
        DateRefused, NotAdmitted, Missing: see there.
        InvalidValue: a term counts from it into a year whose working days are not known.
    """
    task = task_named(case.definition, command.task)
    subject = _subject(str(task.ref), task.subjects, command.subject)
    named(task.results, command.result, text("result"), str(task.ref))
    day = effective_day(command.on, case.now.state.begins, case.actor.today)
    if command.out_of_order is None and not owes(case.then, task, subject):
        check_there(case, subject, owed=True)
    year = _year(case, task, command, day)
    number = _round(case, task, subject, command)
    seat, on_behalf = _task_seat(case, task, subject, command)
    check_not_done(case, task, subject, year or number, command)
    _check_same_day(case, task, (subject, year or number), command)
    check_timely(case, task, subject, command)
    if task.results[command.result]:
        check_terms(case.definition, str(task.ref), day)
    event = TaskReported(
        milestone=task.ref.milestone,
        task=task.ref.task,
        subject=subject,
        round=number,
        result=command.result,
        year=year,
        reference=command.reference,
        on_behalf=on_behalf,
        out_of_order=command.out_of_order,
        remark=command.remark,
        of_round=command.round,
        openness=openness_for(case, command.openness, subject, on_behalf=on_behalf),
    )
    return happened(event, command.on, seat)


def _round(case: Case, task: Task, subject: str, command: ReportTask) -> int:
    """Return the round to which a report belongs; 0 for a task that is not done anew each round.

    Raises:
        InvalidValue: a round is named of such a task, or one that was not open.
        AmbiguousRound: the date does not say which one.
    """
    if not task.each_round:
        if command.round is not None:
            raise InvalidValue(
                text("“{task}” is not done anew each round.", task=task.ref),
                advice=text("Leave out {field}.", field=Field("round")),
                field="round",
            )
        return 0

    def done(number: int) -> bool:
        found = case.then.state.tasks.get((task.ref.milestone, task.ref.task, subject, number))
        return found is not None and found.done

    return round_of(
        case.then.state,
        task.ref.milestone,
        command.on,
        admitted=task.admitted_in,
        named=command.round,
        settled=done,
    )


def task_named(definition: Definition, written: str) -> Task:
    """Return the task written ``milestone/task`` or ``task``, or raise NotFound."""
    milestone, _, name = written.rpartition("/")
    ref = TaskRef(milestone, name)
    if ref not in definition.tasks:
        known = [str(ref) for ref in definition.tasks]
        alike = [each for each in known if each.endswith(f"/{written}")]
        raise NotFound(
            text("There is no task “{name}”.", name=written),
            advice=text("There are: {names}.", names=alike)
            if alike
            else did_you_mean(written, known),
        )
    return definition.tasks[ref]


def _subject(what: str, subjects: tuple[str, ...], given: str | None) -> str:
    """Return the party or group that is meant; the only one where there is just one."""
    if given is None:
        if len(subjects) == 1:
            return subjects[0]
        raise NotFound(
            text("“{what}” is there for each of several.", what=what),
            advice=text(
                "Say for which, with {field}: {subjects}.",
                subjects=subjects,
                field=Field("subject"),
            ),
        )
    if subjects == ("",):
        raise NotFound(
            text("“{what}” is there once, not for each.", what=what),
            advice=text("Leave out {field}.", field=Field("subject")),
        )
    return named(known_of(subjects), given, text("party or group"))


def _task_seat(case: Case, task: Task, subject: str, command: ReportTask) -> tuple[str, bool]:
    def own(role: Role, place: str) -> bool:
        its = role.id in task.owners and Permission.TASK in role.may
        return its and (not place or not subject or place == subject)

    wanted = text("report “{task}”", task=task.ref)
    return own_or_on_behalf(case, wanted, own, command.reference)


def check_timely(case: Case, task: Task, subject: str, command: ReportTask) -> None:
    """Refuse a report of a day on which there was nothing to report yet.

    Raises:
        NotArisen: the task had not come into being.
        NotAdmitted: its milestone was in no state that admits it.
        NotReplied: it says that a reply is finished, and points of the answer wait for one.
    """
    if command.out_of_order is None:
        _check_admitted(case, task, subject, command)
    if task.results[command.result]:
        _check_replied(case, task, subject)


def _check_admitted(case: Case, task: Task, subject: str, command: ReportTask) -> None:
    day = case.then.day
    if not task.yearly and arisen_on(case.then, task, subject) is None:
        later = arises_later(task, subject, case.then, case.now.state)
        raise NotArisen(task_name(task.ref, subject), command.on).though(later)
    if not task.admitted_in:
        return
    states = case.then.state.milestones[task.ref.milestone].states_on(day)
    if not set(states) & set(task.admitted_in):
        later = entered_later(task.ref.milestone, task.admitted_in, day, case.now.state)
        raise NotAdmitted(
            str(task.ref), task.ref.milestone, states, task.admitted_in, command.on
        ).though(later)


def _year(case: Case, task: Task, command: ReportTask, day: date) -> int | None:
    """Return the year a report is about, of a task that arises every year.

    Raises:
        InvalidValue: the year is malformed, or the task does not arise every year.
        NotArisen: it did not arise in that year, or not yet.
    """
    if not task.yearly:
        if command.year is not None:
            raise InvalidValue(
                text("“{task}” does not arise every year.", task=task.ref),
                advice=text("Leave out {field}.", field=Field("year")),
                field="year",
            )
        return None
    year = day.year if command.year is None else command.year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValue(
            text("A year is one from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR),
            field="year",
        )
    if command.out_of_order is None:
        check_year(case, task, year, command.on)
    return year


def check_year(case: Case, task: Task, year: int, on: PartialDate) -> None:
    """Refuse a report on a yearly task for a year in which it did not arise, or not yet.

    Raises:
        NotArisen: it did not arise in that year.
    """
    if year not in years_of(case.then, task):
        later = arises_later(task, "", case.then, case.now.state)
        raise NotArisen(task_name(task.ref, "", year), on).though(later)


def check_not_done(
    case: Case, task: Task, subject: str, number: int, command: ReportTask | None = None
) -> None:
    """Refuse a second report that a task is done, since a term may count from the first.

    Args:
        number: the year or the round; 0 if the task has neither.
        command: the report, for the advice.

    Raises:
        AlreadyReported: it names the earlier entry, which can be corrected.
    """
    year = number if task.yearly else None
    found = case.now.state.tasks.get((task.ref.milestone, task.ref.task, subject, number))
    if found is None or not found.done or (task.repeats and year is None):
        return
    arisen = None if year else arisen_on(case.now, task, subject)
    if arisen is not None and found.effective_on < arisen:
        return  # it arose anew since
    refusal = AlreadyReported(
        text(
            "“{task}” was reported “{result}” on {on}, as entry {seq}.",
            task=task_name(task.ref, subject, year),
            result=found.result,
            on=parse_date(found.effective),
            seq=found.seq,
        ),
        advice=withdraw_it(found.seq),
    )
    if command is not None and command.result == found.result:
        refusal.unless(found.seq, command.on, found.effective_on)
    raise refusal


def _check_same_day(case: Case, task: Task, of: tuple[str, int], command: ReportTask) -> None:
    """Refuse a second result on one day with which the task is not done either.

    Args:
        of: for whom it is, and its year or round.
    """
    found = case.then.state.tasks.get((task.ref.milestone, task.ref.task, *of))
    if found is None or found.done or task.results[command.result]:
        return
    if command.on.day == found.effective_on:
        raise TwiceADay(task_name(task.ref, of[0]), found.result, found.seq, command.on)


class AlreadyReported(Refused):
    """A task is done, and is reported once more."""


def _check_replied(case: Case, task: Task, party: str) -> None:
    """Refuse that a reply is finished while points of the answer wait for one."""
    waiting = waiting_replies(case.then, task, party)
    if waiting:
        raise NotReplied(
            ntext(
                "One point of the answer of {party} has no reply yet: {points}.",
                "{n} points of the answer of {party} have no reply yet: {points}.",
                len(waiting),
                party=party,
                points=waiting,
            ),
            advice=text(
                "Reply to each: {command}",
                command=action(
                    "answer",
                    process=BLANK,
                    milestone=task.ref.milestone,
                    body=party,
                    point=BLANK,
                    request=task.replies_to,
                ),
            ),
        ).though(replied_later(task, party, case.then, case.now.state))


class NotReplied(Refused):
    """A reply is reported as finished while points of the answer have none."""


def report_part(case: Case, command: ReportPart) -> Decided:
    """Decide whether the level of a part can be reported.

    Raises:
        NotFound: no such deliverable, part, level or party.
        NotAllowed: no seat that may.
        DateRefused, Missing: see there.
        InvalidValue: the name of its version is too long, or its hash is malformed.
    """
    check_length(command.version, NAME, text("The name of a version"), field="version")
    check_length(command.text, HASH, text("The hash of a text"), field="text")
    check_secrecy(command)
    name, _, part_id = command.part.partition("/")
    deliverable = named(case.definition.deliverables, name, text("deliverable"))
    if not part_id:
        raise NotFound(
            text("Which part of “{name}”?", name=name),
            advice=text("It has: {parts}.", parts=[f"{name}/{part}" for part in deliverable.parts]),
        )
    part = named(deliverable.parts, part_id, text("part"), name)
    subject = _subject(command.part, part.subjects, command.subject)
    named(known_of(deliverable.levels), command.level, text("level"), name)
    effective_day(command.on, case.now.state.begins, case.actor.today)
    check_there(case, subject, owed=False)
    _check_higher(case, (name, part_id, subject), command)

    def own(role: Role, _: str) -> bool:
        return Permission.DELIVERABLE in role.may

    wanted = text("report “{part}”", part=command.part)
    seat, on_behalf = own_or_on_behalf(case, wanted, own, command.reference)
    event = PartReported(
        deliverable=name,
        part=part_id,
        subject=subject,
        level=command.level,
        reference=command.reference,
        text=command.text,
        version=command.version,
        on_behalf=on_behalf,
        remark=command.remark,
        openness=openness_for(case, command.openness, subject, on_behalf=on_behalf),
        secrecy=command.secrecy,
    )
    return happened(event, command.on, seat)


def _check_higher(case: Case, part: PartKey, command: ReportPart) -> None:
    """Refuse a second report of a part on one day, unless it reached a higher level then."""
    found = case.then.state.parts.get(part)
    if found is None or command.on.day != found.effective_on:
        return
    levels = case.definition.deliverables[part[0]].levels
    if levels.index(command.level) <= levels.index(found.level):
        raise TwiceADay(part_name(*part), found.level, found.seq, command.on)


def add_note(case: Case, command: AddNote) -> Decided:
    """Decide whether a note can be written. The only thing whose date may be unknown.

    Raises:
        NotFound: it is about a milestone, party or body that does not exist.
        NotAllowed: no seat that may.
        NotOurs: it is to be one party's own, and whoever writes it has no seat there.
        DateRefused: the date has not been yet, or lies before the process.
        InvalidValue, Missing: it says nothing, or something of what is secret.
    """
    check_secrecy(command)
    for name in names_in(command.about):
        named(_topics(case.definition), name, text("milestone, party or body"))
    if command.on.day is not None:
        possible_day(command.on, command.on.day, case.now.state.begins, case.actor.today)
    seat = seat_with(case, Permission.NOTE, text("write a note"))
    _, _, place = seat.partition("@")
    event = NoteAdded(
        command.note,
        command.reference,
        command.about,
        openness_for(case, command.openness, place),
        command.secrecy,
    )
    return happened(event, command.on, seat)


def _topics(definition: Definition) -> Mapping[str, object]:
    """Return the possible subjects of a note, by name."""
    everybody = definition.everybody
    return {**definition.milestones, **everybody.parties, **everybody.bodies}
