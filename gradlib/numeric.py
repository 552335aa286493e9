"""Slopes without calculus: nudge a number and see. Slow, and independent of every formula, so a fair judge.

The differences take f, a function of one array (or number) that returns one number, and the point x. Slopes come in
the unit of f over that of x, and h in the unit of x.
"""

from typing import NamedTuple

import numpy as np

from ._checks import as_floats, as_function, as_reals, as_rng, positive_number, result, whole_number

FORWARD_STEP = 1.5e-8   # about sqrt(machine epsilon): truncation and rounding errors are equally large
CENTRAL_STEP = 6.1e-6   # about the cube root of machine epsilon, for the same reason


def forward_difference(f, x, h=FORWARD_STEP):
    """Gradient by one-sided nudges, (f(x + h) - f(x)) / h, one coordinate at a time.

    Error about f'' h / 2. x (d,), a number or any other shape; returns an array shaped like x; costs 1 + x.size
    evaluations of f. Raises TypeError if f is no function or returns anything but one number, and for an x or h of no
    real numbers; ValueError if h is not positive or x is not finite.
    """
    f = _one_number(f)
    base = f(as_reals("x", x).astype(float))
    return _each_coordinate(x, h, lambda nudge: (f(nudge(h)) - base) / h)


def central_difference(f, x, h=CENTRAL_STEP):
    """Gradient by two-sided nudges, (f(x + h) - f(x - h)) / 2h, one coordinate at a time.

    Error about f''' h^2 / 6, so exact up to rounding for any h if f is quadratic.
    Costs 2 x.size evaluations of f. Shapes and errors as for `forward_difference`.
    """
    f = _one_number(f)
    return _each_coordinate(x, h, lambda nudge: (f(nudge(h)) - f(nudge(-h))) / (2 * h))


def complex_step(f, x, h=1e-30):
    """Gradient by an imaginary nudge, Im f(x + ih) / h: no difference is taken, so no digit is lost.

    f must be built from functions that accept complex numbers (no abs, max, logaddexp or comparison of its
    argument; `gradlib.network.loss_of` is not). Exact up to terms of size h^2, which vanish in rounding.
    Raises TypeError, too, if f returns a real number, from which no slope can be read.
    Shapes and other errors as for `forward_difference`. Source: Squire and Trapp, SIAM Review 40 (1998) 110-112.
    """
    f = _one_number(f)
    return _each_coordinate(x, h, lambda nudge: _imaginary(f(nudge(1j * h))) / h)


class GradientCheck(NamedTuple):
    """What `check_gradient` found: `agrees`, the worst relative `error`, and the two slopes there."""

    agrees: bool
    error: float
    claimed: float
    measured: float

    def __str__(self):
        verdict = "agrees with" if self.agrees else "differs from"
        return (f"The gradient {verdict} the nudge: claimed slope {self.claimed:.6g}, "
                f"measured {self.measured:.6g}, relative error {self.error:.0e}.")

    __repr__ = __str__


def check_gradient(f, gradient, x, directions=5, tolerance=1e-6, rng=None):
    """Compare a gradient with the central difference of f along random directions v: g.v against f'(x; v).

    `gradient` is a function of x or an array shaped like x, `directions` their number. The slopes are compared relative
    to |g| |v|, so a direction that happens to be level does no harm; up to `tolerance` they agree. Returns the worst
    `GradientCheck`. rng, a `numpy.random.default_rng(seed)`, draws the directions; without, always the same.
    Raises ValueError if the gradient's shape is not x's; other errors and shapes as for `forward_difference`.
    """
    f, x = _one_number(f), as_reals("x", x).astype(float)
    g = as_floats("gradient", gradient(x) if callable(gradient) else gradient)
    if g.shape != x.shape:
        raise ValueError(f"the gradient has shape {g.shape}; expected {x.shape}, the shape of x.")
    rng = np.random.default_rng(0) if rng is None else as_rng(rng)
    count, tolerance = whole_number("directions", directions, least=1), positive_number("tolerance", tolerance)
    checks = [_check_along(f, g, x, rng.standard_normal(x.shape), tolerance) for _ in range(count)]
    return max(checks, key=lambda check: check.error)


@np.errstate(divide="ignore", invalid="ignore")
def angle(a, b):
    """The angle between two arrows in degrees, 0 to 180; NaN where one of them has no length, or is not finite.

    a and b (..., d), many pairs at once if there are more axes than the last; returns (...).
    Raises TypeError for anything but real numbers, ValueError for arrows of different lengths.
    """
    a, b = as_reals("a", a, finite=False), as_reals("b", b, finite=False)
    if a.shape != b.shape and a.shape[-1:] != b.shape[-1:]:
        raise ValueError(f"a has shape {a.shape} and b {b.shape}; expected (d,), or (..., d), with one d.")
    cosine = np.sum(a * b, axis=-1) / (np.linalg.norm(a, axis=-1) * np.linalg.norm(b, axis=-1))
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def _check_along(f, g, x, v, tolerance):
    claimed = float((g * v).sum())
    measured = float(central_difference(lambda t: f(x + t * v), 0.0))
    scale = max(np.linalg.norm(g) * np.linalg.norm(v), abs(measured), np.finfo(float).tiny)
    error = abs(claimed - measured) / scale
    return GradientCheck(bool(error <= tolerance), float(error), claimed, measured)


def _each_coordinate(x, h, slope):
    """slope(nudge) for every coordinate of x, where nudge(step) is x with that coordinate moved by step."""
    positive_number("h", h)
    x = as_reals("x", x).astype(float)
    slopes = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        slopes[index] = slope(lambda step, index=index: _moved(x, index, step))
    return slopes if x.ndim else float(slopes)


def _moved(x, index, step):
    moved = x.astype(np.result_type(x, type(step)))
    moved[index] += step
    return moved if x.ndim else moved[()]


def _imaginary(value):
    if not np.iscomplexobj(value):
        raise TypeError("f gave a real number for a complex x: it does not depend on x, or drops the imaginary part "
                        "somewhere, as abs does. Use central_difference, which needs real numbers only.")
    return value.imag


def _one_number(f):
    """f, which is stopped where it gives anything but one number."""
    as_function("f", f)
    return lambda x: result("f(x)", f(x))
