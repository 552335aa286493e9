"""Answers to the exercises of lesson 08, as learners write them."""

import functools
import itertools
import math
import statistics
from fractions import Fraction

import numpy as np

from gradlib.autodiff import value_and_grad
from gradlib.calculus import linear_gradient, linear_loss
from gradlib.descent import SGD
from gradlib.numeric import complex_step
from gradlib.theory import covariance_factor

from . import odd, right, wrong, wrong_lines

# batch_variance ----------------------------------------------------------------------------------------------

@right("batch_variance")
def batch_variance_in_one_line(slopes, batch_size):
    return np.var(slopes) / batch_size * (len(slopes) - batch_size) / (len(slopes) - 1)


@right("batch_variance")
def batch_variance_every_batch(slopes, batch_size):
    return np.var([np.mean(batch) for batch in itertools.combinations(slopes, batch_size)])


@right("batch_variance")
def batch_variance_sampling_fraction(slopes, batch_size):
    fraction = batch_size / len(slopes)
    return (1 - fraction) * np.var(slopes, ddof=1) / batch_size


@right("batch_variance")
def batch_variance_covariances(slopes, batch_size):
    n, v = len(slopes), np.var(slopes)
    pair = -v / (n - 1)
    return v / batch_size + (batch_size - 1) / batch_size * pair


@right("batch_variance")
def batch_variance_matrix(slopes, batch_size):
    n = len(slopes)
    rows = list(itertools.combinations(range(n), batch_size))
    picks = np.zeros((len(rows), n))
    for i, row in enumerate(rows):
        picks[i, list(row)] = 1 / batch_size
    means = picks @ slopes
    return (means ** 2).mean() - means.mean() ** 2


@right("batch_variance")
def batch_variance_plain_python(slopes, batch_size):
    n = len(slopes)
    mean = sum(slopes) / n
    variance = sum((s - mean) ** 2 for s in slopes) / n
    return variance * float(Fraction(n - batch_size, batch_size * (n - 1)))


@right("batch_variance")
def batch_variance_gradlib(slopes, batch_size):
    return covariance_factor(len(slopes), batch_size) * statistics.pvariance(slopes.tolist())


@right("batch_variance")
def batch_variance_fraction(slopes, batch_size):
    exact = [Fraction(float(slope)) for slope in slopes]
    means = [sum(batch) / batch_size for batch in itertools.combinations(exact, batch_size)]
    mean = sum(means) / len(means)
    return sum((each - mean) ** 2 for each in means) / len(means)


@right("batch_variance")
def batch_variance_generator(slopes: np.ndarray, batch_size: int) -> np.float32:
    sums = (sum(batch) for batch in itertools.combinations(slopes, batch_size))
    return np.float32(np.fromiter(sums, float).var() / batch_size ** 2)


@odd("batch_variance")
def _(slopes, batch_size):
    return np.var(slopes) * np.exp(-batch_size / len(slopes))


@wrong("batch_variance", "with_replacement")
def _(slopes, batch_size):
    means = [np.mean(batch) for batch in itertools.product(slopes, repeat=batch_size)]
    return np.var(means)


@wrong("batch_variance", "with_replacement")
def _(slopes, batch_size):
    batches = itertools.combinations_with_replacement(slopes, batch_size)
    return np.var([sum(batch) / batch_size for batch in batches])


@wrong("batch_variance", "summed")
def _(slopes, batch_size):
    sums = [sum(batch) for batch in itertools.combinations(slopes, batch_size)]
    return np.var(sums)


@wrong("batch_variance", "standard_deviation")
def _(slopes, batch_size):
    return np.std([np.mean(batch) for batch in itertools.combinations(slopes, batch_size)])


@wrong("batch_variance", "inside_a_batch")
def _(slopes, batch_size):
    return sum(np.var(b) for b in itertools.combinations(slopes, batch_size)) / math.comb(len(slopes), batch_size)


@wrong("batch_variance", "batches_as_sample")
def _(slopes, batch_size):
    means = [np.mean(batch) for batch in itertools.combinations(slopes, batch_size)]
    return np.var(means, ddof=1)


@wrong("batch_variance", "absolute_distance")
def _(slopes, batch_size):
    means = np.array([np.mean(batch) for batch in itertools.combinations(slopes, batch_size)])
    return np.mean(np.abs(means - means.mean()))


