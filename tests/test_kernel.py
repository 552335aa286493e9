"""A cell that is run too early: one sentence in a kernel of the course, and the usual traceback for everything else."""

import ast
import shutil
import sys
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from gradlib import explorers, kernel

from .notebooks.lesson import lesson_paths, read_lesson
from .patience import HANGING

SETTINGS = Path(__file__).parents[1] / "binder" / "ipython_kernel_config.py"


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What a cell shows if it fails, in a kernel that starts with the settings of the course's environments."""
    profile = tmp_path_factory.mktemp("ipython") / "profile_default"
    profile.mkdir()
    shutil.copy(SETTINGS, profile)
    manager, client = start_new_kernel(extra_arguments=[f"--ipython-dir={profile.parent}"])

    def run(code):
        reply = client.execute_interactive(code, output_hook=lambda message: None, timeout=HANGING)["content"]
        return "\n".join(reply.get("traceback", []))

    yield run
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("cell", ["two_roads()", "exercises.slope.check(slope)", "print(np.pi)",
                                  "def f():\n    return np.pi\nf()"])
def test_before_the_imports(said, cell):
    assert said(cell).endswith("Run the first code cell of this lesson, then this one again.")


def test_a_check_before_its_exercise(said):
    assert said("from gradlib.exercises import lesson00 as exercises") == ""
    shown = said("exercises.error.check(not_there)")
    assert shown.startswith("There is no `not_there` yet. Run the cell of the exercise") and "Traceback" not in shown


@pytest.mark.parametrize("cell", ["not_there + 1", "def g():\n    x += x\ng()", "1 / 0"])
def test_any_other_error_keeps_its_traceback(said, cell):
    shown = said(cell)
    assert "Traceback" in shown and "Error" in shown and "this lesson" not in shown


def test_every_import_of_a_lesson_is_known():
    for path in lesson_paths():
        for cell in read_lesson(path).code:
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, (ast.Import, ast.ImportFrom)):
                    names = {alias.asname or alias.name for alias in node.names} - {"sys", "ready"}
                    assert names <= kernel.IMPORTED | set(explorers.__all__), path.name


def test_without_a_kernel_nothing_happens():
    kernel.load()
    assert sys.excepthook is sys.__excepthook__


def test_another_explanation_is_left_alone():
    class Shell:
        custom_exceptions = (KeyError,)

    kernel.load_ipython_extension(Shell())   # or it would call what this shell does not have
