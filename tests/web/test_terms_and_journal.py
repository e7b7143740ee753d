"""The terms as picture and table, the journal page by page, the account and the definitions."""

import re
from datetime import date

from tests.support.definitions import EXAMPLE, load
from tests.support.engine import Traject
from tests.support.rich import DEFINITION
from tests.support.web import Answer, Served
from web.html_page import HtmlPage
from web.timeline import Term, timeline

TERMS = "/trajecten/rijk/termijnen"
JOURNAL = "/trajecten/rijk/logboek"


def drawn(page: Answer) -> dict[str, str]:
    """Return the day of every sign in the picture, by the id of its term."""
    return {
        tag["id"].removeprefix("teken-"): tag["data-day"]
        for name, tag in page.tags
        if name == "g" and tag.get("id", "").startswith("teken-")
    }


def listed(page: Answer) -> dict[str, str]:
    """Return the day of every term in the table, by its id; of those that have one."""
    found, row = {}, ""
    for name, tag in page.tags:
        if name == "tr":
            row = tag.get("id", "").removeprefix("termijn-")
        if name == "time":
            found[row] = tag["datetime"]
    return found


def entries(page: Answer) -> list[int]:
    """Return the numbers of the entries on a page of the journal, in its order."""
    return [int(each[6:]) for each in page.ids if each.startswith("regel-")]


def test_the_picture_and_the_table_have_the_same_terms_and_days(rich: Served) -> None:
    """Of now, of a day that has passed, and by what was known on one; in both languages."""
    visitor = rich.enter()
    for asked in ("", "?as_of=2021-02-28", "?as_of=2021-09-20&known_at=2021-03-01"):
        for language in ("nl", "en"):
            page = visitor.get(f"{TERMS}{asked}{'&' if asked else '?'}taal={language}")
            assert 200 == page.status
            assert drawn(page)
            assert drawn(page) == listed(page)


def test_the_title_of_a_sign_is_what_the_table_says(rich: Served) -> None:
    """Whoever cannot see it hears the same name, date and standing."""
    page = rich.enter().get(TERMS)
    titles = re.findall(r'<g id="teken-[^>]*><title>([^<]+)</title>', page.html)
    assert titles
    for title in titles:
        name, standing = title.partition(": ")[0], title.rpartition(", ")[2]
        assert name in page.words
        assert standing in page.words


def test_a_term_that_was_moved_shows_where_it_was(rich: Served) -> None:
    """A hollow sign, and below the table both dates and the reason."""
    page = rich.enter().get(TERMS)
    was = [tag["data-day"] for name, tag in page.tags if tag.get("class") == "was"]
    assert "2022-02-01" in drawn(page).values()
    assert was
    assert all(each not in drawn(page).values() or each in listed(page).values() for each in was)
    assert "Verzet" in page.words


def test_a_term_that_is_late_says_so_in_words_too(rich: Served) -> None:
    """A colour alone is no word on paper."""
    rich.world.it_is("2023-01-02")
    page = rich.enter().get(TERMS)
    assert [tag for name, tag in page.tags if name == "g" and tag.get("class") == "late"]
    assert '<text class="word"' in page.html
    assert ">te laat</text>" in page.html


def test_a_far_day_does_not_press_what_is_done_together() -> None:
    """The picture says on which side it is; it has a line where anything is still asked."""
    page = HtmlPage("nl")
    done = Term("a/b", "a", date(2021, 3, 1), (), "met", "a: done")
    late = Term("a/b", "a", date(2021, 3, 1), (), "late", "a: late")
    far = date(2026, 12, 1)
    assert 'line class="today"' not in timeline([done], far, page, {})
    assert "2026 →" in timeline([done], far, page, {})
    assert "← " in timeline([done], date(2011, 1, 1), page, {})
    assert 'line class="today"' in timeline([late], far, page, {})


def test_the_picture_of_a_century_names_no_more_months_than_fit() -> None:
    """Each with its year, since all of them are a January."""
    ends = [Term(f"a/{y}", "a", date(y, 3, 1), (), "met", "said") for y in (1950, 2050)]
    drawing = timeline(ends, date(2000, 1, 1), HtmlPage("nl"), {})
    assert 2 <= drawing.count('text class="month"') <= 12


def test_the_picture_has_a_name_and_no_style_of_its_own(rich: Served) -> None:
    """The policy of the pages forbids styles in attributes."""
    page = rich.enter().get(TERMS)
    (svg,) = (tag for name, tag in page.tags if name == "svg")
    assert "img" == svg["role"]
    assert set(svg["aria-labelledby"].split()) <= set(page.ids)
    assert not [tag for _, tag in page.tags if "style" in tag]
    assert len(page.ids) == len(set(page.ids))


