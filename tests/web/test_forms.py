"""The forms of acts: what stands above them, what they offer, and what becomes of a change."""

from definitions.library import open_definition
from tests.support.engine import Traject
from tests.support.web import Served
from workflow.model.events import DecisionRecorded, EntryCorrected
from workflow.rules.fold import resolved

QUESTION = "/trajecten/traject/vastleggen/besluit?milestone=overeenkomst&body=west.raad"
CORRECT = "/trajecten/traject/vastleggen/correctie"


def begun(served: Served) -> Traject:
    """Return a process whose last entry is the decision of a council."""
    served.world.it_is("2026-05-01")
    traject = Traject(served.database, open_definition("docs/examples/zwembad.yaml"), served.world)
    traject.start()
    traject.advance("overeenkomst", "2026-02-02")
    traject.record(
        "overeenkomst", "oost", "vastgesteld", "2026-04-01", votes="9-2", reference="list 4"
    )
    return traject


def test_a_correction_shows_the_entry_and_only_its_fields(served: Served) -> None:
    """Filled in as it reads now."""
    traject = begun(served)
    page = served.enter().get(f"{CORRECT}?seq={traject.last}")
    assert 200 == page.status
    form = page.form
    assert {"outcome", "votes", "on", "source", "withdraw"} <= set(form.named)
    assert {"level", "version", "result", "note", "date"}.isdisjoint(form.named)
    assert (["vastgesteld"], ["9-2"], ["list 4"]) == tuple(
        form.fields[name] for name in ("outcome", "votes", "source")
    )


def test_only_what_was_changed_in_it_becomes_a_change(served: Served) -> None:
    """The rest of the entry reads as it did."""
    traject = begun(served)
    number = traject.last
    page = served.enter().record(f"{CORRECT}?seq={number}", votes="8-3", reason="misread")
    assert 200 == page.status
    entry = traject.journal[-1].event
    assert isinstance(entry, EntryCorrected)
    reading = next(each for each in resolved(traject.journal) if each.seq == number)
    assert isinstance(reading.event, DecisionRecorded)
    assert ("8-3", "vastgesteld", "list 4") == (
        reading.event.votes,
        reading.event.outcome,
        reading.event.reference,
    )


def test_a_correction_without_a_change_is_refused_as_it_was_filled_in(served: Served) -> None:
    """422, and nothing is recorded."""
    traject = begun(served)
    number = traject.last
    page = served.enter().fill_in(f"{CORRECT}?seq={number}", reason="nothing")
    assert 422 == page.status
    assert number == traject.last


def test_an_entry_is_withdrawn_by_its_box_alone(served: Served) -> None:
    """What stands in the other fields is not sent as a change."""
    traject = begun(served)
    page = served.enter().record(f"{CORRECT}?seq={traject.last}", withdraw="on", reason="an error")
    assert 200 == page.status
    entry = traject.journal[-1].event
    assert isinstance(entry, EntryCorrected)
    assert entry.replacement is None


def test_above_a_decision_stands_the_question(served: Served) -> None:
    """How far it is, and until when it is asked."""
    begun(served)
    page = served.enter().get(QUESTION)
    assert "1 van" in page.words
    assert "Termijn:" in page.words


def test_a_process_is_started_in_two_steps(served: Served) -> None:
    """The definition is chosen first; the journal has it once, however often it is confirmed."""
    visitor = served.enter()
    chosen = visitor.get("/starten")
    assert "wijziging-gr" in chosen.words
    page = visitor.record("/starten?definitie=wijziging-gr", process="nieuw", on="1 juni 2022")
    assert 200 == page.status
    assert "Vastgelegd" in page.words
    assert "nieuw" in visitor.get("/trajecten").words


def test_a_process_that_cannot_be_started_says_why(served: Served) -> None:
    """The form again, as it was filled in."""
    page = served.enter().fill_in("/starten?definitie=wijziging-gr", process="Mijn Traject!")
    assert 422 == page.status
    form = page.form
    assert ["Mijn Traject!"] == form.fields["process"]


def test_a_new_holder_of_a_role_is_named_before_it_is_recorded(served: Served) -> None:
    """Nobody has written them down yet; and a person and a mailbox are not both given it."""
    begun(served)
    path = "/trajecten/traject/vastleggen/functie"
    page = served.enter().fill_in(path, seat="griffier@oost", name="Gea", on="2026-04-20")
    assert 200 == page.status
    assert "Gea" in page.words.partition("Dit wordt vastgelegd")[2]
    both = served.enter().fill_in(
        path, seat="griffier@oost", name="Gea", mailbox="Griffie Oost", on="2026-04-20"
    )
    assert 422 == both.status
    assert "hier staan beide" in both.words


def test_what_was_filled_in_is_read_back_in_the_language_of_the_page(served: Served) -> None:
    """Options and days in words; a box that is ticked is a yes."""
    traject = begun(served)
    page = served.enter().fill_in(
        f"{CORRECT}?seq={traject.last}", withdraw="on", reason="of another council"
    )
    assert 200 == page.status
    summary = page.words.partition("Kijk het na")[2].partition("Dit wordt vastgelegd")[0]
    assert " ja" in summary
    assert " on " not in f"{summary} "


def test_the_account_is_led_to_where_the_status_says_that_it_lists_more(served: Served) -> None:
    """By its name, to its own page and not to the journal."""
    Traject(served.database, open_definition("gr-sociaal-domein"), served.world).start()
    page = served.enter().get("/trajecten/traject")
    assert "Welke dat zijn, staat aan het eind van het feitenrelaas" in page.words
    assert '<a href="/trajecten/traject/feitenrelaas">Bekijk het feitenrelaas</a>' in page.html
