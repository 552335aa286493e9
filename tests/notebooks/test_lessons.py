"""The lint over every lesson on disk, one test each."""

from __future__ import annotations

import nbformat
import pytest

from .lesson import lesson_paths, read_lesson
from .lint import described, lint
from .run import as_text

LESSONS = lesson_paths()


def test_there_are_lessons():
    assert LESSONS, "notebooks/ holds no lesson: without one, nothing below is tested"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_lint_finds_nothing(path):
    lesson = read_lesson(path)
    findings = [described(lesson, finding) for finding in lint(lesson)]
    assert not findings, "\n" + "\n".join(findings)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_file_is_a_valid_notebook_as_our_command_stores_it(path):
    """A lesson saved by hand in JupyterLab differs; `python -m tests.notebooks.run --write` repairs it."""
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    nbformat.validate(notebook)
    assert as_text(notebook) == path.read_bytes().decode()
