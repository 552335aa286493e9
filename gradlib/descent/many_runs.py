"""Many runs of stochastic gradient descent on linear regression side by side: what chance does, seen at once."""

import numpy as np

from .._checks import as_batch_size, as_features, as_rng, as_start, as_targets, one_of, positive_number, whole_number

FEW = 4      # up to so many features the sums of a batch's products are quicker than its errors
ROWS = 256   # batches at a time: few enough to stay in the processor's cache


def many_runs(X, y, start, step_size, batch_size, steps, runs, rng, batches="fresh"):
    """Weights of `runs` independent runs from one start (loss half_mse):  w <- w - step_size X_B'(X_B w - y_B)/B.

    batches     "fresh"      every batch drawn afresh, `batch_size` different examples
                "replaced"   every batch drawn afresh, and an example may be drawn again
                "shuffled"   shuffled epochs, each run in an order of its own; a last batch may be smaller
    X (n, d), y (n,), start (d,), rng a `numpy.random.default_rng(seed)`; returns (steps + 1, runs, d). What flies apart
    goes on to inf and NaN, silently.
    Every step looks at all n examples and takes those of the batch: quick for hundreds of examples, not for millions.
    Raises ValueError for unknown `batches`, no runs, a batch size below 1 or above n; other errors as for `one_by_one`.
    """
    X, draw = as_features(X), DRAWS[one_of("batches", batches, DRAWS)]
    y, w, eta = as_targets(y, len(X)), as_start(start, X.shape[1]), positive_number("step_size", step_size)
    size = as_batch_size(batch_size, len(X), batches == "replaced")
    shape = whole_number("steps", steps), whole_number("runs", runs, least=1), len(X)
    drawn = draw(shape, size, as_rng(rng))    # (steps, runs, n): how often each example is in the batch
    walk = _by_products if X.shape[1] <= FEW else _by_errors
    with np.errstate(over="ignore", invalid="ignore"):
        return walk(X, y, np.tile(w, (shape[1], 1)), eta, drawn)


def _by_errors(X, y, w, eta, drawn):
    weights = [w]
    for batch in drawn:
        errors = batch * (weights[-1].dot(X.T) - y)
        weights.append(weights[-1] - eta / batch.sum(axis=1, keepdims=True) * errors.dot(X))
    return np.array(weights)


def _by_products(X, y, w, eta, drawn):
    """As a step is  (w, 1) <- M (w, 1),  M = I - eta mean(x_i (x_i, -y_i)')  for each batch, and 0 below."""
    steps, runs, n = drawn.shape
    d, examples = X.shape[1], np.column_stack([X, -y])
    products = (X[:, :, None] * examples[:, None, :]).reshape(n, -1)
    flat, counts = drawn.reshape(-1, n), drawn.sum(axis=2)[:, :, None, None]
    sums = [np.dot(flat[first:first + ROWS].astype(float), products) for first in range(0, len(flat), ROWS)]
    moves = np.tile(np.eye(d + 1), (steps, runs, 1, 1))
    moves[:, :, :d] -= eta / counts * np.reshape(sums and np.concatenate(sums), (steps, runs, d, d + 1))
    weights = np.empty((steps + 1, runs, d + 1, 1))
    weights[0, :, :, 0] = np.pad(w, [(0, 0), (0, 1)], constant_values=1)
    for t, move in enumerate(moves):
        np.matmul(move, weights[t], out=weights[t + 1])
    return weights[:, :, :d, 0]


def _fresh(shape, size, rng):
    """Floyd's way to draw different examples, for all batches at once. (Few left out? Then those are drawn.)"""
    n = shape[-1]
    if 2 * size > n:
        return ~_fresh(shape, n - size, rng)
    drawn, starts = np.zeros(np.prod(shape), bool), np.arange(0, np.prod(shape), n)
    for last in range(n - size, n):
        pick = starts + rng.integers(0, last + 1, len(starts))
        drawn[np.where(drawn[pick], starts + last, pick)] = True
    return drawn.reshape(shape)


def _replaced(shape, size, rng):
    starts = np.arange(0, np.prod(shape), shape[-1])[:, None]
    drawn = starts + rng.integers(0, shape[-1], (len(starts), size))
    return np.bincount(drawn.ravel(), minlength=np.prod(shape)).reshape(shape)


def _shuffled(shape, size, rng):
    steps, runs, n = shape
    per_epoch = -(-n // size)
    batch_of = rng.permuted(np.tile(np.arange(n) // size, (-(-steps // per_epoch), runs, 1)), axis=2)
    return (batch_of[:, None] == np.arange(per_epoch)[:, None, None]).reshape(-1, runs, n)[:steps]


DRAWS = {"fresh": _fresh, "replaced": _replaced, "shuffled": _shuffled}
