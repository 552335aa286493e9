"""What HIPS autograd, micrograd and tinygrad ask of themselves, asked of this engine in our own words.

Values are NumPy's; first and second derivatives agree with differences of what lies one order below, along random
directions. What the others have and this engine has not is refused by name.
"""

import itertools
import operator

import numpy as np
import pytest

from gradlib.autodiff import compiled, hessian_vector_product, jvp, program, relu, softmax, value_and_grad

from .programs import richardson


def numbers(*shape, seed=0):
    """Random numbers from 0.3 to 1.4, each with 0.01 between it and the next."""
    rng = np.random.default_rng([seed, *shape])
    return (0.3 + 1.1 * (rng.permutation(int(np.prod(shape))) + 0.1 * rng.random()) / np.prod(shape)).reshape(shape)[()]


def right(f, *args):
    """The gradient of a loss made of f, in every mode, and its second derivatives."""
    rng, n = np.random.default_rng(0), len(args)
    weights = rng.standard_normal(np.shape(f(*args)))
    loss = lambda *args: (np.sin(f(*args)) * weights).sum()   # noqa: E731
    v = [rng.standard_normal(np.shape(x)) for x in args]
    moved = lambda t: [x + t * d for x, d in zip(args, v)]   # noqa: E731
    along = lambda *args: sum((slope * d).sum() for slope, d in zip(   # noqa: E731
        value_and_grad(loss, tuple(range(n)))(*args)[1], v))
    slope, bend = richardson(lambda t: loss(*moved(t))), richardson(lambda t: along(*moved(t)))
    for derive in (value_and_grad, compiled):
        value, slopes = derive(loss, tuple(range(n)))(*args)
        assert value == pytest.approx(loss(*args), rel=1e-12, abs=1e-12)
        assert sum((g * d).sum() for g, d in zip(slopes, v)) == pytest.approx(slope, rel=1e-7, abs=1e-8)
    twice = value_and_grad(along, tuple(range(n)))(*args)[1]
    assert sum((g * d).sum() for g, d in zip(twice, v)) == pytest.approx(bend, rel=1e-6, abs=1e-7)
    for i in range(n):
        one = lambda x, i=i: loss(*args[:i], x, *args[i + 1:])   # noqa: E731
        value, pushed = jvp(one, args[i], v[i])
        assert pushed == pytest.approx(richardson(lambda t: one(args[i] + t * v[i])), rel=1e-7, abs=1e-8)
        if n == 1:
            assert (hessian_vector_product(one, args[i], v[i]) * v[i]).sum() == pytest.approx(bend, rel=1e-6, abs=1e-7)


A, B, C = numbers(2, 3), numbers(3, 4), numbers(2, 3, 4)
UNARY = [np.abs, np.absolute, np.sin, np.cos, np.tan, np.exp, np.expm1, np.log, np.log2, np.log10, np.log1p, np.sinh,
         np.cosh, np.tanh, np.arctan, np.sqrt, np.square, np.negative, np.positive, operator.neg, abs, relu]
BINARY = [np.add, np.subtract, np.multiply, np.divide, np.true_divide, np.power, np.logaddexp, operator.add,
          operator.sub, operator.mul, operator.truediv, operator.pow, np.maximum, np.minimum]
STATISTICS = [np.sum, np.mean, np.max, np.min, np.prod, np.var, np.std]


@pytest.mark.parametrize("function", UNARY, ids=lambda f: f.__name__ if hasattr(f, "__name__") else str(f))
def test_functions_of_one_array_of_every_shape(function):
    for shape in ((), (1,), (3,), (2, 3), (2, 1, 2)):
        right(lambda x: 3.0 * function(x), numbers(*shape))


@pytest.mark.parametrize("function", BINARY, ids=lambda f: f.__name__)
def test_functions_of_two_arrays_of_every_pair_of_shapes(function):
    shapes = [(), (4,), (3, 4), (1, 4)]
    for (i, first), (j, second) in itertools.product(enumerate(shapes), enumerate(shapes)):
        right(function, numbers(*first, seed=i), numbers(*second, seed=9 + j) + 0.004)


@pytest.mark.parametrize("function", STATISTICS, ids=lambda f: f.__name__)
def test_statistics_over_every_axis(function):
    for shape in ((3,), (2, 3), (2, 3, 2)):
        several = [(0, 1)] * (len(shape) > 1 and function is not np.prod)
        for axis, keepdims in itertools.product([None, 0, -1, *range(1, len(shape)), *several], [False, True]):
            right(lambda x: function(x, axis=axis, keepdims=keepdims), numbers(*shape))


