"""What is tried on the explorer of one lesson, for all that are built like it: endurance."""

from __future__ import annotations

import pytest

from ..notebooks.lesson import lesson_paths

LESSON = [path for path in lesson_paths() if path.name.startswith("02")]
pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.parametrize("lesson", LESSON, indirect=True, ids=lambda path: path.stem),
]
MOVE = """
async ([root, times]) => {
  const slider = root.querySelector('[role=slider]'), picture = root.querySelector('.widget-gridbox');
  for (let i = 0; i < times; i++) {
    await new Promise((resolve, reject) => {
      new MutationObserver((_, observer) => { observer.disconnect(); resolve(); })
        .observe(picture, {childList: true, subtree: true});
      setTimeout(reject, 30_000, `move ${i} changed nothing`);
      slider.dispatchEvent(new KeyboardEvent('keydown', {key: i % 40 < 20 ? 'ArrowRight' : 'ArrowLeft'}));
    });
  }
}
"""
MEMORY = "(__import__('gc').collect(), __import__('psutil').Process().memory_info().rss)[1]"


def test_hundreds_of_moves_leave_nothing_behind(lesson, notebook):
    explorer = notebook.explorer(lesson.tagged("explorer")[0].index)
    devtools = notebook.page.context.new_cdp_session(notebook.page)

    def move(times):
        """Move so often; the kernel's memory in bytes and the number of nodes in the page, attached or not."""
        notebook.page.evaluate(MOVE, [explorer.root.element_handle(), times])
        devtools.send("HeapProfiler.collectGarbage")
        return notebook.ask(MEMORY), devtools.send("Memory.getDOMCounters")["nodes"]

    memory, nodes = move(100)   # first the caches fill
    memory_after, nodes_after = move(400)
    assert memory_after - memory <= 2**20
    assert nodes_after - nodes <= 40
