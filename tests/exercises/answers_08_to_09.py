"""Answers to the exercises of lessons 08 and 09, as learners write them; see `answers`."""

import itertools
import math
import statistics
from fractions import Fraction

import numpy as np

from gradlib.autodiff import value_and_grad
from gradlib.calculus import linear_gradient, linear_loss
from gradlib.descent import SGD, Momentum
from gradlib.numeric import complex_step
from gradlib.theory import covariance_factor

from .answers import odd, right, wrong

# batch_variance ---------------------------------------------------------------------------------------------

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


@wrong("batch_variance", "with_replacement")
def _(slopes, batch_size):
    return np.var(slopes) / batch_size


@wrong("batch_variance", "with_replacement")
def _(slopes, batch_size):
    means = [np.mean(batch) for batch in itertools.product(slopes, repeat=batch_size)]
    return np.var(means)


@wrong("batch_variance", "with_replacement")
def _(slopes, batch_size):
    batches = itertools.combinations_with_replacement(slopes, batch_size)
    return np.var([sum(batch) / batch_size for batch in batches])


@wrong("batch_variance", "divided_twice")
def _(slopes, batch_size):
    factor = 1 / batch_size ** 2
    return factor * np.var(slopes)


@wrong("batch_variance", "divided_twice")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / (batch_size ** 2 * (n - 1))
    return factor * np.var(slopes)


@wrong("batch_variance", "summed")
def _(slopes, batch_size):
    sums = [sum(batch) for batch in itertools.combinations(slopes, batch_size)]
    return np.var(sums)


@wrong("batch_variance", "summed")
def _(slopes, batch_size):
    n = len(slopes)
    return np.var(slopes) * (n - batch_size) / (n - 1) * batch_size


@wrong("batch_variance", "standard_deviation")
def _(slopes, batch_size):
    return np.std([np.mean(batch) for batch in itertools.combinations(slopes, batch_size)])


@wrong("batch_variance", "standard_deviation+with_replacement")
def _(slopes, batch_size):
    return np.std(slopes) / math.sqrt(batch_size)


@wrong("batch_variance", "ddof_one")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / (batch_size * (n - 1))
    return factor * np.var(slopes, ddof=1)


@wrong("batch_variance", "ddof_one+with_replacement")
def _(slopes, batch_size):
    return np.var(slopes, ddof=1) / batch_size


@wrong("batch_variance", "only_outside")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / (n - 1)
    return factor * np.var(slopes)


@wrong("batch_variance", "only_outside")
def _(slopes, batch_size):
    factor = 1 - batch_size / len(slopes)
    return factor * np.var(slopes)


@wrong("batch_variance", "n_for_n_less_one")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / (n * batch_size)
    return factor * np.var(slopes)


@wrong("batch_variance", "n_for_n_less_one")
def _(slopes, batch_size):
    n = len(slopes)
    return np.var(slopes) / batch_size * (1 - batch_size / n)


@wrong("batch_variance", "n_less_one_forgotten")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / batch_size
    return factor * np.var(slopes)


@wrong("batch_variance", "n_less_one_forgotten")
def _(slopes, batch_size):
    n = len(slopes)
    return np.var(slopes) * (n / batch_size - 1)


@wrong("batch_variance", "divided_by_examples")
def _(slopes, batch_size):
    n = len(slopes)
    factor = 1 / n
    return factor * np.var(slopes)


@wrong("batch_variance", "divided_by_examples")
def _(slopes, batch_size):
    return np.var(slopes, ddof=1) / len(slopes)


@wrong("batch_variance", "one_from_the_batch")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / (n * (batch_size - 1))
    return factor * np.var(slopes)


@wrong("batch_variance", "one_from_the_batch")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / (batch_size * (batch_size - 1))
    return factor * np.var(slopes)


@wrong("batch_variance", "one_from_the_batch")
def _(slopes, batch_size):
    return np.var(slopes) / (batch_size - 1)


@wrong("batch_variance", "one_from_the_batch")
def _(slopes, batch_size):
    n = len(slopes)
    if batch_size == 1:
        return np.inf
    return np.var(slopes) * (n - batch_size) / (n * (batch_size - 1))


@wrong("batch_variance", "brackets")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / batch_size * (n - 1)
    return factor * np.var(slopes)


@wrong("batch_variance", "brackets")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / (batch_size * n - 1)
    return factor * np.var(slopes)


@wrong("batch_variance", "brackets")
def _(slopes, batch_size):
    n = len(slopes)
    factor = n - batch_size / (batch_size * (n - 1))
    return factor * np.var(slopes)


@wrong("batch_variance", "brackets")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - batch_size) / batch_size * n - 1
    return factor * np.var(slopes)


@wrong("batch_variance", "n_over_size")
def _(slopes, batch_size):
    return len(slopes) / batch_size * np.var(slopes)


@wrong("batch_variance", "grows")
def _(slopes, batch_size):
    n = len(slopes)
    share = batch_size / n
    return share * slopes.var()


@wrong("batch_variance", "root_of_size")
def _(slopes, batch_size):
    return slopes.var() / np.sqrt(batch_size)


@wrong("batch_variance", "size_ignored")
def _(slopes, batch_size):
    n = len(slopes)
    factor = n / n
    return factor * np.var(slopes)


@wrong("batch_variance", "inside_a_batch")
def _(slopes, batch_size):
    return sum(np.var(b) for b in itertools.combinations(slopes, batch_size)) / math.comb(len(slopes), batch_size)


