"""The explorers of lessons 00, 01 and 02: what they say at every stop, worked out a second time."""

import itertools

import numpy as np
import pytest
from matplotlib.text import Text

from gradlib import calculus, data, explorers, numeric, plots, theory
from gradlib.explorers import lesson01, lesson02, lesson02_run
from gradlib.explorers.reader import Data

from .sentences import numbers
from .test_explorers import sweep

pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.usefixtures("foreign_settings")]


def birds(*features):
    X, y = data.penguins(*features)
    return X - X.mean(axis=0), y


def test_two_roads_tells_the_truth():
    X, y = birds("flipper")
    y = y - y.mean()
    for values, sentence, _ in sweep("two_roads"):
        w = [values["w"]]
        slope = numeric.complex_step(lambda w: calculus.linear_loss(X, y, w), w)[0]
        by_calculus, by_backprop, said_w, loss = numbers(
            "slope is # by calculus and # by backprop; .* At w = # the loss is #", sentence)
        assert "the difference is below 10⁻¹⁴" in sentence
        assert said_w == pytest.approx(w[0], abs=1e-9)
        assert loss == pytest.approx(calculus.linear_loss(X, y, w), rel=6e-4)
        assert by_calculus == by_backprop == pytest.approx(slope, abs=5.1e-10)
        assert ("larger w" in sentence) == (slope <= -0.01) and ("smaller w" in sentence) == (slope >= 0.01)
        assert ("Nearly level" in sentence) == (abs(slope) < 0.01)


def test_line_and_landscape_tells_the_truth():
    X, y = birds("flipper")
    both = calculus.add_ones(X)
    lowest = calculus.linear_loss(both, y, calculus.least_squares(both, y))
    for values, sentence, _ in sweep("line_and_landscape"):
        weights = np.array([values["w"], values["b"]])
        loss, said_lowest, said_w, said_b, dw, db = numbers(
            r"The loss is #, the lowest #\. The gradient at weight # and bias # is \(#, #\)", sentence)
        assert [said_w, said_b] == pytest.approx(weights, abs=1e-9)
        assert [loss, said_lowest] == pytest.approx([calculus.linear_loss(both, y, weights), lowest], rel=6e-4)
        slopes = numeric.complex_step(lambda w: calculus.linear_loss(both, y, w), weights)
        assert [dw, db] == pytest.approx(slopes, abs=5.1e-4)
        for word, slope in (("weight", slopes[0]), ("bias", slopes[1])):
            assert (f"raise the {word}" in sentence) == (slope < -0.03)
            assert (f"lower the {word}" in sentence) == (slope > 0.03)
            assert (f"The {word} is as good" in sentence) == (abs(slope) < 0.03 and max(abs(slopes)) > 0.03)
        assert ("nearly zero in both" in sentence) == (max(abs(slopes)) < 0.03)


def test_the_gradient_arrow_is_the_gradient_and_stays_in_the_picture():
    explorer = explorers.line_and_landscape()
    X, y = birds("flipper")
    arrow, name = explorer.live.moving[4:6]
    for w, b in itertools.product((-0.5, 0.1, 1.5), (3.2, 4.6, 5.2)):
        explorer.controls["w"].value, explorer.controls["b"].value = w, b
        (dw,), db = calculus.linear_gradient(X, y, [w], b)
        start, tip = arrow.axes.transData.inverted().transform(arrow.get_transform().transform(
            arrow.get_path().vertices))[[0, 2]]
        assert start == pytest.approx([w, b], abs=0.02) and (tip - start) @ [db, -dw] == pytest.approx(0, abs=0.02)
        for point in (np.array([w, b]) + 0.3 * np.array([dw, db]), name.get_position()):
            assert arrow.axes.get_xlim()[0] < point[0] < arrow.axes.get_xlim()[1]
            assert arrow.axes.get_ylim()[0] < point[1] < arrow.axes.get_ylim()[1]
    assert lesson01.setting(Data(*data.penguins("flipper"), ("x",), "y")).arrow == 0.3


def test_without_data_of_ones_own_they_show_the_lessons_ranges():
    w, = explorers.two_roads().controls.values()
    assert (w.min, w.max, w.step, w.value) == (-0.5, 1.5, 0.05, 0.2)
    w, b = explorers.line_and_landscape().controls.values()
    assert (w.min, w.max, w.step, w.value) == (-0.5, 1.5, 0.05, 0.1)
    assert (b.min, b.max, b.step, b.value) == (3.2, 5.2, 0.05, 4.6)
    eta = explorers.step_size().controls["step_size"]
    assert (eta.min, eta.max, eta.value) == (-3, 0.5, pytest.approx(0.02, rel=0.01))


