"""Lesson 08: what happens at one setting of step size, batch size and steps, and what theory says of it before."""

from typing import NamedTuple

import numpy as np

from .. import theory
from ..calculus import linear_hessian
from ..descent import many_runs
from .lesson08_ground import Ground

LONGEST = 2000    # steps
BATCHES = ("fresh", "shuffled")
LOOKS = 420_000   # at examples, which a move can afford: as many runs are made, from 4 to 40
NEAR = 0.1        # settled: within a tenth of the floor


class Outcome(NamedTuple):
    """What happens at one setting, and what was predicted.

    weights (steps + 1, runs, d), excess (steps + 1, runs): of the runs; expected (LONGEST + 1,): the mean over all
    runs, None where there is no prediction; floors: the lowest and the highest value of the mean within an epoch, and
    that at the last step; cloud (d, d): the covariance of the weights there; after: the steps until the start is
    forgotten, inf if more than LONGEST.
    """

    ground: Ground
    step_size: float
    batch_size: int
    steps: int
    manner: str
    dice: int
    weights: np.ndarray
    excess: np.ndarray
    expected: np.ndarray | None
    floors: tuple
    cloud: np.ndarray
    after: float

    @property
    def mean(self):
        """The mean over the runs, at every step."""
        return self.excess.mean(axis=1)

    @property
    def leaves(self):
        return not np.isfinite(self.floors).all()

    @property
    def quiet(self):
        """Whether there is no noise at the lowest point, and so no floor."""
        return self.floors[1] <= 1e-15 * self.excess[0, 0]

    @property
    def by_chance(self):
        """Whether the last mean is within two standard errors of the floor. (Rare runs that fly far make the spread
        larger than that of a bell curve, and few runs may show too small a one.)"""
        H = linear_hessian(self.ground.X)
        spread = max(self.excess[-1].std(), np.sqrt(np.trace(H @ self.cloud @ H @ self.cloud) / 2))
        return abs(self.mean[-1] - self.floors[2]) <= 2 * spread / np.sqrt(self.excess.shape[1])


def outcome_of(ground, step_size, batch_size, steps, batches, dice):
    """The `Outcome` of these settings."""
    X, y, start = ground.X, ground.y, ground.start
    manner, runs = manner_of(ground, batch_size, batches), number_of_runs(ground, batch_size, steps)
    weights = many_runs(X, y, start, step_size, batch_size, steps, runs, np.random.default_rng(dice), manner)
    excess = np.nan_to_num(theory.excess_loss(X, y, weights), nan=np.inf)
    predict = _fresh if manner == "fresh" else _shuffled
    return Outcome(ground, step_size, batch_size, steps, manner, dice, weights, excess,
                   *predict(X, y, start, step_size, batch_size, steps))


def manner_of(ground, batch_size, batches):
    """"fresh" or "shuffled": all examples in any order are all examples."""
    return BATCHES[batches] if batch_size < len(ground.X) else "fresh"


def number_of_runs(ground, batch_size, steps):
    """How many runs a move can afford."""
    n = len(ground.X)
    return int(np.clip(LOOKS // (steps * (n / 10 + min(batch_size, n - batch_size))), 4, 40))


def _fresh(X, y, start, step_size, batch_size, steps):
    expected = theory.expected_excess(X, y, start, step_size, batch_size, LONGEST)
    cloud = theory.stationary_covariance(X, y, step_size, batch_size)
    floor = theory.noise_floor(X, y, step_size, batch_size)
    return expected, (floor,) * 3, cloud, settled_after(expected, floor)


def _shuffled(X, y, start, step_size, batch_size, steps):
    """No mean at every step: its exact value goes over all orders of the examples."""
    clouds = theory.shuffled_covariance(X, y, step_size, batch_size)
    here, within = steps % (len(clouds) - 1), np.full(len(clouds), np.inf)
    if np.isfinite(clouds).all():   # as `shuffled_floor`, which would go through the epoch a second time
        within = np.einsum("tij,ij->t", clouds, linear_hessian(X)) / 2
    return (None, (within.min(), within.max(), within[here]), clouds[here],
            forgotten_after(X, y, start, step_size, within.min()))


def settled_after(means, floor):
    """The first step from which on means (steps,) of the loss are within a tenth of the floor, inf if there is none."""
    far = np.abs(means - floor) > NEAR * floor if floor < np.inf else np.array([True])
    return np.inf if far[-1] else 1 + np.flatnonzero(far)[-1] if far.any() else 0


@np.errstate(over="ignore")
def forgotten_after(X, y, start, step_size, floor):
    """The same of a run with all examples in every step, which has no floor of its own: by then the start is
    forgotten."""
    whole = theory.excess_loss(X, y, theory.predicted_weights(X, y, start, step_size, LONGEST))
    return settled_after(floor + whole, floor)
