"""Where stochastic gradient descent on linear regression (loss half_mse) leads if every batch is drawn afresh. Exact.

With eta = step_size, c as in `covariance_factor`, H = X'X/n, residuals r = y - Xw*, S = mean(r^2 xx') the covariance
of the gradients at w*, and M(C) = mean(xx' C xx'), one step does to the second moment C of w - w*, once its mean is
zero,

    C  <-  C - eta (HC + CH) + eta^2 (c M(C) + (1 - c) HCH) + eta^2 c S.

So the runs do not end at w* but in a cloud around it, whose size is known, and nowhere if eta is too large. About
n d^2 numbers are held in memory. Lesson 08 derives the floor for small steps; the limit is that of Mulayoff and
Michaeli, COLT 2024, arXiv 2306.07850.
"""

import functools
from itertools import accumulate

import numpy as np

from .._checks import as_features, as_start, as_targets, positive_number, whole_number
from ..calculus import least_squares, linear_hessian
from ..descent.schedules import as_schedule
from .axes import curvature, largest, noise, noise_in_the_cloud, pairs, sums
from .one_batch import covariance_factor, gradient_covariance


def expected_excess(X, y, start, step_size, batch_size, steps, replace=False):
    """Mean over all runs of the loss above the lowest after 0, 1, ..., steps steps.

    Step by step, by `moves` of zz', z = (w - w*, 1).  X (n, d), y (n,), start (d,), step_size a number or a schedule;
    returns (steps + 1,), in the squared unit of y. Beyond the largest float it is inf. Raises TypeError for steps that
    are not whole; other errors as for `stationary_covariance`.
    """
    X, schedule, goal = as_features(X), as_schedule(step_size), least_squares(X, y)
    _, pull, throw = moves(X, X.dot(goal) - y, covariance_factor(len(X), batch_size, replace))
    z, steps = np.append(as_start(start, X.shape[1]) - goal, 1), whole_number("steps", steps)
    step = functools.cache(lambda eta: np.eye(len(pull)) - eta * (pull - eta * throw))
    with np.errstate(over="ignore", invalid="ignore"):
        moments = (_in_turn(map(step, map(schedule, range(steps))), np.kron(z, z)) if callable(step_size)
                   else _again_and_again(step(schedule(0)), np.kron(z, z), steps))
        excess = np.dot(moments, np.pad(linear_hessian(X), (0, 1)).ravel()) / 2
    return np.nan_to_num(excess, nan=np.inf, posinf=np.inf)


def _in_turn(steps, start):
    """The start, and where one step after the other leads from there."""
    return [*accumulate(steps, lambda moment, step: step.dot(moment), initial=start)]


def _again_and_again(step, start, times):
    """As `_in_turn` for one and the same step: many places at once, each 32 steps on from one that is known.  (Powers
    of 32 steps overflow only where the steps themselves soon do.)"""
    places = np.array(_in_turn([step] * min(31, times), start))
    leap, blocks = np.linalg.matrix_power(step, len(places)).T, [places]
    while len(blocks) * len(places) <= times:
        blocks.append(blocks[-1].dot(leap))
    return np.concatenate(blocks)[:times + 1]


def sides(X, errors):
    """All (x_i, 0) and all (x_i, e_i), which make the gradient of example i, (x_i, 0)(x_i, e_i)' z:  (n, d + 1) each.

    z = (w - u, 1), for any place u at which the errors Xu - y are known.
    """
    return np.pad(X, [(0, 0), (0, 1)]), np.column_stack([X, errors])


def moves(X, errors, c):
    """What a step does on average: z goes by  I - eta G,  and zz' by  I - eta pull + eta^2 throw.

    With G_i = (x_i, 0)(x_i, e_i)' of `sides` and Kronecker's x, the second is
    I - eta (G x I + I x G) + eta^2 (c mean(G_i x G_i) + (1 - c) G x G).
    X (n, d), errors (n,); returns G (d + 1, d + 1), and pull and throw, both square and of size (d + 1)^2.
    """
    left, right = sides(X, errors)
    G, each, once = left.T.dot(right) / len(X), pairs(left).T.dot(pairs(right)) / len(X), np.eye(left.shape[1])
    return G, np.kron(G, once) + np.kron(once, G), c * each + (1 - c) * np.kron(G, G)


def stationary_covariance(X, y, step_size, batch_size, replace=False):
    """Covariance of the weights in the cloud, the solution of  HC + CH - eta (c M(C) + (1 - c) HCH) = eta c S.

    X (n, d), y (n,); returns (d, d), all inf for a step size at or above `mean_square_limit`. Raises TypeError for
    anything but real numbers, ValueError for shapes that do not match, NaN, infinity, a step size that is not positive;
    batch_size and `replace` as for `covariance_factor`.
    """
    X = as_features(X)
    y = as_targets(y, len(X))
    eta, c = positive_number("step_size", step_size), covariance_factor(len(X), batch_size, replace)
    axes, curvatures, spread = curvature(X)
    if eta >= _limit(curvatures, spread, c):
        return np.full((len(axes), len(axes)), np.inf)
    gain = eta * c / (sums(curvatures) - eta * np.outer(curvatures, curvatures))
    return axes.dot(gain * noise_in_the_cloud(gain, spread, noise(X, y, axes))).dot(axes.T)


def noise_floor(X, y, step_size, batch_size, replace=False):
    """Mean loss above the lowest in the cloud, tr(HC) / 2; inf at or above `mean_square_limit`.

    Returns a number, in the squared unit of y. Arguments and errors as for `stationary_covariance`.
    """
    C = stationary_covariance(X, y, step_size, batch_size, replace)
    return (linear_hessian(X) * C).sum() / 2 if np.isfinite(C).all() else np.inf


def small_step_floor(X, y, step_size, batch_size, replace=False):
    """What `noise_floor` tends to for small steps, eta c tr(S) / 4: proportional to the step size, and too low.

    It is tr(HC) / 2 for the solution of HC + CH = eta c S, which leaves out all terms in eta^2 C.
    Returns a number, in the squared unit of y. Arguments and errors as for `stationary_covariance`.
    """
    X, eta = as_features(X), positive_number("step_size", step_size)
    c = covariance_factor(len(X), batch_size, replace)
    return eta * c * gradient_covariance(X, y, least_squares(X, y)).trace() / 4


def mean_square_limit(X, batch_size, replace=False):
    """The step size from which on the mean of |w - w*|^2 over all runs grows.

    1 / largest eigenvalue of A^-1 (c M + (1 - c) HxH), A = HxI + IxH, x Kronecker's; 2 / lambda_max at c = 0. A single
    run may stay near at longer steps, for the penguins up to 1.7 times this with batches of one: rare runs that fly far
    make the mean. Returns a number. X and its errors as for `critical_batch_size`, batch_size and `replace` as for
    `covariance_factor`.
    """
    _, curvatures, spread = curvature(as_features(X))
    return _limit(curvatures, spread, covariance_factor(len(X), batch_size, replace))


def _limit(curvatures, spread, c):
    return 1 / largest(1 / sums(curvatures), np.diag(np.outer(curvatures, curvatures).ravel()) + c * spread)
