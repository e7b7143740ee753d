"""Names looked up and slots filled in."""

from datetime import date
from fractions import Fraction

import pytest

from definitions import model
from definitions.calendar.dates import UNKNOWN, day_of, parse_date
from definitions.model import Effect, Permission, Prose, TaskRef
from tests.support.definitions import EXAMPLE, as_stored, example, faults_of, load

RADEN = "instrument: besluit\n        text"


def test_the_example_compiles_to_what_it_says() -> None:
    """Every kind of thing a file can say arrives in the definition."""
    found = load(EXAMPLE)
    proposal = found.milestones["voorstel"]

    assert [] == faults_of(EXAMPLE)
    assert ("oost.raad", "west.raad", "zuid.raad") == proposal.requests["raden"].bodies
    assert "oost" == found.party_of("oost.raad")
    assert ("open", "in-route", "genomen", "vervallen") == proposal.states
    assert ("genomen", "vervallen") == proposal.final
    assert {"in-route"} == proposal.admitting
    assert ("-14d", "-3wd", "0d", "+3d/7d*4@secretaris") == found.ladders["gewoon"]
    assert frozenset({Permission.RECORD, Permission.TASK}) == found.roles["griffier"].may
    assert (
        model.Outcome("tegen", Effect.AGAINST, needs_ground=True)
        == (found.instruments["besluit"].outcomes["tegen"])
    )
    assert ("oost", "west", "zuid") == found.deliverables["tekst"].parts["bijlage"].subjects
    assert {
        "nieuwsbrief": ("",),
        "flyer": ("",),
        "voorstel/overleg": ("juristen",),
        "voorstel/vragen": ("oost", "west", "zuid"),
        "slot/overleg": ("juristen",),
    } == {str(ref): task.subjects for ref, task in found.tasks.items()}


def test_slots_are_filled_in_per_milestone() -> None:
    """The same transition of a structure has another gate in each milestone."""
    majority = model.Rule("majority", share=Fraction(1, 2), strict=True)

    assert {
        "voorstel": model.Decisions("voorstel", "raden", majority, frozenset({Effect.FOR})),
        "slot": model.DateReached(day_of(date(2022, 1, 1))),
    } == {name: _gate(EXAMPLE, name, "nemen") for name in ("voorstel", "slot")}


@pytest.mark.parametrize(
    ("rule", "asked", "needed"),
    [
        ("all", 7, 7),
        ("majority", 7, 4),
        ("majority", 8, 5),
        ("{at_least: 3}", 7, 3),
        ("{share: 2/3}", 7, 5),
        ("{share: 2/3}", 6, 4),
        ("{share: 1/1}", 7, 7),
        ("{share: 1/999}", 7, 1),
        ("{more_than: 1/2}", 7, 4),
        ("{more_than: 1/2}", 8, 5),
        ("{more_than: 2/3}", 6, 5),
        ("{share: 2/3, of: asked}", 6, 4),
        ("{share: 2/3, of: cast}", 6, 4),
        ("{more_than: 2/3, of: cast}", 6, 5),
    ],
)
def test_how_many_a_rule_takes(rule: str, asked: int, needed: int) -> None:
    """A majority is more than half; a share is rounded up."""
    gate = _gate(example(("majority", rule)), "voorstel", "nemen")

    assert isinstance(gate, model.Decisions)
    assert needed == gate.rule.needed(asked)


