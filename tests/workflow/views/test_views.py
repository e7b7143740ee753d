"""Read models: what the screens are drawn from, of the present and of any day."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import StrEnum

import pytest

from definitions.language.text import Text
from definitions.library import facts_file
from tests.support.definitions import example, load
from tests.support.engine import (
    ODD,
    SECRETARY,
    Traject,
    World,
    close_questions,
    gr_sociaal_domein,
    through_dialogue,
    through_principle,
    to_final_text_in_route,
)
from workflow.facts import read_facts
from workflow.model.person import Called
from workflow.storage.database import Database
from workflow.views.due_list import dues_view
from workflow.views.dues import DueView
from workflow.views.explain import explain_view
from workflow.views.history import entry_view, history_view
from workflow.views.members import members_view
from workflow.views.remarks import RemarkView
from workflow.views.requests import RequestView
from workflow.views.seen import Seen
from workflow.views.status import MilestoneView, status_view


def seen(traject: Traject, on: str | None = None) -> Seen:
    """Look at a process now, or as of a day."""
    if on is None:
        today = traject.world.now.date()
        return Seen(traject.definition, traject.state, today, traject.id)
    day = date.fromisoformat(on)
    return Seen(traject.definition, traject.as_of(on), day, traject.id, day)


def milestone(traject: Traject, name: str, on: str | None = None) -> MilestoneView:
    """Return what the status says of a milestone."""
    found = {each.id: each for each in status_view(seen(traject, on)).milestones}
    return found[name]


def due(traject: Traject, name: str, on: str | None = None) -> DueView:
    """Return one due of the agenda."""
    found = {each.id: each for each in dues_view(seen(traject, on)).dues}
    return found[name]


def councils(view: MilestoneView) -> RequestView:
    """Return the councils' request of a milestone."""
    return next(each for each in view.requests if each.id == "raden")


def plain(value: object) -> object:
    """Turn a read model into plain data, refusing whatever has no place in JSON."""
    match value:
        case None | bool() | int():
            return value
        case StrEnum():
            return value.value
        case Text() | str():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            assert all(isinstance(key, str) for key in value)
            return {key: plain(each) for key, each in value.items()}
        case tuple() | list():
            return [plain(each) for each in value]
        case _ if is_dataclass(value):
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            raise AssertionError(value)


def replay(traject: Traject) -> None:
    """Record what is publicly known of the shipped process."""
    story = read_facts(*facts_file("gr-sociaal-domein"))
    traject.engine.execute(traject.id, [each.request(Called(SECRETARY)) for each in story.facts])


def test_every_read_model_is_json(gr: Traject) -> None:
    """Texts, numbers, dates and lists of them: nothing that a script could not read."""
    replay(gr)
    definition, entries = gr.engine.journal(gr.id)
    models = [
        status_view(seen(gr)),
        status_view(seen(gr, "2021-02-15")),
        dues_view(seen(gr)),
        members_view(seen(gr), gr.engine.people()),
        history_view(seen(gr), entries),
        *(
            explain_view(seen(gr), milestone, arm.trigger)
            for milestone in definition.milestones.values()
            for arm in milestone.arms
        ),
    ]

    for model in models:
        assert json.loads(json.dumps(plain(model))) == plain(model)


def test_now_and_today_are_one_model(gr: Traject) -> None:
    """The tables and the journal give the same screen, but for the day that was asked."""
    replay(gr)
    through_tables = plain(status_view(seen(gr)))
    through_journal = plain(status_view(seen(gr, "2022-06-01")))

    assert isinstance(through_tables, dict)
    assert isinstance(through_journal, dict)
    assert "2022-06-01" == through_journal.pop("as_of")
    assert through_tables.pop("as_of") is None
    assert through_tables == through_journal


# --- decisions ---------------------------------------------------------------------------------


