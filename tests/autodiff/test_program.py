"""The printed programs of the models in the lessons, line by line, and what a program refuses to freeze."""

import re

import numpy as np
import pytest

from gradlib.autodiff import compiled, cross_entropy, program, relu, softmax, value_and_grad

rng = np.random.default_rng(0)
X, y, w = rng.standard_normal((20, 3)), rng.standard_normal(20), rng.standard_normal(3)
LAYERS = [rng.standard_normal(shape) for shape in ((3, 5), (5,), (5, 4), (4,))]
Y = np.eye(4)[rng.integers(0, 4, 20)]


def lines(text):
    return [line.strip() for line in text.splitlines()]


# ------------------------------------------------------------------------------- it reads like the formula

@pytest.mark.parametrize("f", [
    lambda w, X, y: ((X @ w - y) ** 2).mean() / 2,
    lambda w, X, y: 0.5 * np.mean(np.square(np.dot(X, w) - y)),
    lambda w, X, y: np.sum((X @ w - y) ** 2) / (2 * len(y)),
], ids=["mean", "np.mean", "sum"])
def test_linear_regression_multiplies_by_the_transpose_once(f):
    text = program(f, w, X, y)
    assert "X.dot(w)" in text
    assert text.count("X.T.dot(") == 1
    np.testing.assert_allclose(compiled(f)(w, X, y)[1], X.T.dot(X.dot(w) - y) / 20, rtol=1e-13)


def test_linear_regression_is_the_formula_of_lesson_01():
    assert lines(program(lambda w, X, y: ((X @ w - y) ** 2).mean() / 2, w, X, y)) == [
        "def step(w, X, y):",
        "t0 = X.dot(w)",
        "t0 -= y",
        "loss = np.square(t0).sum() / 20 / 2",
        "t0 /= 20",
        "dw = X.T.dot(t0)",
        "return loss, dw",
    ]


def test_the_gradient_of_linear_regression_divides_once():
    text = program(lambda w, b, X, y: ((X @ w + b - y) ** 2).mean() / 2, w, 0.5, X, y, wrt=(0, 1))
    after = text[text.index("loss ="):].split("\n", 1)[1]
    assert re.findall(r"/=? *\d+", after) == ["/= 20"]
    assert "db = t0.sum()" in after and "dw = X.T.dot(t0)" in after


def test_the_two_layer_classifier_reads_like_the_backward_pass_by_hand():
    f = lambda W, b, V, c, X, Y: cross_entropy(relu(X @ W + b) @ V + c, Y)   # noqa: E731
    assert lines(program(f, *LAYERS, X, Y, wrt=(0, 1, 2, 3))) == [
        "from gradlib.autodiff.rules import cross_entropy, softmax",
        "k0 = np.full(20, 1.0)",
        "def step(W, b, V, c, X, Y):",
        "t0 = X.dot(W)",
        "t0 += b",
        "np.maximum(t0, 0, out=t0)",
        "t1 = t0.dot(V)",
        "t1 += c",
        "loss = cross_entropy(t1, Y)",
        "t2 = softmax(t1, 1)",
        "t2 -= Y",
        "t2 /= 20",
        "dc = k0.dot(t2)",
        "t3 = t2.dot(V.T)",
        "dV = t0.T.dot(t2)",
        "t3 *= t0 > 0",
        "db = k0.dot(t3)",
        "dW = X.T.dot(t3)",
        "return loss, [dW, db, dV, dc]",
    ]


def test_parameters_keep_their_names():
    assert "def step(weights, X):" in program(lambda weights, X: (X @ weights).sum(), w, X)
    assert "dweights" in program(lambda weights, X: ((X @ weights) ** 2).sum(), w, X)
    assert "def step(x0, x1):" in program(lambda *both: (both[0] * both[1]).sum(), w, w)
    run = compiled(lambda t0, loss, k0, np, dt0: (t0 * loss * k0 * np + dt0).sum(), (0, 1, 2, 3, 4))
    arguments = [w + i for i in range(5)]
    found = run(*arguments)
    expected = value_and_grad(lambda a, b, c, d, e: (a * b * c * d + e).sum(), (0, 1, 2, 3, 4))(*arguments)
    assert found[0] == pytest.approx(expected[0])
    np.testing.assert_allclose(found[1], expected[1])


# ------------------------------------------------------------------------------- what is frozen, and what is refused

DECISIONS = {
    "if": lambda w: w.sum() if w.sum() > 0 else -w.sum(), "while": lambda w: halved(w.sum()),
    "and": lambda w: (w[0] > 0 and w[1] > 0) * w.sum(), "max": lambda w: max(w[0], w[1]),
    "sorted": lambda w: sorted([w[0], w[1]])[0], "not": lambda w: (not w[0] > 0) * w.sum(),
    "if number": lambda w: w.sum() if w[0] else w.sum() * 2,
}


def halved(number):
    while number > 0.1:
        number = number / 2
    return number


@pytest.mark.parametrize("name", DECISIONS)
def test_a_decision_by_value_is_refused_but_the_walk_follows_it(name):
    for refuse in (lambda: program(DECISIONS[name], abs(w)), lambda: compiled(DECISIONS[name])(abs(w))):
        with pytest.raises(TypeError, match=r"decides by a value .*: a program would freeze one .*Use np.maximum"):
            refuse()
    assert value_and_grad(DECISIONS[name])(abs(w))[1].shape == (3,)   # and a refusal leaves nothing behind


