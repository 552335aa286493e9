"""Numbers in the prose of lesson 00 that no cell prints."""

import numpy as np

from gradlib import calculus, data
from gradlib.explorers import lesson00, two_roads


def test_one_bird_by_hand():
    before, after = ((w * 2 - 1) ** 2 / 2 for w in (0.3, 0.31))
    assert [f"{loss:.4f}" for loss in (before, after, before - after)] == ["0.0800", "0.0722", "0.0078"]
    assert f"{(after - before) / 0.01:.1f}" == "-0.8"


def test_what_the_picture_shows():
    X, y = data.penguins("flipper")
    X, y = X - X.mean(), y - y.mean()
    for w, printed in ((0.2, "-0.585261713"), (0.9, "0.794813686")):
        by_calculus, by_backprop = lesson00.slopes(X[:, 0], y, w)
        assert f"{by_calculus:.9f}" == f"{by_backprop:.9f}" == printed
        assert abs(by_calculus - by_backprop) < 1e-14
    assert abs(lesson00.slopes(X[:, 0], y, 0.5)[0]) < 0.01
    assert f"{calculus.least_squares(X, y)[0]:.1f}" == "0.5"
    assert "the difference is below 10⁻¹⁴." in two_roads().sentence


def test_the_slope_reaches_11_high_up_in_the_valley():
    X, y = data.penguins("flipper")
    X, y = X - X.mean(), y - y.mean()
    guesses = np.random.default_rng(0).uniform(-5, 5, size=(1000, 1))
    assert round(max(abs(calculus.linear_gradient(X, y, w)[0]) for w in guesses)) == 11


def test_the_best_line_runs_through_the_point_of_the_averages():
    X, y = data.penguins("flipper")
    slope, constant = calculus.least_squares(calculus.add_ones(X), y)
    assert np.isclose(slope * X.mean() + constant, y.mean())
