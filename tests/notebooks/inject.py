"""Answer the exercises of a lesson in a copy of it, run the copy, and ask the kernel what the checks said."""

from __future__ import annotations

import ast
import copy
from typing import NamedTuple

from nbclient import NotebookClient

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
    """Run copies of one lesson to their end, one after another in a kernel that forgets every name in between.

    State -> NAME -> what its check said, read from the Result and not from text; or the LessonFailed.
    """
    results = {}
    first = next(iter(copies.values()))
    async with kernel(first.notebook, first.path.parent) as client:
        for state, lesson in copies.items():
            await renew(client)
            try:
                results[state] = await played(client, answered(lesson, {}), state)
            except LessonFailed as failure:
                results[state] = failure
    return results


async def played(client: NotebookClient, copied: Lesson, state: str) -> dict[str, Said]:
    """NAME -> what its check said, after all cells have run."""
    client.nb = copied.notebook
    await run_cells(client, f"{copied.path.name} ({state})")
    return {name: await said(client, cell.raw.execution_count) for name, cell in copied.named("check").items()}


async def renew(client: NotebookClient) -> None:
    """Forget what the kernel has computed, and count from 1 again."""
    client.reset_execution_trackers()
    await value(client, "get_ipython().reset()")


async def said(client, count: int) -> Said:
    """Status and code of the Result that cell number `count` returned."""
    return Said(*ast.literal_eval(await value(client, f"(Out[{count}].status, Out[{count}].code)")))
