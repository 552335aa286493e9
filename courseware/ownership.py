"""Why a file cannot be written: to whom it belongs, and what helps."""

import os
import re
import shlex

from . import places


def what_cannot_be_written(message):
    """A sentence on the file that a "Permission denied" names, and on how to get at it."""
    path = nearest(named(message))
    owner = owner_of(path)
    if owner and owner != owner_of_this_process() and not holds(path, places.FOLDER):
        return f"{path} belongs to {owner}, perhaps because this was run with sudo once. {repair(path)}"
    if holds(path, places.FOLDER) or holds(places.FOLDER, path):
        return (f"This computer does not let you write in {path}. "
                "Copy the course into a folder of your own, then run this there.")
    return f"This computer does not let you write in {path}. Make it yours, then run this again."


def named(message):
    """The path in an error's message; the course's folder, if there is none."""
    found = re.search(r"""'([^'\n]+)'|"([^"\n]+)\"""", message)
    return places.FOLDER / (found[1] or found[2]) if found else places.FOLDER


def nearest(path):
    """The path, or that of the folders above it which is there and to be seen."""
    while not os.path.lexists(path) and path != path.parent:
        path = path.parent
    return path


def owner_of(path):
    """The name of the user to whom it belongs, or its number; None on Windows."""
    return name_of(path.lstat().st_uid) if os.name == "posix" else None


def owner_of_this_process():
    return name_of(os.geteuid()) if os.name == "posix" else None


def name_of(number):
    import pwd  # not on Windows
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def holds(folder, path):
    return folder == path or folder in path.parents


def repair(path):
    if holds(places.ENVIRONMENT, path) or path == places.LOCK:
        both = f"{shlex.quote(str(places.ENVIRONMENT))} {shlex.quote(str(places.LOCK))}"
        return f"Delete it with `sudo rm -rf {both}`, then run this again, without sudo."
    folder = places.FOLDER if holds(places.FOLDER, path) else path
    return (f"Make it yours with `sudo chown -R {owner_of_this_process()} {shlex.quote(str(folder))}`, "
            "then run this again, without sudo.")
