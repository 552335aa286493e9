"""The plane in which descent is drawn, and what data must be for that: two weights, or of more the flattest and the
steepest axis of the loss."""

from typing import NamedTuple

import numpy as np

from .. import plots, theory
from ..calculus import add_ones, least_squares, linear_hessian
from ..live import said
from .reader import is_constant, per, plain, power_of_ten, rescaled, thousands, unit

STEEPEST = 1e12   # times as much curvature along one axis as along another: more is lost among sixteen digits
SIZES = 1e-60, 1e60   # of columns whose squares a computer can still multiply


class Plane(NamedTuple):
    """Two `directions` (d, 2) among the weights, from an `origin` (d,) on, in units of `scale` (2,); what the axes are
    called, and what is in sight of them: ((low, high), (low, high))."""

    directions: np.ndarray
    origin: np.ndarray
    titles: list
    views: np.ndarray
    scale: np.ndarray = np.ones(2)
    aspect: str = "auto"

    def seen(self, weights):
        """Where weights (..., d) lie in the plane: (..., 2)."""
        return (weights - self.origin).dot(self.directions) / self.scale

    def until_it_leaves(self, weights):
        """The path up to its first point out of sight: what comes back and leaves again only clutters."""
        path, (low, high) = self.seen(weights), np.transpose(self.views)
        inside = ((low <= path) & (path <= high)).all(axis=1)
        return path if inside.all() else path[:inside.argmin() + 1]

    def draw(self, ax, X, y, levels):
        """Contour lines of the loss, and what the axes are called."""
        plots.landscape(ax, X.dot(self.directions) * self.scale, y - X.dot(self.origin), *self.views, levels)
        plots.decorate(ax, "The path on the loss", *self.titles)
        ax.set_aspect(self.aspect)
        ax.set_anchor("N")


def plane_of(data, X, y, start):
    """The `Plane` for features X (n, d): it shows all of a run from `start` (d,) that comes home."""
    goal, (curvatures, axes) = least_squares(X, y), np.linalg.eigh(linear_hessian(X))
    far = np.abs(axes.T.dot(start - goal))   # along no axis does such a run get farther away than this
    wide = np.sqrt(2 * theory.excess_loss(X, y, start) / curvatures)   # the contour through the start, along each axis
    if X.shape[1] == 2:
        directions, origin, middle = np.eye(2), np.zeros(2), goal
        half = np.maximum(np.abs(axes).dot(far), 0.02 * np.sqrt((axes**2).dot(wide**2)))
    else:
        directions, origin, middle = axes[:, [0, -1]], goal, np.zeros(2)
        half = np.maximum(far, 0.02 * wide)[[0, -1]]
    powers = [thousands(size) for size in half]
    scale = 10.0 ** np.array(powers)
    views = np.transpose([middle - 1.3 * half, middle + 1.3 * half]) / scale[:, None]
    return Plane(directions, origin, _titles(data, X, powers), views, scale)


def _titles(data, X, powers):
    tens = [f"{power_of_ten(power)} " if power else "" for power in powers]
    if X.shape[1] > 2:
        return [f"along the {which} axis" + (f" ({ten.strip()})" if ten else "")
                for which, ten in zip(("flattest", "steepest"), tens)]
    return [f"bias ({ten}{unit(data.target)})" if (x == 1).all() else
            f"weight of {plain(name)} ({ten}{per(data.target, name if (x == raw).all() else 'standard dev.')})"
            for x, raw, name, ten in zip(X.T, data.X.T, data.features, tens)]


def ready_to_walk(data):
    """The data with a column of ones beside a single feature, and y in thousands where the weights would be large or
    small. ValueError where descent from zero has no single weights to walk to, or none to leave."""
    if data.X.shape[1] == 1:
        data = data._replace(X=add_ones(data.X), features=(*data.features, "bias"), ones=True)
    goals = [_goal(X, data.y) for X in (data.X, standardised(data.X))]
    return rescaled(data, *[0] * data.X.shape[1], thousands(np.abs(goals).max()))


def standardised(X):
    """Every column from its average, in standard deviations; a column of one number as it is."""
    return np.column_stack([x if is_constant(x) else (x - x.mean()) / x.std() for x in X.T])


def _goal(X, y):
    """The lowest point, if there is one, and descent from zero has a way to go."""
    sizes = np.abs(X).max(axis=0)
    if not all(SIZES[0] < size < SIZES[1] for size in sizes[sizes > 0]):
        raise ValueError(f"X has a column of the size {said(sizes.max())}; choose a unit that makes it ordinary.")
    rank = np.linalg.matrix_rank(X / np.where(sizes, sizes, 1))
    if rank < X.shape[1]:
        raise ValueError(f"X has {len(X)} rows and {X.shape[1]} columns (a column of ones for the bias included), of "
                         f"which only {rank} say something of their own, so many weights are equally good, and there "
                         "is no one lowest point to walk to. Leave columns out, or bring more rows.")
    if (ratio := theory.condition_number(X)) > STEEPEST:
        raise ValueError(f"the loss of these data bends {said(ratio)} times as much along one axis as along another, "
                         "more than a picture or a computer can show. Choose units that make the columns of X similar "
                         "in size.")
    if theory.excess_loss(X, y, np.zeros(X.shape[1])) <= 1e-20 * np.square(y).mean():
        raise ValueError("y does not rise or fall with X, so descent, which begins at zero, is there already. "
                         "Give a y that changes with X.")
    return least_squares(X, y)
