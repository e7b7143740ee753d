"""The note on an answer that was read from a standby server."""

from definitions.language.text import text
from screens.history import instant_of
from screens.page import Page
from workflow.model.standby import Standby


def read_from_standby(standby: Standby, page: Page) -> str:
    """Return as of when an answer is."""
    if standby.until is None:
        return page.paragraph(
            text("Read from a standby, which does not say until when it has everything.")
        )
    return page.paragraph(
        text(
            "Read from a standby, which has what was committed until {until}. Later entries "
            "are not in this answer.",
            until=instant_of(standby.until.astimezone()),
        )
    )
