"""A slope in full, number by number: what clipping, rounding and sums do to single numbers, and where the largest
error is."""

from typing import NamedTuple

import numpy as np

from ..wording import said
from .nudges import slope_of
from .problem import OutOfBudget, Stopped
from .report import Finding
from .words import factor_named

DIGITS, COSTS = 1e-6, 14     # COSTS: calls of the loss for one number, about
TELLING = 200                # steps of rounding in all: of fewer, a slope that is hardly off may be as many by chance
SMALL = 50                   # so many numbers are measured at places further off, too
FEW = 3                      # wrong numbers, of which each may be off in its own way
LOOKED_AT = 200              # numbers of a large parameter that are measured, at one place


class Whole(NamedTuple):
    """Claimed and true slopes of one parameter at all places, the parameter there, and how far the true ones may be
    off."""

    claimed: list
    true: list
    own: list
    error: float


def whole(measured, problem, k, model):
    """The `Whole` of parameter k: by the model where there is one, else by nudges where the budget allows; or None."""
    places = [(place.at, place.claimed) for place in measured.places]
    places += [(at, claimed) for at, claimed in measured.further if model or problem.start[k].size <= SMALL]
    claimed, own = [slopes[k] for _, slopes in places], [at[k] for at, _ in places]
    if model is not None:
        return Whole(claimed, [model.gradient(at)[k] for at, _ in places], own, 0.0)
    if problem.start[k].size * COSTS * len(places) > problem.left():
        return None
    try:
        found = [by_coordinates(problem, at, k, measured.noise, measured.size(k)) for at, _ in places]
    except (OutOfBudget, Stopped):
        return None
    return Whole(claimed, [value for value, _ in found], own, max(error for _, error in found))


def by_coordinates(problem, at, k, noise, size, chosen=None):
    """(slopes in the shape of parameter k, NaN where none was measured; the largest error)."""
    slopes, worst = np.full(at[k].shape, np.nan), 0.0
    for place in (np.ndindex(at[k].shape) if chosen is None else chosen):
        v = np.zeros(at[k].shape)
        v[place] = size
        slope = slope_of(problem.along(at, k, v), noise, 1e-10)
        slopes[place] = slope.value / size
        worst = max(worst, slope.error / size)
    return slopes, worst


