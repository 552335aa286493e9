"""What this computer must have: Python's own modules, room on the disk, a free port."""

import errno
import importlib.util
import os
import shutil
import socket
import sys
from pathlib import Path

from . import places
from .troubles import Trouble


def is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def check_venv_module():
    if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        return
    if Path("/etc/debian_version").is_file() and sys.base_prefix == "/usr":
        apt = "apt install" if is_root() else "sudo apt install"
        repair = f"Run `{apt} python3.{sys.version_info.minor}-venv`, then this again."
    else:
        repair = "Install a complete one from https://www.python.org/downloads/ and run course.py with it."
    raise Trouble(f"This Python ({sys.executable}) lacks the module that makes environments. {repair}")


def check_space(megabytes):
    free = shutil.disk_usage(places.FOLDER).free // 10**6
    if free < megabytes:
        raise Trouble(f"The disk has {free} MB left, and the course needs about {megabytes} MB in {places.FOLDER}. "
                      "Free some space, then run this again.")


def check_port(port):
    if is_free(port):
        return
    others = list(range(port + 1, 65536)) + list(range(1024, port))
    other = next(candidate for candidate in others if is_free(candidate))
    raise Trouble(f"Port {port} is busy: another program uses it, perhaps a JupyterLab that is still open. "
                  f"Run `{places.COMMAND} --port {other}`, or without --port.")


def is_free(port):
    for family, kind, _, _, address in socket.getaddrinfo("localhost", port, type=socket.SOCK_STREAM):
        try:
            with socket.socket(family, kind) as probe:
                if os.name == "posix":
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                return False  # any other error says that this computer has no such family of addresses
    return True
