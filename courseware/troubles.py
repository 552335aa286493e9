"""What can go wrong, and the sentence that repairs it."""

import re
import sys

from . import places


class Trouble(Exception):
    """What is wrong and how to repair it, in a sentence for the learner."""


class Unreachable(Trouble):
    """pip could not reach the package index. It asks before it installs, so nothing has changed."""


def exit_code_of(work):
    """Do the work, a function that returns its exit code. If it fails, say why and how to repair it."""
    try:
        return work()
    except Trouble as trouble:
        return give_up(trouble, 1)
    except OSError as error:
        return give_up(explained(str(error)), 1)
    except KeyboardInterrupt:
        return give_up("Stopped.", 130)


def give_up(sentence, exit_code):
    print(f"\n{sentence}", file=sys.stderr)
    return exit_code


# Error numbers beside words: Windows words them in its own language.
DISK_FULL = r"No space left|Disk quota exceeded|Errno 28\b|WinError 112\b"
PATH_TOO_LONG = r"File name too long|Windows Long Path|WinError 206\b"
IN_USE = r"being used by another process|WinError 32\b|WinError 5\b.*\.venv"
FORBIDDEN = r"Permission denied|Read-only file system|Errno 13\b|Errno 30\b|WinError 5\b"
NO_NETWORK = (
    r"connection broken by|Failed to establish a new connection|Max retries exceeded|Could not fetch URL|"
    r"Connection aborted|ProxyError|SSLError|IncompleteRead|ReadTimeoutError|from versions: none")

REPAIRS = {
    DISK_FULL:
        f"The disk is full: the course needs about {places.MEGABYTES[places.TEST]} MB in {places.FOLDER}. "
        "Free some space, then run this again.",
    PATH_TOO_LONG:
        f"The name of this folder is too long for this computer: {places.FOLDER}. "
        "Move it to a shorter place, such as C:\\course, then run this again.",
    IN_USE:
        "A file in .venv or site is in use. "
        "Close JupyterLab and every window that uses it, then run this again.",
    FORBIDDEN:
        f"This computer does not let you write in {places.FOLDER}. "
        "Copy the course into a folder of your own, then run this there.",
    NO_NETWORK:
        "pip cannot reach the package index, so nothing was installed. Check the connection to the internet "
        "(behind a proxy, set HTTPS_PROXY), then run this again.",
}


def explained(output):
    """The trouble that speaks from what a program printed when it failed, or from an error's message."""
    output = re.sub(r".*Retry\(total=[1-9].*", "", output)  # a connection that broke and was mended
    for pattern, sentence in REPAIRS.items():
        if re.search(pattern, output):
            return (Unreachable if pattern == NO_NETWORK else Trouble)(sentence)
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["nothing"]
    errors = [line for line in lines if line.startswith("ERROR")] or lines
    return Trouble(f"This failed, with these last words: {errors[-1]}\nDelete the folder .venv "
                   f"and run it once more; if it fails again, please report it.")
