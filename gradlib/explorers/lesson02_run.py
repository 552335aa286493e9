"""Lesson 02: a run of gradient descent from one setting of the data, and what theory says of it before."""

from typing import NamedTuple

import numpy as np

from .. import theory
from ..calculus import least_squares, linear_gradient
from ..descent import gradient_descent
from .valley import Plane

STEPS = 40


class Setting(NamedTuple):
    """One version of the data, where the run begins, and the plane that is drawn."""

    X: np.ndarray
    y: np.ndarray
    start: np.ndarray
    plane: Plane

    @property
    def goal(self):
        return least_squares(self.X, self.y)

    def excess(self, weights):
        """Loss above the lowest, for every row of weights."""
        return theory.excess_loss(self.X, self.y, weights)

    def predicted_excess(self, eta):
        """The loss above the lowest at every step, from the formula and not from a run."""
        return self.excess(theory.predicted_weights(self.X, self.y, self.start, eta, STEPS))

    def run(self, eta):
        return gradient_descent(lambda w: linear_gradient(self.X, self.y, w), self.start, eta, STEPS)


def measured_growth(setting, run):
    """The last distance along the steepest axis as a multiple of the one before, with its sign; NaN after none."""
    before, last = (run.weights[-2:] - setting.goal).dot(theory.steepest_axis(setting.X))
    return last / before if before else np.nan