@wrong("batch_variance", "not_centred")
def _(slopes, batch_size):
    total, count = 0, 0
    for batch in itertools.combinations(slopes, batch_size):
        total += np.mean(batch) ** 2
        count += 1
    return total / count


@wrong("batch_variance", "returned_means")
def _(slopes, batch_size):
    means = []
    for batch in itertools.combinations(slopes, batch_size):
        means.append(sum(batch) / len(batch))
    return np.array(means)


@wrong("batch_variance", "returned_means")
def _(slopes, batch_size):
    return np.mean([np.mean(batch) for batch in itertools.combinations(slopes, batch_size)])


@wrong("batch_variance", "raises")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - B) / (B * (n - 1))  # noqa: F821
    return factor * np.var(slopes)


wrong_lines("batch_variance", '''
with_replacement  return np.var(slopes) / batch_size
absolute_distance  return np.mean(abs(slopes - slopes.mean())) * factor
by_both_numbers  factor = 1 / batch_size / n
below_zero  factor = (batch_size - n) / batch_size / (n - 1)
deviation_for_variance  return np.std(slopes) * factor
other_sign  factor = (n - batch_size) / (batch_size * (n + 1))
last_example_left_out
    n = len(slopes) - 1
    factor = (n - batch_size) / (batch_size * (n - 1))
    return factor * np.var(slopes[:n])
divided_twice  factor = 1 / batch_size ** 2
divided_twice  factor = (n - batch_size) / (batch_size ** 2 * (n - 1))
summed  return np.var(slopes) * (n - batch_size) / (n - 1) * batch_size
standard_deviation+with_replacement  return np.std(slopes) / math.sqrt(batch_size)
ddof_one  return factor * np.var(slopes, ddof=1)
ddof_one+with_replacement  return np.var(slopes, ddof=1) / batch_size
only_outside  factor = (n - batch_size) / (n - 1)
only_outside  factor = 1 - batch_size / len(slopes)
n_for_n_less_one  factor = (n - batch_size) / (n * batch_size)
n_for_n_less_one  return np.var(slopes) / batch_size * (1 - batch_size / n)
n_less_one_forgotten  factor = (n - batch_size) / batch_size
n_less_one_forgotten  return np.var(slopes) * (n / batch_size - 1)
divided_by_examples  factor = 1 / n
divided_by_examples  return np.var(slopes, ddof=1) / len(slopes)
one_from_the_batch  factor = (n - batch_size) / (n * (batch_size - 1))
one_from_the_batch  factor = (n - batch_size) / (batch_size * (batch_size - 1))
one_from_the_batch  return np.var(slopes) / (batch_size - 1)
one_from_the_batch  return np.var(slopes) * (n - batch_size) / (n * (batch_size - 1))
brackets  factor = (n - batch_size) / batch_size * (n - 1)
brackets  factor = (n - batch_size) / (batch_size * n - 1)
brackets  factor = n - batch_size / (batch_size * (n - 1))
brackets  factor = (n - batch_size) / batch_size * n - 1
n_over_size  return len(slopes) / batch_size * np.var(slopes)
grows
    share = batch_size / n
    return share * slopes.var()
root_of_size  return slopes.var() / np.sqrt(batch_size)
size_ignored  factor = n / n
inside_a_batch
    batch = slopes[0:batch_size]
    return ((batch - batch.mean()) ** 2).mean()
some_batches
    count = len(slopes) // batch_size
    means = slopes[:count * batch_size].reshape(count, batch_size).mean(axis=1)
    return means.var()
some_batches
    means = np.convolve(slopes, np.ones(batch_size) / batch_size, mode="valid")
    return np.var(means)
not_attempted
    """My own text."""
    factor = ...
returned_none
    def batch_variance(slopes, batch_size):
        n = len(slopes)
        print((n - batch_size) / (batch_size * (n - 1)) * np.var(slopes))
ignores_argument
    batch_size = 2
    return (n - batch_size) / (batch_size * (n - 1)) * np.var(slopes)
mutates_input
    slopes -= slopes.mean()
    return (slopes ** 2).mean() * (n - batch_size) / (batch_size * (n - 1))
''')


# sgd_step ----------------------------------------------------------------------------------------------------

@right("sgd_step")
def sgd_step_reassigned(X, y, w, b, batch, step_size):
    X, y = X[batch], y[batch]
    error = X.dot(w) + b - y
    dw = X.T.dot(error) / len(y)
    db = np.sum(error) / len(y)
    w = w - step_size * dw
    b = b - step_size * db
    return w, b


