"""Numbers in the prose of lesson 02 that no cell prints."""

import numpy as np
import pytest

from gradlib import calculus, data, descent, theory
from gradlib.explorers import lesson02


def test_two_bowls_by_hand():
    one = descent.gradient_descent(lambda w: 4 * (w - 1), [0.0], 0.1, 2).weights[:, 0]
    assert one == pytest.approx([0, 0.4, 0.64]) and 4 * (one[1] - 1) == pytest.approx(-2.4)
    H = np.diag([1.0, 9.0])
    two = descent.gradient_descent(H.dot, [1.0, 1.0], 0.1, 1).weights[1]
    assert two == pytest.approx([0.9, 0.1])
    features = np.sqrt(2 * H)   # of two examples: then XᵀX / n is H
    assert theory.step_limit(features) == pytest.approx(2 / 9)


def test_the_flats_leave():
    X, y = data.flats()
    run = descent.gradient_descent(lambda w: calculus.linear_gradient(X, y, w), [0, 0], 0.0005, 1000)
    assert run.diverged and len(run.weights) - 1 == 149 and len(f"{run.weights[-1, 0]:.0f}") == 13
    assert abs(run.weights[-2]).max() < 1e12 < abs(run.weights[-1]).max()
    assert theory.eigenvalues(X)[-1] == pytest.approx(np.mean(X[:, 0] ** 2), rel=0.01)
    shrunk = theory.eigenvalues(X * [10, 1])[-1]
    assert shrunk / theory.eigenvalues(X)[-1] == pytest.approx(100, rel=0.01)


def test_a_start_without_a_part_along_the_steep_axis_comes_home_above_the_limit():
    X, y = data.four_points()
    axes, goal, eta = np.linalg.eigh(X.T.dot(X) / len(X))[1], calculus.least_squares(X, y), 1.1 * theory.step_limit(X)
    distances = [np.linalg.norm(theory.predicted_weights(X, y, goal + axis, eta, 20)[-1] - goal) for axis in axes.T]
    assert distances[0] < 1 < distances[1]


def test_the_flats_at_a_step_size_below_the_limit():
    X, y = data.flats()
    run = descent.gradient_descent(lambda w: calculus.linear_gradient(X, y, w), [0, 0], 0.0004, 1000)
    assert round(run.weights[-1, 1]) == 7 and round(calculus.least_squares(X, y)[1]) == 127
    assert 30_500 < theory.condition_number(X) < 31_500


def test_what_the_picture_shows():
    raw, scaled = lesson02.settings()
    stops = 10 ** (-3 + np.arange(70) / 20)
    zigzags = stops[[theory.growth(raw.X, eta) < 0 for eta in stops]]
    leaves = stops[[theory.growth(raw.X, eta) < -1 for eta in stops]]
    assert [f"{zigzags[0]:.3g}", f"{leaves[0]:.3g}"] == ["0.0355", "0.0708"]
    assert f"{leaves[1]:.3g}" == "0.0794"
    assert f"{raw.predicted_excess(lesson02.START_STEP)[-1]:.4f}" == "0.1073"
    assert f"{raw.predicted_excess(10**-1.4)[-1]:.3f}" == "0.018"
    assert scaled.predicted_excess(1.0)[20] < 1e-7
    assert round(np.corrcoef(raw.X.T)[0, 1], 2) == 0.66
    assert round(theory.condition_number(raw.X)) == 28


def test_the_best_step_keeps_its_promise():
    raw, _ = lesson02.settings()
    best, other = 10**-1.2, 10**-1.25
    assert best == pytest.approx(theory.best_step(raw.X), rel=1e-3)

    def distance(eta):
        weights = theory.predicted_weights(raw.X, raw.y, lesson02.START, eta, 40)
        return np.linalg.norm(weights[-1] - raw.goal)

    assert [f"{distance(best):.3f}", f"{distance(other):.3f}"] == ["0.066", "0.085"]
    ahead = (theory.predicted_losses(raw.X, raw.y, lesson02.START, best, 120)
             < theory.predicted_losses(raw.X, raw.y, lesson02.START, other, 120))
    assert not ahead[40] and not ahead[90] and ahead[100:].all()
