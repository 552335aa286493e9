"""Wrong ways back through a rebuilt model, each with the words for it.

A slip sits in one of three steps: where the loss begins to go back (the error of the last layer), on the way through a
hidden layer (its weights and the slope of its activation), or in the line of one parameter.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .activations import ACTIVATIONS, HEADS, LEAKS, outputs

SMOOTH = {"tanh", "sigmoid"}
OTHERS = SMOOTH | {"relu", "softplus", "leaky relu (0.01)"}   # whose slopes are taken for another's
LEAKY = {f"leaky relu ({a:g})" for a in LEAKS}


class Slip(NamedTuple):
    """code, words (what comes out when ...), details; `way` makes of the right thing the wrong one."""

    code: str
    words: str
    details: dict
    way: Callable


class Way:
    """All values of a model at one place, from which slips are made."""

    def __init__(self, model, place, claimed):
        self.model, self.place, self.claimed = model, place, claimed
        self.zs, self.hs = model.values(place)
        self.decay = model.decay(place)
        self.Y, self.z, self.head = model.wiring.Y, self.zs[-1], model.head
        self.p = outputs(self.head, self.z)

    def claimed_weights(self, level):
        """The slopes that are claimed for the weights of a layer, in the place of the weights."""
        k = self.model.wiring.layers[level].W
        place = list(self.place)
        right = self.claimed[k].size == place[k].size
        place[k] = self.claimed[k].reshape(place[k].shape) if right else place[k] * np.nan
        return self.model.weights(level, place)

    def start(self):
        """delta of the last layer, without the constant before the loss."""
        return self.head.delta(self.z, self.Y)

    def back(self, level, delta, weights=None, slope=None):
        """From delta of one layer to that of the layer before."""
        W = self.model.weights(level, self.place) if weights is None else weights
        name = self.model.activations[level - 1]
        return delta @ W.T * (ACTIVATIONS[name].slope(self.zs[level - 1]) if slope is None else slope)


# ------------------------------------------------------------------------------- where it begins

def beginnings(model):
    """Slips in the error of the last layer."""
    if model.head.by_output is not None and model.head.output != "identity":
        yield from _slopes_of_the_output(model.head)
    yield from _errors(model.head)
    yield from _other_losses(model)
    outputs_ = model.wiring.Y.shape[1]
    for j in range(outputs_ if 1 < outputs_ <= 20 else 0):
        yield Slip("one_output", f"only output {j} counts", {"output": j},
                   lambda w, j=j: w.start() * (np.arange(w.z.shape[1]) == j))


def _slopes_of_the_output(head):
    name = head.output
    yield Slip("slope_missing", f"the slope of the {name} at the end is left out", {"layer": "output", "of": name},
               lambda w: head.by_output(w.p, w.Y))
    if name == "softmax":
        yield Slip("slope_other", "the softmax at the end gets the slope p (1 − p) of a sigmoid, number by number",
                   {"layer": "output", "of": "sigmoid"}, lambda w: head.by_output(w.p, w.Y) * w.p * (1 - w.p))
        yield Slip("slope_other", "the softmax at the end gets p for a slope, number by number",
                   {"layer": "output", "of": "p"}, lambda w: head.by_output(w.p, w.Y) * w.p)
        return
    yield from _other_slopes(name, "at the end", {"layer": "output"},
                             lambda w, slope: head.by_output(w.p, w.Y) * slope(w), lambda w: w.z, lambda w: w.p)


def _formulas(name):
    """Slopes as people write them, in terms of the value h, each with a slip of sign, square or factor."""
    return {"1 + h²": lambda h: 1 + h * h, "−h²": lambda h: -h * h, "h² − 1": lambda h: h * h - 1,
            "1 − h": lambda h: 1 - h, "h (1 + h)": lambda h: h * (1 + h), "h": lambda h: h,
            "(1 − h)²": lambda h: (1 - h) ** 2, "1 − 2h²": lambda h: 1 - 2 * h * h, "1 / h": lambda h: 1 / h,
            "h² (1 − h)": lambda h: h * h * (1 - h)}


def _other_slopes(name, where, details, make, z, h):
    """The slope of one activation done otherwise: twice, of another one, of the wrong argument."""
    act = ACTIVATIONS[name]
    yield Slip("slope_twice", f"the slope of the {name} {where} is multiplied in twice", details | {"of": name},
               lambda w: make(w, lambda w: act.slope(z(w)) ** 2))
    yield Slip("slope_argument", f"the slope of the {name} {where} is taken at the {name}'s value, and not at what "
               "goes into it", details | {"of": name}, lambda w: make(w, lambda w: act.slope(h(w))))
    yield Slip("slope_argument", f"the slope of the {name} {where}, written with its value h, gets what goes into it",
               details | {"of": name}, lambda w: make(w, lambda w: act.by_value(z(w))))
    for formula, slope in _formulas(name).items():
        yield Slip("slope_other", f"the {name} {where} gets {formula} for a slope, with its value h", details | {
            "of": formula}, lambda w, slope=slope: make(w, lambda w: slope(h(w))))
    for other in sorted((OTHERS | LEAKY if name in LEAKY else OTHERS) - {name}):
        slope, by_value = ACTIVATIONS[other][1:]
        yield Slip("slope_other", f"the {name} {where} gets the slope of {other}", details | {"of": other},
                   lambda w, slope=slope: make(w, lambda w: slope(z(w))))
        if other in SMOOTH:
            yield Slip("slope_other", f"the {name} {where} gets the slope of {other}, written with its value",
                       details | {"of": other}, lambda w, by_value=by_value: make(w, lambda w: by_value(h(w))))


def _errors(head):
    through = (lambda w: ACTIVATIONS[head.output].slope(w.z)) if head.output in ACTIVATIONS else (lambda w: 1.0)
    errors = {"the error is squared before it goes back": lambda w: (w.p - w.Y) ** 2,
              "p alone goes back, without the target": lambda w: w.p,
              "the error is the target alone, without p": lambda w: w.Y,
              "the absolute value of the error goes back": lambda w: np.abs(w.p - w.Y),
              "the error is n p − y: of p − y, only y is divided by the number of examples":
                  lambda w: len(w.z) * w.p - w.Y}
    left_out = f", and the slope of the {head.output} at the end is left out, too" * _squashed(head)
    for words, error in errors.items():
        yield Slip("error_other", words + left_out, {}, error)
        if head.output in ACTIVATIONS and head.output != "identity":
            yield Slip("error_other", f"{words}, times the slope of the {head.output}", {}, lambda w,
                       error=error: error(w) * through(w))
    if head.output != "identity" or head is not HEADS["squared error"]:
        yield Slip("error_other", "z − y takes the place of the slope of the loss: what goes into the last function, "
                   "minus the target", {}, lambda w: w.z - w.Y)
    if not (_squashed(head) and head.output == "sigmoid"):
        yield Slip("slope_twice", "the slope p (1 − p) is multiplied in once more at the end",
                   {"layer": "output", "of": head.output}, lambda w: w.start() * w.p * (1 - w.p))


def _squashed(head):
    """Whether the slope of the last function stays in delta, for no logarithm cancels it."""
    return head.output != "identity" and not head.cancels


def _other_losses(model):
    for name, head in HEADS.items():
        if head is not model.head and _fits(head, name, model.wiring.Y):
            inside = name == "the output itself" and model.head.output != "identity"
            yield Slip("other_loss", f"the loss is {'what goes into the last function' if inside else name}", {
                "of": name}, lambda w, head=head: head.delta(w.z, w.Y))


def _fits(head, name, Y):
    """Whether a loss makes sense for these targets."""
    if name in ("cross-entropy of a sigmoid", "squared error of a sigmoid"):
        return Y.min() >= 0 and Y.max() <= 1
    if "all pairs" in name:
        return Y.shape[1] == 1 < len(Y)
    if "softmax" in name or name == "multi-class hinge loss":
        return Y.shape[1] > 1 and Y.min() >= 0
    if name in ("hinge loss", "squared hinge loss", "log(1 + exp(−yz))"):
        return set(np.unique(Y)) <= {-1.0, 1.0}
    return True


# ------------------------------------------------------------------------------- on the way back

def ways_back(model, level):
    """Slips between a layer and the hidden layer before it: `way` takes (a `Way`, delta of that layer)."""
    name, where = model.activations[level - 1], f"of hidden layer {level}"
    details = {"layer": level}
    if name != "identity":
        yield Slip("slope_missing", f"the slope of the {name} {where} is left out", details | {"of": name},
                   lambda w, d: w.back(level, d, slope=1.0))
        for slip in _other_slopes(name, where, details, lambda w, slope: slope(w), lambda w: w.zs[level - 1],
                                  lambda w: w.hs[level]):
            yield slip._replace(way=lambda w, d, way=slip.way: w.back(level, d, slope=way(w)))
        yield from _slopes_of_what_comes_back(name, level, details)
    yield from _slopes_elsewhere(model, level, details)
    yield from _weights_elsewhere(model, level, details)
    if level < len(model.wiring.layers) - 1:     # at the end, p alone goes back, which is another slip's
        yield Slip("values_back", f"on the way back to hidden layer {level}, the values of hidden layer {level + 1} "
                   "stand where its delta belongs", details, lambda w, d: w.back(level, w.hs[level + 1]))
    yield Slip("weights_missing", f"on the way back to hidden layer {level}, the slope of the activation is multiplied "
               "in, and the weights are not", details, lambda w, d: _without_weights(w, level, d))


def _slopes_of_what_comes_back(name, level, details):
    """The activation or its slope, asked of the slope that comes back, and not of z."""
    act = ACTIVATIONS[name]
    forms = {f"the slope of the {name} at what comes back is multiplied in": lambda u: u * act.slope(u),
             f"the slope of the {name}, written with its value, of what comes back is multiplied in":
                 lambda u: u * act.by_value(u),
             f"the slope of the {name} at what comes back takes its place": act.slope,
             f"the slope of the {name}, written with its value, of what comes back takes its place": act.by_value,
             f"the {name} of what comes back takes its place": act.of}
    yield Slip("weights_missing", f"before hidden layer {level}, the slope of the {name} takes the place of what comes "
               "back", details, lambda w, d: act.slope(w.zs[level - 1]))
    for words, form in forms.items():
        yield Slip("slope_argument", f"before hidden layer {level}, {words}", details | {"of": name, "at what": "back"},
                   lambda w, d, form=form: form(w.back(level, d, slope=1.0)))


def _without_weights(w, level, delta):
    slope = ACTIVATIONS[w.model.activations[level - 1]].slope(w.zs[level - 1])
    return delta * slope if delta.shape == slope.shape or delta.shape[1] == 1 else slope * np.nan


def _slopes_elsewhere(model, level, details):
    """The slope of the activation at a layer where it does not belong: same number of units, or one."""
    act = ACTIVATIONS[model.activations[level - 1]]
    for other in range(len(model.wiring.layers) + 1):
        for code in ("z", "h") if other != level else ():
            name = model.activations[level - 1]
            words = f"the slope of the {name} of hidden layer {level} is taken from {_at(other, model)}"
            yield Slip("slope_layer", words, details | {"from": other}, lambda w, d, code=code, other=other: w.back(
                level, d, slope=_slope_at(w, act, code, other, w.zs[level - 1].shape)))


def _at(layer, model):
    ends = {0: "the inputs", len(model.wiring.layers): "the last layer"}
    return ends.get(layer, f"hidden layer {layer}")


def _slope_at(w, act, code, other, shape):
    values = {"z": [w.hs[0], *w.zs], "h": [*w.hs, w.p]}[code][other]
    slope = act.slope(values) if code == "z" else act.by_value(values)
    return slope if values.shape == shape or values.shape[1] == 1 else np.nan


def _weights_elsewhere(model, level, details):
    layers = model.wiring.layers
    yield Slip("other_weights", f"on the way back to hidden layer {level}, the slopes of the weights take the place of "
               "the weights", details | {"weights": "slopes"},
               lambda w, d: w.back(level, d, weights=w.claimed_weights(level)))
    yield Slip("slope_layer", f"before hidden layer {level}, the slope of its activation is multiplied in before the "
               "weights, and not after them", details | {"from": level}, lambda w, d: _too_soon(w, level, d))
    if level < len(layers) - 1:
        name = model.activations[level - 1]
        yield Slip("slope_layer", f"before hidden layer {level}, the slope of the {name} of hidden layer {level + 1} "
                   "is multiplied in before the weights", details | {"from": level + 1}, lambda w, d: w.back(
                       level, d * ACTIVATIONS[w.model.activations[level]].slope(w.zs[level]), slope=1.0))
    for other in range(len(layers)):
        for turned in (False, True):
            if (other != level or turned) and layers[other].W is not None:
                how = " transposed" if turned else ""
                words = f"on the way back to hidden layer {level}, the weights are those of layer {other + 1}{how}"
                yield Slip("other_weights", words, details | {"weights": other + 1}, lambda w, d, other=other,
                           turned=turned: _through(w, level, d, other, turned))


def _too_soon(w, level, delta):
    slope = ACTIVATIONS[w.model.activations[level - 1]].slope(w.zs[level - 1])
    return w.back(level, delta * slope, slope=1.0) if delta.shape == slope.shape else w.back(level, delta) * np.nan


def _through(w, level, delta, other, turned):
    right, W = w.model.weights(level, w.place), w.model.weights(other, w.place)
    W = W.T if turned else W
    return w.back(level, delta, weights=W) if W.shape == right.shape else w.back(level, delta) * np.nan


# ------------------------------------------------------------------------------- the line of one parameter

def own_lines(model, level):
    """Slips in the line of a layer's weights: another array in the place of what went into the layer."""
    for words, way in _inputs(model, level):
        yield Slip("other_input", words, {"own": True}, way)
    if model.wiring.X.shape[0] == model.wiring.X.shape[1] > 1 and level == 0:
        yield Slip("transposed", "the inputs are transposed", {"own": True}, lambda w: w.hs[0].T)


def _inputs(model, level):
    """What may stand in the place of that which went into a layer: (words, way), of a `Way`."""
    if level:
        name = model.activations[level - 1]
        yield (f"what goes into the {name} of hidden layer {level} stands where its value belongs",
               lambda w: w.zs[level - 1])
    for other in range(len(model.wiring.layers)):
        if other != level:
            yield f"{_of(other)} stand where {_of(level)} belong", lambda w, other=other: w.hs[other]
    yield f"what comes out of layer {level + 1} stands where {_of(level)} belong", lambda w: w.zs[level]
    yield f"ones stand where {_of(level)} belong", lambda w: np.ones_like(w.hs[level])
    yield f"the absolute values of {_of(level)} stand in their place", lambda w: np.abs(w.hs[level])
    yield f"the squares of {_of(level)} stand in their place", lambda w: w.hs[level] ** 2
    for i, which in ((0, "first"), (-1, "last")):
        yield (f"{_of(level)} are, for each example, those of the {which} one",
               lambda w, i=i: np.broadcast_to(w.hs[level][i], w.hs[level].shape))


def _of(layer):
    return "the inputs" if layer == 0 else f"the values of hidden layer {layer}"
