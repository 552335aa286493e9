"""What is said on the terminal."""

import os
import shutil
import sys


def make_ready():
    """See to it that whatever is said can be written."""
    open_what_is_closed()
    sys.stdout.reconfigure(errors="replace")  # a folder's name may not fit the terminal's letters


def open_what_is_closed():
    """Open input, output and errors on nothing where they are closed: the next file would take their place."""
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(number, True)
    os.close(number)
    sys.stdout = sys.stdout or open(os.devnull, "w")
    sys.stderr = sys.stderr or open(os.devnull, "w")


def finish():
    """Write what has not been written yet; if nobody listens any more, leave it."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = open(os.devnull, "w")


def say(sentence):
    """Print it at once; if nobody listens any more, go on in silence."""
    try:
        print(sentence, flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w")


def show_on_same_line(text):
    """Write over the last such text; nothing where the output is kept."""
    if sys.stdout.isatty():
        width = min(shutil.get_terminal_size().columns, 100) - 1
        print("\r" + text[:width].ljust(width) + "\r", end="", flush=True)
