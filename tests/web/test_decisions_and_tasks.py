"""What leads from the decisions and the documents to where they are recorded, and to their text."""

import pytest

from definitions.calendar.dates import parse_date
from definitions.library import open_definition
from tests.support.engine import Traject
from tests.support.web import Served
from workflow.model.commands import ReportPart

DECISIONS = "/trajecten/traject/besluiten"
TASKS = "/trajecten/traject/taken"
HASH = "ab" * 32


def begun(served: Served, definition: str) -> Traject:
    """Return a process that has started."""
    served.world.it_is("2026-06-01")
    traject = Traject(
        served.database, open_definition(f"docs/examples/{definition}.yaml"), served.world
    )
    traject.start()
    return traject


def decided(served: Served) -> Traject:
    """Return a process in which one of two councils has decided."""
    traject = begun(served, "zwembad")
    traject.advance("overeenkomst", "2026-02-02")
    traject.record("overeenkomst", "oost", "vastgesteld", "2026-04-01", reference="list 4")
    return traject


def test_a_decision_leads_to_its_entry(served: Served) -> None:
    """And what is still asked to its form."""
    traject = decided(served)
    visitor = served.enter()
    page = visitor.get(DECISIONS)
    entry = f"/trajecten/traject/logboek?tot={traject.last}#regel-{traject.last}"
    assert entry in page.links
    assert f"regel-{traject.last}" in visitor.get(entry.partition("#")[0]).ids
    forms = [each for each in page.links if "/vastleggen/besluit" in each]
    assert ["west.raad"] == [each.rpartition("body=")[2] for each in forms]


def test_a_decision_of_another_day_leads_to_the_journal_of_that_day(served: Served) -> None:
    """Where nothing can be recorded."""
    traject = decided(served)
    page = served.enter().get(f"{DECISIONS}?as_of=2026-05-01")
    days = f"as_of=2026-05-01&tot={traject.last}#regel-{traject.last}"
    assert f"/trajecten/traject/logboek?{days}" in page.links
    assert not [each for each in page.links if "/vastleggen/" in each]


def test_a_point_without_a_reply_leads_to_its_form(served: Served) -> None:
    """Until it was replied to."""
    traject = begun(served, "zwembad")
    traject.advance("overeenkomst", "2026-02-02")
    traject.record("overeenkomst", "oost", "vastgesteld", "2026-04-01", points=("a lift",))
    visitor = served.enter()
    (form,) = (each for each in visitor.get(DECISIONS).links if "/vastleggen/reactie" in each)
    visitor.record(form, point="1", on="2026-04-08", reference="letter")
    assert "/vastleggen/reactie" not in visitor.get(DECISIONS).html


def test_an_answer_of_which_only_the_receipt_counts_leads_to_its_form(served: Served) -> None:
    """As long as its receipt is not on record."""
    traject = begun(served, "groenvisie")
    traject.record("zienswijzen", "oost", "zienswijze", "2026-03-01")
    visitor = served.enter()
    (form,) = (each for each in visitor.get(DECISIONS).links if "/vastleggen/ontvangen" in each)
    visitor.record(form, on="2026-03-04", reference="letter")
    assert "/vastleggen/ontvangen" not in visitor.get(DECISIONS).html


def test_silence_is_recorded_where_a_term_has_passed(served: Served) -> None:
    """Of every body that said nothing, in one form."""
    begun(served, "groenvisie")
    visitor = served.enter()
    (form,) = (each for each in visitor.get(DECISIONS).links if "termijn-verstreken" in each)
    visitor.record(form)
    page = visitor.get(DECISIONS)
    assert "3 van 3" in page.words
    assert form not in page.links


@pytest.mark.parametrize(("definition", "today"), [("groenvisie", "2026-03-01"), ("zwembad", "")])
def test_silence_is_not_offered_otherwise(served: Served, definition: str, today: str) -> None:
    """Before the term, or where silence means nothing."""
    begun(served, definition)
    if today:
        served.world.it_is(today)
    assert "termijn-verstreken" not in served.enter().get(DECISIONS).html


def test_of_one_party_only_its_questions_are_shown(served: Served) -> None:
    """A question to the region is none of the municipality's."""
    begun(served, "groenvisie")
    visitor = served.enter()
    assert "Regioraad" in visitor.get(DECISIONS).words
    page = visitor.get(f"{DECISIONS}?deelnemer=oost")
    headings = [each for tag, each in page.tags if (tag, each.get("scope")) == ("th", "col")]
    assert len(["body", "zienswijzen"]) == len(headings)


def test_signatures_are_asked_where_the_question_asks_them(served: Served) -> None:
    """And a ground is not, where no outcome needs one."""
    begun(served, "groenvisie")
    form = (
        served.enter()
        .get("/trajecten/traject/vastleggen/besluit?milestone=zienswijzen&body=oost.raad")
        .form
    )
    assert "signed_by" in form.named
    assert "ground" not in form.named


def reported(served: Served, reference: str) -> Traject:
    """Return a process with a part of a document whose text is known by its hash."""
    traject = begun(served, "sportpark")
    deliverable = next(iter(traject.definition.deliverables.values()))
    part = next(iter(deliverable.parts.values()))
    traject.do(
        ReportPart(
            f"{deliverable.id}/{part.id}",
            deliverable.levels[1],
            parse_date("2026-05-01"),
            part.subjects[0] or None,
            reference,
            text=HASH,
        )
    )
    return traject


def test_a_hash_leads_to_where_its_text_is(served: Served) -> None:
    """Without saying whence one comes; its day leads to the entry."""
    traject = reported(served, "https://raad.oost.example/stuk.pdf")
    page = served.enter().get(TASKS)
    assert HASH in page.words
    (link,) = (each for tag, each in page.tags if each.get("href", "").startswith("https:"))
    assert ("https://raad.oost.example/stuk.pdf", "noreferrer") == (link["href"], link["rel"])
    assert f"/trajecten/traject/logboek?tot={traject.last}#regel-{traject.last}" in page.links


def test_a_reference_that_is_no_address_leads_nowhere(served: Served) -> None:
    """Whatever it looks like."""
    reported(served, "javascript:alert(1)")
    page = served.enter().get(TASKS)
    assert HASH in page.words
    assert "javascript" not in page.html
