"""Decisions: whose, on what, when; and every reason for which one is refused."""

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import InvalidValue, NotFound
from tests.support.engine import (
    Traject,
    close_questions,
    deliver,
    refused,
    through_dialogue,
    through_principle,
    to_final_text_in_route,
)
from workflow.model.commands import Record
from workflow.model.state import DecisionState
from workflow.rules.refusals import (
    AlreadyDecided,
    AskedTooSoon,
    DateRefused,
    Missing,
    NotAdmitted,
    NotAllowed,
)


@pytest.fixture
def round_one(gr: Traject) -> Traject:
    """Put the papers of the decision in principle in route, on 24 November 2020."""
    gr.advance("principebesluit", "2020-11-24")
    return gr


@pytest.fixture
def griffier(round_one: Traject) -> Traject:
    """Give somebody the seat of Sliedrecht's griffier, and let them speak."""
    round_one.seat("griffier@sliedrecht", "griffier S", "2020-11-24")
    return round_one.as_actor("griffier S")


@pytest.fixture
def outlines(gr: Traject) -> Traject:
    """Put the outline memorandum in route, on 2 March 2021."""
    through_principle(gr, decided="2021-02-09")
    through_dialogue(gr, "hoofdlijnennotitie", "2021-02-10")
    deliver(gr, "hoofdlijnennotitie", "leidend", "2021-03-01")
    gr.advance("hoofdlijnennotitie", "2021-03-02")
    return gr


def given(traject: Traject, milestone: str, body: str, round_: int = 1) -> DecisionState | None:
    """Return what a body said last on the councils' request, in a round."""
    return traject.stored.decisions.get((milestone, "raden", round_, body))


# --- whose -------------------------------------------------------------------------------------


def test_a_griffier_records_the_own_council(griffier: Traject) -> None:
    """The griffier of a council needs no source and no reason for its decision."""
    receipt = griffier.record(
        "principebesluit", "sliedrecht", "ingestemd", "2021-02-10", reference=None
    )

    assert "griffier@sliedrecht" == receipt.entries[-1].role
    decision = given(griffier, "principebesluit", "sliedrecht.raad")
    assert decision is not None
    assert "ingestemd" == decision.outcome


def test_nobody_records_anothers_vote(griffier: Traject) -> None:
    """A griffier of one council is refused for another, and told whose business it is."""
    with refused(griffier, NotAllowed) as caught:
        griffier.record("principebesluit", "dordrecht", "ingestemd", "2021-02-10")

    assert (
        "griffier S may not record a decision of dordrecht.raad as griffier@sliedrecht."
    ) == caught.sentence
    assert ("It takes one of these seats: projectsecretaris, griffier@dordrecht.") == caught.advice


def test_who_has_no_seat_records_nothing(round_one: Traject) -> None:
    """Somebody unknown to the process is refused as such."""
    with refused(round_one, NotAllowed) as caught:
        round_one.as_actor("a stranger").record(
            "principebesluit", "dordrecht", "ingestemd", "2021-02-10"
        )

    assert (
        "a stranger holds no seat here, and may not record a decision of dordrecht.raad."
    ) == caught.sentence


def test_on_behalf_takes_a_source(round_one: Traject) -> None:
    """Who keeps the records for others says where it can be found."""
    with refused(round_one, Missing) as caught:
        round_one.record("principebesluit", "dordrecht", "ingestemd", "2021-02-10", reference=None)

    assert (
        "As projectsecretaris you record this on behalf of others: that takes a source."
    ) == caught.sentence
    assert "Add --reference with where it can be found." == caught.advice


# --- on what -----------------------------------------------------------------------------------


def test_an_outcome_is_one_of_its_instrument(round_one: Traject) -> None:
    """A principebesluit is agreed to, not given as a toestemming."""
    with refused(round_one, NotFound) as caught:
        round_one.record("principebesluit", "dordrecht", "verleend", "2021-02-10")

    assert "A “principebesluit” has no outcome “verleend”." == caught.sentence
    assert (
        "It has: ingestemd, gewijzigd-ingestemd, verworpen, aangehouden, doorgeschoven, "
        "terugverwezen, van-de-agenda, ingetrokken."
    ) == caught.advice


