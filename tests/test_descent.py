"""Gradient descent: the walk itself, its ends, and bad input."""

import numpy as np
import pytest

from gradlib import calculus, data, descent, theory


def slope_of(X, y):
    return lambda w: calculus.linear_gradient(X, y, w)


def test_two_steps_by_hand():
    run = descent.gradient_descent(lambda w: 4 * (w - 1), [0], 0.1, 2)
    np.testing.assert_allclose(run.weights, [[0], [0.4], [0.64]])
    assert not run.diverged


def test_no_steps_is_only_the_start():
    run = descent.gradient_descent(np.negative, [1, 2], 0.1, 0)
    np.testing.assert_array_equal(run.weights, [[1, 2]])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("step_size", [1.001, 2, 1e6, 1e300])
def test_divergence_is_a_result_and_not_a_warning(step_size):
    X, y = data.four_points()
    run = descent.gradient_descent(slope_of(X, y), [0, 0], step_size * theory.step_limit(X), 100_000)
    assert run.diverged and len(run.weights) < 100_000


def test_a_gradient_that_is_nan_ends_the_run():
    run = descent.gradient_descent(lambda w: w * np.nan, [1.0], 0.1, 10)
    assert run.diverged and len(run.weights) == 2


def test_growth_of_a_diverging_run_is_the_predicted_one_to_12_digits():
    X, y = data.flats()
    moves = np.diff(descent.gradient_descent(slope_of(X, y), [0, 0], 5e-4, 1000).weights[:, 0])
    assert moves[-1] / moves[-2] == pytest.approx(theory.growth(X, 5e-4), rel=1e-12)


def test_the_start_is_left_alone():
    start = np.array([1.0, 2.0])
    descent.gradient_descent(np.copy, start, 0.5, 3)
    np.testing.assert_array_equal(start, [1, 2])


@pytest.mark.parametrize("step_size, kind, sentence", [
    (-0.1, ValueError, "step_size must be a positive number, got -0.1."),
    (0, ValueError, "step_size must be a positive number, got 0."),
    (np.nan, ValueError, "step_size must be a positive number, got nan."),
    (np.inf, ValueError, "step_size must be a positive number, got inf."),
    ([0.1], TypeError, "step_size must be a positive number, got [0.1] (list)."),
    (None, TypeError, "step_size must be a positive number, got None (NoneType)."),
    ("0.1", TypeError, "step_size must be a positive number, got '0.1' (str)."),
    (True, TypeError, "step_size must be a positive number, got True (bool)."),
])
def test_bad_step_sizes(step_size, kind, sentence):
    with pytest.raises(kind) as caught:
        descent.gradient_descent(np.copy, [1.0], step_size, 3)
    assert str(caught.value) == sentence


def test_other_bad_input():
    with pytest.raises(TypeError, match=r"steps must be a whole number, got 2\.5 \(float\)\."):
        descent.gradient_descent(np.copy, [1.0], 0.1, 2.5)
    with pytest.raises(ValueError, match="steps must be at least 0, got -1"):
        descent.gradient_descent(np.copy, [1.0], 0.1, -1)
    with pytest.raises(ValueError, match=r"the gradient has shape \(1, 2\); expected \(2,\), the shape of the weights"):
        descent.gradient_descent(lambda w: w[None], [1.0, 2.0], 0.1, 1)
    with pytest.raises(ValueError, match="start has 1 value that is not finite"):
        descent.gradient_descent(np.copy, [np.nan], 0.1, 1)
