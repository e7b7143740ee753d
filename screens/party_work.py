"""The screen of ``status --party``, ``--group`` and ``--role``: the work of one of them."""

from collections.abc import Iterator, Sequence

from definitions.calendar.dates import dated
from definitions.language.text import Text, text
from screens.page import Mark, Page, joined
from screens.to_do import before_lines, decision_text, to_do_lines, until_text
from screens.words import as_known, names_text
from workflow.views.open_questions import Question
from workflow.views.party_work import PartyWorkView
from workflow.views.prerequisites import merge_alike
from workflow.views.requests import DecisionView
from workflow.views.seen import looks_back


def party_work_screen(view: PartyWorkView, page: Page) -> str:
    """Return the present work of a party, group or role, and how to record it."""
    return joined(_lines(view, page))


def _lines(view: PartyWorkView, page: Page) -> Iterator[str]:
    yield page.wrapped(f"{view.title} ({view.process}): {view.whose}", mark=Mark.HEADING)
    yield from work_lines(view, page)


def work_lines(view: PartyWorkView, page: Page) -> Iterator[str]:
    """Yield the lines of the work: present, decided, coming, and what others have to do first."""
    yield from (
        page.paragraph(said) for said in as_known(view.as_of, view.known_at, ahead=view.ahead)
    )
    if view.left is not None:
        yield page.paragraph(text("Takes part no longer since {on}.", on=dated(view.left)))
    yield from _now(view, page)
    yield from _decided(view, page)
    yield from _later(view, page)
    if view.awaited:
        yield ""
        yield page.heading(text("From others"))
        yield page.paragraph(names_text(view.awaited), 2)
    if view.party or view.seats:
        yield ""
    yield from _to_the_council(view, page)
    if view.seats:
        yield page.wrapped(page.say(text("Seats: {seats}", seats=view.seats)))


def _decided(view: PartyWorkView, page: Page) -> Iterator[str]:
    decided = [each for each in view.asked if each.decided]
    if decided:
        yield ""
        yield page.heading(text("Decided"))
    if view.party is not None:
        for each in decided:
            yield page.wrapped(f"{_name(each)}: {page.say(_given(each, each.given))}", 2)
        return
    for alike in _alike(decided):
        bodies = names_text([each.body for each in alike])
        said = text("{bodies}: {given}", bodies=bodies, given=_given(alike[0], alike[0].given))
        yield page.paragraph(text("{where}: {what}", where=_name(alike[0]), what=said), 2)


def _to_the_council(view: PartyWorkView, page: Page) -> Iterator[str]:
    """Say which way papers go in a party, and how early they must be in."""
    if view.party is not None:
        unknown = text("not known")
        yield page.paragraph(text("Route to the council: {route}", route=view.route or unknown))
        papers = view.papers_due or unknown
        yield page.paragraph(text("Term for papers before a meeting: {papers}", papers=papers))


def _now(view: PartyWorkView, page: Page) -> Iterator[str]:
    yield ""
    if not view.now:
        yield page.say(text("Nothing is asked now."))
        return
    yield page.heading(text("Asked now"))
    for each in view.now:
        yield from to_do_lines(view.process, each, page, past=looks_back(view))


def _later(view: PartyWorkView, page: Page) -> Iterator[str]:
    """Yield the future work, with its dues and prerequisites."""
    now = {(each.turn.name, body) for each in view.now for body in each.turn.subjects}
    later = [
        each
        for each in view.asked
        if not each.decided and not each.left and (_name(each), each.body) not in now
    ]
    if later:
        yield ""
        yield page.heading(text("Not asked now"))
    above: set[str] = set()
    for alike in _alike(later):
        bodies = [each.body for each in alike]
        what = decision_text(_name(alike[0]), bodies, alike[0].instrument)
        yield page.paragraph(_not_asked(alike[0], what), 2)
        yield from before_lines(merge_alike(each.first for each in alike), page, 4, above)


def _alike(asked: Sequence[Question]) -> list[list[Question]]:
    """Return questions in groups of which all but the body is the same."""
    found: dict[tuple[object, ...], list[Question]] = {}
    for each in asked:
        given = (each.given.outcome, each.given.effective)
        key = (_name(each), each.instrument, each.over, each.due, *given)
        found.setdefault(key, []).append(each)
    return list(found.values())


def _name(asked: Question) -> str:
    return f"{asked.milestone}/{asked.request}"


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


def _not_asked(asked: Question, what: Text) -> Text:
    """Return a decision that is not asked now, and until when it is to be made."""
    if asked.given.outcome is not None:
        on = dated(asked.given.effective or "?")
        what = text(
            "{what}; {outcome}, {on}; not decided", what=what, outcome=asked.given.outcome, on=on
        )
    if asked.over:
        return text("{what}; over, and no decision is known", what=what)
    if asked.due is None:
        return text("{what}; no date known", what=what)
    return text("{what}; {due}", what=what, due=until_text(asked.due))