def test_shapes_settings_and_loops_are_frozen_and_a_new_shape_makes_a_new_program():
    made = []

    def f(w, power, flag):
        made.append((w.shape, power, flag))
        total = w.sum() if flag else w.mean()
        for _ in range(len(w)):
            total = total + (w**power).sum()
        return total
    run = compiled(f)
    for args in ((w, 2, True), (2 * w, 2, True), (w, 3, True), (w, 3, False), (w[:2], 3, False), (3 * w, 2, True)):
        value, slope = run(*args)
        expected = value_and_grad(f)(*args)
        assert value == pytest.approx(expected[0])
        np.testing.assert_allclose(slope, expected[1], rtol=1e-13)
        assert made.pop() == (args[0].shape, *args[1:])   # the walk runs it each time
    asked = [((3,), 2, True), ((3,), 3, True), ((3,), 3, False), ((2,), 3, False)]
    assert made == [run for run in asked for _ in range(2)]   # a program twice, to see whether it says the same


def test_true_and_one_are_different_settings():
    run = compiled(lambda w, axis: (w.sum() if axis is True else w.sum() * 3))
    assert run(w, True)[1][0] == 1
    assert run(w, 1)[1][0] == 3


def test_float32_and_float64_have_programs_of_their_own():
    run = compiled(lambda w: (w * w).sum())
    assert [run(w.astype(kind))[1].dtype for kind in (np.float64, np.float32, np.float64)] == [
        np.float64, np.float32, np.float64]


def test_numbers_that_are_not_differentiated_are_arguments_not_constants():
    """A step size or a penalty may change from call to call."""
    run = compiled(lambda w, penalty, y: ((w - y) ** 2).sum() + penalty * (w * w).sum())
    for penalty in (0.1, 2.0, np.float64(3.0), np.array(4.0)):
        np.testing.assert_allclose(run(w, penalty, y[:3])[1], 2 * (w - y[:3]) + 2 * penalty * w, rtol=1e-13)


def test_an_index_that_is_an_argument_is_never_frozen():
    """Another batch of rows gives other slopes, or the loss is refused."""
    run = compiled(lambda w, rows: (w[rows] ** 2).sum())
    for rows in (np.array([0, 2, 2]), np.array([1, 1, 0])):
        try:
            found = run(w, rows)
        except TypeError as refusal:
            assert "a program would freeze" in str(refusal)
        else:
            np.testing.assert_allclose(found[1], value_and_grad(lambda w: (w[rows] ** 2).sum())(w)[1])
    with pytest.raises(TypeError, match="a program would freeze"):
        compiled(lambda w: w[w > 0].sum())(w)


@pytest.mark.parametrize("key", [
    1, -1, np.int64(1), slice(None, None, -1), slice(0, 2), (slice(None),), ..., (..., 0), (0, ...), None, (None, 0),
    (slice(1), None),
    [0, 0, 1], np.array([1, 0, 1]), (np.array([0, 1]), np.array([2, 2])), (slice(None), np.array([0, 2])),
    ([1, 1], slice(None, None, 2)), np.array([[0, 1], [1, 1]]), (0, np.array([2, 0])), np.array([True, False]),
    (slice(None), np.array([True, False, True])), np.array([[True, False, True], [False, True, True]]),
], ids=str)
def test_every_index(key):
    A = np.array([[0.7, -1.3, 2.1], [0.4, 1.6, -0.9]])
    f = lambda A: (A[key] ** 2).sum()   # noqa: E731
    expected = np.zeros_like(A)
    np.add.at(expected, key, 2 * A[key])
    for derive in (value_and_grad, compiled):
        value, slope = derive(f)(A)
        assert value == pytest.approx((A[key] ** 2).sum())
        np.testing.assert_allclose(slope, expected, rtol=1e-14)


@pytest.mark.parametrize("number", [np.inf, -np.inf, 1e300, -1e300, 1e-300, 5e-324, 0.0, -0.0, 1e16, 1 / 3, 2.0**-60])
def test_constants_of_every_size(number):   # P29 in autodiff-bugs.md: inf, 1e300
    for f in (lambda w: np.maximum(w, number).sum() + w.sum(), lambda w: (w * number).sum(),
              lambda w: (w + np.array([number])).sum()):
        with np.errstate(all="ignore"):
            (value, slope), (expected, expected_slope) = compiled(f)(w), value_and_grad(f)(w)
            text = program(f, w)
        np.testing.assert_allclose(value, expected, rtol=1e-13)
        np.testing.assert_allclose(slope, expected_slope, rtol=1e-13)
        assert max(map(len, lines(text))) < 100


def chain(w):
    for _ in range(1000):
        w = w * 1.001 + 0.5
    return w


@pytest.mark.parametrize("f, argument", [
    (chain, np.array(1.0)),                                       # more brackets than Python reads in one expression
    (lambda w: ((-2.0) ** w).sum(), np.array([2.0, 3.0])),        # not -(2.0 ** w)
    (lambda W: (softmax(W, (0, 1)) ** 2).sum(), LAYERS[0]), (lambda W: (softmax(W, None) ** 2).sum(), LAYERS[0]),
    (lambda W: (np.concatenate([W, 2 * W], axis=None) ** 2).mean(), LAYERS[0]),
], ids=["a thousand numbers", "a negative base", "softmax of all", "softmax for None", "concatenate for None"])
def test_compiled_equals_eager_where_it_once_did_not(f, argument):
    with np.errstate(invalid="ignore"):   # the slope of (-2) ** w is nan
        (value, slope), (expected, expected_slope) = compiled(f)(argument), value_and_grad(f)(argument)
    assert value == pytest.approx(f(argument) if f is chain else expected, rel=1e-13)
    np.testing.assert_allclose(slope, expected_slope, rtol=1e-12)


def test_a_loss_that_depends_on_nothing_has_no_program():
    with pytest.raises(ValueError, match="does not depend on its arguments"):
        program(lambda w: 3.0, w)