def test_a_request_is_counted(gr: Traject) -> None:
    """Asked, needed, recorded; for and against; and who is still awaited."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "dordrecht", "verworpen", "2021-01-12")
    gr.record("principebesluit", "papendrecht", "gewijzigd-ingestemd", "2021-01-26")
    gr.record("principebesluit", "sliedrecht", "aangehouden", "2021-02-10")

    request = councils(milestone(gr, "principebesluit"))

    assert (7, 7, 2) == (request.asked, request.needed, request.recorded)
    assert (1, 1, 0, 1) == (request.for_, request.against, request.answered, request.pending)
    assert (True, 1, 0) == (request.open, request.round, request.out_of_order)
    assert "sliedrecht.raad" in request.waiting_for
    assert {"dordrecht.raad", "papendrecht.raad"}.isdisjoint(request.waiting_for)
    assert [
        ("dordrecht.raad", "verworpen", "2021-01-12"),
        ("papendrecht.raad", "gewijzigd-ingestemd", "2021-01-26"),
        ("sliedrecht.raad", "aangehouden", "2021-02-10"),
    ] == [(each.body, each.outcome, each.effective) for each in request.given if each.outcome]


def test_nobody_is_awaited_before_being_asked(gr: Traject) -> None:
    """Until the papers go round, a request waits for no body."""
    request = councils(milestone(gr, "principebesluit"))

    assert (False, 0, ()) == (request.open, request.round, request.waiting_for)


def test_what_was_out_of_order_is_counted_as_such(gr: Traject) -> None:
    """It counts, and it is shown."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "dordrecht", "ingestemd", "2020-11-20", out_of_order="it happened")

    request = councils(milestone(gr, "principebesluit"))

    assert (1, 1, 1) == (request.for_, request.recorded, request.out_of_order)


def test_the_foremost_request_is_the_one_that_waits(gr: Traject) -> None:
    """Of several requests, the one from which something is awaited now."""
    to_final_text_in_route(gr)
    asked = milestone(gr, "definitieve-tekst").decisions
    assert asked is not None
    assert "raden" == asked.id

    close_questions(gr, "definitieve-tekst", "2021-11-02")
    gr.all_record("definitieve-tekst", "verleend", "2021-11-02", request="raden")
    gr.advance("definitieve-tekst", "2021-11-02")

    asked = milestone(gr, "definitieve-tekst").decisions
    assert asked is not None
    assert "colleges" == asked.id


