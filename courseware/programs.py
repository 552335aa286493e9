"""Running other programs: in silence, or in the place of this one."""

import os
import subprocess

from . import places
from .terminal import show_on_same_line
from .troubles import explained


def hand_over(command):
    """Run the environment's Python in the place of this one, so that Ctrl-C reaches it alone."""
    os.chdir(places.FOLDER)
    command = [places.PYTHON] + command
    if os.name == "posix":
        os.execv(command[0], command)
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                pass  # the other Python has had it too, and ends in its own way


def run_quietly(command, on_line=lambda line: None, cwd=None, env=None, speaker="pip"):
    """Run a command, keep what it prints to ourselves, and explain it if the command fails.

    Returns what it printed. It inherits the lock on the environment, which so outlives this process if need be.
    """
    printed = []
    with subprocess.Popen(command, cwd=cwd or places.FOLDER, env=env, text=True, errors="replace", close_fds=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as process:
        try:
            for line in process.stdout:
                printed.append(line)
                on_line(line)
        except BaseException:
            process.terminate()
            raise
    show_on_same_line("")
    if process.returncode != 0:
        raise explained("".join(printed), speaker)
    return "".join(printed)
