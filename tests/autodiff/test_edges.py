"""Cases from other engines' bug reports: each is one of a kind, in every mode."""

from fractions import Fraction

import numpy as np
import pytest

from gradlib.autodiff import (
    Var,
    backward,
    compiled,
    concatenate,
    cost,
    cross_entropy,
    hessian_vector_product,
    jvp,
    log_sigmoid,
    logsumexp,
    program,
    relu,
    sigmoid,
    softmax,
    value_and_grad,
)

W = np.array([0.7, -1.3, 2.1])
NUMPY_1 = np.lib.NumpyVersion(np.__version__) < "2.0.0"   # there, np.float32(2) * 3.0 is a float64


def printed(f, wrt=0):
    """The text alone, with NumPy under its usual name."""
    def run(*args):
        namespace = {"np": np}
        exec(program(f, *args, wrt=wrt), namespace)
        return namespace["step"](*args)
    return run


every_mode = pytest.mark.parametrize("derive", [value_and_grad, compiled, printed])
M, T = np.array([[0.7, -1.3, 2.1], [0.4, 1.6, -0.9]]), np.random.default_rng(0).standard_normal((2, 3, 4))
# NumPy as people write it: each with an array where it is smooth.
WRITTEN = {
    "einsum, one row for all": (lambda x: np.einsum("ij,ij->ij", x[:1], M), M),
    "einsum, one row for all, summed": (lambda x: np.einsum("ij,ij->i", x[:1], x), M),
    "einsum, one column for all": (lambda x: np.einsum("ij,ij->i", M, x[:, :1]), M),
    "einsum, one column times a row": (lambda x: np.einsum("ij,jk->ik", x, np.ones((1, 2))), M),
    "einsum, optimised": (lambda x: np.einsum("ij,jk->ik", x, M.T, optimize=True), M),
    "einsum of a list": (lambda x: np.einsum("ij,j->i", x, [1, 2, 3]), M),
    "tensordot of a list": (lambda x: np.tensordot(x, M.tolist(), axes=([-1], [-1])), M),
    "tensordot over nothing": (lambda x: np.tensordot(x, np.ones((0, 2)), 1), np.ones((3, 0))),
    "clip by old names": (lambda x: np.clip(x, a_min=-1, a_max=1) * x, W),
    "clip by new names": (lambda x: x.clip(min=-1, max=1) * x, W),
    "clip with bounds exchanged": (lambda x: np.clip(x, 1, -1) * x, W),
    "clip with arrays": (lambda x: np.clip(x, np.array([-1.0, -1, 0]), np.array([0.0, 0.5, 1])) * x, W),
    "transpose by name": (lambda x: np.transpose(x, axes=(2, 0, 1)) * np.arange(24.0).reshape(4, 2, 3), T),
    "transpose with negative axes": (lambda x: x.transpose(-1, 0, -2) * np.arange(24.0).reshape(4, 2, 3), T),
    "several new axes": (lambda x: np.expand_dims(x, (0, -1)) * W, W),
    "broadcast_to": (lambda x: np.broadcast_to(x, (2, 3)) * M * x, W),
    "broadcast_to one axis": (lambda x: np.broadcast_to(x[:1], 3) * x, W),
    "where of numbers": (lambda x: np.where(x > 0, 1.0, -1) * x**2, W),
    "not": (lambda x: np.where(np.logical_not(x > 0), x, x * x), W),
    "not as numbers": (lambda x: np.logical_not(x > 0).astype(float) * x**2, W),
    "whole powers": (lambda x: x ** np.array([1, 2, 3]), W),
    "negative whole powers": (lambda x: x ** np.array([-1, -2, 0]) + x ** np.int64(3), W),
    "small whole numbers to a power": (lambda x: np.array([100, 7, 3], np.int8) ** (x / 9) + np.uint8(200) ** (x / 9),
                                       W),
}


def by_differences(f, x):
    """The gradient of a function of an array."""
    slope, h = np.zeros(x.shape), 1e-6
    for place in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[place] = h
        slope[place] = (f(x + nudge) - f(x - nudge)) / (2 * h)
    return slope


