"""By which factor an answer is wrong: one number, or one that goes with how many rows, columns or items come in."""

from dataclasses import dataclass

import numpy as np

from .messages import number

POWERS = {0: "{}", 1: "{} times the number of {}", -1: "{} divided by the number of {}",
          2: "{} times the square of the number of {}", -2: "{} divided by the square of the number of {}"}


@dataclass(frozen=True)
class Law:
    """A factor: `constant` times a `power` of how many there are of what is `counted`."""

    constant: float
    power: int = 0
    counted: str = ""

    def __str__(self):
        return POWERS[self.power].format(number(self.constant), self.counted).removeprefix("1 times ")

    @property
    def typed(self):
        """The whole number that stands where something should be counted, or 0."""
        inverse = self.constant ** -self.power if self.power in (1, -1) and self.constant > 0 else 0.0
        return round(inverse) if round(inverse) > 1 and np.isclose(inverse, round(inverse)) else 0

    @property
    def is_simple(self):
        """Whether the constant is a small whole number, or one divided by it."""
        sizes = abs(self.constant), 1 / abs(self.constant)
        return any(1 <= round(size) <= 12 and np.isclose(size, round(size)) for size in sizes)


def factor_between(said, right):
    """The one number by which an array is multiplied to give another; None where there is none."""
    said, right = np.ravel(said), np.ravel(right)
    if said.shape != right.shape or not np.any(right) or not np.isfinite(right).all():
        return None
    factor = said @ right / (right @ right)
    return factor if np.abs(said - factor * right).max() <= 1e-5 * np.abs(said).max() else None


def law_between(pairs, counts):
    """The `Law` of the factors between two arrays on every trial, or None.  Where both are zero, or no
    numbers, every factor fits.

    counts: for each trial {what is counted: how many}.
    """
    telling = [(factor_between(*pair), count) for pair, count in zip(pairs, counts) if any(map(_says, pair))]
    factors = np.array([factor for factor, _ in telling], object)
    for counted, power in [("", 0), *((counted, power) for counted in counts[0] for power in (1, -1, 2, -2))]:
        sizes = np.array([count.get(counted, 1) for _, count in telling])
        if None in factors or not sizes.all() or power and len(set(sizes)) < 3:
            continue
        constants = (factors / sizes.astype(float) ** power).astype(float)
        if constants.size and constants.any() and np.ptp(constants) <= 1e-4 * np.abs(constants).max():
            return Law(constants[0], power, counted)


def _says(array):
    return np.any(np.nan_to_num(array))


def counts_of(names, args):
    """{what can be counted in the arguments: how many there are}."""
    found = {}
    for name, arg in zip(names, args):
        if isinstance(arg, np.ndarray) and arg.ndim == 2:
            found |= {f"rows of `{name}`": len(arg), f"columns of `{name}`": arg.shape[1]}
        elif isinstance(arg, (list, tuple, dict)) or np.ndim(arg):
            found[f"items of `{name}`"] = len(arg)
    return found
