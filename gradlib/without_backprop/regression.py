"""Linear regression (loss half_mse) without a walk along the gradient: one weight at a time, or all in one go."""

import numpy as np

from .._checks import as_features, as_start, as_targets, whole_number


def coordinate_descent(X, y, start, moves):
    """One weight at a time goes to its lowest point, w[0], w[1], ..., w[d - 1], w[0] again:

        w_j <- w_j - x_j.e / x_j.x_j,      e <- e + (what w_j moved) x_j,      x_j the feature, e = Xw - y.

    Sent back: one number for each move. Cost: one product with x_j and one correction of e, about 4n operations a
    move; the x_j.x_j once, 2nd. d moves are a sweep of Gauss and Seidel's method on X'X w = X'y. The loss never rises.
    X (n, d), y (n,), start (d,); returns the weights after 0, 1, ..., moves moves, (moves + 1, d).
    Raises ValueError for a feature that is zero everywhere, shapes that do not match, NaN, infinity; TypeError for
    anything but real numbers and whole moves.  Source: Wright (2015), Mathematical Programming 151.
    """
    X = as_features(X)
    w, curvatures = as_start(start, X.shape[1]).astype(float), (X * X).sum(axis=0)
    if not curvatures.all():
        raise ValueError(f"feature {np.argmin(curvatures)} of X is 0 everywhere: every weight for it is as good. "
                         "Leave it out.")
    e, weights = X.dot(w) - as_targets(y, len(X)), [w.copy()]
    for j in np.arange(whole_number("moves", moves)) % len(w):
        step = -X[:, j].dot(e) / curvatures[j]
        e = e + step * X[:, j]
        w[j] += step
        weights.append(w.copy())
    return np.array(weights)


def normal_equations(X, y):
    """The weights at which the gradient is zero, in one go:  X'X w = X'y.

    Sent back: nothing. Cost: 2nd^2 operations for X'X, 2nd for X'y, about 2d^3/3 to solve; once. X'X has the square of
    X's condition number, so where features nearly repeat each other twice as many digits are lost as by
    `calculus.least_squares`. X (n, d), y (n,); returns (d,).
    Raises ValueError if some features are a sum of others, so that many w are equally good; other errors as for
    `coordinate_descent`.
    """
    X = as_features(X)
    if np.linalg.matrix_rank(X) < X.shape[1]:
        raise ValueError(f"the {X.shape[1]} features are not independent over the {len(X)} examples, so many weights "
                         "are equally good. Leave features out, or use calculus.least_squares for the shortest w.")
    try:
        return np.linalg.solve(X.T.dot(X), X.T.dot(as_targets(y, len(X))))
    except np.linalg.LinAlgError:   # X'X has lost what still told the features apart
        raise ValueError("X'X is singular to rounding. Rescale the features, or use calculus.least_squares, which "
                         "takes X itself.") from None
