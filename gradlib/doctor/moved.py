"""A slope that is the true one somewhere else: at parameters that have already moved by a step.

Whoever moves one parameter, and then computes the slope of the next, has the slope of another place. The step size is
solved for at one place, along a few directions; it has to explain all places, and a longer one must not.
"""

from dataclasses import replace
from functools import partial

import numpy as np

from ..wording import said
from .backwards import root
from .nudges import slope_of
from .problem import OutOfBudget, Stopped, listed
from .report import Finding

DIGITS = 1e-6
MANY = 200       # examples that may have moved the parameters in turn
LONGEST = 12     # numbers of a parameter that may have moved in turn


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
        finding = _one_after_another(measured, problem, k)
        if finding:
            return finding
        first = measured.places[0].at, measured.places[0].claimed
        for movers in _movers(len(problem), k):
            step = root(lambda t, movers=movers: _off(measured, problem, k, movers, *first, t)[0], 1e-7)
            explains = partial(_explains, measured, problem, k, movers)
            if step is not None and explains(step) and not explains(1.1 * step):
                return _told(problem, k, movers, step)
    except (OutOfBudget, Stopped):
        pass
    return None


def pass_finding(measured, problem, k, model):
    """The `Finding` that each example moved the parameters at once, so that the next one's slope is of another
    place."""
    wiring = model.wiring
    if not 1 < len(wiring.Y) <= MANY or measured.places[0].claimed[k].size != problem.start[k].size:
        return None
    alone = [replace(model, wiring=wiring._replace(X=wiring.X[i:i + 1], Y=wiring.Y[i:i + 1]), rates=[])
             for i in range(len(wiring.Y))]

    def off(step, place):
        at, total = list(place.at), 0.0
        for one in alone:
            slopes = one.gradient(at)
            at, total = [array - step * slope for array, slope in zip(at, slopes)], total + slopes[k]
        return (total + model.decay(place.at)[k] - place.claimed[k].reshape(total.shape)).ravel()
    first, *others = measured.places
    step = root(lambda t: off(t, first))
    if step is None or not all(np.abs(off(step, place)).max() <= DIGITS * np.abs(place.claimed[k]).max()
                               for place in others):
        return None
    text = (f"The slope of {problem.names[k]} is what comes out when each example moves the parameters at once, by a "
            f"step of size {said(step, 6)}: so that of the next one belongs to another place.")
    return Finding("moved", (problem.names[k],), text, {"step_size": step, "by_example": True})


def _one_after_another(measured, problem, k):
    """Whether the numbers of one parameter moved in turn, each before the slope of the next was taken."""
    size = problem.start[k].size
    if not 1 < size <= LONGEST:
        return None
    for first, words in ((size, "its numbers moved one after another"), (1, "its first number had already moved")):
        step = root(lambda t, first=first: _in_turn(measured, problem, k, 0, t, first), 1e-7)
        if step is not None and all(
                np.abs(_in_turn(measured, problem, k, i, step, first)).max() <= DIGITS * np.abs(place.claimed[k]).max()
                for i, place in enumerate(measured.places)):
            text = (f"The slope of {problem.names[k]} is what comes out when {words}, by a step of size "
                    f"{said(step, 6)}, before the slope of the next was taken. Compute all first, then move.")
            return Finding("moved", (problem.names[k],), text, {"step_size": step, "in_turn": first > 1})
    return None


def _in_turn(measured, problem, k, i, step, first):
    """For each number the true slope after those before it (at most the first few) have moved, minus what is
    claimed."""
    place, size, off = measured.places[i], measured.size(k), []
    for j in range(place.at[k].size):
        moved, v = place.at[k].copy().ravel(), np.zeros(place.at[k].size)
        before = slice(0, min(j, first))
        moved[before] -= step * place.claimed[k].ravel()[before]
        v[j] = size
        at = [*place.at[:k], moved.reshape(place.at[k].shape), *place.at[k + 1:]]
        slope = slope_of(problem.along(at, k, v.reshape(place.at[k].shape)), place.noise, 1e-10)
        off.append(slope.value / size - place.claimed[k].ravel()[j])
    return np.array(off)


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
        array.shape == at.shape and np.isfinite(array).all() for place in measured.places
        for array, at in zip(place.claimed, place.at))


def _movers(count, k):
    """Which parameters may have moved: all others, those after, those before, or each alone."""
    others = [j for j in range(count) if j != k]
    alone = [[j] for j in others] if count <= 4 else []
    sets = [others, [j for j in others if j > k], [j for j in others if j < k], *alone]
    return [movers for i, movers in enumerate(sets) if movers and movers not in sets[:i]]


def _off(measured, problem, k, movers, at, claimed, step):
    """Along each direction at a place: (the true slope after the others moved, minus what is claimed; that alone)."""
    moved = [array - step * slope if j in movers else array for j, (array, slope) in enumerate(zip(at, claimed))]
    along = [(probe.v, (claimed[k] * probe.v).sum()) for probe in measured.places[0].probes[k]]
    return np.array([(slope_of(problem.along(moved, k, v), measured.noise, 1e-10 * abs(slope)).value - slope, slope)
                     for v, slope in along]).T


def _explains(measured, problem, k, movers, step):
    places = [(place.at, place.claimed) for place in measured.places] + measured.further
    return all(np.abs(off).max() <= DIGITS * np.abs(slopes).max() for off, slopes in (
        _off(measured, problem, k, movers, *place, step) for place in places))


def _told(problem, k, movers, step):
    name, names = problem.names[k], tuple(problem.names[j] for j in movers)
    text = (f"The slope of {name} is the true one of another place: where {listed(names)} had already moved by a step "
            f"of size {said(step, 6)}. Compute all slopes first, then move.")
    return Finding("moved", (name,), text, {"step_size": step, "moved": names})
