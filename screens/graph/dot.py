"""Graphviz's language.

Written by hand: it is two dozen lines, and a library would bring a graph model of its own.
"""

import html
from collections.abc import Iterator, Sequence

from screens.graph.model import Edge, Graph, Kind, Node

HEAD = """\
  graph [rankdir=TB, labelloc=t, fontname="Helvetica,Arial,sans-serif", fontsize=16, pad=0.3, \
nodesep=0.35]
  node [shape=box, style="filled,rounded", fillcolor="#f5f5f5", color="#616161", \
fontname="Helvetica,Arial,sans-serif", fontsize=12, margin="0.16,0.1"]
  edge [color="#616161", fontname="Helvetica,Arial,sans-serif", fontsize=11]"""

LOOKS = {
    Kind.START: 'shape=circle, style=filled, fillcolor="#212121", width=0.2, fixedsize=true',
    Kind.STATE: "",
    Kind.GOOD: 'peripheries=2, fillcolor="#dcefdc", color="#2e7d32"',
    Kind.BAD: 'shape=octagon, style=filled, fillcolor="#f9e0dd", color="#b3261e"',
    Kind.MILESTONE: "",
    Kind.DELIVERABLE: 'shape=note, style=filled, fillcolor="#eef2fb"',
    Kind.GOAL: 'shape=cds, style=filled, fillcolor="#dcefdc", color="#2e7d32", margin="0.3,0.2"',
}
CURRENT = 'penwidth=4, fillcolor="#fff1bf"'
USUAL = "weight=4"
"""The usual way is drawn straighter than the others."""
EXPLICIT = "style=dashed"
OPEN = 'penwidth=3, color="#1b5e20"'
BREAK, LEFT, SPACE = "<BR/>", '<BR ALIGN="LEFT"/>', "\N{NO-BREAK SPACE}"


def dot(graph: Graph) -> str:
    """Return a picture in Graphviz's language."""
    return "\n".join(["digraph {", *_lines(graph), "}"])


def _lines(graph: Graph) -> Iterator[str]:
    yield HEAD
    yield f"  label={_label(_bold(graph.title))}"
    yield from (f"  {_quoted(node.id)} [{_node(node)}]" for node in graph.nodes)
    for edge in graph.edges:
        yield f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [{_edge(edge)}]"


def _node(node: Node) -> str:
    current = CURRENT if node.current else ""
    label = _label(_bold(node.heading), [f"{_plain(line)}{LEFT}" for line in node.lines])
    return ", ".join(each for each in (LOOKS[node.kind], current, f"label={label}") if each)


def _edge(edge: Edge) -> str:
    # Spaces keep the words off the line.
    lines = [f"{SPACE}{line}{SPACE}" for line in (*_bold(edge.heading), *map(_plain, edge.lines))]
    looks = [
        EXPLICIT if edge.explicit else USUAL,
        OPEN if edge.open else "",
        f"label={_label(lines)}" if lines else "",
    ]
    return ", ".join(each for each in looks if each)


def _bold(lines: Sequence[str]) -> list[str]:
    """Return lines in bold type; what Graphviz reads has no empty tags."""
    return [f"<B>{_plain(line)}</B>" for line in lines if line]


def _label(heading: Sequence[str], lines: Sequence[str] = ()) -> str:
    """Return a label as Graphviz's HTML, in which nothing but HTML has a meaning."""
    told = BREAK.join(heading) + BREAK * bool(heading and lines) + "".join(lines)
    return f"<{told}>" if told else '""'


def _plain(line: str) -> str:
    return html.escape(line, quote=False)


def _quoted(name: str) -> str:
    """Return the name of a node, which is of letters, digits, hyphens and slashes, in quotes."""
    return f'"{name}"'
