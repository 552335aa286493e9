"""The lint of the lessons.

python -m tests.notebooks.lint            all of notebooks/
python -m tests.notebooks.lint FILE …     these only
python -m tests.notebooks.lint --rules    what is checked, and why

Exit code 1 if there are findings.  A rule is a function in outputs, code_cells, frame, predicted, style, symbols or
arithmetic.
"""

from __future__ import annotations

import sys
from pathlib import Path

from . import arithmetic, code_cells, frame, outputs, predicted, style, symbols  # noqa: F401  (their rules enter RULES)
from .findings import RULES, Finding
from .lesson import Lesson, lesson_paths, read_lesson


def lint(lesson: Lesson) -> list[Finding]:
    """All findings, in the order of the rules."""
    return [finding for rule in RULES.values() for finding in rule(lesson)]


def described(lesson: Lesson, finding: Finding) -> str:
    """One line: file, cell with its first words, code, message."""
    place = lesson.path.name
    if finding.cell is not None:
        first = (lesson.cells[finding.cell].lines or [""])[0]
        place += f", cell {finding.cell} ({first[:40]})"
    return f"{place}: {finding.code}: {finding.message}"


def explained() -> str:
    return "\n".join(f"{code:18} {' '.join(rule.__doc__.split())}" for code, rule in RULES.items())


def main(arguments: list[str] | None = None) -> int:
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments == ["--rules"]:
        print(explained())
        return 0
    lessons = [read_lesson(path) for path in [Path(name) for name in arguments] or lesson_paths()]
    if not lessons:
        print("there are no lessons in notebooks/")
        return 1
    lines = [described(lesson, finding) for lesson in lessons for finding in lint(lesson)]
    print("\n".join([*lines, f"{len(lessons)} lessons, {len(RULES)} rules, {len(lines)} findings"]))
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
