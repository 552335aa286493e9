"""Shapes, types and memory: what comes out has the shape and type of what went in, and belongs to the caller."""

import gc
import tracemalloc

import numpy as np
import pytest

from gradlib.autodiff import (
    Var,
    backward,
    compiled,
    concatenate,
    cost,
    dot,
    hessian_vector_product,
    jvp,
    program,
    relu,
    softmax,
    value_and_grad,
)

W = np.array([0.7, -1.3, 2.1])
M = np.array([[0.7, -1.3, 2.1], [0.4, 1.6, -0.9]])
NUMPY_1 = np.lib.NumpyVersion(np.__version__) < "2.0.0"   # there, np.float32(2) * 3.0 is a float64
derivers = pytest.mark.parametrize("derive", [value_and_grad, compiled])


# ------------------------------------------------------------------------------- types

@derivers
@pytest.mark.parametrize("w, expected", [
    (2, np.float64), (2.0, np.float64), ([1, 2], np.float64), (np.array([1, 2]), np.float64),
    (np.array([1, 2], np.int8), np.float64), (np.array([True, True]), np.float64), (np.float32(2), np.float32),
    (np.array([1, 2], np.float32), np.float32), (np.array(2.0, np.float32), np.float32), ((1.0, 2.0), np.float64),
])
def test_the_type_of_slopes_is_the_type_of_the_leaf_and_whole_numbers_become_floats(derive, w, expected):
    if NUMPY_1 and expected is np.float32:
        pytest.skip("NumPy 1 turns a float32 number beside a float into float64")
    for f in (lambda w: (w**3).sum() / 2, lambda w: 3 * w.mean(), lambda w: (2**w - 1.5 * w**0.5).sum(),
              lambda w: np.maximum(w, 0.3).sum() - w.max() * 2.0):
        value, slope = derive(f)(w)
        assert (np.asarray(value).dtype, np.asarray(slope).dtype) == (expected, expected)
        assert np.shape(slope) == np.shape(w)
        np.testing.assert_allclose(slope, value_and_grad(f)(np.asarray(w, float))[1], rtol=1e-6)


@derivers
def test_large_whole_numbers_do_not_overflow(derive):
    value, slope = derive(lambda w: (w**2).sum())(np.array([2**40]))
    assert (value, slope) == (2.0**80, [2.0**41])


@derivers
def test_float32_beside_float64_ends_in_the_type_of_each_leaf(derive):
    f = lambda a, b: (a * b).sum()   # noqa: E731
    slopes = derive(f, (0, 1))(W.astype(np.float32), W)[1]
    np.testing.assert_allclose(slopes, [W, W], rtol=1e-6)


@pytest.mark.skipif(NUMPY_1, reason="NumPy 1 turns a float32 number beside a float into float64")
def test_a_network_in_float32_has_no_float64_inside():
    rng = np.random.default_rng(0)
    X, A, b = (rng.standard_normal(shape).astype(np.float32) for shape in ((5, 3), (3, 4), (4,)))
    loss = (softmax(np.tanh(dot(X, leaf := Var(A)) + b)) ** 2).mean() / 2
    backward(loss)
    waiting, seen = [loss], []
    while waiting:
        var = waiting.pop()
        seen.append(var)
        waiting += [operand for operand in (var.x, var.y) if type(operand) is Var]
    assert any(leaf is var for var in seen)
    assert {var.value.dtype for var in seen} == {var.grad.dtype for var in seen} == {np.dtype(np.float32)}


# ------------------------------------------------------------------------------- shapes

@derivers
@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 1), (1, 3), (2, 3), (1, 1), (4, 2, 3), (1, 2, 1), (0,), (2, 0)])
def test_slopes_have_the_shape_of_their_leaf(derive, shape):
    """Also where broadcasting stretched the leaf, or a reduction left nothing of it."""
    w, room = np.random.default_rng(1).uniform(0.5, 1, shape), np.ones((4, 2, 3) if 0 not in shape else shape)
    for f in (lambda w: (w + room).sum(), lambda w: (room * w * w).sum(), lambda w: -w.sum(),
              lambda w: (w - w.sum()).sum(), lambda w: np.exp(w).sum(), lambda w: (w > 0.7).sum() * w.sum()):
        assert np.shape(derive(f)(w)[1]) == shape


