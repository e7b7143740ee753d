"""Pictures: what they say, what their languages need spelled out, and who draws them."""

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.library import open_definition, shipped
from definitions.model import title_in
from screens.graph.dot import dot
from screens.graph.drawing import CannotDraw, PictureFormat, format_of, written
from screens.graph.machine import milestone_graph
from screens.graph.mermaid import mermaid
from screens.graph.model import Edge, Graph, Kind, Node
from screens.graph.overview import overview_graph
from screens.page import Page
from tests.support.cli import PROCESS, Terminal, folded
from tests.support.definitions import example, load

GOLDEN = Path(__file__).parent / "golden"
DRAW = f"definitions graph --process {PROCESS}"
HALF_WAY = "--as-of 2021-04-15"
SCREENS = {
    "graph.mmd": f"definitions graph {PROCESS}",
    "graph-milestone.mmd": f"definitions graph {PROCESS} inwerkingtreding",
    "graph-process.mmd": f"{DRAW} principebesluit --as-of 2021-02-15",
    "graph-process.dot": f"{DRAW} principebesluit --as-of 2021-02-15 --format dot",
}
MANY = 50
MERMAID_TAKES = 50_000
"""Characters; Mermaid refuses a longer text."""
GRAPHVIZ = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")


# --- what they say -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCREENS)
def test_a_picture(replayed: Terminal, name: str) -> None:
    """A whole picture is what is stored, to the letter."""
    out = replayed.does(SCREENS[name])
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(out, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == out


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_definition_can_be_drawn(name: str) -> None:
    """Each state and each milestone stands in its picture once, each transition is an edge."""
    definition = open_definition(name)
    overview = overview_graph(definition, Page())
    drawn = [node.id for node in overview.nodes if node.kind is Kind.MILESTONE]
    assert [f"milestone/{each}" for each in definition.milestones] == drawn

    for milestone in definition.milestones.values():
        graph = milestone_graph(milestone, Page())
        assert ["start", *(f"state/{each}" for each in milestone.states)] == _ids(graph)
        assert 1 + len(milestone.arms) == len(graph.edges)
        assert [arm.explicit for arm in milestone.arms] == [e.explicit for e in graph.edges[1:]]


def _ids(graph: Graph) -> list[str]:
    return [node.id for node in graph.nodes]


def test_no_edge_leads_nowhere() -> None:
    """What an edge comes from and leads to stands in the picture."""
    for name in shipped():
        graph = overview_graph(open_definition(name), Page())
        ends = {end for edge in graph.edges for end in (edge.source, edge.target)}
        assert set() == ends - set(_ids(graph))


def test_where_a_process_stands_is_said_in_words(replayed: Terminal) -> None:
    """Now, attested, open and closed are words, not only colours and lines."""
    out = _words(replayed.does(f"{DRAW} hoofdlijnennotitie {HALF_WAY}"))
    for said in (
        "now: in-route (by Tue 16 March 2021), move attested",
        "asked here: raden, 1 of 7",
        "vaststellen closed if all answered or for on hoofdlijnennotitie/raden",
        "beeindigen open (only when named)",
        "in-route attested opens a round if principebesluit in “vastgesteld” and",
        "vastgesteld end: reached",
        "beeindigd end: given up",
    ):
        assert said in out


def _words(picture: str) -> str:
    """Return what is read in a picture of Mermaid's."""
    shown = re.sub(r"</?b>|<br>", " ", picture)
    return folded(re.sub(r"#(\d+);", lambda found: chr(int(found[1])), shown))


def test_a_process_shows_its_dues_as_they_were_last_given(started: Terminal) -> None:
    """A date that was moved is the new one, in the milestone as in the whole."""
    due = "inwerkingtreding.in-werking"
    started.does(f"replan {PROCESS} {due} 2023-02-01 --on 2021-03-01 --reason 'it took longer'")
    for line in (DRAW, f"{DRAW} inwerkingtreding"):
        assert "due Wed 1 February 2023" in _words(started.does(line))
        assert "due Sat 1 January 2022" not in _words(started.does(line))


def test_a_due_that_is_met_is_not_shown(replayed: Terminal) -> None:
    """What was in time needs no date any more."""
    assert "due" not in _words(replayed.does(f"{DRAW} inwerkingtreding"))


def test_titles_are_in_the_language_of_the_page() -> None:
    """A Dutch page has the Dutch titles."""
    definition = open_definition(PROCESS)
    for language in ("nl", "en"):
        graph = overview_graph(definition, Page(language))
        assert graph.title[0].startswith(title_in(definition.title, language, ""))


def test_a_gate_that_may_hold_in_several_ways_is_one_condition() -> None:
    """What must all hold is listed; what may hold is kept together, in brackets."""
    gate = "rijp: {any: [{milestone: voorstel, state: genomen}, {date: goal}]}"
    definition = load(example(("rijp: {milestone: voorstel, state: genomen}", gate)))
    edge = next(e for e in overview_graph(definition, Page()).edges if "slot" in e.target)
    assert "if any of (voorstel in “genomen”, Sat 1 January 2022 has come)" == " ".join(edge.lines)


def test_fifty_milestones() -> None:
    """A chain of fifty is one picture, and not more than Mermaid takes."""
    graph = overview_graph(load(_chain(MANY)), Page())
    assert 2 + MANY == len(graph.nodes)
    assert len(mermaid(graph)) < MERMAID_TAKES
    assert 1 + MANY == dot(graph).count(" -> ")


def _chain(number: int) -> str:
    head, _, rest = example().partition("  slot:\n")
    links = "".join(
        f"  m-{index}:\n    structure: ronde\n    gates:\n"
        f"      rijp: {{milestone: {'voorstel' if index == 2 else f'm-{index - 1}'}, "
        f"state: genomen}}\n      besluit: {{date: goal}}\n"
        for index in range(2, number + 1)
    )
    return f"{head}{links}tasks:{rest.partition('tasks:')[2]}"


# --- what is spelled out -----------------------------------------------------------------------

NASTY = (
    'een "citaat"; [haken] {accolades} (x) |streep| <b>vet</b> &amp; #35; 100% `code` \\N *ster*',
    "1. eerste punt",
    "- streepje",
    "style n1 fill:#fff;",
    "classDef x fill:#fff;",
    "%%{init: {}}%% end; subgraph graph TD --> A -.-> B",
    "Coördinatie, café, ’s-Gravenhage – IJsselmonde €",
    "fa:fa-car $$x$$ @{ shape: rect } ~~~ _onder_ __dik__ ---",
)


def _of(said: str) -> Graph:
    """Return a picture in which everything says the same."""
    nodes = (Node("state/end", Kind.STATE, (said,), (said,)), Node("state/x-y", Kind.BAD))
    return Graph((said,), nodes, (Edge("state/end", "state/x-y", (said,), (said,)),))


@given(said=st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["C"]))))
def test_in_mermaid_nothing_in_a_label_is_syntax(said: str) -> None:
    """Between the quotes stand letters, digits, harmless signs and numbers of characters."""
    picture = mermaid(_of(said)).partition("flowchart TB\n")[2]
    labels = re.findall(r'"(.*?)"', picture)
    for label in labels:
        bare = re.sub(r"</?b>|<br>|#\d+;", "", label)
        assert set() == set(bare) & set('"#;`[]{}|<>&%*_~$@\\^')
        assert "style" not in bare
    assert said == _read(labels[0]).partition("\n")[0]
    assert 5 == len(picture.split("\n"))