W, V = numbers(3), numbers(4)
CASES = {
    "dot": [(np.dot, *pair) for pair in ((1.5, W), (W, 0.3), (W, numbers(3, seed=1)), (A, W), (A, B), (1.5, 0.3))],
    "matmul": [(np.matmul, *pair) for pair in ((W, numbers(3, seed=1)), (A, W), (W, B), (A, B), (numbers(2, 2, 3), W),
                                               (numbers(2, 2, 3), B), (numbers(2, 2, 3), numbers(2, 3, 4)),
                                               (numbers(1, 2, 2), numbers(3, 2, 1)), (A, numbers(2, 3, 4)))],
    "outer": [(np.outer, W, V)],
    "transpose": [(lambda x, axes=axes: np.transpose(x, axes), C) for axes in [
        None, (0, 1, 2), (0, 2, 1), (2, 0, 1), (2, 1, 0), (1, 0, 2), (1, 2, 0)]],
    "tensordot": [(lambda x, y, axes=axes: np.tensordot(x, y, axes), x, y) for x, y, axes in [
        (numbers(1, 3), W, [(1,), (0,)]), (numbers(2, 3, 2), numbers(3, 4, 2), [(1,), (0,)]),
        (numbers(3, 4, 2), numbers(2, 3, 2), [(0,), (1,)]), (C, numbers(2, 2, 3, 4), [(1, 2), (2, 3)]),
        (C, numbers(2, 4, 3), [(1, 2), (2, 1)]), (numbers(4, 2, 2), numbers(2, 2), 2),
        (numbers(2, 2), numbers(2, 2), 1), (V, np.float64(0.5), 0), (numbers(2, 6), numbers(6, 3), [[-1], [0]]),
        (numbers(2, 6), numbers(6, 3), [-1, 0]), (numbers(2), numbers(2, 2), [0, 1])]],
    "einsum": [(lambda x: np.einsum("ij->ji", x), A), (lambda x, y: np.einsum("ij,jk->ik", x, y), A, B),
               (lambda x, y: np.einsum("ijk,lji->lki", x, y), numbers(3, 4, 4), numbers(4, 4, 3))],
    "index": [(lambda x, key=key: x[key], C) for key in (
        1, (1, 2, 3), slice(0, 1), (slice(None), slice(1, None, 2)), ([0, 1],), ([0, 0], [1, 2]), [0, 1, 0],
        (..., 1), (1, None), (slice(None), 0, slice(2)))],
    "index, fan-out": [(lambda x: x[0:2] + x[1:3] * x[:1], numbers(4, 2)), (lambda x: x[:2].dot(x[2:]), V),
                       (lambda x: x[0][1:] * x[1][:-1], A), (lambda x: sum(x[i] * x[i + 1] for i in range(3)), V)],
    "join": [(lambda x: np.concatenate((B, x, B)), numbers(1, 4)),
             (lambda x: np.concatenate((B, x, B), 1), numbers(3, 1)),
             (lambda x: np.stack([x, x * 1.0, x + 2.5]), np.float64(0.5)), (lambda x, y: sum([x, y]), A, A + 1),
             (lambda x: np.stack([np.stack([2 * x, x + 1]), np.stack([x, x])]), W)],
    "shape": [(lambda x: x.reshape((4, 6)), C), (lambda x: np.reshape(x, (6, 4)), C), (lambda x: x.reshape(8, 3), C),
              (np.ravel, C), (lambda x: x.ravel(), C), (lambda x: x.flatten(), C), (lambda x: np.expand_dims(x, 2), A),
              (np.squeeze, numbers(1, 3, 1)), (lambda x: x.squeeze(1), numbers(3, 1)), (lambda x: x.T, C),
              (lambda x: np.swapaxes(x, 0, 2), C), (lambda x: np.broadcast_to(x, (4, 2, 3)), A)],
    "running sums": [(np.cumsum, W), (lambda x: np.cumsum(x, axis=0), A), (lambda x: np.cumsum(x, axis=1), A),
                     (np.cumsum, A)],
    "clip and where": [(lambda x: np.clip(x, a_min=0.55, a_max=1.111), C),
                       (lambda x, y: np.where(B > 0.8, x, y * y), B, B + 1), (lambda x: np.where(x > 0.8, x, 0.5), B)],
    "spread with ddof": [(lambda x: np.var(x, ddof=1), W), (lambda x: np.std(x, ddof=1, axis=1), A)],
    "astype": [(lambda x: np.sin(x.astype("float64")), A)],
    "one number in many places": [(lambda x: np.sin(np.sin(x) + np.sin(x)), np.float64(0.7)), (lambda x: x, W),
                                  (lambda x: ((x + 1) + 1.5) + (x + (x + 1)), W),
                                  (lambda x: ((x + 1)[0] + 1.5) + (x + (x + 1)), W)],
    "tinygrad's two models": [
        (lambda x, W, m: np.log(softmax(relu(x @ W))) * m + m, *(
            numbers(n, 3, seed=seed) for seed, n in enumerate((1, 3, 1)))),
        (lambda u, v, w: np.log(softmax(relu((relu(u * v) + relu(u * w)) * relu(u * w)))), *(
            numbers(1, 3, seed=seed) for seed in range(3)))],
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name):
    for f, *args in CASES[name]:
        right(f, *args)


