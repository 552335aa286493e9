"""All exercises there are, as parameters, and the answers to them."""

import numpy as np
import pytest

from gradlib.exercises import writing

from .answers import EXERCISES, ODD, WRONG

SEEDS = range(50)


def inputs(exercise):
    """What an exercise is tried on, over all seeds."""
    return [args for seed in SEEDS for args in exercise.trials(np.random.default_rng(seed))]


def first_inputs(exercise):
    """The inputs that a learner reads about, over all seeds."""
    return [exercise.trials(np.random.default_rng(seed))[0] for seed in SEEDS]


def an_answer(exercise, label):
    """The first wrong answer with this code, or the odd one of this name; else the catalogue's own."""
    known = [*WRONG[exercise.name], *((answer.__name__, answer) for answer in ODD[exercise.name]),
             *((mistake.code, mistake.way) for mistake in (*exercise.mistakes, *exercise.slipped))]
    return next(answer for code, answer in known if code == label)


def changed(source, *pairs):
    """The function of a cell after some replacements."""
    for old, new in pairs:
        assert old in source, old
        source = source.replace(old, new)
    return writing.built(source)


@pytest.fixture(params=EXERCISES, ids=lambda exercise: exercise.name)
def exercise(request):
    """Each exercise of the course in turn."""
    return request.param


@pytest.fixture
def built():
    """Run the source of a cell and give back the function in it."""
    return lambda source, name: writing.built(source)
