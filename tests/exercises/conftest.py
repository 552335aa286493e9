"""All exercises there are, as parameters."""

import numpy as np
import pytest

from gradlib.exercises import lesson00, lesson01, lesson02
from gradlib.exercises.engine import Exercise

LESSONS = (lesson00, lesson01, lesson02)
EXERCISES = [value for lesson in LESSONS for value in vars(lesson).values() if isinstance(value, Exercise)]


@pytest.fixture(params=EXERCISES, ids=lambda exercise: exercise.name)
def exercise(request):
    """Each exercise of the course in turn."""
    return request.param


@pytest.fixture
def built():
    """Run the source of a cell and give back the function in it."""
    def build(source, name):
        namespace = {"np": np}
        exec(source, namespace)
        return namespace[name]
    return build
