"""A neural network by hand: layers as plain arrays, and backprop as four equations. Derived in lesson 07.

A network is a list of arrays [W1, b1, W2, b2, ...], W (from, to) and b (to,).  Layer l computes
z_l = h_(l-1) W_l + b_l  and  h_l = activation(z_l), with h_0 = X.  The last layer has one unit and no activation: its
z says yes (z > 0) or no, with probability sigmoid(z).  The loss is the mean cross-entropy, as in lesson 06.
activation: "tanh", "sigmoid" or "relu".

The same gradient by `gradlib.autodiff`:  value_and_grad(loss_of(X, y), wrt=range(len(layers)))(*layers).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ._checks import (
    as_features,
    as_fractions,
    as_input,
    as_layers,
    as_reals,
    as_rng,
    as_sizes,
    as_values,
    one_of,
    positive_number,
    shapes_of_layers,
    whole_number,
)
from .autodiff import Var, compiled, relu, sigmoid


class Activation(NamedTuple):
    """A function of one number, and its slope written with the function's own value h."""

    of: Callable
    slope: Callable


ACTIVATIONS = {
    "tanh": Activation(np.tanh, lambda h: 1 - h * h),
    "sigmoid": Activation(sigmoid, lambda h: h * (1 - h)),
    "relu": Activation(relu, lambda h: (h > 0) * 1.0),
}
# The variance of the first weights, so that values (and, for xavier, slopes too) keep their size from layer to layer.
SCHEMES = {
    "xavier": lambda inputs, outputs: 2 / (inputs + outputs),   # Glorot and Bengio, AISTATS 2010: for tanh
    "he": lambda inputs, outputs: 2 / inputs,                   # He, Zhang, Ren and Sun, ICCV 2015: for relu
    "unit": lambda inputs, outputs: 1.0,                        # nobody thought about it
}


def initial(sizes, rng, scheme="xavier", scale=1.0):
    """Layers to begin with: normal weights with the variance of the scheme, `scale` times as large; biases zero.

    sizes: units per layer, the inputs first, such as (2, 16, 16, 1).  scheme: "xavier", "he" or "unit", whose variances
    and sources stand in SCHEMES.  rng: a `numpy.random.default_rng(seed)`.  Returns [W1, b1, W2, b2, ...]. Raises
    TypeError for sizes that are not whole, an rng that is no generator, a scale that is no number; ValueError for a
    size below 1, fewer than two sizes, an unknown scheme, a scale that is not positive.
    """
    sizes, rng = as_sizes(sizes), as_rng(rng)
    variance, scale = SCHEMES[one_of("scheme", scheme, SCHEMES)], positive_number("scale", scale)
    return [array for shape in zip(sizes, sizes[1:])
            for array in (scale * np.sqrt(variance(*shape)) * rng.standard_normal(shape), np.zeros(shape[1]))]


def flat(layers):
    """All weights of the layers [W1, b1, W2, b2, ...] behind each other in one vector w (all weights,).

    Raises TypeError for anything but a list of arrays.
    """
    shapes_of_layers(layers)   # or a sentence that says what came
    return np.concatenate([np.ravel(array) for array in layers])


def sizes_of(layers):
    """The sizes of the layers [W1, b1, W2, b2, ...], as `initial` and `split` take them.

    Raises TypeError for anything but a list of arrays, ValueError for arrays that are no layers, or do not fit each
    other.
    """
    return len(as_layers(layers)[0]), *(W.shape[1] for W in layers[::2])


def split(w, sizes):
    """The layers [W1, b1, W2, b2, ...] in a vector that `flat` made: views, or slices of a `Var`.

    So one rule moves all weights in a step, and a loss of one w can be differentiated, twice too. w (all weights,),
    sizes and their errors as for `initial`. Raises ValueError if w has another length than those layers, TypeError if
    it holds no numbers.
    """
    sizes, w = as_sizes(sizes), w if hasattr(w, "reshape") else as_reals("w", w, finite=False)
    ends = np.cumsum([0, *(part for a, b in zip(sizes, sizes[1:]) for part in (a * b, b))])
    if w.shape != (ends[-1],):
        raise ValueError(f"w has shape {w.shape}; layers of sizes {tuple(sizes)} have {ends[-1]} weights.")
    parts = [w[first:last] for first, last in zip(ends, ends[1:])]
    return [array for W, b, inputs in zip(parts[::2], parts[1::2], sizes) for array in (W.reshape(inputs, -1), b)]


def forward(layers, X, activation="tanh"):
    """All values on the way: [X (n, d), h_1 (n, k_1), ..., z (n, 1)].  X (n, d).

    Weights that flew apart give NaN. Raises ValueError for an X that is not (n, d) and finite, or does not have as many
    columns as W1 has rows, and for an unknown activation; TypeError for an X of anything but real numbers; for layers
    as for `sizes_of`.
    """
    act, values = _activation(activation), [as_input(X, layers)]
    for W, b in zip(layers[:-2:2], layers[1:-2:2]):
        values.append(act.of(values[-1] @ W + b))
    return [*values, values[-1] @ layers[-2] + layers[-1]]


def cross_entropy(z, y):
    """Mean cross-entropy of probabilities sigmoid(z):  mean((1 - y) z + log(1 + exp(-z))).

    z (n, 1) or (n,), y (n,) from 0 to 1; returns a number, in nats. Raises TypeError for anything but real numbers,
    ValueError for shapes that do not match, and a y outside 0 to 1.
    """
    z = z if type(z) is Var else as_reals("z", z, finite=False)
    return _entropy(z, as_fractions(y, z.size))


def _entropy(z, y):
    z = _one_output(z).reshape(len(y))
    return ((1 - y) * z + np.logaddexp(0, -z)).mean()


