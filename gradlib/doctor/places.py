"""Three places, and at each what the gradient claims beside what nudges of the loss measure.

Directions are drawn within one parameter, normal, as long as that parameter's numbers are large. The projections of an
error on k of them have a mean square that is the error's own square, so no wrong coordinate hides.
"""

import contextlib
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..numeric import angle
from .nudges import SPACINGS, VALUES, at_odds, holds, kink_of, noise_of, slope_of
from .problem import OutOfBudget, Stopped

PLACES, DIRECTIONS, AWAY = 3, 3, 0.15     # AWAY: how far the other places are, in sizes of each parameter
FURTHER = (0.5, 1.0, 2.0)
SAFE = 20           # wrong is what is further off than this many times the error of the nudges
NO_FINER = 1e-5     # what cannot be told below this relative error is not called right


class Probe(NamedTuple):
    """A direction v within one parameter, what the claimed slopes give along it (NaN where they have another shape),
    and what nudges measure, each with its error. sure: whether an accusation would hold."""

    v: np.ndarray
    claimed: float
    measured: float
    error: float

    @property
    def off(self):
        """How far what is claimed is from what is measured."""
        return abs(self.claimed - self.measured)


class Place(NamedTuple):
    """One of the places: the parameters, the claimed slopes as they came, how they are rounded, and the probes of
    each parameter, [k][i]."""

    at: list
    claimed: list
    rounding: list
    noise: float
    probes: list


class Measured:
    """All places of a `Problem`: `places`, `kinks` (the parameters that stand on one at the reader's own place)."""

    def __init__(self, problem, rng, tolerance):
        self.problem, self.rng, self.tolerance = problem, rng, tolerance
        self.sizes, self.kinks, self.places, self.calls = _sizes(problem.start), set(), [], [0] * len(problem)
        self.spent, self.doubted = False, set()     # doubted: where an accusation did not hold at some place
        self.tried = [problem.start, *(self._away() for _ in range(PLACES - 1))]
        self.noise = 0.0     # the largest of all places so far

    def measure(self):
        """Go to all places. Where the reader's own is a kink, a fourth takes its place."""
        try:
            for at in self.tried:
                self.places.append(self._at(at))
            if self.kinks:
                self.places[0] = self._at(self._away(0.01))
        except OutOfBudget:
            self.spent = True

    @cached_property
    def further(self):
        """Places further off, where explanations part that are alike nearby: (place, what is claimed there)."""
        found = []
        for far in FURTHER:
            with contextlib.suppress(OutOfBudget, Stopped):
                at = self._away(far)
                found.append((at, self.problem.gradient_at(at)))
        return found

    def size(self, k):
        """The typical size of a number of parameter k."""
        return self.sizes[k]

    def _away(self, far=AWAY):
        """A place near the reader's, where the loss is a number."""
        problem = self.problem
        for _ in range(8):
            at = [array + far * size * self.rng.standard_normal(array.shape)
                  for array, size in zip(problem.start, self.sizes)]
            try:
                if np.isfinite(problem.loss_at(at)):
                    return at
            except Stopped:
                pass
            far /= 4
        return problem.start

    def _noise(self, at):
        """The rounding of the loss: the middle one along three lines, and at least that of its last digit."""
        found = []
        for _ in range(3):
            line, levels = [size * self.rng.standard_normal(array.shape) for array, size in zip(at, self.sizes)], []
            for spacing in SPACINGS:
                values = [self.problem.loss_at([array + t * spacing * v for array, v in zip(at, line)])
                          for t in range(VALUES)]
                levels.append(float(noise_of(values)))
                if len(set(values)) == VALUES:    # steps as of a staircase are rounding, too
                    break
            found.append(max(levels))
        digit = _last_digit(np.dtype(self.problem.loss_type)) * abs(values[0])
        return max(np.nanmedian(found), digit, np.finfo(float).tiny)

    def _rounding(self, at, claimed):
        """How the claimed slopes are rounded, number by number: the middle of what three lines show."""
        line = [size * self.rng.standard_normal(array.shape) for array, size in zip(at, self.sizes)]
        spacing = SPACINGS[self.problem.loss_type == "float32"]
        values = [self.problem.gradient_at([array + t * spacing * v for array, v in zip(at, line)])
                  for t in range(1, VALUES)]
        columns = [[array, *others] for array, *others in zip(claimed, *values)]
        return [np.maximum(noise_of(column), _last_digit(column[0].dtype) / 2 * np.abs(column[0]))
                if len({array.shape for array in column}) == 1 else np.zeros(column[0].shape) for column in columns]

    def _at(self, at):
        self.noise = max(self.noise, self._noise(at))
        claimed = self.problem.gradient_at(at)
        rounding = self._rounding(at, claimed)
        return Place(at, claimed, rounding, self.noise,
                     [self._probes(at, k, claimed[k], rounding[k]) for k in range(len(at))])

    def _probes(self, at, k, claimed, rounding):
        before = self.problem.calls
        probes = [self._probe(at, k, claimed, rounding) for _ in range(DIRECTIONS)]
        accusing = [probe for probe in probes if probe.off > SAFE * probe.error]
        if accusing and not self._at_odds(at, k, max(accusing, key=lambda probe: probe.off)):
            probes = [probe._replace(error=np.inf) if probe.off > SAFE * probe.error else probe for probe in probes]
            self.doubted.add(k)
        self.calls[k] += self.problem.calls - before
        return probes

    def _at_odds(self, at, k, probe):
        """Whether the claimed slopes are wrong along a direction over some distance, too."""
        def slope(t):
            there = [*at[:k], at[k] + t * probe.v, *at[k + 1:]]
            claimed = self.problem.gradient_at(there)[k]
            return float((claimed.reshape(probe.v.shape) * probe.v).sum()) if claimed.size == probe.v.size else np.nan
        return at_odds(self.problem.along(at, k, probe.v), slope, self.noise, probe.off)

    def _probe(self, at, k, claimed, rounding):
        v = self.sizes[k] * self.rng.standard_normal(at[k].shape)
        f = self.problem.along(at, k, v)
        fits = claimed.size == v.size and np.isfinite(claimed).all()
        said = float((claimed.reshape(v.shape) * v).sum()) if fits else np.nan
        size = self.sizes[k] * np.linalg.norm(claimed) if fits else 0.0
        slope = slope_of(f, self.noise, goal=1e-3 * self.tolerance * size)
        error = slope.error + (4 * float(np.sqrt(((rounding.reshape(v.shape) * v) ** 2).sum())) if fits else 0.0)
        if abs(said - slope.value) > SAFE * slope.error and kink_of(f, self.noise):
            self.kinks.add(k)
            error = np.inf
        elif abs(said - slope.value) > SAFE * error and not holds(f, self.noise, said, slope):
            error = np.inf
        return Probe(v, said, slope.value, error)


