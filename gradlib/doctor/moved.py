"""A slope that is the true one somewhere else: at parameters that have already moved by a step.

Whoever moves one parameter, and then computes the slope of the next, has the slope of another place. The step size is
solved for at one place, along a few directions; it has to explain all places.
"""

import numpy as np

from ..wording import said
from .backwards import root
from .nudges import slope_of
from .problem import OutOfBudget, Stopped, listed
from .report import Finding

DIGITS = 1e-6


def moved_finding(measured, problem, k):
    """The `Finding` that parameter k's slope is the true one after others (or all) have moved, or None."""
    if not _usable(measured):
        return None
    try:
        if problem.careful and _after(measured, problem, k):
            name = problem.names[k]
            text = (f"The slope of {name} is the true one of the place to which the function itself has moved the "
                    "parameters. Compute all slopes first, then move.")
            return Finding("moved", (name,), text, {"moved": problem.names})
        for movers in _movers(len(problem), k):
            step = root(lambda t, movers=movers: _off(measured, problem, k, movers, 0, t), 1e-7)
            if step is not None and _explains(measured, problem, k, movers, step):
                return _told(problem, k, movers, step)
    except (OutOfBudget, Stopped):
        pass
    return None


def _after(measured, problem, k):
    """Whether what is claimed is true where the parameters were when the gradient came back."""
    for place in measured.places:
        problem.gradient_at(place.at)
        at = [array.copy() for array in problem.after]
        size = max(abs(probe.claimed) for probe in place.probes[k])
        off = [slope_of(problem.along(at, k, probe.v), place.noise).value - probe.claimed for probe in place.probes[k]]
        if not np.abs(off).max() <= DIGITS * size:
            return False
    return True


def _usable(measured):
    return len(measured.places) > 1 and all(
        array.shape == at.shape and np.isfinite(array).all()
        for place in measured.places for array, at in zip(place.claimed, place.at))


def _movers(count, k):
    """Which parameters may have moved: all others, those after, those before, or each alone."""
    others = [j for j in range(count) if j != k]
    alone = [[j] for j in others] if count <= 4 else []
    sets = [others, [j for j in others if j > k], [j for j in others if j < k], *alone]
    return [movers for i, movers in enumerate(sets) if movers and movers not in sets[:i]]


def _off(measured, problem, k, movers, i, step):
    """Along each direction of place i: the true slope after the others moved, minus what is claimed."""
    place = measured.places[i]
    at = [array - step * claimed if j in movers else array for j,
          (array, claimed) in enumerate(zip(place.at, place.claimed))]
    return np.array([slope_of(problem.along(at, k, probe.v), place.noise,
                              1e-10 * abs(probe.claimed)).value - probe.claimed
                     for probe in place.probes[k]])


def _explains(measured, problem, k, movers, step):
    for i, place in enumerate(measured.places):
        size = max(abs(probe.claimed) for probe in place.probes[k])
        if not np.abs(_off(measured, problem, k, movers, i, step)).max() <= DIGITS * size:
            return False
    return True


def _told(problem, k, movers, step):
    name, names = problem.names[k], tuple(problem.names[j] for j in movers)
    text = (f"The slope of {name} is the true one of another place: where {listed(names)} had already moved by a step "
            "of size "
            f"{said(step, 6)}. Compute all slopes first, then move.")
    return Finding("moved", (name,), text, {"step_size": step, "moved": names})
