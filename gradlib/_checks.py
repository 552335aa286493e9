"""What every public function asks of its input, each in one sentence: what came, what was expected, what to do."""

import math
from numbers import Integral, Real

import numpy as np


def as_floats(name, values):
    """`values` as an array of floating-point numbers: integers become floats, so nothing can overflow.

    float32, float64 and complex numbers keep their type. Raises TypeError for text and ragged lists,
    ValueError for NaN and infinity.
    """
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "fc":
            array = array.astype(float)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must hold numbers only, got {_describe(values)}. "
                        "Turn text into numbers, or leave that column out.") from None
    if not np.isfinite(array).all():
        raise ValueError(f"{name} has {_count_bad(array)}.")
    return array


def as_features(X):
    """X as (n, d) floats with at least one row and one column."""
    array = as_floats("X", X)
    if array.ndim == 1:
        raise ValueError(f"X has shape {array.shape}; expected (n, d), one row per example. "
                         "Use X.reshape(-1, 1) if X holds one feature.")
    if array.ndim != 2:
        raise ValueError(f"X has shape {array.shape}; expected (n, d), one row per example.")
    if 0 in array.shape:
        raise ValueError(f"X has shape {array.shape}; expected at least one row and one column.")
    return array


def as_vector(name, values, length, repair):
    """`values` as (length,) floats; `repair` says how a column becomes a vector."""
    array = as_floats(name, values)
    if array.shape == (length,):
        return array
    message = f"{name} has shape {array.shape}; expected ({length},)."
    if array.size == length:
        message += f" Use {repair}."
    raise ValueError(message)


def as_targets(y, n):
    """y as (n,) floats. A column (n, 1) is refused: subtracting it would silently make (n, n)."""
    return as_vector("y", y, n, "y.ravel()" if hasattr(y, "ravel") else "np.ravel(y)")


def as_fractions(y, n):
    """y as (n,) floats from 0 to 1: the targets of a question with the answers no and yes."""
    array = as_targets(y, n)
    outside = array[~((0 <= array) & (array <= 1))]
    if outside.size:
        raise ValueError(f"y must lie between 0 (no) and 1 (yes), got {outside[0]:g}. "
                         "Use (y == name).astype(float) for a class with a name or number of its own.")
    return array


def as_weights(w, d, name="w"):
    """w as (d,) floats."""
    return as_vector(name, w, d, f"np.ravel({name})")


def as_number(name, value):
    """One finite real (or, for complex-step checks, complex) number."""
    array = as_floats(name, value)
    if array.ndim:
        raise ValueError(f"{name} must be one number, got an array of shape {array.shape}.")
    return array[()]


def positive_number(name, value):
    """A finite number above zero, as a float."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a positive number, got {_describe(value)}.")
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number, got {value}.")
    return float(value)


def whole_number(name, value, least=0):
    """A whole number of at least `least`, as an int."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {_describe(value)}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}.")
    return int(value)


def one_of(name, value, choices):
    """`value`, if it is one of `choices`."""
    if value not in choices:
        listed = ", ".join(repr(choice) for choice in choices)
        raise ValueError(f"{name} must be one of {listed}; got {value!r}.")
    return value


def as_batch_size(batch_size, n, replace=False):
    """A whole number of at least 1, and at most n unless an example may be drawn again."""
    size = whole_number("batch_size", batch_size, least=1)
    if size > n and not replace:
        raise ValueError(f"batch_size must be at most {n}, the number of examples, got {size}. "
                         f"A batch holds no example twice; use {n} for all of them.")
    return size


def as_fraction(name, value):
    """A number from 0 up to, but not including, 1, as a float."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number from 0 to below 1, got {_describe(value)}.")
    if not 0 <= value < 1:
        raise ValueError(f"{name} must be a number from 0 to below 1, got {value}.")
    return float(value)


def _describe(value):
    text = repr(value)
    return f"{text if len(text) <= 40 else text[:37] + '...'} ({type(value).__name__})"


def _count_bad(array):
    bad = np.argwhere(~np.isfinite(array))
    if array.ndim == 0:
        return f"the value {array}, which is not finite"
    first = f"(the first at {bad[0].tolist()})"
    if len(bad) == 1:
        return f"1 value that is not finite {first}. Remove or replace it first"
    return f"{len(bad)} values that are not finite {first}. Remove or replace them first"
