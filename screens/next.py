"""The next turns, each as a command to type."""

from collections.abc import Iterator, Sequence

from definitions.language.text import ntext, text
from screens.page import Page
from workflow.model.state import Basis
from workflow.rules.worklist import Doing, Turn
from workflow.views.seen import looks_back
from workflow.views.status import MilestoneView, StatusView

MOST = {Doing.ADVANCE: 3, Doing.RECORD: 2, Doing.TASK: 2, Doing.REPLY: 2}
"""How many turns of each kind are shown; --party, --group or --role show the rest.

Receipts are listed elsewhere, with the bodies whose answers they are.
"""

SOME = 6
"""How many of the others are named."""


def next_lines(view: StatusView, page: Page) -> Iterator[str]:
    """Yield the present turns by kind, and the gate that the first blocked milestone waits for."""
    moving = {turn.milestone for turn in view.turns if turn.doing is Doing.ADVANCE}
    waiting = [each for each in view.milestones if not each.final and each.id not in moving]
    in_question = [each.id for each in view.milestones if _is_in_question(each)]
    shown = any(turn.doing in MOST for turn in view.turns)
    if looks_back(view) or not (shown or waiting or in_question):
        return
    yield ""
    yield page.heading(text("Next"))
    who: tuple[str, ...] = ()
    for doing, most in MOST.items():
        found = [turn for turn in view.turns if turn.doing is doing]
        for turn in found[:most]:
            if turn.roles != who:
                who = turn.roles
                yield page.paragraph(text("{roles}:", roles=who), 2)
            yield from command_of(turn, page)
        yield from _left(view.process, found[most:], page)
    for name in in_question:
        yield page.paragraph(
            text("Settle “{milestone}”, which is in question, with:", milestone=name), 2
        )
        yield page.command("explain", view.process, name, indent=4)
    for milestone in [each for each in waiting if each.id not in in_question][:1]:
        yield page.paragraph(text("What “{milestone}” waits for:", milestone=milestone.id), 2)
        yield page.command("explain", view.process, milestone.id, indent=4)


def _is_in_question(milestone: MilestoneView) -> bool:
    """Return whether a move of a milestone is in question."""
    return any(move.basis is Basis.IN_QUESTION for move in milestone.not_proved)


def _left(process: str, turns: Sequence[Turn], page: Page) -> Iterator[str]:
    """Yield the number of further turns, and the command that shows them."""
    if not turns:
        return
    names = list(dict.fromkeys(turn.name for turn in turns))
    names[SOME:] = ["…"] if names[SOME:] else []
    yield page.paragraph(
        ntext("and {n} more: {names}", "and {n} more: {names}", len(turns), names=names), 4
    )
    match turns[0].doing:
        case Doing.RECORD:
            own = (turn for turn in turns if not turn.on_behalf and "." in turn.subjects[0])
            party = next((turn.subjects[0].partition(".")[0] for turn in own), None)
            more = ("--party", party) if party else ("--role", turns[0].roles[0])
            yield page.command("status", process, *more, indent=4)
        case Doing.TASK | Doing.REPLY:
            roles = dict.fromkeys(turn.roles[0] for turn in turns if not turn.on_behalf)
            yield from (page.command("status", process, "--role", role, indent=4) for role in roles)
        case Doing.ADVANCE | Doing.RECEIVE:
            pass


def command_of(turn: Turn, page: Page) -> Iterator[str]:
    """Yield the command that records what can be done."""
    if turn.action is not None:
        yield page.action(turn.action, indent=4)
