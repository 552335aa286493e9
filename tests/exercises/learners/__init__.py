"""Mistakes that real learners made, found in public threads and written anew, in lessonNN.txt. To add one: three lines.

    slope forgot_mean                   the exercise and the code of the diagnosis
        def slope(w, x, y):             the lines below, indented: a whole function, or lines that stand in the place
            return sum((w*x-y)*x)       of the solution's

They may use np, math, the sigmoid as s, sigmoid or _sig, and _fw(X, W1, b1, W2, b2): h and p of a network.
"""

import re
import textwrap
from pathlib import Path

from gradlib.calculus import sigmoid
from gradlib.exercises.writing import NAMES, built, rewritten

from ..answers import NAMED


def forward(X, W1, b1, W2, b2):
    """The values of the hidden units and the predictions of a network of two layers."""
    h = sigmoid(X @ W1 + b1)
    return h, sigmoid(h @ W2 + b2)


def mistakes():
    """(exercise, expected code, the learner's function) for every mistake of every file."""
    for file in sorted(Path(__file__).parent.glob("lesson*.txt")):
        for block in re.split(r"\n(?=\S)", file.read_text(encoding="utf-8").strip("\n")):
            head, _, lines = block.partition("\n")
            name, code = head.split()
            source = rewritten(NAMED[name].source, textwrap.dedent(lines))
            yield NAMED[name], code, built(source, NAMES | {"s": sigmoid, "_sig": sigmoid, "_fw": forward})
