"""Ways to a direction, side by side on one network: the angle to the true gradient, and the cost (lesson 10)."""

from typing import NamedTuple

import numpy as np

from .._checks import as_fractions, as_function, as_layers, as_rng, positive_number, shapes_of, whole_number
from ..autodiff import compiled, cost, operations, sigmoid
from ..network import flat, forward, loss_of, sizes_of, split
from ..numeric import angle
from .guesses import evolution_strategies, forward_gradient, spsa
from .layers import direct_feedback_alignment, feedback_alignment, random_feedback


def layer_angles(slopes, gradient):
    """The angle in degrees between each dW_l and the true one: (layers,).

    slopes and the gradient both as [dW1, db1, dW2, db2, ...]. Raises TypeError for a gradient that is no list of
    arrays, ValueError for other shapes.
    """
    if shapes_of(slopes) != shapes_of(as_layers(gradient)):
        raise ValueError(f"slopes have the shapes {shapes_of(slopes)}; expected {shapes_of(gradient)}, those of the "
                         "gradient.")
    return np.array([angle(dW.ravel(), true.ravel()) for dW, true in zip(slopes[::2], gradient[::2])])


class Learning(NamedTuple):
    """The layers after a run; before each step the loss (steps,) and the angles of what was sent to the true gradient,
    layer by layer (steps, layers)."""

    layers: list
    losses: np.ndarray
    angles: np.ndarray


def learn(loss, send, layers, step_size, steps):
    """Steps against whatever is sent instead of the gradient:  layers <- layers - step_size send(layers).

    send(layers) gives [dW1, db1, ...], loss(*layers) a number. Backprop runs beside it, and only to measure the angle.
    A run that flies apart ends early; otherwise there are `steps` steps. Returns a `Learning`. Raises TypeError for a
    loss or send that is no function, a loss that is no number, layers that are no list of arrays, a step_size and steps
    of anything else; ValueError for a step size that is not positive, layers that do not fit, and for what is sent in
    other shapes.
    """
    step_size, send, seen = positive_number("step_size", step_size), as_function("send", send), []
    measured = compiled(as_function("loss", loss), wrt=tuple(range(len(as_layers(layers)))))
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(whole_number("steps", steps)):
            value, gradient = measured(*layers)
            slopes = send(layers)
            if not np.isfinite(value):
                break
            seen.append((value, layer_angles(slopes, gradient)))
            layers = [array - step_size * slope for array, slope in zip(layers, slopes)]
    return Learning(layers, np.array([value for value, _ in seen]),
                    np.array([angles for _, angles in seen]).reshape(len(seen), len(layers) // 2))


def ways(layers, X, y, rng, activation="tanh"):
    """{way: (direction (d,), operations)} for the cross-entropy of a network with one output, all weights end to end.

    Counted as in `autodiff.cost`: with the forward pass; without the drawing of random numbers, and without the loss
    itself where only its slope is needed. Forward gradient: the loss, the nudge, and the product with v.
    X (n, d), y (n,) from 0 to 1, rng a `numpy.random.default_rng(seed)`; layers and errors as for `network.gradient`.
    """
    loss, sizes, rng = loss_of(X, y, activation), sizes_of(layers), as_rng(rng)
    y = as_fractions(y, len(X))
    fixed, direct = random_feedback(layers, rng), random_feedback(layers, rng, direct=True)

    def f(w):
        return loss(*split(w, sizes))

    def sent(by, *feedback):
        def way(w):
            arrays = split(w, sizes)
            values = forward(arrays, X, activation)
            delta = (sigmoid(values[-1]) - y.reshape(-1, 1)) / len(y)
            return flat(by(arrays, values, delta, *feedback, activation))
        return way

    traced = {
        "backprop": sent(_backprop),
        "feedback alignment": sent(feedback_alignment, fixed),
        "direct feedback alignment": sent(direct_feedback_alignment, direct),
        "evolution strategies": lambda w: evolution_strategies(f, w, rng),
        "SPSA": lambda w: spsa(f, w, rng),
    }
    w, count = flat(layers), cost(f, flat(layers))
    found = {name: (way(w), operations(way, w)) for name, way in traced.items()}
    return {**found, "forward gradient": (forward_gradient(f, w, rng), count.forward + count.nudge + 2 * w.size)}


def _backprop(layers, values, delta, activation):
    """Feedback alignment whose matrices are not random but W'."""
    return feedback_alignment(layers, values, delta, [W.T for W in layers[2::2]], activation)
