"""The forms: which fields each has, and the command that is made of them."""

from collections.abc import Callable, Mapping

from definitions.language.text import text
from definitions.language.values import dataclass
from definitions.model import Deliverable, Permission, TaskRef
from web.correcting import NAMED, WAS, changed
from web.inputs import (
    Choice,
    Filling,
    Input,
    Kind,
    asking,
    audiences,
    bodies,
    milestones,
    outcomes,
    parties,
    points,
    requests,
    subjects,
)
from web.links import SLUGS
from web.names import body_name, name_of, names_of, seat_in_words
from web.values import Values
from workflow.model.commands import (
    AddNote,
    Advance,
    Amend,
    Change,
    Command,
    Correct,
    EndSeat,
    FollowUp,
    Join,
    Leave,
    Record,
    Replan,
    ReportPart,
    ReportTask,
)
from workflow.model.events import about_of
from workflow.model.state import Step, places_of, seat_name

Make = Callable[[Values], Command]


@dataclass(frozen=True, slots=True)
class Act:
    """A form, and what it makes.

    Attributes:
        command: the command, as the command line calls it.
        inputs: its fields, in reading order.
        make: makes the command of what was filled in; None where the engine has a call of its own
            for it.
        permissions: one of these is needed for it.
    """

    command: str
    inputs: tuple[Input, ...]
    make: Make | None
    permissions: frozenset[Permission]


# --- fields ------------------------------------------------------------------------------------

_ON = Input(
    "on", Kind.DATE, needed=True, hint=text("For example: 16 March 2021, today, or March 2021.")
)
_SOURCE = Input("reference", hint=text("For example the list of decisions, with its number."))
_REMARK = Input("remark", Kind.LONG, aside=True)
_REASON = Input("reason", Kind.LONG, needed=True)
_OPENNESS = (
    Input("openness", Kind.ONE, aside=True, choices=audiences),
    Input("own_until", Kind.DATE, aside=True),
)
_SECRECY = Input(
    "secrecy", aside=True, hint=text("The ground, with its article; nothing of the content.")
)
_ROUND = Input("round", Kind.NUMBER, aside=True)
_OUT_OF_ORDER = Input("out_of_order", Kind.LONG, aside=True)
_MILESTONE = Input("milestone", Kind.ONE, needed=True, choices=milestones)
_ASKING = Input("milestone", Kind.ONE, needed=True, choices=asking)
_REQUEST = Input("request", Kind.ONE, choices=requests)
_BODY = Input("body", Kind.ONE, needed=True, choices=bodies)
_TEXT = Input(
    "text", Kind.FILE, hint=text("The file is not kept: only its SHA-256, by which it is known.")
)


def _triggers(filling: Filling) -> list[Choice]:
    """Return the transitions that leave the state of the chosen milestone."""
    milestone = filling.milestone
    if milestone is None:
        return []
    state = filling.seen.state.milestones[milestone.id].state
    arms = milestone.arms_from(state)
    return [Choice(arm.trigger, f"{arm.trigger} → {arm.target}") for arm in arms]


def _tasks(filling: Filling) -> list[Choice]:
    return [Choice(str(ref), str(ref)) for ref in filling.definition.tasks]


def _results(filling: Filling) -> list[Choice]:
    where, _, name = (filling.values.text("task") or "").rpartition("/")
    task = filling.definition.tasks.get(TaskRef(where, name))
    every = {result for each in filling.definition.tasks.values() for result in each.results}
    found = sorted(every) if task is None else list(task.results)
    return [Choice(each, each.replace("-", " ")) for each in found]


def _parts(filling: Filling) -> list[Choice]:
    return [
        Choice(f"{each.id}/{part}", f"{each.id}: {part}")
        for each in filling.definition.deliverables.values()
        for part in each.parts
    ]


def _levels(filling: Filling) -> list[Choice]:
    chosen = (filling.values.text("part") or "").partition("/")[0]
    every = filling.definition.deliverables
    found: list[Deliverable] = [every[chosen]] if chosen in every else list(every.values())
    levels = dict.fromkeys(level for each in found for level in each.levels)
    return [Choice(each, each) for each in levels]


