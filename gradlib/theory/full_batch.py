"""Where gradient descent on linear regression is after every step, if each step sees all examples. Exact.

With H = X'X/n the distance to the best weights obeys  w_t - w* = (I - step_size H)^t (w_0 - w*),
so along each eigenvector of H the distance is multiplied by 1 - step_size lambda in every step.
All functions use the loss half_mse unless `loss` names another. Derived in lesson 02.
"""

import numpy as np

from .._checks import as_features, as_reals, as_start, positive_number, whole_number
from ..calculus import least_squares, linear_hessian, linear_loss


def predicted_weights(X, y, start, step_size, steps, loss="half_mse"):
    """Weights of gradient descent after 0, 1, ..., steps steps, from the formula and not from a run.

    w_t = w* + sum over eigenvectors v of (1 - step_size lambda)^t (v.(w_0 - w*)) v. X (n, d), y (n,), start (d,);
    returns (steps + 1, d). Raises TypeError for anything but real numbers and whole steps, ValueError for shapes that
    do not match, NaN, infinity, a step size that is not positive, an unknown `loss`.
    """
    goal, axes, _, distances = _distances(X, y, start, step_size, steps, loss)
    return goal + distances.dot(axes.T)


def predicted_losses(X, y, start, step_size, steps, loss="half_mse"):
    """Loss of gradient descent after 0, 1, ..., steps steps:  L(w*) + sum(lambda c^2) / 2.

    c are the distances from w* along the eigenvectors; a term beyond the largest float is inf.
    Returns (steps + 1,), in the unit of the loss. Arguments and errors as for `predicted_weights`.
    """
    goal, _, curvatures, distances = _distances(X, y, start, step_size, steps, loss)
    with np.errstate(over="ignore"):
        return linear_loss(X, y, goal, loss=loss) + (distances**2).dot(curvatures) / 2


def excess_loss(X, y, weights):
    """Loss above the lowest,  (w - w*)' H (w - w*) / 2, without the digits that a difference of losses costs.

    X (n, d), y (n,); weights (d,), or (..., d) for many runs at once; returns (...), in the squared unit of y. inf
    beyond the largest float; weights may be NaN, where a run flew apart. Raises TypeError for anything but real
    numbers, ValueError for shapes that do not match, and NaN or infinity in the data.
    """
    goal, weights = least_squares(X, y), as_reals("weights", weights, finite=False)
    if weights.shape[-1:] != goal.shape:
        raise ValueError(f"weights has shape {weights.shape}; expected (d,) or (..., d), d = {len(goal)}.")
    away = weights - goal
    with np.errstate(over="ignore", invalid="ignore"):
        return (away.dot(linear_hessian(X)) * away).sum(axis=-1) / 2


def _distances(X, y, start, step_size, steps, loss):
    """w*, the eigenvectors as columns, their curvatures, and the distances from w* along them (steps + 1, d)."""
    X = as_features(X)
    goal = least_squares(X, y)
    curvatures, axes = np.linalg.eigh(linear_hessian(X, loss))
    first = axes.T.dot(as_start(start, X.shape[1]) - goal)
    factors = 1 - positive_number("step_size", step_size) * curvatures
    t = np.arange(whole_number("steps", steps) + 1)[:, None]
    with np.errstate(over="ignore"):
        return goal, axes, curvatures, factors**t * first
