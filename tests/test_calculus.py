"""Losses and gradients of linear regression against complex step, paper, and bad input."""

import numpy as np
import pandas
import pytest

from gradlib import calculus, data, numeric

SHAPES = [(1, 1), (5, 1), (1, 4), (3, 3), (7, 2), (4, 9)]


def random_problem(n, d, seed=0):
    rng = np.random.default_rng([seed, n, d])
    return rng.standard_normal((n, d)), rng.standard_normal(n), rng.standard_normal(d), rng.standard_normal()


@pytest.mark.parametrize("loss", calculus.CONSTANTS)
@pytest.mark.parametrize("shape", SHAPES)
def test_gradient_agrees_with_complex_step(shape, loss):
    for seed in range(20):
        X, y, w, b = random_problem(*shape, seed)
        dw, db = calculus.linear_gradient(X, y, w, b, loss=loss)
        judged = numeric.complex_step(lambda wb: calculus.linear_loss(X, y, wb[:-1], wb[-1], loss), [*w, b])
        np.testing.assert_allclose([*dw, db], judged, rtol=1e-12, atol=1e-12 * np.abs(judged).max())


@pytest.mark.parametrize("shape", SHAPES)
def test_hessian_is_the_derivative_of_the_gradient(shape):
    X, y, w, _ = random_problem(*shape)
    for loss in calculus.CONSTANTS:
        rows = [numeric.complex_step(lambda w, j=j: calculus.linear_gradient(X, y, w, loss=loss)[j], w)
                for j in range(shape[1])]
        np.testing.assert_allclose(calculus.linear_hessian(X, loss), rows, rtol=1e-12, atol=1e-13)


def test_four_losses_differ_by_the_constants_of_lesson_01():
    X, y, w, _ = random_problem(5, 2)
    ours = calculus.linear_gradient(X, y, w)
    for loss, ratio in {"half_mse": 1, "mse": 2, "half_sse": 5, "sse": 10}.items():
        np.testing.assert_allclose(calculus.linear_gradient(X, y, w, loss=loss), ratio * ours, rtol=1e-14)


def test_gradient_is_the_blogs_line():
    X, y, w, _ = random_problem(7, 3)
    error = X.dot(w) - y
    np.testing.assert_allclose(calculus.linear_gradient(X, y, w), X.T.dot(error) / X.shape[0], rtol=1e-14)


def test_bias_is_a_weight_on_a_column_of_ones():
    X, y, w, b = random_problem(7, 3)
    dw, db = calculus.linear_gradient(X, y, w, b)
    both = calculus.linear_gradient(calculus.add_ones(X), y, [*w, b])
    np.testing.assert_allclose([*dw, db], both, rtol=1e-13)
    assert calculus.linear_loss(X, y, w, b) == pytest.approx(calculus.linear_loss(calculus.add_ones(X), y, [*w, b]))


def test_four_points_digit_for_digit():
    X, y = data.four_points()
    np.testing.assert_allclose(calculus.linear_gradient(X, y, [0, 0]), [-2.75, -5.5], rtol=1e-15)
    np.testing.assert_allclose(calculus.least_squares(X, y), [1.1, 1.1], rtol=1e-14)
    np.testing.assert_allclose(calculus.linear_hessian(X), [[1, 1.5], [1.5, 3.5]], rtol=1e-15)


@pytest.mark.parametrize("shape", SHAPES)
def test_gradient_vanishes_at_the_least_squares_weights(shape):
    X, y, _, _ = random_problem(*shape)
    np.testing.assert_allclose(calculus.linear_gradient(X, y, calculus.least_squares(X, y)), 0, atol=1e-13)


def test_integers_become_floats_and_cannot_overflow():
    X = np.array([[2**31 - 1], [2**31 - 1]], dtype=np.int32)
    y = np.array([0, 1], dtype=np.int8)
    assert calculus.linear_loss(X, y, [2]) == pytest.approx((2 * (2.0**31 - 1)) ** 2 / 2, rel=1e-8)
    assert calculus.linear_gradient(np.array([[200]], np.uint8), [0], np.array([200], np.uint8)) == 200.0**3