def _dues(filling: Filling) -> list[Choice]:
    names = names_of(filling.definition, filling.seen.language)
    return [Choice(each, name_of(each, names)) for each in filling.definition.dues]


def _seats(filling: Filling) -> list[Choice]:
    definition = filling.definition
    return [
        Choice(seat_name(role.id, place), seat_in_words(definition, role.id, place))
        for role in definition.roles.values()
        for place in places_of(definition, role)
    ]


def _holders(filling: Filling) -> list[Choice]:
    seat = filling.values.text("seat")
    held = (
        each
        for each in filling.seen.state.seats.values()
        if each.held_on(filling.seen.day) and seat in (None, seat_name(each.role, each.place))
    )
    return [
        Choice(each.person, filling.people.get(each.person, (each.person, None))[0])
        for each in held
    ]


def _topics(filling: Filling) -> list[Choice]:
    definition = filling.definition
    return [
        *milestones(filling),
        *parties(filling),
        *(Choice(each, body_name(definition, each)) for each in definition.bodies),
    ]


def _languages(_: Filling) -> list[Choice]:
    return [Choice("nl", "Nederlands"), Choice("en", "English")]


def _joining(filling: Filling) -> list[Choice]:
    return [Choice(each, each) for each in filling.definition.may_join]


# --- commands ----------------------------------------------------------------------------------


def _advance(values: Values) -> Command:
    return Advance(
        values.needed("milestone"),
        values.date_or_today("on"),
        trigger=values.text("trigger"),
        attested=values.marked("attested"),
        reference=values.text("reference"),
        remark=values.text("remark"),
    )


def _record(values: Values) -> Command:
    return Record(
        values.needed("milestone"),
        values.needed("body"),
        values.needed("outcome"),
        values.date_or_today("on"),
        request=values.text("request"),
        votes=values.text("votes"),
        reference=values.text("reference"),
        ground=values.text("ground"),
        text=values.text("text"),
        options=values.lines("options"),
        unnamed_options=values.number("unnamed_options"),
        points=values.lines("points"),
        signed_by=values.lines("signed_by"),
        out_of_order=values.text("out_of_order"),
        remark=values.text("remark"),
        round=values.number("round"),
        openness=values.openness(),
        secrecy=values.text("secrecy"),
    )


def _follow_up(step: Step) -> Make:
    def make(values: Values) -> Command:
        return FollowUp(
            values.needed("milestone"),
            values.needed("body"),
            step,
            values.date_or_today("on"),
            request=values.text("request"),
            point=values.number("point") if step is Step.REPLIED else None,
            reference=values.text("reference"),
            remark=values.text("remark"),
            round=values.number("round"),
            openness=values.openness(),
        )

    return make


def _task(values: Values) -> Command:
    return ReportTask(
        values.needed("task"),
        values.needed("result"),
        values.date_or_today("on"),
        subject=values.text("subject"),
        reference=values.text("reference"),
        out_of_order=values.text("out_of_order"),
        remark=values.text("remark"),
        year=values.number("year"),
        round=values.number("round"),
        openness=values.openness(),
    )


def _part(values: Values) -> Command:
    return ReportPart(
        values.needed("part"),
        values.needed("level"),
        values.date_or_today("on"),
        subject=values.text("subject"),
        reference=values.text("reference"),
        text=values.text("text"),
        version=values.text("version"),
        remark=values.text("remark"),
        openness=values.openness(),
        secrecy=values.text("secrecy"),
    )


def _note(values: Values) -> Command:
    secrecy = values.text("secrecy")
    return AddNote(
        values.text("note") or "" if secrecy else values.needed("note"),
        values.date_or_today("on"),
        reference=values.text("reference"),
        about=about_of(values.many("about")),
        openness=values.openness(),
        secrecy=secrecy,
    )


def _replan(values: Values) -> Command:
    due, reason = values.needed("due"), values.needed("reason")
    values.needed("date")
    date = values.date("date")
    assert date is not None  # noqa: S101 - it is filled in, or that was said
    return Replan(
        due,
        date,
        reason,
        values.date_or_today("on"),
        reference=values.text("reference"),
        remark=values.text("remark"),
    )


