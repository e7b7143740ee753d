"""Forms ask first what they are about, and then only what that asks for."""

from definitions.library import open_definition
from tests.support.engine import Traject
from tests.support.web import Served
from workflow.model.events import DecisionRecorded

ACTS = "/trajecten/traject/vastleggen"
RECORD = f"{ACTS}/besluit"
HIDDEN = ["token", "key", "expect", "asked"]


def begun(served: Served) -> Traject:
    """Return a process in which two councils are asked a question."""
    served.world.it_is("2026-05-01")
    traject = Traject(served.database, open_definition("docs/examples/zwembad.yaml"), served.world)
    traject.start()
    traject.advance("overeenkomst", "2026-02-02")
    return traject


def test_a_decision_is_asked_in_stages(served: Served) -> None:
    """The milestone, then the body, then the rest; what was chosen stands fixed."""
    traject = begun(served)
    visitor = served.enter()
    first = visitor.get(RECORD).form
    assert [*HIDDEN, "milestone"] == first.named
    second = visitor.send(first, None, "show", milestone="overeenkomst")
    assert 200 == second.status
    assert {"milestone", "body"} == set(second.form.named) - set(HIDDEN)
    third = visitor.send(second.form, None, "show", body="west.raad")
    assert 200 == third.status
    assert {"outcome", "on", "votes"} <= set(third.form.named)
    assert "West, raad" in third.words
    shown = visitor.send(
        third.form, None, "show", outcome="vastgesteld", on="2026-04-01", reference="list 4"
    )
    assert 303 == visitor.send(shown.form).status
    event = traject.journal[-1].event
    assert isinstance(event, DecisionRecorded)
    assert ("overeenkomst", "west.raad", "vastgesteld") == (
        event.milestone,
        event.body,
        event.outcome,
    )


def test_a_stage_that_is_left_empty_is_refused(served: Served) -> None:
    """The field is marked; nothing else is complained of."""
    begun(served)
    visitor = served.enter()
    refused = visitor.fill_in(RECORD)
    assert 422 == refused.status
    assert {"field-milestone"} == {each for each in refused.ids if each.startswith("field-")}
    body = visitor.fill_in(f"{RECORD}?milestone=overeenkomst", body="")
    assert 422 == body.status
    assert ["overeenkomst"] == body.form.fields["milestone"]


def test_what_is_filled_in_already_is_kept_through_the_stages(served: Served) -> None:
    """A link may know the outcome but not the body."""
    begun(served)
    visitor = served.enter()
    page = visitor.get(f"{RECORD}?milestone=overeenkomst&outcome=vastgesteld")
    whole = visitor.send(page.form, None, "show", body="oost.raad")
    assert 200 == whole.status
    assert ["vastgesteld"] == whole.form.fields["outcome"]


def test_only_what_the_question_asks_for_is_shown(served: Served) -> None:
    """No round as long as there is one, no options or signatures that are not asked."""
    begun(served)
    form = served.enter().get(f"{RECORD}?milestone=overeenkomst&body=west.raad").form
    assert {"round", "options", "unnamed_options", "signed_by"}.isdisjoint(form.named)


def test_what_does_not_fit_is_shown_where_it_is_filled_in(served: Served) -> None:
    """Nothing is recorded unseen."""
    begun(served)
    form = served.enter().get(f"{RECORD}?milestone=overeenkomst&body=west.raad&round=1").form
    assert ["1"] == form.fields["round"]


def test_an_unknown_milestone_is_refused_by_name(served: Served) -> None:
    """The whole form again, with the nearest name."""
    begun(served)
    page = served.enter().fill_in(
        f"{RECORD}?milestone=overeenkomt&body=west.raad", outcome="vastgesteld", on="2026-04-01"
    )
    assert 422 == page.status
    assert "Bedoelt u “overeenkomst”?" in page.words


def test_the_points_of_an_answer_are_chosen_by_what_they_say(served: Served) -> None:
    """Their number is recorded."""
    traject = begun(served)
    traject.record(
        "overeenkomst", "oost", "vastgesteld", "2026-04-01", points=("lower the price", "a lift")
    )
    page = served.enter().get(f"{ACTS}/reactie?milestone=overeenkomst&body=oost.raad")
    assert "2: a lift" in page.words
    assert "point" in page.form.named
