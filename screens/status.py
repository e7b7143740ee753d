"""The screens of ``status``: one process at a glance, or all of them in a list."""

from collections.abc import Iterator, Sequence

from definitions.calendar.dates import dated
from definitions.language.text import Text, ntext, text
from definitions.model import Effect
from screens.goal import goal_text
from screens.milestones import earlier_lines, milestone_rows
from screens.next import next_lines
from screens.page import Mark, Page, joined
from screens.to_do import ring_lines
from screens.unreceived_answers import unreceived_lines
from screens.words import (
    IN_A_CALENDAR,
    alike_names,
    as_known,
    days_away,
    due_text,
    early_text,
    fault_text,
    missing_lines,
    names_text,
    remark_text,
    seats_by,
    unproved_text,
    verdict_word,
)
from workflow.views.requests import DecisionView, RequestView
from workflow.views.status import MilestoneView, PartView, StatusView

SHORT = 12
"""How much of a hash is shown."""
SINCE = 2
"""The column to drop first."""
MOST_LATE = 3
MOST_REMARKS = 3


def status_screen(view: StatusView, page: Page) -> str:
    """Return where a process stands."""
    return joined(_lines(view, page))


def _lines(view: StatusView, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{view.title} ({view.process})", mark=Mark.HEADING)
    yield from standing_lines(view, page)
    yield ""
    yield milestone_table(view, page)
    yield from further_lines(view, page)
    yield from next_lines(view, page)


def standing_lines(view: StatusView, page: Page) -> Iterator[str]:
    """Yield the days of the view, the goal, who came and left, and what is late or undelivered."""
    yield from _heading(view, page)
    yield from _how_late(view, page)
    yield from _untold(view, page)


def milestone_table(view: StatusView, page: Page) -> str:
    """Return the milestones: where each stands, on what that rests, what is asked, until when."""
    titles = (
        text("MILESTONE"),
        text("STATE"),
        text("SINCE"),
        text("MOVE"),
        text("DECISIONS"),
        text("DUE"),
    )
    rows = [row for each in view.milestones for row in milestone_rows(view.process, each, page)]
    more = [at for at, row in enumerate(rows) if not str(row[0])]
    return page.table(titles, rows, spare=SINCE, more=more)


def further_lines(view: StatusView, page: Page) -> Iterator[str]:
    """Yield who has not decided, whom to ring, and everything else that is to be known."""
    yield from awaited_lines(view, page)
    yield from known_lines(view, page)


def awaited_lines(view: StatusView, page: Page) -> Iterator[str]:
    """Yield who has not decided, whom to ring, and which tasks are not done."""
    yield from _waiting(view.milestones, page)
    if view.ring:
        yield ""
    yield from ring_lines(view.process, view.ring, page)
    yield from _not_done(view.milestones, page)


def known_lines(view: StatusView, page: Page) -> Iterator[str]:
    """Yield what moves rest on, what was decided otherwise, earlier rounds, answers and remarks."""
    yield from _not_proved(view, page)
    yield from unreceived_lines(view, view.unreceived, page)
    yield from _early(view, page)
    yield from otherwise_lines(view.milestones, page)
    yield from earlier_lines(view.milestones, page)
    yield from _chosen(view.milestones, page)
    yield from _answers(view.milestones, page)
    yield from _parts(view, page)
    yield from _lags(view, page)
    yield from _remarks(view, page)


def _heading(view: StatusView, page: Page) -> Iterator[str]:
    yield from (
        page.paragraph(said) for said in as_known(view.as_of, view.known_at, ahead=view.ahead)
    )
    if view.goal is not None:
        yield page.paragraph(goal_text(view.goal))
    if view.allowed is not None:
        said = text(
            "Its definition is {verdict}; it was started all the same: {reason}",
            verdict=verdict_word(view.allowed.verdict),
            reason=view.allowed.reason,
        )
        yield page.paragraph(said, mark=Mark.UNPROVED)
    for each in view.arrivals:
        said = text(
            "{party} takes part since {on}: {reason}",
            party=each.party,
            on=dated(each.effective),
            reason=each.reason,
        )
        yield page.paragraph(said)
    for left in view.departures:
        said = text(
            "{party} takes part no longer since {on}: {reason}",
            party=left.party,
            on=dated(left.effective),
            reason=left.reason,
        )
        yield page.paragraph(said)


def _untold(view: StatusView, page: Page) -> Iterator[str]:
    """Yield the reminders of unmet deadlines that reached nobody."""
    anybody = page.say(IN_A_CALENDAR)
    found = seats_by(((each.due, each.why), each.seat or anybody) for each in view.undelivered)
    for (due, why), seats in [*found.items()][:MOST_LATE]:
        said = text(
            "Not delivered to {seat}, about {due}: {why}",
            seat=names_text(seats),
            due=due,
            why=fault_text(why),
        )
        yield page.paragraph(said, mark=Mark.LATE)
    if len(found) > MOST_LATE:
        yield page.command("remind", "list", view.process)


def _how_late(view: StatusView, page: Page) -> Iterator[str]:
    """Yield the late deadlines with their delay, or that none is late, and the next deadline."""
    goal = view.goal
    settled = goal is not None and (goal.ended_on or goal.reached_on or goal.out_of_reach)
    passed = goal is not None and not settled and (goal.days_left or 0) < 0
    if passed:
        yield page.paragraph(text("Late: the day of the goal has passed."), mark=Mark.LATE)
    for due in view.late[:MOST_LATE]:
        said = text(
            "Late: {due} was due {written}, {away}.",
            due=due.id,
            written=dated(due.written),
            away=days_away(due.days_left),
        )
        yield page.paragraph(said, mark=Mark.LATE)
    others = len(view.late) - MOST_LATE
    if others > 0:
        yield page.paragraph(ntext("{n} more is late. See:", "{n} more are late. See:", others))
        yield page.command("due", view.process)
    if view.coming is not None:
        coming = text("Due next: {due}, {when}.", due=view.coming.id, when=due_text(view.coming))
        nothing = text("{nothing} {next}", nothing=_nothing_late(view), next=coming)
        yield page.paragraph(coming if view.late or passed else nothing)
    elif not view.late and not passed and not (goal and goal.ended_on):
        yield page.paragraph(_nothing_late(view))


def _nothing_late(view: StatusView) -> Text:
    """Return that nothing is late, as far as dates are known."""
    if view.undated:
        return text("Nothing that has a date is late.")
    return text("Nothing is late.")


def otherwise_lines(milestones: Sequence[MilestoneView], page: Page) -> Iterator[str]:
    """Yield the bodies that decided against or held it over, which a bar does not name."""
    found = [
        (f"{milestone.id}/{request.id}", given)
        for milestone in milestones
        for request in milestone.requests
        for given in request.given
        if given.effect in (Effect.AGAINST, Effect.PENDING)
    ]
    if found:
        yield ""
        yield page.heading(text("Against, or not decided yet"))
    for where, given in found:
        said = text(
            "{request}: {body}, {outcome} ({on})",
            request=where,
            body=given.body,
            outcome=given.outcome,
            on=dated(given.effective or "?"),
        )
        yield page.paragraph(said, 2)


def _chosen(milestones: Sequence[MilestoneView], page: Page) -> Iterator[str]:
    """Yield the options that decisions named, or the number of unnamed ones."""
    named = [
        (milestone.id, request.id, given)
        for milestone in milestones
        for request in milestone.requests
        for given in request.given
        if given.options or given.unnamed_options
    ]
    if named:
        yield ""
        yield page.heading(text("Chosen"))
    for milestone, request, given in named:
        what = (
            ntext("{n} option, not named", "{n} options, not named", given.unnamed_options)
            if given.unnamed_options
            else text("{options}", options=given.options)
        )
        said = text(
            "{milestone}/{request} by {body}: {what}",
            milestone=milestone,
            request=request,
            body=given.body,
            what=what,
        )
        yield page.paragraph(said, 2)


def _answers(milestones: Sequence[MilestoneView], page: Page) -> Iterator[str]:
    """Yield the follow-up of answers: points, signatures, sending and receipt."""
    found = [
        (f"{milestone.id}/{request.id}", given)
        for milestone in milestones
        for request in milestone.requests
        for given in request.given
        if given.effect and (given.points or given.signed_by or given.sent or given.received)
    ]
    if found:
        yield ""
        yield page.heading(text("Answers"))
    for where, given in found:
        yield page.paragraph(_answer(where, given), 2)
        for point in given.points:
            replied = (
                text("replied {on}", on=dated(point.replied))
                if point.replied
                else text("no reply yet")
            )
            said = text(
                "({number}) {says}: {replied}",
                number=point.number,
                says=point.says,
                replied=replied,
            )
            yield page.paragraph(said, 6)


def _answer(where: str, given: DecisionView) -> Text:
    """Return when an answer was decided, signed, sent and received, as far as that is known."""
    steps = [text("decided {on}", on=dated(given.effective or "?"))]
    if given.signed_by:
        steps.append(text("signed by {roles}", roles=given.signed_by))
    if given.unsigned:
        steps.append(text("signature of {roles} not known", roles=given.unsigned))
    steps.append(
        text("sent {on}", on=dated(given.sent)) if given.sent else text("day of sending not known")
    )
    steps.append(
        text("received {on}", on=dated(given.received))
        if given.received
        else text("day of receipt not known")
    )
    return text("{where} of {body}: {steps}", where=where, body=given.body, steps=steps)


def _parts(view: StatusView, page: Page) -> Iterator[str]:
    """Yield the levels of the parts of each deliverable that has any report."""
    reported = [each for each in view.parts if each.effective]
    if reported:
        yield ""
        yield page.heading(text("Parts"))
    for deliverable in dict.fromkeys(each.deliverable for each in reported):
        levels: dict[str, list[str]] = {}
        for each in view.parts:
            if each.deliverable == deliverable:
                levels.setdefault(each.level, []).append(_part(each))
        at = [
            text("{parts} at “{level}”", parts=parts, level=level)
            for level, parts in levels.items()
        ]
        yield page.paragraph(text("{deliverable}: {levels}", deliverable=deliverable, levels=at), 2)


def _part(part: PartView) -> str:
    name = f"{part.part}@{part.subject}" if part.subject else part.part
    marks = [each for each in (part.version, part.text and part.text[:SHORT]) if each]
    return f"{name} ({', '.join(marks)})" if marks else name


def _lags(view: StatusView, page: Page) -> Iterator[str]:
    """Yield the time from events to the tasks that arose from them, or the time so far."""
    if view.lags:
        yield ""
        yield page.heading(text("From the event to the task that arose from it (no term is set)"))
    for lag in view.lags:
        days = ntext("{n} day", "{n} days", lag.days)
        values = {"task": lag.task, "day": lag.arisen_on, "days": days}
        if lag.done_on is None:
            yield page.paragraph(text("{task}: {days} since {day}, not reported yet", **values), 2)
        elif not lag.exact:
            yield page.paragraph(text("{task}: at most {days} after {day}", **values), 2)
        else:
            yield page.paragraph(text("{task}: {days} after {day}", **values), 2)


def _remarks(view: StatusView, page: Page) -> Iterator[str]:
    """Yield the unknowns and assumptions of the definition; only their number if there are many."""
    if not view.unknown and not view.assumed:
        return
    yield ""
    yield page.heading(text("Not known, or assumed by us"))
    if len(view.unknown) + len(view.assumed) <= MOST_REMARKS:
        for each in view.unknown:
            yield page.paragraph(text("not known: {what}", what=remark_text(each)), 2)
        for each in view.assumed:
            yield page.paragraph(text("assumed: {what}", what=remark_text(each)), 2)
        return
    unknown, assumed = len(view.unknown), len(view.assumed)
    if unknown:
        said = ntext("{n} thing that no source says", "{n} things that no source says", unknown)
        yield page.paragraph(said, 2)
    if assumed:
        yield page.paragraph(ntext("{n} assumption of ours", "{n} assumptions of ours", assumed), 2)
    yield page.paragraph(text("They are listed at the end of the account:"), 2)
    yield page.command("history", view.process, "--as", "feitenrelaas", indent=4)


def _waiting(milestones: Sequence[MilestoneView], page: Page) -> Iterator[str]:
    """Say from whom a decision is awaited now."""
    asked = _asked(milestones)
    if asked:
        yield ""
        yield page.heading(text("No decision known of"))
    for milestone, request in asked:
        names = page.say(names_text(request.waiting_for))
        yield page.wrapped(f"{page.called(f'{milestone.id}/{request.id}')}: {names}", 2)


def _asked(milestones: Sequence[MilestoneView]) -> list[tuple[MilestoneView, RequestView]]:
    """Return the requests to which an answer is awaited now."""
    return [
        (milestone, request)
        for milestone in milestones
        if not milestone.final
        for request in milestone.requests
        if request.open and request.waiting_for
    ]


def _not_done(milestones: Sequence[MilestoneView], page: Page) -> Iterator[str]:
    """Say which tasks can be reported now and are not done."""
    tasks = [name for each in milestones if not each.final for name in each.open_tasks]
    if not tasks:
        return
    yield ""
    yield page.heading(text("Not reported done"))
    for alike in alike_names(tasks):
        yield page.paragraph(names_text(alike), 2)


def _not_proved(view: StatusView, page: Page) -> Iterator[str]:
    moves = [move for milestone in view.milestones for move in milestone.not_proved]
    if not moves:
        return
    yield ""
    yield page.heading(ntext("Not proved: {n} move", "Not proved: {n} moves", len(moves)))
    for move in moves:
        yield page.wrapped(f"{page.called(move.milestone)}: {page.say(unproved_text(move))}", 2)
        yield from missing_lines(move, page, 6)


def _early(view: StatusView, page: Page) -> Iterator[str]:
    moves = [move for milestone in view.milestones for move in milestone.early]
    if not moves:
        return
    yield ""
    yield page.heading(text("Rests on entries recorded out of order"))
    for move in moves:
        yield page.wrapped(f"{page.called(move.milestone)}: {page.say(early_text(move))}", 2)