def _join(values: Values) -> Command:
    return Join(
        values.needed("party"),
        values.needed("reason"),
        values.date_or_today("on"),
        reference=values.text("reference"),
        remark=values.text("remark"),
    )


def _leave(values: Values) -> Command:
    return Leave(
        values.needed("party"),
        values.needed("reason"),
        values.date_or_today("on"),
        reference=values.text("reference"),
        remark=values.text("remark"),
    )


def _amend(values: Values) -> Command:
    return Amend(
        values.needed("what"),
        values.needed("value"),
        values.needed("reason"),
        values.date_or_today("on"),
        reference=values.text("reference"),
    )


def _end_seat(values: Values) -> Command:
    return EndSeat(values.needed("seat"), values.needed("name"), values.date_or_today("on"))


def _correct(values: Values) -> Command:
    seq = values.number("seq")
    values.needed("seq")
    reason = values.needed("reason")
    withdraw = values.marked("withdraw")
    found = {name: _corrected(values, name) for name in _CORRECTED}
    was = {name: values.text(f"{WAS}{name}") for name in _CORRECTED}
    own = {each: name for name, each in NAMED.items()}
    changes = [] if withdraw else [(own.get(n, n), found[n]) for n in changed(found, was)]
    return Correct(
        seq or 0,
        reason,
        tuple((name, value) for name, value in changes if value is not None),
        withdraw,
        values.text("reference"),
    )


_CORRECTED = (
    "on",
    "outcome",
    "votes",
    "ground",
    "text",
    "options",
    "unnamed_options",
    "points",
    "signed_by",
    "result",
    "level",
    "version",
    "date",
    "note",
    "out_of_order",
    "remark",
    "secrecy",
    "source",
)


def _corrected(values: Values, name: str) -> Change | None:
    match name:
        case "on" | "date":
            return values.date(name)
        case "options" | "points" | "signed_by":
            return values.lines(name)
        case "unnamed_options":
            return values.number(name)
        case _:
            return values.text(name)


_VOTES = Input("votes", hint=text("For and against, as 19-4; or “unanimous”, or “without a vote”."))
_ANSWER = (_ASKING, _REQUEST, _BODY, _ON, _SOURCE, _ROUND, _REMARK, *_OPENNESS)
_RECORDS = frozenset({Permission.RECORD, Permission.RECORD_ON_BEHALF})

