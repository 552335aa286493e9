"""Answers as learners write them: right ones in many styles, wrong ones with the code they should get, and odd ones
that have no name.  A file a lesson, and one for its harder exercises; in it three tables for each exercise.

They are not copied from the catalogues in gradlib.exercises. A row of a table:

    code    line        the line stands in the place of the solution's line that makes the same name;
            line        each further line is another answer with the same code
    code                one answer of several lines
        line
        line
    code:   line        after a colon stands a whole body, on one line or on several
    code                or a whole function, where its head is another one
        def ...

Right and odd answers have a name where wrong ones have a code. All may use the modules and names of NAMES, as if they
had been imported in a cell above.
"""

import cmath
import collections
import functools
import graphlib
import importlib
import itertools
import operator
import pkgutil
import re
import statistics
import textwrap
from collections import defaultdict
from fractions import Fraction

from gradlib import autodiff, calculus, descent, exercises, numeric, theory
from gradlib.exercises import harder
from gradlib.exercises.engine import Exercise
from gradlib.exercises.writing import built, cell, rewritten

LESSONS = [importlib.import_module(f"{package.__name__}.{module.name}") for package in (exercises, harder)
           for module in pkgutil.iter_modules(package.__path__) if module.name.startswith("lesson")]
EXERCISES = [value for lesson in LESSONS for value in vars(lesson).values() if isinstance(value, Exercise)]
NAMED = {exercise.name: exercise for exercise in EXERCISES}
NAMES = {"Fraction": Fraction} | {module.__name__.rpartition(".")[2]: module for module in (
    autodiff, calculus, cmath, collections, descent, functools, graphlib, itertools, numeric, operator, statistics,
    theory)}
RIGHT, WRONG, ODD = defaultdict(list), defaultdict(list), defaultdict(list)


def answers(name, right="", wrong="", odd="", **names):
    """The answers to one exercise.  `names`: what else they may use."""
    def functions(rows):
        return [(label, function(NAMED[name], lines, whole, names)) for label, whole, lines in read(rows)]
    WRONG[name] += functions(wrong)
    for table, rows in ((RIGHT, right), (ODD, odd)):
        for label, answer in functions(rows):
            answer.__name__ = label
            table[name].append(answer)


def read(rows):
    """(label, whether it is a whole body, lines) for each answer of a table."""
    for row in re.split(r"\n(?=\S)", rows.strip("\n")) if rows else ():
        label, colon, first, rest = re.fullmatch(r"([^\s:]+(?: [^\s:]+)?)(:?) *(.*)\n?((?s:.*))", row).groups()
        for lines in [first, *filter(None, rest.splitlines())] if first else [rest]:
            yield label, bool(colon), textwrap.dedent(lines).strip()


def function(exercise, lines, whole, names={}):
    """What a learner defines who writes these lines: a whole body, or what differs from the solution."""
    source = cell(exercise.head, lines) if whole else rewritten(exercise.source, lines)
    return built(source, exercise.names | NAMES | names)


for file in pkgutil.iter_modules(__path__):   # each fills the tables
    importlib.import_module(f".{file.name}", __name__)
