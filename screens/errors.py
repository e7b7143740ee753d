"""How an error is said: what and where, then what would help, then the details."""

from collections.abc import Iterator

from definitions.errors import MijlpaalError
from definitions.faults import DefinitionInvalid
from definitions.text import text
from screens.explain import finding_lines
from screens.page import Page, joined
from workflow.refusals import AskedTooSoon, GateClosed


def error_screen(error: MijlpaalError, page: Page) -> str:
    """Return an error as it is shown on standard error."""
    return joined(_lines(error, page))


def _lines(error: MijlpaalError, page: Page) -> Iterator[str]:
    sentence = page.say(error.sentence)
    if error.place is not None:
        sentence = f"{page.say(error.place)}: {sentence}"
    yield page.told(text("mijlpaal: {sentence}", sentence=sentence))
    if isinstance(error, DefinitionInvalid):
        for fault in error.faults:
            yield page.told(fault.describe(), 2)
    if isinstance(error, GateClosed):
        for way in error.ways:
            if len(error.ways) > 1:
                yield page.wrapped(f"{way.arm.trigger} → {way.arm.target}", 2)
            yield from finding_lines(way.finding, page)
    if isinstance(error, AskedTooSoon):
        yield from finding_lines(error.finding, page)
    if error.advice is not None:
        yield page.told(error.advice)
