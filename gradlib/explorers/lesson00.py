"""Lesson 00: one weight, one slope, two roads to it."""

import numpy as np

from .. import plots
from ..autodiff import value_and_grad
from ..calculus import linear_gradient, linear_loss
from ..data import penguins
from ..live import Live, explore, slider

RANGE = (-0.5, 1.5)
TANGENT = 0.25   # half the width of the tangent, in units of w


def slopes(x, y, w):
    """The slope of the loss at w by calculus and by backpropagation."""
    _, backprop = value_and_grad(lambda w: ((x * w - y) ** 2).mean() / 2)(w)
    return linear_gradient(x[:, None], y, [w])[0], backprop


def two_roads():
    """Move w; see the loss, its tangent, and the slope computed by two independent programs."""
    X, y = penguins("flipper")
    x, y = X[:, 0] - X.mean(), y - y.mean()

    def loss(w):
        return linear_loss(x[:, None], y, [w])

    fig, (left, right) = plots.figure(2)
    plots.birds(left, x, y, "Penguins, and the guess w", ylabel="mass above average (kg)")
    line, = left.plot([], [], color=plots.BLUE)
    weights = np.linspace(*RANGE, 101)
    right.plot(weights, [loss(w) for w in weights], color=plots.GREY)
    plots.decorate(right, "The loss of every guess", "w (kg per cm)", "loss (kg²)")
    right.set(xlim=RANGE, ylim=(0, 1.4))
    right.grid(False)   # the numbers are written here
    point, = right.plot([], [], "o", color=plots.BLUE, markersize=9)
    tangent, = right.plot([], [], "--", color=plots.VERMILLION)
    numbers = [right.text(0.97, 0.95 - 0.085 * row, "", transform=right.transAxes, ha="right", va="top",
                          family="DejaVu Sans Mono", fontsize=9.5) for row in range(3)]

    def update(w):
        height, (calculus, backprop) = loss(w), slopes(x, y, w)
        line.set_data(left.get_xlim(), w * np.array(left.get_xlim()))
        point.set_data([w], [height])
        nudge = np.array([-TANGENT, TANGENT])
        tangent.set_data(w + nudge, height + calculus * nudge)
        numbers[0].set_text(f"calculus   {calculus:+.15f}")
        numbers[1].set_text(f"backprop   {backprop:+.15f}")
        numbers[2].set_text(f"difference {calculus - backprop:+18.0e}")
        return (f"w = {w:.2f}: the loss is {height:.4f}. Its slope by calculus is {calculus:.9f}, "
                f"by backprop {backprop:.9f}. {_which_way(calculus)}")

    live = Live(fig, line, point, tangent, *numbers)
    return explore(update, live, w=slider("guess w", *RANGE, 0.05, value=0.2))


def _which_way(slope):
    if abs(slope) < 0.01:
        return "Nearly level: this is about as low as it gets."
    return "Downhill is to the right: a larger w." if slope < 0 else "Downhill is to the left: a smaller w."
