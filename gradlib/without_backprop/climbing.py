"""No gradient at all: try, and keep what is lower."""

from typing import NamedTuple

import numpy as np

from .._checks import as_function, as_number, as_reals, as_rng, positive_number, result, whole_number


class Climb(NamedTuple):
    """Weights (steps + 1, d) and losses (steps + 1,), the start first, of a run in which no loss is above the last."""

    weights: np.ndarray
    losses: np.ndarray


def hill_climbing(f, start, sigma, steps, rng):
    """Try a random move, and keep it if the loss is lower:

        w <- w + sigma v    if f(w + sigma v) < f(w),    v standard normal.

    Sent back: one number for each try, and of it only whether it is lower. Cost: 1 + steps losses. No gradient is
    guessed, and the loss need not have one. (It is also called the (1+1) evolution strategy. The hill is upside down:
    losses go down.) start (d,), sigma in the unit of w, rng a `numpy.random.default_rng(seed)`; returns a `Climb`.
    Raises ValueError for a sigma that is not positive, and if f(start) is not one finite number; TypeError if f is no
    function or returns anything else later, for an rng that is no generator, a start of anything but real numbers,
    steps that are not whole. Source: Rechenberg, Evolutionsstrategie (1973).
    """
    f, rng = as_function("f", f), as_rng(rng)
    w, sigma = as_reals("start", start).astype(float), positive_number("sigma", sigma)
    loss = as_number("the loss", f(w))
    weights, losses = [w], [loss]
    for _ in range(whole_number("steps", steps)):
        moved = w + sigma * rng.standard_normal(w.shape)
        tried = result("the loss", f(moved))
        if tried < loss:
            w, loss = moved, tried
        weights.append(w)
        losses.append(loss)
    return Climb(np.array(weights), np.array(losses))
