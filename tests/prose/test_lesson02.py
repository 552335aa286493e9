"""Numbers in the prose of lesson 02 that no cell prints."""

import numpy as np
import pytest

from gradlib import calculus, data, descent, theory
from gradlib.explorers import lesson02


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
