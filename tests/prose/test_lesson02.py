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
    stops = [float(f"{stop:.2g}") for stop in 10 ** (-3 + np.arange(71) / 20)]
    zigzags = [eta for eta in stops if theory.growth(raw.X, eta) < 0]
    leaves = [eta for eta in stops if theory.growth(raw.X, eta) < -1]
    assert (zigzags[0], leaves[:2]) == (0.035, [0.071, 0.079])
    assert f"{raw.predicted_excess(0.02)[-1]:.4f}" == "0.1068"
    assert f"{raw.predicted_excess(0.04)[-1]:.3f}" == "0.018"
    assert scaled.predicted_excess(1.0)[20] < 1e-7
    assert round(np.corrcoef(raw.X.T)[0, 1], 2) == 0.66
    assert round(theory.condition_number(raw.X)) == 28


def test_the_best_step_keeps_its_promise():
    raw, _ = lesson02.settings()
    best, other = 0.063, 0.056
    assert f"{theory.best_step(raw.X):.3g}" == "0.0631"

    def distance(eta):
        weights = theory.predicted_weights(raw.X, raw.y, lesson02.START, eta, 40)
        return np.linalg.norm(weights[-1] - raw.goal)

    assert [f"{distance(best):.3f}", f"{distance(other):.3f}"] == ["0.065", "0.086"]
    ahead = (theory.predicted_losses(raw.X, raw.y, lesson02.START, best, 120)
             < theory.predicted_losses(raw.X, raw.y, lesson02.START, other, 120))
    assert not ahead[40:76].any() and ahead[76:].all()
