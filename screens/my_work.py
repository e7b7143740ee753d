"""The screen of ``status --mine``: the user's work in all processes."""

from collections.abc import Iterator, Sequence

from definitions.calendar.dates import day_of
from definitions.language.text import Text, ntext, text
from definitions.language.values import replace
from screens.page import Mark, Page, joined
from screens.to_do import before_lines, decision_text, to_do_lines, until_text
from screens.words import names_text
from workflow.rules.worklist import Doing
from workflow.views.asked_later import AwaitedView, UpcomingView
from workflow.views.my_work import HeldView, MyWorkView

MOST = 12
"""How many future and awaited items are shown."""


def my_work_screen(view: MyWorkView, page: Page) -> str:
    """Return a person's present and future work, and their work that others wait for."""
    return joined(_lines(view, page))


def _lines(view: MyWorkView, page: Page) -> Iterator[str]:
    if not view.seats:
        yield from _without_seats(view, page)
        return
    yield page.paragraph(_heading(view), mark=Mark.HEADING)
    yield ""
    if view.now:
        yield page.heading(text("Asked now"))
    else:
        yield page.paragraph(text("Nothing is asked of you now."))
    for turn in view.now:
        yield from to_do_lines(turn.process, turn.asked, page, named=True)
    if view.coming:
        yield ""
        yield page.heading(text("Coming"))
    above: dict[str, set[str]] = {}
    for coming in view.coming[:MOST]:
        yield page.paragraph(_coming(coming), 2)
        said = above.setdefault(coming.process, set())
        yield from before_lines(coming.first, page, 4, said)
    yield from _more(view.coming[MOST:], page)
    if view.awaited:
        yield ""
        yield page.heading(text("Others wait for you"))
    for awaited in view.awaited[:MOST]:
        yield page.paragraph(_awaited(awaited), 2)
    yield from _more(view.awaited[MOST:], page)
    yield ""
    yield page.heading(text("Your seats"))
    yield from (page.paragraph(said, 2) for said in _seats(view.seats))


def _heading(view: MyWorkView) -> Text:
    processes = len({each.process for each in view.seats})
    return text(
        "{name}: {seats} in {processes}",
        name=view.name,
        seats=ntext("{n} seat", "{n} seats", len(view.seats)),
        processes=ntext("{n} process", "{n} processes", processes),
    )


def _more(rest: Sequence[object], page: Page) -> Iterator[str]:
    """Yield the number of further items."""
    if rest:
        said = ntext("and {n} more; --json has it", "and {n} more; --json has them", len(rest))
        yield page.paragraph(said, 2)


def _coming(coming: UpcomingView) -> Text:
    what = text("{process}: {what}", process=coming.process, what=coming_text(coming))
    if coming.due is not None:
        return text("{what}; {due}", what=what, due=until_text(coming.due))
    if coming.doing is Doing.RECORD:
        return text("{what}; no date known", what=what)
    return what


def coming_text(coming: UpcomingView) -> Text:
    """Return work that comes in words, without its process and its due."""
    match coming.doing:
        case Doing.RECORD:
            return decision_text(coming.name, coming.subjects, coming.instrument or "")
        case Doing.ADVANCE:
            return text("{milestone} to “{target}”", milestone=coming.name, target=coming.target)
        case _:
            names = [f"{coming.name}@{each}" for each in coming.subjects]
            return names_text(names or [coming.name])


def _awaited(awaited: AwaitedView) -> Text:
    said = text("{process}: {what}", process=awaited.process, what=awaited_text(awaited))
    if awaited.due is None:
        return said
    return text("{what}; {due}", what=said, due=until_text(awaited.due))


def awaited_text(awaited: AwaitedView) -> Text:
    """Return what others wait for in words, without its process and its due."""
    values = {"name": awaited.name, "what": names_text(awaited.what)}
    if awaited.body is not None:
        return text("{what}, before {body} decides on {name}", **values, body=awaited.body)
    return text("{what}, before {name} moves to “{target}”", **values, target=awaited.target)


# --- seats ---------------------------------------------------------------------------------------


def _seats(seats: Sequence[HeldView]) -> Iterator[Text]:
    """Yield the seats, those that are alike in several processes as one."""
    found: dict[HeldView, list[str]] = {}
    for each in seats:
        alike = replace(each, process="", since=each.until or each.since.min)
        found.setdefault(alike, []).append(each.process)
    yield from (_seat(held, processes) for held, processes in found.items())


def _seat(held: HeldView, processes: Sequence[str]) -> Text:
    rest = len(processes) - MOST
    more = [ntext("and {n} more", "and {n} more", rest)] if rest > 0 else []
    said = text("{seat} in {processes}", seat=held.seat, processes=[*processes[:MOST], *more])
    if held.until is not None:
        said = text("{seat}, until {day}", seat=said, day=day_of(held.until))
    if held.others:
        said = text("{seat}; held by {names} too", seat=said, names=held.others)
    return said


def _without_seats(view: MyWorkView, page: Page) -> Iterator[str]:
    """Yield that a person holds no seat, and their former and future seats."""
    if view.process is None:
        said = text("{name} holds no seat today, so nothing is asked of them.", name=view.name)
    else:
        said = text(
            "{name} holds no seat in {process} today, so nothing is asked of them there.",
            name=view.name,
            process=view.process,
        )
    yield page.paragraph(said)
    yield from (page.paragraph(_at_another_time(each), 2) for each in view.others)
    yield page.paragraph(text("If you are somebody else, say so with --as NAME."))
    process = view.process or next((each.process for each in view.others), None)
    if process is not None:
        yield page.paragraph(text("Who holds which seat:"))
        yield page.command("member", "list", process)


def _at_another_time(held: HeldView) -> Text:
    """Return a seat that somebody held, or will hold, and when."""
    values = {"seat": held.seat, "process": held.process, "since": day_of(held.since)}
    if held.until is None:
        return text("{seat} in {process}: from {since} on", **values)
    return text(
        "{seat} in {process}: from {since} until {until}", **values, until=day_of(held.until)
    )
