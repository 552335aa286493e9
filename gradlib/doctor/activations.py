"""Activations and last steps that people write, each with its slopes: what a network may be rebuilt from."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..calculus import sigmoid


class Activation(NamedTuple):
    """A function of z, its slope at z, and the same slope written with the function's own value h."""

    of: Callable
    slope: Callable
    by_value: Callable


def leaky(a):
    """ReLU with slope a below zero."""
    return Activation(lambda z: np.where(z > 0, z, a * z), lambda z: np.where(z > 0, 1.0, a),
                      lambda h: np.where(h > 0, 1.0, a))


ACTIVATIONS = {
    "tanh": Activation(np.tanh, lambda z: 1 - np.tanh(z) ** 2, lambda h: 1 - h * h),
    "sigmoid": Activation(sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z)), lambda h: h * (1 - h)),
    "relu": Activation(lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0, lambda h: (h > 0) * 1.0),
    "identity": Activation(lambda z: z, np.ones_like, np.ones_like),
    "softplus": Activation(lambda z: np.logaddexp(0, z), sigmoid, lambda h: 1 - np.exp(-h)),
    "elu": Activation(lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
                      lambda z: np.where(z > 0, 1.0, np.exp(np.minimum(z, 0))),
                      lambda h: np.where(h > 0, 1.0, h + 1)),
    "sin": Activation(np.sin, np.cos, lambda h: np.sqrt(np.maximum(1 - h * h, 0))),
    "square": Activation(np.square, lambda z: 2 * z, lambda h: 2 * np.sqrt(np.maximum(h, 0))),
}
LEAKS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
ACTIVATIONS |= {f"leaky relu ({a:g})": leaky(a) for a in LEAKS}
HIDDEN = tuple(ACTIVATIONS)


def softmax(z):
    """exp(z) / sum(exp(z)), row by row."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


class Head(NamedTuple):
    """The end of a network: the loss summed over all examples and outputs, as a function of z (n, k) and targets.

    output      what makes p of z: a name of ACTIVATIONS, or "softmax"
    loss        of z and Y: the sum, a number
    delta       of z and Y: its slope with respect to z (n, k)
    by_output   of p and Y: its slope with respect to p, before the slope of the output; None where p has no part
    cancels     whether the slope of the output is gone from delta, as p - y of a cross-entropy
    """

    output: str
    loss: Callable
    delta: Callable
    by_output: Callable | None = None
    cancels: bool = False


def outputs(head, z):
    """p, what the network says."""
    return softmax(z) if head.output == "softmax" else ACTIVATIONS[head.output].of(z)


def _elementwise(output, loss, slope):
    act = ACTIVATIONS[output]
    return Head(output, lambda z, Y: loss(act.of(z), Y).sum(), lambda z, Y: slope(act.of(z), Y) * act.slope(z), slope)


def _through_softmax(loss, slope):
    def delta(z, Y):
        p = softmax(z)
        s = slope(p, Y)
        return p * (s - (p * s).sum(axis=1, keepdims=True))
    return Head("softmax", lambda z, Y: loss(softmax(z), Y).sum(), delta, slope)


def _entropy(eps):
    return (lambda p, Y: -Y * np.log(p + eps) - (1 - Y) * np.log(1 - p + eps),
            lambda p, Y: -Y / (p + eps) + (1 - Y) / (1 - p + eps))


def _categorical(eps):
    return _through_softmax(lambda p, Y: -Y * np.log(p + eps), lambda p, Y: -Y / (p + eps))


def _margins(z, Y):
    """Of the multi-class hinge loss: s_j - s_y + 1 for every other class."""
    right = (z * Y).sum(axis=1, keepdims=True)
    return np.maximum(z - right + 1, 0) * (1 - Y)


def _crammer(z, Y):
    over = (_margins(z, Y) > 0) * 1.0
    return over - Y * over.sum(axis=1, keepdims=True)


def _huber(p, Y):
    e = np.abs(p - Y)
    return np.where(e <= 1, e * e / 2, e - 0.5)


SQUARED = (lambda p, Y: (p - Y) ** 2, lambda p, Y: 2 * (p - Y))
HEADS = {
    "squared error": _elementwise("identity", *SQUARED),
    "squared error of a sigmoid": _elementwise("sigmoid", *SQUARED),
    "squared error of a tanh": _elementwise("tanh", *SQUARED),
    "squared error of a relu": _elementwise("relu", *SQUARED),
    "squared error of a softmax": _through_softmax(*SQUARED),
    "cross-entropy of a sigmoid": Head("sigmoid", lambda z, Y: ((1 - Y) * z + np.logaddexp(0, -z)).sum(),
                                       lambda z, Y: sigmoid(z) - Y, _entropy(0)[1], True),
    "cross-entropy of a softmax": Head(
        "softmax", lambda z, Y: (Y.sum(axis=1) * _logsumexp(z)).sum() - (Y * z).sum(),
        lambda z, Y: softmax(z) * Y.sum(axis=1, keepdims=True) - Y, lambda p, Y: -Y / p, True),
    "log(1 + exp(−yz))": Head("identity", lambda z, Y: np.logaddexp(0, -Y * z).sum(),
                              lambda z, Y: -Y * sigmoid(-Y * z)),
    "hinge loss": Head("identity", lambda z, Y: np.maximum(1 - Y * z, 0).sum(), lambda z, Y: -Y * (Y * z < 1)),
    "squared hinge loss": Head("identity", lambda z, Y: (np.maximum(1 - Y * z, 0) ** 2).sum(),
                               lambda z, Y: -2 * Y * np.maximum(1 - Y * z, 0)),
    "multi-class hinge loss": Head("identity", lambda z, Y: _margins(z, Y).sum(), _crammer),
    "squared error of all pairs": Head("identity", lambda z, Y: ((z - Y.T) ** 2).sum() if z.shape[1] == 1 else np.nan,
                                       lambda z, Y: 2 * (z - Y.T).sum(axis=1, keepdims=True)),
    "squared error of all pairs of a sigmoid": Head(
        "sigmoid", lambda z, Y: ((sigmoid(z) - Y.T) ** 2).sum() if z.shape[1] == 1 else np.nan,
        lambda z, Y: 2 * (sigmoid(z) - Y.T).sum(axis=1, keepdims=True) * ACTIVATIONS["sigmoid"].slope(z)),
    "absolute error": _elementwise("identity", lambda p, Y: np.abs(p - Y), lambda p, Y: np.sign(p - Y)),
    "Huber's loss": _elementwise("identity", _huber, lambda p, Y: np.clip(p - Y, -1, 1)),
    "the output itself": Head("identity", lambda z, Y: z.sum(), lambda z, Y: np.ones_like(z)),
    "Poisson loss": Head("identity", lambda z, Y: (np.exp(z) - Y * z).sum(), lambda z, Y: np.exp(z) - Y),
}
# The same with a small number inside the logarithm, so that it never meets zero.
GUARDED = {f"cross-entropy of a {output}, with {eps:g} inside the logarithm": make(eps)
           for eps in (1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12)
           for output, make in (("sigmoid", lambda eps: _elementwise("sigmoid", *_entropy(eps))),
                                ("softmax", _categorical))}


def _logsumexp(z):
    top = z.max(axis=1)
    return top + np.log(np.exp(z - top[:, None]).sum(axis=1))