def test_one_party_may_answer_with_another_instrument(outlines: Traject) -> None:
    """Papendrecht was consulted on what the other councils adopt: it can only react."""
    close_questions(outlines, "hoofdlijnennotitie", "2021-03-20")

    with refused(outlines, NotFound) as caught:
        outlines.record("hoofdlijnennotitie", "papendrecht", "vastgesteld", "2021-04-01")
    outlines.record("hoofdlijnennotitie", "papendrecht", "reactie", "2021-04-01")

    assert "A “consultatie” has no outcome “vastgesteld”." == caught.sentence


@pytest.mark.parametrize(
    ("milestone", "body", "request_", "sentence", "advice"),
    [
        (
            "principebesluitt",
            "dordrecht",
            None,
            "There is no milestone “principebesluitt”.",
            "Did you mean “principebesluit”?",
        ),
        (
            "principebesluit",
            "dordrect",
            None,
            "There is no body “dordrect”.",
            "Did you mean “dordrecht”?",
        ),
        (
            "principebesluit",
            "dordrecht.college",
            None,
            "“principebesluit” asks nothing of “dordrecht.college”.",
            (
                "It asks: alblasserdam.raad, dordrecht.raad, hardinxveld-giessendam.raad, "
                "hendrik-ido-ambacht.raad, papendrecht.raad, sliedrecht.raad, zwijndrecht.raad."
            ),
        ),
        (
            "inwerkingtreding",
            "dordrecht",
            None,
            "“inwerkingtreding” asks nobody anything.",
            "See what moves it with: mijlpaal explain PROCESS inwerkingtreding",
        ),
        (
            "definitieve-tekst",
            "dordrecht",
            None,
            "“dordrecht” is asked more than once in “definitieve-tekst”.",
            (
                "Say which: dordrecht.raad --request raden, dordrecht.college --request colleges, "
                "dordrecht.raad --request verordeningen."
            ),
        ),
        (
            "definitieve-tekst",
            "dordrecht",
            "colleges",
            "A “treffen” has no outcome “ingestemd”.",
            "It has: besloten, afgewezen.",
        ),
        (
            "principebesluit",
            "dordrecht",
            "collegas",
            "There is no request “collegas”.",
            "There are: raden.",
        ),
    ],
)
def test_every_name_has_to_exist(
    round_one: Traject,
    milestone: str,
    body: str,
    request_: str | None,
    sentence: str,
    advice: str,
) -> None:
    """What does not exist is named, with the nearest that does."""
    with refused(round_one, NotFound) as caught:
        round_one.record(milestone, body, "ingestemd", "2021-02-10", request=request_)

    assert (sentence, advice) == (caught.sentence, caught.advice)


@pytest.mark.parametrize("votes", ["19", "19-", "19 - 4", "-4", "19-4-1", "99999-1", ""])
def test_votes_have_a_form(round_one: Traject, votes: str) -> None:
    """Votes are for and against, or unanimous; nothing is guessed."""
    with refused(round_one, InvalidValue) as caught:
        round_one.record("principebesluit", "dordrecht", "ingestemd", "2021-02-10", votes=votes)

    assert f"“{votes}” is not a number of votes." == caught.sentence


def test_refusing_consent_needs_a_ground(gr: Traject) -> None:
    """Toestemming may be withheld only on a ground, and it is asked for."""
    to_final_text_in_route(gr)
    close_questions(gr, "definitieve-tekst", "2021-10-11")

    with refused(gr, Missing) as caught:
        gr.record(
            "definitieve-tekst", "sliedrecht.raad", "onthouden", "2021-10-12", request="raden"
        )
    gr.record(
        "definitieve-tekst",
        "sliedrecht.raad",
        "onthouden",
        "2021-10-12",
        request="raden",
        ground="the general interest",
    )

    assert "“onthouden” needs a ground." == caught.sentence
    assert ("Add --ground with the ground on which sliedrecht.raad decided so.") == caught.advice


