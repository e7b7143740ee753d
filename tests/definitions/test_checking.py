"""First faults: gates that no outcome can meet, seats that nobody can hold."""

import pytest

from definitions.model import DateReached, Decisions, InState, Not, PartsAt, TasksDone, gates_in
from tests.support.definitions import EXAMPLE, example, faults_of, load

RULE = "{request: raden, rule: majority, counts: for}"
AFTER = "{request: raden, of: own, counts: for}"
MAY = "may: [advance, stop, replan, record-on-behalf, task, amend, note, member]"
NEVER = "This gate can never hold"
DECIDED = "63:7: milestones.voorstel.gates.besluit"
AFTERWARDS = "58:9: milestones.voorstel.requests.colleges.after"
UNANSWERED = (
    "it counts decisions answered, and the instrument of oost.raad, west.raad, zuid.raad has no "
    "such outcome. Count other decisions too (“counts”), or ask them with another instrument."
)
MAY_NOT = " and may not report it. Add “task” to what it may."


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            RULE,
            "{request: raden, rule: {at_least: 4}, counts: for}",
            f"{DECIDED}: {NEVER}: it takes 4, and there are 3.",
        ),
        (
            RULE,
            "{any: [{date: goal}, {request: raden, rule: {at_least: 8}, counts: for}]}",
            f"{DECIDED}: {NEVER}: it takes 8, and there are 3.",
        ),
        (
            RULE,
            "{request: raden, counts: answered}",
            f"{DECIDED}: {NEVER}: {UNANSWERED}",
        ),
        (
            RULE,
            "{request: raden, rule: {share: 2/3, of: cast}, counts: [for, against]}",
            f"{DECIDED}: Votes cast are those for and those against: a share of them counts the "
            "one or the other, not against or for. Write “counts: for” or “counts: against”, or "
            "leave out “of: cast”.",
        ),
        (
            RULE,
            "{request: raden, rule: {more_than: 1/2, of: cast}, counts: answered}",
            f"{DECIDED}: Votes cast are those for and those against: a share of them counts the "
            "one or the other, not answered. Write “counts: for” or “counts: against”, or leave "
            "out “of: cast”.",
        ),
        (
            RULE,
            "{request: raden, rule: {more_than_weighted: 1/2}, counts: for}",
            f"{DECIDED}: A share by weight is asked, and oost, west, zuid have no weight. Give "
            "each party its “weight”; nobody’s is guessed.",
        ),
        (
            "{tasks: overleg}",
            "{tasks: overleg, rule: {more_than: 1/2, of: cast}}",
            "62:7: milestones.voorstel.gates.rijp: Tasks are counted one by one: they have no "
            "weight, and no votes are cast on them. Write “share” or “more_than” in their rule, "
            "without “of: cast”.",
        ),
        (
            AFTER,
            "{request: raden, of: own, rule: {at_least: 2}, counts: for}",
            f"{AFTERWARDS}: {NEVER}: it takes 2, and there are 1.",
        ),
        (
            AFTER,
            "{request: raden, of: own, counts: answered}",
            f"{AFTERWARDS}: {NEVER}: {UNANSWERED}",
        ),
        (
            "of: each raad",
            "of: [oost.raad]",
            (
                f"{AFTERWARDS}: This asks for the own decision of west, zuid, and “raden” is put "
                "to no body of theirs."
            ),
        ),
        (
            AFTER,
            "{tasks: vragen, of: own, rule: {at_least: 2}}",
            f"{AFTERWARDS}: {NEVER}: it takes 2, and there are 1.",
        ),
        (
            "{tasks: overleg}",
            "{tasks: overleg, rule: {at_least: 2}}",
            f"62:7: milestones.voorstel.gates.rijp: {NEVER}: it takes 2, and there are 1.",
        ),
        (
            "{date: goal}",
            "{not: {date: unknown}}",
            f"70:7: milestones.slot.gates.besluit: {NEVER}: its date is not known.",
        ),
        (
            "{slot: rijp}",
            "{all: [{slot: rijp}, {tasks: overleg, rule: {at_least: 2}}]}",
            (
                f"38:58: structures.ronde.transitions.in-route.gate: {NEVER}: it takes 2, and "
                "there are 1."
            ),
        ),
    ],
)
def test_a_gate_that_no_outcome_can_meet_is_refused(old: str, new: str, fault: str) -> None:
    """Eight of seven, votes that nobody can cast, a day that nobody knows."""
    assert [fault] == faults_of(example((old, new)))