def test_float32_stays_float32():
    X, y, w, _ = random_problem(5, 2)
    gradient = calculus.linear_gradient(X.astype("f4"), y.astype("f4"), w.astype("f4"))
    assert gradient.dtype == np.float32
    np.testing.assert_allclose(gradient, calculus.linear_gradient(X, y, w), rtol=1e-4)


def test_lists_and_data_frames_work():
    X, y, w, _ = random_problem(5, 2)
    frame = pandas.DataFrame({"first": X[:, 0], "second": X[:, 1], "target": y})
    expected = calculus.linear_gradient(X, y, w)
    for given in (X.tolist(), y.tolist(), w.tolist()), (frame[["first", "second"]], frame["target"], w):
        # Stored column by column, the same numbers may be added up in another order.
        np.testing.assert_allclose(calculus.linear_gradient(*given), expected, rtol=1e-14, atol=1e-15)


X, Y, W = np.ones((3, 2)), np.ones(3), np.ones(2)
BAD = [
    ((X, np.ones((3, 1)), W), ValueError, "y has shape (3, 1); expected (3,). Use y.ravel()."),
    ((X, [[1], [1], [1]], W), ValueError, "y has shape (3, 1); expected (3,). Use np.ravel(y)."),
    ((X, np.ones(4), W), ValueError, "y has shape (4,); expected (3,)."),
    ((X, Y, np.ones(3)), ValueError, "w has shape (3,); expected (2,)."),
    ((X, Y, np.ones((2, 1))), ValueError, "w has shape (2, 1); expected (2,). Use np.ravel(w)."),
    ((np.ones(3), Y, W), ValueError, "X has shape (3,); expected (n, d), one row per example. "
                                     "Use X.reshape(-1, 1) if X holds one feature."),
    ((np.ones((3, 2, 1)), Y, W), ValueError, "X has shape (3, 2, 1); expected (n, d), one row per example."),
    ((np.ones((0, 2)), [], W), ValueError, "X has shape (0, 2); expected at least one row and one column."),
    (([[1, np.nan], [1, 1], [1, 1]], Y, W), ValueError,
     "X has 1 value that is not finite (the first at [0, 1]). Remove or replace it first."),
    ((X, [1, np.inf, -np.inf], W), ValueError,
     "y has 2 values that are not finite (the first at [1]). Remove or replace them first."),
    (([["a", "b"]] * 3, Y, W), TypeError, "X must hold numbers only, got [['a', 'b'], ['a', 'b'], ['a', 'b']] (list). "
                                          "Turn text into numbers, or leave that column out."),
    (([[1, 2], [1]], Y, W), TypeError, "X must hold numbers only, got [[1, 2], [1]] (list). "
                                       "Turn text into numbers, or leave that column out."),
    ((X, Y, W, [1, 2]), ValueError, "b must be one number, got an array of shape (2,)."),
    ((X, Y, W, None, "rmse"), ValueError, "loss must be one of 'half_mse', 'mse', 'half_sse', 'sse'; got 'rmse'."),
]


@pytest.mark.parametrize("function", [calculus.linear_loss, calculus.linear_gradient])
@pytest.mark.parametrize("arguments, kind, sentence", BAD)
def test_bad_input_gets_its_own_sentence(function, arguments, kind, sentence):
    with pytest.raises(kind) as caught:
        function(*arguments)
    assert str(caught.value) == sentence


def test_text_in_a_data_frame_is_named():
    frame = pandas.DataFrame({"island": ["Dream", "Biscoe"], "flipper": [19.0, 20.0]})
    with pytest.raises(TypeError, match="X must hold numbers only"):
        calculus.linear_loss(frame, [1, 2], [1, 1])


def test_nothing_given_is_changed():
    X, y, w, b = random_problem(5, 2)
    before = X.copy(), y.copy(), w.copy()
    calculus.linear_gradient(X, y, w, b)
    calculus.least_squares(X, y)
    for array, copy in zip((X, y, w), before):
        np.testing.assert_array_equal(array, copy)
