"""All exercises there are, as parameters, and the answers to them."""

import pkgutil
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from gradlib import exercises
from gradlib.exercises import writing
from gradlib.exercises.engine import Exercise

SEEDS = range(50)
LESSONS = [import_module(f"gradlib.exercises.{module.name}") for module in pkgutil.iter_modules(exercises.__path__)
           if module.name.startswith("lesson")]
EXERCISES = [value for lesson in LESSONS for value in vars(lesson).values() if isinstance(value, Exercise)]
for file in Path(__file__).parent.glob("answers_*.py"):   # each fills the tables in `answers`
    import_module(f".{file.stem}", __package__)


def inputs(exercise):
    """What an exercise is tried on, over all seeds."""
    return [args for seed in SEEDS for args in exercise.trials(np.random.default_rng(seed))]


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
