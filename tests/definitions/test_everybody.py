"""Everybody but some, and parameters that are lists: wherever a list can stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.faults import DefinitionInvalid
from definitions.loading import load_definition
from definitions.model import Definition, TaskRef
from tests.support.definitions import FILE, example, faults_of, load, no_parties

ASKED = "of: each raad"
PER = "vragen: {per: party,"
PARTIES = ("oost", "west", "zuid")


def but(*parties: str) -> str:
    """Return a list of names, as it is written."""
    return f"[{', '.join(parties)}]"


@given(excepted=st.sets(st.sampled_from(PARTIES), max_size=2))
def test_everybody_but_some_is_who_is_left(excepted: set[str]) -> None:
    """In their order; of bodies, of tasks and of parts alike, as though they were named."""
    left = [each for each in PARTIES if each not in excepted]
    changes = [
        (ASKED, f"of: {{each: raad, except: {but(*sorted(excepted))}}}"),
        ("colleges:\n        of: each college", f"colleges:\n        of: [{left[0]}.college]"),
        (PER, f"vragen: {{per: {{each: party, except: {but(*sorted(excepted))}}},"),
        ("bijlage: {per: party}", f"bijlage: {{per: {{each: party, except: {but(*excepted)}}}}}"),
    ]
    definition = load(example(*changes))
    request = definition.milestones["voorstel"].requests["raden"]
    assert tuple(f"{each}.raad" for each in left) == request.bodies
    assert tuple(left) == definition.tasks[TaskRef("voorstel", "vragen")].subjects
    assert tuple(left) == definition.deliverables["tekst"].parts["bijlage"].subjects


def test_it_stands_in_a_list_and_names_one_or_more() -> None:
    """Beside bodies that are named, each of them once."""
    for written in ("west", "[west]"):
        of = f"of: [{{each: raad, except: {written}}}, west.college, oost.raad]"
        changes = [(ASKED, of), ("raden, of: own", "raden")]
        request = load(example(*changes)).milestones["voorstel"].requests["raden"]
        assert ("oost.raad", "zuid.raad", "west.college") == request.bodies
    per = "overleg: {per: {each: group, except: []},"
    groups = load(example(("overleg: {per: group,", per)))
    assert ("juristen",) == groups.tasks[TaskRef("voorstel", "overleg")].subjects


WHERE = "milestones.voorstel.requests.raden.of"
OWN = ("raden, of: own", "raden")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            [(ASKED, "of: {each: raad, except: oosst}")],
            f"48:26: {WHERE}.except: There is no party “oosst”. Did you mean “oost”?",
        ),
        (
            [(ASKED, "of: {each: raad, except: [oost, oost]}")],
            f"48:41: {WHERE}.except.1: This stands here twice.",
        ),
        (
            [(ASKED, "of: {each: raad, except: [oost, west, zuid]}")],
            f"48:26: {WHERE}.except: Everybody is excepted: this leaves nobody.",
        ),
        (
            [(ASKED, "of: {each: raat, except: oost}")],
            f"48:14: {WHERE}.each: No party has a body “raat”. Did you mean “each raad”?",
        ),
        (
            [
                (ASKED, "of: {each: raad, except: west}"),
                (
                    "west: {name: West, kind: gemeente, bodies: [raad, college]}",
                    "west: {name: West, kind: gemeente, bodies: [college]}",
                ),
                OWN,
            ],
            f"48:26: {WHERE}.except: “west” has no body “raad”, so that there is nothing to "
            "except.",
        ),
        (
            [(ASKED, "of: [{each: raad, except: oost}, {each: raad, except: oost}]")],
            f"48:42: {WHERE}.1: This stands here twice.",
        ),
        (
            [(PER, "vragen: {per: {each: body, except: oost},")],
            "60:22: milestones.voorstel.tasks.vragen.per.each: Expected one of: party, group; not "
            "“body”.",
        ),
        (
            [(PER, "vragen: {per: {each: party, except: juristen},")],
            "60:35: milestones.voorstel.tasks.vragen.per.except: There is no party “juristen”. "
            "There are: oost, west, zuid.",
        ),
        (
            [("overleg: {per: group,", "overleg: {per: {each: group, except: juristen},")],
            "36:36: structures.ronde.tasks.overleg.per.except: Everybody is excepted: this leaves "
            "nobody.",
        ),
        (
            [("bijlage: {per: party}", "bijlage: {per: {each: group, except: juristen}}")],
            "24:39: deliverables.tekst.parts.bijlage.per.each: A part is there for each party, not "
            "for each group.",
        ),
    ],
)
def test_an_exception_that_means_nothing_is_refused(
    changes: list[tuple[str, str]], fault: str
) -> None:
    """Where it stands."""
    assert [fault] == faults_of(example(*changes))


# --- parameters that are lists -------------------------------------------------------------------

WIE = "version: 1\nparameters: {wie: {type: list, default: [oost, west], description: wie}}"


def with_list(*changes: tuple[str, str], **given_: str) -> Definition:
    """Load the example with a parameter that is a list, and some of its text replaced."""
    written = example(("version: 1", WIE), *changes)
    return load_definition(written.encode(), FILE, no_parties, given_)


def faults_with(*changes: tuple[str, str], **given_: str) -> list[str]:
    """Return the faults of it."""
    with pytest.raises(DefinitionInvalid) as raised:
        with_list(*changes, **given_)
    return [str(each.describe()).removeprefix(f"{FILE}:") for each in raised.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        (PER, 'vragen: {per: "${wie}",', "vragen: {per: [oost, zuid],"),
        (PER, 'vragen: {per: [west, "${wie}"],', "vragen: {per: [west, oost, zuid],"),
        (PER, 'vragen: {per: ["${wie}", juristen],', "vragen: {per: [oost, zuid, juristen],"),
        (
            PER,
            'vragen: {per: {each: party, except: "${wie}"},',
            "vragen: {per: {each: party, except: [oost, zuid]},",
        ),
        ("what: in force", 'what: "voor ${wie}"', 'what: "voor oost, zuid"'),
    ],
)
def test_a_list_stands_wherever_one_can(old: str, new: str, written: str) -> None:
    """What comes out is the definition in which its names were written, with the same hash."""
    plain = load(example((old, written)))
    for value in ("oost,zuid", " oost , zuid "):
        assert plain == with_list((old, new), wie=value)
        assert plain.sha256 == with_list((old, new), wie=value).sha256


def test_bodies_are_named_by_a_list_and_a_default_is_written_either_way() -> None:
    """As a list or with commas; what is given goes before it."""
    asked = [(ASKED, 'of: "${wie}"'), OWN]
    for default in ("[oost.raad, west.raad]", '"oost.raad, west.raad"'):
        written = example(("version: 1", WIE), *asked).replace("[oost, west]", default)
        found = load_definition(written.encode(), FILE, no_parties)
        assert ("oost.raad", "west.raad") == found.milestones["voorstel"].requests["raden"].bodies
    given_ = with_list(*asked, wie="zuid.raad")
    assert ("zuid.raad",) == given_.milestones["voorstel"].requests["raden"].bodies


@pytest.mark.parametrize(
    ("changes", "value", "fault"),
    [
        (
            [(PER, 'vragen: {per: "${wie}",')],
            "oost,wst",
            "61:16: milestones.voorstel.tasks.vragen.per.1: There is no party or group “wst”. "
            "Filled in here: the parameter wie=oost,wst. Did you mean “west”?",
        ),
        (
            [(PER, 'vragen: {per: [zuid, "${wie}"],')],
            "oost,wst",
            "61:28: milestones.voorstel.tasks.vragen.per.2: There is no party or group “wst”. "
            "Filled in here: the parameter wie=oost,wst. Did you mean “west”?",
        ),
        (
            [(PER, 'vragen: {per: ["${wie}", zuid],')],
            "oost,zuid",
            "61:32: milestones.voorstel.tasks.vragen.per.2: This stands here twice. Filled in "
            "here: the parameter wie=oost,zuid.",
        ),
        (
            [(PER, 'vragen: {per: ["${wie}", zud],')],
            "oost,west",
            "61:32: milestones.voorstel.tasks.vragen.per.2: There is no party or group “zud”. Did "
            "you mean “zuid”?",
        ),
        (
            [(PER, 'vragen: {per: "${wie}",')],
            "",
            "61:16: milestones.voorstel.tasks.vragen.per: At least 1 needed. Filled in here: the "
            "parameter wie=.",
        ),
        (
            [(PER, 'vragen: {per: {each: party, except: "${wie}"},')],
            "oost,west,zuid",
            "61:35: milestones.voorstel.tasks.vragen.per.except: Everybody is excepted: this "
            "leaves nobody. Filled in here: the parameter wie=oost,west,zuid.",
        ),
        (
            [("timezone: Europe/Amsterdam", 'timezone: "${wie}"')],
            "oost",
            "7:1: timezone: Expected text, not a list. Filled in here: the parameter wie=oost.",
        ),
        (
            [],
            "oost,,west",
            "3:14: parameters.wie: The parameter “wie” is a list, and “oost,,west” has a gap in "
            "it. Write its names with one comma between them: a,b,c",
        ),
        (
            [],
            "oost,oost",
            "3:14: parameters.wie: The parameter “wie” has “oost” twice: oost,oost.",
        ),
    ],
)
def test_a_list_that_does_not_fit_is_said_with_its_parameter(
    changes: list[tuple[str, str]], value: str, fault: str
) -> None:
    """At the place in the file, also of what comes after it in a list."""
    assert [fault] == faults_with(*changes, wie=value)


def test_a_default_is_a_list_of_names() -> None:
    """Each of them once, and no numbers."""
    for default, said in (
        ("[oost, oost]", "default.1: This stands here twice."),
        ("[1]", "default.0: Expected text, not 1. Put it in quotes if text is meant."),
        ("{a: b}", "default: Expected a single value or a list, not keys and values."),
    ):
        written = example(("version: 1", WIE)).replace("[oost, west]", default)
        (fault,) = faults_of(written)
        assert fault.endswith(f"parameters.wie.{said}")
