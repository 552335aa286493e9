"""The environment: half made, moved, of another Python, and two who want it at the same time."""

import contextlib
import shutil
import signal
import socket
import subprocess
import sys

import pytest

from courseware import environment as installation
from courseware import places
from courseware.environment import fault, fingerprint, lock, remove_environment

from .small import environ, fails, run


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
    assert len(seen) == 2 + 5 + 2


def test_a_requirement_of_the_tests_does_not_disturb_learners(folder, monkeypatch):
    monkeypatch.setattr(places, "FOLDER", folder)
    before = fingerprint(places.LEARN)
    (folder / "requirements-dev.txt").write_text("nothing")
    assert fingerprint(places.LEARN) == before


def test_fault_half_made(environment):
    shutil.rmtree(places.PYTHON.parent)
    assert fault() == "its Python does not run"


def test_fault_no_pip(environment):
    """Such as one that `uv venv` has made, or one whose making was interrupted."""
    for pip in environment.glob("**/site-packages/pip"):
        shutil.rmtree(pip)
    assert fault() == "its Python does not run"


def test_fault_another_python(environment, monkeypatch):
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert fault() == "it was made by another Python"


def test_fault_moved(environment, monkeypatch, tmp_path):
    monkeypatch.setattr(places, "FOLDER", tmp_path / "another")
    assert fault() == "this folder has moved"


def test_environment_made_by_hand_is_used(environment):
    places.STATE.unlink()
    assert fault() == ""


def test_removal_that_is_interrupted_leaves_nothing_that_looks_whole(environment, monkeypatch):
    monkeypatch.setattr(installation.shutil, "rmtree", lambda path: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        remove_environment()
    assert fault() == "its Python does not run"


@pytest.mark.skipif(sys.platform == "win32", reason="one process cannot send Ctrl-C to one other on Windows")
def test_ctrl_c_while_installing_and_the_repair(installed):
    old = (installed / "requirements.txt").read_text()
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as silent_index:
        address = f"http://127.0.0.1:{silent_index.getsockname()[1]}/"
        (installed / "requirements.txt").write_text(f"--index-url {address}\nnumpy\n")
        process = subprocess.Popen([sys.executable, "course.py"], cwd=installed, env=environ(), text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        silent_index.settimeout(60)
        with contextlib.closing(silent_index.accept()[0]):  # pip has asked and now waits
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "\nStopped.\n")

    (installed / "requirements.txt").write_text(old)
    done = run(installed)
    assert done.returncode == 0
    assert done.stdout.startswith(
        "Making the folder .venv anew, because its last installation was interrupted.\nInstalling about 420 MB")
    assert run(installed).stdout.startswith("Opening")


def test_two_at_once(folder):
    with open(folder / ".venv.lock", "w") as file:
        lock(file)
        assert "Another window is installing the course" in fails(folder)
    assert not (folder / ".venv").exists()
