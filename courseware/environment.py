"""The environment in the folder .venv: made, kept up to date, and made anew where it does not work."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time

from course import OLDEST_PYTHON

from . import places
from .machine import check_folder, check_space, maker_of_environments
from .packages import Watch, copy_settings, install_packages
from .places import LEARN, MEGABYTES, SITE, TEST
from .programs import run_quietly
from .terminal import say
from .troubles import Unexplained

# What may stand in the file of state, beside this folder's name and the fingerprints of what is installed.
UNFINISHED = "an installation has begun and not ended"
THEIRS = "this environment was not made by course.py"


def install(files):
    """See to it that .venv holds what the first of the files asks for; at once if it is so already."""
    if is_ready(files):
        return
    with alone():
        if is_ready(files):
            return  # another window has done it
        started = time.time()
        prepare(files)
        bring_up_to_date(files)
        say(f"Installed in {time.time() - started:.0f} seconds.")


def is_ready(files):
    return {fingerprint(files), this_folder()} <= set(remembered()) and not fault()


def fingerprint(files):
    """A hash of all that decides what pip installs: the files, the Python, and pip's constraints."""
    digest = hashlib.sha256(sys.implementation.cache_tag.encode())
    constraints = os.environ.get("PIP_CONSTRAINT", "").split()
    for name in (*files, *constraints):
        path = places.FOLDER / name
        digest.update(path.read_bytes() if path.is_file() else ascii(name).encode())
    return digest.hexdigest()


def bring_up_to_date(files):
    """Install into an environment that works, and remember what is in it."""
    theirs = {THEIRS} if is_theirs() else set()
    before, watch = theirs.union(remembered()), Watch()
    remember(before | {UNFINISHED})
    try:
        install_packages(files[0], watch)
    except Unexplained as trouble:  # unfinished it stays
        if prints(before):
            trouble.advice = "Run this once more: .venv is then made anew. If it fails again, please report them."
        raise
    except BaseException:
        if not watch.begun:
            remember(before)
        raise
    copy_settings()
    # What belongs to the other commands is still there, if it is of today.
    others = {fingerprint(other) for other in (TEST, SITE)} & prints(before)
    remember({this_folder(), fingerprint(files), fingerprint(LEARN)} | others | theirs)


# ------------------------------------------------------------------------------- what is known of .venv

def remembered():
    return places.STATE.read_text(encoding="utf-8").splitlines() if places.STATE.is_file() else []


def remember(lines):
    places.STATE.write_text("\n".join(sorted(lines)), encoding="utf-8")


def prints(lines):
    """The fingerprints among the lines."""
    return set(lines) - {this_folder(), THEIRS, UNFINISHED}


def this_folder():
    """Its name as one line of ASCII, whatever letters are in it."""
    return str(places.FOLDER).encode("ascii", "backslashreplace").decode().replace("\n", "\\n")


def is_theirs():
    """Whether somebody else has made .venv. It is not ours to delete."""
    lines = remembered()
    return not lines or THEIRS in lines


def fault():
    """Why .venv cannot be used as it is, or "" if it can."""
    lines = remembered()
    if UNFINISHED in lines:
        return "its last installation was interrupted"
    if prints(lines) and this_folder() not in lines and not is_theirs():
        return "this folder has moved"
    answer = answer_of_environment(
        f"import sys; print(sys.implementation.cache_tag, sys.version_info >= {OLDEST_PYTHON})")
    if not answer:
        return "its Python does not run"
    if is_theirs():
        return "" if answer.endswith("True") else "its Python is too old"
    return "" if answer.startswith(f"{sys.implementation.cache_tag} ") else "it was made by another Python"


def answer_of_environment(question):
    """What the Python of .venv prints when it runs this code, or "" if it fails."""
    try:
        answer = subprocess.run([places.PYTHON, "-I", "-c", question], text=True, check=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.strip()


def has_pip():
    return answer_of_environment("import pip; print(pip.__version__)") != ""


# ------------------------------------------------------------------------------- made, or made anew

def prepare(files):
    """See to it that there is a .venv that works, and say what comes next and how long it takes."""
    reason = what_is_wrong()
    maker = maker_of_environments() if reason else []  # asked before anything is removed
    if reason:
        check_folder()
        make_room(reason)
        check_space(MEGABYTES[files])
    if prints(remembered()):
        say("Bringing the packages in the folder .venv up to date; this takes up to a minute.")
    else:
        say(f"Installing about {MEGABYTES[files]} MB of packages into the folder .venv; "
            "this happens once and takes about a minute.")
    if reason:
        make(maker)
    elif not has_pip():
        run_quietly([places.PYTHON, "-I", "-m", "ensurepip"], speaker="ensurepip")


def what_is_wrong():
    """Why an environment must be made, or "" if there is one that works. One that somebody else has made, as with
    `uv venv`, may lack pip: that can be added."""
    if not os.path.lexists(places.ENVIRONMENT):
        return "there is none"
    return fault() or ("" if has_pip() or is_theirs() else "its pip does not run")


def make_room(reason):
    """Take away an environment that does not work: delete our own, put aside what is somebody else's."""
    if not os.path.lexists(places.ENVIRONMENT) or is_empty(places.ENVIRONMENT):
        return
    if is_theirs():
        aside = free_name()
        say(f"course.py did not make what is in the folder .venv, and cannot use it, because {reason}. "
            f"It is now in {aside.name}; delete that if you do not need it.")
        places.ENVIRONMENT.rename(aside)
    else:
        say(f"Making the folder .venv anew, because {reason}.")
        empty_environment()


def is_empty(folder):
    return folder.is_dir() and not any(folder.iterdir())


def free_name():
    """The first of .venv.old, .venv.old-2, ... that is not taken."""
    number, aside = 1, places.FOLDER / ".venv.old"
    while os.path.lexists(aside):
        number += 1
        aside = places.FOLDER / f".venv.old-{number}"
    return aside


def empty_environment():
    """Delete what is in .venv; the folder stays, which may be a link to another disk."""
    remember([UNFINISHED])  # what is left, should this be interrupted, cannot be taken for a whole environment
    # Its Python goes first: one that is in use cannot be removed on Windows, and then nothing is.
    for path in [places.PYTHON, *places.ENVIRONMENT.iterdir()]:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path != places.STATE:
            path.unlink(missing_ok=True)


def make(maker):
    places.ENVIRONMENT.mkdir(exist_ok=True)
    remember([UNFINISHED])
    run_quietly(maker, speaker="venv")
    remember([this_folder()])


# ------------------------------------------------------------------------------- one at a time

@contextlib.contextmanager
def alone():
    """Hold a lock while .venv changes: two terminals must not install into it at the same time.

    What is started meanwhile holds it as well: if this process is killed, a pip that goes on is waited for.
    """
    with open(places.LOCK, "w") as file:
        os.set_inheritable(file.fileno(), True)
        wait_for_lock(file)
        yield


def wait_for_lock(file):
    """Lock the file; as long as somebody else has it locked, say so and wait."""
    told = False
    while True:
        try:
            return lock(file)
        except (BlockingIOError, PermissionError):
            if not told:
                say("The course is being installed in this folder, by another window or by one that was closed. "
                    "Waiting until that has ended; Ctrl-C ends the waiting.")
            told = True
            time.sleep(0.2)


def lock(file):
    """Lock the file, or raise BlockingIOError or PermissionError if somebody else has it locked."""
    if os.name == "nt":
        import msvcrt
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
