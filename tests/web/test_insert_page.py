"""Entering a table: what it would record is shown, then all of it is recorded, or nothing."""

import csv
import datetime
import io
import json
import re
from collections.abc import Iterator

import pytest

from definitions.library import open_definition
from tests.support.databases import Site, opened, rows_of
from tests.support.engine import Traject, World
from tests.support.sheets import workbook
from tests.support.web import Answer, Served, Visitor, serving
from web.sheets import MOST_PASTED

PAGE = "/trajecten/sportpark/invoegen"
HEAD = "Mijlpaal\tVraag\tGemeente\tOrgaan\tUitkomst\tDatum\tKeuzes\tBron"
REGIO = "Locatie\tvoorkeur\t\tRegio-overleg\tgekozen\t2026-02-01\tnoord\tlijst 1"
OOST = "Locatie\tkeuze\tOost\tcollege\tgekozen\t3 februari 2026\tnoord\tlijst 2"
WEST = "Locatie\tkeuze\tWest\tcollege\tgekozen\t4 februari 2026\tnoord\tlijst 3"


def table(*rows: str) -> str:
    """Return rows as they are pasted."""
    return "\n".join(rows)


ALL = table(HEAD, WEST, OOST, REGIO)


@pytest.fixture
def served(files: Site, file_template: str, world: World) -> Iterator[Served]:
    """Serve the pages of the sports park, in English, to its secretary."""
    world.it_is("2026-06-01")
    with opened(files, file_template) as database, serving(database, world, language="en") as it:
        definition = open_definition("docs/examples/sportpark.yaml")
        Traject(database, definition, world, "sportpark").start()
        yield it


@pytest.fixture
def traject(served: Served) -> Traject:
    """Return the sports park, as its secretary speaks to it."""
    definition = open_definition("docs/examples/sportpark.yaml")
    return Traject(served.database, definition, served.world, "sportpark")


@pytest.fixture
def visitor(served: Served) -> Visitor:
    """Return its secretary, who came in."""
    return served.enter()


class Shown:
    """Pastes tables and sends files, to see what would be recorded."""

    def __init__(self, served: Served, visitor: Visitor) -> None:
        """Take who does it."""
        self._served, self._visitor = served, visitor

    def __call__(self, pasted: str = "", file: bytes | None = None, **more: str) -> Answer:
        """Send one; nothing may be written by it."""
        before = rows_of(self._served.database)
        files = {} if file is None else {"file": file}
        answer = self._visitor.fill_in(PAGE, files, fields={"pasted": pasted, **more})
        assert before == rows_of(self._served.database)
        return answer


@pytest.fixture
def shown(served: Served, visitor: Visitor) -> Shown:
    """Return what pastes a table, or sends a file, and sees that nothing is written by it."""
    return Shown(served, visitor)


def confirmed(visitor: Visitor, step: Answer) -> Answer:
    """Confirm what was shown."""
    return visitor.send(step.form, {})


def marked(answer: Answer) -> dict[str, str]:
    """Return what is wrong with which cells, by their places in the page."""
    cells = re.findall(
        r'<td id="([^"]+)" class="wrong">[^<]*<span class="fault">(.*?)</span></td>', answer.html
    )
    return {place: re.sub(r"<[^>]+>|✗", "", said).strip() for place, said in cells}


# --- all of it ---------------------------------------------------------------------------------


def test_a_table_is_shown_and_then_recorded_whole(
    shown: Shown, visitor: Visitor, traject: Traject
) -> None:
    """In the order of its days, whatever the order of its rows."""
    step = shown(ALL)
    assert 200 == step.status
    assert "West, college on Location (keuze): gekozen, Wed 4 February 2026" in step.words
    assert "3 rows record something." in step.words
    assert "2 of 3 on record; no decision known of Zuid, college" in step.words
    done = confirmed(visitor, step)
    assert 303 == done.status
    assert ["regio-overleg", "oost.college", "west.college"] == [
        getattr(entry.event, "body", "") for entry in traject.journal[-3:]
    ]
    assert "Recorded" in visitor.follow(done).words
    assert [] == traject.problems


