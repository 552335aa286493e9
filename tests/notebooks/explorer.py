"""The explorer that a cell of a lesson makes, made again."""

from __future__ import annotations

import ast

import numpy as np

from gradlib import data, explorers

from .lesson import Cell, Lesson


def explorer_in(lesson: Lesson, cell: Cell):
    """What the call of one of `gradlib.explorers` gives, perhaps as the result of a prediction; where it is handed
    arrays, with those of the lesson."""
    calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    made, = [call for call in calls if isinstance(call.func, ast.Name)]
    wanted = {node.id for node in ast.walk(made) if isinstance(node, ast.Name)} - {made.func.id}
    names = {"np": np, "data": data}
    for earlier in lesson.code[:lesson.code.index(cell)] if wanted else ():
        if wanted & bound(earlier.source) and not earlier.tags:
            exec(earlier.source, names)
    return eval(ast.unparse(made), names | {name: getattr(explorers, name) for name in explorers.__all__})


def bound(source: str) -> set[str]:
    """The names that the statements of a cell bind."""
    return {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Store)}
