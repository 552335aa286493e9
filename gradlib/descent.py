"""From gradient to step: gradient descent. The gradient may come by any road; here it is a function of w."""

from typing import NamedTuple

import numpy as np

from ._checks import as_floats, positive_number, whole_number

DIVERGED = 1e12   # a weight beyond this many times the start's size (at least 1) ends the run


class Run(NamedTuple):
    """The weights of one run, one row per step with the start first, and how it ended."""

    weights: np.ndarray
    diverged: bool


def gradient_descent(gradient, start, step_size, steps):
    """Walk downhill:  w <- w - step_size * gradient(w),  `steps` times.

    start (d,); gradient maps (d,) to (d,). Returns a `Run` whose weights have shape (steps + 1, d).
    A run that flies apart is a result, not an error: it stops when a weight passes 1e12 times the size
    of the start, `diverged` is then True and the weights end there.
    Raises ValueError for a step size that is not positive and finite, and for a gradient of another shape.
    """
    w = as_floats("start", start).astype(float)
    step_size = positive_number("step_size", step_size)
    limit = DIVERGED * max(1.0, np.abs(w).max())
    weights = [w]
    for _ in range(whole_number("steps", steps)):
        w = w - step_size * _same_shape(gradient(w), w)
        weights.append(w)
        if not np.abs(w).max() <= limit:   # also true for NaN
            break
    return Run(np.array(weights), bool(not np.abs(w).max() <= limit))


def _same_shape(g, w):
    if np.shape(g) != w.shape:
        raise ValueError(f"the gradient has shape {np.shape(g)}; expected {w.shape}, the shape of the weights.")
    return g
