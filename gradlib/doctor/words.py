"""Numbers, names and sizes in sentences."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from ..wording import said

SMALL = (1, 2, 3, 4, 1 / 2, 1 / 3, 1 / 4)
BARE = (2, 1 / 2)     # from a square, nearly always
PLAIN = {2: "2", 3: "3", 4: "4", 8: "8", 10: "10", 100: "100", 1 / 2: "1/2", 1 / 3: "1/3", 1 / 4: "1/4", 1 / 8: "1/8",
         1 / 10: "1/10", 1 / 100: "1/100"}


def listed(names):
    """Names in a sentence."""
    return " and ".join(", ".join(names).rsplit(", ", 1))


def either(texts):
    """Things of which one must be so."""
    return " or ".join(", ".join(texts).rsplit(", ", 1))


class Sizes:
    """The sizes that have a name: of the data, and of the parameters.

    examples: the name of the size that two arrays of data share, or ""
    """

    def __init__(self, data, names, params):
        arrays = {name: np.shape(value) for name, value in data.items() if np.ndim(value)}
        self.examples = _shared(arrays)
        self.known, self.of_data = {}, {}
        for name, shape in (arrays | dict(zip(names, map(np.shape, params)))).items():
            for axis, size in zip(("rows", "columns"), shape[:2] if len(shape) < 3 else ()):
                self._add(f"{axis if len(shape) == 2 else 'length'} of {name}", size, name in arrays)

    def _add(self, called, size, of_data):
        alike = [other for other, known in self.known.items() if known == size]
        again = called.startswith("rows") and any(other.startswith("rows") for other in alike)
        if size > 1 and not (alike and (not of_data or called.startswith("length") or again)):
            self.known[called] = size
            if of_data:
                self.of_data[called] = size

    def named(self, c, rtol):
        """All that |c| can be called by a size: ("rows of X",), ("1 / rows of X", ...), or (). Sizes of parameters,
        twice or half a size, and products of two, only where c is no small number."""
        c, small = abs(c), any(np.isclose(abs(c), value, rtol=rtol) for value in SMALL)
        if any(np.isclose(c, bare, rtol=rtol) for bare in BARE):
            return ()
        for sizes in (self.of_data, self.of_data if small else self.known):
            found = [form.format(called) for called, size in sizes.items()
                     for form, value in _forms(size).items() if np.isclose(c, value, rtol=rtol)]
            if found:
                return tuple(found)
        if small:
            return ()
        for called, size in self.of_data.items():
            found += [form.format(called) for form, value in _twice(size).items() if np.isclose(c, value, rtol=rtol)]
        for (a, m), (b, n) in combinations(self.of_data.items(), 2) if not found else ():
            found += [form.format(a, b) for form, value in _products(m, n).items() if np.isclose(c, value, rtol=rtol)]
        return tuple(found[:3])


def _shared(arrays):
    """The name of the size in which two arrays of data agree: their rows, else their columns."""
    for axis in (0, -1):
        sizes = [(name, shape[axis], len(shape)) for name, shape in arrays.items()]
        for (name, size, depth), (_, other, _) in combinations(sizes, 2):
            if size == other > 1:
                return f"{'length' if depth == 1 else 'columns' if axis else 'rows'} of {name}"
    return ""


def _forms(size):
    return {"{}": size, "1 / {}": 1 / size}


def _twice(size):
    return {"2 × {}": 2 * size, "1 / (2 × {})": 1 / (2 * size), "{} / 2": size / 2, "2 / {}": 2 / size,
            "{0} / ({0} − 1)": size / (size - 1)}


def _products(m, n):
    return {"{} × {}": m * n, "1 / ({} × {})": 1 / (m * n), "2 / ({} × {})": 2 / (m * n), "{} / {}": m / n}


class Factor(NamedTuple):
    """A constant: its value, the plain number that it is ("1/2", or ""), and the sizes that it may be called by."""

    value: float
    plain: str
    named: tuple

    def __str__(self):
        called = self.plain or said(abs(self.value), 6 if abs(abs(self.value) - 1) > 1e-5 else 10)
        sign = "−" if self.value < 0 else ""
        return f"{sign}{called}" + (f" ({either(self.named)})" if self.named else "")

    @property
    def known(self):
        """Whether it has a name, so that it may be meant."""
        return bool(self.plain or self.named)

    @property
    def details(self):
        return {"factor": self.value, "named": self.named}


def factor_named(c, sizes, error=0.0):
    """The `Factor` that a measured constant is, if it is one to six digits, or to what could be measured."""
    rtol = max(1e-6, 5 * error)
    plain = next((word for value, word in PLAIN.items() if np.isclose(abs(c), value, rtol=rtol)), "")
    if not plain and np.isclose(abs(c), round(abs(c)), rtol=rtol) and 0.5 < abs(c) < 1e6:
        plain = str(round(abs(c)))
    if not plain and abs(c) < 1 and np.isclose(1 / abs(c), round(1 / abs(c)), rtol=rtol) and abs(c) > 1e-6:
        plain = f"1/{round(1 / abs(c))}"
    return Factor(float(c), plain, sizes.named(c, rtol))