def test_a_quadratic_form_has_the_second_derivatives_of_its_matrix():
    H, x = np.random.default_rng(0).standard_normal((5, 5)), numbers(5)
    rows = [hessian_vector_product(lambda x: x @ H @ x, x, unit) for unit in np.eye(5)]
    np.testing.assert_allclose(rows, H + H.T, rtol=1e-12)


def test_rows_of_a_matrix_of_slopes():
    """Of a vector whose parts ask for a gradient themselves: row by row, and column by column."""
    parts = [lambda x: (x**3).sum(), lambda x: np.prod(np.sin(x) + np.sin(x)),
             lambda x: value_and_grad(lambda y: np.exp(y) * np.tanh(x[0]))(x[1])[1]]
    x = numbers(5)
    rows = [value_and_grad(part)(x)[1] for part in parts]
    columns = [jvp(lambda x: np.stack([part(x) for part in parts]), x, unit)[1] for unit in np.eye(5)]
    np.testing.assert_allclose(rows, np.transpose(columns), rtol=1e-12)


def test_a_gradient_that_is_made_into_the_next_one():
    """d/dx of sin(d/dy y z at (x, x)) summed, to the third order, by hand."""
    outer = lambda x: sum(np.sin(slope) for slope in value_and_grad(lambda y, z: y * z, (0, 1))(x, x)[1])   # noqa: E731
    first = lambda x: value_and_grad(outer)(x)[1]   # noqa: E731
    second = lambda x: value_and_grad(first)(x)[1]   # noqa: E731
    assert (outer(5.0), first(5.0), second(5.0)) == pytest.approx((2 * np.sin(5), 2 * np.cos(5), -2 * np.sin(5)))


def test_some_arguments_in_any_order_beside_others_by_name():
    f = lambda a, b, c, d, e, f=1.1, g=9.0: a + np.sin(b) + np.cosh(c) + np.cos(d) + np.tan(e) + f + g   # noqa: E731
    args = 0.5, -0.3, 0.2, -1.1, 0.7
    for derive in (value_and_grad, compiled):
        value, slopes = derive(f, (3, 1))(*args, f=0.6, g=-0.1)
        assert value == pytest.approx(f(*args, f=0.6, g=-0.1))
        np.testing.assert_allclose(slopes, [-np.sin(-1.1), np.cos(-0.3)], rtol=1e-14)


REFUSED = {
    **dict.fromkeys("arccos arcsin arccosh arcsinh arctanh exp2 reciprocal rad2deg deg2rad radians degrees sinc ceil "
                    "floor fabs cbrt real imag conj angle sort argsort flip fliplr flipud rot90 triu tril trace diag "
                    "diagonal diff gradient atleast_1d atleast_2d atleast_3d nan_to_num median vstack isnan round "
                    "any".split(), lambda f, x: f(x)),
    **dict.fromkeys("mod remainder arctan2 hypot fmax fmin logaddexp2 kron inner append allclose not_equal".split(),
                    lambda f, x: f(x, x)),
    **dict.fromkeys("repeat roll tile partition split".split(), lambda f, x: f(x, 1)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_others_have_and_this_engine_has_not_is_refused_by_name(name):
    loss = lambda x: np.sum(REFUSED[name](getattr(np, name), x))   # noqa: E731
    said = getattr(np, name).__name__
    for attempt in (lambda: value_and_grad(loss)(A), lambda: program(loss, A), lambda: jvp(loss, A, A)):
        with pytest.raises(TypeError, match=rf"np\.(\w+\.)?{said} has no rule"):
            attempt()


@pytest.mark.parametrize("loss", [lambda x: x % 2, lambda x: x == 1, lambda x: x != 1, lambda x: np.linalg.inv(x),
                                  lambda x: np.fft.fft(x), lambda x: np.einsum("...ij->...ji", x),
                                  lambda x: np.dot(C, x.T), lambda x: np.einsum("ii", x @ x.T),
                                  lambda x: np.array([x, x]), lambda x: np.max([x[0], x[1]])], ids=range(10))
def test_other_refusals(loss):
    for attempt in (lambda: value_and_grad(lambda x: loss(x).sum())(A), lambda: jvp(loss, A, A)):
        with pytest.raises((TypeError, ValueError)):
            attempt()
