"""Drawing a definition, a process, or one of their milestones."""

from pathlib import Path

from definitions.language.naming import PROGRAM
from definitions.language.text import text
from definitions.language.values import dataclass
from definitions.library import open_definition
from screens.graph.drawing import format_of, written
from screens.graph.model import Graph
from screens.graph.picture import definition_picture, process_picture
from terminal.handlers.processes import Days, look_at
from terminal.runtime.errors import Wrong
from terminal.runtime.open_queries import queries_of
from terminal.runtime.output import answering, remark_on_standby, say, write_new
from terminal.runtime.setup import Setup
from terminal.runtime.typed_values import values_of


@dataclass(frozen=True, slots=True)
class Drawn:
    """The subject of a drawing.

    Attributes:
        names: the definition and possibly a milestone; for a process, only a milestone.
        process: the id of a process; None for a definition.
        as_of: the day of the process's state.
        values: the parameters of the definition.
    """

    names: tuple[str, ...]
    process: str | None
    as_of: str | None
    values: tuple[str, ...]


def draw(setup: Setup, drawn: Drawn, form: str | None, file: Path | None) -> None:
    """Print a drawing, or write it to a file; in the form that was named, or the file's own."""
    graph = _picture_of(setup, drawn)
    picture = written(graph, format_of(form, file), setup.environment.get("PATH"))
    remark_on_standby(setup)
    if file is None:
        say(picture.rstrip())
        return
    write_new(file, f"{picture.rstrip()}\n")
    done = text("Drawn: {file}", file=str(file))
    with answering(done):
        say(setup.page.paragraph(done))


def _picture_of(setup: Setup, drawn: Drawn) -> Graph:
    """Return the picture to draw.

    Raises:
        Wrong: the given names do not go together.
    """
    names, process = drawn.names, drawn.process
    if len(names) > 2 or not (names or process):  # noqa: PLR2004 - a definition, a milestone
        raise Wrong(
            text("Name a definition, and one of its milestones or none."),
            advice=text(
                "For a process: {command}", command=f"{PROGRAM} definitions graph --process ID"
            ),
        )
    if process is None:
        if drawn.as_of is not None:
            raise Wrong(
                text("Only a process stood somewhere on a day."), advice=text("Add --process ID.")
            )
        definition = open_definition(names[0], values_of(drawn.values))
        return definition_picture(definition, names[1] if names[1:] else None, setup.page)
    if drawn.values:
        raise Wrong(
            text("A process keeps the parameters it was started with."),
            advice=text("Leave out --set, or --process."),
        )
    with queries_of(setup) as queries:
        seen = look_at(setup, queries, process, Days(drawn.as_of))
        return process_picture(seen, names, setup.page)
