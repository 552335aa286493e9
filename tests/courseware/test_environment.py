"""The environment: half made, moved, of another Python, and two who want it at the same time."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys

import pytest

from courseware import environment as installation
from courseware import places
from courseware.environment import empty_environment, fault, fingerprint, lock, this_folder
from courseware.machine import maker_of_environments

from ..patience import HANGING
from .small import environ, run


def test_what_is_installed_is_remembered_by_all_that_decides_it(folder, monkeypatch):
    monkeypatch.setattr(places, "FOLDER", folder)
    (folder / "old.txt").write_text("numpy==1.26.0")
    monkeypatch.setenv("PIP_CONSTRAINT", "old.txt")
    seen = {fingerprint(places.LEARN), fingerprint(places.TEST)}
    assert len(seen) == 2
    for name in [*places.TEST, "old.txt"]:
        (folder / name).write_text((folder / name).read_text() + " ")
        seen.add(fingerprint(places.TEST))
    monkeypatch.delenv("PIP_CONSTRAINT")
    seen.add(fingerprint(places.TEST))
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    seen.add(fingerprint(places.TEST))
    assert len(seen) == 2 + len([*places.TEST, "old.txt"]) + 2


def test_a_requirement_of_the_tests_does_not_disturb_learners(folder, monkeypatch):
    monkeypatch.setattr(places, "FOLDER", folder)
    before = fingerprint(places.LEARN)
    (folder / "requirements-dev.txt").write_text("nothing")
    assert fingerprint(places.LEARN) == before


def test_fault_half_made(environment):
    shutil.rmtree(places.PYTHON.parent)
    assert fault() == "its Python does not run"


def test_fault_no_pip(environment):
    """Ours always has it."""
    for pip in environment.glob("**/site-packages/pip"):
        shutil.rmtree(pip)
    assert (fault(), installation.what_is_wrong()) == ("", "its pip does not run")


def test_fault_another_python(environment, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert fault() == "it was made by another Python"


def test_fault_moved(environment, monkeypatch, tmp_path):
    monkeypatch.setattr(places, "FOLDER", tmp_path / "another")
    assert fault() == "this folder has moved"


def test_environment_of_somebody_else_is_used(folder):
    """One without pip is what `uv venv` makes."""
    subprocess.run([*maker_of_environments()[:-1], "--without-pip", folder / ".venv"], check=True)
    (folder / ".venv/mine.txt").write_text("mine")
    assert run(folder).stdout.startswith("Installing about 420 MB")
    assert (folder / ".venv/mine.txt").is_file() and list((folder / ".venv").glob("**/site-packages/pip"))
    assert installation.THEIRS in (folder / ".venv/course-state.txt").read_text()
    assert run(folder).stdout.startswith("Opening")


def test_environment_of_somebody_else_stays_theirs(environment, capsys):
    """Even after course.py has installed into it, and that was interrupted."""
    installation.remember([*installation.remembered(), installation.THEIRS])
    assert fault() == ""
    installation.remember([*installation.remembered(), installation.UNFINISHED])
    installation.make_room(fault())
    assert "is now in .venv.old;" in capsys.readouterr().out
    assert not environment.exists() and (environment.parent / ".venv.old/course-state.txt").is_file()


@pytest.mark.parametrize("make", [
    lambda path: path.write_text("mine"),
    lambda path: path.symlink_to("mine"),
    lambda path: (path / "mine").mkdir(parents=True),
])
def test_what_is_not_an_environment_is_put_aside(make, nowhere, capsys):
    (nowhere / ".venv.old").mkdir()
    make(places.ENVIRONMENT)
    installation.make_room(installation.what_is_wrong())
    assert "because its Python does not run. It is now in .venv.old-2;" in capsys.readouterr().out
    assert os.path.lexists(nowhere / ".venv.old-2") and not os.path.lexists(places.ENVIRONMENT)


def test_link_to_another_disk_stays_a_link(nowhere, capsys):
    (nowhere / "disk").mkdir()
    places.ENVIRONMENT.symlink_to(nowhere / "disk")
    for is_ours in (False, True):
        installation.make_room(installation.what_is_wrong())
        assert ("Making the folder .venv anew" in capsys.readouterr().out) is is_ours
        installation.make([sys.executable, "-c", ""])
        assert places.ENVIRONMENT.is_symlink() and [path.name for path in (nowhere / "disk").iterdir()] == [
            "course-state.txt"]


@pytest.mark.parametrize("name", ["a\nb", "\u00e4 b", "a\udcffb"])
def test_state_is_one_line_of_ascii(name, monkeypatch):
    monkeypatch.setattr(places, "FOLDER", places.FOLDER / name)
    assert this_folder().isascii() and len(this_folder().splitlines()) == 1


def test_removal_that_is_interrupted_leaves_nothing_that_looks_whole(environment, monkeypatch):
    monkeypatch.setattr(installation.shutil, "rmtree", lambda path: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        empty_environment()
    assert fault() == "its last installation was interrupted" and not installation.is_theirs()


@contextlib.contextmanager
def silent_index(folder):
    """A package index that takes a question and never answers. Gives a function that waits for the question."""
    with contextlib.ExitStack() as stack:
        index = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        index.settimeout(HANGING)
        (folder / "requirements.txt").write_text(f"--index-url http://127.0.0.1:{index.getsockname()[1]}/\nnumpy\n")
        yield lambda: stack.enter_context(contextlib.closing(index.accept()[0]))


def start(folder, **changes):
    return subprocess.Popen([sys.executable, "course.py"], cwd=folder, env=environ(**changes), text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.skipif(sys.platform == "win32", reason="one process cannot send Ctrl-C to one other on Windows")
def test_ctrl_c_before_anything_has_changed(installed):
    old = (installed / "requirements.txt").read_text()
    # A shell lets what it runs in the background ignore Ctrl-C, and what is started from there inherits that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with silent_index(installed) as asked:
        process = start(installed)
        asked()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=HANGING)
    assert (process.returncode, said) == (130, "\nStopped.\n")

    (installed / "requirements.txt").write_text(old)
    assert run(installed).stdout.startswith("Opening")


@pytest.mark.skipif(sys.platform == "win32", reason="a lock is not inherited on Windows")
def test_killed_while_pip_goes_on(installed):
    old = (installed / "requirements.txt").read_text()
    with silent_index(installed) as asked:
        process = start(installed, PIP_RETRIES="0")
        asked()
        process.kill()
        process.communicate()
        (installed / "requirements.txt").write_text(old)
        process = start(installed)
        first = process.stdout.readline()
        assert first.startswith("The course is being installed in this folder"), first
    said, wrong = process.communicate(timeout=HANGING)   # the index is gone, and so is the pip that waited for it
    assert (process.returncode, wrong) == (0, "")
    assert said.startswith("Making the folder .venv anew, because its last installation was interrupted.\n")
    assert "Opening the course" in said


def test_two_at_once(installed):
    with open(installed / "requirements.txt", "a") as file:
        file.write("pytest\n")
    with open(installed / ".venv.lock", "w") as file:
        lock(file)
        process = start(installed)
        assert process.stdout.readline().startswith("The course is being installed in this folder")
        assert process.poll() is None
    assert process.wait(60) == 0, process.stderr.read()
    process.communicate()
