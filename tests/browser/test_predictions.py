"""Every prediction as its reader meets it: nothing of the answer is in sight before the choice, all of it after, by
keyboard alone, on this day and the next, and after a kernel that has died."""

from __future__ import annotations

import os
import re
import shutil
import signal
from contextlib import ExitStack

import pytest
from bs4 import BeautifulSoup

from gradlib import memory

from ..notebooks.lesson import lesson_paths, read_lesson
from .axe import faults
from .driver import Notebook
from .lab import jupyter_lab

LESSONS = [path for path in lesson_paths() if read_lesson(path).named("prediction")]
pytestmark = [pytest.mark.browser, pytest.mark.slow]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
UNREAD = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|(?<=\])\([^)]*\)|^\d+\.(?= )", re.DOTALL | re.MULTILINE)
SHOWN = ".jp-OutputArea-output, .jp-RenderedMarkdown"
ALL_OPEN = """
nodes => nodes[0].querySelector('.committed, .widget-vbox')
  && nodes.every(node => !node.querySelector('.jp-RenderedHTMLCommon > details:not([open])'))
"""
TAB_STOPS = 30
FOCUS = "document.activeElement.innerText"


def every_day(*numbers):
    """Each lesson with predictions, these ones every day. Of the others the lint asks then that all is folded."""
    return pytest.mark.parametrize("path", [
        pytest.param(path, id=path.stem, marks=[] if path.name[:2] in numbers else pytest.mark.thorough)
        for path in LESSONS])


@pytest.fixture(scope="package")
def home(tmp_path_factory, window):
    """A course in which a reader learns, whom the course remembers: its folder, and the address of a lesson."""
    folder = tmp_path_factory.mktemp("reader")
    with ExitStack() as stack:
        with pytest.MonkeyPatch.context() as patch:
            for name in memory.NOBODY:
                patch.delenv(name, raising=False)
            address = stack.enter_context(jupyter_lab(folder)).replace("notebooks/", "my/")
        (folder / "course" / "course.py").touch()
        (folder / "course" / "my").mkdir()
        yield folder / "course" / "my", address


class Asked:
    """One prediction in an open lesson: its cells, and what its result and discussion hold that nothing above says."""

    def __init__(self, lesson, name):
        self.name, self.prediction = name, getattr(lesson.predictions, name)
        self.ask, self.result = (lesson.named(part)[name].index for part in ("prediction", "result"))
        self.folds = [self.result] + [cell.index for cell in lesson.cells if name in cell.names("discussion")]
        self.is_explorer = "explorer" in lesson.cells[self.result].tags
        shown = [words(output["data"]["text/html"]) for output in lesson.cells[self.result].outputs]
        discussed = [words(lesson.cells[index].source) for index in self.folds[1:]]
        told = "\n".join([*(cell.source + said(cell) for cell in lesson.cells[:self.ask]),
                          *(option.words for option in self.prediction.options.values()),
                          *(cell.source for cell in lesson.cells[self.ask:self.result + 1])])
        known = set(NUMBER.findall(told))
        self.numbers = {number for text in shown + discussed for number in NUMBER.findall(text)} - known
        lines = {line.strip() for text in shown for line in text.splitlines() if len(line.split()) > 2}
        self.lines = {line for line in lines if line not in told}

    def wrong(self):
        return next(option for code, option in self.prediction.options.items() if code != "right")


def words(html):
    """What is read of a piece of HTML or Markdown, without formulas, addresses, the numbers of a list, and the words on
    the fold."""
    page = BeautifulSoup(UNREAD.sub("", html), "html.parser")
    for summary in page.find_all("summary"):
        summary.decompose()
    return page.get_text("\n")


def said(cell):
    return "".join(output.get("text") or output["data"].get("text/plain", "") for output in cell.outputs)


def in_sight(notebook, asked):
    """What can be read below the buttons' code, below the code of the result, and in the discussion."""
    cells = [notebook.cell(index) for index in (asked.ask, *asked.folds)]
    return "\n".join(text for cell in cells for text in cell.locator(SHOWN).all_inner_texts())


def assert_hidden(notebook, asked):
    text = in_sight(notebook, asked)
    assert not asked.numbers & set(NUMBER.findall(text)), asked.name
    assert not [line for line in asked.lines if line in text], asked.name
    assert asked.wrong().belief not in text


def assert_open(notebook, asked):
    notebook.page.wait_for_function(ALL_OPEN, arg=[notebook.cell(index).element_handle() for index in asked.folds])
    assert asked.numbers <= set(NUMBER.findall(in_sight(notebook, asked))), asked.name


def press(notebook, index, name):
    """By the keyboard alone: Tab from the cell to the button of this name, and the space bar."""
    notebook.cell(index).get_by_role("button", name=name, exact=True).wait_for()
    notebook.cell(index).focus()
    for _ in range(TAB_STOPS):
        notebook.page.keyboard.press("Tab")
        if notebook.page.evaluate(FOCUS).strip() == name:
            return notebook.page.keyboard.press("Space")
    raise AssertionError(f"Tab does not lead to {name}")


def seen_by_axe(notebook):
    return faults(notebook.page, ".jp-Notebook .jp-RenderedMarkdown", ".jp-Notebook .jp-OutputArea-output")


def opened(window, home, path):
    folder, address = home
    if not (folder / path.name).exists():
        shutil.copy(path, folder)
    return Notebook(window.new_page(), address.format(path.name))


def end(notebook):
    notebook.close()
    notebook.page.close()


@every_day("02")   # and 08 and 11 in JupyterLite
def test_what_betrays_an_answer_is_out_of_sight_until_it_is_given_and_stays_in_sight_then(window, home, path):
    lesson = read_lesson(path)
    every = [Asked(lesson, name) for name in lesson.named("prediction")]
    notebook = opened(window, home, path)
    for asked in every:   # as it was downloaded
        assert_hidden(notebook, asked)
    notebook.run_all()
    for asked in every:
        assert_hidden(notebook, asked)
    assert not seen_by_axe(notebook)
    for asked in every:
        press(notebook, asked.ask, asked.wrong().words)
        press(notebook, asked.ask, "sure")
        assert_open(notebook, asked)
        status = notebook.cell(asked.ask).get_by_role("status").inner_text()
        assert asked.wrong().words in status and asked.wrong().belief in status
        if asked.is_explorer:
            notebook.explorer(asked.result)
    assert not seen_by_axe(notebook) and not notebook.complaints
    notebook.save()
    end(notebook)
    notebook = opened(window, home, path)   # the day after, without a kernel's memory
    for asked in every:
        assert_open(notebook, asked)
    end(notebook)


def test_a_kernel_that_dies_between_choice_and_look_takes_nothing_along(window, home):
    path = next(path for path in LESSONS if path.name.startswith("02"))
    asked = Asked(read_lesson(path), "kept")
    (home[0] / memory.FILE).unlink(missing_ok=True)
    shutil.copy(path, home[0])
    notebook = opened(window, home, path)
    notebook.run_all()
    press(notebook, asked.ask, asked.wrong().words)
    press(notebook, asked.ask, "a guess")
    notebook.cell(asked.ask).get_by_role("status").get_by_text(asked.wrong().belief).wait_for()
    os.kill(notebook.ask("__import__('os').getpid()"), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    notebook.page.close()
    shutil.copy(path, home[0])   # not even the notebook was saved
    notebook = opened(window, home, path)
    assert_hidden(notebook, asked)
    notebook.run_all()
    assert_open(notebook, asked)
    assert asked.wrong().belief in notebook.cell(asked.ask).get_by_role("status").inner_text()
    end(notebook)
