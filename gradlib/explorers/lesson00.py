"""Lesson 00: one weight, one slope, two roads to it."""

import numpy as np

from .. import plots
from ..autodiff import value_and_grad
from ..calculus import least_squares, linear_gradient, linear_loss
from ..data import penguins
from ..live import Drag, Live, explore, said
from .reader import (
    Data,
    Stops,
    above,
    brought,
    check_that_it_differs,
    draw_points,
    from_the_first,
    label,
    own_lines_of_code,
    per,
    power_of_ten,
    rescaled,
    spread,
    squared,
    thousands,
)

REACH, STOPS = 1.75, 20   # of the slider to either side: in spreads of y over spreads of x, and in stops
BEGIN, SEEN = -6, 22      # stops from the middle: where w begins, and how far the picture reaches
TANGENT = np.array([-5, 5])   # its ends, in stops
PLACE = 13                # in the picture, digits behind the point for slopes of about 1


def two_roads(x=None, y=None, names=None):
    """Move w; see the loss, its tangent, and the slope computed by two independent programs.

    x, y (n,): data of your own, in place of the penguins; both are measured from their averages. names: of x and y,
    such as ("size (m²)", "rent (€)"); a DataFrame or Series brings its own. Raises TypeError and ValueError as
    `brought`, and ValueError if x is the same for all examples.
    """
    return _two_roads(birds() if x is None and y is None else in_units(brought(x, y, names, "x", columns=1)))


def birds():
    """The penguins' flippers in cm and their mass in kg."""
    return Data(*penguins("flipper"), ("flipper length (cm)",), "mass (kg)")


def in_units(data):
    """Data of one feature in thousands or thousandths, where the numbers would be long."""
    check_that_it_differs(data.X[:, 0])
    data = from_the_first(data, "X", "y")
    return rescaled(data, thousands(spread(data.X[:, 0])), thousands(spread(data.y)))


@plots.style()
def _two_roads(data):
    X, y = data.X - data.X.mean(), data.y - data.y.mean()
    steepness, size = spread(data.y) / spread(X), spread(data.y) * spread(X)   # about those of a weight and a slope
    best, = least_squares(X, y)
    stops, digits = Stops.around(best, REACH / STOPS * steepness), round(np.log10(size))
    fig, points, valley = _stage(data, X, y, stops.at(np.linspace(-SEEN, SEEN, 101)))
    moving = line, name, point, guess, tangent, slope, *numbers = _moving(points, valley)
    ends, reach = np.array(points.get_xlim()), TANGENT * stops.step

    def update(w):
        w = stops.as_shown(w)
        loss, (by_calculus, by_backprop) = linear_loss(X, y, [w]), slopes(X[:, 0], y, w)
        line.set_data(ends, w * ends)
        _put_beside(name, w, points)
        point.set_data([w], [loss])
        guess.set_position((np.clip(w, *stops.at([-19, 19])), loss + 0.05 * valley.get_ylim()[1]))
        tangent.set_data(w + reach, loss + by_calculus * reach)
        _put_at_end(slope, (w, loss), by_calculus, reach, stops.at([-SEEN, SEEN]))
        for text, words in zip(numbers, _numbers(by_calculus, by_backprop, digits)):
            text.set_text(words)
        return _sentence(w, loss, by_calculus, by_backprop, digits, abs(w - best) <= stops.step / 2)

    return explore(update, Live(fig, *moving), room=220 if data.own else 180, drag=Drag(valley, x="w"),
                   code=lambda w: _code(data, stops.as_shown(w), digits), w=stops.slider("guess w", STOPS, BEGIN))


def slopes(x, y, w):
    """The slope of the loss at w by calculus and by backpropagation.  x and y (n,), w a number."""
    _, by_backprop = value_and_grad(lambda w: ((x * w - y) ** 2).mean() / 2)(w)
    return linear_gradient(x[:, None], y, [w])[0], by_backprop


