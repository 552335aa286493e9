"""By which factor an answer is wrong: one number, or one that goes with how many rows, columns or items come in."""

from dataclasses import dataclass

import numpy as np

from .messages import number

POWERS = {0: "{}", 1: "{} times {}", -1: "{} divided by {}", 2: "{} times the square of {}",
          -2: "{} divided by the square of {}", 0.5: "{} times the root of {}", -0.5: "{} divided by the root of {}"}


COUNTED = "the number of "


@dataclass(frozen=True)
class Law:
    """A factor: `constant` times a `power` of a number among the arguments, `named` in words."""

    constant: float
    power: int = 0
    named: str = ""

    def __str__(self):
        return POWERS[self.power].format(number(self.constant), self.named).removeprefix("1 times ")

    @property
    def typed(self):
        """The whole number that stands where something should be counted, or 0."""
        counts = self.power in (1, -1) and self.constant > 0 and self.named.startswith(COUNTED)
        inverse = self.constant ** -self.power if counts else 0.0
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


def law_between(pairs, numbers):
    """The `Law` of the factors between two arrays on every trial, or None.  Where both are zero, or no
    numbers, every factor fits.

    numbers: for each trial the numbers among its arguments, as `numbers_in` gives them.
    """
    telling = [(factor_between(*pair), known) for pair, known in zip(pairs, numbers) if any(map(_says, pair))]
    factors = np.array([factor for factor, _ in telling], object)
    for named, power in [("", 0), *((named, power) for named in numbers[0] for power in POWERS if power)]:
        sizes = np.array([known.get(named, 1) for _, known in telling])
        if None in factors or not sizes.all() or power and len(set(sizes)) < 3:
            continue
        constants = (factors / sizes.astype(float) ** power).astype(float)
        if constants.size and constants.any() and np.ptp(constants) <= 1e-4 * np.abs(constants).max():
            return Law(constants[0], power, named)


def decimals_of(said, right):
    """After how many decimals, at most eight, numbers are cut off; None where the right ones end there, too, or are
    others."""
    for k in range(1, 9):
        if _end_after(k, said):
            near = np.abs(said - right).max(initial=0) <= 1.01 * 10.0 ** -k
            return k if near and not _end_after(k, right) else None


def _end_after(k, numbers):
    return np.allclose(numbers, np.round(numbers, k), rtol=1e-12, atol=1e-14)


def _says(array):
    return np.any(np.nan_to_num(array))


def numbers_in(names, args):
    """{in words: number} for the numbers among some arguments, and for how many things there are in the others."""
    found = {}
    for name, arg in zip(names, args):
        if isinstance(arg, np.ndarray) and arg.ndim == 2:
            found |= {f"{COUNTED}rows of `{name}`": len(arg), f"{COUNTED}columns of `{name}`": arg.shape[1]}
        elif isinstance(arg, (list, tuple, dict)) or np.ndim(arg):
            found[f"{COUNTED}items of `{name}`"] = len(arg)
        elif isinstance(arg, (int, float)):
            found[f"`{name}`"] = arg
    return found
