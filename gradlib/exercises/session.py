"""What a check knows of the notebook around it: which cell ran last and how it ended, how long an answer takes, and
that nobody is there to answer an input().  Outside a notebook it knows nothing, and says nothing.
"""

import builtins
import contextlib
import re
import sys
import threading
import time
from dataclasses import dataclass, replace

from ..memory import READER, place_of
from .general import GENERAL

MADE = re.compile(r"^(?:def )?(\w+) *(?:\(|=(?!=))", re.MULTILINE)   # a def, or a name that is assigned to
PATIENCE = 5   # seconds before a learner hears that an answer is still running


class Asked(Exception):
    """An answer has called input()."""


def _ask(*prompt):
    raise Asked


@dataclass
class Cells:
    """The names that notebook cells tried to make, and whether the last such cell ran to its end."""

    failed: set

    def ran(self, result):
        """Called by IPython after every cell."""
        names = set(MADE.findall(result.info.raw_cell or ""))
        self.failed = self.failed - names if result.success else self.failed | names


CELLS = Cells(set())


@contextlib.contextmanager
def captured():
    """What is displayed here goes into the list that this gives, and is not shown."""
    shell, outputs = _shell(), []
    if shell is None:
        yield outputs
        return
    from IPython.utils.capture import capture_output
    with capture_output(stdout=False, stderr=False) as capture:
        yield outputs
    outputs += capture.outputs


def _shell():
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def listen():
    """Ask IPython, where there is one, to tell `CELLS` of every cell."""
    shell = _shell()
    if shell is not None:
        shell.events.register("post_run_cell", CELLS.ran)


def remembered(exercise, result):
    """The result; where a notebook is, its reader's memory has it too, unless it is what was found the last time."""
    if _shell() is not None and result.status in ("correct", "wrong"):
        place = place_of(exercise)
        before = READER.entries("exercise", place)[-1:]
        if [entry["code"] for entry in before] != [result.code]:
            READER.add("exercise", place, code=result.code, title=result.title)
        if trouble := READER.trouble():
            print(trouble)
    return result


class Watch:
    """One check of an exercise, as the notebook sees it."""

    def __init__(self, name):
        self.name, self.interrupted = name, None

    def told(self, result):
        """The result, with a word on the cell above where that did not run to its end."""
        if self.name not in CELLS.failed:
            return result
        word = GENERAL["cell_failed"][1].format(name=self.name)
        return replace(result, evidence=f"{result.evidence} {word}".strip())


@contextlib.contextmanager
def watched(name):
    """A `Watch` on one check: after some seconds it says how to stop, and input() asks nobody."""
    ask, out = builtins.input, sys.stdout
    timer = threading.Timer(PATIENCE, lambda: print(GENERAL["still_running"][1].format(name=name), file=out))
    timer.daemon = True
    with contextlib.suppress(RuntimeError):   # the browser has no threads
        timer.start()
    builtins.input = _ask
    try:
        yield Watch(name)
    finally:
        builtins.input = ask
        timer.cancel()


@contextlib.contextmanager
def at_most(seconds):
    """Python code in here raises TimeoutError when its time is over."""
    end, before = time.monotonic() + seconds, sys.gettrace()

    def look_at_the_clock(*event):
        if time.monotonic() > end:
            raise TimeoutError
        return look_at_the_clock
    sys.settrace(look_at_the_clock)
    try:
        yield
    finally:
        sys.settrace(before)


listen()
