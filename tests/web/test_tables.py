"""Tables that come out: what they say, that they come in again as the same, and for whom."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.calendar.dates import parse_date
from definitions.language.characters import normal
from definitions.language.naming import identifier_of
from definitions.library import open_definition
from tests.support.databases import Site, opened
from tests.support.engine import Traject, World
from tests.support.properties import examples
from tests.support.web import Served, serving
from web.columns import Entering, column_called, entered, fields_of
from web.entering import beside, planned
from web.face import label_of
from web.html_page import HtmlPage
from web.sheet_files import sheet_of_file
from web.sheets import Sheet
from web.table_files import Table, csv_of, xlsx_of
from web.tables import TABLES, decisions_table, source_of
from workflow.model.commands import Command, Record, Request
from workflow.model.person import Called
from workflow.storage.database import Database

SPORTPARK = "docs/examples/sportpark.yaml"


def sportpark(database: Database, process: str = "sportpark") -> Traject:
    """Return the sports park, in which the councils are asked for their opinions."""
    traject = Traject(database, open_definition(SPORTPARK), id=process)
    traject.world.it_is("2026-06-01")
    traject.start()
    traject.advance("gebruiksregels", "2026-01-10")
    for party in ("oost", "west", "zuid"):
        traject.task("gebruiksregels/ontvangst", "ontvangen", "2026-01-12", party)
    return traject


def decisions_of(traject: Traject, language: str) -> Table:
    """Return the table of decisions of a process."""
    seen = traject.engine.look_at(traject.id, language=language, past_rounds=True)
    return decisions_table(source_of(seen, traject.journal, traject.engine.people()))


def enter(traject: Traject, sheet: Sheet) -> int:
    """Enter a sheet into a process; return how many rows recorded something."""
    seen = traject.engine.look_at(traject.id, past_rounds=True)
    rows = planned(entered(sheet), beside(seen, "", traject.journal))
    assert [] == [fault for row in rows for fault in row.faults]
    commands: list[Command] = [row.command for row in rows if row.command is not None]
    requests = [Request(each, Called(traject.by)) for each in commands]
    if requests:
        traject.engine.execute(traject.id, requests)
    return len(requests)


# --- in again ----------------------------------------------------------------------------------

WORDS = st.text(
    st.characters(
        exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"),
        include_characters="=+-@';,\"\n",
    ),
    min_size=1,
    max_size=20,
).map(normal)
"""What people write, and what looks like something else to a spreadsheet."""
SAID = WORDS.filter(bool)
LINE = SAID.map(lambda said: " ".join(said.split())).filter(bool)
ON = st.dates(datetime.date(2026, 1, 13), datetime.date(2026, 5, 31)).flatmap(
    lambda day: st.sampled_from(
        (
            day.isoformat(),
            f"{day.day}-{day.month}-{day.year}",
            f"uiterlijk {day.isoformat()}",
            f"2026-01-13/{max(day, datetime.date(2026, 1, 14)).isoformat()}",
        )
    )
)
VOTES = st.sampled_from((None, "unanimous", "without-vote", "19-4", "7-6"))


@st.composite
def decisions(draw: st.DrawFn) -> list[Record]:
    """Return what councils and colleges decided, each once."""
    made = []
    for party in draw(st.sets(st.sampled_from(("oost", "west", "zuid")))):
        outcome = draw(st.sampled_from(("zienswijze", "ziet-af", "aangehouden")))
        pending = outcome == "aangehouden"
        on = draw(ON if pending else ON | st.sampled_from(("onbekend", "unknown")))
        points = () if pending else tuple(draw(st.lists(LINE, max_size=3)))
        made.append(
            Record(
                "gebruiksregels",
                f"{party}.raad",
                outcome,
                parse_date(on),
                votes=draw(VOTES),
                reference=draw(SAID),
                remark=draw(st.none() | SAID),
                text=draw(st.none() | st.just("ab" * 32)),
                points=points,
                openness=draw(st.sampled_from((None, "internal"))),
            )
        )
    if draw(st.booleans()):
        options = tuple(draw(st.lists(LINE, max_size=3, unique_by=normal)))
        unnamed = draw(st.sampled_from((None, 2)))
        made.append(
            Record(
                "locatie",
                "regio-overleg",
                "gekozen",
                parse_date(draw(ON)),
                request="voorkeur",
                reference=draw(SAID),
                options=options,
                unnamed_options=unnamed,
                out_of_order=draw(st.none() | SAID),
            )
        )
    return made


@pytest.fixture(scope="session")
def lived(files: Site, file_template: str) -> Iterator[str]:
    """Return a file with the sports park in which nothing was decided yet; copy it."""
    url = files.new(file_template)
    with Database(url) as database:
        sportpark(database)
    yield url
    files.drop(url)


@given(decided=decisions(), kind=st.sampled_from(("nl.csv", "en.csv", "nl.xlsx", "en.xlsx")))
@examples(40)
def test_what_goes_out_as_decisions_comes_in_as_the_same(
    files: Site, lived: str, decided: Sequence[Record], kind: str
) -> None:
    """Into the same process in which nothing was decided, by CSV and by Excel, in both languages.

    Into the one it came from, nothing of it is recorded again.
    """
    language, _, ending = kind.partition(".")
    with ExitStack() as stack:
        one, other = (
            Traject(stack.enter_context(opened(files, lived)), open_definition(SPORTPARK))
            for _ in range(2)
        )
        for each in (one, other):
            each.id = "sportpark"
            each.world.it_is("2026-06-01")
        one.do_all(decided)
        table = decisions_of(one, language)
        data = csv_of(table, language) if ending == "csv" else xlsx_of(table)
        assert 0 == enter(one, sheet_of_file(data))
        assert len(decided) == enter(other, sheet_of_file(data))
        assert table == decisions_of(other, language)
        assert [] == other.problems


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", Entering)
def test_every_column_that_comes_out_is_recognised(kind: Entering, language: str) -> None:
    """By what it is called in a table, and by what advice calls the field it fills in."""
    page = HtmlPage(language)
    known = fields_of(kind)
    fields = set(known.values())
    assert fields == {
        known.get(identifier_of(page.say(column_called(kind, field)))) for field in fields
    }
    advised = fields & {"reference", "ground", "out_of_order", "options", "unnamed_options"}
    for field in advised | (fields & {"outcome", "votes", "due", "reason", "round"}):
        assert field == known.get(identifier_of(page.say(label_of(field))))


# --- what they say -----------------------------------------------------------------------------


@pytest.fixture
def served(files: Site, file_template: str, world: World) -> Iterator[Served]:
    """Serve a process in which some of everything happened."""
    world.it_is("2026-06-01")
    with opened(files, file_template) as database, serving(database, world, language="nl") as it:
        traject = sportpark(database)
        it.world.people = traject.world.people
        traject.record(
            "gebruiksregels",
            "oost.raad",
            "zienswijze",
            "16 mrt. 2026",
            votes="19-4",
            points=("meer bomen", "=1+1"),
            reference="@lijst; nr. 3",
        )
        traject.received("gebruiksregels", "oost.raad", "2026-03-20")
        traject.replan("uitgangspunten/raden", "eind mei 2026", "2026-03-01", reason="-later")
        traject.part("plan/kosten", "schets", "2026-02-01", version="1.0")
        traject.seat("griffier@oost", "Jo van Dam", "2026-01-12")
        yield it


def test_decisions_come_out_with_what_is_awaited(served: Served) -> None:
    """Every question to every body; what nobody decided is there to be filled in."""
    answer = served.enter().get("/trajecten/sportpark/tabellen/besluiten.csv")
    lines = answer.body.decode("utf-8-sig").split("\r\n")
    assert "text/csv; charset=utf-8" == answer.header("content-type")
    assert 'attachment; filename="sportpark-besluiten-2026-06-01.csv"' == answer.header(
        "content-disposition"
    )
    assert (
        "Mijlpaal;Vraag;Ronde;Gemeente;Orgaan;Uitkomst;Datum;Dag;Stemmen;Bron;Punten;Ontvangen"
        == lines[0]
    )
    assert "Locatie;voorkeur;;;Regio-overleg;;;;;;;" in lines
    decided = next(each for each in lines if "zienswijze" in each)
    assert decided == (
        "Gebruiksregels;raden;1;Oost;raad;zienswijze;16 mrt. 2026;2026-03-16;19 voor, 4 tegen;"
        '\'@lijst; nr. 3;"meer bomen\n=1+1";2026-03-20'
    ).replace("'@lijst; nr. 3", '"\'@lijst; nr. 3"')


@pytest.mark.parametrize("name", TABLES)
def test_the_same_head_and_day_make_the_same_bytes(served: Served, name: str) -> None:
    """As CSV and as a workbook; another day has other words for how far away a date is."""
    visitor = served.enter()
    for ending in ("csv", "xlsx"):
        path = f"/trajecten/sportpark/tabellen/{name}.{ending}"
        first = visitor.get(path)
        assert (200, first.body) == (first.status, visitor.get(path).body)
        assert len(sheet_of_file(first.body).rows) > 1


def test_terms_tasks_documents_and_entries_come_out(served: Served) -> None:
    """Each date as it was written, and as a day by which it can be sorted."""
    visitor = served.enter()

    def lines(name: str) -> str:
        return visitor.get(f"/trajecten/sportpark/tabellen/{name}.csv").body.decode("utf-8-sig")

    assert "uitgangspunten/raden;Uitgangspunten: raden;2026-05-29;eind mei 2026;" in lines(
        "termijnen"
    )
    assert "Gebruiksregels;ontvangst;Oost;griffier;" in lines("taken")
    assert "plan;kosten;;schets;1.0;2026-02-01;2026-02-01" in lines("stukken")
    assert ';2026-03-16;"Oost, raad over Gebruiksregels/raden (ronde 1): zienswijze' in lines(
        "logboek"
    )
    assert "griffier;Oost;Jo van Dam;2026-01-12" in lines("mensen")


def test_a_table_of_another_day_has_what_was_known_then(served: Served) -> None:
    """Its name says of which day it is; a link under a table goes there."""
    visitor = served.enter()
    then = visitor.get("/trajecten/sportpark/tabellen/besluiten.csv?as_of=2026-02-01")
    assert "sportpark-besluiten-2026-02-01.csv" in then.header("content-disposition")
    assert "zienswijze;" not in then.body.decode()
    page = visitor.get("/trajecten/sportpark/besluiten?as_of=2026-02-01")
    assert "/trajecten/sportpark/tabellen/besluiten.csv?as_of=2026-02-01" in page.links
    assert "/trajecten/sportpark/invoegen" not in page.links
    wrong = visitor.get("/trajecten/sportpark/tabellen/besluiten.csv?as_of=ooit")
    assert (422, True) == (wrong.status, "“ooit” is geen datum" in wrong.words)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("besluiten", "besluiten"),
        ("termijnen", "termijnen"),
        ("taken", "taken"),
        ("taken", "stukken"),
        ("logboek", "logboek"),
        ("mensen", "mensen"),
    ],
)
def test_every_table_of_a_page_can_be_taken_along(served: Served, page: str, name: str) -> None:
    """By the links under it; where decisions and terms stand, a table can be entered."""
    visitor = served.enter()
    links = visitor.get(f"/trajecten/sportpark/{page}").links
    for ending in ("csv", "xlsx"):
        path = f"/trajecten/sportpark/tabellen/{name}.{ending}"
        assert path in links
        assert 200 == visitor.get(path).status
    enters = page in {"besluiten", "termijnen"}
    assert enters is ("/trajecten/sportpark/invoegen" in links)


def test_a_body_of_the_region_has_one_row_in_the_matrix(served: Served) -> None:
    """It is among all bodies, too."""
    page = served.enter().get("/trajecten/sportpark/besluiten").html
    assert 1 == page.count('<th scope="row">Regio-overleg</th>')


def test_the_list_of_processes_can_be_taken_along(served: Served) -> None:
    """With how far each is."""
    visitor = served.enter()
    assert "/tabellen/trajecten.csv" in visitor.get("/trajecten").links
    said = visitor.get("/tabellen/trajecten.csv").body.decode("utf-8-sig")
    assert "sportpark;Samen een sportpark;2027-01-01" in said
    assert 200 == visitor.get("/tabellen/trajecten.xlsx").status


def test_names_and_addresses_are_for_whoever_has_a_role(served: Served) -> None:
    """Others see no link to them, and do not get them."""
    with serving(served.database, served.world, "iemand anders", "nl") as other:
        visitor = other.enter()
        answer = visitor.get("/trajecten/sportpark/tabellen/mensen.csv")
        assert answer.status == 409
        assert "kan alleen zien wie zelf een functie heeft in dit traject" in answer.words
        links = visitor.get("/trajecten/sportpark/mensen").links
        assert "/trajecten/sportpark/tabellen/mensen.csv" not in links


@pytest.mark.parametrize(
    "path",
    [
        "/trajecten/sportpark/tabellen/besluit.csv",
        "/trajecten/sportpark/tabellen/besluiten.ods",
        "/trajecten/sportpark/tabellen/besluiten",
        "/tabellen/mensen.csv",
        "/trajecten/sportprk/tabellen/besluiten.csv",
    ],
)
def test_there_is_no_other_table(served: Served, path: str) -> None:
    """It says which there are."""
    answer = served.enter().get(path)
    assert 404 == answer.status
    assert "“" in answer.words


def test_openpyxl_is_loaded_only_where_a_workbook_is_read() -> None:
    """It takes a third of a second and thirty megabytes, and few send one."""
    found = [
        file.name
        for file in Path("web").rglob("*.py")
        if "openpyxl" in file.read_text("utf-8") or "web.workbooks" in file.read_text("utf-8")
    ]
    assert ["sheet_files.py", "workbooks.py"] == sorted(found)
    assert "    from web.workbooks" in Path("web/sheet_files.py").read_text("utf-8")
