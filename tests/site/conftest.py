"""The site as `python course.py site` writes it, in a copy of the course; made once for all tests of this folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from courseware.environment import lock
from courseware.places import FOLDER

COURSE = ("courseware", "pages", "gradlib", "labextension", "notebooks", "docs", "binder")


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder `site`. Skipped where pip cannot have the packages."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base   # the one that all workers share
    with turn(base / "site.lock"):
        if not (base / "the course").exists():
            copy_course(base / "the course")
            write_site(base / "the course", base / "said.txt")
    said = (base / "said.txt").read_text(encoding="utf-8")
    if "cannot reach the package index" in said:
        pytest.skip(f"the site was not built: {said.strip().splitlines()[-1]}")
    assert "Done: the folder site" in said, said
    return base / "the course" / "site"


@contextmanager
def turn(path):
    """Wait until no other worker holds this lock, and hold it."""
    with open(path, "w") as file:
        while True:
            try:
                lock(file)
                break
            except (BlockingIOError, PermissionError):
                time.sleep(0.2)
        yield


def copy_course(folder):
    folder.mkdir()
    for name in COURSE:
        shutil.copytree(FOLDER / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb*"))
    for file in FOLDER.iterdir():
        if file.is_file():
            shutil.copy(file, folder)


def write_site(folder, said, **environment):
    """Type the command. What it says goes into a file; returns its exit code."""
    with open(said, "w", encoding="utf-8") as file:
        return subprocess.call([sys.executable, "course.py", "site"], cwd=folder, stdin=subprocess.DEVNULL,
                               stdout=file, stderr=file, env={**os.environ, **environment})
