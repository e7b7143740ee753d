"""Whole lives: every milestone of the shipped process to every one of its ends."""

import pytest

from tests.support.engine import (
    Traject,
    adopt_outlines,
    close_questions,
    deliver,
    everything_rests_on,
    refused,
    through_dialogue,
    through_principle,
    to_final_text_in_route,
)
from workflow.rules.refusals import AskedTooSoon, GateClosed, NotAdmitted, NoTransition


def consent(traject: Traject, on: str) -> None:
    """Let every council give toestemming for the final text, once its questions are closed."""
    close_questions(traject, "definitieve-tekst", on)
    traject.all_record("definitieve-tekst", "verleend", on, request="raden")


def assert_whole(traject: Traject) -> None:
    """Assert that the journal and the tables agree, and that nothing is unproved."""
    assert [] == traject.problems
    assert {} == traject.state.unproved()


def test_the_whole_process_to_its_good_end(gr: Traject) -> None:
    """All councils consent, all colleges agree, and it is in force on the promised day."""
    to_final_text_in_route(gr)
    consent(gr, "2021-11-02")
    gr.advance("definitieve-tekst", "2021-11-02")
    gr.all_record("definitieve-tekst", "besloten", "2021-11-09", kind="college")
    gr.advance("definitieve-tekst", "2021-11-09")
    gr.advance("inwerkingtreding", "2021-12-02")
    gr.advance("inwerkingtreding", "2021-12-20")
    with refused(gr, GateClosed):
        gr.advance("inwerkingtreding", "2021-12-31")
    gr.advance("inwerkingtreding", "2022-01-01")

    assert {
        "principebesluit": "vastgesteld",
        "hoofdlijnennotitie": "vastgesteld",
        "concepttekst": "vastgesteld",
        "definitieve-tekst": "getroffen",
        "inwerkingtreding": "in-werking",
    } == {name: each.state for name, each in gr.state.milestones.items()}
    assert {"decided"} == set(everything_rests_on(gr.state).values())
    assert_whole(gr)


def test_what_is_late_is_in_force_later(gr: Traject) -> None:
    """The goal is a day from which it may be, not the only day."""
    for on in ("2022-03-01", "2022-03-02"):
        gr.attest("inwerkingtreding", on)

    gr.advance("inwerkingtreding", "2022-03-03")

    assert ("in-werking", "decided") == gr.stand("inwerkingtreding")


# --- another round -----------------------------------------------------------------------------


