"""The reader's model, rebuilt from parameters and data: layers in a row, as in linear, logistic and softmax
regression, and in networks. Believed only if it gives the reader's own loss, to nine digits, at more places than it has
unknowns.
"""

from dataclasses import dataclass, field
from itertools import combinations, product
from typing import NamedTuple

import numpy as np

from .activations import ACTIVATIONS, GUARDED, HEADS, HIDDEN
from .problem import OutOfBudget, Stopped

DIGITS = 1e-9
MORE = 5            # places beyond the number of unknowns
LAYERS, PARAMETERS, FEW_PLACES = 5, 12, 4
FEW = 4             # parameters that may be decayed in part


class Layer(NamedTuple):
    """The places of its weights and of its bias (or None) among the parameters; turned: weights are (to, from); ones:
    "first" or "last" where the bias is one of the weights, that of a column of ones, else ""."""

    W: int
    b: int | None
    turned: bool
    ones: str


class Wiring(NamedTuple):
    """How parameters and data make z: X (n, d) and Y (n, k) with examples as rows, the layers, and where they come
    from."""

    X: np.ndarray
    Y: np.ndarray
    layers: tuple
    names: tuple
    columns: bool


@dataclass
class Model:
    """A model whose loss is the reader's: wiring, activations of the hidden layers, head; the constant in front of the
    sum, and [(k, mask, rate)] of weight decay: loss = constant x sum + sum of rate x squares of parameter k[mask]."""

    wiring: Wiring
    activations: tuple
    head: object
    head_name: str
    constant: float
    rates: list = field(default_factory=list)

    def __str__(self):
        hidden = len(self.activations)
        kind = "linear" if self.head.output == "identity" else self.head.output
        what = (f"a network with {hidden} hidden layer{'s' * (hidden > 1)} of "
                f"{' and '.join(dict.fromkeys(self.activations))}"
                if hidden else f"one layer ({kind})")
        return f"{what}, {self.head_name}"

    def values(self, place):
        """(z of each layer, h of each layer from X on)."""
        return _values(self.wiring, place, self.activations)

    def gradient(self, place):
        """The slopes, in the shapes of the parameters."""
        zs, hs = self.values(place)
        delta, slopes = self.constant * self.head.delta(zs[-1], self.wiring.Y), [np.zeros(p.shape) for p in place]
        for level in range(len(zs) - 1, -1, -1):
            for k, slope in self.slopes_of_layer(level, hs[level], delta, place):
                slopes[k] = slope
            if level:
                act = ACTIVATIONS[self.activations[level - 1]]
                delta = delta @ self.weights(level, place).T * act.slope(zs[level - 1])
        return [slope + decay for slope, decay in zip(slopes, self.decay(place))]

    def decay(self, place):
        """The slopes of the weight decay alone."""
        slopes = [np.zeros(p.shape) for p in place]
        for k, mask, rate in self.rates:
            slopes[k][mask] += 2 * rate * place[k][mask]
        return slopes

    def slopes_of_layer(self, level, h, delta, place):
        """(place among the parameters, slope) for weights and bias of a layer, from what went in and delta."""
        layer = self.wiring.layers[level]
        dW = entering(layer, h).T @ delta
        yield layer.W, (dW.T if layer.turned else dW).reshape(place[layer.W].shape)
        if layer.b is not None:
            yield layer.b, delta.sum(axis=0).reshape(place[layer.b].shape)

    def weights(self, level, place):
        """The weights of a layer as (from, to), without those of ones."""
        layer = self.wiring.layers[level]
        W = matrix(place[layer.W], layer.turned)
        return W[{"": slice(None), "first": slice(1, None), "last": slice(-1)}[layer.ones]]

    def layer_of(self, k):
        """The layer to which a parameter belongs."""
        return next(level for level, layer in enumerate(self.wiring.layers) if k in (layer.W, layer.b))


def rebuilt(problem, measured):
    """The `Model` that gives the reader's loss, or None."""
    wirings = list(_wirings(problem)) if len(problem) <= PARAMETERS else []
    if not wirings:
        return None
    try:
        places, losses = _samples(problem, measured)
    except (OutOfBudget, Stopped):
        return None
    samples = Samples(places, losses, _pieces(problem.start))
    for likely in (True, False):
        for wiring in wirings:
            for activations in _activations(len(wiring.layers) - 1, wiring.X.size):
                model = None if likely and not _likely(wiring, activations, samples) else _fitted(wiring, activations,
                                                                                                  samples)
                if model is not None:
                    return model
    return None