def backward(layers, values, y, activation="tanh"):
    """The slopes [dW1, db1, dW2, db2, ...] by the four equations, from the last layer to the first:

        delta_L = (sigmoid(z) - y) / n                              (n, 1)   whose fault is the loss?
        delta_l = (delta_(l+1) W_(l+1)') * activation'(z_l)         (n, k_l) and whose is that?
        dW_l    = h_(l-1)' delta_l                                  as W_l
        db_l    = the sum of the rows of delta_l                    as b_l

    values: what `forward` returned for these layers.  y (n,) from 0 to 1. Raises TypeError for layers that are no list
    of arrays and a y of no numbers, ValueError for shapes that do not match, a y outside 0 to 1, more than one output,
    an unknown activation.
    """
    act, slopes = _activation(activation), []
    y = as_fractions(y, len(as_values(values, layers)[0]))
    delta = (sigmoid(_one_output(values[-1])) - y[:, None]) / len(y)
    for W, h in zip(layers[-2::-2], values[-2::-1]):   # the layer's weights, and what went into it
        slopes = [h.T @ delta, delta.sum(axis=0), *slopes]
        if h is not values[0]:   # the features are data: they need no slope
            delta = (delta @ W.T) * act.slope(h)
    return slopes


def gradient(layers, X, y, activation="tanh"):
    """Loss and slopes by hand: (number, [dW1, db1, ...]).  X (n, d), y (n,) from 0 to 1.

    Errors as for `forward` and as for `backward`.
    """
    values = forward(layers, X, activation)
    y = as_fractions(y, len(values[0]))
    return _entropy(values[-1], y), backward(layers, values, y, activation)


def loss_of(X, y, activation="tanh"):
    """The loss as a function of the layers, loss(W1, b1, W2, b2, ...): what `gradlib.autodiff` differentiates.

    X (n, d), y (n,) from 0 to 1. Real numbers only: NumPy's logaddexp and maximum, which keep it from overflowing, know
    no complex ones, so the complex step raises a TypeError. `numeric.central_difference` is its independent judge.
    Errors as for `gradient`, those of activation and layers when it is called.
    """
    X = as_features(X)
    y = as_fractions(y, len(X))
    return lambda *layers: _entropy(forward(layers, X, activation)[-1], y)


class Training(NamedTuple):
    """The layers after a run, and at each step the loss and the sizes of the layers' slopes: (steps,) and
    (steps, layers).  A run that flew apart is shorter: it ends with the layers whose loss was no longer a number."""

    layers: list
    losses: np.ndarray
    sizes: np.ndarray


def train(layers, X, y, step_size, steps, activation="tanh"):
    """Gradient descent on all layers, by the program that backprop writes.  Returns a `Training`.

    Raises TypeError for a step_size that is no number and for steps that are not whole, ValueError for a step size that
    is not positive and finite; other arguments and errors as for `gradient`.
    """
    step_size = positive_number("step_size", step_size)
    step = compiled(loss_of(X, y, activation), wrt=tuple(range(len(as_layers(layers)))))
    losses, all_sizes = [], []
    with np.errstate(over="ignore", invalid="ignore"):   # flying apart is a result
        for _ in range(whole_number("steps", steps)):
            loss, slopes = step(*layers)
            if not np.isfinite(loss):
                break
            losses.append(loss)
            all_sizes.append(sizes(slopes))
            layers = [array - step_size * slope for array, slope in zip(layers, slopes)]
    return Training(layers, np.array(losses), np.array(all_sizes).reshape(len(losses), len(layers) // 2))


def probabilities(layers, X, activation="tanh"):
    """How sure the network is of a yes, for each example: (n,) between 0 and 1.

    Arguments and errors as for `forward`; raises ValueError, too, for more than one output.
    """
    return sigmoid(_one_output(forward(layers, X, activation)[-1])[:, 0])


def accuracy(layers, X, y, activation="tanh"):
    """The fraction of examples on the right side of 1/2.  Arguments and errors as for `gradient`."""
    sure = probabilities(layers, X, activation)
    return float(np.mean((sure > 0.5) == as_fractions(y, len(sure))))


def sizes(slopes):
    """The size of each layer's slope: the root mean square of the numbers in dW_l, in their unit.

    slopes [dW1, db1, ...]; returns (layers,). Errors as for `sizes_of`.
    """
    return np.array([np.sqrt(np.mean(dW * dW)) for dW in as_layers(slopes)[::2]])


class Units(NamedTuple):
    """How many units of each hidden layer hardly learn any more: two lists of counts, the first layer first."""

    dead: list
    saturated: list


def stuck_units(layers, X, activation="tanh"):
    """Units whose activation is flat, so that (almost) no slope passes to the weights before them.

    dead: its slope is 0 at every example.  saturated, which includes the dead: its slope is below a tenth of the
    largest possible at nine of ten examples or more. Returns `Units`. Arguments and errors as for `forward`.
    """
    act = _activation(activation)
    slopes = [act.slope(h) for h in forward(layers, X, activation)[1:-1]]
    largest = act.slope(act.of(np.array([1e-9])))[0]   # all three are steepest just above 0
    return Units([int((s == 0).all(axis=0).sum()) for s in slopes],
                 [int(((s < largest / 10).mean(axis=0) >= 0.9).sum()) for s in slopes])


def _one_output(z):
    if z.ndim > 1 and z.shape[1] != 1:
        raise ValueError(f"z has shape {z.shape}; expected (n, 1): one unit in the last layer, which says yes or no.")
    return z


def _activation(name):
    return ACTIVATIONS[one_of("activation", name, ACTIVATIONS)]
