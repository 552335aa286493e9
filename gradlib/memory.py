"""What the course remembers of its reader: predictions, exercises solved, mistakes met. On this computer only.

The file is progress.json in the folder my, beside the reader's own copies of the lessons; in JupyterLite it lies in
the files of the browser. Elsewhere (notebooks/, Binder, Colab), under tests and in CI, what is told is kept until the
kernel ends. An entry is a table of texts: kind, place ("02/kept"), code, day, and what else belongs to its kind. New
entries are added to those of the file, under a lock: two kernels lose nothing.
"""

import contextlib
import json
import os
import re
import sys
import time
from datetime import date
from pathlib import Path

FILE, DAMAGED = "progress.json", "progress-damaged.json"
NOBODY = ("CI", "PYTEST_VERSION", "PYTEST_CURRENT_TEST")   # where one of these is set, no learner is there
PATIENCE = 2   # seconds to wait for another kernel's turn
TRIES = 25 if os.name == "nt" else 0   # Windows replaces no file while another program reads it
NEEDED = {"kind", "place", "code", "day"}


def reader_file():
    """Where this reader's memory is kept, or None where there is no place for it."""
    if any(map(os.environ.get, NOBODY)):
        return None
    if sys.platform == "emscripten":   # JupyterLite, where the reader's files can be reached
        return Path("/drive", FILE) if Path("/drive").is_dir() else None
    here = Path.cwd()
    course = next((folder for folder in (here, *here.parents) if (folder / "course.py").is_file()), None)
    if course is None or here != course and course / "my" not in (here, *here.parents):
        return None
    return course / "my" / FILE if (course / "my").is_dir() else None


class Memory:
    """The entries of one reader, in `file` (None: only in this process)."""

    def __init__(self, file):
        self.file, self._known, self._waiting = file, [], []
        self._trouble, self._troubled = "", False

    def entries(self, kind=None, place=None):
        """All entries, oldest first; or those of one kind, or about one place."""
        if self.file is not None:
            self._carefully(self._look)
        return [entry for entry in [*self._known, *self._waiting]
                if kind in (None, entry["kind"]) and place in (None, entry["place"])]

    def add(self, kind, place, **facts):
        """Remember something, with the day and nothing finer."""
        self._waiting.append({"kind": kind, "place": place, **facts, "day": date.today().isoformat()})
        if self.file is not None:
            self._carefully(self._store)

    def forget(self):
        """Delete everything that is remembered."""
        self._known, self._waiting = [], []
        if self.file is not None:
            self._carefully(self._delete)

    def trouble(self):
        """What went wrong with the file, in a sentence, the first time this is asked; else ""."""
        said, self._trouble = self._trouble, ""
        return said

    def _delete(self):
        for file in (self.file, self.file.with_name(DAMAGED)):
            file.unlink(missing_ok=True)

    def _look(self):
        self._known = read(self.file)

    def _store(self):
        with alone(self.file):
            self._look()
            write(self.file, [*self._known, *self._waiting])
            self._known, self._waiting = [*self._known, *self._waiting], []

    def _carefully(self, act):
        """Nothing that is wrong with a file stops a lesson. A file that cannot be understood is put aside."""
        try:
            act()
        except ValueError:
            self._tell(f"The file {self.file} is damaged. It is put aside as {DAMAGED}, and a new one is begun.")
            with contextlib.suppress(OSError):
                os.replace(self.file, self.file.with_name(DAMAGED))
                act()
        except OSError as error:
            self._tell(f"The course cannot use its memory in {self.file} ({error.strerror or error}). What you do now "
                       "is remembered until this kernel ends.")

    def _tell(self, sentence):
        if not self._troubled:
            self._trouble, self._troubled = sentence, True


def read(file):
    """The entries in a file; [] where there is none. Raises ValueError if it holds anything else, OSError."""
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))["entries"]
    except FileNotFoundError:
        return []
    except (TypeError, LookupError, RecursionError):
        raise ValueError(f"{file} holds no entries") from None
    if not isinstance(entries, list) or not all(map(is_entry, entries)):
        raise ValueError(f"{file} holds something else than entries")
    return entries


def is_entry(entry):
    """Whether this is what `add` writes."""
    return isinstance(entry, dict) and NEEDED <= entry.keys() and all(isinstance(fact, str) for fact in entry.values())


def write(file, entries):
    """Put the entries into the file, whole or not at all."""
    unfinished = file.with_name(f".{file.name}.new")
    lines = ",\n".join(json.dumps(entry) for entry in entries)
    unfinished.write_text(f'{{"version": 1, "entries": [\n{lines}\n]}}\n', encoding="ascii", newline="\n")
    for _ in range(TRIES):
        with contextlib.suppress(PermissionError):
            return os.replace(unfinished, file)
        time.sleep(0.02)
    os.replace(unfinished, file)


@contextlib.contextmanager
def alone(file):
    """Hold the lock that belongs to a file. Raises TimeoutError if another program does not let go of it."""
    with open(file.with_name(f".{file.name}.lock"), "a") as held:
        end = time.monotonic() + PATIENCE
        while not locked(held):
            if time.monotonic() > end:
                raise TimeoutError("another program keeps it locked")
            time.sleep(0.02)
        yield


def locked(held):
    """Lock an open file; False if somebody else has it locked. In the browser there is nothing to lock with."""
    try:
        if os.name == "nt":
            import msvcrt
            msvcrt.locking(held.fileno(), msvcrt.LK_NBLCK, 1)
        elif sys.platform != "emscripten":
            import fcntl
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def place_of(thing):
    """Where a module lessonNN keeps this: "02/kept" for what lesson02 calls kept; "" where none does."""
    for name, module in [*sys.modules.items()]:
        number = re.fullmatch(r"gradlib\.[\w.]+\.lesson(\d\d)", name)
        for key, value in [*vars(module).items()] if number else ():
            if value is thing:
                return f"{number[1]}/{key}"
    return ""


READER = Memory(reader_file())
