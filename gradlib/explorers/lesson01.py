"""Lesson 01: slope and intercept, residuals, and the gradient as an arrow on the landscape of the loss."""

import numpy as np
from matplotlib.patches import FancyArrowPatch

from .. import plots
from ..calculus import add_ones, linear_gradient, linear_loss
from ..data import penguins
from ..live import Live, explore, slider

W_RANGE, B_RANGE = (-0.5, 1.5), (3.2, 5.2)
ARROW = 0.4   # the gradient arrow is drawn at this fraction of its length
SHOWN = slice(None, None, 9)   # birds whose errors are drawn: every ninth


def line_and_landscape():
    """Move the line; see every error, the loss, and the gradient, which points uphill across the contours."""
    X, y = penguins("flipper")
    X = X - X.mean()
    x = X[:, 0]

    fig, (left, right) = plots.figure(2, height=3.9)
    plots.birds(left, x, y, "The line and its errors")
    line, = left.plot([], [], color=plots.BLUE)
    errors = left.vlines([], [], [], color=plots.PURPLE, linewidth=1.4)
    plots.landscape(right, add_ones(X), y, W_RANGE, B_RANGE, np.geomspace(0.1, 3, 10))
    plots.decorate(right, "The loss of every line", "slope w (kg per cm)", "intercept b (kg)")
    point, = right.plot([], [], "o", color=plots.BLUE, markersize=9)
    arrow = FancyArrowPatch((0, 0), (1, 1), arrowstyle="-|>", mutation_scale=14, shrinkA=0, shrinkB=0,
                            color=plots.VERMILLION, linewidth=2.2)
    right.add_patch(arrow)

    def update(w, b):
        (dw,), db = linear_gradient(X, y, [w], b)
        line.set_data(left.get_xlim(), b + w * np.array(left.get_xlim()))
        errors.set_segments([[(xi, yi), (xi, b + w * xi)] for xi, yi in zip(x[SHOWN], y[SHOWN])])
        point.set_data([w], [b])
        arrow.set_positions((w, b), (w + ARROW * dw, b + ARROW * db))
        return (f"Slope {w:.2f}, intercept {b:.2f}: the loss is {linear_loss(X, y, [w], b):.4f}. "
                f"The gradient is ({dw:.3f}, {db:.3f}): {_advice(dw, db)}")

    live = Live(fig, line, errors, point, arrow)
    return explore(update, live, w=slider("slope w", *W_RANGE, 0.05, value=0.1),
                   b=slider("intercept b", *B_RANGE, 0.05, value=4.6))


def _advice(dw, db):
    if max(abs(dw), abs(db)) < 0.03:
        return "nearly zero in both directions, the lowest point."
    moves = [f"{'raise' if slope < 0 else 'lower'} {name}"
             for name, slope in (("the slope", dw), ("the intercept", db)) if abs(slope) >= 0.03]
    return f"to lower the loss, {' and '.join(moves)}."
