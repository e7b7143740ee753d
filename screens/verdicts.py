"""What a proof found, as text: on the screen of ``definitions check``, on a page, in a refusal."""

from collections.abc import Iterator

from definitions.language.text import Text, text
from definitions.model import Definition
from definitions.proving.verdict import Finding, Result, Severity, Verdict
from definitions.proving.wording import (
    acts_text,
    advice_text,
    blocking_text,
    extent_text,
    finding_text,
    proved_texts,
    severity_text,
    story_texts,
    unproved_text,
)
from screens.page import Page

MOST = 20
"""How many findings are shown of each severity, or who can keep gates shut."""
ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFORMATION)


def verdict_lines(
    verdict: Verdict, definition: Definition, page: Page, indent: int = 2
) -> Iterator[str]:
    """Yield what was proved, what was found, what would mend it, and who can keep gates shut."""
    yield page.paragraph(_extent(verdict), indent)
    if verdict.result is Result.SOUND:
        yield from (page.paragraph(each, indent + 2) for each in proved_texts(verdict, definition))
    for each in verdict.unproved:
        yield page.paragraph(text("Not proved: {what}", what=unproved_text(each)), indent)
    if verdict.result is Result.NOT_VERIFIED and not verdict.findings:
        yield page.paragraph(text("What was found until then: nothing."), indent)
    for severity in ORDER:
        found = [each for each in verdict.findings if each.severity is severity]
        for finding in found[:MOST]:
            yield from finding_lines(finding, definition, page, indent)
        yield from _more(len(found), page, indent)
    if verdict.blocking:
        yield page.paragraph(text("Who can keep it shut, by a refusal or by silence:"), indent)
        for block in verdict.blocking[:MOST]:
            yield page.paragraph(blocking_text(block, definition), indent + 2)
        yield from _more(len(verdict.blocking), page, indent + 2)


def _extent(verdict: Verdict) -> Text:
    extent = extent_text(verdict)
    if verdict.result is Result.SOUND:
        return text(
            "Proved over {extent}, unless something is attested or recorded out of order:",
            extent=extent,
        )
    return text("Looked at {extent}.", extent=extent)


def _more(number: int, page: Page, indent: int) -> Iterator[str]:
    if number > MOST:
        yield page.paragraph(text("and {n} more of this kind", n=number - MOST), indent)


def finding_lines(
    finding: Finding, definition: Definition, page: Page, indent: int = 2
) -> Iterator[str]:
    """Yield a finding, how it comes about, and what would mend it."""
    yield page.paragraph(
        text(
            "{severity}: {finding}",
            severity=severity_text(finding.severity),
            finding=located_text(finding),
        ),
        indent,
    )
    if finding.story:
        yield page.paragraph(acts_text(finding.story), indent + 2)
        for step in story_texts(finding.story, definition):
            yield page.paragraph(step, indent + 4)
    advice = advice_text(finding)
    if advice is not None:
        yield page.paragraph(advice, indent + 2)


def located_text(finding: Finding) -> Text:
    """Return a finding, with the milestone it is of."""
    if not finding.milestone:
        return finding_text(finding)
    return text("{where}: {says}", where=finding.milestone, says=finding_text(finding))
