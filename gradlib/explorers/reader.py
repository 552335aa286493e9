"""The reader's own data in an explorer: arrays, lists or columns of a table, their names and units, and ranges to fit.

    data = brought(X, y, names=("size (m²)", "rent (€)"))
    per(data.target, data.features[0])   # "€ per m²", the unit of a weight
"""

from typing import NamedTuple

import numpy as np

from .._checks import as_features, as_reals, as_targets, describe


class Data(NamedTuple):
    """X (n, d) and y (n,), the names of the d features and of the target, each with its unit in brackets or without.

    own: whether a reader brought them; else they are the lesson's.
    """

    X: np.ndarray
    y: np.ndarray
    features: tuple
    target: str
    own: bool = False


def brought(X, y, names=None):
    """A reader's features and target as `Data`.

    X (n, d), or (n,) for one feature; y (n,) or one column. names (d + 1,): those of the features, and last that of y,
    such as "size (m²)". Without them the columns of a DataFrame and the name of a Series are taken, else x and y.
    Raises TypeError for anything but real numbers, ValueError for shapes that do not match, no rows, NaN, infinity, y
    missing, and names that are not one for each column.
    """
    if X is None or y is None:
        raise ValueError(f"the data need both, features and targets; {'X' if X is None else 'y'} is missing.")
    known = [*_known(X), *_known(y)]
    features, target = as_reals("X", X), as_reals("y", y)
    features = as_features(features.reshape(-1, 1) if features.ndim == 1 else features)
    # A table of one column for y: nothing is stretched by accident, for from here on it is (n,).
    target = as_targets(target.ravel() if target.ndim == 2 and target.shape[1] == 1 else target, len(features))
    names = _names(known, features.shape[1]) if names is None else _given(names, features.shape[1])
    return Data(features, target, tuple(names[:-1]), names[-1], own=True)


def _known(table):
    """The names that a table brings, None where it has none: one for each column."""
    own = getattr(table, "columns", None)
    names = [getattr(table, "name", None)] if own is None else list(own)
    return [name if isinstance(name, str) and name.strip() else None for name in names]


def _names(known, d):
    """What the tables said; for the others x or x1, x2, ..., and y."""
    known = known if len(known) == d + 1 else [None] * (d + 1)
    return [name or own for name, own in zip(known, [*(["x"] if d == 1 else [f"x{j + 1}" for j in range(d)]), "y"])]


def _given(names, d):
    names = [names] if isinstance(names, str) or not np.iterable(names) else list(names)
    if len(names) != d + 1 or not all(isinstance(name, str) and name.strip() for name in names):
        raise ValueError(f"names must be {d + 1} texts, one for each feature and the last for y, "
                         f'such as ("size (m²)", "rent (€)"); got {describe(tuple(names))}.')
    return names


def unit(name):
    """What a name has in brackets at its end, or else the name itself: "cm" for "flipper (cm)", "rent" for "rent"."""
    before, bracket, inside = name.strip().removesuffix(")").rpartition("(")
    return inside if name.strip().endswith(")") and bracket and before.strip() and inside.strip() else name.strip()


def plain(name):
    """The name without its unit."""
    return name if unit(name) == name.strip() else name.strip().removesuffix(f"({unit(name)})").strip()


def above(name, power=0):
    """The label of what is measured from the average: "flipper above average (cm)"; in 10^power of the unit."""
    measure = times_ten(power, "" if unit(name) == name.strip() else unit(name))
    return f"{plain(name)} above average" + (f" ({measure})" if measure else "")


def per(target, feature, power=0):
    """The unit of a weight: "kg per cm", or "kg per 10 cm"."""
    return f"{unit(target)} per {times_ten(power, unit(feature))}"


def squared(name):
    """The unit of a squared error: "kg²", "(body mass)²"."""
    measure = unit(name)
    return f"{measure}²" if measure.isalpha() or len(measure) == 1 else f"({measure})²"


def times_ten(power, measure):
    """10^power of a unit, in words: "10 m²", "10⁻³ kg"; the unit alone for 0."""
    ten = "10" if power == 1 else "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{ten} {measure}".strip() if power else measure


def round_step(size):
    """The number nearest to `size` of those that people count in: 1, 2 or 5 times a power of ten."""
    ten = 10.0 ** np.floor(np.log10(size))
    return min((1, 2, 5, 10), key=lambda digit: abs(np.log(digit * ten / size))) * ten


def decimals(step):
    """How many digits behind the point a slider with this step needs."""
    return max(0, -int(np.floor(np.log10(step) + 1e-9)))