@pytest.mark.parametrize(
    ("written", "gate"),
    [
        ("{milestone: slot, state: open}", model.InState("slot", ("open",))),
        (
            "{milestone: slot, state: [open, genomen]}",
            model.InState("slot", ("open", "genomen")),
        ),
        ("{part: tekst/kern, level: concept}", model.PartsAt("tekst", ("kern",), "concept")),
        (
            "{parts: tekst, level: concept}",
            model.PartsAt("tekst", ("kern", "bijlage"), "concept"),
        ),
        (
            "{tasks: [vragen, flyer, slot/overleg], rule: {at_least: 1}}",
            model.TasksDone(
                (
                    TaskRef("voorstel", "vragen"),
                    TaskRef("", "flyer"),
                    TaskRef("slot", "overleg"),
                ),
                model.Rule("1", at_least=1),
            ),
        ),
        ("{date: 2021-05-01}", model.DateReached(day_of(date(2021, 5, 1)))),
        (
            "{request: raden, outcome: [voor, aangehouden], rule: {at_least: 1}}",
            model.Decisions(
                "voorstel",
                "raden",
                model.Rule("1", at_least=1),
                frozenset({Effect.FOR, Effect.PENDING}),
                outcomes=frozenset({"voor", "aangehouden"}),
            ),
        ),
        (
            "{request: colleges, body: oost.college, counts: against}",
            model.Decisions(
                "voorstel", "colleges", model.ALL, frozenset({Effect.AGAINST}), body="oost.college"
            ),
        ),
        (
            "{at_least: 2, of: [{milestone: slot, state: open}, {date: goal}]}",
            model.AtLeast(
                2, (model.InState("slot", ("open",)), model.DateReached(day_of(date(2022, 1, 1))))
            ),
        ),
        (
            "{request: voorstel/raden, counts: [for, against]}",
            model.Decisions(
                "voorstel", "raden", model.ALL, frozenset({Effect.FOR, Effect.AGAINST})
            ),
        ),
        (
            "{any: [{not: {date: goal}}, {all: [{milestone: slot, state: open}]}]}",
            model.AnyOf(
                (
                    model.Not(model.DateReached(day_of(date(2022, 1, 1)))),
                    model.AllOf((model.InState("slot", ("open",)),)),
                )
            ),
        ),
    ],
)
def test_every_kind_of_gate_compiles(written: str, gate: model.Gate) -> None:
    """A gate of data becomes a gate of the model."""
    changed = example(("{request: raden, rule: majority, counts: for}", written))

    assert gate == _gate(changed, "voorstel", "nemen")


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2021-09", model.Due("voorstel/raden", parse_date("2021-09"), ladder="gewoon")),
        ("goal", model.Due("voorstel/raden", parse_date("2022-01-01"), ladder="gewoon")),
        ("unknown", model.Due("voorstel/raden", UNKNOWN, ladder="gewoon")),
        ("none", None),
        (
            "{by: 2021-08-31}",
            model.Due("voorstel/raden", parse_date("by 2021-08-31"), ladder="gewoon"),
        ),
        (
            "{target: end 2021-10}",
            model.Due("voorstel/raden", parse_date("end 2021-10"), target=True, ladder="gewoon"),
        ),
        (
            "{unknown: not said, waits_for: [means]}",
            model.Due("voorstel/raden", UNKNOWN, Prose.of("not said"), ("means",), ladder="gewoon"),
        ),
    ],
)
def test_every_form_of_a_due_compiles(written: str, due: model.Due | None) -> None:
    """A date, the goal, a bound, an aim, unknown and none are six different things."""
    changed = load(example(("due: 2021-09", f"due: {written}")))

    assert due == changed.milestones["voorstel"].requests["raden"].due


def test_another_instrument_for_one_party() -> None:
    """A request may be answered by one party with another instrument than by the rest."""
    changed = example(
        (RADEN, f"instrument_for: {{west: consultatie}}\n        {RADEN}"),
        ("counts: for}\n  slot", "counts: [for, answered]}\n  slot"),
        ("of: own, counts: for", "of: own, counts: [for, answered]"),
    )

    assert {
        "oost.raad": "besluit",
        "west.raad": "consultatie",
        "zuid.raad": "besluit",
    } == load(changed).milestones["voorstel"].requests["raden"].instruments


