"""What the demo says between its screens."""

import shlex
from collections.abc import Sequence

from definitions.text import text
from screens.page import Page, joined
from screens.words import command_line


def heading(name: str, page: Page) -> str:
    """Return what comes before a process: what is about to be seen."""
    said = text(
        "The process “{name}”, started in a throw-away database and replayed from its shipped "
        "facts, each with its source.",
        name=name,
    )
    return page.told(said, hanging=0)


def scene(command: str) -> str:
    """Return the line that shows which command prints the screen below it."""
    return f"\n$ mijlpaal {command}"


def closing(names: Sequence[str], file: str, page: Page) -> str:
    """Return what to try next, and with which database."""
    lines = ["", page.told(text("Your turn. The database of this demo stays where it is:"))]
    lines += [f"  export MIJLPAAL_DATABASE_URL={shlex.quote(file)}"]
    for name in names[:1]:
        lines += [
            command_line("history", name),
            command_line("due", name),
            command_line("definitions", "show", name),
            command_line("start", name, "--id", f"{name}-2"),
        ]
    return joined(lines)