def _stage(data, X, y, guesses):
    fig, (points, valley) = plots.figure(2)
    draw_points(points, X, y, f"{'Your data' if data.own else 'Penguins'}, and the guess w",
                above(data.features[0]), above(data.target))
    losses = [linear_loss(X, y, [w]) for w in guesses]
    valley.plot(guesses, losses, color=plots.GREY)
    plots.decorate(valley, "The loss of every guess", f"w ({per(data.target, data.features[0])})",
                   f"loss ({squared(data.target)})")
    valley.set(xlim=(guesses[0], guesses[-1]), ylim=(0, 1.35 * max(losses)))
    valley.grid(False)   # the numbers are written here
    return fig, points, valley


def _moving(points, valley):
    """The line and its name; the guess and its name; the tangent and its name; three rows of numbers."""
    line, = points.plot([], [], color=plots.BLUE)
    point, = valley.plot([], [], "o", color=plots.BLUE, markersize=9)
    tangent, = valley.plot([], [], "--", color=plots.VERMILLION)
    numbers = [valley.text(0.97, 0.97 - 0.085 * row, "", transform=valley.transAxes, ha="right", va="top",
                           color=plots.VERMILLION, family="DejaVu Sans Mono", fontsize=9.5) for row in range(3)]
    return [line, label(points, "guess", plots.BLUE, va="bottom"), point,
            label(valley, "guess", plots.BLUE, ha="center", va="bottom"), tangent,
            label(valley, " slope ", plots.VERMILLION, va="center"), *numbers]


def _put_beside(name, slope, ax):
    """The name above its line through the middle, as far to the right as the line is in sight."""
    top = ax.get_ylim()[1]
    far = min(0.75 * ax.get_xlim()[1], 0.8 * top / max(abs(slope), 1e-300))
    name.set(position=(far, slope * far + 0.05 * top), ha="right" if slope > 0 else "left")


def _put_at_end(name, point, slope, reach, seen):
    """The name at the upper end of its tangent or, where that is out of sight, at the lower one: outside the curve."""
    upper, lower = reach[::-1] if slope > 0 else reach
    end = upper if seen[0] < point[0] + 2 * upper < seen[1] else lower
    name.set(position=(point[0] + end, point[1] + slope * end), ha="left" if slope > 0 else "right")


def _numbers(by_calculus, by_backprop, digits):
    """Three rows: both slopes, and how far they are apart."""
    rows = [f"{by:+.{max(0, PLACE - digits)}f}".replace("-", "−") for by in (by_calculus, by_backprop)]
    return [f"calculus   {rows[0]}", f"backprop   {rows[1]}",
            f"difference {_apart(by_calculus - by_backprop, digits):>{len(rows[0])}}"]


def _apart(difference, digits):
    """What every computer says: the digits after these are rounding, and another processor rounds otherwise."""
    few = digits - PLACE - 1
    return f"below {power_of_ten(few)}" if abs(difference) < 10.0**few else said(abs(difference), 1)


def _sentence(w, loss, by_calculus, by_backprop, digits, is_lowest):
    place = max(0, 9 - digits)
    way = ("Nearly level: this is about as low as it gets." if is_lowest else
           "Downhill is to the right: a larger w." if by_calculus < 0 else "Downhill is to the left: a smaller w.")
    return (f"The slope is {by_calculus:.{place}f} by calculus and {by_backprop:.{place}f} by backprop; "
            f"the difference is {_apart(by_calculus - by_backprop, digits)}. "
            f"At w = {said(w, 12)} the loss is {said(loss, 4)}. {way}")


def _code(data, w, digits):
    head = ('from gradlib import autodiff, calculus, data\n\nX, y = data.penguins("flipper")' if not data.own else
            f"import numpy as np\nfrom gradlib import autodiff, calculus\n\n{own_lines_of_code(data, 'x')}")
    return f"""{head}
X, y = X - X.mean(), y - y.mean()
loss_and_slope = autodiff.value_and_grad(lambda w: ((X[:, 0] * w - y) ** 2).mean() / 2)
loss, by_backprop = loss_and_slope({w})
by_calculus = calculus.linear_gradient(X, y, [{w}])[0]
print(by_calculus, by_backprop, abs(by_calculus - by_backprop) < 1e{digits - PLACE - 1}, loss)"""
