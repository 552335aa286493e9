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
FIRST, LAST, WIDEST = 2e-3, 2e-8, 200.0   # steps, in sizes of the parameter: the last where there are many kinks
CLEAR, MUCH = 1e8, 0.01   # the first step is wider until the loss moves by so much of its rounding, or of itself
SURE = 20                      # an accusation is so many times what the finest step can tell
FINEST = 8e-6                  # from where on an accusation has to hold; larger for a loss that is rounded more
DISTANCES, POINTS = (0.3, 0.03, 3e-3, 3e-4, 3e-5), 8   # over which an accusation has to hold, too
SPACINGS, VALUES = (3e-8, 3e-6, 3e-4), 7   # of the values that show the rounding: wider where they do not move at all


class Slope(NamedTuple):
    """A slope along a line, and how far it may be off."""

    value: float
    error: float


def slope_of(f, noise, goal=0.0):
    """The `Slope` of f at t = 0. noise: how much f is rounded; goal: an error that is small enough."""
    row, best, h = [], Slope(np.nan, np.inf), RATIO * _widest(f, noise)
    while h > RATIO * LAST:
        h /= RATIO
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


def _widest(f, noise):
    """The first step: wide enough that the loss moves clearly."""
    h = FIRST
    while h < WIDEST and abs(f(h) - f(-h)) < min(CLEAR * noise, MUCH * abs(f(0.0))):
        h *= RATIO
    return h


def kink_of(f, noise):
    """How much the slope jumps at t = 0 itself: the jump, 0 where there is none that can be told from rounding.

    Where a slope is smooth, (f(h) - 2 f(0) + f(-h)) / h falls with h; with a kink close by it falls at last; at a kink
    it stays.
    """
    here = f(0.0)
    steps = [_finest(noise, here)[0] / 8 ** k for k in range(3)]
    wide, middle, narrow = ((f(h) - 2 * here + f(-h)) / h for h in steps)
    rounding = 8 * noise / steps[-1]
    stays = max(abs(narrow - wide), abs(middle - wide)) <= 0.1 * abs(wide) + rounding
    return abs(wide) if stays and abs(wide) > 5 * rounding else 0.0


def holds(f, noise, claimed, slope):
    """Whether a claimed slope is further off than the finest nudges explain, each for itself, and alike."""
    steps, off = _finest(noise, f(0.0)), abs(claimed - slope.value)
    fine = [(f(h) - f(-h)) / (2 * h) for h in steps]
    return off > SURE * noise / steps[2] and all(
        abs(each - slope.value) <= 0.2 * off + 4 * noise / h for each, h in zip(fine, steps))


def at_odds(f, slope, noise, off):
    """Whether what is claimed, slope(t), and f are at odds over a distance, too, by half of `off` at least.

    f(h) - f(-h) is the integral of the slope, and needs no small h: a ripple, stairs of rounding, or a kink close by
    move slopes, and hardly the integral. It is summed at midpoints: that is off by less than how much the slope varies,
    divided by twice their number. The widest distance counts at which this is small, and what is claimed does not leap.
    """
    midpoints = (np.arange(POINTS) + 0.5) / POINTS * 2 - 1
    for h in DISTANCES:
        claimed = np.array([slope(h * t) for t in midpoints])
        moves = np.abs(np.diff(claimed))
        if moves.sum() / (2 * POINTS) + 4 * noise / h <= off / 4 and moves.max() <= off / 2:
            return bool(abs((f(h) - f(-h)) / (2 * h) - claimed.mean()) >= off / 2)
    return False


def _finest(noise, size):
    """Small steps, larger for a loss that is rounded more; the last is so small that `kink_of` sees what hides in
    it."""
    first = max(FINEST, np.cbrt(noise / max(abs(size), noise)))
    return first, first / RATIO, first / RATIO ** 2, first / RATIO ** 4


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
