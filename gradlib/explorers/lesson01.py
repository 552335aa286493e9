"""Lesson 01: weight and bias, the errors, and the gradient as an arrow on the landscape of the loss."""

import numpy as np
from matplotlib.patches import FancyArrowPatch

from .. import plots
from ..calculus import add_ones, least_squares, linear_gradient, linear_loss
from ..data import penguins
from ..live import Live, explore, slider

W_RANGE, B_RANGE = (-0.5, 1.5), (3.2, 5.2)   # of the sliders
W_VIEW, B_VIEW = (-1.1, 2.1), (2.8, 5.6)     # of the picture, so that the arrow stays inside
ARROW = 0.3     # the gradient arrow is drawn at this fraction of its length
FLAT = 0.03     # slopes below this are called zero, and no arrow is drawn
SHOWN = slice(None, None, 9)   # birds whose errors are drawn: every ninth


@plots.defaults()
def line_and_landscape():
    """Move the line; see the errors, the loss, and the gradient, which points uphill across the contours."""
    X, y = penguins("flipper")
    X = X - X.mean()
    fig, birds, valley = _stage(X, y)
    line, = birds.plot([], [], color=plots.BLUE)
    errors = birds.vlines([], [], [], color=plots.PURPLE, linewidth=1.4)
    point, = valley.plot([], [], "o", color=plots.BLUE, markersize=9)
    arrow = valley.add_patch(FancyArrowPatch((0, 0), (1, 1), arrowstyle="-|>", mutation_scale=14, shrinkA=0,
                                             shrinkB=0, color=plots.VERMILLION, linewidth=2.2))

    def update(w, b):
        (dw,), db = linear_gradient(X, y, [w], b)
        line.set_data(birds.get_xlim(), b + w * np.array(birds.get_xlim()))
        errors.set_segments([[(x, target), (x, b + w * x)] for x, target in zip(X[SHOWN, 0], y[SHOWN])])
        point.set_data([w], [b])
        arrow.set_positions((w, b), (w + ARROW * dw, b + ARROW * db))
        arrow.set_visible(max(abs(dw), abs(db)) >= FLAT)
        return (f"Weight {w:.2f}, bias {b:.2f}: the loss is {linear_loss(X, y, [w], b):.4f}. "
                f"The gradient is ({dw:.3f}, {db:.3f}): {_advice(dw, db)}")

    live = Live(fig, line, errors, point, arrow)
    return explore(update, live, w=slider("weight w", *W_RANGE, 0.05, value=0.1),
                   b=slider("bias b", *B_RANGE, 0.05, value=4.6))


def _stage(X, y):
    fig, (birds, valley) = plots.figure(2, height=3.9)
    plots.birds(birds, X, y, "The line and its errors")
    plots.landscape(valley, add_ones(X), y, W_VIEW, B_VIEW, np.geomspace(0.1, 4, 10))
    valley.plot(*least_squares(add_ones(X), y), "X", color=plots.GREEN, markersize=9)
    plots.decorate(valley, "The loss of every line", "weight w (kg per cm)", "bias b (kg)")
    return fig, birds, valley


def _advice(dw, db):
    if max(abs(dw), abs(db)) < FLAT:
        return "nearly zero in both directions, the lowest point."
    moves = [f"{'raise' if slope < 0 else 'lower'} {name}"
             for name, slope in (("the weight", dw), ("the bias", db)) if abs(slope) >= FLAT]
    return f"to lower the loss, {' and '.join(moves)}."