def test_assumptions_and_unknowns_are_gathered() -> None:
    """What a definition says about itself is there to be shown."""
    changed = load(
        example(
            ("griffier: {per: party,", "griffier: {assumed: ours, per: party,"),
            ("{date: goal}", "{date: goal, assumed: also ours}\n    unknown: [who signs]"),
        )
    )

    assert (
        model.Remark("roles.griffier", Prose.of("ours")),
        model.Remark("slot/besluit", Prose.of("also ours"), gate=True),
    ) == changed.assumptions
    assert (model.Remark("slot", Prose.of("who signs")),) == changed.unknowns


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        (
            "counts: for}\n  slot",
            "counts: for, assumed: ours}\n  slot",
            "voorstel/besluit",
        ),
        ("{tasks: overleg}", "{tasks: overleg, assumed: ours}", "voorstel/rijp"),
        ("of: own, counts: for", "of: own, counts: for, assumed: ours", "voorstel/colleges.after"),
        ("gate: {slot: rijp}", "gate: {slot: rijp, assumed: ours}", "ronde/in-route"),
    ],
)
def test_an_assumption_is_found_wherever_a_gate_can_stand(old: str, new: str, where: str) -> None:
    """In a slot, inside another gate, before a decision, and in the structure itself."""
    remark = model.Remark(where, Prose.of("ours"), gate=True)
    assert (remark,) == load(example((old, new))).assumptions


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "structure: ronde\n    due: {in",
            "structure: rond\n    due: {in",
            "44:5: There is no structure “rond”. Did you mean “ronde”?",
        ),
        (
            "      besluit: {date: goal}",
            "      beslut: {date: goal}",
            "70:7: There is no slot “beslut”. Did you mean “besluit”?",
        ),
        (
            "request: raden, rule",
            "request: radn, rule",
            "63:17: There is no request “radn”. Did you mean “raden”?",
        ),
        ("request: raden, of", "request: slot/raden, of", "58:17: There is no request “raden”."),
        (
            "request: raden, of",
            "request: sloot/raden, of",
            "58:17: There is no milestone “sloot”. Did you mean “slot”?",
        ),
        (
            "{tasks: overleg}",
            "{tasks: overlg}",
            "62:58: There is no task “overlg”. Did you mean “overleg”?",
        ),
        (
            "{tasks: overleg}",
            "{tasks: [overleg, slot/vragen]}",
            "62:75: There is no task “vragen”. There are: overleg.",
        ),
        (
            "level: volledig}",
            "level: vol}",
            "62:39: There is no level “vol”. There are: leeg, concept, volledig.",
        ),
        (
            "part: tekst/kern,",
            "part: tekst/kerm,",
            "62:21: There is no part “kerm”. Did you mean “kern”?",
        ),
        (
            "part: tekst/kern,",
            "part: text/kern,",
            "62:21: There is no deliverable “text”. Did you mean “tekst”?",
        ),
        (
            "part: tekst/kern,",
            "part: tekst,",
            "62:21: Write deliverable/part, or “parts” for all of them.",
        ),
        (
            "text: tekst/kern\n",
            "text: tekst/kerm\n",
            "50:9: There is no part “kerm”. Did you mean “kern”?",
        ),
        (
            "text: tekst/kern\n",
            "text: text\n",
            "50:9: There is no deliverable “text”. Did you mean “tekst”?",
        ),
        (
            RADEN,
            "instrument: beslui\n        text",
            "49:9: There is no instrument “beslui”. Did you mean “besluit”?",
        ),
        (
            RADEN,
            f"instrument_for: {{west: consult}}\n        {RADEN}",
            "49:26: There is no instrument “consult”. Did you mean “consultatie”?",
        ),
        (
            RADEN,
            f"instrument_for: {{wst: besluit}}\n        {RADEN}",
            "49:26: There is no party “wst”. Did you mean “west”?",
        ),
        (
            "of: each college\n",
            "instrument_for: {west: besluit}\n        of: oost.college\n",
            "55:26: No body of “west” is asked here.",
        ),
        (
            "of: each raad",
            "of: oost.rad",
            "48:9: There is no body “oost.rad”. Did you mean “oost.raad”?",
        ),
        (
            "of: each raad",
            "of: [oost.raad, west.rad]",
            "48:25: There is no body “west.rad”. Did you mean “west.raad”?",
        ),
        (
            "of: each raad",
            "of: each radd",
            "48:9: No party has a body “radd”. Did you mean “each raad”?",
        ),
        (
            "per: party, owner: griffier",
            "per: [oost, wst], owner: griffier",
            "60:28: There is no party or group “wst”. Did you mean “west”?",
        ),
        (
            "in: [in-route]\n        due",
            "in: [in-rute]\n        due",
            "51:14: There is no state “in-rute”. Did you mean “in-route”?",
        ),
        ("in: open,", "in: [open, opn],", "36:56: There is no state “opn”. Did you mean “open”?"),
        (
            "in: in-route, each",
            "in: in-rout, each",
            "60:45: There is no state “in-rout”. Did you mean “in-route”?",
        ),
        (
            "due: {in-route: 2021-06}",
            "due: {in-rout: 2021-06}",
            "45:11: There is no state “in-rout”. Did you mean “in-route”?",
        ),
        (
            "state: genomen}",
            "state: [genomen, gnomen]}",
            "69:52: There is no state “gnomen”. Did you mean “genomen”?",
        ),
        (
            "to: genomen, gate",
            "to: gnomen, gate",
            "39:31: There is no state “gnomen”. Did you mean “genomen”?",
        ),
        (
            "from: in-route, to: genomen",
            "from: in-rute, to: genomen",
            "39:15: There is no state “in-rute”. Did you mean “in-route”?",
        ),
        (
            "bad: [vervallen]",
            "bad: [vervalen]",
            "33:36: There is no state “vervalen”. Did you mean “vervallen”?",
        ),
        (
            "milestone: voorstel,",
            "milestone: vorstel,",
            "69:14: There is no milestone “vorstel”. Did you mean “voorstel”?",
        ),
        (
            "owner: griffier",
            "owner: grifier",
            "60:28: There is no owner “grifier”. Did you mean “griffier”?",
        ),
        (
            "starter: [secretaris]",
            "starter: [secretaries]",
            "20:11: There is no role “secretaries”. Did you mean “secretaris”?",
        ),
        (
            "to: secretaris}",
            "to: secretaries}",
            "29:61: There is no role “secretaries”. Did you mean “secretaris”?",
        ),
        (
            "ladder: gewoon",
            "ladder: gewon",
            "53:9: There is no ladder “gewon”. Did you mean “gewoon”?",
        ),
        (
            "Europe/Amsterdam",
            "Europa/Amsterdam",
            "6:1: There is no time zone “Europa/Amsterdam”. Did you mean “Europe/Amsterdam”?",
        ),
        ("Europe/Amsterdam", "../../etc/passwd", "6:1: There is no time zone “../../etc/passwd”."),
    ],
)
def test_every_name_that_is_not_there_is_noted(old: str, new: str, fault: str) -> None:
    """An unknown name has its place, says what kind of name it is, and what was meant."""
    assert fault in [_without_path(each) for each in faults_of(example((old, new)))]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("begins: 2021-01-04", "begins: unknown", "7:1: A process begins on a date that is known."),
        (
            "date: 2022-01-01",
            "date: unknown",
            "8:8: A goal has a known date; without one, write “goal: none”.",
        ),
        (
            "goal: {date: 2022-01-01, what: in force}",
            "goal: none",
            "67:11: This process has no goal to take the date of.",
        ),
        ("due: 2021-09", "due: gaol", "52:9: “gaol” is not a date. Did you mean “goal”?"),
        ("juristen: {name", "oost: {name", "15:3: “oost” is also a party: one name, one thing."),
        (
            "      vragen: {",
            "      raden: {",
            "47:7: “raden” is also a task here: one name, one thing.",
        ),
        ("gesloten: done", "gesloten: open", "60:72: None of the results counts as done."),
        (
            "groups:\n  juristen: {name: Juristen}\n",
            "",
            "34:17: There are no groups in this process.",
        ),
        (
            "owner: secretaris, arises",
            "owner: secretaris, in: open, arises",
            "72:3: A task of the process itself has no states and no rounds.",
        ),
        (
            "rule: majority, counts: for}",
            "counts: for, of: own}",
            "63:46: “own” is of a body’s own party, and no body is asked here.",
        ),
        (
            "state: genomen}",
            "state: genomen}\n      rijp2: {slot: rijp}",
            "70:7: There is no slot “rijp2”. Did you mean “rijp”?",
        ),
        (
            "{milestone: voorstel, state: genomen}",
            "{slot: rijp}",
            "69:14: Only the gates of a structure have slots.",
        ),
        (
            "      rijp: {milestone: voorstel, state: genomen}\n",
            "",
            "68:5: “slot” leaves the slot “rijp” of “ronde” empty. Fill it in under “gates”.",
        ),
    ],
)
def test_what_does_not_go_together_is_noted(old: str, new: str, fault: str) -> None:
    """Things that are known each by itself may still not fit."""
    described = [_without_path(each) for each in faults_of(example((old, new)))]

    assert fault in [each[: len(fault)] for each in described]