@every_mode
@pytest.mark.parametrize("name", WRITTEN)
def test_numpy_as_people_write_it(derive, name):
    """The value is NumPy's own; slopes and their changes are those of differences."""
    f, x = WRITTEN[name]
    loss = lambda x: np.sin(f(x)).sum()   # noqa: E731
    value, slope = derive(loss)(x)
    assert value == pytest.approx(loss(x))
    np.testing.assert_allclose(slope, by_differences(loss, x), rtol=1e-6, atol=1e-7)
    along = lambda x: (value_and_grad(loss)(x)[1] * np.cos(x)).sum()   # noqa: E731
    expected = by_differences(along, x)
    np.testing.assert_allclose(value_and_grad(along)(x)[1], expected, rtol=1e-5, atol=1e-6)
    v = np.ones(x.shape)
    assert hessian_vector_product(loss, x, v).sum() == pytest.approx(
        by_differences(lambda t: value_and_grad(loss)(x + t * v)[1].sum(), np.array(0.0)), rel=1e-5, abs=1e-6)


@every_mode
def test_slopes_are_the_callers_own(derive):
    first, second = derive(lambda a, b: np.tanh(a + b).sum(), (0, 1))(W, W + 1)[1]
    expected = second.copy()
    first *= 0.1
    np.testing.assert_array_equal(second, expected)


def test_what_jvp_gives_is_nobody_elses():
    x, v = W.copy(), W + 1
    for part in jvp(lambda w: w, x, v):
        part *= 0
    np.testing.assert_array_equal([x, v], [W, W + 1])


@every_mode
@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int32, np.int64, bool])
def test_whole_numbers_become_floats_once(derive, kind):
    X = np.array([[100, 3], [4, 120], [7, 90]]).astype(kind)
    loss = lambda w, X: ((X - 128.0) @ w * X[:, 0]).sum() + (1.0 * X * X).sum() * w[0]   # noqa: E731
    value, slope = derive(loss)(np.array([0.5, 2.0]), X)
    expected = value_and_grad(loss)(np.array([0.5, 2.0]), X.astype(float))
    assert value == pytest.approx(expected[0])
    np.testing.assert_allclose(slope, expected[1])


@every_mode
def test_the_edges_of_power(derive):
    np.testing.assert_array_equal(derive(lambda x: (x ** np.array([0.0, 1.0, 2.0])).sum())(np.zeros(3))[1], [0, 1, 0])
    np.testing.assert_array_equal(derive(lambda y: (0.0**y).sum())(np.array([1.0, 2.5]))[1], [0, 0])
    np.testing.assert_array_equal(derive(lambda w, p: (w**p).sum())(np.array([0.0, 2.0]), 0.0)[1], [0, 0])


@every_mode
def test_a_whole_number_too_large_for_numpy_to_a_power(derive):
    value, slope = derive(lambda x: ((10**20) ** (x / 99)).sum())(W)
    assert value == pytest.approx((1e20 ** (W / 99)).sum())
    np.testing.assert_allclose(slope, 1e20 ** (W / 99) * np.log(1e20) / 99)


@every_mode
def test_masks_and_small_whole_numbers_as_powers(derive):
    """The result has the type that NumPy gives it."""
    w = np.array([0.5, 1.5, 2.5], np.float32)
    for y in (np.array([True, False, True]), np.bool_(True), np.array([1, 2, 3], np.int8), np.array([1, 2, 3])):
        value, slope = derive(lambda w, y=y: (w**y).sum())(w)
        assert (value.dtype, slope.dtype) == ((w**y).dtype, np.float32)
        np.testing.assert_allclose(slope, y * w ** (y - 1.0), rtol=1e-6)
    x = np.array([1, 2, 200], np.uint8)
    value, slope = derive(lambda w: (x**w).sum())(w)
    assert (value.dtype, slope.dtype) == (np.float32, np.float32)
    np.testing.assert_allclose(slope, x**w * np.log(x.astype(float)), rtol=1e-5)


@pytest.mark.parametrize("outer, inner", [(value_and_grad, value_and_grad), (compiled, value_and_grad),
                                          (value_and_grad, compiled)])
def test_the_mixed_derivative_of_a_power_whose_exponent_is_zero(outer, inner):
    """d/dy of d/dx x ** y is (1 + y log x) x ** (y - 1), also at y = 0."""
    x = np.array([0.5, 2.0, 3.0])
    slope = outer(lambda y: inner(lambda x, y: (x**y).sum())(x, y)[1].sum())(np.zeros(3))[1]
    np.testing.assert_allclose(slope, 1 / x)


