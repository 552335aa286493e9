"""Losses and gradients from pen and paper: linear regression, and logistic regression for targets from 0 to 1.

X (n, d) holds one example per row, y (n,) the targets, w (d,) the weights, b one number, the bias.
The prediction is p = Xw + b, in logistic regression p = sigmoid(Xw + b), and the error e = p - y: prediction minus
target. Derived step by step in lesson 01 (linear, with the four conventions) and lesson 06 (logistic).
"""

from itertools import product
from typing import NamedTuple

import numpy as np

from ._checks import as_features, as_floats, as_fractions, as_function, as_number, as_targets, as_weights, one_of
from .numeric import angle, complex_step

# Every convention is (a constant) x (the sum of squared errors). Its gradient is (twice that constant) x X'e.
CONSTANTS = {
    "half_mse": lambda n: 1 / (2 * n),
    "mse": lambda n: 1 / n,
    "half_sse": lambda n: 1 / 2,
    "sse": lambda n: 1,
}
# Cross-entropy comes as a mean and as a sum: (a constant) x (the sum over the examples). Its gradient is that x X'e.
ENTROPIES = {"cross_entropy": lambda n: 1 / n, "sum_cross_entropy": lambda n: 1}


def predict(X, w, b=0.0):
    """Predictions p = Xw + b.  X (n, d), w (d,), b a number; returns (n,) in the unit of y.

    Raises TypeError for anything but numbers, ValueError for shapes that do not match, NaN and infinity. w and b may be
    complex, for a complex step.
    """
    X = as_features(X)
    return X.dot(as_weights(w, X.shape[1])) + as_number("b", b)


def linear_loss(X, y, w, b=None, loss="half_mse"):
    """Squared loss of linear regression, with e = Xw + b - y:

        half_mse  (the course's)  sum(e^2) / 2n        mse   sum(e^2) / n
        half_sse                  sum(e^2) / 2         sse   sum(e^2)

    X (n, d), y (n,), w (d,), b a number or None (no bias); returns a number in the squared unit of y.
    Raises TypeError for anything but numbers, ValueError for shapes that do not match, no rows, NaN, infinity, an
    unknown `loss`. A column y (n, 1) is refused: Xw - y would be (n, n).
    """
    _, e = _features_and_error(X, y, w, b)
    return _constant(loss, len(e)) * e.dot(e)


def linear_gradient(X, y, w, b=None, loss="half_mse"):
    """Gradient of `linear_loss`:  dL/dw = X'e / n  and  dL/db = sum(e) / n  for half_mse.

    The other conventions multiply both by 2 (mse), n (half_sse), 2n (sse).
    Returns dw (d,), or the pair (dw, db) when a bias b is given, in the unit of the loss over that of the weight.
    Arguments and errors as for `linear_loss`.
    """
    X, e = _features_and_error(X, y, w, b)
    scale = 2 * _constant(loss, len(e))
    dw = scale * X.T.dot(e)
    return dw if b is None else (dw, scale * e.sum())


def linear_hessian(X, loss="half_mse"):
    """Second derivatives of `linear_loss` in w:  H = X'X / n  for half_mse.

    X (n, d); returns (d, d), in the unit of the loss over those of two weights. `loss` and errors as for `linear_loss`.
    """
    X = as_features(X)
    return 2 * _constant(loss, len(X)) * X.T.dot(X)


def least_squares(X, y):
    """The weights w* at which the gradient is zero: X'X w* = X'y, the normal equations.

    X (n, d), y (n,); returns (d,), in the unit of y over that of a feature. Where many weights are equally good, the
    shortest of them. Errors as for `predict`.
    (Solved by singular values, which do not square the condition number as forming X'X would.)
    """
    X = as_features(X)
    return np.linalg.lstsq(X, as_targets(y, len(X)), rcond=None)[0]


def sigmoid(z):
    """1 / (1 + exp(-z)), between 0 and 1, elementwise; written so that no z overflows.

    z () or (n,) or of any shape; returns that shape. Raises TypeError for text, ValueError for None.
    """
    try:
        return 0.5 + 0.5 * np.tanh(0.5 * z)
    except TypeError:   # a list, or text; asked only now, for the engine calls this at every step
        return sigmoid(as_floats("z", z))


def logistic_loss(X, y, w, b=None, loss="cross_entropy"):
    """Loss of logistic regression, with z = Xw + b, p = sigmoid(z), e = p - y:

        cross_entropy      -mean(y log p + (1 - y) log(1 - p))    sum_cross_entropy   n times that
        half_mse, mse, half_sse, sse                              as for `linear_loss`, of this e

    Cross-entropy is computed as (1 - y) log(1 + exp(z)) + y log(1 + exp(-z)): no digit is lost where p is close to
    0 or 1.
    X (n, d), y (n,) from 0 to 1, w (d,), b a number or None (no bias); returns a number, cross-entropy in nats.
    Raises TypeError for anything but numbers, ValueError for targets outside 0 to 1, shapes that do not match, NaN,
    infinity, an unknown `loss`.
    """
    X, y, z = _logistic(X, y, w, b)
    constant = _constant(loss, len(y), CONSTANTS | ENTROPIES)
    if loss in ENTROPIES:
        return constant * ((1 - y) * _log_one_plus_exp(z) + y * _log_one_plus_exp(-z)).sum()
    e = sigmoid(z) - y
    return constant * e.dot(e)


