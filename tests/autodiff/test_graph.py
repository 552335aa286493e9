"""Depth, shared values, a second walk back, higher derivatives, and the two checks that micrograd publishes."""

import numpy as np
import pytest

from gradlib.autodiff import Var, backward, hessian_vector_product, jvp, relu, value_and_grad


def chain(steps):
    def f(w):
        for _ in range(steps):
            w = w * 1.0000001 + 0.5
        return w
    return f


def test_a_chain_of_100_000_operations():
    slope = 1.0000001**50_000
    assert value_and_grad(chain(50_000))(0.3)[1] == pytest.approx(slope, rel=1e-9)
    assert jvp(chain(50_000), 0.3, 2.0)[1] == pytest.approx(2 * slope, rel=1e-9)
    assert hessian_vector_product(lambda w: chain(10_000)(w) ** 2, 0.3, 1.0) == pytest.approx(2 * 1.0000001**20_000)


@pytest.mark.thorough
def test_a_chain_of_a_million_operations():
    assert value_and_grad(chain(500_000))(0.3)[1] == pytest.approx(1.0000001**500_000, rel=1e-9)


def test_2_to_the_60_paths_are_walked_as_60_edges():
    def doubled(w):
        for _ in range(60):
            w = w + w
        return w
    assert value_and_grad(doubled)(1.0) == (2.0**60, 2.0**60)


def test_a_second_backward_gives_the_same_numbers():
    w, b = Var(np.array([0.7, -1.3])), Var(np.float64(0.2))
    hidden = np.tanh(w * b + w)
    loss = (hidden * hidden * w).sum()
    backward(loss)
    first = [w.grad.copy(), b.grad, hidden.grad.copy()]
    for _ in range(2):
        backward(loss)
        np.testing.assert_array_equal([w.grad, hidden.grad], [first[0], first[2]])
        assert b.grad == first[1]


@pytest.mark.parametrize("value", [3.0, 3, np.float64(3), np.array(3.0), np.array(3), np.float32(3)], ids=repr)
def test_a_var_takes_any_number(value):
    x = Var(value)
    loss = x * x + 1
    backward(loss)
    assert (loss.value, x.grad, x.shape) == (10, 6, ())


def test_a_var_takes_a_list():
    x = Var([1, 2, 3])
    backward((x * x).sum())
    np.testing.assert_array_equal(x.grad, [2.0, 4, 6])


def test_two_losses_on_one_graph_do_not_mix():
    w = Var(np.float64(3.0))
    square = w * w
    cube = square * w
    backward(cube)
    assert w.grad == 27
    backward(square)
    assert (w.grad, square.grad) == (6, 1)
    backward(cube)
    assert w.grad == 27


def test_a_diamond_whose_waist_is_used_again():
    """b = a + a, c = b + b + a b: the case that engines get wrong which hand on slopes too early."""
    a = Var(np.float64(1.5))
    b = a + a
    c = b + b + a * b
    backward(c)
    assert (a.grad, b.grad) == (4 + 4 * 1.5, 2 + 1.5)


@pytest.mark.parametrize("w", [0.0, 1.0, -2.0])
@pytest.mark.parametrize("exponent", [0, 1, 2, 3, 2.0, 3.0])
def test_powers_at_and_below_zero(w, exponent):
    """A polynomial has all its derivatives at zero, too: 0 * 0 ** -1 must not come in."""
    value, slope = value_and_grad(lambda w: w**exponent)(w)
    second = hessian_vector_product(lambda w: w**exponent, w, 1.0)
    n = int(exponent)
    assert (value, slope) == (w**n, n * w ** (n - 1) if n else 0)
    assert second == (n * (n - 1) * w ** (n - 2) if n > 1 else 0)


def test_equal_numbers_share_the_slope_of_their_maximum():
    np.testing.assert_array_equal(value_and_grad(lambda w: w.max())(np.array([2.0, 1, 2]))[1], [0.5, 0, 0.5])


def test_kinks_have_the_slope_that_is_documented():
    """At 0: abs 0, relu 0, maximum(w, 0) the slope of its first argument."""
    assert [value_and_grad(f)(0.0)[1] for f in (abs, relu, lambda w: np.maximum(w, 0))] == [0, 0, 1]


def test_log_one_plus_exp_is_stable_and_has_slope_one_half_at_zero():
    softplus = lambda w: np.logaddexp(0, w)   # noqa: E731
    assert value_and_grad(softplus)(0.0)[1] == 0.5
    assert value_and_grad(softplus)(1000.0) == (1000, 1)
    assert value_and_grad(softplus)(-1000.0) == (0, 0)


# Facts published by karpathy/micrograd: the expression in its README, and test/test_engine.py.

def test_the_readme_expression_of_micrograd():
    a, b = Var(np.float64(-4.0)), Var(np.float64(2.0))
    c = a + b
    d = a * b + b**3
    c += c + 1
    c += 1 + c + (-a)
    d += d * 2 + relu(b + a)
    d += 3 * d + relu(b - a)
    e = c - d
    f = e**2
    g = f / 2.0
    g += 10.0 / f
    backward(g)
    assert [f"{x:.4f}" for x in (g.value, a.grad, b.grad)] == ["24.7041", "138.8338", "645.5773"]


def test_the_operator_test_of_micrograd():
    x = Var(np.float64(-4.0))
    z = 2 * x + 2 + x
    q = relu(z) + z * x
    h = relu(z * z)
    y = h + q + q * x
    backward(y)
    assert (y.value, x.grad) == (-20, 46)
