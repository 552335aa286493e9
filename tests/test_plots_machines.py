"""The still pictures of lesson 11, and a sentence in the place of another."""

import numpy as np
import pytest

from gradlib import plots
from gradlib.cluster import PerStep

pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.usefixtures("foreign_settings")]


def test_every_layer_has_a_bar_as_long_as_its_tasks():
    ax, = plots.tasks([("X", 8), ("sum-partial", 2), ("truediv", 1)], "no graph").axes
    assert [bar.get_width() for bar in ax.patches] == [8, 2, 1]
    assert [text.get_text() for text in ax.texts] == ["8", "2", "1"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["X", "sum-partial", "truediv"]
    low, high = ax.get_ylim()
    assert low > high   # the first on top


def test_without_layers_that_is_said():
    ax, = plots.tasks([], "no graph").axes
    assert [text.get_text() for text in ax.texts] == ["no graph"] and not ax.patches
    plots.png(ax.figure)


def test_a_step_of_one_and_of_two_workers_cross_at_the_line_that_the_title_names():
    fig = plots.per_step(PerStep(13.6e-9, 0.025), 200_000, 0.03)
    ax, = fig.axes
    one, two, many, dot, crossing = ax.lines
    assert dot.get_xydata().tolist() == [[200_000, 0.03]]
    rows = crossing.get_xdata()[0]
    assert rows == pytest.approx(2 * 0.025 / 13.6e-9)
    for x, side in ((rows / 2, 1), (2 * rows, -1)):
        alone, shared = (np.interp(x, *line.get_xydata().T) for line in (one, two))
        assert np.sign(shared - alone) == side
    for line, name in ((one, "1 worker"), (two, "2 workers"), (many, "100 workers")):
        word, = [text for text in ax.texts if text.get_text() == name]
        assert word.xy == tuple(line.get_xydata()[-1]) and word.get_color() == line.get_color()
    x, y = many.get_xydata()[-1]
    assert y == pytest.approx(13.6e-9 * x / 100 + 0.025)
    assert ax.get_title(loc="left") == ("A million rows: 14 ms. Talk: 25 ms.\n"
                                        "Two workers pay from 3.7 million rows on.")


def test_predicted_floors_are_lines_and_measured_ones_dots():
    predicted = {"alike": [3e-4, 3e-4], "apart": [3e-4, 9e-4]}
    measured = {"alike": [2e-4, 4e-4], "apart": [3e-4, 8e-4]}
    ax, = plots.local_floors((1, 4), predicted, measured).axes
    for style, floors in (("--", predicted), ("None", measured)):
        assert [line.get_ydata().tolist() for line in ax.lines if line.get_linestyle() == style] == [*floors.values()]
    dots = [line for line in ax.lines if line.get_linestyle() == "None"]
    assert len({(line.get_marker(), line.get_markerfacecolor()) for line in dots}) == 2
    for name, dot in zip(predicted, dots):   # the name stands beside the last dot
        word, = [text for text in ax.texts if text.get_text() == name]
        assert word.xy == (4, predicted[name][-1]) and dot.get_xdata()[-1] == 4


class Shown(list):
    """What `display` was told, and its handle."""

    def __call__(self, bundle, raw, display_id):
        self.append(bundle["text/plain"])
        return self

    def update(self, bundle, raw):
        self.append(bundle["text/plain"])


def test_what_holds_here_takes_the_place_of_what_holds_everywhere(monkeypatch):
    shown = Shown()
    monkeypatch.setattr(plots, "display", shown)
    plots.say("Two workers.")
    assert shown == ["Two workers."]
    plots.say("Two workers.", "Two threads.")
    assert shown[1:] == ["Two workers.", "Two threads."]
