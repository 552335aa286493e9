"""Every explorer by keyboard and by mouse: what the page shows is what a fresh computation says."""

from __future__ import annotations

from threading import Thread

import ipywidgets as widgets
import pytest

from gradlib.live.controls import shown
from gradlib.live.explorer import SHOW_CODE
from gradlib.longrun import LongRun

from ..notebooks.lesson import lesson_paths, read_lesson
from ..test_explorers import stops
from .twin import Twin

EVERY_DAY = ("02", "03", "07")   # a ruler that can be dragged, steps that depend on a choice and play, a long run
LESSONS = [pytest.param(path, id=path.stem, marks=[] if path.name[:2] in EVERY_DAY else pytest.mark.thorough)
           for path in lesson_paths() if read_lesson(path).tagged("explorer")]
pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.parametrize("lesson", LESSONS, indirect=True),
]
KEYS = (("End", -1), ("Home", 0), ("ArrowRight", 1), ("ArrowUp", 2), ("ArrowLeft", 1))   # and the stop it leads to
FEW = 4   # pictures; a queue would have dozens
LOW = {"width": 1300, "height": 450}   # a window in which no explorer fits
WATCH_BELOW = """
cell => {
  window.below = [];
  const top = node => node.getBoundingClientRect().top, look = () => {
    below.push(top(cell.nextElementSibling) - top(cell));
    window.looking = requestAnimationFrame(look);
  };
  look();
}
"""
BELOW = "() => { cancelAnimationFrame(looking); return below; }"
IN_SIGHT = """
root => root.getBoundingClientRect().top
  >= document.querySelector('.jp-WindowedPanel-outer').getBoundingClientRect().top - 1
"""


@pytest.fixture
def explorer(lesson, notebook):
    cell, = lesson.tagged("explorer")
    return notebook.explorer(cell.index)


@pytest.fixture(scope="module")
def made_once(lesson):
    cell, = lesson.tagged("explorer")
    return Twin(lesson, cell)


@pytest.fixture
def twin(made_once, explorer):
    """The twin, with its controls where those in the page are."""
    made_once.move(explorer.values())
    return made_once


def test_tab_leads_to_every_control_and_each_has_its_name(explorer, twin):
    assert explorer.tab_stops() == twin.tab_stops()


def test_every_control_obeys_the_keyboard_and_speaks_its_value_and_nothing_jumps(explorer, twin):
    explorer.watch_height()
    # From last to first: a choice may lengthen the slider below it, and noUiSlider's End does not see that.
    for name, control in reversed(twin.controls.items()):
        for role, label, keys in handles(control):
            handle = explorer.control(role, label)
            explorer.reach(handle)
            for key, value in keys:
                explorer.press(key)
                arrive(explorer, twin, name, value)
                if role == "slider":
                    assert number(handle.get_attribute("aria-valuetext")) == number(shown(control))
    assert len(explorer.heights()) == 1


def arrive(explorer, twin, name, value):
    """Wait until the named control has this value, and the page shows what belongs to it."""
    twin.move(explorer.values_once(name, value))
    explorer.wait_until_it_shows(*twin.shown())


def handles(control):
    """(role, name, [(key, value to which it leads)]) of all that has the focus in one control."""
    if isinstance(control, widgets.Checkbox):
        return [("checkbox", control.description, [("Space", not control.value), ("Space", control.value)])]
    if isinstance(control, widgets.ToggleButtons):
        return [("button", label, [("Space", value)]) for label, value in control.options]
    there = stops(control)
    return [("slider", control.description, [(key, there[i]) for key, i in KEYS])]


def number(text):
    """What a slider says as a number; as it is where it is in words, such as 1 billion."""
    try:
        return float(text.replace("−", "-").replace(",", ""))
    except ValueError:
        return text


def test_what_is_dragged_comes_to_the_stops_next_to_the_pointer(explorer, twin):
    height = twin.explorer.live.figure.canvas.get_width_height()[1]
    for drag, name in zip(twin.explorer.drags, twin.dragged()):
        there = explorer.drag_in_picture(name, (0.2, 0.3), (0.55, 0.65))
        for control, (axis, pixels) in drag.places(twin.controls, height).items():
            nearest = min(range(len(pixels)), key=lambda i: abs(pixels[i] - there[axis]))
            value, text = twin.explorer.stops(control)[nearest]
            explorer.wait_until(f"{control} is {text}", lambda: shown_after(twin, explorer)[control] == value)
        explorer.wait_until_it_shows(*twin.shown())


def test_the_arrow_keys_move_what_can_be_dragged_by_one_stop(explorer, twin):
    for drag, name in zip(twin.explorer.drags, twin.dragged()):
        explorer.reach(explorer.control("application", name))
        for control, key in ((drag.x, "ArrowLeft"), (drag.y, "ArrowDown")):
            if control:
                values = [value for value, _ in twin.explorer.stops(control)]
                before = values.index(shown_after(twin, explorer)[control])
                explorer.press(key)
                explorer.wait_until(f"{control} has moved", lambda: shown_after(twin, explorer)[control] == values[
                    max(before - 1, 0)])
        explorer.wait_until_it_shows(*twin.shown())


