"""Strict nbval passes what is right and turns red when an output or a formula is broken.

The lessons themselves are run by `pytest --nbval notebooks`; here copies are broken on purpose.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbval.plugin import get_sanitize_patterns

from ..patience import HANGING
from .lesson import lesson_paths

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "tests" / "nbval.cfg"

# The gradient of another loss: twice as long.  It stands at the end of a copy of gradlib/calculus.py.
WRONG_FORMULA = """

_right_gradient = linear_gradient


def linear_gradient(*args, **options):
    found = _right_gradient(*args, **options)
    return tuple(2 * part for part in found) if isinstance(found, tuple) else 2 * found
"""

WITHOUT_DASK = "import sys\nsys.modules['dask'] = sys.modules['distributed'] = None\n"   # a sitecustomize.py


def strict(*notebooks: Path, path: Path | None = None) -> subprocess.CompletedProcess:
    """Strict nbval on the notebooks, with the settings of the project.  `path`: where Python looks first."""
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-q"]
    command += ["-p", "no:cacheprovider", "-p", "nbval.plugin"]
    options = ["--nbval", "--nbval-sanitize-with", SETTINGS, "--nbval-cell-timeout", str(HANGING)]
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # starts faster
    if path:
        environment["PYTHONPATH"] = str(path)
    return subprocess.run([*command, *options, *notebooks], env=environment, capture_output=True, encoding="utf-8")


def break_output(notebook: Path) -> None:
    """Another first digit in the first printed output."""
    content = nbformat.read(notebook, as_version=4)
    printed = [output for cell in content.cells for output in cell.get("outputs", []) if "text" in output]
    output = next(output for output in printed if re.search(r"\d", output.text))
    output.text = re.sub(r"\d", lambda digit: str((int(digit.group()) + 1) % 10), output.text, count=1)
    nbformat.write(content, notebook)


def break_formula(folder: Path) -> None:
    """A copy of gradlib with a wrong gradient."""
    shutil.copytree(ROOT / "gradlib", folder / "gradlib")
    with (folder / "gradlib" / "calculus.py").open("a") as calculus:
        calculus.write(WRONG_FORMULA)


@pytest.fixture(scope="module")
def runs(tmp_path_factory, stored_sample):
    """Strict nbval on two copies of lesson 01 with one thing broken, the first beside the sample, which is right."""
    lesson = next((path for path in lesson_paths() if path.name.startswith("01")), None)
    assert lesson, "notebooks/ holds no lesson 01, which these tests break on purpose"
    output, formula = (Path(shutil.copy(lesson, tmp_path_factory.mktemp(state))) for state in ("output", "formula"))
    break_output(output)
    break_formula(formula.parent)
    with ThreadPoolExecutor(2) as pool:
        started = {"output": pool.submit(strict, stored_sample, output),
                   "formula": pool.submit(strict, formula, path=formula.parent)}
        return {state: run.result() for state, run in started.items()}


def test_one_broken_output_turns_one_cell_red_and_what_is_right_passes(runs):
    """The explorers too: stored without their widget views, compared without a marker."""
    assert runs["output"].returncode == 1, runs["output"].stdout
    assert "Cell outputs differ" in runs["output"].stdout
    assert re.search(r"^1 failed, \d\d passed", runs["output"].stdout, re.M), runs["output"].stdout


def test_one_broken_formula_turns_red(runs):
    assert runs["formula"].returncode == 1, runs["formula"].stdout
    assert "Cell outputs differ" in runs["formula"].stdout


def test_nobody_needs_to_name_the_settings(pytestconfig):
    """`pytest --nbval notebooks` is enough: the conftest.py at the top names them."""
    assert SETTINGS.samefile(pytestconfig.option.nbval_sanitize_with)


def test_only_the_bytes_of_embedded_pictures_are_overlooked():
    text = SETTINGS.read_bytes().decode("ascii")  # nbval reads it in the encoding of the machine
    (panels, picture), (regex, blank) = get_sanitize_patterns(text)
    both = '<div class="gradlib-picture" style="x"><div style="y"><img alt="A line."></div></div><figcaption>A line.'
    assert re.sub(panels, picture, both) == "picture<figcaption>A line."
    html = '<figure><img alt="{}" src="data:image/png;base64,{}"><figcaption>{}</figcaption></figure>'
    stored = re.sub(regex, blank, html.format("A line.", "iVBORw0KGgo+/aB==", "A line."))
    assert stored == re.sub(regex, blank, html.format("A line.", "iVBORw0KGgoAAAA", "A line."))
    assert stored != re.sub(regex, blank, html.format("A curve.", "iVBORw0KGgo+/aB==", "A line."))
    assert stored != re.sub(regex, blank, html.format("A line.", "iVBORw0KGgo+/aB==", "A curve."))


@pytest.mark.slow
def test_lesson_11_says_the_same_without_dask(tmp_path):
    """As in JupyterLite, and for readers who have not installed it."""
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_DASK, encoding="ascii")
    asked = subprocess.run([sys.executable, "-c", "from gradlib import cluster; print(cluster.installed())"],
                           env={**os.environ, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "False"
    run = strict(*(path for path in lesson_paths() if path.name.startswith("11")), path=tmp_path)
    assert run.returncode == 0 and re.search(r"^\d\d passed", run.stdout, re.M), run.stdout
