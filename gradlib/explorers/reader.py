"""The reader's own data in an explorer: arrays, lists or columns of a table, their names and units, and ranges to fit.

    data = brought(X, y, names=("size (m²)", "rent (€)"))
    per(data.target, data.features[0])   # "€ per m²", the unit of a weight
"""

from typing import NamedTuple

import numpy as np

from .. import plots
from .._checks import as_features, as_reals, as_targets, describe
from ..live import slider
from ..wording import SUPERSCRIPT

HALO = {"facecolor": "white", "edgecolor": "none", "pad": 1}


class Data(NamedTuple):
    """X (n, d) and y (n,), the names of the d features and of the target, each with its unit in brackets or without.

    own: whether a reader brought them; else they are the lesson's. powers (d + 1,): of ten, by which `rescaled` has
    divided; shifted: which of "X" and "y" it has measured `from_the_first`; ones: whether a column of ones was added.
    """

    X: np.ndarray
    y: np.ndarray
    features: tuple
    target: str
    own: bool = False
    powers: tuple = ()
    shifted: tuple = ()
    ones: bool = False


def brought(X, y, names=None, called="X", columns=None):
    """A reader's features and target as `Data`.

    X (n, d), or (n,) for one feature; y (n,) or one column. names (d + 1,): those of the features, and last that of y,
    such as "size (m²)". Without them the columns of a DataFrame and the name of a Series are taken, else x and y.
    called: what the features are called in the sentences; columns: the d that is wanted, if only one will do.
    Raises TypeError for anything but real numbers, ValueError for shapes that do not match, no rows, NaN, infinity, y
    missing, too many columns, and names that are not one for each column.
    """
    if X is None or y is None:
        raise ValueError(f"your own data need both, {called} and y; {called if X is None else 'y'} is missing.")
    known = [*_known(X), *_known(y)]
    features, target = as_reals(called, X), as_reals("y", y)
    features = as_features(features.reshape(-1, 1) if features.ndim == 1 else features)
    if columns not in (None, features.shape[1]):
        raise ValueError(f"{called} has {features.shape[1]} columns, and this picture has room for {columns}. "
                         "Choose the column to look at.")
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


def above(name):
    """The label of what is measured from the average: "flipper above average (cm)"."""
    measure = unit(name)
    return f"{plain(name)} above average" + (f" ({measure})" if plain(name) != measure else "")


def per(target, feature):
    """The unit of a weight: "kg per cm"."""
    return f"{unit(target)} per {unit(feature)}"


def squared(name):
    """The unit of a squared error: "kg²", "(body mass)²"."""
    measure = unit(name)
    return f"{measure}²" if measure.isalpha() or len(measure) == 1 else f"({measure})²"


def power_of_ten(power):
    """10^power as it is printed: "10⁻³", "10" for 1, "1" for 0."""
    return ("1", "10")[power] if power in (0, 1) else "10" + str(power).translate(SUPERSCRIPT)


def rescaled(data, *powers):
    """The same data, each column and last y in 10^power of its unit, which is then a part of its name."""
    factors = 10.0 ** np.array(powers)
    names = [f"{plain(name)} ({power_of_ten(power)} {unit(name)})" if power else name
             for name, power in zip((*data.features, data.target), powers)]
    return data._replace(X=data.X / factors[:-1], y=data.y / factors[-1], features=tuple(names[:-1]), target=names[-1],
                         powers=powers)


def from_the_first(data, *which):
    """The data with X, or X and y, measured from their first example: where numbers are large and differ by little,
    no digit of the differences is lost."""
    return data._replace(shifted=which, **{name: getattr(data, name) - getattr(data, name)[0] for name in which})


def own_lines_of_code(data, called):
    """How a program gets X (n, d) and y (n,) from what a reader brought; called: the name of the features there."""
    factors = {"X": data.powers[0], "y": data.powers[-1]}
    moved = [f"{name} - {name}[0]" if name in data.shifted else name for name in factors]
    scaled = [f"({part}) / {10.0**power:g}" if power else part for part, power in zip(moved, factors.values())]
    lines = [f"# {called} and y are the data of this picture.",
             f"X, y = np.array({called}, float).reshape(len(y), -1), np.array(y, float).ravel()"]
    lines += [f"X, y = {', '.join(scaled)}"] * (scaled != ["X", "y"]) + ["X = calculus.add_ones(X)"] * data.ones
    return "\n".join(lines)


def thousands(size):
    """The power of ten, a multiple of three, in which a number of this size is easily written; 0 for ordinary ones."""
    return 0 if 0.01 <= size < 10_000 else 3 * int(np.floor(np.log10(size) / 3))


def spread(column):
    """The standard deviation of numbers, or of equal ones their size: how large a step among them is. Above zero."""
    if is_constant(column):
        return abs(column).max() or 1.0
    return (column / abs(column).max()).std() * abs(column).max()   # no square overflows


def is_constant(column):
    """Whether numbers are equal, but for what rounding may have done."""
    return np.ptp(column) <= 1e-9 * abs(column).max()


def check_that_it_differs(x):
    """ValueError for a feature (n,) that is the same for all examples."""
    if is_constant(x):
        raise ValueError(f"x holds {len(x)} number{'s' * (len(x) > 1)}, and no two differ, so no slope of a line is "
                         "better than another. Give a feature that differs from example to example.")


def round_step(size):
    """The number nearest to `size` of those that people count in: 1, 2 or 5 times a power of ten."""
    ten = 10.0 ** np.floor(np.log10(size))
    return min((1, 2, 5, 10), key=lambda digit: abs(np.log(digit * ten / size))) * ten


class Stops(NamedTuple):
    """The stops of a slider: `step` apart, to both sides of `middle`."""

    middle: float
    step: float

    @classmethod
    def around(cls, value, size):
        """Stops about `size` apart, with that in the middle which lies next to the value."""
        step = round_step(size)
        return cls(step * round(value / step), step)

    @property
    def decimals(self):
        """How many digits behind the point tell the stops apart."""
        return max(0, -int(np.floor(np.log10(self.step) + 1e-9)))

    def at(self, i):
        """Stop i, counted from the middle; any number for places between."""
        return np.round(self.middle + np.multiply(i, self.step), self.decimals + 3)

    def as_shown(self, value):
        """A value as it stands beside the slider: without what rounding leaves behind its last digit."""
        return round(float(value), self.decimals)

    def slider(self, label, count, begin):
        """A slider of `count` stops to either side, which begins at stop `begin`."""
        low, high, value = map(self.as_shown, self.at([-count, count, begin]))
        return slider(label, low, high, self.step, value, readout=f".{max(1, self.decimals)}~f")


def draw_points(ax, x, y, title, xlabel, ylabel):
    """The examples as small grey points."""
    ax.plot(x, y, "o", color=plots.GREY, markersize=3, alpha=0.5)
    plots.decorate(ax, title, xlabel, ylabel)


def label(ax, words, colour, **where):
    """A moving word at the line that it names. It makes no room for itself."""
    text = ax.text(0, 0, words, color=colour, fontsize=9.5, bbox=HALO, **where)
    text.set_in_layout(False)
    return text
