"""What ``definitions graph`` draws."""

from typing import Any

from definitions.language.naming import PROGRAM
from definitions.language.text import text
from terminal.handlers.processes import look_at
from terminal.runtime.errors import Wrong
from terminal.runtime.setup import Setup
from terminal.runtime.typed import values_of


def picture_of(
    setup: Setup, names: list[str], process: str | None, as_of: str | None, values: tuple[str, ...]
) -> Any:
    """Return what is to be drawn: a definition, a process, or one of their milestones.

    Args:
        names: the definition, and a milestone or none; of a process, only that.
        process: the id of a process; None for a definition.
        as_of: the day on which the process stood so.
        values: the parameters of the definition.

    Raises:
        Wrong: these do not go together.
    """
    from definitions.library import open_definition
    from screens.graph.picture import definition_picture, process_picture

    if len(names) > 2 or not (names or process):  # noqa: PLR2004 - a definition, a milestone
        raise Wrong(
            text("Name a definition, and one of its milestones or none."),
            advice=text(
                "For a process: {command}", command=f"{PROGRAM} definitions graph --process ID"
            ),
        )
    if process is None:
        if as_of is not None:
            raise Wrong(
                text("Only a process stood somewhere on a day."), advice=text("Add --process ID.")
            )
        definition = open_definition(names[0], values_of(values))
        return definition_picture(definition, names[1] if names[1:] else None, setup.page)
    if values:
        raise Wrong(
            text("A process keeps the parameters it was started with."),
            advice=text("Leave out --set, or --process."),
        )
    with setup.queries() as queries:
        return process_picture(look_at(setup, queries, process, as_of), names, setup.page)