def _read(label: str) -> str:
    """Return what Mermaid shows of a label."""
    bare = label.replace("<br>", "\n").replace("<b>", "").replace("</b>", "")
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), bare)


@given(said=st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["C"]))))
def test_in_dot_a_label_is_well_formed(said: str) -> None:
    """A label is HTML that says what was said, and has no empty tags."""
    for label in re.findall(r"label=<(.*)>\]?$", dot(_of(said)), re.MULTILINE):
        parsed = ElementTree.fromstring(f"<label>{label}</label>")  # noqa: S314 - our own
        assert said in "".join(parsed.itertext())
        assert "<B></B>" not in label


def test_a_name_is_no_word_of_mermaids() -> None:
    """States called “end”, “state” or “graph” are states like any other."""
    written_ = mermaid(_of("x"))
    assert '  state__end("<b>x</b><br>x"):::state' in written_
    assert "  state__end -->" in written_
    style = Graph((), (Node("state/lifestyle", Kind.STATE, ("x: #1;",)),), ())
    assert '  state__lifest__yle("<b>x: #35;1#59;</b>"):::state' in mermaid(style)


def test_what_looks_like_a_tag_in_a_title() -> None:
    """Mermaid would change the quotes after it, and could not read the title any more."""
    assert r'title: "a \u003cb =\"c\">"' in mermaid(Graph(('a <b ="c">',), (), ()))


