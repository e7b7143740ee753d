"""Visits to the pages in a real browser, and what went wrong in them unnoticed."""

from types import TracebackType
from typing import Self

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.support.web import Served

LISTENER = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
        `${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
"""Keeps what a page tried that its policy forbids."""


class Visits:
    """A browser with a profile of its own.

    Attributes:
        wrong: what went wrong on the pages so far.
    """

    def __init__(self, browser: Browser, *, scripts: bool = True) -> None:
        """Open a profile; with scripts off, also those of the pages themselves."""
        self._scripts = scripts
        self.wrong: list[str] = []
        self._context = browser.new_context(java_script_enabled=scripts, locale="nl-NL")
        self._context.set_default_timeout(10_000)
        self._origin = ""
        self._context.on("request", self._left)
        self._context.on("response", self._failed)
        self._context.on("console", self._said)
        if scripts:
            self._context.add_init_script(LISTENER)

    def __enter__(self) -> Self:
        """Give the browser."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the profile."""
        self._context.close()

    def enter(self, served: Served, path: str = "/") -> Page:
        """Come in by the link, or as whoever did so before, and open a page."""
        self._origin = served.origin
        page = self._context.new_page()
        for name, value in served.entered.items():
            self._context.add_cookies([{"name": name, "value": value, "url": served.origin}])
        page.goto(served.origin + ("/" if served.entered else served.link))
        if not served.entered:
            served.entered.update((e["name"], e["value"]) for e in self._context.cookies())
        if path != "/":
            page.goto(served.origin + path)
        return page

    def also(self, path: str) -> Page:
        """Open a page in another tab."""
        page = self._context.new_page()
        page.goto(self._origin + path)
        return page

    def forbidden(self, page: Page) -> list[str]:
        """Return what a page tried that its policy forbids."""
        found = page.evaluate("window.violations") if self._scripts else []
        return [str(each) for each in found]

    def check(self) -> None:
        """See to it that nothing went wrong on any page that is open."""
        for page in self._context.pages:
            self.wrong += self.forbidden(page)
        assert not self.wrong, self.wrong

    def _left(self, request: Request) -> None:
        if not request.url.startswith((f"{self._origin}/", "data:", "about:")):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def _failed(self, response: Response) -> None:
        if response.status >= 500:
            self.wrong.append(f"{response.status}: {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "server responded with a status" not in (
            message.text
        ):
            self.wrong.append(f"console: {message.text}")