# --- when --------------------------------------------------------------------------------------


def test_not_before_the_papers_are_in_route(gr: Traject) -> None:
    """A decision is admitted by the state of its milestone on the day of the decision."""
    with refused(gr, NotAdmitted) as caught:
        gr.record("principebesluit", "dordrecht", "ingestemd", "2020-11-20")

    assert (
        "On Fri 20 November 2020 “principebesluit” was in “in-voorbereiding”; "
        "“principebesluit/raden” is admitted in “in-route”."
    ) == caught.sentence
    assert (
        "Check the date, or advance the milestone first; if it did happen then, add "
        "--out-of-order REASON."
    ) == caught.advice


def test_the_state_of_the_day_admits_not_that_of_today(round_one: Traject) -> None:
    """A decision of the day before the papers went round is refused also afterwards."""
    round_one.record("principebesluit", "sliedrecht", "ingestemd", "2021-02-10")

    with refused(round_one, NotAdmitted):
        round_one.record("principebesluit", "dordrecht", "ingestemd", "2020-11-23")
    round_one.record("principebesluit", "dordrecht", "ingestemd", "2020-11-24")


def test_on_the_day_of_a_move_both_its_states_admit(gr: Traject) -> None:
    """The day is the resolution: what was decided on the day of adoption still belongs to it."""
    through_principle(gr, decided="2021-02-09")
    late = Traject(gr.database, gr.definition, gr.world, id="second")
    late.start()
    late.advance("principebesluit", "2021-02-09")
    late.attest("principebesluit", "2021-02-09")

    late.record("principebesluit", "dordrecht", "ingestemd", "2021-02-09")
    with refused(late, NotAdmitted):
        late.record("principebesluit", "sliedrecht", "ingestemd", "2021-02-10")

    assert given(late, "principebesluit", "dordrecht.raad") is not None


def test_out_of_order_is_recorded_and_shown(gr: Traject) -> None:
    """What did happen outside the states that admit it is recorded with a reason."""
    gr.record(
        "principebesluit",
        "dordrecht",
        "ingestemd",
        "2020-11-20",
        out_of_order="the source leaves no doubt",
    )

    decision = given(gr, "principebesluit", "dordrecht.raad")
    assert decision is not None
    assert decision.out_of_order


def test_what_was_recorded_before_the_round_counts_in_it(gr: Traject) -> None:
    """A decision out of order, before the first round, is one of the first round."""
    gr.record("principebesluit", "dordrecht", "ingestemd", "2020-11-20", out_of_order="it happened")
    gr.advance("principebesluit", "2020-11-24")

    with refused(gr, AlreadyDecided):
        gr.record("principebesluit", "dordrecht", "ingestemd", "2020-11-25")


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2022-06-02", "Thu 2 June 2022 is in the future: today is Wed 1 June 2022."),
        ("2022-06", "June 2022 is not over: today is Wed 1 June 2022."),
        ("by 2022-06-30", "by Thu 30 June 2022 is in the future: today is Wed 1 June 2022."),
        ("2020-10-31", "Sat 31 October 2020 is before the process began, on Sun 1 November 2020."),
        (
            "by 2020-10-31",
            "by Sat 31 October 2020 is before the process began, on Sun 1 November 2020.",
        ),
    ],
)
def test_a_date_on_which_it_cannot_have_happened(
    round_one: Traject, on: str, sentence: str
) -> None:
    """The future, a month that is not over, what was before the process, and no date at all."""
    with refused(round_one, DateRefused) as caught:
        round_one.record("principebesluit", "dordrecht", "ingestemd", on)

    assert sentence == caught.sentence
    assert caught.advice


