"""How an error is said: what and where, then what would help, then the details."""

from collections.abc import Iterator

from definitions.faults import DefinitionInvalid
from definitions.language.actions import Action, action
from definitions.language.errors import MijlpaalError
from definitions.language.text import text
from screens.explain import branch_of
from screens.page import Mark, Page, joined
from screens.words import mending_lines
from workflow.decide.case import NoSuchWay
from workflow.decide.correct import CannotCorrect
from workflow.rules.conflicts import KeyReused, LastParty, SameDate, VersionPassed
from workflow.rules.refusals import (
    AlreadyDecided,
    AskedTooSoon,
    DateRefused,
    GateClosed,
    NotAdmitted,
    NotAllowed,
    NotArisen,
    NoTransition,
    OptionsRefused,
    Refused,
    SeveralTransitions,
)
from workflow.rules.remedies import differing_texts
from workflow.rules.unsound import NotSound
from workflow.storage.errors import NoDatabase


def error_screen(error: MijlpaalError, page: Page) -> str:
    """Return an error as it is shown on standard error, where others write too: with our name."""
    said = text("mijlpaal: {sentence}", sentence=_sentence(error, page))
    return joined((page.paragraph(said, mark=Mark.HEADING), *_more(error, page)))


def refusal_screen(error: MijlpaalError, page: Page) -> str:
    """Return an error as it is shown on a page that is ours."""
    return joined((page.wrapped(_sentence(error, page), mark=Mark.HEADING), *_more(error, page)))


def _sentence(error: MijlpaalError, page: Page) -> str:
    sentence = page.say(error.sentence)
    return sentence if error.place is None else f"{page.say(error.place)}: {sentence}"


def _more(error: MijlpaalError, page: Page) -> Iterator[str]:
    """Yield what an error says beside its sentence: the details, and what would help."""
    yield from (page.paragraph(each, 2) for each in error.details)
    if isinstance(error, DefinitionInvalid):
        for fault in error.faults:
            yield page.paragraph(fault.describe(), 2)
    if isinstance(error, GateClosed):
        for way in error.ways:
            if len(error.ways) > 1:
                yield page.wrapped(f"{way.arm.trigger} → {way.arm.target}", 2)
            yield page.tree(branch_of(way.finding, page))
    if isinstance(error, AskedTooSoon):
        yield page.tree(branch_of(error.finding, page))
    if isinstance(error, NotSound):
        yield from _why_not_sound(error, page)
    if error.advice is not None:
        yield page.paragraph(error.advice)
    if isinstance(error, Refused) and error.process is not None:
        yield from mending_lines(error.process, error.later, page)
    yield from (page.action(each) for each in _next(error, page))


def _why_not_sound(error: NotSound, page: Page) -> Iterator[str]:
    """Yield what was found first in a definition, or what was not proved of it."""
    # Imported lazily: no other refusal needs it.
    from definitions.proving.wording import first_error, unproved_text  # noqa: PLC0415
    from screens.verdicts import finding_lines  # noqa: PLC0415

    found = first_error(error.verdict)
    if found is not None:
        yield from finding_lines(found, error.definition, page)
    else:
        for each in error.verdict.unproved:
            yield page.paragraph(text("Not proved: {what}", what=unproved_text(each)), 2)


def _next(error: MijlpaalError, page: Page) -> Iterator[Action]:
    """Yield the commands that help on; none where the advice says it all."""
    if isinstance(error, NoDatabase):
        yield action("db upgrade", database_url=None if page.database else error.file)
    process = error.process
    if process is None:
        return
    match error:
        case GateClosed():
            yield from differing_texts(process, [way.finding for way in error.ways])
            trigger = error.ways[0].arm.trigger if len(error.ways) == 1 else None
            yield action("explain", process=process, milestone=error.milestone, trigger=trigger)
        case SeveralTransitions(milestone=milestone):
            for way in error.ways:
                yield action(
                    "advance", process=process, milestone=milestone, trigger=way.arm.trigger
                )
        case NoTransition() | NoSuchWay():
            yield action("explain", process=process, milestone=error.milestone)
        case NotAllowed() if error.able:
            yield action("member list", process=process)
        case SameDate():
            yield action("due", process=process)
        case DateRefused(see=str(query)):
            yield action(query, process=process)
        case AlreadyDecided() | CannotCorrect() | KeyReused() | VersionPassed():
            yield action("history", process=process)
        case NotAdmitted() | NotArisen() | AskedTooSoon() | OptionsRefused() | LastParty():
            yield action("status", process=process)
        case _:
            pass