@every_mode
@pytest.mark.parametrize("z", [-800.0, -40.0, 0.0, 40.0])
def test_a_logarithm_of_a_sigmoid_or_softmax_far_out(derive, z):
    slope = 1 / (1 + np.exp(min(z, 700)))
    for f in (log_sigmoid, lambda w: np.log(sigmoid(w))):
        assert derive(f)(z) == (pytest.approx(-np.logaddexp(0, -z)), pytest.approx(slope, rel=1e-12, abs=1e-300))
    row = np.array([z, 0.0])
    value, found = derive(lambda w: np.log(softmax(w))[0])(row)
    assert value == pytest.approx(-np.logaddexp(0, -z))
    np.testing.assert_allclose(found, [slope, -slope], atol=1e-16)


@every_mode
def test_a_length_and_a_spread_are_flat_at_zero(derive):
    """As abs is: a length has no slope there, and its square has none either."""
    for f in (np.linalg.norm, lambda x: np.linalg.norm(x) ** 2, lambda x: np.linalg.norm(x.reshape(1, 3), axis=1).sum(),
              lambda x: np.std(x + 2)):
        value, slope = derive(f)(np.zeros(3))
        assert value == 0
        np.testing.assert_array_equal(slope, np.zeros(3))
    np.testing.assert_array_equal(hessian_vector_product(np.linalg.norm, np.zeros(3), W), np.zeros(3))


AT_A_KINK = {   # what is agreed on: f, a point, the slope
    "relu": (relu, 0.0, 0), "abs": (abs, 0.0, 0), "np.abs": (np.abs, 0.0, 0),
    "maximum": (lambda x: np.maximum(x, 2.0), 2.0, 1), "maximum, second": (lambda x: np.maximum(2.0, x), 2.0, 0),
    "minimum": (lambda x: np.minimum(x, 2.0), 2.0, 1), "minimum, second": (lambda x: np.minimum(2.0, x), 2.0, 0),
    "maximum with 0": (lambda x: np.maximum(x, 0), 0.0, 1), "clip below": (lambda x: np.clip(x, 2, 3), 2.0, 1),
    "clip above": (lambda x: np.clip(x, 1, 2), 2.0, 1), "where": (lambda x: np.where(x > 0, 3 * x, 5 * x), 0.0, 5),
    "max": (lambda x: x.max(), np.array([2.0, 1, 2]), [0.5, 0, 0.5]), "min": (np.min, np.array([1.0, 1]), [0.5, 0.5]),
    "two maxima": (lambda x: np.maximum(x[0], x[1]), np.array([2.0, 2]), [1, 0]),
    "a length": (lambda x: np.linalg.norm(x - x), np.ones(3), [0, 0, 0]),
}


@every_mode
@pytest.mark.parametrize("name", AT_A_KINK)
def test_the_slope_at_a_kink(derive, name):
    f, x, slope = AT_A_KINK[name]
    np.testing.assert_array_equal(derive(f)(x)[1], slope)
    np.testing.assert_array_equal(jvp(f, x, np.ones(np.shape(x)))[1], np.sum(slope))


@every_mode
def test_what_where_leaves_out_may_be_no_number(derive):
    with np.errstate(divide="ignore", invalid="ignore"):
        value, slope = derive(lambda x: np.where(x > 0, np.log(x), 0.0).sum())(np.array([-1.0, 2.0]))
        assert value == pytest.approx(np.log(2))
        np.testing.assert_array_equal(slope, [0, 0.5])
    assert derive(lambda x: np.where(x > 0, np.inf, x).sum())(W)[0] == np.inf   # without a warning
    masked = np.array([-np.inf, 0.5, np.inf])
    value, slope = derive(lambda x: np.where(np.isfinite(masked), x * 2 + masked, 0).sum())(W)
    assert value == 2 * W[1] + 0.5
    np.testing.assert_array_equal(slope, [0, 2, 0])


@every_mode
def test_a_mask_stops_infinity(derive):
    for f in (lambda x: np.sqrt(relu(x)), lambda x: relu(x) ** 0.5,
              lambda x: np.sqrt(np.maximum(0.0, x)), lambda x: np.sqrt(np.clip(x, 0, 1)),
              lambda x: np.where(x > 0, np.sqrt(np.maximum(x, 0.0)), 0.0)):
        with np.errstate(divide="ignore", invalid="ignore"):
            assert derive(f)(-1.0)[1] == 0


