"""What a reader has done, on one page: `import gradlib`, then

    gradlib.progress()            the map of the course, how sure and how right, and what to do next
    gradlib.progress.export()     a line for each lesson, as a file for a teacher
    gradlib.progress.forget()     delete all that is remembered
    gradlib.progress.recall("05") the question with which lesson 05 begins

`gradlib.memory` keeps it, on this computer only. `course` counts, `page` writes.
"""

import csv
import sys
import types
from pathlib import Path

from ..memory import READER
from .course import HEAD, lessons
from .page import Page
from .spaced import recall

__all__ = ["export", "forget", "recall"]


def export(file="progress.csv"):
    """Write a table into a file, a line for each lesson: what there is, what is done. Days, but no times; no names."""
    with open(file, "w", encoding="utf-8", newline="") as table:
        csv.writer(table).writerows([HEAD, *(lesson.row() for lesson in lessons())])
    return f"Written: {Path(file).resolve()}"


def forget():
    """Delete everything that is remembered of this reader. It cannot be brought back."""
    READER.forget()
    return READER.trouble() or "All is forgotten."


class Progress(types.ModuleType):
    """A module that can be called."""

    def __call__(self):
        """The page as it stands now."""
        return Page(lessons())


sys.modules[__name__].__class__ = Progress
