"""The rules of the house for courseware: it begins before anything is installed."""

import ast
import sys
from pathlib import Path

import pytest

import courseware

MODULES = sorted(Path(courseware.__file__).parent.glob("*.py"))
COURSE = Path(courseware.__file__).parents[1] / "course.py"


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", [COURSE, *MODULES], ids=lambda path: path.name)
def test_only_the_standard_library(path):
    for node in ast.walk(tree(path)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
        strangers = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"course", "courseware"}
        assert not strangers or path.name == "jupyter.py", "that one is run in .venv"


@pytest.mark.parametrize("path", [COURSE, *MODULES], ids=lambda path: path.name)
def test_sentences_are_ascii(path):
    """A terminal may know no more, and a sentence that fails to print repairs nothing."""
    assert path.read_text(encoding="utf-8").isascii()


@pytest.mark.parametrize("path", [COURSE, *MODULES], ids=lambda path: path.name)
def test_functions_are_short(path):
    assert ast.get_docstring(tree(path))
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 30, node.name


def test_course_is_little_more_than_a_door():
    assert len(COURSE.read_text(encoding="utf-8").splitlines()) <= 70