@every_mode
def test_infinity(derive):
    with np.errstate(divide="ignore", invalid="ignore"):
        assert derive(logsumexp)(np.array([np.inf, 0]))[0] == np.inf
        assert derive(logsumexp)(np.array([-np.inf, -np.inf]))[0] == -np.inf
        assert derive(lambda w: (relu(w) * np.inf).sum())(np.array([1.0, 2.0]))[0] == np.inf
    masked = lambda w: logsumexp(w + np.array([0.0, -np.inf, -np.inf]))   # noqa: E731
    np.testing.assert_array_equal(derive(masked)(W)[1], [1, 0, 0])
    np.testing.assert_array_equal(derive(lambda w: np.exp(w + np.full(3, -np.inf)).sum())(W)[1], [0, 0, 0])


@pytest.mark.parametrize("derive", [value_and_grad, compiled])
def test_a_mean_over_an_axis_beside_an_empty_one(derive):
    empty = np.ones((0, 3))
    np.testing.assert_array_equal(derive(lambda w, X: (X @ w).sum() + (X.mean(axis=1)).sum() + w.sum())(W, empty)[1],
                                  np.ones(3))
    with pytest.raises(ValueError, match="mean of no numbers"):
        derive(lambda w, X: ((X @ w) ** 2).mean())(W, empty)


@pytest.mark.parametrize("derive", [value_and_grad, compiled])
def test_a_slope_has_the_type_of_its_leaf(derive):
    w, b = np.ones(3, np.float32), np.float64(2)
    value, slopes = derive(lambda w, b, X: (X @ w + b).sum(), (0, 1))(w, b, np.ones((2, 3)))
    assert [slope.dtype for slope in slopes] == [np.float32, np.float64]
    assert NUMPY_1 or derive(lambda w, penalty: (w * w).sum() * penalty)(w, 0.5)[0].dtype == np.float32
    leaf = Var(w)
    backward((leaf * np.ones(3)).sum())
    assert leaf.grad.dtype == np.float32
    value, slope = jvp(lambda w: np.float32(2), w, w)
    assert (value.dtype, slope.dtype) == (np.float32, np.float32)


@every_mode
@pytest.mark.parametrize("number", [np.float64(1.25), np.array(1.25), np.array(3), np.int64(3), np.float32(1.25),
                                    1.25, 3, True, np.array(3, np.int8)], ids=repr)
def test_a_value_has_the_type_that_numpy_gives_it(derive, number):
    w = np.ones(3, np.float32)
    value, slope = derive(lambda w: (w * number).sum())(w)
    assert (value.dtype, slope.dtype) == ((w * number).sum().dtype, np.float32)


@every_mode
def test_numbers_with_their_bytes_in_the_other_order(derive):
    """Slopes have them as this machine does, also where the loss does not use an argument."""
    value, slopes = derive(lambda w, unused: (w * w).sum(), (0, 1))(W.astype(">f8"), W.astype(">f4"))
    assert [slope.dtype for slope in slopes] == [np.float64, np.float32]
    np.testing.assert_array_equal(slopes[0], 2 * W)


@every_mode
@pytest.mark.parametrize("kind", [np.uint8, np.int32, bool])
def test_a_leaf_of_whole_numbers(derive, kind):
    x = np.array([1, 0, 200]).astype(kind)
    value, slope = derive(lambda w: (w * w * 100).sum())(x)
    assert value == 100 * (x.astype(float) ** 2).sum()
    np.testing.assert_array_equal(slope, 200 * x.astype(float))


def test_slopes_are_the_callers_own_also_where_nothing_moves():
    C = W.copy()
    constant, slope = jvp(lambda w: C, W, W)
    constant *= 0
    np.testing.assert_array_equal(C, W)
    for zero in (slope[0] if np.ndim(slope) else slope, jvp(lambda w: 3, 2.0, 1.0)[1],
                 hessian_vector_product(lambda w: 3 * w, 2.0, 1.0), value_and_grad(lambda w, b: w, 1)(1.0, 2.0)[1]):
        assert type(zero) is np.float64 and zero == 0
    w = Var(W)
    u = Var(W)
    backward((w + u).sum())
    w.grad *= 5
    np.testing.assert_array_equal(u.grad, np.ones(3))


