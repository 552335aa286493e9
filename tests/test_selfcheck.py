"""The first cell of lesson 00: it says Ready, or which command repairs the installation."""

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
