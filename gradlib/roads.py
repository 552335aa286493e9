"""Five roads to one gradient, on three models: what each road gives and how many operations it takes (lesson 05)."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ._checks import describe, whole_number
from .autodiff import cost, jvp, operations, sigmoid, value_and_grad
from .numeric import complex_step, forward_difference

COMPLEX = 4   # real operations in one operation with complex numbers: a product takes four products


class Model(NamedTuple):
    """A loss of one vector of weights, its gradient by a formula from pen and paper, and weights to begin with."""

    loss: Callable
    formula: Callable
    w: np.ndarray


def models(n=40, d=6, hidden=5, seed=0):
    """Linear regression, logistic regression, and a network with one hidden layer of tanh, on one random data set.

    n examples, d features, `hidden` units: whole numbers of at least 1; `seed` one of at least 0. Returns {name:
    `Model`}. Raises TypeError for numbers that are not whole, ValueError for smaller ones.
    """
    n, d, hidden = (whole_number(*count, least=1) for count in (("n", n), ("d", d), ("hidden", hidden)))
    rng = np.random.default_rng(whole_number("seed", seed))
    X, y = rng.standard_normal((n, d)), rng.standard_normal(n)
    label = (y > 0).astype(float)
    split = d * hidden

    def linear(w):
        return ((X @ w - y) ** 2).mean() / 2

    def logistic(w):
        z = X @ w
        return (np.log1p(np.exp(z)) - z * label).mean()

    def network(w):
        return ((np.tanh(X @ w[:split].reshape(d, hidden)) @ w[split:] - y) ** 2).mean() / 2

    def network_formula(w):
        h = np.tanh(X @ w[:split].reshape(d, hidden))
        e = (h @ w[split:] - y) / n
        delta = e.reshape(n, 1) * w[split:] * (1 - h * h)
        return np.concatenate([(X.T @ delta).reshape(split), h.T @ e])

    return {
        "linear regression": Model(linear, lambda w: X.T @ (X @ w - y) / n, rng.standard_normal(d)),
        "logistic regression": Model(logistic, lambda w: X.T @ (sigmoid(X @ w) - label) / n, rng.standard_normal(d)),
        "network": Model(network, network_formula, rng.standard_normal(split + hidden)),
    }


def roads(model):
    """{road: (gradient, operations)} for the formula, reverse mode, forward mode, differences and complex step.

    model is a `Model`, its weights (d,); each gradient is (d,). Raises TypeError for anything else.
    """
    if not isinstance(model, Model):
        raise TypeError(f"model must be a Model, such as models()['network'], got {describe(model)}.")
    loss, formula, w = model
    count, d = cost(loss, w), w.size
    return {
        "formula": (formula(w), operations(formula, w)),
        "reverse mode": (value_and_grad(loss)(w)[1], count.forward + count.backward),
        "forward mode": (np.array([jvp(loss, w, v)[1] for v in np.eye(d)]), d * (count.forward + count.nudge)),
        "finite differences": (forward_difference(loss, w), (d + 1) * count.forward),
        "complex step": (complex_step(loss, w), d * COMPLEX * count.forward),
    }