class Seen:
    """What is asked of a wrong slope in full."""

    def __init__(self, whole, name, sizes):
        self.claimed, self.true, self.own, self.name, self.sizes = whole.claimed, whole.true, whole.own, name, sizes
        self.size = max(np.abs(true).max() for true in whole.true)
        self.allowed = max(DIGITS * self.size, 5 * whole.error)

    def first(self):
        """The finding of the first question that has an answer, in a list."""
        if not self.size or self.allowed > 1e-4 * self.size or not all(np.isfinite(c).all() for c in self.claimed):
            return []
        questions = [self.added_up]
        if all(c.size == t.size for c, t in zip(self.claimed, self.true)):
            self.claimed = [c.reshape(t.shape) for c, t in zip(self.claimed, self.true)]
            questions += [self.clipped, self.rounded, self.unsigned, self.one_for_all, self.in_part]
        return next(filter(None, (question() for question in questions)), [])

    def added_up(self):
        """One number in the place of many: the sum or the mean of all."""
        if self.true[0].size < 2 or any(np.ptp(c) > 1e-9 * np.abs(c).max() for c in self.claimed):
            return []
        means, sums = (np.array([f(x) for x in xs]) for f, xs in ((np.mean, self.claimed), (np.sum, self.true)))
        c = means @ sums / max(sums @ sums, np.finfo(float).tiny)
        if not c or np.abs(means - c * sums).max() > self.allowed:
            return []
        mean = np.isclose(c, 1 / self.true[0].size, rtol=1e-5)
        times = "" if np.isclose(c, 1, rtol=1e-5) else f"{factor_named(c, self.sizes)} times "
        what = "the mean" if mean else f"{times}the sum"
        return self._say("averaged" if mean else "summed", f"The slope of {self.name} is one and the same number "
                         f"everywhere: {what} of the {self.true[0].size} true ones.", {"factor": float(c)})

    def clipped(self):
        """No number beyond a bound, and all others right."""
        bound = max(np.abs(c).max() for c in self.claimed)
        cut = sum((np.abs(t) > bound + self.allowed).sum() for t in self.true)
        if all(np.ptp(np.abs(c)) <= DIGITS * bound for c in self.claimed):
            return self._all_cut(bound)
        if cut and bound and self._all(lambda t: np.clip(t, -bound, bound)):
            return self._say("clipped", f"The slope of {self.name} is clipped, number by number, at ±{said(bound, 6)}; "
                             f"{cut} of {sum(t.size for t in self.true)} were beyond it at {len(self.true)} places.",
                             {"to": float(bound)})

    def _all_cut(self, bound):
        """One size everywhere, and signs that change and are right where it was looked: clipping cannot be told from
        keeping signs alone, nor whose signs they are elsewhere."""
        moving = any((np.sign(c) != np.sign(self.claimed[0])).any() for c in self.claimed)
        if bound and moving and self._all(lambda t: bound * np.sign(t)):
            codes = ("normalised", "clipped") if np.isclose(bound, 1) else ("clipped", "normalised")
            return self._say(codes[0], f"The slope of {self.name} holds nothing but ±{said(bound, 6)} at "
                             f"{len(self.true)} places, there with the right signs: the sizes are lost, as where signs "
                             "alone are kept, at the end or on the way back, where all is cut down to that, or in the "
                             "slope of an absolute error.", {"to": float(bound), "or": (*codes[1:], "other_loss")})

    def rounded(self):
        """Fractions cut off."""
        ways = {"rounded to whole numbers": (0, np.round), "cut off to whole numbers": (0, np.trunc),
                "rounded down": (0, np.floor),
                **{f"rounded to {d} decimals": (d, lambda t, d=d: np.round(t, d)) for d in range(1, 6)}}
        for how, (d, way) in ways.items():
            steps = sum(np.abs(c).sum() * 10 ** d for c in self.claimed)   # at each, a slope off by 1 % may part
            if steps >= TELLING and self._all(way):
                return self._say("rounded", f"The slope of {self.name} is {how}.")

    def unsigned(self):
        """Sizes without signs."""
        if self._all(np.abs) and any((true < -100 * self.allowed).any() for true in self.true):
            return self._say("unsigned", f"The slope of {self.name} has the right sizes, and no number below zero: the "
                             "signs are lost.")
        return []

    def one_for_all(self):
        """Each row, or column, holds the numbers of the first."""
        if self.true[0].ndim != 2 or min(self.true[0].shape) < 2:
            return []
        for axis, what in ((0, "row"), (1, "column")):
            for i in range(self.true[0].shape[axis]):
                if self._all(lambda t, i=i, axis=axis: np.broadcast_to(np.take(t, [i], axis), t.shape)):
                    return self._say("one_column", f"In every {what}, the slope of {self.name} holds what belongs "
                                     f"into {what} {i}.")

    def in_part(self):
        """Some numbers right at all places, the others zero; or one row, or column, right. What is zero by nature is
        neither."""
        right = np.all([np.abs(c - t) <= self.allowed for c, t in zip(self.claimed, self.true)], axis=0)
        telling = np.any([np.abs(t) > 100 * self.allowed for t in self.true], axis=0)
        alive = np.any([np.abs(t * self.own[0] - self.true[0] * own) > 100 * self.allowed * np.abs(self.own[0])
                        for t, own in zip(self.true, self.own)], axis=0)     # of which is seen more than weight decay
        zero = all(not c[~right].any() for c in self.claimed)
        line = right.ndim == 2 and telling.all() and _lines(right)
        if not (right & telling).any() or right.all() or (alive & ~right).any() and not (alive & right).any():
            return []
        if not (zero or line):
            return self._the_rest(right)
        where = _where(right) if telling.all() else f"{int((right & telling).sum())} of {right.size} numbers are"
        return self._say("one_column" if line else "in_part", f"In the slope of {self.name}, {where} right at "
                         f"{len(self.true)} places, and the others are {'zero' if zero else 'not'}.",
                         {"right": np.argwhere(right & telling).tolist(), "others_zero": zero})

    def _the_rest(self, right):
        """What the wrong numbers are, where the others are right: all alike or, where they are few, each for itself."""
        each = [~right & (np.arange(right.size).reshape(right.shape) == i) for i in np.flatnonzero(~right)[:FEW + 1]]
        for masks in ([~right], each if 1 < len(each) <= FEW else []):
            found = [self._alike(mask) for mask in masks]
            if found and all(found):
                told = "; and for ".join(f"{_numbers(mask)}: {words}" for mask, (words, _) in zip(masks, found))
                return [self._say(code, f"The slope of {self.name} is right except for {told}.", details)[0]
                        for _, parts in found for code, details in parts]
        return []

    def _alike(self, mask):
        """What some wrong numbers are, in words and as [(code, details)]: a factor, weight decay, both, or one number
        on top of all; or None."""
        claimed, true, own = (np.array([x[mask] for x in xs]) for xs in (self.claimed, self.true, self.own))
        ones, wrong = np.ones(true.shape), {"wrong": np.argwhere(mask).tolist()}
        for columns, fixed in (((true,), 0.0), ((own,), true), ((ones,), true), ((true, own), 0.0)):
            x = _multiples(claimed - fixed, columns) or []
            parts = [multiple * column for multiple, column in zip(x, columns)]
            off = np.abs(claimed - fixed - sum(parts)).max()
            if off <= self.allowed < min((np.abs(part).max() for part in parts), default=0.0) / 100:
                found = dict(zip(("factor" if c is true else "decay" if c is own else "offset" for c in columns), x))
                return self._words(found), [(code, wrong | self._details(code, c)) for code, c in found.items()]
        return None

    def _words(self, found):
        texts = {"factor": "{} times the true one", "decay": "{} times the parameter itself on top, as by weight decay",
                 "offset": "{} on top, always the same"}
        return " and ".join(texts[code].format(factor_named(c, self.sizes) if code == "factor" else said(c, 6))
                            for code, c in found.items())

    def _details(self, code, c):
        return factor_named(c, self.sizes).details if code == "factor" else {"rate" if code == "decay" else "by": c}

    def _all(self, way):
        return all(np.abs(way(t) - c).max() <= self.allowed for c, t in zip(self.claimed, self.true))

    def _say(self, code, text, details=None):
        return [Finding(code, (self.name,), text, details or {})]