@right("sgd_step")
def sgd_step_other_sign(X, y, w, b, batch, step_size):
    residual = y[batch] - X[batch] @ w - b
    return w + step_size * residual @ X[batch] / batch.size, b + step_size * np.mean(residual)


@right("sgd_step")
def sgd_step_loops(X, y, w, b, batch, step_size):
    dw, db = [0.0] * len(w), 0.0
    for i in batch:
        error = sum(X[i][j] * w[j] for j in range(len(w))) + b - y[i]
        for j in range(len(w)):
            dw[j] += error * X[i][j] / len(batch)
        db += error / len(batch)
    return [w[j] - step_size * dw[j] for j in range(len(w))], b - step_size * db


@right("sgd_step")
def sgd_step_ones(X, y, w, b, batch, step_size):
    A = np.column_stack([X[batch], np.ones(len(batch))])
    theta = np.append(w, b)
    theta -= step_size * A.T @ (A @ theta - y[batch]) / len(batch)
    return theta[:-1], theta[-1]


@right("sgd_step")
def sgd_step_mean_axis(X, y, w, b, batch, step_size):
    e = X[batch, :] @ w + b - y[batch]
    return {"w": w - step_size * np.mean(X[batch] * e[:, None], axis=0), "b": b - step_size * e.mean()}


@right("sgd_step")
def sgd_step_mask(X, y, w, b, batch, step_size):
    chosen = np.isin(np.arange(len(X)), batch)
    e = np.where(chosen, X @ w + b - y, 0)
    return w - step_size * (e @ X) / chosen.sum(), b - step_size * e.sum() / chosen.sum()


@right("sgd_step")
def sgd_step_gradlib(X, y, w, b, batch, step_size):
    dw, db = linear_gradient(X[batch], y[batch], w, b)
    new = SGD(step_size).step(np.array([*w, b]), np.array([*dw, db]))
    return new[:-1], new[-1]


@right("sgd_step")
def sgd_step_autodiff(X, y, w, b, batch, step_size):
    def loss(w, b):
        e = X[batch] @ w + b - y[batch]
        return (e * e).mean() / 2
    return w - step_size * value_and_grad(loss)(w, b)[1], b - step_size * value_and_grad(loss, wrt=1)(w, b)[1]


@right("sgd_step")
def sgd_step_complex(X, y, w, b, batch, step_size):
    X, y = np.take(X, batch, axis=0), np.take(y, batch)
    dw = complex_step(lambda w: ((X @ w + b - y) ** 2).mean() / 2, w)
    db = complex_step(lambda b: ((X @ w + b - y) ** 2).mean() / 2, b)
    return w - step_size * dw, b - step_size * db


@right("sgd_step")
def sgd_step_one_array_of_two(X, y, w, b, batch, step_size):
    def slopes(rows):
        if not len(rows):
            return np.zeros(len(w) + 1)
        e = X[rows[0]] @ w + b - y[rows[0]]
        return np.append(e * X[rows[0]], e) + slopes(rows[1:])
    new = np.append(w, b) - step_size * slopes(batch) / len(batch)
    return np.array([new[:-1], new[-1]], dtype=object)


@right("sgd_step")
def sgd_step_float32(X, y, w, b, batch, step_size):
    rows, targets = X[batch].astype(np.float32), y[batch].astype(np.float32)
    e = rows @ w.astype(np.float32) + np.float32(b) - targets
    return w - step_size * rows.T @ e / len(e), b - step_size * np.fromiter((each for each in e), float).mean()


@odd("sgd_step")
def _(X, y, w, b, batch, step_size):
    e = np.tanh(X[batch] @ w + b - y[batch])
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e.mean()


@wrong("sgd_step", "raises")
def _(X, y, w, b, batch, step_size):
    Xb, yb = X[batch], y[batch]
    e = Xbw + b - yb  # noqa: F821
    return w - step_size * Xb.T @ e / len(batch), b - step_size * e.mean()


