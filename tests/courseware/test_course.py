"""The file course.py alone: an old Python must be able to read it."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import course

from .small import fails

SOURCE = Path(course.__file__)


def test_reads_with_the_grammar_of_old_pythons():
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("newer, repair", [
    ("python3.12", "This computer has a newer one: run `python3.12 course.py`."),
    (None, "Install a newer one from https://www.python.org/downloads/ and run course.py with it."),
])
def test_python_too_old(newer, repair, monkeypatch, capsys):
    monkeypatch.setattr(course, "newer_python", lambda: newer)
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert course.main([]) == 1
    assert capsys.readouterr().err == f"\nThe course needs Python 3.10 or newer, and this is Python 3.9. {repair}\n"


def test_old_python_itself(folder):
    names = [f"python3.{minor}" for minor in range(6, 10)]
    old = [name for name in names
           if shutil.which(name) and not subprocess.run([name, "-c", ""], capture_output=True).returncode]
    if not old:
        pytest.skip("this computer has no old Python")
    for name in old:
        assert "The course needs Python 3.10 or newer" in fails(folder, python=[name])


def test_newer_python_is_one_that_runs(tmp_path, monkeypatch):
    if os.name != "posix":
        pytest.skip("py.exe finds the newest Python by itself")
    for name, code in [("python3.14", 1), ("python3.11", 0), ("python3.9", 0)]:
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert course.newer_python() == "python3.11"