def test_a_double_click_records_it_once(
    shown: Shown, visitor: Visitor, traject: Traject, served: Served
) -> None:
    """So does whoever goes back and sends it again."""
    step = shown(ALL)
    first = confirmed(visitor, step)
    rows = rows_of(served.database)
    again = confirmed(visitor, step)
    assert (303, 303) == (first.status, again.status)
    assert first.header("location") == again.header("location")
    assert rows == rows_of(served.database)
    assert 3 == sum(entry.key is not None for entry in traject.journal)


def test_what_was_recorded_before_is_said(shown: Shown, visitor: Visitor, traject: Traject) -> None:
    """And what is new beside it is recorded."""
    confirmed(visitor, shown(table(HEAD, REGIO, OOST)))
    again = shown(table(HEAD, REGIO, OOST))
    assert "There is nothing to record" in again.words
    assert "Recorded before, as entry 5." in again.words
    more = shown(ALL)
    assert "1 row records something, 2 rows do not: it says why." in more.words
    confirmed(visitor, more)
    assert 6 == traject.last


def test_a_long_table_leads_to_the_journal(
    shown: Shown, visitor: Visitor, traject: Traject
) -> None:
    """What each of its rows sets off would take too long to find; what each says is shown."""
    days = [f"opening.open;2027-{1 + at % 12:02};reden {at}" for at in range(201)]
    step = shown(table("Termijn;Nieuwe datum;Reden", *days))
    assert "201 rows record something." in step.words
    assert "Of so many rows it is not shown what each sets off." in step.words
    assert "Opening: open is replanned, due February 2027: reden 1" in step.words
    done = confirmed(visitor, step)
    assert "/trajecten/sportpark/logboek" == done.header("location")
    assert 204 == traject.last


def test_the_same_row_twice_is_recorded_once(shown: Shown) -> None:
    """It says which row it is the same as."""
    step = shown(table(HEAD, REGIO, OOST, OOST))
    assert "The same as row 3, and recorded once." in step.words
    assert "2 rows record something, 1 row does not" in step.words


def test_a_row_in_which_nothing_is_filled_in_is_left_alone(shown: Shown) -> None:
    """As in a table that came out of here, with what is awaited."""
    step = shown(table(HEAD, REGIO, "Locatie\tkeuze\tZuid\tcollege\t\t\t\t"))
    assert 200 == step.status
    assert "Nothing is filled in, so nothing is recorded." in step.words


def test_new_dates_are_entered_as_decisions_are(
    shown: Shown, visitor: Visitor, traject: Traject
) -> None:
    """A term by its reference or by its title; decided today, where the table does not say."""
    dates = table(
        "Termijn;Nieuwe datum;Reden",
        "uitgangspunten/raden;medio mei 2026;later",
        "Overeenkomst: bij de raden;uiterlijk 30-9-2026;ook later",
    )
    step = shown(dates)
    assert "Principles: raden becomes medio mei 2026: later" in step.words
    confirmed(visitor, step)
    moved = traject.state.moved("uitgangspunten/raden")
    assert moved is not None
    assert ("medio mei 2026", "2026-06-01") == (moved.date, moved.effective)
    assert "There is nothing to record" in shown(dates).words


