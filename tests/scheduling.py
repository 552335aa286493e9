"""Which tests stay together in one worker of pytest-xdist, and which begin first."""

from __future__ import annotations

import re

# What takes longest begins first, so that no worker is still busy with it when the others have finished.  The site is
# built by the first test that opens it in a browser; those that read it come when it is there.
FIRST = ("tests/site/test_running.py", "tests/test_colab.py", "tests/browser/02", "tests/browser/test_second_day.py",
         "tests/browser/", "tests/binder/test_replay.py", "tests/notebooks/test_inject.py", "tests/test_explorers.py",
         "tests/exercises/test_answers.py", "tests/site/", "notebooks/", "tests/courseware/", "tests/exercises/")
# Files whose tests share a window with the lesson open in it, in this order: the last one ends with a kernel that dies.
# (Predictions are made in a JupyterLab of a reader's own, which lives as long.)
IN_ONE_WINDOW = ("test_predictions.py", "test_lessons.py", "test_endurance.py", "test_explorers.py")
ONE_SWEEP = "tests/test_explorers"   # how the names of files begin that look at the same moves of explorers
SHARED = re.compile(r"(tests/browser/)(test_\w+\.py)::.*(\d\d_\w+)")


def shared(nodeid: str) -> re.Match | None:
    """Folder, file and lesson of a test that shares the window of its lesson."""
    found = SHARED.match(nodeid)
    return found if found and found[2] in IN_ONE_WINDOW else None


def unit(nodeid: str) -> str:
    """What a test belongs to: its file, or what several files share (an open lesson, a sweep), or only itself."""
    if found := shared(nodeid):
        return found[1] + found[3]
    path = nodeid.partition("::")[0]
    if path.startswith(ONE_SWEEP):
        return f"{ONE_SWEEP}.py"
    return nodeid if path == "tests/exercises/test_answers.py" else path


def turn(nodeid: str) -> tuple:
    """What tests are sorted by: the place of their unit in FIRST; where they share a window, then lesson and file."""
    name, found = unit(nodeid), shared(nodeid)
    place = next((i for i, start in enumerate(FIRST) if name.startswith(start)), len(FIRST))
    return place, (name, IN_ONE_WINDOW.index(found[2])) if found else ()


def scheduler(config, log):
    """pytest-xdist's `loadscope`, with the units above in their order."""
    from xdist.scheduler import LoadScopeScheduling

    class Units(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return unit(nodeid)

    config.option.loadscopereorder = False   # it would begin with the files of many tests
    return Units(config, log)
