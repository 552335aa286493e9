"""Exact predictions for gradient descent on linear regression, made before the run.

With H = X'X/n the distance to the best weights obeys  w_t - w* = (I - step_size H)^t (w_0 - w*),
so along each eigenvector of H the distance is multiplied by 1 - step_size lambda in every step.
All functions use the loss half_mse unless `loss` names another; doubling the loss halves every limit.
Derived in lesson 02.
"""

import numpy as np

from ._checks import as_features, as_weights, positive_number, whole_number
from .calculus import least_squares, linear_hessian, linear_loss


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
    """kappa = lambda_max / lambda_min of H = X'X/n: how many times longer than wide the valley's curvature is."""
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


def predicted_weights(X, y, start, step_size, steps, loss="half_mse"):
    """Weights of gradient descent after 0, 1, ..., steps steps, from the formula and not from a run.

    w_t = w* + sum over eigenvectors v of (1 - step_size lambda)^t (v.(w_0 - w*)) v.
    X (n, d), y (n,), start (d,); returns (steps + 1, d).
    """
    goal, axes, _, distances = _distances(X, y, start, step_size, steps, loss)
    return goal + distances.dot(axes.T)


def predicted_losses(X, y, start, step_size, steps, loss="half_mse"):
    """Loss of gradient descent after 0, 1, ..., steps steps:  L(w*) + sum(lambda c^2) / 2.

    c are the distances from w* along the eigenvectors; a term beyond the largest float is inf.
    Shapes as in `predicted_weights`; returns (steps + 1,).
    """
    goal, _, curvatures, distances = _distances(X, y, start, step_size, steps, loss)
    with np.errstate(over="ignore"):
        return linear_loss(X, y, goal, loss=loss) + (distances**2).dot(curvatures) / 2


def _distances(X, y, start, step_size, steps, loss):
    """w*, the eigenvectors as columns, their curvatures, and the distances from w* along them (steps + 1, d)."""
    X = as_features(X)
    goal = least_squares(X, y)
    curvatures, axes = np.linalg.eigh(linear_hessian(X, loss))
    first = axes.T.dot(as_weights(start, X.shape[1], "start") - goal)
    factors = 1 - positive_number("step_size", step_size) * curvatures
    t = np.arange(whole_number("steps", steps) + 1)[:, None]
    with np.errstate(over="ignore"):
        return goal, axes, curvatures, factors**t * first