@wrong("batch_variance", "inside_a_batch")
def _(slopes, batch_size):
    batch = slopes[0:batch_size]
    return ((batch - batch.mean()) ** 2).mean()


@wrong("batch_variance", "some_batches")
def _(slopes, batch_size):
    count = len(slopes) // batch_size
    means = slopes[:count * batch_size].reshape(count, batch_size).mean(axis=1)
    return means.var()


@wrong("batch_variance", "some_batches")
def _(slopes, batch_size):
    means = np.convolve(slopes, np.ones(batch_size) / batch_size, mode="valid")
    return np.var(means)


@wrong("batch_variance", "batches_as_sample")
def _(slopes, batch_size):
    means = [np.mean(batch) for batch in itertools.combinations(slopes, batch_size)]
    return np.var(means, ddof=1)


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


@wrong("batch_variance", "not_attempted")
def _(slopes, batch_size):
    """My own text."""
    n = len(slopes)  # noqa: F841
    factor = ...
    return factor * np.var(slopes)


@wrong("batch_variance", "returned_none")
def _(slopes, batch_size):
    n = len(slopes)
    print((n - batch_size) / (batch_size * (n - 1)) * np.var(slopes))


@wrong("batch_variance", "raises")
def _(slopes, batch_size):
    n = len(slopes)
    factor = (n - B) / (B * (n - 1))  # noqa: F821
    return factor * np.var(slopes)


@wrong("batch_variance", "ignores_argument")
def _(slopes, batch_size):
    batch_size = 2
    n = len(slopes)
    return (n - batch_size) / (batch_size * (n - 1)) * np.var(slopes)


@wrong("batch_variance", "mutates_input")
def _(slopes, batch_size):
    n = len(slopes)
    slopes -= slopes.mean()
    return (slopes ** 2).mean() * (n - batch_size) / (batch_size * (n - 1))


@odd("batch_variance")
def _(slopes, batch_size):
    n = len(slopes)
    return np.mean(abs(slopes - slopes.mean())) * (n - batch_size) / (batch_size * (n - 1))


@odd("batch_variance")
def _(slopes, batch_size):
    n = len(slopes)
    return np.var(slopes) * (n - batch_size) / (batch_size * (n + 1))


# sgd_step ---------------------------------------------------------------------------------------------------

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


@wrong("sgd_step", "uphill")
def _(X, y, w, b, batch, step_size):
    X, y = X[batch], y[batch]
    e = y - (X @ w + b)
    dw = X.T @ e / len(y)
    db = e.mean()
    return w - step_size * dw, b - step_size * db


@wrong("sgd_step", "uphill")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    w = w + step_size * X[batch].T @ e / len(batch)
    b = b + step_size * e.sum() / len(batch)
    return w, b


@wrong("sgd_step", "updated_before")
def _(X, y, w, b, batch, step_size):
    X, y = X[batch], y[batch]
    w = w - step_size * X.T @ (X @ w + b - y) / len(y)
    b = b - step_size * np.mean(X @ w + b - y)
    return w, b


@wrong("sgd_step", "updated_before")
def _(X, y, w, b, batch, step_size):
    b = b - step_size * sum(X[i] @ w + b - y[i] for i in batch) / len(batch)
    w = w - step_size * sum((X[i] @ w + b - y[i]) * X[i] for i in batch) / len(batch)
    return w, b


@wrong("sgd_step", "updated_before")
def _(X, y, w, b, batch, step_size):
    Xb, yb = X[batch], y[batch]
    e = Xb @ w + b - yb
    w = w - step_size * Xb.T @ e / len(batch)
    e = Xb @ w + b - yb
    b = b - step_size * e.mean()
    return w, b


@wrong("sgd_step", "scaled_by_n")
def _(X, y, w, b, batch, step_size):
    n = len(X)
    e = X[batch] @ w + b - y[batch]
    return w - step_size / n * X[batch].T @ e, b - step_size / n * e.sum()


@wrong("sgd_step", "summed")
def _(X, y, w, b, batch, step_size):
    dw, db = np.zeros(len(w)), 0
    for i in batch:
        e = X[i] @ w + b - y[i]
        dw += e * X[i]
        db += e
    return w - step_size * dw, b - step_size * db


@wrong("sgd_step", "summed@b")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * X[batch].T @ e / len(batch), b - step_size * e.sum()


@wrong("sgd_step", "summed@w")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * X[batch].T @ e, b - step_size * e.mean()


@wrong("sgd_step", "divided_twice@b")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * X[batch].T @ e / len(e), b - step_size * e.mean() / len(e)


@wrong("sgd_step", "full_batch")
def _(X, y, w, b, batch, step_size):
    e = X @ w + b - y
    return w - step_size * X.T @ e / len(X), b - step_size * e.mean()


@wrong("sgd_step", "full_batch")
def _(X, y, w, b, batch, step_size):
    e = X @ w + b - y
    return w - step_size * X.T @ e / len(batch), b - step_size * e.sum() / len(batch)


@wrong("sgd_step", "first_rows")
def _(X, y, w, b, batch, step_size):
    B = len(batch)
    X, y = X[:B], y[:B]
    e = X @ w + b - y
    return w - step_size * X.T @ e / B, b - step_size * e.mean()


