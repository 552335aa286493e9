"""Whether an answer tosses coins: it may then be right on some inputs by luck."""

import random

import numpy as np

AGAIN = 3   # times that all inputs go in once more, for a coin or two may have fallen well


def shared_generators():
    """The state of the generators of Python and of NumPy that all code shares."""
    _, keys, place, *_ = np.random.get_state()   # noqa: NPY002  the old one, which learners' code draws from
    return random.getstate(), keys.tobytes(), place


def meets_chance(function, before):
    """Whether the shared generators have moved on since they were as `before`, or its code names others."""
    return shared_generators() != before or "random" in getattr(getattr(function, "__code__", None), "co_names", ())
