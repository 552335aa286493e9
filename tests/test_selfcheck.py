"""The first cell of lesson 00: it says Ready, or which command repairs the installation."""

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError

import pytest

from gradlib import selfcheck


@pytest.fixture
def installed(monkeypatch):
    versions = {}

    def version(name):
        if name not in versions:
            raise PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(selfcheck, "version", version)
    monkeypatch.setattr(selfcheck, "requires", lambda name: ["numpy>=1.26,<3", "ipywidgets>=8.1,<9"])
    return versions


def test_this_environment_is_ready():
    assert selfcheck.ready() == "Ready."


def test_all_is_well(installed):
    installed.update(numpy="2.4.6", ipywidgets="8.1.7")
    assert selfcheck.ready() == "Ready."


def test_too_old(installed):
    installed.update(numpy="1.21.0", ipywidgets="8.1.7")
    assert selfcheck.ready() == (
        "Not ready: numpy is version 1.21.0, and the course needs <3,>=1.26. "
        "Run this in a terminal, then restart the kernel:\n"
        f'    {sys.executable} -m pip install "numpy<3,>=1.26"')


@pytest.mark.parametrize("system, typed", [("posix", '"/my course/python"'), ("nt", '& "/my course/python"')])
def test_a_path_with_a_space(installed, monkeypatch, system, typed):
    monkeypatch.setattr(sys, "executable", "/my course/python")
    monkeypatch.setattr(selfcheck.os, "name", system)
    assert f"    {typed} -m pip install" in selfcheck.ready()


def test_missing(installed):
    installed.update(numpy="2.4.6")
    assert selfcheck.ready().startswith("Not ready: ipywidgets is missing. Run this in a terminal")


def test_colab_has_widgets_of_its_own(installed, monkeypatch):
    installed.update(numpy="2.1.3", ipywidgets="7.7.1")
    assert selfcheck.ready().startswith("Not ready: ipywidgets is version 7.7.1")
    monkeypatch.setenv("COLAB_RELEASE_TAG", "release-colab_20260819")
    assert selfcheck.ready() == "Ready."


def said_where(numpy, cwd, version="1.21.0", described=True, **variables):
    """ready(), asked in the folder cwd, while a file `numpy` claims to be NumPy."""
    numpy.parent.mkdir(parents=True, exist_ok=True)
    numpy.write_text(f"raise ImportError('made for another Python')  # {version}")
    if described:
        info = (numpy.parent if numpy.stem == "numpy" else numpy.parent.parent) / f"numpy-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: numpy\nVersion: {version}\n")
    code = "from gradlib.selfcheck import ready; print(ready())"
    done = subprocess.run([sys.executable, "-c", code], cwd=cwd, env={**os.environ, **variables},
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("described", [True, False])
def test_a_numpy_in_the_way_is_named_and_not_installed_over(tmp_path, described):
    """pip would install into .venv, and PYTHONPATH would still come first."""
    numpy = tmp_path / "old" / "numpy" / "__init__.py"
    said = said_where(numpy, tmp_path, described=described, PYTHONPATH=str(tmp_path / "old"))
    assert said.startswith(f"Not ready: numpy is loaded from {numpy}") and "PYTHONPATH" in said
    assert "pip" not in said


def test_a_file_called_numpy_beside_the_lesson(tmp_path):
    said = said_where(tmp_path / "numpy.py", tmp_path, described=False)
    assert f"Give {tmp_path / 'numpy.py'} another name" in said and "pip" not in said


def test_a_newer_numpy_from_elsewhere_will_do(tmp_path):
    numpy = tmp_path / "new" / "numpy" / "__init__.py"
    assert said_where(numpy, tmp_path, version="2.9.9", PYTHONPATH=str(tmp_path / "new")) == "Ready.\n"
