"""kill -9 before and after every statement: a command is wholly there, or not at all."""

import time
from collections.abc import Callable

import pytest

from tests.support.chaos import EVERYTHING, Tried
from tests.support.databases import Site, rows_of
from tests.support.faults import FORGET, KINDS, backends_are_gone, die_at
from workflow.storage.database import Database
from workflow.verify import verify

FEW = ("start", "record", "replan")


@pytest.mark.parametrize("kind", KINDS if EVERYTHING else FEW)
def test_a_command_is_wholly_there_or_not_at_all(
    site: Site, found: Callable[[str], str], source: str, kind: str, tried: Tried
) -> None:
    """At every point, one by one; and it is there when it was acknowledged."""
    begun = found(KINDS[kind].finds)
    url = site.new(begun)
    with Database(url) as database:
        before = rows_of(database)
    done = _done(site, begun, kind, source)
    assert before != done

    point, killed = 0, True
    while killed:
        fate = die_at(url, kind, point, source)
        killed = fate.killed
        rows = _what_is_left(url)
        if kind == FORGET and rows not in (before, done):
            rows = _ended(url, source)  # which takes several transactions, and says so
        assert rows in (before, done), f"half of “{kind}” is there after point {point}"
        assert rows == done or not fate.acknowledged, f"“{kind}” was lost at point {point}"
        if rows == done:
            site.drop(url)
            url = site.new(begun)
        point += 1
    site.drop(url)
    assert point > 4
    tried("kills", point - 1)


def _ended(url: str, source: str) -> object:
    """Return the rows once the same command was given again: it goes on where it was killed."""
    fate = die_at(url, FORGET, -1, source)
    assert (False, True) == (fate.killed, fate.acknowledged)
    return _what_is_left(url)


def _done(site: Site, begun: str, kind: str, source: str) -> object:
    """Return the rows after a command to which nothing happened."""
    url = site.new(begun)
    fate = die_at(url, kind, -1, source)
    assert (False, True) == (fate.killed, fate.acknowledged)
    rows = _what_is_left(url)
    site.drop(url)
    return rows


def _what_is_left(url: str) -> object:
    """Return every row, when the server has noticed; all of it has to be whole."""
    with Database(url) as database:
        while not backends_are_gone(database):
            time.sleep(0.002)
        rows = rows_of(database)
        if "processes" in rows:
            assert [] == [str(each) for one in verify(database) for each in one.problems]
    return rows