def test_a_fault_in_a_structure_is_noted_once() -> None:
    """Two milestones follow the structure; its faults are one each."""
    changed = example(("owner: trekker", "owner: treker"), ("{slot: rijp}", "{tasks: overlg}"))

    assert [
        "34:5: No transition asks for the slot “rijp”.",
        "36:29: There is no owner “treker”. Did you mean “trekker”?",
        "38:65: There is no task “overlg”. Did you mean “overleg”?",
    ] == [_without_path(each) for each in faults_of(changed)]


def test_a_structure_may_need_what_a_milestone_lacks() -> None:
    """Where one milestone has what the structure asks for, the one that lacks it is named."""
    changed = example(("{slot: rijp}", "{all: [{slot: rijp}, {tasks: vragen}]}"))

    assert ["38:86: The milestone “slot” has no task “vragen”; its structure needs it."] == [
        _without_path(each) for each in faults_of(changed)
    ]


def test_an_unknown_structure_brings_no_faults_of_its_states() -> None:
    """What depends on a thing that is not there is not held against it as well."""
    changed = example(("structure: ronde\n    due: {in", "structure: weg\n    due: {in"))

    assert 1 == len(faults_of(changed))


def _gate(written: str, milestone: str, trigger: str) -> model.Gate:
    """Return the gate a milestone filled in for the slot of a transition."""
    [arm] = [arm for arm in load(written).milestones[milestone].arms if arm.trigger == trigger]
    assert isinstance(arm.gate, model.Slot)
    return arm.gate.gate


