"""Losses and gradients from pen and paper: linear regression.

X (n, d) holds one example per row, y (n,) the targets, w (d,) the weights, b one number, the bias.
The prediction is p = Xw + b and the error e = p - y: prediction minus target.
Derived step by step in lesson 01; the four conventions are explained there.
"""

import numpy as np

from ._checks import as_features, as_number, as_targets, as_weights, one_of

# Every convention is (a constant) x (the sum of squared errors). Its gradient is (twice that constant) x X'e.
CONSTANTS = {
    "half_mse": lambda n: 1 / (2 * n),
    "mse": lambda n: 1 / n,
    "half_sse": lambda n: 1 / 2,
    "sse": lambda n: 1,
}


def predict(X, w, b=0.0):
    """Predictions p = Xw + b.  X (n, d), w (d,), b a number; returns (n,) in the unit of y.

    Raises ValueError for shapes that do not match, TypeError for anything but numbers.
    """
    X = as_features(X)
    return X.dot(as_weights(w, X.shape[1])) + as_number("b", b)


def linear_loss(X, y, w, b=None, loss="half_mse"):
    """Squared loss of linear regression, with e = Xw + b - y:

        half_mse  (the course's)  sum(e^2) / 2n        mse   sum(e^2) / n
        half_sse                  sum(e^2) / 2         sse   sum(e^2)

    X (n, d), y (n,), w (d,), b a number or None (no bias); returns a number in the squared unit of y.
    Raises ValueError for shapes that do not match, zero rows, NaN, infinity, an unknown `loss`.
    """
    _, e = _features_and_error(X, y, w, b)
    return _constant(loss, len(e)) * e.dot(e)


def linear_gradient(X, y, w, b=None, loss="half_mse"):
    """Gradient of `linear_loss`:  dL/dw = X'e / n  and  dL/db = sum(e) / n  for half_mse.

    The other conventions multiply both by 2 (mse), n (half_sse), 2n (sse).
    Returns dw (d,), or the pair (dw, db) when a bias b is given. Errors as for `linear_loss`.
    """
    X, e = _features_and_error(X, y, w, b)
    scale = 2 * _constant(loss, len(e))
    dw = scale * X.T.dot(e)
    return dw if b is None else (dw, scale * e.sum())


def linear_hessian(X, loss="half_mse"):
    """Second derivatives of `linear_loss` in w:  H = X'X / n  for half_mse.  X (n, d); returns (d, d)."""
    X = as_features(X)
    return 2 * _constant(loss, len(X)) * X.T.dot(X)


def least_squares(X, y):
    """The weights w* at which the gradient is zero: X'X w* = X'y, the normal equations.

    X (n, d), y (n,); returns (d,). Where many weights are equally good, the shortest of them.
    (Solved by singular values, which do not square the condition number as forming X'X would.)
    """
    X = as_features(X)
    return np.linalg.lstsq(X, as_targets(y, len(X)), rcond=None)[0]


def add_ones(X):
    """X with a last column of ones, so that the bias becomes one more weight: (n, d) -> (n, d + 1)."""
    X = as_features(X)
    return np.column_stack([X, np.ones(len(X), X.dtype)])


def _features_and_error(X, y, w, b):
    X = as_features(X)
    p = X.dot(as_weights(w, X.shape[1])) + (0.0 if b is None else as_number("b", b))
    return X, p - as_targets(y, len(X))


def _constant(loss, n):
    return CONSTANTS[one_of("loss", loss, CONSTANTS)](n)