def logistic_gradient(X, y, w, b=None, loss="cross_entropy"):
    """Gradient of `logistic_loss`:

        cross_entropy      X'e / n                      sum_cross_entropy     n times that
        half_mse           X'(e p (1 - p)) / n          mse, half_sse, sse    2, n, 2n times that

    Returns dw (d,), or the pair (dw, db) when a bias b is given, each in the unit of the loss over that of the weight.
    Arguments and errors as for `logistic_loss`.
    """
    X, y, z = _logistic(X, y, w, b)
    constant = _constant(loss, len(y), CONSTANTS | ENTROPIES)
    p = sigmoid(z)
    slope = constant * (p - y) if loss in ENTROPIES else 2 * constant * (p - y) * p * (1 - p)
    dw = X.T.dot(slope)
    return dw if b is None else (dw, slope.sum())


def add_ones(X):
    """X with a last column of ones, so that the bias becomes one more weight: (n, d) -> (n, d + 1).

    Errors as for `predict`.
    """
    X = as_features(X)
    return np.column_stack([X, np.ones(len(X), X.dtype)])


class Match(NamedTuple):
    """A formula beside the true gradient of one loss: the angle between them in degrees, and
    `length`, that of the formula as a multiple of the gradient's."""

    prediction: str
    loss: str
    angle: float
    length: float

    def __str__(self):
        return f"{self.prediction:8} {self.loss:18} {self.angle:6.1f} {self.length:9.3f}"


class Whose(NamedTuple):
    """What `which_loss` found: `loss` and its `prediction`, both None if the formula is nobody's gradient,
    and a `Match` for every loss that was tried."""

    prediction: str
    loss: str
    matches: tuple

    def __str__(self):
        found = f"The gradient of {self.loss}, prediction {self.prediction}." if self.loss else (
            "The gradient of none of these losses.")
        return "\n".join(["predict  loss                angle    length", *map(str, self.matches), found])

    __repr__ = __str__


def which_loss(X, y, w, formula):
    """Of which loss is formula(X, y, w) the gradient?  Tried are all losses of linear and of logistic regression.

    The judge is the complex step, which knows no formula. Angles and lengths are those at w; a loss is named only
    if the gradients agree there and at three more places near by, to nine digits.
    X (n, d), y (n,) from 0 to 1, w (d,); formula returns (d,). Returns a `Whose`.
    Raises TypeError if formula is no function or returns no numbers, ValueError if it returns another shape; for bad
    data as for `logistic_loss`.
    """
    rng, formula = np.random.default_rng(0), as_function("formula", formula)
    w = as_weights(w, as_features(X).shape[1])
    places = [w, *(w + rng.standard_normal((3, len(w))))]
    claimed = [as_weights(formula(X, y, place), len(w), "the formula's result") for place in places]
    matches, found = [], (None, None)
    for prediction, loss in CANDIDATES:
        true = [complex_step(_as_function_of_w(prediction, loss, X, y), place) for place in places]
        matches.append(_match(prediction, loss, claimed[0], true[0]))
        if np.allclose(claimed, true, rtol=1e-9, atol=1e-12):
            found = prediction, loss
    return Whose(*found, tuple(matches))


LOSSES = {"linear": linear_loss, "sigmoid": logistic_loss}   # by prediction
CANDIDATES = [*product(["linear"], CONSTANTS), *product(["sigmoid"], CONSTANTS | ENTROPIES)]


def _as_function_of_w(prediction, loss, X, y):
    return lambda w: LOSSES[prediction](X, y, w, loss=loss)


@np.errstate(divide="ignore", invalid="ignore")   # where the true gradient is zero: infinity, or NaN
def _match(prediction, loss, claimed, true):
    length = np.linalg.norm(claimed) / np.linalg.norm(true)
    return Match(prediction, loss, float(angle(claimed, true)), float(length))


def _features_and_error(X, y, w, b):
    X = as_features(X)
    return X, _output(X, w, b) - as_targets(y, len(X))


def _logistic(X, y, w, b):
    X = as_features(X)
    return X, as_fractions(y, len(X)), _output(X, w, b)


def _output(X, w, b):
    return X.dot(as_weights(w, X.shape[1])) + (0.0 if b is None else as_number("b", b))


def _log_one_plus_exp(z):
    """log(1 + exp(z)) without overflow. Only the real part decides, so that complex numbers pass."""
    above = z * (np.real(z) > 0)
    return above + np.log1p(np.exp(z - 2 * above))


def _constant(loss, n, constants=CONSTANTS):
    return constants[one_of("loss", loss, constants)](n)