def test_pandas_columns_as_an_index():
    pandas = pytest.importorskip("pandas")
    for derive in (value_and_grad, compiled):
        np.testing.assert_array_equal(derive(lambda w: w[pandas.Series(W) > 0].sum())(W)[1], [1, 0, 1])


def test_targets_may_be_a_list():
    np.testing.assert_allclose(value_and_grad(cross_entropy)(W, [0, 1, 0])[1], value_and_grad(softmax_loss)(W)[1])


def softmax_loss(w):
    return -np.log(softmax(w))[1]


@pytest.mark.parametrize("result", [None, {}, np.array([None]), "text", [1.0]], ids=str)
def test_strange_results_are_refused_in_forward_mode(result):
    with pytest.raises(TypeError, match="number"):
        jvp(lambda w: result, W, W)


def test_arguments_by_name():
    loss = lambda w, scale=1.0, shift=0.0: (w * w).sum() * scale + shift   # noqa: E731
    for derive in (value_and_grad, compiled):
        value, slope = derive(loss)(W, shift=1.0, scale=2.0)
        assert value == pytest.approx(2 * (W @ W) + 1)
        np.testing.assert_allclose(slope, 4 * W)
        assert derive(loss)(w=W)[0] == pytest.approx(W @ W)


@pytest.mark.parametrize("setting", [[1], {}, {1}, object()], ids=lambda x: type(x).__name__)
def test_a_setting_that_can_change_is_refused(setting):
    with pytest.raises(TypeError, match=f"argument 1 .*{type(setting).__name__}"):
        compiled(lambda w, setting: w.sum())(W, setting)


def test_settings_are_told_apart_inside_tuples():
    run = compiled(lambda w, axes: w.sum() * (3 if axes[0] is True else 1))
    assert [run(W, (1,))[1][0], run(W, (True,))[1][0], run(W, (1,))[1][0]] == [1, 3, 1]
    signed = compiled(lambda w, settings: (np.copysign(1, settings[0]) * w).sum())
    assert [signed(W, (zero,))[1][0] for zero in (0.0, -0.0, 0.0)] == [1, -1, 1]
    assert compiled(lambda w, dtype: w.astype(dtype).sum())(W, np.float32)[0].dtype == np.float32
    parts = compiled(lambda w, part: w.sum() * part)
    assert [parts(W, Fraction(1, n))[1][0] for n in (2, 4, 2)] == [0.5, 0.25, 0.5]


@every_mode
def test_numbers_of_every_kind(derive):
    for number in (Fraction(1, 2), np.float32(0.5), np.float16(0.5), np.array(0.5)):
        np.testing.assert_allclose(derive(lambda w, n=number: (w * n + n * w).sum() / 1)(W)[1], [1, 1, 1])
    for axis in (np.int64(0), np.int8(-1), 0):
        np.testing.assert_array_equal(derive(lambda w, a=axis: np.sum(w, axis=a))(W)[1], [1, 1, 1])
    joined = lambda w: (np.concatenate([[1.0], w]) * concatenate([w, [2.0]])).sum()   # noqa: E731
    np.testing.assert_allclose(derive(joined)(W)[1], [1 + W[1], W[0] + W[2], W[1] + 2])


def test_a_list_of_vars_names_its_remedy():
    with pytest.raises(TypeError, match=r"np\.stack"):
        value_and_grad(lambda w: np.array([w[0], w[1]]).sum())(W)
    np.testing.assert_array_equal(value_and_grad(lambda w: np.stack([w[0], w[1]]).sum())(W)[1], [1, 1, 0])


def test_a_loss_that_takes_no_operation_has_no_ratio():
    with pytest.raises(ValueError, match="no operation"):
        cost(lambda w: w[0], W).ratio  # noqa: B018


def test_operations_of_stacks_and_letters():
    """As many as the products of matrices that they are."""
    A, B = np.ones((4, 2, 3)), np.ones((3, 5))
    assert cost(lambda A: (A @ B).sum(), A).forward == 4 * 2 * 3 * 5 * 2 + 40
    assert cost(lambda A: np.einsum("abc,cd->abd", A, B).sum(), A).forward == 4 * 2 * 3 * 5 * 2 + 40