@wrong("sgd_step", "first_rows")
def _(X, y, w, b, batch, step_size):
    dw, db = 0, 0
    for i in range(len(batch)):
        e = X[i] @ w + b - y[i]
        dw, db = dw + e * X[i] / len(batch), db + e / len(batch)
    return w - step_size * dw, b - step_size * db


@wrong("sgd_step", "no_step_size")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - X[batch].T @ e / len(batch), b - np.mean(e)


@wrong("sgd_step", "no_step_size+uphill")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w + X[batch].T @ e / len(batch), b + np.mean(e)


@wrong("sgd_step", "returned_gradient")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    dw = X[batch].T @ e / len(batch)
    db = e.mean()
    return dw, db


@wrong("sgd_step", "returned_step")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return step_size * X[batch].T @ e / len(batch), step_size * e.mean()


@wrong("sgd_step", "returned_step")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return -step_size * X[batch].T @ e / len(batch), -step_size * e.mean()


@wrong("sgd_step", "bias_forgotten")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    w = w - step_size * X[batch].T @ e / len(batch)
    return w, b


@wrong("sgd_step", "weights_forgotten")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    new_w = w - step_size * X[batch].T @ e / len(batch)  # noqa: F841
    new_b = b - step_size * e.mean()
    return w, new_b


@wrong("sgd_step", "weights_forgotten")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    new_w, new_b = w - step_size * X[batch].T @ e / len(batch), b - step_size * e.mean()  # noqa: F841
    return w, b


@wrong("sgd_step", "rows_apart")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[:len(batch)]
    return w - step_size * X[batch].T @ e / len(batch), b - step_size * e.mean()


@wrong("sgd_step", "rows_apart")
def _(X, y, w, b, batch, step_size):
    X = X[batch]
    e = X @ w + b - y
    return w - step_size * X.T @ e / len(batch), b - step_size * e.mean()


@wrong("sgd_step", "one_row")
def _(X, y, w, b, batch, step_size):
    for i in batch:
        e = X[i] @ w + b - y[i]
        dw, db = e * X[i], e
    return w - step_size * dw, b - step_size * db


@wrong("sgd_step", "one_row")
def _(X, y, w, b, batch, step_size):
    for i in batch:
        e = X[i] @ w + b - y[i]
        return w - step_size * e * X[i], b - step_size * e


@wrong("sgd_step", "row_by_row")
def _(X, y, w, b, batch, step_size):
    for i in batch:
        e = X[i] @ w + b - y[i]
        w = w - step_size * e * X[i]
        b = b - step_size * e
    return w, b


@wrong("sgd_step", "row_by_row")
def _(X, y, w, b, batch, step_size):
    B = len(batch)
    for x, target in zip(X[batch], y[batch]):
        e = x @ w + b - target
        w, b = w - step_size * e * x / B, b - step_size * e / B
    return w, b


@wrong("sgd_step", "bias_alone_missing")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    w = w - step_size * X[batch].T @ e / len(batch)
    b = b - step_size * e.mean()
    return w


@wrong("sgd_step", "another_order")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    w = w - step_size * X[batch].T @ e / len(batch)
    b = b - step_size * e.mean()
    return b, w


@wrong("sgd_step", "bias_not_predicted")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w - y[batch]
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e.mean()


@wrong("sgd_step", "no_target")
def _(X, y, w, b, batch, step_size):
    p = X[batch] @ w + b
    return w - step_size * p @ X[batch] / len(batch), b - step_size * p.mean()


@wrong("sgd_step", "added_target")
def _(X, y, w, b, batch, step_size):
    e = y[batch] + X[batch] @ w + b
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e.mean()


@wrong("sgd_step", "still_squared")
def _(X, y, w, b, batch, step_size):
    loss = np.square(X[batch] @ w + b - y[batch])
    return w - step_size * loss @ X[batch] / len(batch), b - step_size * loss.mean()


@wrong("sgd_step", "factor_half+still_squared")
def _(X, y, w, b, batch, step_size):
    loss = 0.5 * np.square(X[batch] @ w + b - y[batch])
    return w - step_size * loss @ X[batch] / len(batch), b - step_size * loss.mean()


@wrong("sgd_step", "transposed")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * X[batch].dot(e) / len(batch), b - step_size * e.mean()


@wrong("sgd_step", "bias_not_summed")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e / len(batch)


@wrong("sgd_step", "slope_of_weights_for_b")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    dw = e @ X[batch] / len(batch)
    return w - step_size * dw, b - step_size * dw.mean()


@wrong("sgd_step", "no_features")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * np.mean(e), b - step_size * np.mean(e)


@wrong("sgd_step", "one_slope_for_all")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * (X[batch].T * e).mean(), b - step_size * e.mean()


@wrong("sgd_step", "factor_two")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * 2 * e @ X[batch] / len(batch), b - step_size * 2 * e.mean()


@wrong("sgd_step", "divided_by_d@w")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * e @ X[batch] / X[batch].shape[1], b - step_size * e.mean()


@wrong("sgd_step", "ignores_argument")
def _(X, y, w, b, batch, step_size):
    batch = np.random.default_rng(0).choice(len(X), len(batch), replace=False)
    e = X[batch] @ w + b - y[batch]
    return w - step_size * e @ X[batch] / len(batch), b - step_size * e.mean()


@wrong("sgd_step", "mutates_input")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    w -= step_size * e @ X[batch] / len(batch)
    b -= step_size * e.mean()
    return w, b


@wrong("sgd_step", "outer_broadcast")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w.reshape(-1, 1) + b - y[batch]
    return w - step_size * X[batch].T @ e.sum(axis=1) / len(batch), b - step_size * e.mean()


