"""Shortcuts for linear regression (loss half_mse) that end at the same weights, to rounding, as the plain loops do."""

import numpy as np

from .._checks import as_features, as_slope, as_start, as_targets, as_weights, positive_number, whole_number
from ..calculus import linear_hessian
from .walk import collected

CACHED = 1 << 16    # numbers that stay in the processor's cache while they are used twice
BLOCK = 16          # steps of a block: longer blocks cost more to prepare, shorter ones more to use
TOGETHER = 1 << 13  # examples whose blocks are prepared in one go


def gram_gradient(X, y):
    """The gradient as a function of w that has seen the data once:  H w - X'y/n, H = X'X/n the Gram matrix.

    The same number as X'(Xw - y)/n in d^2 operations, however large n is.  X (n, d), y (n,); w (d,), which may be NaN
    in a run that flies apart. Errors as for `calculus.linear_gradient`.
    """
    X = as_features(X)
    H, pull = linear_hessian(X), X.T.dot(as_targets(y, len(X))) / len(X)
    return lambda w: H.dot(as_slope("w", w, pull.shape)) - pull


def blocked_gradient(X, y, w):
    """X'(Xw - y)/n, added up over blocks of rows, for an X too large for the cache: it is read once and not twice.

    X (n, d), y (n,), w (d,); returns (d,). Errors as for `calculus.linear_gradient`.
    """
    if type(X) is not np.ndarray or X.dtype.kind != "f" or X.ndim != 2 or not X.size:
        X = as_features(X)
    y, w = as_targets(y, len(X)), as_weights(w, X.shape[1])
    rows = 1 + CACHED // len(w)
    blocks = ((X[first:first + rows], y[first:first + rows]) for first in range(0, len(X), rows))
    g = sum(block.T.dot(block.dot(w) - targets) for block, targets in blocks) / len(X)
    if not np.isfinite(g).all():
        as_features(X)   # only now is it worth the time to ask whether a number is bad
    return g


def one_by_one(X, y, start, step_size, epochs=1):
    """Steps with batch size 1 along all rows in their order, `epochs` times over, without a loop over the rows.

    A step is linear in z = (w, 1):  z <- (I - eta l r') z  with l = (x, 0), r = (x, -y), eta = step_size. So are k
    steps together,

        z <- (I - eta L' (I + A)^-1 R) z,    A = the part of eta R L' below its diagonal,

    where (I + A)^-1 R z are the errors that the k steps meet: each depends on those before it, hence the triangle.
    X (n, d), y (n,), start (d,); for a random order give X[order], y[order]. Returns a `Run` with the weights after
    each epoch, (epochs + 1, d). Holds n (d + 1)^2 / 16 numbers. Raises TypeError for anything but real numbers and a
    whole number of epochs, ValueError for shapes that do not match, NaN, infinity, a step size that is not positive.
    """
    X, eta = as_features(X), positive_number("step_size", step_size)
    y, start = as_targets(y, len(X)), as_start(start, X.shape[1]).astype(float)
    maps = [step for first in range(0, len(X), TOGETHER)
            for step in _block_maps(X[first:first + TOGETHER], y[first:first + TOGETHER], eta)]
    return collected(start, _epochs(maps, np.append(start, 1), whole_number("epochs", epochs)))


def _epochs(maps, z, epochs):
    for _ in range(epochs):
        for step in maps:
            z = step.dot(z)
        yield z[:-1]


def _block_maps(X, y, eta):
    """What each block of steps does to z, (blocks, d + 1, d + 1). Rows of zeros, which move nothing, fill the last."""
    rest = (0, -len(X) % BLOCK)
    left = np.pad(X, [rest, (0, 1)]).reshape(-1, BLOCK, X.shape[1] + 1)
    right = np.pad(np.column_stack([X, -y]), [rest, (0, 0)]).reshape(left.shape)
    back = eta * left.transpose(0, 2, 1)
    triangles = np.tril(right @ back, -1) + np.eye(BLOCK)
    return np.eye(left.shape[2]) - back @ (_inverse(triangles) @ right)


def _inverse(triangles):
    """By halves: the inverse of [a 0; c b] is [a^-1 0; -b^-1 c a^-1 b^-1]. The diagonals hold ones."""
    half = triangles.shape[-1] // 2
    if half == 0:
        return triangles
    first, last, inverse = slice(half), slice(half, None), np.zeros_like(triangles)
    inverse[:, first, first] = _inverse(triangles[:, first, first])
    inverse[:, last, last] = _inverse(triangles[:, last, last])
    inverse[:, last, first] = -inverse[:, last, last] @ triangles[:, last, first] @ inverse[:, first, first]
    return inverse
