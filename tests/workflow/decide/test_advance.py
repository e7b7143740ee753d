"""Advancing milestones: which way is meant, is it open; and every reason for a refusal."""

import pytest

from definitions.calendar.dates import parse_date
from definitions.language.errors import InvalidValue, NotFound
from tests.support.engine import (
    Traject,
    deliver,
    gr_sociaal_domein,
    refused,
    through_dialogue,
    through_principle,
    to_final_text_in_route,
)
from workflow.decide.case import NoSuchWay
from workflow.engine import Start
from workflow.model.commands import AddNote, Advance, Request
from workflow.model.person import Called
from workflow.rules.conflicts import IdTaken, KeyReused, VersionPassed
from workflow.rules.refusals import (
    DateRefused,
    GateClosed,
    Missing,
    NotAdmitted,
    NotAllowed,
    NoTransition,
)


def closed(error: Exception | None) -> GateClosed:
    """Return a refusal as the closed gate that it is."""
    assert isinstance(error, GateClosed)
    return error


# --- gates -------------------------------------------------------------------------------------


def test_a_closed_gate_explains_itself_whole(gr: Traject) -> None:
    """The refusal carries the tree of the gate: what holds, what does not, and who is awaited."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "papendrecht", "ingestemd", "2021-01-26")
    gr.record("principebesluit", "dordrecht", "aangehouden", "2021-01-26")

    with refused(gr, GateClosed) as caught:
        gr.advance("principebesluit", "2021-02-09")

    assert (
        "“principebesluit” cannot go from “in-route” to “vastgesteld”: its gate does not hold."
    ) == caught.sentence
    assert "--attested --reference SOURCE" in caught.advice
    (way,) = closed(caught.error).ways
    (leaf,) = way.finding.leaves()
    assert ("vaststellen", "slot", "besluit") == (
        way.arm.trigger,
        way.finding.kind,
        way.finding.subject,
    )
    assert ("decisions", "principebesluit/raden") == (leaf.kind, leaf.subject)
    assert "1 of 7 for; 7 needed" == str(leaf.reason)
    assert (
        "alblasserdam.raad",
        "dordrecht.raad",
        "hardinxveld-giessendam.raad",
        "hendrik-ido-ambacht.raad",
        "sliedrecht.raad",
        "zwijndrecht.raad",
    ) == leaf.waiting_for


def test_every_part_of_a_gate_is_explained(gr: Traject) -> None:
    """Of a gate in several parts, those that hold are there with those that do not."""
    through_dialogue(gr, "hoofdlijnennotitie", "2021-02-10")
    gr.part("hoofdlijnennotitie/waarom", "leidend", "2021-02-15")

    with refused(gr, GateClosed) as caught:
        gr.advance("hoofdlijnennotitie", "2021-03-02")

    (way,) = closed(caught.error).ways
    assert [
        ("principebesluit", False, ("principebesluit",)),
        ("hoofdlijnennotitie/waarom", True, ()),
        (
            "hoofdlijnennotitie/wat",
            False,
            tuple(f"hoofdlijnennotitie/wat@{party}" for party in gr.definition.parties),
        ),
        ("hoofdlijnennotitie/hoe-juridisch", False, ("hoofdlijnennotitie/hoe-juridisch",)),
        ("hoofdlijnennotitie/hoe-financieel", False, ("hoofdlijnennotitie/hoe-financieel",)),
    ] == [(leaf.subject, leaf.holds, leaf.waiting_for) for leaf in way.finding.leaves()]


def test_a_gate_is_judged_by_the_day_of_the_move(gr: Traject) -> None:
    """What was decided after the day on which a milestone would move does not open it."""
    gr.advance("principebesluit", "2020-11-24")
    gr.all_record("principebesluit", "ingestemd", "2021-02-10")

    with refused(gr, GateClosed):
        gr.advance("principebesluit", "2021-02-09")
    gr.advance("principebesluit", "2021-02-10")

    assert ("vastgesteld", "decided") == gr.stand("principebesluit")


def test_the_goal_opens_on_its_day(gr: Traject) -> None:
    """In force not a day before the date that was promised."""
    for on in ("2021-12-02", "2021-12-20"):
        gr.attest("inwerkingtreding", on)

    with refused(gr, GateClosed) as caught:
        gr.advance("inwerkingtreding", "2021-12-31")
    gr.advance("inwerkingtreding", "2022-01-01")

    (leaf,) = closed(caught.error).ways[0].finding.leaves()
    assert "Sat 1 January 2022 is 1 day away" == str(leaf.reason)
    assert ("in-werking", "decided") == gr.stand("inwerkingtreding")


# --- which way ---------------------------------------------------------------------------------


def test_nothing_leaves_a_final_state(gr: Traject) -> None:
    """A milestone that is reached stays so."""
    through_principle(gr, decided="2021-02-09")

    with refused(gr, NoTransition) as caught:
        gr.advance("principebesluit", "2021-03-01")

    assert "“principebesluit” is in “vastgesteld”, and nothing leaves it." == caught.sentence
    assert "" == caught.advice


def test_what_does_not_leave_the_state_is_refused_with_what_does(gr: Traject) -> None:
    """Who names a transition from another state hears which leave this one."""
    with refused(gr, NoTransition) as caught:
        gr.advance("principebesluit", "2020-12-01", "vaststellen")

    assert (
        "“principebesluit” is in “in-voorbereiding”, which “vaststellen” does not leave."
    ) == caught.sentence
    assert ("From here: in-route → in-route, beeindigen → beeindigd.") == caught.advice


def test_a_state_that_is_not_next_is_refused_too(gr: Traject) -> None:
    """With --to, the states that can be reached from here are what helps."""
    with refused(gr, NoTransition) as caught:
        gr.advance("principebesluit", "2020-12-01", to="vastgesteld")

    assert "which “vastgesteld” does not leave" in caught.sentence


def test_explicit_transitions_are_taken_only_when_named(gr: Traject) -> None:
    """Without a name, rework and stopping are not among the ways, though rework is open."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "dordrecht", "verworpen", "2021-01-12")

    with refused(gr, GateClosed) as caught:
        gr.advance("principebesluit", "2021-01-12")

    assert ["vaststellen → vastgesteld"] == [str(way) for way in closed(caught.error).ways]

    gr.advance("principebesluit", "2021-01-12", "aanpassen")

    assert ("aanpassing", "decided") == gr.stand("principebesluit")


