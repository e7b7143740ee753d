"""A process from elsewhere: fourteen parties of three kinds, weights, terms of their own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from definitions.calendar.dates import parse_date
from definitions.faults import DefinitionInvalid
from definitions.library import open_definition
from tests.support.databases import Site, opened
from tests.support.engine import Traject, World, refused
from workflow.model.commands import Record, ReportTask
from workflow.model.reminders import Standing
from workflow.rules.refusals import AskedTooSoon, DateRefused, GateClosed, NotArisen
from workflow.rules.worklist import Whose
from workflow.storage import reminders
from workflow.views.party_work import party_work
from workflow.views.seen import Seen
from workflow.views.status import status_view

REPRESENTATIVES = ("raad", "provinciale-staten", "algemeen-bestuur")
BOARDS = ("college", "gedeputeerde-staten", "dagelijks-bestuur")


@pytest.fixture
def change(site: Site, template: str) -> Iterator[Traject]:
    """Start the change and send the draft to the representatives on 12 January 2026."""
    world = World(now=datetime(2027, 3, 1, 10, 0, tzinfo=UTC))
    with opened(site, template) as database:
        traject = Traject(database, open_definition("wijziging-gr"), world, id="wijziging")
        traject.start()
        traject.advance("ontwerp", "2026-01-12")
        yield traject


def of(traject: Traject, kinds: tuple[str, ...]) -> list[str]:
    """Return the bodies of some kinds."""
    return [body for body in traject.definition.bodies if body.partition(".")[2] in kinds]


def receive(traject: Traject, party: str, on: str) -> None:
    """Report that a party has received the draft."""
    traject.task("ontwerp/ontvangst", "ontvangen", on, party)


def answer_all(traject: Traject) -> None:
    """Have everybody receive the draft and answer it."""
    first = traject.definition.begins
    for party in traject.definition.parties:
        receive(traject, party, "2026-01-12")
    for body in of(traject, REPRESENTATIVES):
        traject.record("ontwerp", body, "ziet-af", "2026-02-20")
    assert first.day is not None
    traject.advance("ontwerp", "2026-03-02")


def test_each_term_runs_from_its_own_receipt(change: Traject) -> None:
    """Eight weeks from the day each received it; on a holiday it runs on (Termijnenwet 1)."""
    receive(change, "voorbeeldstad", "2026-01-12")
    receive(change, "voorbeelddam", "2026-02-09")  # eight weeks later is Easter Monday

    def ends(party: str) -> date | None:
        seen = Seen(change.definition, change.state, date(2026, 2, 10), change.id)
        due = party_work(seen, Whose(party=party)).asked[0].due
        return due.date if due else None

    assert [date(2026, 3, 9), date(2026, 4, 7), None] == [
        ends(party) for party in ("voorbeeldstad", "voorbeelddam", "voorbeeldwijk")
    ]


def test_a_lapsed_term_is_said_when_asked_and_not_before_it_lapsed(change: Traject) -> None:
    """On the last day it has not passed; the day after it has."""
    receive(change, "voorbeeldstad", "2026-01-12")
    with refused(change, DateRefused):
        change.record("ontwerp", "voorbeeldstad.raad", "termijn-verstreken", "2026-03-09")
    change.record("ontwerp", "voorbeeldstad.raad", "termijn-verstreken", "2026-03-10")
    assert 1 == len(change.state.decisions)


def test_nobody_answers_what_was_not_received(change: Traject) -> None:
    """A zienswijze before the receipt of the draft is refused."""
    with refused(change, AskedTooSoon):
        change.record("ontwerp", "voorbeeldstad.raad", "zienswijze", "2026-02-01")


def test_a_board_decides_after_its_own_representatives(change: Traject) -> None:
    """The college of one party may, that of another may not yet (Wgr 1.4)."""
    answer_all(change)
    change.advance("wijziging", "2026-03-03")
    change.record("wijziging", "voorbeeldstad.raad", "verleend", "2026-04-01")
    change.record("wijziging", "voorbeeldstad.college", "besloten", "2026-04-07")
    with refused(change, AskedTooSoon):
        change.record("wijziging", "voorbeelddam.college", "besloten", "2026-04-07")


def test_the_majority_is_by_weight(change: Traject) -> None:
    """The province and the water board weigh as much as half the municipalities together."""
    answer_all(change)
    change.advance("wijziging", "2026-03-03")
    for body in of(change, REPRESENTATIVES):
        change.record("wijziging", body, "verleend", "2026-04-01")
    for board in of(change, BOARDS)[:11]:
        change.record("wijziging", board, "besloten", "2026-05-01")
    with refused(change, GateClosed) as caught:
        change.advance("wijziging", "2026-05-02")
    assert isinstance(caught.error, GateClosed)
    _, leaf = caught.error.ways[0].finding.leaves()
    counted, unknown = str(leaf.reason).split("; not known whether on the text of ")
    assert "weight 66 of 100 for; 67 needed (2/3 by weight)" == counted
    assert unknown.startswith("wijziging/toestemming: voorbeeldstad.college, ")

    change.record("wijziging", "voorbeeldwaterschap.dagelijks-bestuur", "besloten", "2026-05-03")
    change.advance("wijziging", "2026-05-04")
    assert ("vastgesteld", "decided") == change.stand("wijziging")


def test_one_that_withholds_its_consent_does_not_stop_two_thirds_of_the_weight(
    change: Traject,
) -> None:
    """The text is what two thirds consented to; the college of that one decides nothing."""
    answer_all(change)
    change.advance("wijziging", "2026-03-03")
    ours = "voorbeeldmeer"
    for body in of(change, REPRESENTATIVES):
        if body == f"{ours}.raad":
            change.record("wijziging", body, "onthouden", "2026-04-01", ground="the law")
        else:
            change.record("wijziging", body, "verleend", "2026-04-01", text="ab" * 32)
    for board in of(change, BOARDS):
        if board != f"{ours}.college":
            change.record("wijziging", board, "besloten", "2026-05-01", text="ab" * 32)
    change.advance("wijziging", "2026-05-04", "vaststellen")
    assert ("vastgesteld", "decided") == change.stand("wijziging")


def test_the_whole_change(change: Traject) -> None:
    """From the draft to entry into force, proved at every step."""
    answer_all(change)
    change.advance("wijziging", "2026-03-03")
    for kinds, outcome in ((REPRESENTATIVES, "verleend"), (BOARDS, "besloten")):
        change.do_all(
            Record("wijziging", body, outcome, change.journal[-1].effective, reference="a source")
            for body in of(change, kinds)
        )
    change.advance("wijziging", "2026-05-04")
    published = ReportTask(
        "inwerkingtreding/gemeenteblad",
        "geplaatst",
        parse_date("2026-06-01"),
        reference="the gemeenteblad",
    )
    change.do(published)
    change.advance("inwerkingtreding", "2026-06-01")
    registered = ReportTask(
        "inwerkingtreding/registratie",
        "geregistreerd",
        change.journal[-1].effective,
        reference="the register",
    )
    change.do(registered)
    change.advance("inwerkingtreding", "2027-01-01")

    seen = Seen(change.definition, change.state, date(2027, 3, 1), change.id)
    view = status_view(seen)
    assert [True] * 3 == [milestone.good for milestone in view.milestones]
    assert {} == change.state.unproved()
    assert [] == change.problems


def test_publication_is_a_task_that_arises_with_the_decision(change: Traject) -> None:
    """Nothing is published before it is decided, and nothing is in force before it is published."""
    answer_all(change)
    published = ReportTask(
        "inwerkingtreding/gemeenteblad",
        "geplaatst",
        parse_date("2026-03-02"),
        reference="the gemeenteblad",
    )
    with refused(change, NotArisen):
        change.do(published)
    change.advance("wijziging", "2026-03-03")
    for kinds, outcome in ((REPRESENTATIVES, "verleend"), (BOARDS, "besloten")):
        change.do_all(
            Record("wijziging", body, outcome, change.journal[-1].effective, reference="a source")
            for body in of(change, kinds)
        )
    change.advance("wijziging", "2026-05-04")
    with refused(change, GateClosed):
        change.advance("inwerkingtreding", "2026-06-01")


def reminded(traject: Traject, due: str, subject: str = "") -> dict[str, set[str]]:
    """Return on which days whom a deadline is reminded of, as planned: per day, the roles."""
    with traject.database.reading() as connection:
        rows = reminders.rows_of(connection, traject.id)
    found: dict[str, set[str]] = {}
    for row in rows:
        if (row.due, row.subject) == (due, subject) and row.status is Standing.PLANNED:
            found.setdefault(row.rung, set()).add(row.role)
    return found


def test_terms_are_reminded_of_from_the_day_they_are_known(site: Site, template: str) -> None:
    """The eight weeks from each receipt; consent and decision once they have a date; the end."""
    world = World(now=datetime(2026, 1, 12, 10, 0, tzinfo=UTC))
    with opened(site, template) as database:
        live = Traject(database, open_definition("wijziging-gr"), world, id="wijziging")
        live.start()
        live.advance("ontwerp", "2026-01-12")
        assert {} == reminded(live, "ontwerp/zienswijzen", "voorbeeldstad.raad")
        receive(live, "voorbeeldstad", "2026-01-12")
        asked = reminded(live, "ontwerp/zienswijzen", "voorbeeldstad.raad")
        assert {"griffier"} == asked["-28d"] == asked["0d"]
        assert {"projectsecretaris"} == asked["+3d"]
        for request, body in (("toestemming", "raad"), ("besluit", "college")):
            due, subject = f"wijziging/{request}", f"voorbeeldstad.{body}"
            assert {} == reminded(live, due, subject)
            live.replan(due, "2026-09-01", "2026-01-12")
            assert "-28d" in reminded(live, due, subject)
        assert "-28d" in reminded(live, "inwerkingtreding.in-werking")


def test_parameters_are_part_of_what_a_definition_says() -> None:
    """Another value is another definition, with another hash."""
    ours = open_definition("wijziging-gr", {"ingang": "2028-01-01"})
    assert "2028-01-01" == (ours.goal.date.written if ours.goal else None)
    assert ours.sha256 != open_definition("wijziging-gr").sha256


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"ingan": "2028-01-01"}, "There is no parameter “ingan”. Did you mean “ingang”?"),
        ({"ingang": "later"}, "The parameter “ingang” is a date, and “later” is not."),
        ({"deelnemers": "nergens"}, "There is no party file “nergens”."),
        ({"meerderheid": "veel"}, "veel"),
    ],
)
def test_a_parameter_of_the_wrong_kind_is_a_fault(given: dict[str, str], says: str) -> None:
    """Unknown, of the wrong type, or making a definition that cannot work."""
    with pytest.raises(DefinitionInvalid) as raised:
        open_definition("wijziging-gr", given)
    assert any(says in str(fault.describe()) for fault in raised.value.faults)
