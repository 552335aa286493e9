"""Exercises that answer: `from gradlib.exercises import lesson01 as exercises`, then

    exercises.gradient.check(gradient)      right, or which mistake it is and what it measures
    exercises.gradient.hint()               hints, folded
    exercises.gradient.solution()           one right answer
    exercises.gradient.harder               the same idea a step further, an exercise of its own

`engine` knows how to look, `lessonNN` what to look for, `onward` what comes next. To write one, read `lesson00`: it is
the smallest.
"""

from ..kernel import load

load()