def test_the_terms_that_were_taken_along_come_back_with_new_dates(
    shown: Shown, visitor: Visitor
) -> None:
    """In two columns that somebody added; a term that is one party's own is not moved alone."""
    taken = visitor.get("/trajecten/sportpark/tabellen/termijnen.csv").body.decode("utf-8-sig")
    lines = [*csv.reader(io.StringIO(taken, newline=""))]
    added = {
        "uitgangspunten/raden": ["June 2026", "later"],
        "gebruiksregels/raden@oost": ["2026-07-01", "later"],
    }
    rows = [[*lines[0], "New date", "Reason"]]
    rows += [[*line, *added.get(line[0], ["", ""])] for line in lines[1:]]
    step = shown(file=workbook(rows))
    assert 422 == step.status
    assert "is counted for each party from its own" in step.words
    assert "cannot be moved for Oost alone" in step.words
    rows = [row for row in rows if "@oost" not in row[0]]
    again = shown(file=workbook(rows))
    assert "1 row records something" in again.words
    assert "Principles: raden becomes June 2026: later" in again.words
    assert "Not used: Name, Day, As written, How it stands" in again.words


def test_the_question_can_be_chosen_for_all_rows(shown: Shown, visitor: Visitor) -> None:
    """A table that names none is of that one."""
    decided = "Orgaan;Besluit;Datum;Keuze;Bron\nRegio-overleg;gekozen;2026-02-01;noord;lijst\n"
    asked = shown(decided)
    assert 422 == asked.status
    assert "Of which question? Choose it, or name it in a column." in asked.words
    chosen = shown(decided, question="locatie/voorkeur")
    assert 200 == chosen.status
    assert "Regio-overleg on Location (voorkeur)" in chosen.words
    form = visitor.get(f"{PAGE}?question=locatie/voorkeur").form
    assert ["locatie/voorkeur"] == form.fields["question"]