def test_to_names_an_explicit_transition(gr: Traject) -> None:
    """The state one wants is a name as good as that of the transition."""
    gr.advance("principebesluit", "2020-12-01", to="beeindigd")

    assert ("beeindigd", None) == gr.stand("principebesluit")


def test_explicit_transitions_have_gates_all_the_same(gr: Traject) -> None:
    """Named or not: nobody rejected it, so there is nothing to rework."""
    gr.advance("principebesluit", "2020-11-24")

    with refused(gr, GateClosed) as caught:
        gr.advance("principebesluit", "2021-01-12", "aanpassen")

    (leaf,) = closed(caught.error).ways[0].finding.leaves()
    assert "0 of 7 against; 1 needed" == str(leaf.reason)


@pytest.mark.parametrize(
    ("names", "sentence", "advice"),
    [
        ({"trigger": "in-rout"}, "There is no transition “in-rout”.", "“in-route”"),
        ({"to": "vastgestelt"}, "There is no state “vastgestelt”.", "“vastgesteld”"),
    ],
)
def test_names_of_ways_have_to_exist(
    gr: Traject, names: dict[str, str], sentence: str, advice: str
) -> None:
    """What the structure does not draw is not found, with the nearest that it does."""
    with refused(gr, NoSuchWay) as caught:
        gr.advance("principebesluit", "2020-12-01", **names)

    assert sentence == caught.sentence
    assert advice in caught.advice


# --- who, when, on whose word ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seat", "trigger", "sentence"),
    [
        ("lezer", "in-route", "reader may not advance “principebesluit” as lezer."),
        (
            "griffier@dordrecht",
            "in-route",
            "reader may not advance “principebesluit” as griffier@dordrecht.",
        ),
        (
            "projectsecretaris",
            "beeindigen",
            "reader may not advance “principebesluit” as projectsecretaris.",
        ),
    ],
)
def test_a_role_without_the_permission_moves_nothing(
    gr: Traject, seat: str, trigger: str, sentence: str
) -> None:
    """Reading is not moving, recording is not moving, and moving is not stopping."""
    gr.seat(seat, "reader", "2020-12-01")

    with refused(gr, NotAllowed) as caught:
        gr.as_actor("reader").advance("principebesluit", "2020-12-01", trigger)

    assert sentence == caught.sentence


def test_stopping_is_for_those_who_may_stop(gr: Traject) -> None:
    """Only the stuurgroep gives up a milestone; the refusal says so."""
    gr.seat("projectsecretaris", "deputy", "2020-12-01")

    with refused(gr, NotAllowed) as caught:
        gr.as_actor("deputy").advance("principebesluit", "2020-12-01", "beeindigen")
    gr.advance("principebesluit", "2020-12-01", "beeindigen")

    assert "It takes one of these seats: stuurgroep." == caught.advice
    assert "stuurgroep" == gr.journal[-1].role


