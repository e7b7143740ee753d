"""What is said about a file whose shape is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.loading import read_shape
from definitions.schema import ProcessFile
from tests.support.definitions import EXAMPLE, example, faults_of
from tests.support.properties import examples

NO_KEY = "There is no such key here."


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("version: 1", "verson: 1", f"verson: {NO_KEY} Did you mean “version”?"),
        ("what: a letter", "wath: a letter", f"sources.0.wath: {NO_KEY} Did you mean “what”?"),
        ("what: in force", "waht: x", f"goal.waht: {NO_KEY} Did you mean “what”?"),
        ("define:", "defin:", f"parties.defin: {NO_KEY} Did you mean “define”?"),
        ("oost: {name", "oost: {nam", f"parties.define.oost.nam: {NO_KEY} Did you mean “name”?"),
        ("juristen: {name", "juristen: {naam", f"groups.juristen.naam: {NO_KEY} Did you mean"),
        ("griffier: {per", "griffier: {pre", f"roles.griffier.pre: {NO_KEY} Did you mean “per”?"),
        ("levels:", "level:", f"deliverables.tekst.level: {NO_KEY} Did you mean “levels”?"),
        ("{per: party}}", "{pr: party}}", f"deliverables.tekst.parts.bijlage.pr: {NO_KEY} Did"),
        ("needs: ground", "need: ground", f"instruments.besluit.tegen.need: {NO_KEY} Did you mean"),
        ("times: 4", "time: 4", f"ladders.gewoon.3.time: {NO_KEY} Did you mean “times”?"),
        ("slots:", "slot:", f"structures.ronde.slot: {NO_KEY} Did you mean “slots”?"),
        ("bad: [", "bat: [", f"structures.ronde.final.bat: {NO_KEY} Did you mean “bad”?"),
        ("owner: trekker", "ownr: x", f"structures.ronde.tasks.overleg.ownr: {NO_KEY} Did you"),
        (
            "opens: round",
            "open: round",
            f"structures.ronde.transitions.in-route.open: {NO_KEY} Did you mean “opens”?",
        ),
        (
            "stoppen: {from: [open, in-route], to: vervallen,",
            "stoppen: {form: [open, in-route], to: vervallen,",
            f"structures.ronde.transitions.stoppen.form: {NO_KEY} Did you mean “from”?",
        ),
        (
            "nemen: {from: in-route, to: genomen, gate: {slot: besluit}}",
            "nemen: [{from: in-route, to: genomen, gat: {slot: besluit}}]",
            f"structures.ronde.transitions.nemen.0.gat: {NO_KEY} Did you mean “gate”?",
        ),
        (
            "{slot: rijp}",
            "{slott: rijp}",
            f"structures.ronde.transitions.in-route.gate.slott: {NO_KEY} Did you mean “slot”?",
        ),
        (
            "level: volledig}",
            "levl: volledig}",
            f"milestones.voorstel.gates.rijp.all.0.levl: {NO_KEY} Did you mean “level”?",
        ),
        (
            "rule: majority",
            "rule: {atleast: 2}",
            f"milestones.voorstel.gates.besluit.rule.atleast: {NO_KEY} Did you mean “at_least”?",
        ),
        (
            "due: 2021-09",
            "due: {bij: 2021-09}",
            f"milestones.voorstel.requests.raden.due.bij: {NO_KEY} There are: by, before, after",
        ),
        (
            "due: {in-route: 2021-06}",
            "due: {in-route: {mapping: {list: x}}}",
            f"milestones.voorstel.due.in-route.mapping: {NO_KEY} There are: by, before, after",
        ),
        (
            "due: {in-route: 2021-06}",
            "due: {scalar: {scalar: x}}",
            f"milestones.voorstel.due.scalar.scalar: {NO_KEY} There are: by, before, after",
        ),
        ("in: in-route, each", "inn: x, each", f"milestones.voorstel.tasks.vragen.inn: {NO_KEY}"),
        ("arises: {every", "arises: {evry", f"tasks.nieuwsbrief.arises.evry: {NO_KEY} Did you"),
    ],
)
def test_an_unknown_key_is_named_wherever_it_stands(old: str, new: str, fault: str) -> None:
    """A key that is not known has its place, and the key that was probably meant."""
    described = [each.split(": ", 1)[1] for each in faults_of(example((old, new)))]

    assert fault in [each[: len(fault)] for each in described]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("version: 1\n", "", "1:1: version: “version” is missing."),
        ("version: 1", "version: 1.5", "2:1: version: Expected a whole number, not “1.5”."),
        ("version: 1", "version: true", "2:1: version: Expected a whole number, not true."),
        ("version: 1", "version: 0", "2:1: version: Expected 1 or more, not 0."),
        ("version: 1", "version: [1]", "2:1: version: Expected a whole number, not a list."),
        ("id: example", "id: [a]", "1:1: id: Expected text, not a list."),
        ("id: example", "id: 12", "1:1: id: Expected text, not 12. Put it in quotes if text is"),
        ("id: example", "id: Mijn Stuk", "1:1: id: “Mijn Stuk” is not a name: small letters"),
        (
            "id: example",
            "id: Zoë",
            "1:1: id: “Zoë” is not a name: small letters, digits and single "
            "hyphens. Did you mean “zoe”?",
        ),
        ("id: example", "id: -a", "1:1: id: “-a” is not a name: small letters, digits and single"),
        ("  juristen:", "  Jurist En:", "15:3: groups.Jurist En: “Jurist En” is not a name"),
        ("{nl: Voorbeeld", "{NL: x", "3:9: title.NL: “NL” is not a language: write nl, en…"),
        ("-14d", "14d", "29:12: ladders.gewoon.0: “14d” is not a rung: write -14d, -3wd"),
        ("-14d", "-9999d", "29:12: ladders.gewoon.0: “-9999d” is not a rung: write -14d"),
        ("-3wd", "-14d", "29:18: ladders.gewoon.1: This stands here twice."),
        ("after: 3d", "after: 3", "29:29: ladders.gewoon.3.after: Expected text, not 3."),
        ("after: 3d", "after: 3 d", "29:29: ladders.gewoon.3.after: “3 d” is not a number of"),
        ("times: 4", "times: 53", "29:51: ladders.gewoon.3.times: Expected 52 or less, not 53."),
        ("begins: 2021-01-04", "begins: 2021-02-31", "7:1: begins: “2021-02-31” is not a date:"),
        ("begins: 2021-01-04", "begins: 2021", "7:1: begins: Expected text, not 2021. Put it in"),
        ("explicit: true", "explicit: yes", "40:56: structures.ronde.transitions.stoppen.explicit"),
        ("[raad, college]}\n    west", "[]}\n    west", "11:40: parties.define.oost.bodies: At "),
        (
            "[raad, college]}\n    west",
            "[raad, raad]}\n    west",
            "11:55: parties.define.oost.bodies.1: This stands here twice.",
        ),
        (
            "{id: brief, what: a letter, date: 2021-01-04}",
            "{id: brief}\n  - {id: brief}",
            "6:6: sources.1.id: This stands here twice.",
        ),
        (
            "rule: majority",
            "rule: majorty",
            "63:33: milestones.voorstel.gates.besluit.rule: Expected one of: all, majority; not ",
        ),
        (
            "permission: stop",
            "permission: stopp",
            "40:72: structures.ronde.transitions.stoppen.permission: Expected one of: advance, ",
        ),
        (
            "tegen: {counts: against, needs: ground}",
            "tegen: contra",
            "26:24: instruments.besluit.tegen: Expected one of: for, against, answered, pending",
        ),
        (
            "due: 2021-09",
            "due: [x]",
            "52:9: milestones.voorstel.requests.raden.due: Expected a single value or keys and ",
        ),
        (
            "due: 2021-09",
            "due: {by: 2021-09, target: 2021-10}",
            "52:28: milestones.voorstel.requests.raden.due.target: Exactly one is needed of: by, ",
        ),
        (
            "due: 2021-09",
            "due: {by: unknown}",
            "52:15: milestones.voorstel.requests.raden.due.by: “unknown” is no known day or month.",
        ),
        (
            "due: 2021-09",
            "due: {target: by 2021-09}",
            "52:15: milestones.voorstel.requests.raden.due.target: “by 2021-09” is no known day or",
        ),
        (
            "rule: majority",
            "rule: {share: 1e-99999999}",
            "63:40: milestones.voorstel.gates.besluit.rule.share: “1e-99999999” is not a share: ",
        ),
        (
            "rule: majority",
            "rule: {share: 3/2}",
            "63:40: milestones.voorstel.gates.besluit.rule.share: “3/2” is more than the whole.",
        ),
        (
            "rule: majority",
            "rule: {at_least: 2, of: cast}",
            "63:53: milestones.voorstel.gates.besluit.rule.of: “of” does not go with “at_least”.",
        ),
        (
            "rule: majority",
            "rule: majority, of: cast",
            "63:49: milestones.voorstel.gates.besluit.of: Expected one of: own, arisen; not "
            "“cast”. Write it in the rule: {share: 2/3, of: cast}",
        ),
        (
            "rule: majority",
            "rule: {more_than: 3/2}",
            "63:40: milestones.voorstel.gates.besluit.rule.more_than: Nothing is more than “3/2”",
        ),
        *(
            (
                "{request: raden, rule: majority, counts: for}",
                gate,
                f"63:{at}: milestones.voorstel.gates.besluit{said}",
            )
            for gate, at, said in [
                ("{at_least: 2, of: own}", 30, ".of: “at_least” is of a list of gates."),
                ("{at_least: 2}", 7, ": “at_least” needs “of”."),
                (
                    "{date: goal, of: [{date: goal}]}",
                    29,
                    ".of: “of” does not go with “date”.",
                ),
                (
                    "{request: raden, counts: for, of: [{date: goal}]}",
                    46,
                    ".of: A list of gates stands here only with “at_least”.",
                ),
                ("{at_least: 3, of: [{date: goal}]}", 17, ".at_least: This gate can never hold"),
                (
                    "{at_least: 1, of: [{date: goal}, {date: goal}]}",
                    49,
                    ".of.1: This gate stands here twice: it would count twice.",
                ),
                (
                    "{rule: {at_least: 2}, any: [{date: goal}]}",
                    17,
                    ".rule: “rule” does not go with “any”. Write instead: “{at_least: 2, of: [",
                ),
                (
                    "{request: raden, at_least: 2, counts: for}",
                    33,
                    ".at_least: Exactly one is needed of: slot, request, ",
                ),
                (
                    "{request: raden, outcome: vor}",
                    33,
                    ".outcome: Nobody can answer “vor” here. Did you mean “voor”?",
                ),
                (
                    "{request: raden, outcome: [voor, reactie]}",
                    49,
                    ".outcome.1: Nobody can answer “reactie” here. There are: voor, tegen, aan",
                ),
                (
                    "{request: raden, outcome: voor, counts: for}",
                    48,
                    ".counts: “counts” does not go with “outcome”.",
                ),
                (
                    "{request: raden, body: oost.college, counts: for}",
                    33,
                    ".body: “oost.college” is not asked here. It asks: oost.raad, west.raad, z",
                ),
                (
                    "{request: raden, body: oost.read, counts: for}",
                    33,
                    ".body: There is no body “oost.read”. Did you mean “oost.raad”?",
                ),
                (
                    "{request: raden, body: oost.raad, rule: all, counts: for}",
                    50,
                    ".rule: “rule” does not go with “body”.",
                ),
                (
                    "{request: raden, differ: text, outcome: voor}",
                    47,
                    ".outcome: “outcome” does not go with “differ”.",
                ),
                (
                    "{request: raden}",
                    7,
                    ": “request” needs “counts”. Or “outcome”, for the outcomes by their names.",
                ),
            ]
        ),
        (
            "rule: majority",
            "rule: {at_least: 0}",
            "63:40: milestones.voorstel.gates.besluit.rule.at_least: Expected 1 or more, not 0.",
        ),
        (
            "groups:",
            "bodies: {ab: {name: AB, majority: 3/2}}\ngroups:",
            "14:25: bodies.ab.majority: “3/2” is more than the whole.",
        ),
        (
            "groups:",
            "bodies: {ab: {name: AB, majority: 1/2}}\ngroups:",
            "14:25: bodies.ab.majority: “1/2” of the votes would adopt what as many are against, "
            "or more. Write “{more_than: 1/2}”, or a share of more than half.",
        ),
        (
            "groups:",
            "bodies: {ab: {name: AB, majority: {more_than: 1/3}}}\ngroups:",
            "14:36: bodies.ab.majority.more_than: “1/3” of the votes would adopt what as many",
        ),
        (
            "groups:",
            "bodies: {ab: {name: AB, majority: {more_than: 1/1}}}\ngroups:",
            "14:36: bodies.ab.majority.more_than: Nothing is more than “1/1”: that is the whole.",
        ),
        (
            "groups:",
            "bodies: {ab: {name: AB, members: {oost: 0}}}\ngroups:",
            "14:35: bodies.ab.members.oost: Expected 1 or more, not 0.",
        ),
        (
            ", counts: for}\n  slot",
            "}\n  slot",
            "63:7: milestones.voorstel.gates.besluit: “request” needs “counts”.",
        ),
        (
            "{date: goal}",
            "{date: goal, counts: for}",
            "70:29: milestones.slot.gates.besluit.counts: “counts” does not go with “date”.",
        ),
        (
            "{date: goal}",
            "{date: goal, slot: x}",
            "70:17: milestones.slot.gates.besluit.date: Exactly one is needed of: slot, request",
        ),
        ("{date: goal}", "{}", "70:7: milestones.slot.gates.besluit: Exactly one is needed of: s"),
        (
            "{all: [{part: tekst/kern, level: volledig}, {tasks: overleg}]}",
            "{all: []}",
            "62:14: milestones.voorstel.gates.rijp.all: At least 1 needed.",
        ),
        (
            "{tasks: overleg}",
            "{tasks: []}",
            "62:58: milestones.voorstel.gates.rijp.all.1.tasks: At least 1 needed.",
        ),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(old: str, new: str, fault: str) -> None:
    """A value of the wrong form has its line and column, and what should stand there."""
    assert fault in [each[: len(fault)] for each in faults_of(example((old, new)))]


def test_all_faults_of_shape_come_at_once_in_the_order_of_the_file() -> None:
    """Whoever mends a file is not sent back after each mended fault."""
    changed = example(
        ("owner: griffier", "owner: 3"), ("version: 1", "version: x"), ("what: a letter", "wat: x")
    )

    assert ["2:1", "5:17", "60:28"] == [fault.split(": ")[0] for fault in faults_of(changed)]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b"# only a remark\n", "the file is empty"),
        (b"x", "not a single value or a list"),
        (b"- a\n- b\n", "not a single value or a list"),
        (b"<!DOCTYPE html>\n<html><body>Hello</body></html>\n", "not a single value or a list"),
    ],
)
def test_what_is_no_mapping_is_refused(content: bytes, what: str) -> None:
    """A file that is something else is told so in one sentence."""
    [fault] = faults_of(content)

    assert fault.startswith("1:1: Expected keys and values (“id: …”), ")
    assert what in fault


def test_line_ends_and_byte_order_marks_change_nothing() -> None:
    """A file that went through a Windows editor is the same definition."""
    written = "\ufeff" + EXAMPLE.replace("\n", "\r\n")

    assert read_shape(EXAMPLE.encode(), "a", ProcessFile) == read_shape(
        written.encode(), "b", ProcessFile
    )


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 99) | st.text("ab-:/ ", max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["scalar", "list", "mapping", "gate", "all", "[key]"]), inner
        )
    ),
    max_leaves=5,
)


@examples(200)
@given(st.data(), VALUES)
def test_any_value_anywhere_is_explained(data: st.DataObject, value: object) -> None:
    """Whatever stands at any place, nothing but faults in our own words comes out of it."""
    lines = EXAMPLE.splitlines()
    at = data.draw(st.sampled_from([n for n, line in enumerate(lines) if ": " in line]))
    key = lines[at].partition(":")[0]
    lines[at] = f"{key}: {_flow(value)}"

    for fault in faults_of("\n".join(lines)):
        assert "Input should" not in fault
        assert "Value error" not in fault


def _flow(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case str():
            return f'"{value}"'
        case None:
            return ""
        case _:
            return str(value).lower()
