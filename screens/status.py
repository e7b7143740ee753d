"""The screens of ``status``: one process at a glance, or all of them in a list."""

from collections.abc import Iterable, Iterator, Sequence

from definitions.text import Text, ntext, text
from screens.page import Page, joined
from screens.words import (
    basis_word,
    days_away,
    due_text,
    missing_lines,
    names_text,
    unproved_text,
)
from workflow.views import GoalView, MilestoneView, RequestView, StatusView


def status_screen(view: StatusView, page: Page) -> str:
    """Return where a process stands."""
    return joined(_lines(view, page))


def _lines(view: StatusView, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{view.title} ({view.process})")
    yield from _heading(view, page)
    yield ""
    yield page.table([_titles(page), *(_row(each, page) for each in view.milestones)])
    yield from _waiting(view.milestones, page)
    yield from _not_proved(view.milestones, page)
    yield from _next(view, page)


def _heading(view: StatusView, page: Page) -> Iterator[str]:
    if view.as_of is not None:
        yield page.say(text("As it stood on {day}.", day=view.as_of))
    if view.goal is not None:
        yield page.wrapped(page.say(_goal(view.goal)))


def _goal(goal: GoalView) -> Text:
    if goal.reached_on is not None:
        return text(
            "Goal: {what} on {day}. Reached on {reached}.",
            what=goal.what,
            day=goal.date,
            reached=goal.reached_on,
        )
    away = days_away(goal.days_left)
    return text("Goal: {what} on {day}, {away}.", what=goal.what, day=goal.date, away=away)


def _titles(page: Page) -> list[str]:
    return [
        page.say(title)
        for title in (
            text("MILESTONE"),
            text("STATE"),
            text("SINCE"),
            text("BASIS"),
            text("DECISIONS"),
            text("DUE"),
        )
    ]


def _row(view: MilestoneView, page: Page) -> list[str]:
    return [
        view.id,
        view.state,
        view.since,
        page.say(basis_word(view.basis)) if view.basis else "",
        _decisions(view.decisions, page),
        page.say(due_text(view.next_due)) if view.next_due else "",
    ]


def _decisions(view: RequestView | None, page: Page) -> str:
    if view is None or not view.round:
        return ""
    bar = "".join("#" if each.outcome else "." for each in view.given)
    counted = text("{recorded} of {asked}", recorded=view.recorded, asked=view.asked)
    return f"[{bar}] {page.say(counted)}"


def _waiting(milestones: Sequence[MilestoneView], page: Page) -> Iterator[str]:
    """Say from whom a decision is awaited now."""
    asked = [
        (milestone, request)
        for milestone in milestones
        if not milestone.final
        for request in milestone.requests
        if request.open and request.waiting_for
    ]
    if asked:
        yield ""
        yield page.say(text("No decision known of"))
    for milestone, request in asked:
        names = page.say(names_text(request.waiting_for))
        yield page.wrapped(f"{milestone.id}/{request.id}: {names}", 2)


def _not_proved(milestones: Sequence[MilestoneView], page: Page) -> Iterator[str]:
    moves = [move for milestone in milestones for move in milestone.not_proved]
    if not moves:
        return
    yield ""
    yield page.say(ntext("Not proved: {n} move", "Not proved: {n} moves", len(moves)))
    for move in moves:
        yield page.wrapped(f"{move.milestone}: {page.say(unproved_text(move))}", 2)
        yield from missing_lines(move.missing, page, 6)


def _next(view: StatusView, page: Page) -> Iterator[str]:
    ready = [each for each in view.milestones if _is_open(each)]
    waiting = [each for each in view.milestones if not each.final]
    if view.as_of is not None or not waiting:
        return
    yield ""
    yield page.say(text("Next"))
    for milestone in ready:
        yield f"  mijlpaal advance {view.process} {milestone.id}"
    if not ready:
        yield f"  mijlpaal explain {view.process} {waiting[0].id}"


def _is_open(view: MilestoneView) -> bool:
    return sum(way.open and not way.explicit for way in view.next) == 1


def processes_screen(views: Iterable[StatusView], page: Page) -> str:
    """Return a list of processes, with how many of their milestones are reached."""
    rows = [
        [
            view.process,
            page.say(
                text(
                    "{reached} of {all}",
                    reached=sum(each.good for each in view.milestones),
                    all=len(view.milestones),
                )
            ),
            page.say(text("{day}, {away}", day=view.goal.date, away=days_away(view.goal.days_left)))
            if view.goal
            else "",
            view.title,
        ]
        for view in views
    ]
    if not rows:
        return page.say(text("No processes yet. Begin one: mijlpaal start DEFINITION"))
    titles = (text("PROCESS"), text("REACHED"), text("GOAL"), text("TITLE"))
    return page.table([[page.say(title) for title in titles], *rows])
