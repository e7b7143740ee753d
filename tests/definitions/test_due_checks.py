"""What is wrong with a due that is counted: what goes together, and days that never come."""

import pytest

from tests.support.definitions import as_stored, example, faults_of

REQUEST = "due: 2021-09\n"
STATE = "due: {in-route: 2021-06}"
AT = "milestones.voorstel.requests.raden.due"
IN_ROUTE = "milestones.voorstel.due.in-route"


@pytest.mark.parametrize(
    ("due", "fault"),
    [
        (
            "{after: slot.genomen, weeks: 2, months: 1}",
            ".months: Exactly one is needed of: weeks, months.",
        ),
        (
            "{next: 01-01, after: slot.genomen, weeks: 2}",
            ".next: Exactly one is needed of: weeks, next.",
        ),
        (
            "{next: 01-01, after: slot.genomen, statutory: true}",
            ".statutory: A term of the law has a length: one of days, working_days, weeks, "
            "months, years.",
        ),
        ("{next: 01-01, before: slot.genomen}", ".next: “next” does not go with “before”."),
        (
            "{next: 02-29, after: slot.genomen}",
            ".next: “02-29” is not a day that every year has.",
        ),
        (
            "{next: 1 januari, after: slot.genomen}",
            ".next: “1 januari” is not a day of the year: write 07-15.",
        ),
        (
            "{next: 01-01}",
            "Exactly one is needed of: by, target, unknown, before, after, each_year",
        ),
        ("{after: slot.genomen, months: 0}", ".months: Expected 1 or more, not 0."),
        ("{after: slot.genomen, years: 11}", ".years: Expected 10 or less, not 11."),
        ("{after: slot.genomn, months: 1}", " There is no state “genomn”. Did you mean “genomen”?"),
        ("{earliest: [2021-09]}", ".earliest: At least 2 needed."),
        (
            "{earliest: [2021-09, unknown]}",
            ".earliest.1: Expected a day that is known, or one that counts from something.",
        ),
        (
            "{earliest: [2021-09, {after: slot.genomen}]}",
            ".earliest.1: Exactly one is needed of: days, working_days, weeks, months, years",
        ),
        (
            "{earliest: [2021-09, {each_year: 01-01}]}",
            ".earliest.1.each_year: There is no such key here.",
        ),
        ("{earliest: [2021-09, {by: 2051-01-01}]}", ".earliest.1: Which days of 2051 are working"),
        (
            "{earliest: [2021-09, {after: slot.gone, weeks: 1}]}",
            ".earliest.1: There is no state “gone”.",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused(due: str, fault: str) -> None:
    """With its place; and with what was expected there."""
    [said] = faults_of(example((REQUEST, f"due: {due}\n")))

    assert AT in said
    assert fault in said


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            REQUEST,
            "due: {after: voorstel.genomen, weeks: 2}\n",
            f"{AT}.after: This day never comes in time: once “voorstel” is in “genomen”, this is "
            "not due any more.",
        ),
        (
            REQUEST,
            "due: {earliest: [2021-09, {next: 01-01, after: voorstel.vervallen}]}\n",
            f"{AT}.earliest.1.after: This day never comes in time",
        ),
        (
            STATE,
            "due: {in-route: {after: voorstel.in-route, days: 3}}",
            f"{IN_ROUTE}.after: This day never comes in time",
        ),
        (
            "due: {genomen: goal}",
            "due: {genomen: goal, in-route: {after: voorstel.in-route, months: 1}}",
            f"{IN_ROUTE}.after: “voorstel.in-route” and “slot.in-route” are counted from each "
            "other: none ever has a day.",
        ),
        (
            STATE,
            "due: {in-route: {before: voorstel.in-route}}",
            f"{IN_ROUTE}.before: “voorstel.in-route” is counted from itself: it never has a day.",
        ),
    ],
)
def test_a_day_that_never_comes_is_refused(old: str, new: str, fault: str) -> None:
    """It is counted from its own end, or from what has a day only once this has one."""
    other = (STATE, "due: {in-route: {after: slot.in-route, weeks: 1}}")
    said = faults_of(example((old, new), *([other] if "genomen: goal" in old else [])))

    assert fault in said[0]


def test_a_stored_due_that_never_had_a_day_is_still_read() -> None:
    """An earlier version stored it, and a process runs by it."""
    document = example().replace(REQUEST, "due: {after: voorstel.genomen, weeks: 2}\n")

    assert as_stored(document).milestones["voorstel"].requests["raden"].due
