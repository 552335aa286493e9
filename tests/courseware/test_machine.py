"""A computer that is not as it should be."""

import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

from courseware import machine, places
from courseware.troubles import Trouble

from .small import fails


def test_python_without_venv(folder, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None\n")
    said = fails(folder, PYTHONPATH=str(tmp_path))
    assert "lacks the module that makes environments" in said
    assert not (folder / ".venv").exists()


def test_python_without_venv_on_debian(monkeypatch):
    monkeypatch.setattr(machine.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(Path, "is_file", lambda path: str(path) == os.path.normpath("/etc/debian_version"))
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    with pytest.raises(Trouble, match=rf"apt install python3\.{sys.version_info.minor}-venv`, then"):
        machine.maker_of_environments()


def test_disk_full_before_it_begins(folder, monkeypatch):
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(10**9, 0, 99 * 10**6))
    with pytest.raises(Trouble, match="The disk has 99 MB left, and the course needs about 420 MB"):
        machine.check_space(420)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_cannot_be_written(folder):
    folder.chmod(0o555)
    try:
        assert "does not let you write" in fails(folder)
    finally:
        folder.chmod(0o755)


def test_busy_port(folder):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = fails(folder, "--port", str(port))
    assert said.startswith(f"Port {port} is busy: another program uses it")
    free = int(said.split("--port ")[1].split("`")[0])
    assert free != port and machine.is_free(free)
    assert not (folder / ".venv").exists(), "said at once, not after a minute's installation"


def test_port_on_a_computer_without_ipv6(monkeypatch):
    known = [(socket.AF_INET6, socket.SOCK_STREAM, 0, "", ("2001:db8::1", 23457, 0, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *host, **type: known)
    assert machine.is_free(23457)


@pytest.mark.parametrize("name, words", [
    (f"a{os.pathsep}b", f"a `{os.pathsep}`"), ("a\udcffb", "no letter of Unicode")])
def test_folder_in_which_nothing_can_be_made(name, words, monkeypatch):
    monkeypatch.setattr(places, "FOLDER", places.FOLDER / name)
    with pytest.raises(Trouble, match=words):
        machine.check_folder()


@pytest.mark.parametrize("name", ["random.py", "typing"])
def test_file_that_takes_a_name_of_python_s(name, nowhere):
    (nowhere / "my notes.py").touch()
    machine.check_names()
    if name.endswith(".py"):
        (nowhere / name).touch()
    else:
        (nowhere / name).mkdir()
        (nowhere / name / "__init__.py").touch()
    with pytest.raises(Trouble, match=name):
        machine.check_names()


@pytest.mark.skipif(os.name != "posix", reason="no sudo, and no owners by number")
def test_sudo_in_a_folder_of_the_user_s_own(nowhere, monkeypatch):
    monkeypatch.setattr(machine, "is_root", lambda: True)
    machine.check_user()
    monkeypatch.setenv("SUDO_UID", "0")
    machine.check_user()
    monkeypatch.setenv("SUDO_UID", "4711")
    machine.check_user()
    if os.geteuid() == 0:
        os.chown(nowhere, 4711, -1)
    else:
        monkeypatch.setenv("SUDO_UID", str(os.geteuid()))
    with pytest.raises(Trouble, match="without sudo"):
        machine.check_user()
