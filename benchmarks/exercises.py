"""How long a learner waits for a check: a right answer, and the first and second wrong one that nothing explains.

CPU time of one process on one thread. The first unknown answer meets a catalogue that has not answered yet: every
suspect is built and called.
"""

import importlib
import pkgutil
import statistics
import time

import numpy as np

from . import harness

UNEXPLAINED = "first unknown, ms"


def main():
    """Measure all exercises in a process of their own, and print a row for each."""
    rows = harness.in_child("benchmarks.exercises.measure()")
    print(harness.markdown(["exercise", "right, ms", UNEXPLAINED, "second unknown, ms"], rows))
    print()
    print(harness.markdown(["all exercises", "right, median ms", f"{UNEXPLAINED}, worst"],
                           [["", statistics.median(row[1] for row in rows), max(row[2] for row in rows)]]))


def measure():
    """[name, milliseconds of three checks] for every exercise of the course whose answers are numbers."""
    harness.stay_on_one_core()
    return [[exercise.name, *times_of(exercise)] for exercise in all_exercises() if not exercise.question]


def times_of(exercise):
    """Right (median of five), first unknown, second unknown."""
    exercise.check(exercise.reference)
    right = statistics.median(milliseconds(exercise, exercise.reference) for _ in range(5))
    return right, milliseconds(exercise, bent(exercise, 1)), milliseconds(exercise, bent(exercise, 2))


def bent(exercise, phase):
    """A wrong answer that no slip explains: the right numbers, stretched and shaken."""
    def answer(*args):
        return shaken(exercise.reference(*args), phase)
    return answer


def shaken(value, phase):
    """Numbers, and those in tuples, lists and dictionaries, moved by a sine."""
    if isinstance(value, dict):
        return {key: shaken(part, phase) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(shaken(part, phase) for part in value)
    return 1.37 * value + np.sin(3 * np.asarray(value, float) + phase)


def milliseconds(exercise, answer):
    start = time.process_time()
    exercise.check(answer)
    return 1e3 * (time.process_time() - start)


def all_exercises():
    """The exercises of all lessons."""
    from gradlib import exercises
    from gradlib.exercises.engine import Exercise
    for module in pkgutil.iter_modules(exercises.__path__):
        if module.name.startswith("lesson"):
            lesson = importlib.import_module(f"gradlib.exercises.{module.name}")
            yield from (value for value in vars(lesson).values() if isinstance(value, Exercise))
