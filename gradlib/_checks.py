"""What every public function asks of its input, each in one sentence: what came, what was expected, what to do."""

import math
from numbers import Integral, Number, Real

import numpy as np


def as_floats(name, values):
    """`values` as an array of floating-point numbers: integers become floats, so nothing can overflow.

    float32, float64 and complex numbers keep their type. Raises TypeError for text, ragged lists and masked arrays,
    ValueError for NaN and infinity.
    """
    array = _numbers(name, values)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} has {_count_bad(array)}.")
    return array


def as_reals(name, values, finite=True):
    """As `as_floats`, but complex numbers are refused. Where runs fly apart they need not be finite."""
    return _real(name, as_floats(name, values) if finite else _numbers(name, values))


def _real(name, array):
    if array.dtype.kind == "c":
        raise TypeError(f"{name} must hold real numbers, got {describe(array)}.")
    return array


def _numbers(name, values):
    if isinstance(values, np.ma.MaskedArray):
        raise TypeError(f"{name} is a masked array, and its mask would be lost. Leave the masked numbers out first.")
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "fc":
            array = _not_text(array).astype(float)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must hold numbers only, got {describe(values)}. "
                        "Turn text into numbers, or leave that column out.") from None
    return array


def _not_text(array):
    """NumPy reads "1.5" as a number; but where there is text, something went wrong before."""
    if array.dtype.kind in "US" or array.dtype.kind == "O" and any(isinstance(x, (str, bytes)) for x in array.flat):
        raise TypeError
    return array


def as_point(name, values):
    """As `as_reals`, (d,) with at least one number."""
    array = as_reals(name, values)
    if array.ndim != 1 or not array.size:
        raise ValueError(f"{name} has shape {array.shape}; expected (d,), one number for each weight."
                         + f" Use np.ravel({name})." * bool(array.size))
    return array


def shapes_of(arrays):
    """The shapes of a list of arrays of numbers, which may be `Var`s; [] for anything else."""
    arrays = arrays if isinstance(arrays, (list, tuple)) else []
    shapes = [array.shape for array in arrays if hasattr(array, "dtype") and array.dtype.kind in "fiubc"]
    return shapes if len(shapes) == len(arrays) else []


def as_sizes(sizes):
    """The sizes of a network's layers as a list of whole numbers, the inputs first."""
    if not np.iterable(sizes) or len(sizes := list(sizes)) < 2:
        raise ValueError(f"sizes must name inputs and outputs, such as (2, 16, 1); got {describe(sizes)}.")
    return [whole_number("a layer's size", size, least=1) for size in sizes]


def shapes_of_layers(layers):
    """The shapes of a list of arrays of numbers, or of `Var`s, if it is one; they need not fit each other."""
    shapes = shapes_of(layers)
    if not shapes:
        raise TypeError(f"layers must be a list of arrays, such as [W1, b1, W2, b2, ...], got {describe(layers)}.")
    return shapes


def as_layers(layers):
    """[W1, b1, W2, b2, ...], if these are arrays (or `Var`s) and each layer fits the next."""
    shapes = shapes_of_layers(layers)
    Ws, bs = shapes[::2], shapes[1::2]
    if not (all(len(W) == 2 for W in Ws) and bs == [W[1:] for W in Ws] and bs[:-1] == [W[:1] for W in Ws[1:]]):
        raise ValueError(f"layers have the shapes {shapes}; expected (k0, k1), (k1,), (k1, k2), (k2,), ...: a matrix "
                         "and a vector for each layer, as from `initial`.")
    return layers


def as_input(X, layers):
    """X (n, d) as floats, if the first of these layers can read it."""
    X, W = as_features(X), as_layers(layers)[0]
    if X.shape[1] != W.shape[0]:
        raise ValueError(f"X has {X.shape[1]} columns; the first layer expects {W.shape[0]}.")
    return X


def as_values(values, layers):
    """[X, h_1, ..., z], if they can be what these layers made: (n, k0), (n, k1), ..."""
    shapes, sizes = shapes_of(values), [W.shape[0] for W in as_layers(layers)[::2]] + [layers[-1].size]
    if not (shapes and shapes[0] and shapes == [(shapes[0][0], size) for size in sizes]):
        raise ValueError(f"values have the shapes {shapes}; expected what `forward` returned for these layers, (n, k) "
                         f"with k = {', '.join(map(str, sizes))}.")
    return values