def _multiples(claimed, columns):
    """The multiples of some columns that come closest to what is claimed; None where they are too few numbers to
    tell."""
    A = np.column_stack([column.ravel() for column in columns])
    if claimed.size < len(columns) + 3 or not np.abs(A).max(axis=0).all():
        return None
    return np.linalg.lstsq(A, claimed.ravel(), rcond=None)[0].tolist()


def _numbers(mask):
    return _where(mask).removeprefix("only ").rpartition(" ")[0]


def _where(right):
    if right.ndim == 2:
        for axis, what in ((1, "row"), (0, "column")):
            if (right.all(axis=axis) == right.any(axis=axis)).all():
                lines = np.flatnonzero(right.all(axis=axis))
                one = f"{what} {lines[0]} is"
                return one if len(lines) == 1 else f"{len(lines)} {what}s of {right.shape[1 - axis]} are"
    if right.sum() == 1:
        return f"only number {', '.join(str(int(i[0])) for i in np.nonzero(right))} is"
    return f"{int(right.sum())} of {right.size} numbers are"


def _lines(right):
    return any((right.all(axis=axis) == right.any(axis=axis)).all() and right.all(axis=axis).sum() == 1
               for axis in (0, 1))


def largest_error(measured, problem, model, suspects):
    """(k, place in it, claimed, measured) of the number with the largest error in some parameters, at the first place;
    of a large one, among those that are claimed to be largest and some more. None where it cannot be said."""
    found = []
    for k in suspects:
        place = measured.places[0]
        claimed = place.claimed[k]
        if claimed.size != place.at[k].size or not np.isfinite(claimed).all():
            continue
        claimed = claimed.reshape(place.at[k].shape)
        try:
            true = model.gradient(place.at)[k] if model else _some(measured, problem, place, k, claimed)
        except (OutOfBudget, Stopped):
            continue
        off = np.nan_to_num(np.abs(claimed - true), nan=-1.0)
        index = np.unravel_index(np.argmax(off), off.shape)
        found.append((float(off[index]), k, tuple(map(int, index)), float(claimed[index]), float(true[index])))
    return max(found)[1:] if found and max(found)[0] > 0 else None


def _some(measured, problem, place, k, claimed):
    size, allowed = claimed.size, min(LOOKED_AT, problem.left(spare=False) // COSTS)
    order = np.argsort(-np.abs(claimed), axis=None)
    rest = measured.rng.permutation(order[allowed // 2:])
    chosen = order if size <= allowed else np.concatenate([order[:allowed // 2], rest[:allowed - allowed // 2]])
    places = [np.unravel_index(i, claimed.shape) for i in chosen]
    return by_coordinates(problem, place.at, k, place.noise, measured.size(k), places)[0]
