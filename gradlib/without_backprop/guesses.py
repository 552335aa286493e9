"""Only the loss is asked: f takes w (d,) and returns one number. Nothing is sent back through f, and nothing kept.

A slope along one direction v is cheap: two losses, or one pass of forward mode. Times v it is a guess at the
gradient: for random directions whose vv' is the identity on average, the mean of (g.v) v is the mean of vv' g, which
is g. How far off a single guess is, say the `laws`. rng is a `numpy.random.default_rng(seed)`.

Many places at once: with w (runs, d) and an f that returns (runs, 1), each row is guessed for by itself.
All raise ValueError for an f that returns an array of anything else, and TypeError for one that returns no numbers.
"""

from functools import reduce
from numbers import Number
from operator import add

import numpy as np

from .._checks import as_function, as_reals, as_rng, describe, positive_number, whole_number
from ..autodiff import Var, jvp
from ..autodiff.graph import value_of


def gradient_from_slopes(slope, directions):
    """The mean of slope(v) v over the directions v.  directions (samples, d); slope(v) is one number.  Returns (d,).

    Is it the gradient? Exactly, if the mean of vv' over these directions is the identity and slope(v) is g.v: for the
    d axes, each sqrt(d) long, or for all 2^d vectors of signs. For random directions it is right on average.
    Raises TypeError if slope is no function or returns no number, and for directions of anything but real numbers;
    ValueError for a single direction (d,), NaN, infinity, and if slope returns several numbers.
    """
    slope, directions = as_function("slope", slope), as_reals("directions", directions)
    if directions.ndim < 2 or not len(directions):
        raise ValueError(f"directions has shape {directions.shape}; expected (samples, d), one direction in each row.")
    return reduce(add, [_one_number(slope(v), v) * v for v in directions]) / len(directions)


def difference_along(f, w, v, h):
    """The slope of f at w along v by two losses,  (f(w + hv) - f(w - hv)) / 2h:  exact for any h if f is quadratic.

    w and v (d,), h a positive number; returns a number, off by about h^2 / 6 times the third derivative along v. Raises
    TypeError if f is no function or returns no number, and for anything but real numbers; ValueError for a v that is
    not shaped like w, an h that is not positive, NaN, infinity, and if f returns several numbers.
    """
    f, w, v, h = as_function("f", f), _point(w), as_reals("v", v), positive_number("h", h)
    if v.shape != w.shape:
        raise ValueError(f"v has shape {v.shape}; expected {w.shape}, the shape of w.")
    above, below = (_one_number(f(place), v) for place in (w + h * v, w - h * v))
    return (above - below) / (2 * h)


def evolution_strategies(f, w, rng, sigma=0.1, pairs=1):
    """A guess at the gradient:  the mean of v (f(w + sigma v) - f(w - sigma v)) / 2 sigma,  v standard normal.

    Sent back: two numbers for each pair. Cost: 2 pairs losses. On average it is the gradient of f blurred by sigma,
    the mean of f(w + sigma v) over all v; on a quadratic that is the gradient itself. The two losses of a pair look to
    both sides ("antithetic"): with one side alone the guess holds v f(w) / sigma, large and without meaning.
    w (d,), sigma in the unit of w; returns (d,). Raises TypeError for an rng that is no generator, pairs that are not
    whole, ValueError for sigma or pairs that are not positive; w, f and their errors as for `difference_along`.
    Source: Salimans, Ho, Chen, Sidor and Sutskever (2017), arXiv 1703.03864.
    """
    w, sigma = _point(w), positive_number("sigma", sigma)
    directions = as_rng(rng).standard_normal((whole_number("pairs", pairs, least=1), *w.shape))
    return gradient_from_slopes(lambda v: difference_along(f, w, v, sigma), directions)


def spsa(f, w, rng, h=1e-3, samples=1):
    """A guess at the gradient:  the mean of s (f(w + hs) - f(w - hs)) / 2h,  s random signs, each +1 or -1.

    All weights are nudged at once (simultaneous perturbation stochastic approximation). Sent back: two numbers for
    each sample. Cost: 2 samples losses, for any d. On average the gradient, but for a term in h^2.
    w (d,), h in the unit of w; returns (d,). Errors as for `evolution_strategies`.
    Source: Spall, IEEE Transactions on Automatic Control 37 (1992) 332-341. (There ghat_i is divided by s_i; that is
    the same, for 1/s = s.)
    """
    w, h = _point(w), positive_number("h", h)
    shape = whole_number("samples", samples, least=1), *w.shape
    directions = np.array([-1.0, 1.0])[as_rng(rng).integers(2, size=shape, dtype=np.int8)]
    return gradient_from_slopes(lambda s: difference_along(f, w, s, h), directions)


def forward_gradient(f, w, rng, samples=1):
    """A guess at the gradient:  the mean of (g.v) v,  v standard normal, g.v by forward mode.

    Sent back: nothing; the nudge runs along with the values, and no value has to be kept for a way back. Cost: for each
    sample a loss and a nudge, for the losses of the course two to three losses. On average exactly the gradient, and a
    short step against it never leads uphill:  g.((g.v) v) = (g.v)^2.  f is one that `autodiff` can differentiate.
    w (d,); returns (d,), the mean of `samples` guesses. Errors as for `evolution_strategies`.
    Source: Baydin, Pearlmutter, Syme, Wood and Torr (2022), arXiv 2202.08587.
    """
    f, w = as_function("f", f), as_reals("w", w)
    directions = as_rng(rng).standard_normal((whole_number("samples", samples, least=1), *w.shape))
    return gradient_from_slopes(lambda v: jvp(f, w, v)[1], directions)


def _one_number(slope, v):
    """A loss or a slope, if it is one number, or one for each row of v: nothing else may be multiplied with v."""
    plain = value_of(slope)
    if not isinstance(plain, (Number, np.ndarray)):
        raise TypeError(f"the loss must be one number, got {describe(plain)}. Is a return missing?")
    if np.shape(plain) not in ((), (*v.shape[:-1], 1)):
        raise ValueError(f"the loss must be one number, got an array of shape {plain.shape}. Is a mean missing?")
    return slope


def _point(w):
    """w as an array of numbers; a `Var`, which counts operations, as it is."""
    return w if type(w) is Var else as_reals("w", w)