@GRAPHVIZ
@pytest.mark.parametrize("said", NASTY)
def test_graphviz_shows_what_was_said(said: str) -> None:
    """Whatever stands in a label, Graphviz draws it as it is."""
    picture = written(_of(said), PictureFormat.SVG, None)
    shown = [each.text for each in ElementTree.fromstring(picture).iter() if each.text]  # noqa: S314
    assert said in [each.replace("\N{NO-BREAK SPACE}", " ").strip() for each in shown]


# --- who draws them ----------------------------------------------------------------------------


@GRAPHVIZ
def test_svg_is_drawn_by_graphviz(replayed: Terminal, tmp_path: Path) -> None:
    """A file that is called .svg is one."""
    file = tmp_path / "beeld.svg"
    assert f"Drawn: {file}" == folded(replayed.does(*DRAW.split(), "--out", str(file)))
    assert ElementTree.parse(file).getroot().tag.endswith("svg")  # noqa: S314 - our own


def test_without_graphviz_the_refusal_says_what_helps(replayed: Terminal, tmp_path: Path) -> None:
    """What to install, and what works without."""
    bare = replace(replayed, environment={"PATH": str(tmp_path)})
    err = folded(bare.refused(1, f"definitions graph {PROCESS} --format svg"))
    assert "SVG is drawn by Graphviz, and there is no “dot” here." in err
    assert "Install Graphviz (apt install graphviz, " in err
    assert "--format mermaid or --format dot, which need nothing." in err


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
def test_graphviz_that_fails_is_quoted(tmp_path: Path) -> None:
    """What it said is passed on."""
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\ncat > /dev/null\necho no such font >&2\nexit 3\n")
    program.chmod(0o700)
    with pytest.raises(CannotDraw, match="Graphviz failed: no such font"):
        written(_of("x"), PictureFormat.SVG, str(tmp_path))


@pytest.mark.parametrize(
    ("named", "file", "form"),
    [
        (None, None, PictureFormat.MERMAID),
        (None, "x.svg", PictureFormat.SVG),
        (None, "x.GV", PictureFormat.DOT),
        (None, "x.dot", PictureFormat.DOT),
        (None, "x.md", PictureFormat.MERMAID),
        ("mermaid", "x.svg", PictureFormat.MERMAID),
    ],
)
def test_the_form(named: str | None, file: str | None, form: PictureFormat) -> None:
    """As asked; else as the file is called; else Mermaid."""
    assert form is format_of(named, Path(file) if file else None)


@pytest.mark.parametrize(
    ("code", "line", "sentence"),
    [
        (2, "definitions graph", "Name a definition, and one of its milestones or none."),
        (2, f"definitions graph {PROCESS} a b", "Name a definition, and one of its milestones"),
        (2, f"definitions graph {PROCESS} {HALF_WAY}", "Add --process ID."),
        (2, f"{DRAW} --set a=b", "A process keeps the parameters it was started with."),
        (2, f"definitions graph {PROCESS} --out /", "Cannot write /: "),
        (5, "definitions graph gr-sociaal-domei", "Did you mean “gr-sociaal-domein”?"),
        (5, f"definitions graph {PROCESS} concepttext", "Did you mean “concepttekst”?"),
        (5, f"{DRAW} concepttext", "Did you mean “concepttekst”?"),
        (5, "definitions graph --process nobody", "nobody"),
    ],
)
def test_what_is_refused(replayed: Terminal, code: int, line: str, sentence: str) -> None:
    """Each says what is wrong, or what was meant."""
    assert sentence in folded(replayed.refused(code, line))


def test_the_definition_of_a_process_may_be_named(replayed: Terminal) -> None:
    """It is the process's own, named or not."""
    bare = replayed.does(f"{DRAW} concepttekst")
    assert bare == replayed.does(f"definitions graph {PROCESS} concepttekst --process {PROCESS}")
    assert replayed.does(DRAW) == replayed.does(f"{DRAW} {PROCESS}")