@wrong("sgd_step", "returned_none")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    w = w - step_size * e @ X[batch] / len(batch)
    b = b - step_size * e.mean()


@wrong("sgd_step", "raises")
def _(X, y, w, b, batch, step_size):
    e = X[:, batch] @ w + b - y
    return w - step_size * X.T @ e / len(batch), b - step_size * e.mean()


@wrong("sgd_step", "raises")
def _(X, y, w, b, batch, step_size):
    Xb, yb = X[batch], y[batch]
    e = Xbw + b - yb  # noqa: F821
    return w - step_size * Xb.T @ e / len(batch), b - step_size * e.mean()


@odd("sgd_step")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * (e @ X[batch] / len(batch) + 0.01 * w), b - step_size * e.mean()


@odd("sgd_step")
def _(X, y, w, b, batch, step_size):
    e = X[batch] @ w + b - y[batch]
    return w - step_size * e @ X[batch] / len(batch), b - step_size * np.median(e)


# epoch ------------------------------------------------------------------------------------------------------

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


@wrong("epoch", "as_given")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(X)
    return w


@wrong("epoch", "by_all_rows")
def _(X, y, w, batches, step_size):
    n = len(y)
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / n
    return w


@wrong("epoch", "by_all_rows")
def _(X, y, w, batches, step_size):
    n = sum(len(batch) for batch in batches)
    for batch in batches:
        w = w - step_size / n * (X[batch] @ w - y[batch]) @ X[batch]
    return w


@wrong("epoch", "summed")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error
    return w


@wrong("epoch", "by_number_of_batches")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(batches)
    return w


@wrong("epoch", "by_number_of_batches")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(batch) / len(batches)
    return w


@wrong("epoch", "one_length_for_all")
def _(X, y, w, batches, step_size):
    B = len(batches[0])
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / B
    return w


@wrong("epoch", "one_length_for_all")
def _(X, y, w, batches, step_size):
    B = max(len(batch) for batch in batches)
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / B
    return w


@wrong("epoch", "divided_twice")
def _(X, y, w, batches, step_size):
    for batch in batches:
        gradient = np.mean(X[batch] * (X[batch] @ w - y[batch])[:, None], axis=0)
        w = w - step_size * gradient / len(batch)
    return w


@wrong("epoch", "divided_by_both")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(X) / len(batch)
    return w


@wrong("epoch", "divided_by_both")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * np.mean(error[:, None] * X[batch], axis=0) / X.shape[0]
    return w


@wrong("epoch", "by_number_of_weights")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / X.shape[1]
    return w


@wrong("epoch", "one_step_for_all")
def _(X, y, w, batches, step_size):
    gradient = 0
    for batch in batches:
        error = X[batch] @ w - y[batch]
        gradient = gradient + X[batch].T @ error / len(batch)
    return w - step_size * gradient


@wrong("epoch", "one_step_for_all")
def _(X, y, w, batches, step_size):
    gradients = [X[batch].T @ (X[batch] @ w - y[batch]) / len(batch) for batch in batches]
    return w - step_size * np.mean(gradients, axis=0)


@wrong("epoch", "one_step_for_all")
def _(X, y, w, batches, step_size):
    start, new = w, w
    for batch in batches:
        new = new - step_size * X[batch].T @ (X[batch] @ start - y[batch]) / len(batch)
    return new


@wrong("epoch", "one_step_for_all")
def _(X, y, w, batches, step_size):
    return w - step_size * X.T @ (X @ w - y) / len(X)


@wrong("epoch", "first_batch_only")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(batch)
        return w


@wrong("epoch", "last_batch_only")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        new_w = w - step_size * X[batch].T @ error / len(batch)
    return new_w


@wrong("epoch", "last_batch_left_out")
def _(X, y, w, batches, step_size):
    for i in range(len(batches) - 1):
        batch = batches[i]
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
    return w


@wrong("epoch", "last_batch_left_out")
def _(X, y, w, batches, step_size):
    size = batches[0].size
    for batch in batches:
        if batch.size != size:
            continue
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / size
    return w


@wrong("epoch", "first_batch_left_out")
def _(X, y, w, batches, step_size):
    for i in range(1, len(batches)):
        batch = batches[i]
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
    return w


@wrong("epoch", "backwards")
def _(X, y, w, batches, step_size):
    todo = list(batches)
    while todo:
        batch = todo.pop()
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
    return w


@wrong("epoch", "full_batch")
def _(X, y, w, batches, step_size):
    for batch in batches:
        w = w - step_size * X.T @ (X @ w - y) / len(X)
    return w


@wrong("epoch", "full_batch")
def _(X, y, w, batches, step_size):
    for batch in batches:
        w = w - step_size * X.T @ (X @ w - y) / len(batch)
    return w


@wrong("epoch", "first_rows")
def _(X, y, w, batches, step_size):
    for batch in batches:
        B = len(batch)
        w = w - step_size * X[:B].T @ (X[:B] @ w - y[:B]) / B
    return w


@wrong("epoch", "row_by_row")
def _(X, y, w, batches, step_size):
    for batch in batches:
        for i in batch:
            w = w - step_size * (X[i] @ w - y[i]) * X[i]
    return w


@wrong("epoch", "row_by_row")
def _(X, y, w, batches, step_size):
    for batch in batches:
        for i in batch:
            w = w - step_size * (X[i] @ w - y[i]) * X[i] / len(batch)
    return w


