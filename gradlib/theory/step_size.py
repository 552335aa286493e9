"""Step sizes for gradient descent on linear regression, from the curvatures of the loss: the eigenvalues of H = X'X/n.

All functions use the loss half_mse unless `loss` names another; doubling the loss halves every limit. Curvatures are
in the unit of the loss over those of two weights, step sizes in the inverse of that, factors have none.
Derived in lesson 02.
"""

import numpy as np

from .._checks import positive_number
from ..calculus import linear_hessian
from .axes import ratio


def eigenvalues(X, loss="half_mse"):
    """Curvatures of the loss along its own axes, smallest first: the eigenvalues of H = X'X/n.

    X (n, d), `loss` as for `calculus.linear_loss`; returns (d,). Raises TypeError for anything but real numbers,
    ValueError for an X that is not (n, d), NaN, infinity, an unknown `loss`.
    """
    return np.maximum(np.linalg.eigvalsh(linear_hessian(X, loss)), 0)   # rounding may put one below zero


def steepest_axis(X):
    """The direction in which the loss curves most: the unit eigenvector of H for lambda_max.

    X (n, d); returns (d,), whose sign means nothing. Errors as for `eigenvalues`.
    """
    return np.linalg.eigh(linear_hessian(X))[1][:, -1]


def step_limit(X, loss="half_mse"):
    """Largest stable step size, 2 / lambda_max: at or above it gradient descent does not come home.

    Arguments and errors as for `eigenvalues`; returns a number, inf for an X of zeros.
    """
    return ratio(2, eigenvalues(X, loss)[-1])


def best_step(X, loss="half_mse"):
    """The step size with the fastest guaranteed approach, 2 / (lambda_min + lambda_max).

    Arguments and errors as for `eigenvalues`; returns a number.
    """
    curvatures = eigenvalues(X, loss)
    return ratio(2, curvatures[0] + curvatures[-1])


def condition_number(X):
    """kappa = lambda_max / lambda_min of H = X'X/n: how many times more the loss curves across the valley than along.

    The contours, ellipses, are sqrt(kappa) times as long as wide: height grows with the square of the distance.
    Arguments and errors as for `eigenvalues`; returns a number, inf (or, by rounding, beyond 1e15) where a direction is
    flat.
    """
    curvatures = eigenvalues(X)
    return ratio(curvatures[-1], curvatures[0])


def best_rate(X):
    """The factor (kappa - 1)/(kappa + 1) by which the best step size shrinks the distance to w* per step.

    Arguments and errors as for `eigenvalues`; returns a number.
    """
    return 1 - 2 / (condition_number(X) + 1)   # which is right for kappa = inf, too


def growth(X, step_size, loss="half_mse"):
    """The factor 1 - step_size lambda_max by which each step multiplies the distance along the steepest axis.

    Between -1 and 1 the run comes home; below 0 it jumps across the valley; below -1 it diverges.
    Returns a number. Raises ValueError for a step size that is not positive; other arguments and errors as for
    `eigenvalues`.
    """
    return 1 - positive_number("step_size", step_size) * eigenvalues(X, loss)[-1]
