"""What this computer must have: Python's own modules, room on the disk, a free port."""

import errno
import importlib.util
import os
import re
import shutil
import socket
import sys
from pathlib import Path

from . import places
from .troubles import Trouble


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def maker_of_environments():
    """The command that makes .venv, with this Python's own module or, where that is missing, with uv."""
    # Inside an environment, the Python that it was made from: .venv may be that environment.
    python = getattr(sys, "_base_executable", None) or sys.executable
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return [python, "-I", "-m", "venv", places.ENVIRONMENT]
    if shutil.which("uv"):
        return ["uv", "venv", "--seed", "--allow-existing", "--python", python, places.ENVIRONMENT]
    raise Trouble(f"This Python ({sys.executable}) lacks the module that makes environments. {how_to_complete_it()}")


def check_folder():
    """Refuse a folder in which no environment can be made."""
    name = str(places.FOLDER)
    bad = os.pathsep if os.pathsep in name else "".join(re.findall("[\udc80-\udcff]", name))
    if bad:
        what = f"a `{bad}`" if bad == os.pathsep else "something that is no letter of Unicode"
        raise Trouble(f"There is {what} in the name of this folder, {name}, with which Python can make no environment. "
                      "Give the folder another name, then run this again.")


def how_to_complete_it():
    if Path("/etc/debian_version").is_file() and sys.base_prefix == "/usr":
        apt = "apt install" if is_root() else "sudo apt install"
        return f"Run `{apt} python3.{sys.version_info.minor}-venv`, then this again."
    return "Install a complete one from https://www.python.org/downloads/ and run course.py with it."


def check_user():
    """Refuse to work with sudo in a folder of the user's own: what it makes there would belong to root."""
    user = os.environ.get("SUDO_UID", "0")
    if is_root() and user != "0" and str(places.FOLDER.stat().st_uid) == user:
        raise Trouble(f"Run this without sudo: `{places.COMMAND}`. The course needs no rights but your own.")


def check_names():
    """Refuse files beside course.py that Python would take for modules of its own."""
    taken = [path.name for path in places.FOLDER.iterdir()
             if path.stem in sys.stdlib_module_names and (path.suffix == ".py" or (path / "__init__.py").is_file())]
    if taken:
        raise Trouble(f"{' and '.join(sorted(taken))} in {places.FOLDER} has the name of a module of Python's own, "
                      "which could not be found any more. Give it another name, then run this again.")


def check_space(megabytes):
    """Refuse a disk that has not so much left."""
    free = shutil.disk_usage(places.FOLDER).free // 10**6
    if free < megabytes:
        raise Trouble(f"The disk has {free} MB left, and the course needs about {megabytes} MB in {places.FOLDER}. "
                      "Free some space, then run this again.")


def check_port(port, host="localhost"):
    """Refuse a port that another program uses, and name one that is free."""
    if is_free(port, host):
        return
    others = list(range(port + 1, 65536)) + list(range(1024, port))
    other = next(candidate for candidate in others if is_free(candidate, host))
    raise Trouble(f"Port {port} is busy: another program uses it, perhaps a JupyterLab that is still open. "
                  f"Run `{places.COMMAND} --port {other}`, or without --port.")


def is_free(port, host="localhost"):
    for family, kind, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        try:
            with socket.socket(family, kind) as probe:
                if os.name == "posix":
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False  # any other error says that this computer has no such family of addresses
    return True