def test_a_term_is_moved_from_its_row_and_not_from_a_day_that_has_passed(rich: Served) -> None:
    """The form says until when it is asked now."""
    visitor = rich.enter()
    links = [each for each in visitor.get(TERMS).links if "/vastleggen/termijn" in each]
    assert links
    assert 200 == visitor.get(links[0]).status
    before = visitor.get(f"{TERMS}?as_of=2021-02-28")
    assert not [each for each in before.links if "/vastleggen/" in each]


def test_moving_a_term_shows_what_it_does_before_it_is_recorded(rich: Served) -> None:
    """By the name of the term, and with both dates; nothing is written yet."""
    visitor = rich.enter()
    before = entries(visitor.get(JOURNAL))
    path = "/trajecten/rijk/vastleggen/termijn?due=voorstel/raden"
    assert "29 september 2021" in visitor.get(path).words
    shown = visitor.fill_in(path, date="8 oktober 2021", reason="a holiday", on="vandaag")
    assert 200 == shown.status
    assert "Voorstel: raden" in shown.words
    assert "voorstel/raden" not in shown.words
    assert "8 oktober 2021" in shown.words
    assert before == entries(visitor.get(JOURNAL))


def test_the_journal_is_read_from_either_end(rich: Served) -> None:
    """The same entries, in the other order."""
    visitor = rich.enter()
    newest = entries(visitor.get(JOURNAL))
    oldest = entries(visitor.get(f"{JOURNAL}?volgorde=oud"))
    assert newest == sorted(newest, reverse=True)
    assert oldest == list(reversed(newest))


def test_a_long_journal_has_every_entry_on_one_page_only(served: Served) -> None:
    """A hundred on each, whichever comes first."""
    traject = Traject(served.database, load(EXAMPLE), served.world)
    traject.start()
    for number in range(120):
        traject.note(f"note {number}", "2021-02-01")
    visitor = served.enter()
    for path in ("/trajecten/traject/logboek", "/trajecten/traject/logboek?volgorde=oud"):
        page = visitor.get(path)
        first = entries(page)
        (further,) = (each for each in page.links if "tot=" in each)
        rest = entries(visitor.get(further))
        assert 100 == len(first)
        assert sorted(first + rest) == list(range(1, traject.last + 1))


def test_the_next_page_of_the_journal_keeps_the_days_asked_for(served: Served) -> None:
    """Otherwise it would show what was recorded since."""
    traject = Traject(served.database, load(EXAMPLE), served.world)
    traject.start()
    for number in range(120):
        traject.note(f"note {number}", "2021-02-01")
    page = served.enter().get("/trajecten/traject/logboek?known_at=2022-06-01")
    for link in page.links:
        if "tot=" in link or "volgorde=" in link:
            assert "known_at=2022-06-01" in link


def test_a_correction_and_what_it_corrects_lead_to_each_other(rich: Served) -> None:
    """Each link leads to an entry that is on the page."""
    page = rich.enter().get(JOURNAL)
    leads = [each for each in page.links if each.startswith("#regel-")]
    assert len(leads) >= 2
    assert {each[1:] for each in leads} <= set(page.ids)


def test_a_number_that_is_none_shows_the_journal_from_its_begin(rich: Served) -> None:
    """An address that somebody mistyped is no failure."""
    visitor = rich.enter()
    whole = entries(visitor.get(JOURNAL))
    for wrong in ("x", "-1", "%D9%A3", "9" * 400):
        assert whole == entries(visitor.get(f"{JOURNAL}?tot={wrong}"))


def test_the_account_of_a_party_is_part_of_the_whole(rich: Served) -> None:
    """Every entry of it is in the whole account by its number."""
    visitor = rich.enter()
    whole = visitor.get("/trajecten/rijk/feitenrelaas").words
    part = visitor.get("/trajecten/rijk/feitenrelaas?deelnemer=oost").words
    numbers = set(re.findall(r"\[(\d+)\]", part))
    assert numbers
    assert numbers < set(re.findall(r"\[(\d+)\]", whole))


def test_every_shipped_definition_has_a_page_under_its_title(rich: Served) -> None:
    """The list leads to each of them."""
    visitor = rich.enter()
    for language in ("nl", "en"):
        links = [
            each
            for each in visitor.get(f"/definities?taal={language}").links
            if each.startswith("/definities/")
        ]
        assert links
        assert {200} == {visitor.get(each).status for each in links}
    assert 404 == visitor.get("/definities/geen").status


def test_the_definition_of_a_process_draws_each_of_its_milestones(rich: Served) -> None:
    """As a column of boxes; the page needs nothing outside of itself."""
    page = rich.enter().get("/trajecten/rijk/definitie")
    columns = [tag for name, tag in page.tags if name == "ol" and tag.get("class") == "column"]
    assert len(DEFINITION.milestones) == len(columns)
