"""Who may see what is recorded, on the command line."""

import pytest

from tests.support.cli import Terminal, folded

ZWEMBAD = "docs/examples/zwembad.yaml"
STARTED = 5
"""The last entry of those with which each test begins."""


@pytest.fixture
def pool(terminal: Terminal) -> Terminal:
    """A process in which two councils are asked, each with its griffier."""
    terminal.world.it_is("2026-04-21")
    terminal.does(f"start {ZWEMBAD}")
    terminal.does("advance zwembad overeenkomst --on 2026-02-02")
    terminal.does("member add zwembad griffier@oost gea")
    terminal.does("member add zwembad griffier@west wim")
    return terminal


def seen(terminal: Terminal, who: str = "") -> list[int]:
    """Return the numbers of the entries after the first ones that somebody sees."""
    public = "--public" if who == "--public" else ""
    before = "" if public else who
    entries = terminal.data(f"{before} history zwembad {public}")["entries"]
    return [each["seq"] for each in entries if each["seq"] > STARTED]


def test_each_sees_what_they_may(pool: Terminal) -> None:
    """A note is internal, a decision public, and what is one's own is one's own."""
    pool.does("note zwembad internal --on 2026-04-20")
    pool.does("note zwembad open --on 2026-04-20 --public")
    line = "record zwembad overeenkomst oost vastgesteld --on 2026-04-20 --own-until 2026-05-01"
    pool.does(f"--as gea {line}")
    assert [6, 7, 8] == seen(pool)
    assert [6, 7, 8] == seen(pool, "--as gea")
    assert [6, 7] == seen(pool, "--as wim")
    assert [7] == seen(pool, "--public")
    assert "only for oost, until 1 May 2026" in pool.does("history zwembad")
    assert "alleen voor oost, tot 1 mei 2026" in pool.does("history zwembad --lang nl")
    for query in ("status zwembad", "explain zwembad overeenkomst", "due zwembad", "status"):
        others = {pool.does(f"{query} --public"), pool.does(f"{query} --as wim")}
        assert 1 == len(others), query
        own = pool.does(f"{query} --as gea")
        assert (own in others) is (query == "due zwembad"), query
    pool.world.it_is("2026-05-01")
    assert [7, 8] == seen(pool, "--public")


def test_a_correction_says_that_everybody_may_see_it(pool: Terminal) -> None:
    """And cannot say two things."""
    pool.does("record zwembad overeenkomst oost vastgesteld --on 2026-04-20 --internal --as gea")
    pool.does("correct zwembad 6 --public --reason out --as gea")
    assert [6, 7] == seen(pool, "--public")
    pool.refused(2, "correct zwembad 6 --internal --own-until 2026-05-01 --reason x --as gea")
    pool.refused(2, "correct zwembad 6 --own-until 2026-05 --reason x --as gea")


def test_of_what_is_secret_nothing_is_said(pool: Terminal) -> None:
    """A note then has no text; what was said before is taken out of what others see."""
    ground = "'Gemeentewet 88'"
    said = pool.does(f"note zwembad --secrecy {ground} --about oost.raad")
    assert "secrecy was imposed by oost.raad, on the ground of Gemeentewet 88" in folded(said)
    assert "secrecy was imposed" in folded(pool.does("history zwembad --public"))
    pool.refused(2, f"note zwembad 'three million' --secrecy {ground} --about oost.raad")
    pool.refused(4, f"note zwembad --secrecy {ground}")
    pool.refused(2, "note zwembad")
    said = pool.refused(
        2,
        "record zwembad overeenkomst oost verworpen --on 2026-04-20 --reference x "
        f"--secrecy {ground} --remark 'three million'",
    )
    assert "this has a remark" in folded(said)
    pool.does("note zwembad 'three million' --public")
    pool.does(f"correct zwembad 7 --secrecy {ground} --about oost.raad --reason secret")
    for who in ("--public", "--as wim", "--as secretaris"):
        form = f"history zwembad {who}" if who == "--public" else f"{who} history zwembad"
        assert "three million" not in pool.does(form)


def test_what_is_kept_to_a_party_is_its_own(pool: Terminal) -> None:
    """Not of whoever records it on its behalf."""
    said = pool.refused(
        4,
        "record zwembad overeenkomst oost vastgesteld --on 2026-04-20 --own-until unknown "
        "--reference list",
    )
    assert "Only a seat of oost can keep this to oost." in folded(said)
    assert "--internal" in said


def test_facts_say_who_may_see_them(pool: Terminal) -> None:
    """All notes of a file at once, or each for itself; taking the file twice records nothing."""
    facts = pool.file.with_name("facts.yaml")
    facts.write_text(
        "process: zwembad\nnotes: public\nfacts:\n"
        "  - {id: een, on: 2026-03-01, note: open, source: x}\n"
        "  - {id: twee, on: 2026-03-01, note: intern, openness: internal, source: x}\n"
        "  - {id: drie, on: 2026-03-02, secrecy: art. 88, about: oost.raad, source: x}\n"
        "  - {id: vier, on: 2026-03-03, record: overeenkomst, body: west.raad,"
        " outcome: vastgesteld, openness: internal, source: x}\n"
    )
    pool.does(f"replay {facts}")
    pool.does(f"replay {facts}")
    assert [6, 8] == seen(pool, "--public")
    facts.write_text(facts.read_text().replace("openness: internal", "openness: everybody"))
    pool.refused(3, f"replay {facts}")
