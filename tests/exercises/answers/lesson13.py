"""Answers to the open exercises of lesson 13, as learners write them: each with the code that it should get."""

import numpy as np

from gradlib import autodiff
from gradlib.numeric import central_difference

SLOPES, LOSSES, LAYERS = [], [], []     # (code, function) for slopes_of, loss_of and mend


def answer(table, code):
    """Keep an answer that should get this code."""
    def keep(function):
        table.append((code, function))
        return function
    return keep


# slopes_of ---------------------------------------------------------------------------------------------------------

@answer(SLOPES, "correct")
def in_a_loop(w, X, y):
    total = np.zeros(len(w))
    for row, target in zip(X, y):
        error = row @ w - target
        total += row * error / (1 + error * error) ** 0.5
    return total / len(y)


@answer(SLOPES, "correct")
def by_backprop(w, X, y):
    return autodiff.value_and_grad(lambda w: (((X @ w - y) ** 2 + 1) ** 0.5).mean())(w)[1]


@answer(SLOPES, "correct")
def by_nudges(w, X, y):
    return central_difference(lambda w: np.sqrt(1 + (X @ w - y) ** 2).mean(), w)


@answer(SLOPES, "correct")
def as_a_mean_of_rows(w, X, y):
    error = X @ w - y
    return (X * (error / np.hypot(1, error))[:, None]).mean(axis=0)


@answer(SLOPES, "correct")
def by_einsum(w, X, y):
    error = np.einsum("nd,d->n", X, w) - y
    return list(np.einsum("nd,n->d", X, error / np.sqrt(1 + error**2)) / X.shape[0])


@answer(SLOPES, "correct")
def as_a_column(w, X, y):
    error = (X @ w - y)[:, None]
    return X.T @ (error / np.sqrt(1 + error**2)) / len(y)


@answer(SLOPES, "correct")
def in_single_precision(w, X, y):
    w, X, y = (array.astype(np.float32) for array in (w, X, y))
    error = X @ w - y
    return X.T @ (error / np.sqrt(1 + error**2)) / len(y)


@answer(SLOPES, "correct")
def by_one_sided_nudges(w, X, y):
    def loss(w):
        return np.mean(np.sqrt(1 + (X @ w - y) ** 2))
    return [(loss(w + 1e-6 * row) - loss(w)) / 1e-6 for row in np.eye(len(w))]


@answer(SLOPES, "factor")
def a_half_left_over(w, X, y):
    error = X @ w - y
    return X.T @ (error / (2 * np.sqrt(1 + error**2))) / len(y)


@answer(SLOPES, "unreadable")
def the_loss_as_well(w, X, y):
    return 0.0, in_a_loop(w, X, y)


@answer(SLOPES, "sum_for_mean")
def a_sum(w, X, y):
    error = X @ w - y
    return X.T @ (error / np.sqrt(1 + error**2))


@answer(SLOPES, "sign")
def uphill_is_downhill(w, X, y):
    error = y - X @ w
    return X.T @ (error / np.sqrt(1 + error**2)) / len(y)


@answer(SLOPES, "unexplained")
def the_root_alone(w, X, y):
    error = X @ w - y
    return X.T @ (1 / (2 * np.sqrt(1 + error**2))) / len(y)


@answer(SLOPES, "unreadable")
def one_for_each_example(w, X, y):
    error = X @ w - y
    return error / np.sqrt(1 + error**2) / len(y)


# loss_of -----------------------------------------------------------------------------------------------------------

@answer(LOSSES, "correct")
def huber(w, X, y):
    far = abs(X @ w - y)
    return np.mean(np.where(far < 1, far**2 / 2, far - 0.5))


@answer(LOSSES, "correct")
def with_another_constant(w, X, y):
    far = abs(X @ w - y)
    return np.mean(np.where(far < 1, far**2 / 2 + 0.5, far)) + 7


@answer(LOSSES, "correct")
def square_of_the_clipped(w, X, y):
    error = X @ w - y
    near = np.clip(error, -1, 1)
    return (near * error - near**2 / 2).mean()


@answer(LOSSES, "correct")
def one_by_one(w, X, y):
    total = 0.0
    for row, target in zip(X, y):
        far = abs(row @ w - target)
        total += far * far / 2 if far <= 1 else far - 1 / 2
    return total / len(y)


@answer(LOSSES, "correct")
def square_less_the_excess(w, X, y):
    far = np.abs(X @ w - y)
    return (far**2 - np.maximum(far - 1, 0) ** 2).mean() / 2


@answer(LOSSES, "correct")
def single_precision(w, X, y):
    far = abs(X @ w - y).astype(np.float32)
    return np.mean(np.where(far < 1, far**2 / 2, far - np.float32(0.5)))


@answer(LOSSES, "correct")
def in_brackets(w, X, y):
    return [huber(w, X, y)]


@answer(LOSSES, "correct")
def area_under_the_slope(w, X, y):
    grids = (np.linspace(0, error, 2001) for error in X @ w - y)
    return sum(np.sum(np.clip((grid[1:] + grid[:-1]) / 2, -1, 1) * np.diff(grid)) for grid in grids) / len(y)


@answer(LOSSES, "jumps")
def a_jump_far_out(w, X, y):
    far = abs(X @ w - y)
    return np.mean(np.where(far < 1, far**2 / 2, np.where(far < 3, far - 0.5, far - 0.4)))


@answer(LOSSES, "other_loss")
def half_the_square(w, X, y):
    return np.mean((X @ w - y) ** 2) / 2


@answer(LOSSES, "mean_for_sum")
def a_sum_of_losses(w, X, y):
    return len(y) * huber(w, X, y)


