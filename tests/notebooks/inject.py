"""Answer the exercises of a lesson in a copy of it, run the copy, and ask the kernel what the checks said."""

from __future__ import annotations

import ast
import copy
from typing import NamedTuple

from .kernels import LessonFailed, kernel, run_cells, value
from .lesson import Lesson


class Said(NamedTuple):
    """What a check said: the two stable attributes of its Result."""

    status: str
    code: str


def answered(lesson: Lesson, answers: dict[str, str]) -> Lesson:
    """A copy in which answers[NAME] stands in the cell exercise:NAME; with {} an untouched copy."""
    notebook = copy.deepcopy(lesson.notebook)
    for name, source in answers.items():
        notebook.cells[lesson.named("exercise")[name].index].source = source
    return Lesson(lesson.path, notebook, lesson.exercises)


def solutions(lesson: Lesson) -> dict[str, str]:
    """NAME -> a right answer, for every exercise of the lesson."""
    return {name: getattr(lesson.exercises, name).source for name in lesson.named("exercise")}


async def play(copies: dict[str, Lesson]) -> dict[str, dict[str, Said] | LessonFailed]:
    """Run copies of one lesson one after another in one kernel: the first from the top, each other one from the first
    cell that differs from the copy before it.

    State -> NAME -> what its check said, read from the Result and not from text; or the LessonFailed.
    """
    results, before = {}, None
    first = next(iter(copies.values()))
    async with kernel(first.notebook, first.path.parent) as client:
        for state, lesson in copies.items():
            client.nb = copy.deepcopy(lesson.notebook)
            try:
                await run_cells(client, f"{lesson.path.name} ({state})", differs(before, lesson))
                results[state] = {name: await said(client, client.nb.cells[cell.index].execution_count)
                                  for name, cell in lesson.named("check").items()}
            except LessonFailed as failure:
                results[state] = failure
            before = lesson
    return results


def differs(before: Lesson | None, lesson: Lesson) -> int:
    """The number of the first cell that is not as it was before."""
    pairs = zip(before.notebook.cells, lesson.notebook.cells) if before else ()
    return next((i for i, (old, new) in enumerate(pairs) if old.source != new.source), 0)


async def said(client, count: int) -> Said:
    """Status and code of the Result that cell number `count` returned."""
    return Said(*ast.literal_eval(await value(client, f"(Out[{count}].status, Out[{count}].code)")))
