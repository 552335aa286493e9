"""Step sizes for gradient descent on linear regression, from the curvatures of the loss: the eigenvalues of H = X'X/n.

All functions use the loss half_mse unless `loss` names another; doubling the loss halves every limit.
Derived in lesson 02.
"""

import numpy as np

from .._checks import positive_number
from ..calculus import linear_hessian


def eigenvalues(X, loss="half_mse"):
    """Curvatures of the loss along its own axes, smallest first: the eigenvalues of H = X'X/n.  Returns (d,)."""
    return np.linalg.eigvalsh(linear_hessian(X, loss))


def steepest_axis(X):
    """The direction in which the loss curves most: the unit eigenvector of H for lambda_max.  Returns (d,)."""
    return np.linalg.eigh(linear_hessian(X))[1][:, -1]


def step_limit(X, loss="half_mse"):
    """Largest stable step size, 2 / lambda_max: at or above it gradient descent does not come home."""
    return 2 / eigenvalues(X, loss)[-1]


def best_step(X, loss="half_mse"):
    """The step size with the fastest guaranteed approach, 2 / (lambda_min + lambda_max)."""
    curvatures = eigenvalues(X, loss)
    return 2 / (curvatures[0] + curvatures[-1])


def condition_number(X):
    """kappa = lambda_max / lambda_min of H = X'X/n: how many times more the loss curves across the valley than along.

    The contours, ellipses, are sqrt(kappa) times as long as wide: height grows with the square of the distance.
    """
    curvatures = eigenvalues(X)
    return curvatures[-1] / curvatures[0]


def best_rate(X):
    """The factor (kappa - 1)/(kappa + 1) by which the best step size shrinks the distance to w* per step."""
    kappa = condition_number(X)
    return (kappa - 1) / (kappa + 1)


def growth(X, step_size, loss="half_mse"):
    """The factor 1 - step_size lambda_max by which each step multiplies the distance along the steepest axis.

    Between -1 and 1 the run comes home; below 0 it jumps across the valley; below -1 it diverges.
    """
    return 1 - positive_number("step_size", step_size) * eigenvalues(X, loss)[-1]