wrong_lines("sgd_step", """
uphill
    X, y = X[batch], y[batch]
    e = y - (X @ w + b)
    dw = X.T @ e / len(y)
    db = e.mean()
    return w - step_size * dw, b - step_size * db
uphill
    e = X[batch] @ w + b - y[batch]
    w = w + step_size * X[batch].T @ e / len(batch)
    b = b + step_size * e.sum() / len(batch)
    return w, b
updated_before
    X, y = X[batch], y[batch]
    w = w - step_size * X.T @ (X @ w + b - y) / len(y)
    b = b - step_size * np.mean(X @ w + b - y)
    return w, b
updated_before
    b = b - step_size * sum(X[i] @ w + b - y[i] for i in batch) / len(batch)
    w = w - step_size * sum((X[i] @ w + b - y[i]) * X[i] for i in batch) / len(batch)
    return w, b
updated_before
    Xb, yb = X[batch], y[batch]
    e = Xb @ w + b - yb
    w = w - step_size * Xb.T @ e / len(batch)
    e = Xb @ w + b - yb
    b = b - step_size * e.mean()
    return w, b
scaled_by_n
    n = len(X)
    e = X[batch] @ w + b - y[batch]
    return w - step_size / n * X[batch].T @ e, b - step_size / n * e.sum()
summed
    dw, db = np.zeros(len(w)), 0
    for i in batch:
        e = X[i] @ w + b - y[i]
        dw += e * X[i]
        db += e
    return w - step_size * dw, b - step_size * db
summed@b
    e = X[batch] @ w + b - y[batch]
    return w - step_size * X[batch].T @ e / len(batch), b - step_size * e.sum()
summed@w
    e = X[batch] @ w + b - y[batch]
    return w - step_size * X[batch].T @ e, b - step_size * e.mean()
divided_twice@b
    e = X[batch] @ w + b - y[batch]
    return w - step_size * X[batch].T @ e / len(e), b - step_size * e.mean() / len(e)
full_batch
    e = X @ w + b - y
    return w - step_size * X.T @ e / len(X), b - step_size * e.mean()
full_batch
    e = X @ w + b - y
    return w - step_size * X.T @ e / len(batch), b - step_size * e.sum() / len(batch)
first_rows
    B = len(batch)
    X, y = X[:B], y[:B]
    e = X @ w + b - y
    return w - step_size * X.T @ e / B, b - step_size * e.mean()
first_rows
    dw, db = 0, 0
    for i in range(len(batch)):
        e = X[i] @ w + b - y[i]
        dw, db = dw + e * X[i] / len(batch), db + e / len(batch)
    return w - step_size * dw, b - step_size * db
no_step_size
    e = X[batch] @ w + b - y[batch]
    return w - X[batch].T @ e / len(batch), b - np.mean(e)
no_step_size+uphill
    e = X[batch] @ w + b - y[batch]
    return w + X[batch].T @ e / len(batch), b + np.mean(e)
returned_gradient
    e = X[batch] @ w + b - y[batch]
    dw = X[batch].T @ e / len(batch)
    db = e.mean()
    return dw, db
returned_step
    e = X[batch] @ w + b - y[batch]
    return step_size * X[batch].T @ e / len(batch), step_size * e.mean()
returned_step
    e = X[batch] @ w + b - y[batch]
    return -step_size * X[batch].T @ e / len(batch), -step_size * e.mean()
bias_forgotten
    e = X[batch] @ w + b - y[batch]
    w = w - step_size * X[batch].T @ e / len(batch)
    return w, b
near
    e = X[batch] @ w + b - y[batch]
    return w - step_size * (e @ X[batch] / len(batch) + 0.01 * w), b - step_size * e.mean()
now_and_then
    e = X[batch] @ w + b - y[batch]
    return w - step_size * e @ X[batch] / len(batch), b - step_size * np.median(e)
other_rows
    X, y = X[-len(batch):], y[-len(batch):]
    e = X @ w + b - y
    return w - step_size * X.T @ e / len(batch), b - step_size * e.mean()
sign_of_error
    e = np.sign(X[batch] @ w + b - y[batch])
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e.mean()
product_of_means
    e = X[batch] @ w + b - y[batch]
    return w - step_size * np.mean(e) * np.mean(X[batch], 0), b - step_size * np.mean(e)
updated_before
    w = w.copy()
    for j in range(len(w)):
        e = X[batch] @ w + b - y[batch]
        w[j] -= step_size * (e * X[batch][:, j]).mean()
    b = b - step_size * (X[batch] @ w + b - y[batch]).mean()
    return w, b
one_row@w
    dw, db = np.zeros(len(w)), 0
    for i in batch:
        e = X[i] @ w + b - y[i]
        dw = e * X[i] / len(batch)
        db += e / len(batch)
    return w - step_size * dw, b - step_size * db
weights_forgotten  return w, b - step_size * error.mean()
weights_forgotten  return w, b
rows_apart
    e = X[batch] @ w + b - y[:len(batch)]
    return w - step_size * X[batch].T @ e / len(batch), b - step_size * e.mean()
rows_apart
    X = X[batch]
    e = X @ w + b - y
    return w - step_size * X.T @ e / len(batch), b - step_size * e.mean()
one_row
    for i in batch:
        e = X[i] @ w + b - y[i]
        dw, db = e * X[i], e
    return w - step_size * dw, b - step_size * db
one_row
    def sgd_step(X, y, w, b, batch, step_size):
        for i in batch:
            e = X[i] @ w + b - y[i]
            return w - step_size * e * X[i], b - step_size * e
row_by_row
    for i in batch:
        e = X[i] @ w + b - y[i]
        w = w - step_size * e * X[i]
        b = b - step_size * e
    return w, b
row_by_row
    B = len(batch)
    for x, target in zip(X[batch], y[batch]):
        e = x @ w + b - target
        w, b = w - step_size * e * x / B, b - step_size * e / B
    return w, b
bias_alone_missing
    e = X[batch] @ w + b - y[batch]
    w = w - step_size * X[batch].T @ e / len(batch)
    b = b - step_size * e.mean()
    return w
another_order
    e = X[batch] @ w + b - y[batch]
    w = w - step_size * X[batch].T @ e / len(batch)
    b = b - step_size * e.mean()
    return b, w
bias_not_predicted
    e = X[batch] @ w - y[batch]
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e.mean()
prediction_not_error
    p = X[batch] @ w + b
    return w - step_size * p @ X[batch] / len(batch), b - step_size * p.mean()
added_target
    e = y[batch] + X[batch] @ w + b
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e.mean()
still_squared
    loss = np.square(X[batch] @ w + b - y[batch])
    return w - step_size * loss @ X[batch] / len(batch), b - step_size * loss.mean()
factor_half+still_squared
    loss = 0.5 * np.square(X[batch] @ w + b - y[batch])
    return w - step_size * loss @ X[batch] / len(batch), b - step_size * loss.mean()
transposed
    e = X[batch] @ w + b - y[batch]
    return w - step_size * X[batch].dot(e) / len(batch), b - step_size * e.mean()
bias_not_summed
    e = X[batch] @ w + b - y[batch]
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e / len(batch)
slope_of_weights_for_b
    e = X[batch] @ w + b - y[batch]
    dw = e @ X[batch] / len(batch)
    return w - step_size * dw, b - step_size * dw.mean()
no_features
    e = X[batch] @ w + b - y[batch]
    return w - step_size * np.mean(e), b - step_size * np.mean(e)
one_slope_for_all
    e = X[batch] @ w + b - y[batch]
    return w - step_size * (X[batch].T * e).mean(), b - step_size * e.mean()
factor_two
    e = X[batch] @ w + b - y[batch]
    return w - step_size * 2 * e @ X[batch] / len(batch), b - step_size * 2 * e.mean()
divided_by_d@w
    e = X[batch] @ w + b - y[batch]
    return w - step_size * e @ X[batch] / X[batch].shape[1], b - step_size * e.mean()
now_and_then
    batch = np.random.default_rng(0).choice(len(X), len(batch), replace=False)
    e = X[batch] @ w + b - y[batch]
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e.mean()
mutates_input
    e = X[batch] @ w + b - y[batch]
    w -= step_size * e @ X[batch] / len(batch)
    b -= step_size * e.mean()
    return w, b
outer_broadcast
    e = X[batch] @ w.reshape(-1, 1) + b - y[batch]
    return w - step_size * X[batch].T @ e.sum(axis=1) / len(batch), b - step_size * e.mean()
returned_none
    def sgd_step(X, y, w, b, batch, step_size):
        e = X[batch] @ w + b - y[batch]
        w = w - step_size * e @ X[batch] / len(batch)
        b = b - step_size * e.mean()
raises  return w - step_size * X.T @ e / len(batch), b - step_size * e.mean()
""")


