"""A lesson in JupyterLab, and an explorer in it, with the verbs of a reader."""

from __future__ import annotations

import ast
import json
import time
from collections.abc import Callable
from itertools import dropwhile, takewhile
from math import isclose

from playwright.sync_api import Locator, Page

from ..patience import HANGING

TAB_STOPS = 60   # more than a cell and its explorer have
SETTLED = 1000   # milliseconds after which a picture changes no more
PAUSE = 50   # milliseconds between two questions to the kernel

PANEL = "const panel = window.jupyterapp?.shell.currentWidget, cells = panel?.content?.widgets, " \
        "session = panel?.sessionContext?.session;"
IDLE = "return session?.kernel?.status == 'idle' && panel.context.isReady && window.running !== true;"
LISTEN = "window.heard = []; panel.sessionContext.iopubMessage.connect((_, message) => heard.push(message));"
RUN_ALL = """
window.running = true;
jupyterapp.commands.execute('notebook:run-all-cells').finally(() => { window.running = false; });
"""
PREDICTIONS = """
return cells.flatMap((cell, index) => (cell.model.getMetadata('tags') ?? []).some(tag => tag.startsWith('prediction:'))
  ? [index] : []);
"""
ALL_OPEN = """
const has = (cell, part) => (cell.model.getMetadata('tags') ?? []).some(tag => tag.startsWith(part));
return cells.filter(cell => has(cell, 'result:')).every(cell => cell.node.querySelector('.committed, .widget-vbox'))
  && !cells.some(cell => has(cell, 'discussion:') && cell.node.querySelector('details:not([open])'));
"""
# What an explorer's cell has made: its value, or what it shows as the result of a prediction.
EXPLORER = """
const result = (cells[given].model.getMetadata('tags') ?? []).find(tag => tag.startsWith('result:'));
return result ? `predictions.${result.split(':')[1]}.shown` : `Out[${cells[given].model.executionCount}]`;
"""
OUTPUTS = "return cells.map(cell => cell.model.outputs?.toJSON() ?? []);"
COUNT = "return cells[given].model.executionCount;"
HAS_RUN = "const [index, before] = given; " \
          "return cells[index].model.executionCount > before && session.kernel.status == 'idle';"
# The page is asked, and answers in time or not at all.
IN_TIME = """
given => Promise.race([
  (async () => { %s %s })(),
  new Promise((_, reject) => setTimeout(reject, %d, Error('JupyterLab did not answer in time'))),
])
"""
ASK = """
const request = session.kernel.requestExecute({code: '', silent: true, user_expressions: {answer: given}});
return request.done.then(reply => reply.content.user_expressions.answer);
"""
# The browser writes HTML in its own way: let it write what is expected, too.
SHOWS = """
([root, sentence, svg]) => {
  const expected = document.createElement('div');
  expected.innerHTML = svg;
  return root.querySelector('p').textContent === sentence
    && root.querySelector('[role=img]').outerHTML === expected.innerHTML;
}
"""

FOCUS = """
root => {
  const node = document.activeElement;
  return root.contains(node) ? node.ariaLabel ?? node.labels?.[0]?.innerText ?? node.innerText : null;
}
"""
HEIGHTS = """
root => {
  window.heights = new Set();
  const cell = root.closest('.jp-Cell');   // which has no height while it is far from what is in sight
  new ResizeObserver(() => cell.offsetHeight && heights.add(Math.round(root.offsetHeight))).observe(root);
}
"""
LATE = """
root => {
  window.late = 0;
  document.addEventListener('pointermove', () => { late = 0; }, true);
  const pictures = root.querySelector('.widget-gridbox');
  new MutationObserver(() => { late += 1; }).observe(pictures, {subtree: true, childList: true});
}
"""


class Notebook:
    """A lesson that is open in JupyterLab.  `complaints`: the errors in the browser's console."""

    def __init__(self, page: Page, address: str):
        self.page, self.complaints = page, []
        page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)
        self._wait(IDLE)
        self._do(LISTEN)

    def _do(self, script: str, given=None):
        return self.page.evaluate(IN_TIME % (PANEL, script, 1000 * HANGING), given)

    def _wait(self, condition: str, given=None):
        self.page.wait_for_function(f"given => {{ {PANEL} {condition} }}", arg=given)

    def close(self):
        """Shut the kernel down."""
        self._do("return panel.sessionContext.shutdown();")

    def run_all(self):
        """What Run, Run All Cells in the menu does, until the kernel has finished."""
        self._do(RUN_ALL)
        self._wait(IDLE)

    def unfold(self):
        """Look at every result without a prediction, as a reader may, so that nothing is folded."""
        for index in self._do(PREDICTIONS):
            self.cell(index).get_by_role("status").wait_for()
            look = self.cell(index).get_by_role("button", name="Look without choosing")
            if look.is_visible():
                look.click()
        self._wait(ALL_OPEN)

    def save(self):
        """What File, Save Notebook in the menu does."""
        self._do("return panel.context.save();")

    def is_changed(self) -> bool:
        """Would JupyterLab ask whether to save, if the notebook were closed now?"""
        return self._do("return panel.context.model.dirty;")

    def heard(self, kind: str) -> list[dict]:
        """The contents of all messages of this kind that the kernel has sent."""
        return self.page.evaluate("kind => heard.filter(m => m.header.msg_type == kind).map(m => m.content)", kind)

    def outputs(self) -> list[list[dict]]:
        """The outputs of each cell, as the notebook would store them."""
        return self._do(OUTPUTS)

    def cell(self, index: int) -> Locator:
        return self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]')

    def count(self, index: int) -> int:
        """The number in the brackets beside the cell."""
        return self._do(COUNT, index)

    def type(self, index: int, source: str):
        """Replace the code of a cell."""
        self.cell(index).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(source)

    def run(self, index: int):
        """Shift+Enter in the cell, until it has run."""
        before = self.count(index)
        self.cell(index).locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self._wait(HAS_RUN, [index, before])

    def ask(self, expression: str):
        """The value of an expression in the kernel."""
        answer = self._do(ASK, expression)
        assert answer["status"] == "ok", answer
        return ast.literal_eval(answer["data"]["text/plain"])

    def made(self, index: int) -> str:
        """The expression that is the explorer of a cell."""
        return self._do(EXPLORER, index)

    def turn(self, theme: str):
        """Choose the theme, "Light" or "Dark"."""
        name = f"JupyterLab {theme}"
        self._do("return jupyterapp.commands.execute('apputils:change-theme', {theme: given});", name)
        self.page.wait_for_function("name => document.body.dataset.jpThemeName == name", arg=name)

    def explorer(self, index: int) -> Explorer:
        return Explorer(self, index)


