"""What makes a page hard to use for some, as axe finds it in a real browser."""

from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""The rules a page is held against."""
FOUND = """
    async (tags) => {
        const found = await axe.run(document, {
            runOnly: {type: "tag", values: tags},
            rules: {"target-size": {enabled: true}},
            resultTypes: ["violations"],
        });
        return found.violations.flatMap((rule) => rule.nodes.map(
            (node) => `${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 120)}`));
    }
"""


@cache
def _script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """Return every violation on a page: the rule, where, and what stands there."""
    page.evaluate(_script())
    return [f"{page.url}: {each}" for each in page.evaluate(FOUND, list(TAGS))]
