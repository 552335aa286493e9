"""Update rules: what to do with a gradient. A gradient is not an optimizer; any of these takes any road's gradient.

    rule = Momentum(0.1)
    w = rule.step(w, g)        new weights from old ones and their gradient, arrays of one shape, both left as they are

All rules go  w <- w - step_size * direction(g)  and differ in the direction. What a rule remembers starts at zero, so
every run needs a new rule. `step_size` is a positive number or a schedule (`cosine` and others), a function of the
number of steps already taken. The other settings lie between 0 (included) and 1; TypeError or ValueError if not.
One flat vector of all weights is the fastest. Derived in lesson 09.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from .._checks import as_fraction, as_slope, describe
from .schedules import as_schedule


@dataclass
class Rule:
    """What all rules share: the step size, the number of steps taken, and the step itself.

    step_size: positive, or a schedule, in the unit of w over that of the direction. Raises TypeError or ValueError for
    another step size, and for settings that are not from 0 to below 1.
    """

    step_size: Any
    steps = 0

    def __post_init__(self):
        self.schedule = as_schedule(self.step_size)
        for setting in fields(self)[1:]:
            as_fraction(setting.name, getattr(self, setting.name))

    def step(self, w, g):
        """Weights after one step from w, where the gradient is g.  w and g of one shape, which is returned.

        Raises TypeError for a gradient that holds anything but real numbers, ValueError if the shapes differ.
        """
        w = np.asarray(w)
        g = as_slope("the gradient", g, w.shape)
        step_size = self.schedule(self.steps)
        self.steps += 1
        return w - step_size * self.direction(g)


def as_new_rule(rule):
    """`rule`, if it can step and has not yet: what it remembers belongs to the run in which it learnt that.

    Raises TypeError for what is no rule, ValueError for one that has stepped.
    """
    if isinstance(rule, type) or not hasattr(rule, "step"):
        raise TypeError(f"rule must be an update rule, such as SGD(0.1), got {describe(rule)}.")
    if isinstance(rule, Rule) and rule.steps:
        name, steps = type(rule).__name__, f"{rule.steps} step{'s' * (rule.steps > 1)}"
        raise ValueError(f"this {name} has already taken {steps}; every run needs a new rule: {name}(...), made anew. "
                         "To go on where this one is, call its step(w, g) in a loop.")
    return rule


class SGD(Rule):
    """Straight down the gradient:  w <- w - step_size g.  With the gradient of all examples, gradient descent."""

    def direction(self, g):
        """g."""
        return g


@dataclass
class Momentum(Rule):
    """The heavy ball:  v <- beta v + g,  w <- w - step_size v.

    Many write v <- beta v - step_size g, w <- w + v. That is the same walk unless the step size changes. A constant g
    ends in steps of step_size g / (1 - beta), ten times those of SGD at beta = 0.9.
    Convention of PyTorch (dampening 0). Source: Polyak (1964).
    """

    beta: float = 0.9
    v = 0.0

    def direction(self, g):
        """v, after g has joined it."""
        self.v = self.beta * self.v + g
        return self.v


@dataclass
class Nesterov(Momentum):
    """Momentum that looks ahead:  v <- beta v + g,  w <- w - step_size (g + beta v).

    Nesterov takes the gradient not where he stands but at the point to which beta v alone would lead. Here w is that
    look-ahead point, and not where he stands, so that the gradient is taken at w as for every other rule. The rewriting
    is that of Bengio, Boulanger-Lewandowski and Pascanu (2012), arXiv 1212.0901; PyTorch uses it, too.
    """

    def direction(self, g):
        """g + beta v: where the next step would go, too."""
        return g + self.beta * super().direction(g)


@dataclass
class RMSProp(Rule):
    """Each weight has its own step:  s <- decay s + (1 - decay) g^2,  w <- w - step_size g / (sqrt(s) + epsilon).

    s starts at zero and is not corrected for it, so the first steps are long: step_size / sqrt(1 - decay) at first.
    epsilon stands outside the root, as in PyTorch (with its alpha as decay). Source: Hinton's lectures (2012).
    """

    decay: float = 0.99
    epsilon: float = 1e-8
    s = 0.0

    def direction(self, g):
        """g / (sqrt(s) + epsilon)."""
        self.s = self.decay * self.s + (1 - self.decay) * g * g
        return g / (np.sqrt(self.s) + self.epsilon)


@dataclass
class Adam(Rule):
    """Momentum and a step for each weight:  w <- w - step_size m / (sqrt(v) + epsilon), where after t steps

        m = (1 - beta1) sum(beta1^k g_(t-k)) / (1 - beta1^t)       v, with beta2 and g^2, likewise

    are weighted means of the gradients and of their squares. The divisor 1 - beta^t is Adam's bias correction: the
    weights of a mean must add up to one. epsilon is added after root and correction.
    Source: Kingma and Ba (2015), arXiv 1412.6980, algorithm 1.
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    m = v = 0.0

    def direction(self, g):
        """m / (sqrt(v) + epsilon). Every pass over memory takes time: self.m and self.v are sums, changed in place."""
        self.m *= self.beta1
        self.m += g
        self.v *= self.beta2
        self.v += g * g
        weight1 = (1 - self.beta1**self.steps) / (1 - self.beta1)    # 1 + beta1 + ... + beta1^(t - 1)
        weight2 = (1 - self.beta2**self.steps) / (1 - self.beta2)
        root = np.sqrt(self.v)
        root *= weight1 / weight2**0.5
        root += weight1 * self.epsilon
        return self.m / root
