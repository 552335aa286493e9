"""The environment in the folder .venv: made, kept up to date, and made anew where it does not work."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time

from . import places
from .machine import check_space, check_venv_module
from .packages import check_imports, copy_settings, pip_install
from .places import LEARN, MEGABYTES, SITE, TEST
from .programs import run_quietly
from .terminal import say
from .troubles import Trouble, Unreachable

UNFINISHED = "an installation has begun and not ended"


def install(files):
    """See to it that .venv holds what the first of the files asks for; at once if it is so already."""
    if fingerprint(files) in remembered() and not fault():
        return
    with alone():
        started = time.time()
        prepare_environment(files)
        before = remembered()
        remember([UNFINISHED])
        try:
            pip_install(files[0])
        except Unreachable:
            remember(before)
            raise
        check_imports()
        copy_settings()
        # What belongs to the other commands is still there, if it is of today.
        others = {fingerprint(other) for other in (TEST, SITE)} & set(before)
        remember([str(places.FOLDER)] + sorted({fingerprint(files), fingerprint(LEARN)} | others))
        say(f"Installed in {time.time() - started:.0f} seconds.")


def fingerprint(files):
    """A hash of all that decides what pip installs: the files, the Python, and pip's constraints."""
    digest = hashlib.sha256(sys.implementation.cache_tag.encode())
    constraints = os.environ.get("PIP_CONSTRAINT", "").split()
    for path in [places.FOLDER / name for name in files + tuple(constraints)]:
        digest.update(path.read_bytes() if path.is_file() else str(path).encode())
    return digest.hexdigest()


def remembered():
    return places.STATE.read_text(encoding="utf-8").splitlines() if places.STATE.is_file() else []


def remember(lines):
    places.STATE.write_text("\n".join(lines), encoding="utf-8")


def fault():
    """Why .venv cannot be used as it is, or "" if it can."""
    lines = remembered()
    if UNFINISHED in lines:
        return "its last installation was interrupted"
    if lines and str(places.FOLDER) not in lines:
        return "this folder has moved"
    tag = tag_of_environment()
    if tag is None:
        return "its Python does not run"
    if tag != sys.implementation.cache_tag:
        return "it was made by another Python"
    return ""


def tag_of_environment():
    """What kind of Python .venv has, such as "cpython-312"; None if it, or its pip, does not run."""
    question = "import sys, pip; print(sys.implementation.cache_tag)"
    try:
        answer = subprocess.run([places.PYTHON, "-I", "-c", question], text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def prepare_environment(files):
    """See to it that there is a .venv that works, and say what comes next and how long it takes."""
    exists = os.path.lexists(places.ENVIRONMENT)
    reason = fault() if exists else "there is none"
    if reason:
        check_venv_module()
        if exists:
            say(f"Making the folder .venv anew, because {reason}.")
            remove_environment()
        check_space(MEGABYTES[files])
    if len(remembered()) > 1:
        say("Bringing the packages in the folder .venv up to date; this takes up to a minute.")
    else:
        say(f"Installing about {MEGABYTES[files]} MB of packages into the folder .venv; "
            "this happens once and takes about a minute.")
    if reason:
        make_environment()


def make_environment():
    places.ENVIRONMENT.mkdir()
    remember([UNFINISHED])
    # Inside an environment, the Python that it was made from: .venv may be that environment.
    maker = getattr(sys, "_base_executable", None) or sys.executable
    run_quietly([maker, "-m", "venv", places.ENVIRONMENT])
    remember([str(places.FOLDER)])


def remove_environment():
    # Its Python goes first: one that is in use cannot be removed on Windows, and then nothing is; and
    # what is left, should the rest be interrupted, cannot be taken for a whole environment.
    if os.path.lexists(places.PYTHON):
        places.PYTHON.unlink()
    shutil.rmtree(places.ENVIRONMENT)


@contextlib.contextmanager
def alone():
    """Hold a lock while .venv changes: two terminals must not install into it at the same time."""
    with open(f"{places.ENVIRONMENT}.lock", "w") as file:
        try:
            lock(file)
        except (BlockingIOError, PermissionError):
            raise Trouble("Another window is installing the course in this folder at the moment. "
                          "Wait until it has finished, then run this again.") from None
        yield


def lock(file):
    if os.name == "nt":
        import msvcrt
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
