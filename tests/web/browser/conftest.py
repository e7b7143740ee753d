"""A browser for the tests of this folder: one a file, and a clean profile for each test.

It ends with its file: as long as it is there, a loop of events runs in the thread of the tests, in
which no other loop can run.

What a page does that it should not is kept of every page: an error in it, a request that leaves it,
something that its policy forbids.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browsers import launched, need_browser
from tests.support.visits import Visits


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser, once for a file."""
    need_browser()
    with launched() as browser:
        yield browser


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Give a browser that has visited nothing; nothing may go wrong in it unnoticed."""
    with Visits(browser) as visits:
        yield visits
        visits.check()


@pytest.fixture
def plainly(browser: Browser) -> Iterator[Visits]:
    """Give a browser in which scripts are off."""
    with Visits(browser, scripts=False) as visits:
        yield visits
        visits.check()
