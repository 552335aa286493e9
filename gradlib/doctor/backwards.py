"""Which wrong way back through the rebuilt model gives the slopes that are claimed.

Slips are first compared along a few directions at one place, where most are ruled out at a glance; those that are left,
number by number at all places. A constant and a multiple of the parameter (weight decay) are solved for, once, and have
to be the same at all places.
"""

from functools import cached_property
from itertools import product
from typing import NamedTuple

import numpy as np

from ..wording import said
from .models import entering, matrix
from .report import Finding
from .simple import constant_finding, decay_finding
from .slips import Slip, Way, beginnings, own_lines, ways_back
from .words import factor_named

DIGITS, FEW, ALL = 1e-6, 12, slice(None)
ENOUGH = 4       # numbers, from which on a constant without a name is no chance
OFTEN = {"slope_missing", "other_loss", "error_other", "slope_twice", "slope_argument"}
OTHER = "the loss is "
NOTHING = 1e-10      # of the true slope's size: less is rounding
LARGEST = 200_000    # numbers in a table with a row for each example


class Explained(NamedTuple):
    """Slips that together give what is claimed, times a constant; a multiple of the parameter on top; and how often the
    loss's own weight decay is in it, once or not at all."""

    slips: tuple
    factor: float
    rate: float
    kept: float

    @property
    def weight(self):
        """Simpler explanations weigh less."""
        natural = self.slips[0].code == "other_loss" or np.isclose(abs(self.factor), 1, rtol=1e-5)
        return len(self.slips), not natural