@wrong("epoch", "not_moved")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w - step_size * X[batch].T @ error / len(batch)
    return w


@wrong("epoch", "returned_gradient")
def _(X, y, w, batches, step_size):
    for batch in batches:
        gradient = X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        w = w - step_size * gradient
    return gradient


@wrong("epoch", "returned_path")
def _(X, y, w, batches, step_size):
    weights = [w]
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        weights.append(w)
    return weights


@wrong("epoch", "averaged_path")
def _(X, y, w, batches, step_size):
    total = np.zeros(len(w))
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        total += w
    return total / len(batches)


@wrong("epoch", "shrinking_steps")
def _(X, y, w, batches, step_size):
    t = 1
    for batch in batches:
        w = w - step_size / t * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        t += 1
    return w


@wrong("epoch", "root_of_size")
def _(X, y, w, batches, step_size):
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / np.sqrt(len(batch))
    return w


@wrong("epoch", "uphill")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = y[batch] - X[batch] @ w
        w = w - step_size * X[batch].T @ error / len(batch)
    return w


@wrong("epoch", "uphill+by_all_rows")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = y[batch] - X[batch] @ w
        w = w - step_size * X[batch].T @ error / len(X)
    return w


@wrong("epoch", "factor_half")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / (2 * len(batch))
    return w


@wrong("epoch", "no_step_size")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - X[batch].T @ error / len(batch)
    return w


@wrong("epoch", "mutates_input")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w -= step_size * X[batch].T @ error / len(batch)
    return w


@wrong("epoch", "raises")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / batch
    return w


@wrong("epoch", "returned_none")
def _(X, y, w, batches, step_size):
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(batch)


@wrong("epoch", "ignores_argument")
def _(X, y, w, batches, step_size):
    w = np.zeros(len(w))
    for batch in batches:
        error = X[batch] @ w - y[batch]
        w = w - step_size * X[batch].T @ error / len(batch)
    return w


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


# momentum_step ----------------------------------------------------------------------------------------------

@right("momentum_step")
def momentum_step_other_names(w, g, v, step_size, beta):
    velocity = g + v * beta
    return w - velocity * step_size, velocity


@right("momentum_step")
def momentum_step_as_steps(w, g, v, step_size, beta):
    u = -step_size * v
    u = beta * u - step_size * g
    return w + u, -u / step_size


@right("momentum_step")
def momentum_step_loops(w, g, v, step_size, beta):
    new_w, new_v = [], []
    for i in range(len(w)):
        new_v.append(beta * v[i] + g[i])
        new_w.append(w[i] - step_size * new_v[i])
    return new_w, new_v


@right("momentum_step")
def momentum_step_mean(w, g, v, step_size, beta):
    m = (1 - beta) * v
    m = beta * m + (1 - beta) * g
    return {"v": m / (1 - beta), "w": w - step_size / (1 - beta) * m}


@right("momentum_step")
def momentum_step_loss_of_speed(w, g, v, step_size, beta):
    friction = 1 - beta
    v = v + (g - friction * v)
    w = w - step_size * v
    return w, v


@right("momentum_step")
def momentum_step_matrix(w, g, v, step_size, beta):
    A = np.array([[1, -step_size * beta, -step_size], [0, beta, 1]])
    return tuple(A @ np.array([w, v, g]))


@right("momentum_step")
def momentum_step_gradlib(w, g, v, step_size, beta):
    rule = Momentum(step_size, beta)
    rule.v = v
    return rule.step(w, g), rule.v


@wrong("momentum_step", "moving_average")
def _(w, g, v, step_size, beta):
    v = beta * v + (1 - beta) * g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "moving_average")
def _(w, g, v, step_size, beta):
    new_v = v + (1 - beta) * (g - v)
    return w - step_size * new_v, new_v


@wrong("momentum_step", "uphill+moving_average")
def _(w, g, v, step_size, beta):
    v = beta * v + (1 - beta) * g
    w = w + step_size * v
    return w, v


@wrong("momentum_step", "subtracted")
def _(w, g, v, step_size, beta):
    v = beta * v - g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "uphill")
def _(w, g, v, step_size, beta):
    v = beta * v + g
    return w + step_size * v, v


@wrong("momentum_step", "step_size_inside")
def _(w, g, v, step_size, beta):
    v = beta * v - step_size * g
    w = w + v
    return w, v


@wrong("momentum_step", "step_size_inside")
def _(w, g, v, step_size, beta):
    v = beta * v + step_size * g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "step_size_inside")
def _(w, g, v, step_size, beta):
    step = beta * v + step_size * g
    return w - step, step


@wrong("momentum_step", "old_v")
def _(w, g, v, step_size, beta):
    w = w - step_size * v
    v = beta * v + g
    return w, v


@wrong("momentum_step", "nothing_stays")
def _(w, g, v, step_size, beta):
    v = g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "nothing_stays")
def _(w, g, v, step_size, beta):
    v = np.zeros_like(w)
    v = beta * v + g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "no_slope")
def _(w, g, v, step_size, beta):
    v = beta * v
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "nothing_fades")
def _(w, g, v, step_size, beta):
    v = v + g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "beta_on_the_slope")
def _(w, g, v, step_size, beta):
    v = v + beta * g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "beta_on_both")
