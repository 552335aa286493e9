"""Predictions against runs, and against each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradlib import calculus, data, descent, theory


def problem(seed, n=9, d=3):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, d)) * rng.uniform(0.2, 3, d), rng.standard_normal(n), rng.standard_normal(d)


def run(X, y, start, step_size, steps, loss="half_mse"):
    return descent.gradient_descent(lambda w: calculus.linear_gradient(X, y, w, loss=loss), start, step_size, steps)


def test_four_points_digit_for_digit():
    X, _ = data.four_points()
    np.testing.assert_allclose(theory.eigenvalues(X), [(4.5 - 15.25**0.5) / 2, (4.5 + 15.25**0.5) / 2], rtol=1e-14)
    assert theory.step_limit(X) == pytest.approx(0.475900, abs=5e-7)
    assert theory.best_step(X) == pytest.approx(2 / 4.5, rel=1e-14)


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), fraction=st.floats(0.01, 1.3), loss=st.sampled_from(sorted(calculus.CONSTANTS)))
def test_predicted_weights_and_losses_are_those_of_the_run(seed, fraction, loss):
    X, y, start = problem(seed)
    step_size = fraction * theory.step_limit(X, loss)
    weights = run(X, y, start, step_size, 25, loss).weights
    scale = np.abs(weights).max()
    predicted = theory.predicted_weights(X, y, start, step_size, 25, loss)
    np.testing.assert_allclose(weights, predicted, rtol=1e-9, atol=1e-11 * scale)
    losses = [calculus.linear_loss(X, y, w, loss=loss) for w in weights]
    np.testing.assert_allclose(theory.predicted_losses(X, y, start, step_size, 25, loss), losses, rtol=1e-9)


@pytest.mark.parametrize("loss", calculus.CONSTANTS)
def test_the_limit_separates_coming_home_from_leaving(loss):
    for seed in range(10):
        X, y, start = problem(seed)
        goal, limit = calculus.least_squares(X, y), theory.step_limit(X, loss)
        away = [np.linalg.norm(run(X, y, start, factor * limit, 4000, loss).weights[-1] - goal)
                for factor in (0.99, 1.01)]
        assert away[0] < 1e-3 * np.linalg.norm(start - goal) < away[1]


def test_no_other_step_size_has_a_better_worst_factor():
    X, _, _ = problem(3)
    curvatures = theory.eigenvalues(X)

    def worst(step_size):
        return np.abs(1 - step_size * curvatures).max()

    assert worst(theory.best_step(X)) == pytest.approx(theory.best_rate(X), rel=1e-13)
    for step_size in np.linspace(0.01, 2, 400) * theory.best_step(X):
        assert worst(step_size) >= theory.best_rate(X) - 1e-14


def test_rank_deficient_features_keep_what_the_data_cannot_move():
    X = np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]])
    y, start = np.array([1.0, 2.0, 4.0]), np.array([1.0, -2.0])
    weights = run(X, y, start, 0.05, 30).weights
    np.testing.assert_allclose(theory.predicted_weights(X, y, start, 0.05, 30), weights, atol=1e-12)


def test_growth_and_the_steepest_axis():
    X, y, start = problem(5)
    axis, step_size = theory.steepest_axis(X), 1.2 * theory.step_limit(X)
    along = np.diff(run(X, y, start, step_size, 10).weights.dot(axis))
    np.testing.assert_allclose(along[1:] / along[:-1], theory.growth(X, step_size), rtol=1e-9)


def test_standardised_isotropic_features_are_home_in_one_step():
    X, y = data.flats()
    X = np.column_stack([(X[:, 0] - X[:, 0].mean()) / X[:, 0].std(), X[:, 1]])
    assert theory.condition_number(X) == pytest.approx(1, rel=1e-12)
    np.testing.assert_allclose(run(X, y, [5, -3], 1.0, 1).weights[1], calculus.least_squares(X, y), rtol=1e-12)


def test_a_prediction_beyond_the_largest_float_is_inf_without_a_warning():
    X, y = data.four_points()
    assert theory.predicted_losses(X, y, [0, 0], 100.0, 1000)[-1] == np.inf


def test_bad_input():
    X, y = data.four_points()
    with pytest.raises(ValueError, match=r"step_size must be a positive number, got -0\.1\."):
        theory.growth(X, -0.1)
    with pytest.raises(ValueError, match=r"start has shape \(3,\); expected \(2,\)\."):
        theory.predicted_weights(X, y, [0, 0, 0], 0.1, 5)


@pytest.mark.filterwarnings("error")
def test_flat_directions_and_nothing_but_zeros_are_answered_by_infinity():
    X = np.column_stack([np.arange(5.0), np.arange(5.0), np.ones(5)])    # a feature that comes twice
    assert theory.eigenvalues(X)[0] >= 0
    assert theory.condition_number(X) > 1e14 and theory.best_rate(X) == pytest.approx(1)
    assert theory.step_limit(np.zeros((3, 2))) == theory.best_step(np.zeros((3, 2))) == np.inf