@derivers
def test_leaves_that_are_not_reached_get_zeros(derive):
    value, slopes = derive(lambda a, b, c, d: (b * b).sum(), (0, 1, 2, 3))(M, W, 0.5, M[:, :1].astype(np.float32))
    assert value == pytest.approx((W * W).sum())
    np.testing.assert_equal(slopes, [np.zeros((2, 3)), 2 * W, 0.0, np.zeros((2, 1))])
    assert slopes[3].dtype == np.float32


def test_what_is_cut_off_gets_no_slope():
    w, unused = Var(W), Var(M)
    loss = (w * w).sum()
    beside = (unused * w).sum()
    backward(loss)
    assert unused.grad is None and beside.grad is None
    np.testing.assert_array_equal(jvp(lambda w: np.ones(2), W, W)[1], np.zeros(2))
    np.testing.assert_array_equal(hessian_vector_product(lambda w: w.sum(), W, W), np.zeros(3))
    np.testing.assert_array_equal(hessian_vector_product(lambda w: np.float64(1), W, W), np.zeros(3))


# Vectors and matrices: what each side may be, and whose slope is asked for.

SHAPES = [((), ()), ((), (3,)), ((3,), ()), ((), (3, 2)), ((3, 2), ()), ((3,), (3,)), ((2, 3), (3,)), ((2,), (2, 3)),
          ((2, 3), (3, 4)), ((1,), (1,)), ((2, 1), (1,)), ((1,), (1, 3)), ((1, 3), (3, 1)), ((3, 1), (1, 3)),
          ((1, 1), (1, 1)), ((1, 1), (1,)), ((1,), ()), ((1, 1), ())]


@derivers
@pytest.mark.parametrize("shapes", SHAPES, ids=str)
@pytest.mark.parametrize("wrt", [0, 1, (0, 1)], ids=str)
def test_every_product(derive, shapes, wrt):
    """d/da of u . (a b) is u b^T, and d/db is a^T u: einsum knows nothing of our rules."""
    rng = np.random.default_rng(2)
    a, b = (rng.standard_normal(shape)[()] for shape in shapes)
    left = "ij"[: np.ndim(a)] if np.ndim(a) and np.ndim(b) else "ij"[: np.ndim(a)]
    right = (left[-1:] + "k" * (np.ndim(b) - 1)) if np.ndim(a) and np.ndim(b) else "xy"[: np.ndim(b)]
    if np.ndim(a) == 1 and np.ndim(b):
        left, right = "j", "j" + "k" * (np.ndim(b) - 1)
    result = "".join(c for c in left + right if (left + right).count(c) == 1)
    u = rng.standard_normal(np.shape(np.dot(a, b)))
    slopes = [np.einsum(f"{result},{right}->{left}", u, b), np.einsum(f"{left},{result}->{right}", a, u)]
    for product in (dot, np.dot, *[lambda a, b: a @ b, np.matmul] * (np.ndim(a) * np.ndim(b) > 0)):
        value, found = derive(lambda a, b: (product(a, b) * u).sum(), wrt)(a, b)
        assert value == pytest.approx((np.dot(a, b) * u).sum())
        np.testing.assert_allclose(found[0] if isinstance(wrt, tuple) else found, slopes[1 if wrt == 1 else 0])
        if isinstance(wrt, tuple):
            np.testing.assert_allclose(found[1], slopes[1])


# ------------------------------------------------------------------------------- whose memory it is