def _likely(wiring, activations, samples):
    """Whether one constant gives the loss at a few places, with one rate of weight decay on the weights, on all
    parameters, or on none: most models are found by that."""
    few = slice(FEW_PLACES)
    zs = [_values(wiring, place, activations)[0][-1] for place in samples.places[few]]
    losses, squares, decayed = samples.losses[few], samples.squares[few], {layer.W for layer in wiring.layers}
    beside = [0 * losses, squares @ [float(k in decayed) for k, _ in samples.pieces], squares.sum(axis=1)]
    beside = [s / max(np.linalg.norm(s), np.finfo(float).tiny) for s in beside]
    bases = (np.array([head.loss(z, wiring.Y) for z in zs]) for head in HEADS.values())
    return any(_proportional(base, losses, s) for base in bases if base.any() for s in beside)


def _proportional(a, b, beside):
    """Whether a is a multiple of b, but for a multiple of a unit vector."""
    a, b = (x / np.linalg.norm(x) for x in (a, b))
    a, b = (x - beside * (beside @ x) for x in (a, b))
    return np.abs(a * (b @ b) - b * (a @ b)).max() <= DIGITS


def _pieces(params):
    """(k, mask) for the pieces of parameters that weight decay may leave out: the first row or column, and the rest."""
    if len(params) > FEW:
        return [(k, np.ones(p.shape, bool)) for k, p in enumerate(params)]
    return [(k, mask) for k, p in enumerate(params) for mask in _cut(p) if mask.any()]


def _cut(p):
    first = np.zeros(p.shape, bool)
    if p.ndim == 0:
        return [~first]
    first[:1] = True
    if p.ndim == 1:
        last = np.arange(len(p)) == len(p) - 1
        return [first, last & ~first, ~first & ~last]
    left = np.zeros(p.shape, bool)
    left[:, :1] = True
    return [first & left, first & ~left, left & ~first, ~first & ~left]


class Samples:
    """Places, the losses there, and the squares of all pieces of parameters there, which weight decay may add."""

    def __init__(self, places, losses, pieces):
        self.places, self.losses, self.pieces = places, losses, pieces
        self.squares = np.array([[np.sum(place[k][mask] ** 2) for k, mask in pieces] for place in places])
        self.basis = np.linalg.qr(self.squares / np.abs(self.squares).max(axis=0).clip(1e-300))[0]
        self.rest = self.without_decay(losses)

    def without_decay(self, x):
        """What no weight decay can explain."""
        return x - self.basis @ (self.basis.T @ x)


def _samples(problem, measured):
    places = [problem.start] + [
        [array + 0.15 * measured.size(k) * measured.rng.standard_normal(array.shape)
         for k, array in enumerate(problem.start)] for _ in range(len(_pieces(problem.start)) + MORE)]
    losses = np.array([problem.loss_at(place) for place in places])
    finite = np.isfinite(losses)
    return [place for place, fine in zip(places, finite) if fine], losses[finite]


def _activations(hidden, size):
    """Which activations to try: the same in all hidden layers; then, where that is cheap, any."""
    same = [(name,) * hidden for name in HIDDEN]
    yield from same if hidden else [()]
    if hidden == 2 and size < 20_000 or hidden == 3 and size < 2000:
        yield from (each for each in product(HIDDEN[:5 if hidden == 3 else 8], repeat=hidden) if each not in same)


def _fitted(wiring, activations, samples):
    zs = [_values(wiring, place, activations)[0][-1] for place in samples.places]
    if not all(np.isfinite(z).all() for z in zs):
        return None
    for names in (HEADS, GUARDED):
        for name, head in names.items():
            found = _fit(np.array([head.loss(z, wiring.Y) for z in zs]), samples)
            if found is not None:
                return Model(wiring, activations, head, name, *found)
        if not _roughly(zs, wiring.Y, samples):
            return None
    return None


def _roughly(zs, Y, samples):
    """Whether a cross-entropy comes so close that a small number inside its logarithm may be what is missing."""
    return any(_fit(np.array([HEADS[f"cross-entropy of a {output}"].loss(z, Y) for z in zs]), samples, 1e-3) is not None
               for output in ("sigmoid", "softmax"))


