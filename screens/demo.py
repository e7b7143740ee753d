"""What the demo says between its screens."""

from collections.abc import Sequence

from definitions.text import text
from screens.page import Page, joined


def heading(name: str, page: Page) -> str:
    """Return what comes before a process: what is about to be seen."""
    said = text(
        "The process “{name}”, started in a throw-away database and replayed from its shipped "
        "facts, each with its source.",
        name=name,
    )
    return page.wrapped(page.say(said))


def scene(command: str) -> str:
    """Return the line that shows which command prints the screen below it."""
    return f"\n$ mijlpaal {command}"


def closing(names: Sequence[str], file: str, page: Page) -> str:
    """Return what to try next, and with which database."""
    lines = ["", page.say(text("Your turn. The database of this demo stays where it is:"))]
    lines += [f"  export MIJLPAAL_DATABASE_URL={file}"]
    for name in names[:1]:
        lines += [
            f"  mijlpaal history {name}",
            f"  mijlpaal due {name}",
            f"  mijlpaal definitions show {name}",
            f"  mijlpaal start {name} --id {name}-2",
        ]
    return joined(lines)
