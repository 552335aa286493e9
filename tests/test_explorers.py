"""Every explorer, at every stop of every control: no exception, no warning, few bytes, and a true sentence."""

import functools
import itertools
import re

import matplotlib.pyplot
import numpy as np
import psutil
import pytest

from gradlib import calculus, data, explorers, numeric, theory
from gradlib.explorers import lesson01, lesson02

NUMBER = r"(-?\d+\.?\d*(?:e[-+]?\d+)?)"
pytestmark = pytest.mark.filterwarnings("error")


def stops(control):
    """Every value that a control can take by hand."""
    if hasattr(control, "options"):
        return [value for _, value in control.options]
    if not hasattr(control, "step"):
        return [False, True]
    positions = control.min + control.step * np.arange(round((control.max - control.min) / control.step) + 1)
    positions = np.append(positions[positions <= control.max + 1e-9], control.max)
    return control.base**positions if hasattr(control, "base") else positions


@functools.cache
def sweep(name):
    """Every combination of stops, switches outermost: a list of (values, sentence, bytes sent)."""
    explorer = getattr(explorers, name)()
    controls = dict(sorted(explorer.controls.items(), key=lambda item: len(stops(item[1]))))
    seen = []
    for values in itertools.product(*map(stops, controls.values())):
        for control, value in zip(controls.values(), values):
            control.value = value
        now = {name: control.value for name, control in controls.items()}
        seen.append((now, explorer.sentence, len(explorer._layer.value) + len(explorer._words.value)))
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
def test_a_thousand_moves_leave_no_figure_and_no_memory(name):
    explorer = getattr(explorers, name)()
    control = next(iter(explorer.controls.values()))
    values = np.resize(stops(control), 1200)
    for value in values[:200]:   # first the caches fill
        control.value = value
    before = psutil.Process().memory_info().rss
    for value in values[200:]:
        control.value = value
    assert psutil.Process().memory_info().rss - before <= 2 * 2**20
    assert matplotlib.pyplot.get_fignums() == []


def test_two_roads_tells_the_truth():
    X, y = data.penguins("flipper")
    X, y = X - X.mean(), y - y.mean()
    for values, sentence, _ in sweep("two_roads"):
        w = [values["w"]]
        slope = numeric.complex_step(lambda w: calculus.linear_loss(X, y, w), w)[0]
        said_w, loss, by_calculus, by_backprop = numbers(
            "w = #: the loss is #. Its slope by calculus is #, by backprop #.", sentence)
        assert said_w == pytest.approx(w[0], abs=0.0051)
        assert loss == pytest.approx(calculus.linear_loss(X, y, w), abs=5.1e-5)
        assert by_calculus == by_backprop == pytest.approx(slope, abs=5.1e-10)
        assert ("larger w" in sentence) == (slope <= -0.01) and ("smaller w" in sentence) == (slope >= 0.01)


def test_line_and_landscape_tells_the_truth():
    X, y = data.penguins("flipper")
    both = calculus.add_ones(X - X.mean())
    for values, sentence, _ in sweep("line_and_landscape"):
        weights = np.array([values["w"], values["b"]])
        said_w, said_b, loss, dw, db = numbers(
            r"Weight #, bias #: the loss is #. The gradient is \(#, #\)", sentence)
        assert [said_w, said_b] == pytest.approx(weights, abs=0.0051)
        assert loss == pytest.approx(calculus.linear_loss(both, y, weights), abs=5.1e-5)
        slopes = numeric.complex_step(lambda w: calculus.linear_loss(both, y, w), weights)
        assert [dw, db] == pytest.approx(slopes, abs=5.1e-4)
        for words, slope in (("weight", slopes[0]), ("bias", slopes[1])):
            assert (f"raise the {words}" in sentence) == (slope <= -lesson01.FLAT)
            assert (f"lower the {words}" in sentence) == (slope >= lesson01.FLAT)


def test_the_gradient_arrow_stays_in_the_picture():
    X, y = data.penguins("flipper")
    X = X - X.mean()
    for w, b in itertools.product(lesson01.W_RANGE, lesson01.B_RANGE):
        (dw,), db = calculus.linear_gradient(X, y, [w], b)
        assert lesson01.W_VIEW[0] < w + lesson01.ARROW * dw < lesson01.W_VIEW[1]
        assert lesson01.B_VIEW[0] < b + lesson01.ARROW * db < lesson01.B_VIEW[1]


def test_step_size_tells_the_truth():
    X, y = data.penguins("flipper", "bill")
    X, y = X - X.mean(axis=0), y - y.mean()
    start = np.array([-0.5, 0.6])
    for values, sentence, _ in sweep("step_size"):
        features = X / X.std(axis=0) if values["standardise"] else X
        eta, limit = values["step_size"], theory.step_limit(features)
        said, fraction, said_limit = numbers("Step size #, # of the limit #:", sentence)
        assert [said, said_limit] == pytest.approx([eta, limit], rel=5.1e-3)
        assert fraction == pytest.approx(eta / limit, abs=0.0051)
        assert ("it leaves" in sentence) == (eta > limit)
        if eta > limit:
            measured, predicted = numbers("every step is # times the step before; predicted #.", sentence)
            assert measured == predicted == pytest.approx(theory.growth(features, eta), abs=5.1e-7)
        else:
            assert ("zigzags" in sentence) == (theory.growth(features, eta) < 0)
            excess = (theory.predicted_losses(features, y, start, eta, 40)[-1]
                      - calculus.linear_loss(features, y, calculus.least_squares(features, y)))
            if excess < 1e-10:
                assert sentence.endswith("is less than 1e-10 above the lowest; predicted less than 1e-10.")
            else:
                measured, predicted = numbers("the loss is # above the lowest; predicted #.", sentence)
                assert [measured, predicted] == pytest.approx([excess] * 2, rel=6e-4)


def test_measured_growth_equals_the_predicted_one_to_12_digits():
    for setting in lesson02.settings():
        limit = theory.step_limit(setting.X)
        for eta in limit * np.geomspace(1.001, 30, 40):
            assert lesson02.measured_growth(setting.run(eta), setting.X) == pytest.approx(
                theory.growth(setting.X, eta), rel=1e-12)
