"""The network of lesson 07 in training, what is said of it, and the program of its numbers."""

import copy

import numpy as np

from .. import network
from ..live import said

UNITS, ACTIVATIONS = 16, ("tanh", "sigmoid", "relu")


class Pupil:
    """A network in training: its layers, and what each step has measured."""

    def __init__(self, activation, hidden, scale):
        self.activation = activation
        widths = (2, *[UNITS] * hidden, 1)
        self.layers = network.initial(widths, np.random.default_rng(0), scheme(activation), scale)
        self.losses, self.sizes = np.empty(0), np.empty((0, hidden + 1))

    def train(self, X, y, step_size, steps):
        """Some steps more; False if the loss is no longer a number."""
        run = network.train(self.layers, X, y, step_size, steps, self.activation)
        self.layers = run.layers
        self.losses = np.append(self.losses, run.losses)
        self.sizes = np.vstack([self.sizes, run.sizes])
        return len(run.losses) == steps

    def outputs(self, X):
        """What it says of each row: above 0 means yes."""
        return network.forward(self.layers, X, self.activation)[-1][:, 0]


class Training:
    """One training, and the pupil as it was after some of the steps: what a look at a step needs is kept."""

    def __init__(self, X, y, step_size, activation, hidden, scale):
        self._lesson, self._pupils = (X, y, step_size), {0: Pupil(activation, hidden, scale)}

    def after(self, steps):
        """The pupil after so many steps. It goes on from the last one that is known before."""
        if steps not in self._pupils:
            before = max(known for known in self._pupils if known < steps)
            pupil = self._pupils[steps] = copy.copy(self._pupils[before])
            pupil.train(*self._lesson, steps - before)
        return self._pupils[steps]


def scheme(activation):
    """How large the first weights are: by the rule that was made for this activation."""
    return "he" if activation == "relu" else "xavier"


@np.errstate(over="ignore", invalid="ignore")
def sentence(pupil, X, y, step_size, scale):
    """What a pupil has come to, by which settings."""
    hidden, steps, z = pupil.sizes.shape[1] - 1, len(pupil.losses), pupil.outputs(X)
    setting = (f"{hidden} hidden layer{'s' * (hidden > 1)} of {pupil.activation}, step size {said(step_size)}, "
               f"first weights × {said(scale)}.")
    if not np.isfinite(z).all():
        return f"It flies apart: after {said(steps, 4)} steps its outputs are no longer numbers. It has {setting}"
    share = pupil.sizes[0][0] / pupil.sizes[0][-1]
    return (f"{said(100 * np.mean((z > 0) == y), 3)} % of the points are on the right side after {said(steps, 4)} "
            f"step{'s' * (steps > 1)}, loss {said(network.cross_entropy(z, y))}. In the first step the first layer's "
            f"slope is {said(share)} times the last layer's{'; it vanishes' if share < 0.01 else ''}. "
            f"{_stuck(pupil, X)}. {setting}")


def _stuck(pupil, X):
    units = network.stuck_units(pupil.layers, X, pupil.activation)
    count, what = (units.dead, "dead") if pupil.activation == "relu" else (units.saturated, "saturated")
    return f"{sum(count)} of {len(count) * UNITS} units are {what}"


def code(step_size, activation, hidden, scale, step):
    """The program that gives the sentence's numbers."""
    name = ACTIVATIONS[activation]
    return f"""
import numpy as np
from gradlib import data, network

X, y = data.moons()
layers = network.initial((2, *[{UNITS}] * {hidden}, 1), np.random.default_rng(0), "{scheme(name)}", scale={scale})
run = network.train(layers, X, y, step_size={step_size}, steps={step}, activation="{name}")
with np.errstate(over="ignore", invalid="ignore"):   # it may have flown apart
    z = network.forward(run.layers, X, "{name}")[-1]
    print(len(run.losses), 100 * ((z[:, 0] > 0) == y).mean(), network.cross_entropy(z, y))
    stuck = network.stuck_units(run.layers, X, "{name}")
print(run.sizes[0][0] / run.sizes[0][-1], sum(stuck.dead), sum(stuck.saturated), {UNITS} * {hidden})
"""
