"""The shortcuts end where the plain loops end."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradlib import calculus, data, descent, theory
from gradlib.descent import exact
from tests.test_theory import problem


def loop(X, y, w, step_size, epochs=1):
    """One step of batch size 1 after the other, as one writes it."""
    for _ in range(epochs):
        for x, target in zip(X, y):
            w = w - step_size * (x.dot(w) - target) * x
    return w


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 70), d=st.integers(1, 5), fraction=st.floats(0.01, 1.0))
def test_one_by_one_is_the_loop_after_every_step(seed, n, d, fraction):
    """n is the number of steps, so all n together ask for every step of a block and for blocks that are not full."""
    X, y, start = problem(seed, n, d)
    step_size = fraction / (X**2).sum(axis=1).max()
    run = descent.one_by_one(X, y, start, step_size, epochs=2)
    ends = [loop(X, y, start, step_size, epochs) for epochs in (0, 1, 2)]
    np.testing.assert_allclose(run.weights, ends, rtol=1e-12, atol=1e-12 * np.abs(ends).max())
    assert not run.diverged


def test_one_by_one_over_more_rows_than_are_prepared_together(monkeypatch):
    X, y, start = problem(1, 100)
    whole = descent.one_by_one(X, y, start, 0.02, 3).weights
    monkeypatch.setattr(exact, "TOGETHER", 32)
    np.testing.assert_array_equal(descent.one_by_one(X, y, start, 0.02, 3).weights, whole)


def test_one_by_one_with_steps_that_are_too_long():
    X, y, start = problem(2, 50)
    run = descent.one_by_one(X, y, start, 3.0, 10_000)
    assert run.diverged and len(run.weights) < 100
    np.testing.assert_allclose(descent.one_by_one(X, y, start, 3.0, 1).weights[1], loop(X, y, start, 3.0), rtol=1e-9)


def test_the_start_is_left_alone():
    X, y, start = problem(3)
    before = start.copy()
    run = descent.one_by_one(X, y, start, 0.1)
    run.weights[0] += 1
    np.testing.assert_array_equal(start, before)


@pytest.mark.parametrize("fraction", [0.3, 0.99, 1.05])
def test_descent_by_the_gram_matrix_is_gradient_descent(fraction):
    X, y, start = problem(4, n=50)
    step_size = fraction * theory.step_limit(X)
    for rule in (descent.SGD, descent.Momentum):
        plain = descent.descend(lambda w: calculus.linear_gradient(X, y, w), start, rule(step_size), 60).weights
        quick = descent.descend(descent.gram_gradient(X, y), start, rule(step_size), 60).weights
        np.testing.assert_allclose(quick, plain, rtol=1e-10, atol=1e-12 * np.abs(plain).max())


@pytest.mark.parametrize("n, d", [(1, 1), (1000, 3), (5000, 40), (1 << 16, 2)])
def test_the_blocked_gradient_is_the_gradient(n, d):
    X, y, w = problem(5, n, d)
    np.testing.assert_allclose(descent.blocked_gradient(X, y, w), calculus.linear_gradient(X, y, w),
                               rtol=1e-10, atol=1e-12)


def test_the_blocked_gradient_of_float32_is_float32():
    X, y, w = (array.astype("f4") for array in problem(5, 1000, 3))
    assert descent.blocked_gradient(X, y, w).dtype == np.float32


def test_bad_input():
    X, y = data.four_points()
    X[2, 1] = np.nan
    for call in (lambda: descent.blocked_gradient(X, y, [0, 0]), lambda: descent.gram_gradient(X, y),
                 lambda: descent.one_by_one(X, y, [0, 0], 0.1)):
        with pytest.raises(ValueError, match=r"X has 1 value that is not finite \(the first at \[2, 1\]\)"):
            call()
    X, y = data.four_points()
    for call in (lambda y: descent.blocked_gradient(X, y, [0, 0]), lambda y: descent.gram_gradient(X, y),
                 lambda y: descent.one_by_one(X, y, [0, 0], 0.1)):
        with pytest.raises(ValueError, match=r"y has shape \(4, 1\); expected \(4,\)\. Use y\.ravel\(\)"):
            call(y[:, None])
    with pytest.raises(ValueError, match=r"w has shape \(3,\); expected \(2,\)"):
        descent.blocked_gradient(X, y, [0, 0, 0])
    with pytest.raises(TypeError, match=r"step_size must be a positive number, got None"):
        descent.one_by_one(X, y, [0, 0], None)
    with pytest.raises(ValueError, match="epochs must be at least 0, got -1"):
        descent.one_by_one(X, y, [0, 0], 0.1, -1)
