"""The lessons on Google Colab, as far as another machine can tell: its versions, our line, and nothing but the lessons.

Colab's page draws the widgets of ipywidgets 7 without being asked; a newer ipywidgets needs a restart. So our line
leaves what Colab has. Not tried: Colab's page itself. On the way the lessons are tried on a processor that adds up in
another order, and so rounds otherwise: NumPy's OpenBLAS can compute as it does. (Not as a Haswell: the OpenBLAS within
NumPy 2.5.5 then crashes in a plain product of matrices.)
"""

import re
import shlex
import shutil
import sys

import pytest

from .binder.test_replay import place, run
from .notebooks.lesson import lesson_paths, read_lesson
from .patience import HANGING
from .readme import README

# https://github.com/googlecolab/backend-info, pip-freeze.txt of 19 August 2026, when Colab had Python 3.13
COLAB = ("ipywidgets==7.7.1", "widgetsnbextension==3.6.10", "ipykernel==6.17.1", "ipython==7.34.0",
         "jupyter_client==7.4.9", "traitlets==5.7.1", "notebook==6.5.7", "numpy==2.1.3", "matplotlib==3.10.0")
# Every day: the start, the graphs of autodiff, and the explorer that computes most.
# (All lessons also run every day where .ci/run has the oldest packages and a processor that rounds otherwise.)
EVERY_DAY = ("00", "04", "08")
VIEW = "application/vnd.jupyter.widget-view+json"
LINE = re.compile(r"`%pip (install --no-deps) (git\+https://[^`]+)`")


def test_the_first_lesson_says_what_the_readme_says():
    """A reader who opens it on Colab meets this line when the course is not yet there."""
    line = LINE.search(README.read_text(encoding="utf-8")).group().strip("`")
    assert line in lesson_paths()[0].read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.network
@pytest.mark.skipif(sys.platform != "linux" or sys.version_info >= (3, 14), reason="Colab is Linux with Python 3.13")
@pytest.mark.parametrize("lessons", [
    pytest.param([path for path in lesson_paths() if path.name[:2] in EVERY_DAY], id="some"),
    pytest.param([path for path in lesson_paths() if path.name[:2] not in EVERY_DAY], id="others",
                 marks=pytest.mark.thorough)])
def test_lessons_say_the_same_on_what_colab_has(tmp_path, monkeypatch, lessons):
    (environment, course), drive = place(tmp_path), tmp_path / "drive"
    drive.mkdir()
    for path in lessons:
        shutil.copy(path, drive)
    monkeypatch.setenv("COLAB_RELEASE_TAG", "release-colab")
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Sandybridge")

    run(f"pip install {' '.join(COLAB)}", environment, drive)
    before = run("pip list --format freeze", environment, drive)
    verb, _ = LINE.search(README.read_text(encoding="utf-8")).groups()
    run(f"pip {verb} {shlex.quote(str(course))}", environment, drive)
    assert set(before.split()) < set(run("pip list --format freeze", environment, drive).split())
    run(f"jupyter execute --inplace --timeout={HANGING} *.ipynb", environment, drive)
    for path in lessons:
        for cell, stored in zip(read_lesson(drive / path.name).code, read_lesson(path).code):
            if not any(VIEW in output.get("data", {}) for output in cell.outputs):   # another ipywidgets, other words
                assert said(cell) == said(stored), f"{path.name}, cell {cell.index}"


def said(cell):
    """What a cell prints, in pieces or in one, and what its pictures and results say in words. What `plots.say` tells
    of this machine is not compared, as it is not by nbval."""
    outputs = [output for output in cell.outputs if output.output_type != "display_data" or "text/html" in output.data]
    return "".join(output.get("text") or output.data["text/plain"] for output in outputs)
