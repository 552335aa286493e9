"""What a nudge measures, beside what a learner's function says: the evidence that most exercises give."""

import numpy as np

from ..numeric import central_difference
from .calls import close
from .messages import apart

NUDGE = 0.00001


def worst(said, right, names):
    """Where an answer goes wrong: its first wrong part, the place of the worst number there, and both in words.

    names: those of the arguments whose slopes the parts are.  (1, (), "b") for the second of "wb", a number.
    """
    part = next((i for i, pair in enumerate(zip(said, right)) if not close(*pair)), 0)
    place = np.unravel_index(np.argmax(abs(said[part] - right[part])), right[part].shape)
    inside = ", ".join(str(int(i)) for i in place)
    return part, place, f"{names[part]}[{inside}]" if inside else names[part]


def rate(function, args, i, place=()):
    """How fast function(*args), a number, changes when one number of argument i is nudged."""
    def moved(t):
        arg = np.array(args[i], float)
        arg[place] += t
        return function(*args[:i], arg[()], *args[i + 1:])
    return central_difference(moved, 0.0, NUDGE)


def nudged(name, slope, said, what="the loss", where=""):
    """The two numbers in a sentence.  where: the place at which the nudge was tried, "At w = 2"."""
    nudging = f"{where}, nudging" if where else "Nudging"
    slope, said = apart(slope, said)
    return f"{nudging} `{name}` by 0.00001 changes {what} at a rate of {slope}; your function says {said}."
