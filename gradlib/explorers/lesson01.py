"""Lesson 01: weight and bias, the errors, and the gradient as an arrow on the landscape of the loss."""

from typing import NamedTuple

import numpy as np

from .. import plots
from ..calculus import add_ones, least_squares, linear_gradient, linear_loss
from ..data import penguins
from ..live import Drag, Live, explore, said
from .lesson01_picture import moving_parts, put_beside, stage, to_show
from .reader import (
    Data,
    Stops,
    brought,
    check_that_it_differs,
    from_the_first,
    own_lines_of_code,
    rescaled,
    spread,
    thousands,
)

STOPS = 20      # of the sliders to either side of the lowest point
BEGIN = -8, 8   # stops from there to the first weight and bias
FINE = 16       # stops in one spread of y
NOTHING = 1e-20   # a loss below, in squared spreads of y, is rounding


class Setting(NamedTuple):
    """Data, measured from the average feature, and what follows from them: the lowest point and its loss, the stops of
    weight and bias, and the fraction of its length at which the gradient is drawn, so that it stays in the picture."""

    data: Data
    X: np.ndarray
    y: np.ndarray
    best: np.ndarray
    lowest: float
    w: Stops
    b: Stops
    arrow: float


def line_and_landscape(x=None, y=None, names=None):
    """Move the line; see the errors, the loss, and the gradient, which points uphill across the contours.

    x, y (n,): data of your own, in place of the penguins; x is measured from its average, and by tens where that makes
    a landscape that is neither a ditch nor a wall. names: of x and y, such as ("size (m²)", "rent (€)"); a DataFrame
    or Series brings its own. Raises TypeError and ValueError as `brought`, and ValueError if x is the same for all
    examples.
    """
    if x is None and y is None:
        return _line_and_landscape(setting(Data(*penguins("flipper"), ("flipper length (cm)",), "mass (kg)")))
    data = brought(x, y, names, "x", columns=1)
    check_that_it_differs(data.X[:, 0])
    data = from_the_first(data, "X")
    tens = round(np.log10(spread(data.X[:, 0])))
    return _line_and_landscape(setting(rescaled(data, tens, thousands(spread(data.y)))))


def setting(data):
    """The `Setting` of data with one feature."""
    X = data.X - data.X.mean()
    best = least_squares(add_ones(X), data.y)
    steepest = max(1, X.var())   # the curvatures are the variance of x and 1
    stops = [Stops.around(value, spread(data.y) / FINE) for value in best]
    return Setting(data, X, data.y, best, linear_loss(add_ones(X), data.y, best), *stops,
                   float(f"{0.6 / steepest:.0e}"))


@plots.style()
def _line_and_landscape(here):
    fig, points, valley = stage(here)
    moving = line, name, errors, error, arrow, uphill, point, place = moving_parts(points, valley, here.arrow)
    ends, shown = np.array(points.get_xlim()), to_show(here.X[:, 0])
    x, y = here.X[shown, 0], here.y[shown]

    def update(w, b):
        w, b = here.w.as_shown(w), here.b.as_shown(b)
        (dw,), db = linear_gradient(here.X, here.y, [w], b)
        line.set_data(ends, b + w * ends)
        put_beside(name, w, b, points)
        errors.set_segments(np.stack([np.column_stack([x, y]), np.column_stack([x, b + w * x])], axis=1))
        worst = np.argmax(abs(b + w * x - y))
        error.set_position((x[worst], y[worst]))
        tip, away = (w + here.arrow * dw, b + here.arrow * db), np.copysign(1.5 * here.b.step, db)
        arrow.set_positions((w, b), tip)
        uphill.set(position=(np.clip(tip[0], *here.w.at([-18, 18])), tip[1] + away), va="bottom" if db > 0 else "top")
        point.set_data([w], [b])
        place.set(position=(w, b - away * (1 if db > 0 else 2)), va="top" if db > 0 else "bottom")
        flat = [abs(at - best) <= stops.step / 2 for at, best, stops in zip((w, b), here.best, (here.w, here.b))]
        for artist in (arrow, uphill):
            artist.set_visible(not all(flat))
        return _sentence(here, w, b, dw, db, flat)

    return explore(update, Live(fig, *moving), room=240 if here.data.own else 200, code=lambda w, b: _code(here, w, b),
                   drag=Drag(valley, x="w", y="b"), w=here.w.slider("weight w", STOPS, BEGIN[0]),
                   b=here.b.slider("bias b", STOPS, BEGIN[1]))


def _sentence(here, w, b, dw, db, flat):
    loss = linear_loss(here.X, here.y, [w], b)
    place = max(0, 3 - round(np.log10(spread(here.y))))
    lowest = said(here.lowest, 4) if here.lowest > NOTHING * spread(here.y) ** 2 else "zero but for rounding"
    return (f"The loss is {said(loss, 4)}, the lowest {lowest}. The gradient at "
            f"weight {said(w, 12)} and bias {said(b, 12)} is ({dw:.{place}f}, {db:.{place}f}): {_advice(dw, db, flat)}")


def _advice(dw, db, flat):
    if all(flat):
        return "nearly zero in both directions. This is the lowest point, as near to it as these stops come."
    moves = [f"{'raise' if slope < 0 else 'lower'} {name}"
             for name, slope, good in (("the weight", dw, flat[0]), ("the bias", db, flat[1])) if not good]
    names = [name for name, good in (("weight", flat[0]), ("bias", flat[1])) if good]
    done = f" The {names[0]} is as good as its stops allow." if names else ""
    return f"to lower the loss, {' and '.join(moves)}.{done}"


def _code(here, w, b):
    head = ('from gradlib import calculus, data\n\nX, y = data.penguins("flipper")' if not here.data.own else
            f"import numpy as np\nfrom gradlib import calculus\n\n{own_lines_of_code(here.data, 'x')}")
    return f"""{head}
X = X - X.mean()
(dw,), db = calculus.linear_gradient(X, y, [{here.w.as_shown(w)}], {here.b.as_shown(b)})
loss = calculus.linear_loss(X, y, [{here.w.as_shown(w)}], {here.b.as_shown(b)})
ones = calculus.add_ones(X)
print(loss, calculus.linear_loss(ones, y, calculus.least_squares(ones, y)), dw, db)"""