@pytest.mark.parametrize("encoding", ["xlsx", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_comes_from_a_workbook_and_from_csv(shown: Shown, encoding: str) -> None:
    """The same as pasted; what other columns say is not used, which is said."""
    rows = [line.split("\t") for line in (f"{HEAD}\tNotulist", f"{REGIO}\tx", f"{OOST}\tÉ")]
    lines = "\r\n".join(";".join(row) for row in rows)
    step = shown(file=workbook(rows) if encoding == "xlsx" else lines.encode(encoding))
    assert 200 == step.status
    assert "2 rows record something." in step.words
    assert "Not used: Notulist." in step.words


def test_what_was_shown_can_be_changed(shown: Shown, visitor: Visitor) -> None:
    """The table stands in the field again, as it was read."""
    again = visitor.send(shown(ALL).form, {}, step="edit")
    assert 200 == again.status
    (pasted,) = again.form.fields["pasted"]
    assert [OOST, REGIO] == pasted.splitlines()[2:]


# --- nothing of it -----------------------------------------------------------------------------


def test_every_wrong_cell_is_marked_and_nothing_is_recorded(shown: Shown) -> None:
    """With what was probably meant; each is named above the table, with a link to it."""
    wrong = "Lokatie\tkeuse\tOosst\tcolege\tgekoze\t31-02-2026\t\t"
    slip = WEST.replace("college", "colege")
    step = shown(table(HEAD, REGIO, wrong, slip))
    assert 422 == step.status
    found = marked(step)
    assert {
        "row-3-milestone": "There is no milestone “Lokatie”. Did you mean “Locatie”?",
        "row-3-party": "There is no municipality “Oosst”. Did you mean “Oost”?",
        "row-3-on": "“31-02-2026” is not a date: February 2026 has the days 1 to 28.",
        "row-4-body": "West has no body “colege”. It has: raad, college.",
    } == found
    assert {f"#{each}" for each in found} <= set(step.links)
    assert set(found) <= set(step.ids)
    assert "Nothing of this table was recorded" in step.words
    (pasted,) = step.form.fields["pasted"]
    assert slip == pasted.splitlines()[3]  # to be mended


def test_what_the_process_refuses_is_marked_in_every_row(shown: Shown) -> None:
    """Each row is tried after those above it that are right."""
    late = OOST.replace("3 februari 2026", "2027-01-01")
    unsourced = WEST.replace("lijst 3", "")
    step = shown(
        table(f"{HEAD}\tVoor\tTegen", f"{REGIO}\t2\t5", REGIO, f"{late}\t\t", unsourced, WEST)
    )
    assert 422 == step.status
    found = marked(step)
    assert ["row-2-for", "row-4-on", "row-5-reference"] == sorted(found)
    assert found["row-2-for"].startswith("2 for and 5 against do not lead to “gekozen”.")
    assert "is in the future: today is Mon 1 June 2026" in found["row-4-on"]
    assert "you record this on behalf of others" in found["row-5-reference"]
    assert {f"#{each}" for each in found} <= set(step.links)


def test_a_row_with_something_else_than_is_on_record_is_refused(
    shown: Shown, visitor: Visitor
) -> None:
    """It says where to look: a table corrects nothing."""
    confirmed(visitor, shown(table(HEAD, REGIO)))
    other = shown(table(HEAD, REGIO.replace("noord", "zuid")))
    assert 422 == other.status
    assert "entry 4" in other.words


def test_a_formula_in_one_cell_refuses_the_table(shown: Shown) -> None:
    """It is marked, and not computed."""
    rows = [each.split("\t") for each in (HEAD, REGIO, OOST)]
    rows[2][7] = '=HYPERLINK("http://x.example";"lijst")'
    step = shown(file=workbook(rows))
    assert 422 == step.status
    assert {
        "row-3-reference": "This is a formula, and nothing is computed here. Put its value there."
    } == marked(step)


def test_votes_that_excel_made_a_date_of_are_named(shown: Shown) -> None:
    """19-4 becomes the nineteenth of April."""
    day = datetime.date(2026, 4, 19)
    rows: list[list[object]] = [[*HEAD.split("\t"), "Stemmen"], [*REGIO.split("\t"), day]]
    step = shown(file=workbook(rows))
    assert "Excel made a date of these votes." in marked(step)["row-2-votes"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", "Nothing was pasted, and no file was chosen."),
        ("Gemeente;Besluit;Datum", "Below the names of the columns there is no row"),
        ("Gemeente;Uitkmst;Datum\nOost;x;y", "no column for: Outcome."),
        ("Gemeente;Uitkmst;Datum\nOost;x;y", "“Uitkmst”: Did you mean “uitkomst”?"),
        ("a;b\n1;2", "no column for: Body, Outcome, Date."),
        ("Termijn;Wanneer;Reden\na;b;c", "no column for: New date."),
        ("Datum;Gemeente;Besluit;Datum besluit\na;b;c;d", "Two columns say the same"),
        ("Termijn;Nieuwe datum;Reden;Uitkomst\na;b;c;d", "columns of decisions and of new dates"),
        ('Gemeente;Besluit;Datum\nOost;"x;y', "Row 2 cannot be read as a row of a table."),
        ("Gemeente;Besluit;Datum\n" + "Oost;x;y\n" * 2001, "at most 2000 rows"),
        ("x" * (MOST_PASTED + 1), "At most 1 MB can be pasted."),
    ],
    ids=range(11),
)
def test_what_is_no_table_is_refused_with_what_to_do(shown: Shown, rows: str, said: str) -> None:
    """What was pasted stands there still, unless it is too much."""
    step = shown(rows)
    assert 422 == step.status
    assert said in step.words
    (pasted,) = step.form.fields["pasted"]
    assert pasted == (rows if len(rows) <= MOST_PASTED else "")


def test_merged_cells_refuse_a_table(shown: Shown) -> None:
    """What is said in one of them may be meant for all."""
    rows = [each.split("\t") for each in (HEAD, REGIO, OOST, WEST)]
    step = shown(file=workbook(rows, merged="H3:H4"))
    assert "Cells are merged in this table: H3:H4." in step.words


def test_a_title_above_the_table_is_passed_over(shown: Shown) -> None:
    """Also where its cells are merged, as they often are."""
    rows = [["Besluiten in februari"], [], *(each.split("\t") for each in (HEAD, REGIO))]
    step = shown(file=workbook(rows, merged="A1:D1"))
    assert 200 == step.status
    assert "row-4" in step.ids


def test_a_file_and_what_was_pasted_are_not_both_taken(shown: Shown) -> None:
    """Which of them was meant is not known."""
    step = shown(ALL, file=ALL.encode())
    assert (422, True) == (step.status, "a file was chosen" in step.words)


# --- others ------------------------------------------------------------------------------------


def test_what_somebody_recorded_meanwhile_is_shown_first(
    shown: Shown, visitor: Visitor, traject: Traject
) -> None:
    """Then the same table can be sent once more."""
    step = shown(ALL)
    traject.note("something else", "2026-03-01")
    late = confirmed(visitor, step)
    assert 409 == late.status
    assert "Somebody recorded something since you opened this form" in late.words
    assert "something else" in late.words
    assert 4 == traject.last
    again = visitor.send(late.form, {}, step="show")
    assert 200 == again.status
    confirmed(visitor, again)
    assert 7 == traject.last


def test_who_has_no_role_is_told_and_records_nothing(served: Served, traject: Traject) -> None:
    """The form is there; the process decides."""
    traject.seat("lezer", "iemand", "2026-03-01")
    with serving(served.database, served.world, "iemand", "en") as other:
        visitor = other.enter()
        assert "You have no role that may do this." in visitor.get(PAGE).words
        step = Shown(other, visitor)(table(HEAD, REGIO))
        assert 422 == step.status
        assert "iemand may not record a decision of Regio-overleg as" in step.words


def test_a_form_without_its_token_is_not_taken(visitor: Visitor) -> None:
    """Whoever sends it."""
    answer = visitor.post(PAGE, {"pasted": ALL, "step": "show"}, {})
    assert 403 == answer.status


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "{",
        "[" * 100_000,
        "[1,2,3]",
        json.dumps(["dates", ["x"], []]),
        json.dumps(["decisions", ["outcome"], [["2", {"outcome": "gekozen"}]]]),
        json.dumps(["decisions", ["outcome"], [[2, {"x": "gekozen"}]]]),
    ],
    ids=range(7),
)
def test_a_table_that_was_changed_on_the_way_is_damaged(
    shown: Shown, visitor: Visitor, carried: str
) -> None:
    """It is read as though anybody had made it, for somebody may have."""
    damaged = visitor.send(shown(ALL).form, {}, table=carried)
    assert (422, True) == (damaged.status, "is damaged" in damaged.words)