def test_step_size_tells_the_truth():
    X, y = birds("flipper", "bill")
    y, start = y - y.mean(), np.array([-0.5, 0.6])
    for values, sentence, _ in sweep("step_size"):
        features = X / X.std(axis=0) if values["standardise"] else X
        eta, limit = float(f"{values['step_size']:.2g}"), theory.step_limit(features)
        said, fraction, said_limit = numbers(r"Step size # is # of the limit #\.$", sentence)
        assert [said, fraction, said_limit] == pytest.approx([eta, eta / limit, limit], rel=6e-3)
        assert ("It leaves" in sentence) == (eta > limit)
        if eta > limit:
            measured, predicted = numbers("each distance is measured # times the one before; predicted: #", sentence)
            assert measured == predicted == pytest.approx(1 - 2 * eta / limit, rel=1e-6)
        else:
            assert ("zigzags" in sentence) == (eta > limit / 2)
            excess = (theory.predicted_losses(features, y, start, eta, 40)[-1]
                      - calculus.linear_loss(features, y, calculus.least_squares(features, y)))
            measured, predicted = numbers("after 40 steps: # above the lowest loss; predicted: #", sentence)
            assert measured == predicted == pytest.approx(excess, rel=6e-4, abs=1.1e-10)


def test_measured_growth_equals_the_predicted_one_to_12_digits():
    for setting in lesson02.settings():
        limit = theory.step_limit(setting.X)
        for eta in limit * np.geomspace(1.001, 30, 40):
            assert lesson02_run.measured_growth(setting, setting.run(eta)) == pytest.approx(
                theory.growth(setting.X, eta), rel=1e-12)


def looks(live):
    """{colour: looks} of what moves, text apart: each colour has one meaning, and one look in each panel."""
    found = {}
    for artist in live.moving:
        if hasattr(artist, "get_marker"):
            found.setdefault(artist.get_color(), set()).add((artist.axes, artist.get_linestyle(), artist.get_marker()))
    return found


@pytest.mark.parametrize("name", ["two_roads", "line_and_landscape", "step_size"])
def test_every_moving_line_has_its_name_beside_it_in_its_colour(name):
    explorer = getattr(explorers, name)()
    for live in getattr(explorer.live, "pages", [explorer.live]):
        named = {text.get_color() for text in live.figure.findobj(Text) if text.get_text()}
        assert set(looks(live)) <= named | {plots.GREY}
        dashed = {colour for colour, seen in looks(live).items() for _, style, _ in seen if style == "--"}
        assert dashed <= {plots.BLACK, plots.VERMILLION}   # what is predicted, and a tangent


def boxes(explorer, **values):
    """{words: their box} of the right panel, in pixels, and the box of that panel."""
    explorer.frame(**values)
    axes = explorer.live.figure.axes[1]
    return {text.get_text().strip(): text.get_window_extent() for text in axes.texts if text.get_visible()
            and text.get_text()}, axes.get_window_extent()


def test_names_stay_in_sight_and_hide_nothing():
    roads = explorers.two_roads()
    for w, _ in roads.stops("w"):
        words, panel = boxes(roads, w=w)
        for name in ("guess", "slope"):
            assert panel.x0 - 1 <= words[name].x0 and words[name].x1 <= panel.x1 + 1, (w, name)
    landscape = explorers.line_and_landscape()
    point = landscape.live.moving[6]
    for w, b in itertools.product((-0.5, 0.1, 1.5), (3.2, 4.6, 5.2)):
        words, _ = boxes(landscape, w=w, b=b)
        assert min(abs(point.axes.transData.transform([w, b])[1] - np.array(words["line"].intervaly))) > 2
    steps = explorers.step_size()
    for eta, _ in steps.stops("step_size"):
        words, _ = boxes(steps, step_size=eta, standardise=False)
        assert not words["measured"].overlaps(words["predicted"]), eta


def test_what_lies_on_a_line_has_no_loss_but_rounding():
    assert "the lowest zero but for rounding." in explorers.line_and_landscape([1, 2], [5000.1, -3.3]).sentence


def test_drags_move_what_they_lie_on():
    for name, x, y in (("two_roads", "w", None), ("line_and_landscape", "w", "b"), ("step_size", "step_size", None)):
        drag, = getattr(explorers, name)().drags
        assert (drag.x, drag.y) == (x, y)
