"""Folders with the small course: new, or with an environment in it."""

import shutil

import pytest

from courseware import places
from courseware.environment import fault

from .small import run, write_course


@pytest.fixture
def folder(tmp_path):
    return write_course(tmp_path / "a folder")


@pytest.fixture(scope="session")
def first_start(tmp_path_factory):
    folder = write_course(tmp_path_factory.mktemp("first") / "a folder")
    return folder, run(folder, "--no-browser")


@pytest.fixture
def installed(first_start, tmp_path):
    """A copy of a folder in which the course has been started; quicker than to start it once more."""
    folder = shutil.copytree(first_start[0], tmp_path / "a folder", symlinks=True)
    state = folder / ".venv/course-state.txt"
    state.write_text(state.read_text().replace(str(first_start[0].resolve()), str(folder.resolve())))
    return folder


@pytest.fixture
def environment(installed, monkeypatch):
    """This process' course.py, made to look at an installed folder."""
    look_at(installed.resolve(), monkeypatch)
    assert fault() == ""
    return places.ENVIRONMENT


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """This process' course.py, made to look at an empty folder."""
    look_at(tmp_path, monkeypatch)
    return tmp_path


def look_at(folder, monkeypatch):
    source = places.FOLDER
    for name in ["FOLDER", "ENVIRONMENT", "PYTHON", "STATE", "LOCK"]:
        monkeypatch.setattr(places, name, folder / getattr(places, name).relative_to(source))