def _without_path(fault: str) -> str:
    place, _, sentence = fault.split(": ", 2)
    return f"{place}: {sentence}"


REPEATED = "{after: 3d, every: 7d, times: 4, to: secretaris}"


@pytest.mark.parametrize(
    ("more", "rung"),
    [
        ("{after: 10d, every: 7d, times: 1, to: secretaris}", "+10d@secretaris"),
        ("{after: 1d, every: 1d, times: 3, to: secretaris}", "+3d@secretaris"),
        ("{after: 24d, every: 9d, times: 2, to: secretaris}", "+24d@secretaris"),
    ],
)
def test_a_ladder_tells_nobody_twice_on_one_day(more: str, rung: str) -> None:
    """Rungs that are repeated can fall on the same day, and then one of them is too many."""
    assert [
        f"29:78: ladders.gewoon.4: “{rung}” stands in this ladder twice. Leave one of them out; "
        "one that is repeated falls on that day too."
    ] == faults_of(example((REPEATED, f"{REPEATED}, {more}")))


def test_a_ladder_tells_others_on_the_same_day() -> None:
    """Of two roles each hears it, and between the days of one there is room for others."""
    for more in (
        "{after: 3d, every: 7d, times: 4, to: griffier}",
        "{after: 4d, every: 7d, times: 4, to: secretaris}",
    ):
        assert [] == faults_of(example((REPEATED, f"{REPEATED}, {more}")))


DUE = "due: 2021-09\n"
OF_NO_USE = (
    ("{by: 2021-08-31, weeks: 8}", ".weeks: “weeks” does not go with “by”."),
    ("{by: 2021-08-31, statutory: true}", ".statutory: “statutory” does not go with “by”."),
    ("{target: 2021-08, statutory: true}", ".statutory: “statutory” does not go with “target”."),
    ("{unknown: not said, weeks: 8}", ".weeks: “weeks” does not go with “unknown”."),
    (
        "{before: slot.genomen, waits_for: [x]}",
        ".waits_for: “waits_for” does not go with “before”.",
    ),
    ("{after: slot.genomen, waits_for: [x]}", ".waits_for: “waits_for” does not go with “after”."),
    ("{each_year: 07-15, weeks: 8}", ".weeks: “weeks” does not go with “each_year”."),
    (
        "{after: slot.genomen, statutory: true}",
        ".statutory: A term of the law has a length: one of days, working_days, weeks, months, "
        "years.",
    ),
)


@pytest.mark.parametrize(("written", "fault"), OF_NO_USE)
def test_what_means_nothing_of_a_due_is_refused(written: str, fault: str) -> None:
    """A term of the law that is none after all, or a wait for nothing, was a slip."""
    [found] = faults_of(example((DUE, f"due: {written}\n")))

    assert found.endswith(f"milestones.voorstel.requests.raden.due{fault}")


@pytest.mark.parametrize(
    "written", [written for written, _ in OF_NO_USE if "each_year" not in written]
)
def test_what_means_nothing_of_a_stored_due_is_still_read(written: str) -> None:
    """An earlier version stored it, and a process runs by it."""
    document = example().replace(DUE, f"due: {written}\n")

    assert as_stored(document).milestones["voorstel"].requests["raden"].due


@pytest.mark.parametrize(
    "written",
    [
        "{by: 2021-08-31, waits_for: [means]}",
        "{target: 2021-08, waits_for: [means]}",
        "{before: slot.genomen, weeks: 8, statutory: true}",
        "{after: slot.in-route, weeks: 8, statutory: true}",
        "{after: slot.in-route}",
    ],
)
def test_what_means_something_of_a_due_is_taken(written: str) -> None:
    """A term that is counted back, too, can be one of the law."""
    assert [] == faults_of(example((DUE, f"due: {written}\n")))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("begins: 2021-01-04", "begins: di 4 januari 2021", "begins"),
        ("date: 2022-01-01", "date: zo 1 januari 2022", "goal.date"),
        (DUE, "due: di 6 september 2021\n", "milestones.voorstel.requests.raden.due"),
        (
            DUE,
            "due: {by: di 6 september 2021}\n",
            "milestones.voorstel.requests.raden.due.by",
        ),
    ],
)
def test_a_wrong_weekday_is_a_fault(old: str, new: str, place: str) -> None:
    """It is refused where it stands; what was stored with one is still read."""
    written = example((old, new))
    [fault] = faults_of(written)

    assert f": {place}: “" in fault
    assert "cannot be: that day is " in fault
    assert as_stored(written).begins.day == date(2021, 1, 4)
