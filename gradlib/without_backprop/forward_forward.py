"""Forward-forward: every layer has a loss of its own, and nothing is sent back, not even from layer to layer.

Source: Hinton (2022), arXiv 2212.13345.  The label is part of the input, so there are right examples (positive) and
wrong ones (negative). A layer's goodness is the sum of the squares of its values; each layer learns by itself to be
good on the right ones and not on the wrong ones. It reads the layer before it only up to length: else the goodness
there would already tell it all.
"""

import numpy as np

from .._checks import as_features, as_input, as_vector, positive_number, whole_number
from ..autodiff import relu, sigmoid


def with_label(X, labels, classes):
    """The features, and behind them the label as `classes` numbers, of which one is 1 and the others 0.

    X (n, d), labels (n,) whole numbers from 0 to classes - 1; returns (n, d + classes). Raises TypeError for anything
    but numbers, ValueError for shapes that do not match, other labels, fewer than two classes.
    """
    X, classes = as_features(X), whole_number("classes", classes, least=2)
    labels = as_vector("labels", labels, len(X), "np.ravel(labels)")
    if not np.isin(labels, range(classes)).all():
        raise ValueError(f"labels must be whole numbers from 0 to {classes - 1}; got {labels.min():g} to "
                         f"{labels.max():g}.")
    return np.column_stack([X, np.eye(classes)[labels.astype(int)]])


def forward_forward(layers, positive, negative, threshold=2.0):
    """The slopes of each layer's own loss,  mean(log(1 + exp(s (threshold - G)))),  s = 1 for a right, -1 for a wrong.

    G = sum(h^2) is the layer's goodness at an example,  h = relu(x W + b),  x the values of the layer before, each row
    divided by its length. Sent back: nothing. Cost: a forward pass of right and one of wrong examples, and one product
    for each layer's slopes; no product of a slope with W'. They are the slopes of a local loss, not of one for all.
    layers [W1, b1, ...] as in `gradlib.network`; positive and negative (n, d). Returns [dW1, db1, ...]. Raises
    TypeError for a threshold that is no number, ValueError for one that is not positive; layers and examples as for
    `goodness`.
    """
    threshold, slopes = positive_number("threshold", threshold), []
    positive, negative = as_input(positive, layers), as_input(negative, layers)
    sign, x = np.repeat([1.0, -1.0], [len(positive), len(negative)]), np.vstack([positive, negative])
    for W, b in zip(layers[::2], layers[1::2]):
        h = relu(x @ W + b)
        doubt = sigmoid(sign * (threshold - (h * h).sum(axis=1)))   # how far the layer is from being sure and right
        delta = (-2 / len(sign) * sign * doubt).reshape(-1, 1) * h
        slopes += [x.T @ delta, delta.sum(axis=0)]
        x = _unit(h)
    return slopes


def goodness(layers, X):
    """The sum over all layers of their goodness at each example; in the paper, over all but the first.

    layers [W1, b1, ...]; X (n, d), with a label; returns (n,). Raises TypeError for layers that are no list of arrays
    and examples of anything but real numbers, ValueError for shapes that do not match, NaN, infinity.
    """
    total, x = 0.0, as_input(X, layers)
    for W, b in zip(layers[::2], layers[1::2]):
        h = relu(x @ W + b)
        total, x = total + (h * h).sum(axis=1), _unit(h)
    return total


def classify(layers, X, classes):
    """For each example the label with which it is best, by trying all: `classes` forward passes.

    X (n, d) without a label; returns (n,) whole numbers from 0 to classes - 1. Raises ValueError for fewer than two
    classes; layers and other errors as for `goodness`.
    """
    X, classes = as_features(X), whole_number("classes", classes, least=2)
    tried = [goodness(layers, with_label(X, np.full(len(X), label), classes)) for label in range(classes)]
    return np.argmax(tried, axis=0)


def _unit(h):
    """Each row divided by its length; a row of zeros stays one."""
    return h / np.sqrt((h * h).sum(axis=1) + 1e-12).reshape(-1, 1)
