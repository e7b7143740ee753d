"""The page: folding, tables at any width, and what may not reach a terminal."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.language.text import Text, text
from screens.page import BAR, WIDEST_BAR, Page, Place, unbroken
from screens.safe_text import printable

TITLES = (text("WHO"), text("WHAT IT SAYS"), text("WHEN"))
ROWS = [["oost", "a sentence that is longer than the others", "2021-01-01"], ["west", "short", ""]]


def test_a_table_on_a_wide_page() -> None:
    """Each column is as wide as what is in it, and no line ends in space."""
    assert """\
WHO   WHAT IT SAYS                               WHEN
oost  a sentence that is longer than the others  2021-01-01
west  short""" == Page(width=60).table(TITLES, ROWS)


def test_a_table_on_a_narrower_page() -> None:
    """Where it does not fit, the widest cells are folded between words."""
    assert """\
WHO   WHAT IT SAYS        WHEN
oost  a sentence that is  2021-01-01
      longer than the
      others
west  short""" == Page(width=36).table(TITLES, ROWS)


def test_a_table_on_a_page_that_is_too_narrow() -> None:
    """Where not even words fit side by side, each row becomes a few lines."""
    assert """\
oost
  WHAT IT SAYS: a
    sentence that is
    longer than the
    others
  WHEN: 2021-01-01
west
  WHAT IT SAYS: short""" == Page(width=22).table(TITLES, ROWS)


def test_an_empty_column_is_left_out() -> None:
    """A title above nothing says nothing."""
    assert "WHO   WHEN\noost  2021" == Page().table(TITLES, [["oost", "", "2021"]])


def test_a_table_without_rows_is_its_titles() -> None:
    """Where there is nothing to list, the titles say what would be."""
    assert "WHO  WHAT IT SAYS  WHEN" == Page().table(TITLES, [])


@pytest.mark.parametrize("width", range(1, 30))
def test_every_word_is_there_at_any_width(width: int) -> None:
    """Folding loses nothing, however narrow the page."""
    words = " ".join(cell for row in ROWS for cell in row).split()
    printed = Page(width=width).table(TITLES, ROWS).split()
    assert [] == [word for word in words if word not in printed]


def test_a_sentence_is_folded_and_hangs_in() -> None:
    """What follows the first line stands a little further in; words stay whole."""
    sentence: Text = text("hendrik-ido-ambacht and {other}", other="hardinxveld-giessendam")
    assert "  hendrik-ido-ambacht\n    and\n    hardinxveld-giessendam" == Page(width=24).paragraph(
        sentence, 2
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("bell\x07", "bell\\x07"),
        ("c1\x9b31m", "c1\\x9b31m"),
        ("turned\u202eround", "turned\\x202eround"),
        ("één ’s avonds — 日本", "één ’s avonds — 日本"),
    ],
)
def test_what_steers_a_terminal_is_spelled_out(written: str, shown: str) -> None:
    """Control characters are shown for what they are; all other text as it is."""
    assert shown == printable(written)
    assert shown == Page().wrapped(written)
    assert f"WHO\n{shown}" == Page().table(TITLES[:1], [[written]])


def test_a_line_break_in_a_value_breaks_no_line() -> None:
    """A value of several lines is shown on one."""
    assert "one two" == Page().wrapped("one\ntwo")


@given(
    st.lists(st.text("abcdé-", min_size=1, max_size=30), min_size=1, max_size=30),
    st.integers(20, 90),
    st.integers(0, 8),
    st.integers(0, 6),
)
def test_a_line_is_folded_as_the_standard_library_would(
    words: list[str], width: int, indent: int, hanging: int
) -> None:
    """Our own folding is only a faster way to the same lines."""
    line = " ".join(words)
    expected = textwrap.fill(
        line,
        width=width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )
    assert expected == Page(width=width).wrapped(line, indent, hanging)


def test_a_command_can_be_copied() -> None:
    """A word that a shell would split is quoted, and a command is never folded."""
    assert "  mijlpaal status gr-x" == Page().command("status", "gr-x")
    assert "  mijlpaal start 'my file.yaml'" == Page(width=20).command("start", "my file.yaml")


def test_a_bar_of_few_has_a_place_for_each() -> None:
    """Where few are asked, one sees which of them decided, and which against."""
    assert "[#.x#]" == Page().bar([Place.DONE, Place.OPEN, Place.AGAINST, Place.DONE])


def test_a_bar_of_many_shows_the_share() -> None:
    """Where many are asked, a place stands for several; full is only what is complete."""
    assert "[###.......]" == Page().bar([Place.DONE] * 15 + [Place.OPEN] * 25)
    assert "[#########.]" == Page().bar([Place.DONE] * 39 + [Place.OPEN])
    assert "[#########x]" == Page().bar([Place.DONE] * 39 + [Place.AGAINST])
    assert "[x.........]" == Page().bar([Place.OPEN] * 39 + [Place.AGAINST])


@given(st.lists(st.sampled_from(Place), min_size=WIDEST_BAR + 1, max_size=90))
def test_a_bar_of_many_hides_nobody_who_is_against(places: list[Place]) -> None:
    """It is as wide as all others, crossed where anybody is against, and never too full."""
    shown = Page().bar(places).strip("[]")
    assert BAR == len(shown)
    assert (Place.AGAINST in places) == ("x" in shown)
    assert shown.count("#") * len(places) <= places.count(Place.DONE) * BAR


def test_a_column_that_can_be_spared_is_left_out_before_anything_is_folded() -> None:
    """A reader rather misses a column than reads every row in pieces."""
    narrow = Page(width=16)
    assert "WHO   WHEN\noost  2021-01-01\nwest" == narrow.table(TITLES, ROWS, spare=1)


def test_what_is_not_to_be_broken_is_not() -> None:
    """A short date stays on one line; a long one may be folded."""
    assert "16\u00a0Mar\u00a02021" == unbroken("16 Mar 2021")
    assert "between March and May" == unbroken("between March and May")
