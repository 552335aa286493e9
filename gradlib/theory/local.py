"""Several workers, each with rows of its own: where steps of their own between two exchanges lead. Exact.

In a round every worker takes k steps from the common weights along batches of its own rows, drawn afresh and without
replacement; then the weights are averaged, each worker counting as much as it has rows (local SGD, federated
averaging). Linear regression, loss half_mse. For z = (w - w*, 1), p_i the share of worker i's rows, and A_i and T_i
what one of its steps does on average to z and to zz' (`fresh.moves`), a round does

    z    <-  A z,                                                   A = sum p_i A_i^k,
    zz'  <-  (A x A + sum p_i^2 (T_i^k - A_i^k x A_i^k)) zz',       x Kronecker's,

because two workers draw independently of each other. Where both stand still, the runs have settled.
"""

import numpy as np

from .._checks import as_features, as_targets, positive_number, whole_number
from ..calculus import least_squares
from .axes import steep_axes
from .fresh import moves, sides
from .one_batch import covariance_factor


def local_floor(shards, step_size, batch_size, local_steps):
    """Mean loss above the lowest, over all rows, of the averaged weights, long after the start; inf if they leave.

    For one worker it is `noise_floor`; with batches of all its rows, the excess loss at `drift`.
    shards: a list of (X_i, y_i), X_i (n_i, d), y_i (n_i,), those without rows do not count; batch_size is that of every
    worker, at most the rows of the smallest shard; a worker takes `local_steps` steps between two exchanges. Returns a
    number, in the squared unit of y. Holds about n d^2 + d^4 numbers.
    Raises TypeError for shards that are no list of pairs, and for anything but numbers; ValueError for shards without
    rows or with other columns, NaN, infinity, a step_size that is not positive, a batch size or local steps below 1, a
    batch size above the rows.
    """
    eta, k = positive_number("step_size", step_size), whole_number("local_steps", local_steps, least=1)
    _, curvatures, _, workers = _along_axes(shards)
    mean = own = 0
    with np.errstate(over="ignore", invalid="ignore"):
        for share, X, errors in workers:
            G, pull, throw = moves(X, errors, covariance_factor(len(X), batch_size))
            one, two = _steps(eta * G, k), _steps(eta * (pull - eta * throw), k)
            mean, own = mean + share * one, own + share**2 * (two - np.kron(one, one))
        settled = _settled(np.kron(mean, mean) + own)
    return np.append(settled, 1).reshape(len(mean), -1).diagonal()[:-1].dot(curvatures) / 2


def drift(shards, step_size, local_steps):
    """Where the mean of the averaged weights settles, which is not w* if workers see different things: (d,).

    After more than one step of its own a worker is on its way to the best weights of its own rows. The loss there above
    the lowest is the part of `local_floor` that no batch size takes away; all inf if they leave.
    Arguments and errors as for `local_floor`.
    """
    eta, k = positive_number("step_size", step_size), whole_number("local_steps", local_steps, least=1)
    axes, _, goal, workers = _along_axes(shards)
    mean = 0
    with np.errstate(over="ignore", invalid="ignore"):
        for share, X, errors in workers:
            left, right = sides(X, errors)
            mean = mean + share * _steps(eta * left.T.dot(right) / len(X), k)
        away = _settled(mean)
    return goal + axes.dot(away) if np.isfinite(away).all() else np.full(len(goal), np.inf)


def digits_per_step(batch_size, d):
    """Decimal digits by which a step lowers the mean loss:  log10(1 + B / (d + 1)),  B = batch_size.

    For d independent standard normal features, endless data and no noise, at the best step size. Every step multiplies
    the mean loss by 1 - 2 eta + eta^2 (B + d + 1) / B, which is lowest, (d + 1) / (B + d + 1), at half the
    `gaussian_limit`. A batch far below the critical batch size d + 1 that doubles doubles the digits; far above it, it
    adds 0.3 of a digit.  Errors as for `gaussian_limit`.
    """
    B, d = whole_number("batch_size", batch_size, least=1), whole_number("d", d, least=1)
    return np.log10(1 + B / (d + 1))


def _along_axes(shards):
    """The steep axes of all rows, their curvatures, w*, and for each shard: its share, its features along the axes,
    and its errors at w*."""
    parts = _filled(shards)
    X, y = map(np.concatenate, zip(*parts))
    (axes, curvatures), goal = steep_axes(X), least_squares(X, y)
    return axes, curvatures, goal, [(len(part) / len(X), part.dot(axes), part.dot(goal) - own) for part, own in parts]


def _filled(shards):
    """The shards that hold rows, as arrays that fit each other."""
    try:
        listed = [(X, y) for X, y in shards]
    except (TypeError, ValueError):
        raise TypeError("shards must be a list of pairs (X, y), one for each worker. "
                        "Use [(X, y)] for a single one.") from None
    parts = [(as_features(X), as_targets(y, len(X))) for X, y in listed if np.size(X)]
    columns = sorted({X.shape[1] for X, _ in parts})
    if len(columns) != 1:
        found = f"shards of {' and '.join(map(str, columns))} columns" if parts else "no rows at all"
        raise ValueError(f"shards must hold rows with the same columns, got {found}.")
    return parts


def _steps(change, k):
    """(I - change)^k."""
    return np.linalg.matrix_power(np.eye(len(change)) - change, k)


def _settled(round_map):
    """The z that a round leaves as it is, without the 1 at its end; all inf where rounds lead nowhere."""
    kept, moved = round_map[:-1, :-1], round_map[:-1, -1]
    if np.isfinite(round_map).all() and np.abs(np.linalg.eigvals(kept)).max() < 1:
        return np.linalg.solve(np.eye(len(kept)) - kept, moved)
    return np.full(len(moved), np.inf)
