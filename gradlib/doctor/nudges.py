"""Slopes of a loss along a line, by differences that know how wrong they may be.

Two errors fight. A large nudge h leaves out the curve of the loss, an error that falls with h^2; a small one divides
the rounding of the loss by h. So the nudge is made smaller step by step, the two slopes of neighbouring steps are
extrapolated to h = 0, and the best is kept. Source of the table: Ridders, Advances in Engineering Software 4 (1982)
75-76; of the noise: Moré and Wild, SIAM Journal on Scientific Computing 33 (2011) 1292-1314.
"""

from math import comb
from typing import NamedTuple

import numpy as np

RATIO = 4
STEPS = [2e-3 / RATIO ** k for k in range(9)]     # down to 3e-8 of a parameter's size, where there are many kinks
FINEST = (8e-6, 2e-6, 5e-7)    # where an accusation has to hold, too
SPACING, VALUES = 3e-8, 7      # of the values that show the rounding


class Slope(NamedTuple):
    """A slope along a line, and how far it may be off."""

    value: float
    error: float


def slope_of(f, noise, goal=0.0):
    """The `Slope` of f at t = 0. noise: how much f is rounded; goal: an error that is small enough."""
    row, best = [], Slope(np.nan, np.inf)
    for h in STEPS:
        new = [(f(h) - f(-h)) / (2 * h)]
        for j, old in enumerate(row[:3]):
            new.append(new[j] + (new[j] - old) / (RATIO ** (2 * j + 2) - 1))
            error = max(abs(new[j + 1] - new[j]), abs(new[j + 1] - old),
                        abs(new[j + 1] - new[0]) / 1000) + 2 * noise / h
            best = min(best, Slope(new[j + 1], error), key=lambda slope: slope.error)
        row = new if np.isfinite(new).all() else []
        if best.error <= goal or noise / h > best.error:
            break
    return best


def kink_of(f, noise):
    """How much the slope jumps at t = 0 itself: the jump, 0 where there is none that can be told from rounding.

    With a slope that is smooth, (f(h) - 2 f(0) + f(-h)) / h falls with h; at a kink it stays.
    """
    here, (coarse, fine) = f(0.0), FINEST[:2]
    wide, narrow = ((f(h) - 2 * here + f(-h)) / h for h in (coarse, fine))
    jump = (RATIO * narrow - wide) / (RATIO - 1)
    rounding = 8 * noise / fine + 1e-3 * abs(wide - narrow)
    return abs(jump) if abs(jump) > 4 * rounding and abs(jump) > 0.5 * abs(wide) else 0.0


def holds(f, noise, claimed, slope):
    """Whether a claimed slope is further off than the finest nudges explain, each for itself, and alike."""
    fine = [(f(h) - f(-h)) / (2 * h) for h in FINEST]
    off = abs(claimed - slope.value)
    return all(abs(each - slope.value) <= 0.2 * off + 4 * noise / h for each, h in zip(fine, FINEST)) and (
        off > 4 * noise / FINEST[0])


def noise_of(values):
    """The rounding in values (m, ...) that are equally spaced along a very short line: a standard deviation (...).

    The k-th differences of numbers that are rounded by chance have a variance of comb(2k, k) times the noise's.
    """
    levels, differences = [], np.asarray(values, float)
    for k in range(1, len(values)):
        differences = np.diff(differences, axis=0)
        if 3 <= k <= 5:
            levels.append((differences ** 2).mean(axis=0) / comb(2 * k, k))
    return np.sqrt(np.mean(levels, axis=0))
