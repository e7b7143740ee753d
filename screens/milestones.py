"""The milestones in a status: a row for each thing that is asked or late, and the rounds before."""

from collections.abc import Iterator, Sequence

from definitions.calendar.dates import dated
from definitions.language.actions import action
from definitions.language.text import Text, ntext, text
from definitions.language.values import dataclass
from definitions.model import Effect
from screens.page import Cell, Linked, Mark, Marked, Page, Place, cell, unbroken
from screens.words import (
    basis_word,
    dated_in_short,
    due_in_short,
    due_mark,
    mark_of_basis,
)
from workflow.model.state import Basis
from workflow.rules.terms import due_named
from workflow.views.dues import DueView
from workflow.views.requests import DecisionView, RequestView, RoundView
from workflow.views.status import MilestoneView


@dataclass(frozen=True, slots=True)
class _Line:
    """A row about a milestone: a request and how far it is, and a due, of it or of another."""

    request: RequestView | None
    due: DueView | None
    of_another: bool = False


def milestone_rows(process: str, view: MilestoneView, page: Page) -> Iterator[list[Cell]]:
    """Yield the rows of a milestone: the first says where it stands."""
    first, *others = _lines(view)
    explain = action("explain", process=process, milestone=view.id)
    yield [
        Linked(page.called(view.id), explain),
        _state(view),
        unbroken(page.say(dated_in_short(view.since))) if view.since else "",
        _basis(view, page),
        *_asked_and_due(view, first, page),
    ]
    for each in others:
        yield ["", "", "", "", *_asked_and_due(view, each, page)]


def _lines(view: MilestoneView) -> list[_Line]:
    """Return the lines of a milestone: its open requests, and its next due.

    The request that its next gate waits for comes first.

    A due of something else than the request is shown with its name.
    """
    foremost = view.decisions
    asked = [each for each in view.requests if each.open and each != foremost]
    if foremost is not None and (foremost.open or (foremost.round and not asked)):
        asked = [foremost, *asked]
    own = {each.id: [due for due in view.dues if _is_of(due, view, each)] for each in asked}
    lines = [_Line(each, next(iter(own[each.id]), None)) for each in asked]
    rest = [due for due in view.dues if not any(due in dues for dues in own.values())]
    if not lines:
        return [_Line(None, next(iter(rest), None))]
    shown = [each.due.days_left or 0 for each in lines if each.due is not None]
    for other in rest[:1]:
        if other.overdue or all((other.days_left or 0) < days for days in shown):
            named = _Line(lines[0].request, other, of_another=True)
            if lines[0].due is None:
                lines[0] = named
            else:
                lines.append(_Line(None, other, of_another=True))
    return lines


def _is_of(due: DueView, milestone: MilestoneView, request: RequestView) -> bool:
    return _ref(due) == f"{milestone.id}/{request.id}"


def _ref(due: DueView) -> str:
    """Return the reference of a due, without its party and year."""
    return due_named(due.id)[0].partition("@")[0]


def _asked_and_due(view: MilestoneView, line: _Line, page: Page) -> tuple[Cell, Cell]:
    bar = "" if line.request is None else _decisions(view, line.request, page)
    if line.due is None:
        return bar, ""
    due = due_in_short(line.due, page)
    if line.of_another:
        what = due_named(line.due.id)[0].removeprefix(view.id)[1:]
        due = page.say(text("{what}: {due}", what=what, due=due))
    return bar, cell(due, due_mark(line.due))


def _basis(view: MilestoneView, page: Page) -> Cell:
    if view.basis is None:
        return ""
    word = basis_word(view.basis, out_of_order=view.out_of_order)
    return Marked(page.say(word), mark_of_basis(view.basis, out_of_order=view.out_of_order))


def _state(view: MilestoneView) -> Cell:
    if view.basis is Basis.IN_QUESTION:
        return Marked(view.state, Mark.LATE)
    if view.good:
        return Marked(view.state, Mark.GOOD)
    return view.state if view.since else Marked(view.state, Mark.ASIDE)


def _decisions(view: MilestoneView, shown: RequestView, page: Page) -> str:
    """Return how far a request is, which one where there are several, and in which later round."""
    counted = text("{recorded} of {asked}", recorded=shown.recorded, asked=shown.asked)
    said = unbroken(page.say(counted))
    if len(view.requests) > 1:
        said = f"{said} {shown.id}"
    if shown.round > 1:
        round_ = unbroken(page.say(text("round {round}", round=shown.round)))
        said = page.say(text("{counted}, {round}", counted=said, round=round_))
    return f"{page.bar([_place(each) for each in shown.given])} {said}"


def _place(given: DecisionView) -> Place:
    match given.effect:
        case Effect.FOR | Effect.ANSWERED:
            return Place.DONE
        case Effect.AGAINST:
            return Place.AGAINST
        case Effect.PENDING | None:
            return Place.OPEN


# --- the rounds before -------------------------------------------------------------------------


def earlier_lines(milestones: Sequence[MilestoneView], page: Page) -> Iterator[str]:
    """Yield the results of past rounds, since a bar shows only the present round."""
    rounds = [
        (f"{milestone.id}/{request.id}", each)
        for milestone in milestones
        for request in milestone.requests
        for each in request.earlier
    ]
    if rounds:
        yield ""
        yield page.heading(text("Earlier rounds"))
    for request, each in rounds:
        said = text(
            "{request}, round {round}: {came_to}",
            request=request,
            round=each.round,
            came_to=list(_came_to(each)) or text("no decision known"),
        )
        yield page.paragraph(said, 2)


def _came_to(over: RoundView) -> Iterator[Text]:
    """Yield the number of decisions of each kind, and the bodies that decided against."""
    for effect in Effect:
        found = [each for each in over.given if each.effect is effect]
        if found:
            yield _counted(effect, found)


def _counted(effect: Effect, found: Sequence[DecisionView]) -> Text:
    match effect:
        case Effect.FOR:
            return ntext("{n} for", "{n} for", len(found))
        case Effect.ANSWERED:
            return ntext("{n} answered", "{n} answered", len(found))
        case Effect.AGAINST:
            return ntext(
                "{n} against ({names})", "{n} against ({names})", len(found), names=_named(found)
            )
        case Effect.PENDING:
            return ntext(
                "{n} not decided yet ({names})",
                "{n} not decided yet ({names})",
                len(found),
                names=_named(found),
            )


def _named(found: Sequence[DecisionView]) -> list[Text]:
    return [
        text(
            "{body}: {outcome}, {on}",
            body=each.body,
            outcome=each.outcome,
            on=dated(each.effective or "?"),
        )
        for each in found
    ]