def test_a_new_round_shows_nothing_of_the_old(gr: Traject) -> None:
    """The counts are of the round that is open."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "dordrecht", "verworpen", "2021-01-12")
    gr.advance("principebesluit", "2021-01-20", "aanpassen")
    gr.advance("principebesluit", "2021-02-01")

    request = councils(milestone(gr, "principebesluit"))

    assert (2, 0, 0, 7) == (
        request.round,
        request.recorded,
        request.against,
        len(request.waiting_for),
    )


# --- ways and gates ----------------------------------------------------------------------------


def test_the_ways_on_are_shown_open_or_closed(gr: Traject) -> None:
    """Every transition that leaves the state, and whether it is open today."""
    gr.advance("principebesluit", "2020-11-24")
    gr.record("principebesluit", "dordrecht", "verworpen", "2021-01-12")

    assert [
        ("vaststellen", "vastgesteld", False, False),
        ("aanpassen", "aanpassing", True, True),
        ("beeindigen", "beeindigd", True, True),
    ] == [
        (way.trigger, way.target, way.open, way.explicit)
        for way in milestone(gr, "principebesluit").next
    ]


def test_a_gate_is_explained_before_its_time(gr: Traject) -> None:
    """Of a transition from another state one can see how its gate stands already."""
    view = explain_view(seen(gr), gr.definition.milestones["concepttekst"], "vaststellen")

    assert view.tree is not None
    assert (False, False, False) == (view.open, view.leaves, view.tree.holds)
    assert ("vaststellen", "vastgesteld", "gepland") == (view.trigger, view.target, view.state)


def test_what_is_explained_first_is_the_way_on(gr: Traject) -> None:
    """Without a name: not the stop, and not the rework, though both come to mind."""
    gr.advance("principebesluit", "2020-11-24")

    view = explain_view(seen(gr), gr.definition.milestones["principebesluit"])

    assert ("vaststellen", True) == (view.trigger, view.leaves)
    assert ["aanpassen", "beeindigen"] == [way.trigger for way in view.others]


def test_of_a_final_state_there_is_nothing_to_explain(gr: Traject) -> None:
    """Nothing leaves it."""
    through_principle(gr, decided="2021-02-09")

    view = explain_view(seen(gr), gr.definition.milestones["principebesluit"])

    assert (None, None, False) == (view.trigger, view.tree, view.open)


def test_what_is_missing_is_judged_by_the_day_of_the_move(gr: Traject) -> None:
    """A predecessor that was adopted afterwards is still what was missing then."""
    through_dialogue(gr, "hoofdlijnennotitie", "2021-02-10")
    gr.attest("hoofdlijnennotitie", "2021-03-02")
    through_principle(gr, on="2021-03-03", decided="2021-03-09")

    (unproved,) = milestone(gr, "hoofdlijnennotitie").not_proved

    assert "principebesluit" in [missing.subject for missing in unproved.missing]


def test_what_holds_in_an_any_is_not_missing(database: Database, world: World) -> None:
    """Of two ways to satisfy a gate one was enough: the other is not listed."""
    definition = load(
        example(
            (
                "rijp: {all: [{part: tekst/kern, level: volledig}, {tasks: overleg}]}",
                (
                    "rijp: {all: [{any: [{part: tekst/kern, level: volledig}, "
                    "{part: tekst/kern, level: concept}]}, {tasks: overleg}]}"
                ),
            )
        )
    )
    traject = Traject(database, definition, world)
    traject.start()
    traject.part("tekst/kern", "concept", "2021-02-01")
    traject.attest("voorstel", "2021-02-02", "in-route")

    (unproved,) = milestone(traject, "voorstel").not_proved

    assert ["voorstel/overleg"] == [missing.subject for missing in unproved.missing]


def test_open_tasks_are_those_of_the_present_state(gr: Traject) -> None:
    """What can be reported now, one for each who has not."""
    gr.advance("hoofdlijnennotitie", "2021-02-01")
    assert () == milestone(gr, "hoofdlijnennotitie").open_tasks
    gr.advance("hoofdlijnennotitie", "2021-02-02")
    gr.task("hoofdlijnennotitie/ambtelijke-sessie", "vervallen", "2021-02-03", "werkgroep-1")
    gr.task("hoofdlijnennotitie/raadsgesprek", "aangeboden", "2021-02-03", "dordrecht")

    assert {
        *(f"hoofdlijnennotitie/ambtelijke-sessie@werkgroep-{number}" for number in (2, 3, 4)),
        "hoofdlijnennotitie/bestuurlijke-sessie",
        *(f"hoofdlijnennotitie/raadsgesprek@{party}" for party in gr.definition.parties),
    } == set(milestone(gr, "hoofdlijnennotitie").open_tasks)


# --- dues --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day", "written", "precision"),
    [
        # 28 February 2021 is a Sunday; 31 March a Wednesday; 1 January is a day that was chosen.
        ("principebesluit/raden", date(2021, 2, 26), "2021-02", "month"),
        ("hoofdlijnennotitie.in-route", date(2021, 3, 31), "2021-03", "month"),
        ("definitieve-tekst.in-route", date(2021, 8, 31), "by 2021-08-31", "by"),
        ("inwerkingtreding.in-werking", date(2022, 1, 1), "2022-01-01", "day"),
        ("concepttekst/raden", None, "unknown", "unknown"),
    ],
)
def test_a_month_counts_to_its_last_working_day(
    gr: Traject, name: str, day: date | None, written: str, precision: str
) -> None:
    """And what is not known has no day; each is shown as it was written."""
    found = due(gr, name)

    assert (day, written, precision) == (found.date, found.written, found.precision)


def test_dues_are_an_agenda(gr: Traject) -> None:
    """The nearest first, those without a date last."""
    days = [each.date for each in dues_view(seen(gr)).dues]
    known = [day for day in days if day is not None]

    assert sorted(known) == known
    assert known == days[: len(known)]


def test_a_due_is_overdue_the_day_after(gr: Traject) -> None:
    """On its last day it is not late yet."""
    gr.advance("principebesluit", "2020-11-24")

    assert [(1, False), (0, False), (-1, True)] == [
        (found.days_left, found.overdue)
        for found in (due(gr, "principebesluit/raden", f"2021-02-{day}") for day in (25, 26, 27))
    ]


def test_a_due_of_a_request_is_met_when_all_have_decided(gr: Traject) -> None:
    """Until then it says who is awaited; held over is not decided."""
    gr.advance("principebesluit", "2020-11-24")
    *others, last = [body for body in gr.definition.bodies if body.endswith(".raad")]
    for body in others:
        gr.record("principebesluit", body, "ingestemd", "2021-02-09")
    gr.record("principebesluit", last, "aangehouden", "2021-02-09")
    waiting = due(gr, "principebesluit/raden")
    gr.record("principebesluit", last, "ingestemd", "2021-02-16")
    met = due(gr, "principebesluit/raden")

    assert (False, True, (last,)) == (waiting.met, waiting.overdue, waiting.waiting_for)
    assert (True, False, ()) == (met.met, met.overdue, met.waiting_for)


def test_a_due_of_a_state_is_met_when_it_is_entered(gr: Traject) -> None:
    """As of the day before, it was not."""
    through_principle(gr, decided="2021-02-09")
    through_dialogue(gr, "hoofdlijnennotitie", "2021-02-10")
    gr.attest("hoofdlijnennotitie", "2021-03-02")

    found = [due(gr, "hoofdlijnennotitie.in-route", on) for on in ("2021-03-01", "2021-03-02")]

    assert [False, True] == [each.met for each in found]
    assert not due(gr, "hoofdlijnennotitie.in-route").proved


def test_the_next_due_of_a_milestone(gr: Traject) -> None:
    """The nearest that is not met, also when it is overdue; none when all is reached."""
    before = milestone(gr, "principebesluit", "2021-03-15").next_due
    through_principle(gr, decided="2021-02-09")
    after = milestone(gr, "principebesluit", "2021-03-15").next_due

    assert before is not None
    assert ("principebesluit/raden", True) == (before.id, before.overdue)
    assert after is None


def test_a_task_with_a_due_is_met_when_it_is_done(database: Database, world: World) -> None:
    """Done in time is done, whether or not its milestone is over."""
    definition = load(
        example(
            (
                "vragen: {per: party, owner: griffier, in: in-route, each: round, ",
                "vragen: {per: [oost, west], owner: griffier, due: 2021-03-15, ",
            )
        )
    )
    traject = Traject(database, definition, world)
    traject.start()
    before = due(traject, "voorstel/vragen")
    for party in ("oost", "west"):
        traject.task("voorstel/vragen", "gesloten", "2021-03-01", party)
    after = due(traject, "voorstel/vragen")

    assert [(False, True), (True, False)] == [(each.met, each.overdue) for each in (before, after)]


def test_the_goal_and_how_far_it_is(gr: Traject) -> None:
    """Days left, below nothing when it is past; it has not ended while a milestone is open."""
    goal = status_view(seen(gr, "2021-12-31")).goal
    late = status_view(seen(gr)).goal

    assert goal is not None
    assert late is not None
    assert (date(2022, 1, 1), 1, None) == (goal.date, goal.days_left, goal.ended_on)
    assert (-151, None) == (late.days_left, late.ended_on)
    assert [None, None] == [goal.proved, late.proved]


def test_a_process_ends_with_its_last_milestone(gr: Traject) -> None:
    """The shipped one did on the promised day."""
    replay(gr)
    goal = status_view(seen(gr)).goal

    assert goal is not None
    assert (date(2022, 1, 1), False) == (goal.ended_on, goal.proved)


# --- titles, members ---------------------------------------------------------------------------


def test_titles_are_in_the_language_asked(gr: Traject) -> None:
    """Dutch, English, and English where there is none."""
    looks = [
        Seen(gr.definition, gr.state, date(2022, 6, 1), gr.id, language=language)
        for language in ("nl", "en", "fy")
    ]

    assert ["Principebesluit", "Decision in principle", "Decision in principle"] == [
        status_view(look).milestones[0].title for look in looks
    ]


def test_what_is_assumed_and_unknown_is_shown(gr: Traject) -> None:
    """Assumptions of ours and what no source says go along with every status."""
    status = status_view(seen(gr))

    assert [each.where for each in gr.definition.assumptions] == [
        each.where for each in status.assumed
    ]
    assert RemarkView("inwerkingtreding", "who signs") in status.unknown


def test_what_a_definition_says_is_in_the_language_asked(database: Database, world: World) -> None:
    """The goal, what is unknown and assumed, and why a date is not known."""
    both = "{nl: wat er staat, en: what it says}"
    changed = example(
        ("what: in force", f"what: {both}"),
        ("due: 2021-09", f"due: {{unknown: {both}}}"),
        ("{date: goal}", f"{{date: goal, assumed: {both}}}\n    unknown: [{both}]"),
    )
    traject = Traject(database, load(changed), world)
    traject.start()
    for language, words in (("nl", "wat er staat"), ("en", "what it says")):
        look = replace(seen(traject), language=language)
        status = status_view(look)
        assert status.goal is not None
        why = {each.id: each.why_unknown for each in dues_view(look).dues}
        explained = explain_view(look, traject.definition.milestones["slot"], "nemen")
        assert [words] * 5 == [
            status.goal.what,
            status.unknown[0].what,
            status.assumed[0].what,
            why["voorstel/raden"],
            explained.assumed[0].what,
        ]


@pytest.mark.parametrize(
    ("old", "new", "trigger", "node"),
    [
        ("majority, counts: for}", "majority, counts: for, assumed: x}", "nemen", "slot besluit"),
        ("        due: 2021-09", "        assumed: x", "nemen", "decisions voorstel/raden"),
        ("gate: {slot: rijp}", "gate: {slot: rijp, assumed: x}", "in-route", "slot rijp"),
        ("overleg: {per", "overleg: {assumed: x, per", "in-route", "tasks voorstel/overleg"),
        ("{tasks: overleg}", "{tasks: overleg, assumed: x}", "in-route", "slot rijp"),
        ("{tasks: overleg}", "{tasks: flyer}", "in-route", "tasks flyer"),
    ],
)
def test_an_assumption_is_explained_where_it_counts(
    database: Database, world: World, old: str, new: str, trigger: str, node: str
) -> None:
    """At the node of the tree that it is about: a gate, a request or a task."""
    changes = [(old, new), ("flyer: {owner", "flyer: {assumed: x, owner")]
    traject = Traject(database, load(example(*changes[: 1 + ("flyer" in new)])), world)
    traject.start()
    found = explain_view(seen(traject), traject.definition.milestones["voorstel"], trigger)
    assert [(node, "x")] == [(f"{each.kind} {each.subject}", each.what) for each in found.assumed]


def test_members_show_empty_seats_too(gr: Traject) -> None:
    """Every seat of the definition, in its order; past holders with their last day."""
    gr.seat("griffier@dordrecht", "griffier D", "2021-01-01", until="2021-06-30")
    found = members_view(seen(gr), gr.engine.people())
    seats = {each.seat: each for each in found.seats}

    assert ("griffier D", date(2021, 6, 30)) == (
        seats["griffier@dordrecht"].name,
        seats["griffier@dordrecht"].until,
    )
    assert seats["griffier@sliedrecht"].name is None
    assert 2 + 4 + 4 * 7 + 1 == len(found.seats)


def test_an_entry_is_shown_whole(gr: Traject) -> None:
    """What others rely on: number, type, actor, dates, hashes and the event itself."""
    entry = gr.journal[-1]
    view = entry_view(entry)

    assert (entry.seq, "seat-given", entry.hash, entry.prev_hash) == (
        view.seq,
        view.type,
        view.hash,
        view.prev_hash,
    )
    assert {"role": "stuurgroep", "place": "", "person": "person-1"} == view.payload


def test_an_odd_process_is_shown_as_well(database: Database, world: World) -> None:
    """Without a round that has to be opened first, without dues, without titles."""
    odd = Traject(database, load(ODD), world)
    odd.start()

    status = status_view(seen(odd))

    assert ["eerste", "tweede"] == [each.title for each in status.milestones]
    assert [None, None] == [each.next_due for each in status.milestones]
    assert gr_sociaal_domein().sha256 != status.definition.sha256
