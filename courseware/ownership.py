"""Why a file cannot be written: to whom it belongs, and what helps."""

import os
import re
import shlex

from . import places


def what_cannot_be_written(message):
    """A sentence on the file that a "Permission denied" names, and on how to get at it."""
    path = nearest(named(message))
    copy = "Copy the course into a folder of your own, then run this there."
    if holds(path, places.FOLDER) or holds(places.FOLDER, path) and not can_be_written(places.FOLDER):
        return f"This computer does not let you write in {places.FOLDER}. {copy}"
    owner = owner_of(path)
    if owner and owner != owner_of_this_process():
        whole = places.ENVIRONMENT if holds(places.ENVIRONMENT, path) else path
        return f"{whole} belongs to {owner}, perhaps because this was run with sudo once. {repair(path)}"
    better = copy if holds(places.FOLDER, path) else "Change that, then run this again."
    return f"This computer does not let you write in {path}. {better}"


def can_be_written(folder):
    """Whether this user may write in the folder; if it is not there yet, whether it can be made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK)


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
    """One command for all that was made in the course's folder under another name, or for what lies elsewhere."""
    all_of_it = places.FOLDER if holds(places.FOLDER, path) else path
    return (f"Make it yours with `sudo chown -R {owner_of_this_process()} {shlex.quote(str(all_of_it))}`, "
            "then run this again, without sudo.")
