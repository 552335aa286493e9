"""What is not supported says so, by name, and is never answered with a silent zero."""

import math

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
    logsumexp,
    program,
    softmax,
    value_and_grad,
)

W, M = np.array([0.7, -1.3, 2.1]), np.array([[0.7, -1.3, 2.1], [0.4, 1.6, -0.9]])
PLAIN = "a Var cannot become a plain array"

# loss -> what its message must name
NUMPY = {
    "inv": (lambda w: np.linalg.inv(w.reshape(3, 1) * W).sum(), r"inv"),
    "solve": (lambda w: np.linalg.solve(np.eye(3), w).sum(), r"solve"),
    "det": (lambda w: np.linalg.det(w.reshape(3, 1) * W), r"det"),
    "sort": (lambda w: np.sort(w)[0], r"np\.sort"),
    "arcsin": (lambda w: np.arcsin(w / 9).sum(), r"np\.arcsin"), "roll": (lambda w: np.roll(w, 1)[0], r"np\.roll"),
    "einsum of a diagonal": (lambda w: np.einsum("ii", np.outer(w, w)), r"np\.einsum .*each letter once"),
    "einsum of three": (lambda w: np.einsum("i,i,i", w, w, w), r"np\.einsum .*one or two"),
    "norm of a matrix": (lambda w: np.linalg.norm(np.outer(w, w), 2), r"norm .*ord=2"),
    "norm of a matrix by axes": (lambda w: np.linalg.norm(np.outer(w, w), 2, axis=(0, 1)), r"norm .*ord=2"),
    "norm of a vector as a matrix": (lambda w: np.linalg.norm(w, "fro"), r"norm .*ord='fro'"),
    "where of numbers": (lambda w: np.where(w, w, -w).sum(), r"np\.where .*mask"),
    "axis that is no whole number": (lambda w: np.sum(w, axis=1.5), r"np\.sum .*1\.5"),
    "product of several axes": (lambda w: np.prod(np.outer(w, w), axis=(0, 1)), r"np\.prod .*one axis"),
    "argmax": (lambda w: np.argmax(w), r"np\.argmax"),
    "vstack": (lambda w: np.vstack([W, w]).sum(), r"np\.vstack"),
    "floor": (lambda w: np.floor(w).sum(), r"np\.floor"),
    "equal": (lambda w: np.equal(w, 1).sum(), r"np\.equal"),
    "zeros_like": (lambda w: np.zeros_like(w).sum(), r"np\.zeros_like"),
    "add.reduce": (lambda w: np.add.reduce(w), r"np\.add\.reduce"),
    "multiply.outer": (lambda w: np.multiply.outer(w, W).sum(), r"np\.multiply\.outer"),
    "add.accumulate": (lambda w: np.add.accumulate(w).sum(), r"np\.add\.accumulate"),
    "add.at": (lambda w: np.add.at(np.zeros(3), [0, 1, 2], w), r"np\.add\.at"),
    "out": (lambda w: np.exp(w, out=np.zeros(3)).sum(), r"np\.exp .* out"),
    "out of sum": (lambda w: np.sum(w, out=np.zeros(())), r"np\.sum .* out"),
    "where=": (lambda w: np.exp(w, where=W > 0).sum(), r"np\.exp .* where"),
    "dtype": (lambda w: np.sum(w, dtype=np.float32), r"np\.sum .* dtype"),
    "initial": (lambda w: np.max(w, initial=0), r"np\.max .* initial"),
    "in place": (lambda w: _in_place(np.add, w), r"np\.add .* out"),
    "broadcast_to subok": (lambda w: np.broadcast_to(w, (2, 3), subok=True).sum(), r"np\.broadcast_to .* subok"),
    "copyto": (lambda w: np.copyto(np.zeros(3), w), r"np\.copyto"),
}
PLAIN_ARRAYS = {
    "asarray": np.asarray, "array": np.array, "array of Vars": lambda w: np.array([w[0], w[1]]).sum(),
    "float": lambda w: float(w[0]), "int": lambda w: int(w[0]), "math.exp": lambda w: math.exp(w[0]),
    "X.dot(w)": lambda w: M.dot(w).sum(), "float64": lambda w: np.float64(w[0]), "format": lambda w: f"{w[0]:.2f}",
    "full": lambda w: np.full(3, w[0]).sum(),
}
PYTHON = {
    "item assignment": (lambda w: w.__class__.__setitem__(w, 0, 1.0), "Var"),
    "astype": (lambda w: w.astype(int).sum(), "int64"), "item": (lambda w: w[0].item(), "item"),
    "sort": (lambda w: w.sort(), "sort"), "fill": (lambda w: w.fill(1), "fill"),
    "complex": (lambda w: abs(w * 1j).sum(), "real"),
    "matrix": (lambda w: (w * np.eye(3).view(np.matrix)).sum(), "matrix"), "words": (lambda w: w * "a", "real"),
    "masked array": (lambda w: (w * np.ma.array(W, mask=W > 1)).sum(), "MaskedArray"),
    "floor division": (lambda w: (w // 2).sum(), "//"), "remainder": (lambda w: (w % 2).sum(), "%"),
    "rounding": (lambda w: round(w[0]), "__round__|round"), "and": (lambda w: ((w > 0) & (w < 1)).sum() * w.sum(), "&"),
    "not": (lambda w: (~(w > 0) * w).sum(), "~"), "as an index": (lambda w: W[w[0]], "Var|array"),
    "a loop over a number": (lambda w: sum(x * x for x in w.sum()), "loop|iter"),
    "sum out": (lambda w: w.sum(out=np.zeros(())), "out"), "sum dtype": (lambda w: w.sum(dtype=float), "dtype"),
    "max initial": (lambda w: w.max(initial=0), "initial"),
    "equality with a number": (lambda w: (w == 1.0) * w.sum(), "=="),
    "inequality with an array": (lambda w: ((w != W) * w).sum(), r"of a Var|not_equal"),
}
SHAPES = {
    "transpose with other axes": (lambda w: np.transpose(w.reshape(1, 3), (1, 1)).sum(), ValueError, "axis|axes"),
    "dot of 3-D": (lambda w: np.dot(np.ones((2, 2, 3)), w).sum(), ValueError, r"dot .*\(2, 2, 3\) and \(3,\)"),
    "matmul of 3-D": (lambda w: np.matmul(np.ones((2, 2, 2)), w.reshape(3, 1)).sum(), ValueError, "size|dimension"),
    "an axis of three cannot be squeezed": (lambda w: np.squeeze(w, 0).sum(), ValueError, r"squeeze .*\(3,\)"),
    "axes that are not there": (lambda w: np.transpose(w.reshape(1, 3), (0, 5)).sum(), ValueError, r"transpose.*5"),
    "a new axis too far out": (lambda w: np.expand_dims(w, 5).sum(), ValueError, r"expand_dims.*5"),
    "no such axis to exchange": (lambda w: np.swapaxes(w, 0, 3).sum(), ValueError, r"swapaxes.*3"),
    "no such axis to squeeze": (lambda w: np.squeeze(w.reshape(1, 3), -3).sum(), ValueError, r"squeeze.*-3"),
    "no such axis of prod": (lambda w: np.prod(w, axis=4).sum(), ValueError, r"prod.*4"),
    "no such axis of cumsum": (lambda w: np.cumsum(w, axis=1).sum(), ValueError, r"cumsum.*1"),
    "tensordot of as many, but not the same": (lambda w: np.tensordot(
        w.reshape(1, 3) * np.ones((2, 1)), np.ones((3, 2)), ([0, 1], [0, 1])), ValueError, r"tensordot.*\(2, 3\)"),
    "tensordot over more axes than there are": (lambda w: np.tensordot(w, W, 2), ValueError, "tensordot"),
    "letters that do not fit": (lambda w: np.einsum("ij->i", w).sum(), ValueError, r'einsum "ij->i"'),
    "a letter from nowhere": (lambda w: np.einsum("i->k", w).sum(), ValueError, r'einsum "i->k"'),
    "a number and @": (lambda w: (w @ w.sum()).sum(), ValueError, r"@ .*\(3,\) and \(\)"),
    "softmax of a number": (lambda w: softmax(w.sum()), ValueError, "softmax"),
    "nothing to concatenate": (lambda w: w.sum() + concatenate([]).sum(), ValueError, "concatenate"),
    "a spread divided by nothing": (lambda w: np.var(w, ddof=3), ValueError, r"np\.var .*ddof=3"),
    "a spread divided by less than nothing": (lambda w: np.std(w, ddof=4), ValueError, r"ddof=4"),
    "a mean of no numbers": (lambda w: w[3:].mean(), ValueError, r"mean .*\(0,\)"),
    "shapes that do not fit": (lambda w: (M.T @ w).sum(), ValueError, r"\(3,2\) and \(3,\)"),
    "broadcasting that does not fit": (lambda w: (w + np.ones(2)).sum(), ValueError, r"\(3,\) ?\(2,\)"),
    "no such axis": (lambda w: w.sum(axis=1), (ValueError, IndexError), "axis"),
    "no such negative axis": (lambda w: np.mean(w, axis=-2).sum(), (ValueError, IndexError), "axis"),
    "no such axis of max": (lambda w: w.max(axis=1).sum(), (ValueError, IndexError), "axis"),
    "no such axis of softmax": (lambda w: softmax(w, 2).sum(), (ValueError, IndexError), "axis"),
    "no such axis of logsumexp": (lambda w: logsumexp(w, axis=1).sum(), (ValueError, IndexError), "axis"),
    "no such axis of concatenate": (lambda w: np.concatenate([w, w], axis=1).sum(), (ValueError, IndexError), "axis"),
    "one axis twice": (lambda w: w.reshape(1, 3).sum(axis=(0, 0)), ValueError, "axis"),
    "one axis twice, once negative": (lambda w: w.reshape(1, 3).sum(axis=(0, -2)), ValueError, "axis"),
    "no such row": (lambda w: w[3], IndexError, "3"),
    "a shape that does not fit": (lambda w: w.reshape(2, 2).sum(), ValueError, "shape"),
    "cross-entropy with a column": (lambda w: cross_entropy(w, W[:, None]), ValueError, r"\(3,\); got \(3, 1\)"),
    "cross-entropy with labels": (lambda w: cross_entropy(w.reshape(1, 3), np.array([2])), ValueError, r"\(1, 3\)"),
    "filling an array": (lambda w: np.zeros(3).__setitem__(0, w[0]), ValueError, "setting an array element"),
    "a loss that is an array": (lambda w: w * 2, ValueError, r"one number.*\(3,\)"),
}


def _in_place(ufunc, w):
    total = np.zeros(3)
    ufunc(total, w, out=total)
    return total.sum()


def refused(loss, kind, match):
    """Every way of differentiating refuses, with the same words."""
    for attempt in (lambda: value_and_grad(loss)(W), lambda: compiled(loss)(W), lambda: program(loss, W),
                    lambda: jvp(lambda w: loss(w).sum(), W, W), lambda: hessian_vector_product(loss, W, W),
                    lambda: cost(loss, W)):
        with pytest.raises(kind, match=match):
            attempt()


@pytest.mark.parametrize("name", NUMPY)
def test_numpy_functions_without_a_rule(name):
    refused(NUMPY[name][0], TypeError, NUMPY[name][1])


@pytest.mark.parametrize("name", PLAIN_ARRAYS)
def test_a_var_does_not_become_a_plain_array(name):
    refused(PLAIN_ARRAYS[name], TypeError, PLAIN if name != "format" else "Var")


@pytest.mark.parametrize("name", PYTHON)
def test_python_operations_without_a_rule(name):
    refused(PYTHON[name][0], (TypeError, AttributeError, IndexError), PYTHON[name][1])


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_and_axes(name):
    loss, kind, match = SHAPES[name]
    for attempt in (lambda: value_and_grad(loss)(W), lambda: compiled(loss)(W), lambda: cost(loss, W)):
        with pytest.raises(kind, match=match):
            attempt()


def test_the_refusal_lists_what_there_is_and_says_what_to_do():
    with pytest.raises(TypeError, match=r"np\.arcsin has no rule for a Var\. There are rules for absolute, .*tanh"):
        value_and_grad(np.arcsin)(0.5)
    with pytest.raises(TypeError, match=r"Write X @ w instead of X\.dot\(w\)"):
        value_and_grad(lambda w: M.dot(w).sum())(W)
    with pytest.raises(ValueError, match=r"Take its mean or its sum first"):
        backward(Var(W) * 2)


# ------------------------------------------------------------------------------- never a silent zero

@pytest.mark.parametrize("result", [None, "text", (1, 2), [1.0], {}, np.ones(3), np.ones(1)], ids=str)
@pytest.mark.parametrize("derive", [value_and_grad, compiled])
def test_a_loss_must_return_one_number(result, derive):
    with pytest.raises((TypeError, ValueError)):
        derive(lambda w: result)(W)
    with pytest.raises((TypeError, ValueError)):
        derive(lambda w: (w.sum(), result))(W)


@pytest.mark.parametrize("leaf", ["text", M.view(np.matrix), np.ma.array(W, mask=W > 1), np.array(["a", "b"]),
                                  np.array([1j, 2]), None, np.array([None, 1.0]), [[1.0, 2.0], [3.0]]], ids=str)
@pytest.mark.parametrize("derive", [value_and_grad, compiled])
def test_a_leaf_must_hold_real_numbers(leaf, derive):
    with pytest.raises((TypeError, ValueError)):
        derive(lambda w: (w * w).sum())(leaf)


def test_a_count_is_not_a_loss():
    """(w > 0).mean() is flat wherever it has a slope: the answer would be a zero that teaches nothing."""
    for loss in (lambda w: (w > 0).mean(), lambda w: (w > 0).sum(), lambda w: (w >= W).sum() / 3):
        for derive in (value_and_grad, compiled):
            with pytest.raises(TypeError):
                derive(loss)(W)


def test_backward_starts_from_a_var():
    for start in (3.0, None, W, [Var(W)]):
        with pytest.raises(TypeError, match="backward"):
            backward(start)


@pytest.mark.parametrize("wrt", [5, (0, 5), (0, 0), "w", 0.5, None], ids=str)
@pytest.mark.parametrize("derive", [value_and_grad, compiled])
def test_positions_must_exist(wrt, derive):
    with pytest.raises((TypeError, ValueError, IndexError)):
        derive(lambda w: (w * w).sum(), wrt)(W)


@pytest.mark.parametrize("derive", [value_and_grad, compiled])
def test_positions_may_be_a_tuple_or_a_list(derive):
    for wrt in ((0,), [0]):
        slopes = derive(lambda w: (w * w).sum(), wrt)(W)[1]
        assert len(slopes) == 1
        np.testing.assert_array_equal(slopes[0], 2 * W)


@pytest.mark.parametrize("data", [np.array([1, 2, 3], object), np.array(["a", "b", "c"]), W * 1j,
                                  np.ma.array(W, mask=W > 1), W[None].view(np.matrix)], ids=repr)
def test_data_must_be_real_numbers(data):
    for derive in (value_and_grad, compiled):
        for loss in (lambda w, X: (w * X).sum(), lambda w, X: np.maximum(w, X).sum(), lambda w, X: (w * (w > X)).sum()):
            with pytest.raises(TypeError, match="real numbers|own rules|plain array"):
                derive(loss)(W, data)


@pytest.mark.parametrize("v", [None, "a", 1j], ids=str)
@pytest.mark.parametrize("derive", [jvp, hessian_vector_product])
def test_directions_are_real_numbers(derive, v):
    with pytest.raises(TypeError, match="real numbers"):
        derive(lambda w: w * w, 2.0, v)


def test_directions_have_the_shape_of_the_point():
    for derive in (jvp, hessian_vector_product):
        with pytest.raises(ValueError, match=r"shape|broadcast"):
            derive(lambda w: (w * w).sum(), W, np.ones(4))
        with pytest.raises(ValueError, match=r"shape|broadcast"):
            derive(lambda w: (w * w).sum(), W, np.ones((2, 3)))


def test_looping_over_rows_works():
    value, slope = value_and_grad(lambda w: sum(x * x for x in w))(W)
    assert value == pytest.approx((W * W).sum())
    np.testing.assert_array_equal(slope, 2 * W)
    first, second = Var(M)
    assert (first.shape, second.shape, len(Var(M))) == ((3,), (3,), 2)


def test_pandas():   # P30 in autodiff-bugs.md
    """A column of a DataFrame beside a Var: the right slopes, or a refusal that says what to do."""
    pandas = pytest.importorskip("pandas")
    series, frame = pandas.Series(W[::-1]), pandas.DataFrame(np.eye(3) + 1)
    for pair in ((lambda w, y: ((w - y) ** 2).mean(), series), (lambda w, y: ((y - w) ** 2).mean(), series),
                 (lambda w, X: ((X @ w) ** 2).sum(), frame), (lambda w, X: (np.dot(X, w) ** 2).sum(), frame)):
        f, data = pair
        for derive in (value_and_grad, compiled):
            expected = derive(f)(W, data.to_numpy())
            try:
                found = derive(f)(W, data)
            except TypeError as refusal:
                assert "to_numpy" in str(refusal) or "asarray" in str(refusal)
            else:
                assert found[0] == expected[0]
                np.testing.assert_allclose(found[1], expected[1], rtol=1e-14)
