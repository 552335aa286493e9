"""Laws that every derivative obeys, on random programs: no other way of computing slopes is needed to test them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradlib.autodiff import compiled, dot, hessian_vector_product, jvp, value_and_grad

from .programs import random_family

families = st.integers(0, 100_000).map(random_family)
factors = st.floats(-3, 3)


def check(found, *parts):
    """found = the sum of the parts, up to rounding of the largest."""
    scale = max(np.abs(part).max(initial=1e-3) for part in (found, *parts))
    np.testing.assert_allclose(found, sum(parts), rtol=0, atol=1e-11 * scale)


def law(test):
    """Every law holds for slopes that are walked and for slopes that are printed, on sixty programs."""
    return pytest.mark.parametrize("derive", [value_and_grad, compiled])(
        settings(max_examples=60)(test))


@law
@given(family=families, a=factors, b=factors)
def test_linearity(derive, family, a, b):
    f, g, _ = (made.packed() for made in family)
    p = family[0].pack(family[0].leaves)
    slope = derive(lambda p: a * f(p) - g(p) * b)(p)[1]
    check(slope, a * derive(f)(p)[1], -b * derive(g)(p)[1])


@law
@given(family=families)
def test_product_and_quotient(derive, family):
    f, g, _ = (made.packed() for made in family)
    p = family[0].pack(family[0].leaves)
    (value_f, slope_f), (value_g, slope_g) = derive(f)(p), derive(g)(p)
    check(derive(lambda p: f(p) * g(p))(p)[1], value_f * slope_g, value_g * slope_f)
    below = 1 + value_g**2
    check(derive(lambda p: f(p) / (1 + g(p) ** 2))(p)[1],
          slope_f / below, -value_f * 2 * value_g / below**2 * slope_g)


@law
@given(family=families)
def test_chain_rule(derive, family):
    """Of a number: (h(f))' = h'(f) f'. Of an array y = f(p): the slope of h at y, pulled back through f."""
    f, _, vector = (made.packed() for made in family)
    p = family[0].pack(family[0].leaves)
    value, slope = derive(f)(p)
    check(derive(lambda p: np.sin(f(p) / 3))(p)[1], np.cos(value / 3) / 3 * slope)

    weights = np.random.default_rng(0).standard_normal(np.shape(vector(p)))
    h = lambda y: (np.tanh(y / 2) * weights).sum()   # noqa: E731
    pulled = derive(h)(vector(p))[1]
    check(derive(lambda p: h(vector(p)))(p)[1], derive(lambda p: (vector(p) * pulled).sum())(p)[1])


@law
@given(family=families)
def test_forward_and_reverse_are_transposes(derive, family):
    """u . (J v) = (J^T u) . v, with J v pushed forward and J^T u pulled back."""
    vector = family[2].packed()
    rng, p = np.random.default_rng(1), family[2].pack(family[2].leaves)
    u, v = rng.standard_normal(np.shape(vector(p))), rng.standard_normal(p.shape)
    pushed, pulled = jvp(vector, p, v)[1], derive(lambda p: (vector(p) * u).sum())(p)[1]
    assert np.shape(pushed) == u.shape
    scale = np.abs(u).sum() * np.abs(pushed).max() + np.abs(pulled).max() + 1e-3
    assert (u * pushed).sum() == pytest.approx(dot(pulled, v), abs=1e-12 * scale)


@settings(max_examples=150)
@given(family=families)
def test_the_matrix_of_second_derivatives_is_symmetric(family):
    f = family[0].packed()
    rng, p = np.random.default_rng(2), family[0].pack(family[0].leaves)
    u, v = rng.standard_normal(p.shape), rng.standard_normal(p.shape)
    u_second, v_second = hessian_vector_product(f, p, u), hessian_vector_product(f, p, v)
    scale = np.abs(u_second).max() + np.abs(v_second).max() + 1e-3
    assert u.dot(v_second) == pytest.approx(v.dot(u_second), abs=1e-11 * scale)
    check(hessian_vector_product(f, p, 2 * u - v), 2 * u_second, -v_second)
