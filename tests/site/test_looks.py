"""The pages as they are seen and heard: in a light and a dark room, on a phone and on a desk."""

from __future__ import annotations

import pytest

from ..browser.axe import WCAG, faults
from ..browser.lab import chromium, window_of
from ..notebooks.lesson import lesson_paths

pytestmark = [pytest.mark.slow, pytest.mark.network, pytest.mark.browser]
PAGES = ["index.html", "gradlib/autodiff/graph.html", *(f"notebooks/{path.stem}.html" for path in lesson_paths())]
# Whose contrast in the dark is looked at every day: texts, a program, predictions and pictures, tables and sums. All
# pages have one style sheet.
IN_THE_DARK = ["index.html", "gradlib/autodiff/graph.html", "notebooks/02_step_size.html",
               "notebooks/11_beyond_one_machine.html"]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1100, "height": 900}
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true; })"
WIDTHS = "[document.documentElement.scrollWidth, innerWidth]"


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def windows(browser):
    """One on a desk, and one on a phone in the dark."""
    return {"desk": window_of(browser, color_scheme="light", viewport=DESK),
            "phone": window_of(browser, color_scheme="dark", viewport=PHONE)}


@pytest.mark.parametrize("place, name, rules", [
    *(pytest.param("desk", name, WCAG, id=f"desk-{name}") for name in PAGES),
    *(pytest.param("phone", name, ["meta-viewport", "scrollable-region-focusable"], id=f"phone-{name}")
      for name in PAGES),
    *(pytest.param("phone", name, ["color-contrast"], id=f"dark-{name}",
                   marks=[] if name in IN_THE_DARK else pytest.mark.thorough) for name in PAGES)])
def test_no_barriers_no_complaints_and_nothing_sticks_out(site, windows, place, name, rules):
    complaints = []
    with windows[place].new_page() as page:
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto((site / name).as_uri())
        page.evaluate(UNFOLD)
        needed, there = page.evaluate(WIDTHS)
        assert needed <= there
        assert complaints == []
        assert faults(page, rules=rules) == []