class Judged(NamedTuple):
    """right: True, False, None; error, angle, length and limit as in `Verdict`, as far as they could be measured."""

    right: bool | None
    error: float
    angle: float
    length: float
    limit: float


def judged(measured, k):
    """What the probes of parameter k say about it."""
    probes = _sharp([probe for place in measured.places for probe in place.probes[k] if np.isfinite(probe.error)])
    claimed, true, errors = (np.array([getattr(probe, name) for probe in probes])
                             for name in ("claimed", "measured", "error"))
    if not probes or not np.isfinite(claimed).all():
        return Judged(None if not probes else False, np.nan, np.nan, np.nan, np.nan)
    off, scale, error = (float(np.sqrt(np.mean(x ** 2))) for x in (claimed - true, true, errors))
    size = max(scale, float(np.sqrt(np.mean(claimed ** 2))))
    right = _verdict(off, size, error, measured.tolerance, claimed)
    return Judged(right or (None if k in measured.doubted else right), *facts(claimed, true),
                  error / size if size else 0.0)


@np.errstate(all="ignore")
def facts(claimed, true):
    """(relative error, angle in degrees, length as a multiple of the true one); NaN where there is none."""
    length = np.linalg.norm(true)
    return (float(np.linalg.norm(claimed - true) / length), float(angle(claimed, true)),
            float(np.linalg.norm(claimed) / length))


def _sharp(probes):
    """Without the directions that told far less than most, such as those with a kink very close by."""
    middle = np.median([probe.error for probe in probes]) if probes else 0.0
    return [probe for probe in probes if probe.error <= 100 * middle]


def _verdict(off, size, error, tolerance, claimed):
    if not claimed.any() and off <= 5 * error:
        return True     # zero is claimed, and measured, too
    if off <= tolerance * size and error <= min(tolerance, NO_FINER) * size:
        return True
    if off <= NO_FINER / 3 * size and off <= 5 * error <= NO_FINER * size:
        return True     # as right as the rounding lets anybody see
    return False if off > max(tolerance * size, SAFE * error) else None


def _last_digit(dtype):
    """Of what size the last digit is, relatively."""
    return max(np.finfo(dtype if dtype.kind == "f" else float).eps, np.finfo(float).eps)


def _sizes(arrays):
    """Root mean squares; where a parameter is zero, that of all, or 1."""
    overall = np.sqrt(np.mean(np.concatenate([array.ravel() for array in arrays]) ** 2)) or 1.0
    return [float(np.sqrt(np.mean(array ** 2))) or float(overall) for array in arrays]
