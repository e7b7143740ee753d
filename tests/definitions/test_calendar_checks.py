"""The dates of a definition beside the calendar: what is refused, and what is remarked on."""

import pytest

from definitions.calendar_checks import Doubt, doubts_about
from definitions.language.text import text
from tests.support.definitions import EXAMPLE, example, faults_of, load

ASKED = "in: [in-route]\n        due: 2021-09\n"
PUT = "due: {in-route: 2021-06}"
FLYER = "owner: external,"


def unknown(year: int) -> str:
    """Return what is said of a year that is not known."""
    return (
        f"Which days of {year} are working days is not known: the calendar has 2000 to 2050. "
        "Give a date in those years, or write “unknown” for now where that is allowed."
    )


@pytest.mark.parametrize(
    ("old", "new", "place", "year"),
    [
        (PUT, "due: {in-route: 2051-06}", "45:11: milestones.voorstel.due.in-route", 2051),
        (PUT, "due: {in-route: {by: 2051-06-30}}", "45:11: milestones.voorstel.due.in-route", 2051),
        (
            ASKED,
            ASKED.replace("2021", "1999"),
            "52:9: milestones.voorstel.requests.raden.due",
            1999,
        ),
        (FLYER, f"{FLYER} due: 2060-01,", "73:28: tasks.flyer.due", 2060),
        ("begins: 2021-01-04", "begins: 1999-12-31", "7:1: begins", 1999),
        ("date: 2022-01-01", "date: 2055-01-01", "67:11: milestones.slot.due.genomen", 2055),
    ],
)
def test_a_date_in_a_year_that_is_not_known_is_a_fault(
    old: str, new: str, place: str, year: int
) -> None:
    """It is refused where it stands; the goal, where something is due on it."""
    assert [f"{place}: {unknown(year)}"] == faults_of(example((old, new)))


@pytest.mark.parametrize("due", ["2000-01", "2050-12-31", "unknown", "none"])
def test_a_date_in_a_known_year_is_none(due: str) -> None:
    """Nor is one that is not known yet."""
    assert [] == faults_of(example((PUT, f"due: {{in-route: {due}}}")))


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ("2021-06-05", "5 June 2021 is a Saturday"),
        ("{by: 2021-06-06}", "6 June 2021 is a Sunday"),
        ("uiterlijk 24 mei 2021", "24 May 2021 is Whit Monday"),
        ("2021-05-10/2021-05-14", "14 May 2021 is equated with a holiday by royal decree"),
        ("begin 2021-05", "1 May 2021 is a Saturday"),
        (
            "{after: slot.in-route, weeks: 13, statutory: true}",
            "A term of more than 12 weeks, 90 days or 3 months does not run on (Algemene "
            "termijnenwet 4).",
        ),
        (
            "{before: slot.genomen, weeks: 8, statutory: true}",
            "A term that is counted back does not run on (Algemene termijnenwet 1).",
        ),
    ],
)
def test_what_is_odd_about_a_due(due: str, says: str) -> None:
    """A chosen day that is no working day, and a term that cannot run on: said, not refused."""
    definition = load(example((PUT, f"due: {{in-route: {due}}}")))

    assert [("voorstel.in-route", says)] == [
        (each.due, str(each.says)) for each in doubts_about(definition)
    ]


@pytest.mark.parametrize(
    "due",
    [
        "2021-05-12",
        "2021-10",  # ends on a Sunday; its last working day is a Friday
        "end 2021-10",
        "{by: 2021-10}",
        "{target: 2021-06-05}",  # aimed at, no deadline
        "goal",  # New Year's Day, on which it takes effect
        "2022-01-01",
        "unknown",
        "{after: slot.in-route, weeks: 12, statutory: true}",
        "{after: slot.in-route, weeks: 13}",
        "{before: slot.genomen, weeks: 8}",
    ],
)
def test_what_is_not_odd(due: str) -> None:
    """A span ends on a working day by itself; a goal may be on any day."""
    assert [] == doubts_about(load(example((PUT, f"due: {{in-route: {due}}}"))))


def test_a_doubt_has_its_own_due() -> None:
    """Each due is looked at for itself."""
    definition = load(EXAMPLE.replace(ASKED, ASKED.replace("2021-09", "2021-09-04")))
    name = text("{day} {month} {year}", day=4, month=text("September"), year=2021)

    assert [Doubt("voorstel/raden", text("{day} is a Saturday", day=name))] == (
        doubts_about(definition)
    )


@pytest.mark.parametrize(
    ("due", "year"), [("2029-09", 2029), ("end 2013-03", 2013), ('{by: "2040"}', 2040)]
)
def test_working_days_of_a_year_without_decrees_are_remarked_on(due: str, year: int) -> None:
    """A month ends on its last working day, and which that is may change."""
    definition = load(example((PUT, f"due: {{in-route: {due}}}")))

    assert [
        f"Working days are counted here, and which days of {year} are equated with a holiday is "
        "not known."
    ] == [str(each.says) for each in doubts_about(definition)]


def test_a_ladder_that_counts_working_days_is_remarked_on() -> None:
    """A chosen day is what it is; three working days before it need not be."""
    chosen = ("due: 2021-09\n        ladder", "due: 2029-09-12\n        ladder")
    calendar = ("-3wd, ", "")

    assert ["voorstel/raden"] == [each.due for each in doubts_about(load(example(chosen)))]
    assert [] == doubts_about(load(example(chosen, calendar)))
