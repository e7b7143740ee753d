"""Which picture is asked for: of a definition or a process, whole or of one milestone."""

from collections.abc import Sequence

from definitions.model import Definition
from screens.graph.machine import milestone_graph
from screens.graph.model import Graph
from screens.graph.overview import overview_graph
from screens.page import Page
from workflow.decide.case import milestone_named
from workflow.views.seen import Seen


def definition_picture(definition: Definition, milestone: str | None, page: Page) -> Graph:
    """Return the picture of a definition, or of one of its milestones.

    Raises:
        NotFound: it has no such milestone.
    """
    if milestone is None:
        return overview_graph(definition, page)
    return milestone_graph(milestone_named(definition, milestone), page, goal=definition.goal)


def process_picture(seen: Seen, names: Sequence[str], page: Page) -> Graph:
    """Return the picture of a process, or of one of its milestones.

    Args:
        names: the definition's own name, which may be left out, and the milestone's, if one.

    Raises:
        NotFound: it has no such milestone.
    """
    definition = seen.definition
    own = bool(names) and names[0] == definition.id
    if own and not (len(names) == 1 and names[0] in definition.milestones):
        names = names[1:]
    if not names:
        return overview_graph(definition, page, seen)
    milestone = milestone_named(definition, names[0])
    return milestone_graph(milestone, page, seen, definition.goal)