def test_a_month_that_is_not_over_gets_advice(round_one: Traject) -> None:
    """Of a month that is not over, one can give the day or the day at the latest."""
    with refused(round_one, DateRefused) as caught:
        round_one.record("principebesluit", "dordrecht", "ingestemd", "2022-06")

    assert (
        "Record it when it has happened. A month counts from its last day; of a month that is "
        "not over, give the day, or “by 2022-06-01”."
    ) == caught.advice


def test_today_is_that_of_the_process_not_of_the_machine(round_one: Traject) -> None:
    """At half past ten in the evening in UTC it is already tomorrow in Amsterdam."""
    round_one.world.now = round_one.world.now.replace(hour=22, minute=30)

    round_one.record("principebesluit", "dordrecht", "ingestemd", "2022-06-02")

    assert "2022-06-02" == str(round_one.journal[-1].effective)


# --- once --------------------------------------------------------------------------------------


def test_a_body_decides_once_in_a_round(round_one: Traject) -> None:
    """A second closing decision of one body in one round is refused, with the first."""
    receipt = round_one.record("principebesluit", "dordrecht", "ingestemd", "2021-01-12")

    with refused(round_one, AlreadyDecided) as caught:
        round_one.record("principebesluit", "dordrecht", "verworpen", "2021-01-13")

    assert (
        "dordrecht.raad already decided on “raden” in round 1: “ingestemd” "
        f"(entry {receipt.head.head_seq})."
    ) == caught.sentence
    assert (
        "A body decides once in a round. A slip is mended with: mijlpaal correct PROCESS "
        f"{receipt.head.head_seq} --outcome OUTCOME --reason WHY"
    ) == caught.advice


def test_a_second_decision_is_refused_whatever_its_date(round_one: Traject) -> None:
    """Also one that would have been earlier than the decision that is there."""
    round_one.record("principebesluit", "dordrecht", "ingestemd", "2021-01-12")

    with refused(round_one, AlreadyDecided):
        round_one.record("principebesluit", "dordrecht", "verworpen", "2021-01-05")


def test_held_over_closes_nothing(round_one: Traject) -> None:
    """A council that held a proposal over, twice, decides later."""
    round_one.record("principebesluit", "dordrecht", "aangehouden", "2021-01-12")
    round_one.record("principebesluit", "dordrecht", "ingetrokken", "2021-01-19")
    round_one.record("principebesluit", "dordrecht", "ingestemd", "2021-01-26")

    decision = given(round_one, "principebesluit", "dordrecht.raad")
    assert decision is not None
    assert ("ingestemd", True) == (decision.outcome, decision.closes)


def test_nothing_is_held_over_after_the_decision(round_one: Traject) -> None:
    """Once decided, a body cannot take it back by holding over in the same round."""
    round_one.record("principebesluit", "dordrecht", "ingestemd", "2021-01-12")

    with refused(round_one, AlreadyDecided):
        round_one.record("principebesluit", "dordrecht", "aangehouden", "2021-01-19")


def test_a_decision_does_not_go_under_one_held_over(round_one: Traject) -> None:
    """Held over on the 19th, it cannot have been decided on the 12th, in whatever order told."""
    round_one.record("principebesluit", "dordrecht", "aangehouden", "2021-01-19")

    with refused(round_one, DateRefused) as caught:
        round_one.record("principebesluit", "dordrecht", "ingestemd", "2021-01-12")

    assert (
        "dordrecht.raad answered “aangehouden” on Tue 19 January 2021 (entry 5); one before that "
        "(Tue 12 January 2021) comes too late."
    ) == caught.sentence


def test_a_round_that_is_over_takes_no_second_decision(round_one: Traject) -> None:
    """A late second decision in the first round is refused also when the second runs."""
    round_one.record("principebesluit", "dordrecht", "verworpen", "2021-01-12")
    round_one.advance("principebesluit", "2021-01-20", "aanpassen")
    round_one.advance("principebesluit", "2021-02-01", "opnieuw")

    with refused(round_one, AlreadyDecided) as caught:
        round_one.record("principebesluit", "dordrecht", "ingestemd", "2021-01-15")

    assert "in round 1: “verworpen”" in caught.sentence