def test_attested_takes_a_source(gr: Traject) -> None:
    """A move on somebody's word names where that word is."""
    gr.advance("principebesluit", "2020-11-24")

    with refused(gr, Missing) as caught:
        gr.advance("principebesluit", "2021-03-16", attested=True)

    assert ("An attested move rests on the word of a source, and none is named.") == caught.sentence
    assert "Add --reference with where it can be found." == caught.advice


def test_moves_of_one_milestone_are_in_order_of_date(gr: Traject) -> None:
    """A move before the last one of the same milestone would go under it."""
    gr.advance("principebesluit", "2020-11-24")
    gr.all_record("principebesluit", "ingestemd", "2020-11-20", out_of_order="it happened")

    with refused(gr, DateRefused) as caught:
        gr.advance("principebesluit", "2020-11-23")
    gr.advance("principebesluit", "2020-11-24")

    assert (
        "“principebesluit” moved to “in-route” on Tue 24 November 2020 (entry 4); a move before "
        "that (Mon 23 November 2020) comes too late."
    ) == caught.sentence
    assert ("vastgesteld", "decided") == gr.stand("principebesluit")


def test_another_milestone_may_move_on_an_earlier_day(gr: Traject) -> None:
    """What is recorded late about one milestone goes under what happened to another."""
    gr.advance("principebesluit", "2021-03-01")
    gr.advance("hoofdlijnennotitie", "2021-02-01")

    assert [] == gr.problems
    assert "gepland" == gr.as_of("2021-01-31").milestones["hoofdlijnennotitie"].state
    assert "voorbereiding" == gr.as_of("2021-02-01").milestones["hoofdlijnennotitie"].state


@pytest.mark.parametrize("on", ["2022-06-02", "2022-06", "2022", "2020-10-31", "unknown"])
def test_no_move_on_an_impossible_date(gr: Traject, on: str) -> None:
    """Not in the future, in a month or year that is not over, before the process, or undated."""
    with refused(gr, DateRefused):
        gr.advance("principebesluit", on)


# --- versions and keys -------------------------------------------------------------------------


def test_who_named_another_version_is_refused(gr: Traject) -> None:
    """A command on what is no longer the last entry is decided by whoever looks again."""
    at = len(gr.journal)
    gr.note("something", "2020-12-01")

    with refused(gr, VersionPassed) as caught:
        gr.do(AddNote("something else", parse_date("2020-12-01")), expect=at)
    gr.do(AddNote("something else", parse_date("2020-12-01")), expect=at + 1)

    assert (
        f"The process is at entry {at + 1}, not at {at}: somebody was here before you."
    ) == caught.sentence
    assert caught.advice


def test_the_same_command_twice_is_one_entry(gr: Traject) -> None:
    """With an idempotency key a command can be sent again without harm."""
    note = AddNote("something", parse_date("2020-12-01"))

    first = gr.do(note, key="letter-1")
    again = gr.do(note, key="letter-1")

    assert (1, 0) == (len(first.entries), first.repeated)
    assert (0, 1) == (len(again.entries), again.repeated)
    assert first.head == again.head
    assert [] == gr.problems


def test_a_repetition_is_known_by_its_key_also_when_it_names_a_version(gr: Traject) -> None:
    """Who sends a command again, because the answer was lost, hears that it is recorded."""
    note = AddNote("something", parse_date("2020-12-01"))
    at = len(gr.journal)

    gr.do(note, key="letter-1", expect=at)
    again = gr.do(note, key="letter-1", expect=at)

    assert 1 == again.repeated


def test_a_key_is_not_used_for_something_else(gr: Traject) -> None:
    """What is recorded stays: another content under the same key is refused."""
    receipt = gr.do(AddNote("something", parse_date("2020-12-01")), key="letter-1")

    with refused(gr, KeyReused) as caught:
        gr.do(AddNote("something", parse_date("2020-12-02")), key="letter-1")

    assert (
        f"“letter-1” was recorded before with another content (entry {receipt.entries[0].seq})."
    ) == caught.sentence


def test_a_key_belongs_to_one_process(gr: Traject) -> None:
    """The same key in another process is another command."""
    other = Traject(gr.database, gr.definition, gr.world, id="another")
    other.start()

    gr.do(AddNote("something", parse_date("2020-12-01")), key="letter-1")
    receipt = other.do(AddNote("else", parse_date("2020-12-01")), key="letter-1")

    assert 1 == len(receipt.entries)


