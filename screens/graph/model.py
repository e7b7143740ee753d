"""The contents of a picture, in any format: nodes, edges, and marks.

Every mark is also expressed in words, since a picture may be printed in black and white, or read
aloud.
"""

from collections.abc import Iterable
from enum import StrEnum

from definitions.language.text import Text
from definitions.language.values import dataclass
from screens.page import Page

NODE_WIDTH = 34
"""How many characters fit on a line in a node; a longer name stays whole."""
EDGE_WIDTH = 26
"""How many fit on a line beside an edge; Mermaid folds there what is wider."""
TITLE_WIDTH = 72
"""How many fit on a line of the title."""


class Kind(StrEnum):
    """The kind of a node, which determines its shape."""

    START = "start"
    """Where a milestone begins; it says nothing."""
    STATE = "state"
    """A state that something leaves."""
    GOOD = "good"
    """A final state in which the milestone is reached; or a milestone that is."""
    BAD = "bad"
    """A final state in which it is given up; or a milestone that is."""
    MILESTONE = "milestone"
    """A milestone that is on its way."""
    DELIVERABLE = "deliverable"
    """A document."""
    GOAL = "goal"
    """The goal of the process."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the picture.

    Attributes:
        id: its name: small letters, digits, hyphens and slashes.
        heading: the lines of its name.
        lines: its details, folded.
        current: whether it is the present state.
    """

    id: str
    kind: Kind
    heading: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    current: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A connection between two nodes.

    Attributes:
        heading: the lines of its name; none if it has no name.
        lines: its conditions, folded.
        explicit: taken only when named.
        open: whether it can be taken now.
    """

    source: str
    target: str
    heading: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    explicit: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """A picture, with the lines of its title."""

    title: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def folded(page: Page, *said: Text | str, width: int = NODE_WIDTH) -> tuple[str, ...]:
    """Return sentences as the lines of a label, in the page's language."""
    narrow = Page(page.language, width)
    sentences = (each if isinstance(each, str) else page.say(each) for each in said)
    return tuple(line for each in sentences for line in _lines(narrow, each))


def _lines(page: Page, sentence: str) -> Iterable[str]:
    return page.wrapped(sentence, hanging=0).splitlines()