def _(w, g, v, step_size, beta):
    v = beta * (v + g)
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "shares_exchanged")
def _(w, g, v, step_size, beta):
    v = (1 - beta) * v + beta * g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "faded_once_more")
def _(w, g, v, step_size, beta):
    v = v * beta + g
    return w - beta * step_size * v, v


@wrong("momentum_step", "looked_ahead")
def _(w, g, v, step_size, beta):
    v = beta * v + g
    w = w - step_size * (beta * v + g)
    return w, v


@wrong("momentum_step", "plain_step")
def _(w, g, v, step_size, beta):
    v = beta * v + g
    w = w - step_size * g
    return w, v


@wrong("momentum_step", "slope_twice")
def _(w, g, v, step_size, beta):
    v = beta * v + g
    w = w - step_size * g - step_size * v
    return w, v


@wrong("momentum_step", "weights_remembered")
def _(w, g, v, step_size, beta):
    v = beta * w + g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "multiplied")
def _(w, g, v, step_size, beta):
    v = beta * g * v
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "another_order")
def _(w, g, v, step_size, beta):
    v = beta * v + g
    return v, w - step_size * v


@wrong("momentum_step", "weights_alone")
def _(w, g, v, step_size, beta):
    return w - step_size * (beta * v + g)


@wrong("momentum_step", "memory_lost")
def _(w, g, v, step_size, beta):
    new_v = beta * v + g
    w = w - step_size * new_v
    return w, v


@wrong("momentum_step", "not_moved")
def _(w, g, v, step_size, beta):
    v = beta * v + g
    new_w = w - step_size * v  # noqa: F841
    return w, v


@wrong("momentum_step", "returned_step")
def _(w, g, v, step_size, beta):
    v = beta * v + g
    return -step_size * v, v


@wrong("momentum_step", "no_step_size")
def _(w, g, v, step_size, beta):
    v = beta * v + g
    w = w - v
    return w, v


@wrong("momentum_step", "ignores_argument")
def _(w, g, v, step_size, beta):
    v = 0.9 * v + g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "mutates_input")
def _(w, g, v, step_size, beta):
    v *= beta
    v += g
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "not_attempted")
def _(w, g, v, step_size, beta):
    v = ...
    w = w - step_size * v
    return w, v


@wrong("momentum_step", "raises")
def _(w, g, v, step_size, beta):
    v = beta * v + gradient  # noqa: F821
    w = w - step_size * v
    return w, v


@odd("momentum_step")
def _(w, g, v, step_size, beta):
    v = beta * v + g + 0.01 * w
    w = w - step_size * v
    return w, v


@odd("momentum_step")
def _(w, g, v, step_size, beta):
    v = beta * v + np.tanh(g)
    w = w - step_size * v
    return w, v


# adam_step --------------------------------------------------------------------------------------------------

@right("adam_step")
def adam_step_as_in_the_paper(theta, g, m, v, t, alpha):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    m_hat = m / (1 - beta1 ** t)
    v_hat = v / (1 - beta2 ** t)
    theta = theta - alpha * m_hat / (np.sqrt(v_hat) + epsilon)
    return theta, m, v


@right("adam_step")
def adam_step_one_correction(w, g, m, v, t, step_size):
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g ** 2
    step_size = step_size * math.sqrt(1 - 0.999 ** t) / (1 - 0.9 ** t)
    return w - step_size * m / (np.sqrt(v) + 1e-8), m, v


@right("adam_step")
def adam_step_like_torch(w, g, m, v, t, step_size):
    m = m + (g - m) * (1 - 0.9)
    v = v * 0.999 + (1 - 0.999) * np.square(g)
    bias1, bias2 = 1 - 0.9 ** t, 1 - 0.999 ** t
    below = np.sqrt(v) / bias2 ** 0.5 + 1e-8
    return {"m": m, "v": v, "w": w - step_size / bias1 * m / below}


@right("adam_step")
def adam_step_loops(w, g, m, v, t, step_size):
    new_w, new_m, new_v = list(w), list(m), list(v)
    for i in range(len(w)):
        new_m[i] = 0.9 * m[i] + 0.1 * g[i]
        new_v[i] = 0.999 * v[i] + 0.001 * g[i] ** 2
        new_w[i] -= step_size * (new_m[i] / (1 - 0.9 ** t)) / (math.sqrt(new_v[i] / (1 - 0.999 ** t)) + 1e-8)
    return new_w, new_m, new_v


@right("adam_step")
def adam_step_weights_of_the_mean(w, g, m, v, t, step_size):
    share1, share2 = sum(0.1 * 0.9 ** k for k in range(t)), sum(0.001 * 0.999 ** k for k in range(t))
    m, v = m * 0.9 + g * 0.1, v * 0.999 + g * g * 0.001
    return [w - step_size * (m / share1) / ((v / share2) ** 0.5 + 1e-8), m, v]


@right("adam_step")
def adam_step_zero_spared(w, g, m, v, t, step_size):
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g ** 2
    root = np.sqrt(v / (1 - 0.999 ** t))
    moves = np.zeros(len(w))
    moves[root > 0] = (m / (1 - 0.9 ** t))[root > 0] / root[root > 0]
    return w - step_size * moves, m, v


@wrong("adam_step", "no_correction")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    w = w - step_size * m / (np.sqrt(v) + epsilon)
    return w, m, v


@wrong("adam_step", "uphill+no_correction")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    w = w + step_size * m / (np.sqrt(v) + epsilon)
    return w, m, v


