"""What is said on the terminal."""

import shutil
import sys


def say(sentence):
    print(sentence, flush=True)


def show_on_same_line(text):
    """Write over the last such text; nothing where the output is kept."""
    if sys.stdout.isatty():
        width = min(shutil.get_terminal_size().columns, 100) - 1
        print("\r" + text[:width].ljust(width) + "\r", end="", flush=True)
