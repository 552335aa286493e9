"""Schedules: step sizes that change. A schedule is a function of the number of steps already taken, 0, 1, 2, ...

Each has the unit of its step_size, and begins with it unless it says otherwise.
"""

import math

from .._checks import positive_number, whole_number


def constant(step_size):
    """The same step_size for ever.

    Raises TypeError for a step size that is not a number, ValueError for one that is not positive and finite.
    """
    size = positive_number("step_size", step_size)
    return lambda t: size


def step_decay(step_size, factor, every):
    """step_size * factor ** (t // every): multiplied by `factor` after every `every` steps.

    Raises TypeError for anything but numbers, ValueError for a factor that is not positive or steps below 1; errors of
    the step size as for `constant`.
    """
    size, factor = positive_number("step_size", step_size), positive_number("factor", factor)
    every = whole_number("every", every, least=1)
    return lambda t: size * factor ** (t // every)


def inverse_time(step_size, halved):
    """step_size / (1 + t / halved): half after `halved` steps, a third after twice as many, and so on.

    Falls slowly enough to reach any point, and fast enough for the noise of batches to die out
    (sum infinite, sum of squares finite). Errors as for `step_decay`. Source: Robbins and Monro (1951).
    """
    size, halved = positive_number("step_size", step_size), positive_number("halved", halved)
    return lambda t: size / (1 + t / halved)


def cosine(step_size, steps):
    """step_size * (1 + cos(pi t / steps)) / 2: down to 0 in `steps` steps, and 0 afterwards.

    Errors as for `step_decay`. Source: Loshchilov and Hutter (2017), arXiv 1608.03983.
    """
    size, steps = positive_number("step_size", step_size), whole_number("steps", steps, least=1)
    return lambda t: size * (1 + math.cos(math.pi * min(t / steps, 1))) / 2


def warm_up(step_size, steps):
    """A step_size or schedule, multiplied by 1/steps, 2/steps, ..., 1, 1, 1, ...: a gentle start.

    Errors as for `step_decay`. Source: Goyal et al. (2017), arXiv 1706.02677.
    """
    schedule, steps = as_schedule(step_size), whole_number("steps", steps, least=1)
    return lambda t: schedule(t) * min((t + 1) / steps, 1)


def as_schedule(step_size):
    """A schedule as it is; a number as a constant one."""
    return step_size if callable(step_size) else constant(step_size)
