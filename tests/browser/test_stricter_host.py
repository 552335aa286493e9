"""An explorer where the host refuses inline scripts: the names that a screen reader hears are missing, and no more."""

from __future__ import annotations

import pytest

from ..notebooks.lesson import FOLDER, read_lesson
from .driver import Notebook
from .twin import Twin

pytestmark = [pytest.mark.browser, pytest.mark.slow]
REFUSE_INLINE = """
() => {
  const rule = document.createElement('meta');
  rule.httpEquiv = 'Content-Security-Policy';
  rule.content = "script-src-attr 'none'";
  document.head.append(rule);
}
"""


def test_where_inline_scripts_are_refused_the_rest_works(lab, window):
    lesson = read_lesson(FOLDER / "02_step_size.ipynb")
    cell, = lesson.tagged("explorer")
    with window.new_page() as page:
        notebook = Notebook(page, lab.format(lesson.path.name))
        page.evaluate(REFUSE_INLINE)
        notebook.run_all()
        notebook.unfold()
        explorer = notebook.explorer(cell.index)
        slider = explorer.root.get_by_role("slider").first
        explorer.reach(slider)
        assert not slider.get_attribute("aria-label")
        explorer.press("Home")
        twin = Twin(lesson, cell)
        twin.move(explorer.values_once("step_size", 0.001))
        explorer.wait_until_it_shows(*twin.shown())
        assert explorer.sentence() == twin.explorer.sentence
        notebook.close()