def shown_after(twin, explorer):
    """What the explorer hears of its controls, those of the twin being where those in the page are."""
    twin.move(explorer.values())
    return twin.explorer.values()


def test_the_code_of_the_picture_is_that_of_its_settings(explorer, twin):
    if twin.explorer.code(**twin.explorer.values()):
        explorer.reach(explorer.control("button", SHOW_CODE))
        explorer.press("Space")
        explorer.root.locator("pre").wait_for()
        assert explorer.root.locator("pre").inner_text() == twin.explorer.code(**twin.explorer.values())
        explorer.press("Space")
        explorer.root.locator("pre").wait_for(state="detached")


def test_play_walks_on_and_pauses_and_goes_back(explorer, twin):
    for name in played(twin):
        steps = twin.controls[name]
        explorer.reach(explorer.control("slider", steps.description))
        explorer.press("Home")
        explorer.values_once(name, steps.min)
        explorer.reach(explorer.control("button", "play"))
        explorer.press("Space")
        explorer.control("button", "pause").wait_for()
        explorer.wait_until("it has walked on", lambda: explorer.values()[name] > steps.min)
        explorer.press("Space")
        explorer.control("button", "play").wait_for()
        twin.move(explorer.values())
        explorer.wait_until_it_shows(*twin.shown())
        explorer.reach(explorer.control("button", "back to the start"))
        explorer.press("Space")
        arrive(explorer, twin, name, steps.min)


def played(twin):
    """The names of the controls that have a play button beside them."""
    walked = [row.children[0] for row in twin.parts(widgets.HBox) if isinstance(row.children[-1], widgets.Play)]
    return [name for name, control in twin.controls.items() if control in walked]


def test_a_long_run_ends_where_it_should(explorer, twin):
    for run in twin.parts(LongRun):
        explorer.reach(explorer.control("button", run.button.description))
        explorer.press("Space")
        played = Thread(target=run.button.click)   # Playwright's loop lives in this thread
        played.start()
        played.join()
        explorer.wait_until_it_shows(*twin.shown())
        explorer.root.locator("[role=progressbar][aria-valuenow='100']").wait_for()


def test_after_a_fast_drag_the_picture_is_right_at_once(explorer, twin):
    """Nothing queues up: after the last of 60 moves comes the picture that is under way, and the last one."""
    name, slider = sliders(twin, "readout")[0]
    *_, end = stops(slider)
    late = explorer.late_pictures(lambda: explorer.drag(slider.description, events=60, seconds=1),
                                  lambda: arrive(explorer, twin, name, end))
    assert late <= FEW


def test_letters_on_a_slider_are_no_commands_to_the_notebook(explorer, twin, notebook):
    """x would delete the cell, m make it text, a and b insert others. Ctrl and S still saves."""
    before = notebook.outputs()
    explorer.reach(explorer.control("slider", sliders(twin, "readout")[0][1].description))
    for key in "xmab":
        explorer.press(key)
    assert len(notebook.outputs()) == len(before)
    explorer.press("ControlOrMeta+s")
    explorer.wait_until("it is saved", lambda: not notebook.is_changed())


def test_a_decimal_comma_is_a_decimal_point(explorer, twin):
    for name, slider in sliders(twin, "readout_format")[:1]:   # one has only stops with names
        there = stops(slider)[1]
        readout = explorer.control("textbox", f"{slider.description}, as a number")
        readout.fill(f"{there:.9g}".replace(".", ","))
        readout.press("Enter")
        arrive(explorer, twin, name, there)


def sliders(twin, kind):
    """(name, control) of the sliders with a readout beside them, or with one to type a number into (readout_format)."""
    return [(name, control) for name, control in twin.controls.items() if hasattr(control, kind)]


def test_while_its_cell_runs_again_nothing_below_moves_and_then_its_controls_are_in_sight(lesson, notebook):
    index, viewport = lesson.tagged("explorer")[0].index, notebook.page.viewport_size
    notebook.page.set_viewport_size(LOW)
    for _ in range(2):
        notebook.cell(index).evaluate(WATCH_BELOW)
        notebook.run(index)
        root = notebook.explorer(index).root
        notebook.page.wait_for_function(IN_SIGHT, arg=root.element_handle())
        below = notebook.page.evaluate(BELOW)
        assert min(below) >= below[0] - 1
    notebook.page.set_viewport_size(viewport)


def test_nothing_of_all_this_complained(notebook):
    """The last but one of this file: the console of the browser, after every control has moved."""
    assert not notebook.complaints


def test_a_kernel_that_dies_during_a_long_run_is_spoken_of(explorer, twin, notebook):
    for run in twin.parts(LongRun):
        explorer.reach(explorer.control("button", run.button.description))
        explorer.press("Space")
        notebook.ask("__import__('threading').Timer(0.2, __import__('os')._exit, [1]).start()")
        explorer.root.get_by_text("run this cell again").wait_for()