LOSSES = {
    "a sum": lambda a, c: a.sum(), "a product": lambda a, c: (a * c).sum(), "a dot": lambda a, c: a.dot(c),
    "an exponential": lambda a, c: (np.exp(a) * np.exp(c)).sum(),
    "a view": lambda a, c: (a.reshape(1, 3)[:, ::-1] * c).sum(),
    "an end": lambda a, c: concatenate([a, c])[1:].sum(), "a mask": lambda a, c: ((a + c) * (a > c)).sum(),
    "one number": lambda a, c: (a[1] - c[0]) ** 2, "a difference": lambda a, c: ((a - c) ** 2).mean() / 2,
    "stretched": lambda a, c: (np.broadcast_to(a, (2, 3)) * np.broadcast_to(c, (2, 3))).sum(),
}


@derivers
@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("wrt", [0, (0, 1)], ids=str)
def test_results_belong_to_the_caller_and_arguments_are_left_alone(derive, name, wrt):
    run = derive(LOSSES[name], wrt)
    a, c = W.copy(), W[::-1] / 2
    kept = a.copy(), c.copy()
    value, slopes = run(a, c)
    slopes = slopes if isinstance(wrt, tuple) else [slopes]
    first = [slope.copy() for slope in slopes]
    run(a * 1.5, c - 1)                                  # another call writes elsewhere
    np.testing.assert_array_equal(slopes, first)
    a += 100
    c *= -3                                              # what was returned does not follow the arguments
    np.testing.assert_array_equal(slopes, first)
    a[:], c[:] = kept
    slopes[0] *= 7                                       # and the arguments do not follow it, nor does the next result
    np.testing.assert_array_equal((a, c), kept)
    again = run(a, c)
    assert again[0] == value
    np.testing.assert_array_equal(again[1] if isinstance(wrt, tuple) else [again[1]], first)


@pytest.mark.parametrize("derive", [jvp, hessian_vector_product])
def test_forward_and_second_derivatives_belong_to_the_caller(derive):
    for f in (lambda w: w.sum(), lambda w: (w * w).sum(), lambda w: w.mean() ** 2):
        w, v = W.copy(), W[::-1].copy()
        slope = derive(f, w, v)[1] if derive is jvp else derive(f, w, v)
        first = np.array(slope)
        w *= 2
        v *= 2
        np.testing.assert_array_equal(slope, first)
        if np.ndim(slope):
            slope *= 2
            np.testing.assert_array_equal(v, 2 * W[::-1])


# ------------------------------------------------------------------------------- no rubbish

def loss(w):
    return (np.exp(w) * softmax(w * w) + np.maximum(w, 0.1)).sum()


RUN = compiled(loss)
STEPS = {
    "value_and_grad": lambda: value_and_grad(loss)(W), "jvp": lambda: jvp(loss, W, W),
    "hessian_vector_product": lambda: hessian_vector_product(loss, W, W), "program": lambda: program(loss, W),
    "cost": lambda: cost(loss, W), "compiled": lambda: RUN(W),
}


@pytest.mark.parametrize("name", STEPS)
def test_nothing_is_left_for_the_garbage_collector(name):
    """Graphs hold no cycles, so memory is given back at once: three runs, nothing collected."""
    STEPS[name]()
    gc.collect()
    gc.disable()
    try:
        for _ in range(3):
            STEPS[name]()
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize("x", [
    M, M.astype("f4"), M.astype("f2"), M.astype(">f8"), M > 0, M.astype(int), np.zeros((0, 3)), np.float32(-2), -2.0,
    -2, [0.7, -1.3]])
def test_relu_is_the_maximum_with_0_in_the_same_type(x):
    wanted = np.maximum(x, 0)
    np.testing.assert_array_equal(relu(x), wanted, strict=True)
    assert type(relu(x)) is type(wanted)


def test_a_walk_lets_go_of_a_slope_once_it_was_handed_on():
    x = np.linspace(-1, 1, 10_000)

    def f(x):
        for _ in range(50):
            x = np.sin(x)
        return x.sum()

    def peak(call, x):
        tracemalloc.start()
        call(x)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found
    assert peak(value_and_grad(f), x) < 1.2 * peak(f, Var(x))
