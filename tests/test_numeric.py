"""Finite differences and complex step: what they get right, and by how much they miss, as theory says."""

import numpy as np
import pytest

from gradlib import calculus, data, numeric


def squire_trapp(x):
    return np.exp(x) / np.sqrt(np.sin(x) ** 3 + np.cos(x) ** 3)


SLOPE_AT_1_5 = 4.0534278938986206577   # Squire and Trapp 1998


def test_complex_step_keeps_every_digit_whatever_the_nudge():
    for h in (1e-8, 1e-30, 1e-300):
        assert numeric.complex_step(squire_trapp, 1.5, h) == pytest.approx(SLOPE_AT_1_5, rel=1e-15)


def test_differences_come_as_close_as_their_order_allows():
    assert numeric.central_difference(squire_trapp, 1.5) == pytest.approx(SLOPE_AT_1_5, rel=1e-9)
    assert numeric.forward_difference(squire_trapp, 1.5) == pytest.approx(SLOPE_AT_1_5, rel=1e-6)


def test_central_difference_of_a_cubic_misses_by_h_squared():
    for h in (0.5, 0.1):
        assert numeric.central_difference(lambda x: x**3, 2.0, h) == pytest.approx(12 + h**2, rel=1e-12)


def test_on_a_quadratic_the_central_difference_is_exact_and_the_forward_one_misses_by_half_the_curvature():
    X, y = data.four_points()
    w, gradient = np.array([0.3, -0.7]), calculus.linear_gradient(X, y, [0.3, -0.7])

    def loss(w):
        return calculus.linear_loss(X, y, w)

    for h in (1, 0.1, 0.001):
        np.testing.assert_allclose(numeric.central_difference(loss, w, h), gradient, rtol=1e-11)
        bias = h / 2 * np.diag(calculus.linear_hessian(X))
        np.testing.assert_allclose(numeric.forward_difference(loss, w, h), gradient + bias, rtol=1e-11)


def test_any_shape_comes_back():
    x = np.arange(1.0, 7).reshape(2, 3)
    for method in (numeric.forward_difference, numeric.central_difference, numeric.complex_step):
        np.testing.assert_allclose(method(lambda x: (x**2).sum(), x), 2 * x, rtol=1e-6)
        assert isinstance(method(lambda x: x**2, 3), float)


def test_check_gradient_accepts_the_right_one_and_measures_a_wrong_one():
    x = np.array([0.3, -1.2, 2.0])

    def f(x):
        return np.sin(x).sum()

    assert numeric.check_gradient(f, np.cos, x).agrees
    assert numeric.check_gradient(f, np.cos(x), x).agrees
    wrong = numeric.check_gradient(f, lambda x: 1.01 * np.cos(x), x)
    assert not wrong.agrees and wrong.claimed == pytest.approx(1.01 * wrong.measured, rel=1e-6)
    assert str(wrong).startswith("The gradient differs from the nudge: claimed slope")


def test_check_gradient_is_not_fooled_by_one_wrong_component_of_a_hundred():
    x = np.random.default_rng(1).standard_normal(100)
    gradient = np.cos(x)
    gradient[57] += 0.01
    assert not numeric.check_gradient(lambda x: np.sin(x).sum(), gradient, x).agrees


def test_bad_input():
    with pytest.raises(ValueError, match=r"h must be a positive number, got 0\."):
        numeric.central_difference(np.sin, 1.0, h=0)
    with pytest.raises(ValueError, match="x has the value nan, which is not finite"):
        numeric.complex_step(np.sin, np.nan)
    with pytest.raises(ValueError, match=r"the gradient has shape \(2,\); expected \(3,\), the shape of x\."):
        numeric.check_gradient(np.sum, np.ones(2), np.ones(3))


def test_angles_of_known_arrows_and_of_many_at_once():
    arrows = np.array([[2.0, 0], [0, 3], [1, 1], [-5, 0], [0, 0]])
    np.testing.assert_allclose(numeric.angle(arrows, np.array([1.0, 0])), [0, 90, 45, 180, np.nan], atol=1e-12)
    assert numeric.angle(1e-9 * arrows[2], 1e9 * arrows[2]) == pytest.approx(0, abs=1e-5)   # never beyond a cosine of 1
