"""axe-core, which finds a part of what a screen reader or a keyboard would stumble over."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Without its own request for the style sheet, which is in the page already. What it found no fault with is not sent.
RUN = """
([parts, rules]) => axe.run(parts.length ? {include: parts.map(selector => [selector])} : document,
                            {runOnly: rules, preload: false, resultTypes: ['violations']})
  .then(({passes, violations}) => ({passes: passes.length, violations}))
"""


def faults(page: Page, *parts: str, rules: list[str] = WCAG) -> list[str]:
    """Rule and HTML of everything that axe finds fault with, in the whole page or in what some selectors pick."""
    page.evaluate(AXE)
    found = page.evaluate(RUN, [parts, rules])
    assert found["passes"], "axe saw nothing"
    return [f"{fault['id']}: {node['html'][:300]}" for fault in found["violations"] for node in fault["nodes"]]
