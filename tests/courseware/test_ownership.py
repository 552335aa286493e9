"""A file that belongs to somebody else, for example since course.py was run with sudo once."""

import os

import pytest

from courseware import ownership, places

DENIED = "PermissionError: [Errno 13] Permission denied: {!r}"

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no owners of this kind")


@pytest.fixture
def of_root(nowhere, monkeypatch):
    """A folder of ours in which some files are not ours."""
    theirs = {nowhere / ".venv", nowhere / ".venv/lib", nowhere / ".venv.lock", nowhere / "gradlib.egg-info"}
    (nowhere / ".venv/lib").mkdir(parents=True)
    (nowhere / ".venv.lock").touch()
    (nowhere / "gradlib.egg-info").mkdir()
    monkeypatch.setattr(ownership, "owner_of", lambda path: "root" if path in theirs else "ada")
    monkeypatch.setattr(ownership, "owner_of_this_process", lambda: "ada")
    return nowhere


@pytest.mark.parametrize("name", [".venv/lib/python3/x.py", ".venv/course-state.txt", ".venv.lock"])
def test_environment_of_root(name, of_root):
    said = ownership.what_cannot_be_written(DENIED.format(str(of_root / name)))
    assert said.startswith(f"{of_root / name.split('/')[0]} belongs to root")
    assert f"`sudo chown -R ada {of_root}`" in said


def test_another_file_of_root(of_root):
    """Named from the course's folder, as setuptools does."""
    said = ownership.what_cannot_be_written(DENIED.format("gradlib.egg-info/PKG-INFO"))
    assert said.startswith(f"{of_root / 'gradlib.egg-info'} belongs to root")
    assert f"`sudo chown -R ada {of_root}`" in said


def test_folder_of_somebody_else(of_root, monkeypatch):
    """A course in a place for all, such as /opt."""
    monkeypatch.setattr(ownership, "owner_of", lambda path: "root")
    monkeypatch.setattr(ownership, "can_be_written", lambda path: False)
    for name in (".venv2", ".venv.lock"):
        said = ownership.what_cannot_be_written(DENIED.format(str(of_root / name)))
    assert "does not let you write" in said and "Copy the course" in said and "sudo" not in said


def test_file_that_is_ours_and_cannot_be_written(of_root, tmp_path_factory):
    other = tmp_path_factory.mktemp("home")
    said = ownership.what_cannot_be_written(DENIED.format(str(other / "pip/x")))
    assert str(other) in said and "sudo" not in said and "Copy the course" not in said


def test_quoted_for_the_shell(nowhere, monkeypatch):
    monkeypatch.setattr(places, "FOLDER", nowhere / "it's $HOME")
    assert """'"'"'""" in ownership.repair(places.FOLDER / "x")
