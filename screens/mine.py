"""The screen of ``status --party``, ``--group`` and ``--role``: what is asked of one of them."""

from collections.abc import Iterator

from definitions.dates import dated
from definitions.text import Text, text
from screens.page import Mark, Page, joined
from screens.words import DATE, OUTCOME, RESULT, as_known, due_text, names_text
from workflow.mine import MineView, Question, ToDo, ToReply
from workflow.views.requests import DecisionView
from workflow.views.seen import looks_back


def mine_screen(view: MineView, page: Page) -> str:
    """Return what somebody has to decide or do now, and how it is recorded."""
    return joined(_lines(view, page))


def _lines(view: MineView, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{view.title} ({view.process}): {view.whose}", mark=Mark.HEADING)
    yield from (page.told(said) for said in as_known(view.as_of, view.known_at, ahead=view.ahead))
    if view.left is not None:
        yield page.told(text("Takes part no longer since {on}.", on=dated(view.left)))
    yield from _now(view, page)
    later = [each for each in view.asked if not each.open and not each.given.outcome]
    decided = [each for each in view.asked if each.decided]
    for title, asked in ((text("Decided"), decided), (text("Not asked now"), later)):
        if asked:
            yield ""
            yield page.heading(title)
            yield from (
                page.wrapped(f"{_name(each)}: {page.say(_standing(each))}", 2) for each in asked
            )
    if view.awaited:
        yield ""
        yield page.heading(text("From others"))
        yield page.told(names_text(view.awaited), 2)
    if view.party or view.seats:
        yield ""
    yield from _to_the_council(view, page)
    if view.seats:
        yield page.wrapped(page.say(text("Seats: {seats}", seats=view.seats)))


def _to_the_council(view: MineView, page: Page) -> Iterator[str]:
    """Say which way papers go in a party, and how early they must be in."""
    if view.party is not None:
        unknown = text("not known")
        yield page.told(text("Route to the council: {route}", route=view.route or unknown))
        papers = view.papers_due or unknown
        yield page.told(text("Term for papers before a meeting: {papers}", papers=papers))


def _now(view: MineView, page: Page) -> Iterator[str]:
    asked = [each for each in view.asked if each.open and not each.decided]
    yield ""
    if not asked and not view.tasks and not view.replies:
        yield page.say(text("Nothing is asked now."))
        return
    yield page.heading(text("Asked now"))
    for each in asked:
        yield from _to_decide(view, each, page)
    for reply in view.replies:
        yield from _to_reply(view, reply, page)
    for task in view.tasks:
        yield from _to_do(view, task, page)


def _to_decide(view: MineView, asked: Question, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{_name(asked)}: {page.say(_standing(asked))}", 2)
    if looks_back(view):
        return
    answer = (asked.milestone, asked.body, OUTCOME, "--request", asked.request, "--on", DATE)
    yield page.command("record", view.process, *answer, indent=4)
    yield page.told(text("OUTCOME is one of: {names}", names=asked.outcomes), 4)


def _to_reply(view: MineView, reply: ToReply, page: Page) -> Iterator[str]:
    said = text("point {n} of {body}: {says}", n=reply.point, body=reply.body, says=reply.says)
    yield page.told(said, 2)
    if looks_back(view):
        return
    point = (reply.milestone, reply.body, str(reply.point), "--request", reply.request)
    yield page.command("answer", view.process, *point, "--on", DATE, indent=4)


def _to_do(view: MineView, task: ToDo, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{task.name}{_due(task, page)}", 2)
    if looks_back(view):
        return
    more = ["--for", task.subject] if task.subject else []
    more += ["--year", str(task.year)] if task.year else []
    yield page.command("task", view.process, task.task, RESULT, *more, indent=4)
    yield page.told(text("RESULT is one of: {names}", names=task.results), 4)


def _name(asked: Question) -> str:
    return f"{asked.milestone}/{asked.request}"


def _standing(asked: Question) -> Text:
    """Return what a body decided, or what keeps it, and until when."""
    if asked.given.outcome is None:
        return _not_given(asked)
    return _given(asked, asked.given) if asked.decided else _held_over(asked, asked.given)


def _given(asked: Question, given: DecisionView) -> Text:
    values = {"outcome": given.outcome, "on": dated(given.effective or "?")}
    if asked.left:
        return text("{outcome}, {on}; it has left since", **values)
    if given.received:
        return text(
            "{outcome}, {on}; received {received}", **values, received=dated(given.received)
        )
    if given.sent:
        return text("{outcome}, {on}; sent {sent}", **values, sent=dated(given.sent))
    return text("{outcome}, {on}", **values)


def _held_over(asked: Question, given: DecisionView) -> Text:
    values = {"outcome": given.outcome, "on": dated(given.effective or "?")}
    if asked.due is None or asked.due.date is None:
        return text("{outcome}, {on}; still to be decided", **values)
    return text("{outcome}, {on}; still to be decided; {due}", **values, due=due_text(asked.due))


def _not_given(asked: Question) -> Text:
    values = {"body": asked.body, "instrument": asked.instrument}
    if asked.over:
        return text("{body}, {instrument}; over, and no decision is known", **values)
    if not asked.ready:
        return text("{body}, {instrument}; something has to come first", **values)
    if asked.due is None or asked.due.date is None:
        return text("{body}, {instrument}; no date known", **values)
    return text("{body}, {instrument}; {due}", **values, due=due_text(asked.due))


def _due(task: ToDo, page: Page) -> str:
    return f": {page.say(due_text(task.due))}" if task.due and task.due.date else ""
