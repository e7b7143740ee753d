"""Mermaid's language, as GitHub, GitLab and many editors draw it.

Written by hand, like Graphviz's: what is special is which characters have to be spelled out, and
that is where a library for it would have to be tested as well.
"""

import json
import re
from collections.abc import Iterator, Sequence

from screens.graph.model import Edge, Graph, Kind, Node

SHAPES = {
    Kind.START: ("((", "))"),
    Kind.STATE: ("(", ")"),
    Kind.GOOD: ("[[", "]]"),
    Kind.BAD: ("{{", "}}"),
    Kind.MILESTONE: ("(", ")"),
    Kind.DELIVERABLE: ("[", "]"),
    Kind.GOAL: (">", "]"),
}
PLAIN = "fill:#f5f5f5,stroke:#616161,color:#1a1a1a"
GREEN = "fill:#dcefdc,stroke:#2e7d32,color:#1a1a1a"
LOOKS = {
    Kind.START: "fill:#212121,stroke:#212121",
    Kind.STATE: PLAIN,
    Kind.GOOD: GREEN,
    Kind.BAD: "fill:#f9e0dd,stroke:#b3261e,color:#1a1a1a",
    Kind.MILESTONE: PLAIN,
    Kind.DELIVERABLE: "fill:#eef2fb,stroke:#616161,color:#1a1a1a",
    Kind.GOAL: GREEN,
}
CURRENT = "fill:#fff1bf,stroke-width:4px"
WIDE = "config: {flowchart: {wrappingWidth: 400}}"
"""Lines are folded by us; Mermaid would fold them once more."""
OPEN = "stroke:#1b5e20,stroke-width:4px"

_UNSAFE = re.compile(r"[^\w ,.:()/+=?!→“”‘’…–-]|_|:(?=\w)|(?<=st)y(?=le)|(?<=class)D(?=ef)")
"""Characters that mean something to Mermaid, also where a label is in quotes: in “a:b” an icon, in
“style” and “classDef” a line of their own."""
_LIST = re.compile(r"^(\d*)([-+.)])(?= |$)")
"""What would make a line a list: “1.”, “-”."""


def mermaid(graph: Graph) -> str:
    """Return a picture in Mermaid's language."""
    return "\n".join(_lines(graph))


def _lines(graph: Graph) -> Iterator[str]:
    # Mermaid changes quotes after what looks like a tag, before it reads the title.
    title = json.dumps(" · ".join(graph.title), ensure_ascii=False).replace("<", r"\u003c")
    yield from ("---", f"title: {title}", WIDE, "---", "flowchart TB")
    yield from (f"  {_node(node)}" for node in graph.nodes)
    yield from (f"  {_edge(edge)}" for edge in graph.edges)
    kinds = dict.fromkeys(node.kind for node in graph.nodes)
    yield from (f"  classDef {kind} {LOOKS[kind]}" for kind in kinds)
    current = [_name(node.id) for node in graph.nodes if node.current]
    if current:
        yield f"  classDef current {CURRENT}"
        yield f"  class {','.join(current)} current"
    opened = [str(index) for index, edge in enumerate(graph.edges) if edge.open]
    if opened:
        yield f"  linkStyle {','.join(opened)} {OPEN}"


def _node(node: Node) -> str:
    left, right = SHAPES[node.kind]
    label = _label(node.heading, node.lines)
    return f'{_name(node.id)}{left}"{label}"{right}:::{node.kind}'


def _edge(edge: Edge) -> str:
    arrow = "-.->" if edge.explicit else "-->"
    label = _label(edge.heading, edge.lines)
    said = f'|"{label}"|' if label.strip() else ""
    return f"{_name(edge.source)} {arrow}{said} {_name(edge.target)}"


def _name(name: str) -> str:
    """Return the name of a node, prefixed by its kind, so that it is no keyword of Mermaid's.

    Only “style” is a keyword inside a name too.
    """
    return name.replace("/", "__").replace("-", "_").replace("style", "st__yle")


def _label(heading: Sequence[str], lines: Sequence[str]) -> str:
    told = [f"<b>{_plain(line)}</b>" for line in heading]
    told += [_plain(line) for line in lines]
    return "<br>".join(told) or " "


def _plain(line: str) -> str:
    """Return a line with every character spelled out by its number that means something."""
    spelled = _UNSAFE.sub(lambda found: _number(found[0]), line)
    return _LIST.sub(lambda found: f"{found[1]}{_number(found[2])}", spelled)


def _number(character: str) -> str:
    return f"#{ord(character)};"
