"""axe-core on what comes from us: the rendered Markdown and the outputs, not JupyterLab around them."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
OURS = [".jp-Notebook .jp-RenderedMarkdown", ".jp-Notebook .jp-OutputArea-output"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "([ours, rules]) => axe.run({include: ours.map(selector => [selector])}, {runOnly: rules})"


def faults(page: Page) -> list[str]:
    """Rule and HTML of everything that axe finds fault with."""
    page.evaluate(AXE)
    found = page.evaluate(RUN, [OURS, RULES])
    assert found["passes"], "axe saw nothing"
    return [f"{fault['id']}: {node['html'][:300]}" for fault in found["violations"] for node in fault["nodes"]]