class Backwards:
    """What is claimed for the parameters of a model, beside every wrong way back."""

    def __init__(self, model, measured, problem, sizes):
        self.model, self.problem, self.sizes = model, problem, sizes
        self.ways = [Way(model, place.at, place.claimed) for place in measured.places]
        self.measured, self.known = measured, {}   # known: the slips on the way to a layer, by its place

    @cached_property
    def further(self):
        """Ways at places further off."""
        return [Way(self.model, at, claimed) for at, claimed in self.measured.further
                if all(np.isfinite(array).all() for array in claimed)]

    def explain(self, k):
        """The `Finding`s for parameter k, or []."""
        claimed = [way.claimed[k] for way in self.ways]
        own = self.problem.start[k]
        if any(array.size != own.size or not np.isfinite(array).all() for array in claimed):
            return []
        if all(np.allclose(np.abs(array), np.abs(claimed[0])) for array in claimed):
            return []     # what is the same everywhere, but for signs, came no way back
        if any(np.abs(array).max() <= NOTHING * np.abs(self.model.gradient(way.place)[k]).max()
               for array, way in zip(claimed, self.ways)):
            return []
        plain = self._fit((), k)
        if plain and plain.kept and self._holds_further(plain, k):
            return [] if plain.rate else self._plainly(k, plain.factor)
        for group in (self._singly, self._on_top, self._moved, self._rows, self._doubly):
            found = self._best(group(k), k)
            if found:
                return found
        return []

    def _plainly(self, k, factor):
        """A constant times the true slope, or times all of it but the weight decay: no slip."""
        before = "Apart from the slope of the weight decay, which is right, " * bool(self.ways[0].decay[k].any())
        constant = factor_named(factor, self.sizes, 1e-7)
        return [] if abs(factor - 1) < 1e-5 else [constant_finding(self.problem.names[k], constant, self.sizes, before)]

    # ------------------------------------------------------------------------- candidates

    def _singly(self, k):
        """One slip between the loss and this parameter."""
        level = self.model.layer_of(k)
        last = len(self.model.wiring.layers) - 1
        yield from ((slip,) for slip in beginnings(self.model))
        yield from self._ways(level, last)
        if last - level > 1:
            yield from self._everywhere(level, last)
        yield from self._inputs(k, level)

    def _everywhere(self, level, last):
        """The same slip in all hidden layers on the way."""
        for slips in zip(*(list(ways_back(self.model, at)) for at in range(level + 1, last + 1))):
            if len({slip.code for slip in slips}) == 1:
                yield tuple(slip._replace(details=slip.details | {"at": level + 1 + i}) for i, slip in enumerate(slips))

    def _on_top(self, k):
        """What is known of the way to the layer above, and one slip more: so that any number of slips is found."""
        level = self.model.layer_of(k)
        above = min((at for at in self.known if at > level), default=None)
        if above is None:
            return
        begun = self.known[above]
        yield begun
        yield from ((*begun, slip) for (slip,) in self._ways(level, above))
        yield from ((*begun, slip) for (slip,) in self._inputs(k, level))

    def _doubly(self, k):
        """Two slips: one at the beginning and one on the way, or one of them in the last line."""
        level, last = self.model.layer_of(k), len(self.model.wiring.layers) - 1
        begins = [(slip,) for slip in beginnings(self.model)
                  if slip.code in OFTEN and slip.details.get("of") != "the output itself"]
        middles = [(slip,) for (slip,) in self._ways(level, last) if slip.code in OFTEN]
        owns = list(self._inputs(k, level))
        for first, second in [*product(begins, middles + owns), *product(middles, owns)]:
            yield first + second

    def _ways(self, level, above):
        for at in range(level + 1, above + 1):
            yield from ((slip._replace(details=slip.details | {"at": at}),) for slip in ways_back(self.model, at))

    def _inputs(self, k, level):
        if self._is_weights(k):
            yield from ((slip,) for slip in own_lines(self.model, level))

    def _delta(self, way, slips, level):
        """delta of that layer, with these slips."""
        begin = next((s for s in slips if "at" not in s.details and not s.details.get("own")), None)
        delta = self.model.constant * (begin.way(way) if begin else way.start())
        for at in range(len(way.zs) - 1, level, -1):
            slip = next((s for s in slips if s.details.get("at") == at), None)
            delta = slip.way(way, delta) if slip else way.back(at, delta)
        return delta

    def _slope(self, way, slips, k, units=ALL):
        """The slope of parameter k with these slips, in a row; of weights, only what comes from some units."""
        level = self.model.layer_of(k)
        delta, h = self._delta(way, slips, level), self._input(way, slips, level)
        if h.shape != way.hs[level].shape or np.shape(delta) != way.zs[level].shape:
            return np.full(1, np.nan)
        h = entering(self.model.wiring.layers[level], h)
        return (h[:, units].T @ delta if self._is_weights(k) else delta.sum(axis=0)).ravel()

    def _flat(self, array, k, units=ALL):
        """An array in the shape of parameter k in the same order."""
        layer = self.model.wiring.layers[self.model.layer_of(k)]
        array = array.reshape(self.problem.start[k].shape)
        return (matrix(array, layer.turned)[units] if layer.W == k else array).ravel()

    def _input(self, way, slips, level):
        own = next((s for s in slips if s.details.get("own")), None)
        return own.way(way) if own else way.hs[level]

    def _is_weights(self, k):
        return any(layer.W == k for layer in self.model.wiring.layers)

    # ------------------------------------------------------------------------- comparing

    def _best(self, candidates, k):
        """The findings of the simplest among the candidates that give what is claimed."""
        fits = []
        for slips in candidates:
            fit = self._fit(slips, k)
            if fit and (not fits or fit.weight <= min(f.weight for f in fits)):
                fits.append(fit)
        fits = [fit for fit in fits if fit.weight == min(f.weight for f in fits) and self._holds_further(fit, k)]
        # close to zero, an activation of what comes back is what comes back
        fits = [fit for fit in fits if not any("at what" in slip.details for slip in fit.slips)] or fits
        if fits:
            self.known.setdefault(self.model.layer_of(k), tuple(s for s in fits[0].slips if not s.details.get("own")))
        return self._told(fits, k) if fits else []

    def _holds_further(self, fit, k):
        return all(self._holds(way, fit.slips, k, fit.factor, fit.rate, fit.kept) for way in self.further)

    def _fit(self, slips, k):
        """`Explained`, if these slips give what is claimed: first at one place, of weights from a few units only."""
        way = self.ways[0]
        few = slice(0, FEW)
        slope = self._slope(way, slips, k, few)
        if not np.isfinite(slope).all() or not slope.any():
            return None
        found = _solved(*(self._flat(array, k, few) for array in (way.claimed[k], way.place[k], way.decay[k])), slope)
        if found is None or not all(self._holds(other, slips, k, *found) for other in self.ways):
            return None
        fit = Explained(slips, *map(float, found))
        few = slips and (way.claimed[k].size < ENOUGH or slips[0].code == "one_example")
        return None if few and not factor_named(self._constant(fit), self.sizes, 1e-7).known else fit

    def _holds(self, way, slips, k, factor, rate, kept):
        claimed, own, decay = (self._flat(array, k) for array in (way.claimed[k], way.place[k], way.decay[k]))
        off = claimed - factor * self._slope(way, slips, k) - rate * own - kept * decay
        return bool(np.abs(off).max() <= DIGITS * np.abs(claimed).max())

    # ------------------------------------------------------------------------- special groups

    def _moved(self, k):
        """Weights that had moved already on the way back: with which step size?"""
        level = self.model.layer_of(k)
        if level + 1 >= len(self.model.wiring.layers):
            return
        above = min((at for at in self.known if at > level), default=None)
        begun_above = tuple(slip for slip in self.known.get(above, ()) if "at" not in slip.details)
        for begun in [(), begun_above] if begun_above else [()]:
            step = self._step(k, level + 1, begun)
            if step is not None:
                yield (*begun, *self._moving(step, level))

    def _moving(self, step, level):
        layers = self.model.wiring.layers
        names = [self.problem.names[layers[at].W] for at in range(level + 1, len(layers))]
        words = (f"{' and '.join(names)} had already moved by a step of size {said(step, 6)} when the slope went "
                 "back through them")
        return tuple(Slip("moved", words, {"at": at, "step_size": step},
                          lambda w, d, at=at: w.back(at, d, weights=self._after(w, at, step)))
                     for at in range(level + 1, len(layers)))

    def _after(self, way, at, step):
        layer = self.model.wiring.layers[at]
        moved = list(way.place)
        moved[layer.W] = way.place[layer.W] - step * way.claimed[layer.W].reshape(way.place[layer.W].shape)
        return self.model.weights(at, moved)

    def _step(self, k, at, begun):
        """The step size that fits at the first place, by Newton's rule on the squared distance; None if none does."""
        way, layers = self.ways[0], self.model.wiring.layers
        if any(way.claimed[layer.W].size != way.place[layer.W].size for layer in layers[at:]):
            return None
        claimed = self._flat(way.claimed[k] - way.decay[k].reshape(way.claimed[k].shape), k)

        def off(step):
            return self._slope(way, (*begun, *self._moving(step, at - 1)), k) - claimed
        return root(off)

    def _rows(self, k):
        """Only some of the examples: one, the first few, the last few, or all but one."""
        way, level = self.ways[0], self.model.layer_of(k)
        n = len(way.z)
        if n < 2 or n > 2000:
            return
        delta = self._delta(way, (), level)
        contributions = self._contributions(way, k, level, delta)
        claimed = way.claimed[k].ravel() - way.decay[k].ravel()
        for words, rows, code in _selections(contributions, claimed, n):
            yield (Slip(code, words, {"rows": rows}, lambda w, rows=rows: w.start() * _mask(len(w.z), rows)),)

    def _contributions(self, way, k, level, delta):
        """(n, size): what each example adds to the slope of parameter k, along at most a few directions."""
        if way.place[k].size * len(delta) > LARGEST:
            return np.zeros((len(delta), 0))
        rows = [slice(i, i + 1) for i in range(len(delta))]
        return np.array([dict(self.model.slopes_of_layer(level, way.hs[level][row], delta[row], way.place))[k].ravel()
                         for row in rows])

    # ------------------------------------------------------------------------- telling

    def _told(self, fits, k):
        """One finding for each slip, all with one text; where several explain equally, joined by "or"."""
        name = self.problem.names[k]
        words = list(dict.fromkeys(map(self._words, fits)))
        text = f"The slope of {name} is what comes out when {', or when '.join(words)}."
        if all(word.startswith(OTHER) and len(fit.slips) == 1 for word in words for fit in fits):
            text = f"The slope of {name} is that of another loss: {' or '.join(w.removeprefix(OTHER) for w in words)}."
        codes = dict.fromkeys(slip.code for fit in fits for slip in fit.slips)
        found = [Finding(slip.code, (name,), text,
                         _details(slip, [c for c in codes if c != slip.code and len(fits) > 1]))
                 for fit in fits for slip in fit.slips]
        found += self._constants(fits[0], name, text) if len({self._words(fit) for fit in fits}) == 1 else []
        size = max(np.abs(self.ways[0].claimed[k]).max(), np.finfo(float).tiny)
        if abs(fits[0].rate) * np.abs(self.ways[0].place[k]).max() > 1e-5 * size:
            found.append(decay_finding(name, fits[0].rate, "Next to that"))
        if not fits[0].kept:
            found.append(Finding("decay", (name,), f"Next to that, the slope of {name} lacks that of the weight decay.",
                                 {"rate": -2 * max(r for at, _, r in self.model.rates if at == k), "is": "missing"}))
        return list({finding.code: finding for finding in reversed(found)}.values())[::-1]

    def _words(self, fit):
        words = " and ".join(dict.fromkeys(slip.words for slip in fit.slips))
        constant = factor_named(self._constant(fit), self.sizes, 1e-7)
        if fit.slips[0].code == "other_loss":
            n = len(self.model.wiring.Y)
            return words + ("" if np.isclose(constant.value, 1, rtol=1e-5) else ", averaged over the examples"
                if np.isclose(constant.value, 1 / n, rtol=1e-5) else f", {constant} times its sum over all examples")
        return words if np.isclose(constant.value, 1, rtol=1e-5) else f"{words}, times {constant}"

    def _constant(self, fit):
        """The factor; of the gradient of another loss, the constant in front of that."""
        slip, n = fit.slips[0], len(self.model.wiring.Y)
        alone = fit.factor * len(slip.details.get("rows", ())) / n     # the mean over some examples alone
        if np.isclose(alone, 1, rtol=1e-5):
            return alone
        return fit.factor * (self.model.constant if slip.code == "other_loss" else 1.0)

    def _constants(self, fit, name, text):
        constant = factor_named(self._constant(fit), self.sizes, 1e-7)
        if fit.slips[0].code == "other_loss":
            return [Finding("sign", (name,), text, constant.details)] if constant.value < 0 else []
        if np.isclose(constant.value, 1, rtol=1e-5):
            return []
        return [Finding("sign" if np.isclose(constant.value, -1, rtol=1e-5) else "factor", (name,), text,
                        constant.details)]


