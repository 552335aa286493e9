"""Lesson 00: one weight, one slope, two roads to it."""

import numpy as np

from .. import plots
from ..autodiff import value_and_grad
from ..calculus import linear_gradient, linear_loss
from ..data import penguins
from ..live import Live, explore, slider

RANGE = (-0.5, 1.5)    # of the slider
VIEW = (-0.6, 1.6)     # of the picture
TANGENT = np.array([-0.25, 0.25])   # from end to end, in units of w


@plots.defaults()
def two_roads():
    """Move w; see the loss, its tangent, and the slope computed by two independent programs."""
    X, y = penguins("flipper")
    X, y = X - X.mean(), y - y.mean()
    fig, birds, valley = _stage(X, y)
    line, = birds.plot([], [], color=plots.BLUE)
    point, = valley.plot([], [], "o", color=plots.BLUE, markersize=9)
    tangent, = valley.plot([], [], "--", color=plots.VERMILLION)
    numbers = [valley.text(0.97, 0.95 - 0.085 * row, "", transform=valley.transAxes, ha="right", va="top",
                           family="DejaVu Sans Mono", fontsize=9.5) for row in range(3)]

    def update(w):
        loss, (by_calculus, by_backprop) = linear_loss(X, y, [w]), slopes(X[:, 0], y, w)
        line.set_data(birds.get_xlim(), w * np.array(birds.get_xlim()))
        point.set_data([w], [loss])
        tangent.set_data(w + TANGENT, loss + by_calculus * TANGENT)
        numbers[0].set_text(f"calculus   {by_calculus:+.13f}")
        numbers[1].set_text(f"backprop   {by_backprop:+.13f}")
        numbers[2].set_text(f"difference {_size(by_calculus - by_backprop):>16}")
        return (f"w = {w:.2f}: the loss is {loss:.4f}. Its slope by calculus is {by_calculus:.9f}, "
                f"by backprop {by_backprop:.9f}. The difference is {_size(by_calculus - by_backprop)}. "
                f"{_which_way(by_calculus)}")

    live = Live(fig, line, point, tangent, *numbers)
    return explore(update, live, w=slider("guess w", *RANGE, 0.05, value=0.2))


def slopes(x, y, w):
    """The slope of the loss at w by calculus and by backpropagation.  x and y (n,), w a number."""
    _, by_backprop = value_and_grad(lambda w: ((x * w - y) ** 2).mean() / 2)(w)
    return linear_gradient(x[:, None], y, [w])[0], by_backprop


def _stage(X, y):
    fig, (birds, valley) = plots.figure(2)
    plots.birds(birds, X, y, "Penguins, and the guess w", ylabel="mass above average (kg)")
    guesses = np.linspace(*VIEW, 101)
    valley.plot(guesses, [linear_loss(X, y, [w]) for w in guesses], color=plots.GREY)
    plots.decorate(valley, "The loss of every guess", "w (kg per cm)", "loss (kg²)")
    valley.set(xlim=VIEW, ylim=(0, 1.8))
    valley.grid(False)   # the numbers are written here
    return fig, birds, valley


def _size(difference):
    """What every computer says: the digits after these are rounding, and another processor rounds otherwise."""
    return "below 1e-14" if abs(difference) < 1e-14 else f"{difference:+.0e}"


def _which_way(slope):
    if abs(slope) < 0.01:
        return "Nearly level: this is about as low as it gets."
    return "Downhill is to the right: a larger w." if slope < 0 else "Downhill is to the left: a smaller w."
