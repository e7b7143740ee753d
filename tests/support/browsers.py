"""A real browser, where there is one: Debian's Chromium, driven by Playwright.

With ``MIJLPAAL_REQUIRE_BROWSER`` a browser that is missing is a failure and not a reason to skip.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec

import pytest
from playwright.sync_api import Browser, sync_playwright

REQUIRED = bool(os.environ.get("MIJLPAAL_REQUIRE_BROWSER"))
NO_BROWSER = "no browser to test with"
"""How the reason begins for which the tests in a browser are left out."""
NAMES = ("chromium", "chromium-browser", "google-chrome")


@cache
def program() -> str | None:
    """Return where the browser is; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@cache
def why_no_browser() -> str | None:
    """Return why there is no browser to test with, or None where there is one."""
    if program() is None:
        return f"{NO_BROWSER}: none of {', '.join(NAMES)} is installed"
    if find_spec("playwright") is None:
        return f"{NO_BROWSER}: Playwright is not installed"
    return None


def need_browser() -> None:
    """Skip the test where there is no browser; fail where one is required."""
    why = why_no_browser()
    if why is not None and REQUIRED:
        pytest.fail(f"MIJLPAAL_REQUIRE_BROWSER is set, and there is {why}", pytrace=False)
    if why is not None:
        pytest.skip(why)


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the browser, and end it."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program(), args=["--no-sandbox"] if as_root else []
        )
        try:
            yield browser
        finally:
            browser.close()
