"""The walk: weights, gradient, step, again. The gradient may come by any road; here it is a function of w."""

from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

import numpy as np

from .._checks import as_function, as_reals, describe, positive_number, whole_number
from .rules import SGD, as_new_rule

DIVERGED = 1e12   # a weight beyond this many times the start's size (at least 1) ends the run


class Run(NamedTuple):
    """The weights of one run, one row per step with the start first, and how it ended."""

    weights: np.ndarray
    diverged: bool


def gradient_descent(gradient, start, step_size, steps):
    """Walk downhill:  w <- w - step_size * gradient(w),  `steps` times.

    start (d,); gradient maps (d,) to (d,). Returns a `Run` whose weights have shape (steps + 1, d). A run that flies
    apart is a result, not an error: it stops when a weight passes 1e12 times the size of the start, `diverged` is then
    True and the weights end there. Raises TypeError if gradient is no function or returns anything but real numbers,
    for a start of anything else, and for steps that are not whole; ValueError for a step size that is not positive and
    finite, and for a gradient of another shape.
    """
    return descend(gradient, start, SGD(positive_number("step_size", step_size)), steps)


def descend(gradient, start, rule, steps, batches=None, callback=None):
    """Walk downhill by any rule (`SGD(0.1)`, `Adam(0.01)`, ...), with all examples or with batches.

    Without `batches` the gradient is gradient(w); with them (`fresh_batches`, `shuffled_epochs`, or a list, which
    ends the run where it ends) it is gradient(w, batch), for instance

        lambda w, batch: linear_gradient(X[batch], y[batch], w)

    callback(t, w, g), if given, is told after every step its number 1, 2, ..., the new weights, and the gradient that
    led to them. start (d,), or any other shape; the rest, also if the run flies apart, as for `gradient_descent`.
    A rule is for one run: raises ValueError for one that has stepped, and TypeError for what cannot step.
    """
    ticks = range(1, whole_number("steps", steps) + 1)
    given = repeat(()) if batches is None else zip(_stream(batches))     # beside w: nothing, or a batch
    start, gradient, rule = as_reals("start", start).astype(float), as_function("gradient", gradient), as_new_rule(rule)
    told = None if callback is None else as_function("callback", callback)
    if not start.size:
        raise ValueError(f"start has shape {start.shape}; expected at least one weight.")
    return collected(start, _positions(gradient, start, rule, zip(ticks, given), told))


def _stream(batches):
    if not isinstance(batches, Iterable):
        raise TypeError(f"batches must be a stream, such as fresh_batches(n, 8, rng), got {describe(batches)}.")
    return batches


def _positions(gradient, w, rule, ticks, callback):
    for t, given in ticks:
        g = gradient(w, *given)
        w = rule.step(w, g)
        if callback is not None:
            callback(t, w, g)
        yield w


def collected(start, positions):
    """The `Run` through all positions, or up to the first that has left."""
    limit, weights = float(DIVERGED * max(1.0, np.abs(start).max())), [start]
    for w in positions:
        weights.append(w)
        if _left(w, limit):
            break
    return Run(np.array(weights), _left(weights[-1], limit))


def _left(w, limit):
    """Is a weight beyond the limit, or NaN?  (The length of w, which is quicker to find, mostly settles it.)"""
    return not np.vdot(w, w) < limit * limit and not np.abs(w).max() <= limit
