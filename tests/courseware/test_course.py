"""The file course.py alone: an old Python must be able to read it."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import course

from .small import arguments_of, environ, fails, run, variables_of

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


def test_course_alone(tmp_path):
    """As somebody has it who downloads this one file."""
    shutil.copy(SOURCE, tmp_path)
    assert "without the rest of the course" in fails(tmp_path)


@pytest.mark.parametrize("flags", [[], ["-O"], ["-OO"]])
def test_surroundings_do_not_matter(flags, installed, tmp_path):
    """Files named like modules of Python's own, here and where PYTHONPATH leads, and a Python told to be another."""
    here = ["random", "argparse", "json", "re", "subprocess", "shutil", "typing", "pathlib"]
    there = here[:3]   # Python itself starts with the others
    for path in [installed / name for name in here] + [tmp_path / name for name in there]:
        path.with_suffix(".py").write_text("raise SystemExit('this is not the one')")
    done = run(installed, python=[sys.executable, *flags], PYTHONPATH=str(tmp_path), PYTHONOPTIMIZE="2",
               PYTHONWARNINGS="error", PYTHONSTARTUP=str(tmp_path / "json.py"), MPLBACKEND="Qt4Agg", JUPYTER_TOKEN="")
    assert done.returncode == 0, done
    assert arguments_of(done) and not {"PYTHONPATH", "PYTHONOPTIMIZE", "MPLBACKEND", "JUPYTER_TOKEN"} & {
        *variables_of(done)}


@pytest.mark.skipif(os.name != "posix", reason="only there can a shell close them")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams(closed, installed, tmp_path):
    """Nothing is said, and nothing goes wrong."""
    with open(installed / "requirements.txt", "a") as file:
        file.write("# new\n")
    done = subprocess.run(["sh", "-c", f'"$0" course.py {closed}', sys.executable], cwd=installed, env=environ(),
                          text=True, capture_output=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert ("Opening" in done.stdout) is (">&-" not in closed.split())


@pytest.mark.skipif(os.name != "posix", reason="only there does a shell have this")
def test_nobody_listens(installed):
    done = subprocess.run(["sh", "-c", '"$0" course.py --help | true', sys.executable], cwd=installed, env=environ(),
                          text=True, capture_output=True)
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["a {x} {0} b", "50% $HOME #1 'q' `id` & [x] ~", "\u00e4\u2207\u732b"])
def test_names_of_folders(name, installed):
    """What a shell, a format or an address would read into them."""
    before = str(installed.resolve())
    here = installed.rename(installed.parent / name)
    state = here / ".venv/course-state.txt"
    now = str(here.resolve()).encode("ascii", "backslashreplace").decode()
    state.write_text(state.read_text().replace(before, now))
    with open(here / "requirements.txt", "a") as file:
        file.write("pytest\n")
    done = run(here, LC_ALL="C")
    assert done.stdout.startswith("Bringing") and "Opening the course" in done.stdout
    assert list((here / ".venv").glob("**/site-packages/pytest"))