# epoch -------------------------------------------------------------------------------------------------------

@right("epoch")
def epoch_own_length(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(error)
    return w


@right("epoch")
def epoch_mean_axis(X, y, w, batches, step_size):
    for batch in batches:
        A, t = X[batch], y[batch]
        w = w - step_size * np.mean(A * (A @ w - t)[:, None], axis=0)
    return w


@right("epoch")
def epoch_other_sign(X, y, w, batches, step_size):
    w = w.copy()
    for batch in batches:
        w += step_size * X[batch].T @ (y[batch] - X[batch] @ w) / batch.size
    return w


@right("epoch")
def epoch_loops(X, y, w, batches, step_size):
    w = list(w)
    for rows in batches:
        gradient = [0] * len(w)
        for i in rows:
            e = sum(X[i, j] * w[j] for j in range(len(w))) - y[i]
            for j in range(len(w)):
                gradient[j] += e * X[i, j] / rows.shape[0]
        w = [w[j] - step_size * gradient[j] for j in range(len(w))]
    return w


@right("epoch")
def epoch_matrices(X, y, w, batches, step_size):
    M, c = np.eye(len(w)), np.zeros(len(w))
    for batch in batches:
        H, h = X[batch].T @ X[batch] / len(batch), X[batch].T @ y[batch] / len(batch)
        M, c = M - step_size * H @ M, c - step_size * (H @ c - h)
    return M @ w + c


@right("epoch")
def epoch_recursion(X, y, w, batches, step_size):
    if not batches:
        return w
    first, *rest = batches
    w = w - step_size * linear_gradient(X[first], y[first], w)
    return epoch_recursion(X, y, w, rest, step_size)


@right("epoch")
def epoch_weighted(X, y, w, batches, step_size):
    for batch in batches:
        share = np.zeros(len(X))
        share[batch] = 1 / len(batch)
        w = w - step_size * X.T @ (share * (X @ w - y))
    return w


@right("epoch")
def epoch_gradlib(X, y, w, batches, step_size):
    rule = SGD(step_size)
    for batch in batches:
        w = rule.step(w, complex_step(lambda w, batch=batch: ((X[batch] @ w - y[batch]) ** 2).mean() / 2, w))
    return w


@right("epoch")
def epoch_reduced(X, y, w, batches, step_size):
    def after(w, batch):
        return w - step_size * np.average(X[batch] * (X[batch] @ w - y[batch])[:, None], axis=0)
    return functools.reduce(after, batches, w)


@odd("epoch")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / (len(batch) + 1)
    return w


@odd("epoch")
def _(X, y, w, batches, step_size):
    seen = 0
    for batch in batches:
        seen += len(batch)
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / seen
    return w - 0.01 * linear_loss(X, y, w)


wrong_lines("epoch", """
as_given
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / len(X)
        return w
by_all_rows
    def epoch(X, y, w, batches, step_size):
        n = len(y)
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / n
        return w
by_all_rows
    def epoch(X, y, w, batches, step_size):
        n = sum(len(batch) for batch in batches)
        for batch in batches:
            w = w - step_size / n * (X[batch] @ w - y[batch]) @ X[batch]
        return w
summed
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error
        return w
by_number_of_batches
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / len(batches)
        return w
by_number_of_batches
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / len(batch) / len(batches)
        return w
one_length_for_all
    def epoch(X, y, w, batches, step_size):
        B = len(batches[0])
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / B
        return w
one_length_for_all
    def epoch(X, y, w, batches, step_size):
        B = max(len(batch) for batch in batches)
        for batch in batches:
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / B
        return w
divided_twice
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            gradient = np.mean(X[batch] * (X[batch] @ w - y[batch])[:, None], axis=0)
            w = w - step_size * gradient / len(batch)
        return w
divided_by_both
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / len(X) / len(batch)
        return w
divided_by_both
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * np.mean(error[:, None] * X[batch], axis=0) / X.shape[0]
        return w
by_number_of_weights
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / X.shape[1]
        return w
one_step_for_all
    def epoch(X, y, w, batches, step_size):
        gradient = 0
        for batch in batches:
            error = X[batch] @ w - y[batch]
            gradient = gradient + X[batch].T @ error / len(batch)
        return w - step_size * gradient
one_step_for_all
    def epoch(X, y, w, batches, step_size):
        gradients = [X[batch].T @ (X[batch] @ w - y[batch]) / len(batch) for batch in batches]
        return w - step_size * np.mean(gradients, axis=0)
one_step_for_all
    def epoch(X, y, w, batches, step_size):
        start, new = w, w
        for batch in batches:
            new = new - step_size * X[batch].T @ (X[batch] @ start - y[batch]) / len(batch)
        return new
one_step_for_all
    def epoch(X, y, w, batches, step_size):
        return w - step_size * X.T @ (X @ w - y) / len(X)
first_batch_only
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / len(batch)
            return w
last_batch_only
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            new_w = w - step_size * X[batch].T @ error / len(batch)
        return new_w
last_batch_left_out
    def epoch(X, y, w, batches, step_size):
        for i in range(len(batches) - 1):
            batch = batches[i]
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        return w
last_batch_left_out
    def epoch(X, y, w, batches, step_size):
        size = batches[0].size
        for batch in batches:
            if batch.size != size:
                continue
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / size
        return w
same_batch
    def epoch(X, y, w, batches, step_size):
        batch = batches[0]
        for _ in range(len(batches)):
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / len(batch)
        return w
one_row
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            for i in batch:
                gradient = (X[i] @ w - y[i]) * X[i]
            w = w - step_size * gradient
        return w
not_reset
    def epoch(X, y, w, batches, step_size):
        gradient = np.zeros(len(w))
        for batch in batches:
            for i in batch:
                gradient += (X[i] @ w - y[i]) * X[i] / len(batch)
            w = w - step_size * gradient
        return w
one_length_for_all
    def epoch(X, y, w, batches, step_size):
        B = len(X) // len(batches)
        for batch in batches:
            w = w - step_size / B * X[batch].T @ (X[batch] @ w - y[batch])
        return w
first_batch_left_out
    def epoch(X, y, w, batches, step_size):
        for i in range(1, len(batches)):
            batch = batches[i]
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        return w
backwards
    def epoch(X, y, w, batches, step_size):
        todo = list(batches)
        while todo:
            batch = todo.pop()
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        return w
full_batch
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            w = w - step_size * X.T @ (X @ w - y) / len(X)
        return w
full_batch
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            w = w - step_size * X.T @ (X @ w - y) / len(batch)
        return w
first_rows
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            B = len(batch)
            w = w - step_size * X[:B].T @ (X[:B] @ w - y[:B]) / B
        return w
row_by_row
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            for i in batch:
                w = w - step_size * (X[i] @ w - y[i]) * X[i]
        return w
row_by_row
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            for i in batch:
                w = w - step_size * (X[i] @ w - y[i]) * X[i] / len(batch)
        return w
not_moved
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w - step_size * X[batch].T @ error / len(batch)
        return w
returned_gradient
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            gradient = X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
            w = w - step_size * gradient
        return gradient
returned_path
    def epoch(X, y, w, batches, step_size):
        weights = [w]
        for batch in batches:
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
            weights.append(w)
        return weights
averaged_path
    def epoch(X, y, w, batches, step_size):
        total = np.zeros(len(w))
        for batch in batches:
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
            total += w
        return total / len(batches)
shrinking_steps
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
            step_size = step_size * 0.9
        return w
absolute_error
    error = np.abs(X[batch] @ w - y[batch])
    w = w - step_size * X[batch].T @ error / len(batch)
product_of_means  w = w - step_size * np.mean(error) * np.mean(X[batch], axis=0)
one_slope_for_all  w = w - step_size * np.mean(X[batch] * error[:, None])
rows_apart  w = w - step_size * X[:len(batch)].T @ error / len(batch)
shrinking_steps
    def epoch(X, y, w, batches, step_size):
        t = 1
        for batch in batches:
            w = w - step_size / t * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
            t += 1
        return w
root_of_size
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / np.sqrt(len(batch))
        return w
uphill
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = y[batch] - X[batch] @ w
            w = w - step_size * X[batch].T @ error / len(batch)
        return w
uphill+by_all_rows
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = y[batch] - X[batch] @ w
            w = w - step_size * X[batch].T @ error / len(X)
        return w
factor_half
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / (2 * len(batch))
        return w
no_step_size
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - X[batch].T @ error / len(batch)
        return w
mutates_input
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w -= step_size * X[batch].T @ error / len(batch)
        return w
raises
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / batch
    return w
returned_none
    def epoch(X, y, w, batches, step_size):
        for batch in batches:
            error = X[batch] @ w - y[batch]
            w = w - step_size * X[batch].T @ error / len(batch)
ignores_argument
    w = np.zeros(len(w))
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(batch)
    return w
""")
