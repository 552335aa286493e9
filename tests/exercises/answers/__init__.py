"""Answers as learners write them: RIGHT in many styles, WRONG with the code they should get, ODD.  A file a lesson.

They are not copied from the catalogues in gradlib.exercises, and should not be tidied. Most wrong answers are rows:

    code  line                 the line stands in the place of the solution's
    code                       and so do several, indented below the code;
        line                   lines that begin with def are a whole function
        line
"""

import importlib
import pkgutil
import re
import textwrap
from collections import defaultdict

from gradlib import exercises
from gradlib.exercises.engine import Exercise

LESSONS = [importlib.import_module(f"gradlib.exercises.{module.name}")
           for module in pkgutil.iter_modules(exercises.__path__) if module.name.startswith("lesson")]
EXERCISES = [value for lesson in LESSONS for value in vars(lesson).values() if isinstance(value, Exercise)]
NAMED = {exercise.name: exercise for exercise in EXERCISES}
RIGHT, WRONG, ODD = defaultdict(list), defaultdict(list), defaultdict(list)


def right(exercise):
    """An answer that must be called correct."""
    def keep(function):
        RIGHT[exercise].append(function)
        return function
    return keep


def wrong(exercise, code):
    """An answer that must get this code; for those that need what no row can bring along."""
    def keep(function):
        WRONG[exercise].append((code, function))
        return function
    return keep


def wrong_lines(exercise, rows):
    """Wrong answers as rows: code and lines."""
    WRONG[exercise] += [(code, NAMED[exercise].way(lines)) for code, lines in read(rows)]


def read(rows):
    """(code, lines) for each row of a text."""
    for row in re.split(r"\n(?=\S)", rows.strip("\n")):
        code, _, rest = re.match(r"(\S+)( *)(.*)", row, re.DOTALL).groups()
        yield code, textwrap.dedent(rest.strip("\n"))


def odd(exercise):
    """An answer that is wrong in a way that nobody foresaw."""
    def keep(function):
        ODD[exercise].append(function)
        return function
    return keep


for file in pkgutil.iter_modules(__path__):   # each fills the tables
    importlib.import_module(f".{file.name}", __name__)