def test_what_somebody_writes_in_a_cell_is_inert_on_the_page(shown: Shown) -> None:
    """Markup, templates and signs that turn the direction of writing."""
    bad = "<script>alert(1)</script>{{ 7*7 }}\u202e"
    step = shown(table(HEAD, REGIO, OOST.replace("lijst 2", bad)))
    assert 200 == step.status
    assert "<script>" not in step.html
    assert "{{ 7*7 }}" in step.html
    assert "\u202e" not in step.html


def test_the_page_speaks_dutch(served: Served) -> None:
    """To whoever reads that."""
    with serving(served.database, served.world, language="nl") as other:
        visitor = other.enter()
        shown = Shown(other, visitor)
        assert "Een tabel invoegen" in visitor.get(PAGE).words
        step = shown(table(HEAD, WEST.replace("college", "colege")))
        assert {"row-2-body": "West heeft geen orgaan “colege”. Wel: raad, college."} == marked(
            step
        )
        assert "Van deze tabel is niets vastgelegd" in step.words
        done = shown(ALL)
        assert "3 rijen leggen iets vast." in done.words
        assert "Alle 3 rijen vastleggen" in done.words


def test_an_unknown_process_has_no_page(visitor: Visitor) -> None:
    """The nearest one is named."""
    missing = visitor.get("/trajecten/sportprk/invoegen")
    assert (404, True) == (missing.status, "“sportpark”" in missing.words)