@answer(LOSSES, "unexplained")
def all_near_or_all_far(w, X, y):
    far = abs(X @ w - y)
    return np.mean(far**2 / 2) if (far < 1).all() else np.mean(far - 0.5)


@answer(LOSSES, "raises")
def an_if_for_an_array(w, X, y):
    far = abs(X @ w - y)
    return far**2 / 2 if far < 1 else far - 0.5


@answer(LOSSES, "jumps")
def lines_through_zero(w, X, y):
    far = abs(X @ w - y)
    return np.mean(np.where(far < 1, far**2 / 2, far))


@answer(LOSSES, "unexplained")
def a_square_that_meets_a_line(w, X, y):
    far = abs(X @ w - y)
    return np.mean(np.where(far < 1, far**2, far))


@answer(LOSSES, "factor")
def without_the_half(w, X, y):
    far = abs(X @ w - y)
    return np.mean(np.where(far < 1, far**2, 2 * far - 1))


@answer(LOSSES, "unreadable")
def without_the_mean(w, X, y):
    far = abs(X @ w - y)
    return np.where(far < 1, far**2 / 2, far - 0.5)


# mend --------------------------------------------------------------------------------------------------------------

def pass_back(W1, b1, W2, b2, W3, b3, X, Y):
    """Forward, and the deltas from the last to the first."""
    a1 = np.tanh(X @ W1 + b1)
    a2 = np.tanh(a1 @ W2 + b2)
    delta3 = (a2 @ W3 + b3 - Y) / len(X)
    delta2 = delta3 @ W3.T * (1 - a2**2)
    return a1, a2, delta3, delta2, delta2 @ W2.T * (1 - a1**2)


@answer(LAYERS, "correct")
def both_mended(W1, b1, W2, b2, W3, b3, X, Y):
    a1, a2, d3, d2, d1 = pass_back(W1, b1, W2, b2, W3, b3, X, Y)
    return X.T @ d1, d1.sum(axis=0), a1.T @ d2, d2.sum(axis=0), a2.T @ d3, d3.sum(axis=0)


@answer(LAYERS, "correct")
def as_a_list(W1, b1, W2, b2, W3, b3, X, Y):
    return list(both_mended(W1, b1, W2, b2, W3, b3, X, Y))


@answer(LAYERS, "correct")
def ones_for_the_biases(W1, b1, W2, b2, W3, b3, X, Y):
    a1, a2, d3, d2, d1 = pass_back(W1, b1, W2, b2, W3, b3, X, Y)
    ones = np.ones(len(X))
    return X.T @ d1, ones @ d1, a1.T @ d2, ones @ d2, a2.T @ d3, ones @ d3


@answer(LAYERS, "correct")
def autodiff_does_it(W1, b1, W2, b2, W3, b3, X, Y):
    def loss(W1, b1, W2, b2, W3, b3):
        return ((np.tanh(np.tanh(X @ W1 + b1) @ W2 + b2) @ W3 + b3 - Y) ** 2).mean() / 2
    return autodiff.value_and_grad(loss, wrt=tuple(range(6)))(W1, b1, W2, b2, W3, b3)[1]


@answer(LAYERS, "correct")
def with_cosh(W1, b1, W2, b2, W3, b3, X, Y):
    z1 = X @ W1 + b1
    a1, a2, d3, d2, _ = pass_back(W1, b1, W2, b2, W3, b3, X, Y)
    d1 = (d2 @ W2.T) / np.cosh(z1) ** 2
    return X.T @ d1, d1.sum(axis=0), a1.T @ d2, d2.sum(axis=0), a2.T @ d3, d3.sum(axis=0)


@answer(LAYERS, "correct")
def by_name(W1, b1, W2, b2, W3, b3, X, Y):
    return dict(zip(("W1", "b1", "W2", "b2", "W3", "b3"), both_mended(W1, b1, W2, b2, W3, b3, X, Y)))


@answer(LAYERS, "correct")
def biases_as_rows(W1, b1, W2, b2, W3, b3, X, Y):
    return [np.atleast_2d(slope) for slope in both_mended(W1, b1, W2, b2, W3, b3, X, Y)]


@answer(LAYERS, "sum_for_mean")
def all_as_sums(W1, b1, W2, b2, W3, b3, X, Y):
    return [len(X) * slope for slope in both_mended(W1, b1, W2, b2, W3, b3, X, Y)]


@answer(LAYERS, "unexplained")
def slope_of_one_unit_for_all(W1, b1, W2, b2, W3, b3, X, Y):
    a1, a2, d3, d2, _ = pass_back(W1, b1, W2, b2, W3, b3, X, Y)
    d1 = d2 @ W2.T * (1 - a2[:, :1] ** 2)
    return X.T @ d1, d1.sum(axis=0), a1.T @ d2, d2.sum(axis=0), a2.T @ d3, d3.sum(axis=0)


@answer(LAYERS, "unreadable")
def five_of_six(W1, b1, W2, b2, W3, b3, X, Y):
    return both_mended(W1, b1, W2, b2, W3, b3, X, Y)[:5]


@answer(LAYERS, "mean_for_sum")
def bias_still_a_mean(W1, b1, W2, b2, W3, b3, X, Y):
    a1, a2, d3, d2, d1 = pass_back(W1, b1, W2, b2, W3, b3, X, Y)
    return X.T @ d1, d1.mean(axis=0), a1.T @ d2, d2.sum(axis=0), a2.T @ d3, d3.sum(axis=0)


@answer(LAYERS, "unreadable")
def weights_before_biases(W1, b1, W2, b2, W3, b3, X, Y):
    a1, a2, d3, d2, d1 = pass_back(W1, b1, W2, b2, W3, b3, X, Y)
    return X.T @ d1, a1.T @ d2, a2.T @ d3, d1.sum(axis=0), d2.sum(axis=0), d3.sum(axis=0)
