"""Numbers that stand in the prose of the lessons and that no cell prints: each is worked out here."""

import numpy as np
import pytest

from gradlib import autodiff, calculus, data, descent, theory
from gradlib.explorers import lesson02


@pytest.fixture
def birds():
    X, y = data.penguins("flipper")
    return calculus.add_ones(X - X.mean()), y


def test_lesson_01_the_broken_loss_says_0_56_and_the_truth_is_0_08(birds):
    X, y = birds
    p = X.dot(calculus.least_squares(X, y))
    assert round(np.mean((p - y[:, None]) ** 2) / 2, 2) == 0.56
    assert round(np.mean((p - y) ** 2) / 2, 2) == 0.08


def test_lesson_01_the_arrow_misses_the_way_from_the_middle_by_18_degrees(birds):
    X, y = birds
    here = np.array([0.1, 4.6])
    away, gradient = here - calculus.least_squares(X, y), calculus.linear_gradient(X, y, here)
    cosine = away.dot(gradient) / np.linalg.norm(away) / np.linalg.norm(gradient)
    assert round(np.degrees(np.arccos(cosine))) == 18


def test_lesson_02_the_flats_at_a_step_size_below_the_limit():
    X, y = data.flats()
    run = descent.gradient_descent(lambda w: calculus.linear_gradient(X, y, w), [0, 0], 0.0004, 1000)
    assert round(run.weights[-1, 1]) == 7 and round(calculus.least_squares(X, y)[1]) == 127
    assert 30_500 < theory.condition_number(X) < 31_500


def test_lesson_02_what_the_picture_shows():
    raw, scaled = lesson02.settings()
    stops = 10 ** (-3 + np.arange(70) / 20)
    zigzags = stops[[theory.growth(raw.X, eta) < 0 for eta in stops]]
    leaves = stops[[theory.growth(raw.X, eta) < -1 for eta in stops]]
    assert [f"{zigzags[0]:.3g}", f"{leaves[0]:.3g}"] == ["0.0355", "0.0708"]
    assert f"{raw.predicted_excess(lesson02.START_STEP)[-1]:.4f}" == "0.1073"
    assert f"{raw.predicted_excess(10**-1.4)[-1]:.3f}" == "0.018"
    assert scaled.predicted_excess(1.0)[20] < 1e-7
    assert round(np.corrcoef(raw.X.T)[0, 1], 2) == 0.66
    assert round(theory.condition_number(raw.X)) == 28


def test_lesson_02_the_best_step_keeps_its_promise():
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


def test_lesson_04_without_zeroing_a_second_walk_says_51():
    slopes = {"x": 15.0, "y": 6.0, "a": 3.0, "m": 1.0, "L": 1.0}
    local = [("L", "m", 1), ("L", "a", 1), ("m", "a", 2), ("m", "x", 6), ("a", "x", 3), ("a", "y", 2)]
    for result, operand, slope in local:
        slopes[operand] += slopes[result] * slope
    assert slopes["x"] == 51


def test_lesson_05_paths_edges_and_the_bound_for_cheap_steps():
    paths, edges = autodiff.layered([100] * 10 + [1])
    assert (paths, edges) == (10**20, 90_100) and paths / edges > 1e15
    assert 4 < autodiff.cost(lambda x: (x**x).sum(), np.full(100, 1.5)).ratio <= 5
