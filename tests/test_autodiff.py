"""The first backprop: every operation against complex step, shared values, depth, broadcasting, and refusals."""

import numpy as np
import pytest

from gradlib import calculus, numeric
from gradlib.autodiff import Var, backward, value_and_grad

A, V, C = np.array([[0.7, -1.3], [2.1, 0.4], [-0.6, 1.9]]), np.array([1.1, -0.8]), np.array([0.5, 1.7, -2.2])
W = np.array([[0.3, -1.1, 0.8], [1.4, 0.2, -0.5]])

FUNCTIONS = {
    "add": lambda w: (w + C + w).sum(),
    "constants on either side": lambda w: (2 - w + (3 * w) / 4 - w * C).mean(),
    "divide": lambda w: (1 / w + C / w + w / C).sum(),
    "square and negate": lambda w: (-(w**2)).sum(),
    "a value used twice": lambda w: (w * w * w).sum(),
    "diamond": lambda w: ((w + w) * (w * C) + (w + w)).mean(),
    "vector dot vector": lambda w: w.dot(C) * w.dot(w),
    "matrix times vector": lambda w: ((A.T @ w) ** 2).sum(),
    "vector times matrix": lambda w: ((w @ A) ** 2).sum(),
    "broadcasting a vector over rows": lambda w: ((W * w + w) ** 2).sum(),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_operation_agrees_with_complex_step(name):
    w = np.array([0.9, -1.6, 0.35])
    value, gradient = value_and_grad(FUNCTIONS[name])(w)
    assert value == pytest.approx(FUNCTIONS[name](w), rel=1e-14)
    np.testing.assert_allclose(gradient, numeric.complex_step(FUNCTIONS[name], w), rtol=1e-12)


@pytest.mark.parametrize("f", [
    lambda M: ((A @ M) ** 2).sum(),
    lambda M: ((M @ A) ** 2).mean(),
    lambda M: ((M @ C) ** 2).sum(),
    lambda M: ((V @ M) ** 2).sum(),
    lambda M: (M * C + V[:, None]).mean() * M.sum(),
])
def test_matrices(f):
    np.testing.assert_allclose(value_and_grad(f)(W)[1], numeric.complex_step(f, W), rtol=1e-12)


def test_a_number_that_was_stretched_gets_one_slope():
    f = lambda b: ((A + b) ** 2).mean()   # noqa: E731
    assert value_and_grad(f)(0.4)[1] == pytest.approx(numeric.complex_step(f, 0.4), rel=1e-13)


def test_linear_regression_is_the_formula():
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((50, 4)), rng.standard_normal(50), rng.standard_normal(4)
    loss, gradient = value_and_grad(lambda w: ((X @ w - y) ** 2).mean() / 2)(w)
    assert loss == pytest.approx(calculus.linear_loss(X, y, w), rel=1e-14)
    np.testing.assert_allclose(gradient, calculus.linear_gradient(X, y, w), rtol=1e-12)


def test_two_variables_and_a_second_backward():
    x, y = Var(np.float64(3.0)), Var(np.float64(4.0))
    out = x * y + x
    for _ in range(2):
        backward(out)
        assert (x.grad, y.grad) == (5, 3)


def test_a_long_chain_needs_no_recursion():
    def chain(w):
        for _ in range(100_000):
            w = w + 0.0
        return w
    assert value_and_grad(chain)(1.0)[1] == 1


def test_what_the_loss_does_not_use_has_slope_zero():
    np.testing.assert_array_equal(value_and_grad(lambda w: Var(np.float64(1.0)))(np.ones((2, 3)))[1], np.zeros((2, 3)))


def test_what_is_not_supported_says_so():
    with pytest.raises(TypeError, match=r"np\.arcsin has no rule for a Var\. There are rules for absolute, add,"):
        value_and_grad(np.arcsin)(0.5)
    with pytest.raises(TypeError, match=r"np\.sort has no rule for a Var"):
        value_and_grad(lambda w: np.sort(w)[0])(np.ones(3))
    with pytest.raises(ValueError, match=r"backward starts from one number, got an array of shape \(3,\)"):
        value_and_grad(lambda w: w * 2)(np.ones(3))
    with pytest.raises(TypeError, match=r"Write X @ w instead of X\.dot\(w\)"):
        value_and_grad(lambda w: A.T.dot(w))(np.ones(3))
