"""Mistakes that real learners made, found in public threads and written anew, in lessonNN.txt. To add one: three lines.

    slope forgot_mean                   the exercise and the code of the diagnosis
        def slope(w, x, y):             the lines below, indented: a whole function, or lines that stand in the place
            return sum((w*x-y)*x)       of the solution's

They are rows as in `answers`: one line may stand beside the code, and a whole body behind a colon.
"""

from pathlib import Path

from ..answers import NAMED, function, read


def mistakes():
    """(exercise, expected code, the learner's function) for every mistake of every file."""
    for file in sorted(Path(__file__).parent.glob("lesson*.txt")):
        for label, whole, lines in read(file.read_text(encoding="utf-8")):
            name, code = label.split()
            yield NAMED[name], code, function(NAMED[name], lines, whole)
