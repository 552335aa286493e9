"""Answer the exercises of a lesson in a copy of it, run the copy, and ask the kernel what the checks said."""

from __future__ import annotations

import ast
import copy
from typing import NamedTuple

from .kernels import kernel, run_cells, value
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
    return {name: getattr(lesson.exercises, name).solution_source() for name in lesson.named("exercise")}


async def play(lesson: Lesson, state: str) -> dict[str, Said]:
    """Run a copy to its end.  NAME -> what its check said, read from the Result and not from text."""
    copied = answered(lesson, {})
    async with kernel(copied.notebook, lesson.path.parent) as client:
        await run_cells(client, f"{lesson.path.name} ({state})")
        checks = copied.named("check")
        return {name: await said(client, cell.raw.execution_count) for name, cell in checks.items()}


async def said(client, count: int) -> Said:
    """Status and code of the Result that cell number `count` returned."""
    return Said(*ast.literal_eval(await value(client, f"(Out[{count}].status, Out[{count}].code)")))