def test_all_of_a_batch_or_nothing(gr: Traject) -> None:
    """One command that is refused takes the ones before it along."""
    with refused(gr, GateClosed):
        gr.do_all(
            [
                AddNote("something", parse_date("2020-12-01")),
                *(_advance("2020-12-01"), _advance("2020-12-02")),
            ]
        )


def test_a_dry_run_writes_nothing_and_tells_all(gr: Traject) -> None:
    """What would be recorded is in the receipt, and not in the database."""
    before = gr.journal

    receipt = gr.engine.execute(gr.id, [Request(_advance("2020-12-01"), Called(gr.by))], dry=True)

    assert receipt.dry
    assert "in-route" == receipt.after.state.milestones["principebesluit"].state
    assert "in-voorbereiding" == gr.milestone("principebesluit").state
    assert before == gr.journal


# --- starting ----------------------------------------------------------------------------------


def test_a_process_starts_once(gr: Traject) -> None:
    """A second process with the same id is refused."""
    with refused(gr, IdTaken) as caught:
        gr.start()

    assert "There is a process “gr-sociaal-domein” already." == caught.sentence
    assert "Give this one another id, with --id." == caught.advice


@pytest.mark.parametrize("on", ["2022-06-02", "2023", "unknown"])
def test_a_process_does_not_begin_in_the_future(gr: Traject, on: str) -> None:
    """A first day is known, and has been."""
    other = Traject(gr.database, gr.definition, gr.world, id="another")

    with refused(other, DateRefused):
        other.start(on)


@pytest.mark.parametrize("name", ["", "Een Traject", "a\nb", "-", "a--b", "é", "a" * 101])
def test_the_id_of_a_process_has_a_form(gr: Traject, name: str) -> None:
    """An id can be typed, and stands in a file name or an address."""
    with refused(gr, InvalidValue):
        gr.engine.start(Start(gr.definition, name, Called(gr.by)))


@pytest.mark.parametrize("name", ["", "   ", "n" * 101])
def test_who_starts_has_a_name(gr: Traject, name: str) -> None:
    """Nobody in particular starts nothing."""
    with refused(gr, InvalidValue):
        gr.engine.start(Start(gr_sociaal_domein(), "another", Called(name)))


def test_a_process_begins_on_the_first_day_of_its_month(gr: Traject) -> None:
    """“November 2020” as a beginning counts from its first day, and is shown as it is written."""
    entry = gr.journal[0]

    assert ("2020-11", "2020-11-01") == (str(entry.effective), str(entry.effective_on))


def test_what_does_not_exist_is_not_found(gr: Traject) -> None:
    """A process that nobody started gets the names of those that were."""
    stranger = Traject(gr.database, gr.definition, gr.world, id="gr-sociaal-domain")

    with refused(gr, NotFound) as caught:
        stranger.note("something", "2020-12-01")

    assert "There is no process “gr-sociaal-domain”." == caught.sentence
    assert "Did you mean “gr-sociaal-domein”?" == caught.advice


# --- tasks, parts, notes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("task", "result", "subject", "sentence"),
    [
        ("nieuwsbrif", "verzonden", None, "There is no task “nieuwsbrif”."),
        (
            "nieuwsbrief",
            "gelezen",
            None,
            "There is no result “gelezen” of “nieuwsbrief”.",
        ),
        (
            "nieuwsbrief",
            "verzonden",
            "dordrecht",
            "“nieuwsbrief” is there once, not for each.",
        ),
        (
            "informeer-raad",
            "verzonden",
            None,
            "“informeer-raad” is there for each of several.",
        ),
        (
            "informeer-raad",
            "verzonden",
            "rotterdam",
            "There is no party or group “rotterdam”.",
        ),
    ],
)
def test_a_task_that_is_not_there(
    gr: Traject, task: str, result: str, subject: str | None, sentence: str
) -> None:
    """No such task, result or party, or one where there are several or none."""
    with refused(gr, NotFound) as caught:
        gr.task(task, result, "2020-12-01", subject)

    assert sentence == caught.sentence


def test_a_task_has_its_states(gr: Traject) -> None:
    """A session is held during the dialogue."""
    with refused(gr, NotAdmitted) as caught:
        gr.task("concepttekst/bestuurlijke-sessie", "gehouden", "2020-12-01")

    assert (
        "On Tue 1 December 2020 “concepttekst” was in “gepland”; "
        "“concepttekst/bestuurlijke-sessie” is admitted in “dialoog”."
    ) == caught.sentence


