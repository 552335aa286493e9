"""JupyterLite with the whole course in it: the notebooks as they are, on a Python that runs in the browser.

The wheel of gradlib lies in the site and is among the packages that Pyodide loads while it starts, so `import
gradlib` simply works: no install cell, no file beside the notebook that a reader could lose, no service worker,
which private windows forbid. Python itself, NumPy and Matplotlib come from Pyodide's own network of servers.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import jupyter_server

from courseware.packages import Watch, pip, pip_settings, pip_variables
from courseware.places import FOLDER
from courseware.programs import run_quietly

from .lessons import all_lessons, linked_sources

PYODIDE = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full/pyodide.js"
WITH_PYODIDE = ["numpy", "matplotlib", "ssl", "sqlite3", "jedi", "ipython"]   # the last four: what the kernel asks for
FOR_THE_PAGE = ("jupyterlite_pyodide_kernel", "jupyterlab_widgets")
AS_INSTALLED = shutil.ignore_patterns("pyproject.toml", "build", "*.egg-info")
# Pyodide takes a relative address from where its worker's script lies: extensions/@jupyterlite/NAME/static/.
FROM_WORKER = "../../../../wheels/"
BROWSER = Path(__file__).with_name("requirements-browser.txt")
# Jupyter Notebook for the lessons, which fits on a phone, and what its menus and links lead to.
APPS = ("notebooks", "tree", "edit", "lab")
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
# All cells stay in the page: the browser's search finds them, and a screen reader reads on.
OVERRIDES = {"@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"}}


def write(target):
    """Build JupyterLite in the folder `target`."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for_page, for_python = wheels(work)
        write_contents(work / "contents")
        write_settings(work / "lite", for_python)
        extension = shutil.copytree(FOLDER / "labextension", work / "labextension", ignore=AS_INSTALLED)
        build(work, target, [*for_page, extension])
        (target / "wheels").mkdir()
        for wheel in for_python:
            shutil.copy(wheel, target / "wheels")
        # Asked for whenever a kernel is busy, and forgotten by JupyterLite.
        shutil.copytree(Path(jupyter_server.DEFAULT_STATIC_FILES_PATH, "favicons"), target / "static/favicons")


def wheels(work):
    """Make the wheel of gradlib and fetch the others: those for the page, and those for Python in the browser."""
    # Built from a copy: setuptools would leave its folder build/ here, and take old files from it the next time.
    source = work / "gradlib"
    shutil.copytree(FOLDER / "gradlib", source / "gradlib", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(FOLDER / name, source)
    settings = pip_settings()
    settings.pop("constraint", None)   # it is about this computer, and these go to the reader's
    run_quietly(pip("wheel", "--disable-pip-version-check", "--no-input", "--no-deps", "--progress-bar", "off",
                    "--wheel-dir", work / "wheels", "-r", BROWSER, source),
                on_line=Watch(), env=pip_variables(settings))
    made = sorted((work / "wheels").glob("*.whl"))
    for_page = [wheel for wheel in made if wheel.name.startswith(FOR_THE_PAGE)]
    return for_page, [wheel for wheel in made if wheel not in for_page]


def write_contents(folder):
    """What the reader finds in the file browser: the lessons, and the files that they link to."""
    for file in [lesson.path for lesson in all_lessons()] + [FOLDER / source for source in linked_sources()]:
        copy = folder / file.relative_to(FOLDER)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)


def write_settings(folder, for_python):
    """Tell JupyterLite its name, which Pyodide to start, and what that loads before the first cell."""
    packages = WITH_PYODIDE + [FROM_WORKER + wheel.name for wheel in for_python]
    kernel = {"pyodideUrl": PYODIDE, "loadPyodideOptions": {"packages": packages}}
    settings = {"appName": "One Gradient", "litePluginSettings": {KERNEL: kernel},
                "exposeAppInBrowser": True}   # for tests/site, which run the lessons by command
    folder.mkdir()
    for name, content in (("jupyter-lite.json", {"jupyter-lite-schema-version": 0, "jupyter-config-data": settings}),
                          ("overrides.json", OVERRIDES)):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


def build(work, target, extensions):
    """Run JupyterLite's own builder. Of what is installed beside it, it takes nothing into the site."""
    apps = [f"--LiteBuildConfig.apps={app}" for app in APPS]
    extensions = [f"--LiteBuildConfig.federated_extensions={extension}" for extension in extensions]
    run_quietly(
        [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(work / "lite"),
         "--output-dir", str(target), "--contents", str(work / "contents"), "--no-sourcemaps",
         "--no-unused-shared-packages", "--ignore-sys-prefix", *apps, *extensions],
        cwd=work, speaker="The builder of JupyterLite")
