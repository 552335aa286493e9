"""The lint over every lesson on disk, one test each."""

from __future__ import annotations

import json
import subprocess
import sys

import nbformat
import pytest

from .code_cells import imports, trees
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


# A Python without the course, and without NumPy: it runs the cells that it is given, and prints what they say.
FOREIGN_KERNEL = """
import json, sys
for cell in json.load(sys.stdin):
    try:
        exec(cell, {})
    except ImportError as error:
        print(error)
"""


def test_a_foreign_kernel_says_which_one_to_choose():
    """In every lesson; and in lesson 00 the self-check does not send a reader to a command that is done."""
    cells = [cell.source for path in LESSONS for cell, tree in trees(read_lesson(path)) if list(imports(tree))]
    said = subprocess.run([sys.executable, "-I", "-S", "-c", FOREIGN_KERNEL], input=json.dumps(cells), text=True,
                          capture_output=True, check=True).stdout
    assert said.count(f"is {sys.executable}, without") == said.count("Choose the kernel .venv") == len(LESSONS) + 1
    assert said.startswith("Not ready: this kernel is")
