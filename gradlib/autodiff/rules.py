"""The table of local derivatives: one line per operation.

For z = op(x, y) and g = dL/dz, the slope of the loss where the operation's result arrives, each line gives
g dz/dx and g dz/dy. Nothing here knows about graphs; shapes that broadcasting stretched are folded back in
`graph`. A second entry of None marks an operation of one operand.
"""

import operator

import numpy as np


def dot(x, y):
    """x.y for vectors and matrices."""
    return x.dot(y)


def mean(x):
    """The mean of all entries."""
    return x.mean()


def total(x):
    """The sum of all entries."""
    return x.sum()


RULES = {
    operator.add: (lambda g, z, x, y: g, lambda g, z, x, y: g),
    operator.sub: (lambda g, z, x, y: g, lambda g, z, x, y: -g),
    operator.mul: (lambda g, z, x, y: g * y, lambda g, z, x, y: g * x),
    operator.truediv: (lambda g, z, x, y: g / y, lambda g, z, x, y: -g * z / y),
    operator.neg: (lambda g, z, x: -g, None),
    np.square: (lambda g, z, x: g * (2 * x), None),
    total: (lambda g, z, x: np.full(x.shape, g), None),
    mean: (lambda g, z, x: np.full(x.shape, g / x.size), None),
    dot: (
        lambda g, z, x, y: np.multiply.outer(g, y) if y.ndim == 1 else g.dot(y.T),
        lambda g, z, x, y: np.multiply.outer(x, g) if x.ndim == 1 else x.T.dot(g),
    ),
}