def test_a_batch_cannot_slip_a_second_decision_into_a_past_round(round_one: Traject) -> None:
    """Nor does it help to put something harmless before it."""
    round_one.record("principebesluit", "dordrecht", "verworpen", "2021-01-12")
    round_one.advance("principebesluit", "2021-01-20", "aanpassen")
    round_one.advance("principebesluit", "2021-02-01", "opnieuw")

    with refused(round_one, AlreadyDecided):
        round_one.do_all(
            Record(
                "principebesluit", "dordrecht", "ingestemd", parse_date(on), reference="a source"
            )
            for on in ("2021-02-02", "2021-01-15")
        )


# --- what comes first for the own party --------------------------------------------------------


def test_questions_are_closed_before_the_own_council_decides(outlines: Traject) -> None:
    """Each council decides after its own technical questions, whatever those of others do."""
    outlines.task("hoofdlijnennotitie/technische-vragen", "gesloten", "2021-03-20", "sliedrecht")

    with refused(outlines, AskedTooSoon) as caught:
        outlines.record("hoofdlijnennotitie", "dordrecht", "vastgesteld", "2021-04-06")
    outlines.record("hoofdlijnennotitie", "sliedrecht", "vastgesteld", "2021-04-06")

    assert (
        "dordrecht.raad cannot decide on “raden” yet: hoofdlijnennotitie/technische-vragen, 0 of "
        "1 task done; 1 needed."
    ) == caught.sentence
    assert (
        "First: hoofdlijnennotitie/technische-vragen@dordrecht. If it did decide before that, "
        "add --out-of-order REASON."
    ) == caught.advice


def test_questions_closed_later_do_not_admit_an_earlier_decision(outlines: Traject) -> None:
    """The precondition is looked at as of the day of the decision."""
    outlines.task("hoofdlijnennotitie/technische-vragen", "gesloten", "2021-04-10", "dordrecht")

    with refused(outlines, AskedTooSoon):
        outlines.record("hoofdlijnennotitie", "dordrecht", "vastgesteld", "2021-04-06")


def test_a_college_decides_after_its_own_council(gr: Traject) -> None:
    """The consent of another council is not enough, nor one that was withheld."""
    to_final_text_in_route(gr)
    close_questions(gr, "definitieve-tekst", "2021-11-01")
    final = {"milestone": "definitieve-tekst", "on": "2021-11-02"}
    gr.record(body="dordrecht.raad", outcome="verleend", request="raden", **final)
    gr.record(
        body="sliedrecht.raad", outcome="onthouden", request="raden", ground="the law", **final
    )

    with refused(gr, AskedTooSoon) as caught:
        gr.record(body="sliedrecht.college", outcome="besloten", **final)
    gr.record(body="dordrecht.college", outcome="besloten", **final)

    assert (
        "sliedrecht.college cannot decide on “colleges” yet: definitieve-tekst/raden, 0 of 1 "
        "for; 1 needed, out of reach in this round: 0 still to decide; against: sliedrecht.raad."
    ) == caught.sentence


def test_a_slip_in_a_weekday_that_was_recorded_is_still_read(round_one: Traject) -> None:
    """An earlier version let it through: the journal is whole, and reads as it did."""
    round_one.record("principebesluit", "dordrecht", "ingestemd", "ma 16 maart 2021")
    round_one.replan("principebesluit/raden", "ma 16 november 2021", "ma 16 maart 2021")

    decision = given(round_one, "principebesluit", "dordrecht.raad")
    assert decision is not None
    assert "ma 16 maart 2021" == decision.effective
    assert "ma 16 maart 2021" == round_one.journal[-1].effective.written
    assert [] == round_one.problems