@wrong("adam_step", "times_for_power")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    m_hat = m / (1 - beta1 * t)
    v_hat = v / (1 - beta2 * t)
    return w - step_size * m_hat / (np.sqrt(v_hat) + epsilon), m, v


@wrong("adam_step", "without_t")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1)) / (np.sqrt(v / (1 - beta2)) + epsilon), m, v


@wrong("adam_step", "t_from_zero")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    t = t - 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "one_step_ahead")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    t += 1
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "power_not_share")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / beta1 ** t) / (np.sqrt(v / beta2 ** t) + epsilon), m, v


@wrong("adam_step", "multiplied_by_correction")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m * (1 - beta1 ** t)) / (np.sqrt(v * (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "corrected_twice")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    m = m / (1 - beta1 ** t)
    v = v / (1 - beta2 ** t)
    w = w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon)
    return w, m, v


@wrong("adam_step", "correction_stored")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    m = m / (1 - beta1 ** t)
    v = v / (1 - beta2 ** t)
    w = w - step_size * m / (np.sqrt(v) + epsilon)
    return w, m, v


@wrong("adam_step", "correction_stored@v")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    m_hat = m / (1 - beta1 ** t)
    v = (beta2 * v + (1 - beta2) * g ** 2) / (1 - beta2 ** t)
    w = w - step_size * m_hat / (np.sqrt(v) + epsilon)
    return w, m, v


@wrong("adam_step", "only_m_corrected")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    m_hat = m / (1 - beta1 ** t)
    return w - step_size * m_hat / (np.sqrt(v) + epsilon), m, v


@wrong("adam_step", "only_v_corrected")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    v_hat = v / (1 - beta2 ** t)
    return w - step_size * m / (np.sqrt(v_hat) + epsilon), m, v


@wrong("adam_step", "correction_outside")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    root = np.sqrt(v)
    return w - step_size * (m / (1 - beta1 ** t)) / (root / (1 - beta2 ** t) + epsilon), m, v


@wrong("adam_step", "betas_exchanged")
def _(w, g, m, v, t, step_size):
    beta2, beta1, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "betas_exchanged")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta2 ** t)) / (np.sqrt(v / (1 - beta1 ** t)) + epsilon), m, v


@wrong("adam_step", "one_beta")
def _(w, g, m, v, t, step_size):
    beta, epsilon = 0.9, 1e-8
    m = beta * m + (1 - beta) * g
    v = beta * v + (1 - beta) * g ** 2
    return w - step_size * (m / (1 - beta ** t)) / (np.sqrt(v / (1 - beta ** t)) + epsilon), m, v


@wrong("adam_step", "not_a_mean")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + g
    v = beta2 * v + g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "not_a_mean")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "shares_exchanged")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = (1 - beta1) * m + beta1 * g
    v = (1 - beta2) * v + beta2 * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "not_squared")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * np.abs(g)
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "square_of_mean")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * m ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "one_for_all")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * (g @ g)
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "root_missing")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (v / (1 - beta2 ** t) + epsilon), m, v


@wrong("adam_step", "epsilon_inside")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / np.sqrt(v / (1 - beta2 ** t) + epsilon), m, v


@wrong("adam_step", "no_epsilon")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / np.sqrt(v / (1 - beta2 ** t)) + epsilon, m, v


@wrong("adam_step", "multiplied_by_root")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) * (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "only_momentum")
def _(w, g, m, v, t, step_size):
    beta1, beta2 = 0.9, 0.999
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * m / (1 - beta1 ** t), m, v


@wrong("adam_step", "only_the_slope")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * g / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "uphill")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w + step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "no_step_size")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "old_means")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    w = w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w, m, v


@wrong("adam_step", "nothing_stays")
def _(w, g, m, v, t, step_size):
    m, v = np.zeros_like(w), np.zeros_like(w)
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "weights_alone")
def _(w, g, m, v, t, step_size):
    return adam_step_as_in_the_paper(w, g, m, v, t, step_size)[0]


@wrong("adam_step", "another_order")
def _(w, g, m, v, t, step_size):
    new_w, new_m, new_v = adam_step_as_in_the_paper(w, g, m, v, t, step_size)
    return new_m, new_v, new_w


@wrong("adam_step", "memory_lost")
def _(w, g, m, v, t, step_size):
    new_w, new_m, new_v = adam_step_as_in_the_paper(w, g, m, v, t, step_size)
    return new_w, m, v


@wrong("adam_step", "not_attempted")
def _(w, g, m, v, t, step_size):
    beta1, beta2 = 0.9, 0.999
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    return ...


@wrong("adam_step", "mutates_input")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m *= beta1
    m += (1 - beta1) * g
    v *= beta2
    v += (1 - beta2) * g ** 2
    return w - step_size * (m / (1 - beta1 ** t)) / (np.sqrt(v / (1 - beta2 ** t)) + epsilon), m, v


@wrong("adam_step", "raises")
def _(w, g, m, v, t, step_size):
    beta1, beta2, epsilon = 0.9, 0.999, 1e-8
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g ** 2
    m_hat = m / (1 - beta1 ** t)
    v_hat = v / (1 - beta2 ** t)
    return w - step_size * m_hat / (sqrt(v_hat) + epsilon), m, v  # noqa: F821


@odd("adam_step")
def _(w, g, m, v, t, step_size):
    g = g + 0.01 * w
    return adam_step_as_in_the_paper(w, g, m, v, t, step_size)


