"""Attested, not proved: on the word of a source until what is missing comes on record."""

from datetime import date

import pytest

from tests.support.definitions import load
from tests.support.engine import ODD, Traject, World, bodies, refused, through_dialogue
from workflow.model.state import Basis
from workflow.rules.refusals import GateClosed
from workflow.storage.database import Database
from workflow.views.moves import UnprovedView
from workflow.views.seen import Seen
from workflow.views.status import StatusView, status_view


@pytest.fixture
def attested(gr: Traject) -> Traject:
    """Adopt the decision in principle on the word of a source; two councils are on record."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "papendrecht", "ingestemd", "2021-01-21/2021-01-26")
    gr.record("principebesluit", "sliedrecht", "ingestemd", "2021-02-10")
    gr.attest("principebesluit", "by 2021-03-16")
    return gr


def status(traject: Traject) -> StatusView:
    """Return the status of a process today."""
    today = traject.world.now.date()
    return status_view(Seen(traject.definition, traject.state, today, traject.id))


def not_proved(traject: Traject, milestone: str) -> tuple[UnprovedView, ...]:
    """Return what the status says is not proved of a milestone."""
    found = {each.id: each for each in status(traject).milestones}
    return found[milestone].not_proved


def missing_councils(traject: Traject) -> list[str]:
    """Return the councils of which no principebesluit is on record."""
    on_record = {key[3] for key in traject.stored.decisions if key[0] == "principebesluit"}
    return [body for body in bodies(traject.definition, "raad") if body not in on_record]


def test_attested_is_shown_with_what_is_missing(attested: Traject) -> None:
    """The state is there, its basis is a source, and the five missing councils are listed."""
    (unproved,) = not_proved(attested, "principebesluit")
    (missing,) = unproved.missing

    assert ("vastgesteld", "attested") == attested.stand("principebesluit")
    assert (Basis.ATTESTED, "a source", "by 2021-03-16", date(2021, 3, 16)) == (
        unproved.basis,
        unproved.reference,
        unproved.effective,
        unproved.effective_on,
    )
    assert ("decisions", "principebesluit/raden") == (missing.kind, missing.subject)
    assert "2 of 7 for; 7 needed" == str(missing.reason)
    assert missing_councils(attested) == list(missing.waiting_for)


def test_nothing_rests_on_what_is_only_attested(attested: Traject) -> None:
    """A gate that asks for the state of an attested milestone does not hold, and says why."""
    through_dialogue(attested, "hoofdlijnennotitie", "2021-03-17")

    with refused(attested, GateClosed) as caught:
        attested.advance("hoofdlijnennotitie", "2021-03-18")

    assert isinstance(caught.error, GateClosed)
    leaf = next(iter(caught.error.ways[0].finding.leaves()))
    assert ("principebesluit", False) == (leaf.subject, leaf.holds)
    assert ("it is in “vastgesteld” on the word of a source: not proved") == str(leaf.reason)


def test_it_is_proved_by_itself_once_all_is_on_record(attested: Traject) -> None:
    """One missing council after the other, recorded late: the last one proves it."""
    *others, last = missing_councils(attested)
    for body in others:
        attested.record("principebesluit", body, "ingestemd", "2021-02-09")
        assert ("vastgesteld", "attested") == attested.stand("principebesluit")

    attested.record("principebesluit", last, "gewijzigd-ingestemd", "2021-03-01")

    assert ("vastgesteld", "decided") == attested.stand("principebesluit")
    assert () == not_proved(attested, "principebesluit")
    assert [] == attested.problems


def test_the_day_of_the_move_counts(attested: Traject) -> None:
    """What was decided on the very day of the attested move proves it."""
    for body in missing_councils(attested):
        attested.record("principebesluit", body, "ingestemd", "2021-03-16")

    assert ("vastgesteld", "decided") == attested.stand("principebesluit")


def test_what_was_decided_later_does_not_prove_it(attested: Traject) -> None:
    """A decision after the day of the move is no ground for it, and is still listed as missing."""
    *others, last = missing_councils(attested)
    for body in others:
        attested.record("principebesluit", body, "ingestemd", "2021-02-09")
    attested.record(
        "principebesluit", last, "ingestemd", "2021-03-17", out_of_order="it was a day late"
    )

    (unproved,) = not_proved(attested, "principebesluit")
    assert ("vastgesteld", "attested") == attested.stand("principebesluit")
    assert [(last,)] == [each.waiting_for for each in unproved.missing]
    assert [] == attested.problems


def test_a_rejection_does_not_prove_it(attested: Traject) -> None:
    """All decided, one of them against: the source said something else, and it stays attested."""
    *others, last = missing_councils(attested)
    for body in others:
        attested.record("principebesluit", body, "ingestemd", "2021-02-09")
    attested.record("principebesluit", last, "verworpen", "2021-02-09")

    (unproved,) = not_proved(attested, "principebesluit")
    assert ("vastgesteld", "attested") == attested.stand("principebesluit")
    assert [
        "6 of 7 for; 7 needed, out of reach in this round: 0 still to decide; "
        "against: zwijndrecht.raad"
    ] == [str(each.reason) for each in unproved.missing]


def test_what_rests_on_it_is_proved_with_it(attested: Traject) -> None:
    """A chain: the papers that went round because the principle was adopted are proved along."""
    through_dialogue(attested, "hoofdlijnennotitie", "2021-03-17")
    for party in attested.definition.parties:
        attested.part("hoofdlijnennotitie/wat", "leidend", "2021-03-17", party)
    for part in ("waarom", "hoe-juridisch", "hoe-financieel"):
        attested.part(f"hoofdlijnennotitie/{part}", "leidend", "2021-03-17")
    attested.attest("hoofdlijnennotitie", "2021-03-18")
    assert ("in-route", "attested") == attested.stand("hoofdlijnennotitie")

    for body in missing_councils(attested):
        attested.record("principebesluit", body, "ingestemd", "2021-02-09")

    assert ("in-route", "decided") == attested.stand("hoofdlijnennotitie")
    assert {} == attested.state.unproved()
    assert [] == attested.problems


def test_a_chain_on_one_day_is_proved_from_its_beginning(attested: Traject) -> None:
    """Both moves on the day of the last decision: one proved move proves the next."""
    for body in missing_councils(attested)[1:]:
        attested.record("principebesluit", body, "ingestemd", "2021-02-09")
    through_dialogue(attested, "hoofdlijnennotitie", "2021-03-16")
    for party in attested.definition.parties:
        attested.part("hoofdlijnennotitie/wat", "leidend", "2021-03-16", party)
    for part in ("waarom", "hoe-juridisch", "hoe-financieel"):
        attested.part(f"hoofdlijnennotitie/{part}", "leidend", "2021-03-16")
    attested.attest("hoofdlijnennotitie", "2021-03-16")
    assert ("in-route", "attested") == attested.stand("hoofdlijnennotitie")

    attested.record("principebesluit", missing_councils(attested)[0], "ingestemd", "2021-03-16")

    assert ("vastgesteld", "decided") == attested.stand("principebesluit")
    assert ("in-route", "decided") == attested.stand("hoofdlijnennotitie")
    assert [] == attested.problems


def test_a_source_is_not_needed_where_the_gate_holds(gr: Traject) -> None:
    """A move that is attested although its gate holds is simply decided."""
    gr.advance("principebesluit", "2020-11-24")
    gr.all_record("principebesluit", "ingestemd", "2021-02-09")

    gr.attest("principebesluit", "2021-02-09")

    assert ("vastgesteld", "decided") == gr.stand("principebesluit")


def test_an_unproved_move_stays_listed_when_the_milestone_goes_on(gr: Traject) -> None:
    """What lies behind the present state is not forgotten with the next move."""
    for on in ("2021-12-02", "2021-12-20"):
        gr.attest("inwerkingtreding", on)
    gr.advance("inwerkingtreding", "2022-01-01")

    assert ("in-werking", "decided") == gr.stand("inwerkingtreding")
    assert [("ondertekenen", Basis.ATTESTED)] == [
        (each.trigger, each.basis) for each in not_proved(gr, "inwerkingtreding")
    ]


def test_a_round_that_is_over_can_still_be_proved(gr: Traject) -> None:
    """The rejection behind the rework of the first round comes on record in the second."""
    gr.advance("principebesluit", "2020-11-24")
    gr.attest("principebesluit", "2021-01-20", "aanpassen")
    gr.advance("principebesluit", "2021-02-01")
    gr.all_record("principebesluit", "ingestemd", "2021-03-09")
    (unproved,) = not_proved(gr, "principebesluit")
    assert ["0 of 7 against; 1 needed"] == [str(each.reason) for each in unproved.missing]

    gr.record("principebesluit", "dordrecht", "verworpen", "2021-01-12")

    assert {} == gr.state.unproved()
    assert [] == gr.problems


def test_a_decision_of_a_later_round_proves_nothing_of_an_earlier_one(gr: Traject) -> None:
    """On the day a second round opens, a decision belongs to it, not to the move before."""
    gr.advance("principebesluit", "2020-11-24")
    gr.attest("principebesluit", "2021-01-20", "aanpassen")
    gr.advance("principebesluit", "2021-01-20")

    gr.record("principebesluit", "dordrecht", "verworpen", "2021-01-20", round=2)

    assert [("principebesluit", "aanpassen", "in-route", "aanpassing")] == list(gr.state.unproved())
    assert [] == gr.problems


def test_what_the_new_round_brings_does_not_prove_that_it_had_to_be_opened(
    database: Database, world: World
) -> None:
    """A move that opens a round rests on the round before, also for what follows that day."""
    odd = Traject(database, load(ODD), world)
    odd.start()
    odd.attest("eerste", "2021-01-11", "beginnen")
    odd.attest("eerste", "2021-01-18", "opnieuw")

    odd.record("eerste", "west", "tegen", "2021-01-18", ground="the general interest", round=2)

    assert 2 == odd.milestone("eerste").round
    assert ("rond", "attested") == odd.stand("eerste")
    assert [] == odd.problems


def test_a_move_without_a_gate_does_not_launder_an_attested_one(gr: Traject) -> None:
    """What rests on a source goes on doing so where the milestone moves on freely."""
    gr.attest("inwerkingtreding", "2021-12-02")
    gr.advance("inwerkingtreding", "2021-12-03")
    assert ("bekendgemaakt", None) == gr.stand("inwerkingtreding")
    last = gr.state.last_gated("inwerkingtreding")
    assert last is not None
    assert Basis.ATTESTED is last.basis
