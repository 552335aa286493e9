"""The two descents of lesson 06: along a formula and along the true gradient of a loss, on three sets of points."""

from typing import NamedTuple

import numpy as np

from .._checks import as_slope
from ..calculus import sigmoid
from ..data import seven_points, three_points
from ..descent import gradient_descent
from ..numeric import angle

STEPS = 400
REST = 1e-10   # arrows below this part of their first length hold little but rounding errors


class Points(NamedTuple):
    """A data set with one feature, as X (n, d), y (n,), and the weights at which both descents start."""

    name: str
    X: np.ndarray
    y: np.ndarray
    start: np.ndarray


def ordinary_points():
    """Thirty points, two overlapping groups, nothing strange."""
    rng = np.random.default_rng(3)
    y = np.repeat([0.0, 1.0], 15)
    x = (rng.standard_normal(30) + 2 * y - 1).round(2)
    return Points("thirty points", np.column_stack([x, np.ones(30)]), y, np.array([1.0, 0.5]))


DATA = (Points("seven points", *seven_points(), np.array([2.0, 0.0])),
        Points("three points", *three_points(), np.array([1.0])), ordinary_points())
PREDICTIONS = ("sigmoid", "none")
# A gradient is X' times what arrives at each example: here that is written with p, y, n and the sigmoid's slope s.
FORMULAS = {
    "Xᵀe / n": lambda p, y, n: (p - y) / n,
    "Xᵀe": lambda p, y, n: p - y,
    "Xᵀ(e p(1−p))": lambda p, y, n: (p - y) * p * (1 - p),
}
LOSSES = {
    "Σe²": (lambda z, p, y: ((p - y) ** 2).sum(-1), lambda p, y, n, s: 2 * (p - y) * s),
    "½ mean e²": (lambda z, p, y: ((p - y) ** 2).mean(-1) / 2, lambda p, y, n, s: (p - y) * s / n),
    "cross-entropy": (lambda z, p, y: ((1 - y) * z + np.logaddexp(0, -z)).mean(-1), lambda p, y, n, s: (p - y) / n),
}


def with_stray(points, x, y):
    """The same points, and the last of them elsewhere."""
    X, ys = points.X.copy(), points.y.copy()
    X[-1, 0], ys[-1] = x, y
    return points._replace(X=X, y=ys)


class Story(NamedTuple):
    """Both descents, (steps + 1, d) each, and what they say: loss after each step; and along the run of the formula
    the formula itself, the true gradient, and the angle between them in degrees, NaN at rest."""

    weights: np.ndarray
    true_weights: np.ndarray
    losses: np.ndarray
    true_losses: np.ndarray
    claimed: np.ndarray
    true: np.ndarray
    angles: np.ndarray

    @property
    @np.errstate(divide="ignore", invalid="ignore")
    def lengths(self):
        """The length of the formula at each step of its run, in lengths of the gradient."""
        return np.linalg.norm(self.claimed, axis=-1) / np.linalg.norm(self.true, axis=-1)


@np.errstate(all="ignore")   # a run may fly apart, and a reader's formula overflow
def tell(points, bent, formula, loss, step_size):
    """Descend by the formula (a name in FORMULAS, or a function of X, y, w) and by the true gradient of the loss.

    bent: predictions pass through a sigmoid. Without it there is no cross-entropy: losses, gradient and angles are NaN.
    """
    X, y, n = points.X, points.y, len(points.y)
    measure, slope = LOSSES[loss]

    def p_of(w):
        return sigmoid(w.dot(X.T)) if bent else w.dot(X.T)

    def claimed(w):
        return FORMULAS[formula](p_of(w), y, n).dot(X)

    def true(w):
        p = p_of(w)
        return slope(p, y, n, p * (1 - p) if bent else 1.0).dot(X)

    if callable(formula):
        claimed = _own(formula, X, y)
    runs = [gradient_descent(road, points.start, step_size, STEPS).weights for road in (claimed, true)]
    losses = [measure(weights @ X.T, p_of(weights), y) for weights in runs]
    arrows = [_moving(road(runs[0])) for road in (claimed, true)]
    if defined(loss, bent):
        return Story(*runs, *losses, *arrows, angle(*arrows))
    none = np.full(runs[0].shape, np.nan)
    return Story(runs[0], none, none[:, 0], none[:, 0], arrows[0], none, none[:, 0])


def _moving(arrows):
    """The arrows, NaN where they are at rest."""
    lengths = np.linalg.norm(arrows, axis=1)
    return np.where(lengths[:, None] > REST * lengths[0], arrows, np.nan)


def defined(loss, bent):
    """Whether predictions have this loss: cross-entropy asks that they lie between 0 and 1."""
    return bent or loss != "cross-entropy"


def _own(formula, X, y):
    """A reader's formula of X, y, w as one of w alone, or of many w in rows. It gets copies, and may spoil them."""
    def claimed(w):
        if w.ndim > 1:
            return np.array([claimed(row) for row in w])
        return as_slope("the formula's result", formula(X.copy(), y.copy(), w.copy()), w.shape)
    return claimed
