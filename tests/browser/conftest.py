"""One JupyterLab and one browser for all tests of this folder, and each lesson opened and run once for all of them.

They end with the folder and not with the session: Playwright keeps an event loop running, and other tests want one.
"""

from __future__ import annotations

import pytest

from ..notebooks.lesson import read_lesson
from .driver import Notebook
from .lab import chromium, jupyter_lab, window_of


@pytest.fixture(scope="package")
def window():
    """A window of the browser; its pages share what has been loaded once."""
    with chromium() as browser:
        yield window_of(browser, viewport={"width": 1300, "height": 1000})


@pytest.fixture(scope="package")
def lab_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="package")
def lab(window, lab_folder):
    with jupyter_lab(lab_folder) as address:
        yield address


@pytest.fixture(scope="package")
def lesson(request):
    """The lesson as a file; a test module says which lessons, by their paths."""
    return read_lesson(request.param)


@pytest.fixture(scope="package")
def notebook(lesson, lab, window):
    """The lesson, open and run, and every result unfolded."""
    with window.new_page() as page:
        notebook = Notebook(page, lab.format(lesson.path.name))
        notebook.run_all()
        notebook.unfold()
        yield notebook
        notebook.close()