def _details(slip, others):
    kept = {key: value for key, value in slip.details.items() if key not in ("at", "own")}
    return kept | ({"or": tuple(others)} if others else {})


def _mask(n, rows):
    kept = np.zeros((n, 1))
    kept[list(rows)] = 1.0
    return kept


def _selections(parts, claimed, n):
    """(words, rows, code) of examples whose parts, added up, point along what is claimed."""
    if not parts.size or parts.shape[1] < 1:
        return
    sums, whole = np.cumsum(parts, axis=0), parts.sum(axis=0)
    for i in np.flatnonzero(_along(parts, claimed)):
        which = "the first" if i == 0 else "the last" if i == n - 1 else f"number {i}"
        yield f"only one example counts, {which}", (int(i),), "one_example"
    for m in np.flatnonzero(_along(sums, claimed)[1:-1]) + 2:
        yield f"only the first {m} of {n} examples count", tuple(range(m)), "some_examples"
    for m in np.flatnonzero(_along(whole - sums, claimed)[:-2]) + 1:
        yield f"only the last {n - m} of {n} examples count", tuple(range(m, n)), "some_examples"
    for i in np.flatnonzero(_along(whole - parts, claimed)) if n > 2 else ():
        yield f"example {i} of 0 to {n - 1} is left out", tuple(j for j in range(n) if j != i), "some_examples"


