"""What comes after an exercise that is solved: the next one of the lesson, or the next lesson, and a harder one."""

import importlib
import importlib.util
from dataclasses import replace

from ..memory import place_of

LESSONS = (
    "Start here: two roads to one number", "The gradient by calculus", "One step downhill: the step size",
    "The chain rule on a graph", "Build backprop", "Same number, at what cost?", "Whose gradient is it?",
    "A neural network", "Stochastic gradient descent: the batch size",
    "From gradient to step: momentum, RMSProp, Adam", "Learning without backprop", "Beyond one machine",
    "Read handwriting", "Your own gradient")


def told(exercise, result):
    """The result; where it is right, with what comes next, and with the offer of a harder exercise if there is one."""
    if result.code != "correct" or not place_of(exercise):
        return result
    harder = harder_than(exercise)
    offer = (f"A step further, if you like: {harder.idea}. For its cell, run `exercises.{harder.path}` in a cell of "
             "your own.") if harder else ""
    return replace(result, onward=tuple(filter(None, (_next(getattr(exercise, "first", exercise)), offer))))


def harder_than(exercise):
    """The exercise a step further than this one; None where there is none. Its file is loaded when it is asked for."""
    file = f"{__package__}.harder.lesson{place_of(exercise)[:2]}"
    module = importlib.import_module(file) if importlib.util.find_spec(file) else None
    return next((other for other in vars(module).values() if getattr(other, "first", None) is exercise),
                None) if module else None


def _next(exercise):
    lesson, _, name = place_of(exercise).partition("/")
    names = exercises_of(lesson)
    i = names.index(name) + 1
    if i < len(names):
        return f"Next in this lesson: Exercise {'ABCDEFGH'[i]}, `{names[i]}`."
    following = int(lesson) + 1
    if following == len(LESSONS):
        return "That was the last exercise of the course."
    return f'That was the last exercise of this lesson. Next: lesson {following:02}, "{LESSONS[following]}".'


def exercises_of(lesson):
    """The names of a lesson's exercises, "01", in their order."""
    module = importlib.import_module(f"{__package__}.lesson{lesson}")
    return [name for name, value in vars(module).items() if hasattr(value, "stub")]