def test_a_task_belongs_to_its_owner_at_the_own_place(gr: Traject) -> None:
    """The leader of one group does not report the session of another."""
    for on in ("2020-12-01", "2020-12-02"):
        gr.advance("hoofdlijnennotitie", on)
    gr.seat("werkgroepleider@werkgroep-1", "leader", "2020-12-01")
    leader = gr.as_actor("leader")

    leader.task("hoofdlijnennotitie/ambtelijke-sessie", "gehouden", "2020-12-03", "werkgroep-1")
    with refused(gr, NotAllowed) as caught:
        leader.task("hoofdlijnennotitie/ambtelijke-sessie", "gehouden", "2020-12-03", "werkgroep-2")

    assert isinstance(caught.error, NotAllowed)
    assert ("projectsecretaris", "werkgroepleider@werkgroep-2") == caught.error.able


@pytest.mark.parametrize(
    ("part", "level", "subject", "sentence"),
    [
        ("notitie/wat", "leidend", None, "There is no deliverable “notitie”."),
        (
            "hoofdlijnennotitie/wie",
            "leidend",
            None,
            "There is no part “wie” of “hoofdlijnennotitie”.",
        ),
        (
            "hoofdlijnennotitie/waarom",
            "af",
            None,
            "There is no level “af” of “hoofdlijnennotitie”.",
        ),
        (
            "hoofdlijnennotitie/wat",
            "leidend",
            None,
            "“hoofdlijnennotitie/wat” is there for each of several.",
        ),
    ],
)
def test_a_part_that_is_not_there(
    gr: Traject, part: str, level: str, subject: str | None, sentence: str
) -> None:
    """No such deliverable, part or level, or one part where there is one for each party."""
    with refused(gr, NotFound) as caught:
        gr.part(part, level, "2020-12-01", subject)

    assert sentence == caught.sentence


def test_a_reader_reports_nothing(gr: Traject) -> None:
    """Who may only read reports no task and no part, and writes no note."""
    gr.seat("lezer", "reader", "2020-12-01")
    reader = gr.as_actor("reader")

    with refused(gr, NotAllowed):
        reader.task("nieuwsbrief", "verzonden", "2020-12-01")
    with refused(gr, NotAllowed):
        reader.part("hoofdlijnennotitie/waarom", "leidend", "2020-12-01")
    with refused(gr, NotAllowed):
        reader.note("something", "2020-12-01")
    with refused(gr, NotAllowed):
        reader.seat("lezer", "another", "2020-12-01")


def test_only_a_note_may_have_an_unknown_date(gr: Traject) -> None:
    """A note moves nothing, so it may be undated; it never lies before the process."""
    gr.note("at some time", "unknown")

    assert gr.journal[-1].effective_on is None
    with refused(gr, DateRefused):
        gr.note("too early", "2020-10-31")
    with refused(gr, DateRefused):
        gr.note("too late", "2022-06-02")
    with refused(gr, NotFound):
        gr.note("about nothing", "2020-12-01", about="principebesluiten")


def test_going_back_one_level_closes_the_gate_again(gr: Traject) -> None:
    """The level of a part is its last one, and levels can fall."""
    through_principle(gr, decided="2021-02-09")
    through_dialogue(gr, "hoofdlijnennotitie", "2021-02-10")
    deliver(gr, "hoofdlijnennotitie", "volledig", "2021-03-01")
    gr.part("hoofdlijnennotitie/waarom", "uitgangspunten", "2021-03-02")

    with refused(gr, GateClosed):
        gr.advance("hoofdlijnennotitie", "2021-03-02")


def test_a_milestone_waits_for_its_predecessor(gr: Traject) -> None:
    """Nothing is signed before the final text was agreed by all."""
    to_final_text_in_route(gr)

    with refused(gr, GateClosed) as caught:
        gr.advance("inwerkingtreding", "2021-12-02")

    (leaf,) = closed(caught.error).ways[0].finding.leaves()
    assert ("milestone", "definitieve-tekst") == (leaf.kind, leaf.subject)
    assert "it is in “in-route”, not in “getroffen”" == str(leaf.reason)


def _advance(on: str) -> Advance:
    return Advance("principebesluit", parse_date(on))


def test_no_move_goes_under_a_later_decision(gr: Traject) -> None:
    """A decision that the state admitted keeps its state: nothing is slipped in before it."""
    gr.advance("principebesluit", "2020-12-01")
    gr.record("principebesluit", "sliedrecht", "verworpen", "2021-01-05")
    gr.record("principebesluit", "dordrecht", "ingestemd", "2021-01-20")
    with refused(gr, DateRefused) as caught:
        gr.advance("principebesluit", "2021-01-06", "aanpassen")
    assert (
        "dordrecht.raad decided on “raden” on Wed 20 January 2021 (entry 6); a move before that "
        "(Wed 6 January 2021) comes too late."
    ) == caught.sentence
