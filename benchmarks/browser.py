"""From the slider to the pixels, in Chromium: the explorer of lesson 02, live and baked, beside two usual ways.

`interact` with inline Matplotlib draws a new figure for every move; ipympl keeps one figure and sends its pixels. These
and the explorer show the same picture in one notebook in JupyterLab, with one kernel; the baked explorer shows it on a
page of the web site. All take turns in random order. Measured in the page: from the key that moves the slider to the
frame after the picture's last change.
"""

import random
import shutil
import statistics
import tempfile
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

from pages import baking
from tests.browser.driver import Notebook
from tests.browser.lab import jupyter_lab, launch

from . import harness

MOVES, WARM_UP = 60, 5
QUIET = 900   # milliseconds to wait for the last change of a move

SETTING = """
import numpy as np
from ipywidgets import FloatLogSlider, VBox, interact
from matplotlib.figure import Figure

from gradlib.explorers.lesson02 import BILL_RANGE, FLIPPER_RANGE, START, settings
from gradlib.explorers.lesson02_run import STEPS
from gradlib.plots import landscape

setting, _ = settings()

def axes_of(fig):
    valley, curve = fig.subplots(1, 2)
    landscape(valley, setting.X, setting.y, FLIPPER_RANGE, BILL_RANGE, 0.08 + np.geomspace(0.01, 30, 10))
    valley.plot(*START, "s")
    curve.set(xlim=(-1, STEPS + 1), ylim=(1e-6, 1e4), yscale="log")
    return valley, curve

def slider():
    return FloatLogSlider(value=0.02, min=-3, max=0.5, step=0.05, description="step size")
"""
CONTENDERS = {   # name: (the cell that shows it, what holds its picture)
    "explorer": ("from gradlib.explorers import step_size\nstep_size()", ".widget-gridbox"),
    "interact + inline": ("""
%matplotlib inline
from matplotlib import pyplot

@interact(step_size=slider())
def draw(step_size):
    run = setting.run(step_size)
    fig = pyplot.figure(figsize=(8, 4.4))
    valley, curve = axes_of(fig)
    valley.plot(*run.weights.T, "o-")
    curve.plot(setting.excess(run.weights), "o")
    curve.plot(setting.predicted_excess(step_size), "--")
    pyplot.show()
""", ".widget-output"),
    "ipympl": ("""
from ipympl.backend_nbagg import Canvas, FigureManager

fig = Figure(figsize=(8, 4.4))
canvas = Canvas(fig)
manager = FigureManager(canvas, 0)
valley, curve = axes_of(fig)
path, = valley.plot([], [], "o-")
measured, = curve.plot([], [], "o")
predicted, = curve.plot([], [], "--")
control = slider()

def move(change=None):
    run = setting.run(control.value)
    path.set_data(*run.weights.T)
    measured.set_data(range(len(run.weights)), setting.excess(run.weights))
    predicted.set_data(range(STEPS + 1), setting.predicted_excess(control.value))
    canvas.draw_idle()

control.observe(move, "value")
move()
VBox([control, canvas])
""", ".jupyter-matplotlib"),
}
WATCH = """
root => {
  const drawn = async () => {
    await Promise.all([...root.querySelectorAll('img')].map(picture => picture.decode().catch(() => null)));
    requestAnimationFrame(() => setTimeout(() => { window.shown = performance.now(); }));
  };
  new MutationObserver(drawn).observe(root, {subtree: true, childList: true, attributes: true});
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  if (root.querySelector('canvas')) {
    CanvasRenderingContext2D.prototype.drawImage = function (...given) { drawn(); return draw.apply(this, given); };
  }
  document.addEventListener('keydown', () => { window.pressed = performance.now(); window.shown = NaN; }, true);
}
"""


BAKED = "baked, on a page"


def main():
    """Open the notebook and the page, move all four sliders in turn, print the table."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, \
            launch(playwright) as browser, jupyter_lab(Path(folder)) as address, site(Path(folder, "site")) as baked:
        nbformat.write(notebook(), Path(folder) / "course" / "notebooks" / "benchmark.ipynb")
        page, reading = browser.new_page(viewport={"width": 1200, "height": 1900}), browser.new_page()
        reading.goto(baked)
        reading.locator("figure.explorer.moves").wait_for()
        lesson = Notebook(page, address.format("benchmark.ipynb"))
        lesson.run_all()
        print(report(measure(lesson, reading)))
        lesson.close()


@contextmanager
def site(folder):
    """The address of a page of the web site that holds nothing but the explorer."""
    explorer = baking.bake("step_size()")
    (folder / baking.FOLDER).mkdir(parents=True)
    (folder / explorer.file).write_bytes(explorer.data)
    for file in (Path(baking.__file__).with_name("style.css"), baking.TEMPLATES / "explorer.js"):
        shutil.copy(file, folder)
    (folder / "index.html").write_text(
        '<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><link rel="stylesheet" href="style.css">'
        f'<main>{explorer.html(up="", run="")}</main><script src="explorer.js"></script>', encoding="utf-8")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


def notebook():
    sources = SETTING, *(cell for cell, _ in CONTENDERS.values())
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in sources]
    return nbformat.v4.new_notebook(cells=cells, metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})


def measure(lesson, reading, seed=0):
    """{contender: [milliseconds per move]}, in random order within each round."""
    outputs = {name: lesson.cell(i).locator(".jp-OutputArea") for i, name in enumerate(CONTENDERS, start=1)}
    for name, (_, picture) in CONTENDERS.items():
        outputs[name].locator(picture).first.evaluate(WATCH)
    outputs[BAKED] = reading.locator("figure.explorer")
    outputs[BAKED].evaluate(WATCH)
    rng, times = random.Random(seed), {name: [] for name in outputs}
    for move in range(WARM_UP + MOVES):
        for name in rng.sample(list(outputs), len(outputs)):
            outputs[name].page.bring_to_front()
            outputs[name].get_by_role("slider").first.focus()
            outputs[name].page.keyboard.press("ArrowRight" if move % 40 < 20 else "ArrowLeft")
            outputs[name].page.wait_for_timeout(QUIET)
            times[name].append(outputs[name].page.evaluate("shown - pressed"))
    return {name: found[WARM_UP:] for name, found in times.items()}


def report(times):
    rows = [[name, statistics.median(found), statistics.quantiles(found, n=20)[-1],
             harness.ratio(times, name, "explorer")] for name, found in times.items()]
    return harness.markdown(["slider to pixels", "median, ms", "95th percentile, ms", "÷ explorer"], rows)