def as_slope(name, values, shape, whose="weights"):
    """What a function gave for a gradient, as an array of this shape. NaN and infinity pass: a run may fly apart."""
    try:
        array = np.asarray(values)
        array = array.astype(float) if array.dtype == object and array.ndim else array
    except (TypeError, ValueError):   # such as the pair of a loss and a gradient
        array = np.asarray(None)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be an array of real numbers, got {describe(values)}. Is a return missing? "
                        "Of a pair (loss, gradient), give the second.")
    if array.shape != shape:
        raise ValueError(f"{name} has shape {array.shape}; expected {shape}, the shape of the {whose}.")
    return array


def as_features(X):
    """X as (n, d) floats with at least one row and one column."""
    array = as_reals("X", X)
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
    return _real("y", as_vector("y", y, n, "y.ravel()" if hasattr(y, "ravel") else "np.ravel(y)"))


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


def as_start(start, d):
    """The weights (d,) at which a run begins, as real floats."""
    return _real("start", as_weights(start, d, "start"))


def as_number(name, value):
    """One finite real (or, for complex-step checks, complex) number."""
    if isinstance(value, bool):
        raise TypeError(f"{name} must be a number, got {describe(value)}.")
    array = as_floats(name, value)
    if array.ndim:
        raise ValueError(f"{name} must be one number, got an array of shape {array.shape}.")
    return array[()]


def positive_number(name, value):
    """A finite number above zero, as a float."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a positive number, got {describe(value)}.")
    if not (math.isfinite(value) and value > 0):
        raise ValueError(f"{name} must be a positive number, got {value}.")
    return float(value)


def whole_number(name, value, least=0):
    """A whole number of at least `least`, as an int."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {describe(value)}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}.")
    return int(value)


def result(name, value):
    """What a function of numbers gave back, if it is one number; NaN and infinity pass."""
    if not isinstance(value, (Number, np.ndarray)) or np.ndim(value):
        raise TypeError(f"{name} must be one number, got {describe(value)}. Is a return missing, or a mean?")
    return value


def as_function(name, f):
    """`f`, if it can be called."""
    if not callable(f):
        raise TypeError(f"{name} must be a function, got {describe(f)}. Give its name, without brackets behind it.")
    return f


def as_rng(rng):
    """`rng`, if it is a generator of random numbers."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a np.random.default_rng(seed), got {describe(rng)}.")
    return rng


def as_flag(name, value):
    """`value`, if it is True or False."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, got {describe(value)}.")
    return value


def one_of(name, value, choices):
    """`value`, if it is one of `choices`, which are words."""
    if not isinstance(value, str) or value not in choices:
        listed = ", ".join(repr(choice) for choice in choices)
        raise ValueError(f"{name} must be one of {listed}; got {value!r}.")
    return value


def as_batch_size(batch_size, n, replace=False):
    """A whole number of at least 1, and at most n unless an example may be drawn again."""
    size = whole_number("batch_size", batch_size, least=1)
    if not as_flag("replace", replace) and size > n:
        raise ValueError(f"batch_size must be at most {n}, the number of examples, got {size}. "
                         f"A batch holds no example twice; use {n} for all of them.")
    return size


def as_fraction(name, value):
    """A number from 0 up to, but not including, 1, as a float."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number from 0 to below 1, got {describe(value)}.")
    if not 0 <= value < 1:
        raise ValueError(f"{name} must be a number from 0 to below 1, got {value}.")
    return float(value)


def describe(value):
    """A value as it is shown in a sentence, and its type."""
    text = " ".join(repr(value).split())
    return f"{text if len(text) <= 40 else text[:37] + '...'} ({type(value).__name__})"


def _count_bad(array):
    bad = np.argwhere(~np.isfinite(array))
    if array.ndim == 0:
        return f"the value {array}, which is not finite"
    first = f"(the first at {bad[0].tolist()})"
    if len(bad) == 1:
        return f"1 value that is not finite {first}. Remove or replace it first"
    return f"{len(bad)} values that are not finite {first}. Remove or replace them first"
