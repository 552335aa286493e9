"""The day after: a lesson was run, saved and closed, its kernel has ended, and it is opened again."""

from __future__ import annotations

import json
import shutil

import pytest

from courseware.lessons import version_of

from ..notebooks.lesson import FOLDER, read_lesson
from .driver import Notebook

LESSONS = [pytest.param(FOLDER / "00_start_here.ipynb", id="00_start_here", marks=pytest.mark.thorough),
           pytest.param(FOLDER / "02_step_size.ipynb", id="02_step_size")]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
only_one = pytest.mark.parametrize("copy", LESSONS[1:], indirect=True)
VIEW = "application/vnd.jupyter.widget-view+json"
MODEL = {"version_major": 2, "version_minor": 0}
UNTOUCHED = 1500   # milliseconds in which a reader only looks: JupyterLab marks a change at once
PHONE = {"width": 390, "height": 844}
FILE_BROWSER_IS_CLOSED = "() => jupyterapp.shell.leftCollapsed"
WIDTHS = """
() => [...document.querySelectorAll('.jp-RenderedMarkdown :is(table, mjx-container[display=true])')].map(
  node => [node.offsetWidth, node.closest('.jp-RenderedMarkdown').clientWidth])
"""
CLOSE = "() => jupyterapp.commands.execute('application:close')"


class Copy:
    """A copy of a lesson that belongs to one test, in the JupyterLab of all."""

    def __init__(self, request, lab, lab_folder, window):
        self.lesson, self.window = read_lesson(request.param), window
        self.path = lab_folder / "course" / "notebooks" / f"{self.lesson.path.stem} {request.node.originalname}.ipynb"
        self.address = lab.format(self.path.name)
        shutil.copy(self.lesson.path, self.path)

    def stored(self):
        return json.loads(self.path.read_text(encoding="utf-8"))

    def store(self, notebook):
        """Write the file as another program does."""
        self.path.write_text(json.dumps(notebook), encoding="utf-8")

    def open(self, viewport=None):
        page = self.window.new_page()
        page.set_viewport_size(viewport or page.viewport_size)
        return Notebook(page, self.address)


@pytest.fixture(params=LESSONS)
def copy(request, lab, lab_folder, window):
    return Copy(request, lab, lab_folder, window)


def end(notebook):
    """Shut the kernel down and close the page."""
    notebook.close()
    notebook.page.close()


def assert_stills(copy, notebook):
    """In the place of each explorer stands its picture, with the sentence below."""
    assert notebook.page.get_by_text("model not found").count() == 0
    for cell in copy.lesson.tagged("explorer"):
        output = notebook.cell(cell.index).locator(".jp-OutputArea-output")
        picture = output.locator("figure img").first
        picture.wait_for()
        assert output.locator("figcaption").inner_text().startswith(picture.get_attribute("alt"))
        assert picture.evaluate("image => image.naturalWidth") > 100


def views(notebook):
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return [output for output in outputs if VIEW in output.get("data", {})]


def test_the_pictures_are_there_on_every_day_after(copy):
    before = copy.stored()
    notebook = copy.open()
    notebook.run_all()
    notebook.unfold()
    notebook.save()
    notebook.save()
    for cell in copy.lesson.tagged("explorer"):   # what is on the screen lives on
        notebook.explorer(cell.index)
    assert not notebook.is_changed() and not views(copy.stored())
    assert version_of(copy.stored()) == version_of(before)   # an update would still take it for unchanged
    end(notebook)
    for _ in range(2):
        notebook = copy.open()
        assert_stills(copy, notebook)
        notebook.save()
        end(notebook)


@only_one
def test_what_another_program_has_saved_is_shown_and_what_is_not_ours_is_kept(copy):
    """Such as JupyterLab without the extension of the course; and a widget that is not of gradlib."""
    notebook = copy.stored()
    index, = [cell.index for cell in copy.lesson.tagged("explorer")]
    outputs = notebook["cells"][index]["outputs"]
    data, = [output["data"] for output in outputs]
    html = "".join(data["text/html"]).replace("<details>", '<details class="committed" open>', 1)
    data |= {VIEW: {**MODEL, "model_id": "0"}, "text/html": html}
    theirs = {VIEW: {**MODEL, "model_id": "1"}, "text/html": "<b>theirs</b>", "text/plain": "theirs"}
    outputs.append({"output_type": "display_data", "metadata": {}, "data": theirs})
    copy.store(notebook)
    opened = copy.open()
    assert_stills(copy, opened)
    opened.type(next(cell.index for cell in copy.lesson.code), "answer = 42")
    assert opened.is_changed()
    opened.save()
    assert [output["data"][VIEW] for output in views(copy.stored())] == [theirs[VIEW]]
    assert version_of(copy.stored()) != version_of(notebook)   # an update would leave it alone
    end(opened)


@only_one
def test_a_lesson_that_was_only_looked_at_on_a_phone_fills_it_and_closes_without_a_question(copy):
    before = copy.stored()
    notebook = copy.open(PHONE)
    notebook.page.wait_for_timeout(UNTOUCHED)
    assert notebook.page.evaluate(FILE_BROWSER_IS_CLOSED)
    for width, room in notebook.page.evaluate(WIDTHS):
        assert 0 < width <= room   # what is wider scrolls by itself
    assert not notebook.is_changed()
    notebook.page.evaluate(CLOSE)
    notebook.page.wait_for_function("() => !document.querySelector('.jp-NotebookPanel')")
    assert notebook.page.locator(".jp-Dialog").count() == 0 and copy.stored() == before
    notebook.page.close()
