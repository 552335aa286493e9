"""What a rule of the lint is: a function from a lesson to findings, with a code of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps

from .lesson import Lesson


@dataclass(frozen=True)
class Finding:
    code: str
    cell: int | None  # counted from 0; None: the lesson as a whole
    message: str


RULES: dict[str, Callable[[Lesson], list[Finding]]] = {}


def rule(function: Callable[[Lesson], Iterator[tuple[int | None, str]]]):
    """A rule from a generator of (cell, message).  Its code is its name; its docstring says why it exists."""
    code = function.__name__.replace("_", "-")

    @wraps(function)
    def findings(lesson: Lesson) -> list[Finding]:
        return [Finding(code, cell, message) for cell, message in function(lesson)]

    RULES[code] = findings
    return findings
