"""Machines: what ``transitions`` does by itself, and that we do not fall into it."""

from collections import Counter

import pytest
from transitions import MachineError

from definitions.model import Arm
from tests.support.definitions import example, load
from tests.support.engine import ODD, Traject, World, gr_sociaal_domein
from workflow.rules.machines import fire, machine_for
from workflow.storage.database import Database


def test_no_transition_is_made_up() -> None:
    """The generated ``to_<state>`` would walk past every gate: the machines have none."""
    definition = gr_sociaal_domein()

    for milestone in definition.milestones.values():
        drawn = {arm.trigger for arm in milestone.arms}
        assert drawn == machine_for(definition, milestone.id).events.keys()


def test_every_machine_is_what_its_structure_draws() -> None:
    """The same states, beginning and transitions, no more and no fewer."""
    for definition in (gr_sociaal_domein(), load(ODD), load(example())):
        for milestone in definition.milestones.values():
            machine = machine_for(definition, milestone.id)
            drawn = Counter((arm.trigger, arm.source, arm.target) for arm in milestone.arms)

            assert [*milestone.states] == [*machine.states]
            assert milestone.initial == machine.initial
            assert drawn == Counter(
                (name, transition.source, transition.dest)
                for name, event in machine.events.items()
                for transitions in event.transitions.values()
                for transition in transitions
            )


def test_a_machine_is_made_once_for_a_structure() -> None:
    """Milestones with one structure share a machine; those of another definition do not."""
    definition, other = gr_sociaal_domein(), load(example())

    assert machine_for(definition, "hoofdlijnennotitie") is machine_for(definition, "concepttekst")
    assert machine_for(definition, "concepttekst") is not machine_for(
        definition, "definitieve-tekst"
    )
    assert machine_for(other, "voorstel") is machine_for(other, "slot")
    assert machine_for(other, "voorstel") is not machine_for(load(ODD), "eerste")


def test_a_machine_keeps_no_process() -> None:
    """It has no models: what moves is a token, so thousands of processes weigh nothing."""
    assert [] == machine_for(gr_sociaal_domein(), "concepttekst").models


def test_every_arm_leads_where_it_is_drawn() -> None:
    """Also where one trigger has several transitions from one state: the one that is meant."""
    for definition in (gr_sociaal_domein(), load(ODD)):
        for milestone in definition.milestones.values():
            for arm in milestone.arms:
                assert arm.target == fire(definition, milestone.id, arm)


def test_what_is_not_drawn_does_not_move() -> None:
    """A forged transition is a bug, and ends as one."""
    definition = gr_sociaal_domein()

    with pytest.raises(MachineError):
        fire(definition, "concepttekst", Arm("vaststellen", "gepland", "vastgesteld", None))
    with pytest.raises(ValueError, match="vastgesteld"):
        fire(definition, "concepttekst", Arm("voorbereiden", "gepland", "vastgesteld", None))


def test_two_ways_by_one_name_are_told_apart_by_their_gates(
    database: Database, world: World
) -> None:
    """Two unguarded transitions on one trigger would be accepted silently, and the first taken."""
    odd = Traject(database, load(ODD), world)
    odd.start()
    odd.part("tekst/kern", "concept", "2021-01-05")
    odd.advance("tweede", "2021-01-06", "beginnen", attested=True, reference="x")
    for body, outcome in (("oost", "voor"), ("west", "voor"), ("zuid", "reactie")):
        odd.record("tweede", body, outcome, "2021-02-01")

    odd.advance("tweede", "2021-02-02", "verder")

    assert "genomen" == odd.milestone("tweede").state


def test_two_processes_move_without_each_other(database: Database, world: World) -> None:
    """They share the machine and nothing else."""
    one = Traject(database, gr_sociaal_domein(), world, id="one")
    two = Traject(database, gr_sociaal_domein(), world, id="two")
    for each in (one, two):
        each.start()

    one.advance("concepttekst", "2021-01-05")

    assert ("voorbereiding", "gepland") == (
        one.milestone("concepttekst").state,
        two.milestone("concepttekst").state,
    )
