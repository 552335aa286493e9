"""Lesson 08: the data on which runs walk, where they begin, and in which plane they are drawn."""

from typing import NamedTuple

import numpy as np

from ..calculus import add_ones, least_squares
from ..data import penguins
from ..live import said
from ..theory import condition_number
from .reader import brought, is_constant, rescaled, spread, squared, thousands
from .valley import Plane, plane_of

ROWS, COLUMNS = (8, 1000), 4   # what a move can afford
LARGEST = 128                  # batch, but for all examples
STEEPEST = 1e6                 # times as much curvature along one axis as along another
OFFSET = np.array([-1.5, 0.9, -0.6, 0.3])   # of the start from the best weights, in standard deviations of y


class Ground(NamedTuple):
    """Features (n, d), each standardised, and the target, from its average; the start (d,); the plane that is drawn;
    the unit of a loss; the batch sizes; and the line of code that makes X, y and start."""

    X: np.ndarray
    y: np.ndarray
    start: np.ndarray
    plane: Plane
    unit: str
    batch_sizes: tuple
    code: str


def birds():
    """Flipper and bill of the penguins, standardised, and the mass above average in kg."""
    X, y = penguins("flipper", "bill")
    return (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()


def lesson_ground(X, y, start, view, batch_sizes):
    """The `Ground` of the penguins."""
    titles = [f"weight of the {name}" for name in ("flipper", "bill")]
    plane = Plane(np.eye(2), np.zeros(2), titles, view, aspect="equal")
    return Ground(X, y, start, plane, "kg²", batch_sizes, f"(X, y), start = birds(), {start.tolist()}")


def ground_of(X, y, names=None):
    """The `Ground` of a reader's data; ValueError, in one sentence, for what cannot be shown."""
    data = brought(X, y, names)
    _check(data)
    data = rescaled(data, *[0] * data.X.shape[1], thousands(spread(data.y)))
    Z = np.column_stack([(x / spread(x)) - (x / spread(x)).mean() for x in data.X.T])
    if Z.shape[1] == 1:
        data = data._replace(X=add_ones(data.X), features=(*data.features, "bias"))
        Z = add_ones(Z)
    y = data.y - data.y.mean()
    _check_that_all_say_something(Z)
    start = least_squares(Z, y) + OFFSET[:Z.shape[1]] * y.std()
    start = np.array([float(f"{weight:.2g}") for weight in start])
    n, sizes = len(Z), 2 ** np.arange(LARGEST.bit_length())
    return Ground(Z, y, start, plane_of(data, Z, y, start), squared(data.target),
                  (*map(int, sizes[sizes <= n // 2]), n),
                  "X, y, start = ground_of(X, y)[:3]   # X and y as you gave them")


def _check(data):
    n, d = data.X.shape
    if not ROWS[0] <= n <= ROWS[1]:
        raise ValueError(f"X has {n} rows; this picture makes up to 40 runs at every move, and needs from {ROWS[0]} to "
                         f"{ROWS[1]:,}. Give a sample of the rows, such as X[::10], y[::10].")
    if d > COLUMNS:
        raise ValueError(f"X has {d} columns; this picture takes up to {COLUMNS}. Choose those to look at.")
    for column, name in zip((*data.X.T, data.y), (*data.features, data.target)):
        if is_constant(column):
            raise ValueError(f"{name} holds one number only, so there is nothing to learn from it. Leave it out, or "
                             "bring rows in which it differs.")


def _check_that_all_say_something(Z):
    if not (ratio := condition_number(Z)) < STEEPEST:
        raise ValueError(f"the columns of X say the same: the loss bends {said(ratio)} times as much along one axis as "
                         "along another. Leave a column out.")
