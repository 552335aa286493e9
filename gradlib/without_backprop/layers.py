"""Something else than the gradient is sent back through a network, layer by layer.

layers [W1, b1, W2, b2, ...] and values [X, h_1, ..., z] are those of `gradlib.network`, with any number of outputs.
delta (n, outputs) is the slope of the loss at the outputs z, where every method begins:
(sigmoid(z) - y[:, None]) / n for the mean cross-entropy, (z - Y) / n for half the mean squared error.

Backprop sends  delta_l = (delta_(l+1) W_(l+1)') * activation'(z_l).  Each method here has another delta_l, and all
then do the same with it:  dW_l = h_(l-1)' delta_l,  db_l = the sum of the rows of delta_l.  The last layer's are the
true slopes in all of them.
"""

import numpy as np

from .._checks import as_flag, as_floats, as_input, as_layers, as_rng, as_slope, as_values, one_of, shapes_of
from ..autodiff import Var
from ..autodiff.graph import value_of
from ..network import ACTIVATIONS, initial


def random_feedback(layers, rng, direct=False):
    """Matrices to send errors back through: normal numbers, as large as `network.initial` would make the weights.

    rng: a `numpy.random.default_rng(seed)`.
    Returns [B_2, ..., B_L], B_l (k_l, k_(l-1)) like W_l'; if direct, [B_1, ..., B_(L-1)], B_l (outputs, k_l).
    Raises TypeError for layers that are no list of arrays, an rng that is no generator, a `direct` that is neither True
    nor False; ValueError for layers that do not fit each other.
    """
    widths, rng = [W.shape[1] for W in as_layers(layers)[::2]], as_rng(rng)
    pairs = [(widths[-1], k) for k in widths[:-1]] if as_flag("direct", direct) else zip(widths[1:], widths)
    return [initial(pair, rng)[0] for pair in pairs]


def feedback_alignment(layers, values, delta, feedback, activation="tanh"):
    """Backprop with fixed random matrices on the way back:  delta_l = (delta_(l+1) B_(l+1)) * activation'(z_l).

    Sent back: the error, through B_L, ..., B_2, which never change. Cost: as backprop. Nothing promises an angle below
    90 degrees; but in training the weights often come to lie along B', small ones soonest, and the angle shrinks.
    feedback: [B_2, ..., B_L], B_l (k_l, k_(l-1)) like W_l'.  Returns [dW1, db1, dW2, db2, ...].
    Raises TypeError for layers that are no list of arrays and a delta of no numbers; ValueError for values, a delta or
    matrices of other shapes, an unknown activation.
    Source: Lillicrap, Cownden, Tweed and Akerman (2016), Nature Communications 7:13276.
    """
    deltas, slope = [_as_delta(delta, as_values(values, layers))], _slope_of(activation)
    for B, h in zip(_as_matrices(feedback, [W.shape[::-1] for W in layers[2::2]])[::-1], values[-2:0:-1]):
        deltas.insert(0, (deltas[0] @ B) * slope(h))
    return _slopes(values, deltas)


def direct_feedback_alignment(layers, values, delta, feedback, activation="tanh"):
    """Each hidden layer hears from the outputs alone:  delta_l = (delta_L B_l) * activation'(z_l).

    Sent back: the error at the outputs, to all layers at once; none waits for another. Cost: at most that of backprop
    if no hidden layer has fewer units than there are outputs. Again no promise.
    feedback: [B_1, ..., B_(L-1)], B_l (outputs, k_l).  Returns [dW1, db1, dW2, db2, ...].
    Other arguments and errors as for `feedback_alignment`.  Source: Nøkland (2016), arXiv 1609.01596.
    """
    delta, hidden, slope = _as_delta(delta, as_values(values, layers)), values[1:-1], _slope_of(activation)
    matrices = _as_matrices(feedback, [(delta.shape[1], h.shape[1]) for h in hidden])
    return _slopes(values, [*((delta @ B) * slope(h) for B, h in zip(matrices, hidden)), delta])


def linear_values(layers, X):
    """All values of a network without activations:  [X (n, d), h_1, ..., z],  h_l = h_(l-1) W_l + b_l.

    Errors as for `network.forward`.
    """
    values = [as_input(X, layers)]
    for W, b in zip(layers[::2], layers[1::2]):
        values.append(values[-1] @ W + b)
    return values


def target_propagation(layers, values, delta):
    """Each layer is told what it should have said:  t_l = h_l + (t_(l+1) - h_(l+1)) W_(l+1)^+,  t_L = z - delta.

    Sent back: targets, through the inverse of each layer (W^+, exact here: the layers are linear; the papers learn
    it). Each layer then has a loss of its own, half the sum of (h_l - t_l)^2, whose slope is delta_l = h_l - t_l.
    Cost: as backprop, and the inverses. For every layer

        dW_l . (true dW_l) = |h_(l-1)' delta|^2,

    so unless that is zero the angle is below 90 degrees. This needs W^+ W = I: widths that do not grow towards the
    outputs, and columns that do not depend on each other; ValueError if not. values: those of `linear_values`. Returns
    [dW1, db1, dW2, db2, ...].  Other errors as for `feedback_alignment`. Sources: Bengio (2014), arXiv 1407.7906; with
    the difference of targets, Lee, Zhang, Fischer and Bengio (2015), arXiv 1412.7525.
    """
    targets = [as_values(values, layers)[-1] - _as_delta(delta, values)]
    for W, above, h in zip(layers[-2:0:-2], values[:1:-1], values[-2:0:-1]):
        targets.insert(0, h + (targets[0] - above) @ _inverse(W))
    return _slopes(values, [h - t for h, t in zip(values[1:], targets)])


def _slopes(values, deltas):
    return [part for h, delta in zip(values, deltas) for part in (h.T @ delta, delta.sum(axis=0))]


def _slope_of(activation):
    return ACTIVATIONS[one_of("activation", activation, ACTIVATIONS)].slope


def _inverse(W):
    W = as_floats("a matrix W", W)
    if np.linalg.matrix_rank(W) < W.shape[1]:
        raise ValueError(f"a matrix W of shape {W.shape} cannot be undone: it needs {W.shape[1]} independent columns, "
                         f"and has {np.linalg.matrix_rank(W)}. Let no layer be wider than the one before it.")
    return np.linalg.pinv(W)


def _as_delta(delta, values):
    plain = as_slope("delta", value_of(delta), values[-1].shape, "outputs")
    return delta if type(delta) is Var else plain


def _as_matrices(feedback, expected):
    shapes = shapes_of(feedback)
    if shapes != expected:
        raise ValueError(f"feedback has matrices of the shapes {shapes}; expected {expected}. Use random_feedback.")
    return feedback
