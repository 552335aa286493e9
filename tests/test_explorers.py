"""Every explorer, at every stop of every control: no exception, no warning, few bytes, and a true sentence."""

import functools
import itertools
import re

import matplotlib.pyplot
import numpy as np
import psutil
import pytest
from matplotlib.text import Text

from gradlib import explorers
from gradlib.explorers import lesson06_story, lesson07, lesson09, lesson10

NUMBER = r"(-?\d+\.?\d*(?:e[-+]?\d+)?)"
pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.usefixtures("foreign_settings")]


def stops(control):
    """Every value that a control can take by hand."""
    if hasattr(control, "options"):
        return [option[1] if isinstance(option, tuple) else option for option in control.options]
    if not hasattr(control, "step"):
        return [False, True]
    positions = control.min + control.step * np.arange(round((control.max - control.min) / control.step) + 1)
    positions = np.append(positions[positions < control.max - 1e-9], control.max)
    return control.base**positions if hasattr(control, "base") else positions


def settings(controls):
    """Every combination of stops; where they are too many, every stop of every control, and 80 combinations."""
    choices = list(map(stops, controls))
    if np.prod([len(choice) for choice in choices]) <= 1000:
        return itertools.product(*choices)
    begun = [control.value for control in controls]
    alone = [(*begun[:i], stop, *begun[i + 1:]) for i, choice in enumerate(choices) for stop in choice]
    rng = np.random.default_rng(0)
    return alone + [[choice[rng.integers(len(choice))] for choice in choices] for _ in range(80)]


@functools.cache
def sweep(name):
    """What happens at `settings`, switches outermost: a list of (values, sentence, bytes sent)."""
    explorer = getattr(explorers, name)()
    controls = dict(sorted(explorer.controls.items(), key=lambda item: len(stops(item[1]))))
    for control in controls.values():
        control.unobserve(explorer._move, "value")   # one move for each setting, not one for each of its values
    seen = []
    for values in settings(controls.values()):
        for control, value in zip(controls.values(), values):
            control.value = value
        explorer._move()
        now = {name: control.value for name, control in controls.items()}
        seen.append((now, explorer.sentence, len(explorer.layer.value) + len(explorer.words.value)))
    return seen


def numbers(pattern, sentence):
    found = re.search(pattern.replace("#", NUMBER), sentence.replace("−", "-"))
    assert found, sentence
    return [float(group) for group in found.groups()]


@pytest.mark.parametrize("name", explorers.__all__)
def test_messages_are_small_at_every_stop(name):
    assert max(sent for _, _, sent in sweep(name)) <= 10_000


@pytest.mark.parametrize("name", explorers.__all__)
def test_controls_have_names_and_a_still_picture_exists(name):
    explorer = getattr(explorers, name)()
    assert all(control.description for control in explorer.controls.values())
    bundle = explorer._repr_mimebundle_()
    assert len(bundle["image/png"]) * 3 / 4 <= 30_000
    assert bundle["text/plain"] == explorer.sentence and len(explorer.sentence) > 30


@pytest.mark.parametrize("name", explorers.__all__)
def test_no_title_label_or_note_is_cut_off_at_the_edge_of_the_picture(name):
    live = getattr(explorers, name)().live
    for fig in [page.figure for page in getattr(live, "pages", [live])]:
        for text in written(fig):
            box = text.get_window_extent()
            assert fig.bbox.padded(1).containsx(box.x0) and fig.bbox.padded(1).containsx(box.x1), text
            assert fig.bbox.padded(1).containsy(box.y0) and fig.bbox.padded(1).containsy(box.y1), text


def written(fig):
    """All texts that are seen, but for the numbers along the axes, which Matplotlib also keeps where none is shown."""
    numbers = {label for ax in fig.axes for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels(which="both")}
    return [text for text in set(fig.findobj(Text)) - numbers if text.get_visible() and text.get_text().strip()]


# In each of their moves hundreds of steps are computed: here fewer, by the same code.
SHORTER_RUNS = {"whose_gradient": (lesson06_story, "STEPS", 40), "training": (lesson07, "STEPS", 20),
                "optimizer_race": (lesson09, "STEPS", 15), "guesses": (lesson10, "BUDGET", 40)}


@pytest.mark.parametrize("name", explorers.__all__)
def test_hundreds_of_moves_leave_no_figure_and_no_memory(name, monkeypatch):
    if name in SHORTER_RUNS:
        monkeypatch.setattr(*SHORTER_RUNS[name])
    explorer = getattr(explorers, name)()
    control = next(iter(explorer.controls.values()))
    values = np.resize(stops(control), 350)
    for value in values[:100]:   # first the caches fill
        control.value = value
    before = psutil.Process().memory_info().rss
    for value in values[100:]:
        control.value = value
    assert psutil.Process().memory_info().rss - before <= 2**20
    assert matplotlib.pyplot.get_fignums() == []