ACTS: Mapping[str, Act] = {
    each.command: each
    for each in (
        Act(
            "advance",
            (
                _MILESTONE,
                Input("trigger", Kind.ONE, choices=_triggers),
                _ON,
                _SOURCE,
                Input("attested", Kind.BOX),
                _REMARK,
            ),
            _advance,
            frozenset({Permission.ADVANCE, Permission.STOP}),
        ),
        Act(
            "record",
            (
                _ASKING,
                _REQUEST,
                _BODY,
                Input("outcome", Kind.ONE, needed=True, choices=outcomes),
                _ON,
                _VOTES,
                _SOURCE,
                _TEXT,
                Input("ground", Kind.LONG, aside=True),
                Input("points", Kind.LINES, aside=True),
                Input("options", Kind.LINES, aside=True),
                Input("unnamed_options", Kind.NUMBER, aside=True),
                Input("signed_by", Kind.LINES, aside=True),
                _ROUND,
                _OUT_OF_ORDER,
                _REMARK,
                _SECRECY,
                *_OPENNESS,
            ),
            _record,
            _RECORDS,
        ),
        Act("sent", _ANSWER, _follow_up(Step.SENT), _RECORDS | {Permission.TASK}),
        Act("received", _ANSWER, _follow_up(Step.RECEIVED), _RECORDS | {Permission.TASK}),
        Act(
            "answer",
            (*_ANSWER[:3], Input("point", Kind.ONE, needed=True, choices=points), *_ANSWER[3:]),
            _follow_up(Step.REPLIED),
            _RECORDS | {Permission.TASK},
        ),
        Act(
            "task",
            (
                Input("task", Kind.ONE, needed=True, choices=_tasks),
                Input("subject", Kind.ONE, choices=subjects),
                Input("result", Kind.ONE, needed=True, choices=_results),
                _ON,
                _SOURCE,
                Input("year", Kind.NUMBER, aside=True),
                _ROUND,
                _OUT_OF_ORDER,
                _REMARK,
                *_OPENNESS,
            ),
            _task,
            frozenset({Permission.TASK, Permission.RECORD_ON_BEHALF}),
        ),
        Act(
            "deliverable",
            (
                Input("part", Kind.ONE, needed=True, choices=_parts),
                Input("subject", Kind.ONE, choices=subjects),
                Input("level", Kind.ONE, needed=True, choices=_levels),
                _ON,
                _SOURCE,
                _TEXT,
                Input("version"),
                _REMARK,
                _SECRECY,
                *_OPENNESS,
            ),
            _part,
            frozenset({Permission.DELIVERABLE, Permission.RECORD_ON_BEHALF}),
        ),
        Act(
            "note",
            (
                Input("note", Kind.LONG),
                _ON,
                _SOURCE,
                Input("about", Kind.MANY, aside=True, choices=_topics),
                _SECRECY,
                *_OPENNESS,
            ),
            _note,
            frozenset({Permission.NOTE}),
        ),
        Act(
            "replan",
            (
                Input("due", Kind.ONE, needed=True, choices=_dues),
                Input("date", Kind.DATE, needed=True),
                _REASON,
                _ON,
                _SOURCE,
                _REMARK,
            ),
            _replan,
            frozenset({Permission.REPLAN}),
        ),
        Act(
            "join",
            (
                Input("party", Kind.ONE, needed=True, choices=_joining),
                _REASON,
                _ON,
                _SOURCE,
                _REMARK,
            ),
            _join,
            frozenset({Permission.PARTY}),
        ),
        Act(
            "leave",
            (
                Input("party", Kind.ONE, needed=True, choices=parties),
                _REASON,
                _ON,
                _SOURCE,
                _REMARK,
            ),
            _leave,
            frozenset({Permission.PARTY}),
        ),
        Act(
            "amend",
            (
                Input(
                    "what",
                    needed=True,
                    hint=text("title, ladder/NAME, papers-due/PARTY or route/PARTY"),
                ),
                Input("value", needed=True),
                _REASON,
                _ON,
                _SOURCE,
            ),
            _amend,
            frozenset({Permission.AMEND}),
        ),
        Act(
            "member add",
            (
                Input("seat", Kind.ONE, needed=True, choices=_seats),
                Input("name"),
                Input("address", hint=text("Where reminders go.")),
                Input("mailbox", hint=text("Instead of a person.")),
                _ON,
                Input("until", Kind.DATE),
                Input("language", Kind.ONE, choices=_languages),
            ),
            None,
            frozenset({Permission.MEMBER}),
        ),
        Act(
            "member end",
            (
                Input("seat", Kind.ONE, needed=True, choices=_seats),
                Input("name", Kind.ONE, needed=True, choices=_holders),
                _ON,
            ),
            _end_seat,
            frozenset({Permission.MEMBER}),
        ),
        Act("lapse", (_SOURCE,), None, _RECORDS),
        Act(
            "correct",
            (
                Input("seq", Kind.NUMBER, needed=True),
                _REASON,
                Input("withdraw", Kind.BOX),
                Input("on", Kind.DATE),
                Input("outcome", Kind.ONE, choices=outcomes),
                _VOTES,
                _TEXT,
                Input("note", Kind.LONG),
                Input("result", Kind.ONE, choices=_results),
                Input("level", Kind.ONE, choices=_levels),
                Input("version"),
                Input("date", Kind.DATE),
                Input("ground", Kind.LONG, aside=True),
                Input("points", Kind.LINES, aside=True),
                Input("options", Kind.LINES, aside=True),
                Input("unnamed_options", Kind.NUMBER, aside=True),
                Input("signed_by", Kind.LINES, aside=True),
                _OUT_OF_ORDER,
                _REMARK,
                _SECRECY,
                Input("source"),
                _SOURCE,
            ),
            _correct,
            frozenset(Permission),
        ),
    )
}
"""Every form, by its command."""

BY_SLUG: Mapping[str, Act] = {SLUGS[name]: each for name, each in ACTS.items()}