def test_one_body_with_an_instrument_that_only_answers_closes_a_gate_for_all() -> None:
    """A gate that counts only votes in favour cannot have all, where one body just reacts."""
    changed = example(
        (
            "instrument: besluit\n        text",
            "instrument: besluit\n        instrument_for: {west: consultatie}\n        text",
        ),
        (RULE, "{request: raden, rule: all, counts: for}"),
        (AFTER, "{tasks: vragen, of: own}"),
    )

    [fault] = faults_of(changed)

    assert f"{NEVER}: it counts decisions for, and the instrument of west.raad has no" in fault


def test_a_majority_without_the_one_who_only_answers_is_possible() -> None:
    """The same body does no harm where two of the three suffice."""
    changed = example(
        (
            "instrument: besluit\n        text",
            "instrument: besluit\n        instrument_for: {west: consultatie}\n        text",
        ),
        (AFTER, "{tasks: vragen, of: own}"),
    )

    assert [] == faults_of(changed)


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            "starter: [secretaris]",
            "starter: [secretaris, griffier]",
            [
                (
                    "20:23: starter.1: “griffier” has a seat at each place; a starter takes seats "
                    "that are one."
                )
            ],
        ),
        (
            MAY,
            "may: [replan, record-on-behalf, task]",
            [
                "16:1: roles: No role may “advance”, and voorstel in-route needs it.",
                "16:1: roles: No role may “stop”, and voorstel stoppen needs it.",
            ],
        ),
        (
            "may: [record, task]}",
            "may: [task]}",
            [],
        ),
        (
            "may: [task, deliverable]}",
            "may: [task]}",
            [],
        ),
    ],
)
def test_permissions_that_nobody_has_are_missed(old: str, new: str, faults: list[str]) -> None:
    """What the process needs, somebody must be allowed; recording on behalf stands in for much."""
    assert faults == faults_of(example((old, new)))


def test_without_anybody_who_records_on_behalf_each_must_do_their_own() -> None:
    """Recording, reporting parts and reporting tasks then need a permission of their own."""
    changed = example(
        (MAY, "may: [advance, stop]"),
        ("may: [record, task]", "may: []"),
        ("[task, deliverable]", "[note]"),
    )

    assert [
        "16:1: roles: No role may “deliverable”, and tekst needs it.",
        "16:1: roles: No role may “record”, and voorstel/raden needs it.",
        f"17:16: roles.secretaris.may: “secretaris” owns the task “nieuwsbrief”{MAY_NOT}",
        f"18:26: roles.griffier.may: “griffier” owns the task “vragen”{MAY_NOT}",
        f"19:25: roles.trekker.may: “trekker” owns the task “overleg”{MAY_NOT}",
    ] == faults_of(changed)


def test_a_role_per_group_needs_groups() -> None:
    """Where there are no groups, nobody can hold it."""
    changed = example(
        ("groups:\n  juristen: {name: Juristen}\n", ""),
        ("per: group, owner: trekker", "owner: trekker"),
    )

    assert [
        (
            "17:13: roles.trekker.per: Nobody can hold the role “trekker”: there are no groups. "
            "Add “groups”, or leave out “per: group”."
        )
    ] == faults_of(changed)


def test_every_gate_inside_a_gate_is_found() -> None:
    """Slots, alternatives and negations are looked into."""
    changed = load(example((RULE, f"{{not: {RULE}}}")))
    kinds = [
        [type(each) for each in gates_in(arm.gate)][1:]
        for milestone in changed.milestones.values()
        for arm in milestone.arms
        if arm.gate is not None
    ]

    assert [PartsAt, TasksDone] == kinds[0][1:]
    assert [Not, Decisions] == kinds[1]
    assert [[InState], [DateReached]] == kinds[2:]
    assert [] == list(gates_in(None))
    assert [] == faults_of(EXAMPLE)


def test_a_goal_before_the_beginning() -> None:
    """Nobody comes to a day that was over when they began; on the first day is in time."""
    assert [
        "8:8: goal.date: The goal (Sun 3 January 2021) lies before the beginning (Mon 4 January "
        "2021). Give it a date on or after the beginning."
    ] == faults_of(_with_goal("2021-01-03"))
    assert [] == faults_of(_with_goal("2021-01-04"))


def _with_goal(date: str) -> str:
    line = next(each for each in EXAMPLE.splitlines() if each.startswith("goal:"))
    return example((line, f"goal: {{date: {date}, what: in werking}}"))
