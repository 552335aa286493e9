"""Many runs of stochastic gradient descent on linear regression side by side: what chance does, seen at once."""

import numpy as np

from .._checks import as_batch_size, as_features, as_rng, as_start, as_targets, one_of, positive_number, whole_number


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
    weights = [np.tile(w, (shape[1], 1))]
    with np.errstate(over="ignore", invalid="ignore"):
        for drawn in draw(shape, size, as_rng(rng)):    # (runs, n): how often each example is in the batch
            errors = drawn * (weights[-1].dot(X.T) - y)
            weights.append(weights[-1] - eta / drawn.sum(axis=1, keepdims=True) * errors.dot(X))
    return np.array(weights)


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
    return (batch_of[t // per_epoch] == t % per_epoch for t in range(steps))


DRAWS = {"fresh": _fresh, "replaced": _replaced, "shuffled": _shuffled}