class Explorer:
    """The live explorer in the output of a cell."""

    def __init__(self, notebook: Notebook, index: int):
        self.notebook, self.page, self.index = notebook, notebook.page, index
        self.root = notebook.cell(index).locator(".jp-OutputArea-output .widget-vbox").first
        self.root.locator("svg").first.wait_for()

    def values(self) -> dict:
        """The values of the controls, as the kernel has them, to the last digit."""
        made = self.notebook.made(self.index)
        return self.notebook.ask(f"{{name: control.value for name, control in {made}.controls.items()}}")

    def values_once(self, name: str, value) -> dict:
        """The values, once the named control has (but for rounding) this one."""
        self.wait_until(f"{name} is {value}", lambda: isclose(self.values()[name], value, rel_tol=1e-6, abs_tol=1e-9))
        return self.values()

    def wait_until(self, what: str, condition: Callable[[], bool]):
        end = time.monotonic() + HANGING
        while not condition():
            assert time.monotonic() < end, f"waited {HANGING} seconds until {what}"
            self.page.wait_for_timeout(PAUSE)

    def control(self, role: str, name: str) -> Locator:
        """The control that a screen reader calls so."""
        return self.root.get_by_role(role, name=name, exact=True)

    def tab_stops(self) -> list[str]:
        """The names of what has the focus, from the first Tab that leads into the explorer to the last."""
        self.notebook.cell(self.index).focus()
        names = (self._tab() for _ in range(TAB_STOPS))
        return [*takewhile(bool, dropwhile(lambda name: not name, names))]

    def _tab(self) -> str | None:
        self.page.keyboard.press("Tab")
        return self.root.evaluate(FOCUS)

    def reach(self, control: Locator):
        """Press Tab from above the explorer until the control has the focus."""
        control.wait_for()
        self.notebook.cell(self.index).focus()
        for _ in range(TAB_STOPS):
            self.page.keyboard.press("Tab")
            if control.evaluate("node => node === document.activeElement"):
                return
        raise AssertionError(f"{TAB_STOPS} times Tab did not lead to {control}")

    def press(self, key: str):
        self.page.keyboard.press(key)

    def drag(self, name: str, events: int, seconds: float):
        """Drag a slider from its left end to its right end."""
        handle = self.control("slider", name)
        handle.hover()
        box = handle.locator("xpath=ancestor::*[@class='noUi-base']").bounding_box()
        self.page.mouse.down()
        for i in range(events):
            self.page.mouse.move(box["x"] + box["width"] * i / (events - 1), box["y"])
            self.page.wait_for_timeout(1000 * seconds / events)
        self.page.mouse.up()

    def drag_in_picture(self, name: str, start: tuple[float, float], end: tuple[float, float]) -> list[float]:
        """Drag from one place to another, in parts of what can be dragged; where that is in the picture's pixels."""
        place = self.control("application", name)
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        at = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
        self.page.mouse.move(*at[0])
        self.page.mouse.down()
        self.page.mouse.move(*at[1], steps=10)
        self.page.mouse.up()
        left, top, right, bottom = json.loads(place.get_attribute("data-drag"))["area"]
        return [left + end[0] * (right - left), top + end[1] * (bottom - top)]

    def watch_height(self):
        """Note from now on how high the explorer is."""
        self.root.evaluate(HEIGHTS)

    def heights(self) -> list[int]:
        """How high it has been."""
        return self.page.evaluate("[...heights]")

    def late_pictures(self, act: Callable[[], None], wait_until_right: Callable[[], None]) -> int:
        """Do something with the mouse; how many pictures come after its last event."""
        self.root.evaluate(LATE)
        act()
        wait_until_right()
        self.page.wait_for_timeout(SETTLED)   # for pictures that come after the right one
        return self.page.evaluate("late")

    def sentence(self) -> str:
        return self.root.get_by_role("status").inner_text()

    def wait_until_it_shows(self, sentence: str, svg: str):
        """Wait for this sentence and this picture."""
        self.page.wait_for_function(SHOWS, arg=[self.root.element_handle(), sentence, svg])