def _fit(base, samples, digits=DIGITS):
    """(constant, [(k, mask, rate)]) with losses = constant x base + rates x squares, or None."""
    if not np.isfinite(base).all() or not base.any():
        return None
    losses, size = samples.losses, np.abs(samples.losses).max()
    constant = base @ losses / (base @ base)
    if constant and np.abs(constant * base - losses).max() <= digits * size:
        return float(constant), []
    rest = samples.without_decay(base)
    constant = rest @ samples.rest / max(rest @ rest, np.finfo(float).tiny)
    if np.abs(constant * rest - samples.rest).max() > digits * size or abs(constant) * np.abs(base).max() < 1e-6 * size:
        return None
    if np.abs(rest).max() < 1e-6 * np.abs(base).max() or len(losses) <= samples.squares.shape[1] + 3:
        return None
    scale = np.abs(samples.squares).max(axis=0).clip(1e-300)
    rates = np.linalg.lstsq(samples.squares / scale, losses - constant * base, rcond=None)[0]
    return float(constant), [(*samples.pieces[i], float(rate / scale[i])) for i, rate in enumerate(rates)
                             if abs(rate) > max(1e-7, 10 * digits) * size]


# ------------------------------------------------------------------------------- wirings

def _values(wiring, place, activations):
    hs, zs = [wiring.X], []
    for level, layer in enumerate(wiring.layers):
        z = entering(layer, hs[-1]) @ matrix(place[layer.W], layer.turned)
        zs.append(z if layer.b is None else z + place[layer.b].reshape(1, -1))
        if level < len(activations):
            hs.append(ACTIVATIONS[activations[level]].of(zs[-1]))
    return zs, hs


def entering(layer, h):
    """What goes into a layer: the values before it, and ones where they belong."""
    ones = np.ones((len(h), 1))
    return h if not layer.ones else np.hstack([ones, h] if layer.ones == "first" else [h, ones])


def matrix(W, turned):
    """Weights as (from, to)."""
    W = W if W.ndim == 2 else W.reshape(-1, 1)
    return W.T if turned else W


def _wirings(problem):
    """All ways in which the data can go through the parameters, with shapes that fit."""
    arrays = {name: np.asarray(value) for name, value in problem.data.items()
              if np.ndim(value) <= 2 and np.asarray(value).dtype.kind in "fiub"}
    arrays = {name: value.astype(float) for name, value in arrays.items() if np.isfinite(value).all()}
    pairs = [(a, b) for a, b in product(arrays, arrays) if a != b]
    seen = set()
    for a, b in sorted(pairs, key=lambda pair: arrays[pair[0]].size < arrays[pair[1]].size):
        for X, columns in _inputs_of(arrays[a]):
            for layers, width in _chains(problem.start, X.shape[1]):
                for Y in _targets_of(arrays[b], len(X), width, columns):
                    key = (a, b, X.shape, layers, Y.shape, columns)
                    if key not in seen:
                        seen.add(key)
                        yield Wiring(X, Y, layers, (a, b), columns)


def _inputs_of(X):
    """X with examples as rows, and whether they were columns."""
    if X.ndim == 0:
        X = X.reshape(1, 1)
    forms = [(X, False), (X.T, True)] if X.ndim == 2 else [(X[:, None], False), (X[None], False)]
    yield from forms


def _targets_of(y, n, k, columns):
    """Targets as (n, k): numbers, or whole numbers that name a class."""
    if y.size == n * k and (y.ndim < 2 or y.shape in ((n, k), (k, n))):
        if y.ndim < 2 or k == 1 or n == 1 or y.shape == (n, k) and not columns:
            yield y.reshape(n, k)
        if y.ndim == 2 and y.shape == (k, n) and columns:
            yield y.T
    labels = y.ravel()
    if y.size == n and k > 1 and (labels == labels.round()).all() and labels.min() >= 0 and labels.max() < k:
        yield np.eye(k)[labels.astype(int)]


def _chains(params, d):
    """(layers, width) for every choice of weights among the parameters; the others are biases, in the same order."""
    for count in range(1, min(len(params), LAYERS) + 1):
        for chosen in combinations(range(len(params)), count):
            biases = [k for k in range(len(params)) if k not in chosen]
            if len(biases) in (0, count):
                for layers, width in _turned(params, chosen, biases or [None] * count, d):
                    yield tuple(layers), width


def _turned(params, chosen, biases, width):
    """All ways to read these weights as (from, to) or (to, from)."""
    if not chosen:
        yield [], width
        return
    W, b = params[chosen[0]], biases[0]
    for ones in ("",) if b is not None else ("", "first", "last"):
        for turned, to in _readings(W, width + bool(ones)):
            if b is None or params[b].size == to:
                for rest, last in _turned(params, chosen[1:], biases[1:], to):
                    yield [Layer(chosen[0], b, turned, ones), *rest], last


def _readings(W, width):
    if W.ndim == 2:
        if W.shape[0] == width:
            yield False, W.shape[1]
        if W.shape[1] == width and W.shape != (1, 1):
            yield True, W.shape[0]
    elif W.ndim < 2 and W.size == width:
        yield False, 1