def test_a_principle_that_was_rejected_goes_round_again(gr: Traject) -> None:
    """One council against is enough to rework it; the second round starts with nothing decided."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "sliedrecht", "ingestemd", "2021-01-12")
    gr.record("principebesluit", "dordrecht", "verworpen", "2021-01-12")
    gr.advance("principebesluit", "2021-01-20", "aanpassen")
    with refused(gr, NotAdmitted):
        gr.record("principebesluit", "zwijndrecht", "ingestemd", "2021-01-25")
    gr.advance("principebesluit", "2021-02-01")

    assert ("in-route", 2) == (gr.milestone("principebesluit").state, _round(gr, "principebesluit"))
    with refused(gr, GateClosed) as caught:
        gr.advance("principebesluit", "2021-02-02")
    assert isinstance(caught.error, GateClosed)
    (leaf,) = caught.error.ways[0].finding.leaves()
    assert "0 of 7 for; 7 needed" == str(leaf.reason)
    gr.all_record("principebesluit", "gewijzigd-ingestemd", "2021-03-09")
    gr.advance("principebesluit", "2021-03-09")

    assert ("vastgesteld", "decided") == gr.stand("principebesluit")
    assert {1: 2, 2: 7} == {
        round_: sum(key[2] == round_ for key in gr.stored.decisions) for round_ in (1, 2)
    }
    assert_whole(gr)


def _round(traject: Traject, milestone: str) -> int:
    return traject.milestone(milestone).round


def test_an_outline_that_was_rejected_goes_round_again(gr: Traject) -> None:
    """Rework, delivery, papers anew: and the technical questions of each council anew too."""
    through_principle(gr, decided="2021-02-09")
    through_dialogue(gr, "hoofdlijnennotitie", "2021-02-10")
    deliver(gr, "hoofdlijnennotitie", "leidend", "2021-03-01")
    gr.advance("hoofdlijnennotitie", "2021-03-02")
    close_questions(gr, "hoofdlijnennotitie", "2021-03-30")
    gr.record("hoofdlijnennotitie", "dordrecht", "verworpen", "2021-04-06")
    gr.advance("hoofdlijnennotitie", "2021-04-07", "aanpassen")
    gr.advance("hoofdlijnennotitie", "2021-04-20")
    assert "oplevering" == gr.milestone("hoofdlijnennotitie").state
    gr.advance("hoofdlijnennotitie", "2021-04-21")

    assert 2 == _round(gr, "hoofdlijnennotitie")
    with refused(gr, AskedTooSoon):
        gr.record("hoofdlijnennotitie", "dordrecht", "vastgesteld", "2021-05-11")
    adopt_outlines(gr, "2021-05-11")

    assert ("vastgesteld", "decided") == gr.stand("hoofdlijnennotitie")
    assert_whole(gr)


def test_a_council_that_withholds_consent_sends_the_final_text_back(gr: Traject) -> None:
    """Not all councils consent; after rework all seven give, and the colleges follow theirs."""
    to_final_text_in_route(gr)
    gr.task("definitieve-tekst/technische-vragen", "gesloten", "2021-10-04", "dordrecht")
    gr.record(
        "definitieve-tekst",
        "dordrecht.raad",
        "onthouden",
        "2021-10-05",
        request="raden",
        ground="the general interest",
    )
    gr.advance("definitieve-tekst", "2021-10-06", "aanpassen")
    gr.advance("definitieve-tekst", "2021-10-13")
    gr.advance("definitieve-tekst", "2021-10-14")
    with refused(gr, AskedTooSoon):
        gr.record("definitieve-tekst", "dordrecht.college", "besloten", "2021-11-02")
    consent(gr, "2021-11-23")
    gr.advance("definitieve-tekst", "2021-11-23")
    gr.all_record("definitieve-tekst", "besloten", "2021-11-30", kind="college")
    gr.advance("definitieve-tekst", "2021-11-30")

    assert ("getroffen", "decided") == gr.stand("definitieve-tekst")
    assert 2 == _round(gr, "definitieve-tekst")
    assert_whole(gr)


def test_a_college_that_refuses_sends_it_back_after_all_consented(gr: Traject) -> None:
    """Rework is possible also from toestemming-compleet."""
    to_final_text_in_route(gr)
    consent(gr, "2021-11-02")
    gr.advance("definitieve-tekst", "2021-11-02")
    gr.record("definitieve-tekst", "dordrecht.college", "afgewezen", "2021-11-09")

    gr.advance("definitieve-tekst", "2021-11-10", "aanpassen")
    gr.advance("definitieve-tekst", "2021-11-11")
    gr.advance("definitieve-tekst", "2021-11-12")

    assert ("in-route", 2) == (
        gr.milestone("definitieve-tekst").state,
        _round(gr, "definitieve-tekst"),
    )
    assert_whole(gr)


def test_a_college_may_decide_before_the_other_councils_consented(gr: Traject) -> None:
    """Each college follows its own council; all of both are needed in the end."""
    to_final_text_in_route(gr)
    with refused(gr, AskedTooSoon):
        gr.record("definitieve-tekst", "dordrecht.raad", "verleend", "2021-10-05", request="raden")
    gr.task("definitieve-tekst/technische-vragen", "gesloten", "2021-10-05", "dordrecht")
    gr.record("definitieve-tekst", "dordrecht.raad", "verleend", "2021-10-05", request="raden")
    gr.record("definitieve-tekst", "dordrecht.college", "besloten", "2021-10-06")

    with refused(gr, GateClosed):
        gr.advance("definitieve-tekst", "2021-10-06")
    with refused(gr, NoTransition):
        gr.advance("definitieve-tekst", "2021-10-06", "treffen")


# --- given up ----------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", range(3))
def test_the_principle_can_be_given_up(gr: Traject, steps: int) -> None:
    """From every state that is not final."""
    ways = [("2020-11-24", "in-route"), ("2021-01-20", "aanpassen")]
    for on, trigger in ways[:steps]:
        if trigger == "aanpassen":
            gr.record("principebesluit", "dordrecht", "verworpen", on)
        gr.advance("principebesluit", on, trigger)

    gr.advance("principebesluit", "2021-02-01", "beeindigen")

    assert ("beeindigd", None) == gr.stand("principebesluit")
    assert_whole(gr)


@pytest.mark.parametrize(
    "milestone", ["hoofdlijnennotitie", "concepttekst", "definitieve-tekst", "inwerkingtreding"]
)
def test_every_milestone_can_be_given_up_from_each_of_its_states(
    gr: Traject, milestone: str
) -> None:
    """One process for each state on the way: stopped there, and nothing leaves it any more."""
    shape = gr.definition.milestones[milestone]
    stoppable = [arm.source for arm in shape.arms if arm.trigger == "beeindigen"]
    assert {*shape.states} - {*shape.final} == {*stoppable}
    for number, source in enumerate(stoppable):
        traject = Traject(gr.database, gr.definition, gr.world, id=f"{milestone}-{number}")
        traject.start()
        while traject.milestone(milestone).state != source:
            _step_towards(traject, milestone, source)

        traject.advance(milestone, "2022-02-01", "beeindigen")

        assert "beeindigd" == traject.milestone(milestone).state
        with refused(traject, NoTransition):
            traject.advance(milestone, "2022-02-01")
        assert [] == traject.problems


def _step_towards(traject: Traject, milestone: str, wanted: str) -> None:
    """Take one attested step on the way to a state."""
    now = traject.milestone(milestone).state
    arms = traject.definition.milestones[milestone].arms_from(now)
    here = next((arm for arm in arms if arm.target == wanted), None)
    onward = here or next(arm for arm in arms if not arm.explicit)
    if wanted == "aanpassing" and now == "in-route":
        onward = next(arm for arm in arms if arm.target == wanted)
    traject.attest(milestone, "2022-01-15", onward.trigger)


def test_every_transition_of_the_process_can_be_taken(gr: Traject) -> None:
    """Attested from the beginning, each of them leads where the structure draws it."""
    for milestone in gr.definition.milestones.values():
        for number, arm in enumerate(milestone.arms):
            traject = Traject(gr.database, gr.definition, gr.world, id=f"{milestone.id}-{number}")
            traject.start()
            while traject.milestone(milestone.id).state != arm.source:
                _step_towards(traject, milestone.id, arm.source)

            traject.attest(milestone.id, "2022-01-15", arm.trigger)

            assert arm.target == traject.milestone(milestone.id).state