def _along(rows, claimed):
    """Which rows are a multiple of what is claimed."""
    squares = (rows ** 2).sum(axis=1)
    c = rows @ claimed / np.where(squares > 0, squares, np.inf)
    return (np.abs(c[:, None] * rows - claimed).max(axis=1) <= DIGITS * np.abs(claimed).max()) & (squares > 0)


def _solved(claimed, own, decay, slope):
    """(factor, rate, kept) with claimed = factor x slope + rate x own + kept x decay, or None."""
    size = np.abs(claimed).max()
    for kept in (1.0, 0.0) if decay.any() else (1.0,):
        rest = claimed - kept * decay
        factor = rest @ slope / (slope @ slope)
        if factor and np.abs(rest - factor * slope).max() <= DIGITS * size:
            return factor, 0.0, kept
    if len(claimed) < 4 or not own.any():
        return None
    x, *_ = np.linalg.lstsq(np.column_stack([slope, own]), claimed - decay, rcond=None)
    off = np.abs(claimed - decay - x[0] * slope - x[1] * own).max()
    return (x[0], x[1], 1.0) if off <= DIGITS * size < np.abs(x[0] * slope).max() else None


def root(off, digits=1e-9):
    """The number t > 0 at which a vector off(t) is zero, by Gauss and Newton from 0; None if none is found.

    The slope of off is taken by a secant, for off may be measured by nudges itself.
    """
    t, here = 0.0, off(0.0)
    size, move = np.abs(here).max(), 1e-4
    for turn in range(12):
        there = off(t + move)
        if not np.isfinite(there).all():
            return None
        slope = (there - here) / move
        t, here = t + move, there
        if np.abs(here).max() <= digits * size or not slope.any() or turn == 4 and np.abs(here).max() > 0.1 * size:
            break
        move = -(here @ slope) / (slope @ slope)
        if abs(move) <= 1e-15 * abs(t) or abs(t) > 1e4:
            break
    return float(t) if t > 0 and np.abs(here).max() <= digits * size else None