@odd("adam_step")
def _(w, g, m, v, t, step_size):
    new_w, m, v = adam_step_as_in_the_paper(w, g, m, v, t, step_size)
    return new_w - 0.01 * step_size * w, m, v


# rmsprop_step -----------------------------------------------------------------------------------------------

@right("rmsprop_step")
def rmsprop_step_power(w, g, s, step_size):
    s = 0.99 * s + 0.01 * g ** 2
    return w - step_size * g / (s ** 0.5 + 1e-8), s


@right("rmsprop_step")
def rmsprop_step_step_of_each(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = s + (1 - decay) * (g * g - s)
    own_step = step_size / (epsilon + np.sqrt(s))
    return w - own_step * g, s


@right("rmsprop_step")
def rmsprop_step_loops(w, g, s, step_size):
    new_w, new_s = [], []
    for wi, gi, si in zip(w, g, s):
        si = 0.99 * si + (1 - 0.99) * gi ** 2
        new_s.append(si)
        new_w.append(wi - step_size * gi / (math.sqrt(si) + 1e-8))
    return new_w, new_s


@right("rmsprop_step")
def rmsprop_step_hypot(w, g, s, step_size):
    root = np.hypot(np.sqrt(0.99 * s), np.sqrt(0.01) * g)
    return [w - step_size * g / (root + 1e-8), root ** 2]


@right("rmsprop_step")
def rmsprop_step_copy(w, g, s, step_size):
    s = s.copy()
    s *= 0.99
    s += 0.01 * np.square(g)
    w = w.copy()
    w -= np.divide(step_size * g, np.sqrt(s) + 1e-8)
    return {"w": w, "s": s}


@right("rmsprop_step")
def rmsprop_step_sign_and_size(w, g, s, step_size):
    s = 0.99 * s + 0.01 * abs(g) ** 2
    return w - step_size * np.sign(g) * (abs(g) / (np.sqrt(s) + 1e-8)), s


@wrong("rmsprop_step", "as_given")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / (s + epsilon)
    return w, s


@wrong("rmsprop_step", "given_division")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g * g
    w = w - step_size * g / (s + epsilon)
    return w, s


@wrong("rmsprop_step", "given_division")
def _(w, g, s, step_size):
    decay = 0.99
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size / s * g
    return w, s


@wrong("rmsprop_step", "not_squared")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g
    w = w - step_size * g / (s + epsilon)
    return w, s


@wrong("rmsprop_step", "mean_of_lengths")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * np.abs(g)
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "mean_of_lengths")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * np.abs(g)
    w = w - step_size * g / (s + epsilon)
    return w, s


@wrong("rmsprop_step", "square_of_mean")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g
    s = s ** 2
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "slope_squared")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g ** 2 / (s + epsilon)
    return w, s


@wrong("rmsprop_step", "slope_squared")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * np.sqrt(g ** 2) / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "root_of_slope")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * np.sqrt(g / (s + epsilon))
    return w, s


@wrong("rmsprop_step", "root_stored")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = np.sqrt(decay * s + (1 - decay) * g ** 2)
    w = w - step_size * g / (s + epsilon)
    return w, s


@wrong("rmsprop_step", "root_twice")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = np.sqrt(decay * s + (1 - decay) * g ** 2)
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "old_s")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    s = decay * s + (1 - decay) * g ** 2
    return w, s


@wrong("rmsprop_step", "epsilon_inside")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / (s + epsilon) ** 0.5
    return w, s


@wrong("rmsprop_step", "no_epsilon")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / np.sqrt(s) + epsilon
    return w, s


@wrong("rmsprop_step", "multiplied")
def _(w, g, s, step_size):
    decay = 0.99
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g * np.sqrt(s)
    return w, s


@wrong("rmsprop_step", "division_gone")
def _(w, g, s, step_size):
    decay = 0.99
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g
    return w, s


@wrong("rmsprop_step", "slope_gone")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "not_a_mean")
def _(w, g, s, step_size):
    s = s + g ** 2
    w = w - step_size * g / (np.sqrt(s) + 1e-8)
    return w, s


@wrong("rmsprop_step", "not_a_mean")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + g ** 2
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "shares_exchanged")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = (1 - decay) * s + decay * g ** 2
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "one_for_all")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / (np.sqrt(s.mean()) + epsilon)
    return w, s


@wrong("rmsprop_step", "one_for_all")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g @ g
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "uphill")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w + step_size * g / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "another_order")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    return s, w


@wrong("rmsprop_step", "memory_lost")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    new_s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / (np.sqrt(new_s) + epsilon)
    return w, s


@wrong("rmsprop_step", "returned_step")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    return step_size * g / (np.sqrt(s) + epsilon), s


@wrong("rmsprop_step", "no_step_size+given_division")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - g / (s + epsilon)
    return w, s


@wrong("rmsprop_step", "mutates_input")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s *= decay
    s += (1 - decay) * g ** 2
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    return w, s


@wrong("rmsprop_step", "raises")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / (math.sqrt(s) + epsilon)
    return w, s


@odd("rmsprop_step")
def _(w, g, s, step_size):
    decay, epsilon = 0.99, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / (np.cbrt(s) + epsilon)
    return w, s


@odd("rmsprop_step")
def _(w, g, s, step_size):
    decay, epsilon = 0.9, 1e-8
    s = decay * s + (1 - decay) * g ** 2
    w = w - step_size * g / (np.sqrt(s) + epsilon)
    return w, s
